"""Overlapping action: the parts of a body don't set off together, and its two arms are no twins.

From pose to pose the hips and the trunk go first, the head after them, then arms, hands, and ears last; limbs draw back
a little before they go, and go a little too far.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from storyreel.direct.acting.anatomy import Arm
from storyreel.direct.acting.curves import Array, Curves, smooth

_LATE: Mapping[str, float] = {
    "Head": 1.0,
    "Arm": 1.5,
    "Forearm": 3.0,
    "Hand": 4.0,
    "Ear": 4.0,
    "Lock": 4.0,
    "Tail": 4.0,
}
"""Thirtieths of a second by which parts set off after the trunk, by the last word of their names."""
_SECOND = 1.5
"""By how much later the second of two sides does."""
_SWINGS = ("Arm", "Forearm", "Hand", "Head", "Ear", "Leg", "Foot", "Body")
SWING = "cubic-bezier(0.5, -0.12, 0.3, 1.14)"
"""How a limb goes from pose to pose: back first, fast in the middle, past its goal and home."""
_SHAPES = 4.0
"""Thirtieths after which a hand takes on its pose's shape: when its arm is fastest."""
_ALIKE, _TWIN_LATE = 14.0, 2.0
"""Degrees by which arms may differ and still go as twins; thirtieths by which the second of them comes after."""
_APART = (12.0, 20.0)
"""Degrees by which the first of two arms that stand straight out is lifted, and the second lowered."""


def lateness(channel: str, hands: tuple[str, ...] = ()) -> float:
    """Thirtieths of a second by which a channel sets off after the trunk when the pose changes."""
    part, _, what = channel.rpartition(".")
    last = part.rpartition(" ")[2]
    if what in ("show", "front"):
        # Of one hand's shapes one goes as the other comes, or for a while there is none.
        return _SHAPES if last in hands or "Hand" in part.split()[:-1] else 0.0
    late = _LATE.get(last, 0.0)
    return late + (_SECOND if late and part.startswith("Left ") else 0.0)


def swings(channel: str) -> bool:
    """Whether a channel belongs to a part that swings from pose to pose; features go straight to where they belong."""
    part, _, what = channel.rpartition(".")
    return part.rpartition(" ")[2] in _SWINGS and what in ("rot", "lift", "dx", "dy", "bend", "turn", "x", "y")


def later(curve: Array, frames: int) -> Array:
    """The same, so many frames late."""
    return np.concatenate([np.full(min(frames, len(curve)), curve[0]), curve[: max(len(curve) - frames, 0)]])


def untwinned(curves: Curves, arms: Mapping[str, Arm]) -> None:
    """Parts arms that acts swing alike: one comes after the other, and they don't stand straight out together."""
    if len(arms) != 2:
        return
    (first, _), (second, _) = sorted(arms.items(), key=lambda one: one[1].outward)
    one, other = (curves.of(f"{side} Arm.lift") for side in (first, second))
    swung = np.minimum(*(curves.swung.get(f"{side} Arm.lift", np.zeros(curves.length)) for side in (first, second)))
    mean = (one + other) / 2
    alike = swung * np.exp(-(((one - other) / _ALIKE) ** 2))
    out = alike * smooth((mean - 45) / 25) * smooth((133 - mean) / 25)
    behind = later(other, round(_TWIN_LATE * curves.unit)) - other
    curves.channels[f"{first} Arm.lift"] = one + _APART[0] * out
    curves.channels[f"{second} Arm.lift"] = other + behind * alike * smooth((mean - 25) / 20) - _APART[1] * out
