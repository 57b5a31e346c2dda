"""Limbs that meet something: hands that wind up, arrive and stay on what moves, feet that land on it, bodies that give.

Targets are in the units of the ground that the body stands on, one point a frame. A hand is put on its target last of
all, from where every part that carries it has come to be: whatever the body does, the contact is exact.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from storyreel.direct.acting.act import Act, Span
from storyreel.direct.acting.anatomy import Arm, anatomy
from storyreel.direct.acting.curves import Array, Curves, smooth
from storyreel.direct.acting.leaps import busy
from storyreel.direct.acting.limbs import reach
from storyreel.direct.acting.pounce import pounce
from storyreel.direct.acting.take import Take
from storyreel.direct.acting.travel import Places
from storyreel.puppet.model import IDENTITY, Limb, Matrix, Point, Rig, concat, inverse, moved
from storyreel.treatment.look import Motion

_BACK = -0.16
"""How far a limb winds up, as a share of its way."""
_WIND = 0.42
"""The share of a reach in which it winds up, and the fewest thirtieths of a second that takes."""
_LEAST_WIND = 4.0
_RELEASE = 8.0
"""Thirtieths of a second in which a hand leaves what it touched."""
_SEES = 3.0
"""Thirtieths of a second by which the eyes are there before the hand sets off; the head comes as much later."""
_LEAN_MOST = 0.175
"""How much of its height a body leans after what is out of reach."""

_WRIST = 26.0
"""The most degrees by which a hand hangs back behind an arm on its way."""
_STRETCH = (0.45, 1.25)
"""How short an arm of one piece gets that reaches for what is near, seen from its end; and how long."""

Motions = Callable[[Mapping[str, float]], Callable[[str], Matrix]]
"""From a pose to where every part of the drawing is moved, in the drawing's units (`stage.posing.Skeleton.motions`)."""


@dataclass(frozen=True)
class Reach:
    """A hand's contacts with what it touches.

    Attributes:
        side: the puppet's own, `Left` or `Right`.
        start: when it sets off; `contacts`: when it is there; `off`: when it leaves the last.
        x, y: where it has to be, at every frame.
        hard: it strikes instead of laying itself down.
        mirrored: the body's drawing is shown the other way round.
    """

    side: str
    start: int
    contacts: tuple[int, ...]
    off: int
    x: Array
    y: Array
    hard: bool = False
    mirrored: bool = False


@dataclass(frozen=True)
class Landing:
    """Feet that come down on something: off at `start`, there at `contact`; they ride on it up to `off`."""

    start: int
    contact: int
    off: int
    x: Array
    y: Array


@dataclass(frozen=True)
class Lunge:
    """A part of the body that is thrown against something, and comes back: a bump."""

    part: str
    start: int
    contact: int
    off: int
    x: Array
    y: Array


@dataclass(frozen=True)
class Given:
    """A body that is touched at a frame, and gives: `way` is 1 to the picture's right, -1 to its left."""

    start: int
    way: float
    strength: float = 1.0


Meeting = Reach | Landing | Lunge | Given


def strength(frames: Array, unit: float, start: int, contact: int, off: int, hard: bool = False) -> Array:
    """How far a limb is on its way (1: there) at every frame: back first, there from the contact to `off`, then not."""
    over = max(contact - start, 1)
    wind = min(max(_WIND * over, _LEAST_WIND * unit), max(over - 1.0, 0.5))
    share = np.clip((frames - start - wind) / max(over - wind, 1e-6), 0, 1)
    go = share**1.7 if hard else smooth(share)
    there = np.where(
        frames < start + wind, _BACK * smooth((frames - start) / wind), _BACK + (1 - _BACK) * np.asarray(go)
    )
    there = np.where(frames >= contact, 1.0, there)
    return np.asarray(np.where(frames < off, there, 1 - smooth((frames - off) / (_RELEASE * unit))))


