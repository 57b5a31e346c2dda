"""Recorded lines: any sound file as a clip, its words and phonemes spread over the time in which somebody speaks."""

from __future__ import annotations

from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyreel.errors import StoryreelError
from storyreel.sound.clip import Speech, Timed
from storyreel.sound.edit import levelled, stretches
from storyreel.sound.interchange import decoded
from storyreel.sound.pronunciation import pronunciation, sounds
from storyreel.text.words import words
from storyreel.timeline.clock import SAMPLE_RATE

_VOWELS = frozenset("aɑæɛəɪiɔʊuʌɜɚAIOWYQɒᵻᵊɐ")
_MARKS = frozenset("ˈˌː")
_PAUSE = 0.12
"""Silences from this length on (s) are pauses, in which no word sounds."""
_SAME = 1e-6
_CANCELLED = 0.1
"""Both sides together have at least half the energy of each, unless they cancel out: then only one is taken."""


def _weight(symbol: str) -> float:
    """How long a phoneme is, beside others: vowels are about twice as long as consonants."""
    return 1.8 if symbol in _VOWELS else 0.3 if symbol in _MARKS else 1.0


class _SpokenTime:
    """The time in which somebody speaks, as one axis without the pauses."""

    def __init__(self, spans: list[tuple[float, float]]) -> None:
        self._spans = spans
        self._before = [*accumulate((end - start for start, end in spans), initial=0.0)]
        self.seconds = self._before[-1]

    def real(self, start: float, end: float) -> list[tuple[float, float]]:
        """From when to when a spoken stretch is in the recording: in parts where it goes on after a pause."""
        parts = [
            (first + max(start, before) - before, first + min(end, after) - before)
            for (first, _), before, after in zip(self._spans, self._before, self._before[1:], strict=False)
            if max(start, before) <= min(end, after)
        ]
        return [(a, b) for a, b in parts if b - a > _SAME] or parts[:1]


def _heard(path: Path) -> tuple[NDArray[np.float32], list[tuple[float, float]]]:
    """A recording's samples, both sides as one, and from when to when (s) somebody speaks.

    Raises:
        StoryreelError: the file can't be read or is silent.
    """
    sides = decoded(path)
    # What a microphone adds to every sample is not heard, but would be taken for sound in the pauses.
    sides -= sides.mean(axis=0, dtype=np.float64)
    energy = np.square(sides, dtype=np.float64).mean(axis=0)
    samples = np.asarray(sides.mean(axis=1), dtype=np.float32)
    if np.square(samples, dtype=np.float64).mean() < _CANCELLED * energy.mean():
        samples = np.ascontiguousarray(sides[:, int(energy.argmax())])
    spans = stretches(samples, SAMPLE_RATE, _PAUSE)
    if not spans:
        raise StoryreelError(f"{path.name} is silent")
    return samples, spans


def recording_fault(path: Path) -> str | None:
    """Why a file can't be a recorded line, or nothing."""
    try:
        _heard(path)
    except StoryreelError as error:
        return str(error)
    return None


def recorded(path: Path, text: str) -> Speech:
    """A recorded line at the common speech level, as long as its file.

    Its words are the text's; phonemes share the spoken time by their usual lengths, so pauses in the
    recording are pauses in the captions and for the mouth.

    Raises:
        StoryreelError: the file can't be read or is silent, or the text is empty.
    """
    said = [word.text for word in words(text)]
    if not said:
        raise StoryreelError(f"the recording {path.name} needs its text, for captions and mouths")
    samples, spans = _heard(path)
    # A word that the voice can't say (an emoji, another script) still has its time: a sound for each letter.
    sounding = [
        sounds(found) or "ə" * max(sum(map(str.isalnum, word)), 1)
        for word, found in zip(said, pronunciation().phonemes(said), strict=True)
    ]
    symbols = [(index, symbol) for index, found in enumerate(sounding) for symbol in found]
    edges = np.concatenate([[0.0], np.cumsum([_weight(symbol) for _, symbol in symbols])])
    spoken = _SpokenTime(spans)
    edges *= spoken.seconds / edges[-1]
    timed = [
        (index, Timed(symbol, start, end))
        for (index, symbol), (a, b) in zip(symbols, pairwise(edges.tolist()), strict=True)
        for start, end in spoken.real(a, b)
    ]
    spoken_words = tuple(
        Timed(
            word,
            min(t.start for index, t in timed if index == number),
            max(t.end for index, t in timed if index == number),
        )
        for number, word in enumerate(said)
    )
    return levelled(Speech(samples, SAMPLE_RATE, spoken_words, tuple(t for _, t in timed)))
