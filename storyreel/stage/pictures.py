"""Shapes recorded once as Skia pictures, straight or bent."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import NamedTuple

import skia

from storyreel.puppet.bounds import ink
from storyreel.puppet.model import IDENTITY, Command, Gradient, Matrix, Node, Paint, Shape, Stroke, Texture, concat
from storyreel.stage.baking import turn_of
from storyreel.stage.costs import is_dear
from storyreel.stage.geometry import Curl, Geometry, Recent, union
from storyreel.stage.ink import Recolour, fill_turned, fill_upright, fixed_in, is_strip, paints, to_matrix, to_path
from storyreel.stage.outline import to_commands
from storyreel.stage.sight import bent_box
from storyreel.stage.textures import draw_fixed

Colouring = Callable[[str, tuple[str, ...], str], str]
"""The colour that a hex of the drawing takes inside the groups of these names, in a shape of that role."""
_Filler = Callable[[skia.Canvas, Shape, skia.Path, float, Recolour], bool]
_FAR = skia.Rect.MakeLTRB(-16000, -16000, 16000, 16000)
_MUCH = 1e6
"""Square units: half of a film's picture."""
_THICK = 6.0
"""Units from which a line counts as thick enough to hide what is below it."""


class _Ready(NamedTuple):
    """A shape, ready to be drawn: where it lies, its path as it is straight, its paints in their order, each with the
    texture that it is of where that is fixed to the screen; and how far its lines reach beyond its path.

    Its place is None where it is drawn in the drawing's own units.
    """

    place: skia.Matrix | None
    straight: skia.Path
    paints: Sequence[tuple[skia.Paint, Texture | None]]
    reach: float
    around: skia.Rect
    """What holds it while it is straight, in its own units."""


