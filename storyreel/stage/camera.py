"""Where the camera stands, and what that does to a plane of the stage."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from storyreel.puppet.model import IDENTITY, Matrix, concat, moved
from storyreel.timeline.track import Channel, sample
from storyreel.treatment.contract import Exposure

__all__ = ["IDENTITY", "Affine", "View", "concat", "enlarged", "filmed", "placed", "view"]

Affine = Matrix
"""A plane's transform on the stage."""

_ENLARGED = (4.0, 2.5, 1.6)
"""From how large on a drawing is seen, in the steps in which it is drawn anew for that."""


def placed(values: Mapping[str, float]) -> Affine:
    """The transform of a layer from its channels: scaled and turned about its own origin, then put at (x, y)."""
    scale = values.get("scale", 1.0)
    sx, sy = scale * values.get("sx", 1.0), scale * values.get("sy", 1.0)
    angle = math.radians(values.get("rot", 0.0))
    cos, sin = math.cos(angle), math.sin(angle)
    return (cos * sx, sin * sx, -sin * sy, cos * sy, values.get("x", 0.0), values.get("y", 0.0))


def enlarged(matrix: Affine) -> float:
    """How much larger than it is drawn a thing is seen, in steps; 1 where it isn't.

    >>> enlarged((3.0, 0.0, 0.0, 3.0, 0.0, 0.0)), enlarged((0.5, 0.0, 0.0, 0.5, 0.0, 0.0))
    (2.5, 1.0)
    """
    size = math.hypot(matrix[0], matrix[1])
    return next((step for step in _ENLARGED if size >= step), 1.0)


@dataclass(frozen=True)
class View:
    """The camera at one frame: the point of the stage at the picture's centre, magnification, roll in degrees."""

    x: float
    y: float
    zoom: float = 1.0
    rot: float = 0.0
    shake_x: float = 0.0
    shake_y: float = 0.0

    def plane(self, depth: float, width: float, height: float) -> Affine:
        """The transform of a plane that takes `depth` of the camera's movement (1 with the actors, 0 not at all)."""
        if depth == 0:
            return IDENTITY
        zoom = 1 + (self.zoom - 1) * depth
        cx = width / 2 + (self.x + self.shake_x - width / 2) * depth
        cy = height / 2 + (self.y + self.shake_y - height / 2) * depth
        angle = math.radians(self.rot * depth)
        cos, sin = math.cos(angle) * zoom, math.sin(angle) * zoom
        return (cos, sin, -sin, cos, width / 2 - cos * cx + sin * cy, height / 2 - sin * cx - cos * cy)


def view(camera: Mapping[str, float], width: float, height: float) -> View:
    """The view from a scene's sampled camera channels; at rest it sees the whole stage."""
    return View(
        camera.get("x", width / 2),
        camera.get("y", height / 2),
        camera.get("zoom", 1.0),
        camera.get("rot", 0.0),
        camera.get("shake.x", 0.0),
        camera.get("shake.y", 0.0),
    )


def filmed(
    channels: Mapping[str, Channel], frame: int, exposure: Exposure, rate: Fraction, size: tuple[float, float]
) -> dict[str, float]:
    """A scene's camera channels as they are seen at a frame: where its drawing began, or there, if it moves briskly."""
    began = exposure.began("camera", frame, rate)

    def at(when: int) -> dict[str, float]:
        return {name: sample(channel, when) for name, channel in channels.items()}

    camera = at(began)
    if not exposure.brisk or frame == began:
        return camera
    # What comes after this frame nobody knows who draws it alone.
    own = at(frame)
    then, now = (view(values, *size).plane(1.0, *size) for values in (camera, own))
    gone = max(math.dist(moved(then, corner), moved(now, corner)) for corner in ((0.0, 0.0), size))
    return own if gone * float(exposure.held("camera", rate)) > exposure.brisk * (frame - began) else camera
