"""Values over time: a constant, a track of keyframes, or samples baked once while directing."""

from __future__ import annotations

import itertools
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storyreel.timeline.easing import easing

GRID = 1024
"""Baked values are rounded to 1/1024, so that the last bit of a CPU's sine never reaches a picture."""


def quantised(value: float) -> float:
    """The nearest multiple of 1/1024, exact in binary."""
    return round(value * GRID) / GRID


@dataclass(frozen=True)
class Keyframe:
    """A value at a frame; `ease` shapes the way from here to the next keyframe."""

    frame: int
    value: float
    ease: str = "linear"


@dataclass(frozen=True)
class Track:
    """Keyframes in the order of their frames; constant before the first and after the last."""

    keys: tuple[Keyframe, ...]

    def __post_init__(self) -> None:
        frames = [key.frame for key in self.keys]
        if not frames or any(b <= a for a, b in itertools.pairwise(frames)):
            raise ValueError("a track needs keyframes at rising frames")

    def at(self, frame: float) -> float:
        """The value at a frame (fractions allowed)."""
        i = bisect_right(self.keys, frame, key=lambda key: key.frame) - 1
        if i < 0:
            return self.keys[0].value
        if i + 1 == len(self.keys):
            return self.keys[-1].value
        here, there = self.keys[i], self.keys[i + 1]
        progress = (frame - here.frame) / (there.frame - here.frame)
        return quantised(here.value + (there.value - here.value) * easing(here.ease)(progress))

    def run(self, length: int) -> list[float]:
        """The values at all frames from 0 on, as `at` gives them of each."""
        values = [self.keys[0].value] * min(max(self.keys[0].frame, 0), length)
        for here, there in itertools.pairwise(self.keys):
            eased, way, frames = easing(here.ease), there.value - here.value, there.frame - here.frame
            values += [
                quantised(here.value + way * eased((frame - here.frame) / frames))
                for frame in range(len(values), min(there.frame, length))
            ]
        return values + [self.keys[-1].value] * (length - len(values))


@dataclass(frozen=True)
class Baked:
    """One value a frame from `start` on; held before and after.

    The values are held as doubles side by side, which takes a quarter of what a tuple of floats does; nobody may change
    them.
    """

    start: int
    values: Sequence[float]

    def __post_init__(self) -> None:
        if not isinstance(self.values, array) or self.values.typecode != "d":
            object.__setattr__(self, "values", array("d", self.values))

    def __hash__(self) -> int:
        return hash((self.start, *self.values))

    def __getstate__(self) -> tuple[int, bytes]:
        return self.start, array("d", self.values).tobytes()

    def __setstate__(self, state: tuple[int, bytes]) -> None:
        object.__setattr__(self, "start", state[0])
        object.__setattr__(self, "values", array("d", state[1]))

    def at(self, frame: float) -> float:
        """The value at a frame; a fraction takes the frame it lies in."""
        return self.values[min(max(int(frame) - self.start, 0), len(self.values) - 1)]

    def run(self, length: int) -> list[float]:
        """The values at all frames from 0 on, as `at` gives them of each."""
        values = [self.values[0]] * min(max(self.start, 0), length)
        known = max(-self.start, 0)
        values += self.values[known : known + length - len(values)]
        return values + [self.values[-1]] * (length - len(values))


Channel = float | Track | Baked


def sample(channel: Channel, frame: float) -> float:
    """The value of a channel at a frame."""
    return channel.at(frame) if isinstance(channel, Track | Baked) else channel


def samples(channel: Channel, length: int) -> list[float]:
    """The values of a channel at so many frames from 0 on."""
    return channel.run(length) if isinstance(channel, Track | Baked) else [channel] * length


def baked(values: Iterable[float], start: int = 0) -> Channel:
    """Samples rounded to the grid; a run of equal values becomes a constant."""
    # As `quantised` does; a film has hundreds of thousands of these, and calls are what costs.
    rounded = array("d", [round(value * GRID) / GRID for value in map(float, values)])
    return rounded[0] if len(set(rounded)) == 1 else Baked(start, rounded)


def keyed(*keys: tuple[int, float] | tuple[int, float, str]) -> Track:
    """A track from `(frame, value)` or `(frame, value, ease)` rows."""
    return Track(tuple(Keyframe(*key) for key in keys))
