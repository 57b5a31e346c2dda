"""Sets a caption page in its box: rows, baselines, the ink of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

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
    """

    rows: tuple[tuple[ShapedLine, float, float], ...]
    ink: Box
    apart: float = 0.0


def row_text(page: CaptionPage, row: tuple[int, ...]) -> str:
    """The text of one row."""
    return spelt(page.words[i] for i in row)


def layout(page: CaptionPage, chain: FontChain, style: CaptionStyle, safe: Box, language: str = "en") -> PageLayout:
    """Puts a page at the foot of the safe box, each row centred; its last baseline at the style's lift or higher.

    One in the high lane stands at the top of the safe box. A page that rises is so far from that edge.
    """
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
    return PageLayout(tuple(rows), ink, apart)


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
            edges = [
                (point[0], point[0] + advance)
                for run in line.runs
                for point, advance, cluster in zip(run.points, run.advances, run.clusters, strict=True)
                if start <= cluster < end
            ]
            left = min((edge[0] for edge in edges), default=0.0)
            right = max((edge[1] for edge in edges), default=0.0)
            at = x + before
            spots.append(Spot(number, line, (start, end), at, at + left, at + right, baseline))
            before += layout.apart if page.words[index].space else 0.0
    return tuple(spots)
