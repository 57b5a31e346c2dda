"""What keeps a body alive while it holds: breath, weight, head, eyes, lids, ears and cloth, each on its own rhythm.

Everything is a slow wave or an eased step: nothing starts or stops within a frame. Seeded, so that one who is drawn
again lives the same.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import numpy as np

from storyreel.direct.acting.anatomy import SIDES
from storyreel.direct.acting.curves import Array, Curves, smooth
from storyreel.direct.acting.idle import shift_weight

_SWAY = {"Ear": 3.6, "Lock": 2.4, "Tail": 3.0}
"""Degrees that a trailing part sways in still air, by the last word of its name."""
_CLOTH = 1.6
_HALF = 0.42
"""How far a half-blink shuts an eye."""
_FOLLOWS = (0.85, 0.4)
"""How much of the gaze's way down and up the upper lid goes along."""
_LOWER = 0.3


@dataclass(frozen=True)
class _Wave:
    """A slow wave of -1 to 1 that doesn't come round: three sines whose periods have no common measure."""

    hertz: float
    phases: tuple[float, float, float]

    def at(self, seconds: Array, late: float = 0.0) -> Array:
        turn = 2 * math.pi * self.hertz * (seconds - late)
        one, two, three = self.phases
        return np.asarray(
            0.58 * np.sin(turn + one) + 0.27 * np.sin(1.618 * turn + two) + 0.15 * np.sin(2.414 * turn + three)
        )


def _wave(name: str, seed: int, slow: float, quick: float) -> _Wave:
    chance = random.Random(f"{seed}/{name}")
    return _Wave(
        chance.uniform(slow, quick), (chance.uniform(0, 6.28), chance.uniform(0, 6.28), chance.uniform(0, 6.28))
    )


def live(curves: Curves, seed: int) -> None:
    """Adds everything that a body does of itself over the whole scene; it gives way to acts, but never stops."""
    calm = 1 - 0.6 * curves.busy
    _breathe(curves, seed, calm)
    shift_weight(curves, random.Random(f"{seed}/weight"))
    _drift(curves, seed, calm)
    _eyes(curves, random.Random(f"{seed}/eyes"))
    _half_blinks(curves, random.Random(f"{seed}/lids"))
    _air(curves, seed)


def _breathe(curves: Curves, seed: int, calm: Array) -> None:
    """In a little faster than out; shoulders, head and hands come after the chest, each later than the one before."""
    chance = random.Random(f"{seed}/breath")
    period, phase = chance.uniform(2.6, 3.4), chance.random()

    def breath(late: float) -> Array:
        turn = 2 * math.pi * ((curves.seconds - late) / period + phase)
        return np.asarray(np.sin(turn + 0.45 * np.cos(turn)))

    curves.add("sy", 1 + 0.013 * breath(0.0) * calm)
    curves.add("Head.y", -3.0 * breath(0.15) * calm)
    curves.add("Head.nod", -0.03 * breath(0.2) * calm)
    for side in curves.body.arms:
        curves.add(f"{side} Arm.dy", -2.4 * curves.mil * breath(0.08) * calm)
        curves.add(f"{side} Arm.lift", 1.6 * breath(0.24) * calm)


def _drift(curves: Curves, seed: int, calm: Array) -> None:
    """A head is balanced, not fixed; an arm hangs, and never quite as it hung before."""
    for name, size, slow, quick in (
        ("Head.rot", 1.5, 0.17, 0.26),
        ("Head.turn", 0.07, 0.13, 0.22),
        ("Head.nod", 0.05, 0.19, 0.29),
        ("Head.x", 2.6, 0.15, 0.23),
    ):
        curves.add(name, size * calm * _wave(name, seed, slow, quick).at(curves.seconds))
    for side in curves.body.arms:
        lift, hand = (_wave(f"{side}/{what}", seed, 0.16, 0.3) for what in ("arm", "hand"))
        curves.add(f"{side} Arm.lift", 1.8 * calm * lift.at(curves.seconds))
        curves.add(f"{side} Hand.lift", 3.0 * calm * hand.at(curves.seconds))


