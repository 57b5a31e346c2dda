"""What is heard in a scene besides speech: effects, the score, how wide all of it is, and through what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storyreel.direct.copies import Copies
from storyreel.direct.schedule import Times, begin
from storyreel.errors import directing
from storyreel.script.models import Beat, Effect, MusicChange, SoundChange
from storyreel.timeline.model import EffectCue, Held

Asked = str | Held | None
"""What is asked of the score: a section, something that it holds, or None: that it stops."""
_ALWAYS = 1 << 30
"""A frame that no film has."""


class Heard:
    """What is heard in a scene, in the making. `sections` and `levels` count its frames, all others the film's."""

    def __init__(self, times: Times, start: int) -> None:
        self._times, self._start = times, start
        self.sections: list[tuple[int, Asked]] = []
        self.levels: list[tuple[int, float, int]] = []
        self.widths: list[tuple[int, float]] = []
        self.hushes: list[tuple[int, int]] = []
        self.muffles: list[tuple[int, str]] = []
        self.music_muffles: list[tuple[int, str]] = []

    def beat(
        self, beat: Beat, start: int, moments: Mapping[str, int], path: Sequence[str | int], copies: Copies
    ) -> None:
        """Takes down what changes in a beat that begins at a frame of the scene."""
        for change in beat.sound:
            self._sound(change, start, moments)
            if change.copy_ is not None:
                at = begin(change.at, start, moments, self._times)
                copies.begin(change, self._start + at, self._start + start, self._times)
        copies.go_on(moments, self._start, self._times)
        for index, asked in enumerate(beat.music):
            with directing(*path, "music", *([index] if len(beat.music) > 1 else ())):
                self._music(asked, start, moments)

    def effect(self, effect: Effect, played: str, start: int, moments: Mapping[str, int], seed: int) -> EffectCue:
        """An effect, and for how long it goes round."""
        at = begin(effect.at, start, moments, self._times)
        until = begin(effect.until, start, moments, self._times) if effect.until is not None else at
        frames = max(until - at, 0)
        return EffectCue(played, self._start + at, effect.gain, seed=seed, frames=frames, muffle=effect.muffle)

    def _sound(self, change: SoundChange, start: int, moments: Mapping[str, int]) -> None:
        at = self._start + begin(change.at, start, moments, self._times)
        if change.width is not None:
            self.widths.append((at, change.width))
        if change.muffle is not None:
            self.muffles.append((at, change.muffle))
        if change.hush is not None:
            self.hushes.append((at, at + self._times.frames(change.hush)))

    def _music(self, change: MusicChange, start: int, moments: Mapping[str, int]) -> None:
        at = begin(change.at, start, moments, self._times)
        if change.section:
            self.sections.append((at, self._times.section(change.section)))
        elif change.hold is not None:
            until = _ALWAYS
            if change.until is not None:
                until = self._start + begin(change.until, start, moments, self._times)
            self.sections.append((at, self._times.held(Held(change.hold, until, change.by or ""))))
        elif change.stop:
            self.sections.append((at, None))
        if change.muffle is not None:
            self.music_muffles.append((self._start + at, change.muffle))
        if change.level is not None:
            self.levels.append((at, change.level, self._times.optional(change.over, 0.5)))
