"""A camera that goes along something: from one end of a thread or a thing to the other, or with whatever moves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.direct.framing import aimed
from storyreel.direct.places import Whereabouts
from storyreel.direct.shooting import Shooting
from storyreel.errors import StoryreelError, did_you_mean, directing
from storyreel.puppet.model import Point
from storyreel.timeline.easing import easing

_STEPS = 12
"""Into how many straight pieces a way falls."""
_SAG = 0.5
"""How deep a thread hangs, as a share of its slack times its length."""


@dataclass(frozen=True)
class Company:
    """From a frame on the camera goes wherever somebody or something goes."""

    name: str
    start: int


def go_along(shooting: Shooting, name: str, to: str | Point | None, frame: int, frames: int, ease: str) -> None:
    """Moves the camera along a thread or a thing, to a place; to its other end, where none is given.

    Raises:
        StoryreelError: there is nothing of that name, or no such place.
    """
    camera, picture, safe = shooting.camera, shooting.production.picture, shooting.production.safe
    points = _way(shooting, name)
    eye = camera.eye(frame)
    x, y, zoom, rot = eye.x, eye.y, eye.zoom, eye.rot
    goal = _goal(shooting, to) if to is not None else None
    far = [-math.dist(point, (x, y)) if goal is None else math.dist(point, goal) for point in (points[0], points[-1])]
    if far[0] < far[1]:
        points = points[::-1]
    shown = shooting.shot.at if shooting.shot is not None else None
    end = aimed(goal or points[-1], shown, picture, safe, zoom, rot)
    before, after = (x - points[0][0], y - points[0][1]), (end[0] - points[-1][0], end[1] - points[-1][1])
    curve = easing(ease)
    for step in range(1, _STEPS + 1):
        share = curve(step / _STEPS)
        there = _between(points, share)
        since, until = (frame + round(frames * at / _STEPS) for at in (step - 1, step))
        for axis, line in enumerate(("x", "y")):
            off = before[axis] + (after[axis] - before[axis]) * share
            camera.lines[line].move(since, max(until - since, 1), there[axis] + off, "linear")


def accompanied(shooting: Shooting, company: Sequence[Company], where: Whereabouts | None, length: int) -> bool:
    """Has the camera go with whom it accompanies, and along what its shot goes; tells whether there is anybody."""
    take = shooting.take
    along, going = take.shot.along if take.shot is not None else None, list(company)
    if along is not None and shooting.is_thread(along):
        with directing(*take.path("shot", "along")):
            go_along(shooting, along, None, 0, max(length - 1, 1), "inout")
        return True
    if along is not None:
        going.append(Company(along, 0))
    for one in going:
        assert where is not None
        with directing(*take.path("shot")):
            accompany(shooting, one, where.point(one.name, "bottom"))
    return bool(going)


def accompany(shooting: Shooting, company: Company, track: tuple[Array, Array]) -> None:
    """Has the camera go where somebody goes, frame by frame."""
    camera = shooting.camera
    for line, curve in zip(("x", "y"), track, strict=True):
        start = min(company.start, len(curve) - 1)
        gone = np.asarray(curve - curve[start])
        moves = camera.lines[line]
        if np.ptp(gone[start:]) < 1.0:
            continue
        before = [moves.at(frame) for frame in range(start, len(curve))]
        for number, value in enumerate(before):
            moves.move(start + number, 0, value + float(gone[start + number]))


def _goal(shooting: Shooting, to: str | Point) -> Point:
    if not isinstance(to, str):
        return shooting.cast.ground.point(to, standing=False)
    head = shooting.head(to)
    return head.x, head.y


def _way(shooting: Shooting, name: str) -> list[Point]:
    """The points of a way: of a thread, as it hangs; of anything else, along its middle."""
    thing = shooting.things.by_name.get(name)
    if thing is None:
        raise StoryreelError(f"there is no '{name}' here to go along{did_you_mean(name, shooting.things.by_name)}")
    ends = [getattr(thing.model, key, None) or f"{name}.{side}" for key, side in (("from_", "left"), ("to", "right"))]
    begin, end = (_goal(shooting, one) for one in ends)
    sag = _SAG * float(getattr(thing.model, "slack", 0.0)) * math.dist(begin, end)
    shares = [step / _STEPS for step in range(_STEPS + 1)]
    return [
        (begin[0] + (end[0] - begin[0]) * at, begin[1] + (end[1] - begin[1]) * at + 4 * sag * at * (1 - at))
        for at in shares
    ]


def _between(points: list[Point], share: float) -> Point:
    """A point of a way, by the share of it that lies behind."""
    at = min(max(share, 0.0), 1.0) * (len(points) - 1)
    number = min(int(at), len(points) - 2)
    (x, y), (there_x, there_y) = points[number], points[number + 1]
    return x + (there_x - x) * (at - number), y + (there_y - y) * (at - number)
