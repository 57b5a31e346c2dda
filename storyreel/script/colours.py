"""What authors write for colours that has another spelling here."""

from __future__ import annotations

import re


def hexadecimal(text: str) -> str | None:
    """A colour as it is to be written, in quotes, for `red`, `#fff`, `FFB3D1` or `#FFB3D1FF`; None if it is none.

    Names are CSS's (https://www.w3.org/TR/css-color-4/#named-colors).
    """
    from PIL import ImageColor

    bare = text.strip().removeprefix("#")
    if re.fullmatch(r"[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?", bare):
        return f'"#{bare[:6].upper()}"'
    if re.fullmatch(r"[0-9A-Fa-f]{3}", bare):
        return f'"#{"".join(2 * digit for digit in bare.upper())}"'
    named = ImageColor.colormap.get(text.strip().lower())
    return f'"{named.upper()}"' if isinstance(named, str) else None
