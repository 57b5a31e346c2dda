"""What it costs to paint a picture: whether it pays to copy it from an image.

Skia's raster lays flat colours and strips (`storyreel.stage.gradients`) faster than it samples an image between pixels;
everything that is reckoned for each pixel it lays more slowly. All numbers are nanoseconds, measured.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from storyreel.puppet.model import Gradient, Matrix, Node, Paint, Shape, concat
from storyreel.stage.ink import is_strip, to_matrix, to_path

_FLAT, _STRIP, _CLEAR, _DISC, _RECKONED = 0.4, 0.6, 1.0, 5.0, 20.0
"""A pixel of a flat colour, of a strip or of bands, of a strip that lets something through, of a disc, of the rest."""
_CLEAR_TURNED, _BANDED = 3.0, 10.0
"""On a canvas that is turned: a pixel of a flat colour that lets something through, and of a gradient in bands."""
_TEXTURED = 100.0
"""A pixel of a texture, or of a gradient that breaks into one."""
_LAYER = 6.0
"""A pixel of a layer of its own."""
_COMMAND = 150.0
"""A command of a path."""
_SAMPLED, _TURNED = 4.0, 60.0
"""A pixel of an image between pixels, on a canvas that is straight; on one that is turned, and turns on, so that an
image serves but once."""


def is_dear(nodes: Iterable[Node], rest: Matrix, straight: bool, turned: bool) -> bool:
    """Whether nodes cost more to paint, at about their own size, than an image of them.

    Args:
        nodes, rest: as of a geometry.
        straight: whether their canvas is only moved and scaled.
        turned: whether an image of them has to be turned.
    """
    boxes: list[tuple[float, float, float, float]] = []
    cost = sum(_cost(node, rest, straight, boxes) for node in nodes)
    if not boxes:
        return False
    left, top, right, bottom = zip(*boxes, strict=True)
    area = (max(right) - min(left)) * (max(bottom) - min(top))
    return bool(cost > area * (_TURNED if turned else _SAMPLED))


def _cost(node: Node, outer: Matrix, straight: bool, boxes: list[tuple[float, float, float, float]]) -> float:
    if not node.shown or node.opacity <= 0:
        return 0.0
    rest = concat(outer, node.transform) if node.transform else outer
    own = len(boxes)
    cost = sum(_cost(child, rest, straight, boxes) for child in node.children)
    shape = node.shape
    if shape is not None and shape.path:
        box = to_matrix(rest).mapRect(to_path(shape.path).getBounds())
        boxes.append((box.left(), box.top(), box.right(), box.bottom()))
        cost += _COMMAND * len(shape.path) + _shape_cost(shape, rest, straight, box.width(), box.height())
    if len(boxes) > own and (node.clip or node.clip_shapes or (node.opacity < 1 and (shape is None or node.children))):
        left, top, right, bottom = zip(*boxes[own:], strict=True)
        cost += _LAYER * (max(right) - min(left)) * (max(bottom) - min(top))
    return cost


def _shape_cost(shape: Shape, rest: Matrix, straight: bool, width: float, height: float) -> float:
    cost = 0.0
    if shape.fill is not None:
        cost += width * height * _rate(shape.fill, rest, straight, shape.fill_opacity, _is_box(shape, rest))
    if shape.stroke is not None:
        a, b, c, d, *_ = rest
        line = shape.stroke.width * math.sqrt(abs(a * d - b * c))
        cost += 2 * (width + height) * line * _rate(shape.stroke.paint, rest, straight, shape.stroke.opacity)
    return cost


def _rate(paint: Paint, rest: Matrix, straight: bool, opacity: float, box: bool = False) -> float:
    if isinstance(paint, str):
        return _FLAT if opacity == 1 or straight else _CLEAR_TURNED
    if not isinstance(paint, Gradient) or paint.grain is not None:
        return _TEXTURED
    if paint.kind != "linear":
        return _DISC if straight and paint.spread == "pad" else _RECKONED
    clear = opacity < 1 or any(share < 1 for *_, share in paint.stops)
    if straight and is_strip(paint, rest):
        return _CLEAR if clear else _STRIP
    if paint.spread != "pad" or clear or (straight and not box):
        return _RECKONED
    return _STRIP if straight else _BANDED


def _is_box(shape: Shape, rest: Matrix) -> bool:
    return to_matrix(rest).isScaleTranslate() and to_path(shape.path).isRect()
