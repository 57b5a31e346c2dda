"""Pixel type: letters as they lie in cells, large ones by Scale2x, which rounds their corners by one cell."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from storyreel.looks.gif.cutout import CUTOUT
from storyreel.looks.gif.finish import FINISH
from storyreel.looks.gif.palette import NIGHT
from storyreel.stage.lettering import draw_emoji, outline
from storyreel.text.chain import FontChain
from storyreel.text.shape import ShapedLine, shape

Mask = NDArray[np.bool_]
BODY = 8
"""Cells that a letter of a pixel face is drawn on."""
_PIXEL_FACES = ("Press Start 2P", "Silkscreen")
_FAR = 16000
"""So wide is what records a thing by itself, and no picture."""
_ROOM = 4
"""Cells round a line for its edge, and for signs that stand over it."""
AS_THEY_ARE = skia.SamplingOptions(skia.FilterMode.kNearest)


class Laid(NamedTuple):
    """Cells as an image, and where its upper left one lies, seen from the origin, in cells."""

    image: skia.Image
    left: int
    top: int


def cell_of(canvas: skia.Canvas) -> float:
    """How wide a cell is, in the canvas's units: a picture may be painted in the film's pixels; a thing never is."""
    size = canvas.getBaseLayerSize()
    pixels = FINISH.cell(size.width(), size.height()) if size.width() < _FAR else 1
    return pixels / abs(canvas.getTotalMatrix().getScaleX() or 1.0)


def lay(canvas: skia.Canvas, laid: Laid, x: float, y: float, cell: float) -> None:
    """Puts cells down with their origin on the cell that is nearest to a place."""
    left, top = round(x / cell) + laid.left, round(y / cell) + laid.top
    place = skia.Rect.MakeXYWH(left * cell, top * cell, laid.image.width() * cell, laid.image.height() * cell)
    canvas.drawImageRect(laid.image, skia.Rect.Make(laid.image.bounds()), place, AS_THEY_ARE, None)


def doubled(mask: Mask) -> Mask:
    """Twice as large, corners rounded by one cell (Scale2x, Andrea Mazzoleni, 2001)."""
    wide = np.pad(mask, 1)
    above, below, before, behind = wide[:-2, 1:-1], wide[2:, 1:-1], wide[1:-1, :-2], wide[1:-1, 2:]
    found = np.repeat(np.repeat(mask, 2, 0), 2, 1)
    bends = (above != below) & (before != behind)
    for down, one in enumerate((above, below)):
        for across, other in enumerate((before, behind)):
            found[down::2, across::2] = np.where(bends & (one == other), one, mask)
    return found


def times(size: float, cell: float) -> int:
    """How many times its own size type of a pixel face is set: 1, 2 or 4."""
    grown = size / (BODY * cell)
    return 4 if grown >= 4 else 2 if grown >= 2 else 1


@lru_cache(maxsize=512)
def set_in_cells(text: str, faces: FontChain, grown: int, language: str = "en") -> ShapedLine:
    """A line whose unit is a cell, of type so many times its own size."""
    return shape(text, faces, float(BODY * grown), language)


@lru_cache(maxsize=512)
def ink(line: ShapedLine, grown: int, word: tuple[int, int] | None = None) -> tuple[Mask, int, int]:
    """Which cells a line's letters, or those of a word of it, cover; and where the upper left one lies."""
    whole = all(run.face.name in _PIXEL_FACES or run.face.coloured for run in line.runs)
    finer = grown if whole else 1
    path = skia.Path(outline(line, word))
    path.transform(skia.Matrix.Scale(1 / finer, 1 / finer))
    rect = path.getBounds().roundOut()
    grey = np.zeros((max(rect.height(), 1), max(rect.width(), 1)), np.uint8)
    info = skia.ImageInfo.Make(grey.shape[1], grey.shape[0], skia.kAlpha_8_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, grey)
    canvas = surface.getCanvas()
    canvas.translate(-rect.left(), -rect.top())
    canvas.drawPath(path, skia.Paint(AntiAlias=False))
    mask = grey > 0
    for _ in range(finer.bit_length() - 1):
        mask = doubled(mask)
    return mask, rect.left() * finer, rect.top() * finer


