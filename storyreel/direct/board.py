"""One scene on the director's board: its beats scheduled, its cast, props, camera and sounds gathered, then frozen."""

from __future__ import annotations

import hashlib
import importlib
import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from storyreel.direct import foley
from storyreel.direct.acting import Act, known, perform
from storyreel.direct.backdrop import seen
from storyreel.direct.blocking import HERO, Ground, pane_ground, stage_ground
from storyreel.direct.camerawork import CameraWork, Subject
from storyreel.direct.focus import Focus, focus
from storyreel.direct.footage import clip_cues
from storyreel.direct.keyline import KeyLine
from storyreel.direct.performer import Performer, hits
from storyreel.direct.properties import AIRY, APPEARING, Property, look_settings
from storyreel.direct.scenery import Scenery
from storyreel.direct.schedule import BURSTS, Times, begin, found_moments, in_turn, loops, part_acts, schedule, summary
from storyreel.direct.speaking import Speaking, timed_words
from storyreel.direct.tempo import in_time, pulse
from storyreel.errors import StoryreelError, directing
from storyreel.script.models import Beat, Burst, Impact, Part, Placement, Scene, Script
from storyreel.script.units import POSITIONS, Position
from storyreel.sound.lipsync import mouths
from storyreel.timeline.model import (
    Beat as BeatSpan,
)
from storyreel.timeline.model import (
    ClipCue,
    EffectCue,
    GroupContent,
    Layer,
    Line,
    Setting,
    WidgetContent,
    settings,
)
from storyreel.timeline.model import (
    Scene as SceneSpan,
)
from storyreel.timeline.track import keyed
from storyreel.treatment.look import Look

_AFTER_SPEECH = Fraction(1, 6)
"""Seconds of air after a line before the next beat begins."""
_FILLING = 0.96
"""How much of a pane's or a phone's width the things inside may take."""
_BURST_LIFE = {"hearts": 2.6, "sparkles": 1.4, "confetti": 2.8, "puffs": 0.9, "shock": 0.7, "impact": 1.3}


def seeded(*parts: object) -> int:
    """A seed made of names, the same on every machine."""
    return int.from_bytes(hashlib.sha256("/".join(map(str, parts)).encode()).digest()[:4], "big")


