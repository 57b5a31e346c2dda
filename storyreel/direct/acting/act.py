"""An act as it is written, what of its length its kind decides, and the unit that acts are thought in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storyreel.timeline.model import Setting

BASE = 30.0
"""Acts are thought in thirtieths of a second: an animator's frames at 30 a second."""


@dataclass(frozen=True)
class Act:
    """Something that a cast member does from `start` to `end` (scene-local frames, half-open)."""

    kind: str
    start: int
    end: int
    values: tuple[tuple[str, Setting], ...] = ()

    def value(self, name: str, default: Setting = None) -> Setting:
        """A value by name."""
        return dict(self.values).get(name, default)

    def number(self, name: str, otherwise: float) -> float:
        """A value that is a number."""
        return number(dict(self.values), name, otherwise)

    def word(self, name: str, otherwise: str) -> str:
        """A value that is a word."""
        value = self.value(name, otherwise)
        return value if isinstance(value, str) else otherwise

    @property
    def frames(self) -> int:
        """How long it takes."""
        return self.end - self.start


def number(values: Mapping[str, Setting], name: str, otherwise: float) -> float:
    """A value that is a number, by name; `otherwise` where there is none."""
    value = values.get(name, otherwise)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else otherwise


@dataclass(frozen=True)
class Span:
    """An act's own time, and how it is stretched to the time that it is given.

    Attributes:
        whole: thirtieths of a second that it takes of itself.
        loops: it can be kept up for as long as a beat lasts, and its own time is never stretched.
        slack: where in its own time (thirtieths) it waits when it is given more; None: it is slowed down evenly.
    """

    whole: float
    loops: bool = False
    slack: float | None = None
