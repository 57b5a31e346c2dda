"""What one looks through that is no pane of a Duet: a hole of a shape, an edge of ink, of a phone or none."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from storyreel.puppet.model import Command, Node
from storyreel.stage.ink import to_path
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number, text
from storyreel.widgets.outlines import Outline, about, box, disc
from storyreel.widgets.pieces import NOTHING, filled, group, inked, lined, shadow
from storyreel.widgets.sending import PRESSED, send_key

if TYPE_CHECKING:
    import skia

STEPS = 120
"""In how many steps a hole opens, and what is seen through it goes dark."""
_OPEN = ("circle", "corners")
_BOWED = 4 / 3
"""How far the handles of a bent side lie out, for each unit that it is bent in its middle."""
_CASE = 26.0
"""How broad a phone's edge is."""


CORNERS = tuple(f"c{corner}{axis}" for corner in range(4) for axis in "xy")
"""The values of a window with corners: where they are, clockwise from the upper left."""
BENDS = tuple(f"bend{edge}" for edge in range(4))
"""How far its edges bend outwards: left, top, right, bottom."""


SIZES = ("width", "height")
"""The values of a window that say how large it is just now."""


class Window(NamedTuple):
    """A window as it is ordered; one with corners as these are just now, and its edges bent."""

    width: float
    height: float
    shape: str
    edge: str
    corners: tuple[float, ...] = ()
    bends: tuple[float, ...] = ()

    def outline(self, open_: float = 1.0, grow: float = 0.0) -> Outline:
        """Its outline, as far as it is open, or one that runs round it at a distance."""
        if self.corners:
            return self._cornered(grow)
        if self.shape == "circle":
            return disc(0, 0, max(self.width, self.height) / 2 * open_ + grow)
        wide, tall = self.width * open_ + 2 * grow, self.height * open_ + 2 * grow
        if self.shape == "bar" or self.edge == "none":
            return box(-wide / 2, -tall / 2, wide, tall)
        rounded = min(self.width, self.height) * (0.09 if self.edge == "phone" else 0.02)
        return about(wide, tall, max(rounded + grow, 0.0))

    def _cornered(self, grow: float) -> Outline:
        """Its four sides, slanted as they are, each bent about its middle."""
        points = [(self.corners[at], self.corners[at + 1]) for at in range(0, 8, 2)]
        x, y = (sum(values) / 4 for values in zip(*points, strict=True))
        if grow:
            points = [(px + math.copysign(grow, px - x), py + math.copysign(grow, py - y)) for px, py in points]
        commands: list[Command] = [("M", points[0])]
        for side, (here, there) in enumerate(zip(points, (*points[1:], points[0]), strict=True)):
            bent = self.bends[(side + 1) % 4] if self.bends else 0.0
            if abs(bent) < 0.05:
                commands.append(("L", there))
                continue
            dx, dy = there[0] - here[0], there[1] - here[1]
            far = max(math.hypot(dx, dy), 1e-6)
            # Clockwise, so that its outside is on the left of the way.
            out = (dy / far * bent * _BOWED, -dx / far * bent * _BOWED)
            handles = [(here[0] + dx * share + out[0], here[1] + dy * share + out[1]) for share in (1 / 3, 2 / 3)]
            commands.append(("C", (*handles[0], *handles[1], *there)))
        return (*commands, ("Z", ()))


def window_of(settings: Settings, values: Values | None = None) -> Window:
    """The window that an author ordered, as it stands just now."""
    shape, now = text(settings, "shape", "box"), values or {}
    cornered = shape == "corners" and CORNERS[0] in now
    return Window(
        now.get("width") or number(settings, "width", 410),
        now.get("height") or number(settings, "height", 700),
        shape,
        text(settings, "edge", "ink"),
        tuple(round(now.get(name, 0.0), 1) for name in CORNERS) if cornered else (),
        tuple(round(now.get(name, 0.0), 1) for name in BENDS) if cornered else (),
    )


def _step(values: Values, name: str, otherwise: float) -> int:
    return round(min(1.0, max(0.0, values.get(name, otherwise))) * STEPS)


@lru_cache(maxsize=64)
def _behind(made: Window, step: int, kit: Kit) -> Node:
    """What a window throws on what it hangs before, and its case."""
    open_ = step / STEPS
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
    open_, parts = step / STEPS, []
    if dark:
        parts.append(group(filled(made.outline(open_), kit.colour("ink"), "ink"), opacity=dark / STEPS))
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
    return _behind(window_of(settings, values), step, kit) if step else NOTHING


def window_front(settings: Settings, values: Values, kit: Kit) -> Node:
    """What lies over it."""
    step, made = _step(values, "radius", 1.0), window_of(settings, values)
    if not step:
        return NOTHING
    front = _before(made, step, _step(values, "dark", 0.0), kit)
    key = send_key(settings, values, made.width, made.height, kit)
    return front if key is NOTHING else group(key, front)


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
    return to_path(window_of(settings, values).outline(max(_step(values, "radius", 1.0), 1e-3) / STEPS))


def _box(settings: Settings) -> Box:
    made = window_of(settings, {side: number(settings, f"most_{side}", 0.0) for side in SIZES})
    side = max(made.width, made.height) / (2 if made.shape == "circle" else 1) if made.shape in _OPEN else 0.0
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
    front=Widget(shapes=window_front, values=("radius", "dark", PRESSED, *SIZES, *CORNERS, *BENDS)),
    values=("radius", *SIZES, *CORNERS, *BENDS),
)
