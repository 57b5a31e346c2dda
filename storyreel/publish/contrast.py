"""Contrast of captions, measured in the pixels of a rendered picture.

Ratio and relative luminance: WCAG 2.2, `contrast ratio` and `relative luminance`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""RGB, shape (height, width, 3)."""

_REACH = 5
"""Pixels about a letter that count as what it stands against."""


def luminance(pixels: Any) -> NDArray[np.float64]:
    """Relative luminance of sRGB values (0 to 255), 0 to 1."""
    encoded = np.asarray(pixels, dtype=np.float64) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: Any, other: Any) -> float:
    """The contrast ratio of two sRGB colours, 1 to 21."""
    first, second = float(luminance(one)), float(luminance(other))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def caption_contrast(captioned: Pixels, bare: Pixels, letters: tuple[int, int, int]) -> float:
    """The contrast of a caption's letters against what really surrounds them.

    Args:
        captioned: the picture with its caption.
        bare: the same picture without it.
        letters: the letters' fill.

    What surrounds them is every pixel of the caption close to a letter that is not a letter (an outline, a plate), or
    of the picture where the caption has painted nothing; its brightest tenth is left out as the letters' own soft edge.
    """
    painted = np.abs(captioned.astype(int) - bare.astype(int)).max(axis=2) > 2
    letter = painted & (np.abs(captioned.astype(int) - np.array(letters)).max(axis=2) <= 8)
    if not letter.any():
        return float("inf")
    near = _grown(letter, _REACH) & ~_grown(letter, 2)
    around = luminance(captioned[near])
    surround = float(np.quantile(around, 0.9))
    fill = float(luminance(np.array(letters)))
    return (max(fill, surround) + 0.05) / (min(fill, surround) + 0.05)


def _grown(mask: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    from scipy.ndimage import binary_dilation

    return np.asarray(binary_dilation(mask, iterations=reach))
