"""Where a row of words may break well: after punctuation, before conjunctions, never after an article.

Rules after Netflix' timed text style guide (`English`, line treatment) and its general requirements.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

_BEFORE = frozenset(
    "and but or nor so yet because although though while when where who which that if unless until as than "
    "to of in on at for from with by about into over under after before without".split()
)
_TIED = frozenset("a an the my your his her its our their i you he she it we they this that no not i'm you're".split())
"""Words that must not be the last of a row: articles, possessives, subject pronouns."""


def break_cost(before: str, after: str) -> float:
    """How bad it is to break between two words: below 0 is good, above 0 is bad."""
    cost = 0.0
    if before[-1:] in ".!?…。！？":
        cost -= 1.0
    elif before[-1:] in ",;:—、，":
        cost -= 0.7
    if after.strip("“\"'(").lower() in _BEFORE:
        cost -= 0.3
    if before.strip("“\"'(").lower() in _TIED:
        cost += 1.2
    if before.lower() in _BEFORE:
        cost += 0.8
    return cost


def rows(
    words: Sequence[str], widths: Sequence[float], space: float | Sequence[float], room: float, most: int
) -> list[int] | None:
    """Splits words into at most `most` rows of balanced width; gives each row's first word, or None if they don't fit.

    Args:
        words: the words.
        widths: the width of each.
        space: the width of the space between two, or of the one behind each word.
        room: how wide a row may be.
        most: how many rows there may be.
    """

    spaces = [space] * len(words) if isinstance(space, int | float) else space
    if max(widths, default=0.0) > room:
        return None

    def width(start: int, end: int) -> float:
        return sum(widths[start:end]) + sum(spaces[start : end - 1])

    for count in range(1, most + 1):
        best: tuple[float, list[int]] | None = None
        for cuts in itertools.combinations(range(1, len(words)), count - 1):
            starts = [0, *cuts]
            spans = list(zip(starts, [*cuts, len(words)], strict=True))
            sizes = [width(start, end) for start, end in spans]
            if max(sizes) > room:
                continue
            cost = (max(sizes) - min(sizes)) / room + sum(break_cost(words[cut - 1], words[cut]) for cut in cuts)
            cost += sum(0.6 for start, end in spans if end - start == 1 and len(words) > 2)
            if best is None or cost < best[0]:
                best = (cost, starts)
        if best is not None:
            return best[1]
    return None


_JOINT = re.compile(r"(?<=\w)[/\\.\-_?&=:@#+~%]+(?=\w)|(?<=[a-z0-9])(?=[A-Z])")
"""Where an address, a handle or a hashtag can be parted: behind the signs between its names, before a capital."""


@lru_cache(maxsize=256)
def _units(text: str) -> tuple[str, ...]:
    """The stretches between which lines may break (UAX 14)."""
    from uniseg.linebreak import line_break_units

    return tuple(line_break_units(text))


@lru_cache(maxsize=256)
def _limbs(word: str) -> tuple[str, ...]:
    """The stretches of a word between which it may be parted without harm."""
    cuts = {*itertools.accumulate(map(len, _units(word))), *(match.end() for match in _JOINT.finditer(word)), 0}
    return tuple(word[start:end] for start, end in itertools.pairwise(sorted(cuts)))


def parted(word: str, width: Callable[[str], float], room: float) -> tuple[str, ...]:
    """A word in as few parts as fit the room, as even as they can be; nothing is added to it.

    It is parted where lines may break (UAX 14) and at the joints of addresses, handles and hashtags; what is still too
    wide, between any two letters (UAX 29).
    """
    from uniseg.graphemecluster import grapheme_clusters

    pieces: list[str] = []
    for piece in _limbs(word):
        pieces += [piece] if width(piece) <= room else grapheme_clusters(piece)
    return evenly(pieces, width, room)


def evenly(pieces: Sequence[str], width: Callable[[str], float], room: float) -> tuple[str, ...]:
    """Pieces of a text in as few rows as fit the room, as even in width as they can be; a wider piece stands alone."""

    def filled(limit: float) -> tuple[str, ...]:
        rows: list[str] = []
        for piece in pieces:
            if rows and width((rows[-1] + piece).strip()) <= limit:
                rows[-1] += piece
            else:
                rows.append(piece)
        return tuple(row.strip() for row in rows)

    fewest = len(filled(room))
    low, high = 0.0, room
    for _ in range(12):
        middle = (low + high) / 2
        if len(filled(middle)) <= fewest:
            high = middle
        else:
            low = middle
    return filled(high)


def filled(text: str, width: Callable[[str], float], room: float) -> tuple[str, ...]:
    """A text in as few rows as fit the room, as even in width as they can be.

    Rows break where Unicode's line breaking algorithm (UAX 14) allows; a word that is too wide is parted.
    """
    pieces: list[str] = []
    for piece in _units(text.strip()):
        pieces += parted(piece, width, room) if width(piece.strip()) > room else (piece,)
    return evenly(pieces, width, room)
