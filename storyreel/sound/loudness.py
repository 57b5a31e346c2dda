"""Loudness and peaks: ITU-R BS.1770-4 measured at 48 kHz, a look-ahead limiter, and the master that meets both.

The master is -14 LUFS, the level that video platforms play at, under a ceiling that leaves AAC room to overshoot.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from storyreel.timeline.clock import SAMPLE_RATE

Samples = NDArray[np.float32]

TARGET_LUFS = -14.0
CEILING_DBTP = -1.6
"""AAC at 192 kb/s lifts peaks by up to 0.3 dB; the film itself is to stay below -1 dBTP."""

# BS.1770-4, tables 1 and 2: the head's shelf, then the high-pass, for 48 kHz.
_K_WEIGHTING = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)
_STEP = SAMPLE_RATE // 10
_OFFSET = -0.691
_ABSOLUTE, _RELATIVE = -70.0, -10.0

_BLOCK = SAMPLE_RATE // 1000
_ATTACK = 5
_RELEASE_DB = 0.06
"""The limiter works in blocks of 1 ms: its attack in blocks, its release in dB a block."""
_EXACT = 0.02
_ROUNDS = 8


def weighted_energy(samples: Samples, step: int = _STEP) -> NDArray[np.float64]:
    """K-weighted energy of each whole step of `step` samples: the channels' mean squares, added."""
    from scipy.signal import sosfilt

    count = len(samples) // step
    energy = np.zeros(count)
    for channel in range(samples.shape[1]):
        heard = sosfilt(_K_WEIGHTING, samples[:, channel].astype(np.float64))[: count * step].reshape(count, step)
        energy += np.einsum("ij,ij->i", heard, heard) / step
    return energy


def lufs(energy: float) -> float:
    """The loudness of a K-weighted energy; minus infinity for none."""
    return _OFFSET + 10 * math.log10(energy) if energy > 0 else -math.inf


def short_loudness(samples: Samples) -> NDArray[np.float64]:
    """Momentary loudness (LUFS, windows of 400 ms) every 100 ms; minus infinity where nothing sounds."""
    energy = weighted_energy(samples)
    blocks = np.convolve(energy, np.full(4, 0.25), mode="valid") if len(energy) >= 4 else energy[:0]
    with np.errstate(divide="ignore"):
        return np.asarray(_OFFSET + 10 * np.log10(blocks))


def gated(energy: NDArray[np.float64]) -> float:
    """Integrated loudness (LUFS) of K-weighted energies a 100 ms: blocks of 400 ms, gated at -70 LUFS and -10 LU."""
    if len(energy) < 4:
        return -math.inf
    blocks = np.convolve(energy, np.full(4, 0.25), mode="valid")
    heard = blocks[blocks > 10 ** ((_ABSOLUTE - _OFFSET) / 10)]
    if not len(heard):
        return -math.inf
    return lufs(float(heard[heard > heard.mean() * 10 ** (_RELATIVE / 10)].mean()))


def loudness(samples: Samples) -> float:
    """Integrated loudness in LUFS; minus infinity for silence. Sound under 0.4 s counts as if silence followed."""
    if len(samples) < 4 * _STEP:
        samples = np.pad(samples, ((0, 4 * _STEP - len(samples)), (0, 0)))
    return gated(weighted_energy(samples))


def _peaks(samples: Samples) -> NDArray[np.float32]:
    """The highest level of each block of 1 ms, between the samples too: four times oversampled (BS.1770-4, annex 2)."""
    from scipy.signal import resample_poly

    count = -(-len(samples) // _BLOCK)
    peaks = np.zeros(count, dtype=np.float32)
    for channel in range(samples.shape[1]):
        fine = np.zeros(count * _BLOCK * 4, dtype=np.float32)
        fine[: len(samples) * 4] = resample_poly(np.ascontiguousarray(samples[:, channel]), 4, 1)
        np.maximum(peaks, np.abs(fine, out=fine).reshape(count, -1).max(axis=1), out=peaks)
    return peaks


def true_peak(samples: Samples) -> float:
    """The true peak in dBTP; minus infinity for silence."""
    peak = float(_peaks(samples).max()) if len(samples) else 0.0
    return 20 * math.log10(peak) if peak > 0 else -math.inf


def _reduction(peaks: NDArray[np.float32], ceiling_db: float) -> NDArray[np.float64]:
    """The gain of each block that keeps its peak under the ceiling: it falls ahead of a peak and rises slowly after."""
    from scipy.ndimage import minimum_filter1d

    level = np.minimum(0.0, ceiling_db - 20 * np.log10(np.maximum(peaks, 1e-9)))
    # One block more than the smoothing reaches, as gains are interpolated between the blocks' centres.
    level = minimum_filter1d(level, 2 * _ATTACK + 3, mode="nearest")
    slope = _RELEASE_DB * np.arange(len(level))
    level = np.minimum(0.0, slope + np.minimum.accumulate(level - slope))
    window = np.hanning(2 * _ATTACK + 3)[1:-1]
    smooth = np.convolve(np.pad(10 ** (level / 20), _ATTACK, mode="edge"), window / window.sum(), mode="valid")
    return np.asarray(smooth, dtype=np.float64)


def limited(samples: Samples, ceiling_db: float = CEILING_DBTP) -> Samples:
    """Samples whose true peaks stay under a ceiling in dBTP; where nothing comes near it, nothing changes."""
    return _turned(samples, _reduction(_peaks(samples), ceiling_db)) if len(samples) else samples


def _turned(samples: Samples, gains: NDArray[np.float64]) -> Samples:
    """Samples under a gain for each block of 1 ms, interpolated between the blocks' centres."""
    if np.all(gains == gains[0]):
        return np.asarray(samples * np.float32(gains[0]), dtype=np.float32)
    centres = np.arange(len(gains)) * _BLOCK + (_BLOCK - 1) / 2
    curve = np.interp(np.arange(len(samples)), centres, gains).astype(np.float32)
    return np.asarray(samples * curve[:, None], dtype=np.float32)


def master(samples: Samples, target: float = TARGET_LUFS, ceiling_db: float = CEILING_DBTP) -> Samples:
    """A mix at its final loudness (LUFS), its true peaks under the ceiling (dBTP); silence stays as it is.

    The peaks are found once; then gain, limiter and measurement go round until the loudness is met within 0.02 LU.
    """
    loud = loudness(samples)
    if loud == -math.inf:
        return samples
    peaks = _peaks(samples)
    ceiling = ceiling_db
    gain = target - loud
    for _ in range(_ROUNDS):
        factor = 10 ** (gain / 20)
        made = _turned(samples, _reduction(peaks * np.float32(factor), ceiling) * factor)
        error = target - loudness(made)
        if abs(error) < _EXACT:
            over = true_peak(made) - ceiling_db
            if over <= 0:
                return made
            ceiling -= over + 0.01
        gain += error
    return limited(made, ceiling_db)
