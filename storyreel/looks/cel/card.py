"""The end: the name as large as a poster's, who that is, what they say, the hashtag, the closing sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

import skia

from storyreel.looks.cel.display import KIT, SLIDES, lit_line, set_in
from storyreel.looks.cel.palette import FAINT, MAGENTA, MIDNIGHT, PAPER, RIM
from storyreel.stage.lettering import draw_line
from storyreel.stage.paints import fill, stroke
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import fitted
from storyreel.widgets.given import number, text
from storyreel.widgets.reveal import words_of
from storyreel.widgets.signature import VALUES, Block, begun, room, sheet_of
from storyreel.widgets.signature import places as neutral_places

Canvas: TypeAlias = skia.Canvas
_PLAIN = replace(KIT, faces={**KIT.faces, "title": KIT.faces["body"]})
"""What a message is set with: running type."""
_NAME, _NAME_ROOM, _RULE, _PILL = 200.0, 0.9, (92.0, 7.0), 0.72
"""How large a name is at most and which share of the card it may take; the rule under the handle; a pill's half height
in em."""
_ASIDE, _RISES = 10.0, 24.0
_LABEL = 24.0
_HALF = 0.5


def _came(canvas: Canvas, shown: float) -> bool:
    """Whether something has come; it slides, and stops hard."""
    canvas.translate(-SLIDES * (1 - min(shown, 1.0)), 0)
    return shown > 0.02


def _rows(canvas: Canvas, block: Block, x: float, colour: str) -> None:
    for number_, line in enumerate(block.copy.lines):
        draw_line(canvas, line, x, block.first + block.lead * number_, colour)


def _signature(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The card about (0, 0), set flush left."""
    sheet = sheet_of(settings, _PLAIN)
    left = -sheet.wide / 2 + _ASIDE
    for name, block in zip(VALUES, (sheet.name, sheet.handle, None, sheet.hashtag, sheet.closing), strict=True):
        canvas.save()
        if block is None:
            for line, _, y in begun(sheet.message, values.get("letters", 999.0), _PLAIN):
                draw_line(canvas, line, left, y, PAPER)
        elif block.copy.lines and _came(canvas, values.get(name, 1.0)):
            if name == "name":
                said = " ".join(line.text for line in block.copy.lines)
                line = set_in(said, "title", _NAME, _NAME_ROOM * sheet.wide, 1).lines[0]
                lit_line(canvas, line, left, block.first - _RISES)
            elif name == "hashtag":
                _pill(canvas, block, left)
            else:
                canvas.translate(0, -_RISES / 2 if name == "handle" else 0)
                _rows(canvas, block, left, RIM if name == "handle" else FAINT)
                if name == "handle":
                    top = block.first + 0.22 * block.copy.size
                    canvas.drawRect(skia.Rect.MakeXYWH(left, top, *_RULE), fill(MAGENTA))
        canvas.restore()


def _pill(canvas: Canvas, block: Block, left: float) -> None:
    size, line = block.copy.size, block.copy.lines[0]
    middle, half = block.first - 0.33 * size, _PILL * size
    box = skia.Rect.MakeLTRB(left, middle - half, left + line.width + 1.1 * size, middle + half)
    canvas.drawRoundRect(box, half, half, fill(MIDNIGHT))
    canvas.drawRoundRect(box, half, half, stroke(RIM, 3.5))
    draw_line(canvas, line, left + 0.55 * size, block.first, RIM)


def _tag(canvas: Canvas, settings: Settings, values: Values) -> None:
    """A quiet label, its right end at (0, 0)."""
    if values.get("appear", 1.0) > 0.02:
        line = fitted(text(settings, "text"), "label", KIT, _LABEL, number(settings, "width", 400), 1).lines[0]
        paint = fill(PAPER, _HALF * min(values.get("appear", 1.0), 1.0))
        draw_line(canvas, line, 0, 0, paint, align="right")


def _places(settings: Settings, kit: Kit) -> Mapping[str, Box]:
    return neutral_places(settings, _PLAIN)


_ROWS = (("name", 150.0, 1, 0.3), ("handle", 48.0, 1, 0.6), ("message", 60.0, 3, 0.6), ("hashtag", 44.0, 1, 1.0))
_CLOSING, _GUEST, _FOOT = 34.0, 262.0, 26.0


def _card(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The old card, left beside its guest; the middle of its room's foot is at (0, 0)."""
    words, appear = words_of(settings), min(max(values.get("appear", 1.0), 0.0), 1.0)
    if appear <= 0.02:
        return
    wide, tall = _card_size(settings)
    canvas.save()
    canvas.translate(-SLIDES * (1 - appear), 0)
    canvas.drawRect(skia.Rect.MakeLTRB(-wide / 2, -tall, wide / 2, 0), fill(MIDNIGHT, 0.9 * appear))
    left, y = -wide / 2 + 40, -tall + _FOOT
    for name, size, most, below in (*_ROWS, ("closing", _CLOSING, 4, 0.0)):
        said = str(getattr(words, name))
        if not said or (name == "closing" and values.get("closing", 1.0) < 0.5):
            continue
        copy = set_in(said, "title" if name == "name" else "body", size, wide - _GUEST - 40, most)
        y += copy.size
        for number_, line in enumerate(copy.lines):
            if name == "name":
                lit_line(canvas, line, left, y)
            else:
                colour = {"message": PAPER, "closing": FAINT}.get(name, RIM)
                draw_line(canvas, line, left, y + 1.15 * copy.size * number_, colour)
        y += copy.size * (1.15 * (len(copy.lines) - 1) + below)
    canvas.restore()


def _card_size(settings: Settings) -> tuple[float, float]:
    words, tall = words_of(settings), 2 * _FOOT
    for name, size, most, below in (*_ROWS, ("closing", _CLOSING, 4, 0.0)):
        said = str(getattr(words, name))
        if said:
            copy = set_in(said, "title" if name == "name" else "body", size, words.width - _GUEST - 40, most)
            tall += copy.size * (1 + 1.15 * (len(copy.lines) - 1) + below)
    return words.width, tall


def _card_box(settings: Settings) -> Box:
    wide, tall = _card_size(settings)
    return (-wide / 2 - 60, -tall - 60, wide / 2 + 60, 60)


SIGNATURE = Widget(draw=_signature, bounds=room, values=VALUES, places=_places)
CARD = Widget(draw=_card, bounds=_card_box, values=("appear", "closing"), size=_card_size)
TAG = Widget(draw=_tag, bounds=lambda settings: (-number(settings, "width", 400) - 20, -60, 20, 30), values=("appear",))
