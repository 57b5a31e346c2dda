"""Limbs that reach: two bones by the law of cosines, one-piece limbs by turning and stretching a little."""

from __future__ import annotations

import math
from dataclasses import dataclass

from storyreel.puppet.model import Limb

_STRETCH = (0.72, 1.22)


@dataclass(frozen=True)
class Reach:
    """How a limb turns to reach a point: degrees at the shoulder and at the elbow, and its length as a factor."""

    shoulder: float
    elbow: float
    length: float


def _direction(x: float, y: float) -> float:
    return math.degrees(math.atan2(y, x))


def _turned(angle: float) -> float:
    return (angle + 180) % 360 - 180


def reach(limb: Limb, x: float, y: float, bend: float = 1.0, stretch: tuple[float, float] = _STRETCH) -> Reach:
    """The turn of a limb whose hand is to come to (x, y), both in the drawing's units as at rest.

    A limb of two bones bends its elbow to the side that `bend` says (1 or -1); a point that is too far is aimed at. A
    limb of one piece turns, and stretches within `stretch`, shares of its length. One whose hand is at its shoulder
    stays as it is.
    """
    sx, sy = limb.shoulder
    first, second = limb.bones
    dx, dy = x - sx, y - sy
    away = math.hypot(dx, dy)
    if first <= 0:
        return Reach(0.0, 0.0, 1.0)
    if second <= 0:
        rest = _direction(limb.hand[0] - sx, limb.hand[1] - sy)
        return Reach(_turned(_direction(dx, dy) - rest), 0.0, min(max(away / first, stretch[0]), stretch[1]))
    away = min(max(away, abs(first - second) + 1e-6), first + second - 1e-6)
    upper_rest = _direction(limb.elbow[0] - sx, limb.elbow[1] - sy)
    lower_rest = _direction(limb.hand[0] - limb.elbow[0], limb.hand[1] - limb.elbow[1])
    inner = math.degrees(math.acos((first**2 + away**2 - second**2) / (2 * first * away)))
    fold = math.degrees(math.acos((first**2 + second**2 - away**2) / (2 * first * second)))
    upper = _direction(dx, dy) - bend * inner
    lower = upper + bend * (180 - fold)
    shoulder = _turned(upper - upper_rest)
    return Reach(shoulder, _turned(lower - lower_rest - shoulder), 1.0)
