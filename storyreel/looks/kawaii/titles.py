"""Big lettering: the film's title."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import skia

from storyreel.looks.kawaii import palette
from storyreel.looks.kawaii.labels import chip
from storyreel.looks.kawaii.palette import DEEP, LINE, SHADOW
from storyreel.looks.kawaii.shapes import heart, inked, shine
from storyreel.looks.kawaii.type_case import faces
from storyreel.stage.areas import doubled, fattened, merged
from storyreel.stage.paints import Canvas, Picture, fill, record, stroke, upright, wash
from storyreel.stage.paths import Path, sparkle, star
from storyreel.stage.type_shapes import joined, lettering, shaped, warped
from storyreel.text.rows import headline
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import text

_WIDTH, _LARGEST, _LEAD = 850.0, 208.0, 0.9
_TALL, _TALL_LEAD = 0.82, 1.12
"""Rows whose letters are higher than this (ideographs, letters with marks) stand further apart; both in em."""
_ROW = 1500.0
"""How wide a row may be at a size of 100: half as large as that it can still be read."""
_RIM = 38.0
"""How far the sticker's edge lies outside the letters."""
_STAGGER = 0.45


class _Letter(NamedTuple):
    """One letter in place: its outline, the middle of its foot, its row, its number in the reading order; an emoji's
    own picture, and where its line's origin lies for it."""

    path: Path
    x: float
    y: float
    row: int
    rank: int
    sign: skia.TextBlob | None = None
    shift: tuple[float, float] = (0.0, 0.0)


class _Title(NamedTuple):
    """Lettering in place: its letters, the size of its smallest row, its width, where it and its last row end."""

    letters: tuple[_Letter, ...]
    size: float
    width: float
    top: float
    bottom: float
    foot: float


def _split(text: str) -> tuple[str, ...]:
    return headline(text, lambda row: shaped(row, faces("title"), 100.0).width, _ROW)


@lru_cache(maxsize=16)
def _set(text: str) -> _Title:
    """The title in rows that fill the width as far as they can without one dwarfing the other, arched."""
    rows = _split(text)
    room = _WIDTH - 2 * _RIM - 24
    measures = [(lettering(row, faces("title"), 100.0).width + 3 * len(row)) / 100 for row in rows]
    least = min(_LARGEST, room / max(measures))
    sizes = [min(least * 1.3, _LARGEST * 1.1, room / measure) for measure in measures]
    half = max(size * measure for size, measure in zip(sizes, measures, strict=True)) / 2
    letters: list[_Letter] = []
    baseline = 0.0
    for number, (row, size) in enumerate(zip(rows, sizes, strict=True)):
        line = lettering(row, faces("title"), size, size * 0.03)
        lead = _LEAD if -line.ink[1] < _TALL * size else _TALL_LEAD
        baseline += size * lead if number else 0.0
        middle = (line.ink[0] + line.ink[2]) / 2

        def bent(x: float, y: float, middle: float = middle, baseline: float = baseline) -> tuple[float, float]:
            rise = 1 - ((x - middle) / half) ** 2
            return x - middle, y * (1 + 0.1 * rise) + baseline - least * 0.22 * rise

        for letter in line.letters:
            if letter.path.isEmpty():
                continue
            foot = bent(letter.x, 0.0)
            if letter.sign is None:
                letters.append(_Letter(warped(letter.path, bent), *foot, number, len(letters)))
                continue
            disc = skia.Path(letter.path)
            shift = (foot[0] - letter.x, foot[1])
            disc.offset(*shift)
            letters.append(_Letter(disc, *foot, number, len(letters), letter.sign, shift))
    box = joined(letter.path for letter in letters).computeTightBounds()
    lift = -(box.top() + box.bottom()) / 2
    for one in letters:
        one.path.offset(0, lift)
    letters = [one._replace(y=one.y + lift, shift=(one.shift[0], one.shift[1] + lift)) for one in letters]
    reach = sizes[-1] * measures[-1] / 2
    return _Title(tuple(letters), least, box.width(), box.top() + lift, box.bottom() + lift, reach)


_TONES = (
    (("#FF9CC8", "#FF5E98"), "#FFD3E6", "#D93A7F"),
    (("#FFE9A0", "#FFC247"), "#FFF8DC", "#E89A2C"),
    (("#A9F0E2", "#4FCDB8"), "#E2FFF8", "#2FA390"),
)
"""Fill from top to bottom, light edge and shade edge of the letters, row by row."""


