"""The colours of `comic`: four printing inks, paper, two skins and three tints; whatever else there is becomes dots."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from storyreel.stage.recast import lch
from storyreel.treatment.tones import mixed

INK, RED, YELLOW, CYAN, WHITE = "#111111", "#FF3B3F", "#FFD400", "#00B8E6", "#FFFFFF"
SKIN, BROWN = "#FFD2A8", "#B5653F"
RAIN, DEEP, WINE = "#BDEFFB", "#0B5F9E", "#A30F2D"

FLATS = (INK, RED, YELLOW, CYAN, WHITE, SKIN, BROWN, RAIN, DEEP, WINE)
SCREENED = (
    (WHITE, RED),
    (WHITE, CYAN),
    (WHITE, YELLOW),
    (WHITE, DEEP),
    (YELLOW, RED),
    (RAIN, CYAN),
    (RAIN, RED),
    (RAIN, DEEP),
    (CYAN, DEEP),
    (CYAN, INK),
    (RED, WINE),
    (DEEP, INK),
    (WINE, INK),
    (SKIN, RED),
    (SKIN, BROWN),
    (BROWN, INK),
    (YELLOW, BROWN),
    (DEEP, RED),
    (YELLOW, CYAN),
)
"""What may be printed over what, in dots."""
_COVERS = (0.18, 0.32, 0.46)


class Print(NamedTuple):
    """How a colour is printed: flat, or with dots of another over so much of it."""

    flat: str
    dots: str = ""
    cover: float = 0.0


@lru_cache(maxsize=2048)
def _lab(hexed: str) -> tuple[float, float, float]:
    light, chroma, hue = lch(hexed)
    return light, chroma * math.cos(hue), chroma * math.sin(hue)


def _far(one: str, other: str) -> float:
    (a, b, c), (d, e, f) = _lab(one), _lab(other)
    return (a - d) ** 2 + (b - e) ** 2 + (c - f) ** 2


@lru_cache(maxsize=2048)
def flat(hexed: str) -> str:
    """The ink that a colour is nearest to."""
    return hexed if hexed in FLATS else min(FLATS, key=lambda ink: _far(hexed, ink))


@lru_cache(maxsize=2048)
def printed(hexed: str) -> Print:
    """What comes nearest to a colour: an ink, or dots of one over another."""
    if hexed in FLATS:
        return Print(hexed)
    tried = [Print(ink) for ink in FLATS]
    tried += [Print(base, dots, cover) for base, dots in SCREENED for cover in _COVERS]
    return min(tried, key=lambda one: _far(hexed, mixed(one.flat, one.dots, one.cover) if one.dots else one.flat))
