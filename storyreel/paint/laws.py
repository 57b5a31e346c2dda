"""The laws of pixels that looks share: passes over bytes, the same on every machine, as they are whole numbers.

Each works on a rectangle of a picture (opaque BGRA), and what it does to a pixel depends on that pixel, its place in
the picture, and at most on pixels within a stated reach: so a picture is the same whether it is worked on whole or by
rectangles. Tiles are fixed to the picture's upper left corner. Costs are CPU ms for a whole picture of 1080x1920, as
`benchmarks/laws.py` measures them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyreel.paint.damage import Rect
from storyreel.paint.grading import grey
from storyreel.paint.surface import Pixels
from storyreel.stage.tiles import SIZE, Levels, grain, squeezed

_BAND = 64
"""Rows worked on at a time: so few stay in the processor's cache."""

BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.uint32)
"""The order in which the pixels of a square of four by four change, as a tone rises (Bayer, 1973)."""


class Sheet:
    """A tile as it lies over a picture of some width: repeated across it, so that a row of it is one run of bytes.

    Args:
        tile: shape (height, width) or (height, width, channels).
        width: of the picture.
    """

    def __init__(self, tile: NDArray[Any], width: int) -> None:
        across, down = -(-width // tile.shape[1]), -(-_BAND // tile.shape[0])
        repeats = (down, across, 1)[: tile.ndim]
        self._rows: NDArray[Any] = np.ascontiguousarray(np.tile(tile, repeats)[:, :width])

    def bands(self, rect: Rect) -> Iterator[tuple[slice, NDArray[Any]]]:
        """A rectangle of the picture as bands of rows, each with what of the tile lies on it."""
        top, period = rect.top, len(self._rows)
        while top < rect.bottom:
            first = top % period
            bottom = min(top + period - first, rect.bottom)
            yield slice(top, bottom), self._rows[first : first + bottom - top, rect.left : rect.right]
            top = bottom


def _columns(rect: Rect) -> slice:
    return slice(rect.left, rect.right)


def luma(painted: Pixels, rect: Rect) -> NDArray[np.uint8]:
    """How light pixels are, shape (height, width) of the rectangle (ITU-R BT.601). Cost: 4."""
    width = rect.right - rect.left
    found = np.empty((rect.bottom - rect.top, width), np.uint8)
    greys, spare = np.empty((2, _BAND, width), np.uint32)
    pixels = painted.view(np.uint32)[..., 0]
    for top in range(rect.top, rect.bottom, _BAND):
        rows = min(_BAND, rect.bottom - top)
        grey(pixels[top : top + rows, _columns(rect)], greys[:rows], spare[:rows])
        found[top - rect.top : top - rect.top + rows] = greys[:rows]  # its lowest byte
    return found


# ---- paper


def paper(tile: Levels, strength: int, width: int) -> Sheet:
    """A sheet for `tooth`: how much of its levels is taken, in 256ths, from pictures of some width."""
    taken = (tile.astype(np.uint32) * strength >> 8).astype(np.uint8)[..., None]
    return Sheet(np.concatenate((taken, taken, taken, np.zeros_like(taken)), axis=2), width)


def tooth(painted: Pixels, finished: Pixels, rect: Rect, sheet: Sheet) -> None:
    """Takes the tooth of a paper from the picture; what is too dark for it becomes black. Cost: 1.3."""
    for rows, taken in sheet.bands(rect):
        source, target = painted[rows, _columns(rect)], finished[rows, _columns(rect)]
        np.minimum(source, taken, out=target)
        np.subtract(source, target, out=target)


# ---- light


def add(finished: Pixels, rect: Rect, light: Pixels) -> None:
    """Adds light of the rectangle's size, as glows and blooms are laid on; nothing gets lighter than white. Cost: 2."""
    target = finished[rect.top : rect.bottom, _columns(rect)]
    for top in range(0, len(target), _BAND):
        band = target[top : top + _BAND]
        band += np.minimum(~band, light[top : top + _BAND])


# ---- screens


class Screen:
    """A screen of dots, lines or grain over pictures of some width.

    Args:
        levels: where ink comes first: the tile (`storyreel.stage.tiles`).
        gain: how steep the edge of a dot is: half its pitch in pixels smooths it over one pixel; 0: hard.
    """

    def __init__(self, levels: Levels, width: int, gain: int = 0) -> None:
        self.gain = gain
        if gain:
            tile = squeezed(levels, gain).astype(np.int16) * gain + 128
            self.sheet = Sheet(tile.astype(np.int16), width)
        else:
            self.sheet = Sheet(levels, width)


def inked(tone: NDArray[np.uint8], rect: Rect, screen: Screen) -> NDArray[np.uint8]:
    """How much ink a screen lays on each pixel, 0 to 255, for a tone (255: none at all). Cost: hard .4, soft 1.6.

    Args:
        tone: shape (height, width) of the rectangle.
        rect: where it lies in the picture.
    """
    found = np.empty_like(tone)
    for rows, levels in screen.sheet.bands(rect):
        here = slice(rows.start - rect.top, rows.stop - rect.top)
        if screen.gain:
            wide = tone[here].astype(np.int16)
            wide *= -screen.gain
            wide += levels
            np.clip(wide, 0, 255, out=found[here], casting="unsafe")
        else:
            np.greater(levels, tone[here], out=found[here].view(bool))
    if not screen.gain:
        np.negative(found, out=found)  # 1 becomes 255
    return found


@lru_cache(maxsize=64)
def _shares(ink: str) -> NDArray[np.uint32]:
    """What an ink of "#RRGGBB" takes from white, as 0x00RRGGBB, for every amount of it."""
    amounts = np.arange(256, dtype=np.uint32)
    taken = (255 - int(ink[at : at + 2], 16) for at in (1, 3, 5))
    red, green, blue = ((amounts * share + 127) // 255 for share in taken)
    shares: NDArray[np.uint32] = (red << 16 | green << 8 | blue).astype(np.uint32)
    return shares


def overprint(finished: Pixels, rect: Rect, amounts: NDArray[np.uint8], ink: str) -> None:
    """Prints an ink ("#RRGGBB") by amounts of 0 to 255: on white its own colour, on colours darker. Cost: 6."""
    shares, target = _shares(ink), finished[rect.top : rect.bottom, _columns(rect)]
    for top in range(0, len(target), _BAND):
        band = target[top : top + _BAND]
        taken = shares[amounts[top : top + _BAND]].view(np.uint8).reshape(band.shape)
        band -= np.minimum(band, taken)


# ---- few colours


class Palette:
    """Few colours, and which of them each colour becomes at each place of a square of four by four pixels.

    A colour of the palette, and all that differ from it only in the last three bits of a channel, stay it everywhere.

    Args:
        colours: "#RRGGBB" each; no two of them the same in the first five bits of every channel.
        spread: how far, in levels, colours are mixed; 0: each becomes the nearest.

    Raises:
        ValueError: two colours are too near each other to be told apart.
    """

    def __init__(self, colours: Sequence[str], width: int, spread: int) -> None:
        packed = np.array([int(colour[1:], 16) for colour in colours], np.uint32)
        cells = (packed >> 3 & 31) | (packed >> 6 & 31 << 5) | (packed >> 9 & 31 << 10)
        if len(set(cells.tolist())) < len(packed):
            raise ValueError(f"two of {', '.join(colours)} are too near each other")
        self.bayer = Sheet(BAYER, width)
        self.table = np.empty((32768, 16), np.uint32)
        """The colour, 0xFFRRGGBB, for the first five bits of red, green and blue, and the place."""
        levels = np.arange(32, dtype=np.int32) * 8 + 4
        for place in range(16):
            moved = np.clip(levels + (2 * place - 15) * spread // 32, 0, 255)
            self.table[:, place] = packed[_nearest(moved, packed)]
        self.table[cells] = packed[:, None]
        self.table |= np.uint32(0xFF000000)


def _nearest(levels: NDArray[np.int32], packed: NDArray[np.uint32]) -> NDArray[np.int32]:
    """Which colour is nearest to each of some levels of red, green and blue, which changes from one to the next.

    Green counts most, as to the eye. Of two that are as near it is the first.
    """
    numbers = len(packed)
    best = np.full((len(levels),) * 3, np.iinfo(np.int32).max, np.int32)
    for index, colour in enumerate(packed.tolist()):
        red, green, blue = (
            weight * (levels - (colour >> shift & 255)) ** 2 for shift, weight in ((16, 3), (8, 4), (0, 2))
        )
        far = (red[:, None] + green)[..., None] + blue
        np.minimum(best, far * numbers + index, out=best)
    return best.ravel() % numbers


def dithered(painted: Pixels, rect: Rect, palette: Palette) -> Pixels:
    """The pixels of a rectangle in a palette's colours. Cost: 1.5 for a picture of 270x480, 18 for a whole one."""
    found = np.empty((rect.bottom - rect.top, rect.right - rect.left, 4), np.uint8)
    pixels, target, table = painted.view(np.uint32)[..., 0], found.view(np.uint32)[..., 0], palette.table.ravel()
    for rows, places in palette.bayer.bands(rect):
        source = pixels[rows, _columns(rect)]
        # Fifteen bits of colour above four of the place.
        at = source << 1 & 31 << 4
        at |= source >> 2 & 31 << 9
        at |= source >> 5 & 31 << 14
        at |= places
        target[rows.start - rect.top : rows.stop - rect.top] = table[at]
    return found


def enlarge(cells: Pixels, finished: Pixels, rect: Rect, cell: int) -> None:
    """Writes every pixel of a rectangle as a square of `cell` by `cell`. Cost: 1 for four by four.

    Args:
        cells: the rectangle's pixels.
        finished: the large picture; what would lie beyond its edges is left out.
        rect: in cells.
        cell: pixels across a cell.
    """
    target = finished.view(np.uint32)[..., 0][:, rect.left * cell : rect.right * cell]
    wide = np.repeat(cells.view(np.uint32)[..., 0], cell, axis=1)[:, : target.shape[1]]
    for row in range(cell):
        rows = target[rect.top * cell + row : rect.bottom * cell : cell]
        rows[...] = wide[: len(rows)]


# ---- boil


class Boil:
    """What makes a still picture boil: for every drawing of a cycle, a pixel from which each one is taken.

    Args:
        width, height: of the picture.
        reach: how far, in pixels, it is taken at the most.
        cycle: drawings.
        bumps: pixels from one bump to the next (a power of two up to `SIZE`).
    """

    def __init__(self, width: int, height: int, reach: int, cycle: int = 3, bumps: int = 32) -> None:
        self.reach, self._height, self._width = reach, height, width
        self._sheets: list[tuple[Sheet, Sheet]] = []
        columns = np.arange(width)
        for drawing in range(cycle):
            across, down = (_shifts(reach, bumps, 2 * drawing + axis) for axis in (0, 1))
            repeated = np.tile(across, (1, -(-width // SIZE)))[:, :width]
            inside = np.clip(columns + repeated, 0, width - 1)
            wide_down = np.tile(down, (1, -(-width // SIZE)))[:, :width]
            self._sheets.append((Sheet(inside + wide_down * width, width), Sheet(wide_down, width)))

    def taken(self, rect: Rect, drawing: int) -> Iterator[tuple[slice, NDArray[np.intp]]]:
        """The rectangle in bands of rows, each with the pixels, counted through the picture, that it takes."""
        sheet, down = self._sheets[drawing % len(self._sheets)]
        for (rows, places), (_, shifts) in zip(sheet.bands(rect), down.bands(rect), strict=True):
            at = np.arange(rows.start, rows.stop)[:, None]
            found = places + at * self._width
            if rows.start < self.reach or rows.stop > self._height - self.reach:
                found += (np.clip(at + shifts, 0, self._height - 1) - at - shifts) * self._width
            yield rows, found


def _shifts(reach: int, bumps: int, seed: int) -> NDArray[np.int64]:
    """By how many pixels each pixel of a tile is moved along one axis."""
    return (grain((bumps,), seed + 1).astype(np.int64) - 1) * (2 * reach + 1) // 255 - reach


def boiled(painted: Pixels, finished: Pixels, rect: Rect, boil: Boil, drawing: int) -> None:
    """Moves pixels by what a boil says for a drawing; its own reach is the boil's. Cost: 7."""
    pixels, target = painted.view(np.uint32).ravel(), finished.view(np.uint32)[..., 0]
    for rows, places in boil.taken(rect, drawing):
        target[rows, _columns(rect)] = pixels.take(places)
