"""Going through a door: it swings open for whoever comes, lets them pass, and falls shut behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from storyreel.direct.acting import Act
from storyreel.direct.cast import Performer
from storyreel.direct.reactions import swung
from storyreel.direct.things import Thing
from storyreel.script.props import Door
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import settings

_SWING, _PASS, _EARLY = Fraction(9, 30), Fraction(8, 30), Fraction(14, 30)
"""Seconds in which a door swings, in which somebody passes it, and by which it opens before they are there."""
_DEEP = 0.9
"""How large somebody is beyond the door, as a factor."""
_OPEN = 0.5


def through(acts: Sequence[Act], one: Performer, doors: Mapping[str, Thing], clock: Clock) -> list[Act]:
    """The acts of a part, with the ways that lead through a door as ways to its foot; the door does its share.

    Args:
        acts: what somebody does.
        one: who.
        doors: the things of the scene, by name.
        clock: the film's.
    """
    found = []
    for act in acts:
        door = doors.get(act.word("side", "")) if act.kind in ("enter", "exit") else None
        if door is None or not isinstance(door.model, Door):
            found.append(act)
            continue
        x, y = door.x.at(act.start), door.y.at(act.start) + door.model.height / 2 * door.scale.at(act.start)
        how = act.word("how", "walk")
        values = {**dict(act.values), "x": x, "y": y, "how": "walk" if how == "hop" else how}
        found.append(replace(act, values=settings(values)))
        _pass(act, one, door, clock)
    return found


def passes(act: Act, clock: Clock) -> int:
    """The frame at which somebody is on the threshold."""
    half = clock.frames(_PASS) // 2
    return act.start + half if act.kind == "enter" else max(act.end - half, act.start)


def _pass(act: Act, one: Performer, door: Thing, clock: Clock) -> None:
    swing, lasts = clock.frames(_SWING), min(clock.frames(_PASS), act.frames)
    comes = act.kind == "enter"
    begin = act.start if comes else act.end - lasts
    here, there = (0.0, 1.0) if comes else (1.0, 0.0)
    for line, beyond in ((one.faded, 0.0), (one.grown, _DEEP * one.grown.at(begin))):
        full = one.grown.at(begin) if line is one.grown else 1.0
        line.move(begin, 0, beyond + (full - beyond) * here)
        line.move(begin, lasts, beyond + (full - beyond) * there, "linear")
    opens = begin if comes else max(begin - clock.frames(_EARLY), 0)
    if door.value("open").at(opens) < _OPEN:
        swung(door, opens, swing, 1.0)
        swung(door, begin + lasts + 1, swing, 0.0)
    if not comes:
        one.leaves = act.end
