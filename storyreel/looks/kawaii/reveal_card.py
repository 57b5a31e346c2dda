"""The reveal's card: who is behind the account, what they say, and the sentence that closes the film."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import skia

from storyreel.looks.kawaii.palette import BERRY, BLUSH, DEEP, LINE, MAUVE, PAPER, SHADOW
from storyreel.looks.kawaii.shapes import heart, inked, shine
from storyreel.looks.kawaii.type_case import faces
from storyreel.stage.areas import beyond, outlined
from storyreel.stage.lettering import draw_line, fitted, outline
from storyreel.stage.paints import Canvas, Picture, fill, linear, record, stroke
from storyreel.stage.paths import box, oval, smooth, sparkle
from storyreel.text import breaks
from storyreel.text.shape import ShapedLine, shape
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.reveal import Words, words_of

_INSET, _FOOT = 11.0, 20.0
"""From the card's room to its paper: at the sides, and below (line and flat shadow lie between)."""
_PAD = 54.0
_GUEST = 262.0
"""Room on the right for the drawn character, who stands before the card."""
_NAME_TOP, _NAME, _HANDLE, _MESSAGE, _CLOSING = 62.0, 118.0, 44.0, 56.0, 32.0


class _Row(NamedTuple):
    """A line of type and its baseline, from the paper's top."""

    line: ShapedLine
    baseline: float


class _Sheet(NamedTuple):
    """Everything on the card, measured from its paper's top left corner."""

    width: float
    height: float
    name: tuple[_Row, ...]
    handle: tuple[_Row, ...]
    message: tuple[_Row, ...]
    closing: tuple[_Row, ...]
    rule: float


def _wrapped(words: str, role: str, size: float, room: float, most: int, least: float) -> list[ShapedLine]:
    """The words in at most `most` rows no wider than `room`, set smaller where they need it; then cut by letters."""
    parts = words.split()
    chain = faces(role)
    whole = shape(words, chain, size)
    if whole.width * (0.84 if len(parts) > 3 else 0.7) <= room:
        return [fitted(words, chain, size, room)]
    while True:
        widths = [shape(part, chain, size).width for part in parts]
        space = shape("n n", chain, size).width - shape("nn", chain, size).width
        starts = breaks.rows(parts, widths, space, room, most)
        if starts is not None:
            ends = [*starts[1:], len(parts)]
            return [shape(" ".join(parts[a:b]), chain, size) for a, b in zip(starts, ends, strict=True)]
        if size <= least:
            break
        size = max(least, size * 0.94)
    rows = _even(parts, most)
    return [fitted(row, chain, size, room) for row in rows]


def _even(parts: list[str], most: int) -> list[str]:
    """Words that fit nowhere, in rows of about as many letters each."""
    letters = sum(map(len, parts))
    rows: list[list[str]] = [[]]
    used = 0
    for part in parts:
        if rows[-1] and used + len(part) / 2 > letters * len(rows) / most and len(rows) < most:
            rows.append([])
        rows[-1].append(part)
        used += len(part)
    return [" ".join(row) for row in rows]


@lru_cache(maxsize=16)
def _sheet(words: Words) -> _Sheet:
    width = words.width - 2 * _INSET
    room = width - _PAD - _GUEST
    y: float = _NAME_TOP if words.hashtag else _NAME_TOP - 18
    name: list[_Row] = []
    if words.name:
        lines = [fitted(words.name, faces("title"), _NAME, room)]
        if lines[0].size < _NAME * 0.6 and len(words.name.split()) > 1:
            lines = _wrapped(words.name, "title", _NAME * 0.7, room, 2, 40)
        for line in lines:
            y += max(line.size * 0.66, -line.ink[1])
            name.append(_Row(line, y))
            y += max(line.size * 0.2, line.ink[3] + line.size * 0.12)
    handle: list[_Row] = []
    if words.handle:
        line = fitted(words.handle, faces("body"), _HANDLE, room)
        y += max(line.size * 0.84, -line.ink[1])
        handle.append(_Row(line, y))
        y += line.size * 0.3
    message = []
    if words.message:
        y += 4
        for line in _wrapped(words.message, "body", _MESSAGE, room, 3, 34):
            y += line.size * 0.98
            message.append(_Row(line, y))
            y += line.size * 0.14
        y += 8
    rule, closing = y + 18, []
    if words.closing:
        y += 26
        for line in _wrapped(words.closing, "label", _CLOSING, room + 26, 4, 22):
            y += line.size * 1.2
            closing.append(_Row(line, y))
    return _Sheet(width, y + 40, tuple(name), tuple(handle), tuple(message), tuple(closing), rule)


