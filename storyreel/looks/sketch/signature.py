"""The end of a reveal on a blank sheet that is pushed up under the portrait and written on by hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import skia

from storyreel.looks.sketch import LOOK
from storyreel.looks.sketch.marks import Canvas, Picture, drawn, hatched, marker, paint, recorded, strip
from storyreel.looks.sketch.palette import ACCENT, ACCENT_DARK, ACCENT_PALE, GRAPHITE, PAPER, SOFT
from storyreel.looks.sketch.reveal import pegs
from storyreel.stage.ink import to_path
from storyreel.stage.lettering import draw_line
from storyreel.text.setting import edges
from storyreel.text.shape import ShapedLine, shape
from storyreel.treatment.contract import Kit
from storyreel.treatment.strokes import Hatch
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets import flush, signature
from storyreel.widgets.copyfit import faces
from storyreel.widgets.flush import BESIDE, written
from storyreel.widgets.given import number
from storyreel.widgets.signature import Block, begun, on_paper
from storyreel.widgets.torn import along, torn

_FAR = 1400.0
"""How far the sheet reaches to the sides and down, beyond any picture."""
_ASIDE, _BELOW = 90.0, 214.0
"""How far the words reach beyond their room at the left, where nothing else stands, and below it."""
_GUEST = 1.55
"""How much larger a guest stands here than the room that is kept for it."""
_STANDS = 24.0
"""How far below the words its feet are."""
_PEGS = 196.0
"""How far below the words an animator's sheet has its holes."""
_HEART = "\U0001f49b"
_FRAYED = 60.0
"""How far the sheet's torn edges and its shadow reach, at the most."""
_SUNK = 1.9
"""How far down it lies before it comes up, in its own heights."""
_RISES = 5
"""Drawings in which it comes up."""
_SHEET = 1080.0
"""How broad such a sheet is."""
_QUOTES = '“”"«»„'


def _roomy(settings: Settings) -> Settings:
    """The room that words are set in: larger by `_ASIDE` and `_BELOW`, to the left and below by half of them."""
    wide, tall = number(settings, "width", 800) + _ASIDE, number(settings, "height", 600) + _BELOW
    guest = {name: number(settings, name, 0.0) * _GUEST for name in ("guest_width", "guest_height")}
    return {**settings, **guest, "width": wide, "height": tall}


@lru_cache(maxsize=4)
def _sheet(top: float) -> Picture:
    """Blank paper with a torn upper edge and the holes it is held by, and its shadow on what lies above."""

    def draw(canvas: Canvas) -> None:
        strip(canvas, (-_FAR, top, _FAR, top + _FAR), 17, 3.2, PAPER, -1.0)
        pegs(canvas, -_SHEET / 2, _SHEET, _PEGS - top)

    return recorded((-_FAR, top - 60, _FAR, top + _FAR), draw)


@lru_cache(maxsize=4)
def _heart(size: float) -> Picture:
    """A heart in pencil over crayon, its left end on the baseline at (0, 0)."""
    unit = size / 100
    outline = tuple(
        (sign, tuple(part * unit for part in at))
        for sign, at in (
            ("M", (48.0, 8.0)),
            ("C", (26.0, -10.0, 2.0, -28.0, 6.0, -54.0)),
            ("C", (10.0, -80.0, 42.0, -78.0, 49.0, -48.0)),
            ("C", (56.0, -78.0, 90.0, -76.0, 92.0, -48.0)),
            ("C", (93.0, -24.0, 66.0, -8.0, 48.0, 8.0)),
        )
    )

    def draw(canvas: Canvas) -> None:
        canvas.drawPath(to_path((*outline, ("Z", ()))), paint(ACCENT_PALE))
        canvas.drawPath(hatched((*outline, ("Z", ())), Hatch(-31, 11 * unit, 10 * unit, 0.0), 1.0, 4), paint(ACCENT))
        canvas.drawPath(drawn(outline, 6.5 * unit, 7), paint(GRAPHITE))

    return recorded((-size, -size * 1.2, size * 2, size), draw)


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
        _written(canvas, line, left, y)


