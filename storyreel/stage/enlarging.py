"""How much larger than they are drawn a film's things are ever seen, told without drawing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from storyreel.stage.camera import enlarged
from storyreel.timeline.model import GroupContent, Layer, Scene, StillContent, Timeline
from storyreel.timeline.track import Channel, samples

Run = NDArray[np.float64]
"""A value at every frame of a scene."""
_SEEN = 0.002
"""What is more opaque is drawn."""


class _Outer(NamedTuple):
    """What carries a layer: the linear part (a, b, c, d) of where it stands, its opacity, and whether it is there."""

    linear: tuple[Run, Run, Run, Run]
    opacity: Run
    there: NDArray[np.bool_]


def sizes(timeline: Timeline) -> Iterator[tuple[Layer, frozenset[float]]]:
    """Every layer of a timeline with the steps in which it is seen enlarged (`storyreel.stage.camera.enlarged`).

    Layers inside of others are told, too, and those of scenes that are shown as pictures; what is never seen has none.
    """
    for scene in timeline.scenes:
        yield from _of_scene(scene, range(scene.length))
        for change in (scene.enter, scene.leave):
            if change is not None and change.under is not None:
                yield from _of_still(change.under)


def _of_still(still: StillContent) -> Iterator[tuple[Layer, frozenset[float]]]:
    yield from _of_scene(still.scene, range(still.frame, still.frame + 1))


def _of_scene(scene: Scene, frames: range) -> Iterator[tuple[Layer, frozenset[float]]]:
    there = np.ones(len(frames), np.bool_)
    for layer in scene.layers:
        linear = _plane(dict(scene.camera), 0.0 if layer.screen else layer.plane, frames)
        yield from _of_layer(layer, _Outer(linear, np.ones(len(frames)), there), frames)


def _of_layer(layer: Layer, outer: _Outer, frames: range) -> Iterator[tuple[Layer, frozenset[float]]]:
    known, numbers = dict(layer.channels), np.arange(frames.start, frames.stop)
    opacity = outer.opacity * _run(known, "opacity", 1.0, frames)
    there = outer.there & (layer.start <= numbers) & (numbers < layer.end) & (opacity > _SEEN)
    size = _run(known, "scale", 1.0, frames)
    across, down = size * _run(known, "sx", 1.0, frames), size * _run(known, "sy", 1.0, frames)
    own = _turned(across, down, _run(known, "rot", 0.0, frames))
    linear = _concat(outer.linear, own)
    there &= across * down != 0
    a, b = linear[0][there], linear[1][there]
    yield layer, frozenset(enlarged((x, y, 0.0, 0.0, 0.0, 0.0)) for x, y in np.unique([a, b], axis=1).T.tolist())
    if isinstance(layer.content, StillContent):
        yield from _of_still(layer.content)
    camera = dict(layer.content.camera) if isinstance(layer.content, GroupContent) else {}
    for child in layer.children:
        inner = _concat(linear, _plane(camera, child.plane, frames)) if camera else linear
        yield from _of_layer(child, _Outer(inner, opacity, there), frames)


def _run(channels: Mapping[str, Channel], name: str, otherwise: float, frames: range) -> Run:
    return np.array(samples(channels.get(name, otherwise), frames.stop)[frames.start :])


def _plane(camera: Mapping[str, Channel], depth: float, frames: range) -> tuple[Run, Run, Run, Run]:
    """What a camera does to a plane, as `storyreel.stage.camera.View.plane` has it."""
    zoom = 1 + (_run(camera, "zoom", 1.0, frames) - 1) * depth
    return _turned(zoom, zoom, _run(camera, "rot", 0.0, frames) * depth)


def _turned(across: Run, down: Run, degrees: Run) -> tuple[Run, Run, Run, Run]:
    angle = np.radians(degrees)
    cos, sin = np.cos(angle), np.sin(angle)
    return cos * across, sin * across, -sin * down, cos * down


def _concat(outer: Sequence[Run], inner: Sequence[Run]) -> tuple[Run, Run, Run, Run]:
    (a, b, c, d), (p, q, r, s) = outer, inner
    return a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s
