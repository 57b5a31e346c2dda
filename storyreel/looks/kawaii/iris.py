"""The reveal's frame: the mouth of the bunny hood as a star with round points, that opens on the portrait."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import skia

from storyreel.looks.kawaii.palette import LINE, SHADOW
from storyreel.looks.kawaii.shapes import shine
from storyreel.stage.paints import Canvas, Picture, banded, fill, record, stroke, wash
from storyreel.stage.paths import Path, Point, box, smooth, star
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number, text

_WAIST, _SOFT = 0.66, 0.2
_PINK, _CREAM, _SEAM = 86.0, 42.0, 64.0
"""How far the pink cloth, the cream lining and the stitching reach past the opening, on a star of radius 560."""
_EAR = (390.0, 196.0)
"""An ear's length and width on a star of radius 560."""
OUTER = (
    (-0.27, -0.16), (-0.37, 0.18), (-0.49, 0.5), (-0.46, 0.76), (-0.27, 0.95), (0.02, 1.0), (0.3, 0.93),
    (0.47, 0.74), (0.48, 0.48), (0.37, 0.18), (0.28, -0.16),
)  # fmt: skip
"""An ear's outline, in shares of its width and length."""


def _radius(settings: Settings) -> float:
    return number(settings, "radius", 560.0)


def _unit(radius: float) -> float:
    """Rims of a small star are thinner, though not by as much as the star is smaller."""
    return 0.3 + 0.7 * radius / 560


def _shape(radius: float) -> Path:
    return star(0, 0, max(radius, 0.01), 0, _WAIST, 5, _SOFT)


def outline(settings: Settings, values: Values) -> Path:
    """The opening: a star whose points are round, of radius `radius * open`, turned."""
    path = _shape(_radius(settings) * max(0.0, values.get("open", 1.0)))
    matrix = skia.Matrix()
    matrix.setRotate(values.get("turn", -7.0))
    path.transform(matrix)
    return path


def bent(point: Point, degrees: float, length: float) -> Point:
    """A point of something that stands up from (0, 0), after the whole has curled by `degrees` over its length.

    The axis becomes an arc of a circle; positive degrees curl to the right.
    """
    along, across = -point[1], point[0]
    if along <= 0 or abs(degrees) < 0.01:
        return point
    curvature = math.radians(degrees) / length
    angle = curvature * along
    x = (1 - math.cos(angle)) / curvature + across * math.cos(angle)
    y = math.sin(angle) / curvature - across * math.sin(angle)
    return x, -y


def _curled(points: tuple[tuple[float, ...], ...], degrees: float, length: float) -> Path:
    """A closed curve through points that have been curled, dense enough that its flanks stay round."""
    dense = []
    for index, here in enumerate(points):
        dense.append(here)
        there = points[(index + 1) % len(points)]
        if len(here) == 2 and abs(there[1] - here[1]) > length * 0.24:
            dense.append(((here[0] + there[0]) / 2 * 1.03, (here[1] + there[1]) / 2))
    return smooth([(*bent((p[0], p[1]), degrees, length), *p[2:]) for p in dense], closed=True)


def form(unit: float, bend: float, points: tuple[tuple[float, ...], ...]) -> Path:
    """A closed curve through points of an ear, in shares of its width and length, that curls by `bend` degrees."""
    length, width = _EAR[0] * unit, _EAR[1] * unit
    return _curled(tuple((x * width, -y * length, *corner) for x, y, *corner in points), bend, length)


