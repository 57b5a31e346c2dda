"""The pieces that neutral widgets are put together from: cards, marks, pictures of people, rows of type."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from storyreel.puppet.model import Matrix, Node, Shape, Stroke
from storyreel.stage.ink import to_path
from storyreel.stage.lettering import outline
from storyreel.stage.outline import to_commands, without
from storyreel.text.shape import ShapedLine, shape
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import luma, mixed
from storyreel.widgets.copyfit import Copy, faces, fitted
from storyreel.widgets.outlines import Outline, about, disc, heart, placing, polygon, shifted

_PALE, _DASH = 0.86, 52.0
NOTHING = Node()
"""What a widget is of which nothing is there."""


def letters_on(hexed: str, kit: Kit) -> str:
    """The colour of letters on another: the look's ink or its paper, whichever stands out more."""
    return max((kit.colour("ink"), kit.colour("paper")), key=lambda one: abs(luma(one) - luma(hexed)))


def pale(hexed: str, kit: Kit) -> str:
    """A colour with as much of the look's paper in it as words need that stand on it.

    What is neither pale nor ink may be drawn as hatching or dots, which no letter can be read on.
    """
    paper = kit.colour("paper")
    shares = (mixed(hexed, paper, step / 10) for step in range(3, 10))
    return next((one for one in shares if luma(one) > _PALE), paper)


def group(*children: Node, id: str = "", transform: Matrix | None = None, opacity: float = 1.0) -> Node:
    """Nodes as one."""
    return Node(id=id, transform=transform, opacity=opacity, children=children)


def grown(node: Node, amount: float, kit: Kit, turn: float = 0.0, x: float = 0.0, y: float = 0.0) -> Node:
    """A widget that has come by so much (it may overshoot), out of (x, y); a turn unwinds on the way."""
    if amount <= 0.01:
        return NOTHING
    if amount == 1:
        return node
    lean = 0.0 if kit.crisp else turn * (1 - amount)
    a, b, c, d, e, f = placing(x, y, amount, lean)
    return group(node, transform=(a, b, c, d, e - a * x - c * y, f - b * x - d * y))


def filled(path: Outline, colour: str, role: str = "fill", opacity: float = 1.0) -> Node:
    """A flat area."""
    return Node(shape=Shape(path, fill=colour, fill_opacity=opacity, role=role))


def pen(colour: str, width: float) -> Stroke:
    """A round pen."""
    return Stroke(colour, width, "round", "round")


def lined(path: Outline, colour: str, width: float, opacity: float = 1.0) -> Node:
    """A line."""
    stroke = Stroke(colour, width, "round", "round", opacity=opacity)
    return Node(shape=Shape(path, fill=None, stroke=stroke, role="line"))


def inked(path: Outline, colour: str, kit: Kit, width: float = 1.0, role: str = "fill") -> Node:
    """An area with its outline, `width` times as wide as the look's."""
    return Node(shape=Shape(path, fill=colour, stroke=pen(kit.colour("ink"), kit.line * width), role=role))


def shadow(path: Outline, kit: Kit, distance: float = 11.0) -> Node:
    """What of a thing's shadow shows beside it: away from the light. Nothing is hatched that is hidden."""
    angle = math.radians(kit.light)
    away = to_path(shifted(path, -math.cos(angle) * distance, -math.sin(angle) * distance))
    return filled(tuple(to_commands(without(away, to_path(path)))), kit.colour("ink"), "shade", 0.2)


def plate(path: Outline, colour: str, kit: Kit, width: float = 1.0) -> tuple[Node, ...]:
    """A flat thing that lies a little above the picture."""
    return shadow(path, kit), inked(path, colour, kit, width)


@lru_cache(maxsize=512)
def _letters(line: ShapedLine, colour: str) -> Node:
    """A line of type: its outlines as one shape, its emoji on top."""
    path = tuple(to_commands(outline(line)))
    shape = Shape(path, fill=colour, role="letter") if path else None
    signs = line if any(run.face.coloured for run in line.runs) else None
    return Node(shape=shape, signs=signs)


def word(line: ShapedLine, x: float, y: float, colour: str, align: float = 0.0) -> Node:
    """A line of type, its baseline at y; `align` says what of it stands at x: 0 its left end, .5 its middle."""
    return group(_letters(line, colour), transform=placing(x - line.width * align, y))


