"""A small toy orchestra: every instrument is a function of pitch and length, every note is made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from storyreel.timeline.clock import SAMPLE_RATE

Wave = NDArray[np.float64]
_TAU = 2 * np.pi


def _time(seconds: float) -> Wave:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def hertz(midi: float) -> float:
    """The frequency of a MIDI note (A4 = 69 = 440 Hz)."""
    return float(440.0 * 2 ** ((midi - 69) / 12))


def _box(midi: float, seconds: float) -> Wave:
    """A music box: a struck comb, glassy partials, a long tail whatever the note's length."""
    t, f = _time(1.5), hertz(midi)
    body = np.sin(_TAU * f * t) * np.exp(-3.6 * t) + 0.32 * np.sin(_TAU * 2 * f * t + 0.4) * np.exp(-5.4 * t)
    glass = 0.22 * np.sin(_TAU * 3.93 * f * t) * np.exp(-11 * t) + 0.1 * np.sin(_TAU * 9.1 * f * t) * np.exp(-34 * t)
    return np.asarray((body + glass) * np.minimum(t * 900, 1))


def _marimba(midi: float, seconds: float) -> Wave:
    t, f = _time(0.5), hertz(midi)
    tone = np.sin(_TAU * f * t) * np.exp(-9 * t) + 0.28 * np.sin(_TAU * 4 * f * t) * np.exp(-24 * t)
    return np.asarray(tone * np.minimum(t * 700, 1))


def _bass(midi: float, seconds: float) -> Wave:
    t, f = _time(seconds + 0.12), hertz(midi)
    tone = np.sin(_TAU * f * t) + 0.34 * np.sin(_TAU * 2 * f * t) + 0.12 * np.sin(_TAU * 3 * f * t)
    return np.asarray(tone * np.minimum(t * 160, 1) * np.exp(-1.8 * t) * np.clip((seconds + 0.12 - t) / 0.1, 0, 1))


def _pad(midi: float, seconds: float) -> Wave:
    t, f = _time(seconds + 0.5), hertz(midi)
    voices = sum(np.sin(_TAU * f * (1 + d) * t + p) for d, p in ((-0.0022, 0.0), (0.0, 1.3), (0.0026, 2.1)))
    soft = voices + 0.28 * np.sin(_TAU * 2 * f * 1.0011 * t) + 0.1 * np.sin(_TAU * 3 * f * t)
    return np.asarray(soft / 3 * np.minimum(t / 0.22, 1) * np.clip((seconds + 0.5 - t) / 0.5, 0, 1))


def _brass(midi: float, seconds: float) -> Wave:
    """A toy trumpet: bright at once, a little vibrato later."""
    t, f = _time(seconds + 0.1), hertz(midi)
    phase = _TAU * f * t + 0.05 * np.sin(_TAU * 5.6 * t) * np.minimum(t * 3, 1) * 4
    tone = sum(np.sin(k * phase) / k**1.25 * (1 - np.exp(-t * 70 / k)) for k in range(1, 7))
    return np.asarray(tone * 0.55 * np.clip((seconds + 0.1 - t) / 0.09, 0, 1) * (0.75 + 0.25 * np.exp(-4 * t)))


def _noise(seed: int, seconds: float, low: float, high: float) -> Wave:
    count = int(seconds * SAMPLE_RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    frequency = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    return np.asarray(np.fft.irfft(spectrum * ((frequency > low) & (frequency < high)), count))


def _kick(midi: float, seconds: float) -> Wave:
    t = _time(0.3)
    return np.asarray(np.sin(_TAU * (50 * t + 3.2 * (1 - np.exp(-t * 34)))) * np.exp(-13 * t))


def _clap(midi: float, seconds: float) -> Wave:
    t = _time(0.2)
    hits = sum(np.exp(-90 * np.maximum(t - d, 0)) * (t >= d) for d in (0.0, 0.011, 0.023))
    return np.asarray(_noise(5, 0.2, 900, 4200) * (0.6 * hits + 0.5 * np.exp(-22 * t)) * 0.9)


def _shaker(midi: float, seconds: float) -> Wave:
    t = _time(0.09)
    return np.asarray(_noise(9, 0.09, 5200, 13000) * np.sin(np.pi * np.minimum(t / 0.09, 1)) ** 2 * 0.8)


def _tick(midi: float, seconds: float) -> Wave:
    t = _time(0.06)
    return np.asarray(np.sin(_TAU * 1900 * t) * np.exp(-130 * t) + 0.4 * np.sin(_TAU * 3100 * t) * np.exp(-180 * t))


INSTRUMENTS: Mapping[str, Callable[[float, float], Wave]] = {
    "box": _box,
    "marimba": _marimba,
    "bass": _bass,
    "pad": _pad,
    "brass": _brass,
    "kick": _kick,
    "clap": _clap,
    "shaker": _shaker,
    "tick": _tick,
}


@lru_cache(maxsize=1024)
def note(instrument: str, midi: float, seconds: float) -> NDArray[np.float32]:
    """One note, mono float32 at 48 kHz; `seconds` is how long it is held, tails come on top."""
    return INSTRUMENTS[instrument](midi, seconds).astype(np.float32)
