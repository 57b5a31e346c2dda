"""Clips that are none: masks that only cut, and the frame by which an editor cuts a whole drawing."""

from __future__ import annotations

from dataclasses import replace

from storyreel.puppet.model import IDENTITY, Drawing, Matrix, Node, Shape, concat
from storyreel.puppet.outline import extent, transformed

_SLACK = 0.005
"""Editors round frames: this share of a drawing's size may be missing."""


def is_clip(node: Node, alpha: bool) -> bool:
    """Whether a part of a mask lets through all or nothing, so that it cuts as a clipPath does.

    Args:
        node: a group or a shape in a mask.
        alpha: the mask goes by opacity alone (`mask-type: alpha`), not by how light its shapes are.
    """
    if node.opacity < 1 or node.clip or node.clip_shapes:
        return False
    shape = node.shape
    if shape is None:
        return True
    white = isinstance(shape.fill, str) and (alpha or shape.fill == "#FFFFFF")
    return white and shape.fill_opacity == 1 and shape.stroke is None


def unframed(drawing: Drawing) -> Drawing:
    """A drawing without the clips that hold the whole of its viewBox.

    Nothing of them is to be seen in an editor, which shows no more than the viewBox; on the stage they would cut off an
    arm that is raised, and the rim.
    """
    left, top, width, height = drawing.viewbox
    slack = _SLACK * max(width, height)
    inner = (left + slack, top + slack, left + width - slack, top + height - slack)

    def holds(shape: Shape, rest: Matrix) -> bool:
        path = transformed(shape.path, rest)
        if [letter for letter, _ in path] != ["M", "L", "L", "L", "Z"]:
            return False
        (x, y), _, _, (right, bottom) = extent(path)
        upright = all(values[0] in (x, right) and values[1] in (y, bottom) for _, values in path if values)
        return upright and x <= inner[0] and y <= inner[1] and right >= inner[2] and bottom >= inner[3]

    def visit(node: Node, outer: Matrix) -> Node:
        rest = concat(outer, node.transform) if node.transform else outer
        children = tuple(visit(child, rest) for child in node.children)
        framed = len(node.clip_shapes) == 1 and holds(node.clip_shapes[0], rest)
        if not framed and all(new is old for new, old in zip(children, node.children, strict=True)):
            return node
        return replace(node, clip_shapes=() if framed else node.clip_shapes, children=children)

    root = visit(drawing.root, IDENTITY)
    return drawing if root is drawing.root else replace(drawing, root=root)
