"""Burned-in captions: fat cream letters with a plum edge, and a pink pill that pops under the word that sounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import skia

from storyreel.looks.kawaii.palette import LETTER, LINE
from storyreel.stage.areas import doubled, fattened, merged
from storyreel.stage.lettering import draw_line, outline
from storyreel.stage.paints import Canvas, fill, stroke, upright
from storyreel.stage.paths import Path, box, smooth
from storyreel.stage.recast import colour_of, lch
from storyreel.text.setting import PageLayout, Spot, spots_of
from storyreel.text.shape import ShapedLine
from storyreel.timeline.model import CaptionPage
from storyreel.treatment.look import Said
from storyreel.treatment.widget import Box

_FULL = 88.0
"""The size for which widths are given; they shrink with the type."""
_EDGE, _BOLD, _THICK = 20.0, 30.0, 8.0
"""The edge of letters, and that of letters in a speaker's colour: on whatever lies there they are read."""
_PILL_EDGE, _PILL_THICK, _PILL_LETTER = 12.0, 9.0, 13.0
_POPS = (0.77, 0.96, 1.088, 1.045, 0.985, 1.0)
"""The pill's size frame by frame from the word's first, as a factor of its size at rest; the last one stays."""
_TURNS = (5.0, -1.5, -5.5, -4.6, -3.6, -4.0)
_PUSHES = (0.5, 1.0, 1.08, 1.04, 1.0, 1.0)
_FITS = ((1.14, 0.2), (1.1, 0.17), (1.06, 0.14), (1.03, 0.11))
"""How large the pill is, and how far it stands out beside the word (em): the first that leaves its neighbours be."""
_GROWN, _ROOMY = 1.05, 0.15
"""How large a word grows where it has room of its own, and how far its pill stands out beside it then (em)."""
_SWELLS = (0.97, 1.01, 1.02, 1.01, 1.0, 1.0)
"""Its size there, frame by frame, as a factor of that at rest: what is read never shrinks."""
_SECOND_ROW = 2
"""Where there are two rows, pills are as small as this fit and turn less, so that they leave the other row be."""
_ENTRANCE = (0.9, 0.97)
_FREE = 780.0
"""Every shipped format's safe box is at least so wide about its middle."""


def _room(layout: PageLayout, page: CaptionPage) -> Box:
    """Where ink may be: what the page was set to cover, and the middle that every safe box leaves free.

    About a middle of its own a page has no more room than it covers.
    """
    left, top, right, bottom = layout.ink
    if page.middle is not None:
        return layout.ink
    middle = (left + right) / 2
    return min(left, middle - _FREE / 2), top, max(right, middle + _FREE / 2), bottom


@dataclass(frozen=True)
class _Pill:
    """The pill in place: its shape about the word's middle, and how it is turned, grown and moved."""

    shape: Path
    wide: float
    tall: float
    x: float
    y: float
    turn: float
    size: float


@dataclass(frozen=True)
class _Fit:
    """A pill's size at rest, how far it stands out beside its word, and how its neighbours step aside for it."""

    size: float
    pad: float
    before: float
    after: float


def _neighbours(spots: tuple[Spot, ...], current: int) -> tuple[list[Spot], list[Spot]]:
    """The words to the left and to the right of the current one, on its row."""
    here = spots[current]
    row = [spot for index, spot in enumerate(spots) if spot.row == here.row and index != current]
    return [s for s in row if s.left < here.left], [s for s in row if s.left >= here.left]


@lru_cache(maxsize=256)
def _fit(spots: tuple[Spot, ...], current: int, room: Box, apart: float) -> _Fit:
    """The largest pill for which its neighbours can step aside within the room; else the smallest, over their edges.

    Where words stand further `apart` (em), it takes what is free about its own word: no letter steps aside.
    """
    here = spots[current]
    unit = here.line.size / _FULL
    edge = _EDGE / 2 * unit
    if apart:
        return _Fit(_GROWN, _ROOMY, 0.0, 0.0)
    left, right = _neighbours(spots, current)
    fits = _FITS if spots[-1].row == 0 else _FITS[_SECOND_ROW:]
    before = after = 0.0
    for size, pad in fits:
        half = ((here.right - here.left) / 2 + pad * here.line.size + _PILL_EDGE / 2 * unit) * size
        x = (here.left + here.right) / 2
        x += max(0.0, room[0] - (x - half)) - max(0.0, x + half - room[2])
        want_before = max(0.0, max(s.right for s in left) + edge * 0.7 - (x - half)) if left else 0.0
        want_after = max(0.0, x + half - (min(s.left for s in right) - edge * 0.7)) if right else 0.0
        before = min(want_before, max(0.0, min(s.left for s in left) - edge - room[0])) if left else 0.0
        after = min(want_after, max(0.0, room[2] - max(s.right for s in right) - edge)) if right else 0.0
        if before >= want_before - 0.5 and after >= want_after - 0.5:
            break
    return _Fit(size, pad, before, after)


