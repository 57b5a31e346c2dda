"""Still drawings of which some groups are moved: grass in the wind, windows of a set that a story lights."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import skia

from storyreel.assets import digest
from storyreel.puppet.carrying import carriers
from storyreel.puppet.model import IDENTITY, Matrix, Node, Rig, concat
from storyreel.puppet.svg import read_drawing
from storyreel.puppet.sways import joints, sways
from storyreel.stage.forms import parts
from storyreel.stage.geometry import Curl, union
from storyreel.stage.ink import to_matrix
from storyreel.stage.kept import Still, replaced
from storyreel.stage.parts import Part
from storyreel.stage.pictures import Picture
from storyreel.stage.posing import posed
from storyreel.stage.still import copied, drawn_by, plainest, standing
from storyreel.stage.toning import Tone
from storyreel.stage.treated import Hand

MOVES = frozenset(("rot", "dx", "dy", "sx", "sy", "skew", "bend", "show"))
"""What of a group of a drawing may be moved."""
_LEANS = (".skew", ".bend")
"""What of a drawing that is kept as images goes by whole degrees: those are few, and are come by again and again."""
_BEND_STEP = 0.5
"""Degrees to which a curl is rounded, so that a kept one is the curl itself."""


def moves(values: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """The values among a layer's that move groups of its drawing."""
    found = ((name, value) for name, value in values.items() if name.rpartition(".")[2] in MOVES and "." in name)
    return tuple(sorted(found))


@dataclass(frozen=True)
class Run:
    """Neighbouring pictures of a drawing that move together, or not at all, in order.

    Attributes:
        number: its place in the order.
        poses: the values that move it; none where it rests.
    """

    number: int
    poses: tuple[tuple[str, float], ...]
    drawn: DrawnMoved
    as_images: bool

    @property
    def known(self) -> tuple[int, *tuple[tuple[str, float], ...]]:
        """What it is known by among the runs of its drawing, as it is moved."""
        return (self.number, *self.poses)

    def draw(self, canvas: skia.Canvas, part: str = "", tone: Tone | None = None) -> None:
        """Draws it where it stands in the drawing, in the drawing's own units.

        Args:
            part: the group of the drawing that it is a run of.
            tone: what a drawing that is kept as images is seen through.
        """
        self.drawn.draw(canvas, self.number, dict(self.poses), tone if self.as_images else None, self.as_images)


def runs(
    path: Path,
    part: str,
    colours: tuple[tuple[str, str], ...],
    hand: Hand,
    moved: Sequence[tuple[str, float]],
) -> Iterator[Run]:
    """A drawing, or one group of it, of which some groups are moved: what rests apart from what doesn't.

    Args:
        path: the SVG.
        part: the group; "" is all of it.
        colours: as of a still drawing.
        hand: how a look draws it.
        moved: values that move groups, as `moves` finds them.

    Raises:
        StoryreelError: the drawing has no such group.
    """
    names = tuple(dict.fromkeys(name.rpartition(".")[0] for name, _ in moved))
    drawn = _moved(path, digest(path), part, colours, hand if hand.redraws else None, names)
    for number, movers in enumerate(drawn.movers):
        poses = tuple((name, value) for name, value in moved if name.rpartition(".")[0] in movers)
        yield Run(number, _in_degrees(poses) if hand.as_images else poses, drawn, hand.as_images)