class Board:
    """One scene in the making."""

    def __init__(
        self,
        script: Script,
        scene: Scene,
        scenery: Scenery,
        speaking: Speaking,
        look: Look,
        times: Times,
        picture: tuple[float, float],
        safe: tuple[float, float, float, float],
        start: int,
        sections: Sequence[tuple[int, str]] = (),
    ) -> None:
        self.script, self.scene, self.scenery, self.speaking, self.look = script, scene, scenery, speaking, look
        self.times, self.clock, self.start = times, times.clock, start
        self.width, self.height = picture
        self.ground = stage_ground(safe, scene.floor, self.width)
        self.seed = seeded(script.seed, scene.id)
        self.camera = CameraWork(self.width, self.height, (safe[0] + safe[2]) / 2)
        self.props: dict[str, Property] = {name: self._property(name, model) for name, model in scene.props.items()}
        self.cast: dict[str, Performer] = {
            name: self._performer(name, self._placement(name)) for name in self._appearing()
        }
        self.effects: list[EffectCue] = []
        self.clips: list[ClipCue] = []
        self.extras: list[Layer] = []
        self.spans: list[BeatSpan] = []
        self.sections: list[tuple[int, str]] = []
        self.before = tuple(sections)
        self.levels: list[tuple[int, float, int]] = []
        self.follows: list[tuple[int, str]] = []
        self.voices: list[str] = []

    def _appearing(self) -> list[str]:
        """Everybody placed in the scene or named in one of its beats, in that order."""
        named = [name for beat in self.scene.beats for name in beat.parts if name in self.script.cast]
        return list(dict.fromkeys([*self.scene.cast, *named]))

    def _placement(self, name: str) -> Placement:
        return self.scene.cast.get(name, Placement(offstage=True))

    def _property(self, name: str, model: object) -> Property:
        with directing("scenes", self.scene.id, "props", name):
            return self._placed(name, model)

    def _placed(self, name: str, model: object) -> Property:
        at: Position = model.at  # type: ignore[attr-defined]
        inside: str | None = model.in_  # type: ignore[attr-defined]
        ground = self._frame_ground(inside) if inside else self.ground
        x, y = ground.point(at, standing=False)
        if not inside:
            x, y = self._uncut(model, x, y)
        if at == "centre" and model.kind in AIRY:  # type: ignore[attr-defined]
            x, y = self.width / 2, self.height / 2
        hidden: bool = model.hidden  # type: ignore[attr-defined]
        most = self._most(model, inside) if inside else math.inf
        size = min(float(model.size), most)  # type: ignore[attr-defined]
        appearing = model.kind in APPEARING  # type: ignore[attr-defined]
        made = Property(
            name,
            model,
            KeyLine(x),
            KeyLine(y),
            KeyLine(0.0 if hidden and not appearing else size),
            KeyLine(model.rot),  # type: ignore[attr-defined]
            KeyLine(1.0),
            seeded(self.seed, name) % 100_000,
            most,
        )
        if appearing:
            made.values["appear"] = KeyLine(0.0 if hidden else 1.0)
        return made

    def _frame_ground(self, name: str) -> Ground:
        model = self.scene.props[name]
        if model.kind == "pane":
            return pane_ground(model.width, model.height)
        if model.kind == "phone":
            return pane_ground(model.width, model.width * 2.05)
        raise StoryreelError(f"'{name}' is a {model.kind}; only a pane or a phone shows something inside")

    def _most(self, model: Any, inside: str) -> float:
        """The size at which a prop is as wide as the pane or phone that it stands in."""
        size, frame = self._size(model), self.scene.props[inside]
        if size is None:
            return math.inf
        outline = importlib.import_module(self.look.pen).WIDGETS[frame.kind].outline
        return float(_FILLING * outline(dict(look_settings(frame)), {}).getBounds().width() / size[0])

    def _size(self, model: Any) -> tuple[float, float] | None:
        """How large the look draws a prop of size 1, where it says that."""
        widget = importlib.import_module(self.look.pen).WIDGETS.get(model.kind)
        return widget.size(dict(look_settings(model))) if widget is not None and widget.size is not None else None

    def _uncut(self, model: Any, x: float, y: float) -> tuple[float, float]:
        """The place next to a point where the picture's edge cuts nothing that is read; what waits outside stays."""
        size = self._size(model)
        if size is None or not (0 <= x <= self.width and 0 <= y <= self.height):
            return x, y
        across, down = (
            min(side * model.size, most) / 2 for side, most in zip(size, (self.width, self.height), strict=True)
        )
        return min(max(x, across), self.width - across), min(max(y, down), self.height - down)

    def _performer(self, name: str, placement: Placement) -> Performer:
        member = self.script.cast[name]
        with directing("cast", name):
            rig, content = self.scenery.puppet(member)
        with directing("scenes", self.scene.id, "cast", name, "in"):
            ground = self._frame_ground(placement.in_) if placement.in_ else self.ground
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

    def subject(self, name: str, frame: int) -> Subject:
        """Where somebody or something stands at a frame, in the stage's own units."""
        if name in self.cast:
            one = self.cast[name]
            x, y = one.place
            if one.placement.in_:
                frame_of = self.props[one.placement.in_]
                x, y = x + frame_of.x.at(frame), y + frame_of.y.at(frame)
            return Subject(x, y, one.height)
        thing = self.props[name]
        return Subject(thing.x.at(frame), thing.y.at(frame), 0.0)

    def spot(self, place: str | Position | None, frame: int) -> tuple[float, float]:
        """A place on the stage: a point, or the chest of somebody, or a prop's middle."""
        if isinstance(place, str) and place not in POSITIONS:
            found = self.subject(place, frame)
            return found.x, found.y - 0.45 * found.height
        return self.ground.point(place if place is not None else "centre", standing=False)

    def direct(self) -> None:
        """Schedules every beat, one after another."""
        if self.scene.camera is not None:
            on = self.scene.camera.on
            self.camera.shoot(self.scene.camera, self.subject(on, 0) if on else None, 0, 0)
        if self.scene.grade is not None:
            self.camera.grade(self.scene.grade, 0, 0)
        if self.scene.music is not None:
            with directing("scenes", self.scene.id, "music"):
                self.sections.append((0, self.times.section(self.scene.music)))
        frame = 0
        for number, beat in enumerate(self.scene.beats):
            path = ("scenes", self.scene.id, "beats", number)
            with directing(*path):
                frame = self._beat(beat, number, frame, path)
        self.length = max(frame, 1)

    def _beat(self, beat: Beat, number: int, start: int, path: tuple[str | int, ...]) -> int:
        ends = [start + 1]
        if beat.wait is not None:
            ends.append(start + self.times.frames(beat.wait))
        parts = [(name, part, index) for name, listed in beat.parts.items() for index, part in enumerate(listed)]
        moments: dict[str, int] = {}
        looped: list[tuple[str, Act]] = []
        for name, part, index in in_turn(parts, moments):
            where = (*path, name, index)
            with directing(*where):
                at = begin(part.at, start, moments, self.times)
                if name in self.cast:
                    ends.append(self._actor(name, part, at, moments, looped))
                else:
                    ends.append(self._prop(name, part, at))
        for spec in beat.camera:
            at = begin(spec.at, start, moments, self.times)
            frames = self.times.optional(spec.over, 0.0 if at == 0 else 0.6)
            if spec.over is not None:
                ends.append(at + frames)
            aim = self.subject(spec.on, at) if spec.on else None
            if spec.to is not None:
                aim = Subject(*self.ground.point(spec.to, standing=False), 0.0)
            self.camera.shoot(spec, aim, at, 0 if spec.shake and spec.over is None else frames)
            if spec.follow:
                self.follows.append((at, spec.follow))
        for grade in beat.grade:
            at = begin(grade.at, start, moments, self.times)
            self.camera.grade(grade, at, self.times.optional(grade.over, 0.4))
        for kind in BURSTS:
            for index, burst in enumerate(getattr(beat, kind)):
                self._burst(kind, burst, begin(burst.at, start, moments, self.times), f"{number}.{index}")
        for index, impact in enumerate(beat.impact):
            self._impact(impact, begin(impact.at, start, moments, self.times), f"{number}.{index}")
        for index, effect in enumerate(beat.sfx):
            at = begin(effect.at, start, moments, self.times)
            with directing(*path, "sfx", index):
                played = self.scenery.effect(effect.play)
            self.effects.append(EffectCue(played, self.start + at, effect.gain, seed=len(self.effects)))
        if beat.music is not None:
            at = begin(beat.music.at, start, moments, self.times)
            if beat.music.section:
                with directing(*path, "music", "section"):
                    self.sections.append((at, self.times.section(beat.music.section)))
            if beat.music.level is not None:
                self.levels.append((at, beat.music.level, self.times.optional(beat.music.over, 0.5)))
        end = start + self.times.frames(beat.for_) if beat.for_ is not None else max(ends)
        if beat.pause is not None:
            end += self.times.frames(beat.pause)
        for name, act in looped:
            self.cast[name].acts.append(Act(act.kind, act.start, max(end, act.start + 1), act.values))
        self.spans.append(BeatSpan(start, end, summary(beat)))
        return end

    def _actor(
        self,
        name: str,
        part: Part,
        at: int,
        moments: dict[str, int],
        looped: list[tuple[str, Act]],
    ) -> int:
        one = self.cast[name]
        length = self.times.frames(part.for_) if part.for_ is not None else None
        point: Callable[[object], tuple[float, float]] = lambda place: one.ground.point(place, standing=True)  # type: ignore[arg-type]  # noqa: E731
        gaze = lambda other: self._gaze(name, other, at)  # noqa: E731
        acts = schedule(part_acts(part, gaze, point, one.ground.distance), at, length, self.times)
        known(one.rig, acts)
        moments |= found_moments(name, acts, self.clock)
        self.effects += foley.act_effects(acts, self.start, self.clock, len(self.effects))
        ends = [at]
        for act in acts:
            if loops(act) and part.for_ is None:
                looped.append((name, act))
            else:
                one.acts.append(act)
            if act.kind not in ("face", "look", "turn", "pose"):
                ends.append(act.end)
        if part.enter is not None and one.enters is None:
            one.enters = at
        if part.go is not None:
            one.place = point(part.go)
        if part.say is not None:
            ends.append(self._line(one, part, at))
        return max(ends)

    def _line(self, one: Performer, part: Part, at: int) -> int:
        key, speech = self.speaking.clip(part, one.name, self.script.cast)
        self.voices.append(one.name)
        film = self.start + at
        words = timed_words(speech, part.say or "", film, self.clock)
        line = Line(self.scene.id, one.name, words, burned=part.caption)
        self.speaking.say(key, speech, film, line, self.clock)
        one.mouth += mouths(speech.phonemes, self.clock.seconds(at), self.clock)
        return at + self.clock.frames(len(speech.samples) / speech.rate) + self.clock.frames(_AFTER_SPEECH)

    def _gaze(self, name: str, other: str, frame: int) -> tuple[float, float]:
        here, there = self.subject(name, frame), self.subject(other, frame)
        dx, dy = there.x - here.x, (there.y - there.height * 0.6) - (here.y - here.height * 0.6)
        reach = max((dx * dx + dy * dy) ** 0.5, 1.0)
        return dx / reach, dy / reach

    def _prop(self, name: str, part: Part, at: int) -> int:
        thing = self.props[name]
        frames = self.times.optional(part.over, 0.5)
        ends = [at]
        if part.show is not None:
            ends.append(at + thing.appear(part, at, self.clock))
            self.effects += foley.show_effects(thing.kind, self.start + at, len(self.effects))
        if part.hide is not None:
            ends.append(at + thing.vanish(part, at, self.clock))
        if part.go is not None:
            x, y = self.ground.point(part.go, standing=False)
            thing.x.move(at, frames, x, part.ease)
            thing.y.move(at, frames, y, part.ease)
        for value, goal in part.set.items():
            thing.value(value).move(at, frames, goal, part.ease)
        if part.rot is not None:
            thing.rot.move(at, frames, part.rot, part.ease)
        if part.size is not None:
            thing.scale.move(at, frames, min(part.size, thing.most), part.ease)
        if part.set or part.go is not None or part.rot is not None or part.size is not None:
            ends.append(at + frames)
        if part.play:
            thing.played = at
            self.effects += foley.play_effects(thing.model, self.start + at, self.clock, thing.seed)
        if part.exit is not None:
            ends.append(at + thing.leave(part, at, self.width, self.clock))
            self.effects += foley.leave_effects(part, self.start + at)
        if part.for_ is not None:
            ends.append(at + self.times.frames(part.for_))
        return max(ends)

    def _burst(self, kind: str, burst: Burst, at: int, key: str) -> None:
        x, y = self.spot(burst.from_, at)
        # From somebody, it flies up behind them: a face is never covered.
        order = 1.5 if kind in ("shock", "puffs") else -0.5 if burst.from_ in self.cast else 7.0
        values = {"count": burst.burst, "seed": seeded(self.seed, kind, key) % 100_000, "spread": burst.spread}
        self._extra(kind, values, x, y, at, key, order)

    def _impact(self, impact: Impact, at: int, key: str) -> None:
        x, y = self.spot(impact.from_, at)
        self._extra("impact", {"text": impact.text}, x, y, at, key, 7.0, impact.size)

    def _extra(
        self,
        kind: str,
        values: Mapping[str, Setting],
        x: float,
        y: float,
        at: int,
        key: str,
        order: float,
        scale: float = 1.0,
    ) -> None:
        life = self.clock.frames(Fraction(_BURST_LIFE[kind]))
        self.extras.append(
            Layer(
                f"{kind} {key}",
                WidgetContent(kind, settings(dict(values))),
                at,
                at + life,
                (("t", keyed((at, 0.0), (at + life, self.clock.seconds(life)))), ("x", x), ("y", y), ("scale", scale)),
                order=order,
                kind="type" if kind == "impact" else "air",
            )
        )

    def faces(self) -> tuple[Focus, Focus]:
        """Where the scene begins and ends: the faces of the first of its cast, once all have taken their places, and
        of who speaks last."""
        settled = min(self.clock.frames(Fraction(1, 3)), self.length - 1)
        return (
            focus(self.cast, (), self.subject, self.camera, settled),
            focus(self.cast, reversed(self.voices), self.subject, self.camera, self.length - 1),
        )

    def freeze(self) -> SceneSpan:
        """The scene as data."""
        camera = self.camera.channels(self.length, float(self.clock.rate), self.seed)
        size = (self.width, self.height)
        foot = (self.width / 2, self.ground.point("centre", standing=True)[1])
        with directing("scenes", self.scene.id, "set"):
            looking = partial(seen, dict(camera), size=size, length=self.length)
            layers = [*self.scenery.planes(self.scene.set, self.length, (0.0, 0.0, *size), foot, seen=looking)]
        for thing in self.props.values():
            if thing.model.in_ is None:
                layers.append(self._prop_layer(thing))
        for one in self.cast.values():
            if one.placement.in_ is None:
                layers.append(self._performer_layer(one))
        layers += self.extras
        for thing in self.props.values():
            with directing("scenes", self.scene.id, "props", thing.name):
                self.clips += clip_cues(thing, self.props, self.scenery, self.start, self.length)
        return SceneSpan(self.scene.id, self.length, tuple(layers), camera, tuple(self.spans), self.seed)

    def _prop_layer(self, thing: Property) -> Layer:
        with directing("scenes", self.scene.id, "props", thing.name):
            return self._drawn(thing)

    def _drawn(self, thing: Property) -> Layer:
        given = look_settings(thing.model)
        if thing.kind in ("pane", "phone"):
            children: list[Layer] = []
            if thing.model.set is not None:
                inside = self._frame_ground(thing.name)
                frame = (inside.left, inside.top, inside.right, inside.bottom)
                foot = (0.0, inside.bottom * 0.84)
                children += self.scenery.planes(
                    thing.model.set, self.length, frame, foot, thing.model.zoom, f"{thing.name} "
                )
            children += [self._prop_layer(held) for held in self.props.values() if held.model.in_ == thing.name]
            children += [self._performer_layer(one) for one in self.cast.values() if one.placement.in_ == thing.name]
            shown = GroupContent(WidgetContent(thing.kind, given))
            return thing.layer(shown, self.length, self.clock, tuple(children))
        if thing.kind in ("drawing", "picture"):
            return thing.layer(self.scenery.content(thing.model), self.length, self.clock)
        if thing.kind == "post" and thing.model.text:
            given = settings({**dict(given), **self._beside(thing)})
        if thing.kind in AIRY or thing.kind == "wall":
            given = settings({**dict(given), "seed": thing.seed, "width": self.width, "height": self.height})
        return thing.layer(WidgetContent(thing.kind, given), self.length, self.clock)

    def _beside(self, thing: Property) -> dict[str, Setting]:
        """The room in what it stands in, before and after a thing's middle, in its own units."""
        ground = self._frame_ground(thing.model.in_) if thing.model.in_ else self.ground
        x, size = thing.x.at(0), thing.model.size
        return {"before": (x - ground.left) / size, "after": (ground.right - x) / size}

    def _timed(self, act: Act) -> Act:
        """An act as it goes by the music."""
        if self.times.score is None:
            return act
        sections = (*self.before, *((self.start + frame, name) for frame, name in self.sections))
        return in_time(act, pulse(self.times.score, sections, self.start + act.start, self.clock))

    def _performer_layer(self, one: Performer) -> Layer:
        scale = one.height / one.rig.height
        channels = perform(
            one.rig,
            [self._timed(act) for act in sorted(one.acts, key=lambda act: act.start)],
            sorted(one.mouth, key=lambda cue: cue.frame),
            self.length,
            self.clock,
            seeded(self.seed, one.name),
            self.look.motion,
            one.home,
            scale,
            hits((act for each in self.cast.values() for act in each.acts), self.clock),
            self.look.exposure,
        )
        start = one.enters if one.placement.offstage and one.enters is not None else 0
        if one.placement.offstage and one.enters is None:
            start = self.length
        return Layer(
            one.name,
            one.content,
            start,
            self.length,
            channels,
            order=one.placement.order,
            kind="cast",
            manner="inset" if one.placement.in_ else "hero",
        )
