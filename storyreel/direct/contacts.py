"""When what is touched: every touch of a part as frames, told from time alone, before anybody knows where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from storyreel.direct.schedule import Times
from storyreel.errors import StoryreelError
from storyreel.script.part import Part
from storyreel.script.verbs import Target, Verb
from storyreel.treatment.contract import Exposure

_OVER, _LEAP = Fraction(9, 30), Fraction(16, 30)
"""Seconds that a hand takes to what it touches where nobody says; and feet."""
WIND_UP = 4
"""The fewest thirtieths of a second of a reach in which the limb goes back first."""
_NEAR = 0.75
"""The share of a reach after which it is `near`."""
BACK = Fraction(8, 30)
"""Seconds in which a hand goes back to whatever else it does."""
_LASTS: Mapping[str, int] = {
    **{"tap": 2, "pat": 3, "bump": 2, "knock": 2, "eat": 3, "tug": 4, "fall": 4},
    **{"wipe": 18, "pull": 12, "push": 10, "open": 12, "shut": 12},
}
_LASTS_ELSE = 7
"""Thirtieths of a second that a contact lasts where nobody says, by its verb."""
_AGAIN: Mapping[str, int] = {"tap": 6, "pat": 7, "knock": 6, "type": 3, "erase": 3, "read": 8, "eat": 4}
_AGAIN_ELSE = 14
"""Thirtieths of a second from one contact to the next, by its verb."""
OPEN = 1 << 19
"""A frame that no scene has: a contact that ends there or later goes on until it is let go."""
_AFTER = 6
"""Thirtieths of a second after the last contact in which a verb's own moment comes (`gulp`)."""
TAUT = Fraction(3, 30)
"""Seconds after a tug in which what is strung is taut."""
FEET = frozenset(("feet", "foot", "left-foot", "right-foot"))


@dataclass(frozen=True)
class Contact:
    """One meeting with one target: from `frame` (the contact itself) up to `off`, scene-local."""

    target: Target
    frame: int
    off: int

    @property
    def name(self) -> str:
        """What is touched, by its own name; "" for a place on the stage."""
        return self.target.partition(".")[0] if isinstance(self.target, str) else ""


@dataclass(frozen=True)
class Reaching:
    """What a part does with one verb: all its contacts, and the way there and back.

    Attributes:
        who: one of the cast, or a prop.
        limb: what it does it with, as the author says, or the verb's own.
        start: when it sets off; `end`: when that limb is free again.
        short: so many units short of it the limb stays, and nothing is touched; 0: it does touch.
        path: where in the script it stands.
    """

    who: str
    verb: Verb
    limb: str
    contacts: tuple[Contact, ...]
    start: int
    end: int
    part: Part
    path: tuple[str | int, ...]
    short: float = 0.0

    @property
    def frame(self) -> int:
        """The first contact."""
        return self.contacts[0].frame

    @property
    def off(self) -> int:
        """When the last contact ends."""
        return self.contacts[-1].off

    def later(self, frames: int) -> Reaching:
        """The same in a shot that begins so many frames later: its last contact, which goes on there."""
        last = replace(self.contacts[-1], frame=self.contacts[-1].frame - frames, off=2 * OPEN)
        return replace(self, contacts=(last,), start=self.start - frames)

    def let_go(self, frame: int, back: int) -> Reaching:
        """The same with a last contact that ends at a frame, after which the limb takes so many `back`."""
        last = replace(self.contacts[-1], off=max(frame, self.contacts[-1].frame + 1))
        return replace(self, contacts=(*self.contacts[:-1], last), end=last.off + back)

    def echoed(self, who: str, late: int, short: float) -> Reaching:
        """The same of somebody who copies it so many frames later, and stays so many units short of all there is."""
        contacts = tuple(replace(one, frame=one.frame + late, off=one.off + late) for one in self.contacts)
        return replace(self, who=who, contacts=contacts, start=self.start + late, end=self.end + late, short=short)

    @property
    def touches(self) -> bool:
        """Whether it gets there."""
        return not self.short


def reachings(
    who: str,
    part: Part,
    begins: int,
    times: Times,
    path: tuple[str | int, ...] = (),
    until: int | None = None,
    exposure: Exposure | None = None,
) -> list[Reaching]:
    """The touches of a part, one verb after another.

    Args:
        who: who does it.
        part: what it says; with an `at`, that is the first contact.
        begins: the frame of its `at`, or else the one from which its limb may set off.
        times: how long an author's times are.
        path: where it stands in the script.
        until: when it lets go, where that is known: what goes on until a later moment is let go then.
        exposure: how long the look's drawings stand: a contact comes on a drawing's first frame.

    Raises:
        StoryreelError: a touch that takes no time.
    """
    found: list[Reaching] = []
    for touch in part.touches:
        frame = begins if not found else found[-1].end
        found.append(_reaching(who, part, touch.verb, touch.targets, frame, times, path, until, exposure, bool(found)))
    return found


