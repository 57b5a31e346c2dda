"""Burned-in captions: a narration box a row, the word that sounds cut out of a block of ink."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import skia

from storyreel.looks.comic import LOOK
from storyreel.looks.comic.boxes import narration
from storyreel.looks.comic.palette import INK, YELLOW
from storyreel.looks.comic.treatment import TREATMENT
from storyreel.stage.built import draw_built
from storyreel.stage.lettering import draw_line
from storyreel.stage.paints import fill
from storyreel.stage.treated import Hand
from storyreel.text.setting import PageLayout, Spot, spots_of
from storyreel.timeline.model import CaptionPage
from storyreel.treatment.contract import Mood, Place
from storyreel.treatment.look import Said

Canvas: TypeAlias = skia.Canvas

_HAND = Hand(TREATMENT, Place("type"), Mood())
_ASIDE, _ABOVE, _BELOW = 0.34, 0.86, 0.22
"""From a row's letters to its box's edges: beside them, above and below the baseline, in em."""
_ROOM = 20.0
"""What a box keeps free within the page's room: its ink, its turn."""
_TURNS = (-1.4, 0.9)
_LEVEL = 520.0
"""Boxes longer than this turn less."""
_SLAPS = ((1.12, -4.0), (1.05, -1.5))
"""How large a page is while it slaps in, and by how much it is turned, by its age in frames."""
_OVER = 0.1
"""How far the ink of a spoken word reaches beyond it, in em."""


def caption(canvas: Canvas, layout: PageLayout, page: CaptionPage, said: Said) -> None:
    """Draws a caption page with what of it is said; words that have not sounded stand there already."""
    left, top, right, bottom = layout.ink
    ink, paper = page.change.letters or INK, page.change.edge or YELLOW
    spot = spots_of(layout, page)[said.current] if said.current is not None else None
    canvas.save()
    if said.age < len(_SLAPS):
        size, turn = _SLAPS[said.age]
        canvas.translate((left + right) / 2, (top + bottom) / 2)
        canvas.rotate(turn)
        canvas.scale(size, size)
        canvas.translate(-(left + right) / 2, -(top + bottom) / 2)
    for number, (line, x, baseline) in enumerate(layout.rows):
        em = line.size
        sides = (max(x + line.ink[0] - _ASIDE * em, left + _ROOM), min(x + line.ink[2] + _ASIDE * em, right - _ROOM))
        middle, wide = sum(sides) / 2, sides[1] - sides[0]
        tall = (_ABOVE + _BELOW) * em
        canvas.save()
        canvas.translate(middle, baseline - (_ABOVE - _BELOW) / 2 * em)
        canvas.rotate(_TURNS[number % 2] * min(1.0, _LEVEL / max(wide, 1.0)))
        draw_built(canvas, narration(round(wide), round(tall), paper, 0.6 - 1.2 * (number % 2), LOOK.kit), _HAND)
        canvas.translate(-middle, -(baseline - (_ABOVE - _BELOW) / 2 * em))
        draw_line(canvas, line, x, baseline, ink)
        if spot is not None and spot.row == number:
            _spoken(canvas, spot, page.change.word or ink, paper)
        canvas.restore()
    canvas.restore()


def _spoken(canvas: Canvas, spot: Spot, ink: str, paper: str) -> None:
    """The word that sounds: the same letters in the paper's colour, through a hole in a block of ink."""
    em = spot.line.size
    block = skia.Rect.MakeLTRB(
        spot.left - _OVER * em, spot.baseline - (_ABOVE - 0.06) * em, spot.right + _OVER * em, spot.baseline + 0.15 * em
    )
    canvas.save()
    canvas.drawPath(_block(block.left(), block.top(), block.right(), block.bottom()), fill(ink))
    canvas.clipRect(block)
    draw_line(canvas, spot.line, spot.x, spot.baseline, paper)
    canvas.restore()


@lru_cache(maxsize=64)
def _block(left: float, top: float, right: float, bottom: float) -> skia.Path:
    path = skia.Path()
    corners = ((left - 4, top + 2), (right + 5, top - 4), (right + 2, bottom), (left - 6, bottom + 4))
    path.addPoly([skia.Point(*corner) for corner in corners], True)
    return path
