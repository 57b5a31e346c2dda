"""Handwriting: words in rows that fit a room, in the look's own hands."""

from __future__ import annotations

from functools import lru_cache

from storyreel.looks.sketch import LOOK
from storyreel.text import breaks
from storyreel.text.chain import FontChain, chain
from storyreel.text.shape import ShapedLine, shape
from storyreel.text.words import words

_SMALLER = 0.94


@lru_cache(maxsize=8)
def faces(role: str) -> FontChain:
    """The look's faces for a role."""
    return chain(LOOK.faces[role])


@lru_cache(maxsize=128)
def written(text: str, role: str, size: float, room: float, most: int) -> tuple[ShapedLine, ...]:
    """Words in at most `most` even rows no wider than `room`: at `size`, or as much smaller as it takes.

    Raises:
        MissingGlyph: none of the look's faces has a character.
    """
    pieces = [word.text + word.space for word in words(text)]
    if not pieces:
        return ()
    while True:
        scale = size / 100

        def wide(row: str, scale: float = scale) -> float:
            return shape(row, faces(role), 100.0).width * scale

        fits = [part for piece in pieces for part in _parted(piece, room, scale, role)]
        rows = breaks.evenly(fits, wide, room)
        if len(rows) <= most:
            return tuple(shape(row, faces(role), size) for row in rows)
        size *= _SMALLER


def _parted(piece: str, room: float, scale: float, role: str) -> tuple[str, ...]:
    def wide(row: str) -> float:
        return shape(row, faces(role), 100.0).width * scale

    word = piece.strip()
    if wide(word) <= room:
        return (piece,)
    parts = breaks.parted(word, wide, room)
    return (*parts[:-1], parts[-1] + piece[len(piece.rstrip()) :])
