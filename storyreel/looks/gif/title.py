"""The film's title: large pixel type that hangs in the sky, its letters stepping on one after another."""

from __future__ import annotations

import skia

from storyreel.looks.gif import LOOK
from storyreel.looks.gif.card import row
from storyreel.looks.gif.palette import COLOURS
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import Copy, fitted
from storyreel.widgets.given import text

_SIZE, _ROOM, _LEAD, _SUB = 128.0, 900.0, 1.25, 32.0


def _set(settings: Settings) -> tuple[Copy, Copy | None]:
    words, sub = text(settings, "text").strip(), text(settings, "sub").strip()
    return fitted(words or "-", "title", LOOK.kit, _SIZE, _ROOM, 3), (
        fitted(sub, "body", LOOK.kit, _SUB, _ROOM, 1) if sub else None
    )


def _draw(canvas: skia.Canvas, settings: Settings, values: Values) -> None:
    """The title about (0, 0); its rows step on as `appear` goes to 1, and off as `leave` does."""
    copy, sub = _set(settings)
    rows = [(line, "title", copy.size) for line in copy.lines]
    rows += [(line, "body", sub.size * 1.6) for line in sub.lines] if sub is not None else []
    tall = sum(size * _LEAD for _, _, size in rows)
    y = -tall / 2
    first, last = values.get("leave", 0.0) * len(rows), values.get("appear", 1.0) * len(rows)
    for number, (line, role, size) in enumerate(rows):
        y += size * _LEAD
        if first <= number < last and text(settings, "text").strip():
            colour = (COLOURS["Y"], COLOURS["W"]) if role == "title" else (COLOURS["P"], "")
            row(canvas, line, role, 0.0, y - size * (_LEAD - 1), *colour)


def _size(settings: Settings) -> tuple[float, float]:
    copy, sub = _set(settings)
    wide = max(copy.width, sub.width if sub is not None else 0.0)
    return wide + 40, copy.size * _LEAD * len(copy.lines) + (_SUB * 2 if sub is not None else 0.0) + 40


def _bounds(settings: Settings) -> Box:
    wide, tall = _size(settings)
    return (-wide / 2 - 40, -tall / 2 - 40, wide / 2 + 40, tall / 2 + 40)


TITLE = Widget(_draw, _bounds, values=("appear", "leave"), size=_size)
