"""The cast while directing: where each stands and what each does; and the hits that all of them have open eyes at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Protocol

from storyreel.direct.acting import Act, Heard, known, moments, perform
from storyreel.direct.acting.curves import Array
from storyreel.direct.acting.speech import lines
from storyreel.direct.acting.touches import Meeting
from storyreel.direct.blocking import HERO, Ground
from storyreel.direct.camerawork import Subject
from storyreel.direct.framing import Head, head_box, head_of
from storyreel.direct.keyline import KeyLine
from storyreel.direct.production import Production, seeded
from storyreel.direct.states import Channels, overlaid
from storyreel.direct.things import Things
from storyreel.direct.views import Facing
from storyreel.direct.weather import Weather
from storyreel.errors import directing
from storyreel.puppet.model import Rig
from storyreel.script.models import Placement, Scene
from storyreel.sound.lipsync import MouthCue
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Layer, PuppetContent, settings
from storyreel.timeline.track import baked, sample, samples

_HITS = {"stamp": "slam", "bonk": "hit"}
_SIDED = frozenset(("lean", "point", "peep", "slip", "walk"))
"""Acts whose `to` is a side of the picture."""
_GAZES = frozenset(("face", "look", "turn"))
"""Acts that swing nothing to speak of."""
_SEEN = (6, 12)
"""Thirtieths of a second before and after a hit in which all eyes are open."""


@dataclass
class Performer:
    """One of the cast in the making: where it stands, what it does, when its mouth moves."""

    name: str
    rig: Rig
    content: PuppetContent
    placement: Placement
    ground: Ground
    home: tuple[float, float]
    height: float
    acts: list[Act] = field(default_factory=list)
    mouth: list[MouthCue] = field(default_factory=list)
    enters: int | None = None
    place: tuple[float, float] = (0.0, 0.0)
    before: tuple[float, float] = (0.0, 0.0)
    """Where it stood before the last way that it went."""
    facings: list[Facing] = field(default_factory=list)
    states: list[tuple[int, Mapping[str, float]]] = field(default_factory=list)
    """From a frame on, what is shown and hidden of it: hands, outfits."""
    grown: KeyLine = field(default_factory=lambda: KeyLine(1.0))
    faded: KeyLine = field(default_factory=lambda: KeyLine(1.0))
    """How much of it is seen, from 0 to 1: it is lost in the dark behind a door."""
    leaves: int | None = None
    here: bool = True
    """Whether it is in the picture before it enters."""
    order: float = 0.0
    rigs: tuple[Rig, ...] = ()
    """The rigs of all their drawings."""
    build: tuple[float, float] = (1.0, 1.0)
    """How broad and how tall the body is, as factors of the puppet's; the head keeps its size."""
    mirrored: bool = False
    """Whether its drawing is shown the other way round."""

    def present(self) -> None:
        """Is in the picture from the scene's first frame on, unless it enters later."""
        self.here = True

    def there(self, frame: int) -> bool:
        """Whether it has entered by a frame, and not left."""
        start = 0 if self.here else self.enters
        ways = [act for act in self.acts if act.kind in ("enter", "exit") and act.end <= frame]
        if ways and max(ways, key=lambda act: act.end).kind == "exit":
            return False
        return start is not None and start <= frame and (self.leaves is None or frame < self.leaves)


def can(rig: Rig, act: Act) -> bool:
    """Whether one of somebody's drawings has the face or the pose of an act: a view may do without some."""
    if act.kind == "face":
        return act.word("expression", "") in rig.faces
    return act.kind != "pose" or act.word("pose", "") in rig.poses


def _moved(act: Act, dx: float, dy: float) -> Act:
    """A way to a place for a body that stands elsewhere."""
    if act.kind != "go":
        return act
    values = dict(act.values)
    return replace(act, values=settings({**values, "x": act.number("x", 0.0) + dx, "y": act.number("y", 0.0) + dy}))


def mirrored_act(act: Act) -> Act:
    """An act as it is told to a body whose drawing is shown the other way round."""
    values = dict(act.values)
    for name in ("gx", "amount"):
        if name in values:
            values[name] = -act.number(name, 0.0)
    if "to" in values and act.kind in _SIDED:
        values["to"] = {"left": "right", "right": "left"}.get(act.word("to", ""), act.word("to", ""))
    return replace(act, values=settings(values))


class Touched(Protocol):
    """What knows of everybody what they touch and what touches them."""

    def meetings(self, one: Performer) -> list[Meeting]:
        """What somebody meets."""

    def gripped(self, one: Performer, channels: Channels) -> Channels:
        """Somebody's channels with their hands on what they reach for."""


def hits(acts: Iterable[Act], clock: Clock) -> tuple[tuple[float, float], ...]:
    """The frames about every hit among these acts: from and to."""
    before, after = (clock.frames(Fraction(thirtieths, 30)) for thirtieths in _SEEN)
    return tuple(
        (float(frame - before), float(frame + after))
        for act in acts
        if act.kind in _HITS
        for moment, frame in moments(act.kind, dict(act.values), act.start, act.end, clock)
        if moment == _HITS[act.kind]
    )


