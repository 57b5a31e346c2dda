"""Small stickers with a word on them: handles, badges; and the coming of a card."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from storyreel.looks.kawaii import palette
from storyreel.looks.kawaii.palette import LINE, SHADOW
from storyreel.looks.kawaii.shapes import heart, inked, shine
from storyreel.looks.kawaii.type_case import faces
from storyreel.stage.paints import Canvas, Picture, fill, record, stroke
from storyreel.stage.paths import Path, box, placed, sparkle
from storyreel.stage.type_shapes import capital, fitted, lettering, wrapped, write
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import text


class Chip(NamedTuple):
    """A pill with a word, recorded about its middle."""

    picture: Picture
    width: float
    height: float


@lru_cache(maxsize=128)
def chip(word: str, size: float, colour: str, ink: str, width: float = 1000.0, role: str = "label") -> Chip:
    """A die-cut pill with a word; letters give way so that it is no wider than `width`."""
    pad, unit = size * (0.62 if role == "label" else 0.9), size / 31
    size = fitted(word, faces(role), size, width - 2 * pad)
    line = lettering(word, faces(role), size)
    across, tall = line.width + 2 * pad, size * 1.55

    def paint(canvas: Canvas) -> None:
        pill = box(-across / 2, -tall / 2, across, tall, tall / 2)
        _cut_out(canvas, pill, colour, unit)
        canvas.save()
        canvas.clipPath(pill, doAntiAlias=True)
        canvas.drawPath(box(-across / 2, tall * 0.3, across, tall, 0), fill(mixed(colour, LINE, 0.14)))
        canvas.restore()
        canvas.drawPath(pill, stroke(LINE, 6 * unit))
        write(canvas, word, faces(role), size, 0, capital(faces(role)) * size / 2, ink, "middle")

    margin = 20 * unit
    bounds = (-across / 2 - margin, -tall / 2 - margin, across / 2 + margin, tall / 2 + margin)
    return Chip(record(bounds, paint), across, tall)


def _cut_out(canvas: Canvas, shape: Path, colour: str, unit: float) -> None:
    """A shape with its white rim and the shadow of that."""
    canvas.save()
    canvas.translate(4 * unit, 7 * unit)
    canvas.drawPath(shape, stroke(SHADOW, 16 * unit, 0.28))
    canvas.restore()
    canvas.drawPath(shape, stroke("#FFFFFF", 15 * unit))
    canvas.drawPath(shape, fill(colour))


def note(words: str, size: float, colour: str, ink: str, width: float, role: str = "label") -> Chip:
    """A sticker with a sentence: a chip, or, if that were wider than `width`, in rows."""
    pad = size * 0.62
    if lettering(words, faces(role), size).width + 2 * pad <= width:
        return chip(words, size, colour, ink, width, role)
    return _rows(words, size, colour, ink, width, role)


@lru_cache(maxsize=32)
def _rows(words: str, size: float, colour: str, ink: str, width: float, role: str) -> Chip:
    pad, unit = size * 0.7, size / 31
    rows = wrapped(words, faces(role), size, width - 2 * pad)
    size = min(fitted(row, faces(role), size, width - 2 * pad) for row in rows)
    lead = size * 1.22
    across = max(lettering(row, faces(role), size).width for row in rows) + 2 * pad
    tall = lead * len(rows) + pad * 0.7

    def paint(canvas: Canvas) -> None:
        card = box(-across / 2, -tall / 2, across, tall, size * 0.8)
        _cut_out(canvas, card, colour, unit)
        canvas.drawPath(card, stroke(LINE, 6 * unit))
        for index, row in enumerate(rows):
            middle = -tall / 2 + pad * 0.35 + lead * (index + 0.5)
            write(canvas, row, faces(role), size, pad - across / 2, middle + capital(faces(role)) * size / 2, ink)

    margin = 20 * unit
    bounds = (-across / 2 - margin, -tall / 2 - margin, across / 2 + margin, tall / 2 + margin)
    return Chip(record(bounds, paint), across, tall)


def grown(canvas: Canvas, appear: float, turn: float = 0.0) -> None:
    """Scales what follows by how far it has come (it may overshoot) and unwinds a turn on the way."""
    canvas.rotate(turn * (1 - appear))
    canvas.scale(max(0.0, appear), max(0.0, appear))


def draw_badge(canvas: Canvas, settings: Settings, values: Values) -> None:
    """A chip with a word in capitals, hearts at its ends."""
    appear = values.get("appear", 1.0)
    if appear <= 0.01:
        return
    canvas.save()
    canvas.rotate(-3)
    grown(canvas, appear, -24)
    canvas.drawPicture(_badge(text(settings, "text", "DUET")))
    canvas.restore()


@lru_cache(maxsize=16)
def _badge(word: str) -> Picture:
    mark = chip(word, 62.0, "#FF7FB0", palette.LETTER, 820.0, "title")

    def paint(canvas: Canvas) -> None:
        canvas.drawPicture(mark.picture)
        left, top = -mark.width / 2, -mark.height / 2
        shine(canvas, ((left + 22, 0), (left + 26, top + 24), (left + 48, top + 17)), 9)
        for x, y, size, turn in ((left - 2, -top - 6, 54, -18), (-left + 4, top + 4, 44, 20)):
            canvas.drawPath(heart(x, y, size, turn), stroke("#FFFFFF", 20))
            inked(canvas, heart(x, y, size, turn), palette.BUTTER, 7)
            canvas.drawPath(placed(sparkle(0, 0, 5), x - size * 0.2, y - size * 0.16), fill("#FFFFFF"))

    return record((-mark.width / 2 - 80, -mark.height / 2 - 70, mark.width / 2 + 80, mark.height / 2 + 70), paint)


def _badge_box(settings: Settings) -> Box:
    mark = chip(text(settings, "text", "DUET"), 62.0, "#FF7FB0", palette.LETTER, 820.0, "title")
    reach = math.hypot(mark.width / 2 + 90, mark.height / 2 + 80) * 1.35
    return (-reach, -reach, reach, reach)


def _badge_size(settings: Settings) -> tuple[float, float]:
    mark = chip(text(settings, "text", "DUET"), 62.0, "#FF7FB0", palette.LETTER, 820.0, "title")
    return mark.width + 150, mark.height + 130


BADGE = Widget(draw_badge, _badge_box, values=("appear",), size=_badge_size)
