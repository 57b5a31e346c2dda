"""What a body does when nothing happens: it breathes, shifts its weight, blinks, its eyes and ears wander. Seeded."""

from __future__ import annotations

import itertools
import math
import random

import numpy as np

from storyreel.direct.acting.curves import Array, Curves, smooth

_CLOSING, _SHUT, _OPENING = 2.0, 0.7, 2.0
"""A blink, in thirtieths of a second: so short that no still of it is taken for a face with its eyes shut."""
_LEAST_APART = 1.2
"""Seconds between blinks at the least, but for double ones."""


def idle(curves: Curves, seed: int) -> None:
    """Adds breath, weight and wandering eyes over the whole scene."""
    _breathe(curves, random.Random(f"{seed}/breath"))
    shift_weight(curves, random.Random(f"{seed}/weight"))
    _wander(curves, random.Random(f"{seed}/eyes"))
    _twitch(curves, random.Random(f"{seed}/ears"))


def _breathe(curves: Curves, chance: random.Random) -> None:
    """In a little faster than out, a moment of rest between; head and arms come after the chest."""
    period, phase = chance.uniform(2.8, 3.6), chance.random()

    def breath(late: float) -> Array:
        turn = 2 * math.pi * ((curves.seconds - late) / period + phase)
        return np.asarray(np.sin(turn + 0.45 * np.cos(turn)))

    calm = 1 - 0.6 * curves.busy
    curves.add("sy", 1 + 0.0115 * breath(0.0) * calm)
    curves.add("Head.y", -2.2 * breath(0.18) * calm)
    for side in curves.body.arms:
        curves.add(f"{side} Arm.lift", (1.4 * breath(0.22) + 0.6) * calm)


def shift_weight(curves: Curves, chance: random.Random) -> None:
    """Stands on one foot more than on the other, and changes over every few seconds: a slow S through the body."""
    goals: list[tuple[float, float]] = []
    slow, phase = chance.uniform(3.7, 5.3), chance.uniform(0, 6.28)
    at, side = -chance.uniform(0.0, 3.0), chance.choice((-1.0, 1.0))
    while at < curves.length / curves.rate:
        goals.append((at, side * chance.uniform(0.55, 1.0)))
        at += chance.uniform(2.2, 4.8)
        side = -side
    lean = np.full(curves.length, goals[0][1])
    for (_, before), (start, after) in itertools.pairwise(goals):
        lean += (after - before) * smooth((curves.seconds - start) / 0.9)
    drift = 0.25 * np.sin(2 * math.pi * curves.seconds / slow + phase)
    sway = (lean + drift) * (1 - curves.busy)
    curves.add("hips.x", 5.5 * sway)
    curves.add("hips.rot", 1.1 * sway)
    curves.add("chest.rot", -1.0 * sway)
    curves.add("Head.rot", 1.5 * sway)


def _wander(curves: Curves, chance: random.Random) -> None:
    """Small jumps of the gaze, each held for a while: eyes never glide."""
    at = 0.0
    x = y = 0.0
    gx, gy = np.zeros(curves.length), np.zeros(curves.length)
    while at < curves.length / curves.rate:
        gx[curves.seconds >= at], gy[curves.seconds >= at] = x, y
        at += chance.uniform(0.5, 1.8)
        home = chance.random() < 0.4
        x, y = (0.0, 0.0) if home else (chance.uniform(-0.16, 0.16), chance.uniform(-0.1, 0.1))
    curves.add("gaze.x", gx)
    curves.add("gaze.y", gy)


def _twitch(curves: Curves, chance: random.Random) -> None:
    """Now and then an ear flicks."""
    ears = [spring for spring in curves.rig.springs if spring.part.endswith("Ear")]
    at = chance.uniform(1.0, 3.5)
    while ears and at < curves.length / curves.rate:
        ear, size = chance.choice(ears), chance.uniform(9.0, 17.0) * chance.choice((-1.0, 1.0))
        since = curves.seconds - at
        flick = np.where((since >= 0) & (since < 0.24), np.sin(math.pi * since / 0.24), 0.0)
        curves.add(f"{ear.part}.bend", size * ear.gain * flick * (1 - curves.busy))
        at += chance.uniform(2.6, 6.0)


def blink_times(seed: int, seconds: float) -> list[float]:
    """When a body blinks (seconds): spaced log-normally about 2.9 s, now and then twice.

    Spontaneous blinks come about 15 to 20 a minute, with a long-tailed spacing (Bentivoglio et al., 1997).
    """
    chance = random.Random(f"{seed}/blink")
    at = chance.uniform(0.5, 2.4)
    found: list[float] = []
    while at < seconds:
        found.append(at)
        if chance.random() < 0.12:
            found.append(at + 0.36)
        at += min(max(chance.lognormvariate(math.log(2.9), 0.4), _LEAST_APART + 0.36), 6.0)
    return [at for at in found if at < seconds]


def blink(curves: Curves, frame: float, shut: float = _SHUT, sides: tuple[str, ...] = ("Left", "Right")) -> None:
    """One blink that begins at a frame; `shut` thirtieths of a second closed. The brows come down with it a little.

    There is none where the audience has to see the eyes, and never a second one that would run into the first.
    """
    whole = (_CLOSING + shut + _OPENING) * curves.unit
    if curves.looked_at(frame, frame + whole) or any(abs(frame - other) < whole for other in curves.blinked):
        return
    curves.blinked.append(frame)
    t = (curves.frames - frame) / curves.unit
    down = np.clip((t + 0.5) / _CLOSING, 0, 1)
    up = np.clip((_CLOSING + shut + _OPENING - t - 0.5) / _OPENING, 0, 1)
    lids = np.minimum(down, up)
    curves.shut(lids, sides)
    if len(sides) == 2:
        curves.add("brows.y", 2.0 * smooth(lids))


def blinks(curves: Curves, seed: int) -> None:
    """All blinks that come by themselves: later where the eyes have to be seen, not at all where they are shut."""
    closed = curves.channels.get("blink.Left", np.zeros(curves.length)) > 0.2
    for at in blink_times(seed, curves.length / curves.rate):
        frame = at * curves.rate
        for start, end in sorted(curves.awake):
            if start <= frame < end:
                frame = end
        around = closed[max(int(frame - 0.5 * curves.rate), 0) : int(frame + 0.6 * curves.rate)]
        if not around.any():
            blink(curves, frame)
