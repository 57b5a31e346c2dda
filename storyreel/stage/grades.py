"""What is done to the picture as a whole: its grade, and the mood of things that are each lit by themselves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

from storyreel.stage.camera import Affine
from storyreel.stage.display import Grade
from storyreel.stage.toning import WHITE, Light
from storyreel.timeline.track import quantised
from storyreel.treatment.contract import Mood


def graded(
    saturation: float,
    tint: float,
    camera: Mapping[str, float],
    plane: Affine,
    size: tuple[float, float],
    gloom: int,
    light: Light,
) -> Iterator[Grade]:
    """The picture's grade; while a change of it runs out from somewhere, what is not reached has the one before."""
    spread, circle = quantised(camera.get("spread", 1.0)), None
    if spread < 1:
        a, b, c, d, e, f = plane
        across, down = camera["spread.x"], camera["spread.y"]
        x, y = a * across + c * down + e, b * across + d * down + f
        far = max(math.hypot(x - edge, y - end) for edge in (0, size[0]) for end in (0, size[1]))
        circle = (x, y, spread * far)
        yield Grade(quantised(camera["around.saturation"]), quantised(camera["around.tint"]), gloom, circle, True)
    if saturation < 1 or tint > 0:
        yield Grade(saturation, tint, gloom, circle)
    if light != WHITE:
        yield Grade(1.0, 0.0, gloom, light=light)


def reached(mood: Mood, camera: Mapping[str, float]) -> Mood:
    """The mood of things that are each lit by themselves, while a change of it runs out: on its way everywhere."""
    reached = camera.get("spread", 1.0)
    if reached >= 1:
        return mood
    before = {name: camera.get(f"around.{name}", getattr(mood, name)) for name in ("saturation", "tint")}
    return replace(mood, **{name: old + (getattr(mood, name) - old) * reached for name, old in before.items()})
