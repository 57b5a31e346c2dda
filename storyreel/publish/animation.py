"""A looping GIF of a film: of a loop that its story has, of a scene, or of all of it; small, in one palette."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.looks import pen
from storyreel.paint.finish import cells
from storyreel.render.atomic import whole_or_nothing
from storyreel.render.errors import writing
from storyreel.render.progress import Meter, ProgressCallback
from storyreel.render.settings import drafted
from storyreel.timeline.model import LOOP, Timeline

if TYPE_CHECKING:
    from PIL.Image import Image

_COLOURS = 255
"""Of a GIF's 256 one is left for what has not changed."""
_SAMPLED = 24
"""Pictures of which the palette of a film of many colours is made."""
SHOWN, WHOLE = 540, 360
"""Pixels that a GIF's shorter side has: of a loop or a scene, and of a whole film, which else nobody could send."""
_EVERY = 2
"""Where every frame is a drawing, so many frames of 30 a second make one."""


class Film(Protocol):
    """What a GIF is made of."""

    @property
    def timeline(self) -> Timeline: ...


def span(timeline: Timeline, scene: str = "") -> range:
    """The frames of a film that a GIF of it shows: of a scene its loop, or all of it; of a film its last, or all of it.

    Args:
        timeline: the film's.
        scene: the id of a scene, as the story has it; left out, any that has a loop.

    Raises:
        StoryreelError: there is no such scene.
    """
    found = [(start, one) for start, one in timeline.starts() if not scene or one.id.partition(".")[0] == scene]
    if not found:
        ids = list(dict.fromkeys(one.id.partition(".")[0] for _, one in timeline.starts()))
        raise StoryreelError(f"there is no scene '{scene}'{did_you_mean(scene, ids)}")
    begun = [start + at for start, one in found for name, at in one.marks if name == LOOP[0]]
    ended = [start + at for start, one in found for name, at in one.marks if name == LOOP[1]]
    if begun:
        return range(begun[-1], ended[-1])
    if not scene:
        return range(timeline.length)
    last, one = found[-1]
    return range(found[0][0], last + one.length)


def drawings(timeline: Timeline, frames: range) -> list[int]:
    """The frames at which a new drawing begins: as the look holds them, or every other of 30 a second."""
    exposure, found = pen(timeline.look).look.exposure, [frames.start]
    step = max(round(_EVERY * timeline.rate / 30), 1)
    for frame in frames[1:]:
        local, _ = timeline.locate(frame)
        begins = any(exposure.began(kind, local, timeline.rate) == local for kind in exposure.frames)
        if begins if exposure.frames else (frame - frames.start) % step == 0:
            found.append(frame)
    return found


