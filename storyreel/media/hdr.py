"""Pictures of high dynamic range (HLG, PQ; BT.2020) brought to what a film shows: BT.709's colours, sRGB's steps.

Rec. ITU-R BT.2100-2 gives the curves, BT.2408 what is white: 203 cd/m2 on a display of 1000.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

PQ, HLG = 16, 18
"""ITU-T H.273's numbers of the two transfer characteristics."""

_WHITE, _PEAK = 203.0, 1000.0
_KNEE = 0.75
"""Light up to this share of white stays as it is; what is brighter, up to the display's peak, goes between it and 1."""
_GAMMA = 1.2
"""HLG's system gamma at 1000 cd/m2 (BT.2100-2, table 5), on each colour by itself: as BT.709's cameras and displays
have theirs, so that colours look as such a camera would have taken them."""
_TO_709 = np.array(
    [[1.660491, -0.587641, -0.072850], [-0.124550, 1.132900, -0.008349], [-0.018151, -0.100579, 1.118730]], np.float32
)
"""Linear BT.2020 to linear BT.709 (BT.2407-0, 2.2)."""
_FINE = 4095


@cache
def _light(transfer: int) -> NDArray[np.float32]:
    """The light that each of 65536 levels means, white at 1."""
    level = np.arange(65536) / 65535
    if transfer == HLG:
        a, b, c = 0.17883277, 0.28466892, 0.55991073
        scene = np.where(level <= 0.5, level**2 / 3, (np.exp((level - c) / a) + b) / 12)
        return (scene**_GAMMA * _PEAK / _WHITE).astype(np.float32)
    m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
    root = level ** (1 / m2)
    return ((np.maximum(root - c1, 0) / (c2 - c3 * root)) ** (1 / m1) * 10_000 / _WHITE).astype(np.float32)


@cache
def _levels() -> NDArray[np.uint8]:
    """sRGB's 8 bits for light from 0 to 1 in 4096 even steps of its square root, which is finer where it is dark."""
    light = (np.arange(_FINE + 1) / _FINE) ** 2
    made = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(made * 255), np.uint8)


def to_sdr(pixels: NDArray[np.uint16], transfer: int) -> NDArray[np.uint8]:
    """Full-range RGB of BT.2020 in 16 bits, (height, width, 3), as a film shows it, in 8 bits.

    Args:
        pixels: the picture.
        transfer: `PQ` or `HLG`.
    """
    light = np.maximum(_light(transfer)[pixels] @ _TO_709.T, 0)
    most = np.maximum(light.max(axis=2), 1e-6)
    reach = (_PEAK / _WHITE - _KNEE) / (1 - _KNEE)
    over = np.clip((most - _KNEE) / (1 - _KNEE), 0, reach)
    # Reinhard's curve, which meets 1 at the peak: "Photographic tone reproduction", 2002, equation 4.
    shown = _KNEE + (1 - _KNEE) * over * (1 + over / reach**2) / (1 + over)
    light *= np.where(most > _KNEE, shown / most, 1)[..., None]
    return np.asarray(_levels()[np.rint(np.sqrt(np.minimum(light, 1)) * _FINE).astype(np.uint16)])
