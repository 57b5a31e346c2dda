"""The music's pulse while directing: which beat it is on at a moment, so that dancers keep time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from storyreel.direct.acting import ACTS, Act
from storyreel.sound.arrangement import asked_in, passages
from storyreel.sound.score import Score
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Held, settings

_PHRASE = 4
"""Beats after which a dance comes round."""


@dataclass(frozen=True)
class Pulse:
    """A tempo, and how many beats into a phrase of four the music is at a moment."""

    tempo: float
    phase: float


def pulse(score: Score, sections: Sequence[tuple[int, str | Held | None]], frame: int, clock: Clock) -> Pulse:
    """The music's pulse at a film frame; `sections` are the film frames from which the score's sections are to play.

    Raises:
        StoryreelError: the score lacks a section.
    """
    at = float(clock.seconds(frame))
    begun = asked_in(score, [one for one in sections if one[0] <= frame], clock)
    playing = passages(score.model_copy(update={"ending": None}), at + 1, begun)
    now = next((one for one in reversed(playing) if one.start <= at), playing[0])
    return Pulse(now.tempo, (at - now.start) / now.beat % _PHRASE)


def by_music(act: Act) -> bool:
    """Whether an act goes by beats, and its author leaves their tempo to the music."""
    return "tempo" in ACTS[act.kind].values and "tempo" not in dict(act.values)


def in_time(act: Act, found: Pulse) -> Act:
    """An act that goes by beats on the music's, as far as its author doesn't say otherwise; any other as it is."""
    if not by_music(act):
        return act
    given = dict(act.values)
    phase = act.number("phase", 0.0) + found.phase
    return replace(act, values=settings({**given, "tempo": found.tempo, "phase": phase}))
