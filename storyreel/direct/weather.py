"""The wind and the hour of a scene in the making: one field for all that is light, one light for all that is seen."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from storyreel.direct.acting.curves import Array, smooth
from storyreel.direct.keyline import KeyLine
from storyreel.direct.production import seeded
from storyreel.direct.schedule import Times
from storyreel.script.air import Hour, Wind
from storyreel.timeline.model import EffectCue
from storyreel.timeline.track import samples

_FLUTTER = ((0.31, 0.16), (0.83, 0.12), (1.9, 0.07))
"""How the wind comes and goes by itself: turns a second, and a share of its strength."""
_RISES = 0.22
"""The share of a gust's time in which it rises; it dies down in the rest."""
_GUST = 0.8
"""Seconds that a gust takes where nothing is said."""
_FAR = 7.0
"""Thirtieths of a second by which the wind comes later to the farthest plane than to the nearest."""
_LATEST = 10
_LOUD, _QUIET = -13.0, 16.0
"""Decibels of a wind of strength 1, and by how much softer one is of next to none."""
_WARM = 0.25
"""From this warmth of the picture on, the wind sounds warm."""
_LEAST = 0.4
"""What has been let go to the wind is carried as by a wind of this strength at the least."""
NOON = 12.0
Light = tuple[float, float, float]
_RAMP: Sequence[tuple[float, Light]] = (
    (0.0, (0.42, 0.48, 0.78)),
    (4.5, (0.46, 0.5, 0.78)),
    (5.5, (0.78, 0.7, 0.84)),
    (6.7, (1.0, 0.9, 0.78)),
    (9.0, (1.0, 1.0, 1.0)),
    (15.5, (1.0, 1.0, 1.0)),
    (18.3, (1.0, 0.88, 0.7)),
    (19.5, (0.86, 0.66, 0.68)),
    (20.8, (0.55, 0.52, 0.78)),
    (22.0, (0.42, 0.48, 0.78)),
    (24.0, (0.42, 0.48, 0.78)),
)
"""What is left of red, green and blue at an hour."""


@dataclass(frozen=True)
class _Gust:
    start: int
    frames: int
    strength: float


@dataclass(frozen=True)
class Air:
    """How a shot leaves the wind and the hour: what the next one begins with; frames of gusts count from the cut."""

    strength: float = 0.0
    way: float = 1.0
    hour: float | None = None
    gusts: tuple[_Gust, ...] = ()
    blows: bool = False


def light_at(hour: Array) -> tuple[Array, Array, Array]:
    """What is left of red, green and blue at these hours."""
    at = [row[0] for row in _RAMP]
    red, green, blue = (np.interp(hour % 24, at, [row[1][channel] for row in _RAMP]) for channel in range(3))
    return red, green, blue


