"""The air at night: motes of dust, gold and blue, that drift up; and rain as thin lines."""

from __future__ import annotations

import math
import random
from typing import TypeAlias

import skia

from storyreel.looks.cel.palette import GOLD, RAINDROP
from storyreel.stage.paints import fill, stroke
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number, whole

Canvas: TypeAlias = skia.Canvas
_COUNT, _MORE = 24, 4
"""How many there are where nothing is said, and how many motes for one of other looks' things in the air."""
_SIZES, _RISES, _LIVES = (1.0, 3.4), (14.0, 46.0), (2.4, 5.0)
"""Radii of motes, how many units a second they rise, and for how many seconds each is seen."""
_LINES = 46
_LONG, _FALLS, _LEANS = (38.0, 92.0), (900.0, 1500.0), 0.16


def _area(settings: Settings) -> tuple[float, float]:
    return number(settings, "width", 1160.0), number(settings, "height", 2000.0)


def _box(settings: Settings) -> Box:
    width, height = _area(settings)
    return (-width / 2 - 90, -height / 2 - 90, width / 2 + 90, height / 2 + 90)


def _rained(settings: Settings) -> Box:
    left, top, right, bottom = _box(settings)
    aside = _LEANS * (bottom - top)
    return left - aside, top - _LONG[1], right + aside, bottom + _LONG[1]


def _dust(canvas: Canvas, settings: Settings, values: Values) -> None:
    width, height = _area(settings)
    seed, t = whole(settings, "seed", 0), values.get("t", 0.0)
    for index in range(whole(settings, "count", _COUNT) * _MORE):
        own = random.Random(f"dust {seed} {index}")
        turn, phase = divmod(t / own.uniform(*_LIVES) + own.random(), 1.0)
        spot = random.Random(f"dust {seed} {index} {int(turn)}")
        x = spot.uniform(-0.5, 0.5) * width + 9 * math.sin(4 * phase + index)
        y = spot.uniform(-0.5, 0.5) * height - spot.uniform(*_RISES) * phase * _LIVES[1]
        tint = GOLD if spot.random() < 0.6 else RAINDROP
        canvas.drawCircle(x, y, spot.uniform(*_SIZES), fill(tint, 0.85 * math.sin(math.pi * phase)))


def _rain(canvas: Canvas, settings: Settings, values: Values) -> None:
    width, height = _area(settings)
    seed, t = whole(settings, "seed", 0), values.get("t", 0.0)
    for index in range(max(whole(settings, "count", _COUNT) * 2, _LINES)):
        own = random.Random(f"rain {seed} {index}")
        long, falls = own.uniform(*_LONG), own.uniform(*_FALLS)
        down = (own.random() * (height + long) + t * falls) % (height + long) - height / 2 - long
        x = own.uniform(-0.5, 0.5) * width - _LEANS * down
        line = stroke(RAINDROP, 1.0 + 1.4 * own.random(), 0.45)
        canvas.drawLine(x, down, x - _LEANS * long, down + long, line)


DUST = Widget(draw=_dust, bounds=_box, values=("t",))
RAIN = Widget(draw=_rain, bounds=_rained, values=("t",))
