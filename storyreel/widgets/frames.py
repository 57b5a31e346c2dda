"""Frames that hold a little stage of their own: a pane, a phone, and the opening that the reveal is seen through."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from storyreel.puppet.model import Node, Shape
from storyreel.puppet.outline import transformed
from storyreel.stage.ink import to_path
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number, text
from storyreel.widgets.outlines import Outline, about, box, disc, placing, polygon
from storyreel.widgets.pieces import NOTHING, filled, group, inked, label, lined, pale, pen, shadow
from storyreel.widgets.sending import PRESSED, send_key

if TYPE_CHECKING:
    import skia

_STEPS = 48
"""In how many steps a crack runs, and a glow comes."""


class Pane(NamedTuple):
    """A pane as it is ordered."""

    width: float
    height: float
    label: str
    mood: str
    tint: str

    @property
    def radius(self) -> float:
        """Of its corners."""
        return min(54.0, min(self.width, self.height) * 0.13)

    @property
    def unit(self) -> float:
        """Lines of a small pane are thinner."""
        return min(1.0, 0.55 + min(self.width, self.height) / 900)

    def shape(self, grow: float = 0.0) -> Outline:
        """Its outline, or one that runs round it at a distance."""
        return about(self.width + 2 * grow, self.height + 2 * grow, max(self.radius + grow, 0.0))


def pane_of(settings: Settings) -> Pane:
    """The pane that an author ordered."""
    return Pane(
        number(settings, "width", 410),
        number(settings, "height", 700),
        text(settings, "label"),
        text(settings, "mood", "sweet"),
        text(settings, "tint"),
    )


def _pane_box(settings: Settings) -> Box:
    pane = pane_of(settings)
    return (-pane.width / 2 - 80, -pane.height / 2 - 90, pane.width / 2 + 80, pane.height / 2 + 100)


_GROUNDS = {"sweet": ("warm", 0.62), "friend": ("kind", 0.62), "grey": ("mean", 0.35)}
"""What a pane stands on by its mood: a use, and how much paper is in it."""


@lru_cache(maxsize=32)
def _backing(pane: Pane, kit: Kit) -> Node:
    use, share = _GROUNDS.get(pane.mood, _GROUNDS["sweet"])
    ground = mixed(pane.tint or kit.colour(use), kit.colour("paper"), share)
    edge = Shape(pane.shape(5 * pane.unit), kit.colour("paper"), stroke=pen(kit.colour("ink"), 12 * pane.unit))
    cast = shadow(pane.shape(12 * pane.unit), kit, 16 * pane.unit)
    return group(cast, Node(shape=edge), filled(pane.shape(), ground))


@lru_cache(maxsize=32)
def _halo(pane: Pane, kit: Kit) -> tuple[Node, ...]:
    glow = mixed(kit.colour("accent"), kit.colour("paper"), 0.4)
    return tuple(
        filled(pane.shape(grow * pane.unit), glow, "light", share) for grow, share in ((52, 0.3), (38, 0.4), (24, 0.6))
    )


@lru_cache(maxsize=32)
def _glass(pane: Pane, kit: Kit) -> Node:
    """What lies over whom the pane shows: its inner border, and its label."""
    unit = pane.unit
    parts = [
        Node(
            shape=Shape(
                pane.shape(-6 * unit),
                fill=None,
                stroke=pen(kit.colour("paper"), 13 * unit),
                role="rim",
            )
        ),
        lined(pane.shape(1.5 * unit), kit.colour("ink"), kit.line * 0.75 * unit),
    ]
    if pane.label:
        use = _GROUNDS.get(pane.mood, _GROUNDS["sweet"])[0]
        colour = kit.colour("ink") if pane.mood == "grey" else pale(kit.colour(use), kit)
        mark, width, height = label(pane.label, "label", 31 * (0.75 + 0.25 * unit), colour, kit, pane.width - 40, 2)
        x, y = -pane.width / 2 + 24 * unit + width / 2, pane.height / 2 + 20 * unit - height / 2
        parts.append(group(mark, id="label", transform=placing(x, y)))
    return group(*parts)


_CRACKS = (
    (0.0, ((0, 0), (40, -62), (32, -124), (66, -178), (58, -240))),
    (0.0, ((0, 0), (74, 12), (112, 50), (182, 44), (236, 78))),
    (0.2, ((40, -62), (92, -90), (128, -84))),
    (0.2, ((74, 12), (112, -20), (166, -28), (204, -66))),
    (0.4, ((32, -124), (-6, -166))),
    (0.4, ((112, 50), (120, 96))),
)
"""Where the glass breaks, from the place of the blow; a branch starts when its stem has come so far."""


@lru_cache(maxsize=64)
def _crack(pane: Pane, step: int, kit: Kit) -> Node:
    """Lines that run up from the lower edge as the glass breaks."""
    amount, lines = step / _STEPS, []
    for late, points in _CRACKS:
        run = min(1.0, max(0.0, (amount - late) / (0.8 - late / 2))) * (len(points) - 1)
        if run <= 0:
            continue
        whole = min(int(run), len(points) - 2)
        (x, y), (u, v) = points[whole], points[whole + 1]
        tip = (x + (u - x) * (run - whole), y + (v - y) * (run - whole))
        path = polygon((*points[: whole + 1], tip), closed=False)
        lines += [
            lined(transformed(path, placing(3, 4)), kit.colour("ink"), 6, 0.5),
            lined(path, kit.colour("paper"), 5.5 if late else 7.5),
        ]
    scale = min(pane.width / 420, pane.height / 500) * 1.05
    whence = placing(-pane.width * 0.3, pane.height * 0.45, scale, -48)
    broken = group(*lines, id="crack", transform=whence)
    return Node(clip_shapes=(Shape(pane.shape(-10 * pane.unit)),), children=(broken,))


def _step(values: Values, name: str) -> int:
    return round(min(1.0, max(0.0, values.get(name, 0.0))) * _STEPS)


def pane(settings: Settings, values: Values, kit: Kit) -> Node:
    """A pane's shadow, rim and ground, about its middle; it shines by `glow`."""
    made, glow = pane_of(settings), _step(values, "glow")
    backing = _backing(made, kit)
    return group(group(*_halo(made, kit), opacity=glow / _STEPS), backing) if glow else backing


