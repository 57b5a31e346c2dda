"""The threads of one scene: who tugs at them and who is moved by it, and how they are drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from storyreel.direct.acting.touches import Given
from storyreel.direct.cast import Cast
from storyreel.direct.contacts import TAUT, Contact, Reaching
from storyreel.direct.hands import LETS, TAKES, Holding
from storyreel.direct.reactions import starts
from storyreel.direct.things import Thing, Things
from storyreel.direct.threads import ARRIVES, Grip, Strung, ends_of, other_end
from storyreel.errors import directing
from storyreel.puppet.model import Point
from storyreel.script.written import Thread
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Layer, Setting, WidgetContent, settings
from storyreel.timeline.track import baked, samples

_TUGGED = 34.0
"""Units by which a thing is jerked at the other end of a thread."""
_PULL = 1.1
"""How hard a tug at the other end is, against a touch."""
STAGE = "stage"
"""The name of the set: its groups are its places."""
Gives = Callable[[str, Reaching, Given], None]
"""Has somebody give, since something is done."""


@dataclass(frozen=True)
class Tug:
    """Somebody has pulled at a thread."""

    thread: str
    one: Reaching
    contact: Contact


class Tying:
    """The threads of one scene in the making."""

    def __init__(self, things: Things, cast: Cast, clock: Clock) -> None:
        self.things, self.cast, self.clock = things, cast, clock
        self.tugs: list[Tug] = []

    def settle(self, holdings: Sequence[Holding], gives: Gives) -> None:
        """Works out who and what is moved by all tugs."""
        for tug in self.tugs:
            with directing(*tug.one.path):
                self._tugged(tug, holdings, gives)

    def out_of_shot(self, thing: Thing, shows: Callable[[str], bool]) -> str:
        """An end of a thread that isn't in the picture, or ""."""
        assert isinstance(thing.model, Thread)
        ends = zip((thing.model.from_, thing.model.to), ends_of(thing.model), strict=True)
        return next((str(end) for end, name in ends if name not in ("", STAGE) and not shows(name)), "")

    def layer(self, thing: Thing, strung: Strung, length: int) -> Layer:
        """A thread as a layer of its scene."""
        model = thing.model
        assert isinstance(model, Thread)
        told: dict[str, Setting] = {"knots": len(strung.knots), "colour": model.colour}
        told |= dict(zip(("left", "top", "right", "bottom"), strung.box, strict=True))
        made = thing.layer(WidgetContent("thread", settings(told)), length, self.clock)
        there, size = (dict(made.channels)[name] for name in ("opacity", "scale"))
        if size != model.size:
            # It runs from place to place whatever its size is: what grows and shrinks comes and goes instead.
            shares = zip(samples(there, length), samples(size, length), strict=True)
            there = baked([each * min(max(share / model.size, 0.0), 1.0) for each, share in shares])
        return replace(made, channels=(("opacity", there), *strung.channels()))

    def pulled(self, thing: Thing, one: Reaching) -> None:
        """A thread that is tugged or held: it goes taut; who takes it has its nearer end."""
        verb = one.verb.name
        slack, rest = thing.value("slack"), thing.value("slack").at(one.contacts[0].frame)
        if verb in TAKES:
            limb = "right-hand" if "right" in one.limb else "left-hand" if "left" in one.limb else ""
            thing.grips.append(Grip(one.who, limb, one.contacts[0].frame))
        if verb in LETS:
            last = [grip for grip in thing.grips if grip.who == one.who]
            thing.grips = [grip if grip not in last[-1:] else grip.until(one.contacts[0].frame) for grip in thing.grips]
        if verb not in ("tug", "pull"):
            return
        for contact in one.contacts:
            starts(slack, contact.frame, self.clock.frames(TAUT), 0.0, "out-quad")
            slack.move(max(contact.off, contact.frame + self.clock.frames(TAUT)), 12, rest, "out-elastic")
            self.tugs.append(Tug(thing.name, one, contact))

    def _tugged(self, tug: Tug, holdings: Sequence[Holding], gives: Gives) -> None:
        thing = self.things.by_name[tug.thread]
        assert isinstance(thing.model, Thread)
        x, y = self._roughly(tug.one.who, tug.contact.frame)
        ends = (thing.model.from_, thing.model.to)
        near = [math.dist((x, y), self._roughly(end, tug.contact.frame)) for end in ends]
        other = other_end(thing.model, tug.one.who, near)
        frame = tug.contact.frame + self.clock.frames(ARRIVES)
        held = [one.who for one in holdings if one.thing == other and one.since <= frame < one.until]
        other = held[-1] if held else other
        if other in self.cast.by_name and other != tug.one.who:
            one = self.cast.by_name[other]
            way = 1.0 if (x >= one.place[0]) != one.mirrored else -1.0
            gives(other, tug.one, Given(frame, way, _PULL))
        elif other in self.things.by_name:
            jerked = self.things.by_name[other]
            rest = jerked.x.at(frame)
            way = 1.0 if x >= rest else -1.0
            starts(jerked.x, frame, self.clock.frames(TAUT), rest + way * _TUGGED, "out-quad")
            jerked.x.move(frame + self.clock.frames(TAUT), 16, rest, "out-elastic")

    def _roughly(self, target: str | Point, frame: int) -> Point:
        """Roughly where something is, before anybody is posed."""
        name = target.partition(".")[0] if isinstance(target, str) else ""
        if name in self.cast.by_name or name in self.things.by_name:
            found = self.cast.subject(name, frame)
            return found.x, found.y - 0.4 * found.height
        return self.things.ground.point("centre" if isinstance(target, str) else target, standing=False)
