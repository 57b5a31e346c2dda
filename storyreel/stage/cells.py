"""Draws puppets of pixel cells: whole cells, their pixels as they are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from storyreel.assets import digest
from storyreel.errors import StoryreelError
from storyreel.puppet.bounds import around
from storyreel.puppet.cell_file import read_sheet
from storyreel.puppet.cells import TURN, Pixels, Sheet, laid, rig_of
from storyreel.puppet.model import Rig
from storyreel.stage.camera import Affine
from storyreel.stage.display import Bounds, Canvas
from storyreel.stage.treated import Hand
from storyreel.treatment.contract import Edge

_AS_THEY_ARE = skia.SamplingOptions(skia.FilterMode.kNearest)


class DrawnCells:
    """A puppet of cells, ready to be drawn in any pose; a unit of it is a pixel of its sheet."""

    def __init__(self, sheet: Sheet, pixels: Pixels | None = None) -> None:
        self.rig: Rig = rig_of(sheet)
        self._sheet = sheet
        pixels = np.ascontiguousarray(sheet.pixels if pixels is None else pixels)
        image = skia.Image.fromarray(pixels, skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType)
        # As Skia's surfaces hold pixels they are copied in a thirtieth of the time.
        self._image = image.convert(skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)

    @staticmethod
    def load(path: Path, picture: Path, hand: Hand | None = None) -> DrawnCells:
        """A puppet from its sheet's JSON and PNG, kept for as long as they stay the same.

        Raises:
            SceneError: the sheet has mistakes.
        """
        read_sheet(path, picture)
        state = f"{digest(path)} {digest(picture)}"
        made = _made(_inked(path, picture, state).colours, hand) if hand and hand.redraws else ()
        return _loaded(path, picture, state, made)

    def draw(
        self,
        canvas: Canvas,
        pose: dict[str, float],
        edges: Sequence[Edge] = (),
        only: frozenset[str] | None = None,
    ) -> None:
        """Draws the puppet with its feet at the origin; a cell has its own line drawn round it, so `edges` are not.

        Args:
            canvas: where to draw; its matrix and clip are left as they were.
            pose: channel values; a missing one is at rest.
            edges: passed over.
            only: draws nothing but the cells of these names.
        """
        for cell, (x, y) in laid(self._sheet, pose):
            if only is None or cell.name in only:
                left, top, width, height = cell.rect
                source = skia.Rect.MakeXYWH(left, top, width, height)
                canvas.drawImageRect(self._image, source, skia.Rect.MakeXYWH(x, y, width, height), _AS_THEY_ARE)

    def parts(self, pose: Mapping[str, float], matrix: Affine) -> dict[str, Bounds]:
        """The box of each cell that is shown in a pose, where `matrix` takes the puppet with its feet at the origin."""
        return {
            cell.name: around((x, y, x + cell.rect[2], y + cell.rect[3]), matrix)
            for cell, (x, y) in laid(self._sheet, dict(pose))
        }

    def turned(self, seconds: float) -> dict[str, float]:
        """The channel of what goes round by itself; none where nothing does."""
        return {TURN: float(math.floor(seconds * self._sheet.turns))} if self._sheet.loops else {}

    def bounds(self, pose: dict[str, float] | None = None) -> Bounds:
        """Where the puppet's cells are in a pose, with its feet at the origin, in its own units.

        Raises:
            StoryreelError: nothing of it is shown.
        """
        cells = laid(self._sheet, pose or {})
        if not cells:
            raise StoryreelError(f"{self._sheet.name}: nothing to see in this pose")
        left, top = (min(corner[axis] for _, corner in cells) for axis in (0, 1))
        right, bottom = (max(corner[axis] + cell.rect[2 + axis] for cell, corner in cells) for axis in (0, 1))
        return (left, top, right, bottom)


class _Inked(NamedTuple):
    """The colours of a sheet, and which of them each of its pixels has."""

    colours: tuple[str, ...]
    places: NDArray[np.uint32]


@lru_cache(maxsize=32)
def _inked(path: Path, picture: Path, state: str) -> _Inked:
    levels = read_sheet(path, picture).pixels[..., :3].astype(np.uint32)
    packed = levels[..., 0] << 16 | levels[..., 1] << 8 | levels[..., 2]
    # Cells are flat: there are far fewer runs of one colour than pixels, and sorting is what takes time.
    row = packed.ravel()
    begins = np.concatenate(([0], np.flatnonzero(row[1:] != row[:-1]) + 1))
    found, index = np.unique(row[begins], return_inverse=True)
    places = np.repeat(index.astype(np.uint32), np.diff(begins, append=row.size))
    return _Inked(tuple(f"#{colour:06X}" for colour in found.tolist()), places.reshape(packed.shape))


@lru_cache(maxsize=256)
def _made(colours: tuple[str, ...], hand: Hand) -> tuple[str, ...]:
    """What a look makes of a sheet's colours; empty where it leaves them as they are."""
    made = tuple(hand.colour(colour, "fill", ()) for colour in colours)
    return made if made != colours else ()


@lru_cache(maxsize=48)
def _loaded(path: Path, picture: Path, state: str, made: tuple[str, ...]) -> DrawnCells:
    sheet = read_sheet(path, picture)
    if not made:
        return DrawnCells(sheet)
    table = np.array([[*bytes.fromhex(colour[1:7]), 0] for colour in made], np.uint8).view(np.uint32).ravel()
    pixels = table[_inked(path, picture, state).places].view(np.uint8).reshape(sheet.pixels.shape)
    pixels[..., 3] = sheet.pixels[..., 3]
    return DrawnCells(sheet, pixels)


def crisp(matrix: Affine, unit: float) -> Affine:
    """A place where every pixel of a cell fills whole pixels of the picture: grown by whole factors, turned never.

    Args:
        unit: how large a pixel of the picture is, in the units that the matrix leads to.
    """
    a, b, c, d, e, f = matrix
    grown = max(round(math.sqrt(abs(a * d - b * c)) / unit), 1) * unit
    flipped = -1.0 if a * d - b * c < 0 else 1.0
    return (flipped * grown, 0.0, 0.0, grown, round(e / unit) * unit, round(f / unit) * unit)
