"""A title and other words in rows that are parted by sense."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from storyreel.text import breaks
from storyreel.text.words import words

Wide = Callable[[str], float]
"""How wide a row is."""
_TRIED = 800
"""Ways of parting words into rows that are compared; where there are more, rows are as even as they can be."""


def headline(text: str, wide: Wide, room: float) -> tuple[str, ...]:
    """One row for one word, else two, three for a long title; no row ends on an article.

    Words wider than a row are parted, and what is longer than three rows is set in as many as it takes.

    Args:
        text: the title.
        wide: how wide a row is.
        room: how wide one may be.
    """
    texts, widths, spaces = _measured(text, wide, room)
    full = sum(widths) + sum(spaces[:-1])
    if full > 3 * room:
        return breaks.evenly(_spaced(texts, spaces), wide, room)
    most, share = (2, 0.72) if full < room else (3, 0.45)
    starts = breaks.rows(texts, widths, spaces, full * share, most) or breaks.rows(texts, widths, spaces, full, most)
    return _parted(texts, spaces, starts) if starts is not None else (text,)


def sensible(text: str, wide: Wide, room: float, most: int) -> tuple[str, ...]:
    """A text in as few rows as fit the room, parted by sense where `most` of them will do.

    Args:
        text: the text.
        wide: how wide a row is.
        room: how wide one may be.
        most: how many rows there had better be.
    """
    texts, widths, spaces = _measured(text, wide, room)
    count = min(most, len(texts))
    if count and math.comb(len(texts) - 1, count - 1) <= _TRIED:
        starts = breaks.rows(texts, widths, spaces, room, count)
        if starts is not None:
            return _parted(texts, spaces, starts)
    return breaks.filled(text, wide, room)


def _measured(text: str, wide: Wide, room: float) -> tuple[list[str], list[float], list[float]]:
    """Words, those too wide in parts; how wide each is, and the space behind it."""
    texts: list[str] = []
    spaces: list[float] = []
    space = wide("n n") - wide("nn")
    for word in words(text):
        parts = breaks.parted(word.text, wide, room) if wide(word.text) > room else (word.text,)
        texts += parts
        spaces += [*[0.0] * (len(parts) - 1), space if word.space else 0.0]
    return texts, [wide(part) for part in texts], spaces


def _spaced(texts: Sequence[str], spaces: Sequence[float]) -> list[str]:
    return [text + " " * (behind > 0) for text, behind in zip(texts, spaces, strict=True)]


def _parted(texts: Sequence[str], spaces: Sequence[float], starts: Sequence[int]) -> tuple[str, ...]:
    whole = _spaced(texts, spaces)
    return tuple("".join(whole[a:b]).strip() for a, b in zip(starts, [*starts[1:], len(texts)], strict=True))
