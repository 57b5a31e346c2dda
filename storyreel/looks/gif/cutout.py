"""Figures of cells: hard edges, the palette's colours, no lone pixel, one line of night round them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyreel.looks.gif.palette import COLOURS, nearest_of_all
from storyreel.paint.laws import BAYER
from storyreel.timeline.model import Kind
from storyreel.treatment.contract import Made

Indices = NDArray[np.uint8]

_CLEAR = len(COLOURS)
"""The number of no colour."""
_DARK = "KNV"
"""What an edge may be of and needs no line beside it."""
_LONE = "WAY"
"""What may stand alone: catchlights, tears, stars."""
_SOLID = 200
"""How opaque a pixel is that belongs to a body, and not to a light."""


@lru_cache(maxsize=1)
def _tables() -> tuple[Indices, NDArray[np.uint32], NDArray[np.bool_], NDArray[np.bool_]]:
    """Indices by 15 bits of colour; the palette, packed; which of it is dark; which may stand alone."""
    packed = np.array([*(int(colour[1:], 16) | 0xFF000000 for colour in COLOURS.values()), 0], np.uint32)
    dark, lone = (np.array([bool(letter) and letter in some for letter in (*COLOURS, "")]) for some in (_DARK, _LONE))
    return nearest_of_all(), packed, dark, lone


@dataclass(frozen=True)
class Figures:
    """Whoever stands on the stage, and what they hold."""

    kinds: frozenset[Kind] = frozenset(("cast", "prop"))

    def apply(self, pixels: Any, made: Made, corner: tuple[int, int] = (0, 0)) -> None:
        """In place."""
        table, packed, dark, lone = _tables()
        alpha, target = pixels[..., 3], pixels.view(np.uint32)[..., 0]
        # What fades is a light: it goes over into what is below in the pattern of the screen.
        body = alpha > _pattern(*alpha.shape, corner[0] % 4, corner[1] % 4)
        solid = alpha >= _SOLID
        index = table[(target >> 9 & 0x7C00) | (target >> 6 & 0x3E0) | (target >> 3 & 0x1F)]
        thin = np.nonzero(body & (alpha < 255))
        if len(thin[0]):
            # What is premultiplied by its opacity is darker than it will be once it is opaque.
            whole = pixels[thin].astype(np.uint32)
            blue, green, red = (np.minimum(whole[:, channel] * 255 // whole[:, 3], 255) >> 3 for channel in range(3))
            index[thin] = table[red << 10 | green << 5 | blue]
        index[~body] = _CLEAR
        if made != "cells":
            _settle(index, solid, lone)
        if made == "figure":
            _line(index, solid, dark)
        target[...] = packed[index]


@lru_cache(maxsize=64)
def _pattern(down: int, across: int, x: int, y: int) -> NDArray[np.uint8]:
    """How opaque a pixel has to be, at least, to be there: Bayer's order, as it lies from so many cells on."""
    tile = np.roll((BAYER * 16 + 8).astype(np.uint8), (-y, -x), (0, 1))
    return np.tile(tile, (-(-down // 4), -(-across // 4)))[:down, :across]


def _settle(index: Indices, solid: NDArray[np.bool_], lone: NDArray[np.bool_]) -> None:
    """Gives a pixel that has no neighbour of its own colour the colour above it, or before it."""
    rows, columns = index.shape
    inner = index[1:-1, 1:-1]
    alone = ~lone[inner]
    alone &= solid[1:-1, 1:-1]
    for down in (0, 1, 2):
        for across in (0, 1, 2):
            if (down, across) != (1, 1):
                alone &= index[down : rows - 2 + down, across : columns - 2 + across] != inner
    y, x = np.nonzero(alone)
    above, before = index[y, x + 1], index[y + 1, x]
    found = np.where(above != _CLEAR, above, before)
    index[y + 1, x + 1] = np.where(found != _CLEAR, found, index[y + 1, x + 1])


def _line(index: Indices, solid: NDArray[np.bool_], dark: NDArray[np.bool_]) -> None:
    """A line of one cell: an edge that is dark becomes it, and beside any other it is laid."""
    edge = _beside(~solid)
    edge &= solid
    shade = dark[index]
    index[edge & shade] = 0
    laid = _beside(edge & ~shade)
    laid &= index == _CLEAR
    index[laid] = 0


def _beside(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What has a pixel of the mask above, below, before or behind it."""
    found = np.zeros(mask.shape, bool)
    found[1:] = mask[:-1]
    found[:-1] |= mask[1:]
    found[:, 1:] |= mask[:, :-1]
    found[:, :-1] |= mask[:, 1:]
    return found


CUTOUT = Figures()
