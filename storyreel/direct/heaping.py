"""The piles of one scene: what goes into them, when they are let go, and how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from storyreel.direct.cast import Cast
from storyreel.direct.contacts import Contact, Reaching
from storyreel.direct.falls import Lying
from storyreel.direct.hands import TAKES
from storyreel.direct.piles import INTO, Release, Stack, released
from storyreel.direct.schedule import Times
from storyreel.direct.things import Thing, Things
from storyreel.errors import StoryreelError
from storyreel.script.written import Pile
from storyreel.timeline.model import GroupContent, Layer, WidgetContent, settings
from storyreel.timeline.track import sample

_DOWN = Fraction(12, 30)
"""Seconds in which something falls from a pile."""
_RING, _NEARER = 190.0, 0.07
"""How far from each other things come to lie, across in units, and in depth as a share of the safe box."""


class Heaping:
    """The piles of one scene in the making.

    Attributes:
        landings: when what they were made of comes to lie.
    """

    def __init__(self, things: Things, cast: Cast, times: Times) -> None:
        self.things, self.cast, self.times, self.clock = things, cast, times, times.clock
        self.landings: list[int] = []

    def takes_deed(self, one: Reaching, contact: Contact) -> bool:
        """Whether a change of hands is a pile's own business; what goes into a pile leaves the hand."""
        verb, thing = one.verb.name, self.things.by_name[contact.name]
        if isinstance(thing.model, Pile):
            if verb in ("drop", "throw"):
                self._let_go(thing, one, contact)
            return True
        pile = self.things.by_name.get(one.part.into or "")
        if pile is None or not isinstance(pile.model, Pile):
            return False
        frames = self.clock.frames(INTO) if verb in TAKES else 1
        if verb in TAKES:
            # It goes straight on to the top of the pile.
            thing.lying.append(Lying(f"{pile.name}.top", contact.frame + frames, contact.frame, dx=0.0))
        thing.opacity.move(contact.frame + frames + 1, 0, 0.0)
        full = pile.value("full")
        full.move(contact.frame + frames, 0, min(full.at(contact.frame + frames) + 1 / pile.model.most, 1.0))
        return verb in TAKES

    def layer(self, thing: Thing, length: int) -> Layer:
        """A pile, and its sheets once it is let go."""
        model = thing.model
        assert isinstance(model, Pile)
        content = WidgetContent("pile", settings({"most": model.most, "seed": thing.seed % 997}))
        whole = thing.layer(content, length, self.clock)
        if not thing.releases:
            return whole
        values = dict(whole.channels)
        children = [replace(whole, id=f"{thing.name} itself", plane=1.0, order=0.0)]
        floor = self.things.ground.point("centre", standing=True)[1]
        for one in thing.releases:
            at = min(max(one.frame - 1, 0), length - 1)
            x, y, scale = (sample(values[name], at) for name in ("x", "y", "scale"))
            stack = Stack(x, y, scale, one.count, thing.seed % 997, floor, length)
            stack = replace(stack, pushes=self.cast.weather.pushes) if self.cast.weather is not None else stack
            children += released(f"{thing.name} {one.frame}", stack, one, self.clock)
        return replace(whole, content=GroupContent(), channels=(), children=tuple(children))

    def _let_go(self, thing: Thing, one: Reaching, contact: Contact) -> None:
        assert isinstance(thing.model, Pile)
        if thing.model.of:
            self._opened(thing.model.of, one, contact)
            return
        full = thing.value("full")
        count = round(full.at(contact.frame) * thing.model.most)
        if not count:
            raise StoryreelError(f"'{thing.name}' is empty; nothing of it can be let go")
        lasts = self.times.optional(one.part.for_, 0.5)
        to = one.part.into or one.part.to
        thing.releases.append(Release(contact.frame, lasts, to if isinstance(to, str) else "", count))
        full.move(contact.frame, 0, 0.0)

    def _opened(self, of: Sequence[str], one: Reaching, contact: Contact) -> None:
        """Things that lay on each other fall to both sides in turn, the uppermost first, and lie in a half ring."""
        ground = self.things.ground
        middle = self._middle(one)
        lasts = self.times.optional(one.part.for_, 0.5)
        falls = self.clock.frames(_DOWN)
        for number, name in enumerate(reversed(of)):
            start = contact.frame + lasts * number // max(len(of), 1)
            ring = number // 2 + 1
            across = middle + (_RING * ring if number % 2 else -_RING * ring)
            wide, _ = self.things.extent(self.things.by_name[name]) or (0.0, 0.0)
            half = min(wide * self.things.by_name[name].scale.last / 2, (ground.right - ground.left) / 2)
            across = min(max(across, ground.left + half), ground.right - half)
            share = (across - ground.left) / (ground.right - ground.left)
            down = ground.floor + _NEARER * (len(of) - number) / len(of)
            self.things.by_name[name].lying.append(Lying((share, down), start + falls, start, dx=0.0))
            self.landings.append(start + falls)

    def _middle(self, one: Reaching) -> float:
        """About which point things come to lie: where they are thrown, or else who threw them."""
        goal = one.part.into or one.part.to
        if isinstance(goal, tuple):
            return self.things.ground.point(goal, standing=True)[0]
        names = [name.partition(".")[0] for name in (goal, one.who) if name]
        if names[0] in self.things.by_name:
            return self.things.by_name[names[0]].x.at(one.frame)
        return self.cast.by_name[names[-1]].place[0]