@lru_cache(maxsize=256)
def haloed(words: str, role: str, size: float, kit: Kit, width: float) -> Node:
    """Words about the middle of their baseline that have to be read on any picture: paper lies round their letters."""
    line = shape(words, faces(kit, role), size)
    letters = _letters(line, kit.colour("ink"))
    back = () if letters.shape is None else (lined(letters.shape.path, kit.colour("paper"), width),)
    return group(*back, letters, transform=placing(-line.width / 2, 0))


def rows(copy: Copy, x: float, first: float, lead: float, colour: str, align: float = 0.0) -> tuple[Node, ...]:
    """Rows of type, the first one's baseline at `first`."""
    return tuple(word(line, x, first + lead * index, colour, align) for index, line in enumerate(copy.lines))


@lru_cache(maxsize=128)
def label(
    words: str, role: str, size: float, colour: str, kit: Kit, width: float, most: int
) -> tuple[Node, float, float]:
    """A pill with words about its middle, and how wide and tall it is: a card with rows where they are many."""
    pad = size * 0.72
    copy = fitted(words, role, kit, size, width - 2 * pad, most)
    across = max(copy.width + 2 * pad, copy.size * 1.9)
    lead = copy.size * 1.2
    tall = lead * len(copy.lines) + copy.size * 0.5
    path = about(across, tall, tall / 2 if len(copy.lines) == 1 else copy.size * 0.7)
    first = -lead * (len(copy.lines) - 1) / 2 + copy.size * 0.35
    ink = letters_on(colour, kit)
    role = "ink" if colour == kit.colour("ink") else "fill"
    back = (shadow(path, kit, size * 0.26), inked(path, colour, kit, 0.8, role))
    return group(*back, *rows(copy, 0, first, lead, ink, 0.5)), across, tall


def portrait(handle: str, radius: float, kit: Kit, mean: bool = False) -> Node:
    """A round picture of whoever has no other: the first letter of the handle; of somebody mean, on ink."""
    uses = ("kind", "cool", "warm", "accent")
    name = handle.lstrip("@").strip() or "?"
    colour = kit.colour("ink") if mean else pale(kit.colour(uses[sum(map(ord, name)) % 4]), kit)
    copy = fitted(name[0].upper(), "title", kit, radius * 1.15, radius * 1.5, 1)
    letter = rows(copy, 0, copy.size * 0.35, 0.0, letters_on(colour, kit), 0.5)
    return group(inked(disc(0, 0, radius), colour, kit, 0.85, "ink" if mean else "fill"), *letter)


def seal(kit: Kit, mean: bool) -> Node:
    """The mark on a card's corner that says how it is meant: a heart, or a bolt."""
    if mean:
        bolt = polygon(((6, -38), (-26, 8), (-5, 8), (-14, 40), (26, -10), (4, -10), (16, -38)))
        return group(*plate(bolt, kit.colour("accent"), kit, 0.9))
    return group(*plate(heart(0, 0, 64), kit.colour("warm"), kit, 0.9))


class Dash(NamedTuple):
    """A dash that flies off: as it is at first, and where it starts."""

    node: Node
    x: float
    y: float


@lru_cache(maxsize=32)
def spray(count: int, first: float, across: float, down: float, uses: tuple[str, ...], kit: Kit) -> tuple[Dash, ...]:
    """Dashes round an oval, from an angle in degrees on, in colours by turns."""
    dashes = []
    for index in range(count):
        angle = math.radians(first + index * 360 / count)
        x, y = math.cos(angle) * across, math.sin(angle) * down
        path = polygon(((0, 0), (math.cos(angle) * _DASH, math.sin(angle) * _DASH)), closed=False)
        dashes.append(Dash(lined(path, kit.colour(uses[index % len(uses)]), 11), x, y))
    return tuple(dashes)


def flown(dashes: tuple[Dash, ...], age: float) -> Node:
    """Dashes at an age from 0 to 1: they fly out, and are used up."""
    if not 0 < age < 1:
        return NOTHING
    out = 1 - (1 - age) ** 3
    reach, size = 0.98 + 0.34 * out, 1 - 0.85 * out
    return group(*(group(dash.node, transform=placing(dash.x * reach, dash.y * reach, size)) for dash in dashes))
