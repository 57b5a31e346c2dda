"""A buffer of pixels and the Skia canvas that draws straight into it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import skia
from numpy.typing import NDArray

from storyreel.paint.damage import Rect

Pixels = NDArray[np.uint8]
"""A picture of shape (height, width, 4): BGRA, premultiplied, opaque, C-contiguous."""


def surface(pixels: Pixels) -> skia.Surface:
    """A Skia surface that draws straight into the buffer, which must outlive it."""
    height, width = pixels.shape[:2]
    info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    return skia.Surface.MakeRasterDirect(info, pixels)


class Layer:
    """Premultiplied BGRA pixels, shape (height, width, 4), transparent at first, and their canvas."""

    def __init__(self, width: int, height: int) -> None:
        self.pixels: Pixels = np.zeros((height, width, 4), np.uint8)
        self._surface = surface(self.pixels)
        self.canvas = self._surface.getCanvas()

    def take(self, source: Pixels, rects: Sequence[Rect]) -> None:
        """Copies rectangles of a buffer of the same size."""
        for left, top, right, bottom in rects:
            self.pixels[top:bottom, left:right] = source[top:bottom, left:right]
