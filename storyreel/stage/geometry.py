"""The shapes of one part of a drawing, whatever their colours: as they are bent, their silhouette, its border."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Generic, TypeVar

import skia

from storyreel.puppet.bounds import Box, ink
from storyreel.puppet.model import Command, Matrix, Node, Point, Shape, Spring, Stroke, concat
from storyreel.puppet.outline import reach
from storyreel.stage.bend import Supple
from storyreel.stage.covering import Outline
from storyreel.stage.ink import argb, pen, to_matrix, to_path
from storyreel.stage.outline import grown, joined, plain, to_commands
from storyreel.stage.posing import local_axis
from storyreel.stage.tangle import tangled, traced
from storyreel.treatment.roles import INSIDE, role_of

Curl = tuple[float, Spring, Point] | None
"""Degrees, the spring along which a part bends, and its pivot in the drawing's units; None for a straight part."""

_FAR = skia.Rect.MakeLTRB(-16000, -16000, 16000, 16000)
_KEPT = 32
"""Bent versions kept of one group of shapes."""
_MANY = 64
"""From so many on, shapes are not joined one by one, nor dashes."""
_AGAIN = 20_000
"""Verbs of a whole that are gone through again, shape by shape, while it grows."""
_MATRICES = 4
"""Sets of bent paths kept: they are asked for one after another, for one bend."""
_Value = TypeVar("_Value")


class Recent(Generic[_Value]):
    """The values last asked for, by key; the one that was not asked for longest goes first."""

    def __init__(self, most: int = _KEPT) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, _Value] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """The value of a key, made if it isn't there."""
        if key in self._values:
            self._values.move_to_end(key)
        else:
            self._values[key] = make()
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return self._values[key]


def union(shapes: Iterable[tuple[Shape, Matrix]]) -> skia.Path:
    """The area that shapes cover together, by their fills alone."""
    paths = []
    for shape, matrix in shapes:
        path = to_path(shape.path, shape.even_odd)
        path.transform(to_matrix(matrix))
        paths.append(path)
    if len(paths) > _MANY:
        return traced(*paths)
    whole, gone = skia.Path(), 0
    for path in paths:
        gone += whole.countVerbs()
        if gone > _AGAIN:
            return traced(*paths)
        whole = path if whole.isEmpty() else joined(whole, path)
    return whole


