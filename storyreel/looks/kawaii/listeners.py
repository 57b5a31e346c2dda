"""Who looks on from below while the card is read: four hoods with ears that pop up behind the lace at its foot."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import skia

from storyreel.looks.kawaii.cloth import edge
from storyreel.looks.kawaii.iris import bent
from storyreel.looks.kawaii.palette import (
    BUTTER,
    BUTTER_DEEP,
    BUTTER_LIGHT,
    LINE,
    MINT,
    MINT_DEEP,
    MINT_LIGHT,
    SKY,
    SKY_LIGHT,
)
from storyreel.stage.paints import Canvas, Picture, fill, record, stroke
from storyreel.stage.paths import Path, oval, smooth
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number

_BASE = 0.907
"""Where they stand, in heights of the picture; the lace is before that."""
_DOME = 104.0
"""Half of a hood's width in a picture 1080 across."""
_EAR = (196.0, 86.0)
_OUTER = (
    (-0.3, -0.1),
    (-0.42, 0.3),
    (-0.5, 0.62),
    (-0.34, 0.92),
    (0, 1),
    (0.34, 0.92),
    (0.5, 0.62),
    (0.42, 0.3),
    (0.3, -0.1),
)
_INNER = (
    (-0.14, 0.08),
    (-0.22, 0.36),
    (-0.26, 0.62),
    (-0.14, 0.82),
    (0, 0.86),
    (0.14, 0.82),
    (0.26, 0.62),
    (0.22, 0.36),
    (0.14, 0.08),
)
"""An ear and its inside, in shares of its width and length."""


class _Hood(NamedTuple):
    """One of them: where across the picture, how large, its cloth, its dark side, the inside of its ears."""

    x: float
    size: float
    cloth: str
    dark: str
    inside: str


_HOODS = (
    _Hood(0.115, 1.04, "#FFB6D3", "#F48DB9", "#FFE3EE"),
    _Hood(0.36, 0.86, SKY, "#6FA2E6", SKY_LIGHT),
    _Hood(0.6, 0.94, MINT, MINT_DEEP, MINT_LIGHT),
    _Hood(0.885, 0.84, BUTTER, BUTTER_DEEP, BUTTER_LIGHT),
)


def _form(points: tuple[tuple[float, float], ...], bend: float) -> Path:
    length, width = _EAR
    return smooth([bent((x * width, -y * length), bend, length) for x, y in points], closed=True)


def _ear(canvas: Canvas, hood: _Hood, side: int, turn: float, bend: float) -> None:
    canvas.save()
    canvas.translate(side * 46, -_DOME * 0.78)
    canvas.rotate(turn)
    outer, inner = _form(_OUTER, bend), _form(_INNER, bend)
    canvas.drawPath(outer, fill(hood.cloth))
    canvas.save()
    canvas.clipPath(outer, doAntiAlias=True)
    canvas.drawPath(_form(tuple((x + 0.62, y) for x, y in _OUTER), bend), fill(hood.dark))
    canvas.restore()
    canvas.drawPath(inner, fill(hood.inside))
    canvas.drawPath(outer, stroke(LINE, 9))
    canvas.restore()


@lru_cache(maxsize=len(_HOODS))
def _dome(hood: _Hood) -> Picture:
    """The top of a hood, about the middle of its foot, its seam and its light."""

    def paint(canvas: Canvas) -> None:
        dome = oval(-_DOME, -_DOME * 1.02, _DOME, _DOME * 1.2)
        canvas.drawPath(dome, fill(hood.cloth))
        canvas.save()
        canvas.clipPath(dome, doAntiAlias=True)
        canvas.drawPath(oval(-_DOME * 0.62 + 90, -_DOME * 1.3, _DOME * 1.5 + 90, _DOME * 1.4), fill(hood.dark))
        canvas.restore()
        canvas.drawPath(dome, stroke(LINE, 9))
        thread = stroke("#FFFFFF", 5, 0.9)
        thread.setPathEffect(skia.DashPathEffect.Make([15, 13], 0))
        canvas.drawPath(smooth(((0, -_DOME * 0.96), (-8, -_DOME * 0.6), (-10, 0))), thread)
        canvas.drawPath(smooth(((-70, -40), (-56, -64), (-36, -80))), stroke("#FFFFFF", 10, 0.85))

    return record((-_DOME - 10, -_DOME - 20, _DOME + 10, _DOME * 1.2 + 10), paint)


def _up(appear: float, late: float) -> float:
    """How far one is up that begins so late: past its place, and back."""
    t = min(max((appear - late) / 0.5, 0.0), 1.0)
    return 1 - math.exp(-5 * t) * math.cos(7 * t) * (1 - t)


def draw_listeners(canvas: Canvas, settings: Settings, values: Values) -> None:
    """They come up one after another as `appear` goes to 1; their ears move by `t`. Top left corner at (0, 0)."""
    width, height = number(settings, "width", 1080), number(settings, "height", 1920)
    appear, seconds = min(max(values.get("appear", 1.0), 0.0), 1.0), values.get("t", 0.0)
    if appear <= 0:
        return
    unit = min(width, height) / 1080
    canvas.save()
    canvas.clipRect(skia.Rect.MakeWH(width, height))
    for index, hood in enumerate(_HOODS):
        up = _up(appear, 0.14 * index)
        if up <= 0.004:
            continue
        size = hood.size * unit
        nod = 9 * math.sin(seconds * 3.4 + index * 1.6)
        canvas.save()
        canvas.translate(hood.x * width, _BASE * height + (1 - up) * 400 * size + nod * unit * 0.6)
        canvas.rotate(2.4 * math.sin(seconds * 1.7 + index * 1.6 - 0.7))
        canvas.scale(size, size)
        for side in (-1, 1):
            flick = max(math.sin(seconds * 2.3 - index * 1.57 - side * 0.5), 0.0) ** 8
            sway = 7 * math.sin(seconds * 3.4 + index * 1.6 - 0.9)
            droop = (1 - min(up, 1.0)) * 60
            _ear(canvas, hood, side, side * (9 + 14 * flick), side * (10 + 46 * flick + droop) + sway)
        canvas.drawPicture(_dome(hood))
        canvas.restore()
    canvas.drawPicture(edge(width, height))
    canvas.restore()


def _bounds(settings: Settings) -> Box:
    width, height = number(settings, "width", 1080), number(settings, "height", 1920)
    return (0, height * _BASE - 480 * min(width, height) / 1080, width, height)


LISTENERS = Widget(draw_listeners, _bounds, values=("appear", "t"))
