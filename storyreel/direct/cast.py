"""The cast while directing: where each stands and what each does; and the hits that all of them have open eyes at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from storyreel.direct.acting import Act, known, moments, perform
from storyreel.direct.blocking import HERO, Ground
from storyreel.direct.camerawork import Subject
from storyreel.direct.production import Production, seeded
from storyreel.direct.things import Things
from storyreel.errors import directing
from storyreel.puppet.model import Rig
from storyreel.script.models import Placement, Scene
from storyreel.sound.lipsync import MouthCue
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Layer, PuppetContent, settings

_HITS = {"stamp": "slam", "bonk": "hit"}
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


class Cast:
    """The cast of one scene in the making: who is placed in it or named in one of its beats, in that order."""

    def __init__(self, production: Production, scene: Scene, ground: Ground, things: Things, seed: int) -> None:
        self.production, self.scene, self.ground, self.things, self.seed = production, scene, ground, things, seed
        named = [name for beat in scene.beats for name in beat.parts if name in production.script.cast]
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
        """Where somebody looks to see somebody or something, -1 to 1 across and down."""
        here, there = self.subject(name, frame), self.subject(other, frame)
        dx, dy = there.x - here.x, (there.y - there.height * 0.6) - (here.y - here.height * 0.6)
        reach = max((dx * dx + dy * dy) ** 0.5, 1.0)
        return dx / reach, dy / reach

    def layer(self, one: Performer, length: int, timed: Callable[[Act], Act]) -> Layer:
        """Somebody as a layer of the scene, which has so many frames; `timed` sets acts to the music."""
        clock, look = self.production.clock, self.production.look
        channels = perform(
            one.rig,
            [timed(act) for act in sorted(one.acts, key=lambda act: act.start)],
            sorted(one.mouth, key=lambda cue: cue.frame),
            length,
            clock,
            seeded(self.seed, one.name),
            look.motion,
            one.home,
            one.height / one.rig.height,
            hits((act for each in self.by_name.values() for act in each.acts), clock),
            look.exposure,
        )
        start = one.enters if one.placement.offstage and one.enters is not None else 0
        if one.placement.offstage and one.enters is None:
            start = length
        return Layer(
            one.name,
            one.content,
            start,
            length,
            channels,
            order=one.placement.order,
            kind="cast",
            manner="inset" if one.placement.in_ else "hero",
        )

    def _placed(self, name: str, placement: Placement) -> Performer:
        member = self.production.script.cast[name]
        with directing("cast", name):
            rig, content = self.production.scenery.puppet(member)
        with directing("scenes", self.scene.id, "cast", name, "in"):
            ground = self.things.inside(placement.in_) if placement.in_ else self.ground
        home = ground.point(placement.at, standing=True)
        height = HERO * member.size * (placement.size or 1.0)
        performer = Performer(name, rig, content, placement, ground, home, height, place=home)
        if placement.face:
            performer.acts.append(Act("face", 0, 1, settings({"expression": placement.face, "at_once": True})))
        if placement.pose:
            performer.acts.append(Act("pose", 0, 1, settings({"pose": placement.pose, "at_once": True})))
        with directing("scenes", self.scene.id, "cast", name):
            known(rig, performer.acts)
        return performer
