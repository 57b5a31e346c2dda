"""A strip: pictures of a film in a row, each with its time, for eyes that can't see it move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from storyreel.errors import StoryreelError
from storyreel.looks import look
from storyreel.publish.sheet import clock_time
from storyreel.text.chain import chain
from storyreel.text.shape import shape
from storyreel.timeline.model import Timeline

if TYPE_CHECKING:
    from PIL.Image import Image

COUNT = 12
"""Pictures of a strip."""
HEIGHT = 480
"""Pixels that a picture of it is high."""

_GAP, _FOOT = 6, 34
_PAPER, _INK, _SOFT = "#FBF8F4", "#2E2430", "#857A88"
_LETTERS = 18


class Film(Protocol):
    """What a strip is made from."""

    @property
    def timeline(self) -> Timeline: ...

    def pictures(self, frames: Sequence[int]) -> Iterator[Image]: ...


def spread(timeline: Timeline, first: int, count: int = COUNT, every: int = 1) -> range:
    """The frames of a strip that begins at one; near the film's end it begins as much earlier as it takes.

    Raises:
        StoryreelError: the film has not that many frames.
    """
    reach = (count - 1) * every + 1
    if reach > timeline.length:
        told = f"{count} pictures, one of {every} frames" if every > 1 else f"{count} pictures"
        raise StoryreelError(f"{told}, are {reach} frames: the film has {timeline.length}")
    first = min(first, timeline.length - reach)
    return range(first, first + reach, every)


def times_of(timeline: Timeline, frames: Sequence[int]) -> list[str]:
    """What the clock says at frames: in tenths of a second, or in hundredths where tenths would say the same twice."""
    tenths = [clock_time(timeline.clock, frame) for frame in frames]
    return tenths if len({*tenths}) == len(tenths) else [clock_time(timeline.clock, frame, 2) for frame in frames]


def strip(film: Film, first: int, count: int = COUNT, every: int = 1, height: int = HEIGHT) -> Image:
    """Draws a strip of a film, as an RGB image.

    Args:
        first: the film frame that it begins with.
        count: how many pictures.
        every: from one picture to the next, in frames: 1 shows all there are.
        height: of a picture, in pixels.

    Raises:
        StoryreelError: the film has not that many frames.
    """
    import numpy as np
    import skia
    from PIL import Image

    from storyreel.stage.ink import argb
    from storyreel.stage.lettering import draw_line

    timeline = film.timeline
    frames = spread(timeline, first, count, every)
    faces = chain(look(timeline.look).faces["body"])
    wide = max(round(timeline.width * height / timeline.height), 1)
    pixels = np.zeros((height + _FOOT, count * (wide + _GAP) - _GAP, 4), np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    canvas.clear(argb(_PAPER, 1.0))
    times = times_of(timeline, frames)
    starts = {start for start, _ in timeline.starts()}
    for number, (frame, picture) in enumerate(zip(frames, film.pictures(frames), strict=True)):
        x = number * (wide + _GAP)
        small = picture.resize((wide, height), Image.Resampling.LANCZOS)
        pixels[:height, x : x + wide, :3] = np.asarray(small)
        pixels[:height, x : x + wide, 3] = 255
        when = shape(times[number], faces, _LETTERS)
        draw_line(canvas, when, x + 2, height + 24, _INK)
        named = shape(f"frame {frame}{', cut' if frame in starts and frame else ''}", faces, _LETTERS - 3)
        if when.width + named.width + 12 < wide:
            draw_line(canvas, named, x + wide - 2, height + 24, _SOFT, align="right")
    return Image.fromarray(pixels).convert("RGB")
