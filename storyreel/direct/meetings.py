"""What somebody meets, once times are told and hands are known: which hand, along which way, with which give."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from storyreel.direct.acting.touches import Given, Landing, Lunge, Meeting, Reach
from storyreel.direct.bodies import Shown, bones
from storyreel.direct.cast import Performer
from storyreel.direct.contacts import FEET, OPEN, WIND_UP, Contact, Reaching
from storyreel.direct.hands import BOTH, LETS, TAKES, Holding, held_by
from storyreel.direct.places import Track, Whereabouts
from storyreel.direct.production import Production
from storyreel.direct.shoving import leading, room
from storyreel.direct.sides import named_part
from storyreel.direct.threads import ends_of
from storyreel.errors import StoryreelError, directing
from storyreel.puppet.model import Point, moved
from storyreel.script.verbs import Target
from storyreel.script.written import Thread
from storyreel.timeline.clock import Clock

REACHED = 6.0
"""Units by which a hand may miss what it touches and still be said to have it."""
_HARD = frozenset(("press", "push", "tap", "bump", "tug"))
"""Verbs whose contact is a blow."""
_BODIES: Mapping[str, str] = {"body": "Body", "head": "Head", "mouth": "Mouth"}
_LIFT = 0.045
"""How far a hand is lifted between two contacts, as a share of a body's height."""
_WIPE = 0.7
"""The share of a thing's half width over which it is wiped, to either side."""
_NEAR_SIDE = 0.22
"""How far from the middle of a body the hand lies that touches it, as a share of how broad it is."""
_DRAWN = 0.16
"""How far a hand draws in the end of a thread, as a share of a body's height."""
_KEYS = (0.0, -46.0, 28.0, 58.0, -18.0, 40.0, -60.0)
"""How far from the middle of what is typed on one key after another is, in units."""
_COME_UP = Fraction(9, 30)
"""Seconds for which feet still go along with what comes up under them."""


