"""The reveal's card: a sheet torn off below the drawing, written on by hand."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from storyreel.looks.sketch.hand import written
from storyreel.looks.sketch.marks import Canvas, Picture, drawn, hatched, marker, paint, recorded, strip
from storyreel.looks.sketch.palette import ACCENT, ACCENT_DARK, GRAPHITE, PAPER, SOFT
from storyreel.stage.lettering import draw_line
from storyreel.text.shape import ShapedLine
from storyreel.treatment.strokes import Hatch
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.reveal import Words, words_of
from storyreel.widgets.torn import along, rect

_PAD, _GUEST = 48.0, 255.0
"""What the card keeps free at the left, and at the right for the drawn character."""
_EDGE = 10.0
"""From the card's room to its paper."""
_NAME, _HANDLE, _MESSAGE, _HASHTAG, _CLOSING = 150.0, 50.0, 64.0, 46.0, 36.0
_STEPS = 6
"""Drawings in which the card is laid down."""


class _Row(NamedTuple):
    line: ShapedLine
    baseline: float


class _Sheet(NamedTuple):
    """Everything on the card, from its paper's top left corner."""

    width: float
    height: float
    name: tuple[_Row, ...]
    rest: tuple[tuple[_Row, str], ...]
    tag: _Row | None
    closing: tuple[_Row, ...]
    rule: float


@lru_cache(maxsize=16)
def _sheet(words: Words) -> _Sheet:
    width = words.width - 2 * _EDGE
    room = width - _PAD - _GUEST
    y = 18.0
    name, rest = [], []
    for line in written(words.name, "title", _NAME, room, 2):
        y += max(line.size * 0.72, -line.ink[1])
        name.append(_Row(line, y))
        y += line.size * 0.22
    y += 16.0 if name else 10.0
    for content, size, most, colour in ((words.handle, _HANDLE, 1, SOFT), (words.message, _MESSAGE, 3, GRAPHITE)):
        for line in written(content, "body", size, room, most):
            y += max(line.size * 0.86, -line.ink[1])
            rest.append((_Row(line, y), colour))
            y += line.size * 0.26
    tag = None
    if words.hashtag:
        line = written(words.hashtag, "body", _HASHTAG, room - 40, 1)[0]
        y += line.size * 1.3
        tag = _Row(line, y)
        y += line.size * 0.5
    rule, closing = y + 10, []
    if words.closing:
        y += 14
        for line in written(words.closing, "body", _CLOSING, room, 4):
            y += max(line.size * 1.06, -line.ink[1])
            closing.append(_Row(line, y))
        y += 8
    return _Sheet(width, y + 26, tuple(name), tuple(rest), tag, tuple(closing), rule)


@lru_cache(maxsize=16)
def _paper(words: Words) -> Picture:
    sheet = _sheet(words)

    def draw(canvas: Canvas) -> None:
        strip(canvas, (0, 0, sheet.width, sheet.height), len(words.name) + 11, 1.6, PAPER)
        for row in sheet.name:
            draw_line(canvas, row.line, _PAD, row.baseline, GRAPHITE)
        if sheet.name:
            last = sheet.name[-1]
            y, end = last.baseline + last.line.size * 0.2, _PAD + last.line.width
            sweep = along((_PAD - 8, y + 6), ((_PAD + end) / 2, y - 3), (end + 6, y - 8))
            canvas.drawPath(drawn(sweep, 13, 5), paint(ACCENT))
            canvas.drawPath(drawn(sweep, 5, 6), paint(ACCENT_DARK))
        for row, colour in sheet.rest:
            draw_line(canvas, row.line, _PAD, row.baseline, colour)
        if sheet.tag is not None:
            _tag(canvas, sheet.tag)

    return recorded((-40, -40, sheet.width + 40, sheet.height + 40), draw)


def _tag(canvas: Canvas, row: _Row) -> None:
    """The hashtag in yellow, on a patch of graphite."""
    size = row.line.size
    box = (_PAD - 12, row.baseline - size * 0.92, _PAD + row.line.width + 32, row.baseline + size * 0.38)
    canvas.drawPath(marker(box, 9), paint(GRAPHITE))
    canvas.drawPath(hatched(rect(*box), Hatch(-14, 13, 9), 1.0, 4), paint(GRAPHITE))
    draw_line(canvas, row.line, _PAD + 10, row.baseline, ACCENT)


@lru_cache(maxsize=16)
def _ending(words: Words) -> Picture:
    sheet = _sheet(words)

    def draw(canvas: Canvas) -> None:
        end = _PAD + max(row.line.width for row in sheet.closing)
        canvas.drawPath(drawn(along((_PAD, sheet.rule), (end, sheet.rule - 3)), 3.2, 8), paint(SOFT))
        for row in sheet.closing:
            draw_line(canvas, row.line, _PAD, row.baseline, GRAPHITE)

    return recorded((0, 0, sheet.width, sheet.height), draw)


def _draw(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The card; the middle of its room's foot is at (0, 0). It is pushed up from below as `appear` goes to 1."""
    words = words_of(settings)
    appear = float(np.clip(round(values.get("appear", 1.0) * _STEPS) / _STEPS, 0, 1))
    if appear <= 0:
        return
    sheet = _sheet(words)
    canvas.save()
    canvas.translate(0, (1 - appear) * sheet.height * 0.9)
    canvas.rotate((1 - appear) * 2.5)
    canvas.translate(-sheet.width / 2, -sheet.height - _EDGE)
    canvas.drawPicture(_paper(words))
    closing = min(max(values.get("closing", 1.0), 0.0), 1.0)
    if sheet.closing and closing > 0:
        # Written from left to right.
        canvas.clipRect((-20, sheet.rule - 20, (sheet.width + 40) * closing, sheet.height))
        canvas.drawPicture(_ending(words))
    canvas.restore()


def _bounds(settings: Settings) -> Box:
    sheet = _sheet(words_of(settings))
    return (-sheet.width / 2 - 60, -sheet.height - 60, sheet.width / 2 + 60, sheet.height + 60)


def _size(settings: Settings) -> tuple[float, float]:
    words = words_of(settings)
    return words.width, _sheet(words).height + 2 * _EDGE


CARD = Widget(_draw, _bounds, values=("appear", "closing"), size=_size)
