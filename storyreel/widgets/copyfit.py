"""Copyfitting: how much room words are given whatever they are set in, and type that fits it.

A widget's size is the same in every look, so that a story fits the same in all: it is reckoned from the words alone.
Their own faces are set as large as that room allows.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from storyreel.text import breaks
from storyreel.text.chain import FontChain, chain, face_names
from storyreel.text.rows import sensible
from storyreel.text.shape import ShapedLine, shape
from storyreel.treatment.contract import Kit

_THIN, _BROAD, _WIDEST = frozenset("iljtfrI.,:;'’!|()[]-"), frozenset("mwM"), frozenset("W@%—…")
_HANDS = {"hand-quick": ("Caveat Bold",), "hand-round": ("Patrick Hand",)}
"""Faces like handwriting, by the role that asks for them."""
_STEP, _STEPS = 0.96, 40
"""How much smaller type is set each time that it does not fit, and how often at most: down to a fifth."""
_WHOLE = (256.0, 128.0, 64.0, 32.0)
"""The sizes of type that is drawn on eight cells of four units, in a look of whole cells."""


@dataclass(frozen=True)
class Copy:
    """Words that are set: their rows, how large, and how wide the widest is."""

    lines: tuple[ShapedLine, ...]
    size: float
    width: float


def reckoned(text: str, size: float) -> float:
    """How wide a row is reckoned to be, in no face at all: a little more than most set it."""
    return sum(map(_em, text)) * size


@lru_cache(maxsize=1024)
def _em(sign: str) -> float:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.3 if ord(sign) >= 0x1F000 else 1.0
    if sign.isspace():
        return 0.27
    if sign in _THIN:
        return 0.34
    if sign in _WIDEST:
        return 0.98
    return 0.86 if sign in _BROAD else 0.66 if sign.isupper() else 0.57


@lru_cache(maxsize=512)
def room(text: str, size: float, width: float, most: int = 99) -> tuple[int, float]:
    """How many rows words are given at a size, and how wide the widest: no wider than `width`, at most `most`."""
    found = breaks.filled(text, lambda row: reckoned(row, size), width)
    return min(max(len(found), 1), most), min(max((reckoned(row, size) for row in found), default=0.0), width)


@lru_cache(maxsize=16)
def _chain(names: tuple[str, ...]) -> FontChain:
    return chain(names)


def faces(kit: Kit, role: str) -> FontChain:
    """The look's faces for a role; where it names none, those that ship."""
    return _chain(kit.faces.get(role) or (*_HANDS.get(role, ()), *face_names()))


def hand_of(writer: str) -> str:
    """The role of the type that comes nearest to somebody's handwriting, where the look's own kit has no such."""
    return sorted(_HANDS)[sum(map(ord, writer)) % len(_HANDS)]


def _whole(text: str, used: FontChain, size: float, width: float, fits: Callable[[float], bool]) -> float:
    """The largest whole size at which words fit and none of them is broken; where none does, what the widest needs."""
    widest = max((shape(word, used, 100.0).width / 100 for word in text.split()), default=0.0)
    narrow = min(size, width / widest) if widest else size
    return next((whole for whole in _WHOLE if whole <= narrow and fits(whole / size)), narrow)


@lru_cache(maxsize=512)
def fitted(text: str, role: str, kit: Kit, size: float, width: float, most: int) -> Copy:
    """Words in at most `most` rows no wider than `width`: at `size`, or as much smaller as it takes.

    Raises:
        MissingGlyph: none of the look's faces has a character.
    """
    used = faces(kit, role)

    def found(share: float) -> tuple[str, ...]:
        return sensible(text, lambda row: shape(row, used, 100.0).width * size * share / 100, width, most)

    if kit.crisp:
        size = _whole(text, used, size, width, lambda share: len(found(share)) <= most)
    # The fewest steps down that do: what fits at a size fits at a smaller one.
    step = bisect_left(range(_STEPS), 1, key=lambda step: len(found(_STEP**step)) <= most)
    lines = tuple(shape(row, used, size * _STEP**step) for row in found(_STEP**step))
    return Copy(lines, size * _STEP**step, max((line.width for line in lines), default=0.0))
