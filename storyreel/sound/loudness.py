"""Loudness and peaks: ITU-R BS.1770-4 measured at 48 kHz, a look-ahead limiter, and the master that meets both.

The master is -14 LUFS, the level that video platforms play at, under a ceiling that leaves AAC room to overshoot.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from storyreel.sound.resample import lowpass
from storyreel.sound.tape import Sounding, Turned, around, stepped
from storyreel.timeline.clock import SAMPLE_RATE

TARGET_LUFS = -14.0
CEILING_DBTP = -1.6
"""AAC at 192 kb/s usually lifts peaks by up to 0.3 dB; the film itself is to stay below `HEARD_DBTP`."""
HEARD_DBTP = -1.0
"""What no film passes when it is played (EBU R 128 and the video platforms)."""

# BS.1770-4, tables 1 and 2: the head's shelf, then the high-pass, for 48 kHz.
_K_WEIGHTING = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)
_MS = SAMPLE_RATE // 1000
_TENTH = 100 * _MS
_SPAN = 597 * _MS
_WINDOW = 1 << 15
"""Weighting is done by Fourier transforms of 32768 samples, the first 4112 of which are what went before: by then the
filters' memory is 130 dB down."""
_OFFSET = -0.691
_ABSOLUTE, _RELATIVE = -70.0, -10.0

_FINER = 4
_PIECE = 170 * _MS
_ATTACK = 5
_RELEASE_DB = 0.06
"""The limiter works in blocks of 1 ms: its attack in blocks, its release in dB a block."""
_EXACT = 0.02
_ROUNDING = 0.001
_SAFELY = 0.3
"""Decibels by which a peak out of a codec is brought under its ceiling: by 0.1 it often came back as it was."""
_ROUNDS = 8
_MOST_DB = 80.0
"""No mix is turned up by more: what doesn't get loud by that, as a lone click under its ceiling, never does."""


@cache
def _weighting() -> NDArray[np.complex64]:
    """The K-weighting at the frequencies of a window's Fourier transform."""
    back = np.exp(-2j * np.pi * np.arange(_WINDOW) / _WINDOW)
    powers = np.stack([np.ones_like(back), back, back**2])
    made = np.prod([(section[:3] @ powers) / (section[3:] @ powers) for section in _K_WEIGHTING], axis=0)
    return np.asarray(made, dtype=np.complex64)