class Picture:
    """Neighbouring nodes of one part in their colours, recorded in the drawing's units; a spring may bend them.

    Args:
        geometry: what to draw, in order.
        colour: recasts a hex inside named groups.
        around: the names of the groups around the nodes.
        clips: the area, in the drawing's units, that `data-clip` names; without it such clips are left to the caller.
        straight: whether it will only be drawn on canvases that are moved and scaled, never turned; None: on any.
        number: which picture of its puppet it is.
        smooth: whether its edges are smoothed.
        quick: whether it may be off by a level where that is painted much faster.
    """

    def __init__(
        self,
        geometry: Geometry,
        colour: Colouring,
        around: tuple[str, ...] = (),
        clips: Callable[[str], skia.Path] | None = None,
        straight: bool | None = None,
        number: int = 0,
        smooth: bool = True,
        quick: bool = False,
    ) -> None:
        self.geometry, self.number = geometry, number
        self.covered = geometry
        """What its silhouette is that of."""
        self._straight, self._smooth, self._quick = straight, smooth, quick and smooth
        self._colour, self._around, self._clips = colour, around, clips
        self._edged = frozenset(_edged(geometry.nodes))
        self._recorded: Recent[skia.Picture] = Recent()
        self._rooms: Recent[skia.Rect] = Recent()
        self._dear: dict[tuple[bool, bool], bool] = {}
        # By the identity of shapes, which live as long as the nodes.
        self._made: dict[int, _Ready] = {}

    def record(self, curl: Curl = None) -> skia.Picture:
        """The skia.Picture of the nodes, bent by so much."""
        return self._recorded.get(curl[0] if curl else 0.0, lambda: self._record(curl))

    def showing(self, geometry: Geometry) -> Picture:
        """Another geometry in the same colours."""
        return Picture(
            geometry, self._colour, self._around, self._clips, self._straight, smooth=self._smooth, quick=self._quick
        )

    def is_seen(self, canvas: skia.Canvas, matrix: skia.Matrix | None = None, curl: Curl = None) -> bool:
        """Whether anything of it may be seen on a canvas, moved by a matrix and bent by so much."""
        room = self._rooms.get(curl[0] if curl else 0.0, lambda: self._room(curl))
        return not canvas.quickReject(matrix.mapRect(room) if matrix is not None else room)

    def _room(self, curl: Curl) -> skia.Rect:
        """What it stays inside, in the drawing's units; empty where nothing is shown."""
        box = self.geometry.box
        if box is None:
            return skia.Rect.MakeLTRB(0, 0, 0, 0)
        grow = max((_grows(node, self.geometry.rest) for node in self.geometry.nodes), default=0.0)
        left, top, right, bottom = box if curl is None else bent_box(box, *curl)
        return skia.Rect.MakeLTRB(left - grow, top - grow, right + grow, bottom + grow)

    @cached_property
    def graded(self) -> bool:
        """Whether anything in it is filled with a gradient."""
        return any(
            inner.shape is not None and isinstance(inner.shape.fill, Gradient)
            for node in self.geometry.nodes
            for inner in node.walk()
        )

    @cached_property
    def fixed(self) -> bool:
        """Whether anything in it has a texture that is fixed to the screen: that is not to be recorded."""
        return any(
            inner.shape is not None
            and any(isinstance(paint, Texture) and paint.fixed for paint in _sources(inner.shape))
            for node in self.geometry.nodes
            for inner in node.walk()
        )

    def dear(self, canvas: skia.Canvas) -> bool:
        """Whether it costs less on a canvas to copy it from an image than to paint it."""
        matrix = canvas.getTotalMatrix()
        straight = bool(matrix.isScaleTranslate())
        known = (straight, not straight and not turn_of(matrix))
        if known not in self._dear:
            self._dear[known] = is_dear(self.geometry.nodes, self.geometry.rest, *known)
        return self._dear[known]

    @cached_property
    def solid(self) -> skia.Rect | None:
        """The largest box among its shapes, in the drawing's units, where that is opaque."""
        boxes = [box for node in self.geometry.nodes for box in _solid(node, self.geometry.rest)]
        return max(boxes, key=lambda box: box.width() * box.height(), default=None)

    @cached_property
    def shaded(self) -> bool:
        """Whether it is light or shade over much of a film's picture: clear gradients, reckoned for every pixel."""
        light = other = 0.0
        for node in self.geometry.nodes:
            for inner, rest in node.at_rest(self.geometry.rest):
                shape = inner.shape
                if shape is None or shape.fill is None:
                    continue
                box, fill = to_matrix(rest).mapRect(to_path(shape.path).getBounds()), shape.fill
                if isinstance(fill, Gradient) and not is_strip(fill, rest) and any(left < 1 for *_, left in fill.stops):
                    light += box.width() * box.height()
                else:
                    other += box.width() * box.height()
        return light > max(_MUCH, 3 * other)

    def draw(self, canvas: skia.Canvas, matrix: skia.Matrix, curl: Curl = None) -> None:
        """Draws the nodes, moved by a matrix: gradients as a canvas that is turned a little can have them fastest."""
        if not self.graded and not self.fixed:
            canvas.drawPicture(self.record(curl), matrix)
            return
        saved = canvas.save()
        canvas.concat(matrix)
        for node in self.geometry.nodes:
            self._draw(canvas, node, self.geometry.rest, self._around, curl, fill_upright)
        canvas.restoreToCount(saved)

    def _record(self, curl: Curl) -> skia.Picture:
        recorder = skia.PictureRecorder()
        canvas = recorder.beginRecording(_FAR, skia.RTreeFactory()())
        filler = fill_turned if (self._straight is False and self._smooth) or (self._straight and self._quick) else None
        for node in self.geometry.nodes:
            self._draw(canvas, node, self.geometry.rest, self._around, curl, filler)
        return recorder.finishRecordingAsPicture()

    def _draw(
        self,
        canvas: skia.Canvas,
        node: Node,
        outer: Matrix,
        around: tuple[str, ...],
        curl: Curl,
        filler: _Filler | None,
    ) -> None:
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
            area = union((self._cutter(cut, rest, curl), rest) for cut in node.clip_shapes)
            canvas.clipPath(area, doAntiAlias=self._smooth)
        if node.clip and self._clips is not None:
            canvas.clipPath(self._clips(node.clip), doAntiAlias=self._smooth)
        if layered:
            canvas.saveLayerAlpha(_bounds(node, outer) if curl is None else None, round(node.opacity * 255))
        if shape is not None:
            self._ink(canvas, shape, rest, node.opacity if alone else 1.0, inside, curl, filler)
        for child in node.children:
            self._draw(canvas, child, rest, inside, curl, filler)
        if wrapped:
            canvas.restoreToCount(saved)

    def _ink(
        self,
        canvas: skia.Canvas,
        shape: Shape,
        rest: Matrix,
        opacity: float,
        inside: tuple[str, ...],
        curl: Curl,
        filler: _Filler | None,
    ) -> None:
        if id(shape) not in self._made:
            self._made[id(shape)] = self._paints(shape, rest, opacity, inside)
        place, path, made, reach, around = self._made[id(shape)]
        if curl:
            path = self.geometry.bent(shape, rest, curl)
            around = path.getBounds().makeOutset(reach, reach)
        # A set that a camera looks into lies outside of the picture by half.
        if canvas.quickReject(around if place is None else place.mapRect(around)):
            return
        if place is not None:
            canvas.save()
            canvas.concat(place)
        for paint, fixed in made:
            # What is recorded is carried: where it will stand on the screen nobody knows yet.
            if fixed is not None and filler is fill_upright:
                draw_fixed(canvas, path, paint, fixed)
                continue
            fills = filler if paint.getStyle() == skia.Paint.kFill_Style and self._fills(shape, path, rest) else None
            recolour = partial(self._recoloured, parts=inside, role=shape.role)
            if fills is None or not fills(canvas, shape, path, opacity, recolour):
                canvas.drawPath(path, paint)
        if place is not None:
            canvas.restore()

    def _paints(self, shape: Shape, rest: Matrix, opacity: float, inside: tuple[str, ...]) -> _Ready:
        """A shape, ready to be drawn."""
        place, straight = to_matrix(rest), to_path(shape.path, shape.even_odd)
        level = self._straight is True and place.isScaleTranslate()
        made = paints(
            shape,
            straight,
            opacity,
            partial(self._recoloured, parts=inside, role=shape.role),
            level,
            self._smooth,
            self._quick and self._straight is not False,
        )
        for paint in made:
            if paint.getStyle() == skia.Paint.kFill_Style and id(shape) in self._edged:
                paint.setAntiAlias(False)
        found = [(paint, fixed_in(shape, paint)) for paint in made]
        reach = _reach(shape.stroke) if shape.stroke is not None else 0.0
        around = straight.getBounds().makeOutset(reach, reach)
        return _Ready(None if rest == IDENTITY else place, straight, found, reach, around)

    def _fills(self, shape: Shape, path: skia.Path, rest: Matrix) -> bool:
        """Whether what fills it in another way than its paint does so faster: in bands, where it will never be turned,
        boxes that run aslant."""
        if not self._straight:
            return True
        return _opaque(shape.fill) and to_matrix(rest).isScaleTranslate() and path.isRect() and not _runs(shape, rest)

    def _recoloured(self, hexed: str, parts: tuple[str, ...], role: str) -> str:
        return self._colour(hexed, parts, role)

    def _cutter(self, shape: Shape, rest: Matrix, curl: Curl) -> Shape:
        return replace(shape, path=tuple(to_commands(self.geometry.bent(shape, rest, curl)))) if curl else shape


