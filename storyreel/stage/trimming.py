"""Cuts away of a part what another always hides that is drawn after it, as the back of the hair lies under a hood.

It is cut once, at rest, with room for the two to move against each other; where they move further in a pose, the whole
part is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import skia

from storyreel.puppet.bounds import Box
from storyreel.puppet.model import IDENTITY, Gradient, Matrix, Node, Shape, Texture, concat
from storyreel.stage.covering import drift
from storyreel.stage.geometry import Geometry
from storyreel.stage.ink import pen, to_matrix, to_path
from storyreel.stage.outline import contours, plain, to_commands
from storyreel.stage.tangle import tangled

ROOM = 6.0
"""Units by which two parts may move against each other."""
_SMOOTH = 3.0
"""Units from its edge on a fill hides all that is below it, also where it is smoothed and made smaller."""
_SHARE = 0.8
"""How much of a part's box another's has to hold for a look at what it hides."""
_WORTH = 0.5
"""Where more than this share of a part's edges is left, it is drawn whole."""
_FINE = 4.0
"""Lines become areas as finely as if they were drawn so many times as large."""


class Trims:
    """The parts of a puppet as they are cut, by what hides them."""

    def __init__(self) -> None:
        self._covers: dict[int, skia.Path | None] = {}
        self._trimmed: dict[tuple[int, int], Geometry | None] = {}

    def trimmed(self, part: Geometry, cover: Geometry) -> Geometry | None:
        """What a part still shows under another, nowhere near whose edges it is cut; None where too much is left."""
        key = (id(part), id(cover))
        if key not in self._trimmed:
            self._trimmed[key] = self._trim(part, cover)
        return self._trimmed[key]

    def _trim(self, part: Geometry, cover: Geometry) -> Geometry | None:
        if part is cover or not _holds(cover.box, part.box):
            return None
        if id(cover) not in self._covers:
            self._covers[id(cover)] = _shrunk(cover)
        area = self._covers[id(cover)]
        if area is None:
            return None
        try:
            nodes = [found for node in part.nodes if (found := _cut(node, part.rest, area)) is not None]
        except (RuntimeError, _Uncut):
            return None
        if _edges(nodes) > _WORTH * _edges(part.nodes):
            return None
        return Geometry(tuple(nodes), IDENTITY)


def hidden(part: Geometry, motion: Matrix, cover_motion: Matrix) -> bool:
    """Whether what was cut away of a part lies hidden, as the two have moved."""
    box = part.box
    if box is None:
        return True
    corners = ((box[0], box[1]), (box[2], box[1]), (box[0], box[3]), (box[2], box[3]))
    return drift(corners, motion, cover_motion) <= ROOM


class _Uncut(Exception):
    """A part holds something that can't be cut."""


def _holds(outer: Box | None, inner: Box | None) -> bool:
    if outer is None or inner is None:
        return False
    wide = min(outer[2], inner[2]) - max(outer[0], inner[0])
    high = min(outer[3], inner[3]) - max(outer[1], inner[1])
    return wide > 0 and high > 0 and wide * high >= _SHARE * (inner[2] - inner[0]) * (inner[3] - inner[1])


def _shrunk(cover: Geometry) -> skia.Path | None:
    """The largest fill of a part that nothing shows through, without what is near its edge."""
    fills = []
    for shape, rest in _solid(cover):
        path = to_path(shape.path)
        path.transform(to_matrix(rest))
        fills.append(path)
    if not fills:
        return None
    largest = max(fills, key=lambda path: path.getBounds().width() * path.getBounds().height())
    if tangled(largest):
        return None
    edge = skia.Path()
    skia.Paint(
        Style=skia.Paint.kStroke_Style, StrokeWidth=2 * (ROOM + _SMOOTH), StrokeJoin=skia.Paint.kRound_Join
    ).getFillPath(largest, edge)
    try:
        return skia.Op(largest, plain(edge), skia.PathOp.kDifference_PathOp)
    except RuntimeError:
        return None


def _solid(geometry: Geometry) -> Iterator[tuple[Shape, Matrix]]:
    def visit(node: Node, outer: Matrix) -> Iterator[tuple[Shape, Matrix]]:
        if not node.shown or node.clip or node.clip_shapes or node.opacity < 1:
            return
        rest = concat(outer, node.transform) if node.transform else outer
        shape = node.shape
        if shape is not None and isinstance(shape.fill, str) and shape.fill_opacity == 1 and not shape.even_odd:
            yield shape, rest
        for child in node.children:
            yield from visit(child, rest)

    for node in geometry.nodes:
        yield from visit(node, geometry.rest)


def _cut(node: Node, outer: Matrix, area: skia.Path) -> Node | None:
    """A node without what lies in an area, in the drawing's units; None where nothing is left.

    Raises:
        _Uncut: it is clipped, or faded as a group, or tangled, or has a gradient, which is fitted to a whole shape.
    """
    if not node.shown or node.opacity <= 0:
        return None
    if node.clip or node.clip_shapes or (node.opacity < 1 and (node.children or (node.shape and node.shape.stroke))):
        raise _Uncut
    rest = concat(outer, node.transform) if node.transform else outer
    children = [Node(shape=shape) for shape in _pieces(node.shape, rest, area)] if node.shape is not None else []
    children += [found for child in node.children if (found := _cut(child, rest, area)) is not None]
    if not children:
        return None
    return replace(node, transform=None, pivot=None, shape=None, children=tuple(children))


def _pieces(shape: Shape, rest: Matrix, area: skia.Path) -> Iterator[Shape]:
    path = to_path(shape.path, shape.even_odd)
    inked: list[tuple[skia.Path, str | Gradient | Texture, float]] = []
    if shape.fill is not None:
        inked.append((path, shape.fill, shape.fill_opacity))
    if shape.stroke is not None:
        line = skia.Path()
        pen(shape.stroke, path).getFillPath(path, line, None, _FINE)
        inked.append((plain(line), shape.stroke.paint, shape.stroke.opacity))
    for covered, paint, opacity in inked[::-1] if shape.stroke_first else inked:
        if isinstance(paint, Gradient) or tangled(covered):
            raise _Uncut
        covered.transform(to_matrix(rest))
        left = skia.Op(covered, area, skia.PathOp.kDifference_PathOp)
        if left.isEmpty():
            continue
        even_odd = left.getFillType() == skia.PathFillType.kEvenOdd
        yield Shape(tuple(to_commands(left)), paint, opacity, even_odd, role=shape.role)


def _edges(nodes: Sequence[Node]) -> float:
    """How far down all edges go: what takes time is each row that each edge crosses."""
    total = 0.0
    for inner in (inner for node in nodes for inner in node.walk()):
        if inner.shape is not None:
            sides = (inner.shape.fill is not None) + 2 * (inner.shape.stroke is not None)
            for contour in contours(inner.shape.path):
                heights = [y for _, values in contour for y in values[1::2]]
                total += sides * (max(heights) - min(heights))
    return total
