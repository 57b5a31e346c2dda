"""Where the named groups of a set are on the stage."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from storyreel.direct.sides import named_part
from storyreel.errors import StoryreelError
from storyreel.puppet.bounds import Box, boxes
from storyreel.puppet.model import concat, moved
from storyreel.puppet.svg import read_drawing
from storyreel.stage.camera import placed as laid
from storyreel.timeline.model import DrawingContent, Layer


def set_box(layers: Sequence[Layer], where: str) -> Box:
    """How much room a named group of a set takes up on the stage.

    Args:
        layers: the planes of the set.
        where: what stands behind `stage.`

    Raises:
        StoryreelError: the set has no such group.
    """
    for layer in layers:
        if not isinstance(layer.content, DrawingContent):
            continue
        found = boxes(read_drawing(Path(layer.content.drawing.path)))
        part = named_part(where, found)
        if part is not None:
            mx, my = layer.content.middle
            matrix = concat(laid(layer.values(0)), (1.0, 0.0, 0.0, 1.0, -mx, -my))
            left, top, right, bottom = found[part]
            return (*moved(matrix, (left, top)), *moved(matrix, (right, bottom)))
    raise StoryreelError(f"the set has no group '{where}'; name a group of its drawing, and give it a data-pivot")