def write_gif(
    film: Film,
    out: Path,
    scene: str = "",
    width: int | None = None,
    captions: bool | None = None,
    draft: bool = False,
    progress: ProgressCallback | None = None,
) -> int:
    """Writes a GIF that loops for ever; gives how many drawings it has.

    A picture in few colours keeps them exactly, and one in whole cells keeps its cells whole. Pictures wait on the disk
    until the palette is known, so that a long film takes no more memory than a short one.

    Args:
        film: what it is made of.
        out: the GIF; it appears there whole or not at all.
        scene: the scene to show (`span`).
        width: pixels across, nearly: of cells there are whole ones, or one a pixel. Left out, the shorter side has 540,
            or 360 where it is the whole film.
        captions: whether they are in the picture; left out, only if it is the whole film: what is said doesn't come
            round with a loop.
        draft: drawn small, for looking.
        progress: told how far things are.

    Raises:
        StoryreelError: there is no such scene, or `out` can't be written.
    """
    timeline = drafted(film.timeline) if draft else film.timeline
    frames = span(timeline, scene)
    whole = not scene and len(frames) == timeline.length
    begun = drawings(timeline, frames)
    if width is None:
        side = min(WHOLE if whole else SHOWN, timeline.width, timeline.height)
        width = round(timeline.width * side / min(timeline.width, timeline.height))
    meter = Meter(len(begun), progress)
    pictures = _pictures(timeline, begun, width, whole if captions is None else captions)
    with writing(out), tempfile.TemporaryFile() as spool, whole_or_nothing(out) as temporary:
        shelf = _Shelf(spool, -(-len(begun) // _SAMPLED))
        for number, picture in enumerate(pictures):
            # In hundredths of a second, each drawing's begin rounded by itself, so that the whole is as long as it was.
            shelf.put(picture, round(100 * (begun[number] - frames.start) / timeline.rate))
            meter.shown(0, number + 1)
        _write(shelf, round(100 * len(frames) / timeline.rate), temporary)
    meter.tell("done")
    return len(shelf)


def _pictures(timeline: Timeline, frames: Sequence[int], width: int, captions: bool) -> Iterator[Image]:
    """Pictures at about a width."""
    import numpy as np
    from PIL import Image

    from storyreel.render.still import painted

    cell, across, down = cells(pen(timeline.look).finish, timeline.width, timeline.height)
    grown = max(round(width / across), 1)
    size = (across * grown, down * grown)
    if cell == 1:
        size = (width, round(timeline.height * width / timeline.width))
    how = Image.Resampling.NEAREST if cell > 1 else Image.Resampling.LANCZOS
    for pixels in painted(timeline, frames, captions):
        yield Image.fromarray(np.ascontiguousarray(pixels[..., 2::-1])).resize(size, how)


class _Shelf:
    """Pictures that wait for their palette on the disk, each but once, and what is known of their colours."""

    def __init__(self, spool: Any, step: int) -> None:
        self._spool, self._step, self.size = spool, step, (0, 0)
        self._kept: list[tuple[int, int]] = []
        self._before = b""
        self._put = 0
        self._colours: set[tuple[int, ...]] | None = set()
        self._sampled: list[Image] = []

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, picture: Image, at: int) -> None:
        """Keeps a picture that is shown from a hundredth of a second on, if it is another than the one before."""
        if self._put % self._step == 0:
            self._sampled.append(picture.resize((max(picture.width // 4, 1), max(picture.height // 4, 1))))
        self._put += 1
        pixels = picture.tobytes()
        if pixels == self._before:
            return
        self._before, self.size = pixels, picture.size
        packed = zlib.compress(pixels, 1)
        self._spool.write(packed)
        self._kept.append((at, len(packed)))
        if self._colours is not None:
            found = picture.getcolors(_COLOURS)
            self._colours = None if found is None else self._colours | {colour for _, colour in found}  # type: ignore[misc]
            if self._colours is not None and len(self._colours) > _COLOURS:
                self._colours = None

    @property
    def last(self) -> int:
        """From when on the last one is shown."""
        return self._kept[-1][0]

    def taken(self) -> Iterator[tuple[int, Image]]:
        """The pictures, and from when on each is shown."""
        from PIL import Image

        self._spool.seek(0)
        for at, length in self._kept:
            yield at, Image.frombytes("RGB", self.size, zlib.decompress(self._spool.read(length)))

    def palette(self) -> Image:
        """A picture in the palette of them all: in their own colours, where those are few."""
        from PIL import Image

        if self._colours is not None:
            table = Image.new("P", (1, 1))
            table.putpalette([level for colour in sorted(self._colours) for level in colour])
            return table
        across, down = self._sampled[0].size
        strip = Image.new("RGB", (across * len(self._sampled), down))
        for number, picture in enumerate(self._sampled):
            strip.paste(picture, (number * across, 0))
        return strip.quantize(_COLOURS)


def _write(shelf: _Shelf, ends: int, out: Path) -> None:
    """Encodes pictures in their palette, one after another.

    Args:
        ends: when the last has been shown, in hundredths of a second.
    """
    import av
    import numpy as np
    from av.video.frame import VideoFrame
    from PIL import Image

    palette = shelf.palette()
    levels = np.array(palette.getpalette()[: 3 * _COLOURS], np.uint8).reshape(-1, 3)  # type: ignore[index]
    table = np.zeros((256, 4), np.uint8)
    # Opacity comes first; the colour that is left has none, and stands for what has not changed.
    table[: len(levels), 0], table[: len(levels), 1:] = 255, levels
    tick, options = Fraction(1, 100), {"loop": "0", "final_delay": str(max(ends - shelf.last, 1))}
    with av.open(str(out), "w", format="gif", options=options) as film:
        stream: Any = film.add_stream("gif", rate=100)
        stream.width, stream.height, stream.pix_fmt = *shelf.size, "pal8"
        stream.time_base = stream.codec_context.time_base = tick
        for at, picture in shelf.taken():
            # Undithered, as what is dithered shimmers from picture to picture, and takes twice the room.
            reduced = np.asarray(picture.quantize(palette=palette, dither=Image.Dither.NONE))
            frame = VideoFrame.from_ndarray((reduced, table), format="pal8")  # type: ignore[arg-type]
            frame.pts, frame.time_base = at, tick
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
