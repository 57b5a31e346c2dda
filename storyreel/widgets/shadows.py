"""Shadows on the ground: soft, flat, and smaller and darker the nearer what throws them has come."""

from __future__ import annotations

from functools import lru_cache

from storyreel.puppet.model import Node
from storyreel.puppet.outline import ellipse_commands
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number
from storyreel.widgets.pieces import filled, group

_FLAT = 0.19
"""How high it is, as a share of its width: the ground is seen from a little above."""
_DARK = 0.46
_REACH = 300.0
"""The height in stage units from which on a shadow grows and pales no more."""
_STEPS = 32
"""Shadows that are told apart between the contact and that height: each is drawn once."""
_RINGS = ((1.0, 0.34), (0.84, 0.38), (0.64, 0.46))
"""Ellipses that lie on each other: their size and their share of the dark, so that its edge is soft."""


def build_contact_shadow(settings: Settings, values: Values, kit: Kit, colour: str = "") -> Node:
    """A shadow about (0, 0), `width` wide at the contact; `gap` is how high above it hangs what throws it."""
    high = min(max(values.get("gap", 0.0), 0.0), _REACH) / _REACH
    return _shadow(number(settings, "width", 300.0), round(high * _STEPS), colour or kit.colour("ink"))


@lru_cache(maxsize=256)
def _shadow(width: float, step: int, colour: str) -> Node:
    high = step / _STEPS
    half, dark = width / 2 * (1 + 0.4 * high), _DARK * (1 - 0.78 * high)
    return group(
        *(
            filled(ellipse_commands(0, 0, half * size, half * _FLAT * size), colour, "shade", round(dark * share, 3))
            for size, share in _RINGS
        )
    )


def _box(settings: Settings) -> Box:
    half = number(settings, "width", 300.0) * 0.8
    return (-half, -half * _FLAT - 4, half, half * _FLAT + 4)


CONTACT_SHADOW = Widget(shapes=build_contact_shadow, bounds=_box, values=("gap",))
