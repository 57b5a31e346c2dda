"""What is held until something else comes: the face, the gaze, the turn of the head, a named pose."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest

import numpy as np

from storyreel.direct.acting.act import Act
from storyreel.direct.acting.anatomy import meeting
from storyreel.direct.acting.curves import Array, Curves, is_factor, smooth
from storyreel.direct.acting.idle import blink
from storyreel.direct.acting.motor import chase
from storyreel.direct.acting.overlap import SWING, lateness, later, swings
from storyreel.direct.acting.shoulders import HANDS
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.timeline.easing import easing

_SWITCHES = (".show", ".front")
_SHAPES = (*HANDS, "Mitt")
_FACE, _POSE, _QUICKEST = 5.0, 9.0, 2.0
"""Thirtieths of a second in which a face and a pose change."""
_EAR_FALLS = 74.0
"""By how much an ear that falls turns about its root, beside its bend: bent alone, it stands off to the side."""
_PAWS = 0.9
"""How far arms reach that hold each other's paws."""
_SHOULDERS = (10.0, -4.0)
"""How far shoulders are drawn in and up, in thousandths of the body's height."""
_HEAD_SHARE = 0.54
"""How much of a gaze the head takes over."""
_DRIFT, _SETTLES = 0.03, 20.0
"""The share of its way by which what is held drifts on, and the thirtieths in which two thirds of that are done."""
_HEAD_LATE, _BODY_LATE = 2.0, 4.0
"""Thirtieths by which the head is told of a gaze after the eyes, and the body after the head; weight adds to both."""
Change = tuple[int, Mapping[str, float], float, str]
"""From which frame, to which channel values, in how many thirtieths of a second, how eased."""


def held(curves: Curves, changes: Sequence[Change], overlaps: bool = False) -> None:
    """Adds channels that go from one held set of values to the next, from wherever they are by then.

    Where their action overlaps, parts set off one after another, and limbs swing.
    """
    ways: _Ways = ({}, {})
    for name in sorted({name for _, values, _, _ in changes for name in values}):
        rest = 1.0 if is_factor(name) else 0.0
        late = lateness(name, _SHAPES) * curves.unit if overlaps else 0.0
        if name.endswith(_SWITCHES):
            _switch(curves, name, changes, late)
            continue
        told = [
            (at + _late(late, thirtieths), values.get(name, rest), thirtieths, ease)
            for at, values, thirtieths, ease in changes
        ]
        curves.add(name, _going(curves, told, rest, ways, SWING if overlaps and swings(name) else ""))


_Ways = tuple[dict[tuple[int, float, str], Array], dict[tuple[int, float], Array]]
"""Ways from one value to the next, and how they drift on, by when they begin, how long they take and how."""


def _going(
    curves: Curves, changes: Sequence[tuple[int, float, float, str]], rest: float, ways: _Ways, swing: str = ""
) -> Array:
    """A value that goes from goal to goal, each by its own easing or, where it is given, by `swing`."""
    curve = np.full(curves.length, rest)
    eased, drifts = ways
    for start, goal, thirtieths, ease in changes:
        if start >= curves.length:
            continue
        begin = max(start, 0)
        here = float(curve[begin])
        if goal == here:
            curve[begin:] = here
            continue
        way = (start, thirtieths, swing or ease)
        if way not in eased:
            eased[way] = _eased(curves, *way)
        gone = here + (goal - here) * eased[way]
        if curves.lively:
            if way[:2] not in drifts:
                drifts[way[:2]] = _drifted(curves, *way[:2])
            gone += _DRIFT * (goal - here) * drifts[way[:2]]
        curve[begin:] = gone
    return curve


def _eased(curves: Curves, start: int, thirtieths: float, ease: str) -> Array:
    """How far a change has come at each frame from its start on, or from the scene's."""
    begin = max(start, 0)
    done = np.ones(curves.length - begin)
    if thirtieths:
        risen = _risen(ease, thirtieths * curves.unit, begin - start)[: len(done)]
        done[: len(risen)] = risen
    return done


@lru_cache(maxsize=256)
def _risen(ease: str, span: float, since: int) -> tuple[float, ...]:
    """How far a change that takes `span` frames has come at each of them, from the frame `since` its start on."""
    curve = easing(ease)
    return tuple(curve(share) for share in (frame / span for frame in range(since, math.ceil(span))) if share < 1)


def _drifted(curves: Curves, start: int, thirtieths: float) -> Array:
    """How far what is held has drifted on at each frame, of all the way that it drifts."""
    on = np.maximum((curves.frames[max(start, 0) :] - start) / curves.unit - thirtieths, 0) / _SETTLES
    return np.asarray(1 - (1 + on) * np.exp(-on))


def _late(frames: float, thirtieths: float) -> int:
    """By how many frames a part sets off later in a change that takes so long: by less in a hurry."""
    return round(frames * min(thirtieths / _POSE, 1.0))