def _name(canvas: Canvas, row: _Row, x: float) -> None:
    """Fat letters of candy: a deep edge below, light on top, one glint."""
    size = row.line.size
    path = outline(row.line)
    edge = size * 0.09
    canvas.save()
    canvas.translate(x, row.baseline)
    for drop in (size * 0.075, 0.0):
        moved = skia.Path(path)
        moved.offset(0, drop)
        canvas.drawPath(moved, stroke(DEEP, edge))
    draw_line(
        canvas,
        row.line,
        0,
        0,
        linear(
            (0, -size * 0.72), (0, size * 0.1), ((0.0, "#FFA9CC", 1.0), (0.5, "#FF7FB0", 1.0), (1.0, "#FF5E98", 1.0))
        ),
    )
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    canvas.drawPath(box(-size, -size * 0.62, row.line.width + 2 * size, size * 0.2, 0), fill("#FFFFFF", 0.2))
    canvas.restore()
    canvas.restore()


@lru_cache(maxsize=16)
def _paper(words: Words) -> Picture:
    """The card without its closing sentence, its paper's top left corner at (0, 0)."""
    sheet = _sheet(words)
    width, height = sheet.width, sheet.height

    def paint(canvas: Canvas) -> None:
        shape_ = box(0, 0, width, height, 60)
        shadow = skia.Path(shape_)
        shadow.offset(7, 13)
        for part in (outlined(shadow, 11), shadow):
            canvas.drawPath(beyond(part, shape_), fill(SHADOW, 0.3))
        canvas.drawPath(shape_, fill(PAPER))
        canvas.save()
        canvas.clipPath(shape_, doAntiAlias=True)
        count = round(width / 58)
        step = width / count
        lace = skia.Path()
        for index in range(count + 1):
            lace.addCircle(index * step, height + 2, step * 0.54)
        canvas.drawPath(lace, fill(BLUSH))
        canvas.drawPath(oval(width - 330, height - 170, width + 120, height + 150), fill("#FFEFF5"))
        for x, y, across, turn in ((width - 70, 74, 44, 14), (width - 150, 54, 26, -12), (width - 60, 150, 24, -16)):
            canvas.drawPath(heart(x, y, across, turn), fill(BLUSH))
        canvas.restore()
        canvas.drawPath(shape_, stroke(LINE, 11))
        thread = stroke("#FFC4DA", 4.5)
        thread.setPathEffect(skia.DashPathEffect.Make([16, 15], 0))
        canvas.drawPath(box(17, 17, width - 34, height - 34, 45), thread)
        for row in sheet.name:
            _name(canvas, row, _PAD)
        for row in sheet.handle:
            draw_line(canvas, row.line, _PAD + 2, row.baseline, MAUVE)
        for row in sheet.message:
            draw_line(canvas, row.line, _PAD, row.baseline, LINE)
        if words.hashtag:
            _tag(canvas, words.hashtag, width - 110)
        if sheet.name:
            first = sheet.name[0]
            corner, size = (_PAD - 2, first.baseline - first.line.size * 0.6), first.line.size
            canvas.drawPath(sparkle(*corner, size * 0.19), fill("#FFFFFF"))
            canvas.drawPath(sparkle(*corner, size * 0.15), fill("#FFD877"))

    return record((-60, -120, width + 60, height + 60), paint)


