"""Recorded lines: any sound file as a clip, its words and phonemes spread over the part where somebody speaks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyreel.sound.clip import Speech, Timed
from storyreel.sound.interchange import decoded
from storyreel.sound.voice import HibariVoice, voice

_RATE = 48_000


def _voiced(samples: NDArray[np.float32]) -> tuple[float, float]:
    """From when to when somebody speaks: where the level is within 34 dB of its highest."""
    step = _RATE // 100
    frames = samples[: len(samples) // step * step].reshape(-1, step)
    level = np.sqrt(np.mean(np.square(frames, dtype=np.float64), axis=1)) if len(frames) else np.zeros(1)
    loud = np.flatnonzero(level > max(float(level.max()) * 0.02, 1e-6))
    if not len(loud):
        return 0.0, len(samples) / _RATE
    return loud[0] / 100, (loud[-1] + 1) / 100


def recorded(path: Path, text: str) -> Speech:
    """A recorded line; each phoneme takes a share of the voiced part, vowels more than consonants.

    Raises:
        StoryreelError: the file holds no sound.
    """
    stereo = decoded(path)
    samples = np.asarray(stereo.mean(axis=1), dtype=np.float32)
    start, end = _voiced(samples)
    speaker = voice("heart")
    assert isinstance(speaker, HibariVoice)
    words = text.split()
    phonemes = speaker.phonemes(words)
    symbols = [(index, symbol) for index, word in enumerate(phonemes) for symbol in (word or "ə")]
    weights = np.array(
        [1.7 if symbol in "aɑæɛəɪiɔʊuʌɜɚAIOWYQɒᵻɐ" else 0.2 if symbol in "ˈˌ" else 1.0 for _, symbol in symbols]
    )
    edges = start + (end - start) * np.concatenate([[0], np.cumsum(weights)]) / weights.sum()
    timed = [Timed(symbol, float(edges[i]), float(edges[i + 1])) for i, (_, symbol) in enumerate(symbols)]
    spans = []
    for number, word in enumerate(words):
        mine = [timed[i] for i, (index, _) in enumerate(symbols) if index == number]
        spans.append(Timed(word, mine[0].start, mine[-1].end))
    return Speech(samples, _RATE, tuple(spans), tuple(timed))
