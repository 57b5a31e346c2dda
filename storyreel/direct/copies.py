"""Copies that sound: whatever somebody makes heard is heard again, a little later, from a side, and on other notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from storyreel.direct.moments import asked
from storyreel.direct.schedule import Times, begin
from storyreel.script.models import SoundChange
from storyreel.sound.notes import is_note, transposed
from storyreel.timeline.model import EffectCue

_LATE = 0.25
"""Seconds by which a copy comes later where nothing is said."""
_SIDES = {"left": -0.6, "right": 0.6, None: 0.0}
"""Where in the sound a copy is: -1 left, 1 right."""


@dataclass(frozen=True)
class _Copy:
    """What is copied, and until which film frame; None until its moment comes. `beat` is its beat's film frame."""

    asked: SoundChange
    start: int
    late: int
    beat: int
    until: int | None


class Copies:
    """Who makes what heard in a film, and what of it is copied; all frames are the film's."""

    def __init__(self) -> None:
        self._made: list[tuple[str, EffectCue]] = []
        self._copies: list[_Copy] = []

    def made(self, who: str, effects: list[EffectCue]) -> list[EffectCue]:
        """Takes down whose effects these are, and gives them back."""
        self._made += [(who, effect) for effect in effects]
        return effects

    @property
    def copying(self) -> bool:
        """Whether anything is copied."""
        return bool(self._copies)

    def count(self) -> int:
        """How many effects were taken down."""
        return len(self._made)

    def since(self, count: int) -> tuple[tuple[str, EffectCue], ...]:
        """What was taken down after so many, and whose it is."""
        return tuple(self._made[count:])

    def heard(self, effects: Iterable[tuple[str, EffectCue]]) -> None:
        """Takes effects down, each with whose it is."""
        self._made += effects

    def begin(self, change: SoundChange, at: int, beat: int, times: Times) -> None:
        """Begins to copy from a frame on, in a beat that begins at another."""
        until = None if change.until is not None else 1 << 30
        self._copies.append(_Copy(change, at, times.optional(change.late, _LATE), beat, until))

    def go_on(self, moments: Mapping[str, int], start: int, times: Times) -> None:
        """Ends the copies whose moment has come in a beat; `moments` count from the film frame `start` on."""
        for index, one in enumerate(self._copies):
            waits = asked(one.asked.until)
            if one.until is None and (waits is None or waits in moments):
                until = start + begin(one.asked.until, one.beat - start, moments, times)
                self._copies[index] = replace(one, until=until)

    def sounds(self) -> list[EffectCue]:
        """Everything that is heard again."""
        return [
            _again(one, effect)
            for one in self._copies
            for who, effect in self._made
            if who == one.asked.copy_ and one.start <= effect.frame < (one.until if one.until is not None else 1 << 30)
        ]


def _again(one: _Copy, effect: EffectCue) -> EffectCue:
    played = effect.effect
    if is_note(played):
        played = transposed(played, one.asked.notes, one.asked.by)
    return replace(effect, effect=played, frame=effect.frame + one.late, pan=_SIDES[one.asked.side])
