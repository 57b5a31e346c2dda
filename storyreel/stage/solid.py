"""What of an image is opaque: what lies wholly below that need not be painted."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import skia
from numpy.typing import NDArray

_OPAQUE = np.uint32(0xFF000000)
_MARGINS = (0, 2, 8, 32)
"""So many pixels at the sides may be clear: a thing has some room round it, a drawing's edges are broken."""
_LEAST = 24
"""Rows from which on it pays."""
_SOLID: WeakKeyDictionary[Any, tuple[int, int, int, int]] = WeakKeyDictionary()


def weighed(image: skia.Image, like: skia.Image | None = None) -> skia.Image:
    """An image of which it is known from now on what of it is opaque.

    Args:
        like: one whose pixels are as opaque as its own.
    """
    found = _SOLID.get(like) if like is not None else _band(image)
    if found is not None:
        _SOLID[image] = found
    return image


def solid(image: skia.Image) -> skia.Rect | None:
    """The rows of a weighed image that are opaque, all but their ends, in its pixels; None where there are none."""
    found = _SOLID.get(image)
    return skia.Rect.MakeLTRB(*found) if found is not None else None


def _band(image: skia.Image) -> tuple[int, int, int, int] | None:
    pixmap = skia.Pixmap()
    if not image.peekPixels(pixmap):
        return None
    pixels: NDArray[np.uint32] = np.array(pixmap, copy=False).view(np.uint32)[..., 0]
    width = image.width()
    for margin in _MARGINS:
        if width <= 2 * margin:
            return None
        full = pixels[:, margin : width - margin].min(axis=1) >= _OPAQUE
        # Where rows begin and end to be opaque, by turns.
        turns = np.flatnonzero(np.diff(np.concatenate(([False], full, [False])).astype(np.int8)))
        if len(turns):
            tops, ends = turns[::2], turns[1::2]
            most = int((ends - tops).argmax())
            top, end = int(tops[most]), int(ends[most])
            if end - top >= _LEAST:
                return margin, top, width - margin, end
    return None
