"""What of a set or a prop goes with the wind by itself: grass, leaves, curtains; by name, or as the artist says."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from storyreel.assets import digest
from storyreel.puppet.bounds import boxes
from storyreel.puppet.model import Drawing, Point, Spring, moved
from storyreel.puppet.svg import read_drawing

SWAYS: Mapping[str, float] = {
    **{"Grass": 1.0, "Reeds": 1.0, "Flowers": 0.8, "Leaves": 0.6, "Branch": 0.4},
    **{"Curtain": 0.7, "Flag": 1.3, "Washing": 1.0},
}
"""Groups that sway, by the ends of their names (a number may follow), and how much."""
SWAY = "sway"
"""The note of a group, `data-sway`, that says how much it sways."""
_BROAD = 1.4
"""So much broader than it is long, and something leans as a whole instead of curling."""


@dataclass(frozen=True)
class Sway:
    """A group that goes with the wind about its pivot.

    Attributes:
        axis: in which direction it lies from there, in degrees (0 right, 90 down).
        length: from the pivot to its tip, in the drawing's units.
        share: how much of the wind it takes: 1 as grass does.
        broad: whether it leans instead of curling.
    """

    part: str
    pivot: Point
    axis: float
    length: float
    share: float
    broad: bool

    @property
    def spring(self) -> Spring:
        """It as what curls."""
        return Spring(self.part, self.axis, self.length)

    def leaning(self, curls: bool) -> tuple[str, float]:
        """The channel that the wind moves, and degrees of it for one that takes its tip to the right.

        Args:
            curls: whether what draws it can curl it.
        """
        down = math.sin(math.radians(self.axis))
        if abs(down) < 0.5:
            return ("bend" if curls else "rot", 0.5)
        if self.broad or not curls:
            return ("skew", math.copysign(1.0, down))
        return ("bend", -math.copysign(1.0, down))


def joints(drawing: Drawing) -> dict[str, Point]:
    """The groups of a drawing that can be moved, those with a pivot, each with that in the drawing's units."""
    found: dict[str, Point] = {}
    for node, matrix in drawing.root.at_rest():
        if node.id and node.pivot is not None:
            found.setdefault(node.id, moved(matrix, node.pivot))
    return found


def sways(path: Path) -> dict[str, Sway]:
    """What of a drawing goes with the wind, by the names of its groups.

    Raises:
        SceneError: the drawing has mistakes.
    """
    return _sways(path, digest(path))


@lru_cache(maxsize=64)
def _sways(path: Path, state: str) -> dict[str, Sway]:
    drawing = read_drawing(path)
    pivots, rooms = joints(drawing), boxes(drawing)
    found: dict[str, Sway] = {}
    for node in drawing.root.walk():
        share = _share(node.id, dict(node.notes).get(SWAY, ""))
        if not share or node.id not in pivots or node.id not in rooms or node.id in found:
            continue
        (x, y), (left, top, right, bottom) = pivots[node.id], rooms[node.id]
        dx, dy = (left + right) / 2 - x, (top + bottom) / 2 - y
        length = max(2 * math.hypot(dx, dy), 1.0)
        broad = (bottom - top if abs(dx) > abs(dy) else right - left) > _BROAD * length
        found[node.id] = Sway(node.id, (x, y), math.degrees(math.atan2(dy, dx)), length, share, broad)
    return found


def _share(name: str, said: str) -> float:
    """How much a group sways: as it says, or as its name does; 0: not at all."""
    if said:
        try:
            return max(float(said), 0.0)
        except ValueError:
            return 0.0
    plain = re.sub(r"[ -]\d+$", "", name)
    return next((share for end, share in SWAYS.items() if plain == end or plain.endswith(f" {end}")), 0.0)
