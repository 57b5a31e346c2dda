"""Panels: four strokes of a full brush that run over their corners."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from storyreel.looks.comic.palette import CYAN, INK, RED
from storyreel.puppet.model import Node
from storyreel.treatment.brush import border
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Settings, Values, Widget
from storyreel.widgets.given import text
from storyreel.widgets.outlines import Outline, shifted
from storyreel.widgets.pieces import filled, group, lined
from storyreel.widgets.windows import WINDOW, window_front, window_of

_WIDTH, _OVER = 15.0, 8.0
"""How broad a panel's strokes are, and how far they run over."""
_OFF, _PLATE = (9.0, 7.0), 5.0
"""How far the red and the blue plate lie off the black one, to either side, and how broad their lines are."""


@lru_cache(maxsize=64)
def _strokes(path: Outline) -> Node:
    x, y = _OFF
    plates = (lined(shifted(path, -x, -y), CYAN, _PLATE), lined(shifted(path, x, y), RED, _PLATE))
    return group(*plates, filled(border(path, _WIDTH, _OVER, 5), INK, "ink"))


def _front(settings: Settings, values: Values, kit: Kit) -> Node:
    """What lies over what one sees through it: a panel has its strokes, all else is as in any look."""
    if text(settings, "edge", "ink") != "ink" or text(settings, "shape", "box") in ("circle", "bar"):
        return window_front(settings, values, kit)
    over = window_front({**settings, "edge": "none"}, values, kit)
    opened = round(min(max(values.get("radius", 1.0), 0.0), 1.0), 2)
    return group(over, _strokes(window_of(settings, values).outline(opened))) if opened else over


PANEL = replace(WINDOW, front=Widget(shapes=_front, values=(*WINDOW.values, "dark")))
