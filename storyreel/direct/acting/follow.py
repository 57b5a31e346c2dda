"""Follow-through: ears, hair, tails and cloth on damped springs that are driven by what carries them.

Each is a mass at the end of a limb on two springs, one across it and one along it. Across, it swings; along, it is
stretched when its root is pulled from under it, and buckles outwards when it is run into: so ears flop when a head
shoots up, and stand long when it falls, and hair flies up in a fall, without a word about either.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from storyreel.direct.acting.curves import Array, Curves
from storyreel.direct.acting.motor import Motor, answered, begun, chase, damped, jolts
from storyreel.puppet.model import Point, Rig, Spring

_ALONG_STIFFER = 2.1
"""How much stiffer a part is along itself than across."""
_SWING, _BUCKLE, _STRETCH = 1.15, 108.0, 0.45
"""Curl for an angle of its tip; degrees outwards for being as short as nothing; stretch for being twice as long."""
_MOST_STRETCH = 0.2
_SOFT_HERTZ, _SOFT_ZETA = 9.0, 0.75
"""Even a hard knock takes a moment to run through fur and cloth."""
_MOST_KICK = 34.0
"""The hardest knock, in the part's lengths a second."""
_WIND = 0.85
"""How far a wind of strength 1 takes a tip across, in the part's lengths."""
_RIPPLE = 2
"""Frames by which a wind comes later from part to part."""
_RETURN = 0.55
"""How much of a knock that stretches a part is felt."""
_POSED_HERTZ, _POSED_ZETA = 3.1, 0.5
"""How a part goes where a pose wants it."""
_PLACE = ("rot", "sx", "sy", "skew", "dx", "dy")

Frame = tuple[Array, Array, Array, Array, Array, Array]
"""A transform at every frame: (a, b, c, d, e, f) as in SVG's matrix()."""


def _concat(outer: Frame, inner: Frame) -> Frame:
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)


def _own(curves: Curves, part: str, pivot: Point) -> Frame:
    """A part's own movement about its pivot, as `storyreel.stage.posing` has it."""
    prefix = f"{part}." if part else ""
    still, whole = np.zeros(curves.length), np.ones(curves.length)
    rot, sx, sy, skew, dx, dy = (
        curves.channels.get(prefix + name, whole if name in ("sx", "sy") else still) for name in _PLACE
    )
    turn, shear = np.radians(rot), np.tan(np.radians(skew))
    cos, sin = np.cos(turn), np.sin(turn)
    a, b, c, d = cos * sx, sin * sx, (cos * shear - sin) * sy, (sin * shear + cos) * sy
    x, y = pivot
    return (a, b, c, d, x - a * x - c * y + dx, y - b * x - d * y + dy)


def _whole(curves: Curves) -> Frame:
    """The whole body's movement, in puppet units."""
    rig = curves.rig
    a, b, c, d, e, f = _own(curves, "", rig.feet)
    return (a, b, c, d, e + curves.of("x") / curves.scale, f + curves.of("y") / curves.scale)


def carried(curves: Curves, part: str, known: dict[str, Frame]) -> Frame:
    """A part's movement with all that carries it, up to the stage, in puppet units."""
    if part not in known:
        rig = curves.rig
        outer = carried(curves, rig.carriers.get(part, ""), known) if part else _whole(curves)
        own = part and part in rig.pivots and part != rig.root
        own = own and any(f"{part}.{name}" in curves.channels for name in _PLACE)
        known[part] = _concat(outer, _own(curves, part, rig.pivots[part])) if own else outer
    return known[part]


@dataclass(frozen=True)
class _Root:
    """Where a spring's root is, and how its axis is turned, at every frame (puppet units, radians)."""

    x: Array
    y: Array
    turn: Array


def _root(curves: Curves, spring: Spring, known: dict[str, Frame]) -> _Root:
    carrier = curves.rig.carriers.get(spring.part, "")
    a, b, c, d, e, f = carried(curves, carrier, known)
    x, y = curves.rig.pivots[spring.part]
    lean = np.radians(curves.channels.get(f"{spring.part}.rot", np.zeros(curves.length)))
    return _Root(a * x + c * y + e, b * x + d * y + f, np.unwrap(np.arctan2(b, a)) + lean)


def _outward(rig: Rig, spring: Spring) -> float:
    """The sign of the bend that takes a part away from the middle of what carries it; 0 for one in the middle."""
    carrier = rig.carriers.get(spring.part, "")
    middle = rig.pivots.get(carrier, rig.feet)[0]
    away = rig.pivots[spring.part][0] - middle
    if abs(away) < 0.02 * rig.height:
        return 0.0
    return math.copysign(1.0, away * -math.sin(math.radians(spring.axis)))