def _tag(canvas: Canvas, hashtag: str, room: float) -> None:
    """The hashtag as a sticker on the card's upper edge."""
    line = fitted(hashtag, faces("body"), 42.0, min(room, 560.0))
    tall = line.size * 1.5
    across = line.width + 60
    canvas.save()
    canvas.translate(_PAD - 10, 0)
    pill = box(0, -tall / 2, across, tall, tall / 2)
    canvas.save()
    canvas.translate(4, 8)
    canvas.drawPath(pill, stroke(SHADOW, 12, 0.26))
    canvas.restore()
    inked(
        canvas,
        pill,
        linear((0, 0), (across, 0), ((0.0, "#9BE8D8", 1.0), (0.5, "#A9E3E8", 1.0), (1.0, "#BDE0FE", 1.0))),
        0,
    )
    canvas.save()
    canvas.clipPath(pill, doAntiAlias=True)
    canvas.drawPath(box(0, tall * 0.28, across, tall, 0), fill("#4DB8AA", 0.35))
    canvas.restore()
    canvas.drawPath(pill, stroke(LINE, 8))
    shine(canvas, ((20, -tall * 0.12), (25, -tall * 0.25), (44, -tall * 0.29)), 6, (58, -tall * 0.295))
    draw_line(canvas, line, across / 2, line.size * 0.3, LINE, align="center")
    canvas.restore()


@lru_cache(maxsize=16)
def _ending(words: Words) -> Picture:
    """The closing sentence under a seam of stitches."""
    sheet = _sheet(words)

    def paint(canvas: Canvas) -> None:
        thread = stroke("#FF9CC2", 5)
        thread.setPathEffect(skia.DashPathEffect.Make([2, 13], 0))
        end = _PAD + max(row.line.width for row in sheet.closing)
        canvas.drawPath(smooth(((_PAD + 3, sheet.rule), (end, sheet.rule))), thread)
        for row in sheet.closing:
            draw_line(canvas, row.line, _PAD, row.baseline, BERRY)

    return record((0, 0, sheet.width, sheet.height), paint)


def draw_card(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The card; the middle of its room's foot is at (0, 0). It hops up as `appear` goes to 1, and may overshoot."""
    words = words_of(settings)
    appear = values.get("appear", 1.0)
    if appear <= 0.01:
        return
    sheet = _sheet(words)
    canvas.save()
    canvas.translate(0, (1 - appear) * 260)
    canvas.rotate((1 - appear) * -7)
    grown = 0.5 + 0.5 * appear
    canvas.scale(grown + (appear - 1) * 0.12, grown)
    canvas.translate(-sheet.width / 2 - 4, -sheet.height - _FOOT)
    fading = appear < 0.25
    if fading:
        canvas.saveLayerAlpha(None, round(max(0.0, appear) * 4 * 255))
    canvas.drawPicture(_paper(words))
    if fading:
        canvas.restore()
    closing = min(1.0, max(0.0, values.get("closing", 1.0)))
    if sheet.closing and closing > 0.004:
        canvas.translate(0, (1 - closing) * 16)
        if closing < 1:
            canvas.saveLayerAlpha(None, round(closing * 255))
        canvas.drawPicture(_ending(words))
        if closing < 1:
            canvas.restore()
    canvas.restore()


def _card_bounds(settings: Settings) -> Box:
    sheet = _sheet(words_of(settings))
    reach = sheet.width / 2 + 90
    return (-reach, -sheet.height - 190, reach, 320)


def _card_size(settings: Settings) -> tuple[float, float]:
    """From the hashtag, or the paper's line, to the foot of its room."""
    words = words_of(settings)
    sheet = _sheet(words)
    return words.width, sheet.height + _FOOT + (_INSET if not words.hashtag else 36.0)


CARD = Widget(draw_card, _card_bounds, values=("appear", "closing"), size=_card_size)
