"""How a set comes to lie behind a scene: its floor under the feet, itself from edge to edge of what it stands in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storyreel.stage.camera import Affine, view
from storyreel.timeline.model import STAGE, Mirror
from storyreel.timeline.track import Channel, samples

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Point = tuple[float, float]

_TALL_FLOOR, _WIDE_FLOOR = 1330 / 1920, 0.84
"""How far down a viewBox feet stand, as in a picture of its shape: a tall one keeps more free below them."""
_LITTLE = 0.05
"""What a shaking camera shows past a set's viewBox, in short sides of that."""
_LOOKING = frozenset(("x", "y", "zoom", "rot", "shake.x", "shake.y"))
"""The channels of a camera that say where it looks."""
_MOST = 16
"""Mirrored copies on one side at most: enough for a camera that shows twenty times the stage."""
_NEARER = 1.4
"""How much larger than it has to be a set may become, so that its floor comes to lie under the feet."""


@dataclass(frozen=True)
class Backdrop:
    """A set to be laid behind something.

    Attributes:
        viewbox: the set's viewBox.
        extent: the box about it within which the set is painted everywhere.
        whole: it grows by whole factors alone.
    """

    viewbox: Box
    extent: Box
    whole: bool = False

    @property
    def floor(self) -> Point:
        """Where feet stand in it."""
        left, top, right, bottom = self.viewbox
        share = _TALL_FLOOR if bottom - top > right - left else _WIDE_FLOOR
        return (left + right) / 2, top + share * (bottom - top)

    def laid(self, frame: Box, foot: Point, zoom: float = 1.0) -> Lay:
        """The set as it covers a frame, as near to its own size as that allows, its floor at `foot`.

        At `zoom` 1 its viewBox's short side is 1080 units. It is scaled up until it reaches every edge of the frame. If
        its floor could only lie at `foot` in a set that is far larger than that, it is moved from there.
        """
        left, top, right, bottom = self.viewbox
        floor, extent = self.floor, self.extent
        natural = zoom * (STAGE / min(right - left, bottom - top))
        least = max(
            natural,
            (frame[2] - frame[0]) / (extent[2] - extent[0]),
            (frame[3] - frame[1]) / (extent[3] - extent[1]),
        )
        reach = (_stretch(foot[side % 2], frame[side], floor[side % 2], extent[side]) for side in range(4))
        wanted = max(least, *reach)
        scale = wanted if wanted <= _NEARER * least else least
        if self.whole:
            scale = natural * math.ceil(scale / natural - 1e-6)
        x, y = (
            min(max(foot[axis] - floor[axis] * scale, frame[axis + 2] - extent[axis + 2] * scale),
                frame[axis] - extent[axis] * scale)
            for axis in (0, 1)
        )  # fmt: skip
        return Lay(extent, scale, x, y)


def _stretch(foot: float, edge: float, floor: float, end: float) -> float:
    """The scale at which a set reaches from the feet to one edge of the frame; 0 if they stand past that."""
    return max((edge - foot) / (end - floor), 0.0) if end != floor else 0.0


@dataclass(frozen=True)
class Lay:
    """A set in place: its own units are scaled, then moved."""

    extent: Box
    scale: float
    x: float
    y: float

    def passes(self, box: Box, seen: Box) -> bool:
        """Whether more than a little of what is seen lies past a box of the set's own units."""
        left, top, right, bottom = box
        shown = (seen[0] - self.x, seen[1] - self.y, seen[2] - self.x, seen[3] - self.y)
        x, y, end_x, end_y = (at / self.scale for at in shown)
        return max(left - x, top - y, end_x - right, end_y - bottom) > _LITTLE * min(right - left, bottom - top)

    def mirror(self, seen: Box) -> Mirror | None:
        """How often it has to be mirrored at its edges to cover what is seen of it, in the units it lies in."""
        left, top, right, bottom = self.extent
        width, height = (right - left) * self.scale, (bottom - top) * self.scale
        x, y = self.x + left * self.scale, self.y + top * self.scale
        beyond = (x - seen[0]) / width, (y - seen[1]) / height, (seen[2] - x) / width - 1, (seen[3] - y) / height - 1
        # What a rounding lets through is less than a hundredth of a pixel wide.
        times = tuple(min(max(math.ceil(share - 1e-5), 0), _MOST) for share in beyond)
        return Mirror(self.extent, (times[0], times[1], times[2], times[3])) if any(times) else None


def seen(camera: Mapping[str, Channel], depths: Sequence[float], size: Point, length: int) -> list[Box]:
    """All that a scene's camera shows of the stage's planes, each of a depth, from its first frame to its last."""
    camera = {name: channel for name, channel in camera.items() if name in _LOOKING}
    moving = any(not isinstance(channel, float) for channel in camera.values())
    corners: list[list[Point]] = [[] for _ in depths]
    frames = zip(*(samples(channel, length if moving else 1) for channel in camera.values()), strict=True)
    # Frames in which it looks the same way show the same.
    for values in dict.fromkeys(frames if camera else [()]):
        looking = view(dict(zip(camera, values, strict=True)), *size)
        for depth, found in zip(depths, corners, strict=True):
            found += _corners(looking.plane(depth, *size), size)
    bounds = []
    for found in corners:
        across, down = zip(*found, strict=True)
        bounds.append((min(across), min(down), max(across), max(down)))
    return bounds


def _corners(shown: Affine, size: Point) -> list[Point]:
    """The picture's corners on a plane that is shown so."""
    a, b, c, d, e, f = shown
    area = a * d - b * c
    if area == 0:
        return [(0.0, 0.0)]
    return [
        ((d * (x - e) - c * (y - f)) / area, (a * (y - f) - b * (x - e)) / area)
        for x in (0.0, size[0])
        for y in (0.0, size[1])
    ]
