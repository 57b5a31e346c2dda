"""What a body does when nothing happens: it breathes, shifts its weight, blinks, and its eyes wander. Seeded."""

from __future__ import annotations

import math
import random

import numpy as np

from storyreel.direct.acting.curves import Curves

_CLOSING, _SHUT, _OPENING = 2, 2, 3
"""Frames of a blink, in thirtieths of a second."""


def idle(curves: Curves, seed: int) -> None:
    """Adds breath, sway and wandering eyes over the whole scene."""
    chance = random.Random(f"{seed}/idle")
    t = curves.frames / curves.rate
    period, phase = chance.uniform(2.7, 3.5), chance.uniform(0, 2 * math.pi)
    breath = np.sin(2 * math.pi * t / period + phase)
    late = np.sin(2 * math.pi * t / period + phase - 0.7)
    curves.add("sy", 0, 1 + 0.011 * breath)
    curves.add("sx", 0, 1 - 0.006 * breath)
    curves.add("Head.dy", 0, -2.5 * late)
    curves.add("Head.rot", 0, 0.9 * np.sin(2 * math.pi * t / (period * 1.9) + phase))
    for side, sign in (("Left", -1), ("Right", 1)):
        if curves.drawn(f"{side} Arm"):
            curves.add(f"{side} Arm.rot", 0, sign * (1.6 * late + 1.2))
    sway = np.sin(2 * math.pi * t / chance.uniform(4.5, 6.5) + chance.uniform(0, 6.28))
    curves.add("torso.rot", 0, 0.8 * sway)
    curves.add("torso.dx", 0, 3.0 * sway)
    _wander(curves, chance)


def _wander(curves: Curves, chance: random.Random) -> None:
    """Small jumps of the gaze, each held for a while: eyes never glide."""
    frame = 0
    x = y = 0.0
    gx, gy = np.zeros(curves.length), np.zeros(curves.length)
    while frame < curves.length:
        until = frame + max(1, round(chance.uniform(0.5, 1.9) * curves.rate))
        gx[frame:until], gy[frame:until] = x, y
        x, y = chance.uniform(-0.12, 0.12), chance.uniform(-0.07, 0.07)
        frame = until
    curves.add("gaze.x", 0, gx)
    curves.add("gaze.y", 0, gy)


def blink_frames(seed: int, length: int, rate: float) -> list[int]:
    """When a body blinks: spaced log-normally about 3 s, 1.1 s at the least, now and then twice.

    Spontaneous blinks come about 15 to 20 a minute, with a long-tailed spacing.
    """
    chance = random.Random(f"{seed}/blink")
    frame = chance.uniform(0.4, 2.2) * rate
    found: list[int] = []
    while frame < length:
        found.append(round(frame))
        if chance.random() < 0.14:
            found.append(round(frame + 0.3 * rate))
        frame += min(max(chance.lognormvariate(math.log(2.9), 0.42), 1.1), 6.5) * rate
    return [frame for frame in found if frame < length]


def blink(curves: Curves, frame: int, sides: tuple[str, ...] = ("Left", "Right"), shut: float = _SHUT) -> None:
    """Adds one blink that begins at a frame; `shut` thirtieths of a second closed."""
    unit = curves.unit
    count = math.ceil((_CLOSING + shut + _OPENING) * unit)
    at = np.arange(count) / unit
    lid = np.minimum(at / _CLOSING + 0.25, 1.0)
    lid = np.minimum(lid, np.clip((_CLOSING + shut + _OPENING - at) / _OPENING, 0, 1))
    for side in sides:
        first, last = max(frame, 0), min(frame + count, curves.length)
        if first < last:
            curve = curves.of(f"blink.{side}")
            curve[first:last] = np.maximum(curve[first:last], lid[first - frame : last - frame])
