"""The words of a line as they are written: parted by white space, and by sense where a script writes none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_GAP = re.compile("(?:[^\\S\u00a0\u2007\u202f]|\u200b)+")
"""White space and U+200B; the spaces that join what stands beside them (UAX 14, class GL) are letters of a word."""
_KANA = re.compile("[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_HIRAGANA = re.compile("[\u3041-\u309f]")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9d"
    "\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, kana and ideographs: scripts that put no space between words."""
_LED = re.compile("(?<=[\u0e00-\u0eff])(?=[\u0e40-\u0e44\u0ec0-\u0ec4])")
"""Before the vowels of Thai and Lao that are written ahead of their consonant: a syllable begins there."""


@dataclass(frozen=True)
class Written:
    """A word as typed, and what stands behind it: a space, or nothing where the next one follows at once."""

    text: str
    space: str = " "


def words(text: str) -> tuple[Written, ...]:
    """A line's words, in order.

    White space parts them, whatever its kind. Where a script writes none they are the shortest stretches after which
    Unicode's line breaking algorithm (UAX 14) lets a row end and sense allows it: in Japanese where hiragana, which
    close a phrase, are over; in Chinese each character; in Thai and Lao, which would need a dictionary, before a vowel
    that leads its syllable.
    """
    japanese = _KANA.search(text) is not None
    made: list[Written] = []
    end = 0
    for gap in (*_GAP.finditer(text), None):
        word = text[end : gap.start() if gap else len(text)]
        if word:
            behind = " " if gap is None or gap.group().strip("\u200b") else ""
            *firsts, last = _parted(word, japanese)
            made += [Written(first, "") for first in firsts]
            made.append(Written(last, behind))
        end = gap.end() if gap else end
    return tuple(made)


def _parted(word: str, japanese: bool) -> Iterator[str]:
    """A word, or the words in it where its script writes no spaces."""
    if _UNSPACED.search(word) is None:
        yield word
        return
    from uniseg.linebreak import line_break_boundaries

    breaks = {at for at in line_break_boundaries(word) if 0 < at < len(word) and not word[at - 1 : at + 1].isascii()}
    if japanese:
        breaks = {at for at in breaks if _closes(word[at - 1], word[at])}
    breaks |= {match.start() for match in _LED.finditer(word)}
    for start, end in pairwise((0, *sorted(breaks), len(word))):
        yield word[start:end]


def _closes(before: str, after: str) -> bool:
    """Whether a Japanese phrase is over between two characters."""
    if _HIRAGANA.match(after):
        return not before.isalnum() and unicodedata.category(before) not in ("Pe", "Pf")
    return _HIRAGANA.match(before) is not None or not before.isalnum() or not after.isalnum()
