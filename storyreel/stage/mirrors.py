"""Lets a still drawing go on past its edges, mirrored: no edge of a set is ever seen."""

from __future__ import annotations

from typing import TypeAlias

import skia

from storyreel.stage.moved import Run
from storyreel.stage.still import DrawnPart
from storyreel.stage.toning import Tone
from storyreel.timeline.model import Mirror

Canvas: TypeAlias = skia.Canvas

_SOFT = 1 / 270
"""How far inside a drawing's edges it is mirrored, in shares of its short side: an edge itself lets through half of
what lies behind it."""


def mirrored(
    canvas: Canvas, mirror: Mirror | None, drawing: DrawnPart | Run, part: str, tone: Tone | None = None
) -> None:
    """Draws a group of a drawing (or all of it, ""), and again beyond each edge as often as `mirror` says.

    Args:
        tone: as of `DrawnPart.draw`.
    """
    if mirror is None:
        drawing.draw(canvas, part, tone)
        return
    cell = _cell(mirror)
    before_x, before_y, after_x, after_y = mirror.times
    for row in range(-before_y, after_y + 1):
        for column in range(-before_x, after_x + 1):
            canvas.save()
            canvas.translate(column * cell.width(), row * cell.height())
            for turned, x, y in ((column % 2, 1, 0), (row % 2, 0, 1)):
                if turned:
                    canvas.translate(2 * x * cell.centerX(), 2 * y * cell.centerY())
                    canvas.scale(1 - 2 * x, 1 - 2 * y)
            # Cells share their edges: without smoothing, each pixel belongs to just one of them.
            canvas.clipRect(cell, doAntiAlias=False)
            drawing.draw(canvas, part, tone)
            canvas.restore()


def shown(mirror: Mirror | None, drawing: DrawnPart, part: str) -> skia.Rect | None:
    """What a group of a drawing (or all of it, "") covers wholly, mirrored or not, in the drawing's units."""
    solid = drawing.solid(part)
    if mirror is None or solid is None:
        return solid
    cell = _cell(mirror)
    return cell if cell.intersect(solid) else None


def _cell(mirror: Mirror) -> skia.Rect:
    left, top, right, bottom = mirror.box
    soft = min(right - left, bottom - top) * _SOFT
    return skia.Rect.MakeLTRB(left + soft, top + soft, right - soft, bottom - soft)