class Geometry:
    """Neighbouring nodes of one part without their colours, so that every colouring of a drawing can share it.

    Args:
        nodes: the nodes, in order.
        rest: the matrix from the units around the nodes to the drawing's.
    """

    def __init__(self, nodes: tuple[Node, ...], rest: Matrix) -> None:
        self.nodes, self.rest = nodes, rest
        self._covered: Recent[skia.Path] = Recent()
        self._grown: Recent[skia.Path] = Recent()
        self._bands: Recent[skia.Picture] = Recent()
        # What bends together, and how many contours of it are each shape's, by its identity: shapes live as long.
        self._supple: dict[Matrix, tuple[Supple, dict[int, tuple[int, bool]]]] = {}
        self._bends: Recent[dict[int, skia.Path]] = Recent(_MATRICES)
        self._supple_borders: dict[float, Supple] = {}
        self._border_outlines: dict[float, Outline] = {}

    @cached_property
    def box(self) -> Box | None:
        """Bounds of the control points of all that is shown, in the drawing's units; None where that is nothing."""
        boxes = [box for node in self.nodes if (box := ink(node, self.rest, hidden=False)) is not None]
        if not boxes:
            return None
        left, top, right, bottom = zip(*boxes, strict=True)
        return min(left), min(top), max(right), max(bottom)

    def border_outline(self, width: float) -> Outline:
        """The edges of the straight silhouette grown by a width."""
        if width not in self._border_outlines:
            self._border_outlines[width] = Outline(self.border(width))
        return self._border_outlines[width]

    @cached_property
    def reach(self) -> float:
        """How far lines reach out beyond its box at the most, in the drawing's units."""
        return max((_half(shape, rest) for shape, rest in self._outer_shapes()), default=0.0)

    def filled(self) -> list[skia.Path]:
        """The outlines of all that is filled and straight, in the drawing's units."""
        found = []
        for shape, rest in self._outer_shapes():
            if shape.fill is not None:
                found.append(to_path(shape.path, shape.even_odd))
                found[-1].transform(to_matrix(rest))
        return found

    def band(self, width: float, colour: str, curl: Curl = None) -> skia.Picture:
        """All of it grown by `width` in one colour, shape over shape, recorded in the drawing's units."""
        return self._bands.get((width, colour, curl[0] if curl else 0.0), lambda: self._band(width, colour, curl))

    def _band(self, width: float, colour: str, curl: Curl) -> skia.Picture:
        recorder = skia.PictureRecorder()
        canvas = recorder.beginRecording(_FAR, skia.RTreeFactory()())
        for shape, rest in self._outer_shapes():
            path = skia.Path(self.bent(shape, rest, curl))
            path.transform(to_matrix(rest))
            style = skia.Paint.kStrokeAndFill_Style if shape.fill is not None else skia.Paint.kStroke_Style
            paint = skia.Paint(
                AntiAlias=True,
                Style=style,
                StrokeWidth=2 * (width + _half(shape, rest)),
                StrokeJoin=skia.Paint.kRound_Join,
                StrokeCap=skia.Paint.kRound_Cap,
                Color=argb(colour),
            )
            canvas.drawPath(path, paint)
        return recorder.finishRecordingAsPicture()

    def silhouette(self, curl: Curl = None) -> skia.Path:
        """The outline of all that fills and lines cover, as one skia.Path."""
        return self._covered.get(curl[0] if curl else 0.0, lambda: self._cover(curl))

    def border(self, width: float, curl: Curl = None) -> skia.Path:
        """The silhouette grown by `width`, as one skia.Path without overlaps, its outer contours all one way round.

        Growing shapes one by one and laying them together is the same as growing them together. That of a bent part is
        the straight one's, bent: along the axis it keeps its width.
        """
        return self._grown.get((width, curl[0] if curl else 0.0), lambda: self._border(width, curl))

    def _border(self, width: float, curl: Curl) -> skia.Path:
        if curl is None:
            return grown(self.silhouette(), width)
        degrees, spring, pivot = curl
        if width not in self._supple_borders:
            straight = to_commands(self.border(width))
            self._supple_borders[width] = Supple(straight, pivot, spring.axis, spring.length)
        return to_path(self._supple_borders[width].bent(degrees))

    def bent(self, shape: Shape, rest: Matrix, curl: Curl) -> skia.Path:
        """A shape's path in its own units, bent by a spring of the drawing's units."""
        if curl is None or not shape.path or rest[0] * rest[3] == rest[1] * rest[2]:
            return to_path(shape.path, shape.even_odd)
        return self._bends.get((rest, curl[0]), lambda: self._bend(rest, curl))[id(shape)]

    def _bend(self, rest: Matrix, curl: tuple[float, Spring, Point]) -> dict[int, skia.Path]:
        """All shapes of a matrix, by their identity, bent in one go."""
        degrees, spring, pivot = curl
        if rest not in self._supple:
            shapes = {id(shape): shape for shape in self._all_shapes(rest) if shape.path}
            path = [command for shape in shapes.values() for command in shape.path]
            supple = Supple(path, *local_axis(rest, pivot, spring.axis, spring.length))
            self._supple[rest] = supple, {key: (_moves(shape.path), shape.even_odd) for key, shape in shapes.items()}
        supple, shares = self._supple[rest]
        turned = degrees if rest[0] * rest[3] > rest[1] * rest[2] else -degrees
        found: dict[int, skia.Path] = {}
        for (key, (_, even_odd)), made in zip(
            shares.items(), supple.paths(turned, [moves for moves, _ in shares.values()]), strict=True
        ):
            if even_odd:
                made.setFillType(skia.PathFillType.kEvenOdd)
            found[key] = made
        return found

    def _all_shapes(self, wanted: Matrix) -> Iterator[Shape]:
        """What is drawn or cut by in units of a matrix, shown or not."""
        for node in self.nodes:
            for inner, rest in node.at_rest(self.rest):
                if rest == wanted:
                    yield from inner.clip_shapes
                    if inner.shape is not None:
                        yield inner.shape

    def _cover(self, curl: Curl) -> skia.Path:
        """The covered area; a bent one, which is asked for once, keeps its overlaps: cleaning would cost more."""
        whole = skia.Path()
        shapes = list(self._outer_shapes())
        exact, rough = curl is None and len(shapes) <= _MANY, False
        for shape, rest in shapes:
            path = skia.Path(self.bent(shape, rest, curl))
            path.setFillType(skia.PathFillType.kWinding)
            covered = path if shape.fill is not None else skia.Path()
            if shape.stroke is not None:
                lined = skia.Path()
                pen(_closed(shape.stroke, shape.path), path).getFillPath(path, lined)
                if covered.isEmpty():
                    covered = lined
                elif exact and not (rough := rough or tangled(covered, lined)):
                    covered = joined(covered, lined)
                else:
                    covered.addPath(lined)
            covered.transform(to_matrix(rest))
            whole.addPath(covered)
        if curl:
            return whole
        return traced(whole) if rough else plain(whole)

    def _outer_shapes(self) -> Iterator[tuple[Shape, Matrix]]:
        def visit(node: Node, outer: Matrix) -> Iterator[tuple[Shape, Matrix]]:
            if not node.shown or node.clip or node.clip_shapes:
                return
            rest = concat(outer, node.transform) if node.transform else outer
            if node.shape is not None and role_of(node.shape) not in INSIDE:
                yield node.shape, rest
            for child in node.children:
                yield from visit(child, rest)

        for node in self.nodes:
            yield from visit(node, self.rest)


def _half(shape: Shape, rest: Matrix) -> float:
    """Half of the breadth of a shape's line, in the drawing's units."""
    a, b, c, d, _, _ = rest
    return shape.stroke.width / 2 * math.sqrt(abs(a * d - b * c)) if shape.stroke is not None else 0.0


def _closed(stroke: Stroke, path: Sequence[Command]) -> Stroke:
    """A pen whose dashes, where they are many, count as one line: a rim closes the gaps between them anyway."""
    many = bool(stroke.dashes) and reach(path) * len(stroke.dashes) > _MANY * sum(stroke.dashes)
    return replace(stroke, dashes=()) if many else stroke


def _moves(path: Iterable[Command]) -> int:
    return sum(1 for letter, _ in path if letter == "M")
