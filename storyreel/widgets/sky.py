"""The sky by the hour, as a wash over a set's farthest plane: its colours, sun, moon and stars."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia

from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number

_RAMP = (
    (0.0, 0x141B3F, 0x2B3566, 0.86),
    (4.5, 0x1B2450, 0x474C80, 0.82),
    (5.5, 0x4A5A96, 0xE39A8C, 0.7),
    (6.7, 0x9DB4DE, 0xFFD3A3, 0.5),
    (9.0, 0xBFDDF5, 0xFFF4DC, 0.0),
    (15.5, 0xBFDDF5, 0xFFF4DC, 0.0),
    (18.3, 0x8CA0D6, 0xFFC27F, 0.5),
    (19.5, 0x51549A, 0xF08A66, 0.72),
    (20.8, 0x232B5E, 0x6A5690, 0.8),
    (22.0, 0x141B3F, 0x2B3566, 0.86),
    (24.0, 0x141B3F, 0x2B3566, 0.86),
)
"""The hour, the colours of the sky above and at the horizon, and how much of them lies over the set's own."""
_RISES, _SETS = 5.6, 19.6
_STARS = 46


def between(hour: float) -> tuple[int, int, float]:
    """The colours of the sky at an hour (0xRRGGBB, above and below), and how much of them lies over the set's own."""
    later = next(index for index, row in enumerate(_RAMP) if row[0] >= hour)
    before, after = _RAMP[max(later - 1, 0)], _RAMP[later]
    share = (hour - before[0]) / max(after[0] - before[0], 1e-6)
    return (
        _mix(before[1], after[1], share),
        _mix(before[2], after[2], share),
        before[3] + (after[3] - before[3]) * share,
    )


def _mix(first: int, second: int, share: float) -> int:
    found = 0
    for shift in (16, 8, 0):
        one, other = first >> shift & 0xFF, second >> shift & 0xFF
        found |= round(one + (other - one) * share) << shift
    return found


def dark(hour: float) -> float:
    """How dark it is, from 0 (the stars can't be seen) to 1."""
    return min(max((hour - 19.6) / 1.8, (5.6 - hour) / 1.4, 0.0), 1.0)


def draw_sky(canvas: skia.Canvas, settings: Settings, values: Values) -> None:
    """The sky of an `hour` about (0, 0): a wash, stars, and the sun or the moon on its way from left to right."""
    width, height = number(settings, "width", 1160.0), number(settings, "height", 2000.0)
    hour = values.get("hour", 12.0) % 24
    above, below, share = between(hour)
    if share > 0:
        alpha = round(255 * share) << 24
        ends = [skia.Point(0, -height / 2), skia.Point(0, height * 0.2)]
        shader = skia.GradientShader.MakeLinear(ends, [alpha | above, alpha | below])
        canvas.drawRect(skia.Rect.MakeXYWH(-width / 2, -height / 2, width, height), skia.Paint(Shader=shader))
    night = dark(hour)
    for x, y, size in _stars(round(number(settings, "seed", 0.0))) if night > 0 else ():
        paint = skia.Paint(Color=round(230 * night) << 24 | 0xFFF6DC, AntiAlias=True)
        canvas.drawCircle(x * width, y * height, size, paint)
    _body(canvas, hour, width, height, night)


@lru_cache(maxsize=8)
def _stars(seed: int) -> tuple[tuple[float, float, float], ...]:
    chance = np.random.default_rng(seed)
    return tuple(
        (chance.uniform(-0.5, 0.5), chance.uniform(-0.5, 0.1), chance.uniform(1.6, 4.2)) for _ in range(_STARS)
    )


def _body(canvas: skia.Canvas, hour: float, width: float, height: float, night: float) -> None:
    """The sun by day, the moon by night, on an arc that begins and ends below the horizon."""
    day = _RISES - 0.6 <= hour <= _SETS + 0.6
    long = _SETS - _RISES
    along = (hour - _RISES) / long if day else ((hour - _SETS) % 24) / (24 - long)
    x = (along - 0.5) * width * 0.8
    y = height * (0.06 - 0.36 * math.sin(math.pi * min(max(along, -0.05), 1.05)))
    if day:
        low = 1 - math.sin(math.pi * min(max(along, 0.0), 1.0))
        colour = _mix(0xFFF3C4, 0xFF9A5C, low)
        for size, left in ((150, 0.18), (104, 0.3), (72, 1.0)):
            canvas.drawCircle(
                x, y, size, skia.Paint(Color=round(255 * left * (0.45 + 0.55 * low)) << 24 | colour, AntiAlias=True)
            )
    elif night > 0:
        moon, bite = skia.Path.Circle(x, y, 58), skia.Path.Circle(x + 26, y - 14, 50)
        crescent = skia.Op(moon, bite, skia.kDifference_PathOp)
        canvas.drawPath(crescent, skia.Paint(Color=round(245 * night) << 24 | 0xFFF1CF, AntiAlias=True))


def _bounds(settings: Settings) -> Box:
    width, height = number(settings, "width", 1160.0), number(settings, "height", 2000.0)
    return (-width / 2 - 160, -height / 2 - 160, width / 2 + 160, height / 2 + 160)


SKY = Widget(draw=draw_sky, bounds=_bounds, values=("hour",))
