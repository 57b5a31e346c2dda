"""The film's title: letters that slide in and stop hard, and a bar of magenta that is drawn under them."""

from __future__ import annotations

from typing import TypeAlias

import skia

from storyreel.looks.cel.display import SLIDES, lit_line, set_in
from storyreel.looks.cel.palette import MAGENTA, RIM
from storyreel.stage.lettering import draw_line
from storyreel.stage.paints import fill
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import text
from storyreel.widgets.type import TITLE as NEUTRAL

Canvas: TypeAlias = skia.Canvas
_SIZE, _ROOM, _ROWS, _LEAD = 210.0, 800.0, 3, 1.02
_SUB, _UNDER, _THICK = 50.0, 34.0, 15.0
_REACH = 60.0


def _height(settings: Settings) -> tuple[float, float, float]:
    """The title's width, its height, and its first baseline about its middle."""
    copy = set_in(text(settings, "text").strip() or "-", "title", _SIZE, _ROOM, _ROWS)
    lead = copy.size * _LEAD
    tall = lead * len(copy.lines) + _UNDER + _THICK + (1.6 * _SUB if text(settings, "sub").strip() else 0.0)
    return copy.width, tall, -tall / 2 + 0.88 * copy.size


def _draw(canvas: Canvas, settings: Settings, values: Values) -> None:
    said, sub = text(settings, "text").strip(), text(settings, "sub").strip()
    appear, leave = (min(max(values.get(name, rest), 0.0), 1.0) for name, rest in (("appear", 1.0), ("leave", 0.0)))
    if not said or appear <= 0.01 or leave >= 0.99:
        return
    copy = set_in(said, "title", _SIZE, _ROOM, _ROWS)
    wide, tall, baseline = _height(settings)
    canvas.save()
    # It goes as it came: a clip runs over it.
    left = -wide / 2 - _REACH
    canvas.clipRect(
        skia.Rect.MakeLTRB(left + (wide + 2 * _REACH) * leave, -tall, left + (wide + 2 * _REACH) * appear, tall)
    )
    canvas.translate(-SLIDES * (1 - appear), 0)
    for number, line in enumerate(copy.lines):
        lit_line(canvas, line, -line.width / 2, baseline + copy.size * _LEAD * number)
    under = baseline + copy.size * _LEAD * (len(copy.lines) - 1) + _UNDER
    canvas.drawRect(skia.Rect.MakeLTRB(-wide / 2, under, wide / 2, under + _THICK), fill(MAGENTA))
    if sub:
        line = set_in(sub, "body", _SUB, _ROOM, 1).lines[0]
        draw_line(canvas, line, -line.width / 2, under + _THICK + 1.3 * line.size, RIM)
    canvas.restore()


def _bounds(settings: Settings) -> Box:
    wide, tall, _ = _height(settings)
    return (-wide / 2 - 2 * _REACH, -tall / 2 - _REACH, wide / 2 + 2 * _REACH, tall / 2 + _REACH)


TITLE = Widget(draw=_draw, bounds=_bounds, values=("appear", "leave"), size=NEUTRAL.size)
