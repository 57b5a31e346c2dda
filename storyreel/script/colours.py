"""What authors write for colours that has another spelling here, and how well two are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from storyreel.errors import did_you_mean
from storyreel.script.files import companion, is_drawing


def hexadecimal(text: str) -> str | None:
    """A colour as it is to be written, in quotes, for `red`, `#fff`, `FFB3D1` or `#FFB3D1FF`; None if it is none."""
    bare = text.strip().removeprefix("#")
    if re.fullmatch(r"[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?", bare):
        return f'"#{bare[:6].upper()}"'
    if re.fullmatch(r"[0-9A-Fa-f]{3}", bare):
        return f'"#{"".join(2 * digit for digit in bare.upper())}"'
    named = named_colour(text)
    return f'"{named}"' if named is not None else None


def named_colour(name: str) -> str | None:
    """The colour of a CSS name (https://www.w3.org/TR/css-color-4/#named-colors) as "#RRGGBB"; None if it is none."""
    from PIL import ImageColor

    found = ImageColor.colormap.get(name.strip().lower())
    # Pillow keeps three numbers in a name's place once anything in the process has drawn with that name.
    if isinstance(found, tuple):
        return "#{:02X}{:02X}{:02X}".format(*found[:3])
    return found.upper() if found is not None else None


def no_colour(puppet: str, name: str, known: Iterable[str]) -> str:
    """That a puppet has no colour of a name, and what to do about it; of a drawing of one's own, where its colours go.

    >>> no_colour("me.svg", "shirt", [])
    "puppet 'me.svg' has no colour 'shirt'; say which tones it is under `colours` in me.rig.yaml (a new rig has a list \
commented out: take the # off): colours: {shirt: {tones: [\"#6FB7E9\"]}}"
    """
    known = list(known)
    nearest, said = did_you_mean(name, known), f"puppet '{puppet}' has no colour '{name}'"
    if not is_drawing(puppet) or "did you mean" in nearest:
        return said + nearest
    rig, shown = companion(Path(puppet)).name, f'colours: {{{name}: {{tones: ["#6FB7E9"]}}}}'
    where = f"say which tones it is under `colours` in {rig}"
    waiting = "" if known else " (a new rig has a list commented out: take the # off)"
    return f"{said}{nearest}; {where}{waiting}: {shown}"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours "#RRGGBB", 1 to 21 (WCAG 2.2).

    >>> contrast("#FFFFFF", "#000000")
    21.0
    """
    dark, light = sorted(map(_luminance, (one, other)))
    return round((light + 0.05) / (dark + 0.05), 6)


def _luminance(colour: str) -> float:
    encoded = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in encoded]
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