def _pill(spots: tuple[Spot, ...], current: int, room: Box, age: int, fit: _Fit, roomy: bool) -> _Pill:
    """The pill under a word, kept within the room: smaller where it is too wide, moved where it would stick out."""
    spot = spots[current]
    em = spot.line.size
    unit = em / _FULL
    wide, tall = spot.right - spot.left + 2 * fit.pad * em, 1.0 * em
    x, y = (spot.left + spot.right) / 2, spot.baseline - 0.28 * em
    shape = box(-wide / 2, -tall / 2, wide, tall, tall * 0.48)
    edge, foot = _PILL_EDGE / 2 * unit, (_PILL_EDGE / 2 + _PILL_THICK) * unit
    turn = _TURNS[age] * min(1.0, 330 * unit / wide) * (1.0 if spots[-1].row == 0 else 0.6)
    size = fit.size * (_SWELLS[age] if roomy else _POPS[age])
    if roomy:
        turn *= 0.3

    def bounds(size: float) -> skia.Rect:
        matrix = skia.Matrix()
        matrix.setScale(size, size)
        matrix.postRotate(turn)
        moved = skia.Path(shape)
        moved.transform(matrix)
        return moved.computeTightBounds()

    across = bounds(1.0).width() + 2 * edge
    size = min(size, (room[2] - room[0]) / across)
    rect = bounds(size)
    left, right = x + rect.left() - edge * size, x + rect.right() + edge * size
    x += max(0.0, room[0] - left) - max(0.0, right - room[2])
    y -= max(0.0, y + rect.bottom() + foot * size - room[3])
    return _Pill(shape, wide, tall, x, y, turn, size)


_LIFT = 12.0
"""How far the row above steps up for a pill."""


def _moves(spots: tuple[Spot, ...], current: int, fit: _Fit, age: int) -> dict[int, tuple[float, float]]:
    """How the other words step aside: sideways on the pill's row, upwards above it."""
    here = spots[current]
    moves = {}
    for index, spot in enumerate(spots):
        if spot.row < here.row:
            moves[index] = (0.0, -_LIFT * here.line.size / _FULL * min(1.0, _PUSHES[age]))
        elif spot.row == here.row and index != current:
            push = min(1.0, _PUSHES[age])
            moves[index] = (-fit.before * push if spot.left < here.left else fit.after * push, 0.0)
    return moves


@lru_cache(maxsize=256)
def _edged(line: ShapedLine, word: tuple[int, int], width: float, thick: float) -> tuple[Path, ...]:
    """A word grown by half a width, and again so far below it: its plum edge and its thickness."""
    edged = merged(fattened(outline(line, word), width))
    return doubled(edged, thick) if thick else (edged,)


@dataclass(frozen=True)
class _Ink:
    """The colours of a page: its letters, their edge, and the pill from top to foot and its shade."""

    letter: str
    line: str
    pill: tuple[str, str, str]


def _words(
    canvas: Canvas,
    spots: tuple[Spot, ...],
    current: int | None,
    moves: dict[int, tuple[float, float]],
    edge: float,
    ink: _Ink,
) -> None:
    """All words but the current one: edges first, then letters, so that no edge covers a letter."""
    others = [(spot, *moves.get(index, (0.0, 0.0))) for index, spot in enumerate(spots) if index != current]
    for spot, dx, dy in others:
        unit = spot.line.size / _FULL
        canvas.save()
        canvas.translate(spot.x + dx, spot.baseline + dy)
        for path in _edged(spot.line, spot.span, edge * unit, _THICK * unit):
            canvas.drawPath(path, fill(ink.line))
        canvas.restore()
    for spot, dx, dy in others:
        draw_line(canvas, spot.line, spot.x + dx, spot.baseline + dy, ink.letter, word=spot.span)


