"""The big toy button that a hero stamps on."""

from __future__ import annotations

import math
from functools import lru_cache

import skia

from storyreel.looks.kawaii.palette import FLOOR_SHADOW, LETTER
from storyreel.looks.kawaii.shapes import inked, shine
from storyreel.looks.kawaii.type_case import faces
from storyreel.stage.paints import Canvas, Picture, fill, linear, radial, record, stroke
from storyreel.stage.paths import Path, oval, star
from storyreel.stage.type_shapes import capital, centred, draw_signs, fitted, lettering, warped
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import text

_ACROSS, _DOWN = 322.0, 96.0
"""Half axes of the cap's top."""
_SEAT = 190.0
"""How far below the top of the cap at rest it enters its base."""
_TRAVEL = 62.0
_LEAST, _MOST = -0.3, 1.25
_LIP = 56.0
_BOUNDS: Box = (-470.0, -150.0, 520.0, 420.0)


def cap_drop(press: float) -> float:
    """How many units lower the top of the cap lies at a press (0 at rest, 1 down; -0.3 to 1.25 at the extremes)."""
    return _TRAVEL * min(max(press, _LEAST), _MOST)


def _side(top: float, across: float) -> Path:
    """The cap's front: between the middle of its top and the middle of its seat, bulging a little."""
    path = skia.Path()
    deep = _SEAT - top
    path.moveTo(-across, top)
    path.cubicTo(-across - 13, top + deep * 0.5, -across - 10, top + deep * 0.72, -across + 4, _SEAT - 6)
    path.arcTo(skia.Rect.MakeLTRB(-across + 4, _SEAT - 6 - _DOWN, across - 4, _SEAT - 6 + _DOWN), 180, -180, False)
    path.cubicTo(across + 10, top + deep * 0.72, across + 13, top + deep * 0.5, across, top)
    path.arcTo(skia.Rect.MakeLTRB(-across, top - _DOWN, across, top + _DOWN), 0, 180, False)
    path.close()
    return path


def _crescent(canvas: Canvas, path: Path, dx: float, dy: float, colour: str, alpha: float = 1.0) -> None:
    """What of a shape a copy of it, moved by (dx, dy), leaves bare: a hard second tone along one edge."""
    moved = skia.Path(path)
    moved.offset(dx, dy)
    canvas.drawPath(skia.Op(path, moved, skia.kDifference_PathOp), fill(colour, alpha))


def _base(canvas: Canvas) -> None:
    across, down = _ACROSS + _LIP, _DOWN + 18
    canvas.drawOval(skia.Rect.MakeLTRB(-across - 60, _SEAT - 10, across + 100, _SEAT + 190), fill(FLOOR_SHADOW, 0.28))
    path = skia.Path()
    path.moveTo(-across, _SEAT - 8)
    path.lineTo(-across, _SEAT + 54)
    path.arcTo(skia.Rect.MakeLTRB(-across, _SEAT + 54 - down, across, _SEAT + 54 + down), 180, -180, False)
    path.lineTo(across, _SEAT - 8)
    path.close()
    mint = ((0.0, "#CFF9EF", 1.0), (0.32, "#B3EFE2", 1.0), (0.74, "#84DCCB", 1.0), (1.0, "#58BFAD", 1.0))
    canvas.drawPath(path, linear((-across, 0), (across, 0), mint))
    _crescent(canvas, path, 0, -17, "#4DB8AA", 0.55)
    for i in range(9):
        angle = math.radians(163 - i * 18.2)
        x, y = math.cos(angle) * across, _SEAT + 18 + math.sin(angle) * down
        turned = star(0, 0, 17, turn=14 - 4 * i)
        squeeze = skia.Matrix()
        squeeze.setScale(0.45 + 0.55 * math.sin(angle), 1)
        squeeze.postTranslate(x, y)
        turned.transform(squeeze)
        canvas.drawPath(turned, fill("#FFFFFF", 0.92))
    canvas.drawPath(path, stroke("#4A2545", 9))
    inked(canvas, oval(-across, _SEAT - 8 - down, across, _SEAT - 8 + down), "#E6FFF9", 9)
    canvas.drawOval(
        skia.Rect.MakeLTRB(-_ACROSS - 20, _SEAT - 14 - _DOWN, _ACROSS + 20, _SEAT - 2 + _DOWN), fill("#4DB8AA")
    )


