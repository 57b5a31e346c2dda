"""What is held goes along with the hand; put down it lies, dropped it falls, thrown it flies, frame by frame."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.direct.bodies import Shown, bones
from storyreel.direct.cast import Cast
from storyreel.direct.contacts import Reaching
from storyreel.direct.hands import Deed, Holding
from storyreel.direct.places import Track, Whereabouts
from storyreel.direct.things import Thing
from storyreel.puppet.model import Point, moved

_FALLS = 5200.0
"""Units a second, a second, by which a dropped thing gets faster."""
_FLIGHT = 14
"""Frames for which a thrown thing flies where nobody says."""
IN_HAND = 0.5
"""Before whom what is held is drawn: before its holder, who stands at 0."""
Placing = tuple[Array, Array, Array]
"""Across, down, and turned by how many degrees, at every frame."""


def carried(
    thing: Thing,
    base: Placing,
    holdings: Sequence[Holding],
    deeds: Iterable[Deed],
    where: Whereabouts,
    cast: Cast,
    reachings: Iterable[Reaching],
) -> Placing:
    """Where a thing is that is held at some time.

    Args:
        thing: what is held.
        base: where it would be if nobody held it.
        holdings: who holds it when, in the order of time.
        deeds: the changes of hands of its scene.
        where: where everything else is.
        cast: of its scene.
        reachings: the touches of its scene: how what is thrown flies.
    """
    x, y, rot = (curve.copy() for curve in base)
    lets = {(deed.frame, deed.thing): deed for deed in deeds if deed.verb in ("drop", "throw", "put")}
    for one in holdings:
        held = _in_hand(thing, one, (x, y, rot), where, cast)
        if held is None:
            continue
        since, until = max(one.since, 0), min(one.until, len(x))
        for mine, theirs in zip((x, y, rot), held, strict=True):
            mine[since:until] = theirs[since:until]
        deed = lets.get((one.until, thing.name))
        if deed is not None and 0 < until < len(x):
            how = next((each for each in reachings if each.path == deed.path and each.verb.name == deed.verb), None)
            _let_go(thing, deed, how, until, (x, y, rot), where)
    return x, y, rot


def _in_hand(thing: Thing, one: Holding, now: Placing, where: Whereabouts, cast: Cast) -> Placing | None:
    """Where a thing is while somebody has it: as it lay in the hand when it was taken."""
    holder = cast.by_name[one.who]
    shown, hand, length = where.posed(holder), f"{one.side} Hand", len(now[0])
    if shown is None:
        return None
    turns, xs, ys = (np.full(length, np.nan) for _ in range(3))
    for each in shown:
        known = bones(each.one.content)
        palm = known.palm(hand) if known is not None else None
        for frame in range(max(each.start, 0), min(each.end, length)):
            matrix = each.motion(hand if palm is not None else "", frame)
            xs[frame], ys[frame] = moved(matrix, palm or _chest(each))
            turns[frame] = math.atan2(matrix[1], matrix[0])
    # What is said stays upright, so that it can be read.
    turns = np.zeros(length) if thing.kind == "balloon" else np.degrees(np.unwrap(np.nan_to_num(turns)))
    track: Track = (xs, ys)
    x, y = where.outside(holder.placement.in_, track)
    x, y = where.within(thing.model.inside, (x, y))
    if one.since <= 0:
        return x, y, turns - turns[0] + now[2][0]
    at = min(one.since, length - 1)
    off_x, off_y = float(now[0][at] - x[at]), float(now[1][at] - y[at])
    angle = np.radians(turns - turns[at])
    cos, sin = np.cos(angle), np.sin(angle)
    return x + cos * off_x - sin * off_y, y + sin * off_x + cos * off_y, turns - turns[at] + now[2][at]


def _chest(each: Shown) -> Point:
    """Where a drawing without hands has what it holds."""
    feet, height = each.one.rig.feet, each.one.rig.height
    return feet[0], feet[1] - 0.35 * height


def _let_go(thing: Thing, deed: Deed, how: Reaching | None, at: int, now: Placing, where: Whereabouts) -> None:
    x, y, rot = now
    rate = float(where.things.production.clock.rate)
    after = np.arange(len(x) - at + 1)[1:] / rate
    last: Point = (float(x[at - 1]), float(y[at - 1]))
    part = how.part if how is not None else None
    goal = (part.into or part.to) if part is not None else None
    rot[at:] = rot[at - 1]
    if deed.verb == "drop" and goal is None:
        floor = max(where.floor(thing), last[1])
        x[at:] = last[0]
        y[at:] = np.minimum(last[1] + 0.5 * _FALLS * after**2, floor)
        return
    if goal is None:
        x[at:], y[at:] = last
        return
    track = where.within(thing.model.inside, where.point(goal) if goal != "wind" else _off(where, last, at))
    if deed.verb == "put":
        # Where it lies it goes on lying, and goes along with what it lies on.
        x[at:], y[at:] = track[0][at:], track[1][at:]
        rot[at:] = float(thing.model.rot)
        return
    lasts = where.things.production.times.optional(part.for_ if part is not None else None, _FLIGHT / 30)
    share = np.clip(after * rate / max(lasts, 1), 0, 1)
    far = math.hypot(float(track[0][-1]) - last[0], float(track[1][-1]) - last[1])
    x[at:] = last[0] + (track[0][at:] - last[0]) * share
    y[at:] = last[1] + (track[1][at:] - last[1]) * share - 0.22 * far * 4 * share * (1 - share)
    rot[at:] = rot[at - 1] + 200 * share


def _off(where: Whereabouts, last: Point, at: int) -> Track:
    """Where the wind that blows from a frame on takes things: up and out of the picture; to the right, if none does."""
    width, _ = where.things.production.picture
    weather, count = where.cast.weather, where.length - at
    pushes = weather.pushes(at, count) if weather is not None and count > 0 else None
    beyond = width * (1.4 if pushes is None or pushes[-1] > 0 else -0.4)
    return np.full(where.length, beyond), np.full(where.length, last[1] - 500.0)
