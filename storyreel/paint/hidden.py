"""What of a picture is hidden by something opaque: nothing below it has to be painted there."""

from __future__ import annotations

from collections.abc import Sequence

import skia

from storyreel.paint.damage import Rect
from storyreel.stage.display import Grade, Item

_GRID = 64
"""What is left to see of a thing grows and shrinks by so many pixels: what is cut elsewhere is painted anew."""
_CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))


def rooms(items: Sequence[Item | Grade], frame: Rect, scale: float) -> list[Rect]:
    """Where each of a display list's things can be seen at all: all of the frame, or a part of it, or nothing.

    Args:
        items: back to front.
        scale: pixels a stage unit.
    """
    if not any(isinstance(item, Item) and item.covers is not None for item in items):
        return [frame] * len(items)
    found: list[Rect] = []
    left, room = skia.Region(skia.IRect.MakeLTRB(*frame)), frame
    for item in reversed(items):
        found.append(room)
        paths = item.covers() if isinstance(item, Item) and item.covers is not None and room.area else ()
        if paths:
            if left.op(_covered(paths, frame, scale), skia.Region.kDifference_Op):
                room = _on_grid(left.getBounds(), frame)
            else:
                room = Rect(0, 0, 0, 0)
    return found[::-1]


def _covered(paths: Sequence[skia.Path], frame: Rect, scale: float) -> skia.Region:
    """The pixels that lie wholly within all of some paths, and not at their edges."""
    around = skia.Region(skia.IRect.MakeLTRB(*frame).makeOutset(1, 1))
    inside = skia.Region(around)
    for path in paths:
        pixels, area = skia.Path(path), skia.Region()
        pixels.transform(skia.Matrix.Scale(scale, scale))
        area.setPath(pixels, around)
        inside.op(area, skia.Region.kIntersect_Op)
    firm = skia.Region(skia.IRect.MakeLTRB(*frame))
    for dx, dy in _CORNERS:
        moved = skia.Region(inside)
        moved.translate(dx, dy)
        firm.op(moved, skia.Region.kIntersect_Op)
    return firm


def _on_grid(box: skia.IRect, frame: Rect) -> Rect:
    return Rect(
        box.left() // _GRID * _GRID,
        box.top() // _GRID * _GRID,
        min(-(-box.right() // _GRID) * _GRID, frame.right),
        min(-(-box.bottom() // _GRID) * _GRID, frame.bottom),
    )