def _in_degrees(poses: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    return tuple((name, round(value) if name.endswith(_LEANS) else value) for name, value in poses)


class DrawnMoved:
    """A group of a drawing, cut where parts of it move.

    Attributes:
        movers: of each of its runs, the groups that move it, with what carries them.
    """

    def __init__(self, still: Still, state: str, hand: Hand | None, names: tuple[str, ...]) -> None:
        self._drawing = read_drawing(still.path)
        drawing = self._drawing
        root, outer = next(standing(drawing.root, IDENTITY, still.part)) if still.part else (drawing.root, IDENTITY)
        if hand is not None:
            hand = plainest(still, state, hand)
            root = drawn_by(still, state, hand.unlit())
        self._pivots = {name: pivot for name, pivot in joints(drawing).items() if name in names}
        self._carriers = carriers(drawing.root, self._pivots)
        self._springs = {name: sway.spring for name, sway in sways(still.path).items() if name in self._pivots}
        self._smooth = hand is None or hand.smooth
        colours = replaced(still.colours)

        def colour(hexed: str, around: tuple[str, ...], role: str) -> str:
            return colours.get(hexed, hexed) if hand is None else hand.colour(hexed, role, around)

        rig = Rig("", 0, 0, (0, 0), self._pivots, springs=tuple(self._springs.values()))
        top = Node(transform=outer, children=(replace(root, shown=True),))
        self._runs: list[list[tuple[Part, Picture]]] = []
        self.movers: list[frozenset[str]] = []
        for part, picture in _in_order(
            parts(replace(drawing, root=top), rig, colour, {}, self._smooth, hand is not None)
        ):
            movers = frozenset(name for name in part.names if name in self._pivots)
            if not self.movers or self.movers[-1] != movers:
                self.movers.append(movers)
                self._runs.append([])
            self._runs[-1].append((part, picture))

    def draw(
        self, canvas: skia.Canvas, number: int, pose: Mapping[str, float], tone: Tone | None, as_images: bool
    ) -> None:
        """Draws one of its runs, in the drawing's own units."""
        known: dict[str, Matrix] = {"": IDENTITY}

        def motion(name: str) -> Matrix:
            if name not in known:
                own = posed(self._pivots[name], name, pose)
                known[name] = concat(motion(self._carriers.get(name, "")), own)
            return known[name]

        def curl(name: str) -> Curl:
            amount = round(pose.get(f"{name}.bend", 0.0) / _BEND_STEP) * _BEND_STEP
            return (amount, self._springs[name], self._pivots[name]) if amount and name in self._springs else None

        for part, picture in self._runs[number]:
            if not all(pose.get(f"{one.name}.show", float(one.node.shown)) >= 0.5 for one in (*part.around, part)):
                continue
            matrix, bent = to_matrix(motion(part.carrier)), curl(part.spring)
            if not as_images and not picture.is_seen(canvas, matrix, bent):
                continue
            depth = int(canvas.save())
            for one in part.cuts:
                self._cut(canvas, one, motion)
            if as_images and (tone is not None or picture.dear(canvas)):
                canvas.concat(matrix)
                copied(canvas, picture, tone, bent)
            else:
                picture.draw(canvas, matrix, bent)
            canvas.restoreToCount(depth)

    def _cut(self, canvas: skia.Canvas, part: Part, motion: Callable[[str], Matrix]) -> None:
        """Opens what a part is cut to and faded by."""
        shapes = [(shape, part.rest) for shape in part.node.clip_shapes]
        for area in (union(shapes) if shapes else None, self._area(part.node.clip) if part.node.clip else None):
            if area is not None:
                area.transform(to_matrix(motion(part.carrier)))
                canvas.clipPath(area, doAntiAlias=self._smooth)
        if part.node.opacity < 1:
            canvas.saveLayerAlpha(None, round(part.node.opacity * 255))

    def _area(self, name: str) -> skia.Path:
        """What a `data-clip` names, at rest."""
        return union(
            (inner.shape, matrix)
            for target, around in standing(self._drawing.root, IDENTITY, name)
            for inner, matrix in target.at_rest(around)
            if inner.shape is not None
        )


def _in_order(part: Part) -> Iterator[tuple[Part, Picture]]:
    for inner in part.content:
        if isinstance(inner, Part):
            yield from _in_order(inner)
        else:
            yield part, inner


@lru_cache(maxsize=96)
def _moved(
    path: Path, state: str, part: str, colours: tuple[tuple[str, str], ...], hand: Hand | None, names: tuple[str, ...]
) -> DrawnMoved:
    return DrawnMoved(Still(path, colours, part), state, hand, names)
