"""What a body gives to follow, from 0 to 1 at every frame: how loud its voice is, how full of breath it is."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from storyreel.direct.acting import Act
from storyreel.direct.acting.curves import Array, smooth
from storyreel.sound.clip import Speech
from storyreel.timeline.clock import Clock

_LOUD = 90.0
"""The percentile of a clip's loudness that counts as 1."""
_FALLS = 0.72
"""What is left of a loudness a thirtieth of a second later, where the voice falls quicker than that."""
_BREATH = 4.0
"""Seconds of a breath at rest."""


def voice(spoken: Iterable[tuple[Speech, int]], length: int, clock: Clock) -> Array:
    """How loud somebody is: of every clip its speech, and the frame at which it begins."""
    level = np.zeros(length)
    for speech, start in spoken:
        per = speech.rate / float(clock.rate)
        count = math.ceil(len(speech.samples) / per)
        edges = np.round(np.arange(count + 1) * per).astype(int)
        power = np.concatenate(([0.0], np.cumsum(np.square(speech.samples.astype(np.float64)))))
        edges = np.minimum(edges, len(speech.samples))
        loud = np.sqrt(np.diff(power[edges]) / np.maximum(np.diff(edges), 1))
        loud = np.clip(loud / max(float(np.percentile(loud, _LOUD)), 1e-6), 0, 1)
        for number, value in enumerate(loud):
            if 0 <= start + number < length:
                level[start + number] = max(level[start + number], value)
    left = _FALLS ** (30 / float(clock.rate))
    for frame in range(1, length):
        level[frame] = max(level[frame], level[frame - 1] * left)
    return level


def breath(acts: Iterable[Act], length: int, clock: Clock) -> Array:
    """How full of breath somebody is: as they breathe in and out; where nothing is said of it, as at rest."""
    frames = np.arange(length, dtype=np.float64)
    told = [(act, goal) for act in acts for goal in _goals(act)]
    if not told:
        return np.asarray(0.5 - 0.5 * np.cos(2 * math.pi * frames / (_BREATH * float(clock.rate))))
    told.sort(key=lambda one: one[1][0])
    level = np.full(length, 1.0 - told[0][1][2])
    for _, (start, end, goal) in told:
        share = smooth((frames - start) / max(end - start, 1))
        level = level + (goal - level) * share
    return np.asarray(level)


def _goals(act: Act) -> Iterable[tuple[float, float, float]]:
    """From when to when an act fills or empties somebody, and to what."""
    if act.kind == "breathe":
        half = act.start + 0.6 * act.frames
        return (act.start, half, 1.0), (half, act.end, 0.0)
    if act.kind in ("breathe-in", "breathe-out"):
        return ((act.start, act.end, float(act.kind == "breathe-in")),)
    return ()
