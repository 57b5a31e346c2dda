"""Features of a face that lie under something else at rest: a brow below a fringe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from storyreel.puppet.model import IDENTITY, Drawing, Matrix, Node, Point, Shape, concat, moved

_FEATURES = ("Left Eye", "Right Eye", "Left Eyebrow", "Right Eyebrow", "Nose", "Mouth")
_MOST = 0.4
"""From this share of a feature on, it is told: less is a strand of hair across it."""
_OPAQUE = 0.9
_STEPS = 6
"""Points along a curve."""
_TONES = ("shade", "light", "shine", "glint")
"""Roles of what lies on a thing and hides nothing."""


class _Drawn(NamedTuple):
    """A shape that is seen at rest: the feature and the layer that it belongs to, and its contours."""

    feature: str
    layer: str
    shape: Shape
    contours: list[list[Point]]
    hides: bool


def covered(drawing: Drawing) -> dict[str, str]:
    """Features that are largely hidden, each with the layer that hides most of it, which is later in the file."""
    drawn = list(_drawn(drawing.root, IDENTITY, "", "", 1.0, False))
    found: dict[str, str] = {}
    for feature in _FEATURES:
        own = [index for index, one in enumerate(drawn) if one.feature == feature]
        if not own:
            continue
        points = [at for index in own for contour in drawn[index].contours for at in contour]
        hidden: dict[str, set[int]] = {}
        for cover in drawn[own[-1] + 1 :]:
            if cover.hides and cover.layer:
                inside = {n for n, at in enumerate(points) if _inside(at, cover.contours)}
                hidden.setdefault(cover.layer, set()).update(inside)
        if hidden and len(set().union(*hidden.values())) >= _MOST * len(points):
            found[feature] = max(hidden, key=lambda layer: len(hidden[layer]))
    return found


def _drawn(node: Node, around: Matrix, feature: str, layer: str, opacity: float, clipped: bool) -> Iterator[_Drawn]:
    """Every shape that is seen at rest, in the order of drawing."""
    if not node.shown:
        return
    matrix = concat(around, node.transform) if node.transform else around
    opacity, clipped = opacity * node.opacity, clipped or bool(node.clip or node.clip_shapes)
    if node.shape is not None:
        shape = node.shape
        hides = shape.fill is not None and opacity * shape.fill_opacity >= _OPAQUE and shape.role not in _TONES
        yield _Drawn(feature, layer, shape, _contours(shape, matrix), hides and not clipped)
        return
    feature, layer = node.id if node.id in _FEATURES else feature, node.id or layer
    for child in node.children:
        yield from _drawn(child, matrix, feature, layer, opacity, clipped)


def _contours(shape: Shape, matrix: Matrix) -> list[list[Point]]:
    """A shape's contours as points close enough to tell what lies in them."""
    found: list[list[Point]] = []
    for letter, values in shape.path:
        ends = [moved(matrix, at) for at in zip(values[::2], values[1::2], strict=True)]
        if letter == "M":
            found.append(ends)
        elif letter == "L" and found:
            found[-1].extend(ends)
        elif letter == "C" and found:
            (ax, ay), ((bx, by), (cx, cy), (dx, dy)) = found[-1][-1], ends
            for step in range(1, _STEPS + 1):
                t = step / _STEPS
                s = 1 - t
                a, b, c, d = s**3, 3 * s * s * t, 3 * s * t * t, t**3
                found[-1].append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return found


def _inside(at: Point, contours: Sequence[Sequence[Point]]) -> bool:
    """Whether a point lies in a shape: a line from it to the right crosses the edge an odd number of times."""
    x, y = at
    odd = False
    for contour in contours:
        for (ax, ay), (bx, by) in zip(contour, (*contour[1:], contour[0]), strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
    return odd
