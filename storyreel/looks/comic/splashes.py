"""Water about somebody who stands in it: how it breaks as they land, and opens in rings about them."""

from __future__ import annotations

from functools import lru_cache

from storyreel.looks.comic.palette import DEEP, RAIN, WHITE
from storyreel.puppet.model import Node, Point
from storyreel.puppet.outline import ellipse_commands
from storyreel.treatment.contract import Kit
from storyreel.widgets.outlines import placing, polygon
from storyreel.widgets.pieces import filled, group, inked, lined

_RINGS, _STEPS = 3, 6
"""Rings about feet in water, and in how many drawings one comes to where the next was."""
_CROWN = 9


@lru_cache(maxsize=16)
def rippled(tall: float, step: int) -> Node:
    """Still water about somebody so tall whose feet are at (0, 0): their shade in it, and rings that open by `step`."""
    shade = filled(ellipse_commands(0, 10, 0.2 * tall, 0.036 * tall), DEEP)
    rings = []
    for index in range(_RINGS):
        share = (index + step / _STEPS) / _RINGS
        wide = (0.24 + 0.34 * share) * tall
        rings.append(lined(ellipse_commands(0, 10, wide, 0.19 * wide), WHITE, 7 * (1 - share) + 1))
    return group(shade, *rings)


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
