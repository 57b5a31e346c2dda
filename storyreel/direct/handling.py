"""What is done to things that are written, heaped or strung, and what they do of themselves: told, and then settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from storyreel.direct import foley
from storyreel.direct.acting.curves import Array
from storyreel.direct.acting.touches import Given
from storyreel.direct.cast import Cast
from storyreel.direct.contacts import Reaching
from storyreel.direct.falls import FLOOR, Body, Lying, carriers, laid
from storyreel.direct.hands import Holding
from storyreel.direct.heaping import Heaping
from storyreel.direct.inscriptions import inscribed, is_inscribed
from storyreel.direct.lettering import WRITTEN, Change, standing, typed_keys
from storyreel.direct.loose import homes
from storyreel.direct.piles import INTO, settling, sway
from storyreel.direct.places import Track, Whereabouts, sampled
from storyreel.direct.production import Production
from storyreel.direct.reactions import give, starts
from storyreel.direct.things import Thing, Things
from storyreel.direct.threads import Strung
from storyreel.direct.tying import Tying
from storyreel.errors import directing
from storyreel.puppet.model import Point
from storyreel.script.models import Part
from storyreel.script.units import POSITIONS
from storyreel.script.written import Pile, Thread
from storyreel.timeline.model import EffectCue, Layer

Placing = tuple[Array, Array, Array]
_LASTS = {"become": 40, "scatter": 40, "flip": 10}
"""Thirtieths of a second that a change takes where nobody says."""
_HALF = 60.0
"""Half of how wide a place is on which something lands, where that isn't known."""
_EDGE = 60.0
"""How far above the picture's lower edge things lie that stand in the picture itself."""
_THUD = "thump"
_BEFORE = 0.48
"""How far before a mouth a balloon's tail ends, as a share of the head's height."""
_LANDS = 1.25
"""How hard something lands on somebody, against a touch."""


