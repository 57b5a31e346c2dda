"""The shadow at somebody's feet: as broad as their feet are apart, cells of navy that thin out at its edge."""

from __future__ import annotations

from functools import lru_cache

from storyreel.looks.gif.palette import COLOURS
from storyreel.puppet.model import Node
from storyreel.puppet.outline import ellipse_commands
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Settings, Values, Widget
from storyreel.widgets.given import number
from storyreel.widgets.pieces import NOTHING, filled, group
from storyreel.widgets.shadows import CONTACT_SHADOW as NEUTRAL

_FEET = 0.6
"""How broad it is, as a share of the body: no broader than a dress."""
_NEAR = 560.0
"""The width of a body, in stage units, from which on it is seen so near that the picture has no ground under it."""
_FLAT = 0.13
_HIGH, _FAR = 300.0, 0.45
"""From this height on a shadow is as small as it gets, and its share of what it is at the contact."""
_STEPS = 8
_RINGS = ((1.0, 0.44), (0.74, 0.6))
"""Its edge and its middle: their size, and how many of the cells there are dark."""


def _shapes(settings: Settings, values: Values, kit: Kit) -> Node:
    width = number(settings, "width", 300.0)
    if width > _NEAR:
        return NOTHING
    high = min(max(values.get("gap", 0.0) / _HIGH, 0.0), 1.0)
    return _ellipse(width * _FEET, round(high * _STEPS))


@lru_cache(maxsize=64)
def _ellipse(width: float, step: int) -> Node:
    half = width / 2 * (1 - (1 - _FAR) * step / _STEPS)
    return group(
        *(
            filled(ellipse_commands(0, 0, half * size, half * 2 * _FLAT * size), COLOURS["N"], "shade", dark)
            for size, dark in _RINGS
        )
    )


CONTACT_SHADOW = Widget(shapes=_shapes, bounds=NEUTRAL.bounds, values=("gap",))
