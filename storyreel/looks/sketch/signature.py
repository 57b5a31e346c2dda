"""The end of a reveal on a blank sheet that is pushed up under the portrait and written on by hand."""

from __future__ import annotations

from functools import lru_cache

import skia

from storyreel.looks.sketch import LOOK
from storyreel.looks.sketch.marks import Canvas, Picture, drawn, marker, paint, recorded, strip
from storyreel.looks.sketch.palette import ACCENT, ACCENT_DARK, GRAPHITE, PAPER, SOFT
from storyreel.looks.sketch.reveal import pegs
from storyreel.stage.lettering import draw_line
from storyreel.text.setting import edges
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets import signature
from storyreel.widgets.flush import BESIDE, places, written
from storyreel.widgets.signature import Block, begun, on_paper
from storyreel.widgets.torn import along

_FAR = 1400.0
"""How far the sheet reaches to the sides and down, beyond any picture."""
_PEGGED, _FOOT = 1080.0, 200.0
"""How wide the sheet is whose peg holes are seen, and how far below the room they are."""
_RISES = 5
"""Drawings in which it comes up."""
_QUOTES = '“”"«»„'


@lru_cache(maxsize=4)
def _sheet(top: float) -> Picture:
    """Blank paper with a torn upper edge, and its shadow on what lies above."""
    return recorded(
        (-_FAR, top - 60, _FAR, top + _FAR),
        lambda canvas: strip(canvas, (-_FAR, top, _FAR, top + _FAR), 17, 3.2, PAPER, -1.0),
    )


def _rows(canvas: Canvas, block: Block, left: float, colour: str) -> float:
    """Rows from the left edge on; where the longest ends."""
    for index, line in enumerate(block.copy.lines):
        draw_line(canvas, line, left, block.first + index * block.lead, colour)
    return left + max((line.width for line in block.copy.lines), default=0.0)


def _name(canvas: Canvas, block: Block, left: float) -> None:
    end = _rows(canvas, block, left, GRAPHITE)
    y = block.first + block.copy.size * 0.2
    sweep = along((left - 8, y + 6), ((left + end) / 2, y - 3), (end + 10, y - 8))
    canvas.drawPath(drawn(sweep, 13, 5), paint(ACCENT))
    canvas.drawPath(drawn(sweep, 5, 6), paint(ACCENT_DARK))


def _message(canvas: Canvas, block: Block, letters: float, left: float) -> None:
    """As far as it has been spoken; a word in quotation marks is marked as it is said."""
    for line, _, y in begun(block, letters, LOOK.kit):
        said, size = line.text, line.size
        first = next((at for at, letter in enumerate(said) if letter in _QUOTES), None)
        if first is not None and len(said) > first + 2:
            last = next((at for at in range(first + 1, len(said)) if said[at] in _QUOTES), len(said) - 1)
            begins, ends = edges(line, first, last + 1)
            box = (left + begins - 4, y - size * 0.6, left + ends + 4, y + size * 0.12)
            canvas.drawPath(marker(box, 5), paint(ACCENT, 0.95))
        draw_line(canvas, line, left, y, GRAPHITE)


def _hashtag(canvas: Canvas, block: Block, left: float) -> None:
    """In yellow, on a patch of graphite."""
    for line in block.copy.lines:
        box = (left - 6, block.first - line.size * 0.94, left + line.width + 46, block.first + line.size * 0.4)
        canvas.drawPath(marker(box, 9), paint(GRAPHITE))
        draw_line(canvas, line, left + 18, block.first, ACCENT)


def _draw(canvas: Canvas, settings: Settings, values: Values) -> None:
    """About the middle of its room; each of its words comes as its value goes to 1, the message letter by letter."""
    sheet, shown = written(settings, LOOK.kit), round(on_paper(values) * _RISES) / _RISES
    if shown <= 0:
        return
    left = sheet.left
    canvas.save()
    canvas.translate(0, (1 - shown) * sheet.tall * 1.7)
    canvas.drawPicture(_sheet(sheet.top))
    pegs(canvas, -_PEGGED / 2, _PEGGED, -sheet.top + _FOOT)
    name, handle, hashtag = (values.get(one, 1.0) for one in ("name", "handle", "hashtag"))
    beside = left + max((line.width for line in sheet.name.copy.lines), default=-BESIDE) + BESIDE
    for come, words in (
        (name, lambda: _name(canvas, sheet.name, left)),
        (handle, lambda: _rows(canvas, sheet.handle, beside, SOFT)),
        (handle, lambda: _rows(canvas, sheet.closing, left, SOFT)),
        (hashtag, lambda: _hashtag(canvas, sheet.hashtag, left)),
    ):
        if come > 0:
            # Written from left to right.
            canvas.save()
            canvas.clipRect(skia.Rect.MakeLTRB(-_FAR, -_FAR, left + (60 - 2 * left) * min(come, 1.0), _FAR))
            words()
            canvas.restore()
    _message(canvas, sheet.message, values.get("letters", 999.0), left)
    canvas.restore()


def _bounds(settings: Settings) -> Box:
    left, top, right, _ = signature.room(settings)
    return (min(left, -_FAR), top, max(right, _FAR), _FAR)


SIGNATURE = Widget(_draw, _bounds, values=signature.VALUES, places=places)
