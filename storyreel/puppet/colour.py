"""Colours as SVG and CSS write them: names, hexes, rgb(), hsl() and color(), in their old and new spellings."""

from __future__ import annotations

import colorsys
import math
import re

from storyreel.script.colours import named_colour

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")
_WIDE = re.compile(r"color\(\s*(display-p3|srgb)\s+([^()]*)\)")
_VALUE = re.compile(r"([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)(%|deg|)")
_BESIDE = re.compile(r"\s(?:icc-color|icc-named-color|device-[a-z]+)\([^()]*\)$")
"""The same colour once more for printers (SVG 1.2, 11.4): what stands before it is meant for screens."""
_INSTEAD = re.compile(r"var\(--[\w-]+\s*,\s*(.+)\)")
"""A variable, which a drawing can't have, with the colour to take where there is none."""
_P3 = ((1.2249402, -0.2249402, 0.0), (-0.0420570, 1.0420570, 0.0), (-0.0196376, -0.0786361, 1.0982736))
"""Linear Display P3 to linear sRGB (CSS Color Module Level 4, part 18)."""


def css_colour(text: str) -> tuple[str, float]:
    """A colour as "#RRGGBB" and opacity 0..1 (CSS Color Module Level 4, parts 4 to 7).

    Raises:
        ValueError: the text is no colour.
    """
    word = _BESIDE.sub("", text.strip().lower())
    if found := _INSTEAD.fullmatch(word):
        word = found[1].strip()
    if word == "transparent":
        return "#000000", 0.0
    word = (named_colour(word) or word).lower()
    if _HEX.fullmatch(word):
        return _hex(word[1:])
    if found := _FUNCTION.fullmatch(word) or _WIDE.fullmatch(word):
        return _function(found[1], found[2], text)
    raise ValueError(f"'{text[:60]}' is not a colour")


def is_wide(text: str) -> bool:
    """Whether a colour is told in a space of its own, as `color(display-p3 1 0 0)`; a plain one may stand beside it."""
    return text.strip().lower().startswith(("color(", "lab(", "lch(", "oklab(", "oklch("))


def _hex(digits: str) -> tuple[str, float]:
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits[:6].upper()}", int(digits[6:] or "ff", 16) / 255


def _function(kind: str, inside: str, text: str) -> tuple[str, float]:
    values = [_VALUE.fullmatch(part) for part in re.split(r"[\s,/]+", inside.strip())]
    found = [(float(value[1]), value[2]) for value in values if value is not None]
    if len(found) != len(values) or len(found) not in (3, 4) or not all(math.isfinite(number) for number, _ in found):
        raise ValueError(f"'{text[:60]}' is not a colour")
    alpha = 1.0
    if len(found) == 4:
        number, unit = found[3]
        alpha = min(max(number / 100 if unit == "%" else number, 0.0), 1.0)
    if kind == "hsl":
        (hue, _), (saturation, _), (light, _) = found[:3]
        share = (min(max(light / 100, 0.0), 1.0), min(max(saturation / 100, 0.0), 1.0))
        parts = [255 * value for value in colorsys.hls_to_rgb(hue / 360 % 1.0, *share)]
    else:
        whole = 255 if kind == "rgb" else 1
        shares = [min(max(number / (100 if unit == "%" else whole), 0.0), 1.0) for number, unit in found[:3]]
        parts = [255 * share for share in (_narrowed(shares) if kind == "display-p3" else shares)]
    red, green, blue = (round(part) for part in parts)
    return f"#{red:02X}{green:02X}{blue:02X}", alpha


def _narrowed(shares: list[float]) -> list[float]:
    """A Display P3 colour as the nearest that sRGB has, each of its parts by itself; both have the same curve."""
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in shares]
    mixed = (min(max(sum(map(float.__mul__, row, linear)), 0.0), 1.0) for row in _P3)
    return [12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055 for value in mixed]
