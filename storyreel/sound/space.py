"""How wide all that is heard is, through what it is heard, and when nothing is heard at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from storyreel.sound.muffle import Muffled
from storyreel.sound.tape import Curve, Samples, Sounding, Turned
from storyreel.timeline.clock import SAMPLE_RATE, Clock
from storyreel.timeline.model import Sound

_EDGE = SAMPLE_RATE // 50
"""Samples in which a hush comes and goes, within itself."""
_OPENING = SAMPLE_RATE // 20
"""Samples in which what is heard becomes wider or narrower."""


def spaced(sound: Sounding, cues: Sound, clock: Clock) -> Sounding:
    """A sound as wide as the film's is at every moment, heard through what that is, and silent where that is."""
    made = sound
    if cues.muffles:
        made = Muffled(made, [(clock.sample(frame), name) for frame, name in cues.muffles])
    if cues.widths:
        made = _Wide(made, _widths([(clock.sample(frame), width) for frame, width in cues.widths]))
    if cues.hushes:
        made = Turned(made, _hushes([(clock.sample(start), clock.sample(end)) for start, end in cues.hushes]))
    return made


class _Wide:
    """A sound whose sides are so far apart: 0 both are the middle, 1 they are as they were."""

    def __init__(self, sound: Sounding, width: Curve) -> None:
        self._sound, self._width = sound, width

    def __len__(self) -> int:
        return len(self._sound)

    def __getitem__(self, span: slice, /) -> Samples:
        first, end, _ = span.indices(len(self))
        samples = self._sound[first:end]
        middle = samples.mean(axis=1, keepdims=True)
        return np.asarray(middle + (samples - middle) * self._width(first, end)[:, None], dtype=np.float32)


def _widths(changes: Sequence[tuple[int, float]]) -> Curve:
    at, width = [0.0], [1.0]
    for sample, goal in sorted(changes):
        if sample <= 0:
            width = [goal]
            continue
        at += [max(float(sample), at[-1]), max(float(sample), at[-1]) + _OPENING]
        width += [width[-1], goal]

    def curve(first: int, end: int) -> NDArray[np.float32]:
        return np.interp(np.arange(first, end), at, width).astype(np.float32)

    return curve


def _hushes(spans: Sequence[tuple[int, int]]) -> Curve:
    def curve(first: int, end: int) -> NDArray[np.float32]:
        at = np.arange(first, end)
        gain = np.ones(end - first)
        for start, stop in spans:
            if start < end and stop > first:
                edge = max(min(_EDGE, (stop - start) // 2), 1)
                gain *= np.clip(np.maximum(start + edge - at, at - (stop - edge)) / edge, 0, 1)
        return gain.astype(np.float32)

    return curve
