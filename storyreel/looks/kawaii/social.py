"""A post's own furniture: whose it is, its likes and its comments."""

from __future__ import annotations

import math
from functools import lru_cache

import skia

from storyreel.looks.kawaii import palette
from storyreel.looks.kawaii.comments import avatar
from storyreel.looks.kawaii.labels import Chip, chip, note
from storyreel.looks.kawaii.palette import LETTER, LINE, SHADOW
from storyreel.looks.kawaii.shapes import heart, shine
from storyreel.looks.kawaii.type_case import faces
from storyreel.stage.paints import Canvas, Picture, fill, record, stroke
from storyreel.stage.paths import Path, placed, smooth
from storyreel.stage.type_shapes import lettering
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number, text
from storyreel.widgets.posts import compact, throb

_ACCOUNT, _LIKE, _COMMENTS, _WORDS = -286.0, -84.0, 94.0, 288.0
"""Heights of the rows about the middle of the column."""
_START, _WIDEST, _EDGE = -96.0, 640.0, 14.0
"""Where a post's words begin, how wide they are at most, and what their sticker's rim takes beside them."""
_CHIP = 62.0
"""How tall they are in one row."""
_BOUNDS: Box = (-190.0, -390.0, 600.0, 350.0)


def _sticker(canvas: Canvas, shape: Path, colour: str, under: str) -> None:
    canvas.save()
    canvas.translate(7, 11)
    canvas.drawPath(shape, stroke(SHADOW, 34, 0.26))
    canvas.restore()
    canvas.drawPath(shape, stroke("#FFFFFF", 34))
    canvas.drawPath(shape, fill(colour))
    canvas.save()
    canvas.clipPath(shape, doAntiAlias=True)
    lifted = skia.Path(shape)
    lifted.offset(-9, -11)
    canvas.drawPath(skia.Op(shape, lifted, skia.kDifference_PathOp), fill(under))
    canvas.restore()
    canvas.drawPath(shape, stroke(LINE, 9))


@lru_cache(maxsize=2)
def _like(liked: bool) -> Picture:
    def paint(canvas: Canvas) -> None:
        tones = ("#FF7FAF", "#E8508C") if liked else ("#FFF6EC", "#F7D9DC")
        _sticker(canvas, heart(0, 0, 118), *tones)
        shine(canvas, ((-39, -8), (-40, -23), (-32, -34)), 11, (-18, -38))

    return record((-100, -100, 100, 110), paint)


@lru_cache(maxsize=1)
def _bubble() -> Picture:
    def paint(canvas: Canvas) -> None:
        body = smooth(((-54, -6), (-44, -36), (0, -50), (44, -36), (54, -6), (42, 24), (2, 36), (-42, 24)), closed=True)
        tail = smooth(((-34, 16, 1), (-34, 38), (-46, 54, 1), (-16, 46), (2, 30, 1)), closed=True)
        _sticker(canvas, skia.Op(body, tail, skia.kUnion_PathOp), "#B8F2E6", "#7FDCCB")
        for x in (-23, 0, 23):
            canvas.drawCircle(x, -6, 7.5, fill(LINE))
        shine(canvas, ((-40, -14), (-34, -28), (-20, -36)), 9, (-6, -39))

    return record((-100, -100, 100, 110), paint)


def _count(canvas: Canvas, number: float, y: float) -> None:
    figures = compact(number)
    line = lettering(figures, faces("title"), 54.0)
    canvas.save()
    canvas.translate(-line.width / 2, y)
    path = line.path
    canvas.drawPath(path, stroke(LINE, 15))
    canvas.translate(0, 5)
    canvas.drawPath(path, stroke(LINE, 15))
    canvas.translate(0, -5)
    canvas.drawPath(path, fill(LETTER))
    canvas.restore()


@lru_cache(maxsize=16)
def _account(handle: str) -> Picture:
    """The account's picture as a round sticker, its handle on a chip below."""
    mark = chip(handle, 31.0, palette.PAPER, LINE, 236.0)

    def paint(canvas: Canvas) -> None:
        disc = skia.Path.Circle(0, 0, 56)
        canvas.drawPath(placed(skia.Path(disc), 7, 11), stroke(SHADOW, 28, 0.26))
        canvas.drawPath(disc, stroke("#FFFFFF", 28))
        avatar(canvas, 0, 0, 56, handle)
        shine(canvas, ((-38, -8), (-32, -26), (-20, -36)), 9, (-5, -41))
        canvas.translate(0, 77)
        canvas.rotate(-2)
        canvas.drawPicture(mark.picture)

    return record((-140, -90, 150, 130), paint)


def _ticks(canvas: Canvas, pulse: float) -> None:
    """Dashes that fly off a heart as it beats."""
    if not 0 < pulse < 0.7:
        return
    out = 1 - (1 - pulse / 0.7) ** 3
    for i in range(9):
        angle = math.radians(i * 40 - 90)
        near, far = 84 + 34 * out, 92 + 58 * out
        canvas.drawLine(
            math.cos(angle) * near,
            _LIKE + math.sin(angle) * near,
            math.cos(angle) * far,
            _LIKE + math.sin(angle) * far,
            stroke("#FFFFFF", 15 * (1 - out) + 2),
        )


def draw_post(canvas: Canvas, settings: Settings, values: Values) -> None:
    """A column about its middle: the account, a heart and its count, a balloon and its count, and what the post says.

    `pulse` from 0 to 1 is one heart-beat; the heart is pink from the first like on.
    """
    likes, pulse = values.get("likes", 0.0), values.get("pulse", 0.0)
    _ticks(canvas, pulse)
    canvas.save()
    canvas.translate(0, _ACCOUNT)
    canvas.drawPicture(_account(text(settings, "handle", "@")))
    canvas.restore()
    words = _words(settings)
    if words:
        left, mark = words
        canvas.save()
        canvas.translate(left + mark.width / 2, _WORDS - _CHIP / 2 + mark.height / 2)
        canvas.drawPicture(mark.picture)
        canvas.restore()
    canvas.save()
    canvas.translate(0, _LIKE)
    size = throb(pulse)
    canvas.scale(size, size)
    canvas.drawPicture(_like(likes >= 1))
    canvas.restore()
    _count(canvas, likes, 20)
    canvas.save()
    canvas.translate(0, _COMMENTS + 14)
    canvas.drawPicture(_bubble())
    canvas.restore()
    _count(canvas, values.get("comments", 0.0), 214)


def _words(settings: Settings) -> tuple[float, Chip] | None:
    """What the post says, and where that begins: it keeps within the room at the column's sides."""
    said = text(settings, "text")
    if not said:
        return None
    before, after = number(settings, "before", -_START), number(settings, "after", _WIDEST + _START)
    mark = note(said, 40.0, palette.PAPER, LINE, min(_WIDEST, before + after - 2 * _EDGE))
    return max(min(_START, after - _EDGE - mark.width), _EDGE - before), mark


def _bounds(settings: Settings) -> Box:
    left, top, right, bottom = _BOUNDS
    words = _words(settings)
    if words is None:
        return _BOUNDS
    start, mark = words
    return min(left, start - 40), top, max(right, start + mark.width + 40), max(bottom, _WORDS + mark.height + 40)


POST = Widget(draw_post, _bounds, values=("likes", "comments", "pulse"))
