"""Balloons as a letterer draws them: superellipses for talk, teeth of all lengths for shouts."""

from __future__ import annotations

import itertools
import math
import random
from functools import lru_cache

from storyreel.looks.comic.palette import RED
from storyreel.puppet.model import Command, Point
from storyreel.widgets.bubbles import Manner, bubbles
from storyreel.widgets.outlines import Outline, polygon

_POWER = 2.8
"""How square talk is: 2 is an oval."""
_POINTS = 72
_TEETH, _TIP, _UNEVEN, _BOWED = 16, 44.0, 0.45, 0.09
"""Teeth of a shout; how far their tips stand out, how unevenly, and how far their sides are bowed in."""
_REACH = 0.54
"""How far a tail goes: it points at a mouth, and covers no eye on its way there."""
_OVAL = 1.12
"""How much of the room of a shout its oval takes, against the letters' own."""


def _talk(width: float, height: float) -> Outline:
    points = []
    for index in range(_POINTS):
        angle = math.tau * index / _POINTS
        cos, sin = math.cos(angle), math.sin(angle)
        x = math.copysign(abs(cos) ** (2 / _POWER), cos) * width / 2
        y = math.copysign(abs(sin) ** (2 / _POWER), sin) * height / 2
        points.append((round(x, 2), round(y, 2)))
    return polygon(points)


def _along(width: float, height: float, count: int) -> list[Point]:
    """Points of an oval, evenly spaced along it."""
    fine = [(math.cos(math.tau * i / 720) * width / 2, math.sin(math.tau * i / 720) * height / 2) for i in range(721)]
    lengths = [0.0]
    for here, there in itertools.pairwise(fine):
        lengths.append(lengths[-1] + math.dist(here, there))
    found, at = [], 0
    for index in range(count):
        wanted = lengths[-1] * index / count
        while lengths[at + 1] < wanted:
            at += 1
        found.append(fine[at])
    return found


def _shout(width: float, height: float) -> Outline:
    """Teeth that stand out of an oval, every side of them bowed in."""
    chance = random.Random(f"{round(width)} {round(height)}")
    oval = _along(width / _OVAL, height / _OVAL, 2 * _TEETH)
    corners: list[Point] = []
    for index, (x, y) in enumerate(oval):
        if index % 2:
            far = math.hypot(x, y)
            out = 1 + _TIP * (1 + chance.uniform(-_UNEVEN, _UNEVEN)) / far
            corners.append((x * out, y * out))
        else:
            corners.append((x, y))
    commands: list[Command] = [("M", corners[0])]
    for here, there in zip(corners, (*corners[1:], corners[0]), strict=True):
        x, y = (here[0] + there[0]) / 2, (here[1] + there[1]) / 2
        x, y = x * (1 - _BOWED), y * (1 - _BOWED)
        first = (here[0] + 2 / 3 * (x - here[0]), here[1] + 2 / 3 * (y - here[1]))
        last = (there[0] + 2 / 3 * (x - there[0]), there[1] + 2 / 3 * (y - there[1]))
        commands.append(("C", (*first, *last, *there)))
    return (*commands, ("Z", ()))


@lru_cache(maxsize=64)
def outline(style: str, width: float, height: float) -> Outline:
    """A balloon's outline about its middle."""
    return _shout(width, height) if style == "shout" else _talk(width, height)


BUBBLE = bubbles(
    Manner(
        outline,
        larger=1.3,
        body=frozenset(("speech", "thought", "whisper")),
        loud=RED,
        plain=True,
        reach=_REACH,
        words=True,
    )
)