@lru_cache(maxsize=128)
def _face(words: str, rank: int) -> Picture:
    """What lies on a letter's colours: its two hard edges of light and shade; an emoji's whole front."""
    title = _set(words)
    letter = title.letters[rank]
    _, light, shade = _TONES[letter.row % len(_TONES)]
    box = letter.path.computeTightBounds()

    def paint(canvas: Canvas) -> None:
        if letter.sign is not None:
            canvas.drawPath(letter.path, fill("#FFFFFF"))
            canvas.drawTextBlob(letter.sign, *letter.shift, skia.Paint(AntiAlias=True))
            return
        step = title.size * 0.03
        for dx, dy, tint in ((-step, -step * 1.3, shade), (step * 0.8, step, light)):
            moved = skia.Path(letter.path)
            moved.offset(dx, dy)
            canvas.drawPath(skia.Op(letter.path, moved, skia.kDifference_PathOp), fill(tint))

    return record((box.left() - 4, box.top() - 4, box.right() + 4, box.bottom() + 4), paint)


def _pop(amount: float) -> float:
    """Out-back: past 1 and back, for a letter that comes."""
    if amount <= 0:
        return 0.0
    if amount >= 1:
        return amount
    left = amount - 1
    return 1 + 2.7 * left**3 + 1.7 * left**2


def _matrix(letter: _Letter, count: int, appear: float, leave: float) -> skia.Matrix | None:
    """How a letter stands while the title comes and goes; None when there is nothing of it."""
    delay = _STAGGER * letter.rank / max(1, count)
    own = (appear - delay) / (1 - _STAGGER)
    size = _pop(own) if own < 1 else max(1.0, appear)
    turn, fall = -30 * (1 - min(1.0, max(0.0, own))), 0.0
    if leave > 0:
        gone = min(1.0, max(0.0, (leave - delay) / (1 - _STAGGER)))
        size *= 1 - gone**2
        turn += 40 * gone * (-1 if letter.rank % 2 else 1)
        fall = 70 * gone * gone - 50 * math.sin(math.pi * gone)
    if size <= 0.01:
        return None
    matrix = skia.Matrix()
    matrix.setTranslate(-letter.x, -letter.y)
    matrix.postScale(size, size)
    matrix.postRotate(turn)
    matrix.postTranslate(letter.x, letter.y + fall)
    return matrix


def _whole(placed: Iterable[tuple[_Letter, Any]]) -> Path:
    """The outlines of letters in their places, as one path."""
    whole = skia.Path()
    for letter, matrix in placed:
        whole.addPath(letter.path, matrix)
    return whole


class _Sheets(NamedTuple):
    """The layers of a sticker under its letters: their shadow, the white rim, the plum line, the deep edge."""

    shadow: Path
    rim: tuple[Path, ...]
    line: tuple[Path, ...]
    edge: tuple[Path, ...]


@lru_cache(maxsize=16)
def _sheets(words: str) -> _Sheets:
    """The sheets of the standing title, most as one area without overlaps: strokes would take five times as long."""
    title = _set(words)
    unit = title.size / _LARGEST
    deep = 16 * unit
    whole = joined(letter.path for letter in title.letters)

    def stacked(width: float) -> tuple[Path, ...]:
        return doubled(merged(fattened(whole, width * unit)), deep)

    shadow = merged(fattened(whole, 78 * unit))
    shadow.offset(10, 18 + deep)
    edge = skia.Path()
    for drop, width in ((deep * 0.8, 12), (0.0, 8)):
        outline = skia.Path()
        stroke(DEEP, width * unit).getFillPath(whole, outline)
        outline.offset(0, drop)
        edge.addPath(outline)
    return _Sheets(shadow, stacked(80), stacked(44), (edge,))


def _letters(canvas: Canvas, words: str, appear: float, leave: float) -> None:
    title = _set(words)
    placed = []
    for letter in title.letters:
        matrix = _matrix(letter, len(title.letters), appear, leave)
        if matrix is not None:
            placed.append((letter, matrix))
    if appear == 1 and leave <= 0:
        sheets = _sheets(words)
        wash(canvas, sheets.shadow, SHADOW, 0.26)
        for paths, tint in ((sheets.rim, "#FFFFFF"), (sheets.line, LINE), (sheets.edge, DEEP)):
            for path in paths:
                canvas.drawPath(path, fill(tint))
    else:
        _strokes(canvas, _whole(placed), title.size / _LARGEST)
    for letter, matrix in placed:
        canvas.save()
        canvas.concat(matrix)
        if letter.sign is None:
            (above, below), box = _TONES[letter.row % len(_TONES)][0], letter.path.getBounds()
            ends = (box.centerX(), box.top()), (box.centerX(), box.bottom())
            upright(canvas, letter.path, *ends, ((0.15, above, 1.0), (0.9, below, 1.0)))
        canvas.drawPicture(_face(words, letter.rank))
        canvas.restore()


