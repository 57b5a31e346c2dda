"""A setting that is switched from one answer to another: Who can Duet with you? Everyone, or Friends."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import skia

from storyreel.looks.kawaii import palette
from storyreel.looks.kawaii.comments import sticker
from storyreel.looks.kawaii.labels import grown
from storyreel.looks.kawaii.palette import LETTER, LINE
from storyreel.looks.kawaii.shapes import bunny, heart, inked, shine
from storyreel.looks.kawaii.type_case import faces
from storyreel.stage.paints import Canvas, Picture, fill, linear, record, stroke
from storyreel.stage.paths import box, polyline, sparkle
from storyreel.stage.type_shapes import capital, fitted, lettering, wrapped, write
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import text

_WIDTH, _HEIGHT = 780.0, 366.0
_TRACK_W, _TRACK_H, _TRACK_Y = 690.0, 146.0, 72.0
_READABLE, _LEAD = 46.0, 56.0
"""The smallest type of a question in one row, and how far its rows are apart."""
_BOUNDS: Box = (-720.0, -760.0, 720.0, 560.0)


class _Switch(NamedTuple):
    question: str
    off: str
    on: str

    @property
    def asked(self) -> tuple[float, tuple[str, ...]]:
        """The question's size and its rows: one, as long as that is easily read."""
        room = _WIDTH - 110
        size = fitted(self.question, faces("title"), 68, room)
        if size >= _READABLE:
            return size, (self.question,)
        rows = wrapped(self.question, faces("title"), _READABLE, room)
        return min(fitted(row, faces("title"), _READABLE, room) for row in rows), rows

    @property
    def taller(self) -> float:
        """How much the card grows upwards for the rows after the first."""
        return (len(self.asked[1]) - 1) * _LEAD


def _switch(settings: Settings) -> _Switch:
    return _Switch(text(settings, "question"), text(settings, "off", "Everyone"), text(settings, "on", "Friends"))


@lru_cache(maxsize=8)
def _card(switch: _Switch) -> Picture:
    size, rows = switch.asked
    left, top, bottom = -_WIDTH / 2, -_HEIGHT / 2 - switch.taller, _HEIGHT / 2

    def paint(canvas: Canvas) -> None:
        card = box(left, top, _WIDTH, bottom - top, 66)
        sticker(canvas, card, palette.PAPER, palette.BLUSH, 16, 9)
        canvas.save()
        canvas.clipPath(card, doAntiAlias=True)
        for i in range(14):
            canvas.drawCircle(left + 2 + i * 62, bottom + 2, 36, fill(palette.BLUSH))
        canvas.restore()
        canvas.drawPath(card, stroke(LINE, 9))
        shine(canvas, ((left + 22, top + 80), (left + 26, top + 40), (left + 66, top + 23)), 11, (left + 94, top + 22))
        for index, row in enumerate(rows):
            write(canvas, row, faces("title"), size, 0, top + 104 + _LEAD * index, LINE, "middle")

    return record((left - 60, top - 60, -left + 60, bottom + 70), paint)


def _track(canvas: Canvas, on: float) -> None:
    shape = box(-_TRACK_W / 2, _TRACK_Y - _TRACK_H / 2, _TRACK_W, _TRACK_H, _TRACK_H / 2)
    canvas.drawPath(shape, fill(mixed("#E4DCEE", "#FFD3E4", on)))
    canvas.save()
    canvas.clipPath(shape, doAntiAlias=True)
    lowered = skia.Path(shape)
    lowered.offset(0, 13)
    canvas.drawPath(skia.Op(shape, lowered, skia.kDifference_PathOp), fill(mixed("#C6BAD6", "#F5A9C8", on)))
    canvas.restore()
    canvas.drawPath(shape, stroke(LINE, 8.5))


def _everyone(canvas: Canvas, x: float, ink: str) -> None:
    """A globe."""
    canvas.save()
    canvas.translate(x, _TRACK_Y)
    paint = stroke(ink, 6.5)
    canvas.drawCircle(0, 0, 27, paint)
    canvas.drawOval(skia.Rect.MakeLTRB(-12, -27, 12, 27), paint)
    canvas.drawLine(-26, 0, 26, 0, paint)
    canvas.restore()


def _friends(canvas: Canvas, x: float, ink: str, ground: str) -> None:
    """A bunny with a heart."""
    canvas.save()
    canvas.translate(x, _TRACK_Y)
    canvas.drawPath(bunny(-3, 0, 64, -5), fill(ink))
    for side in (-1, 1):
        canvas.drawCircle(-2 + side * 9.5, 13 - side, 3.7, fill(ground))
    small = heart(22, 20, 30, 8)
    canvas.drawPath(small, stroke(ground, 9))
    canvas.drawPath(small, fill(ink))
    canvas.restore()


_ICON, _GAP, _INSET = 62.0, 22.0, 15.0


def _answers(canvas: Canvas, switch: _Switch, off_ink: str, on_ink: str, ground: str) -> None:
    """Both answers with their icons, each centred in its half."""
    room = _TRACK_W / 2 - _ICON - _GAP - 64
    for side, word, ink in ((-1, switch.off, off_ink), (1, switch.on, on_ink)):
        size = fitted(word, faces("title"), 50, room)
        width = _ICON + _GAP + lettering(word, faces("title"), size).width
        left = side * (_TRACK_W / 4 - 3) - width / 2
        if side < 0:
            _everyone(canvas, left + _ICON / 2, ink)
        else:
            _friends(canvas, left + _ICON / 2, ink, ground)
        write(
            canvas, word, faces("title"), size, left + _ICON + _GAP, _TRACK_Y + capital(faces("title")) * size / 2, ink
        )


