"""The film's title, written in pencil with a halo of paper and a stroke under it; shapes, so it boils."""

from __future__ import annotations

from functools import lru_cache

from storyreel.looks.sketch.hand import written
from storyreel.looks.sketch.palette import ACCENT, GRAPHITE, PAPER
from storyreel.puppet.model import Node, Shape, Stroke
from storyreel.stage.lettering import outline
from storyreel.stage.outline import plain, to_commands
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import text
from storyreel.widgets.torn import along

_SIZE, _ROOM, _LEAD = 250.0, 860.0, 0.8
_SUB = 64.0
_HALO = 34.0
_TURN = -0.05
"""Radians that it leans by, nearly."""


@lru_cache(maxsize=16)
def _letters(words: str, sub: str) -> tuple[Node, float, float]:
    """The title about its middle, its width and its height."""
    rows = written(words, "title", _SIZE, _ROOM, 3)
    small = written(sub, "body", _SUB, _ROOM, 1) if sub else ()
    lead = rows[0].size * _LEAD
    tall = lead * len(rows) + (_SUB * 1.5 if small else 0.0)
    baseline = -tall / 2 + rows[0].size * 0.62
    wide = max(line.width for line in (*rows, *small))
    halo: list[Node] = []
    ink: list[Node] = []
    for number, line in enumerate((*rows, *small)):
        if number == len(rows):
            baseline += _SUB * 0.6
        path = outline(line)
        path.offset(-(line.ink[0] + line.ink[2]) / 2, baseline)
        letters = tuple(to_commands(plain(path)))
        if letters:
            edge = Stroke(PAPER, _HALO, "round", "round")
            halo.append(Node(shape=Shape(letters, fill=None, stroke=edge, role="letter")))
            ink.append(Node(shape=Shape(letters, fill=GRAPHITE, stroke=Stroke(GRAPHITE, 5), role="letter")))
        baseline += lead if number < len(rows) else _SUB * 1.2
    under = -tall / 2 + rows[0].size * 0.62 + lead * (len(rows) - 1) + rows[0].size * 0.2
    half = rows[-1].width * 0.46
    stroke = along((-half, under + 10), (half * 0.2, under - 2), (half, under - 12))
    swept = Node(shape=Shape(stroke, fill=None, stroke=Stroke(ACCENT, 15, "round"), role="line"))
    under_it = Node(shape=Shape(stroke, fill=None, stroke=Stroke(PAPER, 34, "round"), role="letter"))
    lean = (1.0, _TURN, -_TURN, 1.0, 0.0, 0.0)
    return Node(transform=lean, children=(*halo, *((under_it, swept) if not small else ()), *ink)), wide, tall


@lru_cache(maxsize=64)
def _shown(words: str, sub: str, share: float) -> Node:
    whole, _, tall = _letters(words, sub)
    grown = 0.86 + 0.14 * share
    matrix = (grown, 0.0, 0.0, grown, 0.0, (1 - share) * tall * 0.1)
    return Node(transform=matrix, opacity=min(share * 1.4, 1.0), children=(whole,))


def _shapes(settings: Settings, values: Values, kit: Kit) -> Node:
    words, sub = text(settings, "text").strip(), text(settings, "sub").strip()
    share = min(max(values.get("appear", 1.0), 0.0), 1.0) * (1 - min(max(values.get("leave", 0.0), 0.0), 1.0))
    if not words or share <= 0.01:
        return Node()
    return _shown(words, sub, round(share * 16) / 16)


def _size(settings: Settings) -> tuple[float, float]:
    _, wide, tall = _letters(text(settings, "text").strip() or "-", text(settings, "sub").strip())
    return wide + 2 * _HALO, tall + 2 * _HALO


def _bounds(settings: Settings) -> Box:
    wide, tall = _size(settings)
    return (-wide / 2 - 130, -tall / 2 - 130, wide / 2 + 130, tall / 2 + 130)


TITLE = Widget(bounds=_bounds, values=("appear", "leave"), shapes=_shapes, size=_size)
