"""Patterns of whole cells: Bayer's, fine or in blocks, and pictures made of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from storyreel.looks.gif.type import AS_THEY_ARE, cell_of
from storyreel.paint.laws import BAYER

Mask = NDArray[np.bool_]
Levels = NDArray[np.float64]


@lru_cache(maxsize=8)
def thresholds(across: int, down: int, block: int = 1) -> Levels:
    """Bayer's order, 0 to 1, over so many cells, in blocks of so many."""
    tile = np.kron((BAYER + 0.5) / 16, np.ones((block, block)))
    rows, columns = -(-down // len(tile)), -(-across // len(tile))
    return np.asarray(np.tile(tile, (rows, columns))[:down, :across])


def cells_of(canvas: skia.Canvas, size: tuple[float, float]) -> tuple[int, int, float]:
    """How many cells a picture of a size in stage units has, across and down, and how wide one is."""
    cell = cell_of(canvas)
    return round(size[0] / cell), -int(-size[1] // cell), cell


def packed(colour: str) -> np.uint32:
    """A colour of "#RRGGBB" as an opaque pixel."""
    return np.uint32(int(colour[1:], 16) | 0xFF000000)


def lay_cells(canvas: skia.Canvas, pixels: NDArray[Any], cell: float, left: int = 0, top: int = 0) -> None:
    """Lays pixels (0xAARRGGBB, clear where 0) as cells, the upper left one so many from the origin."""
    height, width = pixels.shape
    data = np.ascontiguousarray(pixels, np.uint32).view(np.uint8).reshape(height, width, 4)
    image = skia.Image.fromarray(data, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    place = skia.Rect.MakeXYWH(left * cell, top * cell, width * cell, height * cell)
    canvas.drawImageRect(image, skia.Rect.MakeWH(width, height), place, AS_THEY_ARE, None)
