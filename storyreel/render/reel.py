"""Draws and encodes one chunk: staging, painting, colour conversion, encoding, each on its own clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from av.video.frame import VideoFrame

from storyreel.assets import digest
from storyreel.render.cels import BLOCK, block, held
from storyreel.render.damage import rows
from storyreel.render.encode import ChunkEncoder, Converter
from storyreel.render.faults import RenderError
from storyreel.render.painter import Painter, fingerprint
from storyreel.render.slices import ChunkOrder, assets
from storyreel.render.tally import Stopwatch
from storyreel.stage.compose import compose


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


def draw(order: ChunkOrder, watch: Stopwatch) -> Iterator[VideoFrame]:
    """The frames of a chunk as yuv420p, ready to be encoded; one that is held comes again as it is.

    A frame is only good until the next one is asked for.

    Raises:
        RenderError: a file that it draws has changed.
    """
    check_assets(order)
    timeline = order.timeline
    displays = [compose(timeline, number) for number in range(order.start, order.end)]
    states = [fingerprint(display) for display in displays]
    length = timeline.scenes[0].length
    holding = {
        span: held([states[number - order.start] for number in span])
        for span in {block(number, length) for number in range(order.start, order.end)}
    }
    painter = Painter(timeline.width, timeline.height, timeline.scale)
    converter = Converter()
    frame: VideoFrame | None = None
    watch.lap("stage")
    for number, display in enumerate(displays):
        if frame is None or states[number] != states[number - 1] or (order.start + number) % BLOCK == 0:
            changed = painter.show(display, holding[block(order.start + number, length)])
            watch.lap("paint")
            if frame is None or changed:
                frame = converter.convert(painter.pixels, None if frame is None else rows(changed))
                watch.tally.drawn += 1
                watch.lap("convert")
        watch.tally.frames += 1
        yield frame


def render_chunk(order: ChunkOrder, shown: Callable[[int], None] | None = None) -> tuple[bytes, Stopwatch]:
    """Draws and encodes a chunk; `shown` is told how many of its frames are done.

    Raises:
        RenderError: a file that it draws has changed.
    """
    watch = Stopwatch(order.tracing)
    encoder = ChunkEncoder(order.settings)
    for frame in draw(order, watch):
        encoder.add(frame)
        watch.lap("encode")
        if shown is not None:
            shown(watch.tally.frames)
    data = encoder.finish()
    watch.lap("encode")
    return data, watch
