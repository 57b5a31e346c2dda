"""Piles: carried in somebody's arms, they sway late; let go, they come apart, the lightest sheet first."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Layer, WidgetContent, settings
from storyreel.timeline.track import baked
from storyreel.widgets.strung import SHEET, stacked

_STIFF, _DAMPED = 46.0, 4.4
"""How a pile's top follows its foot: a spring's pull, and what slows it, a second."""
_LEANS = 1 / 2600
"""How far it is leant over by its holder's haste, a unit a second a second."""
INTO = Fraction(5, 30)
"""Seconds in which a thing goes from a hand into a pile."""
_FLOATS = 620.0
"""How fast paper comes down at the most, in units a second."""


@dataclass(frozen=True)
class Release:
    """A pile of so many sheets is let go: from a frame on, over so many frames; `to` is where it goes: wind, or ""."""

    frame: int
    lasts: int
    to: str
    count: int


def sway(x: Array, rate: float) -> Array:
    """How far a pile is leant over while it is carried along a way: late, and it overshoots; -1 to 1."""
    speed = np.gradient(x) * rate
    pull = -np.gradient(speed) * rate * _LEANS
    lean, going, found = 0.0, 0.0, np.zeros(len(x))
    for frame in range(len(x)):
        going += (_STIFF * (float(pull[frame]) - lean) - _DAMPED * going) / rate
        lean += going / rate
        found[frame] = lean
    return np.clip(found * 3.2, -1.0, 1.0)


def settling(full: Array, rate: float) -> Array:
    """How far a pile sways since something came onto it last."""
    steps = np.flatnonzero(np.diff(full) > 1e-6) + 1
    frames = np.arange(len(full), dtype=np.float64)
    found = np.zeros(len(full))
    for number, step in enumerate(steps):
        t = np.maximum(frames - step, 0) / rate
        found += (0.3 if number % 2 else -0.3) * np.exp(-4.2 * t) * np.sin(9.5 * t)
    return np.clip(found, -1.0, 1.0)


@dataclass(frozen=True)
class Stack:
    """A pile that comes apart: where its foot is, how large it is, how many sheets it has, and where the floor is."""

    x: float
    y: float
    scale: float
    count: int
    seed: int
    floor: float
    length: int
    pushes: Callable[[int, int], Array | None] = lambda start, count: None
    """How hard the wind has blown from a frame on up to each of so many; None where there is none."""


def released(name: str, stack: Stack, release: Release, clock: Clock) -> Iterator[Layer]:
    """The sheets of a pile on their own ways, each a layer: those that weigh least are the first to leave it."""
    rate = float(clock.rate)
    weights = [(random.Random(f"{stack.seed} {index} weighs").random(), index) for index in range(stack.count)]
    # What lies on top is free sooner.
    ranked = sorted(weights, key=lambda one: one[0] - 0.6 * one[1] / max(stack.count, 1))
    frames = np.arange(release.frame, max(stack.length, release.frame + 1) + 1, dtype=np.float64)
    for rank, (weight, index) in enumerate(ranked):
        left, down, turn = stacked(stack.seed, index, stack.count)
        x0, y0 = stack.x + left * stack.scale, stack.y + down * stack.scale
        late = release.lasts * rank / max(stack.count, 1)
        t = np.maximum(frames - release.frame - late, 0) / rate
        ways = _blown if release.to == "wind" else _sunk
        x, y, rot = ways(x0, y0, turn, t, weight, random.Random(f"{stack.seed} {index} goes"), stack)
        pushes = stack.pushes(release.frame, len(t)) if release.to == "wind" else None
        x = x if pushes is None else x0 + (x - x0) * pushes
        content = WidgetContent("sheet", settings({"seed": stack.seed * 64 + index, "size": SHEET}))
        tracks = (("x", x), ("y", y), ("rot", rot), ("scale", np.full(len(t), stack.scale)))
        channels = tuple((channel, baked(curve, release.frame)) for channel, curve in tracks)
        start, end = max(release.frame, 0), stack.length
        yield Layer(f"{name} sheet {index}", content, start, end, channels, order=1 + index * 1e-3)


def _blown(
    x0: float, y0: float, turn: float, t: Array, weight: float, chance: random.Random, stack: Stack
) -> tuple[Array, Array, Array]:
    """Up and off to the right, the light ones faster and higher."""
    fast, lift = 500 + 700 * (1 - weight), 520 + 900 * (1 - weight)
    wave, spin = chance.uniform(2.0, 4.0), chance.uniform(-260, 260)
    x = x0 + 120 * t + fast * t**2 + 40 * np.sin(wave * t) * np.minimum(t, 1)
    y = y0 - lift * t + 150 * t**2 - 50 * np.sin(1.7 * wave * t) * np.minimum(t, 1)
    return x, y, turn + spin * t


def _sunk(
    x0: float, y0: float, turn: float, t: Array, weight: float, chance: random.Random, stack: Stack
) -> tuple[Array, Array, Array]:
    """Down to the floor, to both sides, rocking as paper does; there it lies."""
    side = chance.uniform(-1, 1)
    lies = stack.floor - chance.uniform(0.0, 26.0) * stack.scale
    high = max(lies - y0, 1.0)
    fast = _FLOATS * (0.7 + 0.6 * weight)
    lasts = high / fast + 0.25
    share = np.clip(t / lasts, 0, 1)
    rock = np.sin(2 * math.pi * (1.1 * t + chance.random())) * np.sin(math.pi * share)
    x = x0 + (side * 330 * share * (2 - share) + 46 * rock) * stack.scale
    y = y0 + high * share**1.6 - 40 * np.sin(math.pi * np.clip(share * 2.5, 0, 1)) * stack.scale
    last = chance.uniform(-160, 160)
    return x, np.minimum(y, lies), turn + (last - turn) * share + 16 * rock
