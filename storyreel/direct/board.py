"""One scene on the director's board: its cast and props placed, its beats directed, then all of it frozen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from storyreel.direct.airs import Airs
from storyreel.direct.backdrop import seen
from storyreel.direct.beats import Beats
from storyreel.direct.blocking import stage_ground
from storyreel.direct.bodies import Shown
from storyreel.direct.camerawork import CameraWork
from storyreel.direct.carried import Carried, expected, left, taken_up
from storyreel.direct.carrying import IN_HAND
from storyreel.direct.cast import Cast, Performer
from storyreel.direct.covers import FRONT, PASSES, before_all, passing
from storyreel.direct.edges import foremost, let_out
from storyreel.direct.eyes import judge_jump, looked_at
from storyreel.direct.falls import LYING
from storyreel.direct.focus import Focus, ends
from storyreel.direct.footage import clip_cues
from storyreel.direct.heard import Asked
from storyreel.direct.lanes import EVERY, Span, captioned_at
from storyreel.direct.leaving import Way, arrive
from storyreel.direct.lighting import UNLIT, Lighting, blown
from storyreel.direct.loops import closed, judge_loops
from storyreel.direct.occupied import Filled, Occupied
from storyreel.direct.openings import MIRROR, UNDER, again, laid_under, looped, mirrored, seen_in
from storyreel.direct.pages import begin, laid_out, seen_by
from storyreel.direct.pictured import Pictured
from storyreel.direct.places import sampled
from storyreel.direct.production import Production, seeded
from storyreel.direct.prop_orders import drawn_as
from storyreel.direct.setups import Take
from storyreel.direct.shadows import contact_shadow, stands
from storyreel.direct.sharpness import focused
from storyreel.direct.shooting import Appearance, Shooting
from storyreel.direct.states import Channels
from storyreel.direct.stillness import held
from storyreel.direct.things import AIRY, Thing, Things
from storyreel.direct.ways import accompanied
from storyreel.direct.witness import judge_picture, witness
from storyreel.errors import directing
from storyreel.script.models import Shot
from storyreel.script.props import Drawing, Pane, Phone, Picture, Post
from storyreel.script.written import Thread
from storyreel.timeline.model import ClipCue, GroupContent, Layer, WidgetContent, settings
from storyreel.timeline.model import Scene as SceneSpan


class Board:
    """One scene in the making; `start` is its first film frame, `sections` those of the score that came before.

    `carried` is how the shot before it in its scene left everybody, `way` what that one's way out hands on,
    `bars` how high those above and below the picture are.
    """

    def __init__(
        self,
        production: Production,
        take: Take,
        start: int,
        sections: Sequence[tuple[int, Asked]] = (),
        carried: Carried | None = None,
        way: Way | None = None,
        bars: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        take = replace(take, scene=laid_out(take.scene, production.picture))
        self.production, self.take, self.scene, self.start = production, take, take.scene, start
        scene = take.scene
        (self.width, self.height), safe = production.picture, production.safe
        self.seed = seeded(production.script.seed, scene.id)
        self.ground = stage_ground(safe, scene.floor, self.width)
        self.camera = CameraWork(self.width, self.height, (safe[0] + safe[2]) / 2)
        # A thing that stands in several shots is the same in all of them.
        self.things = Things(production, scene, self.ground, seeded(production.script.seed, take.written))
        for thing in self.things.by_name.values():
            begin(thing, production.picture)
        self.cast = Cast(production, scene, self.ground, self.things, self.seed, expected(take, carried))
        self.covered = carried.covering if carried is not None else None
        self._passes = production.clock.frames(PASSES)
        if carried is not None:
            self._take_up(carried)
        self.shooting = Shooting(production, take, self.cast, self.things, self.camera)
        for thing in self.things.by_name.values():
            self.shooting.beside(thing)
        if carried is not None and way is None:
            judge_jump(self.shooting, carried.eye)
        if way is not None:
            arrive(way, self.shooting, production.times)
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
            self.shooting,
            Airs(production, scene, start, carried),
            bars,
        )
        if carried is not None:
            self.beats.take_up(carried.hands, carried.followings, carried.reachings, carried.going)
        self.beats.direct()
        self.touched = self.beats.staging if production.script.storyreel >= 2 else None
        self._channels: dict[str, list[tuple[Appearance, Channels]] | None] = {}
        self._sampled: dict[str, list[Shown]] = {}
        self._picturing = False

    def left(self) -> Carried:
        """How it leaves everybody and everything for the next shot of its scene, once it is frozen."""
        cast, things = self.cast.by_name.values(), self.things.by_name.values()
        kept = left(cast, things, self.camera, self.beats.length, self.production.clock)
        hands, followings, reachings = self.beats.staging.left(self.beats.length)
        going = tuple(one.later(self.beats.length) for one in self.beats.onwards.going)
        kept = replace(kept, hands=hands, followings=followings, reachings=reachings, going=going)
        kept = self.beats.airs.left(kept, self.beats.length)
        kept = replace(kept, eye=looked_at(self.shooting, self.beats.length - 1, -1))
        cover = self.beats.cover
        if cover is None or cover.before is None:
            return kept
        # What covered the picture is where it was before that.
        under = left((), [cover.before], self.camera, self.beats.length, self.production.clock)
        return replace(kept, things={**kept.things, **under.things}, covering=cover.name)

    def _take_up(self, carried: Carried) -> None:
        for name, body in carried.bodies.items():
            taken_up(self.cast.by_name[name], body)
        self.things.by_name.update(carried.things)
        for name, value in carried.mood:
            self.camera.lines[name].move(0, 0, value)
        for grade in carried.grades:
            self.camera.grades.append((grade, 0, 0))

    def faces(self) -> tuple[Focus, Focus]:
        """Where the scene begins and ends."""
        clock, voices = self.production.clock, self.beats.lines.voices
        return ends(self.cast, self.camera, voices, self.beats.length - 1, clock)

    def freeze(self) -> SceneSpan:
        """The scene as data."""
        length = self.beats.length
        camera, layers = self._planes()
        if self.touched is not None:
            self.beats.staging.settle(length, tuple(layers), self._posed)
            if accompanied(self.shooting, self.beats.company, self.beats.staging.where, length):
                camera, layers = self._planes()
        layers += [*self._standing(None), *self.beats.extras, *self._written()]
        layers = foremost(layers, self.beats.out) if self.beats.out else layers
        if self.touched is not None:
            for one in self.cast.by_name.values():
                self.touched.judge(self._posed(one) or ())
            witness(self.shooting, self.touched, length)
        camera, layers = self._lit(camera, layers)
        if self.beats.cover is not None:
            name = self.beats.cover.name
            layers = [replace(layer, order=FRONT) if layer.id == name else layer for layer in layers]
        if self.covered is not None:
            thing = passing(self.things, self.things.by_name[self.covered], self.camera, self._passes)
            layers.append(before_all(self._drawn(thing)))
        bars = self.beats.bars.layer(length, (self.width, self.height))
        layers += [bars] if bars is not None else []
        if self.beats.dark is not None:
            layers = [replace(layer, end=min(layer.end, self.beats.dark)) for layer in layers]
        if self.beats.focused:
            layers = focused(layers, self.beats.focused)
        if self.beats.loops:
            judge_loops(layers, self.beats.loops, self.production)
            layers = closed(layers, self.beats.loops, length)
        if self.beats.holds:
            layers = held(layers, self.beats.holds, length)
        return SceneSpan(
            self.scene.id,
            length,
            tuple(layers),
            camera,
            tuple(self.beats.spans),
            self.seed,
            marks=self.beats.marks,
            stills=tuple((hold.start, hold.end) for hold in self.beats.holds),
        )

    def _lit(self, camera: Channels, layers: list[Layer]) -> tuple[Channels, list[Layer]]:
        """Everything in its light, and in the wind."""
        airs, staging, clock, length = self.beats.airs, self.beats.staging, self.production.clock, self.beats.length
        people = [one for one in self.cast.by_name.values() if self.shooting.shows(one.name) and one.here]
        things = {name: one for name, one in self.things.by_name.items() if self._in_it(one)}
        layers = airs.setting.moved(layers)
        layers = blown(layers, things, airs.weather, self.production, staging.held, staging.where)
        lighting = Lighting(airs.weather, airs.tones, clock, length, (self.width, self.height))
        with directing(*self.take.path("mood")):
            lit = lighting.light(camera, layers, staging.where, people, things, staging.holdings)
        if lit.dark:
            self.production.warn(UNLIT, *self.take.path("shot"))
        return lit.camera, lit.layers

    def span(self) -> Span:
        """The shot as captions see it, once it is frozen."""
        start, end, take = self.start, self.start + self.beats.length, self.take
        shot = self.shooting.shot
        said = shot is not None and shot.lane is not None
        filled: list[Filled] = []
        where, length = self.beats.staging.where, self.beats.length
        if where is not None:
            here = {name: one for name, one in self.cast.by_name.items() if self.shooting.shows(name)}
            people = {name: self._posed(one) or () for name, one in here.items()}
            camera = dict(self.camera.channels(length, float(self.production.clock.rate), self.seed))
            occupied = Occupied(where, people, self._written(), camera, (self.width, self.height))
            captioned = (
                frame
                for frame in range(0, length, EVERY)
                if captioned_at(self.production, self.scene.id, start + frame)
            )
            filled = [one for frame in captioned for one in occupied.at(frame)]
            judge_picture(self.shooting, occupied, self.beats.staging.reachings, length)
        return Span(start, end, self.shooting.lane, said, filled, take.path("shot"))

    def _planes(self) -> tuple[Channels, list[Layer]]:
        """The camera's channels, and the planes of the set as far as it sees them."""
        camera = self.camera.channels(self.beats.length, float(self.production.clock.rate), self.seed)
        return camera, self._ground(self.scene.set, camera)

    def _ground(self, set_: str, camera: Channels) -> list[Layer]:
        length, size = self.beats.length, (self.width, self.height)
        foot = (self.width / 2, self.ground.point("centre", standing=True)[1])
        with directing("scenes", self.scene.id, "set"):
            looking = partial(seen, dict(camera), size=size, length=length)
            return [*self.production.scenery.planes(set_, length, (0.0, 0.0, *size), foot, seen=looking)]

    def clips(self) -> list[ClipCue]:
        """The sounds of the clips that it shows."""
        found: list[ClipCue] = []
        for thing in self.things.by_name.values():
            with directing("scenes", self.scene.id, "props", thing.name):
                found += clip_cues(thing, self.things.by_name, self.production.scenery, self.start, self.beats.length)
        return found

    def _standing(self, inside: str | None, seen: Pictured | None = None) -> list[Layer]:
        """Everything and everybody that stands in a pane or a phone, or in none; `seen` in another shot than this."""
        things = [
            self._thing(one)
            for one in self.things.by_name.values()
            if one.model.inside == inside and (seen.shows(one.name) if seen else self._in_it(one))
        ]
        return things + [
            layer
            for one in self.cast.by_name.values()
            if one.placement.in_ == inside and (seen or self.shooting).shows(one.name)
            for layer in self._performer(one, seen)
        ]

    def _performer(self, one: Performer, seen: Pictured | None = None) -> list[Layer]:
        """Somebody, in each of the drawings that are shown of them, over their own shadow on the ground."""
        layers: list[Layer] = []
        for number, (shown, channels) in enumerate(self._played(one, seen) if seen else self._acted(one)):
            view = f"{shown.view or 'front'} {number}" if number else ""
            mine = tuple(each for each in channels if each[0] != "ground")
            layer = self.cast.layer(shown.one, self.beats.length, mine, view)
            layer = replace(layer, start=max(layer.start, shown.start), end=min(layer.end, shown.end))
            layer = let_out(layer, one.name, one.placement.in_, self.beats.out)
            if "ground" in dict(channels) and stands(shown.one, shown.view):
                layers.append(contact_shadow(shown.one, layer, dict(channels), self.beats.length))
            layers.append(layer)
        return layers

    def _acted(self, one: Performer) -> list[tuple[Appearance, Channels]]:
        """The drawings that are shown of somebody, with their channels, worked out once."""
        known = self._channels.get(one.name)
        if known is None:
            self._channels[one.name] = None
            self._channels[one.name] = known = self._played(one)
        return known

    def _played(self, one: Performer, seen: Pictured | None = None) -> list[tuple[Appearance, Channels]]:
        length, timed = self.beats.length, self.beats.timed
        touched = None if seen and self.shooting.past(one.name, seen) else self.touched
        return [
            (shown, self.cast.channels(shown.one, length, timed, touched))
            for shown in self.shooting.appearances(one, length, seen)
        ]

    def _posed(self, one: Performer) -> list[Shown] | None:
        """What is shown of somebody, frame by frame; None while it is being worked out."""
        if one.name in self._channels and self._channels[one.name] is None:
            return None
        if one.name not in self._sampled:
            self._sampled[one.name] = [
                Shown(
                    shown.one,
                    shown.start,
                    shown.end,
                    {name: sampled(channel, self.beats.length) for name, channel in channels},
                )
                for shown, channels in self._acted(one)
            ]
        return self._sampled[one.name]

    def _written(self) -> list[Layer]:
        """What is said where it stands, from then on."""
        where = self.beats.staging.where
        return self.shooting.inscriptions(where.point if where is not None else None, self.beats.length)

    def _in_it(self, thing: Thing) -> bool:
        return thing.model.fixed or self.shooting.shows(thing.name)

    def _thing(self, thing: Thing) -> Layer:
        with directing("scenes", self.scene.id, "props", thing.name):
            if self.touched is not None and self.touched.led(thing.name):
                thing.driven.update(zip(("x", "y", "rot"), self.touched.placed(thing.name), strict=True))
            layer = let_out(self._drawn(thing), thing.name, thing.model.in_, self.beats.out)
        if self.touched is not None and any(not one.hangs for one in thing.lying):
            layer = replace(layer, order=max(layer.order, LYING))
        if self.touched is not None and self.touched.held(thing.name):
            return replace(layer, order=max(layer.order, IN_HAND))
        return layer

    def _behind(self, thing: Thing) -> Iterator[Layer]:
        """What one sees in a pane or a phone behind those who stand in it."""
        model, length, inside = thing.model, self.beats.length, self.things.inside(thing.name)
        wide, tall = inside.right - inside.left, inside.bottom - inside.top
        if not isinstance(model, Pane | Phone):
            return
        if model.set is not None:
            frame, foot = (inside.left, inside.top, inside.right, inside.bottom), (0.0, inside.bottom * 0.84)
            yield from self.production.scenery.planes(model.set, length, frame, foot, model.zoom, f"{thing.name} ")
        shows = model.shows if isinstance(model, Pane) else None
        if shows == UNDER or isinstance(shows, dict):
            ground = self._planes()[1] if model.set is None else []
            seen = [*ground, *self._seen_through(shows)]
            yield laid_under(thing.name, seen, length, dict(thing.channels(length, self.production.clock)))
        elif shows in self.production.clips:
            scale = max(wide / self.width, tall / self.height)
            yield looped(self.production.clips[shows], length, thing.name, scale, (self.width, self.height))
        elif shows in (shots := self.take.among or {}) and not self._picturing:
            yield self._pictured(thing.name, shots[str(shows)], (wide, tall))
        elif shows in self.things.by_name:
            other = self.things.by_name[shows]
            inner = self.things.inside(shows)
            scale = max(wide / (inner.right - inner.left), tall / (inner.bottom - inner.top))
            yield again(thing.name, self._behind(other), length, scale)

    def _pictured(self, name: str, shot: Shot, size: tuple[float, float]) -> Layer:
        """The stage as another set-up shows it; a pane on it that shows one, too, is empty there."""
        scale = max(size[0] / self.width, size[1] / self.height)
        part = size[0] / scale, size[1] / scale
        seen, self._picturing = Pictured(shot, self.shooting.eye(shot, part), part), True
        layers = *self._ground(shot.set or self.take.home, seen.camera), *self._standing(None, seen)
        self._picturing = False
        scene = SceneSpan(name, self.beats.length, layers, seen.camera, (), self.seed)
        return looped(scene, scene.length, name, scale, (self.width, self.height))

    def _seen_through(self, shows: object) -> Iterator[Layer]:
        """Everybody of the stage, who stands in no pane, as they are seen through one that shows them otherwise."""
        for one in self.cast.by_name.values():
            if one.placement.in_ is None and self.shooting.shows(one.name):
                for seen in seen_in(shows, one, self.cast, self.shooting.appearances(one, self.beats.length)):
                    channels = self.cast.channels(seen, self.beats.length, self.beats.timed, self.touched)
                    mine = tuple(each for each in channels if each[0] != "ground")
                    yield self.cast.layer(seen, self.beats.length, mine, UNDER)

    def _drawn(self, thing: Thing) -> Layer:
        length, clock, scenery = self.beats.length, self.production.clock, self.production.scenery
        model, given = thing.model, thing.given
        if self.touched is not None and isinstance(model, Thread):
            end = self.touched.handling.tying.out_of_shot(thing, self.shooting.shows)
            if end:
                self.production.warn(f"an end of '{thing.name}', {end}, isn't in this shot", *self.take.path("shot"))
        if self.touched is not None and (drawn := self.touched.handling.drawn(thing, length)) is not None:
            return drawn
        if isinstance(model, Pane | Phone):
            children = (*self._behind(thing), *self._standing(thing.name))
            if isinstance(model, Pane) and model.shows == MIRROR:
                children = (mirrored(thing.name, children, length),)
            return thing.layer(
                GroupContent(WidgetContent(drawn_as(model), given), seen_by(thing)), length, clock, children
            )
        if isinstance(model, Drawing) and thing.posed:
            return thing.layer(scenery.posed(model), length, clock)
        if isinstance(model, Drawing | Picture):
            return thing.layer(scenery.content(model), length, clock)
        if isinstance(model, Post) and model.text:
            given = settings({**dict(given), **self.things.beside(thing)})
        if thing.kind in AIRY or thing.kind == "wall":
            given = settings({**dict(given), "seed": thing.seed, "width": self.width, "height": self.height})
        return thing.layer(WidgetContent(thing.kind, given), length, clock)
