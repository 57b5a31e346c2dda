"""Cuts spoken lines into caption pages that fit the safe box: at most two rows, broken well, no orphaned word."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from storyreel.text.breaks import break_cost, parted, rows
from storyreel.text.caption_style import CaptionStyle
from storyreel.text.chain import FontChain
from storyreel.text.setting import beside
from storyreel.text.shape import shape
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import CaptionPage, Line, Word, spelt

_EARLY, _LATE, _LEAST = Fraction(1, 20), Fraction(1, 3), Fraction(7, 10)
"""Seconds a page shows before its first word, after its last, and at the least."""
_STEPS = 5
"""Sizes that are tried between the style's own and its least."""
_SHY = 0.999
"""The share of the room that type is shrunk to, for the last decimals."""
_NEARLY = 0.8
"""How large captions about the picture's middle are at the least, as a share of what they could be."""
_ORPHAN, _HASTY = 100.0, 2.0
"""What a page of one word costs, and one that is gone before it can be read; nothing else outweighs the first."""


@dataclass(frozen=True)
class _Cut:
    """Words of one page, and which of them begin its rows."""

    first: int
    end: int
    starts: tuple[int, ...]


def pages(
    lines: Sequence[Line],
    chain: FontChain,
    style: CaptionStyle,
    safe: tuple[float, float, float, float],
    language: str,
    clock: Clock,
    total: int,
    middle: float | None = None,
) -> tuple[CaptionPage, ...]:
    """The burned-in pages of a film's lines, in the order of time; `total` is the film's length in frames.

    Where two speak at once, the later page waits until the earlier one has had its least time. With a `middle`, the
    captions of a shot stand about that where they fit between it and the safe box, and else about the box's own.

    Raises:
        MissingGlyph: a character has no glyph.
    """
    early, late, least = clock.frames(_EARLY), clock.frames(_LATE), clock.frames(_LEAST)
    lines = [_capitals(line) for line in lines] if style.capitals else lines
    set_ = partial(_line_pages, chain=chain, style=style, language=language, least=least)
    if middle is None:
        made = [page for line in lines for page in set_(line, safe=safe)]
    else:
        made = []
        for _, shot in itertools.groupby(sorted(lines, key=lambda line: line.scene), key=lambda line: line.scene):
            made += _centred(tuple(shot), set_, safe, middle)
    made.sort(key=lambda page: page.start)
    timed: list[CaptionPage] = []
    for index, page in enumerate(made):
        start = max(page.start - early, timed[-1].end if timed else 0, 0)
        after = made[index + 1].start - early if index + 1 < len(made) else total
        said = page.end if after + early >= page.end else start + least
        end = min(max(page.end + late, start + least), max(after, said))
        end = min(end, total)
        if end - page.end > 0 and index + 1 < len(made) and after - end < clock.frames(Fraction(1, 6)):
            end = min(after, total)
        timed.append(replace(page, start=start, end=max(end, start + 1)))
    return tuple(timed)


def _capitals(line: Line) -> Line:
    return replace(line, words=tuple(replace(word, text=word.text.upper()) for word in line.words))


def _centred(
    lines: Sequence[Line],
    set_: Callable[..., list[CaptionPage]],
    safe: tuple[float, float, float, float],
    middle: float,
) -> list[CaptionPage]:
    """The pages of a shot's lines about a middle, if all of them fit there nearly as large and on as few pages."""
    half = min(middle - safe[0], safe[2] - middle)
    wide = [set_(line, safe=safe) for line in lines]
    narrow = [set_(line, safe=(middle - half, safe[1], middle + half, safe[3])) for line in lines]
    fit = all(
        len(close) <= len(free) + 1
        and min(page.size for page in close) >= _NEARLY * min(page.size for page in free)
        and _said(close) == _said(free)
        for close, free in zip(narrow, wide, strict=True)
    )
    if not fit:
        return [page for found in wide for page in found]
    return [replace(page, middle=middle) for found in narrow for page in found]


def _said(made: Sequence[CaptionPage]) -> list[str]:
    """The words of pages; one that is parted is two."""
    return [word.text for page in made for word in page.words]


