"""Follow-through: ears, hair, tails and cloth on damped springs, driven by what carries them, baked frame by frame."""

from __future__ import annotations

import math

import numpy as np

from storyreel.direct.acting.curves import Array, Curves
from storyreel.puppet.model import Spring

_SUBSTEPS = 8
_GAIN = 1.6
_UPRIGHT = 2.2
"""Ears and hair that stand up take vertical jolts more than their lean alone says: they flop outwards."""


def _smooth(curve: Array) -> Array:
    """A light three-frame average, so that one-frame steps don't kick a spring."""
    padded = np.pad(curve, 1, mode="edge")
    return np.asarray((padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4)


def _second(curve: Array, rate: float) -> Array:
    """Second derivative per second squared."""
    padded = np.pad(_smooth(curve), 1, mode="edge")
    return np.asarray((padded[2:] - 2 * padded[1:-1] + padded[:-2]) * rate * rate)


def follow_through(curves: Curves, strength: float) -> None:
    """Bakes every spring of the rig; `strength` is the look's (1 = as written)."""
    rig = curves.rig
    zero = np.zeros(curves.length)

    def channel(name: str) -> Array:
        found = curves.channels.get(name)
        return zero if found is None else found

    body_x, body_y = channel("x") / curves.scale, channel("y") / curves.scale
    stretch = (channel("sy") - 1 if "sy" in curves.channels else zero) * rig.height * 0.75
    for spring in rig.springs:
        carrier = rig.carriers.get(spring.part, "")
        headed = carrier == "Head" or rig.carriers.get(carrier) == "Head"
        x, y, turn = body_x.copy(), body_y - stretch, channel("rot").copy()
        if headed:
            x = x + channel("Head.dx")
            y = y + channel("Head.dy")
            turn = turn + channel("Head.rot")
            reach = (rig.pivots[spring.part][1] - rig.pivots["Head"][1]) if "Head" in rig.pivots else 0.0
            x = x - np.radians(channel("Head.rot")) * reach
        elif carrier in rig.pivots and carrier != rig.root:
            x, y = x + channel(f"{carrier}.dx"), y + channel(f"{carrier}.dy")
            turn = turn + channel(f"{carrier}.rot")
        curves.add(f"{spring.part}.bend", 0, strength * _swing(spring, x, y, turn, curves.rate))


def _swing(spring: Spring, x: Array, y: Array, turn: Array, rate: float) -> Array:
    """The curl of one spring, in degrees, from the movement of its carrier (drawing units, degrees)."""
    axis = math.radians(spring.axis)
    nx, ny = -math.sin(axis), math.cos(axis)
    ny *= _UPRIGHT if math.sin(axis) < -0.7 else 1.0
    push = -(nx * _second(x, rate) + ny * _second(y, rate)) / spring.length
    drive = _GAIN * spring.gain * np.degrees(push) - 0.55 * spring.gain * _second(turn, rate)
    step = 1 / (rate * _SUBSTEPS)
    angle = speed = 0.0
    out = np.empty(len(x))
    for frame, force in enumerate(drive):
        for _ in range(_SUBSTEPS):
            speed += (force - spring.stiffness * angle - spring.damping * speed) * step
            angle += speed * step
        out[frame] = spring.limit * math.tanh(angle / spring.limit)
    return out