_PINKS = ("#FF97C0", "#FF5493", "#E83A80")
"""The pill from top to foot, and its shade."""
_LIGHTS = ((0.82, 0.16), (0.68, 0.2), (0.58, 0.2))
"""Lightness and most chroma of a pill's tones in a speaker's colour: on all of them cream letters can be read."""

_BRIGHTER, _DARKER = 0.1, 0.86
"""How much lighter the top of a pill is than the colour that was asked for; its shade, as a share of its lightness."""


@lru_cache(maxsize=32)
def _tones(colour: str) -> tuple[str, str, str]:
    """A pill's tones in a speaker's colour."""
    _, chroma, hue = lch(colour)
    first, second, third = (colour_of(light, min(chroma * 1.9, most), hue) for light, most in _LIGHTS)
    return first, second, third


@lru_cache(maxsize=32)
def _asked(colour: str) -> tuple[str, str, str]:
    """A pill's tones about a colour that an author asks for."""
    light, chroma, hue = lch(colour)
    return colour_of(min(light + _BRIGHTER, 1.0), chroma, hue), colour, colour_of(light * _DARKER, chroma, hue)


def _ink(page: CaptionPage) -> _Ink:
    change = page.change
    own = _tones(page.colour) if page.colour else _PINKS
    return _Ink(change.letters or LETTER, change.edge or LINE, _asked(change.word) if change.word else own)


def _popped(canvas: Canvas, spot: Spot, pill: _Pill, ink: _Ink) -> None:
    em = spot.line.size
    unit = em / _FULL
    canvas.save()
    canvas.translate(pill.x, pill.y)
    canvas.rotate(pill.turn)
    canvas.scale(pill.size, pill.size)
    canvas.save()
    canvas.translate(0, _PILL_THICK * unit)
    canvas.drawPath(pill.shape, fill(ink.line))
    canvas.drawPath(pill.shape, stroke(ink.line, _PILL_EDGE * unit))
    canvas.restore()
    pinks = ((0.0, ink.pill[0], 1.0), (1.0, ink.pill[1], 1.0))
    upright(canvas, pill.shape, (0, -pill.tall / 2), (0, pill.tall / 2), pinks)
    canvas.save()
    canvas.clipPath(pill.shape, doAntiAlias=True)
    canvas.drawPath(box(-pill.wide, pill.tall * 0.36, pill.wide * 2, pill.tall, 0), fill(ink.pill[2], 0.55))
    canvas.restore()
    canvas.drawPath(pill.shape, stroke(ink.line, _PILL_EDGE * unit))
    left, top = -pill.wide / 2, -pill.tall / 2
    glint = smooth(
        (
            (left + 0.14 * em, top + 0.36 * em),
            (left + 0.2 * em, top + 0.2 * em),
            (left + 0.38 * em, top + 0.125 * em),
            (max(left + 0.4 * em, left + pill.wide * 0.42), top + 0.12 * em),
        )
    )
    canvas.drawPath(glint, stroke("#FFFFFF", 0.085 * em, 0.6))
    canvas.translate(spot.x - (spot.left + spot.right) / 2, 0.28 * em)
    for path in _edged(spot.line, spot.span, _PILL_LETTER * unit, 0.0):
        canvas.drawPath(path, fill(ink.line))
    draw_line(canvas, spot.line, 0, 0, ink.letter, word=spot.span)
    canvas.restore()


def caption(canvas: Canvas, layout: PageLayout, page: CaptionPage, said: Said) -> None:
    """Draws a caption page with what of it is said; words that have not sounded stand there already."""
    spots = spots_of(layout, page)
    room = _room(layout, page)
    current, since = said.current, said.age
    edge, ink = _BOLD if page.colour else _EDGE, _ink(page)
    canvas.save()
    if since < len(_ENTRANCE):
        x, y = (room[0] + room[2]) / 2, (layout.ink[1] + layout.ink[3]) / 2
        canvas.translate(x, y)
        canvas.scale(_ENTRANCE[since], _ENTRANCE[since])
        canvas.translate(-x, -y)
    if current is None:
        _words(canvas, spots, None, {}, edge, ink)
    else:
        age = min(said.words[current], len(_POPS) - 1)
        apart = layout.apart / spots[current].line.size
        fit = _fit(spots, current, room, apart)
        _words(canvas, spots, current, {} if apart else _moves(spots, current, fit, age), edge, ink)
        pill = _pill(spots, current, room, age, fit, bool(apart))
        _popped(canvas, spots[current], pill, ink)
    canvas.restore()
