"""Paints and plump shapes that everything in the kawaii look is made of.

Paths that a function returns are fresh: a caller may transform them. Angles are in degrees, clockwise, 0 to the right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import skia

from storyreel.looks.kawaii.palette import LINE
from storyreel.stage.gradients import fill_banded, is_straight, linear_shader, veil
from storyreel.treatment.widget import Box

Canvas: TypeAlias = Any
Path: TypeAlias = Any
Paint: TypeAlias = Any
Picture: TypeAlias = Any
Point: TypeAlias = tuple[float, float]
Stops: TypeAlias = Sequence[tuple[float, str, float]]
"""Gradient stops: offset 0..1, colour, opacity 0..1."""
_UPRIGHT = 0.08
"""The turn, as a slope, that a letter's colours need not follow."""


@lru_cache(maxsize=1024)
def colour(text: str, alpha: float = 1.0) -> int:
    """`#RRGGBB` and an opacity as Skia's packed colour."""
    digits = text.lstrip("#")
    red, green, blue = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
    return int(skia.ColorSetARGB(round(min(max(alpha, 0.0), 1.0) * 255), red, green, blue))


def fill(text: str, alpha: float = 1.0) -> Paint:
    """A flat fill."""
    return skia.Paint(AntiAlias=True, Color=colour(text, alpha))


def stroke(text: str, width: float, alpha: float = 1.0) -> Paint:
    """A line with round caps and joins."""
    return skia.Paint(
        AntiAlias=True,
        Color=colour(text, alpha),
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )


def linear(start: Point, end: Point, stops: Stops) -> Paint:
    """A fill that runs from one point to another."""
    colours, offsets = [colour(text, alpha) for _, text, alpha in stops], [offset for offset, _, _ in stops]
    return skia.Paint(AntiAlias=True, Shader=linear_shader(start, end, colours, offsets))


def radial(centre: Point, radius: float, stops: Stops) -> Paint:
    """A fill that runs outwards from a point."""
    colours, offsets = [colour(text, alpha) for _, text, alpha in stops], [offset for offset, _, _ in stops]
    shader = skia.GradientShader.MakeRadial(skia.Point(*centre), radius, colours, offsets)
    return skia.Paint(AntiAlias=True, Shader=shader)


def inked(canvas: Canvas, path: Path, paint: str | Paint, width: float = 8.0, line: str = LINE) -> None:
    """A shape filled, with its line over it."""
    canvas.drawPath(path, fill(paint) if isinstance(paint, str) else paint)
    if width > 0:
        canvas.drawPath(path, stroke(line, width))


def wash(canvas: Canvas, path: Path, tint: str, alpha: float) -> None:
    """Fills a large shape with a translucent colour: as `fill` does, at a quarter of the cost.

    On a canvas that is turned, the shape is turned and the canvas set straight: a picture to be played turned later
    should not hold washes, since they would cost more than fills there.
    """
    paint = skia.Paint(AntiAlias=True, Shader=veil(colour(tint, alpha)))
    if is_straight(canvas):
        canvas.drawPath(path, paint)
        return
    turned = skia.Path(path)
    turned.transform(canvas.getTotalMatrix())
    canvas.save()
    canvas.resetMatrix()
    canvas.drawPath(turned, paint)
    canvas.restore()


def banded(canvas: Canvas, path: Path, start: Point, end: Point, stops: Stops) -> None:
    """Fills a large shape as `linear` does, though never slowly where the canvas is turned."""
    colours, offsets = [colour(text, alpha) for _, text, alpha in stops], [offset for offset, _, _ in stops]
    fill_banded(canvas, path, start, end, colours, offsets)


def upright(canvas: Canvas, path: Path, start: Point, end: Point, stops: Stops) -> None:
    """Fills a shape as `linear` does, but for a small turn of the canvas: nobody sees it in the colours of a letter.

    A strip that isn't turned is filled twenty times as fast. The points should lie on the shape's middle line.
    """
    matrix = canvas.getTotalMatrix()
    a, b = matrix.mapXY(*start), matrix.mapXY(*end)
    if matrix.isScaleTranslate() or abs(b.x() - a.x()) > _UPRIGHT * abs(b.y() - a.y()):
        canvas.drawPath(path, linear(start, end, stops))
        return
    turned = skia.Path(path)
    turned.transform(matrix)
    canvas.save()
    canvas.resetMatrix()
    canvas.drawPath(turned, linear((0.0, a.y()), (0.0, b.y()), stops))
    canvas.restore()


def record(bounds: Box, paint: Callable[[Canvas], None]) -> Picture:
    """What `paint` draws, recorded to be replayed; `bounds` holds all of it."""
    recorder = skia.PictureRecorder()
    paint(recorder.beginRecording(skia.Rect.MakeLTRB(*bounds)))
    return recorder.finishRecordingAsPicture()


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


def shine(
    canvas: Canvas, points: Sequence[tuple[float, ...]], width: float, dot: Point | None = None, alpha: float = 0.85
) -> None:
    """The look's glint: a short white stroke near the upper left edge, and one dot after it."""
    canvas.drawPath(smooth(points), stroke("#FFFFFF", width, alpha))
    if dot is not None:
        canvas.drawCircle(*dot, width / 2, fill("#FFFFFF", alpha))
