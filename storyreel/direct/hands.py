"""Who has what, when: told once all is directed, in the order of time; and how what is held goes along with a hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from storyreel.errors import StoryreelError, directing

BOTH = frozenset(("hands", "both-hands"))
TAKES = frozenset(("take", "catch", "hold"))
HOLDS = "holds"
"""What somebody does from a shot's first frame on who has a thing in hand as it begins."""
LETS = frozenset(("put", "give", "drop", "throw"))
_SIDES = ("Left", "Right")


@dataclass(frozen=True)
class Deed:
    """A change of hands: who takes, puts, gives, drops or throws which thing, and when.

    `limb` is what it is done with, as the author says; `to` is who gets what is given.
    """

    frame: int
    verb: str
    who: str
    thing: str
    limb: str = "hand"
    to: str = ""
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True)
class Holding:
    """Somebody has a thing in a hand (of theirs: `Left`, `Right`) from a frame up to another."""

    who: str
    side: str
    thing: str
    since: int
    until: int
    by: str = "take"


@dataclass
class _Hands:
    """What one of the cast has in hand."""

    sides: tuple[str, ...]
    full: dict[str, str] = field(default_factory=dict)

    def side(self, limb: str, nearer: str) -> str | None:
        """A free hand: the one that is named, or else the nearer, or else the other."""
        named = next((side for side in _SIDES if side.lower() in limb), None)
        order = [named] if named else [nearer, *(side for side in self.sides if side != nearer)]
        return next((side for side in order if side in self.sides and side not in self.full), None)


Nearer = Callable[[str, str, int], str]
"""The side of somebody's hand that is nearer to a thing at a frame."""


def ledger(
    deeds: Iterable[Deed], arms: Mapping[str, tuple[str, ...]], length: int, nearer: Nearer
) -> tuple[Holding, ...]:
    """Who holds what from when to when.

    Args:
        deeds: every change of hands of a scene, in any order.
        arms: the sides on which each of the cast has an arm.
        length: the scene's frames: what is never let go is held so long.
        nearer: which hand is nearer.

    Raises:
        DirectingError: both hands are full; or what is let go isn't in them. It says where.
    """
    hands = {who: _Hands(sides) for who, sides in arms.items()}
    open_: dict[str, tuple[str, str, int, str]] = {}
    found: list[Holding] = []

    def close(thing: str, frame: int) -> None:
        who, side, since, by = open_.pop(thing)
        found.append(Holding(who, side, thing, since, frame, by))
        hands[who].full = {at: held for at, held in hands[who].full.items() if held != thing}

    def begin(who: str, thing: str, limb: str, frame: int, by: str) -> None:
        mine = hands.get(who)
        if mine is None or not mine.sides:
            raise StoryreelError(f"{who} has no arms to hold '{thing}' with")
        side = mine.side(limb, nearer(who, thing, frame))
        if side is None:
            full = " and ".join(f"'{held}'" for held in mine.full.values())
            raise StoryreelError(f"{who} can't {by} '{thing}': {limb} full, with {full}; put or drop something before")
        mine.full[side] = thing
        if limb in BOTH:
            mine.full.update({other: thing for other in mine.sides if other not in mine.full})
        open_[thing] = (who, side, frame, by)

    for deed in sorted(deeds, key=lambda deed: (deed.frame, deed.verb in TAKES)):
        with directing(*deed.path):
            holder = open_.get(deed.thing)
            if deed.verb in TAKES:
                if holder is not None and holder[0] == deed.who:
                    raise StoryreelError(f"{deed.who} has '{deed.thing}' in hand already")
                if holder is not None:
                    close(deed.thing, deed.frame)
                begin(deed.who, deed.thing, deed.limb, deed.frame, deed.verb)
                continue
            if holder is None or holder[0] != deed.who:
                has = f"{holder[0]} holds it" if holder is not None else "nobody holds it"
                raise StoryreelError(
                    f"{deed.who} can't {deed.verb} '{deed.thing}': {has}; write take: {deed.thing}, or holds: "
                    f"{deed.thing} at the scene's start"
                )
            close(deed.thing, deed.frame)
            if deed.verb == "give":
                if deed.to not in hands:
                    raise StoryreelError(f"{deed.who} gives '{deed.thing}' to nobody; write to: and one of the cast")
                begin(deed.to, deed.thing, "hand", deed.frame, "take")
    for thing in list(open_):
        close(thing, length)
    return tuple(sorted(found, key=lambda one: (one.since, one.thing)))


def held_by(holdings: Iterable[Holding], who: str, frame: int) -> dict[str, str]:
    """What somebody has in hand at a frame, by side."""
    return {one.side: one.thing for one in holdings if one.who == who and one.since <= frame < one.until}
