"""Where a head has hair."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MIDDLE = np.array([0.0, 0.085, 0.03])
"""The middle of a skull, from between the eyes, in the head's own directions."""
_LINE = (
    (0.0, 0.35, 0.6, 0.8, 1.05, 1.3, 1.5, 1.75, 2.0, 2.4, 3.15),
    (0.066, 0.067, 0.062, 0.05, 0.03, -0.005, -0.02, 0.005, -0.03, -0.06, -0.068),
)
"""The hairline: its height above the eyes by the angle from the front."""


def hairline(own: NDArray[np.float64], raised: float = 0.0) -> NDArray[np.float64]:
    """How far above the hairline points of a head (in its own measures) are, in metres."""
    angle = np.arctan2(np.abs(own[:, 0]), -(own[:, 1] - MIDDLE[1]))
    uneven = 0.0025 * np.sin(own[:, 0] * 310) + 0.002 * np.sin(own[:, 0] * 790 + 1)
    return np.asarray(own[:, 2] - np.interp(angle, *_LINE) - raised + uneven)
