"""Shapes recorded once as Skia pictures, straight or bent, and the silhouettes that rims are drawn from."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

import skia

from storyreel.puppet.guess import ink
from storyreel.puppet.model import Command, Matrix, Node, Point, Shape, Spring, Stroke, concat
from storyreel.stage.bend import Supple
from storyreel.stage.ink import fill_turned, paints, pen, to_matrix, to_path
from storyreel.stage.outline import grown, plain, to_commands
from storyreel.stage.posing import local_axis

Colouring = Callable[[str, tuple[str, ...]], str]
"""The colour that a hex of the drawing takes inside the groups of these names."""
Curl = tuple[float, Spring, Point] | None
"""Degrees, the spring along which a part bends, and its pivot in the drawing's units; None for a straight part."""

_FAR = skia.Rect.MakeLTRB(-16000, -16000, 16000, 16000)
_INSIDE = frozenset(("shade", "light", "shine"))
"""Roles that lie inside the shape they belong to: they add nothing to a silhouette."""
_THICK = 6.0
"""Units from which a line counts as thick enough to hide what is below it."""
_KEPT = 32
"""Bent versions kept of one group of shapes."""
_Value = TypeVar("_Value")


class Recent(Generic[_Value]):
    """The values last asked for, by key; the one that was not asked for longest goes first."""

    def __init__(self, most: int) -> None:
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


def union(shapes: Iterable[tuple[Shape, Matrix]]) -> Any:
    """The area that shapes cover together, by their fills alone."""
    whole = skia.Path()
    for shape, matrix in shapes:
        path = to_path(shape.path, shape.even_odd)
        path.transform(to_matrix(matrix))
        whole = path if whole.isEmpty() else _joined(whole, path)
    return whole


def _joined(one: Any, two: Any) -> Any:
    """The union of two areas; both as they are where Skia finds none."""
    try:
        return skia.Op(one, two, skia.PathOp.kUnion_PathOp)
    except RuntimeError:
        both = skia.Path(one)
        both.addPath(two)
        return both