def _eyes(curves: Curves, chance: random.Random) -> None:
    """Small jumps of the gaze in two frames, each held for a while; between them an eye drifts a hair."""
    gx, gy = np.zeros(curves.length), np.zeros(curves.length)
    at, x, y = chance.uniform(0.3, 1.2), 0.0, 0.0
    while at < curves.length / curves.rate:
        home = chance.random() < 0.4
        to_x, to_y = (0.0, 0.0) if home else (chance.uniform(-0.15, 0.15), chance.uniform(-0.1, 0.1))
        gone = smooth((curves.frames - at * curves.rate) / (2.5 * curves.unit))
        gx += (to_x - x) * gone
        gy += (to_y - y) * gone
        x, y = to_x, to_y
        at += chance.uniform(0.6, 1.8)
    curves.add("gaze.x", gx)
    curves.add("gaze.y", gy)


def _half_blinks(curves: Curves, chance: random.Random) -> None:
    """Lids that come half-way down now and then, and go up again at leisure."""
    at = chance.uniform(0.6, 2.0)
    while at < curves.length / curves.rate:
        frame, deep = at * curves.rate, chance.uniform(0.7, 1.0)
        if not curves.looked_at(frame - 3, frame + 12 * curves.unit):
            t = (curves.frames - frame) / curves.unit
            curves.squint(_HALF * deep * np.minimum(smooth(t / 4), smooth((12 - t) / 6)))
        at += chance.uniform(1.9, 4.2)


def _air(curves: Curves, seed: int) -> None:
    """Ears, hair, tail and cloth move in air that nobody feels; an ear flicks now and then."""
    for spring in curves.rig.springs:
        size = _SWAY.get(spring.part.rpartition(" ")[2], _CLOTH) * min(max(spring.gain, 0.5), 1.2)
        wave = _wave(f"air/{spring.part}", seed, 0.22, 0.36)
        curves.add(f"{spring.part}.bend", size * wave.at(curves.seconds))
    chance = random.Random(f"{seed}/ears")
    ears = [spring for spring in curves.rig.springs if spring.part.endswith("Ear")]
    at = chance.uniform(1.0, 3.0)
    while ears and at < curves.length / curves.rate:
        ear, size = chance.choice(ears), chance.uniform(7.0, 11.0) * chance.choice((-1.0, 1.0))
        since = np.clip((curves.seconds - at) / 0.7, 0, 1)
        curves.add(f"{ear.part}.bend", size * ear.gain * np.sin(math.pi * since) ** 2 * (1 - curves.busy))
        at += chance.uniform(2.4, 5.0)


def lids(curves: Curves) -> None:
    """Lids go with the gaze, and half-way down in a half-blink; eyes without lids of their own are narrowed."""
    down = curves.of("gaze.y")
    squint = curves.take("squint")
    for side in SIDES:
        eye, lid = f"{side} Eye", f"{side} Lid"
        if not curves.rig.has(eye):
            continue
        if not curves.rig.has(lid):
            curves.add(f"{eye}.sy", (1 - 0.1 * np.maximum(down, 0)) * (1 - 0.5 * squint))
            continue
        if any(f"{lid}.sy" in face for face in curves.rig.faces.values()):
            # A lid that its faces open and shut by its height hangs from its upper edge.
            curves.add(f"{lid}.sy", 1 + 0.25 * down + squint)
            continue
        way = curves.rig.gaze[1]
        span = 2 * abs(curves.rig.pivots[eye][1] - curves.rig.pivots[lid][1])
        follow = way * np.where(down > 0, _FOLLOWS[0], _FOLLOWS[1]) * down
        # What the face has already shut, a half-blink does not shut again.
        left = np.clip(1 - curves.of(f"{lid}.dy") / max(0.7 * span, 1e-6), 0, 1)
        curves.add(f"{lid}.dy", follow + span * squint * left)
        if curves.rig.has(f"{side} Lower Lid"):
            curves.add(f"{side} Lower Lid.dy", _LOWER * way * down - 0.1 * span * squint)
