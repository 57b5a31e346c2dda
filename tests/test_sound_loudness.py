"""Loudness by BS.1770-4, true peaks, and the master that meets both."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyreel.sound.loudness import CEILING_DBTP, TARGET_LUFS, limited, loudness, master, true_peak

RATE = 48_000


def sine(frequency: float, seconds: float, level_db: float = 0.0, phase: float = 0.0) -> np.ndarray:
    t = np.arange(round(seconds * RATE)) / RATE
    return (10 ** (level_db / 20) * np.sin(2 * np.pi * frequency * t + phase)).astype(np.float32)


def stereo(left: np.ndarray, right: np.ndarray | None = None) -> np.ndarray:
    return np.stack([left, left if right is None else right], axis=1).astype(np.float32)


def hot_mix(seconds: float, seed: int) -> np.ndarray:
    """Noise that swells, with clicks far above it: a limiter has work to do."""
    random = np.random.default_rng(seed)
    count = round(seconds * RATE)
    made = 0.08 * random.standard_normal((count, 2))
    made *= 0.2 + np.abs(np.sin(np.arange(count) / RATE * 2))[:, None]
    made[random.integers(0, count, 40)] *= 30
    return made.astype(np.float32)


@pytest.mark.parametrize("level", [0.0, -12.0, -33.0])
def test_a_sine_on_one_side_reads_three_below_its_level(level: float) -> None:
    tone = sine(997, 5, level)
    assert loudness(stereo(tone, 0 * tone)) == pytest.approx(level - 3.01, abs=0.01)
    assert loudness(stereo(tone)) == pytest.approx(level, abs=0.01)


def test_low_notes_count_less_and_high_notes_more() -> None:
    middle = loudness(stereo(sine(997, 3, -20)))
    assert loudness(stereo(sine(30, 3, -20))) < middle - 6
    assert loudness(stereo(sine(4000, 3, -20))) == pytest.approx(middle + 3.3, abs=0.4)


def test_pauses_do_not_make_a_film_quieter() -> None:
    """The relative gate: what lies 10 LU below the rest is not counted."""
    loud, soft = stereo(sine(997, 10, -20)), stereo(sine(997, 20, -50))
    assert loudness(np.concatenate([loud, soft])) == pytest.approx(-20.0, abs=0.15)


def test_silence_has_no_loudness_and_no_peak() -> None:
    nothing = np.zeros((RATE, 2), dtype=np.float32)
    assert loudness(nothing) == -math.inf
    assert true_peak(nothing) == -math.inf
    assert np.array_equal(master(nothing)[:], nothing)
    assert len(master(nothing[:0])) == 0


def test_a_peak_between_the_samples_is_found() -> None:
    """A quarter of the sampling rate, an eighth of a turn on: every sample is 3 dB below the wave's own peak."""
    tone = stereo(sine(RATE / 4, 1, 0.0, np.pi / 4))
    assert 20 * math.log10(np.abs(tone).max()) == pytest.approx(-3.01, abs=0.01)
    assert true_peak(tone) == pytest.approx(0.0, abs=0.15)


def test_the_limiter_leaves_alone_what_is_below_its_ceiling() -> None:
    quiet = stereo(sine(440, 1, -12))
    assert np.array_equal(limited(quiet, -6.0)[:], quiet)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), ceiling=st.sampled_from([-1.6, -6.0, -12.0]))
def test_nothing_passes_the_ceiling(seed: int, ceiling: float) -> None:
    assert true_peak(limited(hot_mix(1.0, seed), ceiling)) <= ceiling + 0.15


def test_the_limiter_is_smooth() -> None:
    """A gain that jumped would click: between two samples of a steady tone it hardly moves."""
    tone = sine(100, 2, -20)
    tone[RATE] = 1.0
    gain = limited(stereo(tone), -12.0)[:][:, 0] / np.where(np.abs(tone) < 1e-4, np.nan, tone)
    assert np.nanmax(np.abs(np.diff(gain))) < 0.01


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("gain_db", [-40.0, 0.0, 12.0])
def test_a_master_meets_loudness_and_ceiling(seed: int, gain_db: float) -> None:
    made = master(hot_mix(8.0, seed) * np.float32(10 ** (gain_db / 20)))[:]
    assert loudness(made) == pytest.approx(TARGET_LUFS, abs=0.1)
    assert true_peak(made) <= CEILING_DBTP + 0.05
    assert made.dtype == np.float32


def test_the_same_mix_makes_the_same_master() -> None:
    mix = hot_mix(4.0, 1)
    assert master(mix)[:].tobytes() == master(mix.copy())[:].tobytes()
