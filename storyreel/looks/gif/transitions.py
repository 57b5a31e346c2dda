"""How one scene gives way to the next in whole cells: Bayer's dissolve, columns, a scroll, a hole; and the portrait."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.looks.gif.finish import in_sixteen
from storyreel.looks.gif.masks import Mask, cells_of, lay_cells, packed, thresholds
from storyreel.looks.gif.palette import COLOURS, NIGHT

Canvas = skia.Canvas
Draw = Callable[[Canvas], None]
Size = tuple[float, float]

_BLOCK, _COLUMN = 5, 8
"""Cells of a dissolve's blocks, and of a wipe's columns."""
_STEPS = 4
"""Drawings in which a scene is covered, and in which the next is uncovered."""
_MIDDLE = 0.4
"""Where a hole closes, down the picture, where nothing else is said."""
_SEAM, _LEAN = 46.0, 0.3
"""How broad the seam is in which a portrait resolves, in cells, and how far it leans."""
_MOSAIC = 6
KINDS: tuple[str, ...] = ("cover", "cut", "fade", "iris", "resolve", "wipe")


def draw(
    canvas: Canvas, kind: str, progress: float, size: Size, seed: int, focus: Size | None = None, *both: Draw
) -> None:
    """Draws a transition over everything else.

    Args:
        canvas: where to draw, in stage units.
        kind: one of `KINDS`.
        progress: 0 before it begins, 1 when it is over; at .5 the picture is covered wholly (`cut` covers nothing).
        size: the picture's width and height in stage units.
        seed: decides which columns of a wipe go first.
        focus: where a hole closes, in stage units; a little above the middle if None.
        both: of `resolve`, what draws the picture that leaves, and the one that comes.

    Raises:
        StoryreelError: there is no such transition.
    """
    if kind not in KINDS:
        raise StoryreelError(f"unknown transition '{kind}'{did_you_mean(kind, KINDS)}")
    if kind == "resolve":
        _resolve(canvas, progress, size, *both)
        return
    if kind == "cut" or not 0 < progress < 1:
        return
    across, down, cell = cells_of(canvas, size)
    leaving = progress >= 0.5
    way = progress * 2 - leaving
    step = (math.floor(way * _STEPS) + (not leaving)) / _STEPS
    at = (focus[0] / size[0], focus[1] / size[1]) if focus else (0.5, _MIDDLE)
    covered = _COVERS[kind](across, down, 1 - step if leaving else step, leaving, seed, at)
    lay_cells(canvas, np.where(covered, packed(NIGHT), np.uint32(0)), cell)


def _dissolved(across: int, down: int, share: float, leaving: bool, seed: int, at: Size) -> Mask:
    return np.asarray(thresholds(across, down, _BLOCK) < share)


def _columns(across: int, down: int, share: float, leaving: bool, seed: int, at: Size) -> Mask:
    """Columns that come down one after another, and go on down."""
    number = np.arange(across) // _COLUMN
    late = np.random.default_rng(seed).permutation(number.max() + 1)[number] / (number.max() + 1)
    reach = np.clip(share * 2 - late, 0, 1) * down
    rows = np.arange(down)[:, None]
    return np.asarray(rows >= down - reach if leaving else rows < reach)


def _scrolled(across: int, down: int, share: float, leaving: bool, seed: int, at: Size) -> Mask:
    """Night that is pushed up over the picture, and off it."""
    rows = np.arange(down)[:, None] + np.zeros(across)
    reach = round(share * down)
    return np.asarray(rows < reach if leaving else rows >= down - reach)


def _holed(across: int, down: int, share: float, leaving: bool, seed: int, at: Size) -> Mask:
    """All but a circle."""
    x, y = (np.arange(count) + 0.5 - middle * count for count, middle in zip((across, down), at, strict=True))
    far = np.hypot(x[None, :], y[:, None])
    return np.asarray(far > (1 - share) * far.max())


_COVERS: Mapping[str, Callable[[int, int, float, bool, int, Size], Mask]] = {
    "fade": _dissolved,
    "wipe": _columns,
    "cover": _scrolled,
    "iris": _holed,
}


def _resolve(canvas: Canvas, progress: float, size: Size, leaving: Draw, coming: Draw) -> None:
    """The portrait comes out of the drawn picture: a mosaic in sixteen colours, then cells, then itself.

    A seam walks over the face from right to left; up to the half of it all is still in sixteen colours.
    """
    across, down, cell = cells_of(canvas, size)
    sixteen, mosaic = _portrait(_in_cells(coming, across, down, cell))
    blocks = thresholds(across, down, _BLOCK)
    x, y = np.arange(across)[None, :], np.arange(down)[:, None]
    lean = x + _LEAN * y
    behind = (lean.max() - lean) / _SEAM  # how many seams from where it starts
    far = float(behind.max())
    if progress < 0.5:
        leaving(canvas)
        reached = progress * 2 * (far + 2) - behind
        shown = np.where(reached - 1 > blocks, sixteen, np.where(reached > blocks, mosaic, np.uint32(0)))
    else:
        coming(canvas)
        reached = (progress * 2 - 1) * (far + 1) - behind
        shown = np.where(reached > blocks, np.uint32(0), sixteen)
    lay_cells(canvas, shown, cell)


def _in_cells(draw_: Draw, across: int, down: int, cell: float) -> NDArray[np.uint32]:
    """A picture as it is painted in cells."""
    pixels = np.zeros((down, across), np.uint32)
    info = skia.ImageInfo.Make(across, down, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, pixels.view(np.uint8).reshape(down, across, 4))
    inner = surface.getCanvas()
    inner.scale(1 / cell, 1 / cell)
    draw_(inner)
    return pixels


def _portrait(cells: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """A photograph in sixteen colours, cell by cell and as a mosaic; lighter, or dark hair is night."""
    levels = cells.view(np.uint8).reshape(*cells.shape, 4)
    light = np.ascontiguousarray(_lighter()[levels])
    sixteen = in_sixteen(light)
    coarse = np.ascontiguousarray(light[_MOSAIC // 2 :: _MOSAIC, _MOSAIC // 2 :: _MOSAIC])
    grown = np.repeat(np.repeat(in_sixteen(coarse), _MOSAIC, 0), _MOSAIC, 1)
    mosaic = np.full(cells.shape, packed(COLOURS["K"]), np.uint32)
    part = grown[: cells.shape[0], : cells.shape[1]]
    mosaic[: part.shape[0], : part.shape[1]] = part
    return sixteen, mosaic


@lru_cache(maxsize=1)
def _lighter() -> NDArray[np.uint8]:
    return np.round(255 * (np.arange(256) / 255) ** 0.8).astype(np.uint8)
