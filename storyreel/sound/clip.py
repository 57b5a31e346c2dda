"""A spoken clip: its samples, and when its words and phonemes sound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Timed:
    """A word or a phoneme, from `start` to `end` in seconds from its clip's first sample."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, eq=False)
class Speech:
    """A spoken clip.

    Attributes:
        samples: mono float32, full scale 1.
        rate: samples a second.
        words: the author's words as typed, in order, each with a span of its own.
        phonemes: misaki's symbols, a space for each gap between words.
    """

    samples: NDArray[np.float32]
    rate: int
    words: tuple[Timed, ...]
    phonemes: tuple[Timed, ...]

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / self.rate
