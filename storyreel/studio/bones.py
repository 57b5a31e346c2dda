"""Where the joints of every puppet are in the picture, for the bones that are laid over it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from storyreel.looks import pen
from storyreel.stage.body import body
from storyreel.stage.compose import compose
from storyreel.stage.puppet import DrawnPuppet
from storyreel.timeline.model import PuppetContent, Timeline

_SHORT = 0.004
"""A share of the picture's height: shorter bones are joints of a face, more than an eye can tell apart."""

Spot = list[float]


def bones(timeline: Timeline, frame: int) -> list[dict[str, Any]]:
    """Every part of every puppet that stands in a film frame: from the joint that carries it to its own.

    They are read off the display list, which says of each thing what it is and where: what is bones here is drawn so.
    While one scene changes into another by both of their pictures there are none.

    Raises:
        IndexError: the film has no such frame.
    """
    size = timeline.stage_size
    found: list[dict[str, Any]] = []
    for item in compose(timeline, pen(timeline.look), frame, captions=False).items:
        match item.key:
            case ((PuppetContent() as content, _, _, tuple() as pose, *_), tuple() as matrix, *_):
                found += _bones(content, dict(pose), matrix, size)
    return found


def _bones(
    content: PuppetContent, pose: dict[str, float], matrix: tuple[float, ...], size: tuple[float, float]
) -> Iterator[dict[str, Any]]:
    drawn = body(Path(content.drawing.path), Path(content.rig.path) if content.rig else None, content.colours)
    if not isinstance(drawn, DrawnPuppet):
        return
    rig, motion = drawn.rig, drawn.motions(pose)
    a, b, c, d, e, f = matrix

    def spot(name: str) -> Spot:
        (x, y), (p, q, r, s, t, u) = rig.pivots[name], motion(name)
        x, y = p * x + r * y + t - rig.feet[0], q * x + s * y + u - rig.feet[1]
        return [(a * x + c * y + e) / size[0], (b * x + d * y + f) / size[1]]

    for name, carrier in rig.carriers.items():
        if name in rig.pivots and carrier in rig.pivots:
            here, there = spot(carrier), spot(name)
            if math.dist(here, there) > _SHORT:
                yield {"from": here, "to": there, "name": name}
