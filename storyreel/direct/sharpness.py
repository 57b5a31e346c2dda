"""Who is in focus: everybody and everything else is soft, in steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from storyreel.timeline.model import Layer
from storyreel.timeline.track import Channel, Keyframe, Track

_SET, _OTHERS = 3, 2
"""How soft the set is that nobody looks at, and whoever stands before it."""
STAGE = "stage"


@dataclass(frozen=True)
class Focused:
    """From a frame on, over so many frames, these come into focus, and all others go out of it; `stage` is the set."""

    frame: int
    frames: int
    names: frozenset[str]


def focused(layers: Sequence[Layer], changes: Sequence[Focused]) -> list[Layer]:
    """Layers of a scene with how soft each is; those that are fixed to the picture, and the air, stay as they are."""
    return [
        layer if layer.screen or layer.kind in ("air", "type") else replace(layer, channels=_soft(layer, changes))
        for layer in layers
    ]


def _soft(layer: Layer, changes: Sequence[Focused]) -> tuple[tuple[str, Channel], ...]:
    name = STAGE if layer.kind == "set" else layer.id.partition(" ")[0]
    keys: list[Keyframe] = []
    now = 0
    for change in sorted(changes, key=lambda one: one.frame):
        goal = 0 if name in change.names else _SET if name == STAGE else _OTHERS
        steps = abs(goal - now) if change.frames else 1
        for step in range(1, steps + 1):
            value = now + round((goal - now) * step / steps)
            frame = change.frame + (change.frames * step) // max(steps, 1) if change.frames else change.frame
            keys = [key for key in keys if key.frame < frame]
            keys.append(Keyframe(frame, float(value), "hold"))
        now = goal
    if not any(key.value for key in keys):
        return layer.channels
    if keys[0].frame > 0:
        keys.insert(0, Keyframe(0, 0.0, "hold"))
    return (*layer.channels, ("soft", Track(tuple(keys))))
