"""Path makers for what is drawn by hand: lines and curves through points, round corners, boxes, stars.

Paths that a function returns are fresh: a caller may transform them. Angles are in degrees, clockwise, 0 to the right.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import skia

Path: TypeAlias = skia.Path
Point: TypeAlias = tuple[float, float]


def placed(path: Path, x: float, y: float, scale: float = 1.0, turn: float = 0.0) -> Path:
    """The path scaled and turned about its origin, then put at (x, y)."""
    matrix = skia.Matrix()
    matrix.setScale(scale, scale)
    matrix.postRotate(turn)
    matrix.postTranslate(x, y)
    path.transform(matrix)
    return path


def polyline(points: Iterable[Point], closed: bool = False) -> Path:
    """Straight lines through the points."""
    path = skia.Path()
    for index, (x, y) in enumerate(points):
        if index:
            path.lineTo(x, y)
        else:
            path.moveTo(x, y)
    if closed:
        path.close()
    return path


def cubics(start: Point, *curves: tuple[float, float, float, float, float, float], closed: bool = True) -> Path:
    """Cubic Bézier curves, one after another: two handles and an end each."""
    path = skia.Path()
    path.moveTo(*start)
    for curve in curves:
        path.cubicTo(*curve)
    if closed:
        path.close()
    return path


def smooth(points: Sequence[tuple[float, ...]], closed: bool = False) -> Path:
    """A curve through the points (centripetal Catmull-Rom); a point with a third number is a corner.

    Formula: C. Yuksel et al., Parameterization and applications of Catmull-Rom curves, 2011.
    """
    count = len(points)
    spots = [(p[0], p[1]) for p in points]
    corners = [len(p) > 2 or (not closed and i in (0, count - 1)) for i, p in enumerate(points)]
    path = skia.Path()
    path.moveTo(*spots[0])
    for i in range(count if closed else count - 1):
        j = (i + 1) % count
        before = spots[i - 1] if closed or i else spots[i]
        after = spots[(i + 2) % count] if closed or i + 2 < count else spots[j]
        first, second = _handles(before, spots[i], spots[j], after, corners[i], corners[j])
        path.cubicTo(*first, *second, *spots[j])
    if closed:
        path.close()
    return path


def _handles(p0: Point, p1: Point, p2: Point, p3: Point, corner1: bool, corner2: bool) -> tuple[Point, Point]:
    def between(a: Point, b: Point, amount: float) -> Point:
        return a[0] + (b[0] - a[0]) * amount, a[1] + (b[1] - a[1]) * amount

    def handle(far: Point, near: Point, to: Point, a: float, b: float) -> Point:
        weight, whole = 2 * a * a + 3 * a * b + b * b, 3 * a * (a + b)
        return (
            (a * a * to[0] - b * b * far[0] + weight * near[0]) / whole,
            (a * a * to[1] - b * b * far[1] + weight * near[1]) / whole,
        )

    if corner1 and corner2:
        return between(p1, p2, 1 / 3), between(p2, p1, 1 / 3)
    d1, d2, d3 = (max(math.sqrt(math.dist(a, b)), 1e-6) for a, b in ((p0, p1), (p1, p2), (p2, p3)))
    first, second = handle(p0, p1, p2, d1, d2), handle(p3, p2, p1, d3, d2)
    if corner1:
        first = between(p1, second, 0.45)
    if corner2:
        second = between(p2, first, 0.45)
    return first, second


def rounded(points: Sequence[Point], radius: float) -> Path:
    """A polygon with its corners rounded; the radius gives way on short sides."""
    path = skia.Path()
    count = len(points)
    for i, corner in enumerate(points):
        ends = []
        for other in (points[i - 1], points[(i + 1) % count]):
            length = max(math.dist(corner, other), 1e-6)
            cut = min(radius, length / 2) / length
            ends.append((corner[0] + (other[0] - corner[0]) * cut, corner[1] + (other[1] - corner[1]) * cut))
        if i:
            path.lineTo(*ends[0])
        else:
            path.moveTo(*ends[0])
        path.quadTo(*corner, *ends[1])
    path.close()
    return path


def box(x: float, y: float, width: float, height: float, radius: float) -> Path:
    """A rectangle with round corners, from its top left corner."""
    return skia.Path.RRect(skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(x, y, width, height), radius, radius))


def oval(left: float, top: float, right: float, bottom: float) -> Path:
    """An ellipse in a box."""
    return skia.Path.Oval(skia.Rect.MakeLTRB(left, top, right, bottom))


def star(
    x: float, y: float, radius: float, turn: float = 0.0, waist: float = 0.56, points: int = 5, soft: float = 0.22
) -> Path:
    """A star with round points; `waist` is the inner radius and `soft` the rounding, as factors of the radius."""
    corners = []
    for i in range(2 * points):
        angle = math.radians(turn - 90 + i * 180 / points)
        reach = radius if i % 2 == 0 else radius * waist
        corners.append((x + math.cos(angle) * reach, y + math.sin(angle) * reach))
    return rounded(corners, radius * soft)


def sparkle(x: float, y: float, radius: float, thin: float = 0.16, turn: float = 0.0) -> Path:
    """A glint with four long points."""
    path = skia.Path()
    path.moveTo(0, -radius)
    for i in range(4):
        tip, waist = math.radians(90 * i), math.radians(90 * i - 45)
        path.quadTo(
            math.cos(waist) * radius * thin,
            math.sin(waist) * radius * thin,
            math.cos(tip) * radius,
            math.sin(tip) * radius,
        )
    path.close()
    return placed(path, x, y, 1.0, turn)


def burst(
    x: float,
    y: float,
    across: float,
    down: float,
    points: int = 12,
    waist: float = 0.7,
    turn: float = 0.0,
    soft: float = 6.0,
) -> Path:
    """A star burst in an ellipse of half axes `across` and `down`, its points alternating long and short."""
    corners = []
    for i in range(2 * points):
        angle = math.radians(turn - 90 + i * 180 / points)
        reach = waist if i % 2 else 1.0 if i % 4 == 0 else 0.88
        corners.append((x + math.cos(angle) * across * reach, y + math.sin(angle) * down * reach))
    return rounded(corners, soft)
