"""An act, and what the kinds of acts have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from storyreel.direct.acting.curves import Curves
from storyreel.timeline.model import Setting


@dataclass(frozen=True)
class Act:
    """Something that a cast member does from `start` to `end` (scene-local frames, half-open)."""

    kind: str
    start: int
    end: int
    values: tuple[tuple[str, Setting], ...] = ()

    def number(self, name: str, otherwise: float) -> float:
        """A value that is a number."""
        value = dict(self.values).get(name, otherwise)
        return float(value) if isinstance(value, int | float) else otherwise

    def word(self, name: str, otherwise: str) -> str:
        """A value that is a word."""
        value = dict(self.values).get(name, otherwise)
        return value if isinstance(value, str) else otherwise

    @property
    def frames(self) -> int:
        """How long it takes."""
        return self.end - self.start


Play = Callable[[Curves, Act], None]
Moment = tuple[str, float]
"""A moment of an act by name, and when it comes: in seconds from the start, or from the end if negative."""


@dataclass(frozen=True)
class ActKind:
    """A kind of act.

    Attributes:
        seconds: how long it takes where an author doesn't say.
        play: adds it to a body's curves.
        moments: what happens when in it, for effects, props and cameras to wait for; `None` where it depends.
        loops: it can be kept up for as long as a beat lasts.
        values: the names of what an author may set.
    """

    seconds: float
    play: Play
    moments: tuple[Moment, ...] = ()
    loops: bool = False
    values: Mapping[str, str] | None = None