def _written(canvas: Canvas, line: ShapedLine, left: float, y: float) -> None:
    """A row of the message; yellow hearts in it are drawn."""
    start = 0
    for part in line.text.split(_HEART):
        if part.strip():
            letters = shape(part, faces(LOOK.kit, "title"), line.size)
            draw_line(canvas, letters, left + edges(line, start, start + len(part))[0], y, GRAPHITE)
        start += len(part)
        if start < len(line.text):
            canvas.save()
            canvas.translate(left + edges(line, start, start + 1)[0] + 0.06 * line.size, y - 0.02 * line.size)
            canvas.rotate(-5)
            canvas.drawPicture(_heart(line.size * 0.92))
            canvas.restore()
        start += 1


def _hashtag(canvas: Canvas, block: Block, left: float) -> None:
    """In yellow, on a patch of graphite."""
    for line in block.copy.lines:
        box = (left - 10, block.first - line.size * 0.98, left + line.width + 50, block.first + line.size * 0.42)
        canvas.save()
        canvas.rotate(-0.8, left, block.first)
        canvas.drawPath(torn(box, 9, 0.8), paint(GRAPHITE))
        draw_line(canvas, line, left + 20, block.first, ACCENT)
        canvas.restore()


def _ground(canvas: Canvas, room: Box) -> None:
    """A few strokes under the feet of who stands there."""
    left, _, right, foot = room
    for seed, (begins, ends, down) in enumerate(((-40, 26, 2), (-12, 50, 12), (-56, -10, 14))):
        stroke = along((left + begins, foot + down), ((left + right) / 2, foot + down - 4), (right + ends, foot + down))
        canvas.drawPath(drawn(stroke, 5, 20 + seed), paint(GRAPHITE, 0.8))


def _draw(canvas: Canvas, settings: Settings, values: Values) -> None:
    """About the middle of its room; each of its words comes as its value goes to 1, the message letter by letter."""
    sheet, shown = written(_roomy(settings), LOOK.kit, low=True), round(on_paper(values) * _RISES) / _RISES
    if shown <= 0:
        return
    left = sheet.left
    canvas.save()
    canvas.translate(-_ASIDE / 2, _BELOW / 2 + (1 - shown) * sheet.tall * _SUNK)
    canvas.drawPicture(_sheet(sheet.top))
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
            canvas.clipRect(skia.Rect.MakeLTRB(-_FAR, -_FAR, left - 40 + (100 - 2 * left) * min(come, 1.0), _FAR))
            words()
            canvas.restore()
    _message(canvas, sheet.message, values.get("letters", 999.0), left)
    canvas.restore()
    if number(settings, "guest_width", 0.0) > 0 and hashtag > 0:
        _ground(canvas, places(settings, LOOK.kit)["guest"])


def _bounds(settings: Settings) -> Box:
    _, top, _, _ = signature.room(settings)
    sheet, wide = written(_roomy(settings), LOOK.kit, low=True), _FAR + _ASIDE / 2 + _FRAYED
    torn_at = sheet.top + _BELOW / 2
    return (-wide, min(top, torn_at - _FRAYED), wide, torn_at + _FAR + _SUNK * sheet.tall + _FRAYED)


def places(settings: Settings, kit: Kit) -> Mapping[str, Box]:
    """The room for a guest: at the right, beside hashtag and closing sentence, down to the foot of the words."""
    room = _roomy(settings)
    left, top, right, foot = flush.places(room, kit)["guest"]
    down = number(room, "height", 600) / 2 + _STANDS - foot
    return {"guest": (left - _ASIDE / 2, top + _BELOW / 2 + down, right - _ASIDE / 2, foot + _BELOW / 2 + down)}


SIGNATURE = Widget(_draw, _bounds, values=signature.VALUES, places=places)
