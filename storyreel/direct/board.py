"""One scene on the director's board: its cast and props placed, its beats directed, then all of it frozen."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from storyreel.direct.backdrop import seen
from storyreel.direct.beats import Beats
from storyreel.direct.blocking import stage_ground
from storyreel.direct.camerawork import CameraWork
from storyreel.direct.cast import Cast, Performer
from storyreel.direct.focus import Focus, focus
from storyreel.direct.footage import clip_cues
from storyreel.direct.production import Production, seeded
from storyreel.direct.things import AIRY, Thing, Things, look_settings
from storyreel.errors import directing
from storyreel.script.models import Scene
from storyreel.script.props import Drawing, Pane, Phone, Picture, Post
from storyreel.timeline.model import ClipCue, GroupContent, Layer, WidgetContent, settings
from storyreel.timeline.model import Scene as SceneSpan


class Board:
    """One scene in the making; `start` is its first film frame, `sections` those of the score that came before."""

    def __init__(
        self, production: Production, scene: Scene, start: int, sections: Sequence[tuple[int, str]] = ()
    ) -> None:
        self.production, self.scene, self.start = production, scene, start
        (self.width, self.height), safe = production.picture, production.safe
        self.seed = seeded(production.script.seed, scene.id)
        self.ground = stage_ground(safe, scene.floor, self.width)
        self.camera = CameraWork(self.width, self.height, (safe[0] + safe[2]) / 2)
        self.things = Things(production, scene, self.ground, self.seed)
        self.cast = Cast(production, scene, self.ground, self.things, self.seed)
        self.beats = Beats(
            production,
            scene,
            self.ground,
            self.things,
            self.cast,
            self.camera,
            self.seed,
            start,
            tuple(sections),
        )
        self.beats.direct()

    def faces(self) -> tuple[Focus, Focus]:
        """Where the scene begins and ends: the faces of the first of its cast, once all have taken their places, and
        of who speaks last."""
        cast, last = self.cast, self.beats.length - 1
        settled = min(self.production.clock.frames(Fraction(1, 3)), last)
        return (
            focus(cast.by_name, (), cast.subject, self.camera, settled),
            focus(cast.by_name, reversed(self.beats.voices), cast.subject, self.camera, last),
        )

    def freeze(self) -> SceneSpan:
        """The scene as data."""
        length = self.beats.length
        camera = self.camera.channels(length, float(self.production.clock.rate), self.seed)
        size = (self.width, self.height)
        foot = (self.width / 2, self.ground.point("centre", standing=True)[1])
        with directing("scenes", self.scene.id, "set"):
            looking = partial(seen, dict(camera), size=size, length=length)
            layers = [*self.production.scenery.planes(self.scene.set, length, (0.0, 0.0, *size), foot, seen=looking)]
        layers += [*self._standing(None), *self.beats.extras]
        return SceneSpan(self.scene.id, length, tuple(layers), camera, tuple(self.beats.spans), self.seed)

    def clips(self) -> list[ClipCue]:
        """The sounds of the clips that it shows."""
        found: list[ClipCue] = []
        for thing in self.things.by_name.values():
            with directing("scenes", self.scene.id, "props", thing.name):
                found += clip_cues(thing, self.things.by_name, self.production.scenery, self.start, self.beats.length)
        return found

    def _standing(self, inside: str | None) -> list[Layer]:
        """Everything and everybody that stands in a pane or a phone, or in none."""
        things = [self._thing(held) for held in self.things.by_name.values() if held.model.in_ == inside]
        return things + [self._performer(one) for one in self.cast.by_name.values() if one.placement.in_ == inside]

    def _performer(self, one: Performer) -> Layer:
        return self.cast.layer(one, self.beats.length, self.beats.timed)

    def _thing(self, thing: Thing) -> Layer:
        with directing("scenes", self.scene.id, "props", thing.name):
            return self._drawn(thing)

    def _drawn(self, thing: Thing) -> Layer:
        length, clock, scenery = self.beats.length, self.production.clock, self.production.scenery
        model, given = thing.model, look_settings(thing.model)
        if isinstance(model, Pane | Phone):
            children: list[Layer] = []
            if model.set is not None:
                inside = self.things.inside(thing.name)
                frame = (inside.left, inside.top, inside.right, inside.bottom)
                foot = (0.0, inside.bottom * 0.84)
                children += scenery.planes(model.set, length, frame, foot, model.zoom, f"{thing.name} ")
            children += self._standing(thing.name)
            return thing.layer(GroupContent(WidgetContent(thing.kind, given)), length, clock, tuple(children))
        if isinstance(model, Drawing | Picture):
            return thing.layer(scenery.content(model), length, clock)
        if isinstance(model, Post) and model.text:
            given = settings({**dict(given), **self.things.beside(thing)})
        if thing.kind in AIRY or thing.kind == "wall":
            given = settings({**dict(given), "seed": thing.seed, "width": self.width, "height": self.height})
        return thing.layer(WidgetContent(thing.kind, given), length, clock)
