"""How far a set is painted: the box about its viewBox that lets nothing through."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

import numpy as np
import skia

from storyreel.assets import digest
from storyreel.puppet.planes import planes
from storyreel.puppet.svg import read_drawing
from storyreel.stage.still import DrawnPart

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_CELLS = 135
"""Cells along a viewBox's short side: a set is looked at as coarsely as this."""
_MOST = 4_000_000
"""Cells that are looked at in all; a slender set's are larger."""
_SLENDER = 40
"""How many times its short side a set's long side may be; formats go to 13.5."""
_BEYOND = 1.0
"""How far past its viewBox a set is looked at, in long sides of that."""
_PAINTED, _OPAQUE = 128, 250
"""The alpha from which a cell of the viewBox counts as painted, and from which one past it does."""


def is_slender(box: Box) -> bool:
    """Whether a viewBox has one side so much longer than the other that no picture can be covered from it."""
    left, top, right, bottom = box
    short, long = sorted((right - left, bottom - top))
    return not short * _SLENDER > long


def extent(path: Path) -> Box | None:
    """The box about a set's viewBox within which it is painted everywhere, in its own units; None if it has holes.

    It is at least the viewBox; what is painted past that counts as far as it is opaque from edge to edge.

    Raises:
        SceneError: the drawing has mistakes.
        StoryreelError: there is no such file.
        ValueError: its viewBox is slender.
    """
    if is_slender(read_drawing(path).box):
        raise ValueError(f"{path}: a slender set")
    return _extent(path, digest(path))


@lru_cache(maxsize=64)
def _extent(path: Path, state: str) -> Box | None:
    left, top, right, bottom = read_drawing(path).box
    width, height = right - left, bottom - top
    beyond = max(width, height) * _BEYOND
    whole = (width + 2 * beyond) * (height + 2 * beyond)
    cell = max(min(width, height) / _CELLS, math.sqrt(whole / _MOST))
    margin = math.ceil(beyond / cell)
    across, down = math.ceil(width / cell - 1e-6), math.ceil(height / cell - 1e-6)
    surface = skia.Surface(across + 2 * margin, down + 2 * margin)
    canvas = surface.getCanvas()
    canvas.scale(1 / cell, 1 / cell)
    canvas.translate(margin * cell - left, margin * cell - top)
    part = DrawnPart.load(path)
    for name, _ in planes(read_drawing(path)):
        part.draw(canvas, name)
    alpha = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., 3]
    # The cells at the viewBox's far edges may lie across them.
    inner = alpha[margin : margin + math.floor(height / cell), margin : margin + math.floor(width / cell)]
    if inner.min() < _PAINTED:
        return None
    x, y, end_x, end_y = _grown(alpha >= _OPAQUE, margin, margin, margin + across, margin + down)
    return (
        left + (x - margin) * cell,
        top + (y - margin) * cell,
        right if end_x == margin + across else left + (end_x - margin) * cell,
        bottom if end_y == margin + down else top + (end_y - margin) * cell,
    )


def _grown(opaque: np.ndarray, left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int]:
    """A box of cells, let out on every side for as long as all that it takes in is opaque."""
    rows, columns = opaque.shape
    growing = True
    while growing:
        growing = False
        if left > 0 and opaque[top:bottom, left - 1].all():
            left, growing = left - 1, True
        if right < columns and opaque[top:bottom, right].all():
            right, growing = right + 1, True
        if top > 0 and opaque[top - 1, left:right].all():
            top, growing = top - 1, True
        if bottom < rows and opaque[bottom, left:right].all():
            bottom, growing = bottom + 1, True
    return left, top, right, bottom
