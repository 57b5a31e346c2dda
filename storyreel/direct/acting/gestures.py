"""What a body does on its spot. Drawings in thirtieths of a second, pose to pose, as on an animator's chart."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from storyreel.direct.acting.curves import Curves, Row
from storyreel.direct.acting.idle import blink
from storyreel.direct.acting.limbs import reach
from storyreel.direct.acting.model import Act

_BACK = "out-back"


def _pose(curves: Curves, name: str, **more: float) -> dict[str, float]:
    """A named pose of the rig (nothing if it has none), with more channels over it."""
    return {**{curves.named(key): value for key, value in curves.rig.poses.get(name, {}).items()}, **more}


def _lifted(curves: Curves, drawing: Mapping[str, float]) -> dict[str, float]:
    """A drawing whose `y` is in puppet units, in stage units."""
    return {name: value * curves.scale if name in ("x", "y") else value for name, value in drawing.items()}


def hop(curves: Curves, act: Act) -> None:
    """A small hop: gathers, springs, lands with a squash, settles."""
    high = act.number("height", 90)
    rows: tuple[Row, ...] = (
        (5, {"sx": 1.07, "sy": 0.9, "Head.dy": 10}, "out-quad"),
        (8, _lifted(curves, {"sx": 0.94, "sy": 1.09, "y": -high * 0.8, "Head.dy": -6}), "out-quad"),
        (10, _lifted(curves, {"y": -high}), "out-sine"),
        (14, {"sx": 1.09, "sy": 0.88, "Head.dy": 12}, "in-quad"),
        (19, {"sx": 0.985, "sy": 1.02, "Head.dy": -3}, "out-quad"),
        (24, {}, "inout-sine"),
    )
    curves.rows(act.start, rows, fit=act.frames)


def stamp(curves: Curves, act: Act) -> None:
    """The big one: gather, spring, hang with shut eyes, slam, rebound, settle; it ends `drop` stage units lower."""
    high, drop = act.number("height", 330), act.number("drop", 0) / curves.scale
    unit = curves.unit
    rows: tuple[Row, ...] = (
        (8, _pose(curves, "stamp-gather"), "out-cubic"),
        (10, _pose(curves, "stamp-gather"), "linear"),
        (13, {**_pose(curves, "stamp-spring"), **_lifted(curves, {"y": -high * 0.68})}, "in-quad"),
        (16, {**_pose(curves, "stamp-hang"), **_lifted(curves, {"y": -high})}, "out-cubic"),
        (20, {**_pose(curves, "stamp-hang"), **_lifted(curves, {"y": -high * 1.03})}, "out-sine"),
        (22, {**_pose(curves, "stamp-slam"), **_lifted(curves, {"y": 10 + drop})}, "in-cubic"),
        (25, {**_pose(curves, "stamp-slam", sx=1.14, sy=0.83), **_lifted(curves, {"y": drop})}, "linear"),
        (29, {**_pose(curves, "stamp-rebound"), **_lifted(curves, {"y": -40 + drop})}, "out-quad"),
        (33, {**_pose(curves, "stamp-settle", sx=1.05, sy=0.95), **_lifted(curves, {"y": drop})}, "in-quad"),
        (40, {**_pose(curves, "stamp-settle"), **_lifted(curves, {"y": drop})}, _BACK),
        (46, _lifted(curves, {"y": drop}), "inout-sine"),
    )
    curves.rows(act.start, rows, fit=act.frames)
    if drop:
        curves.hold("y", act.end + 1, drop * curves.scale)
    blink(curves, act.start + round(12 * unit), shut=7)


def dance(curves: Curves, act: Act) -> None:
    """A groove of two beats: hips, head against them, arms by turns, a little hop on every beat. Loops."""
    count = act.frames + 1
    style = act.word("style", "a")
    tempo = act.number("tempo", 122)
    phase = {"a": 0.0, "b": 0.5, "c": 1.0}.get(style, 0.0)
    t = curves.seconds(count)
    beat = t * tempo / 60 + phase
    envelope = curves.envelope(count, 5, 7)
    swing = np.sin(math.pi * beat)
    bounce = np.abs(np.sin(math.pi * beat))
    dip = 1 - bounce
    curves.add("torso.dx", act.start, envelope * 17 * swing)
    curves.add("torso.rot", act.start, envelope * 5.5 * swing)
    curves.add("Head.rot", act.start, envelope * -8.5 * np.sin(math.pi * beat - 0.45))
    curves.add("Head.dx", act.start, envelope * -5 * swing)
    curves.add("y", act.start, envelope * -curves.scale * 34 * bounce**1.5)
    curves.add("sy", act.start, 1 + envelope * (0.03 * bounce - 0.075 * dip**3))
    curves.add("sx", act.start, 1 - envelope * (0.02 * bounce - 0.06 * dip**3))
    both = 1 if style == "c" else 0
    late = np.sin(math.pi * beat - 0.5)
    for side, sign in (("Left", -1.0), ("Right", 1.0)):
        if not curves.drawn(f"{side} Arm"):
            continue
        up = 0.5 + 0.5 * (sign * late if not both else np.cos(2 * math.pi * beat - 0.4))
        raised = 26 + 76 * up**0.8
        curves.add(f"{side} Arm.rot", act.start, envelope * sign * raised)
        curves.add(f"{side} Hand.rot", act.start, envelope * sign * 16 * np.sin(2 * math.pi * beat - 0.9))
        curves.override(f"{side} Arm.front", act.start, (envelope * up > 0.45).astype(float))
    for side, sign in (("Left", 1.0), ("Right", -1.0)):
        lift = np.clip(sign * swing, 0, 1)
        curves.add(f"{side} Foot.rot", act.start, envelope * -sign * 13 * lift)
    curves.add("Skirt.rot", act.start, envelope * -3.5 * late)


def wave(curves: Curves, act: Act) -> None:
    """Raises an arm and waves; the body leans away from it."""
    side = act.word("side", "right")
    part, sign = ("Left Arm", -1.0) if side == "left" else ("Right Arm", 1.0)
    count = act.frames + 1
    envelope = curves.envelope(count, 6, 7)
    t = curves.seconds(count)
    swing = np.sin(2 * math.pi * 2.3 * t - 0.6)
    curves.add(f"{part}.rot", act.start, envelope * sign * (104 + 17 * swing))
    curves.add(f"{part.split()[0]} Hand.rot", act.start, envelope * sign * 15 * np.sin(2 * math.pi * 2.3 * t - 1.4))
    curves.add("torso.rot", act.start, envelope * sign * 2.6)
    curves.add("Head.rot", act.start, envelope * sign * (3.5 + 1.4 * swing))
    curves.add("Head.dy", act.start, envelope * -3)
    curves.override(f"{part}.front", act.start, (envelope > 0.35).astype(float))


def point(curves: Curves, act: Act) -> None:
    """Winds up and points: to the right, left or up of the picture."""
    way = act.word("to", "right")
    part, sign = ("Right Arm", 1.0) if way == "left" else ("Left Arm", -1.0)
    angle = 102 if way == "up" else 84
    unit = act.frames / max(curves.unit, 1e-6)
    rows: tuple[Row, ...] = (
        (4, {f"{part}.rot": -sign * 16, "torso.rot": sign * 3, "Head.rot": sign * 3}, "out-quad"),
        (
            11,
            {f"{part}.rot": sign * (angle + 8), "torso.rot": -sign * 5, "Head.rot": -sign * 4, f"{part}.front": 1},
            "inout-quad",
        ),
        (max(unit - 9, 15), {f"{part}.rot": sign * angle, "torso.rot": -sign * 4, f"{part}.front": 1}, "inout-sine"),
        (max(unit, 22), {}, "inout-sine"),
    )
    curves.rows(act.start, rows)


def cheer(curves: Curves, act: Act) -> None:
    """Both arms fly up, a jump, and joy in the whole body."""
    count = act.frames + 1
    rows: tuple[Row, ...] = (
        (5, {"sx": 1.06, "sy": 0.91, "Head.dy": 12, "Left Arm.rot": 14, "Right Arm.rot": -14}, "out-quad"),
        (9, _lifted(curves, {"sx": 0.95, "sy": 1.08, "y": -90, "Head.dy": -8}), "out-quad"),
        (12, _lifted(curves, {"y": -104}), "out-sine"),
        (16, {"sx": 1.07, "sy": 0.91, "Head.dy": 8}, "in-quad"),
        (21, {"sx": 0.99, "sy": 1.015}, "out-quad"),
        (26, {}, "inout-sine"),
    )
    curves.rows(act.start, rows)
    envelope = curves.envelope(count, 8, 8)
    shake = np.sin(2 * math.pi * 3.1 * curves.seconds(count))
    for side, sign in (("Left", -1.0), ("Right", 1.0)):
        curves.add(f"{side} Arm.rot", act.start, envelope * sign * (100 + 9 * shake))
        curves.override(f"{side} Arm.front", act.start, (envelope > 0.35).astype(float))


def nod(curves: Curves, act: Act) -> None:
    """Nods, twice."""
    rows: tuple[Row, ...] = (
        (3, {"Head.dy": -5, "Head.nod": -0.3}, "out-quad"),
        (7, {"Head.dy": 13, "Head.nod": 0.9}, "inout-sine"),
        (11, {"Head.dy": -2, "Head.nod": -0.1}, "inout-sine"),
        (15, {"Head.dy": 9, "Head.nod": 0.6}, "inout-sine"),
        (21, {}, "inout-sine"),
    )
    curves.rows(act.start, rows, fit=act.frames)


def shake(curves: Curves, act: Act) -> None:
    """Shakes the head: no."""
    count = act.frames + 1
    envelope = curves.envelope(count, 3, 6)
    swing = np.sin(2 * math.pi * 2.2 * curves.seconds(count))
    curves.add("Head.turn", act.start, envelope * 0.75 * swing)
    curves.add("Head.rot", act.start, envelope * 2.5 * swing)


def laugh(curves: Curves, act: Act) -> None:
    """Laughs from the belly: the body bounces, the head is thrown back."""
    count = act.frames + 1
    envelope = curves.envelope(count, 5, 7)
    t = curves.seconds(count)
    ha = np.abs(np.sin(math.pi * 4.6 * t))
    curves.add("sy", act.start, 1 + envelope * (0.045 * ha - 0.015))
    curves.add("sx", act.start, 1 - envelope * (0.03 * ha - 0.01))
    curves.add("Head.dy", act.start, envelope * -10 * ha)
    curves.add("Head.rot", act.start, envelope * (-5 + 2 * np.sin(2 * math.pi * 2.3 * t)))
    curves.add("torso.rot", act.start, envelope * 2 * np.sin(2 * math.pi * 2.3 * t))
    for side, sign in (("Left", -1.0), ("Right", 1.0)):
        curves.add(f"{side} Arm.rot", act.start, envelope * sign * (16 + 12 * ha))


def mock(curves: Curves, act: Act) -> None:
    """The mean copy of a dance: waggles, hands up like rabbit ears, hops that are too heavy."""
    count = act.frames + 1
    envelope = curves.envelope(count, 6, 7)
    beat = curves.seconds(count) * 2.15
    swing = np.sin(math.pi * beat)
    stomp = np.abs(np.sin(math.pi * beat)) ** 0.7
    curves.add("rot", act.start, envelope * 7.5 * swing)
    curves.add("y", act.start, envelope * -curves.scale * 42 * stomp)
    curves.add("sy", act.start, 1 + envelope * (0.05 * stomp - 0.07 * (1 - stomp) ** 2))
    curves.add("sx", act.start, 1 - envelope * (0.04 * stomp - 0.06 * (1 - stomp) ** 2))
    curves.add("Head.rot", act.start, envelope * -7 * np.sin(math.pi * beat - 0.5))
    for side, sign in (("Left", -1.0), ("Right", 1.0)):
        flap = 0.5 + 0.5 * np.sin(2 * math.pi * beat + (0 if sign > 0 else 1.2))
        curves.add(f"{side} Arm.rot", act.start, envelope * sign * (96 + 34 * flap))


def bonk(curves: Curves, act: Act) -> None:
    """Is hit from the left of the picture: squeezed, eyes shut, rings out."""
    sign = -1.0 if act.word("side", "left") == "right" else 1.0
    rows: tuple[Row, ...] = (
        (2, {"sx": 0.8, "sy": 1.14, "rot": sign * 12, "Head.rot": sign * 13, "Head.dx": sign * 18}, "out-quad"),
        (6, {"sx": 1.13, "sy": 0.9, "rot": -sign * 5, "Head.rot": -sign * 9}, "inout-sine"),
        (11, {"sx": 0.96, "sy": 1.03, "rot": sign * 3, "Head.rot": sign * 5}, "inout-sine"),
        (17, {"rot": -sign * 1.2, "Head.rot": -sign * 2}, "inout-sine"),
        (24, {}, "inout-sine"),
    )
    curves.rows(act.start, rows)
    blink(curves, act.start, shut=8)


def breathe(curves: Curves, act: Act) -> None:
    """One deep breath: eyes close, chest and shoulders rise, a moment of nothing, and out."""
    unit = act.frames / 54
    rows: tuple[Row, ...] = (
        (6, {"sy": 0.985, "sx": 1.008, "Head.dy": 5}, "inout-sine"),
        (27, {"sy": 1.052, "sx": 0.978, "Head.dy": -11, "Left Arm.rot": -13, "Right Arm.rot": 13}, "inout-sine"),
        (33, {"sy": 1.056, "sx": 0.976, "Head.dy": -12, "Left Arm.rot": -14, "Right Arm.rot": 14}, "linear"),
        (48, {"sy": 0.99, "sx": 1.006, "Head.dy": 3}, "inout-sine"),
        (54, {}, "inout-sine"),
    )
    curves.rows(act.start, rows, fit=act.frames)
    blink(curves, act.start + round(3 * unit), shut=28 * unit / curves.unit)


def droop(curves: Curves, act: Act) -> None:
    """Sinks: a small give before, then everything hangs (the pose itself is held until something else comes)."""
    rows: tuple[Row, ...] = (
        (5, {"sy": 1.015, "Head.dy": -6}, "out-quad"),
        (18, {"sy": 0.985, "sx": 1.01, "torso.dy": 4}, "inout-sine"),
        (30, {"torso.dy": 2}, "inout-sine"),
        (44, {}, "inout-sine"),
    )
    curves.rows(act.start, rows)


def perk(curves: Curves, act: Act) -> None:
    """Springs up: gathers for a moment, then ears and body shoot up past their rest."""
    rows: tuple[Row, ...] = (
        (4, {"sy": 0.95, "sx": 1.03, "Head.dy": 12, "Left Ear.bend": 12, "Right Ear.bend": -12}, "out-quad"),
        (7, {"sy": 1.06, "sx": 0.97, "Head.dy": -14, "Left Ear.sy": 1.16, "Right Ear.sy": 1.16}, "out-quad"),
        (12, {"sy": 0.99, "sx": 1.005, "Left Ear.sy": 0.96, "Right Ear.sy": 0.96}, "inout-sine"),
        (18, {"Left Ear.sy": 1.02, "Right Ear.sy": 1.02}, "inout-sine"),
        (26, {}, "inout-sine"),
    )
    curves.rows(act.start, rows)


def shrink(curves: Curves, act: Act) -> None:
    """Makes itself small: head between the shoulders, arms in."""
    count = act.frames + 1
    envelope = curves.envelope(count, 9, 9)
    tremble = np.sin(2 * math.pi * 7 * curves.seconds(count))
    curves.add("sy", act.start, 1 - 0.14 * envelope)
    curves.add("sx", act.start, 1 - 0.08 * envelope)
    curves.add("Head.dy", act.start, envelope * 20)
    curves.add("torso.dx", act.start, envelope * 1.2 * tremble)
    for side, sign in (("Left", 1.0), ("Right", -1.0)):
        curves.add(f"{side} Arm.rot", act.start, envelope * sign * 17)
        curves.add(f"{side} Ear.bend", act.start, envelope * sign * 48)


def lean(curves: Curves, act: Act) -> None:
    """Leans over: to the left or right of the picture."""
    sign = -1.0 if act.word("to", "right") == "left" else 1.0
    envelope = curves.envelope(act.frames + 1, 8, 9)
    curves.add("torso.rot", act.start, envelope * sign * 9)
    curves.add("Head.rot", act.start, envelope * sign * 5)


def clap(curves: Curves, act: Act) -> None:
    """Claps before the chest."""
    count = act.frames + 1
    envelope = curves.envelope(count, 5, 6)
    meet = np.abs(np.sin(math.pi * 3.2 * curves.seconds(count)))
    for side, sign in (("Left", -1.0), ("Right", 1.0)):
        curves.add(f"{side} Arm.rot", act.start, envelope * sign * (-18 + 48 * meet))
        curves.override(f"{side} Arm.front", act.start, (envelope > 0.2).astype(float))
    curves.add("y", act.start, envelope * -curves.scale * 14 * meet)


def wink(curves: Curves, act: Act) -> None:
    """Winks with one eye, the head tilting to it."""
    side = "Right" if act.word("side", "left") == "right" else "Left"
    sign = -1.0 if side == "Right" else 1.0
    curves.add("Head.rot", act.start, curves.envelope(act.frames + 1, 5, 7) * sign * 5)
    shut = max(act.frames / curves.unit - 6, 2)
    blink(curves, act.start, (side,), shut)


def type_(curves: Curves, act: Act) -> None:
    """Types: both hands busy before the chest, the head down."""
    count = act.frames + 1
    envelope = curves.envelope(count, 6, 6)
    t = curves.seconds(count)
    for side, sign, rate in (("Left", -1.0, 5.1), ("Right", 1.0, 5.7)):
        curves.add(f"{side} Arm.rot", act.start, envelope * sign * (-14 + 6 * np.sin(2 * math.pi * rate * t)))
        curves.override(f"{side} Arm.front", act.start, (envelope > 0.2).astype(float))
    curves.add("Head.dy", act.start, envelope * 8)
    curves.add("Head.nod", act.start, envelope * 0.5)


def think(curves: Curves, act: Act) -> None:
    """Wonders: head to one side, a hand at the chin, eyes up."""
    envelope = curves.envelope(act.frames + 1, 8, 8)
    curves.add("Head.rot", act.start, envelope * 8)
    curves.add("gaze.x", act.start, envelope * 0.5)
    curves.add("gaze.y", act.start, envelope * -0.7)
    curves.add("Right Arm.rot", act.start, envelope * -44)
    curves.override("Right Arm.front", act.start, (envelope > 0.3).astype(float))


def reach_for(curves: Curves, act: Act) -> None:
    """Reaches for a point: `x` and `y` in the drawing's units from the feet, with the arm that `side` says."""
    part = "Left Arm" if act.word("side", "left") == "left" else "Right Arm"
    limb = curves.rig.limbs.get(part)
    if limb is None:
        return
    lower = next((name for name, carrier in curves.rig.carriers.items() if carrier == part and name != limb.tip), "")
    if not lower:
        limb = replace(limb, elbow=limb.hand, bones=(math.dist(limb.shoulder, limb.hand), 0.0))
    feet = curves.rig.feet
    found = reach(limb, feet[0] + act.number("x", 0.0), feet[1] + act.number("y", -600.0))
    envelope = curves.envelope(act.frames + 1, 8, 9)
    inside = np.clip(np.arange(act.start, act.start + len(envelope)), 0, curves.length - 1)
    # an arm that reaches swings no more: what moved it before would carry the hand past the point
    curves.add(f"{part}.rot", act.start, envelope * (found.shoulder - curves.of(f"{part}.rot")[inside]))
    for size in ("sx", "sy"):
        # both alike, for an arm's own direction is neither axis of its drawing
        curves.add(f"{part}.{size}", act.start, 1 + envelope * (found.length - 1))
    if lower:
        curves.add(f"{lower}.rot", act.start, envelope * (found.elbow - curves.of(f"{lower}.rot")[inside]))
    curves.override(f"{part}.front", act.start, (envelope > 0.4).astype(float))
