"""Effects that follow from the action by themselves: a stamp stomps, blocks clack, a switch clicks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from storyreel.direct.acting import Act, moments
from storyreel.script.models import Part
from storyreel.script.props import Prop, Wall
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import EffectCue
from storyreel.timeline.wall import landings

Foley = Mapping[tuple[str, str], tuple[str, float]]
"""An effect and its level in dB, by (act, moment); of things by (kind or `thing`, `shown`) and (`thing` or
`tumbling`, `gone`)."""

NEUTRAL: Foley = {
    ("stamp", "slam"): ("stomp", 0.0),
    ("enter", "land"): ("thump", -16.0),
    ("hop", "land"): ("thump", -18.0),
    ("jump", "land"): ("thump", -10.0),
    ("breathe", "in"): ("inhale", -6.0),
    ("breathe", "out"): ("exhale", -8.0),
    ("bonk", "hit"): ("thump", -2.0),
    ("tumble", "start"): ("tumble", -6.0),
    ("comment", "shown"): ("notification", -12.0),
    ("switch", "shown"): ("click", -12.0),
    ("thing", "shown"): ("swish", -16.0),
    ("thing", "gone"): ("swish", -6.0),
}
"""What sounds in every look that says nothing else, and how loud (dB)."""


def act_effects(acts: Iterable[Act], start: int, clock: Clock, seed: int, own: Foley) -> list[EffectCue]:
    """The effects of an actor's acts; `start` is the scene's first film frame, `own` are the look's."""
    known = {**NEUTRAL, **own}
    return [
        EffectCue(known[act.kind, moment][0], start + frame, known[act.kind, moment][1], seed=seed + index)
        for act in acts
        for index, (moment, frame) in enumerate(moments(act.kind, dict(act.values), act.start, act.end, clock))
        if (act.kind, moment) in known
    ]


def show_effects(kind: str, frame: int, seed: int, own: Foley) -> list[EffectCue]:
    """What a prop sounds like as it comes into the picture; `frame` is a film frame."""
    effect, gain = _of_thing(kind, "shown", own)
    return [EffectCue(effect, frame, gain, seed=seed)]


def play_effects(model: Prop, frame: int, clock: Clock, seed: int) -> list[EffectCue]:
    """A wall's blocks clack as they land, each at its own pitch."""
    if not isinstance(model, Wall):
        return []
    return [
        EffectCue("block-clack", frame + clock.frames(Fraction(seconds)), -9.0, seed=index)
        for index, seconds in enumerate(landings(model.columns, model.rows, seed))
    ]


def leave_effects(part: Part, frame: int, own: Foley) -> list[EffectCue]:
    """What a prop sounds like as it goes."""
    effect, gain = _of_thing("tumbling" if part.how == "tumble" else "thing", "gone", own)
    return [EffectCue(effect, frame, gain)]


def _of_thing(kind: str, moment: str, own: Foley) -> tuple[str, float]:
    """The effect of a kind of thing, or else of any thing."""
    known = {**NEUTRAL, **own}
    return known.get((kind, moment)) or known["thing", moment]
