"""The end of a reveal on a card of cream paper: a name in candy letters, the message, a sticker with the hashtag."""

from __future__ import annotations

from functools import lru_cache

import skia

from storyreel.looks.kawaii import LOOK
from storyreel.looks.kawaii.palette import BERRY, BLUSH, LINE, PAPER, SHADOW
from storyreel.looks.kawaii.shapes import heart, inked, shine
from storyreel.stage.areas import beyond
from storyreel.stage.lettering import draw_line, outline
from storyreel.stage.paints import Canvas, Picture, fill, linear, record, stroke
from storyreel.stage.paths import box
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets import signature
from storyreel.widgets.signature import Block, Sheet, begun, on_paper

_CORNER, _LACE = 62.0, 46.0
_FAR = 460.0
"""How far below its place the paper comes from, more than it is tall: out of the picture."""
_NAME = 1.5
"""How much larger than its row the name is, at the most: its letters stand over the card's upper edge."""
_BROAD = 640.0
"""How wide a card is that has room for a heart on either side of the name."""


def _sheet(settings: Settings) -> Sheet:
    return signature.sheet_of(settings, LOOK.kit)


@lru_cache(maxsize=8)
def _paper(wide: float, tall: float) -> Picture:
    """The card about (0, 0): cream, with lace along its foot and a stitched edge."""

    def paint(canvas: Canvas) -> None:
        left, top = -wide / 2, -tall / 2
        shape = box(left, top, wide, tall, _CORNER)
        shadow = skia.Path(shape)
        shadow.offset(8, 15)
        canvas.drawPath(beyond(shadow, shape), fill(SHADOW, 0.3))
        canvas.drawPath(shape, fill(PAPER))
        canvas.save()
        canvas.clipPath(shape, doAntiAlias=True)
        count = round(wide / _LACE)
        lace = skia.Path()
        for index in range(count + 1):
            lace.addCircle(left + index * wide / count, top + tall + 4, _LACE * 0.6)
        canvas.drawPath(lace, fill(BLUSH))
        for x, y, across, turn in (
            ((left + 84, top + 150, 46, -16), (-left - 84, top + 150, 46, 16)) if wide > _BROAD else ()
        ):
            canvas.drawPath(heart(x, y, across, turn), fill("#FFC4DA"))
        canvas.restore()
        canvas.drawPath(shape, stroke(LINE, 11))
        thread = stroke("#FFB6D3", 5)
        thread.setPathEffect(skia.DashPathEffect.Make([17, 15], 0))
        canvas.drawPath(box(left + 18, top + 18, wide - 36, tall - 36, _CORNER - 16), thread)

    return record((-wide / 2 - 30, -tall / 2 - 30, wide / 2 + 30, tall / 2 + 40), paint)


def _coming(canvas: Canvas, shown: float) -> int:
    """Lifts what comes to its place; the number that restores the canvas."""
    depth = canvas.saveLayerAlpha(None, round(255 * min(max(shown, 0.0), 1.0))) if shown < 1 else canvas.save()
    canvas.translate(0, (1 - shown) * 26)
    return depth


def _name(canvas: Canvas, block: Block, wide: float) -> None:
    """Fat letters of raspberry candy, as a sticker over the card's upper edge."""
    for line in block.copy.lines:
        size, path = line.size, outline(line)
        grown = min(_NAME, max((wide - 150) / line.width, 1.0))
        canvas.save()
        canvas.translate(0, block.first - size * 0.06 - max(line.ink[3], 0.0) * (grown - 1))
        canvas.scale(grown, grown)
        canvas.translate(-line.width / 2, 0)
        sticker = skia.Path(path)
        sticker.offset(0, size * 0.03)
        dropped = skia.Path(sticker)
        dropped.offset(size * 0.03, size * 0.09)
        canvas.drawPath(dropped, stroke(SHADOW, size * 0.22, 0.3))
        canvas.drawPath(sticker, stroke(PAPER, size * 0.24))
        for drop in (size * 0.06, 0.0):
            moved = skia.Path(path)
            moved.offset(0, drop)
            canvas.drawPath(moved, stroke(LINE, size * 0.085))
        stops = ((0.0, "#F0559A", 1.0), (0.45, "#D42B78", 1.0), (1.0, "#A81659", 1.0))
        draw_line(canvas, line, 0, 0, linear((0, -size * 0.72), (0, size * 0.08), stops))
        canvas.clipPath(path, doAntiAlias=True)
        canvas.drawRect(
            skia.Rect.MakeXYWH(-size, -size * 0.6, line.width + 2 * size, size * 0.15), fill("#FFFFFF", 0.3)
        )
        canvas.restore()


