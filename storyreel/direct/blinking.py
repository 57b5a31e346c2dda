"""A portrait that blinks, where there is a picture of it with its eyes shut."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from storyreel.direct.production import Production
from storyreel.script.models import Portrait
from storyreel.timeline.model import Layer

_LASTS = Fraction(2, 15)
"""Seconds that its eyes are shut."""
_BEFORE = 3
"""How many times that before the card it blinks."""


def blinking(
    production: Production, portrait: Portrait, face: Layer, size: tuple[float, float], card: int
) -> tuple[Layer, ...]:
    """A portrait, and over it, shortly before the card comes and once on it, the one with shut eyes."""
    if portrait.blinks is None:
        return (face,)
    shut, lasts = production.scenery.picture(portrait.blinks, *size), production.clock.frames(_LASTS)
    starts = (max(card - _BEFORE * lasts, 0), (card + face.end) // 2)
    return (face, *(replace(face, id=f"blink{at}", content=shut, start=at, end=at + lasts) for at in starts))