def draw_ear(canvas: Canvas, unit: float, bend: float, outer: Path) -> None:
    """One ear that stands up from (0, 0) and curls by `bend` degrees, with the outline `outer`."""
    length, width = _EAR[0] * unit, _EAR[1] * unit

    def shaped(*points: tuple[float, ...]) -> Path:
        return form(unit, bend, points)

    canvas.drawPath(outer, fill("#FFB6D3"))
    canvas.save()
    canvas.clipPath(outer, doAntiAlias=True)
    side = 1.0 if bend >= 0 else -1.0
    under = shaped(
        (side * 0.34, -0.12), (side * 0.3, 0.3), (side * 0.32, 0.6), (side * 0.2, 0.84), (side * -0.05, 0.94),
        (side * 0.1, 1.1), (side * 0.7, 1.0), (side * 0.8, 0.4), (side * 0.6, -0.12),
    )  # fmt: skip
    canvas.drawPath(under, fill("#F48DB9"))
    canvas.restore()
    inner = shaped((-0.14, -0.14), (-0.22, 0.22), (-0.3, 0.52), (-0.25, 0.74), (0, 0.84), (0.25, 0.72), (0.29, 0.5),
                 (0.2, 0.22), (0.13, -0.14))  # fmt: skip
    canvas.drawPath(inner, fill("#FFCFE1"))
    canvas.save()
    canvas.clipPath(inner, doAntiAlias=True)
    lit = shaped(
        (-0.06 - side * 0.1, -0.14), (-0.13 - side * 0.1, 0.3), (-0.12 - side * 0.12, 0.6), (0 - side * 0.1, 0.75),
        (0.12 - side * 0.1, 0.6), (0.11 - side * 0.1, 0.3), (0.05 - side * 0.08, -0.14),
    )  # fmt: skip
    canvas.drawPath(lit, fill("#FFF0F5"))
    canvas.restore()
    canvas.drawPath(outer, stroke(LINE, 11 * _unit(unit * 560)))
    glint = [bent((-side * 0.34 * width, -k * length), bend, length) for k in (0.5, 0.66, 0.8)]
    dot = bent((-side * 0.2 * width, -0.91 * length), bend, length)
    shine(canvas, glint, 12 * unit, dot)


class _Ear(NamedTuple):
    """An ear in place: its outline where it grows, where that is on the hood, and how far it curls."""

    outline: Path
    matrix: skia.Matrix
    bend: float


def _ears(radius: float, droop: float, seconds: float) -> list[_Ear]:
    """Both ears on the star's shoulders: 0 thrown up, 1 flopped to the sides."""
    found = []
    for side, lag in ((-1, 0.0), (1, 0.7)):
        sway = 2.4 * math.sin(seconds * 2.1 + lag)
        shoulder = math.radians(-90 + side * 36)
        matrix = skia.Matrix()
        matrix.setRotate(side * (4 + (30 if side < 0 else 26) * droop) + sway * 0.4)
        matrix.postTranslate(math.cos(shoulder) * radius * 0.72, math.sin(shoulder) * radius * 0.72)
        bend = side * (-12 + (84 if side < 0 else 106) * droop) + sway
        found.append(_Ear(form(radius / 560, bend, OUTER), matrix, bend))
    return found


@lru_cache(maxsize=4)
def _rim(radius: float) -> Picture:
    """The hood's edge round a full opening, unturned: pink cloth, dashed stitching, cream lining, plum lines."""
    unit = _unit(radius)
    opening, cloth, lining = _shape(radius), _shape(radius + _PINK * unit), _shape(radius + _CREAM * unit)

    def edge(path: Path, dx: float, dy: float) -> Path:
        """What of a path lies outside its own copy, moved by so much."""
        moved = skia.Path(path)
        moved.offset(dx * unit, dy * unit)
        return skia.Op(path, moved, skia.kDifference_PathOp)

    def ring(path: Path) -> Path:
        return skia.Op(path, opening, skia.kDifference_PathOp)

    def paint(canvas: Canvas) -> None:
        canvas.drawPath(edge(opening, 11, 17), fill("#7A3F86", 0.2))
        canvas.drawPath(ring(cloth), fill("#FFB6D3"))
        canvas.drawPath(edge(cloth, -13, -17), fill("#F48DB9"))
        canvas.drawPath(edge(cloth, 9, 11), fill("#FFD3E4"))
        canvas.drawPath(cloth, stroke(LINE, 11 * unit))
        thread = stroke("#FFFFFF", 5.5 * unit, 0.95)
        thread.setPathEffect(skia.DashPathEffect.Make([19 * unit, 19 * unit], 0))
        canvas.drawPath(_shape(radius + _SEAM * unit), thread)
        banded(canvas, ring(lining), (0, -radius), (0, radius), ((0.0, "#FFFDF6", 1.0), (1.0, "#FBE3E0", 1.0)))
        canvas.drawPath(edge(lining, -8, -11), fill("#F7D9DC"))
        canvas.drawPath(lining, stroke(LINE, 7 * unit))
        canvas.drawPath(opening, stroke(LINE, 10 * unit))

    reach = radius + 90 * unit
    return record((-reach, -reach, reach, reach), paint)


