"""Handwriting: words in rows that fit a room, in the look's own hands."""

from __future__ import annotations

from storyreel.looks.sketch import LOOK
from storyreel.text.shape import ShapedLine
from storyreel.widgets.copyfit import fitted


def written(text: str, role: str, size: float, room: float, most: int) -> tuple[ShapedLine, ...]:
    """Words in at most `most` rows no wider than `room`: at `size`, or as much smaller as it takes.

    Raises:
        MissingGlyph: none of the look's faces has a character.
    """
    return fitted(text, role, LOOK.kit, size, room, most).lines if text else ()
