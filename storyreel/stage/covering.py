"""What of a puppet lies wholly inside something else of it, so that drawing it would change nothing.

How far inside, is measured once, with both at rest. In a pose it still lies inside as long as it moves less than that
against what it lies in: so a few numbers a frame do, and no areas have to be cut from one another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from storyreel.puppet.bounds import Box
from storyreel.puppet.model import Command, Matrix, Point, Spring, concat, inverse, moved
from storyreel.stage.outline import contours, to_commands

if TYPE_CHECKING:
    import skia

Points = NDArray[np.float64]

_STEP = 3.0
"""Units between the points by which an outline is measured: no point of it is further than half of that from one."""
_STRIDE = 8
"""Of so many points one is looked at first."""
_MOST = 3
"""Parts that are tried as holders of another."""
_MOST_POINTS = 5000
"""Points of an outline; those of the largest parts of real puppets come to as many."""
_BLOCK = 256
"""Points whose distances from all others are measured at once."""


class Outline:
    """The contours of an area, as points close to each other."""

    def __init__(self, path: skia.Path) -> None:
        self.path = path
        self.contours = _contours(path)
        box = path.computeTightBounds()
        left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
        self.box: Box = (left, top, right, bottom)
        self.corners = corners(self.box)
        self._room: dict[Outline, float] = {}

    def room(self, outer: Outline) -> float:
        """Its clearance inside another, measured once."""
        if outer not in self._room:
            self._room[outer] = clearance(self, outer)
        return self._room[outer]


def _contours(path: skia.Path) -> list[Points]:
    """An area's contours as points; none where those would be too many: then it lies in nothing, nor anything in it."""
    found: list[Points] = []
    left = _MOST_POINTS
    for commands in contours(to_commands(path)):
        found.append(_points(commands, left))
        left -= len(found[-1])
        if left < 0:
            return []
    return [points for points in found if len(points)]


def corners(box: Box) -> tuple[Point, ...]:
    """Those of a box."""
    left, top, right, bottom = box
    return ((left, top), (right, top), (left, bottom), (right, bottom))


def clearance(inner: Outline, outer: Outline) -> float:
    """How far everything of one area is from the edges of another that it lies in; 0 where it does not lie in it."""
    if not inner.contours or not outer.contours or not _within(inner.box, outer.box):
        return 0.0
    if not all(outer.path.contains(*points[0]) for points in inner.contours):
        return 0.0
    left, top, right, bottom = inner.box
    if any(left <= x <= right and top <= y <= bottom for x, y in (points[0] for points in outer.contours)):
        return 0.0  # it could be a hole, in the middle of what lies in it
    ours, edge = np.concatenate(inner.contours), np.concatenate(outer.contours)
    # No point that was left out at first is nearer than one of those beside it by more than what lies between them.
    few, fewer = ours[::_STRIDE], edge[::_STRIDE]
    near = [_nearest(few, fewer), _nearest(fewer, few)]
    most = near[0].min() + 2 * _STRIDE * _STEP
    ours, edge = (
        points[np.repeat(rough <= most, _STRIDE)[: len(points)]]
        for points, rough in zip((ours, edge), near, strict=True)
    )
    return max(float(_nearest(ours, edge).min()) - _STEP, 0.0)


def _nearest(points: Points, others: Points) -> Points:
    """How far each point is from the nearest of others."""
    nearest: Points = np.concatenate([_apart(points[i : i + _BLOCK], others) for i in range(0, len(points), _BLOCK)])
    return nearest


def _apart(points: Points, others: Points) -> Points:
    apart = (points[:, None, 0] - others[None, :, 0]) ** 2 + (points[:, None, 1] - others[None, :, 1]) ** 2
    nearest: Points = np.sqrt(apart.min(axis=1))
    return nearest


def drift(corners: Iterable[Point], motion: Matrix, outer_motion: Matrix, bend: float = 0.0) -> float:
    """How far an area's points move, at the most, against what moves by `outer_motion`, in units at rest.

    Args:
        corners: of a box that holds the area at rest.
        motion: its own movement.
        outer_motion: that of what it lies in.
        bend: how far its points have moved already, at the most, as it was bent.
    """
    if motion == outer_motion:
        return bend
    try:
        against = concat(inverse(outer_motion), motion)
    except ZeroDivisionError:
        return math.inf
    # A point's way is a convex function of where it starts, so none has a longer one than some corner of their box.
    away = max(math.dist(moved(against, corner), corner) for corner in corners)
    return away + bend * math.hypot(*against[:4])


