"""Draws and encodes one chunk: staging, painting, colour conversion, encoding, each on its own clock."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from av.video.frame import VideoFrame

from storyreel.assets import digest
from storyreel.looks import pen
from storyreel.paint.cels import block, held
from storyreel.paint.damage import rows
from storyreel.paint.painter import Fingerprint, Painter, fingerprint
from storyreel.render.drawn import Drawn
from storyreel.render.encode import ChunkEncoder, Converter
from storyreel.render.errors import RenderError
from storyreel.render.shelf import own_shelf
from storyreel.render.slices import ChunkOrder, assets
from storyreel.render.timings import Stopwatch
from storyreel.stage.compose import compose
from storyreel.stage.display import DisplayList
from storyreel.stage.kept import Shelf, kept_on

AHEAD = 3
"""Frames that may be drawn before the encoder has taken them."""
_DRAWN = Drawn()


def check_assets(order: ChunkOrder) -> None:
    """Makes sure that every file is still the one the timeline was made with.

    Raises:
        RenderError: a file has changed since, or is gone.
    """
    for asset in assets(order.timeline):
        try:
            found = digest(Path(asset.path))
        except OSError as error:
            raise RenderError(f"{asset.path}: cannot read it any more: {error.strerror}") from error
        if found != asset.digest:
            raise RenderError(f"{asset.path}: it has changed since the film was directed; render again")


def draw(
    order: ChunkOrder, watch: Stopwatch, going_on: Callable[[], None] = lambda: None, drawn: Drawn | None = None
) -> Iterator[VideoFrame]:
    """The frames of a chunk as yuv420p, ready to be encoded; one that is held comes again as it is.

    Args:
        going_on: is called before each block of frames is staged; what it raises ends the drawing.
        drawn: what was drawn before is taken from here, and what is drawn kept.

    Raises:
        RenderError: a file that it draws has changed.
    """
    watch.start()
    check_assets(order)
    timeline = order.timeline
    drawing = (timeline.look, timeline.width, timeline.height, timeline.scale)
    painter = Painter(timeline.width, timeline.height, timeline.scale, pen(timeline.look).finish)
    converter = Converter()
    frame: VideoFrame | None = None
    converted: VideoFrame | None = None
    before: Hashable = None
    for display, state, resting in _staged(order, going_on):
        watch.lap("stage")
        shows = (drawing, state, display.mood, display.drawing, display.fine, resting)
        if frame is None or shows != before:
            before = shows
            frame = drawn.get(shows) if drawn is not None else None
            if frame is None:
                changed = painter.show(display, resting)
                watch.lap("paint")
                if converted is None or changed:
                    converted = converter.convert(painter.pixels, None if converted is None else rows(changed))
                    watch.tally.drawn += 1
                    watch.lap("convert")
                frame = converted
                if drawn is not None:
                    drawn.put(shows, frame)
        watch.tally.frames += 1
        yield frame
        watch.start()


def _staged(
    order: ChunkOrder, going_on: Callable[[], None]
) -> Iterator[tuple[DisplayList, Fingerprint, frozenset[Hashable]]]:
    """Each frame of a chunk staged, block by block: what it shows, and what of that rests all through its block."""
    timeline, with_pen = order.timeline, pen(order.timeline.look)
    size, length = with_pen.look.exposure.block(timeline.rate), timeline.scenes[0].length
    first = order.start
    while first < order.end:
        going_on()
        displays = [compose(timeline, with_pen, number) for number in block(first, length, size)]
        states = [fingerprint(display) for display in displays]
        resting = held(states)
        for display, state in zip(displays, states, strict=True):
            yield display, state, resting
        first += len(displays)


class _Encoding:
    """The encoding of a chunk, with the clock of the thread that it happens in."""

    def __init__(self, order: ChunkOrder) -> None:
        self.watch = Stopwatch(order.tracing)
        self._encoder = ChunkEncoder(order.settings)
        self.watch.lap("encode")

    def add(self, frame: VideoFrame) -> None:
        self.watch.start()
        self._encoder.add(frame)
        self.watch.lap("encode")

    def finish(self) -> bytes:
        self.watch.start()
        data = self._encoder.finish()
        self.watch.lap("encode")
        return data


class _Here(Executor):
    """Does what it is given at once, in the thread that gives it."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def render_chunk(
    order: ChunkOrder, shown: Callable[[int], None] | None = None, shelf: Shelf | None = None
) -> tuple[bytes, Stopwatch]:
    """Draws and encodes a chunk; `shown` is told how many of its frames are drawn, and again before more are staged.

    Treated drawings lie on the `shelf`, or where the order says. With a core to spare it is encoded in a thread of its
    own: libx264 works without the interpreter's lock.

    Raises:
        RenderError: a file that it draws has changed.
    """
    watch = Stopwatch(order.tracing)
    if shelf is None and order.kept:
        shelf = own_shelf(order.timeline.look)
    told = shown or (lambda frames: None)
    with kept_on(shelf), ThreadPoolExecutor(1) if order.spare else _Here() as encoder:
        encoding = encoder.submit(_Encoding, order).result()
        under_way: deque[Future[None]] = deque()
        for frame in draw(order, watch, lambda: told(watch.tally.frames), _DRAWN if order.again else None):
            if len(under_way) == AHEAD:
                under_way.popleft().result()
            under_way.append(encoder.submit(encoding.add, frame))
            told(watch.tally.frames)
        for adding in under_way:
            adding.result()
        data = encoder.submit(encoding.finish).result()
    watch.add(encoding.watch)
    return data, watch
