"""How much room a drawing's groups take up, measured by their control points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storyreel.puppet.model import IDENTITY, Drawing, Matrix, Node, concat, moved
from storyreel.puppet.naming import PARTS

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def ink(node: Node, outer: Matrix = IDENTITY, hidden: bool = True) -> Box | None:
    """Bounds of a node's control points; None where it holds no shape. `outer` is the matrix around the node.

    A curve lies within its control points, so nothing sticks out; a round shape may fill a little less.
    """
    if not node.shown and not hidden:
        return None
    matrix = concat(outer, node.transform) if node.transform else outer
    inner = [box for child in node.children if (box := ink(child, matrix, hidden)) is not None]
    return _merged([*_ink(node, matrix), *inner])


def _ink(node: Node, matrix: Matrix) -> Iterator[Box]:
    """Bounds of a node's own shape, if it has one."""
    if node.shape is not None:
        # As `moved` has it of a point; a film's drawings have a hundred thousand of these, and calls are what costs.
        a, b, c, d, e, f = matrix
        points = [at for _, v in node.shape.path for at in zip(v[::2], v[1::2], strict=True)]
        if points:
            xs, ys = [a * x + c * y + e for x, y in points], [b * x + d * y + f for x, y in points]
            yield min(xs), min(ys), max(xs), max(ys)


def _merged(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def around(box: Box, matrix: Matrix) -> Box:
    """The bounds of a box that a transform has taken elsewhere."""
    left, top, right, bottom = box
    corners = [moved(matrix, corner) for corner in ((left, top), (right, top), (left, bottom), (right, bottom))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def boxes(drawing: Drawing) -> dict[str, Box]:
    """The bounds of every named group that is a part by its name or its pivot, in the drawing's units."""
    parts: list[tuple[str, Box | None]] = []

    def visit(node: Node, around: Matrix) -> Box | None:
        at = len(parts)
        parts.append(("", None))
        matrix = concat(around, node.transform) if node.transform else around
        inner = [box for child in node.children if (box := visit(child, matrix)) is not None]
        box = _merged([*_ink(node, matrix), *inner])
        if node.id in PARTS or node.pivot is not None:
            parts[at] = (node.id, box)
        return box

    visit(drawing.root, IDENTITY)
    found: dict[str, Box] = {}
    for name, box in parts:
        if name and box is not None:
            found.setdefault(name, box)
    return found
