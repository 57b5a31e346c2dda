"""Sets a caption page in its box: rows, baselines, the ink of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from storyreel.text.caption_style import CaptionStyle
from storyreel.text.chain import FontChain
from storyreel.text.shape import ShapedLine, shape
from storyreel.timeline.model import CaptionPage, spelt

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class PageLayout:
    """A caption page in place, in stage units.

    Attributes:
        rows: each row's line, the x of its origin, and its baseline.
        ink: the box of all ink, the style's pad included.
        apart: how much further apart the words of a row stand than they are shaped.
        mark: the corners of what points to where an unseen speaker is; none for one who is seen.
    """

    rows: tuple[tuple[ShapedLine, float, float], ...]
    ink: Box
    apart: float = 0.0
    mark: tuple[tuple[float, float], ...] = ()


_MARK = (0.42, 0.33, 0.14)
"""How long what points to an unseen speaker is, how broad from its middle, how far from the ink: in em."""


def beside(off: str, size: float) -> float:
    """What room the mark of an unseen speaker takes beside the ink of type of a size."""
    return (_MARK[0] + _MARK[2]) * size if off in ("left", "right") else 0.0


def _pointer(off: str, ink: Box, size: float) -> tuple[tuple[float, float], ...]:
    """A triangle beside the ink, or above it, that points away from it."""
    if not off:
        return ()
    long, broad, away = (share * size for share in _MARK)
    left, top, right, bottom = ink
    if off == "top":
        middle, foot = (left + right) / 2, top - away
        return ((middle - broad, foot), (middle, foot - long), (middle + broad, foot))
    edge, way = (left, -1.0) if off == "left" else (right, 1.0)
    middle, foot = (top + bottom) / 2, edge + way * away
    return ((foot, middle - broad), (foot + way * long, middle), (foot, middle + broad))


def row_text(page: CaptionPage, row: tuple[int, ...]) -> str:
    """The text of one row."""
    return spelt(page.words[i] for i in row)


class WordPlace(NamedTuple):
    """A word in place: its row, and its edges from the row's origin."""

    row: int
    left: float
    right: float


def edges(line: ShapedLine, start: int, stop: int) -> tuple[float, float]:
    """From where to where some letters of a line stand, counted in its text; (0, 0) where there are none."""
    found = [
        (point[0], point[0] + advance)
        for run in line.runs
        for point, advance, cluster in zip(run.points, run.advances, run.clusters, strict=True)
        if start <= cluster < stop
    ]
    left = min((edge[0] for edge in found), default=0.0)
    return left, max((edge[1] for edge in found), default=left)


@lru_cache(maxsize=64)
def word_places(placed: PageLayout, page: CaptionPage) -> tuple[WordPlace, ...]:
    """Where each word of a page stands."""
    found = []
    for number, (row, (line, _, _)) in enumerate(zip(page.rows, placed.rows, strict=True)):
        text = "".join(page.words[index].text + page.words[index].space for index in row)
        at = -(len(text) - len(text.lstrip()))
        for index in row:
            start, at = at, at + len(page.words[index].text) + len(page.words[index].space)
            found.append(WordPlace(number, *edges(line, start, start + len(page.words[index].text))))
    return tuple(found)


def layout(page: CaptionPage, chain: FontChain, style: CaptionStyle, safe: Box, language: str = "en") -> PageLayout:
    """Puts a page at the foot of the safe box, each row centred; its last baseline at the style's lift or higher.

    One in the high lane stands at the top of the safe box. A page that rises is so far from that edge.
    """
    style = style.sized(page.change.size)
    left, top, right, bottom = safe
    lines = [shape(row_text(page, row), chain, page.size, language) for row in page.rows]
    foot = max(line.ink[3] for line in lines) + style.pad
    last = bottom - max(style.lift, foot) - page.rise
    if page.lane == "high":
        head = max(-line.ink[1] for line in lines) + style.pad
        last = top + head + page.rise + (len(lines) - 1) * style.lead * page.size
    apart = style.apart(page.colour) * page.size
    wider = [apart * _gaps(page, row) for row in page.rows]
    middle = (left + right) / 2 if page.middle is None else page.middle
    rows: list[tuple[ShapedLine, float, float]] = []
    for number, line in enumerate(lines):
        baseline = last - (len(lines) - 1 - number) * style.lead * page.size
        x = middle - (line.ink[0] + line.ink[2] + wider[number]) / 2
        rows.append((line, x, baseline))
    ink = (
        min(x + line.ink[0] for line, x, _ in rows) - style.pad,
        min(base + line.ink[1] for line, _, base in rows) - style.pad,
        max(x + line.ink[2] + more for (line, x, _), more in zip(rows, wider, strict=True)) + style.pad,
        max(base + line.ink[3] for line, _, base in rows) + style.pad,
    )
    mark = _pointer(page.off, ink, page.size) if style.points else ()
    return PageLayout(tuple(rows), _around(ink, mark), apart, mark)


def _around(ink: Box, mark: tuple[tuple[float, float], ...]) -> Box:
    """The box of ink and of the mark beside it."""
    across, down = [ink[0], ink[2], *(x for x, _ in mark)], [ink[1], ink[3], *(y for _, y in mark)]
    return (min(across), min(down), max(across), max(down))


def _gaps(page: CaptionPage, row: tuple[int, ...]) -> int:
    """How many spaces a row has."""
    return sum(bool(page.words[index].space) for index in row[:-1])


@dataclass(frozen=True)
class Spot:
    """A word of the page in place: its line, the span of its text, its edges and its baseline on the stage."""

    row: int
    line: ShapedLine
    span: tuple[int, int]
    x: float
    left: float
    right: float
    baseline: float


@lru_cache(maxsize=64)
def spots_of(layout: PageLayout, page: CaptionPage) -> tuple[Spot, ...]:
    """Where every word of the page stands, in the page's order."""
    spots = []
    for number, (row, (line, x, baseline)) in enumerate(zip(page.rows, layout.rows, strict=True)):
        text = "".join(page.words[i].text + page.words[i].space for i in row)
        position = -(len(text) - len(text.lstrip()))
        before = 0.0
        for index in row:
            start, end = position, position + len(page.words[index].text)
            position = end + len(page.words[index].space)
            left, right = edges(line, start, end)
            at = x + before
            spots.append(Spot(number, line, (start, end), at, at + left, at + right, baseline))
            before += layout.apart if page.words[index].space else 0.0
    return tuple(spots)
