"""Which of somebody's drawings a shot shows: by its size and angle, and by the side that they turn to us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storyreel.puppet.model import Rig, View

FRONT, ASIDE = "front", "aside"
"""The side that is turned to us where nobody says so; and that of one who merely looks aside."""
SIDEWAYS = 0.5
"""How far aside one looks (-1 to 1) who turns a quarter to look there."""


@dataclass(frozen=True)
class Sight:
    """How somebody is seen: the size and angle of the shot, the side turned to us, whether that faces left."""

    size: str
    angle: str = "level"
    turn: str = FRONT
    left: bool = False


def view_for(views: Mapping[str, View], sight: Sight) -> str:
    """The name of the view that fits a sight best; "" for the puppet's main drawing."""
    best, most = "", 0
    for name, view in views.items():
        score = _fits(view, sight)
        if score > most:
            best, most = name, score
    return best


def _fits(view: View, sight: Sight) -> int:
    """How well a view fits; 0: not at all. The side that is turned counts most, then the angle, then the size."""
    if view.turns and sight.turn not in view.turns:
        return 0
    if sight.turn != FRONT and not view.turns:
        return 0
    if (view.angles and sight.angle not in view.angles) or (view.sizes and sight.size not in view.sizes):
        return 0
    turned, angled, sized = (bool(each) for each in (view.turns, view.angles, view.sizes))
    return 4 * (turned and sight.turn != FRONT) + 2 * angled + sized


def has_turn(rig: Rig, turn: str) -> bool:
    """Whether a puppet has a drawing that turns so."""
    return turn == FRONT or any(turn in view.turns for view in rig.views.values())


@dataclass(frozen=True)
class Facing:
    """From a frame on, which side somebody turns to us, and whether they face left."""

    frame: int
    turn: str
    left: bool


def sights(facings: Sequence[Facing], seen: Sequence[tuple[int, str, str]]) -> list[tuple[int, Sight]]:
    """How somebody is seen from which frame on, as they turn and as the camera comes nearer or goes: `seen` are the
    frames from which on they have a size, from an angle."""
    ordered = sorted(facings, key=lambda one: one.frame)
    found: list[tuple[int, Sight]] = []
    for frame in sorted({0, *(one.frame for one in ordered), *(at for at, *_ in seen)}):
        if frame < 0:
            continue
        now = [one for one in ordered if one.frame <= frame]
        size, angle = next(((size, angle) for at, size, angle in reversed(seen) if at <= frame), ("full", "level"))
        facing = now[-1] if now else Facing(0, FRONT, False)
        sight = Sight(size, angle, facing.turn, facing.left)
        if not found or found[-1][1] != sight:
            found.append((frame, sight))
    return found
