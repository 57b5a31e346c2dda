"""A looping GIF of a part of a film: of a loop that its story has, or of a whole scene; small, in one palette."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.looks import pen
from storyreel.paint.finish import cells
from storyreel.render.atomic import whole_or_nothing
from storyreel.render.errors import writing
from storyreel.timeline.model import LOOP, Timeline

if TYPE_CHECKING:
    from PIL.Image import Image

_COLOURS = 255
"""Of a GIF's 256 one is left for what has not changed."""
_SAMPLED = 12
"""Pictures of which the palette of a film of many colours is made."""
_EVERY = 2
"""Where every frame is a drawing, so many frames of 30 a second make one."""


class Film(Protocol):
    """What a GIF is made of."""

    @property
    def timeline(self) -> Timeline: ...

    def picture(self, frame: int, captions: bool = True) -> Image: ...


def span(timeline: Timeline, scene: str = "") -> range:
    """The frames of a film that a GIF of it shows: of a scene its loop, or all of it; of the whole film its last loop.

    Args:
        timeline: the film's.
        scene: the id of a scene, as the story has it; left out, any that has a loop.

    Raises:
        StoryreelError: there is no such scene, or no scene is named and none has a loop.
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
        raise StoryreelError(
            "no beat of it is a loop (`loop: 2s`); `storyreel gif` shows a scene of it: --scene, with the scene's id"
        )
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


def write_gif(film: Film, out: Path, scene: str = "", width: int = 540, captions: bool = False) -> int:
    """Writes a GIF that loops for ever; gives how many drawings it has.

    A picture in few colours keeps them exactly, and one in whole cells keeps its cells whole.

    Args:
        film: what it is made of.
        out: the GIF; it appears there whole or not at all.
        scene: the scene to show (`span`).
        width: pixels across, nearly: of cells there are whole ones, or one a pixel.
        captions: whether they are in the picture; what is said does not come round with a loop.

    Raises:
        StoryreelError: there is nothing to show, or `out` can't be written.
    """
    timeline = film.timeline
    frames = span(timeline, scene)
    begun = drawings(timeline, frames)
    pictures = list(_pictures(film, begun, width, captions))
    kept = [index for index in range(len(pictures)) if not index or pictures[index] != pictures[index - 1]]
    # Hundredths of a second, each drawing's end rounded by itself, so that the whole is as long as it was.
    begins = [round(100 * (begun[index] - frames.start) / timeline.rate) for index in kept]
    begins.append(round(100 * len(frames) / timeline.rate))
    lasts = [10 * (end - start) for start, end in pairwise(begins)]
    reduced = _reduced([pictures[index] for index in kept])
    with writing(out), whole_or_nothing(out) as temporary:
        reduced[0].save(
            temporary,
            format="GIF",
            save_all=True,
            append_images=reduced[1:],
            duration=lasts,
            loop=0,
            disposal=1,
            optimize=True,
        )
    return len(reduced)


def _pictures(film: Film, frames: Sequence[int], width: int, captions: bool) -> Iterator[Image]:
    """Pictures at about a width."""
    from PIL import Image

    timeline = film.timeline
    cell, across, down = cells(pen(timeline.look).finish, timeline.width, timeline.height)
    grown = max(round(width / across), 1)
    size = (across * grown, down * grown)
    if cell == 1:
        size = (width, round(timeline.height * width / timeline.width))
    how = Image.Resampling.NEAREST if cell > 1 else Image.Resampling.LANCZOS
    for frame in frames:
        picture = film.picture(frame, captions)
        yield picture.resize(size, how)


def _reduced(pictures: Sequence[Image]) -> list[Image]:
    """Pictures in one palette: in their own colours, where those are few."""
    from PIL import Image

    colours: set[tuple[int, ...]] = set()
    for picture in pictures:
        found = picture.getcolors(_COLOURS)
        if found is None:
            break
        colours.update(colour for _, colour in found)  # type: ignore[misc]
    else:
        if len(colours) <= _COLOURS:
            table = Image.new("P", (1, 1))
            table.putpalette([level for colour in sorted(colours) for level in colour])
            return [picture.quantize(palette=table, dither=Image.Dither.NONE) for picture in pictures]
    step = -(-len(pictures) // _SAMPLED)
    sampled = pictures[::step]
    small = (max(sampled[0].width // 4, 1), max(sampled[0].height // 4, 1))
    strip = Image.new("RGB", (small[0] * len(sampled), small[1]))
    for number, picture in enumerate(sampled):
        strip.paste(picture.resize(small), (number * small[0], 0))
    table = strip.quantize(_COLOURS)
    # Undithered, as what is dithered shimmers from picture to picture, and takes twice the room.
    return [picture.quantize(palette=table, dither=Image.Dither.NONE) for picture in pictures]
