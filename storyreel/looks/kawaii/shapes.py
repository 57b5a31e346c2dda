"""Plump shapes that everything in the kawaii look is made of.

Paths that a function returns are fresh: a caller may transform them. Angles are in degrees, clockwise, 0 to the right.
"""

from __future__ import annotations

from collections.abc import Sequence

import skia

from storyreel.looks.kawaii.palette import LINE
from storyreel.stage.paints import Canvas, Paint, fill, stroke
from storyreel.stage.paths import Path, Point, cubics, placed, smooth


def inked(canvas: Canvas, path: Path, paint: str | Paint, width: float = 8.0, line: str = LINE) -> None:
    """A shape filled, with its line over it."""
    canvas.drawPath(path, fill(paint) if isinstance(paint, str) else paint)
    if width > 0:
        canvas.drawPath(path, stroke(line, width))


def heart(x: float, y: float, size: float, turn: float = 0.0) -> Path:
    """A plump heart, `size` across, about its middle."""
    path = cubics(
        (0, 34),
        (-6, 34, -12, 29, -20, 22),
        (-34, 10, -44, -2, -44, -17),
        (-44, -42, -12, -46, 0, -22),
        (12, -46, 44, -42, 44, -17),
        (44, -2, 34, 10, 20, 22),
        (12, 29, 6, 34, 0, 34),
    )
    return placed(path, x, y, size / 88, turn)


def cloud(x: float, y: float, size: float, flip: bool = False) -> Path:
    """A flat-bottomed cloud about 2.1 times `size` across."""
    path = cubics(
        (-86, 28),
        (-122, 28, -128, -14, -95, -21),
        (-94, -52, -50, -61, -33, -39),
        (-17, -73, 40, -67, 45, -31),
        (75, -45, 104, -18, 92, 3),
        (113, 14, 100, 30, 80, 28),
    )
    matrix = skia.Matrix()
    matrix.setScale(-size / 100 if flip else size / 100, size / 100)
    matrix.postTranslate(x, y)
    path.transform(matrix)
    return path


def bunny(x: float, y: float, size: float, turn: float = 0.0) -> Path:
    """A bunny's head, `size` high from chin to ear tips, about its middle."""
    path = smooth(
        (
            (-40, 20), (-36, -4), (-21, -13), (-31, -38), (-22, -53), (-9, -40), (-6, -17), (6, -17), (9, -40),
            (22, -53), (31, -38), (21, -13), (36, -4), (40, 20), (28, 42), (0, 48), (-28, 42),
        ),
        closed=True,
    )  # fmt: skip
    return placed(path, x, y, size / 102, turn)


def ear(length: float, width: float) -> Path:
    """A bunny's ear that stands up from (0, 0)."""
    return smooth(
        (
            (-width * 0.3, 0), (-width * 0.5, -length * 0.5), (-width * 0.3, -length * 0.88), (width * 0.05, -length),
            (width * 0.4, -length * 0.84), (width * 0.5, -length * 0.46), (width * 0.32, 0),
        ),
        closed=True,
    )  # fmt: skip


def shine(
    canvas: Canvas, points: Sequence[tuple[float, ...]], width: float, dot: Point | None = None, alpha: float = 0.85
) -> None:
    """The look's glint: a short white stroke near the upper left edge, and one dot after it."""
    canvas.drawPath(smooth(points), stroke("#FFFFFF", width, alpha))
    if dot is not None:
        canvas.drawCircle(*dot, width / 2, fill("#FFFFFF", alpha))
