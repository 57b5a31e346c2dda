"""Whether anything of a figure is in sight: whoever has gone out of the picture need not be drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import skia

from storyreel.puppet.bounds import Box, around
from storyreel.puppet.model import Point, Spring
from storyreel.stage.covering import Placed, bend_drift, corners
from storyreel.treatment.contract import Edge

_LINES = 120.0
"""Units by which lines, and what a look draws beside a shape, reach past it at the most."""
_BLUR = 3.0
"""Sigmas past which nothing of a blur is seen."""


def in_sight(canvas: skia.Canvas, pieces: Iterable[Placed], edges: Sequence[Edge]) -> bool:
    """Whether anything of some pieces, or of the edges round them, may be seen on a canvas in the pieces' units."""
    reach = max((edge.width + _BLUR * edge.blur + math.hypot(*edge.shift) for edge in edges), default=0.0) + _LINES
    for piece in pieces:
        box = piece.geometry.box
        if box is None:
            continue
        if piece.curl is not None:
            box = bent_box(box, *piece.curl)
        left, top, right, bottom = around(box, piece.motion)
        if not canvas.quickReject(skia.Rect.MakeLTRB(left - reach, top - reach, right + reach, bottom + reach)):
            return True
    return False


def bent_box(box: Box, degrees: float, spring: Spring, pivot: Point) -> Box:
    """A box that holds what is in another, however a spring bends that."""
    left, top, right, bottom = box
    way = bend_drift(corners(box), pivot, degrees, spring.length)
    return left - way, top - way, right + way, bottom + way
