"""Where somebody goes who is sent to a place of the stage, to a thing, or to somebody else."""

from __future__ import annotations

from storyreel.direct.cast import Performer
from storyreel.direct.shooting import STAGE, Shooting
from storyreel.puppet.model import Point
from storyreel.script.units import POSITIONS, Position

_BESIDE = 0.24
"""How far from somebody one stands who goes to them, as a share of how tall both are."""


def goal(shooting: Shooting, one: Performer, place: Position, frame: int) -> Point:
    """Where the feet of somebody come to be: at the foot of a thing, beside somebody, on a place.

    Raises:
        StoryreelError: there is no such place.
    """
    if not isinstance(place, str) or place in POSITIONS:
        return one.ground.point(place, standing=True)
    name = place.partition(".")[0]
    if place == name and name in shooting.cast.by_name:
        other = shooting.cast.subject(name, frame)
        way = -1.0 if one.place[0] < other.x else 1.0
        return other.x + way * _BESIDE * (other.height + one.height), other.y
    head = shooting.head(place)
    x, y = head.x, head.y + (head.height / 2 if name in (place, STAGE) else 0.0)
    thing = shooting.things.by_name.get(name)
    if thing is not None:
        (now_x, now_y), (then_x, then_y) = (shooting.things.outside(thing, at) for at in (frame, 0))
        x, y = x + now_x - then_x, y + now_y - then_y
    return x, y