def edged(mask: Mask, edge: int, drop: int) -> Mask:
    """What ink covers with an edge on all sides and a drop below it; larger by both."""
    height, width = mask.shape
    wide = np.zeros((height, width + 2 * edge), bool)
    for across in range(2 * edge + 1):
        wide[:, across : across + width] |= mask
    found = np.zeros((height + 2 * edge + drop, width + 2 * edge), bool)
    for down in range(2 * edge + drop + 1):
        found[down : down + height] |= wide
    return found


@lru_cache(maxsize=512)
def letters(
    line: ShapedLine,
    grown: int,
    colour: str,
    edge: str = NIGHT,
    word: tuple[int, int] | None = None,
    drop: int = 2,
    above: str = "",
) -> Laid:
    """A line of type: letters, one cell of edge round them, and more of it below; signs in the palette's colours.

    Args:
        line: set in cells.
        grown: how many times its own size its type is.
        colour: of its letters.
        edge: of what lies round them; "" for nothing.
        word: the span of the only word that is drawn.
        drop: cells of edge below.
        above: the colour of the letters' upper half, where that is another.
    """
    mask, left, top = ink(line, grown, word)
    pixels = np.zeros((mask.shape[0] + 2 * _ROOM, mask.shape[1] + 2 * _ROOM), np.uint32)
    if edge:
        around = edged(mask, 1, drop)
        pixels[_ROOM - 1 :, _ROOM - 1 :][: around.shape[0], : around.shape[1]][around] = _packed(edge)
    inside = pixels[_ROOM:-_ROOM, _ROOM:-_ROOM]
    inside[mask] = _packed(colour)
    if above:
        half = mask.copy()
        half[max(-top - 3 * grown, 0) :] = False
        inside[half] = _packed(above)
    if any(run.face.coloured for run in line.runs):
        left, top, pixels = _signed(line, word, left, top, pixels)
    return Laid(_image(pixels), left - _ROOM, top - _ROOM)


def _signed(
    line: ShapedLine, word: tuple[int, int] | None, left: int, top: int, pixels: NDArray[np.uint32]
) -> tuple[int, int, NDArray[np.uint32]]:
    """Letters with the line's emoji beside them, cut out as figures are."""
    box = skia.IRect.MakeLTRB(*(round(side) for side in line.ink)).makeOutset(_ROOM, _ROOM)
    signs = np.zeros((box.height(), box.width(), 4), np.uint8)
    info = skia.ImageInfo.Make(box.width(), box.height(), skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, signs)
    canvas = surface.getCanvas()
    canvas.translate(-box.left(), -box.top())
    draw_emoji(canvas, line, word)
    alpha = signs[..., 3:].astype(np.uint16)
    signs[...] = np.where(alpha >= 128, np.minimum(signs.astype(np.uint16) * 255 // np.maximum(alpha, 1), 255), 0)
    CUTOUT.apply(signs, "figure")
    x, y = min(left, box.left() + _ROOM), min(top, box.top() + _ROOM)
    right = max(left + pixels.shape[1] - _ROOM, box.right())
    bottom = max(top + pixels.shape[0] - _ROOM, box.bottom())
    both = np.zeros((bottom - y + _ROOM, right - x + _ROOM), np.uint32)
    both[top - y :, left - x :][: pixels.shape[0], : pixels.shape[1]] = pixels
    part = both[box.top() + _ROOM - y :, box.left() + _ROOM - x :][: box.height(), : box.width()]
    there = signs[: part.shape[0], : part.shape[1], 3] > 0
    part[there] = signs.view(np.uint32)[: part.shape[0], : part.shape[1], 0][there]
    return x, y, both


def _packed(colour: str) -> np.uint32:
    return np.uint32(int(colour[1:], 16) | 0xFF000000)


def _image(pixels: NDArray[np.uint32]) -> skia.Image:
    data = np.ascontiguousarray(pixels).view(np.uint8).reshape(*pixels.shape, 4)
    return skia.Image.fromarray(data, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
