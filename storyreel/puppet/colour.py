"""Colours as SVG and CSS write them: names, hexes, rgb() and hsl(), in their old and new spellings."""

from __future__ import annotations

import colorsys
import re

from PIL import ImageColor

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")
_VALUE = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(%|deg|)")


def css_colour(text: str) -> tuple[str, float]:
    """A colour as "#RRGGBB" and opacity 0..1 (CSS Color Module Level 4, parts 4 to 7).

    Raises:
        ValueError: the text is no colour.
    """
    word = text.strip().lower()
    if word == "transparent":
        return "#000000", 0.0
    named = ImageColor.colormap.get(word)
    if isinstance(named, str):
        word = named
    if _HEX.fullmatch(word):
        return _hex(word[1:])
    if found := _FUNCTION.fullmatch(word):
        return _function(found[1], found[2], text)
    raise ValueError(f"'{text}' is not a colour")


def _hex(digits: str) -> tuple[str, float]:
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits[:6].upper()}", int(digits[6:] or "ff", 16) / 255


def _function(kind: str, inside: str, text: str) -> tuple[str, float]:
    values = [_VALUE.fullmatch(part) for part in re.split(r"[\s,/]+", inside.strip())]
    found = [(float(value[1]), value[2]) for value in values if value is not None]
    if len(found) != len(values) or len(found) not in (3, 4):
        raise ValueError(f"'{text}' is not a colour")
    alpha = 1.0
    if len(found) == 4:
        number, unit = found[3]
        alpha = min(max(number / 100 if unit == "%" else number, 0.0), 1.0)
    if kind == "rgb":
        parts = [number * 255 / 100 if unit == "%" else number for number, unit in found[:3]]
    else:
        (hue, _), (saturation, _), (light, _) = found[:3]
        share = (min(max(light / 100, 0.0), 1.0), min(max(saturation / 100, 0.0), 1.0))
        parts = [255 * value for value in colorsys.hls_to_rgb(hue / 360 % 1.0, *share)]
    red, green, blue = (round(min(max(part, 0.0), 255.0)) for part in parts)
    return f"#{red:02X}{green:02X}{blue:02X}", alpha