def energies(sound: Sounding) -> NDArray[np.float64]:
    """K-weighted energy of each millisecond, begun ones too: the channels' mean squares, added."""
    made = np.zeros(-(-len(sound) // _MS))
    before = _WINDOW - _SPAN
    for number, first in enumerate(range(0, len(sound), _SPAN)):
        given = around(sound, first - before, first + _SPAN)
        if not given.any():
            continue
        # Left and right as one complex signal: the filter is real, so they stay apart.
        spectrum = np.fft.fft(given.view(np.complex64)[:, 0])
        spectrum *= _weighting()
        heard = np.fft.ifft(spectrum)[before:].view(np.float32).reshape(-1, 2 * _MS)
        into = made[number * (_SPAN // _MS) :][: len(heard)]
        into[:] = np.einsum("ij,ij->i", heard, heard)[: len(into)] / _MS
    return made


def steps(found: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """The mean of each whole step of so many milliseconds' energies."""
    count = len(found) // size
    return np.asarray(found[: count * size].reshape(count, size).mean(axis=1))


def weighted_energy(sound: Sounding, step: int = _TENTH) -> NDArray[np.float64]:
    """K-weighted energy of each whole step of `step` samples (whole milliseconds): channels' mean squares, added."""
    return steps(energies(sound)[: len(sound) // _MS], step // _MS)


def lufs(energy: float) -> float:
    """The loudness of a K-weighted energy; minus infinity for none."""
    return _OFFSET + 10 * math.log10(energy) if energy > 0 else -math.inf


def short_loudness(sound: Sounding) -> NDArray[np.float64]:
    """Momentary loudness (LUFS, windows of 400 ms) every 100 ms; minus infinity where nothing sounds."""
    energy = weighted_energy(sound)
    windows = np.convolve(energy, np.full(4, 0.25), mode="valid") if len(energy) >= 4 else energy[:0]
    with np.errstate(divide="ignore"):
        return np.asarray(_OFFSET + 10 * np.log10(windows))


def gated(energy: NDArray[np.float64]) -> float:
    """Integrated loudness (LUFS) of K-weighted energies a 100 ms: windows of 400 ms, gated at -70 LUFS and -10 LU."""
    if len(energy) < 4:
        return -math.inf
    windows = np.convolve(energy, np.full(4, 0.25), mode="valid")
    heard = windows[windows > 10 ** ((_ABSOLUTE - _OFFSET) / 10)]
    if not len(heard):
        return -math.inf
    return lufs(float(heard[heard > heard.mean() * 10 ** (_RELATIVE / 10)].mean()))


def integrated(found: NDArray[np.float64]) -> float:
    """Integrated loudness (LUFS) of K-weighted energies a millisecond."""
    return gated(steps(np.pad(found, (0, max(400 - len(found), 0))), 100))


def loudness(sound: Sounding) -> float:
    """Integrated loudness in LUFS; minus infinity for silence. Sound under 0.4 s counts as if silence followed."""
    return integrated(energies(sound))


def _peaks(sound: Sounding) -> NDArray[np.float32]:
    """The highest level of each millisecond, between the samples too: four times oversampled (BS.1770-4, annex 2)."""
    peaks = np.zeros(-(-len(sound) // _MS), dtype=np.float32)
    taps = lowpass(_FINER, 1)
    reach = len(taps) // 2 // _FINER
    size = 2 * _PIECE
    part, fine = np.empty(size, dtype=np.float32), np.empty(size, dtype=np.float32)
    for first in range(0, len(sound), _PIECE):
        given = around(sound, first - reach, first + _PIECE + reach).ravel()
        if not given.any():
            continue
        highest = np.abs(given[2 * reach : 2 * reach + size])
        for phase in range(1, _FINER):
            fine[:] = 0
            for lag in range(-reach, reach):
                into = 2 * (reach - lag)
                np.multiply(given[into : into + size], taps[(reach + lag) * _FINER + phase], out=part)
                np.add(fine, part, out=fine)
            np.maximum(highest, np.abs(fine, out=fine), out=highest)
        into = first // _MS
        found = highest.reshape(-1, 2 * _MS).max(axis=1)
        peaks[into : into + len(found)] = found[: len(peaks) - into]
    return peaks


def true_peak(sound: Sounding) -> float:
    """The true peak in dBTP; minus infinity for silence."""
    peak = float(_peaks(sound).max()) if len(sound) else 0.0
    return 20 * math.log10(peak) if peak > 0 else -math.inf


def _reduction(peaks: NDArray[np.float32], ceiling_db: float) -> NDArray[np.float64]:
    """The gain of each block that keeps its peak under the ceiling: it falls ahead of a peak and rises slowly after."""
    level = np.minimum(0.0, ceiling_db - 20 * np.log10(np.maximum(peaks, 1e-9, dtype=np.float64)))
    # One block more than the smoothing reaches, as gains are interpolated between the blocks' centres.
    reach = _ATTACK + 1
    wide = np.pad(level, reach, mode="edge")
    for shift in range(2 * reach + 1):
        np.minimum(level, wide[shift : shift + len(level)], out=level)
    slope = _RELEASE_DB * np.arange(len(level))
    level = np.minimum(0.0, slope + np.minimum.accumulate(level - slope))
    window = np.hanning(2 * _ATTACK + 3)[1:-1]
    smooth = np.convolve(np.pad(10 ** (level / 20), _ATTACK, mode="edge"), window / window.sum(), mode="valid")
    return np.asarray(smooth, dtype=np.float64)


def limited(sound: Sounding, ceiling_db: float = CEILING_DBTP) -> Sounding:
    """Sound whose true peaks stay under a ceiling in dBTP; where nothing comes near it, nothing changes."""
    return Turned(sound, stepped(_reduction(_peaks(sound), ceiling_db), _MS)) if len(sound) else sound


def turned_down(sound: Sounding, heard: Sounding, ceiling_db: float = HEARD_DBTP) -> Sounding | None:
    """Sound that is softer where it passes the ceiling (dBTP) as it is `heard`, in the same places, out of a codec.

    None where it stays below.
    """
    peaks = _peaks(heard)[: -(-len(sound) // _MS)]
    if not len(peaks) or float(peaks.max()) <= 10 ** (ceiling_db / 20):
        return None
    return Turned(sound, stepped(_reduction(peaks, ceiling_db - _SAFELY), _MS))


def _gains(
    found: NDArray[np.float64], peaks: NDArray[np.float32], target: float, ceiling_db: float
) -> NDArray[np.float64]:
    """A gain for each millisecond under which the sound is as loud as wanted, as far as its energies tell."""
    gain = target - integrated(found)
    for _ in range(_ROUNDS):
        factor = 10 ** (gain / 20)
        made = _reduction(peaks * np.float32(factor), ceiling_db) * factor
        error = target - integrated(found * made**2)
        if abs(error) < _EXACT / 4:
            break
        gain = min(gain + error, _MOST_DB)
    return made


def master(mix: Sounding, target: float = TARGET_LUFS, ceiling_db: float = CEILING_DBTP) -> Sounding:
    """A mix at its final loudness (LUFS), its true peaks under the ceiling (dBTP); silence stays as it is.

    Energies and peaks of the mix are found once, and gain and limiter are worked out from them. What they make of the
    mix is then measured, and aimed at again, until the loudness is met within 0.02 LU.
    """
    found = energies(mix)
    if integrated(found) == -math.inf:
        return mix
    peaks = _peaks(mix)
    aim, ceiling = target, ceiling_db - _ROUNDING
    for _ in range(_ROUNDS):
        made = Turned(mix, stepped(_gains(found, peaks, aim, ceiling), _MS))
        error, over = target - loudness(made), true_peak(made) - ceiling_db
        if abs(error) < _EXACT and over <= 0:
            return made
        aim += error
        if over > 0:
            ceiling -= over + 0.01
    return limited(made, ceiling_db)
