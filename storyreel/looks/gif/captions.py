"""Burned-in captions: pixel type with an edge of night; the word that sounds in butter, with a line under it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import skia

from storyreel.looks.gif import LOOK
from storyreel.looks.gif.palette import COLOURS, NIGHT, nearest
from storyreel.looks.gif.type import cell_of, ink, lay, letters, set_in_cells, times
from storyreel.stage.ink import argb
from storyreel.text.chain import FontChain, face
from storyreel.text.setting import PageLayout, row_text
from storyreel.text.shape import ShapedLine
from storyreel.timeline.model import CaptionPage
from storyreel.treatment.look import Said


@lru_cache(maxsize=1)
def _faces() -> FontChain:
    return FontChain(tuple(face(name) for name in LOOK.faces["caption"]))


def _own(colour: str, usual: str) -> str:
    """A colour that an author asks for, as the palette has it."""
    return nearest(colour) if colour else usual


def caption(canvas: skia.Canvas, layout: PageLayout, page: CaptionPage, said: Said) -> None:
    """Draws a caption page; words that have not sounded stand there already."""
    cell, change = cell_of(canvas), page.change
    letter, edge = _own(change.letters, COLOURS["W"]), _own(change.edge, NIGHT)
    marks = [_own(change.word, colour) for colour in (COLOURS["Y"], COLOURS["C"], COLOURS["M"])]
    for row, (set_, x, baseline) in zip(page.rows, layout.rows, strict=True):
        grown = times(set_.size, cell)
        text = row_text(page, row)
        line = set_in_cells(text, _faces(), grown)
        middle = x + (set_.ink[0] + set_.ink[2]) / 2
        left = round(middle / cell - (line.ink[0] + line.ink[2]) / 2) * cell
        lay(canvas, letters(line, grown, letter, edge), left, baseline, cell)
        if said.current in row:
            begin = sum(len(page.words[i].text + page.words[i].space) for i in row[: row.index(said.current)])
            begin -= len(text) - len(text.lstrip())
            span = (max(begin, 0), max(begin, 0) + len(page.words[said.current].text))
            _sounding(canvas, line, grown, span, (left, baseline), cell, edge, marks)


def _sounding(
    canvas: skia.Canvas,
    line: ShapedLine,
    grown: int,
    span: tuple[int, int],
    at: tuple[float, float],
    cell: float,
    edge: str,
    marks: Sequence[str],
) -> None:
    """The word that sounds, over itself; `marks` are its colour, and those of the line under it."""
    mask, left, _ = ink(line, grown, span)
    under = grown + 2
    y = round(at[1] / cell) + under
    x = round(at[0] / cell) + left
    for colour, top, height in ((marks[1], y, 2), (marks[2], y + 2, 1)):
        rect = skia.Rect.MakeXYWH(x * cell, top * cell, mask.shape[1] * cell, height * cell)
        canvas.drawRect(rect, skia.Paint(AntiAlias=False, Color=argb(colour)))
    lay(canvas, letters(line, grown, marks[0], edge, word=span, drop=1), at[0], at[1], cell)
