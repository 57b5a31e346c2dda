"""Shoulders and hands: a raised arm takes its shoulder along, bends at the elbow, and keeps its hand off the cheek."""

from __future__ import annotations

import numpy as np

from storyreel.direct.acting.anatomy import SIDES, Arm
from storyreel.direct.acting.curves import Array, Curves, smooth

_BENT = 26.0
"""Degrees that an elbow is bent besides in an arm that swings straight out."""
HANDS = ("Palm", "Point", "Wave", "Hold", "Fist", "Press", "Little", "Fingertip")
"""Hands that a drawing may have beside the one at rest (`Mitt`), by their names behind the side's."""
_RISE, _OUT = 0.16, 0.15
"""How far a shoulder goes up and out under an arm that is raised, as shares of the arm's length."""
_EASY = 84.0
"""Up to this lift an arm is raised by its shoulder alone; what is beyond it is mostly the elbow's."""
_UPPER, _STIFF = 0.34, 0.55
"""The share of what is beyond that the upper arm does; without an elbow, the share that is done at all."""
_FOLD = 0.62
_SLACK = 0.22
"""Degrees that an elbow gives for each that the arm is lifted from rest: no arm goes up like a stick."""


def raised(curves: Curves, arm: Arm, lift: Array) -> tuple[Array, Array, Array]:
    """Lifts the shoulder; gives the upper arm's lift, the forearm's turn on top of it, and the arm's length.

    A pose that sets the forearm itself has drawn the arm as it is to be: then only the shoulder goes along.
    """
    up = smooth((lift - arm.rest - 12) / 95)
    curves.add(f"{arm.part}.dy", -_RISE * arm.length * up)
    curves.add(f"{arm.part}.dx", arm.outward * _OUT * arm.length * up)
    drawn = np.zeros(curves.length)
    if arm.forearm:
        drawn = np.clip(np.abs(curves.of(f"{arm.forearm}.rot")) / 15, 0, 1)
    # What is beyond sets in softly: a corner in the lift would be seen.
    beyond = 6 * np.logaddexp(0, (lift - _EASY) / 6)
    free = 1 - drawn
    if not arm.forearm:
        return lift - (1 - _STIFF) * beyond, np.zeros(curves.length), 1 + 0.1 * smooth((lift - _EASY) / 60)
    upper = lift - (1 - _UPPER) * beyond * free
    fold = (_FOLD * beyond + _SLACK * np.clip(np.minimum(lift, _EASY) - arm.rest, 0, None)) * free
    swung = curves.swung.get(f"{arm.part}.lift", np.zeros(curves.length))
    fold += _BENT * swung * free * smooth((lift - 40) / 30) * smooth((125 - lift) / 30)
    return upper, -arm.outward * fold, np.ones(curves.length)


def show_hands(curves: Curves) -> None:
    """Shows the hands that acts have asked for, each the first that the puppet has; else what its pose shows."""
    for side in SIDES:
        rest = f"{side} Mitt"
        own = [name for name in HANDS if curves.rig.has(f"{side} {name}")]
        wanted = [(when, names) for which, when, names in curves.hands if which == side]
        if not curves.rig.has(rest) or not own or not wanted:
            continue
        for when, names in wanted:
            chosen = next((name for name in names if name in own), None)
            if chosen is None:
                continue
            for name in ("Mitt", *own):
                channel = f"{side} {name}.show"
                if not curves.has(channel):
                    known = curves.rig.worn.get(channel, float(name == "Mitt"))
                    curves.channels[channel] = np.full(curves.length, known)
                curves.channels[channel] = np.where(when, float(name == chosen), curves.channels[channel])
