"""Cells and sixteen colours: what is no colour of the palette is mixed of two that are, in a pattern of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyreel.looks.gif.palette import COLOURS
from storyreel.paint.damage import Rect
from storyreel.paint.laws import Palette, dithered, enlarge
from storyreel.treatment.contract import Mood

_ACROSS = 270
"""Cells across the shorter side of a film."""
_SPREAD = 26
"""How far, in levels, colours are mixed."""


@lru_cache(maxsize=4)
def _palette(width: int) -> Palette:
    return Palette(tuple(COLOURS.values()), width, _SPREAD)


@dataclass(frozen=True)
class Cells:
    """The picture in whole cells of few colours."""

    reach: int = 0

    def cell(self, width: int, height: int) -> int:
        """As many film pixels as make about 270 cells of the shorter side."""
        return max(round(min(width, height) / _ACROSS), 1)

    def apply(self, painted: Any, finished: Any, rects: Sequence[Any], mood: Mood, drawing: int) -> None:
        """By table, and each cell as a square."""
        cell = self.cell(finished.shape[1], finished.shape[0])
        for rect in rects:
            found = dithered(painted, Rect(*rect), _palette(painted.shape[1]))
            enlarge(found, finished, Rect(*rect), cell)


def in_sixteen(pixels: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """A picture (BGRA, height, width, 4) in the palette's colours, 0xAARRGGBB."""
    height, width = pixels.shape[:2]
    return dithered(pixels, Rect(0, 0, width, height), _palette(width)).view(np.uint32)[..., 0]


FINISH = Cells()
