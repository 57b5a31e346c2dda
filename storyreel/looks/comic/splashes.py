"""Water about somebody who stands in it: how it breaks as they land, and what it shows of them."""

from __future__ import annotations

import math
from functools import lru_cache

from storyreel.looks.comic.palette import CYAN, DEEP, INK, RAIN, RED, SKIN, WHITE, YELLOW
from storyreel.puppet.model import Node, Point
from storyreel.puppet.outline import ellipse_commands
from storyreel.treatment.contract import Kit
from storyreel.widgets.outlines import placing, polygon, softened
from storyreel.widgets.pieces import filled, group, inked, lined

_BANDS = (
    (CYAN, 0.0, 0.16, 0.24, 0.22),
    (INK, 0.16, 0.3, 0.13, 0.14),
    (YELLOW, 0.28, 0.66, 0.3, 0.22),
    (INK, 0.66, 0.98, 0.29, 0.31),
    (SKIN, 0.7, 0.86, 0.17, 0.19),
    (RED, 0.95, 1.0, 0.25, 0.19),
)
"""Somebody upside down, from their feet on: an ink, from and to which share of their height it goes, and half its width
there, in heights."""
_ROWS = 26
"""Rows that a reflection is broken into; one row of three is water."""
_CROWN = 9


@lru_cache(maxsize=16)
def mirrored(tall: float, step: int) -> Node:
    """What still water shows of somebody so tall whose feet are at (0, 0): rows that sway by `step`."""
    rows = []
    for row in range(_ROWS):
        if row % 3 == 2:
            continue
        share, part = row / _ROWS, 0.92 / _ROWS
        sway = math.sin(row * 1.7 + step * 0.8) * tall * (0.008 + 0.02 * share)
        for ink, first, last, narrow, broad in _BANDS:
            if not first <= share < last:
                continue
            half = (narrow + (broad - narrow) * (share - first) / (last - first)) * tall * (1 - 0.16 * (row % 2))
            y, low = share * tall * 0.8, (share + part) * tall * 0.8
            wave = ((-half + sway, (y + low) / 2), (-half * 0.7 + sway, y), (half * 0.8 + sway, y), (half + sway, low))
            rows.append(filled(softened((*wave, (-half * 0.5 + sway, low)), 3.0), ink))
    rings = (
        lined(ellipse_commands(0, 4, 0.36 * tall, 0.07 * tall), WHITE, 6),
        lined(ellipse_commands(0, 6, 0.5 * tall, 0.1 * tall), DEEP, 3),
    )
    return group(*rows, *rings)


@lru_cache(maxsize=16)
def splash(wide: float, age: int, kit: Kit) -> Node:
    """A crown of water about (0, 0) that rises, breaks and falls over some drawings; `age` counts them from 0."""
    high, out = ((0.34, 0.8), (0.5, 1.0), (0.3, 1.2))[min(age, 2)]
    points: list[Point] = [(-0.5 * out * wide, 0.06 * wide)]
    for tip in range(_CROWN):
        share = (tip + 0.5) / _CROWN
        lean = 2 * share - 1
        peak = high * wide * (1 - 0.45 * lean * lean) * (1 if tip % 2 else 0.66)
        points += [(lean * 0.62 * out * wide, -peak), ((share + 0.5 / _CROWN - 0.5) * out * wide, -0.1 * high * wide)]
    points += [(0.5 * out * wide, 0.06 * wide), (0, 0.16 * wide)]
    crown = inked(polygon(points), RAIN if age else WHITE, kit, 0.9)
    drops = (
        group(
            inked(ellipse_commands(0, 0, 7, 11), WHITE, kit, 0.6),
            transform=placing(lean * out * wide * 0.72, -(high + 0.1 * age) * wide * (1.0 - 0.5 * abs(lean))),
        )
        for lean in (-0.9, -0.5, 0.1, 0.55, 0.95)
    )
    return group(*((crown,) if age < 3 else ()), *drops)