def _state(settings: Settings, values: Values) -> tuple[float, float, float]:
    return _radius(settings), max(0.0, values.get("open", 1.0)), values.get("turn", -7.0)


def draw_iris(canvas: Canvas, settings: Settings, values: Values) -> None:
    """What lies behind the portrait: the ears, and the flat shadow of the hood."""
    radius, opened, turn = _state(settings, values)
    if opened <= 0.004:
        return
    droop, seconds = values.get("settle", 1.0), values.get("t", 0.0)
    unit = _unit(radius)
    canvas.save()
    ears = _ears(radius, droop, seconds)
    # All contours run the same way round, so ears and hood are one flat area; what the portrait covers is left out.
    flat = _shape(radius + _PINK * unit)
    flat.reverseAddPath(_shape(radius))
    for ear in ears:
        flat.addPath(ear.outline, ear.matrix)
    canvas.save()
    canvas.translate(13 * unit * opened, 22 * unit * opened)
    canvas.rotate(turn)
    canvas.scale(opened, opened)
    wash(canvas, flat, SHADOW, 0.3)
    canvas.restore()
    canvas.rotate(turn)
    canvas.scale(opened, opened)
    for ear in ears:
        canvas.save()
        canvas.concat(ear.matrix)
        draw_ear(canvas, radius / 560, ear.bend, ear.outline)
        canvas.restore()
    canvas.drawPath(_shape(radius + 4), fill("#FFE6DA"))
    canvas.restore()


def front_iris(canvas: Canvas, settings: Settings, values: Values) -> None:
    """What lies over the portrait: the hood's edge, and the chip that names a stand-in."""
    radius, opened, turn = _state(settings, values)
    if opened <= 0.004:
        return
    canvas.save()
    canvas.save()
    canvas.rotate(turn)
    canvas.scale(opened, opened)
    canvas.drawPicture(_rim(radius))
    canvas.restore()
    label = text(settings, "label")
    if label:
        canvas.scale(opened, opened)
        canvas.translate(0, radius * 0.53)
        canvas.rotate(-3)
        canvas.drawPicture(_chip(label, radius * 0.94))
    canvas.restore()


@lru_cache(maxsize=8)
def _chip(label: str, width: float) -> Picture:
    from storyreel.looks.kawaii.type_case import faces
    from storyreel.stage.lettering import draw_line, fitted

    line = fitted(label, faces("label"), 27.0, width - 48)
    across = line.width + 44

    def paint(canvas: Canvas) -> None:
        canvas.drawPath(box(-across / 2, -23, across, 46, 23), fill(LINE, 0.82))
        draw_line(canvas, line, 0, line.size * 0.33, "#FFFFFF", align="center")

    return record((-across, -60, across, 60), paint)


def _bounds(settings: Settings) -> Box:
    reach = _radius(settings) * 1.7 * max(number(settings, "widest", 1.0), 1.0)
    return (-reach, -reach, reach, reach)


IRIS = Widget(
    draw_iris,
    _bounds,
    outline,
    Widget(front_iris, values=("open", "turn")),
    values=("open", "turn", "settle", "t"),
)