def pane_front(settings: Settings, values: Values, kit: Kit) -> Node:
    """The pane's glass, which breaks by `crack`."""
    made, crack = pane_of(settings), _step(values, "crack")
    glass = _glass(made, kit)
    return group(_crack(made, crack, kit), glass) if crack else glass


def _pane_outline(settings: Settings, values: Values) -> skia.Path:
    return to_path(pane_of(settings).shape())


class Phone(NamedTuple):
    """A phone as it is ordered."""

    width: float

    @property
    def height(self) -> float:
        """From its head to its foot."""
        return self.width * 2.05

    @property
    def unit(self) -> float:
        """How much larger it is than usual."""
        return self.width / 620

    def body(self, grow: float = 0.0) -> Outline:
        """The outline of its case."""
        return about(self.width + 2 * grow, self.height + 2 * grow, 92 * self.unit + grow)

    def screen(self, grow: float = 0.0) -> Outline:
        """The outline of what it shows."""
        side, end = 36 * self.unit - grow, 58 * self.unit - grow
        return about(self.width - 2 * side, self.height - 2 * end, 58 * self.unit + grow)


def phone_of(settings: Settings) -> Phone:
    """The phone that an author ordered."""
    return Phone(number(settings, "width", 620))


def _phone_box(settings: Settings) -> Box:
    phone = phone_of(settings)
    across, down = phone.width / 2 + 60 * phone.unit + 20, phone.height / 2 + 50 * phone.unit + 20
    return (-across, -down, across, down)


@lru_cache(maxsize=8)
def _case(phone: Phone, kit: Kit) -> Node:
    unit = phone.unit
    width = 1.4 * unit
    body = mixed(kit.colour("ink"), kit.colour("soft"), 0.1)
    keys = [
        inked(box(phone.width / 2 - 8 * unit, y * phone.height, 22 * unit, tall * unit, 9 * unit), body, kit, width)
        for y, tall in ((-0.2, 120), (-0.05, 86))
    ]
    return group(
        shadow(phone.body(6 * unit), kit, 24 * unit),
        *keys,
        inked(phone.body(), body, kit, width),
        lined(phone.body(-13 * unit), mixed(body, kit.colour("paper"), 0.3), 4 * unit),
        filled(phone.screen(), kit.colour("paper")),
    )


def _phone_front(settings: Settings, values: Values, kit: Kit) -> Node:
    phone = phone_of(settings)
    lit = _lit(phone, round(min(1.0, max(0.0, values.get("dark", 0.0))) * _STEPS), kit)
    key = send_key(settings, values, phone.width, phone.height, kit)
    return lit if key is NOTHING else group(key, lit)


@lru_cache(maxsize=64)
def _lit(phone: Phone, dark: int, kit: Kit) -> Node:
    """What lies over a phone's screen, which is so many steps dark."""
    glass = _phone_glass(phone, kit)
    if not dark:
        return glass
    return group(group(filled(phone.screen(), kit.colour("ink"), "ink"), opacity=dark / _STEPS), glass)