def _label(canvas: Canvas, label: str, top: float, press: float) -> None:
    size = fitted(label, faces("title"), 164 - 40 * press, 2 * _ACROSS * 0.86)
    middle = (top + _SEAT) / 2 - 6 - 3 * press

    def round_the_front(x: float, y: float) -> tuple[float, float]:
        angle = x / _ACROSS
        return _ACROSS * math.sin(angle), y + middle + _DOWN * math.cos(angle)

    line = lettering(label, faces("title"), size, 5)
    middle_x = (line.ink[0] + line.ink[2]) / 2
    half = capital(faces("title")) * size / 2
    path = warped(centred(label, faces("title"), size, track=5), round_the_front)
    canvas.save()
    canvas.translate(0, 7.5)
    canvas.drawPath(path, stroke("#A81F5A", 11))
    canvas.drawPath(path, fill("#A81F5A"))
    canvas.restore()
    canvas.drawPath(path, fill(LETTER))
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    _crescent(canvas, path, -4, -6, "#FFD3E4")
    canvas.restore()
    draw_signs(canvas, line, lambda x, y: round_the_front(x - middle_x, y + half))


def _cap(canvas: Canvas, label: str, press: float) -> None:
    top = cap_drop(press)
    across = _ACROSS + 12 * press
    side = _side(top, across)
    pinks = ((0.0, "#FF86B4", 1.0), (0.3, "#FF5C94", 1.0), (0.72, "#F23F80", 1.0), (1.0, "#C92C6C", 1.0))
    canvas.drawPath(side, linear((-across, 0), (across, 0), pinks))
    _crescent(canvas, side, -6, -20, "#B81F63", 0.62)
    _label(canvas, label, top, press)
    canvas.drawPath(side, stroke("#4A2545", 9))
    left = -across + 20
    deep = _SEAT - top
    shine(canvas, ((left, top + 44), (left + 1, top + deep * 0.42), (left + 8, top + deep * 0.62)), 14, alpha=0.7)
    lid = oval(-across, top - _DOWN, across, top + _DOWN)
    roses = ((0.0, "#FFB0CE", 1.0), (0.55, "#FF7FAF", 1.0), (1.0, "#F5558F", 1.0))
    canvas.drawPath(lid, radial((-90, top - 40), 440, roses))
    _crescent(canvas, lid, 0, -9, "#FFC4DA", 0.9)
    dish = oval(-across * 0.8, top - _DOWN * 0.78, across * 0.8, top + _DOWN * 0.7)
    canvas.drawPath(dish, fill("#F0508C", 0.32))
    _crescent(canvas, dish, 0, 8, "#C92C6C", 0.3)
    canvas.drawPath(lid, stroke("#4A2545", 9))
    shine(
        canvas,
        ((-across + 44, top - 12), (-across + 78, top - 48), (-across + 178, top - 74)),
        15,
        (-across + 38, top + 16),
    )


@lru_cache(maxsize=2)
def _base_picture() -> Picture:
    return record(_BOUNDS, _base)


@lru_cache(maxsize=128)
def _cap_picture(label: str, press: float) -> Picture:
    return record(_BOUNDS, lambda canvas: _cap(canvas, label, press))


def draw_button(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The button; (0, 0) is the middle of the cap's top at rest, where feet stand."""
    press = min(max(values.get("press", 0.0), _LEAST), _MOST)
    canvas.drawPicture(_base_picture())
    canvas.drawPicture(_cap_picture(text(settings, "label", "BLOCK"), round(press, 3)))


BUTTON = Widget(draw_button, lambda settings: _BOUNDS, values=("press",))
