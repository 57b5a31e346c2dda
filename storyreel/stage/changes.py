"""When a scene is on its way to the next, or comes from the last."""

from __future__ import annotations

from collections.abc import Iterator

from storyreel.timeline.model import Scene, Transition
from storyreel.timeline.track import quantised


def changing(scene: Scene, frame: int) -> Iterator[tuple[Transition, float]]:
    """The transitions that a frame of the scene shows a half of, each with how far it has come.

    Up to .5 one leaves the scene, from .5 on it enters the next.
    """
    for change, progress in (
        (scene.enter, 0.5 + (frame + 0.5) / max(scene.enter.frames, 1) / 2 if scene.enter else 2.0),
        (scene.leave, 0.5 - (scene.length - frame - 0.5) / max(scene.leave.frames, 1) / 2 if scene.leave else -1.0),
    ):
        if change is not None and 0 < progress < 1:
            yield change, quantised(progress)