def play(meeting: Meeting, curves: Curves, places: Places, motion: Motion) -> None:
    """What the whole body does for a meeting; the hand itself comes last (`grip`)."""
    if isinstance(meeting, Given):
        _give(meeting, _take(curves, motion, meeting.start, meeting.start + 14))
    elif isinstance(meeting, Landing):
        _land(meeting, _take(curves, motion, meeting.start, meeting.contact), places)
    elif isinstance(meeting, Lunge):
        _lunge(meeting, _take(curves, motion, meeting.start, meeting.off), places)
    else:
        _lean(meeting, _take(curves, motion, meeting.start, meeting.off), places)


def _take(curves: Curves, motion: Motion, start: int, end: int) -> Take:
    return Take(curves, Act("reach", start, max(end, start + 1)), Span(0.0, loops=True), motion)


def _give(meeting: Given, take: Take) -> None:
    """Gives on the frame of the contact, and settles."""
    s, way = meeting.strength, meeting.way
    take.chart(
        (0.01, {"sy": 1 - 0.012 * s, "hips.x": 5.0 * way * s, "Head.x": 6.0 * way * s, "chest.rot": 0.8 * way * s}),
        (2.5, {"sy": 1 - 0.035 * s, "hips.x": 13.0 * way * s, "Head.x": 14.0 * way * s, "chest.rot": 2.4 * way * s}),
        (7, {"sy": 1 + 0.012 * s, "hips.x": -2.0 * way * s, "Head.x": -4.0 * way * s, "chest.rot": -0.5 * way * s}),
        (13, {"sy": 1.0, "hips.x": 0.0, "Head.x": 0.0, "chest.rot": 0.0}),
    )
    take.wide(-1, 8)


def _land(meeting: Landing, take: Take, places: Places) -> None:
    """Gathers, leaps and comes down with both feet on the place at the contact; from there it goes where that goes."""
    whole, last = max(take.whole, 3.0), take.curves.length - 1
    at = min(max(meeting.contact, 0), last)
    off = min(max(_LEAST_WIND + 1.0, 0.32 * whole), 0.7 * whole)
    air = whole - off
    begin, end = places.at(meeting.start), (float(meeting.x[at]), float(meeting.y[at]))
    pounce(take, off, air, begin, end, places)
    ride = (take.curves.frames >= meeting.contact) & (take.curves.frames < meeting.off)
    until = min(meeting.off, take.curves.length) - 1
    places.x = np.where(ride, meeting.x, np.where(take.curves.frames >= meeting.off, meeting.x[until], places.x))
    places.y = np.where(ride, meeting.y, np.where(take.curves.frames >= meeting.off, meeting.y[until], places.y))
    busy(take, smooth(take.t / 3) * smooth((whole + 10 - take.t) / 8))
    take.add("gaze.y", 0.8 * smooth((take.t + _SEES) / 3) * smooth((whole + 3 - take.t) / 3))
    take.wide(-2, whole + 12)


def _lunge(meeting: Lunge, take: Take, places: Places) -> None:
    """Draws back, is thrown against it, and comes back."""
    curves = take.curves
    on = strength(curves.frames, curves.unit, meeting.start, meeting.contact, meeting.off, hard=True)
    at = min(max(meeting.contact, 0), curves.length - 1)
    here_x, here_y = places.at(meeting.contact)
    rest_x, rest_y = curves.rig.pivots.get(meeting.part, (curves.body.middle, curves.rig.feet[1]))
    part_x = here_x + (rest_x - curves.rig.feet[0]) * curves.scale
    part_y = here_y + (rest_y - curves.rig.feet[1]) * curves.scale
    way = math.copysign(1.0, float(meeting.x[at]) - part_x)
    curves.add("x", on * (meeting.x - part_x))
    curves.add("y", on * np.minimum(meeting.y - part_y, 0.0))
    take.add("rot", 5.0 * way * on)
    busy(take, np.abs(on))