class Weather:
    """The wind and the hour of one scene; `start` is its first film frame, so that the wind goes on over cuts."""

    def __init__(self, times: Times, seed: int, start: int, before: Air | None = None) -> None:
        self.times, self.clock, self.start = times, times.clock, start
        before = before or Air()
        self._strength, self._way = KeyLine(before.strength), KeyLine(before.way)
        self._gusts, self._blows = list(before.gusts), before.blows
        self._hour = KeyLine(before.hour if before.hour is not None else NOON)
        self.timed = before.hour is not None
        chance = random.Random(seeded(seed, "wind"))
        self._forces: dict[tuple[int, float], Array] = {}
        self._phases = [chance.uniform(0, math.tau) for _ in _FLUTTER]

    @property
    def blows(self) -> bool:
        """Whether there is ever any wind."""
        return self._blows

    def blow(self, wind: Wind, at: int, over: float = 0.4) -> None:
        """Changes the wind from a frame on, over so many seconds where it doesn't say."""
        frames = self.times.optional(wind.over, over)
        self._blows = True
        self._forces.clear()
        if wind.from_ is not None:
            self._way.move(at, frames, 1.0 if wind.from_ == "left" else -1.0)
        if wind.strength is not None:
            self._strength.move(at, frames, wind.strength)
        if wind.gust is not None:
            self._gusts.append(_Gust(at, max(self.times.optional(wind.for_, _GUST), 2), wind.gust))

    def strike(self, hour: Hour, at: int) -> None:
        """Goes on to an hour; one that is earlier is tomorrow's."""
        now = self._hour.last
        goal = hour.to if hour.to >= now % 24 or not self.timed else hour.to + 24
        self.timed = True
        self._hour.move(at, self.times.optional(hour.over, 0.0), math.floor(now / 24) * 24 + goal, "linear")

    def force(self, length: int, late: float = 0.0) -> Array:
        """How strong it is at every frame, so many frames late: to the right above 0, to the left below.

        All that comes by so late shares what is found; nobody may change it.
        """
        known = self._forces.get((length, late))
        if known is None:
            known = self._forces[length, late] = self._force(length, late)
            known.setflags(write=False)
        return known

    def _force(self, length: int, late: float) -> Array:
        frames = np.arange(length) - late
        at = np.maximum(np.floor(frames), 0).astype(int)
        runs = (samples(line.channel(), int(at[-1]) + 1 if length else 0) for line in (self._strength, self._way))
        strength, way = (np.array(run, dtype=float)[at] for run in runs)
        seconds = (self.start + frames) / float(self.clock.rate)
        for gust in self._gusts:
            share = (frames - gust.start) / gust.frames
            strength = strength + gust.strength * smooth(share / _RISES) * (1 - smooth((share - _RISES) / (1 - _RISES)))
        waves = zip(_FLUTTER, self._phases, strict=True)
        flutter = sum(share * np.sin(math.tau * turns * seconds + phase) for (turns, share), phase in waves)
        return np.asarray(way * strength * (1 + flutter))

    def pushes(self, start: int, count: int) -> Array | None:
        """How hard, and which way, it has blown on the whole from a frame up to each of so many from there on.

        By that much what is let go is carried further, or less far, than by a wind of strength 1 to the right: never by
        next to nothing. None where there is no wind at all.
        """
        if not self.blows:
            return None
        mean = np.cumsum(self.force(count, -start)) / np.arange(1, count + 1)
        way = np.where(mean == 0.0, self._way.last, np.sign(mean))
        return np.asarray(way * np.maximum(np.abs(mean), _LEAST))

    def late(self, plane: float, order: float = 0.0) -> float:
        """By how many frames the wind comes later to something than to what is nearest."""
        away = min(max((1.3 - plane) * _FAR - 0.6 * order, 0.0), _LATEST)
        return round(away * float(self.clock.rate) / 30)

    def hours(self, length: int) -> Array:
        """The hour at every frame."""
        return np.array([self._hour.at(frame) for frame in range(length)])

    def left(self, length: int) -> Air:
        """How it is after so many frames; what is on its way has arrived."""
        gusts = [replace(gust, start=gust.start - length) for gust in self._gusts]
        going = tuple(gust for gust in gusts if gust.start + gust.frames > 0)
        hour = self._hour.last % 24 if self.timed else None
        blows = bool(going) or self._strength.last > 0
        return Air(self._strength.last, self._way.last, hour, going, blows)

    def sounds(self, length: int, warmth: float) -> list[EffectCue]:
        """What it sounds like: a wind that goes round for as long as it is as strong, and gusts on top of it."""
        if not self._blows:
            return []
        effect = "wind-warm" if warmth >= _WARM else "wind-cold"
        steady = [self._strength.at(frame) for frame in range(length)]
        cues: list[EffectCue] = []
        begun = 0
        for frame in range(1, length + 1):
            if (
                frame < length
                and abs(steady[frame] - steady[begun]) < 0.25
                and (steady[frame] > 0) == (steady[begun] > 0)
            ):
                continue
            level = max(steady[begun:frame])
            if level > 0:
                cues.append(_cue(effect, self.start + begun, frame - begun, level))
            begun = frame
        for gust in self._gusts:
            if 0 <= gust.start < length:
                frames = min(gust.frames, length - gust.start)
                cues.append(_cue(effect, self.start + gust.start, frames, gust.strength))
        return cues


def _cue(effect: str, frame: int, frames: int, strength: float) -> EffectCue:
    return EffectCue(effect, frame, _LOUD - _QUIET * (1 - min(strength, 1.0)), frames=frames)
