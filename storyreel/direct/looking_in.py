"""From what stands in a pane to where it is seen on the stage, and back: by the pane's own camera, turn and size."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.direct.pages import seen_by
from storyreel.direct.things import Thing
from storyreel.timeline.track import Channel

Track = tuple[Array, Array]
"""A point at every frame of the scene: across and down."""
Sampled = Callable[[Channel], Array]
"""A channel's values at all frames."""


class Glass:
    """A pane or a phone, as one sees into it.

    Args:
        thing: it.
        place: where it is on the stage, and how it is turned, at every frame.
        sampled: gives a channel's values at all frames.
    """

    def __init__(self, thing: Thing, place: tuple[Array, Array, Array], sampled: Sampled) -> None:
        self._x, self._y, turn = place
        scale = sampled(thing.scale.channel())
        self._scale = np.where(np.abs(scale) < 1e-6, 1.0, scale)
        self._turn = np.radians(turn)
        camera = {name: sampled(channel) for name, channel in seen_by(thing)}
        still = np.zeros(len(self._x))
        self._eye = camera.get("x", still), camera.get("y", still)
        self._zoom, self._roll = camera.get("zoom", still + 1), np.radians(camera.get("rot", still))

    def out(self, track: Track, depth: float = 1.0) -> Track:
        """Where on the stage something in it is seen that takes `depth` of the movements of its camera."""
        zoom, (eye_x, eye_y) = 1 + (self._zoom - 1) * depth, self._eye
        x, y = _turned(track[0] - eye_x * depth, track[1] - eye_y * depth, self._roll * depth)
        x, y = _turned(x * zoom * self._scale, y * zoom * self._scale, self._turn)
        return self._x + x, self._y + y

    def into(self, track: Track) -> Track:
        """Where in it something would have to be, at its actors' depth, to be seen at a place of the stage."""
        x, y = _turned(track[0] - self._x, track[1] - self._y, -self._turn)
        x, y = _turned(x / (self._zoom * self._scale), y / (self._zoom * self._scale), -self._roll)
        return x + self._eye[0], y + self._eye[1]


def _turned(x: Array, y: Array, angle: Array) -> Track:
    cos, sin = np.cos(angle), np.sin(angle)
    return cos * x - sin * y, sin * x + cos * y
