"""Who stands where: an author's places as points of the stage."""

from __future__ import annotations

from dataclasses import dataclass

from storyreel.script.units import POSITIONS, Position

HERO = 840.0
"""How tall a cast member of size 1 stands, in stage units."""


@dataclass(frozen=True)
class Ground:
    """A place to stand: the box whose corners are 0 and 1, how far down feet stand, and how far away 'off' is."""

    left: float
    top: float
    right: float
    bottom: float
    floor: float
    distance: float

    def point(self, position: Position, standing: bool) -> tuple[float, float]:
        """A place in stage units; a named place puts the feet on the floor, a thing half-way down."""
        if isinstance(position, str):
            across, down = POSITIONS[position]
            if down is None:
                down = self.floor if standing else 0.45
        else:
            across, down = position
        return self.left + across * (self.right - self.left), self.top + down * (self.bottom - self.top)


def stage_ground(safe: tuple[float, float, float, float], floor: float, width: float) -> Ground:
    """The ground of a whole picture: the strict safe box is 0..1, and off stage lies past the picture's edge."""
    return Ground(*safe, floor=floor, distance=width * 0.8)


def pane_ground(width: float, height: float) -> Ground:
    """The ground inside a pane, about the pane's own centre."""
    return Ground(-width / 2, -height / 2, width / 2, height / 2, floor=0.92, distance=width * 0.9)
