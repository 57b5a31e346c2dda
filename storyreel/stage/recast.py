"""Recasts a colour with all its tones: they keep their distance in lightness, chroma and hue in OKLab.

OKLab: Björn Ottosson, `A perceptual color space for image processing` (2020).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from storyreel.puppet.model import Recast

Lch = tuple[float, float, float]


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def lch(colour: str) -> Lch:
    """Lightness, chroma and hue (radians) of "#RRGGBB" in OKLab."""
    r, g, b = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    l_, m, s = (
        math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b),
        math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b),
        math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b),
    )
    light = 0.2104542553 * l_ + 0.7936177850 * m - 0.0040720468 * s
    a = 1.9779984951 * l_ - 2.4285922050 * m + 0.4505937099 * s
    bb = 0.0259040371 * l_ + 0.7827717662 * m - 0.8086757660 * s
    return light, math.hypot(a, bb), math.atan2(bb, a)


def _rgb(light: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    l_ = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * l_ - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l_ + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l_ - 0.7034186147 * m + 1.7076147010 * s,
    )


def colour_of(light: float, chroma: float, hue: float) -> str:
    """The "#RRGGBB" of an OKLab colour; chroma gives way where sRGB has no such colour."""
    light = min(max(light, 0.0), 1.0)
    for _ in range(24):
        rgb = _rgb(light, chroma, hue)
        if all(-0.0005 <= value <= 1.0005 for value in rgb):
            break
        chroma *= 0.92
    return "#" + "".join(f"{round(_encoded(min(max(value, 0.0), 1.0)) * 255):02X}" for value in rgb)


@lru_cache(maxsize=1024)
def recast_tone(tone: str, main: str, wanted: str) -> str:
    """What becomes of a tone when its main colour becomes `wanted`."""
    if tone == main:
        return wanted
    (tl, tc, th), (ml, mc, mh), (wl, wc, wh) = lch(tone), lch(main), lch(wanted)
    share = wc / mc if mc > 0.02 else 1.0
    # A dark dress has less room below it than a pastel one has above: offsets shrink towards black.
    step = (tl - ml) * (0.55 + 0.45 * (min(wl / ml, 1.0) if ml > 0.01 else 1.0))
    # A tone that is more vivid than its main colour, like a blush, is no more so on a main colour that is vivid itself.
    chroma = min(tc * min(share, 1.6), max(tc, 1.25 * wc))
    return colour_of(wl + step, chroma, wh + (th - mh))


def _cartesian(colour: str) -> tuple[float, float, float]:
    light, chroma, hue = lch(colour)
    return light, chroma * math.cos(hue), chroma * math.sin(hue)


@lru_cache(maxsize=1024)
def cast_tone(rule: Recast, tone: str, wanted: str) -> str:
    """What becomes of a tone of a rule; a rule with a deep casting goes over to that on dark colours.

    The lighter of the two castings holds down to half-way between their main colours, the deep one from its own main
    colour down; between, they are mixed. A tone that is darker than the main colour in the one and lighter in the
    other changes over at once, for mixed it would be lost on the main colour.
    """
    main = rule.tones[0]
    pale = recast_tone(tone, main, wanted)
    if not rule.deep:
        return pale
    far, near, here = lch(rule.deep[0])[0], lch(main)[0], lch(wanted)[0]
    share = min(max(2 * (near - here) / max(near - far, 0.01) - 1, 0.0), 1.0)
    if share <= 0:
        return pale
    other = rule.deep[rule.tones.index(tone)]
    dark = recast_tone(other, rule.deep[0], wanted)
    crosses = (lch(tone)[0] - near) * (lch(other)[0] - far) < 0
    if share >= 1 or crosses:
        return dark if share >= 0.5 else pale
    light, a, b = (one + (two - one) * share for one, two in zip(_cartesian(pale), _cartesian(dark), strict=True))
    return colour_of(light, math.hypot(a, b), math.atan2(b, a))


class Wardrobe:
    """The colours that an author recast, ready to be asked for any shape of the drawing."""

    def __init__(self, recast: Mapping[str, Recast], colours: Mapping[str, str]) -> None:
        self._rules = [(recast[name], wanted.upper()) for name, wanted in sorted(colours.items()) if name in recast]

    def colour(self, hexed: str, parts: tuple[str, ...]) -> str:
        """The colour of a shape that is drawn in `hexed` inside the groups `parts`."""
        for rule, wanted in self._rules:
            if hexed in rule.tones and (not rule.parts or any(part in rule.parts for part in parts)):
                return cast_tone(rule, hexed, wanted)
        return hexed
