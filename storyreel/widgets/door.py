"""A door in its frame, drawn neutrally: the leaf swings towards us, and behind it lies the dark of the next room."""

from __future__ import annotations

from functools import lru_cache

from storyreel.puppet.model import Node
from storyreel.timeline.door import HANDLE, on_leaf
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number, text
from storyreel.widgets.outlines import Outline, about, box, disc, polygon
from storyreel.widgets.pieces import filled, group, lined
from storyreel.widgets.solids import shaded, solid

_POST = 34.0
"""How broad the frame is."""
_STEPS = 200
"""Into how many drawings a whole swing falls."""
Span = tuple[float, float]
_PANELS: tuple[Span, Span] = ((0.1, 0.44), (0.54, 0.92))
"""From where to where its two panels go, as shares of its height."""


@lru_cache(maxsize=16)
def _frame(width: float, height: float, kit: Kit) -> Node:
    paper, ink, soft = (kit.colour(use) for use in ("paper", "ink", "soft"))
    outer = box(-width / 2 - _POST, -height / 2 - _POST, width + 2 * _POST, height + _POST, kit.corner * 24)
    hole = about(width, height)
    return group(
        *solid(outer, mixed(soft, paper, 0.45), kit, kit.line * 1.1, 10),
        filled(hole, mixed(soft, ink, 0.62)),
        lined(hole, ink, kit.line * 0.8),
    )


def _quad(width: float, height: float, amount: float, hinge: str, x: Span, y: Span) -> Outline:
    corners = ((x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1]))
    return polygon(on_leaf(width, height, amount, hinge, *corner) for corner in corners)


@lru_cache(maxsize=64)
def _leaf(width: float, height: float, hinge: str, step: int, kit: Kit) -> Node:
    amount = step / _STEPS
    ink, accent, warm = (kit.colour(use) for use in ("ink", "accent", "warm"))
    wood = mixed(mixed(accent, kit.colour("paper"), 0.25), ink, 0.22 * amount)
    leaf = _quad(width, height, amount, hinge, (0.0, 1.0), (0.0, 1.0))
    inner = mixed(wood, ink, 0.14)
    panels = [_quad(width, height, amount, hinge, (0.16, 0.84), span) for span in _PANELS]
    x, y = on_leaf(width, height, amount, hinge, *HANDLE)
    return group(
        *solid(leaf, wood, kit, kit.line, 12),
        *(
            node
            for panel in panels
            for node in (filled(panel, inner), *shaded(panel, mixed(inner, ink, 0.2), kit, -8), lined(panel, ink, 5))
        ),
        *solid(disc(x, y, 0.042 * width * (1 - 0.4 * amount) + 4), warm, kit, kit.line * 0.8, 5),
    )


def build(settings: Settings, values: Values, kit: Kit) -> Node:
    """The door about its middle; `open` swings the leaf, from 0 (shut) to 1; it may overshoot a little."""
    width, height = number(settings, "width", 340.0), number(settings, "height", 700.0)
    hinge = text(settings, "hinge", "left")
    step = round(min(max(values.get("open", 0.0), 0.0), 1.1) * _STEPS)
    return group(_frame(width, height, kit), _leaf(width, height, hinge, step, kit))


def _bounds(settings: Settings) -> Box:
    wide, tall = number(settings, "width", 340.0) * 0.75 + 60, number(settings, "height", 700.0) * 0.6 + 80
    return -wide, -tall, wide, tall


def _size(settings: Settings) -> tuple[float, float]:
    return number(settings, "width", 340.0), number(settings, "height", 700.0)


DOOR = Widget(shapes=build, bounds=_bounds, values=("open",), size=_size)
