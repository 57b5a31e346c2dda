"""Paints display lists with Skia into numpy buffers."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import numpy as np
import skia

from storyreel.render.encode import Pixels
from storyreel.timeline.model import Timeline

if TYPE_CHECKING:
    from storyreel.stage.compose import DisplayList

Fingerprint = tuple[Hashable, ...]


def fingerprint(display: DisplayList) -> Fingerprint:
    """What a display list will paint: equal fingerprints paint equal pictures."""
    return tuple(item.key for item in display.items)


def blank(timeline: Timeline) -> Pixels:
    """A buffer for one frame."""
    return np.zeros((timeline.height, timeline.width, 4), np.uint8)


def surface(pixels: Pixels) -> Any:
    """A Skia surface that draws straight into the buffer, which must outlive it."""
    height, width = pixels.shape[:2]
    info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    return skia.Surface.MakeRasterDirect(info, pixels)


def paint_list(display: DisplayList, scale: float, pixels: Pixels) -> None:
    """Paints a whole display list, over black; `scale` is pixels a stage unit."""
    target = surface(pixels)
    canvas = target.getCanvas()
    canvas.clear(skia.ColorBLACK)
    canvas.scale(scale, scale)
    for item in display.items:
        item.draw(canvas)


def paint(timeline: Timeline, frame: int, pixels: Pixels, captions: bool = True) -> None:
    """Paints one film frame into a premultiplied BGRA buffer of shape (height, width, 4).

    Raises:
        IndexError: the film has no such frame.
    """
    from storyreel.stage.compose import compose

    paint_list(compose(timeline, frame, captions), timeline.scale, pixels)
