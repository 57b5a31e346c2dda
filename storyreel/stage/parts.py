"""The groups of a puppet that move or change by themselves, and the pictures that they hold."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from storyreel.puppet.model import IDENTITY, Drawing, Matrix, Node, Rig, concat
from storyreel.stage.geometry import Geometry, union
from storyreel.stage.pictures import Colouring, Picture

if TYPE_CHECKING:
    import skia


class Switches(NamedTuple):
    """The channels of a pose that show parts and put parts in front, each with the part's name."""

    shows: tuple[tuple[str, str], ...]
    fronts: tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def switches(channels: tuple[str, ...]) -> Switches:
    """Those among a pose's channels."""
    return Switches(
        *(
            tuple((name.removesuffix(ending), name) for name in channels if name.endswith(ending))
            for ending in (".show", ".front")
        )
    )


class Part:
    """A group that moves or changes by itself: its pictures and its parts, in the order of drawing.

    `names` are the named groups around it and its own name, outermost first; `rest` is the matrix from its own units
    to the drawing's; `carrier` is the nearest part by name that it moves with, `holder` the nearest named group around
    it, `spring` the nearest one that bends; `viseme` is the mouth that shows it.
    """

    def __init__(self, node: Node, outer: Matrix, carrier: str, around: tuple[Part, ...], make: Maker) -> None:
        self.node, self.name, self.around = node, node.id, around
        self.carrier = node.id if node.id in make.posable else carrier
        self.names: tuple[str, ...] = (*(around[-1].names if around else ()), *([node.id] if node.id else []))
        self.rest = concat(outer, node.transform) if node.transform else outer
        self.holder = next((outer.name for outer in reversed(around) if outer.name), "")
        self.is_lid = self.name.split()[-1:] in (["Blink"], ["Laugh"])
        self.viseme = make.mouths.get(self.name) if "Mouth" in self.names[:-1] else None
        self.spring = next((name for name in reversed(self.names) if name in make.springs), "")
        self.cut = bool(node.clip) or bool(node.clip_shapes) or node.opacity < 1
        self.cuts = tuple(part for part in (*around, self) if part.cut)
        self.clipped = any(part.node.clip or part.node.clip_shapes for part in self.cuts)
        self.content: list[Picture | Part] = []
        run: list[Node] = []
        if node.shape is not None:
            run.append(Node(shape=node.shape))
        for child in node.children:
            if any(inner.id in make.posable or inner.clip for inner in child.walk()):
                self._close(run, make)
                self.content.append(Part(child, self.rest, self.carrier, (*around, self), make))
            else:
                run.append(child)
        self._close(run, make)

    def _close(self, run: list[Node], make: Maker) -> None:
        if run:
            nodes = tuple(run)
            number = next(make.numbers)
            geometry = make.geometries.setdefault(number, Geometry(nodes, self.rest))
            self.content.append(
                Picture(geometry, make.colour, self.names, number=number, smooth=make.smooth, quick=make.quick)
            )
            run.clear()

    @property
    def pictures(self) -> Iterator[Picture]:
        """Its own."""
        return (inner for inner in self.content if isinstance(inner, Picture))

    def walk(self) -> Iterator[Part]:
        """The part and all that it holds, in the order of drawing."""
        yield self
        for inner in self.content:
            if isinstance(inner, Part):
                yield from inner.walk()


@dataclass(frozen=True)
class Maker:
    """What all parts of one puppet are made with."""

    posable: frozenset[str]
    colour: Colouring
    mouths: Mapping[str, int]
    springs: frozenset[str]
    geometries: dict[int, Geometry]
    """Those of the drawing, whatever its colours, by the order in which parts ask for them."""
    numbers: Iterator[int] = field(default_factory=itertools.count)
    smooth: bool = True
    quick: bool = False


def clip_areas(drawing: Drawing, rig: Rig) -> Mapping[str, tuple[skia.Path, str]]:
    """The area of everything that a `data-clip` names, at rest, and the part that it moves with."""
    wanted = {node.clip for node in drawing.root.walk() if node.clip}
    found: dict[str, tuple[skia.Path, str]] = {}

    def visit(node: Node, outer: Matrix, carrier: str) -> None:
        carrier = node.id if node.id in rig.pivots else carrier
        if node.id in wanted:
            shapes = ((inner.shape, matrix) for inner, matrix in node.at_rest(outer) if inner.shape is not None)
            found[node.id] = (union(shapes), carrier)
        rest = concat(outer, node.transform) if node.transform else outer
        for child in node.children:
            visit(child, rest, carrier)

    visit(drawing.root, IDENTITY, "")
    return found
