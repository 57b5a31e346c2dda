"""How an effect is put together: parts at their times and places, crackles, and sounds that go round."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from storyreel.sound.waves import Wave, noise, time_axis
from storyreel.timeline.clock import SAMPLE_RATE

Random = np.random.Generator
Stereo = NDArray[np.float32]
Laid = tuple[float, Wave, float, float]
"""Something within an effect: from when (s), its samples, its gain, its place (-1 left, 1 right)."""
Maker = tuple[Callable[[Random], Stereo], float]
"""How an effect is made, and its peak."""


def laid(seconds: float, *parts: Laid) -> Stereo:
    """Parts at their times and places."""
    made = np.zeros((round(seconds * SAMPLE_RATE), 2), dtype=np.float32)
    for at, wave, gain, place in parts:
        start = round(at * SAMPLE_RATE)
        end = min(start + len(wave), len(made))
        angle = (place + 1) * math.pi / 4
        sides = np.array([math.cos(angle), math.sin(angle)], dtype=np.float32) * np.float32(gain * math.sqrt(2))
        made[start:end] += wave[: end - start, None] * sides
    return made


def crackle(r: Random, seconds: float, rate: float, low: float, high: float, rest: float = 0.004) -> Wave:
    """Many small breaks between two frequencies (Hz), `rate` of them a second, each dying within `rest` (s)."""
    # Half a second of CPU to import, which a film that needs none of it doesn't pay.
    from scipy.signal import lfilter

    count = round(seconds * SAMPLE_RATE)
    breaks = (r.random(count) < rate / SAMPLE_RATE) * r.exponential(1.0, count)
    level = lfilter([1.0], [1.0, -math.exp(-1 / (rest * SAMPLE_RATE))], breaks)
    made = noise(r, seconds, low, high)[:count] * level
    return np.asarray(made / max(float(np.abs(made).max()), 1e-6), dtype=np.float32)


def rung(seconds: float, *modes: tuple[float, float, float]) -> Wave:
    """A thing that is hit once: modes (Hz, level, decay in nepers a second)."""
    t = time_axis(seconds)
    made = sum(level * np.sin(2 * np.pi * at * t) * np.exp(-np.float32(rate) * t) for at, level, rate in modes)
    return np.asarray(made * np.minimum(t * 2400, 1), dtype=np.float32)


def swell(seconds: float, rise: float, fall: float) -> Wave:
    """An envelope that rises in `rise` and falls in `fall` (s), flat between."""
    t = time_axis(seconds)
    ramp = np.minimum(t / rise, (seconds - t) / fall).clip(0, 1)
    return np.asarray(ramp * ramp * (3 - 2 * ramp), dtype=np.float32)


def sequence(at: float, gaps: list[float]) -> list[float]:
    """Times that begin with `at`, so far apart."""
    return [float(moment) for moment in np.cumsum([at, *gaps])]


def round_and_round(made: Stereo, cross: float = 0.5) -> Stereo:
    """A sound whose end goes over into its beginning, at equal power: shorter by `cross` (s), and without a seam."""
    size = round(cross * SAMPLE_RATE)
    turn = np.linspace(0, math.pi / 2, size, dtype=np.float32)[:, None]
    body = made[: len(made) - size].copy()
    body[:size] = body[:size] * np.sin(turn) + made[len(made) - size :] * np.cos(turn)
    return body