class Meetings:
    """All meetings of one scene.

    Args:
        production: what the film is directed with.
        reachings: every touch of the scene.
        holdings: who holds what when.
        where: where everything is.
        given: who gives though nothing touches them: what they hold is fallen on, what they are tied to is tugged.
    """

    def __init__(
        self,
        production: Production,
        reachings: Sequence[Reaching],
        holdings: Sequence[Holding],
        where: Whereabouts,
        given: Mapping[str, Sequence[tuple[Reaching, Given]]],
    ) -> None:
        self.given = given
        self.production, self.reachings, self.holdings, self.where = production, reachings, holdings, where
        self.things, self.cast = where.things, where.cast
        self._met_by: dict[tuple[str, str], list[tuple[Reaching, Meeting]]] = {}

    @property
    def clock(self) -> Clock:
        """The film's clock."""
        return self.production.clock

    def of(self, one: Performer) -> list[Meeting]:
        """What somebody meets, as the drawing that is shown: what their hands, feet and head touch, what touches them.

        A drawing without arms or feet, as of a close-up, does without their touches.
        """
        found: list[tuple[Reaching, Meeting]] = []
        for reaching in self.reachings:
            with directing(*reaching.path):
                if reaching.who == one.name:
                    found += [(reaching, met) for met in self._met(one, reaching)]
                if reaching.touches and reaching.verb.limb != "eyes":
                    found += [(reaching, given) for given in self._given(one, reaching)]
        found += self.given.get(one.name, ())
        self._met_by[one.name, one.content.drawing.path] = found
        return [met for _, met in found]

    def judge(self, shown: Sequence[Shown]) -> None:
        """Warns where somebody's hand doesn't reach what it touches, by how much, and where there is no wind-up."""
        told: set[tuple[str | int, ...]] = set()
        for each in shown:
            known = bones(each.one.content)
            for reaching, met in self._met_by.get((each.one.name, each.one.content.drawing.path), ()):
                at = met.contacts[0] if isinstance(met, Reach) and reaching.who == each.one.name else -1
                if not each.start <= at < each.end or not reaching.touches or reaching.path in told:
                    continue
                told.add(reaching.path)
                palm = known.palm(f"{met.side} Hand") if known is not None and isinstance(met, Reach) else None
                # What is thrown need not be reached.
                if isinstance(met, Reach) and palm is not None and reaching.verb.name != "throw":
                    x, y = moved(each.motion(f"{met.side} Hand", at), palm)
                    away = math.hypot(x - float(met.x[at]), y - float(met.y[at]))
                    self._missed(each.one, reaching, away)
                if reaching.frame - reaching.start < self.clock.frames(Fraction(WIND_UP, 30)):
                    self.production.warn(
                        f"{each.one.name} has fewer than {WIND_UP} frames to wind up before {reaching.verb.name}; "
                        "`at` is the contact: give it a later one, or a longer `over`",
                        *reaching.path,
                    )

    def _missed(self, one: Performer, reaching: Reaching, away: float) -> None:
        if away > REACHED:
            self.production.warn(
                f"{one.name} doesn't reach to {reaching.verb.name} it: the hand stays {away:.0f} units short; "
                "go nearer, or bring it nearer",
                *reaching.path,
            )

    def _sides(self, one: Performer, reaching: Reaching, x: float) -> list[str]:
        """With which hands it is done."""
        sides = list(arms(one))
        if reaching.limb in BOTH:
            return sides
        named = [side for side in sides if side.lower() in reaching.limb]
        if named:
            return named
        verb = reaching.verb.name
        at = reaching.frame if verb in TAKES else reaching.frame - 1
        full = held_by(self.holdings, one.name, at)
        if verb in LETS | TAKES or reaching.limb in self.things.by_name:
            wanted = reaching.limb if reaching.limb in self.things.by_name else reaching.contacts[0].name
            mine = [side for side, thing in full.items() if thing == wanted]
            if mine:
                return mine
        near = side_at(one, x, reaching.frame)
        free = [side for side in (near, *sides) if side not in full]
        return free[:1] or [near]

    def _goal(self, one: Performer, reaching: Reaching, contact: Contact) -> Track:
        """Where a limb has to be for a contact, at every frame, on the ground of who reaches."""
        verb, part = reaching.verb.name, reaching.part
        if verb == "put" and (part.to is not None or part.into):
            target = part.into or part.to
        elif verb == "give" and isinstance(part.to, str):
            return self._between(one, part.to.partition(".")[0])
        elif verb == "throw" and (part.to is not None or part.into):
            target = part.into or part.to
        elif verb in ("open", "shut") and self._is_door(contact.target):
            target = f"{contact.target}.handle"
        else:
            target = self._spot(one, contact)
        if target is None:
            return self._tied(one, contact)
        track = self.where.point(target or contact.target, "top" if reaching.limb in FEET else "")
        other = self.cast.by_name.get(contact.target) if isinstance(contact.target, str) else None
        if other is not None and reaching.limb not in FEET:
            x, y = track
            track = (x + np.where(x > standing(one, max(contact.frame, 0))[0], -1, 1) * _side(other), y)
        if str(target).endswith(".keys"):
            # No key is hit twice running.
            number = reaching.contacts.index(contact)
            track = (track[0] + _KEYS[number % len(_KEYS)], track[1])
        return self.where.within(one.placement.in_, track)

    def _is_door(self, name: object) -> bool:
        return isinstance(name, str) and name in self.things.by_name and self.things.by_name[name].kind == "door"

    def _spot(self, one: Performer, contact: Contact) -> Target | None:
        """The place of a thing where it is touched: below a field are its keys; None for a thread, which is touched
        anywhere."""
        thing = self.things.by_name.get(contact.name)
        if thing is not None and isinstance(thing.model, Thread) and contact.target == thing.name:
            return None
        if thing is not None and thing.kind == "field" and contact.target == thing.name:
            return f"{thing.name}.keys"
        return contact.target

    def _tied(self, one: Performer, contact: Contact) -> Track:
        """Where a hand has a thread: at the point that is nearest to the chest; who holds its end draws that in."""
        thing = self.things.by_name[contact.name]
        assert isinstance(thing.model, Thread)
        chest, strung = self._chest(one), self.where.strung(thing)
        if one.name not in ends_of(thing.model):
            share = strung.nearest(chest, min(contact.frame, self.where.length - 1))
            return self.where.within(one.placement.in_, strung.along(share))
        away = strung.at(0.5, min(contact.frame, self.where.length - 1))[0]
        x = chest[0] + (-_DRAWN if away > chest[0] else _DRAWN) * one.height
        return np.full(self.where.length, x), np.full(self.where.length, chest[1])

    def _between(self, one: Performer, other: str) -> Track:
        """Half-way between two chests: where something is handed over."""
        if other not in self.cast.by_name:
            raise StoryreelError(f"'{other}' is none of the cast of this scene")
        mine, theirs = (self._chest(each) for each in (one, self.cast.by_name[other]))
        x, y = (mine[0] + theirs[0]) / 2, (mine[1] + theirs[1]) / 2
        return np.full(self.where.length, x), np.full(self.where.length, y)

    def _chest(self, one: Performer) -> Point:
        x, y = one.place
        return x, y - 0.38 * one.height

    def _met(self, one: Performer, reaching: Reaching) -> Iterator[Meeting]:
        verb = reaching.verb.name
        if reaching.verb.limb == "eyes" or verb in ("drop", "wear", "take-off"):
            return
        thing = self.things.by_name.get(reaching.contacts[0].name)
        if verb == "eat" and len(reaching.contacts) == 1 and thing is not None and thing.kind == "balloon":
            return  # It comes back into the mouth by itself.
        goals = [self._goal(one, reaching, contact) for contact in reaching.contacts]
        first = reaching.contacts[0]
        if reaching.limb in FEET:
            off = self._leaves(one, reaching) + self.clock.frames(_COME_UP)
            yield Landing(reaching.start, first.frame, min(off, self.where.length), *goals[0])
            return
        body = _BODIES.get(reaching.limb) or (None if self._hand_like(reaching.limb) else reaching.limb)
        if body is not None:
            part = body if one.rig.has(body) else named_part(body, one.rig.pivots)
            if part is None:
                raise StoryreelError(f"{one.name} has no '{reaching.limb}' to {verb} with")
            yield Lunge(part, reaching.start, first.frame, reaching.off, *goals[0])
            return
        sides = self._sides(one, reaching, float(goals[0][0][min(max(first.frame, 0), len(goals[0][0]) - 1)]))
        for number, side in enumerate(sides):
            apart = 0.0 if len(sides) == 1 else (number - 0.5) * 0.1 * one.height
            x, y = self._path(one, reaching, goals)
            contacts = tuple(contact.frame for contact in reaching.contacts)
            off = min(reaching.off, self._free(reaching))
            yield Reach(side, reaching.start, contacts, off, x + apart, y, verb in _HARD, one.mirrored)

    def _hand_like(self, limb: str) -> bool:
        return limb in self.things.by_name or any(word in limb for word in ("hand", "thumb", "finger", "fist", "palm"))

    def _free(self, reaching: Reaching) -> int:
        """When a hand goes back: what it has taken it carries along, and needs to reach for no more."""
        verb = reaching.verb.name
        carries = verb in TAKES and reaching.contacts[0].name in self.things.by_name
        if carries and any(held.thing == reaching.contacts[0].name for held in self.holdings):
            return reaching.contacts[-1].frame + 1
        if verb == "hold" and reaching.off >= OPEN:
            later = [
                deed.frame
                for deed in self.reachings_of(reaching.who, "drop")
                if deed.frame > reaching.frame and deed.contacts[0].target == reaching.contacts[0].target
            ]
            return min(later, default=2 * OPEN)
        return reaching.off

    def reachings_of(self, who: str, verb: str) -> list[Reaching]:
        """Everything somebody does by one verb."""
        return [one for one in self.reachings if one.who == who and one.verb.name == verb]

    def _leaves(self, one: Performer, reaching: Reaching) -> int:
        """When feet leave what they stand on: they go elsewhere, or the contact ends."""
        goes = [act.start for act in one.acts if act.kind in ("go", "exit", "tumble") and act.start > reaching.frame]
        lands = [
            other.start
            for other in self.reachings
            if other.who == one.name and other.limb in FEET and other.start > reaching.frame
        ]
        return min([reaching.off, *goes, *lands])

    def _path(self, one: Performer, reaching: Reaching, goals: list[Track]) -> Track:
        """The way of a hand over all its contacts: from one to the next it is lifted."""
        x, y = goals[0][0].copy(), goals[0][1].copy()
        frames = np.arange(len(x))
        for number in range(1, len(goals)):
            leave, there = reaching.contacts[number - 1].off, reaching.contacts[number].frame
            share = np.clip((frames - leave) / max(there - leave, 1), 0, 1)
            share = share * share * (3 - 2 * share)
            lift = _LIFT * one.height * np.sin(math.pi * share)
            x = np.where(frames >= leave, x + (goals[number][0] - x) * share, x)
            y = np.where(frames >= leave, y + (goals[number][1] - y) * share - lift, y)
        if reaching.verb.name == "wipe":
            first = reaching.contacts[0]
            half = self._half(first.name) * _WIPE
            share = np.clip((frames - first.frame) / max(first.off - first.frame, 1), 0, 1)
            x = x + half * np.sin(2 * math.pi * 1.5 * share)
        if reaching.limb in self.things.by_name and reaching.verb.name not in TAKES | LETS:
            x, y = self._held_out(one, reaching, (x, y))
        if reaching.short:
            at = min(max(reaching.frame, 0), len(x) - 1)
            chest_x, chest_y = standing(one, at)[0], standing(one, at)[1] - 0.4 * one.height
            away = np.maximum(np.hypot(x - chest_x, y - chest_y), 1e-6)
            x, y = x - (x - chest_x) / away * reaching.short, y - (y - chest_y) / away * reaching.short
        return x, y

    def _held_out(self, one: Performer, reaching: Reaching, track: Track) -> Track:
        """The way of a hand that has something in it: it is the thing's edge that comes to what is met."""
        first = reaching.contacts[0]
        at = min(max(first.frame, 0), len(track[0]) - 1)
        chest = standing(one, at)[0], standing(one, at)[1] - 0.4 * one.height
        far = max(math.hypot(float(track[0][at]) - chest[0], float(track[1][at]) - chest[1]), 1e-6)
        way = ((float(track[0][at]) - chest[0]) / far, (float(track[1][at]) - chest[1]) / far)
        other = self.things.by_name.get(first.name) if first.target == first.name else None
        theirs = room(self.where, other) if other is not None else None
        before = leading(room(self.where, self.things.by_name[reaching.limb]), theirs, reaching.verb.name, way)
        return track[0] - way[0] * before, track[1] - way[1] * before

    def _half(self, name: str) -> float:
        return self.where.half(name) if name in self.things.by_name else 60.0

    def _given(self, one: Performer, reaching: Reaching) -> Iterator[Meeting]:
        """Who is touched gives; who is given something reaches for it."""
        other = self.cast.by_name.get(reaching.who)
        if reaching.verb.name == "give" and reaching.part.to == one.name and other is not None:
            x, y = self._between(other, one.name)
            mine = (held for held in self.holdings if held.who == one.name and held.since == reaching.frame)
            for side in (held.side for held in mine):
                yield Reach(side, reaching.start, (reaching.frame,), reaching.frame + 1, x, y, mirrored=one.mirrored)
        if reaching.who == one.name or reaching.verb.name == "fall":
            return
        for contact in reaching.contacts:
            if contact.name == one.name:
                from_x = self._thing_x(reaching.who, contact)
                if other is not None:
                    from_x = standing(other, contact.frame)[0]
                way = 1.0 if (standing(one, contact.frame)[0] >= from_x) != one.mirrored else -1.0
                yield Given(contact.frame, way, 1.0 if reaching.verb.name in _HARD else 0.5)

    def _thing_x(self, name: str, contact: Contact) -> float:
        return self.things.by_name[name].x.at(max(contact.frame - 4, 0)) if name in self.things.by_name else 0.0


def _side(one: Performer) -> float:
    """How far from somebody's middle they are touched, where nothing is said of the place."""
    return _NEAR_SIDE * one.rig.width * one.height / one.rig.height


def arms(one: Performer) -> tuple[str, ...]:
    """The sides on which somebody has an arm."""
    return tuple(side for side in ("Left", "Right") if one.rig.has(f"{side} Arm"))


def side_at(one: Performer, x: float, frame: int) -> str:
    """The side of the arm at a point's side of somebody's body."""
    middle = one.rig.pivots.get("Body", one.rig.feet)[0]
    right = (x >= standing(one, frame)[0]) != one.mirrored
    for side in arms(one):
        if (one.rig.pivots[f"{side} Arm"][0] >= middle) == right:
            return side
    return next(iter(arms(one)), "Right")


def standing(one: Performer, frame: int) -> Point:
    """Where somebody stands at a frame, by the ways that they were sent: roughly, while they are under way."""
    gone = [act for act in one.acts if act.kind == "go" and act.start <= frame]
    if not gone:
        return one.home
    last = max(gone, key=lambda act: act.start)
    return last.number("x", one.home[0]), last.number("y", one.home[1])
