"""The mood and the light of a layer: what it is drawn in, or drawn through where a look grades pixels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import skia

from storyreel.timeline.track import quantised
from storyreel.treatment.contract import Mood

LUMA = (77, 150, 29)
"""Shares of 256 that red, green and blue have in luma (ITU-R BT.601)."""
Light = tuple[float, float, float]
"""What is left of red, green and blue, each from 0 to 1."""
WHITE: Light = (1.0, 1.0, 1.0)
_LIGHTS, _SHARES = 64, 32
"""Steps of a light, and of saturation and a veil, in which images are kept."""
TONES = frozenset(
    ("saturation", "tint", "warmth", "accent", *(f"light.{colour}" for colour in ("red", "green", "blue")))
)
"""The channels of a layer that are its mood and its light."""


def own_mood(values: Mapping[str, float], outer: Mood) -> Mood:
    """The mood in a group: what its channels say in place of the mood around it; accent follows its saturation."""
    said = {name: values[name] for name in ("saturation", "tint", "warmth", "accent") if name in values}
    if "saturation" in said:
        said.setdefault("accent", min(said["saturation"], 1.0))
    return replace(outer, **said) if said else outer


def own_light(values: Mapping[str, float], outer: Light = WHITE) -> Light:
    """The light in a group, or of the whole: what its channels say in place of the light around it."""
    if "light.red" not in values:
        return outer
    return values["light.red"], values["light.green"], values["light.blue"]


def tempered(light: Light, warmth: float, temper: tuple[str, str] | None) -> Light:
    """A light that is so warm (1) or cold (-1), in a look that has a colour for either: cold, warm."""
    if temper is None or not warmth:
        return light
    colour = int(temper[warmth > 0].removeprefix("#"), 16)
    share = min(abs(warmth), 1.0)
    red, green, blue = (1 - share * (1 - (colour >> shift & 0xFF) / 255) for shift in (16, 8, 0))
    return light[0] * red, light[1] * green, light[2] * blue


def steps(light: Light) -> Light:
    """A light in whole steps of 255."""
    red, green, blue = (round(min(max(level, 0.0), 1.0) * 255) / 255 for level in light)
    return red, green, blue


@dataclass(frozen=True)
class Tone:
    """A mood and a light that a whole thing is drawn through.

    Attributes:
        saturation: what is left of its colours, 0 (greys of the same luma) to 1.
        veil: how much of `colour` (0xFFRRGGBB) is laid over that, 0 to 1.
        light: what is left of all that then.
    """

    saturation: float
    veil: float
    colour: int
    light: Light = WHITE

    @staticmethod
    def between(mood: Mood, around: Mood, colour: int, light: Light = WHITE) -> Tone | None:
        """What has to be taken from a thing of a mood, if all is graded to the mood around it later; None: nothing.

        A grade only takes colour away, so what lies in a drained picture can't have more colour than that. `light` is
        what is left of the thing's own, beside what is taken from all.
        """
        saturation = min(mood.saturation / around.saturation, 1.0) if around.saturation > 0 else 1.0
        veil = max(1 - (1 - mood.tint) / (1 - around.tint), 0.0) if around.tint < 1 else 0.0
        tone = Tone(quantised(saturation), quantised(veil), colour, steps(light))
        return tone if tone.saturation < 1 or tone.veil > 0 or tone.light != WHITE else None

    def coarse(self) -> Tone | None:
        """In fewer steps, so that what is kept in it serves some frames of a light that changes; None: it does nothing.

        From one to the next what is white changes by four levels, and what is full of colour by about as much.
        """
        red, green, blue = (round(level * _LIGHTS) / _LIGHTS for level in self.light)
        saturation, veil = (round(share * _SHARES) / _SHARES for share in (self.saturation, self.veil))
        tone = replace(self, saturation=saturation, veil=veil, light=(red, green, blue))
        return tone if saturation < 1 or veil > 0 or tone.light != WHITE else None

    def filter(self) -> skia.ColorFilter:
        """As a skia.ColorFilter; it leaves what is transparent transparent."""
        if self.saturation == 1 and not self.veil:
            # Within a level of what a matrix makes of it, in less than half of the time.
            red, green, blue = (round(255 * left) for left in self.light)
            return skia.ColorFilters.Blend(0xFF << 24 | red << 16 | green << 8 | blue, skia.BlendMode.kModulate)
        rest, share = 1 - self.saturation, 1 - self.veil
        rows: list[float] = []
        for channel, left in enumerate(self.light):
            level = (self.colour >> (16 - 8 * channel) & 0xFF) / 255
            kept = [rest * weight / 256 + (self.saturation if at == channel else 0.0) for at, weight in enumerate(LUMA)]
            rows += [left * share * weight for weight in kept] + [0.0, left * self.veil * level]
        return skia.ColorFilters.Matrix([*rows, 0.0, 0.0, 0.0, 1.0, 0.0])


def layered(canvas: skia.Canvas, tone: Tone | None, draw: Callable[[], None]) -> None:
    """Draws something through a tone, in a layer of its own where there is one."""
    if tone is None:
        draw()
        return
    canvas.saveLayer(None, skia.Paint(ColorFilter=tone.filter()))
    draw()
    canvas.restore()
