"""Things that push, by themselves or in somebody's hand: where their edge meets that of what they push."""

from __future__ import annotations

import math

from storyreel.direct.cast import Performer
from storyreel.direct.contacts import Contact
from storyreel.direct.places import Whereabouts
from storyreel.direct.things import Thing
from storyreel.puppet.bounds import Box
from storyreel.puppet.model import Point

SHOVES = frozenset(("push", "bump"))
"""Verbs by which edges meet; by every other the tip comes to the very place."""
_SLIM = 0.3
"""How far to either side of their middle somebody is solid, as a share of how broad they are drawn."""
_POINT: Box = (0.0, 0.0, 0.0, 0.0)


def apart(mine: Box, theirs: Box, way: Point) -> float:
    """How far apart the places of two are that touch, where one lies from the other in a direction.

    Args:
        mine, theirs: how much room each takes up about its place, in stage units.
        way: the direction from mine to theirs, of length 1.

    >>> apart((-50, -50, 50, 50), (-30, -10, 30, 10), (1.0, 0.0))
    80.0
    """
    found = [
        (mine[axis + 2] - theirs[axis] if step > 0 else theirs[axis + 2] - mine[axis]) / abs(step)
        for axis, step in enumerate(way)
        if abs(step) > 1e-6
    ]
    return max(min(found, default=0.0), 0.0)


def room(where: Whereabouts, thing: Thing) -> Box:
    """How much room a thing takes up about its place, in what it stands in."""
    scale = thing.scale.last or thing.model.size
    left, top, right, bottom = (side * scale for side in where.box(thing))
    return left, top, right, bottom


def solid(one: Performer) -> Box:
    """How much room somebody takes up about their chest."""
    half = _SLIM * one.rig.width * one.height / one.rig.height
    return (-half, -0.4 * one.height, half, 0.6 * one.height)


def leading(held: Box, target: Box | None, verb: str, way: Point) -> float:
    """How far before what it does something with a hand stays, which has a thing in it.

    Args:
        held: how much room the thing takes up about the hand.
        target: that of what is met about its place, None where that isn't known.
        verb: what is done.
        way: the direction from the chest to there, of length 1.
    """
    return apart(held, target if verb in SHOVES and target is not None else _POINT, way)


def shoved(thing: Thing, contact: Contact, begin: int, there: Point, between: float) -> None:
    """Has a thing go as far as the edge of what it pushes, to be there at the contact.

    Args:
        thing: what pushes.
        contact: its meeting.
        begin: the frame at which it sets off.
        there: where the target is then.
        between: how far apart both are when they touch.
    """
    here = thing.x.at(begin), thing.y.at(begin)
    share = max(1 - between / max(math.dist(here, there), 1e-6), 0.0)
    for line, mine, theirs in zip((thing.x, thing.y), here, there, strict=True):
        line.move(begin, contact.frame - begin, mine + (theirs - mine) * share, "in-quad")


def along(thing: Thing, other: Thing, contact: Contact) -> None:
    """Has what pushes go on with what it has pushed, edge on edge, for as long as that moves."""
    for mine, theirs in ((thing.x, other.x), (thing.y, other.y)):
        there, met = mine.at(contact.frame), theirs.at(contact.frame)
        for frame in range(contact.frame, contact.off if theirs.at(contact.off) != met else contact.frame):
            mine.move(frame, 1, there + theirs.at(frame + 1) - met, "linear")
