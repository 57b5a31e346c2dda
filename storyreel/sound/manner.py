"""How a line is said beside its voice: whispered, near, through something; the same for every voice and recording.

A whisper has no voicing: speech is a source through the resonances of a mouth (linear prediction, Markel and Gray,
Linear Prediction of Speech), and noise takes the source's place. What is said stays, for its formants do.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from storyreel.sound.clip import OPEN, PLAIN, Manner, Speech
from storyreel.sound.edit import levelled
from storyreel.sound.muffle import muffled, softened

_FRAME = 0.02
"""Seconds of a mouth's shape; they overlap by half."""
_ORDER_RATE = 1000
"""A resonance for each so many Hz of the rate, and two for the rest."""
_VOWEL_DB = -5.0
"""Whispered vowels beside the consonants that have no voice either way (Ito, Takeda and Itakura, 2005: some 10 dB)."""
_SOURCE_HZ, _SOURCE_SHARE = 700.0, 0.65
"""A voice's source falls by 12 dB an octave, a whisper's is flat: below this it loses so much of what it has."""
_NOISE_SEED = 11
_PAUSE, _BREATH = 0.28, 0.035
"""Pauses from this length on (s) in which somebody near is heard to breathe in, and how loud beside the line's peak."""


def mannered(clip: Speech, manner: Manner) -> Speech:
    """A clip said in a manner: as long as it was, its words where they were."""
    if manner == PLAIN:
        return clip
    samples = clip.samples
    if manner.whisper:
        samples = whispered(samples, clip.rate, manner.whisper)
    if manner.near:
        samples = near(samples, clip.rate, manner.near)
    if manner.muffle != OPEN:
        samples = muffled(samples, clip.rate, manner.muffle)
    made = levelled(replace(clip, samples=samples))
    return replace(made, samples=softened(made.samples, manner.muffle))


def whispered(samples: NDArray[np.float32], rate: int, share: float = 1.0) -> NDArray[np.float32]:
    """Speech whose source is noise, to so large a share of its energy; 1 leaves no pitch at all."""
    # Half a second of CPU to import, which a film that needs none of it doesn't pay.
    from scipy.linalg import solve_toeplitz
    from scipy.signal import lfilter

    size = round(_FRAME * rate) // 2 * 2
    hop, order = size // 2, rate // _ORDER_RATE + 2
    window = np.hanning(size + 1)[:size]
    padded = np.concatenate([np.zeros(hop), samples.astype(np.float64), np.zeros(2 * size)])
    made = np.zeros(len(padded))
    random = np.random.default_rng(_NOISE_SEED)
    source = random.standard_normal(len(padded))
    for first in range(0, len(padded) - 2 * size, hop):
        frame = padded[first : first + size] * window
        energy = float(np.square(frame).sum())
        if energy < 1e-9:
            continue
        # A noise 40 dB below the frame keeps the equations from being singular.
        lags = np.correlate(frame, frame, "full")[size - 1 : size + order]
        lags[0] *= 1.0001
        mouth = np.concatenate([[1.0], -solve_toeplitz(lags[:-1], lags[1:])])
        # It starts before the frame does, so that its resonances ring already.
        excited = lfilter([1.0], mouth, source[first : first + 2 * size])[size:]
        excited *= window * np.sqrt(energy / max(float(np.square(excited * window).sum()), 1e-12))
        made[first : first + size] += excited * 10 ** (_VOWEL_DB * _voiced(lags, rate) / 20)
    falls = float(np.exp(-2 * np.pi * _SOURCE_HZ / rate))
    flat = made - _SOURCE_SHARE * lfilter([1 - falls], [1, -falls], made)
    noisy = flat[hop : hop + len(samples)]
    voiced = samples * np.sqrt(max(1.0 - share, 0.0))
    return np.asarray(voiced + noisy * np.sqrt(share), dtype=np.float32)


def _voiced(lags: NDArray[np.float64], rate: int) -> float:
    """How much of a frame is a vowel's, 0 to 1: neighbouring samples are alike in vowels, and not in a hiss."""
    step = max(round(rate / 12_000), 1)
    return float(np.clip(lags[step] / lags[0] * 1.6 - 0.3, 0, 1))


def near(samples: NDArray[np.float32], rate: int, share: float = 1.0) -> NDArray[np.float32]:
    """Speech close to the ear: fuller below, clearer above, its soft parts louder, and breath where it pauses."""
    spectrum = np.fft.rfft(samples, 2 * len(samples))
    frequency = np.fft.rfftfreq(2 * len(samples), 1 / rate)
    below = 1 / (1 + (frequency / 190.0) ** 2)
    above = 1 / (1 + (4200.0 / np.maximum(frequency, 1.0)) ** 2)
    rumble = 1 / (1 + (55.0 / np.maximum(frequency, 1.0)) ** 4)
    shaped = np.fft.irfft(spectrum * 10 ** (share * (6.5 * below + 4.0 * above) / 20) * rumble)[: len(samples)]
    step = rate // 100
    level = np.sqrt(np.convolve(np.square(shaped), np.full(3 * step, 1 / (3 * step)), mode="same"))
    loudest = max(float(np.quantile(level, 0.95)), 1e-6)
    lifted = shaped * np.clip(level / loudest, 0.03, 1.0) ** (-0.35 * share)
    return np.asarray(lifted + share * _breaths(level, loudest, rate), dtype=np.float32)


def _breaths(level: NDArray[np.float64], loudest: float, rate: int) -> NDArray[np.float64]:
    """Breath in, in every pause that is long enough for one."""
    # Half a second of CPU to import, which a film that needs none of it doesn't pay.
    from scipy.signal import lfilter

    made = np.zeros(len(level))
    quiet = np.flatnonzero(level < 0.03 * loudest)
    for run in np.split(quiet, np.flatnonzero(np.diff(quiet) > 1) + 1):
        # Not before the first word, nor after the last: a line begins and ends as it was timed.
        if len(run) < _PAUSE * rate or run[0] == 0 or run[-1] == len(level) - 1:
            continue
        air = np.random.default_rng(_NOISE_SEED + int(run[0])).standard_normal(len(run))
        high = lfilter([1, -0.9], [1, -0.35], air)
        swell = np.sin(np.linspace(0, np.pi, len(run))) ** 2
        made[run] = high * swell * _BREATH * loudest
    return made