class Handling:
    """The written, heaped and strung things of one scene in the making.

    Attributes:
        given: who is moved by what lands on what they hold, or by a tug at the other end, and by what.
        rung: the notes of what changes by itself, by the scene's frames.
    """

    def __init__(self, production: Production, things: Things, cast: Cast) -> None:
        self.production, self.things, self.cast = production, things, cast
        self.clock = production.clock
        self.given: dict[str, list[tuple[Reaching, Given]]] = {}
        self.rung: list[tuple[int, str]] = []
        self.falls: list[tuple[str, Reaching]] = []
        self.tying = Tying(things, cast, production.clock)
        self.heaping = Heaping(things, cast, production.times)
        self.where: Whereabouts | None = None
        self.holdings: tuple[Holding, ...] = ()

    def prepared(self, part: Part, begins: int) -> Part:
        """A part that erases a field, with as many keys as there are letters in it."""
        targets = getattr(part, "erase", [])
        thing = self.things.by_name.get(str(targets[0])) if targets else None
        if thing is None or thing.kind not in WRITTEN:
            return part
        _, count = standing(thing.model, thing.changes, begins)
        return part.model_copy(update={"times": max(count, 1)})

    def reached(self, one: Reaching) -> dict[str, int]:
        """Takes in what a touch does to such things; gives the moments that come of it."""
        told: dict[str, int] = {}
        if not one.touches:
            return told
        verb, thing = one.verb.name, self.things.by_name.get(one.contacts[0].name)
        if verb == "fall":
            self._falls(one)
        if thing is None:
            return told
        frames = [contact.frame for contact in one.contacts]
        if verb in ("type", "erase") and thing.kind in WRITTEN:
            told |= self._keyed(thing, one, frames)
        elif verb == "twist" and one.part.into and thing.kind in WRITTEN:
            self._wrung(thing, one.part.into, frames)
        elif verb == "eat" and thing.kind == "balloon":
            self._eaten(thing, one, frames)
        if isinstance(thing.model, Thread):
            self.tying.pulled(thing, one)
        for contact in one.contacts:
            other = self.things.by_name.get(contact.name)
            if verb == "read" and other is not None and other.kind == "words":
                lit = other.value("lit")
                lit.move(contact.frame, self.clock.frames(INTO), 1.0, "out")
                lit.move(contact.off + self.clock.frames(INTO), self.clock.frames(INTO) * 2, 0.35, "inout")
        return told

    def changed(self, name: str, part: Part, at: int) -> tuple[dict[str, int], int]:
        """Takes in what a thing does of itself from a frame on; gives its moments, and when that is done."""
        thing = self.things.by_name[name]
        told: dict[str, int] = {}
        end = at
        if part.hang is not None:
            shown = thing.value("appear").at(at) > 0.5 and part.show is None
            over = self.production.times.optional(part.over, 0.6) if shown else 0
            thing.lying.append(Lying(_place(part.hang), at + over, at, hangs=True))
            end = at + over
        for kind in ("flip", "become", "scatter"):
            given = getattr(part, kind)
            if not given:
                continue
            lasts = self.production.times.optional(part.over, _LASTS[kind] / 30)
            lasts = max(lasts, 1)
            end = max(end, at + lasts)
            text, how = (given, "") if kind == "become" else ("", given if kind == "scatter" else "")
            change = Change(at, at + lasts, kind, text, (), how)
            thing.changes.append(change)
            told |= {f"{name}.{kind}": at, f"{name}.{kind}.end": at + lasts}
            if kind == "flip":
                turn = thing.value("turn")
                turn.move(at, lasts, round(turn.last) + 1.0, "inout")
            if kind == "become":
                home = homes(change)
                told |= {f"{name}.home{number}": frame for number, frame in enumerate(home, 1)}
                told[f"{name}.read"] = at + lasts
                self._ring(part, home)
        return told, end

    def sounds(self, start: int, seed: int) -> list[EffectCue]:
        """The notes of what changes by itself, and what falls off a pile; `start` is the scene's first film frame."""
        heard = [*self.rung, *((frame, _THUD) for frame in self.heaping.landings)]
        return [
            EffectCue(effect, start + frame, foley.NOTE, seed=seed + number)
            for number, (frame, effect) in enumerate(heard)
        ]

    def settle(self, where: Whereabouts, holdings: Sequence[Holding]) -> None:
        """Works out who and what gives where something lands, or somebody tugs."""
        self.where, self.holdings = where, tuple(holdings)
        lying = {name: thing.lying for name, thing in self.things.by_name.items()}
        for name, one in self.falls:
            with directing(*one.path):
                self._gives(name, one, lying)
        self.tying.settle(holdings, self._give)
        for thing in self.things.by_name.values():
            if isinstance(thing.model, Pile):
                full = sampled(thing.value("full").channel(), where.length)
                x = where.thing(thing.name)[0]
                rate = float(self.clock.rate)
                thing.driven["sway"] = np.clip(sway(x, rate) + settling(full, rate), -1.0, 1.0)

    def placed(self, thing: Thing, base: Placing) -> Placing:
        """Where a thing is that lies on something, hangs, or is carried as a pile."""
        where = self.where
        assert where is not None
        if isinstance(thing.model, Pile) and thing.model.in_:
            x, y = where.point(thing.model.in_ if "." in thing.model.in_ else f"{thing.model.in_}.arms")
            return x, y, base[2]
        if not thing.lying:
            return base
        rate = float(self.clock.rate)
        scale = np.abs(sampled(thing.scale.channel(), where.length))
        kit = self.production.look.kit
        top = self.production.safe[1] - 420.0
        body = Body(where.box(thing), scale, thing.seed, top, kit.crisp, rate / 30)
        found, told = laid(thing.lying, base, body, lambda one: self._under(thing, one, base))
        if not where.waits:
            thing.lying = told
        return found

    def strung(self, thing: Thing) -> Strung:
        """A thread at every frame."""
        assert self.where is not None
        return self.where.strung(thing)

    def drawn(self, thing: Thing, length: int) -> Layer | None:
        """A written, heaped or strung thing as a layer; None for any other."""
        if isinstance(thing.model, Thread):
            return self.tying.layer(thing, self.strung(thing), length)
        if isinstance(thing.model, Pile):
            return self.heaping.layer(thing, length)
        if thing.kind not in WRITTEN or not is_inscribed(thing):
            return None
        ground = self.things.inside(thing.model.inside) if thing.model.inside else self.things.ground
        floor = ground.point("centre", standing=True)[1]
        if thing.model.fixed:
            floor = self.production.picture[1] - _EDGE
        return inscribed(thing, length, self.clock, lambda who: self._mouth(thing, who), floor, self.cast.weather)

    def _mouth(self, thing: Thing, who: str) -> Track | None:
        """Where the tail of a balloon ends: shortly before somebody's mouth, in what it stands in."""
        if self.where is None or who not in self.cast.by_name:
            return None
        x, y = self.where.within(thing.model.inside, self.where.nearest(who, "mouth", "head", "middle"))
        # A tail ends shortly before the mouth: it hides no face.
        here_x, here_y, _ = self.where.thing(thing.name)
        away = np.maximum(np.hypot(here_x - x, here_y - y), 1e-6)
        share = np.minimum(_BEFORE * self.cast.head(self.cast.by_name[who]).height / away, 0.6)
        x, y = x + (here_x - x) * share, y + (here_y - y) * share
        for one in self.holdings:
            if one.thing == thing.name:
                # Whoever takes it has it by its tail.
                hand = self.where.within(thing.model.inside, self.where.point(f"{one.who}.{one.side.lower()}-hand"))
                held = slice(max(one.since, 0), max(one.until, 0))
                x[held], y[held] = hand[0][held], hand[1][held]
        return x, y

    def _under(self, thing: Thing, one: Lying, base: Placing) -> tuple[Track, float]:
        """The upper side of what a thing lies on, or the place where it hangs, in what it stands in; and half of how
        wide that is."""
        where = self.where
        assert where is not None
        if one.target == FLOOR:
            ground = self.things.inside(thing.model.inside) if thing.model.inside else self.things.ground
            at = min(max(one.start, 0), where.length - 1)
            floor = ground.point("centre", standing=True)[1]
            return (np.full(where.length, base[0][at]), np.full(where.length, floor)), 0.0
        if one.on in POSITIONS:
            x, y = self.things.ground.point(str(one.target), standing=False)
            return (np.full(where.length, x), np.full(where.length, y)), 0.0
        track = where.within(thing.model.inside, where.point(one.target, "" if one.hangs else "top"))
        if not isinstance(one.target, str):
            return track, 0.0
        return track, where.half(one.on) if one.on in self.things.by_name else _HALF

    def _falls(self, one: Reaching) -> None:
        thing, contact = self.things.by_name[one.who], one.contacts[0]
        appear = thing.values.get("appear")
        unseen = (appear.at(one.start) if appear is not None else thing.scale.at(one.start)) < 0.01
        if unseen:
            # What isn't there yet comes in from above.
            line, value = (
                (appear, 1.0) if appear is not None else (thing.scale, min(float(thing.model.size), thing.most))
            )
            line.move(one.start, 0, value)
        target = contact.target
        known = isinstance(target, str) and (target == FLOOR or target in POSITIONS)
        dx = 0.0 if known or not isinstance(target, str) else None
        thing.lying.append(Lying(_place(target), contact.frame, one.start, above=unseen, dx=dx))
        self.falls.append((one.who, one))

    def _gives(self, name: str, one: Reaching, lying: dict[str, list[Lying]]) -> None:
        contact = one.contacts[0]
        for depth, carrier in enumerate(carriers(name, contact.frame, lying)):
            if carrier in self.cast.by_name:
                strength = _LANDS / (1 + 0.12 * depth)
                self._give(carrier, one, Given(contact.frame, 0.0, strength))
            elif depth and carrier in self.things.by_name:
                give(self.things.by_name[carrier], one, contact, self.production.times)

    def _give(self, who: str, one: Reaching, given: Given) -> None:
        self.given.setdefault(who, []).append((one, given))

    def _keyed(self, thing: Thing, one: Reaching, frames: list[int]) -> dict[str, int]:
        name, last = thing.name, frames[-1]
        if one.verb.name == "erase":
            thing.changes.append(Change(frames[0], last + 1, "erased", keys=tuple(frames)))
            keys = {f"{name}.key{number}": frame for number, frame in enumerate(frames, 1)}
            return {**keys, f"{name}.empty": last}
        text = str(one.part.touches[0].targets[0])
        thing.changes.append(Change(frames[0], last + 1, "written", text, typed_keys(text, frames), "typed"))
        return {f"{name}.full": last}

    def _wrung(self, thing: Thing, text: str, frames: list[int]) -> None:
        """A turn at every contact, tighter each time; with the last it springs open, and says something else."""
        wrung = thing.value("wrung")
        each = frames[1] - frames[0] if len(frames) > 1 else self.clock.frames(INTO)
        for number, frame in enumerate(frames, 1):
            starts(wrung, frame - each, each, number / len(frames), "inout")
        wrung.move(frames[-1] + 1, self.clock.frames(INTO), 0.0, "out-elastic")
        thing.changes.append(Change(frames[-1] + 1, frames[-1] + 1, "twist", text))

    def _eaten(self, thing: Thing, one: Reaching, frames: list[int]) -> None:
        """A bite at every contact, from the side of who eats it; what is swallowed whole goes back into the mouth."""
        if len(frames) == 1:
            thing.value("appear").move(frames[0], self.clock.frames(INTO) * 2, 0.0, "in-quad")
            return
        at = self.cast.by_name[one.who].place[0] if one.who in self.cast.by_name else thing.x.at(frames[0]) + 1
        side = 1.0 if at >= thing.x.at(frames[0]) else -1.0
        for number, frame in enumerate(frames, 1):
            thing.value("eaten").move(frame, 0, side * number / len(frames))

    def _ring(self, part: Part, home: Iterable[int]) -> None:
        """A change's notes, spread over the letters as they come home."""
        notes, frames = foley.notes(part), list(home)
        for number, note in enumerate(notes):
            self.rung.append((frames[number * len(frames) // len(notes)], note))


def _place(target: object) -> str | Point:
    """A target as a name or a point."""
    if isinstance(target, str):
        return target
    assert isinstance(target, tuple)
    return float(target[0]), float(target[1])
