"""Burned-in captions: handwriting on strips of torn paper, and dry marker behind the word that sounds."""

from __future__ import annotations

from functools import lru_cache

from storyreel.looks.sketch.marks import Canvas, Picture, marker, paint, recorded, strip
from storyreel.looks.sketch.palette import GRAPHITE, MARKER, STRIP
from storyreel.stage.lettering import draw_line
from storyreel.stage.recast import colour_of, lch
from storyreel.text.setting import PageLayout, WordPlace, word_places
from storyreel.text.shape import ShapedLine
from storyreel.timeline.model import CaptionPage
from storyreel.treatment.look import Said

_ASIDE, _ABOVE, _BELOW = 0.2, 0.84, 0.26
"""From a row's letters to the edges of its strip: beside them, above and below the baseline, in em."""
_ROOM = 8.0
"""What a strip keeps free within the page's box, for its rough edge, its turn and its shadow."""
_TURNS = (-0.6, 0.5)
_LEVEL = 640.0
"""Strips longer than this turn less."""
_LAID = (9.0, 3.0)
"""How far above its place a page is while it is laid down, by its age in frames."""
_LIGHT, _LEAST_CHROMA, _MOST_CHROMA = 0.86, 0.015, 0.045
"""How light and how colourful the marker of a speaker is, in OKLab."""
_SWEEPS = (0.45, 0.8)
"""How much of a word the marker has passed, by the word's age."""


@lru_cache(maxsize=32)
def _tone(colour: str) -> str:
    """The marker of a speaker's colour: as light as pencil needs it; the look's own where there is none."""
    if not colour:
        return MARKER
    _, chroma, hue = lch(colour)
    return colour_of(_LIGHT, min(max(chroma, _LEAST_CHROMA), _MOST_CHROMA), hue)


def _turn(line: ShapedLine, row: int) -> float:
    return _TURNS[row % 2] * min(1.0, _LEVEL / max(line.width, 1.0))


@lru_cache(maxsize=32)
def _strips(layout: PageLayout, paper: str) -> Picture:
    """The paper of all rows."""
    left, top, right, bottom = layout.ink

    def draw(canvas: Canvas) -> None:
        for row, (line, x, baseline) in enumerate(layout.rows):
            em = line.size
            box = (
                max(x + line.ink[0] - _ASIDE * em, left + _ROOM),
                max(baseline + min(-_ABOVE * em, line.ink[1] - 0.04 * em), top + _ROOM),
                min(x + line.ink[2] + _ASIDE * em, right - _ROOM),
                min(baseline + max(_BELOW * em, line.ink[3] + 0.04 * em), bottom - 2 * _ROOM),
            )
            canvas.save()
            canvas.rotate(_turn(line, row), (left + right) / 2, baseline)
            strip(canvas, box, len(line.runs) + row * 5 + round(line.width), colour=paper)
            canvas.restore()

    return recorded(layout.ink, draw)


def caption(canvas: Canvas, layout: PageLayout, page: CaptionPage, said: Said) -> None:
    """Draws a caption page with what of it is said; words that have not sounded stand there already."""
    words, current = word_places(layout, page), said.current
    left, _, right, _ = layout.ink
    change = page.change
    canvas.save()
    if said.age < len(_LAID):
        canvas.translate(0, -_LAID[said.age])
    canvas.drawPicture(_strips(layout, change.edge or STRIP))
    for number, (line, x, baseline) in enumerate(layout.rows):
        canvas.save()
        canvas.rotate(_turn(line, number), (left + right) / 2, baseline)
        if current is not None and words[current].row == number:
            tone = change.word or _tone(page.colour)
            _mark(canvas, words[current], line, x, baseline, said.words[current], current, tone)
        draw_line(canvas, line, x, baseline, change.letters or GRAPHITE)
        canvas.restore()
    canvas.restore()


def _mark(
    canvas: Canvas, word: WordPlace, line: ShapedLine, x: float, baseline: float, age: int, seed: int, tone: str
) -> None:
    em = line.size
    passed = _SWEEPS[age] if 0 <= age < len(_SWEEPS) else 1.0
    left, right = x + word.left - 0.04 * em, x + word.right + 0.04 * em
    box = (left, baseline - 0.58 * em, left + (right - left) * passed, baseline + 0.08 * em)
    canvas.drawPath(marker(box, seed + 3), paint(tone, 0.9))
