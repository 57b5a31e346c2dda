"""Faces and hands that the picture's edge cuts, and people whom a shot means to see and doesn't."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence

from storyreel.direct.contacts import Reaching
from storyreel.direct.framing import is_close
from storyreel.direct.occupied import Filled, Occupied
from storyreel.puppet.bounds import Box
from storyreel.script.models import Shot

_EVERY, _LASTS = 6, 18
"""Frames from one look at the picture's edge to the next, and for which a face is cut before one minds."""
_CUT = (0.08, 0.9)
"""How much of something is outside at the least and at the most where the edge cuts through it."""
_HAND = 0.3


def outside(box: Box, picture: tuple[float, float]) -> float:
    """How much of a box lies outside the picture, as a share of it."""
    wide = max(min(box[2], picture[0]) - max(box[0], 0.0), 0.0)
    high = max(min(box[3], picture[1]) - max(box[1], 0.0), 0.0)
    return 1 - wide * high / max((box[2] - box[0]) * (box[3] - box[1]), 1e-6)


def judge_edges(
    setups: Sequence[tuple[int, Shot]],
    occupied: Occupied,
    meant: Container[str],
    touches: Sequence[Reaching],
    length: int,
    warn: Callable[[str], None],
) -> None:
    """Warns of faces and hands that the picture's edge cuts, but in close-ups, and of who is seen in name alone.

    Args:
        setups: from which frame on which set-up of the shot stands.
        occupied: what lies where.
        meant: whom the shot is about; who merely stands there may be cut.
        touches: what is touched in it.
        length: its frames.
        warn: is told.
    """
    run: dict[str, int] = {}
    told: set[str] = set()
    met: set[str] = set()
    for frame in range(0, length, _EVERY):
        cut_now: dict[str, int] = {}
        for face in occupied.faces(frame):
            out = outside(face.box, occupied.picture)
            if out < 1:
                met.add(face.who)
            if _CUT[0] < out < _CUT[1] and face.who in meant and not _on_purpose(setups, frame, face.who):
                cut_now[face.who] = run.get(face.who, 0) + _EVERY
        run = cut_now
        for name, frames in run.items():
            if frames >= _LASTS and name not in told:
                told.add(name)
                warn(f"the picture's edge cuts {name}'s face; frame it whole, go closer, or say `cuts: {name}`")
    for name in setups[0][1].sees or {}:
        drawings = occupied.people.get(name, ())
        if name not in met and any(shown.one.placement.in_ is None for shown in drawings):
            warn(f"this shot sees {name}, who is never in the picture")
    for one, hand in _touching(occupied, touches, length):
        if not _close(setups, one.frame) and outside(hand.box, occupied.picture) > _HAND:
            warn(f"the picture's edge cuts {one.who}'s hand as it comes to {one.verb.name}")


def _close(setups: Sequence[tuple[int, Shot]], frame: int) -> bool:
    """Whether a close-up stands at a frame."""
    return is_close(_standing(setups, frame).size)


def _on_purpose(setups: Sequence[tuple[int, Shot]], frame: int, who: str) -> bool:
    """Whether somebody's face may be cut at a frame: in a close-up, or where the shot says so."""
    return _close(setups, frame) or who in _standing(setups, frame).cuts


def _standing(setups: Sequence[tuple[int, Shot]], frame: int) -> Shot:
    return next(shot for since, shot in reversed(setups) if since <= frame)


def _touching(occupied: Occupied, touches: Sequence[Reaching], length: int) -> Iterator[tuple[Reaching, Filled]]:
    """The hands of who touches something, at the contact: the one that is nearest to what it touches."""
    for one in touches:
        if one.who not in occupied.people or not one.touches or one.verb.limb not in ("hand", "hands"):
            continue
        if not 0 <= one.frame < length:
            continue
        hands = [each for each in occupied.at(one.frame) if each.who == one.who and each.what == "hand"]
        goal = [each for each in occupied.at(one.frame) if each.who == one.contacts[0].name]
        if hands and goal:
            x, y = (goal[0].box[0] + goal[0].box[2]) / 2, (goal[0].box[1] + goal[0].box[3]) / 2
            yield one, min(hands, key=lambda each: abs(each.box[0] - x) + abs(each.box[1] - y))
