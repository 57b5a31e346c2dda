"""Speech from a larger or a smaller mouth: its resonances moved, its pitch and its pace left as they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FRAME, _HOP = 1024, 256
_LIFTER = 44
"""Cepstral samples that are a spectrum's shape, at 24 kHz; what lies beyond are the voice's harmonics."""
_ROUNDS = 6
_MOST = 3.0
"""Nepers by which a bin is made louder or softer at most."""


def resized(samples: NDArray[np.float32], formant: float) -> NDArray[np.float32]:
    """Speech at 24 kHz whose formants are multiplied.

    A spectrum's envelope is found as the smooth curve over the tops of its harmonics (true envelope: Röbel and Rodet,
    2005), and every bin is given what the envelope has at the frequency that moves there.
    """
    if formant == 1:
        return samples
    padded = np.pad(samples.astype(np.float64), _FRAME)
    window = np.hanning(_FRAME + 1)[:_FRAME]
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FRAME)[::_HOP]
    spectra = np.fft.rfft(frames * window, axis=1)
    level = np.log(np.abs(spectra) + 1e-7)
    tops = level
    for _ in range(_ROUNDS):
        tops = np.maximum(level, _smooth(tops))
    shape = _smooth(tops)
    bins = np.arange(shape.shape[1])
    source = np.clip(bins / formant, 0, bins[-1])
    low = np.minimum(source.astype(int), bins[-1] - 1)
    moved = shape[:, low] + (shape[:, low + 1] - shape[:, low]) * (source - low)
    made = np.fft.irfft(spectra * np.exp(np.clip(moved - shape, -_MOST, _MOST)), axis=1) * window
    out, weight = np.zeros(len(padded)), np.zeros(len(padded))
    for number, frame in enumerate(made):
        span = slice(number * _HOP, number * _HOP + _FRAME)
        out[span] += frame
        weight[span] += window**2
    whole = out / np.maximum(weight, 1e-3)
    return np.asarray(whole[_FRAME : _FRAME + len(samples)], dtype=np.float32)


def _smooth(level: NDArray[np.float64]) -> NDArray[np.float64]:
    cepstrum = np.fft.irfft(level, axis=1)
    cepstrum[:, _LIFTER : cepstrum.shape[1] - _LIFTER + 1] = 0
    return np.asarray(np.fft.rfft(cepstrum, axis=1).real)
