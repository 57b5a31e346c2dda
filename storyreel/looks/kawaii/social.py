"""A post's own furniture: whose it is, its likes and its comments."""

from __future__ import annotations

import math
from functools import lru_cache

import skia

from storyreel.looks.kawaii import palette
from storyreel.looks.kawaii.cards import avatar
from storyreel.looks.kawaii.lettering import fitted, lettering, write
from storyreel.looks.kawaii.palette import LETTER, LINE, SHADOW
from storyreel.looks.kawaii.reading import text
from storyreel.looks.kawaii.shapes import Canvas, Path, Picture, box, fill, heart, record, shine, smooth, stroke
from storyreel.looks.pen import Box, Settings, Values, Widget

_LIKE, _COMMENTS, _HANDLE = -86.0, 92.0, -236.0
"""Heights of the three rows about the middle of the column."""
_BOUNDS: Box = (-190.0, -340.0, 720.0, 270.0)


def compact(count: float) -> str:
    """A count as a counter shows it: 7, 999, 1.2K, 12.4K, 3M; what is left over is cut off, not rounded."""
    number = max(0, math.floor(count + 1e-6))
    for step, sign in ((1_000_000_000, "B"), (1_000_000, "M"), (1000, "K")):
        if number >= step:
            tenths = number * 10 // step
            return f"{tenths // 10}{sign}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}{sign}"
    return str(number)


def throb(pulse: float) -> float:
    """The size of a heart that beats once and rings out while `pulse` goes from 0 to 1."""
    if not 0 < pulse < 1:
        return 1.0
    return 1 + 0.7 * math.exp(-3 * pulse) * math.sin(3 * math.pi * pulse) * (1 - pulse)


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
    line = lettering(figures, "title", 54.0)
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
def _account(handle: str, words: str) -> Picture:
    size = fitted(handle, "label", 42.0, 470.0)
    smaller = fitted(words, "body", 38.0, 470.0) if words else 0.0
    across = max(lettering(handle, "label", size).width, lettering(words, "body", smaller or 1.0).width)
    width, height = across + 158, 92.0 if not words else 118.0

    def paint(canvas: Canvas) -> None:
        left = -78.0
        pill = box(left, -height / 2, width, height, height / 2)
        canvas.save()
        canvas.translate(7, 11)
        canvas.drawPath(pill, stroke(SHADOW, 26, 0.26))
        canvas.restore()
        canvas.drawPath(pill, stroke("#FFFFFF", 26))
        canvas.drawPath(pill, fill(palette.PAPER))
        canvas.save()
        canvas.clipPath(pill, doAntiAlias=True)
        canvas.drawPath(box(left, height / 2 - 13, width, 40, 0), fill(palette.BLUSH))
        canvas.restore()
        canvas.drawPath(pill, stroke(LINE, 8))
        avatar(canvas, left + height / 2 - 1, 0, height / 2 - 4, handle)
        x = left + height + 14
        write(canvas, handle, "label", size, x, 14 if not words else -8, LINE)
        if words:
            write(canvas, words, "body", smaller, x, 36, palette.MAUVE)

    return record(_BOUNDS, paint)


def draw_post(canvas: Canvas, settings: Settings, values: Values) -> None:
    """A column about its middle: the account's chip, a heart and its count, a balloon and its count.

    `pulse` from 0 to 1 is one heart-beat; the heart is pink from the first like on.
    """
    likes, pulse = values.get("likes", 0.0), values.get("pulse", 0.0)
    canvas.save()
    canvas.translate(0, _HANDLE)
    canvas.drawPicture(_account(text(settings, "handle", "@"), text(settings, "text")))
    canvas.restore()
    canvas.save()
    canvas.translate(0, _LIKE)
    if 0 < pulse < 0.7:
        out = 1 - (1 - pulse / 0.7) ** 3
        for i in range(9):
            angle = math.radians(i * 40 - 90)
            near, far = 84 + 34 * out, 92 + 58 * out
            canvas.drawLine(
                math.cos(angle) * near,
                math.sin(angle) * near,
                math.cos(angle) * far,
                math.sin(angle) * far,
                stroke("#FFFFFF", 15 * (1 - out) + 2),
            )
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


POST = Widget(draw_post, lambda settings: _BOUNDS, values=("likes", "comments", "pulse"))
