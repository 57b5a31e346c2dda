"""The sixteen colours of `gif`, and its ramps: dark to light, the hue turning as they climb."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from storyreel.stage.recast import lch

COLOURS = {
    "K": "#1A1C2C",
    "N": "#2A2D5C",
    "V": "#5D275D",
    "M": "#8C3F55",
    "C": "#EF7D57",
    "Y": "#FFCD75",
    "W": "#F4F4F4",
    "B": "#BE7150",
    "E": "#E8A274",
    "L": "#B5EC73",
    "G": "#38B764",
    "T": "#1E6470",
    "A": "#41A6F6",
    "I": "#3E51A6",
    "P": "#A9BDE0",
    "D": "#63719F",
}
"""By their letters: night, navy, violet, mulberry, coral, butter, white, skin, peach, lime, leaf, teal, sky, blue,
pale, slate."""
NIGHT = COLOURS["K"]
_HUE = 1.6
"""How much more a difference of hue counts than one of lightness: a red thing stays red."""


@lru_cache(maxsize=4096)
def nearest(hexed: str) -> str:
    """The colour of the palette that is nearest to another, to the eye (OKLab)."""
    here = _place(hexed)
    return min(COLOURS.values(), key=lambda colour: math.dist(here, _place(colour)))


@lru_cache(maxsize=4096)
def _place(hexed: str) -> tuple[float, float, float]:
    light, chroma, hue = lch(hexed)
    return light, _HUE * chroma * math.cos(hue), _HUE * chroma * math.sin(hue)


@lru_cache(maxsize=1)
def nearest_of_all() -> NDArray[np.uint8]:
    """Which colour of the palette, by its number, is nearest to every colour of fifteen bits (red highest)."""
    every = np.arange(32768)
    levels = (np.stack([every >> shift & 31 for shift in (10, 5, 0)], 1) * 8 + 4) / 255
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    roots = np.cbrt(linear @ np.array(_CONES).T)
    light, a, b = (roots @ np.array(_LAB).T).T
    found = np.zeros(len(every), np.uint8)
    best = np.full(len(every), np.inf)
    for number, colour in enumerate(COLOURS.values()):
        where = _place(colour)
        far = (light - where[0]) ** 2 + (_HUE * a - where[1]) ** 2 + (_HUE * b - where[2]) ** 2
        closer = far < best
        best[closer], found[closer] = far[closer], number
    for number, colour in enumerate(COLOURS.values()):
        red, green, blue = (int(colour[at : at + 2], 16) >> 3 for at in (1, 3, 5))
        found[red << 10 | green << 5 | blue] = number
    return found


_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
"""OKLab's two steps (Björn Ottosson, 2020), from linear light to cones, and from their roots on."""