def _line_pages(
    line: Line,
    chain: FontChain,
    style: CaptionStyle,
    safe: tuple[float, float, float, float],
    language: str,
    least: int,
) -> list[CaptionPage]:
    """A line's pages at the largest size that leaves no word on a page of its own, or else at the largest that fits.

    Where a word is too wide even at the least size, words are parted; a letter that is too wide makes the type smaller.
    """
    room = safe[2] - safe[0] - 2 * style.pad - 2 * beside(line.off, style.full(line.colour))
    apart = style.apart(line.colour)
    full = style.full(line.colour)
    sizes = [full - (full - style.least) * step / _STEPS for step in range(_STEPS + 1)]

    def width(text: str, size: float) -> float:
        return shape(text, chain, size, language).width

    def paged(words: tuple[Word, ...], size: float) -> list[CaptionPage] | None:
        widths = [width(word.text, size) for word in words]
        space = width("a a", size) - 2 * width("a", size)
        spaces = [space + apart * size if word.space else 0.0 for word in words]
        cuts = _cuts(words, widths, spaces, room, style.characters, least)
        return None if cuts is None else [_page(words, cut, size, line) for cut in cuts]

    def tried(words: Callable[[float], tuple[Word, ...]]) -> list[CaptionPage] | None:
        fitting: list[CaptionPage] | None = None
        for size in sizes:
            found = paged(words(size), size)
            if found is not None and (len(line.words) == 1 or all(len(page.words) > 1 for page in found)):
                return found
            fitting = fitting or found
        return fitting

    def narrow(size: float) -> tuple[Word, ...]:
        return tuple(part for word in line.words for part in _parts(word, partial(width, size=size), room))

    found = tried(lambda _: line.words) or tried(narrow)
    if found is None:
        words = narrow(style.least)
        widest = max(width(word.text, style.least) for word in words)
        found = paged(words, style.least * room / widest * _SHY)
    assert found is not None
    return found


def _parts(word: Word, width: Callable[[str], float], room: float) -> list[Word]:
    """A word, or the parts of one that is too wide; each has its letters' share of the word's time."""
    if width(word.text) <= room:
        return [word]
    texts = parted(word.text, width, room)
    ends = list(itertools.accumulate(map(len, texts)))
    edges = [word.start, *(word.start + (word.end - word.start) * end // ends[-1] for end in ends)]
    spaces = [*[""] * (len(texts) - 1), word.space]
    return [Word(*made) for made in zip(texts, edges, edges[1:], spaces, strict=False)]


def _cuts(
    words: Sequence[Word], widths: list[float], spaces: list[float], room: float, characters: int, least: int
) -> list[_Cut] | None:
    """The cheapest way to cut a line into pages: few, balanced, broken after punctuation, no single words."""
    texts, count = [word.text for word in words], len(words)
    best: list[tuple[float, list[_Cut]] | None] = [None] * (count + 1)
    best[0] = (0.0, [])
    for end in range(1, count + 1):
        for first in range(max(0, end - 12), end):
            reached = best[first]
            if reached is None:
                continue
            found = rows(texts[first:end], widths[first:end], spaces[first:end], room, 2)
            if found is None:
                continue
            edges = [*found, end - first]
            spans = [words[first + a : first + b] for a, b in itertools.pairwise(edges)]
            if any(len(spelt(span)) > characters and len(span) > 1 for span in spans):
                continue
            cost = reached[0] + 1.0 + (_ORPHAN if end - first == 1 and count > 1 else 0.0)
            cost += 0.25 * (len(found) - 1)
            if end < count:
                cost += break_cost(texts[end - 1], texts[end])
                cost += _HASTY if words[end].start - words[first].start < least else 0.0
            cut = _Cut(first, end, tuple(found))
            held = best[end]
            if held is None or cost < held[0]:
                best[end] = (cost, [*reached[1], cut])
    final = best[count]
    return final[1] if final is not None else None


def _page(said: tuple[Word, ...], cut: _Cut, size: float, line: Line) -> CaptionPage:
    words = said[cut.first : cut.end]
    edges = [*cut.starts, len(words)]
    rowed = tuple(tuple(range(a, b)) for a, b in itertools.pairwise(edges))
    return CaptionPage(words[0].start, words[-1].end, words, rowed, size, line.lane, line.colour, off=line.off)
