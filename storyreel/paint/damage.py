"""Which part of a picture has to be painted again: rectangles of whole pixels."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple


class Rect(NamedTuple):
    """Whole pixels, half-open: `left` to `right`, `top` to `bottom`."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        """Pixels inside; 0 where it is empty."""
        return max(self.right - self.left, 0) * max(self.bottom - self.top, 0)

    def meets(self, other: Rect) -> bool:
        """Whether they share a pixel."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def union(self, other: Rect) -> Rect:
        """The smallest rectangle that holds both."""
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def without(self, other: Rect) -> Rect:
        """The smallest rectangle that holds what is left of it beside another."""
        left, top, right, bottom = self
        if other.left <= left and right <= other.right:
            top = max(top, other.bottom) if other.top <= top else top
            bottom = min(bottom, other.top) if bottom <= other.bottom else bottom
        if other.top <= self.top and self.bottom <= other.bottom:
            left = max(left, other.right) if other.left <= left else left
            right = min(right, other.left) if right <= other.right else right
        return Rect(left, top, right, bottom)


NOWHERE = Rect(0, 0, 0, 0)
WASTE = 1.25
"""Two rectangles become one where that makes the area at most so much larger: fewer, larger pieces cost less."""
MOSTLY = 0.7
"""Where more than this share of the picture has changed, all of it is made again."""


def merged(rects: Iterable[Rect]) -> list[Rect]:
    """Few rectangles that together hold all of `rects`; empty ones are dropped.

    No two of them share a pixel: what changes what lies below it (a grade) would do so twice there.
    """
    pieces: list[Rect] = []
    for new in rects:
        if not new.area:
            continue
        grown = True
        while grown:
            grown = False
            for piece in pieces:
                both = new.union(piece)
                if new.meets(piece) or both.area <= WASTE * (new.area + piece.area):
                    pieces.remove(piece)
                    new, grown = both, True
                    break
        pieces.append(new)
    return pieces


def rows(rects: Iterable[Rect]) -> list[tuple[int, int]]:
    """The rows that the rectangles touch, as disjoint half-open ranges in order."""
    ranges: list[tuple[int, int]] = []
    for top, bottom in sorted((rect.top, rect.bottom) for rect in rects if rect.area):
        if ranges and top <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], bottom))
        else:
            ranges.append((top, bottom))
    return ranges


def shared(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """How many keys two display lists have in common from the bottom up."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def differing(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[list[int], list[int]]:
    """The items by which two display lists differ: indices into `old` that went, and into `new` that came.

    What stays keeps its order in both lists. Where the order of what stays has changed, or a key stands in a list
    twice, everything between the equal bottoms and the equal tops counts as gone and come.
    """
    bottom = shared(old, new)
    top = shared(old[: bottom - len(old) - 1 : -1], new[: bottom - len(new) - 1 : -1])
    before, after = range(bottom, len(old) - top), range(bottom, len(new) - top)
    was, now = Counter(old[i] for i in before), Counter(new[i] for i in after)
    staying = was.keys() & now.keys()
    order = [old[i] for i in before if old[i] in staying]
    if order != [new[i] for i in after if new[i] in staying] or len(order) != len(staying):
        return list(before), list(after)
    return [i for i in before if old[i] not in staying], [i for i in after if new[i] not in staying]
