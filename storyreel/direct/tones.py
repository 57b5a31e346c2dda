"""The colours of people, things and groups of the set that are other than the picture's: said of one, or running on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from storyreel.direct.acting.curves import Array, smooth
from storyreel.script.air import Grade

MOODS = ("saturation", "tint", "warmth", "accent")
"""What a mood is made of."""
_LEAST = 3
"""Frames that a change takes at the least in what it runs through."""


@dataclass(frozen=True)
class Change:
    """From a frame on, over so many frames, somebody's colours become these."""

    name: str
    frame: int
    frames: int
    values: Mapping[str, float] = field(default_factory=dict)


class Tones:
    """A scene's in the making. `drained`: its look lays moods over pixels, so that its accent is all of its colour."""

    def __init__(self, drained: bool, before: Sequence[Change] = ()) -> None:
        self.changes = list(before)
        self._drained = drained

    def say(self, name: str, grade: Grade, frame: int, frames: int) -> None:
        """Changes the colours of one alone; what is not said of them stays as the picture's."""
        said = {key: float(getattr(grade, key)) for key in MOODS if key in grade.model_fields_set}
        if self._drained and "accent" in said:
            said.setdefault("saturation", said["accent"])
        self.changes.append(Change(name, frame, frames, said))

    def run(self, grade: Grade, frame: int, frames: int) -> None:
        """Lets a change run through what the author names, one after another."""
        count = len(grade.through)
        for number, name in enumerate(grade.through):
            self.say(name, grade, frame + frames * number // count, max(frames // count, _LEAST))

    def names(self) -> list[str]:
        """Whoever has colours of their own at some time, in the order in which that is said."""
        return list(dict.fromkeys(change.name for change in self.changes))

    def curves(self, name: str, picture: Mapping[str, Array]) -> dict[str, Array]:
        """One's own mood at every frame, where any is said; `picture` is the mood of all."""
        found: dict[str, Array] = {}
        for change in sorted((one for one in self.changes if one.name == name), key=lambda one: one.frame):
            for key, goal in change.values.items():
                now = found.get(key, picture[key])
                frames = np.arange(len(now), dtype=np.float64) - change.frame
                share = smooth(frames / change.frames) if change.frames > 0 else (frames >= 0).astype(np.float64)
                found[key] = now + (goal - now) * share
        return found

    def left(self) -> tuple[Change, ...]:
        """What it leaves for the next shot: everything has become what it was to be."""
        last: dict[str, dict[str, float]] = {}
        for change in sorted(self.changes, key=lambda one: one.frame):
            last.setdefault(change.name, {}).update(change.values)
        return tuple(Change(name, 0, 0, values) for name, values in last.items())