def _strokes(canvas: Canvas, whole: Path, unit: float) -> None:
    """The sheets of letters on the move."""
    deep = 16 * unit
    canvas.save()
    canvas.translate(10, 18 + deep)
    canvas.drawPath(whole, stroke(SHADOW, 78 * unit, 0.26))
    canvas.restore()
    for offset, tint, width in ((deep, "#FFFFFF", 80), (0.0, "#FFFFFF", 80), (deep, LINE, 44), (0.0, LINE, 44)):
        canvas.save()
        canvas.translate(0, offset)
        canvas.drawPath(whole, stroke(tint, width * unit))
        canvas.restore()
    canvas.save()
    canvas.translate(0, deep * 0.8)
    canvas.drawPath(whole, stroke(DEEP, 12 * unit))
    canvas.restore()
    canvas.drawPath(whole, stroke(DEEP, 8 * unit))


def _ornaments(canvas: Canvas, title: _Title, amount: float) -> None:
    """A star, two hearts and glints about the title."""
    half, top, bottom = title.width / 2, title.top, title.bottom
    beside = title.foot + 74
    low, side = (bottom - 24, beside) if beside < _WIDTH / 2 - 40 else (bottom + 62, half - 80)
    for kind, x, y, size, turn, tint in (
        ("star", -half + 24, top - 20, 44, -16, palette.BUTTER),
        ("heart", half - 16, top - 4, 70, 18, "#FF8FB8"),
        ("heart", -side, low - 4, 58, -20, palette.MINT),
        ("star", side, low, 36, 18, palette.SKY),
    ):
        shape = star(0, 0, size) if kind == "star" else heart(0, 0, size)
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(turn + 60 * (1 - amount))
        canvas.scale(amount, amount)
        canvas.drawPath(shape, stroke("#FFFFFF", 26))
        inked(canvas, shape, tint, 0)
        moved = skia.Path(shape)
        moved.offset(-5, -6)
        canvas.drawPath(skia.Op(shape, moved, skia.kDifference_PathOp), fill(mixed(tint, "#C23B7E", 0.3)))
        canvas.drawPath(shape, stroke(LINE, 8.5))
        reach = size * (0.24 if kind == "heart" else 0.3)
        shine(canvas, ((-reach * 1.1, -reach * 0.2), (-reach * 0.9, -reach * 0.75), (-reach * 0.4, -reach)), 7)
        canvas.restore()
    for x, y, size in ((-half * 0.34, top - 50, 30), (half * 0.5, top - 46, 22), (half * 0.2, bottom + 66, 24)):
        canvas.drawPath(sparkle(x, y, size * amount), fill("#FFFFFF"))


def _trimmings(canvas: Canvas, words: str, sub: str, amount: float) -> None:
    """What stands about the letters: ornaments, and the chip with what else there is to say."""
    title = _set(words)
    _ornaments(canvas, title, amount)
    if sub:
        mark = chip(sub, 46.0, palette.PAPER, LINE, 700.0)
        canvas.save()
        canvas.translate(0, title.bottom + 74)
        canvas.scale(amount, amount)
        canvas.drawPicture(mark.picture)
        canvas.restore()


@lru_cache(maxsize=8)
def _standing(words: str, sub: str) -> Picture:
    return record(_title_box_of(words, sub), lambda canvas: _trimmings(canvas, words, sub, 1.0))


def draw_title(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The title about its middle, arched, at most 850 wide; letters come one after another, and go likewise."""
    words, sub = text(settings, "text"), text(settings, "sub")
    appear, leave = values.get("appear", 1.0), values.get("leave", 0.0)
    if appear <= 0.01 or leave >= 1 or not words.strip():
        return
    leave = max(0.0, leave)
    canvas.save()
    canvas.rotate(-3)
    _letters(canvas, words, appear, leave)
    extras = _pop((appear - 0.4) / 0.6) * (1 - leave) ** 2
    if extras == 1:
        canvas.drawPicture(_standing(words, sub))
    elif extras > 0.01:
        _trimmings(canvas, words, sub, extras)
    canvas.restore()


def _title_box_of(words: str, sub: str) -> Box:
    title = _set(words) if words.strip() else _Title((), 100, 100, -50, 50, 50)
    return (-620.0, title.top - 260, 620.0, title.bottom + (520 if sub else 420))


def _title_size(settings: Settings) -> tuple[float, float]:
    """The letters, arched and a little askew, with their ornaments and the chip below them."""
    title = _set(text(settings, "text").strip() or "-")
    lower = title.bottom + (120 if text(settings, "sub") else 0)
    return min(title.width + 60, 900.0), 2 * max(-title.top, lower) + 160


TITLE = Widget(
    draw_title,
    lambda settings: _title_box_of(text(settings, "text"), text(settings, "sub")),
    values=("appear", "leave"),
    size=_title_size,
)
