"""What a group does to what it holds: its own camera, and who is let out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from storyreel.stage.camera import concat, view
from storyreel.stage.setting import Setting
from storyreel.timeline.model import GroupContent, Layer
from storyreel.timeline.track import sample

_OUT, _EDGE = 0.5, 2
"""From when on `free` lets a layer out of its group, and from when on over one edge: left, top, right, bottom."""
_BEYOND = 3000.0
"""How far beyond its edge a frame is cut for what has come out over that."""
Values = tuple[tuple[str, float], ...]


def seen(content: GroupContent, frame: int) -> Callable[[Setting, Layer], Setting]:
    """Puts a group's children on their planes, as its camera sees them; without a camera they stand as they are.

    The camera's picture has its middle at the group's origin, and no size of its own: the group's frame cuts it.
    """
    if not content.camera:
        return lambda setting, child: setting
    camera = view({name: sample(channel, frame) for name, channel in content.camera}, 0.0, 0.0)
    return lambda setting, child: replace(setting, matrix=concat(setting.matrix, camera.plane(child.plane, 0.0, 0.0)))


def let_out(known: Values, child: Layer, frame: int) -> Values | None:
    """A frame's values as it cuts a child that has come out over one of its edges: everything beyond that is seen.

    None if it isn't cut at all: it has come out altogether, or the frame has no corners.
    """
    values, free = dict(known), dict(child.channels).get("free", 0.0)
    edge = round(sample(free, frame)) - _EDGE
    corners = [f"c{corner}{'xy'[edge % 2]}" for corner in ((edge + 3) % 4, edge)]
    if edge not in range(4) or not any(values.get(name) for name in corners):
        return None
    beyond = {name: values.get(name, 0.0) + (_BEYOND if edge > 1 else -_BEYOND) for name in corners}
    return tuple({**values, **beyond, f"bend{edge}": 0.0}.items())


def is_out(child: Layer, frame: int) -> bool:
    """Whether a child is let out of its group at a frame."""
    free = dict(child.channels).get("free")
    return free is not None and sample(free, frame) >= _OUT
