"""Large type: condensed capitals that catch the dawn, over a copy of themselves in magenta."""

from __future__ import annotations

from typing import TypeAlias

import skia

from storyreel.looks.cel import LOOK
from storyreel.looks.cel.palette import CREAM, GOLD, MAGENTA, SUNSET
from storyreel.stage.lettering import draw_line, outline
from storyreel.stage.paints import fill, upright
from storyreel.text.shape import ShapedLine
from storyreel.widgets.copyfit import Copy, fitted

Canvas: TypeAlias = skia.Canvas
KIT = LOOK.kit
_COPY = (7 / 262, 8 / 262)
"""How far the magenta copy is moved, in em."""
_TALL = 0.86
"""How high capitals are, in em."""
SLIDES = 24.0
"""How far letters slide before they stop."""


def set_in(said: str, role: str, size: float, room: float, rows: int) -> Copy:
    """Words in the look's faces, in so many rows at most; titles in capitals."""
    return fitted(said.upper() if role == "title" else said, role, KIT, size, room, rows)


def lit_line(canvas: Canvas, line: ShapedLine, x: float, baseline: float) -> None:
    """A line from cream to sunset, its left end at `x`."""
    em, letters = line.size, outline(line)
    canvas.save()
    canvas.translate(x + _COPY[0] * em, baseline + _COPY[1] * em)
    canvas.drawPath(letters, fill(MAGENTA))
    canvas.translate(-_COPY[0] * em, -_COPY[1] * em)
    middle = line.width / 2
    upright(
        canvas, letters, (middle, -_TALL * em), (middle, 0.0), ((0.0, CREAM, 1.0), (0.5, GOLD, 1.0), (1.0, SUNSET, 1.0))
    )
    canvas.restore()
    if any(run.face.coloured for run in line.runs):
        draw_line(canvas, line, x, baseline, CREAM)
