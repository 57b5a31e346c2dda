"""Which side somebody turns to us: as a part says, or as they go and look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storyreel.direct.acting import Act
from storyreel.direct.cast import Performer
from storyreel.direct.schedule import Times
from storyreel.direct.states import hand_states, worn_states
from storyreel.direct.views import ASIDE, FRONT, SIDEWAYS, Facing, has_turn
from storyreel.script.models import Part


def facings(one: Performer, part: Part, acts: Sequence[Act], at: int, times: Times) -> Iterator[Facing]:
    """Which side somebody turns to us in a part: as it says, or as they go and look."""
    if isinstance(part.turn, str | list):
        turns = [part.turn] if isinstance(part.turn, str) else part.turn
        step = times.optional(part.each, 0.1)
        left = _leftwards(acts, one.facings[-1].left if one.facings else False)
        for number, turn in enumerate(turns):
            yield Facing(at + number * step, turn, left)
        return
    for act in acts:
        if act.kind == "go" and act.word("how", "walk") == "walk" and has_turn(one.rig, "profile"):
            dx = act.number("x", 0.0) - one.place[0]
            if abs(dx) > abs(act.number("y", 0.0) - one.place[1]):
                yield Facing(act.start, "profile", dx < 0)
                yield Facing(act.end, FRONT, dx < 0)
        elif act.kind == "look":
            now = one.facings[-1] if one.facings else Facing(0, FRONT, False)
            gx = act.number("gx", 0.0)
            aside = abs(gx) >= SIDEWAYS
            if now.turn in (FRONT, ASIDE):
                yield Facing(act.start, ASIDE if aside else FRONT, gx < 0)
            elif aside:
                yield Facing(act.start, now.turn, gx < 0)


def _leftwards(acts: Sequence[Act], otherwise: bool) -> bool:
    """Whether somebody who turns to a side turns to the picture's left: as they look or go."""
    for act in acts:
        if act.kind == "look" and act.number("gx", 0.0):
            return act.number("gx", 0.0) < 0
    return otherwise


def shown(one: Performer, part: Part, acts: Sequence[Act], at: int, times: Times) -> None:
    """Takes down what is seen of somebody from a frame on: a side, hands, outfits, a size, whether they are there."""
    one.facings += facings(one, part, acts, at, times)
    if part.hands:
        one.states.append((at, hand_states(one.rig, dict(part.hands.items()))))
    for names, on in ((part.wear, True), (part.take_off, False)):  # type: ignore[attr-defined]
        outfits = [name for name in names if isinstance(name, str) and name in one.rig.outfits]
        if outfits:
            one.states.append((at, worn_states(one.rig, outfits, on)))
    if part.size is not None:
        one.grown.move(at, times.optional(part.over, 0.5), part.size, part.ease)
    if part.show is not None and not one.here and one.enters is None:
        one.enters = at
    if part.hide is not None:
        one.leaves = at
