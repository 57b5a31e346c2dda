"""Rain as strokes of a brush, in two depths."""

from __future__ import annotations

import random
from functools import lru_cache

from storyreel.looks.comic.palette import CYAN, DEEP
from storyreel.puppet.model import Node
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number, whole
from storyreel.widgets.outlines import placing, polygon
from storyreel.widgets.pieces import filled, group

_LEAN = 0.16
"""How far rain leans, across for each unit down."""
_NEAR, _FAR = (150.0, 9.0, 2100.0), (86.0, 5.0, 1300.0)
"""Strokes of the two depths: their length, their width, and how many units they fall in a second."""
_HELD = 1 / 15
"""Seconds that a drawing of it stands."""


def _area(settings: Settings) -> tuple[float, float]:
    return number(settings, "width", 1160.0), number(settings, "height", 2000.0)


@lru_cache(maxsize=4)
def _stroke(long: float, wide: float, colour: str) -> Node:
    """One stroke: fat a third of the way down, a hair at its ends."""
    foot = (-long * _LEAN, long)
    middle = (foot[0] * 0.36, long * 0.36)
    side = wide / 2
    path = polygon(((0.0, 0.0), (middle[0] + side, middle[1]), foot, (middle[0] - side, middle[1])))
    return filled(path, colour, "ink")


def rain(settings: Settings, values: Values, kit: Kit) -> Node:
    """Strokes that fall, each at its own place, and begin again above."""
    width, height = _area(settings)
    count, seed = whole(settings, "count", 24), whole(settings, "seed", 0)
    t = round(values.get("t", 0.0) / _HELD) * _HELD
    nodes = []
    for index in range(count):
        chance = random.Random(seed * 1009 + index)
        near = index % 3 == 0
        long, wide, speed = _NEAR if near else _FAR
        way = height + 2 * long
        down = (chance.random() * way + t * speed * chance.uniform(0.9, 1.1)) % way
        y = down - height / 2 - long
        x = (chance.random() - 0.5) * (width + height * _LEAN) - (y * _LEAN)
        nodes.append(group(_stroke(long, wide, CYAN if index % 5 else DEEP), transform=placing(x, y)))
    return group(*nodes)


def _box(settings: Settings) -> Box:
    width, height = _area(settings)
    return (-width / 2 - 400, -height / 2 - 200, width / 2 + 400, height / 2 + 400)


RAIN = Widget(shapes=rain, bounds=_box, values=("t",))