def bend_drift(corners: Iterable[Point], pivot: Point, degrees: float, length: float) -> float:
    """How far bending by an angle over a length can move an area's points.

    A point at a distance s from the pivot turns by no more than s / length of the angle, and no point of its way there
    by more.
    """
    reach = max(math.dist(pivot, corner) for corner in corners)
    return abs(math.radians(degrees)) * reach / length * reach


def _points(commands: Iterable[Command], most: int) -> Points:
    """Points along a contour, no further than a step from each other; breaks off once there are more than `most`."""
    found: list[Points] = []
    start = here = np.zeros(2)
    for letter, values in commands:
        if letter == "M":
            start = here = np.array(values)
            found.append(here[None])
            continue
        ends = np.array(values).reshape(-1, 2) if values else start[None]
        legs = np.hypot(*np.diff(np.concatenate([here[None], ends]), axis=0).T)
        # A curve is nowhere faster than its longest leg, times its degree.
        count = max(math.ceil(min(legs.max() * len(ends) / _STEP, most + 1)), 1)
        t = (np.arange(count) + 1)[:, None] / count
        if len(ends) == 3:
            a, b, end = ends
            found.append((1 - t) ** 3 * here + 3 * (1 - t) ** 2 * t * a + 3 * (1 - t) * t**2 * b + t**3 * end)
        else:
            found.append(here + (ends[-1] - here) * t)
        here = ends[-1]
        most -= count
        if most < 0:
            break
    return np.concatenate(found) if found else np.zeros((0, 2))


class Formed(Protocol):
    """The geometry of a part (`storyreel.stage.geometry.Geometry`)."""

    @property
    def box(self) -> Box | None: ...

    def border(self, width: float, curl: tuple[float, Spring, Point] | None = None) -> skia.Path: ...

    def border_outline(self, width: float) -> Outline: ...


class Placed(Protocol):
    """A part in its place."""

    @property
    def geometry(self) -> Formed: ...

    @property
    def motion(self) -> Matrix: ...

    @property
    def curl(self) -> tuple[float, Spring, Point] | None: ...


_Piece = TypeVar("_Piece", bound=Placed)
_Geometry = TypeVar("_Geometry", bound=Formed)


class Nest:
    """Which parts of a puppet can lie inside which others.

    Args:
        firm: the geometries of those that never bend and are never cut to anything or faded: others may lie in them.
    """

    def __init__(self, firm: Iterable[Formed]) -> None:
        self._firm = list(firm)
        self._known = frozenset(id(one) for one in self._firm)
        self._rooms: dict[tuple[int, float], list[tuple[int, float]]] = {}

    def outermost(self, pieces: Sequence[_Piece], width: float) -> list[_Piece]:
        """The pieces without those whose rim of that width lies inside another's."""
        shown = {id(piece.geometry): piece.motion for piece in pieces if id(piece.geometry) in self._known}
        return [piece for piece in pieces if not self._held(piece, shown, width)]

    def _held(self, piece: Placed, shown: Mapping[int, Matrix], width: float) -> bool:
        inner = piece.geometry
        for outer, room in self._around(inner, width):
            motion = shown.get(outer)
            if motion is not None and drifted(inner.border_outline(width).corners, piece, motion) < room:
                return True
        return False

    def _around(self, inner: Formed, width: float) -> list[tuple[int, float]]:
        """Of the few largest geometries in whose boxes another's lies those that hold its rim, and how much room."""
        key = (id(inner), width)
        if key not in self._rooms:
            around = holders(inner, self._firm)
            rooms = [(id(one), inner.border_outline(width).room(one.border_outline(width))) for one in around[:_MOST]]
            self._rooms[key] = [(one, room) for one, room in rooms if room > 0]
        return self._rooms[key]


def holders(inner: _Geometry, firm: Iterable[_Geometry]) -> list[_Geometry]:
    """Those in whose boxes another's box lies, the largest first."""
    box = inner.box
    around = [one for one in firm if one is not inner and box and one.box and _within(box, one.box)]
    return sorted(around, key=lambda one: _area(one.box), reverse=True)


def drifted(corners: Sequence[Point], piece: Placed, outer_motion: Matrix) -> float:
    """How far a part, which lies within corners at rest, has moved against another at the most, bent as it is."""
    bend = 0.0
    if piece.curl is not None:
        degrees, spring, pivot = piece.curl
        bend = bend_drift(corners, pivot, degrees, spring.length)
    return drift(corners, piece.motion, outer_motion, bend)


def _within(inner: Box, outer: Box) -> bool:
    return outer[0] < inner[0] and outer[1] < inner[1] and inner[2] < outer[2] and inner[3] < outer[3]


def _area(box: Box | None) -> float:
    return (box[2] - box[0]) * (box[3] - box[1]) if box else 0.0