class Picture:
    """Neighbouring nodes of one part, recorded in the drawing's units; a spring may bend them.

    Args:
        nodes: what to draw, in order.
        rest: the matrix from the units around the nodes to the drawing's.
        colour: recasts a hex inside named groups.
        around: the names of the groups around the nodes.
        clips: the area, in the drawing's units, that `data-clip` names; without it such clips are left to the caller.
        straight: whether it will only be drawn on canvases that are moved and scaled, never turned; None: on any.
    """

    def __init__(
        self,
        nodes: tuple[Node, ...],
        rest: Matrix,
        colour: Colouring,
        around: tuple[str, ...] = (),
        clips: Callable[[str], Any] | None = None,
        straight: bool | None = None,
    ) -> None:
        self._straight = straight
        self._nodes, self._rest, self._colour, self._around, self._clips = nodes, rest, colour, around, clips
        self._edged = frozenset(_edged(nodes))
        self._recorded: Recent[Any] = Recent(_KEPT)
        self._covered: Recent[Any] = Recent(_KEPT)
        self._grown: Recent[Any] = Recent(_KEPT)
        # Both by the identity of shapes, which live as long as the nodes.
        self._made: dict[int, tuple[Any, Any, Any]] = {}
        self._supple: dict[int, Supple] = {}
        self._supple_rims: dict[float, Supple] = {}

    def record(self, curl: Curl = None) -> Any:
        """The skia.Picture of the nodes, bent by so much."""
        return self._recorded.get(curl[0] if curl else 0.0, lambda: self._record(curl))

    def silhouette(self, curl: Curl = None) -> Any:
        """The outline of all that fills and lines cover, as one skia.Path."""
        return self._covered.get(curl[0] if curl else 0.0, lambda: self._cover(curl))

    def rim(self, width: float, curl: Curl = None) -> Any:
        """The silhouette grown by `width`, as one skia.Path without overlaps, its outer contours all one way round.

        Growing shapes one by one and laying them together is the same as growing them together. That of a bent part is
        the straight one's, bent: along the axis it keeps its width.
        """
        return self._grown.get((width, curl[0] if curl else 0.0), lambda: self._rim(width, curl))

    def _rim(self, width: float, curl: Curl) -> Any:
        if curl is None:
            return grown(self.silhouette(), width)
        degrees, spring, pivot = curl
        if width not in self._supple_rims:
            straight = to_commands(self.rim(width))
            self._supple_rims[width] = Supple(straight, pivot, spring.axis, spring.length)
        return to_path(self._supple_rims[width].bent(degrees))

    def _record(self, curl: Curl) -> Any:
        recorder = skia.PictureRecorder()
        canvas = recorder.beginRecording(_FAR, skia.RTreeFactory()())
        for node in self._nodes:
            self._draw(canvas, node, self._rest, self._around, curl)
        return recorder.finishRecordingAsPicture()

    def _draw(self, canvas: Any, node: Node, outer: Matrix, around: tuple[str, ...], curl: Curl) -> None:
        if not node.shown or node.opacity <= 0:
            return
        rest = concat(outer, node.transform) if node.transform else outer
        inside = (*around, node.id) if node.id else around
        shape = node.shape
        alone = shape is not None and (shape.fill is None or shape.stroke is None)
        layered = node.opacity < 1 and not alone
        wrapped = layered or bool(node.clip_shapes) or bool(node.clip and self._clips)
        saved = canvas.save() if wrapped else 0
        if node.clip_shapes:
            canvas.clipPath(union((self._cutter(cut, rest, curl), rest) for cut in node.clip_shapes), doAntiAlias=True)
        if node.clip and self._clips is not None:
            canvas.clipPath(self._clips(node.clip), doAntiAlias=True)
        if layered:
            canvas.saveLayerAlpha(_bounds(node, outer) if curl is None else None, round(node.opacity * 255))
        if shape is not None:
            self._ink(canvas, shape, rest, node.opacity if alone else 1.0, inside, curl)
        for child in node.children:
            self._draw(canvas, child, rest, inside, curl)
        if wrapped:
            canvas.restoreToCount(saved)

    def _ink(
        self, canvas: Any, shape: Shape, rest: Matrix, opacity: float, inside: tuple[str, ...], curl: Curl
    ) -> None:
        if id(shape) not in self._made:
            self._made[id(shape)] = self._paints(shape, rest, opacity, inside)
        place, straight, made = self._made[id(shape)]
        path = to_path(self._bent(shape, rest, curl), shape.even_odd) if curl else straight
        canvas.save()
        canvas.concat(place)
        for paint in made:
            filling = self._straight is False and paint.getStyle() == skia.Paint.kFill_Style
            if not filling or not fill_turned(canvas, shape, path, opacity, lambda old: self._colour(old, inside)):
                canvas.drawPath(path, paint)
        canvas.restore()

    def _paints(self, shape: Shape, rest: Matrix, opacity: float, inside: tuple[str, ...]) -> tuple[Any, Any, Any]:
        """Where a shape lies, its path as it is straight, and its paints in their order."""
        place, straight = to_matrix(rest), to_path(shape.path, shape.even_odd)
        level = self._straight is True and place.isScaleTranslate()
        made = paints(shape, straight, opacity, lambda old: self._colour(old, inside), level)
        for paint in made:
            if paint.getStyle() == skia.Paint.kFill_Style and id(shape) in self._edged:
                paint.setAntiAlias(False)
        return place, straight, made

    def _cutter(self, shape: Shape, rest: Matrix, curl: Curl) -> Shape:
        return Shape(tuple(self._bent(shape, rest, curl)), even_odd=shape.even_odd)

    def _bent(self, shape: Shape, rest: Matrix, curl: Curl) -> Iterable[Command]:
        """A shape's path in its own units, bent by a spring of the drawing's units."""
        turn = rest[0] * rest[3] - rest[1] * rest[2]
        if curl is None or not shape.path or turn == 0:
            return shape.path
        degrees, spring, pivot = curl
        if id(shape) not in self._supple:
            self._supple[id(shape)] = Supple(shape.path, *local_axis(rest, pivot, spring.axis, spring.length))
        return self._supple[id(shape)].bent(degrees if turn > 0 else -degrees)

    def _cover(self, curl: Curl) -> Any:
        """The covered area; a bent one, which is asked for once, keeps its overlaps: cleaning would cost more."""
        whole = skia.Path()
        for shape, rest in self._outer_shapes():
            path = to_path(self._bent(shape, rest, curl))
            covered = path if shape.fill is not None else skia.Path()
            if shape.stroke is not None:
                lined = skia.Path()
                pen(shape.stroke, path).getFillPath(path, lined)
                if covered.isEmpty():
                    covered = lined
                elif curl is None:
                    covered = _joined(covered, lined)
                else:
                    covered.addPath(lined)
            covered.transform(to_matrix(rest))
            whole.addPath(covered)
        return whole if curl else plain(whole)

    def _outer_shapes(self) -> Iterator[tuple[Shape, Matrix]]:
        def visit(node: Node, outer: Matrix) -> Iterator[tuple[Shape, Matrix]]:
            if not node.shown or node.clip or node.clip_shapes:
                return
            rest = concat(outer, node.transform) if node.transform else outer
            if node.shape is not None and node.shape.role not in _INSIDE:
                yield node.shape, rest
            for child in node.children:
                yield from visit(child, rest)

        for node in self._nodes:
            yield from visit(node, self._rest)


def _edged(nodes: Sequence[Node]) -> Iterator[int]:
    """The shapes, by identity, whose edge lies wholly under an opaque line: one of their own, or one drawn after them.

    Their fills need no smooth edge, which is what costs most in a small shape.
    """
    for index, node in enumerate(nodes):
        yield from _edged(node.children)
        shape = node.shape
        if shape is None or shape.fill is None or not shape.path:
            continue
        if shape.stroke is not None and not shape.stroke_first and node.opacity == 1 and _covers(shape.stroke):
            yield id(shape)
            continue
        for later in nodes[index + 1 :]:
            line = later.shape
            if (
                line is not None
                and line.stroke is not None
                and line.path == shape.path
                and later.transform == node.transform
                and later.shown
                and later.opacity == 1
                and not later.clip
                and not later.clip_shapes
                and _covers(line.stroke)
            ):
                yield id(shape)
                break


def _covers(stroke: Stroke) -> bool:
    """Whether a line hides the pixels along a path, also where the drawing is made a good deal smaller."""
    return isinstance(stroke.paint, str) and stroke.opacity == 1 and not stroke.dashes and stroke.width >= _THICK


def _bounds(node: Node, outer: Matrix) -> Any:
    """An area that a node's ink stays inside: a layer as large as the film costs as much as a whole puppet."""
    left, top, right, bottom = ink(node, outer) or (0.0, 0.0, 0.0, 0.0)
    grow = 4.0
    for inner, (a, b, c, d, _, _) in node.at_rest(outer):
        if inner.shape is not None and inner.shape.stroke is not None:
            stroke = inner.shape.stroke
            reach = stroke.width * max(stroke.miter if stroke.join == "miter" else 1.0, 1.5)
            grow = max(grow, reach * max(math.hypot(a, b), math.hypot(c, d)))
    return skia.Rect.MakeLTRB(left - grow, top - grow, right + grow, bottom + grow)
