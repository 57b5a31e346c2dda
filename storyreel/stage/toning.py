"""The mood of a group: what its things are drawn in, or drawn through where a look grades pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import skia

from storyreel.timeline.track import quantised
from storyreel.treatment.contract import Mood

LUMA = (77, 150, 29)
"""Shares of 256 that red, green and blue have in luma (ITU-R BT.601)."""


def own_mood(values: Mapping[str, float], outer: Mood) -> Mood:
    """The mood in a group: what its channels say in place of the mood around it; accent follows its saturation."""
    said = {name: values[name] for name in ("saturation", "tint", "warmth", "accent") if name in values}
    if "saturation" in said:
        said.setdefault("accent", min(said["saturation"], 1.0))
    return replace(outer, **said) if said else outer


@dataclass(frozen=True)
class Tone:
    """A mood that a whole thing is drawn through.

    Attributes:
        saturation: what is left of its colours, 0 (greys of the same luma) to 1.
        veil: how much of `colour` (0xFFRRGGBB) is laid over that, 0 to 1.
    """

    saturation: float
    veil: float
    colour: int

    @staticmethod
    def between(mood: Mood, around: Mood, colour: int) -> Tone | None:
        """What has to be taken from a thing of a mood, if all is graded to the mood around it later; None: nothing.

        A grade only takes colour away, so what lies in a drained picture can't have more colour than that.
        """
        saturation = min(mood.saturation / around.saturation, 1.0) if around.saturation > 0 else 1.0
        veil = max(1 - (1 - mood.tint) / (1 - around.tint), 0.0) if around.tint < 1 else 0.0
        tone = Tone(quantised(saturation), quantised(veil), colour)
        return tone if tone.saturation < 1 or tone.veil > 0 else None

    def filter(self) -> skia.ColorFilter:
        """As a skia.ColorFilter; it leaves what is transparent transparent."""
        rest, share = 1 - self.saturation, 1 - self.veil
        rows: list[float] = []
        for channel in range(3):
            level = (self.colour >> (16 - 8 * channel) & 0xFF) / 255
            kept = [rest * weight / 256 + (self.saturation if at == channel else 0.0) for at, weight in enumerate(LUMA)]
            rows += [share * weight for weight in kept] + [0.0, self.veil * level]
        return skia.ColorFilters.Matrix([*rows, 0.0, 0.0, 0.0, 1.0, 0.0])
