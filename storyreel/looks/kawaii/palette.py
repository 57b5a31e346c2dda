"""The colours of the kawaii look, by what they are for. Plain strings, no Skia."""

from __future__ import annotations

from typing import NamedTuple

LINE = "#4A2545"
"""Plum: the line of everything in front."""
SET_LINE = "#D79BC4"
"""Mauve: the line of what stands two planes back."""
SHADOW = "#7A3F86"
"""Flat shadows of stickers and panes."""
FLOOR_SHADOW = "#B05C96"
"""Flat shadows on a pink floor."""

PAPER = "#FFFDF6"
LETTER = "#FFFDF2"
CREAM = "#FFF6EC"
BLUSH = "#FFE3EE"
ROSE = "#FFC4DA"
PINK = "#FF9CC2"
HOT = "#FF5E98"
DEEP = "#C23B7E"
BERRY = "#6B2A63"
MAUVE = "#8A4A86"

MINT = "#9BE8D8"
MINT_LIGHT = "#CFF7EE"
MINT_DEEP = "#4DB8AA"
BUTTER = "#FFE9A0"
BUTTER_LIGHT = "#FFF6D6"
BUTTER_DEEP = "#FFC96B"
SKY = "#9FCBFA"
SKY_LIGHT = "#CFE6FF"
LILAC = "#CDB4F6"
LILAC_LIGHT = "#E7DAFF"

GREY = "#B5ADC6"
GREY_LIGHT = "#D9D4E3"
GREY_DEEP = "#7D7596"
GREY_INK = "#544A68"


class Tones(NamedTuple):
    """Three flats of one colour: the front of a thing, where light falls, where it does not."""

    front: str
    light: str
    side: str


BLOCKS: tuple[Tones, ...] = (
    Tones("#FF9CC2", "#FFC4DA", "#E8709F"),
    Tones("#9BE8D8", "#CFF7EE", "#62C7B4"),
    Tones("#FFE08A", "#FFF3C4", "#F2B84E"),
    Tones("#9FCBFA", "#CFE6FF", "#6FA2E6"),
    Tones("#CDB4F6", "#E7DAFF", "#A184DD"),
    Tones("#FFB59A", "#FFD9C9", "#EE8670"),
)
"""The toy blocks, in the order in which an author numbers them."""

CONFETTI: tuple[str, ...] = ("#FF8FB8", "#9BE8D8", "#FFD877", "#9FCBFA", "#CDB4F6", "#FFB59A", "#FFFDF6")
