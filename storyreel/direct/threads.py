"""Threads: over which places one runs at every frame, how far it hangs, and who is moved by a tug at it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.direct.acting.motor import chase
from storyreel.errors import StoryreelError
from storyreel.puppet.model import Point
from storyreel.script.written import Thread
from storyreel.timeline.track import Channel, baked
from storyreel.widgets.strung import strung

Track = tuple[Array, Array]
Find = Callable[[str | Point], Track]
"""Where a place is at every frame."""
ENDS = ("from", "to", "middle")
"""The places of a thread."""
ARRIVES = Fraction(4, 30)
"""Seconds after a tug in which it is felt at the other end."""
_SAG = math.sqrt(3 / 8)
"""A parabola longer than its chord c by a share s hangs by c times the root of 3/8 s."""
_COMES = 5.0
"""Frames in which an end comes into a hand that takes it."""
_DEEPEST = 0.9
"""How far a stretch hangs at the most, as a share of its length."""


_BILLOWS, _TREMBLES = 0.8, 0.015
"""How far a wind of strength 1 pushes a thread aside: by a share of how deep it hangs, and of how long it is."""
_SWINGS, _SETTLES = 0.9, 0.32
"""Turns a second at which a thread swings, and how soon it is quiet."""


@dataclass(frozen=True)
class Grip:
    """Somebody has an end of a thread in a hand (left out: the one that is nearer), from a frame up to another."""

    who: str
    limb: str
    since: int
    lasts: int = 1 << 20

    def until(self, frame: int) -> Grip:
        """The same, let go at a frame."""
        return Grip(self.who, self.limb, self.since, frame)

    def later(self, frames: int) -> Grip:
        """The same, so many frames later."""
        return Grip(self.who, self.limb, self.since + frames, self.lasts + frames)


@dataclass(frozen=True)
class Strung:
    """A thread at every frame: its knots, one behind the other, how deep each stretch hangs, how far it is drawn.

    `blown` is how far the wind pushes each stretch aside; none where there is no wind.
    """

    knots: tuple[Track, ...]
    sags: tuple[Array, ...]
    drawn: Array
    blown: tuple[Array, ...] = ()

    def path(self, frame: int) -> tuple[Point, ...]:
        """The points along all of it at a frame, from its first end to its other one: what a camera may go along."""
        knots = [(float(x[frame]), float(y[frame])) for x, y in self.knots]
        aside = [float(blown[frame]) for blown in self.blown]
        return tuple(strung(knots, [float(sag[frame]) for sag in self.sags], blown=aside))

    @property
    def box(self) -> tuple[float, float, float, float]:
        """All that it ever runs over."""
        across, down = (np.concatenate([knot[axis] for knot in self.knots]) for axis in (0, 1))
        deep = max((float(sag.max()) for sag in self.sags), default=0.0)
        wide = max((float(np.abs(blown).max()) for blown in self.blown), default=0.0)
        sides = (across.min() - wide, down.min(), across.max() + wide, down.max() + deep)
        left, top, right, bottom = (float(round(side)) for side in sides)
        return left, top, right, bottom

    def at(self, share: float, frame: int) -> Point:
        """The point that lies so far along it, 0 to 1 of its length."""
        points = self.path(frame)
        lengths = [math.dist(one, other) for one, other in pairwise(points)]
        left = min(max(share, 0.0), 1.0) * sum(lengths)
        for ((x, y), (u, v)), length in zip(pairwise(points), lengths, strict=True):
            if left <= length:
                part = left / max(length, 1e-9)
                return x + (u - x) * part, y + (v - y) * part
            left -= length
        return points[-1]

    def along(self, share: float) -> Track:
        """The point that lies so far along it, at every frame."""
        found = [self.at(share, frame) for frame in range(len(self.drawn))]
        return np.array([x for x, _ in found]), np.array([y for _, y in found])

    def nearest(self, point: Point, frame: int) -> float:
        """How far along it, 0 to 1, the point lies at a frame that is nearest to another."""
        shares = [number / 24 for number in range(25)]
        return min(shares, key=lambda share: math.dist(self.at(share, frame), point))

    def place(self, where: str) -> Track:
        """One of its places at every frame: `from`, `to`, `middle`."""
        if where == "from":
            return self.knots[0]
        if where == "to":
            return self.knots[-1]
        return self.along(0.5)

    def channels(self) -> Iterator[tuple[str, Channel]]:
        """What its widget draws it by."""
        for index, (x, y) in enumerate(self.knots):
            yield f"x{index}", baked(x)
            yield f"y{index}", baked(y)
        for index, sag in enumerate(self.sags):
            yield f"sag{index}", baked(sag)
        for index, blown in enumerate(self.blown):
            yield f"blown{index}", baked(np.round(blown, 2))
        yield "drawn", baked(self.drawn)


def strung_up(model: Thread, find: Find, slack: Array, drawn: Array, grips: Sequence[Grip] = ()) -> Strung:
    """A thread between its ends; a place on its way that the drawings of a shot lack is passed over.

    Who has taken hold of it has the nearer end of it in hand. An end whose place they lack is in the middle of whom
    it belongs to.

    Raises:
        StoryreelError: one of its ends is nowhere.
    """
    knots = [_end(model.from_, find)]
    for place in model.via:
        try:
            knots.append(find(place))
        except StoryreelError:
            continue
    knots.append(_end(model.to, find))
    for grip in grips:
        _held(grip, knots, find)
    sags = []
    for (x, y), (u, v) in pairwise(knots):
        far = np.hypot(u - x, v - y)
        sags.append(np.minimum(far * _SAG * np.sqrt(np.maximum(slack, 0.0)), _DEEPEST * far))
    return Strung(tuple(knots), tuple(sags), drawn)


def in_wind(thread: Strung, force: Array, rate: float) -> Strung:
    """A thread in a wind of a force: each stretch is pushed aside by as much as it hangs, and trembles where it is
    taut; it swings out late, and back over its rest."""
    blown = []
    for number, (((x, y), (u, v)), sag) in enumerate(zip(pairwise(thread.knots), thread.sags, strict=True)):
        far = np.hypot(u - x, v - y)
        goal = force * np.minimum(_BILLOWS * sag + _TREMBLES * far, _BILLOWS * far)
        swings = _SWINGS * (1 - 0.12 * (number % 3))
        blown.append(chase(goal[None], rate, swings, _SETTLES)[0])
    return replace(thread, blown=tuple(blown))


def _end(end: str | Point, find: Find) -> Track:
    try:
        return find(end)
    except StoryreelError:
        if not isinstance(end, str) or "." not in end:
            raise
        return find(end.partition(".")[0])


def _held(grip: Grip, knots: list[Track], find: Find) -> None:
    hand = find(f"{grip.who}.{grip.limb or 'hand'}")
    length = len(hand[0])
    since, until = max(grip.since, 0), min(grip.lasts, length)
    if since >= until:
        return
    away = [math.hypot(hand[0][since] - x[since], hand[1][since] - y[since]) for x, y in (knots[0], knots[-1])]
    end = 0 if away[0] <= away[1] else len(knots) - 1
    share = np.clip((np.arange(length) - since + 1) / _COMES, 0, 1) * (np.arange(length) < until)
    x, y = (mine + (theirs - mine) * share for mine, theirs in zip(knots[end], hand, strict=True))
    knots[end] = (x, y)


def ends_of(model: Thread) -> tuple[str, str]:
    """Whom and what a thread joins, by their names; "" for a place of the stage."""
    first, last = (end.partition(".")[0] if isinstance(end, str) else "" for end in (model.from_, model.to))
    return first, last


def other_end(model: Thread, who: str, near: Sequence[float]) -> str:
    """Who or what holds the end of a thread at which somebody doesn't tug: not theirs, or else the farther one.

    `near` is how far away from them its two ends are.
    """
    first, last = ends_of(model)
    if first == who:
        return last
    if last == who:
        return first
    return last if near[0] <= near[1] else first
