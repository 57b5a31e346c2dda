"""What one looks through: its edge is light."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from storyreel.looks.cel.palette import CREAM, GOLD
from storyreel.puppet.model import Node, Shape, Stroke
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Settings, Values, Widget
from storyreel.widgets.outlines import Outline
from storyreel.widgets.pieces import group
from storyreel.widgets.windows import STEPS, window_front, window_of
from storyreel.widgets.windows import WINDOW as NEUTRAL

_LIGHT = ((64.0, GOLD, 0.07), (44.0, GOLD, 0.12), (26.0, GOLD, 0.26), (9.0, CREAM, 1.0))
"""Strokes of light, one over the other: how broad, in which colour, how strong."""


@lru_cache(maxsize=64)
def _edge(path: Outline) -> Node:
    strokes = (Stroke(colour, wide, opacity=alpha) for wide, colour, alpha in _LIGHT)
    return group(*(Node(shape=Shape(path, fill=None, stroke=stroke, role="rim")) for stroke in strokes))


def _front(settings: Settings, values: Values, kit: Kit) -> Node:
    """The neutral window's front; light runs round one whose edge is a line."""
    made = window_of(settings, values)
    if made.edge != "ink" or made.shape == "bar":
        return window_front(settings, values, kit)
    plain = window_front({**settings, "edge": "none"}, values, kit)
    step = round(min(max(values.get("radius", 1.0), 0.0), 1.0) * STEPS)
    return group(plain, _edge(made.outline(step / STEPS))) if step else plain


WINDOW: Widget = replace(NEUTRAL, front=replace(NEUTRAL.front or NEUTRAL, shapes=_front))
