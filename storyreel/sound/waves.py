"""The raw material of instruments and effects: tones, glides, bells, noises, envelopes. Mono float32 at 48 kHz."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyreel.timeline.clock import SAMPLE_RATE

Wave = NDArray[np.float32]
Curve = NDArray[np.floating[Any]]
"""A value for each sample."""

TAU = 2 * np.pi
HIGHEST = 16_000.0
"""Partials above this (Hz) are left out: nobody misses them, and AAC spends bits on them."""
_RUN = 256
_SILENT = 6.5
"""Nepers after which a decay has ended (-56 dB)."""


def time_axis(seconds: float) -> Wave:
    """The times (s) of so many seconds of samples."""
    return np.arange(max(round(seconds * SAMPLE_RATE), 1), dtype=np.float32) / np.float32(SAMPLE_RATE)


def sine(frequency: float, t: Wave, phase: float = 0.0) -> Wave:
    """A sine of a frequency (Hz), as long as the times `t` that begin at 0; `phase` in turns.

    Each run of 256 samples is the first one, turned on: sin(a + b) = sin a cos b + cos a sin b. What decides the pitch
    is in double precision.
    """
    turn = frequency / SAMPLE_RATE
    within = TAU * turn * np.arange(_RUN)
    begins = np.arange(0, len(t), _RUN) * turn + phase
    begins = TAU * (begins - np.floor(begins))
    made = np.multiply.outer(np.sin(begins).astype(np.float32), np.cos(within).astype(np.float32))
    made += np.multiply.outer(np.cos(begins).astype(np.float32), np.sin(within).astype(np.float32))
    return np.asarray(made.reshape(-1)[: len(t)], dtype=np.float32)


def phase_of(frequency: Curve) -> Wave:
    """The phase (radians, wrapped) of a tone whose frequency (Hz) changes from sample to sample."""
    turns = np.cumsum(frequency, dtype=np.float64) / SAMPLE_RATE
    return np.asarray(TAU * (turns - np.floor(turns)), dtype=np.float32)


def glide(seconds: float, *stations: float, curve: float = 1.0) -> Wave:
    """A frequency that goes from station to station (Hz), evenly in pitch; above 1, `curve` hurries at the end."""
    x = (time_axis(seconds) / np.float32(seconds)) ** np.float32(curve)
    marks = np.linspace(0, 1, len(stations))
    return np.asarray(np.exp(np.interp(x, marks, np.log(stations))), dtype=np.float32)


def tone(frequency: Curve, harmonics: Sequence[float] = (1.0,)) -> Wave:
    """A tone along a frequency curve, with the levels of its harmonics from the first on."""
    phase = phase_of(frequency)
    made = np.zeros(len(phase), dtype=np.float32)
    for number, level in enumerate(harmonics, 1):
        if level:
            made += np.float32(level) * np.sin(number * phase)
    return made


def vowel(frequency: Curve, formants: Sequence[tuple[float, float, float]], harmonics: int = 12) -> Wave:
    """A sung tone: harmonics weighted by resonances (Hz, width in Hz, level)."""
    phase = phase_of(frequency)
    made = np.zeros(len(phase), dtype=np.float32)
    for number in range(1, harmonics + 1):
        at = number * frequency
        weight = sum(level / (1 + ((at - centre) / width) ** 2) for centre, width, level in formants)
        made += (weight + 0.02) * np.sin(number * phase) / np.float32(number**0.4)
    return made


def decay(seconds: float, rate: float) -> Wave:
    """An exponential decay, `rate` in nepers a second."""
    return np.asarray(np.exp(np.float32(-rate) * time_axis(seconds)), dtype=np.float32)


def arc(seconds: float, peak: float = 0.5) -> Wave:
    """A swell: from nothing to 1 at `peak` of its length, and back."""
    x = time_axis(seconds) / np.float32(seconds)
    made = np.where(x < peak, np.sin(np.pi / 2 * x / peak), np.cos(np.pi / 2 * (x - peak) / (1 - peak))) ** 2
    return np.asarray(made, dtype=np.float32)


def gate(t: Wave, seconds: float, attack: float, release: float) -> Wave:
    """An envelope that swells in, holds for `seconds`, and lets go."""
    rise = np.minimum(t / np.float32(attack), 1)
    fall = np.clip((np.float32(seconds + release) - t) / np.float32(release), 0, 1)
    return np.asarray(rise * rise * (3 - 2 * rise) * fall * fall, dtype=np.float32)


def noise(seed: int | Sequence[int] | np.random.Generator, seconds: float, low: float, high: float) -> Wave:
    """Seeded noise between two frequencies (Hz), its root mean square 1; slopes of 12 dB an octave."""
    count = max(round(seconds * SAMPLE_RATE), 8)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    frequency = np.maximum(np.fft.rfftfreq(count, 1 / SAMPLE_RATE), 1.0)
    made = np.fft.irfft(spectrum / np.sqrt((1 + (low / frequency) ** 4) * (1 + (frequency / high) ** 4)), count)
    return np.asarray(made / np.sqrt(np.mean(made**2)), dtype=np.float32)


def wind(random: np.random.Generator, seconds: float, *stations: float, octaves: float = 0.8) -> Wave:
    """Noise in a band that moves from station to station (Hz), `octaves` wide to either side; root mean square 1."""
    size, hop = 1024, 256
    frames = round(seconds * SAMPLE_RATE) // hop + 4
    centre = np.exp(np.interp(np.linspace(0, 1, frames), np.linspace(0, 1, len(stations)), np.log(stations)))
    bins = np.maximum(np.fft.rfftfreq(size, 1 / SAMPLE_RATE), 20.0)
    band = np.exp(-((np.log2(bins[None, :] / centre[:, None]) / octaves) ** 2))
    spectrum = band * np.exp(1j * random.uniform(0, TAU, band.shape))
    grains = np.fft.irfft(spectrum, size, axis=1) * np.hanning(size)
    made = np.zeros((frames + 3, hop))
    for part in range(size // hop):
        made[part : part + frames] += grains[:, part * hop : (part + 1) * hop]
    flat = made.ravel()[3 * hop : 3 * hop + round(seconds * SAMPLE_RATE)]
    return np.asarray(flat / np.sqrt(np.mean(flat**2)), dtype=np.float32)


def struck(
    frequency: float,
    partials: Sequence[tuple[float, float, float]],
    attack: float = 0.0015,
    knock: float = 0.0,
    longest: float = 3.0,
) -> Wave:
    """Something struck: partials (ratio, level, decay a second). `knock`: how much of the mallet is heard."""
    heard = [(ratio * frequency, level, rate) for ratio, level, rate in partials if ratio * frequency < HIGHEST]
    seconds = min(_SILENT / min(rate for _, _, rate in heard), longest) if heard else 0.02
    t = time_axis(seconds)
    made = np.zeros(len(t), dtype=np.float32)
    for pitch, level, rate in heard:
        own = t[: min(len(t), round(_SILENT / rate * SAMPLE_RATE) + 1)]
        made[: len(own)] += np.float32(level) * sine(pitch, own) * np.exp(-np.float32(rate) * own)
    if knock:
        thud = noise(3, 0.02, 400, 3000) * decay(0.02, 200)
        shared = min(len(thud), len(made))
        made[:shared] += np.float32(knock) * thud[:shared]
    made *= np.minimum(t / np.float32(attack), 1)
    fade = min(480, len(made))
    made[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return made
