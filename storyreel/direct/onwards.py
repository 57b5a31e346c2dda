"""What goes on until a moment that comes later: in another beat, or behind a cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from storyreel.direct.acting import Act
from storyreel.direct.cast import Cast
from storyreel.direct.moments import asked
from storyreel.direct.schedule import Times, begin
from storyreel.direct.staging import Staging
from storyreel.script.dot import Time
from storyreel.script.part import Part
from storyreel.timeline.model import Setting

_ON = 2
"""Seconds for which an act is kept up beyond a cut, as long as nobody knows when it ends."""


@dataclass(frozen=True)
class Going:
    """An act that is kept up, or a touch that lasts, until a moment which hasn't come yet.

    Attributes:
        who: whose it is.
        start: the frame at which it began, in the shot at hand; below 0, if it began before the cut.
        beat: the first frame of its beat, from which a plain time counts.
        until: what it waits for.
        act: the act's kind and what is set of it; None of a touch.
        path: where the part stands in the script.
    """

    who: str
    start: int
    beat: int
    until: Time
    act: tuple[str, tuple[tuple[str, Setting], ...]] | None
    path: tuple[str | int, ...]

    def ends(self, found: Mapping[str, int], times: Times) -> int | None:
        """The frame at which it is over; None as long as its moment hasn't come."""
        waits = asked(self.until)
        return begin(self.until, self.beat, found, times) if waits is None or waits in found else None

    def acted(self, end: int) -> Act:
        """The act itself, up to a frame."""
        assert self.act is not None
        return Act(self.act[0], self.start, max(end, self.start + 1), self.act[1])

    def is_of(self, act: Act) -> bool:
        """Whether an act is this one, as far as it has been played."""
        return self.act is not None and (act.kind, act.start) == (self.act[0], self.start)

    def later(self, frames: int) -> Going:
        """The same in a shot that begins so many frames later."""
        return replace(self, start=self.start - frames, beat=self.beat - frames)


class Onwards:
    """What goes on in a shot until moments that are still to come."""

    def __init__(self, cast: Cast, staging: Staging, times: Times) -> None:
        self.cast, self.staging, self.times = cast, staging, times
        self.going: list[Going] = []

    def until(
        self, name: str, part: Part, begins: int, beat: int, moments: Mapping[str, int], path: tuple[str | int, ...]
    ) -> int | None:
        """When a touch lets go; None where nothing is said of it, or its moment hasn't come yet."""
        if part.until is None:
            return None
        waiting = Going(name, begins, beat, part.until, None, path)
        ends = waiting.ends(moments, self.times)
        if ends is None:
            self.going.append(waiting)
        return ends

    def go_on(self, moments: Mapping[str, int]) -> None:
        """Ends what waits for a moment that has come in a beat; all else goes on."""
        going, self.going = self.going, []
        for one in going:
            ends = one.ends(moments, self.times)
            if ends is None:
                self.going.append(one)
            elif one.act is None:
                self.staging.let_go(one.path, ends)
            else:
                self._play(one, ends)

    def close(self, length: int) -> None:
        """Keeps up what still goes on as a shot of so many frames ends."""
        for one in self.going:
            if one.act is not None:
                self._play(one, length + self.times.clock.frames(_ON))

    def _play(self, one: Going, end: int) -> None:
        """Puts an act that goes on among those of who does it, up to a frame."""
        mine = self.cast.by_name.get(one.who)
        if mine is not None:
            mine.acts = [act for act in mine.acts if not one.is_of(act)]
            mine.acts.append(one.acted(end))
