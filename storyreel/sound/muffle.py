"""What is heard through something: a phone, a door, cloth, or from far away. Filters of their own shape, and levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from storyreel.sound.clip import OPEN
from storyreel.sound.tape import Samples, Sounding, around
from storyreel.timeline.clock import SAMPLE_RATE


@dataclass(frozen=True)
class Muffle:
    """What something does to a sound that comes through it.

    Attributes:
        curve: (frequency in Hz, level in dB), straight between on a scale of octaves.
        width: how far apart its sides still are, 0 to 1.
        level: how much softer speech is through it (dB) once its curve is made up for: words stay words.
        room: seconds in which it rings, from all sides.
    """

    curve: tuple[tuple[float, float], ...]
    width: float
    level: float
    room: float = 0.0


MUFFLES: dict[str, Muffle] = {
    # A telephone's band with the bumps of a small speaker in it.
    "phone": Muffle(
        ((200, -48), (400, -6), (800, 0), (1300, 4), (1900, 0), (2700, 5), (3500, -5), (4600, -40), (9000, -70)), 0, -1
    ),
    # Wood takes all that is high, and booms by itself.
    "door": Muffle(
        ((60, -8), (110, 0), (190, 3), (400, -3), (700, -14), (1400, -27), (3000, -42), (8000, -70)), 0.3, -5
    ),
    "cloth": Muffle(((80, 0), (500, 0), (1000, -2), (1800, -7), (3200, -15), (6000, -27), (12000, -44)), 0.8, -1.5),
    # Air takes the treble, the ground the bass; what is left comes from all sides.
    "far": Muffle(((90, -18), (250, -7), (600, -3), (1500, -4), (2800, -9), (5000, -20), (10000, -42)), 0.4, -7, 0.7),
}
"""What a sound can be heard through, by name."""
_TAPS = 0.04
"""Seconds of a filter without a room."""
_CROSS = SAMPLE_RATE // 20
_GRID = 1 << 15
"""Filtering is done in runs that begin at multiples of this, so that a sample is the same whoever asks for it."""


@cache
def response(name: str, rate: int) -> NDArray[np.float64]:
    """What comes of a click, at a rate; its middle sample is the click's moment."""
    # Half a second of CPU to import, which a film that needs none of it doesn't pay.
    from scipy.signal import fftconvolve

    found = MUFFLES[name]
    size = round((_TAPS + 2 * found.room) * rate) // 2 * 2 + 1
    frequency = np.fft.rfftfreq(2 * size, 1 / rate)
    at, level = np.array(found.curve).T
    gain = 10 ** (np.interp(np.log2(np.maximum(frequency, 10.0)), np.log2(at), level) / 20)
    taps = np.roll(np.fft.irfft(gain, 2 * size), size // 2)[:size] * np.hanning(size + 2)[1:-1]
    if found.room:
        middle = size // 2
        ring = np.zeros(size)
        tail = np.arange(size - middle) / rate
        grain = np.random.default_rng(31).standard_normal(len(tail))
        ring[middle:] = grain * np.exp(-6.9 * tail / found.room) * (tail > 0.012)
        wet = fftconvolve(ring, taps, mode="same")
        taps = 0.8 * taps + 0.45 * wet * np.sqrt(np.square(taps).sum() / np.square(wet).sum())
    return np.asarray(taps)


def muffled(samples: NDArray[np.float32], rate: int, name: str) -> NDArray[np.float32]:
    """A mono sound through something, as long as it was."""
    # Half a second of CPU to import, which a film that needs none of it doesn't pay.
    from scipy.signal import fftconvolve

    return np.asarray(fftconvolve(samples, response(name, rate), mode="same"), dtype=np.float32)


def softened(samples: NDArray[np.float32], name: str) -> NDArray[np.float32]:
    """Speech that is as loud as any other, as soft as it is through something."""
    return samples * np.float32(10 ** (MUFFLES[name].level / 20)) if name != OPEN else samples


def ringing(name: str) -> int:
    """For how many samples what comes through something rings on."""
    return round(MUFFLES[name].room * SAMPLE_RATE)


class Muffled:
    """A sound that is heard through one thing after another, worked out when it is read.

    Args:
        sound: the sound.
        changes: `(sample, name)`: from when on it is heard through what; `none` through nothing.
        ring: for so many samples a room is heard after the sound's end.
    """

    def __init__(self, sound: Sounding, changes: Sequence[tuple[int, str]], ring: int = 0) -> None:
        self._sound, self._ring = sound, ring
        ordered = sorted(changes, key=lambda change: change[0])
        begins = [name for sample, name in ordered if sample <= 0]
        self._changes = [(0, begins[-1] if begins else OPEN), *(one for one in ordered if one[0] > 0)]

    def __len__(self) -> int:
        return len(self._sound) + self._ring

    def __getitem__(self, span: slice, /) -> Samples:
        first, end, _ = span.indices(len(self))
        made = np.zeros((max(end - first, 0), 2), dtype=np.float32)
        begun = np.ones(len(made), dtype=np.float32)
        for (_, name), (later, _) in zip(self._changes, [*self._changes[1:], (len(self) + _CROSS, OPEN)], strict=True):
            # What begins takes over from what was before, so that all shares together are one.
            ends = np.clip((np.arange(first, end) - later) / _CROSS + 0.5, 0, 1).astype(np.float32)
            heard = np.flatnonzero(begun > ends)
            if len(heard):
                low, high = int(heard[0]), int(heard[-1]) + 1
                made[low:high] += self._through(name, first + low, first + high) * (begun - ends)[low:high, None]
            begun = ends
        return made

    def _through(self, name: str, first: int, end: int) -> Samples:
        if name == OPEN:
            return around(self._sound, first, end)
        pieces = [self._run(name, run) for run in range(first // _GRID, -(-end // _GRID))]
        offset = first // _GRID * _GRID
        return np.concatenate(pieces)[first - offset : end - offset]

    def _run(self, name: str, run: int) -> Samples:
        # Half a second of CPU to import, which a film that needs none of it doesn't pay.
        from scipy.signal import fftconvolve

        taps = response(name, SAMPLE_RATE)
        reach = len(taps) // 2
        given = around(self._sound, run * _GRID - reach, (run + 1) * _GRID + reach).astype(np.float64)
        middle = given.mean(axis=1, keepdims=True)
        given = middle + (given - middle) * MUFFLES[name].width
        return np.asarray(fftconvolve(given, taps[:, None], mode="valid", axes=0), dtype=np.float32)
