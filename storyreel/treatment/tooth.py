"""The tooth of paper over a whole picture: bare paper is rough, and what is drawn on it leaves its pits white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyreel.treatment.contract import Mood

Pixels = NDArray[np.uint8]

_TILE = 256
_DEEPEST = 15
"""How much darker than the sheet its pits are, of 255."""
_MOTTLED = (46.0, 17.0)
"""How light graphite is where it lies thin: in the mean of the sheet, and more by how rough it is there."""
_PITS = 0.17
"""The share of places where graphite doesn't reach the paper, and how light those are at the most."""
_LIGHTEST = 132
_BROWN = (8, 150)
"""How much redder than blue what is brown is, and how red at the most."""
_ORANGE = (3, 5)
"""What is brighter is a photograph's if it is more orange than crayon: its green is less than so many parts of so many
of the way from blue to red."""


def _smoothed(grain: NDArray[np.float64], times: int) -> NDArray[np.float64]:
    """Grain without its finest part; it still repeats without a seam."""
    for _ in range(times):
        for axis in (0, 1):
            grain = (np.roll(grain, 1, axis) + 2 * grain + np.roll(grain, -1, axis)) / 4
    return np.asarray((grain - grain.mean()) / grain.std())


@lru_cache(maxsize=1)
def _tiles() -> tuple[Pixels, Pixels]:
    """What is taken from light pixels, and what dark ones are at least; both leave opacity as it is."""
    chance = np.random.default_rng(184)
    fine, broad = (_smoothed(chance.normal(size=(_TILE, _TILE)), times) for times in (1, 4))
    tooth = 0.5 * fine + 0.7 * broad
    dark = np.clip(_DEEPEST * (0.32 + 0.3 * tooth), 0, _DEEPEST)
    pits = np.quantile(tooth, 1 - _PITS)
    thin, rough = _MOTTLED
    light = np.clip(thin + rough * tooth + 46 * np.maximum(tooth - pits, 0), 0, _LIGHTEST)
    tiles = []
    for grey, shares in ((dark, (1.0, 0.96, 0.9)), (light, (1.0, 0.97, 0.95))):
        tile = np.zeros((_TILE, _TILE, 4), np.uint8)
        for channel, share in enumerate(shares):
            tile[..., channel] = np.round(grey * share)
        tiles.append(tile)
    return tiles[0], tiles[1]


@lru_cache(maxsize=2)
def _sheets(height: int, width: int) -> tuple[Pixels, Pixels]:
    rows, columns = -(-height // _TILE), -(-width // _TILE)
    dark, light = (np.ascontiguousarray(np.tile(tile, (rows, columns, 1))[:height, :width]) for tile in _tiles())
    return dark, light


def _spared(painted: Any, finished: Any) -> None:
    """A photograph's dark is no graphite: what is brown or orange keeps its pixels, a hue is no grain.

    Nothing is while the story has no colour.
    """
    red, green, blue = (painted[..., channel] for channel in (2, 1, 0))
    of_red, whole = _ORANGE
    # In whole parts, none of which is below 0: differences would need three copies in signed numbers first.
    between = np.multiply(red, of_red, dtype=np.uint16) + np.multiply(blue, whole - of_red, dtype=np.uint16)
    orange = np.multiply(green, whole, dtype=np.uint16) < between
    photographed = (red > blue + np.minimum(_BROWN[0], 255 - blue)) & ((red < _BROWN[1]) | orange)
    if photographed.any():
        finished[photographed] = painted[photographed]


@dataclass(frozen=True)
class Tooth:
    """Paper under everything: the same sheet for every drawing, so that it lies still."""

    reach: int = 0

    def cell(self, width: int, height: int) -> int:
        """Every pixel by itself."""
        return 1

    def apply(self, painted: Any, finished: Any, rects: Sequence[Any], mood: Mood, drawing: int) -> None:
        """Two passes of whole numbers over rectangles of (left, top, right, bottom)."""
        dark, light = _sheets(*painted.shape[:2])
        for left, top, right, bottom in rects:
            part = np.s_[top:bottom, left:right]
            np.maximum(painted[part], light[part], out=finished[part])
            if mood.accent > 0:
                _spared(painted[part], finished[part])
            np.subtract(finished[part], np.minimum(dark[part], finished[part]), out=finished[part])
