"""Solid things with a side that light doesn't reach, and where they stand."""

from __future__ import annotations

import math
from collections.abc import Iterable

import skia

from storyreel.puppet.model import Node
from storyreel.stage.ink import to_path
from storyreel.stage.outline import to_commands
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.widgets.outlines import Outline, placing, shifted
from storyreel.widgets.pieces import filled, lined


def toys(kit: Kit) -> tuple[str, ...]:
    """Six colours that differ, by the number that an author gives."""
    paper, accent = kit.colour("paper"), kit.colour("accent")
    grey = mixed(kit.colour("mean"), paper, 0.45)
    return accent, kit.colour("cool"), kit.colour("kind"), kit.colour("warm"), grey, mixed(accent, paper, 0.55)


def solid(path: Outline, colour: str, kit: Kit, width: float, depth: float = 0.0) -> tuple[Node, ...]:
    """A thing: its colour, a shade of so many units along the edge that light doesn't reach, its outline."""
    shade = shaded(path, mixed(colour, kit.colour("ink"), 0.24), kit, depth) if depth else ()
    return (filled(path, colour), *shade, lined(path, kit.colour("ink"), width))


def shaded(path: Outline, colour: str, kit: Kit, depth: float) -> tuple[Node, ...]:
    """What of an area its own copy leaves bare that is moved towards the light; nothing where that is nothing.

    A `depth` below 0 is the edge on which the light falls.
    """
    angle = math.radians(kit.light)
    moved = shifted(path, math.cos(angle) * depth, math.sin(angle) * depth)
    left = skia.Op(to_path(path), to_path(moved), skia.kDifference_PathOp)
    return () if left.isEmpty() else (filled(tuple(to_commands(left)), colour, "shade"),)


def within(path: Outline, area: Outline) -> Outline:
    """What of a path's area lies in another."""
    return tuple(to_commands(skia.Op(to_path(path), to_path(area), skia.kIntersect_PathOp)))


def placed(
    children: Node | Iterable[Node],
    x: float = 0.0,
    y: float = 0.0,
    turn: float = 0.0,
    wide: float = 1.0,
    tall: float | None = None,
    opacity: float = 1.0,
    crisp: bool = False,
) -> Node:
    """Nodes scaled, turned clockwise and moved; where all is crisp, they are not turned, and stand on whole units.

    What isn't to be seen keeps its place, so that all shapes after it keep their numbers.
    """
    if crisp:
        x, y, turn = round(x), round(y), 0.0
    inside = (children,) if isinstance(children, Node) else tuple(children)
    if wide == 0 or tall == 0 or opacity <= 0:
        return Node(children=inside, shown=False)
    return Node(transform=placing(x, y, wide, turn, tall), opacity=min(opacity, 1.0), children=inside)
