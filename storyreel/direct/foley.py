"""Effects that follow from the action by themselves: a stamp stomps, blocks clack, a switch clicks."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from storyreel.direct.acting import Act, moments
from storyreel.script.models import Part
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import EffectCue
from storyreel.timeline.wall import landings

_ACTS: dict[tuple[str, str], tuple[str, float]] = {
    ("stamp", "takeoff"): ("spring", -9.0),
    ("stamp", "slam"): ("stomp", 0.0),
    ("enter", "land"): ("pop", -12.0),
    ("hop", "land"): ("pop", -16.0),
    ("jump", "land"): ("thump", -10.0),
    ("droop", "start"): ("droop", -9.0),
    ("perk", "up"): ("boing", -8.0),
    ("breathe", "in"): ("inhale", -6.0),
    ("breathe", "out"): ("exhale", -8.0),
    ("bonk", "hit"): ("bonk", 0.0),
    ("tumble", "start"): ("tumble", -6.0),
    ("cheer", "up"): ("sparkle", -9.0),
}
"""What sounds at which moment of which act, and how loud (dB)."""

_SHOWN = {"title": "sparkle", "switch": "pop", "badge": "ding", "comment": "notification"}


def act_effects(acts: Iterable[Act], start: int, clock: Clock, seed: int) -> list[EffectCue]:
    """The effects of an actor's acts; `start` is the scene's first film frame."""
    return [
        EffectCue(*_named(act.kind, moment, start + frame), seed=seed + index)
        for act in acts
        for index, (moment, frame) in enumerate(moments(act.kind, dict(act.values), act.start, act.end, clock))
        if (act.kind, moment) in _ACTS
    ]


def _named(kind: str, moment: str, frame: int) -> tuple[str, int, float]:
    effect, gain = _ACTS[kind, moment]
    return effect, frame, gain


def show_effects(kind: str, frame: int, seed: int) -> list[EffectCue]:
    """What a prop sounds like as it comes into the picture; `frame` is a film frame."""
    return [EffectCue(_SHOWN.get(kind, "pop"), frame, -12.0, seed=seed)]


def play_effects(model: Any, frame: int, clock: Clock, seed: int) -> list[EffectCue]:
    """A wall's blocks clack as they land, each at its own pitch."""
    if model.kind != "wall":
        return []
    return [
        EffectCue("block-clack", frame + clock.frames(Fraction(seconds)), -9.0, seed=index)
        for index, seconds in enumerate(landings(model.columns, model.rows, seed))
    ]


def leave_effects(part: Part, frame: int) -> list[EffectCue]:
    """What a prop sounds like as it goes."""
    return [EffectCue("slide-whistle-down" if part.how == "tumble" else "swish", frame, -6.0)]