_EYES = 0.6
"""How high up somebody's eyes are, and what of them is looked at, as a share of their height."""
_PLACES = {"head": 0.85, "face": 0.75, "chest": 0.45, "middle": 0.4, "hand": 0.35, "hands": 0.35, "feet": 0.0}
"""How high up these places of somebody are."""


class Cast:
    """The cast of one scene in the making: who is placed in it or named in one of its beats, in that order."""

    def __init__(
        self,
        production: Production,
        scene: Scene,
        ground: Ground,
        things: Things,
        seed: int,
        more: Iterable[str] = (),
    ) -> None:
        self.production, self.scene, self.ground, self.things, self.seed = production, scene, ground, things, seed
        self.weather: Weather | None = None
        """The wind that they stand in, once it is directed."""
        named = [*more, *(name for beat in scene.beats for name in beat.parts)]
        named = [name for name in named if name in production.script.cast]
        self.by_name: dict[str, Performer] = {
            name: self._placed(name, scene.cast.get(name, Placement(offstage=True)))
            for name in dict.fromkeys([*scene.cast, *named])
        }

    def subject(self, name: str, frame: int) -> Subject:
        """Where somebody or something stands at a frame, in the stage's own units."""
        if name in self.by_name:
            one = self.by_name[name]
            x, y = one.place
            if one.placement.in_:
                holder = self.things.by_name[one.placement.in_]
                x, y = x + holder.x.at(frame), y + holder.y.at(frame)
            return Subject(x, y, one.height)
        thing = self.things.by_name[name]
        return Subject(thing.x.at(frame), thing.y.at(frame), 0.0)

    def gaze(self, name: str, other: str, frame: int) -> tuple[float, float]:
        """Where somebody looks to see somebody or something, or a place of theirs, -1 to 1 across and down."""
        known = other in self.by_name or other in self.things.by_name
        there = self.subject(other if known else other.partition(".")[0], frame)
        up = _PLACES.get(other.rpartition(".")[2], _EYES) if not known else _EYES
        return self.gaze_at(name, (there.x, there.y - there.height * up), frame)

    def gaze_at(self, name: str, point: tuple[float, float], frame: int) -> tuple[float, float]:
        """Where somebody looks to see a point of the stage, -1 to 1 across and down."""
        here = self.subject(name, frame)
        dx, dy = point[0] - here.x, point[1] - (here.y - here.height * _EYES)
        reach = max((dx * dx + dy * dy) ** 0.5, 1.0)
        return dx / reach, dy / reach

    def outside(self, one: Performer, x: float, y: float) -> tuple[float, float]:
        """A point of what somebody stands in, on the stage."""
        if one.placement.in_:
            holder = self.things.by_name[one.placement.in_]
            return x + holder.x.at(0), y + holder.y.at(0)
        return x, y

    def head(self, one: Performer) -> Head:
        """Somebody's head on the stage, as the scene begins."""
        head = head_of(one.rig, one.home, one.height / one.rig.height, *one.build)
        x, y = self.outside(one, head.x, head.y)
        return replace(head, x=x, y=y)

    def put_head(self, one: Performer, x: float, y: float) -> None:
        """Puts somebody where their head is at a point of the stage."""
        head = self.head(one)
        one.home = one.place = one.home[0] + x - head.x, one.home[1] + y - head.y

    def displaced(self, one: Performer, before: Performer) -> Performer:
        """Somebody who stands elsewhere than before, and goes every way from there."""
        dx, dy = one.home[0] - before.home[0], one.home[1] - before.home[1]
        return replace(one, acts=[_moved(act, dx, dy) for act in one.acts])

    def seen_as(self, one: Performer, view: str, mirrored: bool) -> Performer:
        """Somebody as another drawing of theirs, in the same place: their feet where they were, or, of a drawing that
        is for a size, their head."""
        if not view:
            return replace(one, acts=[act for act in one.acts if can(one.rig, act)])
        with directing("cast", one.name):
            rig, content = self.production.scenery.view(self.production.script.cast[one.name], view)
        whole, scale = head_of(one.rig, one.home, one.height / one.rig.height, *one.build), one.height / one.rig.height
        x, y = one.home
        if one.rig.views[view].sizes and not rig.has("Left Leg"):
            left, top, right, bottom = head_box(rig)
            scale *= (head_box(one.rig)[3] - head_box(one.rig)[1]) / (bottom - top)
            across = ((left + right) / 2 - rig.feet[0]) * scale
            x, y = whole.x + (across if mirrored else -across), whole.y - ((top + bottom) / 2 - rig.feet[1]) * scale
        else:
            scale *= one.rig.height / rig.height
        dx, dy = x - one.home[0], y - one.home[1]
        acts = [_moved(act, dx, dy) for act in one.acts if can(rig, act)]
        if mirrored:
            acts = [mirrored_act(act) for act in acts]
        return replace(
            one, rig=rig, content=content, home=(x, y), height=rig.height * scale, acts=acts, mirrored=mirrored
        )

    def channels(
        self, one: Performer, length: int, timed: Callable[[Act], Act], touched: Touched | None = None
    ) -> Channels:
        """Somebody's channels; `timed` sets acts to the music, `touched` tells what they meet."""
        acts = [timed(act) for act in sorted(one.acts, key=lambda act: act.start)]
        acted = self._performed(one, acts, length, 0, touched)
        second = self.production.clock.frames(1)
        lately = (act for act in acts if act.kind not in _GAZES and act.start < 0 < act.end + second)
        if one.rig.springs and any(act.kind != "pose" or act.start > -second for act in lately):
            acted = self._swinging(one, acts, acted, length)
        laid = overlaid(acted, one.rig, one.states, one.grown.channel(), one.build, one.mirrored, length)
        if one.faded.channel() != 1.0:
            laid = (*laid, ("opacity", one.faded.channel()))
        return touched.gripped(one, laid) if touched is not None else laid

    def _swinging(self, one: Performer, acts: Sequence[Act], acted: Channels, length: int) -> Channels:
        """Channels whose springs come out of a second before the cut: after another all is as if there were none.

        So a change before a cut is seen for a second behind it, and no longer.
        """
        second = self.production.clock.frames(1)
        ahead = [replace(act, start=act.start + second, end=act.end + second) for act in acts]
        lately = dict(self._performed(one, ahead, second + min(second, length), second, None))
        found = dict(acted)
        for spring in one.rig.springs:
            name = f"{spring.part}.bend"
            here, there = found.get(name, 0.0), lately.get(name, 0.0)
            values = samples(here, length)
            for frame in range(min(second, length)):
                share = 1 - (frame / second) ** 2
                values[frame] += (sample(there, second + frame) - values[frame]) * share
            found[name] = baked(values)
        return tuple(found.items())

    def _performed(
        self, one: Performer, acts: Sequence[Act], length: int, late: int, touched: Touched | None
    ) -> Channels:
        """Acts of a performer for so many frames; what is said comes so many frames `late`."""
        clock, look = self.production.clock, self.production.look
        mouth = sorted(one.mouth, key=lambda cue: cue.frame)
        return perform(
            one.rig,
            acts,
            [replace(cue, frame=cue.frame + late) for cue in mouth] if late else mouth,
            length,
            clock,
            seeded(self.seed, one.name),
            look.motion,
            one.home,
            one.height / one.rig.height,
            hits((act for each in self.by_name.values() for act in each.acts), clock),
            look.exposure,
            self.production.script.storyreel,
            [replace(each, start=each.start + late, end=each.end + late) for each in self._heard(one)],
            touched.meetings(one) if touched is not None else (),
            grounded=touched is not None,
            wind=self._wind(one, length, late),
        )

    def _wind(self, one: Performer, length: int, late: int) -> Array | None:
        """The wind as somebody's drawing feels it, told so many frames `late`; it reaches whoever is nearer first."""
        if self.weather is None or not self.weather.blows or not one.rig.springs:
            return None
        force = self.weather.force(length, late + self.weather.late(1.0, one.order))
        return -force if one.mirrored else force

    def layer(self, one: Performer, length: int, channels: Channels, view: str = "") -> Layer:
        """Somebody as a layer of the scene, which has so many frames.

        Of one who is shown as several drawings in turn, `view` tells them apart.
        """
        start = 0 if one.here else length if one.enters is None else one.enters
        return Layer(
            f"{one.name} {view}" if view else one.name,
            one.content,
            start,
            length if one.leaves is None else min(one.leaves, length),
            channels,
            order=one.order,
            kind="cast",
            manner="inset" if one.placement.in_ else "hero",
        )

    def _heard(self, one: Performer) -> list[Heard]:
        """What the others say in the scene, in the order in which they begin."""
        found = []
        for name, other in self.by_name.items():
            cues = sorted(other.mouth, key=lambda cue: cue.frame)
            for start, end in lines(cues, float(self.production.clock.rate)) if name != one.name else ():
                found.append(Heard(start, end, *self.gaze(one.name, name, start)))
        return sorted(found, key=lambda line: line.start)

    def _placed(self, name: str, placement: Placement) -> Performer:
        member = self.production.script.cast[name]
        with directing("cast", name):
            rig, content = self.production.scenery.puppet(member)
            rigs = self.production.scenery.rigs(member) if rig.views else (rig,)
        with directing("scenes", self.scene.id, "cast", name, "in"):
            ground = self.things.inside(placement.in_) if placement.in_ else self.ground
        home = ground.point(placement.at, standing=True)
        height = HERO * member.size * (placement.size or 1.0)
        performer = Performer(name, rig, content, placement, ground, home, height, place=home, rigs=rigs)
        performer.here, performer.order = not placement.offstage, placement.order
        if member.build is not None:
            performer.build = (member.build.width, member.build.height)
        if placement.face:
            performer.acts.append(Act("face", 0, 1, settings({"expression": placement.face, "at_once": True})))
        if placement.pose:
            performer.acts.append(Act("pose", 0, 1, settings({"pose": placement.pose, "at_once": True})))
        with directing("scenes", self.scene.id, "cast", name):
            known(performer.rigs, performer.acts)
        return performer