def _sources(shape: Shape) -> tuple[Paint, ...]:
    return (shape.fill, shape.stroke.paint if shape.stroke is not None else None)


def _edged(nodes: Sequence[Node]) -> Iterator[int]:
    """The shapes, by identity, whose edge lies wholly under an opaque line: one of their own, or one drawn after them.

    Their fills need no smooth edge, which is what costs most in a small shape.
    """
    # By how their paths begin: what is hatched has thousands of neighbours.
    lines: dict[tuple[int, Command], list[tuple[tuple[Command, ...], Matrix | None]]] = {}
    for node in reversed(nodes):
        yield from _edged(node.children)
        shape = node.shape
        if shape is None or not shape.path:
            continue
        begins = (len(shape.path), shape.path[0])
        covered = shape.stroke is not None and _covers(shape.stroke) and node.opacity == 1
        if shape.fill is not None and (
            (covered and not shape.stroke_first) or (shape.path, node.transform) in lines.get(begins, ())
        ):
            yield id(shape)
        if covered and node.shown and not node.clip and not node.clip_shapes:
            lines.setdefault(begins, []).append((shape.path, node.transform))


def _covers(stroke: Stroke) -> bool:
    """Whether a line hides the pixels along a path, also where the drawing is made a good deal smaller."""
    return isinstance(stroke.paint, str) and stroke.opacity == 1 and not stroke.dashes and stroke.width >= _THICK


def _bounds(node: Node, outer: Matrix) -> skia.Rect:
    """An area that a node's ink stays inside: a layer as large as the film costs as much as a whole puppet."""
    left, top, right, bottom = ink(node, outer) or (0.0, 0.0, 0.0, 0.0)
    grow = _grows(node, outer)
    return skia.Rect.MakeLTRB(left - grow, top - grow, right + grow, bottom + grow)


def _grows(node: Node, outer: Matrix) -> float:
    """How far a node's ink reaches beyond its paths, at the most."""
    grow = 4.0
    for inner, (a, b, c, d, _, _) in node.at_rest(outer):
        if inner.shape is not None and inner.shape.stroke is not None:
            grow = max(grow, _reach(inner.shape.stroke) * max(math.hypot(a, b), math.hypot(c, d)))
    return grow


def _reach(stroke: Stroke) -> float:
    """How far a line reaches beyond the path that it follows, at the most."""
    return stroke.width * max(stroke.miter if stroke.join == "miter" else 1.0, 1.5)


def _solid(node: Node, outer: Matrix) -> Iterator[skia.Rect]:
    """The boxes in a node that nothing can be seen through."""
    if not node.shown or node.opacity < 1 or node.clip or node.clip_shapes:
        return
    rest = concat(outer, node.transform) if node.transform else outer
    shape, matrix = node.shape, to_matrix(rest)
    if shape is not None and shape.fill_opacity == 1 and _opaque(shape.fill) and matrix.isScaleTranslate():
        path = to_path(shape.path)
        if path.isRect():
            yield matrix.mapRect(path.getBounds())
    for child in node.children:
        yield from _solid(child, rest)


def _opaque(paint: Paint | None) -> bool:
    if isinstance(paint, Gradient):
        return paint.kind == "linear" and not paint.grain and all(share == 1 for *_, share in paint.stops)
    return isinstance(paint, str)


def _runs(shape: Shape, rest: Matrix) -> bool:
    """Whether a fill runs straight down or across."""
    return isinstance(shape.fill, Gradient) and is_strip(shape.fill, rest)
