"""What a group does to what it holds: its own camera, and who is let out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from storyreel.stage.camera import concat, view
from storyreel.stage.setting import Setting
from storyreel.timeline.model import GroupContent, Layer
from storyreel.timeline.track import sample

_OUT = 0.5


def seen(content: GroupContent, frame: int) -> Callable[[Setting, Layer], Setting]:
    """Puts a group's children on their planes, as its camera sees them; without a camera they stand as they are.

    The camera's picture has its middle at the group's origin, and no size of its own: the group's frame cuts it.
    """
    if not content.camera:
        return lambda setting, child: setting
    camera = view({name: sample(channel, frame) for name, channel in content.camera}, 0.0, 0.0)
    return lambda setting, child: replace(setting, matrix=concat(setting.matrix, camera.plane(child.plane, 0.0, 0.0)))


def is_out(child: Layer, frame: int) -> bool:
    """Whether a child is let out of its group at a frame."""
    free = dict(child.channels).get("free")
    return free is not None and sample(free, frame) >= _OUT