def _switch(curves: Curves, name: str, changes: Sequence[Change], late: float = 0.0) -> None:
    set_by = [values[name] for _, values, _, _ in changes if name in values]
    # What a pose shows is hidden at rest, and the other way round.
    rest = curves.rig.worn.get(name, 0.0 if name.endswith(".front") else 1.0 - set_by[0])
    if not curves.has(name):
        curves.channels[name] = np.full(curves.length, rest)
    for at, values, thirtieths, _ in changes:
        start = at + _late(late, thirtieths)
        if start < curves.length:
            curves.channels[name][max(start, 0) :] = values.get(name, rest)


def controls(curves: Curves, pose: Mapping[str, float]) -> dict[str, float]:
    """A pose of the rig in the terms of acting: the root's squash is the body's, arms are lifted, widths follow."""
    found: dict[str, float] = {}
    arms = {arm.part: (side, arm) for side, arm in curves.body.arms.items()}
    for channel, value in pose.items():
        part, _, what = channel.rpartition(".")
        if part == curves.rig.root:
            if what in ("sy", "rot"):
                found[what] = value
        elif part in arms and what == "rot":
            side, arm = arms[part]
            found[f"{side} Arm.lift"] = arm.lift(value)
        elif channel != "mouth":
            found[channel] = value
    return found


def sunk(curves: Curves) -> dict[str, float]:
    """The pose of one who has lost heart: the rig's own, ears that hang beside the head, and paws that hold each other.

    Only a body whose head stands on shoulders has arms that meet before it.
    """
    rig, body = curves.rig, curves.body
    found = controls(curves, rig.poses.get("droop", {}))
    head = rig.pivots.get("Head", (body.middle, 0.0))
    for spring in rig.springs:
        if spring.part.endswith("Ear") and math.sin(math.radians(spring.axis)) < 0:
            out = math.copysign(1.0, rig.pivots[spring.part][0] - head[0])
            found[f"{spring.part}.rot"] = _EAR_FALLS * out
            found[f"{spring.part}.bend"] = 1.4 * spring.limit * out
    if body.all_head:
        return found
    found["Head.rot"] = found.get("Head.rot", 0.0) + 4.0
    found["brows.rot"] = 6.0
    for side, arm in body.arms.items():
        found[f"{side} Arm.lift"] = meeting(body, side, _PAWS) - arm.rest
        found[f"{side} Arm.reach"] = _PAWS
        found[f"{side} Arm.dx"] = -_SHOULDERS[0] * arm.outward * curves.mil
        found[f"{side} Arm.dy"] = _SHOULDERS[1] * curves.mil
    return found


def named(act: Act, key: str, known: Mapping[str, Mapping[str, float]], what: str) -> Mapping[str, float]:
    """A face or a pose by the name that an act gives.

    Raises:
        StoryreelError: the rig has none of that name.
    """
    name = act.word(key, "")
    if name in ("neutral", "rest"):
        return known.get(name, {})
    if name not in known:
        raise StoryreelError(f"this puppet has no {what} '{name}'{did_you_mean(name, known)}")
    return known[name]


def faces(curves: Curves, acts: Sequence[Act]) -> Array:
    """Adds every change of expression, with a blink to hide each; gives the mouth of the face at every frame.

    Raises:
        StoryreelError: the rig has no face of that name.
    """
    mouth = np.full(curves.length, float(neutral(curves)))
    changes: list[Change] = []
    before = "neutral"
    for act in acts:
        values = named(act, "expression", curves.rig.faces, "face")
        at_once = act.start <= 0 or curves.rig.celled
        changes.append((act.start, controls(curves, values), 0 if at_once else _FACE, "out-back"))
        if not at_once:
            # Eyes that widen have no time to shut, and what stays as it is hides nothing.
            if act.word("expression", "") not in ("surprised", before):
                blink(curves, act.start - 0.5 * curves.unit)
            since = (curves.frames - act.start) / curves.unit
            curves.add("Head.y", np.where(since > 0, -5 * np.sin(np.pi * np.clip(since / 11, 0, 1)), 0.0))
        begin = max(act.start + (0 if at_once else round(2 * curves.unit)), 0)
        mouth[begin:] = values.get("mouth", float(neutral(curves)))
        before = act.word("expression", "neutral")
        curves.moods[begin:] = [act.word("expression", "neutral")] * (curves.length - min(begin, curves.length))
    held(curves, changes)
    return mouth


def neutral(curves: Curves) -> int:
    """The index of the mouth at rest."""
    return curves.rig.mouths.index("Neutral") if "Neutral" in curves.rig.mouths else 0


