"""Where a shot's camera stands, and where those stand whom it only shows: from sizes and places in the picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from storyreel.puppet.model import Rig
from storyreel.script.models import Shot

Point = tuple[float, float]
Box = tuple[float, float, float, float]

_HEADS: Mapping[str, float] = {"extreme-close": 0.56, "close": 0.38, "medium-close": 0.28}
"""How high a head is in the picture, as a share of its height."""
_BODY, _MOST_FULL = 0.5, 0.2
"""How tall a body stands in a full shot, and how high its head is at the most, as shares of the picture's height."""
_WIDE = 0.6
"""A wide shot's size as a factor of a full one's."""
_THINGS: Mapping[str, float] = {
    **{"extreme-close": 0.62, "close": 0.42, "medium-close": 0.32, "medium": 0.24, "full": 0.17, "wide": 0.1}
}
"""How high a thing is in the picture, as a share of its height."""
_BROADEST = 0.8
"""How much of the picture's width a thing takes at the most, unless it fills it."""
_CLASSES = (("extreme-close", 0.46), ("close", 0.325), ("medium-close", 0.24))
"""From which share of the picture's height a head makes a size of these."""
_AIR, _YIELDS = 0.02, 0.15
"""How much air a head has to the picture's edge, and how far a camera goes aside for it, as shares of the width."""
FACE = (0.5, 0.38)
"""Where in the safe box what a shot is about stands, where it doesn't say."""


@dataclass(frozen=True)
class Head:
    """A head (or a thing) on the stage: its middle, how high and how broad it is, and how tall the whole body."""

    x: float
    y: float
    height: float
    width: float
    body: float = 0.0
    """0: it is a thing."""


@dataclass(frozen=True)
class Eye:
    """Where a camera stands: the point at the picture's middle, magnification, roll in degrees."""

    x: float
    y: float
    zoom: float
    rot: float


def head_box(rig: Rig) -> Box:
    """A head in its drawing's units: the upper part of the body where the drawing has none."""
    if rig.head is not None:
        return rig.head
    x, y = rig.feet
    return x - 0.25 * rig.width, y - rig.height, x + 0.25 * rig.width, y - 0.55 * rig.height


def head_of(rig: Rig, home: Point, scale: float, wide: float = 1.0, tall: float = 1.0) -> Head:
    """Somebody's head, whose feet are at `home`; `wide` and `tall` are factors of the body's build."""
    left, top, right, bottom = head_box(rig)
    x = home[0] + ((left + right) / 2 - rig.feet[0]) * scale * wide
    y = home[1] + ((top + bottom) / 2 - rig.feet[1]) * scale * tall
    return Head(x, y, (bottom - top) * scale, (right - left) * scale, rig.height * scale * tall)


def magnified(size: str | float, head: Head, picture: Point) -> float:
    """The magnification at which something has a size in the picture."""
    width, height = picture
    if isinstance(size, int | float):
        return size * height / head.height
    if size == "fill":
        return max(width / head.width, height / head.height)
    if not head.body:
        return min(_THINGS[size] * height / head.height, _BROADEST * width / head.width)
    full = min(_BODY * head.height / head.body, _MOST_FULL)
    shares = {**_HEADS, "full": full, "wide": _WIDE * full, "medium": math.sqrt(full * _HEADS["medium-close"])}
    return shares[size] * height / head.height


def size_of(head: Head, zoom: float, height: float) -> str:
    """What size a head has in the picture: how one sees somebody whom the shot is not about."""
    share = head.height * zoom / height
    for size, least in _CLASSES:
        if share >= least:
            return size
    full = min(_BODY * head.height / max(head.body, 1e-6), _MOST_FULL)
    return "medium" if share > 1.1 * full else "full" if share > 0.75 * full else "wide"


def is_close(size: str | float | None) -> bool:
    """Whether a size is that of a close-up, which may cut what it shows."""
    if isinstance(size, int | float):
        return size >= _CLASSES[1][1]
    return size in ("extreme-close", "close", "fill")


def in_picture(at: Point, safe: Box) -> Point:
    """A place in the safe box as one in the picture."""
    return safe[0] + at[0] * (safe[2] - safe[0]), safe[1] + at[1] * (safe[3] - safe[1])


def looking(shot: Shot, head: Head, picture: Point, safe: Box) -> Eye:
    """Where the camera stands that shows a head as a shot says."""
    zoom = magnified(shot.size if shot.size is not None else "medium", head, picture)
    rot = shot.tilt or 0.0
    return Eye(*aimed((head.x, head.y), shot.at, picture, safe, zoom, rot), zoom, rot)


def aimed(point: Point, at: Point | None, picture: Point, safe: Box, zoom: float, rot: float) -> Point:
    """The point of the stage at the picture's middle that shows another at a place of the safe box."""
    x, y = _turned(in_picture(at or FACE, safe), picture, zoom, rot)
    return point[0] - x, point[1] - y


def whole(eye: Eye, head: Head, others: Sequence[Head], picture: Point) -> Eye:
    """The same camera, gone aside as far as it takes for heads that the picture's edge would cut to be whole.

    It goes no further than `_YIELDS` of the picture's width, nor so far that the head it looks at is cut.
    """
    width = picture[0] / eye.zoom
    left, right, air = eye.x - width / 2, eye.x + width / 2, _AIR * width
    over = [other.x + other.width / 2 + air - right for other in others if left < other.x < right]
    under = [left - (other.x - other.width / 2 - air) for other in others if left < other.x < right]
    aside = max([0.0, *over]) - max([0.0, *under])
    most = min(_YIELDS * width, max(head.x - head.width / 2 - air - left, 0.0))
    least = -min(_YIELDS * width, max(right - (head.x + head.width / 2 + air), 0.0))
    return replace(eye, x=eye.x + min(max(aside, least), most))


def seen_at(at: Point, eye: Eye, picture: Point, safe: Box) -> Point:
    """The point of the stage that a camera shows at a place of the safe box."""
    x, y = _turned(in_picture(at, safe), picture, eye.zoom, eye.rot)
    return eye.x + x, eye.y + y


def shown_at(point: Point, eye: Eye, picture: Point) -> Point:
    """Where in the picture a camera shows a point of the stage."""
    cos, sin = math.cos(math.radians(eye.rot)), math.sin(math.radians(eye.rot))
    dx, dy = (point[0] - eye.x) * eye.zoom, (point[1] - eye.y) * eye.zoom
    return picture[0] / 2 + cos * dx - sin * dy, picture[1] / 2 + sin * dx + cos * dy


def _turned(place: Point, picture: Point, zoom: float, rot: float) -> Point:
    """How far a place in the picture is from its middle, in units of the stage."""
    dx, dy = (place[0] - picture[0] / 2) / zoom, (place[1] - picture[1] / 2) / zoom
    cos, sin = math.cos(math.radians(rot)), math.sin(math.radians(rot))
    return cos * dx + sin * dy, cos * dy - sin * dx
