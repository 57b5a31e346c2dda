"""What falls and what hangs: where it is frame by frame, on what it lies, and what gives under it.

A landing is told from time alone; where it is, follows from what is under it then, and goes along with that afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from storyreel.direct.acting.curves import Array, smooth
from storyreel.puppet.bounds import Box
from storyreel.puppet.model import Point

Placing = tuple[Array, Array, Array]
"""Across, down, and turned by how many degrees, at every frame."""
Track = tuple[Array, Array]

_APART = 0.3
"""How far from the middle of what it lands on something may come to lie, as a share of that thing's half width."""
_BOUNCE = 0.055
"""How high what has fallen springs back, as a share of its own height."""
_SETTLES = 11.0
"""Thirtieths of a second in which it comes to rest."""
_LEANS = 2.4
"""Degrees by which things lie askew on each other, at the most."""
_SWAYS, _BOBS, _SWAY = 1.7, 5.0, 2.7
"""What hangs: degrees to either side, units up and down, seconds there and back."""
FLOOR = "floor"
LYING = 0.3
"""Before whom what has fallen is drawn: before whoever it has fallen on, who stands at 0."""


@dataclass(frozen=True)
class Lying:
    """From a landing on a thing lies on another, or from a frame on it hangs somewhere.

    Attributes:
        target: what it lands on, or where it hangs.
        frame: the landing; of what hangs, when it is there.
        start: when it sets off.
        hangs: it hangs there.
        above: it comes in from above the picture.
        dx: how far from the middle of what it lies on it lies; None: not known yet.
    """

    target: str | Point
    frame: int
    start: int
    hangs: bool = False
    above: bool = False
    dx: float | None = None

    @property
    def on(self) -> str:
        """The name of what it lies on; "" for a place."""
        return self.target.partition(".")[0] if isinstance(self.target, str) else ""

    def later(self, frames: int) -> Lying:
        """The same, so many frames later."""
        return replace(self, frame=self.frame + frames, start=self.start + frames)


@dataclass(frozen=True)
class Body:
    """What of a thing matters when it falls: its box at size 1, its size frame by frame, its seed, its picture's top.

    Attributes:
        crisp: the look turns nothing.
    """

    box: Box
    scale: Array
    seed: int
    top: float
    crisp: bool
    unit: float


def laid(
    lying: Sequence[Lying], base: Placing, body: Body, under: Callable[[Lying], tuple[Track, float]]
) -> tuple[Placing, list[Lying]]:
    """Where a thing is that falls or hangs at some time, and how it has come to lie.

    Args:
        lying: its falls and where it hangs.
        base: where it would be otherwise.
        body: what it is.
        under: the track of the upper side of what it lies on (or the place where it hangs), and half of its width.
    """
    x, y, rot = (curve.copy() for curve in base)
    told: list[Lying] = []
    for one in sorted(lying, key=lambda one: one.start):
        track, half = under(one)
        now = (x, y, rot)
        known, (x, y, rot) = (
            _hung(one, now, base, body, track) if one.hangs else _fallen(one, now, base, body, track, half)
        )
        told.append(known)
    return (x, y, rot), told


def _pushed(base: Array, frame: int) -> Array:
    """How far something else has moved a thing since a frame: what pushes it goes on doing so where it lies."""
    at = min(max(frame, 0), len(base) - 1)
    moved = base - base[at]
    moved[: at + 1] = 0.0
    return np.asarray(moved)


def _fallen(one: Lying, now: Placing, base: Placing, body: Body, track: Track, half: float) -> tuple[Lying, Placing]:
    frames, length = np.arange(len(now[0]), dtype=np.float64), len(now[0])
    at, start = min(max(one.frame, 0), length - 1), min(max(one.start, 0), length - 1)
    chance = (body.seed * 2654435761 % 1000) / 1000 * 2 - 1
    dx = one.dx
    if dx is None:
        dx = _APART * half * chance * 0.5 if one.above else float(now[0][start] - track[0][at])
        dx = min(max(dx, -_APART * half), _APART * half) if half else dx
    lean = 0.0 if body.crisp else _LEANS * chance
    lowest = _lowest(body.box, lean)
    rest_x = track[0] + dx + _pushed(base[0], one.frame)
    rest_y = track[1] - lowest * body.scale + _pushed(base[1], one.frame)
    tall = (body.box[3] - body.box[1]) * body.scale
    # It springs back twice, less each time; it never sinks into what it lies on.
    t = np.clip((frames - one.frame) / (_SETTLES * body.unit), 0, None)
    spring = _BOUNCE * tall * np.abs(np.sin(2 * math.pi * t)) * np.exp(-3.2 * t) * (t < 1)
    begin_x = float(rest_x[at]) if one.above else float(now[0][start])
    begin_y = body.top - float(tall[at]) if one.above else float(now[1][start])
    share = np.clip((frames - one.start) / max(one.frame - one.start, 1), 0, 1)
    x = np.where(frames < one.frame, begin_x + (float(rest_x[at]) - begin_x) * smooth(share), rest_x)
    y = np.where(frames < one.frame, begin_y + (float(rest_y[at]) - begin_y) * share**2, rest_y - spring)
    before = float(now[2][start])
    turn = before + (lean - before) * smooth(share)
    going = frames >= one.start
    placing = tuple(np.where(going, new, old) for new, old in zip((x, y, turn), now, strict=True))
    return replace(one, dx=dx), placing  # type: ignore[return-value]


def _lowest(box: Box, turn: float) -> float:
    """How far below its place a box reaches that is turned."""
    angle = math.radians(turn)
    return max(x * math.sin(angle) + y * math.cos(angle) for x in box[::2] for y in box[1::2])


def _hung(one: Lying, now: Placing, base: Placing, body: Body, track: Track) -> tuple[Lying, Placing]:
    frames = np.arange(len(now[0]), dtype=np.float64)
    start = min(max(one.start, 0), len(frames) - 1)
    share = smooth(np.clip((frames - one.start) / max(one.frame - one.start, 1), 0, 1))
    if one.frame <= one.start:
        share = np.asarray(frames >= one.frame, dtype=np.float64)
    phase = body.seed % 628 / 100
    wave = 2 * math.pi * (frames - one.frame) / (30 * body.unit * _SWAY) + phase
    come = smooth(np.clip((frames - one.frame) / (20 * body.unit), 0, 1))
    x = now[0][start] + (track[0] + _pushed(base[0], one.frame) - now[0][start]) * share
    y = now[1][start] + (track[1] + _pushed(base[1], one.frame) - now[1][start]) * share
    y = y + _BOBS * come * np.sin(0.83 * wave)
    turn = now[2] + (0.0 if body.crisp else _SWAYS) * come * np.sin(wave)
    going = frames >= one.start
    placing = tuple(np.where(going, new, old) for new, old in zip((x, y, turn), now, strict=True))
    return one, placing  # type: ignore[return-value]


def carriers(name: str, frame: int, lying: Mapping[str, Sequence[Lying]]) -> Iterator[str]:
    """What carries a thing at a frame, from what it lies on downwards: stone upon stone, and who holds them."""
    seen = {name}
    while True:
        on = [one for one in lying.get(name, ()) if one.frame <= frame]
        if not on or on[-1].hangs or not on[-1].on or on[-1].on in seen:
            return
        name = on[-1].on
        seen.add(name)
        yield name