def _lean(meeting: Reach, take: Take, places: Places) -> None:
    """Eyes go there first, the head after them; the body leans as far as the arm is too short, and both give."""
    curves, arm = take.curves, take.curves.body.arms.get(meeting.side)
    if arm is None:
        return
    on = strength(curves.frames, curves.unit, meeting.start, meeting.contacts[0], meeting.off, meeting.hard)
    feet, scale = curves.rig.feet, curves.scale
    x = feet[0] + (meeting.x - places.x) / scale * (-1.0 if meeting.mirrored else 1.0)
    y = feet[1] + (meeting.y - places.y) / scale
    away_x, away_y = x - arm.shoulder[0], y - arm.shoulder[1]
    far = np.maximum(np.hypot(away_x, away_y), 1e-6)
    most = _LEAN_MOST * curves.rig.height
    missing = np.clip(far - 1.02 * arm.length, 0, most) * np.clip(on, -1, 1)
    across, down = missing * away_x / far, missing * away_y / far
    high = max(abs(curves.rig.pivots.get("Body", feet)[1] - arm.shoulder[1]), 0.1 * curves.rig.height)
    take.add("chest.rot", np.degrees(np.arcsin(np.clip(0.62 * across / high, -0.42, 0.42))))
    take.add("hips.x", 0.5 * across / curves.mil)
    take.add("hips.y", np.maximum(down, 0.0) / curves.mil)
    take.add("sy", 1 + 0.6 * np.maximum(-down, 0.0) / curves.rig.height)
    head = curves.rig.pivots.get("Head", arm.shoulder)
    look_x, look_y = x - head[0], y - head[1]
    apart = np.maximum(np.hypot(look_x, look_y), 1e-6)
    until = (meeting.off - meeting.start) / curves.unit
    eyes = smooth((take.t + _SEES) / 3) * smooth((until + 4 - take.t) / 5)
    late = smooth(take.t / 4) * smooth((until + 6 - take.t) / 6)
    take.add("gaze.x", eyes * 0.85 * look_x / apart)
    take.add("gaze.y", eyes * 0.7 * look_y / apart)
    take.add("Head.turn", late * 0.4 * look_x / apart)
    take.add("Head.nod", late * 0.3 * look_y / apart)
    busy(take, np.clip(on, 0, 1))
    hit = 1.0 if meeting.hard else 0.45
    for contact in meeting.contacts:
        at = (contact - meeting.start) / curves.unit
        take.chart(
            (max(at - 0.5, 0.01), {"sy": 1.0, "Head.y": 0.0}),
            (at + 1.5, {"sy": 1 - 0.03 * hit, "Head.y": 7.0 * hit}),
            (at + 6, {"sy": 1 + 0.01 * hit, "Head.y": -3.0 * hit}),
            (at + 10, {"sy": 1.0, "Head.y": 0.0}),
        )
    take.wide(-_SEES, until)


def gripping(arm: Arm, palm: Point) -> Limb:
    """An arm's limb up to the middle of its hand, which is what touches."""
    shoulder, elbow = arm.limb.shoulder, arm.limb.elbow
    if arm.limb.bones[1] <= 0:
        return replace(arm.limb, elbow=palm, hand=palm, bones=(math.dist(shoulder, palm), 0.0))
    return replace(arm.limb, hand=palm, bones=(math.dist(shoulder, elbow), math.dist(elbow, palm)))


def grip(
    channels: dict[str, Array],
    rig: Rig,
    meetings: Sequence[Meeting],
    motions: Motions,
    palms: Mapping[str, Point],
    unit: float,
) -> None:
    """Puts hands on what they reach for, by where all that carries them has come to be.

    Args:
        channels: the body's, all of them worked out; those of its arms are put right.
        rig: its rig.
        meetings: what it meets; only reaches count.
        motions: where parts are in a pose.
        palms: by side, the middle of its hand at rest, in the drawing's units.
        unit: frames for each thirtieth of a second.
    """
    body = anatomy(rig)
    for meeting in meetings:
        arm = body.arms.get(meeting.side) if isinstance(meeting, Reach) else None
        if isinstance(meeting, Reach) and arm is not None:
            limb = gripping(arm, palms.get(meeting.side, arm.limb.hand))
            _gripped(channels, rig, meeting, arm, motions, limb, unit)


