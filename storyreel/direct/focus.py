"""Where in the picture a scene's first and last faces are: irises open and close on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from storyreel.direct.camerawork import CameraWork, Subject
from storyreel.direct.cast import Cast, Performer
from storyreel.timeline.clock import Clock

Focus = tuple[float, float] | None
"""A place in the picture, in stage units, if there is one."""

_FACE = 0.66
"""Where a face is, as a share of the body's height from its feet."""
_SETTLED = Fraction(1, 3)
"""Seconds after which all have taken their places."""


def ends(cast: Cast, camera: CameraWork, voices: Sequence[str], last: int, clock: Clock) -> tuple[Focus, Focus]:
    """Where a scene begins and ends: the faces of the first of its cast, once all have taken their places, and of who
    speaks last."""
    settled = min(clock.frames(_SETTLED), last)
    return (
        focus(cast.by_name, (), cast.subject, camera, settled),
        focus(cast.by_name, reversed(voices), cast.subject, camera, last),
    )


def focus(
    cast: Mapping[str, Performer],
    voices: Iterable[str],
    subject: Callable[[str, int], Subject],
    camera: CameraWork,
    frame: int,
) -> Focus:
    """The face that matters at a frame: that of the first of `voices` who is there, or of the first of the cast."""
    here = [name for name, one in cast.items() if _there(one, frame)]
    if not here:
        return None
    found = subject(next((name for name in voices if name in here), here[0]), frame)
    x, y, zoom = (camera.lines[name].at(frame) for name in ("x", "y", "zoom"))
    return (
        (found.x - x) * zoom + camera.width / 2,
        (found.y - _FACE * found.height - y) * zoom + camera.height / 2,
    )


def _there(one: Performer, frame: int) -> bool:
    """Whether somebody is in the picture."""
    if one.placement.offstage and (one.enters is None or one.enters > frame):
        return False
    return not any(act.kind == "exit" and act.end <= frame for act in one.acts)
