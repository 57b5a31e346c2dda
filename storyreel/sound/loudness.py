"""Loudness and true peak by ITU-R BS.1770-4, and a master that meets a target in both."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from storyreel.timeline.clock import SAMPLE_RATE

TARGET, CEILING = -14.0, -1.6
"""Integrated loudness (LUFS), and true peak before AAC (dBTP), which may raise it by half a decibel."""
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""The K weighting's two stages at 48 kHz (BS.1770-4, tables 1 and 2)."""
_LOOK = 0.005

Samples = NDArray[np.float32]


def _block_powers(samples: Samples) -> NDArray[np.float64]:
    """Mean power of both channels in blocks of 400 ms, every 100 ms."""
    from scipy.signal import lfilter

    weighted = lfilter(*_HIGH_PASS, lfilter(*_SHELF, samples.astype(np.float64), axis=0), axis=0)
    power = np.square(weighted).sum(axis=1)
    step = SAMPLE_RATE // 10
    tenths = power[: len(power) // step * step].reshape(-1, step).mean(axis=1)
    if len(tenths) < 4:
        return np.array([power.mean()]) if len(power) else np.zeros(1)
    return np.convolve(tenths, np.ones(4) / 4, mode="valid")


def _level(power: float) -> float:
    return -0.691 + 10 * np.log10(power) if power > 0 else float("-inf")


def loudness(samples: Samples) -> float:
    """Integrated loudness in LUFS, gated at -70 LUFS and at 10 LU below the mean; -inf of silence."""
    blocks = _block_powers(samples)
    blocks = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    if not len(blocks):
        return float("-inf")
    return float(_level(float(blocks[blocks > blocks.mean() * 0.1].mean())))


def short_loudness(samples: Samples) -> NDArray[np.float64]:
    """Momentary loudness (400 ms) every 100 ms, in LUFS."""
    with np.errstate(divide="ignore"):
        return np.asarray(-0.691 + 10 * np.log10(_block_powers(samples)))


def _peaks(samples: Samples) -> NDArray[np.float64]:
    """The true peak about each sample: four times oversampled (BS.1770-4, annex 2)."""
    from scipy.signal import resample_poly

    fine = np.abs(resample_poly(samples, 4, 1, axis=0)).max(axis=1)[: 4 * len(samples)]
    return np.asarray(fine.reshape(-1, 4).max(axis=1), dtype=np.float64)


def true_peak(samples: Samples) -> float:
    """The highest true peak, in dBTP."""
    peak = float(_peaks(samples).max()) if len(samples) else 0.0
    return 20 * np.log10(peak) if peak > 0 else float("-inf")


def limited(samples: Samples, peaks: NDArray[np.float64], gain: float, ceiling_db: float = CEILING) -> Samples:
    """Samples times `gain`, held under a true-peak ceiling by a look-ahead limiter; `peaks` are theirs."""
    from scipy.ndimage import minimum_filter1d
    from scipy.signal import fftconvolve

    wanted = np.minimum(1.0, 10 ** (ceiling_db / 20) / np.maximum(peaks * gain, 1e-9))
    if wanted.min() >= 1.0:
        return np.asarray(samples * np.float32(gain), dtype=np.float32)
    reach = int(_LOOK * SAMPLE_RATE)
    held = minimum_filter1d(wanted, 2 * reach + 1)
    window = np.hanning(2 * reach + 1)[1:-1]
    smooth = fftconvolve(np.pad(held, reach - 1, mode="edge"), window / window.sum(), mode="valid")[: len(samples)]
    return np.asarray(samples * (gain * smooth)[:, None], dtype=np.float32)


def master(samples: Samples, target: float = TARGET, ceiling_db: float = CEILING) -> Samples:
    """The mix at a loudness (LUFS) and under a true peak (dBTP): gain, limit, measure, correct, up to six times.

    A silent mix stays silent.
    """
    found = loudness(samples)
    if not np.isfinite(found):
        return samples
    peaks = _peaks(samples)
    gain = target - found
    made = samples
    for _ in range(6):
        made = limited(samples, peaks, 10 ** (gain / 20), ceiling_db)
        error = target - loudness(made)
        if abs(error) < 0.03:
            break
        gain += error
    return made
