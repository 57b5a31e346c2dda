"""Burned-in captions: cream serifs in a soft shadow, no box; the word that sounds leans over a dry stroke."""

from __future__ import annotations

from functools import lru_cache

from storyreel.looks.storybook.palette import AMBER, BRUSH, CREAM, INDIGO
from storyreel.looks.storybook.strokes import Canvas, Picture, halo, recorded, sweep
from storyreel.stage.baking import baked
from storyreel.stage.lettering import draw_line, outline
from storyreel.stage.recast import colour_of, lch
from storyreel.text.chain import FontChain, face
from storyreel.text.setting import PageLayout, Spot, spots_of
from storyreel.text.shape import ShapedLine, shape
from storyreel.timeline.model import CaptionPage
from storyreel.treatment.look import Said
from storyreel.treatment.tones import mixed

_ITALIC = ("Fraunces SemiBold Italic", "M PLUS Rounded 1c ExtraBold", "Baloo Bhaijaan 2 ExtraBold", "Noto Color Emoji")
_SPOKEN = 1.06
"""How much larger the word is that sounds."""
_LIGHT, _LEAST_CHROMA, _MOST_CHROMA = 0.87, 0.06, 0.13
"""How light and how colourful the current word of a speaker is, in OKLab."""
_OWN = 0.3
"""How much of that there is in it: all who speak here stand in one light."""
_SWEPT = (0.45, 0.8)
"""How far the stroke under a word has come, by the word's age in frames."""
_LAID = (10.0, 6.0, 2.0)
"""How far below its place a page is while it comes, by its age in frames."""
_ROOM = 34.0


@lru_cache(maxsize=32)
def _tone(colour: str) -> str:
    """The colour of a speaker's current word; the look's own where there is none."""
    if not colour:
        return AMBER
    _, chroma, hue = lch(colour)
    return mixed(AMBER, colour_of(_LIGHT, min(max(chroma, _LEAST_CHROMA), _MOST_CHROMA), hue), _OWN)


@lru_cache(maxsize=128)
def _leaning(text: str, size: float, room: float) -> ShapedLine:
    """A word in italics, as wide as the room that its upright has."""
    chain = FontChain(tuple(face(name) for name in _ITALIC))
    line = shape(text, chain, size * _SPOKEN)
    return line if line.width <= room else shape(text, chain, size * _SPOKEN * room / line.width)


@lru_cache(maxsize=24)
def _shadows(layout: PageLayout, dark: str) -> Picture:
    """The soft shadow of all rows, and their letters."""

    def draw(canvas: Canvas) -> None:
        for line, x, baseline in layout.rows:
            canvas.save()
            canvas.translate(x, baseline)
            halo(canvas, outline(line), 1.0, dark, wide=line.size / 84)
            canvas.restore()

    return recorded(_box(layout), draw)


def _box(layout: PageLayout) -> tuple[float, float, float, float]:
    left, top, right, bottom = layout.ink
    return (left - _ROOM, top - _ROOM, right + _ROOM, bottom + _ROOM)


def caption(canvas: Canvas, layout: PageLayout, page: CaptionPage, said: Said) -> None:
    """Draws a caption page with what of it is said; words that have not sounded stand there already."""
    current, change = said.current, page.change
    canvas.save()
    if said.age < len(_LAID):
        canvas.translate(0, _LAID[said.age])
    baked(canvas, _box(layout), False, _shadows, layout, change.edge or INDIGO)
    spots = spots_of(layout, page)
    if current is not None:
        _stroke(canvas, spots[current], said.words[current], current)
    for number, spot in enumerate(spots):
        if number != current:
            draw_line(canvas, spot.line, spot.x, spot.baseline, change.letters or CREAM, word=spot.span)
    if current is not None:
        _spoken(canvas, spots[current], page.words[current].text, change.word or _tone(page.colour))
    canvas.restore()


def _stroke(canvas: Canvas, spot: Spot, age: int, seed: int) -> None:
    passed = _SWEPT[age] if 0 <= age < len(_SWEPT) else 1.0
    em = spot.line.size
    left, right = spot.left - 0.05 * em, spot.right + 0.05 * em
    y, end = spot.baseline + 0.16 * em, left + (right - left) * passed
    middle = (left + end) / 2
    sweep(canvas, ((left, y + 0.02 * em), (middle, y - 0.015 * em), (end, y)), 0.16 * em, BRUSH, seed + 3)


def _spoken(canvas: Canvas, spot: Spot, text: str, tone: str) -> None:
    line = _leaning(text, spot.line.size, spot.right - spot.left + 0.16 * spot.line.size)
    x = (spot.left + spot.right - line.width) / 2
    draw_line(canvas, line, x, spot.baseline, tone)