def poses(curves: Curves, acts: Sequence[Act]) -> None:
    """Adds every held pose; droop and perk are poses with a timing of their own.

    Raises:
        StoryreelError: the rig has no pose of that name.
    """
    changes: list[Change] = []
    nexts = [act.start for act in acts[1:]]
    for act, until in zip_longest(acts, nexts):
        begin = act.start
        if act.kind == "droop":
            changes.append((begin + round(4 * curves.unit), sunk(curves), 13, "inout-sine"))
        elif act.kind == "perk":
            changes.append((begin + round(5 * curves.unit), {}, 4, "out-quad"))
        else:
            values = controls(curves, named(act, "pose", curves.rig.poses, "pose"))
            if act.word("pose", "") == "droop":
                values = sunk(curves)
            at_once = begin <= 0 or curves.rig.celled
            over = _POSE if until is None or not curves.lively else _in_time((until - begin) / curves.unit)
            changes.append((begin, values, 0 if at_once else over, "inout-cubic" if over == _POSE else "inout-sine"))
            since = (curves.frames - begin) / curves.unit
            if not at_once and curves.lively:
                _gathered(curves, since, over / _POSE)
            elif not at_once:
                curves.add("sy", 1 - 0.03 * np.sin(np.pi * smooth(since / 8)))
    held(curves, changes, overlaps=curves.lively)


def _in_time(gap: float) -> float:
    """How long a pose takes when another one follows after `gap`, in thirtieths: it is there before that begins."""
    return min(max(gap, _QUICKEST), _POSE)


def _gathered(curves: Curves, since: Array, share: float) -> None:
    """A body gathers before it takes up a pose, comes up past it and settles; less of it, for a `share`, in a hurry."""
    down = smooth(since / 3.5) * smooth((8.5 - since) / 5)
    up = smooth((since - 5) / 4) * smooth((16 - since) / 8)
    calm = share * (1 - 0.7 * curves.busy)
    curves.add("sy", 1 + calm * (0.035 * up - 0.06 * down))
    curves.add("hips.y", calm * (12.0 * down - 2.0 * up))
    curves.add("Head.y", calm * (9.0 * down - 6.0 * up))


def gazes(curves: Curves, acts: Sequence[Act]) -> None:
    """Adds where the eyes go, and the head after them: the eyes are there in three frames, blink on a long way, and
    come back to the middle as far as the head takes over."""
    eyes: list[Change] = []
    heads: list[Change] = []
    turns: list[Change] = []
    for act in acts:
        at_once = act.start <= 0
        if act.kind == "turn":
            turns.append((act.start, {"turn": act.number("amount", 0.0)}, 0 if at_once else 9, "inout-sine"))
            if curves.lively and not at_once:
                _wind_up(curves, act)
            continue
        x, y = act.number("gx", 0.0), act.number("gy", 0.0)
        share = act.number("head", 1.0) * _HEAD_SHARE
        eyes.append((act.start, {"x": x, "y": y}, 0 if at_once else 3, "out-quad"))
        late = 0 if at_once else round((_HEAD_LATE if curves.lively else 2.5) * curves.unit)
        heads.append((act.start + late, {"x": share * x, "y": share * y}, 0 if at_once else 8, "inout-sine"))
        if abs(x) > 0.5 and not at_once:
            blink(curves, act.start)
    if eyes:
        gaze_x, gaze_y = _lines(curves, eyes, "x", "y")
        head = np.array(_lines(curves, heads, "x", "y"))
        seen = chase(head, curves.rate, 5.0, 0.8)
        curves.add("gaze.x", np.clip(gaze_x - 0.45 * seen[0], -1, 1))
        curves.add("gaze.y", np.clip(gaze_y - 0.4 * seen[1], -1, 1))
        curves.add("Head.turn", head[0])
        curves.add("Head.nod", head[1])
        curves.add("Head.rot", 3.7 * head[0])
        curves.add("Head.x", 6 * head[0])
        curves.add("Head.y", 6 * head[1])
        if curves.lively:
            body = later(head[0], round(_BODY_LATE * curves.unit))
            curves.add("chest.rot", 2.2 * body)
            curves.add("hips.x", 4.0 * body)
        else:
            curves.add("chest.rot", 1.2 * head[0])
    if turns:
        (turned,) = _lines(curves, turns, "turn")
        curves.add("Head.turn", turned)
        curves.add("gaze.x", 0.35 * turned)


def _wind_up(curves: Curves, act: Act) -> None:
    """A turn begins the other way, and goes through a dip: a head moves in arcs."""
    t = (curves.frames - act.start) / curves.unit
    back, dip = (np.sin(math.pi * np.clip(share, 0, 1)) ** 2 for share in ((t + 4) / 7, t / 10))
    curves.add("Head.turn", -0.14 * act.number("amount", 0.0) * back)
    curves.add("Head.y", 6.0 * dip)


def _lines(curves: Curves, changes: Sequence[Change], *names: str) -> list[Array]:
    """Held values over the scene, apart from all channels."""
    ways: _Ways = ({}, {})
    return [
        _going(curves, [(at, values.get(name, 0.0), over, ease) for at, values, over, ease in changes], 0.0, ways)
        for name in names
    ]