def _rows(canvas: Canvas, block: Block, colour: str) -> None:
    for index, line in enumerate(block.copy.lines):
        draw_line(canvas, line, 0, block.first + index * block.lead, colour, align="center")


def _tag(canvas: Canvas, block: Block) -> None:
    """The hashtag as a sticker of mint."""
    for line in block.copy.lines:
        tall, across = line.size * 1.5, line.width + line.size * 1.3
        middle = block.first - line.size * 0.31
        pill = box(-across / 2, middle - tall / 2, across, tall, tall / 2)
        canvas.save()
        canvas.translate(4, 9)
        canvas.drawPath(pill, stroke(SHADOW, 10, 0.26))
        canvas.restore()
        stops = ((0.0, "#9BE8D8", 1.0), (0.5, "#A9E3E8", 1.0), (1.0, "#BDE0FE", 1.0))
        inked(canvas, pill, linear((-across / 2, 0), (across / 2, 0), stops), 0)
        canvas.drawPath(pill, stroke(LINE, 8))
        x, y = -across / 2 + tall * 0.26, middle
        shine(
            canvas,
            ((x, y - tall * 0.1), (x + 5, y - tall * 0.22), (x + 22, y - tall * 0.27)),
            6,
            (x + 38, y - tall * 0.27),
        )
        draw_line(canvas, line, 0, block.first, LINE, align="center")


def draw_signature(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The card about (0, 0); each of its words comes as its value goes to 1, the message letter by letter."""
    sheet = _sheet(settings)
    closing, name, handle, hashtag = (values.get(one, 1.0) for one in ("closing", "name", "handle", "hashtag"))
    # What is set small comes when the name has been read.
    closing *= name**3
    paper = on_paper(values)
    if paper > 0.004:
        canvas.save()
        canvas.translate(0, (1 - paper) ** 2 * (sheet.tall + _FAR))
        canvas.rotate(-9 * (1 - paper) ** 2)
        canvas.drawPicture(_paper(sheet.wide, sheet.tall))
        canvas.restore()
    if closing > 0.004:
        depth = _coming(canvas, closing)
        _rows(canvas, sheet.closing, BERRY)
        canvas.restoreToCount(depth)
    if name > 0.004:
        depth = _coming(canvas, name)
        _name(canvas, sheet.name, sheet.wide)
        canvas.restoreToCount(depth)
    if handle > 0.004:
        depth = _coming(canvas, handle)
        _rows(canvas, sheet.handle, BERRY)
        canvas.restoreToCount(depth)
    for line, x, y in begun(sheet.message, values.get("letters", 999.0), LOOK.kit):
        draw_line(canvas, line, x, y, LINE)
    if hashtag > 0.004:
        depth = _coming(canvas, hashtag)
        _tag(canvas, sheet.hashtag)
        canvas.restoreToCount(depth)


def _room(settings: Settings) -> Box:
    """What the card may reach to, on its way too."""
    left, top, right, bottom = signature.room(settings)
    return left - 60, top - 60, right + 60, bottom + _FAR + bottom - top


SIGNATURE = Widget(draw_signature, _room, values=signature.VALUES, places=signature.places)
