"""The end: the name as large as a poster's, who that is, what they say, the hashtag, the closing sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
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
from storyreel.widgets.signature import VALUES, Block, Sheet, begun, room

Canvas: TypeAlias = skia.Canvas
_PLAIN = replace(KIT, faces={**KIT.faces, "title": KIT.faces["body"]})
"""What a message is set with: running type."""
_NAME, _NAME_ROOM, _RULE, _PILL = 236.0, 0.9, (92.0, 7.0), 0.72
"""How large a name is at most and which share of the card it may take; the rule under the handle; a pill's half height
in em."""
_ASIDE = 10.0
_LABEL = 24.0
_HALF = 0.5
_WIDER, _LOWER = 80.0, -10.0
"""How much further the card reaches than its room to the left, and by how much it begins lower."""
_RISES, _CLEAR = 70.0, 26.0
"""How far a name may rise over its room into the portrait's dark foot; what is kept clear for the label below."""
_WORDS = ("name", "handle", "message", "hashtag", "closing")
_SIZES, _LEADS, _SMALLEST = (54.0, 78.0, 46.0, 40.0), (1.12, 1.3), 36.0
"""How large handle, message, hashtag and closing sentence are at most; from row to row in the message and in the
sentence; the smallest that the sentence is set."""
_AIR = (64.0, 72.0, 56.0)
"""From the name's foot down to the handle's baseline; above the message and above the sentence, to a row's baseline
beyond its own size."""
_BESIDE, _OVER = 0.44, 0.8
"""The share of the card's width that a hashtag may take beside a handle; a message's capitals, in its size."""


def _came(canvas: Canvas, shown: float) -> bool:
    """Whether something has come; it slides, and stops hard."""
    canvas.translate(-SLIDES * (1 - min(shown, 1.0)), 0)
    return shown > 0.02


def _rows(canvas: Canvas, block: Block, x: float, colour: str) -> None:
    for number_, line in enumerate(block.copy.lines):
        draw_line(canvas, line, x, block.first + block.lead * number_, colour)


@lru_cache(maxsize=8)
def _laid(words: tuple[str, ...], wide: float, tall: float, guest: tuple[float, float]) -> Sheet:
    """The card about (0, 0), its foot at its room's: name, handle with hashtag, message, sentence."""
    across, foot = wide - 2 * _ASIDE, tall / 2 - _CLEAR
    beside = _BESIDE * across if words[3] else 0.0
    for step in range(20):
        size = 0.95**step
        name = set_in(words[0], "title", _NAME * size, _NAME_ROOM * wide, 1)
        handle = fitted(words[1], "body", _PLAIN, _SIZES[0], across - beside - guest[0], 1)
        message = fitted(words[2], "title", _PLAIN, _SIZES[1] * size, across, 3)
        hashtag = fitted(words[3], "body", _PLAIN, _SIZES[2], max(beside - 1.1 * _SIZES[2], 1.0), 1)
        closing = fitted(words[4], "label", _PLAIN, max(_SIZES[3] * size, _SMALLEST), across, 4)
        last = foot - _LEADS[1] * closing.size * max(len(closing.lines) - 1, 0)
        above = last - (_AIR[2] + 0.4 * closing.size if closing.lines else 0.0)
        first = above - _LEADS[0] * message.size * max(len(message.lines) - 1, 0)
        row = first - (_AIR[1] + 0.3 * message.size if message.lines else 0.0)
        base = row - _AIR[0]
        if base - _OVER * name.size >= -tall / 2 - _RISES:
            break
    right = across / 2
    return Sheet(
        wide,
        tall,
        Block(name, base, name.size),
        Block(handle, row, handle.size),
        Block(message, first, _LEADS[0] * message.size),
        Block(hashtag, row, hashtag.size),
        Block(closing, last, _LEADS[1] * closing.size),
        (right - guest[0], row - guest[1], right, row),
    )


def _sheet(settings: Settings) -> Sheet:
    """The card that an author's words make, in the room it is given."""
    order = text(settings, "order").split()
    said = (text(settings, one).strip() if not order or one in (*order, "closing") else "" for one in _WORDS)
    guest = (number(settings, "guest_width", 0.0), number(settings, "guest_height", 0.0))
    wide, tall = number(settings, "width", 800) + _WIDER, number(settings, "height", 600) - _LOWER
    return _laid(tuple(said), wide, tall, guest)


def _signature(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The card about (0, 0), set flush left."""
    sheet = _sheet(settings)
    canvas.save()
    canvas.translate(-_WIDER / 2, _LOWER / 2)
    left = -sheet.wide / 2 + _ASIDE
    for name, block in zip(VALUES, (sheet.name, sheet.handle, None, sheet.hashtag, sheet.closing), strict=True):
        canvas.save()
        if block is None:
            for line, _, y in begun(sheet.message, values.get("letters", 999.0), _PLAIN):
                draw_line(canvas, line, left, y, PAPER)
        elif block.copy.lines and _came(canvas, values.get(name, 1.0)):
            if name == "name":
                lit_line(canvas, block.copy.lines[0], left, block.first)
            elif name == "hashtag":
                _pill(canvas, block, sheet.guest[0] - block.copy.width - 1.1 * block.copy.size)
            else:
                _rows(canvas, block, left, RIM if name == "handle" else FAINT)
                if name == "handle":
                    top = block.first + 0.34 * block.copy.size
                    canvas.drawRect(skia.Rect.MakeXYWH(left, top, *_RULE), fill(MAGENTA))
        canvas.restore()
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
    left, top, right, foot = _sheet(settings).guest
    return {"guest": (left - _WIDER / 2, top + _LOWER / 2, right - _WIDER / 2, foot + _LOWER / 2)}


def _reach(settings: Settings) -> Box:
    left, top, right, foot = room(settings)
    return (left - _WIDER, top - _RISES, right, foot)


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


SIGNATURE = Widget(draw=_signature, bounds=_reach, values=VALUES, places=_places)
CARD = Widget(draw=_card, bounds=_card_box, values=("appear", "closing"), size=_card_size)
TAG = Widget(draw=_tag, bounds=lambda settings: (-number(settings, "width", 400) - 20, -60, 20, 30), values=("appear",))
