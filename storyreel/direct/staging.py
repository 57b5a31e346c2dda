"""The touches of one scene: gathered beat by beat as times, then settled in space: hands, and what they carry."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from storyreel.direct import foley
from storyreel.direct.acting import Act
from storyreel.direct.acting.curves import Array
from storyreel.direct.acting.touches import Meeting, Reach, grip
from storyreel.direct.bodies import Shown, bones
from storyreel.direct.carrying import carried
from storyreel.direct.cast import Cast, Performer
from storyreel.direct.contacts import BACK, FEET, OPEN, Contact, Reaching, lasting, moments_of, reachings
from storyreel.direct.drivers import Following, driven
from storyreel.direct.handling import Handling
from storyreel.direct.hands import LETS, TAKES, Deed, Holding, ledger
from storyreel.direct.inscriptions import typed
from storyreel.direct.levels import breath, voice
from storyreel.direct.meetings import Meetings, arms, side_at
from storyreel.direct.pages import bend, cornered, edge_of, pushed
from storyreel.direct.places import Whereabouts, sampled
from storyreel.direct.production import Production
from storyreel.direct.reactions import react
from storyreel.direct.sending import Sending
from storyreel.direct.shoving import along, apart, room, shoved, solid
from storyreel.direct.states import Channels
from storyreel.direct.things import Thing, Things
from storyreel.errors import directing
from storyreel.puppet.model import Point
from storyreel.script.models import Follow, Part, Scene
from storyreel.script.written import Pile
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import EffectCue, Layer, settings
from storyreel.timeline.track import baked

_APART = 24.0
"""How many units short of what another touches the hands stay of whoever copies them."""
_LOOK = Fraction(5, 30)
"""Seconds for which eyes that read rest on one thing at the least."""


class Staging:
    """The touches of one scene in the making."""

    def __init__(self, production: Production, scene: Scene, things: Things, cast: Cast, start: int) -> None:
        self.start = start
        self.production, self.scene, self.things, self.cast = production, scene, things, cast
        self.handling = Handling(production, things, cast)
        self.sending = Sending(things, production.times)
        self.reachings: list[Reaching] = []
        self.followings: list[Following] = []
        self.deeds: list[Deed] = []
        for who, placement in scene.cast.items():
            path = ("scenes", scene.id, "cast", who, "holds")
            self.deeds += [Deed(-1, "hold", who, held, path=path) for held in placement.holds]
        self.holdings: tuple[Holding, ...] = ()
        self.where: Whereabouts | None = None
        self.met: Meetings | None = None

    @property
    def clock(self) -> Clock:
        """The film's clock."""
        return self.production.clock

    def touch(
        self, who: str, part: Part, begins: int, path: tuple[str | int, ...], until: int | None = None
    ) -> tuple[dict[str, int], int]:
        """Takes in the touches of a part; gives their moments, and the frame at which they are done.

        Raises:
            StoryreelError: it can't be done so.
        """
        times = self.production.times
        moments: dict[str, int] = {}
        end = begins
        part = self.handling.prepared(part, begins)
        for one in reachings(who, part, begins, times, path, until, self.production.look.exposure):
            self.reachings.append(one)
            moments.update(moments_of(one, times))
            moments.update(self.handling.reached(one))
            end = max(end, one.off if one.off < OPEN else one.contacts[-1].frame + 1)
            for contact in one.contacts:
                edge = edge_of(str(contact.target), self.things.by_name)
                shut = pushed(one, contact, self.things.by_name, self.cast.ground, times)
                if shut is not None:
                    moments.setdefault(f"{shut}.shut", contact.off)
                elif edge is not None and cornered(edge[0]):
                    bend(*edge, contact.frame, self.clock)
                elif contact.name in self.things.by_name:
                    react(self.things.by_name[contact.name], one, contact, times, self.cast.ground)
                    moments = {**self.sending.touched(one, contact), **moments}
                self._deed(one, contact)
            if one.verb.limb == "eyes" and who in self.cast.by_name:
                self._read(self.cast.by_name[who], one)
            if who in self.things.by_name and one.verb.name != "fall":
                self._moved(self.things.by_name[who], one)
            elif who in self.cast.by_name and one.limb in FEET and one.touches:
                self.cast.by_name[who].place = self._standing_on(one)
        return moments, end

    def take_up(
        self, held: Sequence[Deed], followings: Sequence[Following], reachings: Sequence[Reaching] = ()
    ) -> None:
        """Begins with what the shot before left: who has what in hand, what follows what, who stays on what."""
        self.deeds = list(held)
        self.followings = list(followings)
        self.reachings = list(reachings)

    def let_go(self, path: tuple[str | int, ...], frame: int) -> None:
        """Ends the touches of a part at a frame."""
        back = self.clock.frames(BACK)
        self.reachings = [
            one.let_go(frame, back) if one.path == path and one.off >= OPEN else one for one in self.reachings
        ]

    def copy(self, other: str, name: str, before: int, late: int) -> None:
        """Has somebody's hands go where another's go, of all touches but the first so many, and touch nothing there."""
        self.reachings += [one.echoed(name, late, _APART) for one in self.reachings[before:] if one.who == other]

    def left(self, length: int) -> tuple[tuple[Deed, ...], tuple[Following, ...], tuple[Reaching, ...]]:
        """What a shot of so many frames leaves: who has what in hand, what follows what, who stays on what."""
        held = tuple(
            Deed(-1, "hold", one.who, one.thing, f"{one.side.lower()}-hand")
            for one in self.holdings
            if one.until >= length
        )
        followings = tuple(replace(one, start=0, kept=True) for one in self.followings if one.until is None)
        dropped = {
            (one.who, contact.target): contact.frame
            for one in self.reachings
            if one.verb.name in LETS
            for contact in one.contacts
        }
        staying = [one for one in self.reachings if one.verb.name not in TAKES or not self._taken(one)]
        return (
            held,
            followings,
            tuple(one for one in lasting(staying, length, dropped) if not self._walked(one, length)),
        )

    def _taken(self, one: Reaching) -> bool:
        """Whether what is touched is in hand from then on, so that nothing has to reach for it."""
        return any(held.thing == one.contacts[-1].target for held in self.holdings)

    def _walked(self, one: Reaching, length: int) -> bool:
        """Whether somebody has gone away from what they stood on."""
        acts = self.cast.by_name[one.who].acts if one.who in self.cast.by_name and one.limb in FEET else ()
        return any(act.kind in ("go", "exit", "tumble") and act.start - length > one.frame for act in acts)

    def follow(self, name: str, part: Part, at: int, path: tuple[str | int, ...]) -> None:
        """Takes in what values of a part follow, and what they don't follow any more."""
        for value, goal in part.set.items():
            key = f"{name}.{value}"
            self.followings = [
                one if one.name != key or one.until is not None else _until(one, at) for one in self.followings
            ]
            if isinstance(goal, Follow):
                late = self.production.times.optional(goal.late, 0.0)
                self.followings.append(Following(key, goal.of, at, goal.to, late, path=(*path, "set", value)))

    def settle(
        self, length: int, layers: tuple[Layer, ...], shown: Callable[[Performer], Sequence[Shown] | None]
    ) -> None:
        """Works out who holds what, and from then on can tell where everything is.

        Args:
            length: the scene's frames.
            layers: the planes of its set.
            shown: the drawings that are shown of somebody; None while they are being worked out.

        Raises:
            DirectingError: hands are full, or empty; values follow each other in a ring.
        """
        sides = {name: arms(one) for name, one in self.cast.by_name.items()}
        self.holdings = ledger(self.deeds, sides, length, self._nearer)
        self.where = Whereabouts(self.things, self.cast, length, layers, shown, self._carried)
        self.met = Meetings(self.production, self.reachings, self.holdings, self.where, self.handling.given)
        self._drive(length)
        self.handling.settle(self.where, self.holdings)

    def meetings(self, one: Performer) -> list[Meeting]:
        """What somebody meets."""
        return self.met.of(one) if self.met is not None else []

    def judge(self, shown: Sequence[Shown]) -> None:
        """Warns of what somebody doesn't reach."""
        if self.met is not None:
            self.met.judge(shown)

    def gripped(self, one: Performer, channels: Channels) -> Channels:
        """Somebody's channels with their hands on what they reach for."""
        known = bones(one.content)
        reaches = [each for each in self.meetings(one) if isinstance(each, Reach)]
        if known is None or not reaches or self.where is None:
            return channels
        palms = {side: palm for side in ("Left", "Right") if (palm := known.palm(f"{side} Hand")) is not None}
        curves = {name: sampled(channel, self.where.length) for name, channel in channels}
        before = dict(curves)
        grip(curves, one.rig, reaches, known.skeleton.motions, palms, float(self.clock.rate) / 30)
        changed = {name: baked(curve) for name, curve in curves.items() if curve is not before.get(name)}
        return tuple({**dict(channels), **changed}.items())

    def held(self, name: str) -> bool:
        """Whether anybody ever holds a thing."""
        model = self.things.by_name[name].model
        return isinstance(model, Pile) or any(one.thing == name for one in self.holdings)

    def led(self, name: str) -> bool:
        """Whether it hangs on others where a thing is: on who holds it, on what it lies on."""
        return self.held(name) or bool(self.things.by_name[name].lying)

    def placed(self, name: str) -> tuple[Array, Array, Array]:
        """Where a thing is at every frame, and its turn."""
        assert self.where is not None
        return self.where.thing(name)

    def _deed(self, one: Reaching, contact: Contact) -> None:
        verb = one.verb.name
        if verb not in TAKES | LETS or contact.name not in self.things.by_name or not one.touches:
            return
        if self.things.by_name[contact.name].kind == "thread" or self.handling.heaping.takes_deed(one, contact):
            return
        if verb == "hold" and isinstance(contact.target, str) and "." in contact.target:
            return
        to = one.part.to if isinstance(one.part.to, str) else ""
        self.deeds.append(Deed(contact.frame, verb, one.who, contact.name, one.limb, to.partition(".")[0], one.path))
        if verb == "put" and one.part.to is not None and not isinstance(one.part.to, str):
            thing = self.things.by_name[contact.name]
            x, y = self.cast.ground.point(one.part.to, standing=False)
            thing.x.move(contact.frame, 0, x)
            thing.y.move(contact.frame, 0, y)

    def sounds(self, start: int) -> list[EffectCue]:
        """What all touches sound like; `start` is the scene's first film frame."""
        kinds = {name: thing.kind for name, thing in self.things.by_name.items()}
        found: list[EffectCue] = []
        for one in self.reachings:
            if one.frame < 0:
                continue  # it was heard in the shot before
            with directing(*one.path):
                heard = foley.touch_effects(one, kinds, start, len(found), self.production.look.foley)
                found += self.production.copies.made(one.who, heard)
        found += self.sending.sounds(start, len(found), self.production.look.foley)
        return found + self.handling.sounds(start, len(found))

    def _read(self, one: Performer, reading: Reaching) -> None:
        for contact in reading.contacts:
            gx, gy = (
                self.cast.gaze(one.name, contact.name, contact.frame) if contact.name in self._names() else (0.0, 0.0)
            )
            end = max(contact.off, contact.frame + self.clock.frames(_LOOK))
            one.acts.append(Act("look", contact.frame, end, settings({"gx": gx, "gy": gy})))

    def _names(self) -> set[str]:
        return {*self.things.by_name, *self.cast.by_name}

    def _moved(self, thing: Thing, one: Reaching) -> None:
        """A thing that touches goes there by itself, and comes to lie against what it touches."""
        for contact in one.contacts:
            x, y = self._at(contact, contact.frame)
            over = contact.frame - one.start if contact is one.contacts[0] else max(contact.off - contact.frame, 1)
            begin = max(contact.frame - over, 0)
            if one.verb.name == "push" and one.touches and contact.name in self._names():
                self._shoves(thing, contact, begin)
                continue
            here_x, here_y = thing.x.at(begin), thing.y.at(begin)
            short = one.short or (0.0 if one.verb.name == "cover" else 40.0 * thing.scale.at(begin))
            away = max(math.hypot(x - here_x, y - here_y), 1e-6)
            share = max(1 - short / away, 0.0)
            for line, here, there in ((thing.x, here_x, x), (thing.y, here_y, y)):
                line.move(begin, contact.frame - begin, here + (there - here) * share, "in-quad")

    def _shoves(self, thing: Thing, contact: Contact, begin: int) -> None:
        """A thing goes to what it pushes as far as that's edge, and along with it."""
        rooms = Whereabouts(self.things, self.cast, 1, (), lambda one: None, lambda one, base: base)
        there, other = self._at(contact, contact.frame), self.things.by_name.get(contact.name)
        here = thing.x.at(begin), thing.y.at(begin)
        far = max(math.dist(here, there), 1e-6)
        way = ((there[0] - here[0]) / far, (there[1] - here[1]) / far)
        theirs = room(rooms, other) if other is not None else solid(self.cast.by_name[contact.name])
        shoved(thing, contact, begin, there, apart(room(rooms, thing), theirs, way))
        if other is not None:
            along(thing, other, contact)

    def _at(self, contact: Contact, frame: int) -> Point:
        """Roughly where a target is, before anything is settled: by its name alone."""
        if contact.name in self._names():
            found = self.cast.subject(contact.name, frame)
            return found.x, found.y - 0.6 * found.height
        if isinstance(contact.target, str):
            return self.cast.ground.point("centre", standing=False)
        return self.cast.ground.point(contact.target, standing=False)

    def _standing_on(self, one: Reaching) -> Point:
        contact = one.contacts[-1]
        if contact.name in self.things.by_name:
            thing = self.things.by_name[contact.name]
            return thing.x.at(contact.frame), thing.y.at(contact.frame)
        return self._at(contact, contact.frame)

    def _nearer(self, who: str, thing: str, frame: int) -> str:
        one, at = self.cast.by_name[who], max(frame, 0)
        x = self.things.by_name[thing].x.at(at) if thing in self.things.by_name else one.home[0]
        return side_at(one, x, at)

    def _carried(self, thing: Thing, base: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
        assert self.where is not None
        mine = [one for one in self.holdings if one.thing == thing.name]
        base = self.handling.placed(thing, base)
        return carried(thing, base, mine, self.deeds, self.where, self.cast, self.reachings) if mine else base

    def _drive(self, length: int) -> None:
        """Works out what values follow, and gives them to their things."""

        def own(name: str) -> Array:
            thing, value = name.split(".", 1)
            with_value = self.things.by_name.get(thing)
            return sampled(with_value.value(value).channel(), length) if with_value else np.zeros(length)

        def source(name: str) -> Array | None:
            thing, _, value = name.partition(".")
            one = self.things.by_name.get(thing)
            if one is not None and value in one.values:
                return own(name)
            if one is not None and one.kind == "field" and value == "typed":
                return typed(one, length)
            return self._told(thing, value, length)

        for name, curve in driven(self.followings, own, source).items():
            thing, value = name.split(".", 1)
            if thing in self.things.by_name:
                self.things.by_name[thing].driven[value] = curve

    def _told(self, who: str, value: str, length: int) -> Array | None:
        """How far somebody is with what they do by a verb (0 to 1), as a value: `pip.read`; voice and breath."""
        if who in self.cast.by_name and value == "voice":
            said = self.production.speaking.sounding
            return voice([(clip, at - self.start) for name, clip, at in said if name == who], length, self.clock)
        if who in self.cast.by_name and value == "breath":
            return breath(self.cast.by_name[who].acts, length, self.clock)
        frames = [
            contact.frame
            for one in self.reachings
            if value in (one.verb.name, "typed")
            for contact in one.contacts
            if one.who == who or contact.name == who
        ]
        if not frames:
            return None
        at = np.arange(length)
        return np.asarray(sum((at >= frame).astype(np.float64) for frame in frames) / len(frames))


def _until(one: Following, at: int) -> Following:
    return replace(one, until=at)
