"""What moves in the portrait, and when: she settles, blinks, breathes, leans her head; her hair comes after."""

from __future__ import annotations

import math
from dataclasses import dataclass

RATE, LENGTH = 30, 150
_BLINKS = ((26, 7), (74, 7), (83, 6), (128, 7))
"""The frame on which her eyes begin to close, and for how many frames that goes on till they are open again."""


@dataclass(frozen=True)
class Moment:
    """How she is at a moment.

    Attributes:
        blink: how far her eyes are shut.
        tilt: degrees that her head leans to the right.
        breath: how far her shoulders are up, 0 to 1.
        sway: how far her hair is to the right at its tips, in pixels.
        gaze: where she looks: 0 into the camera, 1 to the right.
        smile, brows: how far up her mouth's corners and her brows are.
        seconds: for all that goes on and on.
    """

    blink: float = 0.0
    tilt: float = 3.0
    breath: float = 0.5
    sway: float = 0.0
    gaze: float = 0.0
    smile: float = 1.0
    brows: float = 0.4
    seconds: float = 0.0


def _eased(frame: float, start: float, end: float) -> float:
    t = min(max((frame - start) / (end - start), 0.0), 1.0)
    return t * t * (3 - 2 * t)


def _tilt(frame: float) -> float:
    """She comes to rest as the hood is off; later she leans to the other side, and back."""
    seconds = frame / RATE
    rest = max(seconds - 0.3, 0.0)
    settling = -9 * math.exp(-2.8 * rest) * math.cos(5.0 * rest)
    return 3.2 + settling - 5.0 * _eased(frame, 62, 88) + 5.0 * _eased(frame, 106, 132) + 0.6 * math.sin(seconds * 1.9)


def moment(frame: int) -> Moment:
    """How she is at a frame."""
    seconds = frame / RATE
    blink = max(math.sin(math.pi * min(max((frame - at) / lasts, 0.0), 1.0)) ** 0.6 for at, lasts in _BLINKS)
    late = _tilt(frame - 5) - _tilt(frame)
    return Moment(
        blink=blink if blink > 0.05 else 0.0,
        tilt=_tilt(frame),
        breath=0.5 - 0.5 * math.cos(seconds * 2.1),
        sway=14 * late + 5 * math.sin(seconds * 1.6) + 2.5 * math.sin(seconds * 3.1 + 1),
        smile=0.35 + 0.65 * _eased(frame, 13, 32) + 0.25 * _eased(frame, 98, 114),
        brows=0.9 * _eased(frame, 8, 16) - 0.5 * _eased(frame, 28, 46) + 0.6 * _eased(frame, 96, 108),
        seconds=seconds,
    )