@lru_cache(maxsize=8)
def _phone_glass(phone: Phone, kit: Kit) -> Node:
    unit, foot = phone.unit, phone.height / 2
    ink, paper = kit.colour("ink"), kit.colour("paper")
    right, top = phone.width / 2 - 36 * unit, -foot
    sheen = polygon(
        (
            (right - 190 * unit, top),
            (right - 90 * unit, top),
            (right, top + 250 * unit),
            (right, top + 470 * unit),
        )
    )
    return group(
        Node(clip_shapes=(Shape(phone.screen()),), children=(filled(sheen, paper, "shine", 0.16),)),
        lined(phone.screen(2 * unit), ink, kit.line * 1.2 * unit),
        filled(box(-62 * unit, top + 74 * unit, 124 * unit, 34 * unit, 17 * unit), ink, "ink"),
        filled(disc(38 * unit, top + 91 * unit, 7 * unit), kit.colour("cool"), "glint"),
        filled(box(-90 * unit, foot - 84 * unit, 180 * unit, 11 * unit, 5 * unit), paper, "light", 0.85),
    )


_SIDE, _PRINT, _FOOT = 0.79, 46.0, 46.0
"""Half a side of the opening as a share of its radius; the paper round it and below, at a radius of 560."""


def _radius(settings: Settings) -> float:
    return number(settings, "radius", 560.0)


def _unit(radius: float) -> float:
    """Borders of a small opening are thinner, though not by as much as it is smaller."""
    return 0.3 + 0.7 * radius / 560


def _mouth(radius: float, grow: float = 0.0, foot: float = 0.0) -> Outline:
    side = radius * _SIDE + grow
    return box(-side, -side, 2 * side, 2 * side + foot, 26 * _unit(radius))


@lru_cache(maxsize=8)
def _print(radius: float, kit: Kit) -> tuple[Node, Node]:
    """A photograph's paper behind whoever is on it, and its border before them."""
    unit = _unit(radius)
    sheet = _mouth(radius, _PRINT * unit, _FOOT * unit)
    back = group(shadow(sheet, kit, 22 * unit), filled(sheet, kit.colour("paper")))
    ring = (*sheet, *_mouth(radius))
    border = Shape(ring, kit.colour("paper"), even_odd=True, stroke=pen(kit.colour("ink"), kit.line * 1.2 * unit))
    top = -radius * _SIDE - _PRINT * unit
    tape = polygon(((-96, -26), (94, -30), (98, 24), (-92, 28)))
    strip = inked(transformed(tape, placing(0, top, unit, 3)), kit.colour("accent"), kit, 0.7 * unit)
    return back, group(Node(shape=border), group(strip, id="tape"))


def _turned(settings: Settings, values: Values, kit: Kit | None = None) -> tuple[float, float]:
    """How far it is open, and how it is turned."""
    turn = 0.0 if kit is not None and kit.crisp else values.get("turn", -7.0)
    return max(0.0, values.get("open", 1.0)), turn


def opening(settings: Settings, values: Values, kit: Kit) -> Node:
    """What lies behind the portrait: a photograph's paper, and what it throws on the wall."""
    opened, turn = _turned(settings, values, kit)
    if opened <= 0.004:
        return NOTHING
    return group(_print(_radius(settings), kit)[0], transform=placing(0, 0, opened, turn))


def opening_front(settings: Settings, values: Values, kit: Kit) -> Node:
    """What lies over the portrait: the photograph's border, and the label that names a stand-in."""
    opened, turn = _turned(settings, values, kit)
    if opened <= 0.004:
        return NOTHING
    radius, words = _radius(settings), text(settings, "label")
    front = group(_print(radius, kit)[1], transform=placing(0, 0, opened, turn))
    if not words:
        return front
    mark, _, height = label(words, "label", 27.0, kit.colour("ink"), kit, radius * 0.94, 2)
    lift = radius * _SIDE - height
    return group(front, group(mark, id="label", transform=placing(0, lift * opened, opened)))


def _opening_outline(settings: Settings, values: Values) -> skia.Path:
    opened, turn = _turned(settings, values)
    return to_path(transformed(_mouth(_radius(settings)), placing(0, 0, max(opened, 1e-4), turn)))


def _opening_box(settings: Settings) -> Box:
    radius = _radius(settings)
    reach = (radius * _SIDE + (_PRINT + _FOOT) * _unit(radius)) * max(number(settings, "widest", 1.0), 1.8)
    return (-reach, -reach, reach, reach)


PANE = Widget(
    shapes=pane,
    bounds=_pane_box,
    outline=_pane_outline,
    front=Widget(shapes=pane_front, values=("crack", "glow")),
    values=("crack", "glow"),
)
PHONE = Widget(
    shapes=lambda settings, values, kit: _case(phone_of(settings), kit),
    bounds=_phone_box,
    outline=lambda settings, values: to_path(phone_of(settings).screen()),
    front=Widget(shapes=_phone_front, values=("dark", PRESSED)),
)
OPENING = Widget(
    shapes=opening,
    bounds=_opening_box,
    outline=_opening_outline,
    front=Widget(shapes=opening_front, values=("open", "turn")),
    values=("open", "turn"),
)
