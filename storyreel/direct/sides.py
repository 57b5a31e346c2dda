"""Places that everything has, and how what stands behind a dot is found among the parts of a drawing."""

from __future__ import annotations

from collections.abc import Mapping

from storyreel.puppet.bounds import Box
from storyreel.puppet.model import Point

SIDES: Mapping[str, Point] = {
    "middle": (0.5, 0.5),
    "top": (0.5, 0.0),
    "bottom": (0.5, 1.0),
    "left": (0.0, 0.5),
    "right": (1.0, 0.5),
    "corner": (1.0, 1.0),
}
"""Places that everything has: shares of its box, across and down."""
UPON = "upon"
"""The place of a drawing's group where feet stand."""
_SLANT = 0.16
"""How far its upper side goes down, as a share of its width."""


def share_of(box: Box, where: str) -> Point:
    """A place of a box that everything has."""
    across, down = SIDES[where]
    return box[0] + across * (box[2] - box[0]), box[1] + down * (box[3] - box[1])


def upon(box: Box) -> Point:
    """Where feet stand on a thing that is seen from a little above: the middle of its upper side."""
    left, top, right, bottom = box
    return (left + right) / 2, top + min(_SLANT * (right - left), (bottom - top) / 2)


def named_part(name: str, parts: Mapping[str, object]) -> str | None:
    """A part by what stands behind a dot: `left-hand` is `Left Hand`, `knob` is `Knob`."""
    wanted = name.replace("-", " ").casefold()
    found = {part.casefold(): part for part in parts}
    one = wanted.removesuffix("s")
    near = (wanted, f"right {wanted}", f"left {wanted}", f"right {one}", f"left {one}")
    return next((found[one] for one in near if one in found), None)