def draw_switch(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The card about its middle; `on` slides the knob from the first answer (0) to the second (1)."""
    appear = values.get("appear", 1.0)
    if appear <= 0.01:
        return
    switch = _switch(settings)
    raw = values.get("on", 0.0)
    on = min(1.0, max(0.0, raw))
    canvas.save()
    grown(canvas, appear, -9)
    canvas.translate(0, switch.taller / 2)
    canvas.drawPicture(_card(switch))
    _track(canvas, on)
    off_ink, on_ink = mixed(LINE, "#8B81A3", on), mixed("#8B7DA0", LETTER, on)
    _knob(canvas, min(1.06, max(-0.06, raw)), on)
    _answers(canvas, switch, off_ink, on_ink, mixed("#E4DCEE", "#FF78AA", on))
    _check(canvas, on)
    _hearts(canvas, on)
    canvas.restore()


def _knob(canvas: Canvas, slide: float, on: float) -> None:
    """The knob: a pill under the chosen answer, stretched on its way."""
    rush = math.sin(math.pi * on)
    wide, tall = (_TRACK_W / 2 - 4) * (1 + 0.16 * rush), (_TRACK_H - 2 * _INSET) * (1 - 0.16 * rush)
    reach = _TRACK_W / 2 - _INSET - (_TRACK_W / 2 - 4) / 2
    limit = _TRACK_W / 2 - _INSET + 4 - wide / 2
    x = max(-limit, min(limit, reach * (2 * slide - 1)))
    shape = box(x - wide / 2, _TRACK_Y - tall / 2, wide, tall, tall / 2)
    top, bottom = mixed("#FFFFFF", "#FF9CC4", on), mixed("#EDE6F4", "#FF5E98", on)
    canvas.drawPath(
        shape, linear((0, _TRACK_Y - tall / 2), (0, _TRACK_Y + tall / 2), ((0.0, top, 1.0), (1.0, bottom, 1.0)))
    )
    canvas.drawPath(shape, stroke(LINE, 7.5))
    left = x - wide / 2 + 26
    y = _TRACK_Y - tall / 2 + 17
    shine(canvas, ((left - 6, y + 22), (left + 2, y + 7), (left + 22, y)), 8.5, (left + 42, y - 1))


def _popped(amount: float) -> float:
    """A pop with overshoot, 0 to 1."""
    if amount <= 0:
        return 0.0
    if amount >= 1:
        return 1.0
    return 1 - math.exp(-5 * amount) * math.cos(2.2 * math.pi * amount) * (1 - amount)


def _check(canvas: Canvas, on: float) -> None:
    size = _popped((on - 0.62) / 0.38)
    if size <= 0.01:
        return
    canvas.save()
    canvas.translate(_WIDTH / 2 - 7, -8)
    canvas.rotate(-14 * (1 - size) + 6)
    canvas.scale(size, size)
    disc = skia.Path.Circle(0, 0, 43)
    canvas.drawPath(disc, stroke("#FFFFFF", 22))
    inked(canvas, disc, palette.MINT, 0)
    lit = skia.Path.Circle(-7, -8, 43)
    canvas.drawPath(skia.Op(disc, lit, skia.kDifference_PathOp), fill("#62C7B4"))
    canvas.drawPath(disc, stroke(LINE, 8.5))
    tick = polyline(((-19, 1), (-5, 15), (19, -13)))
    canvas.drawPath(tick, stroke(LINE, 22))
    canvas.drawPath(tick, stroke("#FFFFFF", 12))
    canvas.restore()


_HEARTS = (
    (-372, -150, 54, -18, 0.0),
    (378, -162, 62, 16, 0.08),
    (-408, 62, 40, -26, 0.18),
    (300, -236, 38, 22, 0.2),
    (-290, -226, 36, -8, 0.26),
)


def _hearts(canvas: Canvas, on: float) -> None:
    for x, y, size, turn, late in _HEARTS:
        grow = _popped((on - 0.66 - late * 0.5) / (0.34 - late * 0.5))
        if grow <= 0.01:
            continue
        canvas.save()
        canvas.translate(x, y + 26 * (1 - grow))
        canvas.rotate(turn)
        canvas.scale(grow, grow)
        shape = heart(0, 0, size)
        canvas.drawPath(shape, stroke("#FFFFFF", 20))
        inked(canvas, shape, "#FF8FB8", 7.5)
        canvas.drawPath(sparkle(-size * 0.2, -size * 0.18, size * 0.14), fill("#FFFFFF"))
        canvas.restore()


def _bounds(settings: Settings) -> Box:
    left, top, right, bottom = _BOUNDS
    more = _switch(settings).taller
    return left, top - more, right, bottom + more


def _size(settings: Settings) -> tuple[float, float]:
    """The card with its rim, and what hops about its corners."""
    return _WIDTH + 90, _HEIGHT + _switch(settings).taller + 60


SWITCH = Widget(draw_switch, _bounds, values=("appear", "on"), size=_size)
