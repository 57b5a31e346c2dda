"""Sound at another rate: a polyphase filter, windowed by Kaiser (beta 5), ten zeros of its sinc to either side."""

from __future__ import annotations

from functools import cache
from math import gcd

import numpy as np
from numpy.typing import NDArray

from storyreel.timeline.clock import SAMPLE_RATE

_ZEROS = 10
_BETA = 5.0


@cache
def lowpass(up: int, down: int) -> NDArray[np.float32]:
    """The filter at `up` times the old rate, its gain `up` at 0 Hz; it is symmetric, and cuts at the lower rate's half.

    Crochiere and Rabiner, Multirate Digital Signal Processing, chapter 4.
    """
    widest = max(up, down)
    reach = _ZEROS * widest
    taps = np.sinc(np.arange(-reach, reach + 1) / widest) * np.kaiser(2 * reach + 1, _BETA)
    return np.asarray(taps * (up / taps.sum()), dtype=np.float32)


def resampled(samples: NDArray[np.float32], rate: int, wanted: int = SAMPLE_RATE) -> NDArray[np.float32]:
    """Samples (along the first axis) at `rate` a second brought to `wanted`; what comes later is later by nothing."""
    common = gcd(rate, wanted)
    up, down = wanted // common, rate // common
    if up == down:
        return samples
    taps = lowpass(up, down)
    middle = len(taps) // 2
    made = np.zeros((-(-len(samples) * up // down), *samples.shape[1:]), dtype=np.float32)
    reach = middle // up + 1
    edge = np.zeros((reach, *samples.shape[1:]), dtype=np.float32)
    wide = np.concatenate([edge, samples, edge, edge])
    for phase in range(min(up, len(made))):
        # Every `up`th sample made is a sum of every `down`th sample given, under the same weights.
        into = made[phase::up]
        whole, part = divmod(phase * down, up)
        for lag in range(-reach, reach + 1):
            place = middle + up * lag + part
            if 0 <= place < len(taps) and taps[place]:
                first = reach + whole - lag
                into += taps[place] * wide[first : first + (len(into) - 1) * down + 1 : down]
    return made
