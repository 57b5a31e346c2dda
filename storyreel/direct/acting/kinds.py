"""What the kinds of acts have in common: how each is played, how long it takes, and what happens when in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from storyreel.direct.acting.act import BASE, Act, Span
from storyreel.direct.acting.take import Take
from storyreel.script.vocabulary import Option
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Setting

Values = Mapping[str, Setting]
Moment = tuple[str, float]
"""A moment of an act by name, and when it comes: thirtieths of a second from the act's start."""
Play = Callable[[Take], None]
Find = Callable[[Act, float], Iterable[Moment]]
"""Moments of an act that takes so many thirtieths of a second."""


@dataclass(frozen=True)
class ActKind:
    """A kind of act.

    Attributes:
        natural: thirtieths of a second that it takes where an author doesn't say, or how to tell from its values.
        play: adds it to a body's curves.
        moments: what happens when in it, for effects, props and cameras to wait for: thirtieths of its natural time,
            or how to tell.
        loops: it can be kept up for as long as a beat lasts, and its own time is never stretched.
        slack: where in its natural time (thirtieths) it waits when it is given more; None: it is slowed down evenly.
        values: what may be set; of acts under `do`, by the author.
        holds: its end is held until something else ends it.
    """

    natural: float | Callable[[Values], float]
    play: Play
    moments: tuple[Moment, ...] | Find = ()
    loops: bool = False
    slack: float | None = None
    values: Mapping[str, Option] = field(default_factory=dict)
    holds: bool = False

    def thirtieths(self, values: Values) -> float:
        """The natural length, in thirtieths of a second."""
        return self.natural(values) if callable(self.natural) else self.natural

    def span(self, act: Act) -> Span:
        """The own time of one act of this kind."""
        return Span(self.thirtieths(dict(act.values)), self.loops, self.slack)

    @property
    def seconds(self) -> float:
        """The natural length without any values set, in seconds."""
        return self.thirtieths({}) / BASE

    def placed(self, act: Act, clock: Clock) -> list[tuple[str, int]]:
        """The act's moments as (name, frame)."""
        given = act.frames / float(clock.rate) * BASE
        if callable(self.moments):
            found = list(self.moments(act, given))
        else:
            whole = self.thirtieths(dict(act.values))
            found = [
                (name, at if self.loops else when_given(at, whole, given, self.slack)) for name, at in self.moments
            ]
        return [(name, act.start + round(at / BASE * float(clock.rate))) for name, at in found]


def when_given(at: float, natural: float, given: float, slack: float | None) -> float:
    """When a moment of an act comes that is given more or less time than its own: thirtieths from its start."""
    if slack is None or given < natural:
        return at * given / natural
    return at if at <= slack else at + given - natural
