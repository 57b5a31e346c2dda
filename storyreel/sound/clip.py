"""A spoken clip: its samples, when its words and phonemes sound, and the manner in which it is said."""

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


OPEN = "none"
"""What something is heard through that is heard through nothing."""


@dataclass(frozen=True)
class Manner:
    """How a line is said, whoever says it.

    Attributes:
        whisper: 0 voiced, 1 without any voice.
        near: 0 at a table's length, 1 at the ear.
        muffle: what it is heard through, one of `storyreel.sound.muffle.MUFFLES`.
    """

    whisper: float = 0.0
    near: float = 0.0
    muffle: str = OPEN


PLAIN = Manner()
"""As the voice says it by itself."""
