"""Tiles made by code: levels of shape (height, width), which say where ink lies first as a tone gets darker.

Each tile repeats without a seam, its levels are spread evenly over 1 to 255, and they come of whole numbers alone, so
that they are the same on every machine. Screens stand at angles that are ratios of whole numbers (3:1 is 18.4 degrees,
4:1 14.0, 1:1 45), so that a tile that is laid down unturned shows them turned, which costs nothing.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.uint8]
Ratio = tuple[int, int]
"""Across and down: the direction in which dots stand in a row."""

SIZE = 128
"""Pixels across a tile of grain."""


def ranked(field: NDArray[np.int64]) -> Levels:
    """A field's own order as levels: of each tone's ink lies on as much of the tile as the tone says."""
    _, place, counts = np.unique(field, return_inverse=True, return_counts=True)
    middle = 2 * np.cumsum(counts) - counts
    levels = 1 + middle * 255 // (2 * field.size)
    return levels.astype(np.uint8)[place].reshape(field.shape)


def dots(pitch: float, ratio: Ratio = (3, 1)) -> Levels:
    """A screen of dots that are `pitch` pixels apart; at half a tone they are squares that meet at their corners."""
    along, across, period = _lattice(pitch, ratio)
    return ranked(_hump(along, period) + _hump(across, period))


def lines(pitch: float, ratio: Ratio = (3, 1)) -> Levels:
    """A screen of lines that are `pitch` pixels apart, square to the ratio's direction."""
    along, _, period = _lattice(pitch, ratio)
    return ranked(_hump(along, period))


def grain(steps: tuple[int, ...] = (1, 2, 4), seed: int = 1, size: int = SIZE, along: int = 1) -> Levels:
    """Grain of paper: noise with bumps of so many pixels (powers of two up to `size`), all equally strong.

    Args:
        steps: how tall bumps are; a size may be named more than once to count more.
        seed: decides where they lie.
        size: pixels across the tile, a power of two.
        along: how many times longer than tall they are: bristles.
    """
    made = np.random.default_rng(seed)
    field = np.zeros((size, size), np.int64)
    for step in steps:
        wide = min(step * along, size)
        bumps = made.integers(0, 1 << 16, (size // step, size // wide))
        field += _smooth(_smooth(bumps, step).T, wide).T
    return ranked(field)


def squeezed(levels: Levels, gain: int) -> Levels:
    """Levels drawn in from both ends, so that a soft edge of that gain leaves white white and black black."""
    margin = -(-128 // gain)
    return (margin + levels.astype(np.int64) * (255 - 2 * margin) // 255).astype(np.uint8)


def _lattice(pitch: float, ratio: Ratio) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Where each pixel's middle lies along the lattice and square to it, modulo the period that is given too."""
    a, b = ratio
    size = max(round(pitch * math.hypot(a, b)), 1)
    middles = 2 * np.arange(size, dtype=np.int64) + 1
    x, y = middles[None, :], middles[:, None]
    return (a * x + b * y) % (2 * size), (a * y - b * x) % (2 * size), 2 * size


def _hump(at: NDArray[np.int64], period: int) -> NDArray[np.int64]:
    """A wave of two parabolas, as round as a cosine: high at 0, low at half a period."""
    half = period // 2
    far = np.minimum(at, period - at)
    return np.where(2 * far < half, half * half - 2 * far * far, 2 * (half - far) ** 2 - half * half)


def _smooth(bumps: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """Rows between rows, `step` for each; the last lead back to the first."""
    at = np.arange(len(bumps) * step)
    share = (at % step)[:, None]
    here = at // step
    return (bumps[here] * (step - share) + bumps[(here + 1) % len(bumps)] * share) // step
