"""Where everything of a display list is in the picture: its boxes, in pixels, without painting any of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import skia

from storyreel.paint.damage import Rect
from storyreel.paint.recording import recorded
from storyreel.stage.display import Bounds, DisplayList, Item

_BEYOND = 4
"""How many pictures past the picture's edges a thing is followed."""


@dataclass(frozen=True)
class Box:
    """Something in the picture, or partly: what it is and where.

    Attributes:
        name, kind: its layer's.
        box: left, top, right, bottom of its ink, in pixels of the film; it may reach past the picture.
        visible: which share of that box is in the picture, 0 to 1.
        parts: the boxes of a body's parts that are shown, by name, for what is drawn in parts.
    """

    name: str
    kind: str
    box: Bounds
    visible: float
    parts: Mapping[str, Bounds] = field(default_factory=dict)


def boxes(display: DisplayList, width: int, height: int, scale: float) -> list[Box]:
    """What is in the picture, back to front.

    Args:
        width, height: the picture's, in pixels.
        scale: pixels a stage unit.
    """
    recorder = skia.PictureRecorder()
    room = Rect(-_BEYOND * width, -_BEYOND * height, (1 + _BEYOND) * width, (1 + _BEYOND) * height)
    found = (_box(item, room, scale, recorder, (width, height)) for item in display.items if isinstance(item, Item))
    return [box for box in found if box is not None]


def _box(item: Item, room: Rect, scale: float, recorder: skia.PictureRecorder, size: tuple[int, int]) -> Box | None:
    """A thing's box; None for what is drawn once more of something that has one, and for what is out of the picture."""
    if not item.name:
        return None
    _, ink, _ = recorded(item, room, scale, recorder)
    whole = (ink.right() - ink.left()) * (ink.bottom() - ink.top())
    across = min(ink.right(), size[0]) - max(ink.left(), 0)
    down = min(ink.bottom(), size[1]) - max(ink.top(), 0)
    if whole <= 0 or across <= 0 or down <= 0:
        return None
    parts = item.parts() if item.parts is not None else {}
    return Box(
        item.name,
        item.kind,
        (ink.left(), ink.top(), ink.right(), ink.bottom()),
        across * down / whole,
        {name: tuple(at * scale for at in box) for name, box in parts.items()},  # type: ignore[misc]
    )