def _gripped(
    channels: dict[str, Array], rig: Rig, meeting: Reach, arm: Arm, motions: Motions, limb: Limb, unit: float
) -> None:
    length_ = len(meeting.x)
    on = strength(np.arange(float(length_)), unit, meeting.start, meeting.contacts[0], meeting.off, meeting.hard)
    when = np.flatnonzero(np.abs(on) > 1e-4)
    if not len(when):
        return

    def of(part: str, channel: str, rest: float = 0.0) -> Array:
        return channels.get(f"{part}.{channel}", np.full(length_, rest)).copy()

    carrier = rig.carriers.get(arm.part, "")
    chain = _chain(channels, rig, carrier)
    turn, front = of(arm.part, "rot"), of(arm.part, "front")
    wide, long = of(arm.part, "sx", 1.0), of(arm.part, "sy", 1.0)
    fold, hand = of(arm.forearm, "rot"), of(arm.hand, "rot")
    dx, dy = of(arm.part, "dx"), of(arm.part, "dy")
    for frame in when:
        pose = {name: float(channels[name][frame]) for name in chain}
        whole = concat(placed(channels, rig, int(frame)), motions(pose)(carrier) if carrier else IDENTITY)
        x, y = moved(inverse(whole), (float(meeting.x[frame]), float(meeting.y[frame])))
        found = reach(limb, x - float(dx[frame]), y - float(dy[frame]), arm.outward, _STRETCH)
        # An arm goes up on its own side of the body: the short way round may lead across the face.
        wanted = found.shoulder - 360 * round((found.shoulder + arm.outward * (90 - arm.rest)) / 360)
        weight = float(on[frame])
        turn[frame] += (wanted - turn[frame]) * weight
        fold[frame] += (found.elbow - fold[frame]) * weight
        for size in (wide, long):
            size[frame] += (found.length - size[frame]) * max(weight, 0.0)
        hand[frame] *= 1 - max(weight, 0.0)
        front[frame] = 1.0 if weight > 0.3 else front[frame]
    if length_ > 1:
        # On its way a hand hangs back from the wrist; on its target it is as it lies there.
        way = np.clip(on, 0, 1)
        hand -= _WRIST * np.tanh(np.gradient(turn + fold) / (unit * _WRIST)) * way * (1 - way**8)
    channels |= {f"{arm.part}.rot": turn, f"{arm.part}.front": front}
    if np.any(long != 1) or np.any(wide != 1):
        channels |= {f"{arm.part}.sx": wide, f"{arm.part}.sy": long}
    if arm.forearm:
        channels[f"{arm.forearm}.rot"] = fold
    if rig.has(arm.hand):
        channels[f"{arm.hand}.rot"] = hand


def _chain(channels: Mapping[str, Array], rig: Rig, part: str) -> list[str]:
    """The channels that move a part and all that carries it."""
    found: list[str] = ["Head.turn", "Head.nod"]
    while part:
        found += [f"{part}.{channel}" for channel in ("rot", "skew", "dx", "dy", "sx", "sy")]
        part = rig.carriers.get(part, "")
    return [name for name in found if name in channels]


def placed(channels: Mapping[str, Array], rig: Rig, frame: int) -> Matrix:
    """What takes a point of the drawing to the ground that the body stands on, at a frame."""

    def at(name: str, rest: float) -> float:
        return float(channels[name][frame]) if name in channels else rest

    scale, angle = at("scale", 1.0), math.radians(at("rot", 0.0))
    sx, sy = scale * at("sx", 1.0), scale * at("sy", 1.0)
    cos, sin = math.cos(angle), math.sin(angle)
    body = (cos * sx, sin * sx, -sin * sy, cos * sy, at("x", 0.0), at("y", 0.0))
    return concat(body, (1.0, 0.0, 0.0, 1.0, -rig.feet[0], -rig.feet[1]))
