"""What one looks through that is no pane of a Duet: a hole of a shape, an edge of ink, of a phone or none."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from storyreel.puppet.model import Node
from storyreel.stage.ink import to_path
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number, text
from storyreel.widgets.outlines import Outline, about, box, disc
from storyreel.widgets.pieces import NOTHING, filled, group, inked, lined, shadow

if TYPE_CHECKING:
    import skia

_STEPS = 120
"""In how many steps a hole opens, and what is seen through it goes dark."""
_CASE = 26.0
"""How broad a phone's edge is."""


class Window(NamedTuple):
    """A window as it is ordered."""

    width: float
    height: float
    shape: str
    edge: str

    def outline(self, open_: float = 1.0, grow: float = 0.0) -> Outline:
        """Its outline, as far as it is open, or one that runs round it at a distance."""
        if self.shape == "circle":
            return disc(0, 0, max(self.width, self.height) / 2 * open_ + grow)
        wide, tall = self.width * open_ + 2 * grow, self.height * open_ + 2 * grow
        if self.shape == "bar" or self.edge == "none":
            return box(-wide / 2, -tall / 2, wide, tall)
        rounded = min(self.width, self.height) * (0.09 if self.edge == "phone" else 0.02)
        return about(wide, tall, max(rounded + grow, 0.0))


def window_of(settings: Settings) -> Window:
    """The window that an author ordered."""
    return Window(
        number(settings, "width", 410),
        number(settings, "height", 700),
        text(settings, "shape", "box"),
        text(settings, "edge", "ink"),
    )


def _step(values: Values, name: str, otherwise: float) -> int:
    return round(min(1.0, max(0.0, values.get(name, otherwise))) * _STEPS)


@lru_cache(maxsize=64)
def _behind(made: Window, step: int, kit: Kit) -> Node:
    """What a window throws on what it hangs before, and its case."""
    open_ = step / _STEPS
    parts = []
    if made.edge == "phone":
        case = made.outline(open_, _CASE)
        parts = [shadow(case, kit, 22), inked(case, mixed(kit.colour("ink"), kit.colour("soft"), 0.1), kit, 1.2)]
    elif made.edge == "ink":
        parts = [shadow(made.outline(open_, kit.line), kit, 14)]
    return group(*parts, filled(made.outline(open_), kit.colour("ground")))


@lru_cache(maxsize=64)
def _before(made: Window, step: int, dark: int, kit: Kit) -> Node:
    """What lies over what one sees through it: the dark, a sheen, its edge."""
    open_, parts = step / _STEPS, []
    if dark:
        parts.append(group(filled(made.outline(open_), kit.colour("ink"), "ink"), opacity=dark / _STEPS))
    if made.shape == "bar":
        half = made.width * open_ / 2
        for x in (-half, half):
            light = box(x - 5, -made.height / 2, 10, made.height)
            parts.append(group(filled(light, kit.colour("paper"), "light"), opacity=0.85))
    elif made.edge == "ink":
        parts.append(lined(made.outline(open_), kit.colour("ink"), kit.line * 1.3))
    elif made.edge == "phone":
        parts.append(lined(made.outline(open_, 2), kit.colour("ink"), kit.line))
    return group(*parts)


def window(settings: Settings, values: Values, kit: Kit) -> Node:
    """What lies behind what one sees through it."""
    step = _step(values, "radius", 1.0)
    return _behind(window_of(settings), step, kit) if step else NOTHING


def window_front(settings: Settings, values: Values, kit: Kit) -> Node:
    """What lies over it."""
    step = _step(values, "radius", 1.0)
    return _before(window_of(settings), step, _step(values, "dark", 0.0), kit) if step else NOTHING


def bars(settings: Settings, values: Values, kit: Kit) -> Node:
    """Bars above and below the picture, its upper left corner at the origin."""
    width, height = number(settings, "width", 1080), number(settings, "height", 1920)
    top, bottom = (round(height * min(max(values.get(name, 0.0), 0.0), 0.5)) for name in ("top", "bottom"))
    return _bars(width, height, top, bottom, kit)


@lru_cache(maxsize=32)
def _bars(width: float, height: float, top: int, bottom: int, kit: Kit) -> Node:
    whole = [box(-9, -9, width + 18, top + 9)] if top else []
    whole += [box(-9, height - bottom, width + 18, bottom + 9)] if bottom else []
    return group(*(filled(each, kit.colour("ink"), "ink") for each in whole)) if whole else NOTHING


def _outline(settings: Settings, values: Values) -> skia.Path:
    return to_path(window_of(settings).outline(max(_step(values, "radius", 1.0), 1e-3) / _STEPS))


def _box(settings: Settings) -> Box:
    made = window_of(settings)
    side = max(made.width, made.height) / 2 if made.shape == "circle" else 0.0
    across, down = max(made.width / 2, side) + _CASE + 40, max(made.height / 2, side) + _CASE + 40
    return (-across, -down, across, down)


BARS = Widget(
    shapes=bars,
    bounds=lambda settings: (-9, -9, number(settings, "width", 1080) + 9, number(settings, "height", 1920) + 9),
    values=("top", "bottom"),
)
WINDOW = Widget(
    shapes=window,
    bounds=_box,
    outline=_outline,
    front=Widget(shapes=window_front, values=("radius", "dark")),
    values=("radius",),
)