def follow_through(curves: Curves, strength: float, wind: Array | None = None) -> None:
    """Bakes every spring of the rig; `strength` is the look's (1 = as written), `wind` blows to the drawing's right.

    A `.bend` that poses and acts have set is where the part wants to be; it gets there like the rest of it.
    """
    springs = [spring for spring in curves.rig.springs if curves.rig.has(spring.part)]
    if not springs:
        return
    posed = np.array([curves.of(f"{spring.part}.bend") for spring in springs])
    posed = chase(posed, curves.rate, _POSED_HERTZ, _POSED_ZETA)
    known: dict[str, Frame] = {}
    roots = [_root(curves, spring, known) for spring in springs]
    across, along = _swing(curves, springs, roots, wind)
    loose = np.array([_loose(curves.rig, spring, across[i], along[i]) for i, spring in enumerate(springs)])
    loose = chase(loose, curves.rate, _SOFT_HERTZ, _SOFT_ZETA)
    long = chase(along, curves.rate, _SOFT_HERTZ, _SOFT_ZETA)
    for index, spring in enumerate(springs):
        gain = spring.gain * strength
        bend = posed[index] + gain * loose[index]
        curves.channels[f"{spring.part}.bend"] = spring.limit * np.tanh(bend / spring.limit)
        upright = abs(math.sin(math.radians(spring.axis)))
        if upright > 0.8:
            short, far = _parts(long[index] / spring.length)
            stretch = _MOST_STRETCH * np.tanh(gain * _STRETCH * (far - 0.5 * short) / _MOST_STRETCH)
            curves.add(f"{spring.part}.sy", 1 + stretch)
            curves.add(f"{spring.part}.sx", 1 - 0.55 * stretch)


def _loose(rig: Rig, spring: Spring, across: Array, along: Array) -> Array:
    """The bend (degrees) of a part whose tip is so far off."""
    short, _ = _parts(along / spring.length)
    swing = _SWING * np.degrees(np.arctan2(across, spring.length))
    return np.asarray(swing + _outward(rig, spring) * _BUCKLE * short)


def _parts(share: Array) -> tuple[Array, Array]:
    """How much shorter and how much longer something is, each at least 0 and without a corner at 0."""
    soft = 0.06
    root = np.sqrt(share * share + soft * soft) - soft
    return np.asarray((root - share) / 2), np.asarray((root + share) / 2)


def _swing(curves: Curves, springs: list[Spring], roots: list[_Root], wind: Array | None = None) -> tuple[Array, Array]:
    """How far each tip is off across and along its axis, in puppet units: two arrays of shape (springs, frames)."""
    rate = curves.rate
    length = np.array([spring.length for spring in springs])
    stiff = np.array([spring.stiffness for spring in springs])
    zeta = np.array([spring.damping for spring in springs]) / (2 * np.sqrt(stiff))
    sides = [damped(*spring, rate) for spring in zip(np.sqrt(stiff).tolist(), zeta.tolist(), strict=True)]
    stiffer = np.sqrt(stiff * _ALONG_STIFFER).tolist()
    rods = [damped(*spring, rate) for spring in zip(stiffer, (zeta * 1.15).tolist(), strict=True)]
    heading = np.radians(np.array([spring.axis for spring in springs]))[:, None] + np.array([r.turn for r in roots])
    jolt_x, jolt_y = (np.array([jolts(curve, rate) for curve in list_]) for list_ in _paths(roots))
    spin = np.array([jolts(root.turn, rate) for root in roots]) * length[:, None]
    cos, sin = np.cos(heading), np.sin(heading)
    kick_side = -(-sin * jolt_x + cos * jolt_y) - spin
    kick_rod = -(cos * jolt_x + sin * jolt_y)
    kick_side, kick_rod = (
        _MOST_KICK * length[:, None] * np.tanh(kick / (_MOST_KICK * length[:, None])) for kick in (kick_side, kick_rod)
    )
    # Air holds light things: they are left behind at once, and come back at leisure.
    kick_rod = np.where(kick_rod > 0, _RETURN * kick_rod, kick_rod)
    if wind is not None:
        push = _pushed(wind, length, stiff, rate)
        kick_side, kick_rod = kick_side - sin * push, kick_rod + cos * push
    return _thrown(sides, kick_side, 2.2 * length), _thrown(rods, kick_rod, 0.85 * length)


def _thrown(motors: Sequence[Motor], kicks: Array, most: Array) -> Array:
    """How far tips are off that rest at first and get kicks at every frame: rows of shape (springs, frames).

    Nothing goes further than `most`; what is stopped there loses its speed.
    """
    out = np.zeros_like(kicks)
    count = kicks.shape[1] - 1
    for row, (motor, limit) in enumerate(zip(motors, most.tolist(), strict=True)):
        begin = begun(kicks[row, :-1] != 0)
        if begin == count:
            continue
        free = answered(kicks[row, :-1], motor.kicked(count))
        if np.abs(free).max() <= limit:
            out[row, 1:] = free
            continue
        # What is stopped on its way has to be followed.
        xx, xv, vx, vv = motor.shares
        x = v = 0.0
        values = [x]
        for kick in kicks[row, begin:-1].tolist():
            v += kick
            x, v = xx * x + xv * v, vx * x + vv * v
            if abs(x) > limit:
                x, v = math.copysign(limit, x), 0.0 if x * v > 0 else v
            values.append(x)
        out[row, begin:] = values
    return out


def _pushed(wind: Array, length: Array, stiff: Array, rate: float) -> Array:
    """The speed that a wind gives to each tip at every frame, to the right: one part sets off after the other."""
    frames = np.arange(len(wind))
    late = np.array([wind[np.clip(frames - _RIPPLE * number, 0, None)] for number in range(len(length))])
    return np.asarray(_WIND * late * (length * stiff)[:, None] / rate)


def _paths(roots: list[_Root]) -> tuple[list[Array], list[Array]]:
    return [root.x for root in roots], [root.y for root in roots]
