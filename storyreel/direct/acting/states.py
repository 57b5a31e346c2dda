"""What is held until something else comes: the face, the gaze, the turn of the head, a named pose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from storyreel.direct.acting.curves import Array, Curves, is_factor
from storyreel.direct.acting.idle import blink
from storyreel.direct.acting.model import Act
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.timeline.easing import easing

_SWITCHES = (".show", ".front")
Change = tuple[int, Mapping[str, float], float, str]
"""From which frame, to which channel values, in how many thirtieths of a second, how eased."""


def held(curves: Curves, changes: Sequence[Change]) -> None:
    """Adds channels that go from one held set of values to the next."""
    names = {name for _, values, _, _ in changes for name in values if name != "mouth"}
    for name in sorted(names):
        rest = 1.0 if is_factor(name) else 0.0
        if name.endswith(_SWITCHES):
            _switch(curves, name, changes)
            continue
        curve = np.full(curves.length, rest)
        for start, values, thirtieths, ease in changes:
            if start >= curves.length:
                continue
            begin = max(start, 0)
            here, goal = curve[begin], values.get(name, rest)
            frames = round(thirtieths * curves.unit)
            shape = easing(ease)
            for frame in range(begin, curves.length):
                progress = (frame - start) / frames if frames else 1.0
                if progress >= 1:
                    curve[frame:] = goal
                    break
                curve[frame] = here + (goal - here) * shape(progress)
        curves.add(name, 0, curve)


def _switch(curves: Curves, name: str, changes: Sequence[Change]) -> None:
    for start, values, _, _ in changes:
        if start < curves.length and (name in values or name in curves.channels):
            default = 0.0 if name.endswith(".front") else 1.0
            curves.of(name)[max(start, 0) :] = values.get(name, default)


def _named(act: Act, key: str, known: Mapping[str, Mapping[str, float]], what: str) -> Mapping[str, float]:
    name = act.word(key, "")
    if name in ("neutral", "rest"):
        return known.get(name, {})
    if name not in known:
        raise StoryreelError(f"this puppet has no {what} '{name}'{did_you_mean(name, known)}")
    return known[name]


def faces(curves: Curves, acts: Sequence[Act]) -> Array:
    """Adds every change of expression, with a blink to hide each; gives the mouth of the face at every frame."""
    mouth = np.full(curves.length, float(_neutral(curves)))
    changes: list[Change] = []
    for act in acts:
        values = _named(act, "expression", curves.rig.faces, "face")
        at_once = act.start <= 0
        changes.append((act.start, values, 0 if at_once else 5, "out-back"))
        if not at_once:
            blink(curves, act.start - round(curves.unit), shut=1)
        mouth[max(act.start + round(2 * curves.unit) * (not at_once), 0) :] = values.get("mouth", _neutral(curves))
    held(curves, changes)
    return mouth


def _neutral(curves: Curves) -> int:
    return curves.rig.mouths.index("Neutral") if "Neutral" in curves.rig.mouths else 0


def poses(curves: Curves, acts: Sequence[Act]) -> None:
    """Adds every held pose; droop and perk are poses with a timing of their own."""
    changes: list[Change] = []
    for act in acts:
        if act.kind == "droop":
            changes.append((act.start, curves.rig.poses.get("droop", {}), 22, "inout-cubic"))
        elif act.kind == "perk":
            changes.append((act.start + round(4 * curves.unit), {}, 16, "out-elastic"))
        else:
            values = _named(act, "pose", curves.rig.poses, "pose")
            changes.append((act.start, values, 0 if act.start <= 0 else 10, "inout-cubic"))
    held(curves, changes)


def gazes(curves: Curves, acts: Sequence[Act]) -> None:
    """Adds where the eyes go (fast, in two or three frames) and how far the head turns after them (slower)."""
    eyes: list[Change] = []
    head: list[Change] = []
    for act in acts:
        if act.kind == "turn":
            head.append((act.start, {"Head.turn": act.number("amount", 0.0)}, 9, "inout-sine"))
            continue
        x, y = act.number("gx", 0.0), act.number("gy", 0.0)
        at_once = act.start <= 0
        eyes.append((act.start, {"gaze.x": 0.8 * x, "gaze.y": 0.8 * y}, 0 if at_once else 3, "out-quad"))
        turned = {"Head.turn": 0.62 * x, "Head.nod": 0.6 * y, "Head.rot": 2.2 * x, "Head.dy": 5 * max(y, 0)}
        head.append((act.start + (0 if at_once else round(2 * curves.unit)), turned, 0 if at_once else 9, "out-back"))
        if abs(x) > 0.5 and not at_once:
            blink(curves, act.start, shut=1)
    held(curves, eyes)
    held(curves, head)
