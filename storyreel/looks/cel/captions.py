"""Burned-in captions: condensed capitals in cream over their own dark shape; gold and a bar for the spoken word."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import skia

from storyreel.looks.cel.palette import GOLD, MAGENTA, MIDNIGHT, PAPER
from storyreel.stage.baking import baked
from storyreel.stage.lettering import draw_line, outline
from storyreel.stage.paints import fill, record, stroke
from storyreel.text.setting import PageLayout, spots_of
from storyreel.timeline.model import CaptionPage
from storyreel.treatment.look import Said

Canvas: TypeAlias = skia.Canvas
Picture: TypeAlias = skia.Picture

_AROUND, _DROP = 9.0, (4.0, 5.0)
"""Stage units by which the dark shape reaches beyond the letters, and by which it is moved."""
_BAR, _UNDER = 0.085, 0.12
"""How thick the bar under a word is, and how far below the baseline, in em."""
_SLID = (24.0, 10.0, 3.0)
"""How far left of its place a page is while it comes, by its age in frames."""
_DRAWN = (0.55, 0.85)
"""How far the bar has come, by the word's age in frames."""
_ROOM = 14.0


@lru_cache(maxsize=24)
def _standing(layout: PageLayout, paper: str, dark: str) -> Picture:
    """All rows over their dark shape."""

    def draw(canvas: Canvas) -> None:
        for line, x, baseline in layout.rows:
            letters = outline(line)
            canvas.save()
            canvas.translate(x + _DROP[0], baseline + _DROP[1])
            canvas.drawPath(letters, stroke(dark, 2 * _AROUND))
            canvas.drawPath(letters, fill(dark))
            canvas.restore()
        for line, x, baseline in layout.rows:
            draw_line(canvas, line, x, baseline, paper)

    return record(_box(layout), draw)


def _box(layout: PageLayout) -> tuple[float, float, float, float]:
    left, top, right, bottom = layout.ink
    return (left - _ROOM, top - _ROOM, right + _ROOM, bottom + _ROOM)


def caption(canvas: Canvas, layout: PageLayout, page: CaptionPage, said: Said) -> None:
    """Draws a caption page with what of it is said; words that have not sounded stand there already."""
    current, change = said.current, page.change
    canvas.save()
    if said.age < len(_SLID):
        canvas.translate(-_SLID[said.age], 0)
    baked(canvas, _box(layout), False, _standing, layout, change.letters or PAPER, change.edge or MIDNIGHT)
    if current is not None:
        spot, age = spots_of(layout, page)[current], said.words[current]
        em = spot.line.size
        left, right = spot.left, spot.right
        share = _DRAWN[age] if 0 <= age < len(_DRAWN) else 1.0
        top = spot.baseline + _UNDER * em
        bar = skia.Rect.MakeLTRB(left, top, left + (right - left) * share, top + _BAR * em)
        canvas.drawRect(bar, fill(change.word or MAGENTA))
        draw_line(canvas, spot.line, spot.x, spot.baseline, change.word or GOLD, word=spot.span)
    canvas.restore()
