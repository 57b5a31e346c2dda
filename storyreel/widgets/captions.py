"""Burned-in captions of a look that draws none of its own: ink on strips of its paper, a mark under what is said."""

from __future__ import annotations

from functools import lru_cache

import skia

from storyreel.stage.ink import argb
from storyreel.stage.lettering import draw_line
from storyreel.text.setting import PageLayout, spots_of
from storyreel.timeline.model import CaptionPage
from storyreel.treatment.contract import Kit
from storyreel.treatment.look import Said

_ABOVE, _BELOW, _BESIDE = 0.86, 0.34, 0.3
"""How far a strip reaches about its baseline and beside its letters, in em; never beyond what the page covers."""
_MARK = (0.04, 0.17)
"""Where the mark under a word begins and ends below its baseline, in em."""


def caption(kit: Kit, canvas: skia.Canvas, layout: PageLayout, page: CaptionPage, said: Said) -> None:
    """Draws a caption page in the kit's paper, ink and accent."""
    colours = {"paper": "#FFFFFF", "ink": "#22222A", "accent": "#FFC93C", **kit.colours}
    change = page.change
    paper, ink = change.edge or colours["paper"], change.letters or colours["ink"]
    for line, x, baseline in layout.rows:
        strip = skia.Rect.MakeLTRB(
            x + line.ink[0] - _BESIDE * line.size,
            baseline + min(line.ink[1], -_ABOVE * line.size),
            x + line.ink[2] + _BESIDE * line.size,
            baseline + max(line.ink[3], _BELOW * line.size),
        )
        strip.intersect(skia.Rect.MakeLTRB(*layout.ink))
        corner = kit.corner * strip.height() / 2
        canvas.drawRoundRect(strip, corner, corner, _paint(paper, kit.crisp))
    if said.current is not None:
        spot = spots_of(layout, page)[said.current]
        top, bottom = (spot.baseline + below * spot.line.size for below in _MARK)
        canvas.drawRect(
            skia.Rect.MakeLTRB(spot.left, top, spot.right, bottom),
            _paint(change.word or page.colour or colours["accent"], kit.crisp),
        )
    for line, x, baseline in layout.rows:
        draw_line(canvas, line, x, baseline, ink)


@lru_cache(maxsize=16)
def _paint(colour: str, crisp: bool) -> skia.Paint:
    return skia.Paint(AntiAlias=not crisp, Color=argb(colour, 1.0))
