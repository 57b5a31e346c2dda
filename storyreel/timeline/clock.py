"""Exact time: whole frames at a rational rate, samples derived from frame numbers, ranges half-open."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

SAMPLE_RATE = 48_000
"""Samples a second of every stem, mix and film (Hz)."""


def nearest(value: Fraction) -> int:
    """The nearest whole number, halves upwards: unlike `round`, even steps stay even."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


@dataclass(frozen=True)
class Clock:
    """Turns seconds into frames and frames into samples for one frame rate (frames a second)."""

    rate: Fraction

    def frames(self, seconds: float | Fraction) -> int:
        """The frame boundary nearest to a time in seconds."""
        return nearest(Fraction(seconds) * self.rate)

    def seconds(self, frame: int) -> float:
        """When a frame begins, in seconds."""
        return float(frame / self.rate)

    def sample(self, frame: int) -> int:
        """The first sample of a frame at `SAMPLE_RATE`; `sample(length)` is the film's length in samples."""
        return nearest(frame * SAMPLE_RATE / self.rate)