def _reaching(
    who: str,
    part: Part,
    verb: Verb,
    targets: tuple[Target, ...],
    begins: int,
    times: Times,
    path: tuple[str | int, ...],
    until: int | None,
    exposure: Exposure | None,
    later: bool,
) -> Reaching:
    clock = times.clock
    limb = part.with_ or verb.limb
    over = times.optional(part.over, float(_LEAP if limb in FEET else _OVER))
    if over < 1:
        raise StoryreelError(f"{verb.name} needs a way there: write over: 9f")
    first = _drawn(begins if part.at is not None and not later else begins + over, exposure, clock.rate)
    lasts = times.optional(part.for_, _LASTS.get(verb.name, _LASTS_ELSE) / 30)
    if verb.text:
        meant = [place for place in part.on if place not in ("lane", "nowhere")] or [who]
        goals: list[Target] = [meant[0]] * max(len(str(targets[0])), 1)
    else:
        goals = [target for target in targets for _ in range(part.times)]
    each = times.optional(part.each, _AGAIN.get(verb.name, _AGAIN_ELSE) / 30)
    frames = [_drawn(first + each * number, exposure, clock.rate) for number in range(len(goals))]
    ends = [min(at + max(lasts, 1), after - 1) for at, after in zip(frames, [*frames[1:], 1 << 30], strict=True)]
    ends = [max(end, at + 1) for at, end in zip(frames, ends, strict=True)]
    if until is not None:
        ends[-1] = max(until, frames[-1] + 1)
    elif part.stay or verb.name == "hold" or part.until is not None:
        ends[-1] = 2 * OPEN  # until it is let go, or goes elsewhere
    contacts = tuple(Contact(*one) for one in zip(goals, frames, ends, strict=True))
    return Reaching(
        who, verb, limb, contacts, max(first - over, 0), ends[-1] + clock.frames(BACK), part, path, part.stop or 0.0
    )


def _drawn(frame: int, exposure: Exposure | None, rate: Fraction) -> int:
    """The frame, or the first one after it with which a drawing begins."""
    if exposure is None:
        return frame
    while exposure.began("cast", frame, rate) != frame:
        frame += 1
    return frame


def moments_of(one: Reaching, times: Times) -> dict[str, int]:
    """The moments of a touch as `name.moment` → frame: of who touches, and of what is touched."""
    found: dict[str, int] = {}
    for name, frame in _told(one, times):
        found.setdefault(name, frame)
    return found


def _told(one: Reaching, times: Times) -> Iterator[tuple[str, int]]:
    verb, after = one.verb.name, times.clock.frames(Fraction(_AFTER, 30))
    near = one.frame if one.short else one.start + round((one.frame - one.start) * _NEAR)
    mine = f"{one.who}.{verb}"
    yield f"{mine}.near", near
    yield f"{mine}.end", one.end
    yield f"{mine}.off", one.contacts[0].off
    if one.short:
        return
    for number, contact in enumerate(one.contacts, 1):
        for owner in dict.fromkeys((one.who, contact.name)):
            if not owner:
                continue
            at = f"{owner}.{verb}"
            yield at, contact.frame
            yield f"{at}.{number}", contact.frame
            if number > 1:
                yield f"{at}.{number}.off", contact.off
        if isinstance(contact.target, str):
            yield f"{mine}.{contact.target.rpartition('.')[2]}", contact.frame
        if contact.name and contact.name != one.who:
            yield f"{contact.name}.{verb}.off", contact.off
            yield contact.name, contact.frame
        if verb in ("tug", "pull") and contact.name:
            yield f"{contact.name}.taut", contact.frame + times.clock.frames(TAUT)
        for own in one.verb.own if one.verb.text else ():
            yield f"{contact.name}.{own}{number}", contact.frame
    last = one.contacts[-1]
    if not one.verb.text:
        for own in one.verb.own:
            yield f"{mine}.{own}", last.off if own == "full" else last.frame + after


def lasting(reachings: Iterable[Reaching], length: int, dropped: Mapping[tuple[str, Target], int]) -> list[Reaching]:
    """The touches that go on behind a cut, as the next shot has them: what somebody stays on, or holds on to.

    Args:
        reachings: every touch of a shot.
        length: its frames.
        dropped: the last frame at which somebody lets go of a target.
    """
    found: list[Reaching] = []
    for one in sorted(reachings, key=lambda each: each.frame):
        found = [each for each in found if (each.who, each.limb) != (one.who, one.limb)]
        if one.touches and one.off >= OPEN and dropped.get((one.who, one.contacts[-1].target), -OPEN) <= one.frame:
            found.append(one)
    return [one.later(length) for one in found]
