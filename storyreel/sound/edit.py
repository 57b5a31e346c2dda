"""Makes a take into a clip: the silence around it cut, its loudness the common one, its ends without clicks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from storyreel.sound.clip import Speech, Timed
from storyreel.sound.loudness import loudness
from storyreel.sound.resample import resampled

SPEECH_LUFS = -16.0
"""How loud every clip is, measured as it is heard in the mix: on both sides, at 48 kHz."""
_HEAD, _TAIL = 0.06, 0.16
"""Seconds that are left before the first sound and after the last."""
_FADE_IN, _FADE_OUT = 0.004, 0.03
_QUIETEST_DB = 50.0
"""A sound may be this far below the loudest and still belong to the take."""
_SILENT = 1e-5
"""Nobody hears 100 dB below full scale."""
_HIGHEST = 4.0
"""No sample of a clip goes beyond: speech at its loudness hardly reaches half of it, a hum too low to hear would."""


def stretches(samples: NDArray[np.float32], rate: int, pause: float) -> list[tuple[float, float]]:
    """From when to when (s) there is more than silence and noise; silences shorter than `pause` (s) don't count.

    The threshold is 50 dB below the loudest 10 ms, or 10 dB above the take's floor if that is higher.
    """
    step = rate // 100
    framed = samples[: len(samples) // step * step].reshape(-1, step)
    level = np.sqrt(np.mean(np.square(framed, dtype=np.float64), axis=1))
    if not (level > _SILENT).any():
        return []
    loudest = 20 * np.log10(level.max())
    floor = 20 * np.log10(max(float(np.quantile(level, 0.08)), 1e-9))
    least = min(max(loudest - _QUIETEST_DB, floor + 10), loudest - 12)
    heard = np.flatnonzero(level > 10 ** (least / 20))
    breaks = np.flatnonzero(np.diff(heard) > pause * 100)
    firsts, lasts = heard[np.r_[0, breaks + 1]], heard[np.r_[breaks, len(heard) - 1]]
    return [(float(a) / 100, (float(b) + 1) / 100) for a, b in zip(firsts, lasts, strict=True)]


def trimmed(take: Speech) -> Speech:
    """A take without the silence around it; its times go with it."""
    spans = stretches(take.samples, take.rate, np.inf)
    if not spans:
        return take
    first, last = spans[0]
    start = max(round((first - _HEAD) * take.rate), 0)
    last = max(last + _TAIL, take.words[-1].end if take.words else 0.0)
    end = min(round(last * take.rate), len(take.samples))
    offset, seconds = start / take.rate, (end - start) / take.rate

    def moved(times: tuple[Timed, ...]) -> tuple[Timed, ...]:
        return tuple(
            Timed(t.text, min(max(t.start - offset, 0.0), seconds), min(max(t.end - offset, 0.0), seconds))
            for t in times
        )

    return Speech(take.samples[start:end].copy(), take.rate, moved(take.words), moved(take.phonemes))


def levelled(take: Speech) -> Speech:
    """A take at the common loudness, its ends faded; silence stays silent."""
    found = loudness(np.repeat(resampled(take.samples, take.rate)[:, None], 2, axis=1))
    gain = 10 ** ((SPEECH_LUFS - found) / 20) if np.isfinite(found) else 1.0
    gain = min(gain, _HIGHEST / max(float(np.abs(take.samples).max(initial=0.0)), 1e-9))
    samples = np.asarray(take.samples * np.float32(gain), dtype=np.float32)
    rise, fall = (min(round(s * take.rate), len(samples) // 2) for s in (_FADE_IN, _FADE_OUT))
    samples[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    samples[len(samples) - fall :] *= np.linspace(1, 0, fall, dtype=np.float32)
    return replace(take, samples=samples)
