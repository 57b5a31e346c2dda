"""Single notes among the effects: `marimba g4` is what a touch sounds like that plays one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from storyreel.sound.instruments import INSTRUMENTS, note
from storyreel.sound.notation import pitch, pitch_name

_HELD = 0.35
"""Seconds that a note is held."""


def is_note(effect: str) -> bool:
    """Whether an effect's name is an instrument and a note."""
    instrument, _, name = effect.partition(" ")
    if instrument not in INSTRUMENTS or not name:
        return False
    try:
        pitch(name)
    except ValueError:
        return False
    return True


def transposed(effect: str, semitones: int, by: str | None = None) -> str:
    """A note so many semitones higher, of another instrument perhaps: `marimba g4` and 1 is `marimba g#4`."""
    instrument, _, name = effect.partition(" ")
    return f"{by or instrument} {pitch_name(pitch(name) + semitones)}"


def struck(effect: str) -> NDArray[np.float32]:
    """One note of an instrument, by the name of its effect: (samples, 2) float32 at 48 kHz."""
    instrument, _, name = effect.partition(" ")
    mono = note(instrument, pitch(name), _HELD)
    return np.ascontiguousarray(np.stack([mono, mono], axis=1))
