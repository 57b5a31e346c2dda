"""What an eraser has rubbed: back and forth over a picture, from a place of it or from its top."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia

from storyreel.treatment.strokes import noise

Size = tuple[float, float]
_RUBBER = 150.0
"""How broad an eraser is, in stage units of a picture 1080 across."""


def chance(seed: int) -> float:
    """A number in -1..1."""
    return float(noise(np.array([seed * 37.0]), np.zeros(1))[0])


@lru_cache(maxsize=32)
def around(size: Size, seed: int, step: int, drawings: int, middle: Size) -> skia.Path:
    """What an eraser has rubbed after so many drawings: back and forth, up and down from the middle."""
    width, height = size
    broad = _RUBBER * min(size) / 1080
    reach = max(middle[0], width - middle[0], middle[1], height - middle[1])
    grown = (step / drawings) ** 1.3 * reach + broad * 0.5
    path = skia.Path()
    rows = math.ceil(grown / (broad * 0.62))
    for row in range(-rows, rows + 1):
        y = middle[1] + row * broad * 0.62
        half = math.sqrt(max(grown**2 - (y - middle[1]) ** 2, 0.0)) * 1.1
        if half > 0:
            stray = chance(seed + row * 3) * broad * 0.5
            side = 1 if row % 2 else -1
            left, right = middle[0] - half - stray, middle[0] + half - stray
            path.moveTo(left if side > 0 else right, y + broad * 0.2)
            path.lineTo(right if side > 0 else left, y - broad * 0.2)
    return _rubbed(path, broad)


@lru_cache(maxsize=32)
def across(size: Size, seed: int, step: int, drawings: int) -> skia.Path:
    """What an eraser has rubbed after so many drawings, on its way from top to bottom."""
    width, height = size
    broad = _RUBBER * min(size) / 1080
    path = skia.Path()
    path.moveTo(-broad, -broad)
    y, row = 0.0, 0
    while y < (height + broad) * step / drawings:
        stray = chance(seed + row * 5) * broad * 0.2
        path.lineTo(width + broad if row % 2 == 0 else -broad, y + stray)
        y, row = y + broad * 0.6, row + 1
    return _rubbed(path, broad)


def _rubbed(path: skia.Path, broad: float) -> skia.Path:
    pen = skia.Paint(
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=broad,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )
    area = skia.Path()
    pen.getFillPath(path, area)
    return area
