"""The reveal: a garden's foot at night under all, and the frame of whole cells that a portrait draws back into."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from storyreel.looks.gif.masks import cells_of, lay_cells, packed, thresholds
from storyreel.looks.gif.palette import COLOURS
from storyreel.looks.gif.type import cell_of
from storyreel.stage.ink import argb
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number

_HIGH = 1.02
"""Half of the frame's height, in radii; its width is the same and a little more."""
_OVER = 1.12
"""How much further up it reaches than down: there is hair, and what is worn in it."""
_WIDE = 1.08
_MELT = 28
"""Rows of cells in which a picture's foot goes over into night."""
_TUFT, _GLOW = 15, 58
"""Cells from one tuft of grass to the next, and how far the light of the ground reaches up."""
_EDGE = 16
"""Rows of cells in which a panel of night begins."""
_REACH, _BELOW = 544.0, 720.0
"""How far a panel reaches to the sides of a card's middle, and down from it."""
_SWAY = 2 / 3
"""Seconds for which grass leans one way."""


def _half(settings: Settings, values: Values) -> tuple[float, float]:
    radius = number(settings, "radius", 560.0) * max(values.get("open", 1.0), 0.0)
    return radius * _WIDE, radius * _HIGH


def _outline(settings: Settings, values: Values) -> skia.Path:
    across, down = _half(settings, values)
    return skia.Path().addRect(skia.Rect.MakeLTRB(-across, -_OVER * down, across, down))


def _front(canvas: skia.Canvas, settings: Settings, values: Values) -> None:
    """The foot melts into night, and night lies round the picture."""
    if values.get("open", 1.0) > 1:
        return
    cell = cell_of(canvas)
    across, down = (round(half / cell) for half in _half(settings, values))
    wide = 2 * across + 2
    if not wide:
        return
    rows = np.arange(_MELT)[:, None]
    melted = (rows + 2) / _MELT > thresholds(wide, _MELT)
    lay_cells(canvas, np.where(melted, packed(COLOURS["K"]), np.uint32(0)), cell, -across - 1, down - _MELT + 1)


def _bounds(settings: Settings) -> Box:
    reach = number(settings, "radius", 560.0) * 1.16 * max(number(settings, "widest", 1.0), 1.0)
    return (-reach, -reach, reach, reach)


OPENING = Widget(
    lambda canvas, settings, values: None,
    _bounds,
    _outline,
    Widget(_front, values=("open",)),
    values=("open",),
)


def _size(settings: Settings) -> tuple[float, float]:
    return number(settings, "width", 1080), number(settings, "height", 1920)


def _ground(canvas: skia.Canvas, settings: Settings, values: Values) -> None:
    """Night, the light of the ground, and grass that sways; its top left corner at (0, 0)."""
    size = _size(settings)
    across, down, cell = cells_of(canvas, size)
    canvas.drawRect(skia.Rect.MakeWH(*size), skia.Paint(AntiAlias=False, Color=argb(COLOURS["K"])))
    lean = int(values.get("t", 0.0) / _SWAY) % 2
    tall = min(_GLOW, down)
    lay_cells(canvas, _foot(across, tall, down, lean), cell, 0, down - tall)


@lru_cache(maxsize=8)
def _foot(across: int, tall: int, down: int, lean: int) -> NDArray[np.uint32]:
    x, y = np.arange(across)[None, :], np.arange(tall)[:, None]
    far = np.hypot((x - across / 2) / 1.25, y - tall * 0.7)
    pattern = np.roll(thresholds(across, tall + 4), (tall - down) % 4, axis=0)[:tall]
    pixels = np.where((_GLOW - far) / 60 > pattern, packed(COLOURS["N"]), np.uint32(0))
    for number_, middle in enumerate(range(4, across, _TUFT)):
        for blade in range(-3, 4):
            high = 12 + (middle * 7) % 9 - 2 * abs(blade)
            for step in range(high):
                bent = blade * step // high + (lean if step > high * 0.6 and (number_ + blade) % 2 else 0)
                at, row = middle + blade + bent, tall - 1 - step
                if 0 <= at < across and row >= 0:
                    pixels[row, at] = packed(COLOURS["G" if (blade + number_) % 2 else "T"])
        if number_ % 3 == 1:
            _flower(pixels, middle + 5, 24 + (middle * 5) % 11, "YCAW"[number_ // 3 % 4], lean)
    return pixels


def _flower(pixels: NDArray[np.uint32], at: int, high: int, petals: str, lean: int) -> None:
    """A stem that stands so many cells high, and its head, which grass leans with."""
    tall, across = pixels.shape
    top, middle = tall - high, at + lean
    if not 2 < middle < across - 3 or top < 3:
        return
    pixels[top:, at] = packed(COLOURS["G"])
    pixels[top + high // 2, at + 1 : at + 3] = packed(COLOURS["L"])
    pixels[top - 2 : top + 1, middle - 2 : middle + 3] = packed(COLOURS[petals])
    pixels[top - 3 : top + 2, middle - 1 : middle + 2] = packed(COLOURS[petals])
    pixels[top - 1, middle - 1 : middle + 2] = packed(COLOURS["C" if petals != "C" else "Y"])


def panel(canvas: skia.Canvas, cell: float, head: float, risen: float, swayed: float) -> None:
    """Night that has risen so far from the picture's foot up to `head`, its edge melting; at its foot the garden."""
    wide, low = 2 * round(_REACH / cell), round(_BELOW / cell)
    top = round(head / cell + (low - head / cell) * (1 - risen))
    if top >= low:
        return
    rows = np.arange(_EDGE)[:, None]
    melted = (rows + 1) / _EDGE > thresholds(wide, _EDGE)
    lay_cells(canvas, np.where(melted, packed(COLOURS["K"]), np.uint32(0)), cell, -wide // 2, top - _EDGE)
    solid = skia.Rect.MakeLTRB(-wide // 2 * cell, top * cell, wide // 2 * cell, low * cell)
    canvas.drawRect(solid, skia.Paint(AntiAlias=False, Color=argb(COLOURS["K"])))
    if top <= low - _GLOW:
        lay_cells(canvas, _foot(wide, _GLOW, low, int(swayed / 8) % 2), cell, -wide // 2, low - _GLOW)


GROUND = Widget(_ground, lambda settings: (0, 0, *_size(settings)), values=("t",))
