"""An onion skin: how things move through a stretch of a film, in one picture.

What moves is seen as it is at the end, and fainter the longer ago; a line follows the middle of each thing with a dot a
drawing, so that dots that stand close are slow and those far apart are fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.looks import pen
from storyreel.paint.boxes import Box, boxes
from storyreel.paint.painter import Painter
from storyreel.render.shelf import own_shelf
from storyreel.stage.compose import compose
from storyreel.stage.display import Canvas, DisplayList, Grade, Item
from storyreel.stage.kept import kept_on
from storyreel.timeline.model import Timeline

if TYPE_CHECKING:
    from PIL.Image import Image

GHOSTS = 6
"""Drawings before the last that are seen."""

_FAINT, _PLAIN = 0.16, 0.5
"""How much of the first and of the last of them is seen."""
_COLOURS = ("#E0246E", "#1F6FE0", "#1B9E5A", "#C77700", "#7A3FD1")
_EDGE = "#FFFFFF"

Point = tuple[float, float]


@dataclass(frozen=True)
class Path:
    """How something moved: its name, and where its middle was in each frame, in pixels."""

    name: str
    points: tuple[Point, ...]


def onion(timeline: Timeline, start: int, end: int, on: Sequence[str] = ()) -> Image:
    """Draws how things move through a stretch of a film, as an RGB image of the film's size.

    Args:
        start, end: film frames, half-open; a stretch ends with the scene that it begins in.
        on: names of the cast, of props, or of parts of bodies (`michii.left-hand`); left out, all of the cast.

    Raises:
        StoryreelError: nothing of such a name is in the picture, or the stretch is a single frame.
        IndexError: the film has no such frame.
    """
    import numpy as np
    import skia
    from PIL import Image

    local, scene = timeline.locate(start)
    frames = range(start, min(end, start - local + scene.length))
    if len(frames) < 2:
        when = f"{timeline.clock.seconds(frames.stop):.2f} s"
        raise StoryreelError(f"nothing moves within one frame; the shot ends at {when}, and so does the movement")
    with kept_on(own_shelf(timeline.look)):
        displays = [compose(timeline, pen(timeline.look), frame, captions=False) for frame in frames]
        seen = [boxes(display, timeline.width, timeline.height, timeline.scale) for display in displays]
        followed = list(on) or list(
            dict.fromkeys(_thing(box.name) for there in seen for box in there if box.kind == "cast")
        )
        if not followed:
            raise StoryreelError("none of the cast is in the picture then; say with --on what to follow")
        paths = [_path(name, seen) for name in followed]
        moving = {path.name.partition(".")[0] for path in paths}
        painter = Painter(timeline.width, timeline.height, timeline.scale, pen(timeline.look).finish)
        painter.show(_skinned(displays, moving))
    pixels = np.ascontiguousarray(painter.pixels)
    canvas = skia.Surface(pixels, colorType=skia.kBGRA_8888_ColorType).getCanvas()
    for number, path in enumerate(paths):
        _draw_path(canvas, path, _COLOURS[number % len(_COLOURS)], timeline.width / 1080)
    return Image.frombuffer("RGB", (timeline.width, timeline.height), pixels, "raw", "BGRX", 0, 1)


def _thing(layer: str) -> str:
    """Of whom a layer is a drawing: `michii front 1` is one of michii's."""
    return layer.partition(" ")[0]


def _path(name: str, seen: Sequence[Sequence[Box]]) -> Path:
    """The path of something, through the frames that it is in.

    Raises:
        StoryreelError: it is in none.
    """
    thing, _, part = name.partition(".")
    there = [box for frame in seen for box in frame]
    things = list(dict.fromkeys(_thing(box.name) for box in there if box.kind != "set"))
    if thing not in things:
        raise StoryreelError(f"there is no '{thing}' in the picture then{did_you_mean(thing, things)}")
    own = [box for frame in seen for box in frame if _is(box, thing)]
    if not part:
        return Path(name, tuple(_middle(box.box) for box in own))
    parts = {_written(known): known for box in own for known in box.parts}
    if part not in parts:
        raise StoryreelError(f"{thing} shows no part '{part}' then{did_you_mean(part, parts, len(parts))}")
    return Path(name, tuple(_middle(box.parts[parts[part]]) for box in own if parts[part] in box.parts))


def _is(box: Box, thing: str) -> bool:
    """Whether a box is of that thing itself, not of its shadow on the ground."""
    return _thing(box.name) == thing and not box.name.endswith(" shadow")


def _written(part: str) -> str:
    """A part as it is written behind a dot."""
    return part.replace(" ", "-").lower()


def _middle(box: tuple[float, float, float, float]) -> Point:
    left, top, right, bottom = box
    return (left + right) / 2, (top + bottom) / 2


def _skinned(displays: Sequence[DisplayList], moving: set[str]) -> DisplayList:
    """The last picture, and right below what moves, what it was before: the longer ago, the fainter."""
    last = displays[-1]
    count = min(GHOSTS, len(displays) - 1)
    picked = [round(index * (len(displays) - 1) / count) for index in range(count)] if count else []
    ghosts = [
        _faint(item, _FAINT + (_PLAIN - _FAINT) * number / max(count - 1, 1))
        for number, index in enumerate(picked)
        for item in displays[index].items
        if isinstance(item, Item) and _moves(item, moving)
    ]
    at = next((n for n, item in enumerate(last.items) if isinstance(item, Item) and _moves(item, moving)), None)
    if at is None:
        at = next((n for n, item in enumerate(last.items) if isinstance(item, Grade)), len(last.items))
    return replace(last, items=(*last.items[:at], *ghosts, *last.items[at:]))


def _moves(item: Item, moving: set[str]) -> bool:
    return _thing(item.name) in moving and not item.name.endswith(" shadow")


def _faint(item: Item, share: float) -> Item:
    """A thing of which only a share is seen."""

    def draw(canvas: Canvas) -> None:
        canvas.saveLayerAlpha(None, round(255 * share))
        item.draw(canvas)
        canvas.restore()

    return replace(item, key=("ghost", share, item.key), draw=draw)


def _draw_path(canvas: Any, path: Path, colour: str, grown: float) -> None:
    """Draws a path with a dot wherever it stood still for a frame or went on, the last one the largest."""
    import skia

    from storyreel.stage.ink import argb
    from storyreel.stage.paints import stroke

    line = skia.Path()
    line.addPoly([skia.Point(*point) for point in path.points], False)
    canvas.drawPath(line, stroke(_EDGE, 7 * grown))
    canvas.drawPath(line, stroke(colour, 3.5 * grown))
    for number, (x, y) in enumerate(path.points):
        size = (13 if number == len(path.points) - 1 else 6.5) * grown
        canvas.drawCircle(x, y, size + 2.5 * grown, skia.Paint(AntiAlias=True, Color=argb(_EDGE, 1.0)))
        canvas.drawCircle(x, y, size, skia.Paint(AntiAlias=True, Color=argb(colour, 1.0)))
