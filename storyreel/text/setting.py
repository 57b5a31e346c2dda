"""Sets a caption page in its box: rows, baselines, the ink of the whole."""

from __future__ import annotations

from dataclasses import dataclass

from storyreel.text.chain import FontChain
from storyreel.text.shape import ShapedLine, shape
from storyreel.timeline.model import CaptionPage, spelt
from storyreel.treatment.look import CaptionStyle

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class PageLayout:
    """A caption page in place, in stage units.

    Attributes:
        rows: each row's line, the x of its origin, and its baseline.
        ink: the box of all ink, the style's pad included.
    """

    rows: tuple[tuple[ShapedLine, float, float], ...]
    ink: Box


def row_text(page: CaptionPage, row: tuple[int, ...]) -> str:
    """The text of one row."""
    return spelt(page.words[i] for i in row)


def layout(page: CaptionPage, chain: FontChain, style: CaptionStyle, safe: Box, language: str = "en") -> PageLayout:
    """Puts a page at the foot of the safe box, each row centred; its last baseline at the style's lift or higher."""
    left, _, right, bottom = safe
    lines = [shape(row_text(page, row), chain, page.size, language) for row in page.rows]
    foot = max(line.ink[3] for line in lines) + style.pad
    last = bottom - max(style.lift, foot)
    rows: list[tuple[ShapedLine, float, float]] = []
    for number, line in enumerate(lines):
        baseline = last - (len(lines) - 1 - number) * style.lead * page.size
        x = (left + right) / 2 - (line.ink[0] + line.ink[2]) / 2
        rows.append((line, x, baseline))
    ink = (
        min(x + line.ink[0] for line, x, _ in rows) - style.pad,
        min(base + line.ink[1] for line, _, base in rows) - style.pad,
        max(x + line.ink[2] for line, x, _ in rows) + style.pad,
        max(base + line.ink[3] for line, _, base in rows) + style.pad,
    )
    return PageLayout(tuple(rows), ink)
