"""The beats of a scene, one after another: who does what when, what the camera does, what sounds."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from storyreel.direct import foley
from storyreel.direct.acting import Act, known
from storyreel.direct.blocking import Ground
from storyreel.direct.bursts import burst_layer, impact_layer
from storyreel.direct.camerawork import CameraWork, Subject
from storyreel.direct.cast import Cast, Performer
from storyreel.direct.production import Production
from storyreel.direct.schedule import BURSTS, begin, found_moments, in_turn, loops, part_acts, schedule, summary
from storyreel.direct.speaking import timed_words
from storyreel.direct.tempo import in_time, pulse
from storyreel.direct.things import Things
from storyreel.errors import directing
from storyreel.script.models import Beat, CameraSpec, MusicChange, Part, Scene
from storyreel.script.units import POSITIONS, Position
from storyreel.sound.lipsync import mouths
from storyreel.timeline.model import Beat as BeatSpan
from storyreel.timeline.model import EffectCue, Layer, Line

_AFTER_SPEECH = Fraction(1, 6)
"""Seconds of air after a line before the next beat begins."""
_SHOWN = frozenset(("face", "look", "turn", "pose"))
"""Acts that nothing waits for."""


class Beats:
    """The beats of one scene in the making.

    Attributes:
        spans: the frames of each beat, and what happens in it.
        effects: what sounds, on the film's clock.
        extras: layers of what bursts.
        sections: the score's sections, by the scene's frames from which they are to play.
        levels: changes of the score's level: frame, decibels, frames that it takes.
        voices: who speaks, line by line.
        length: the scene's frames, once it is directed.
    """

    def __init__(
        self,
        production: Production,
        scene: Scene,
        ground: Ground,
        things: Things,
        cast: Cast,
        camera: CameraWork,
        seed: int,
        start: int,
        before: Sequence[tuple[int, str]],
    ) -> None:
        self.production, self.scene, self.ground = production, scene, ground
        self.things, self.cast, self.camera = things, cast, camera
        self.seed, self.start, self.before = seed, start, before
        self.times, self.clock = production.times, production.clock
        self.spans: list[BeatSpan] = []
        self.effects: list[EffectCue] = []
        self.extras: list[Layer] = []
        self.sections: list[tuple[int, str]] = []
        self.levels: list[tuple[int, float, int]] = []
        self.voices: list[str] = []
        self.length = 1

    def direct(self) -> None:
        """Schedules every beat, one after another."""
        if self.scene.camera is not None:
            on = self.scene.camera.on
            self.camera.shoot(self.scene.camera, self.cast.subject(on, 0) if on else None, 0, 0)
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

    def timed(self, act: Act) -> Act:
        """An act as it goes by the music."""
        if self.times.score is None:
            return act
        sections = (*self.before, *((self.start + frame, name) for frame, name in self.sections))
        return in_time(act, pulse(self.times.score, sections, self.start + act.start, self.clock))

    def _beat(self, beat: Beat, number: int, start: int, path: tuple[str | int, ...]) -> int:
        ends = [start + 1]
        if beat.wait is not None:
            ends.append(start + self.times.frames(beat.wait))
        parts = [(name, part, index) for name, listed in beat.parts.items() for index, part in enumerate(listed)]
        moments: dict[str, int] = {}
        looped: list[tuple[str, Act]] = []
        for name, part, index in in_turn(parts, moments):
            with directing(*path, name, index):
                at = begin(part.at, start, moments, self.times)
                if name in self.cast.by_name:
                    ends.append(self._actor(name, part, at, moments, looped))
                else:
                    ends.append(self._thing(name, part, at))
        for spec in beat.camera:
            ends.append(self._shot(spec, begin(spec.at, start, moments, self.times)))
        for grade in beat.grade:
            at = begin(grade.at, start, moments, self.times)
            self.camera.grade(grade, at, self.times.optional(grade.over, 0.4))
        self._burst(beat, number, start, moments)
        for index, effect in enumerate(beat.sfx):
            at = begin(effect.at, start, moments, self.times)
            with directing(*path, "sfx", index):
                played = self.production.scenery.effect(effect.play)
            self.effects.append(EffectCue(played, self.start + at, effect.gain, seed=len(self.effects)))
        if beat.music is not None:
            self._music(beat.music, begin(beat.music.at, start, moments, self.times), path)
        end = start + self.times.frames(beat.for_) if beat.for_ is not None else max(ends)
        if beat.pause is not None:
            end += self.times.frames(beat.pause)
        for name, act in looped:
            self.cast.by_name[name].acts.append(Act(act.kind, act.start, max(end, act.start + 1), act.values))
        self.spans.append(BeatSpan(start, end, summary(beat)))
        return end

    def _actor(self, name: str, part: Part, at: int, moments: dict[str, int], looped: list[tuple[str, Act]]) -> int:
        one = self.cast.by_name[name]
        length = self.times.frames(part.for_) if part.for_ is not None else None

        def point(place: Position) -> tuple[float, float]:
            return one.ground.point(place, standing=True)

        def gaze(other: str) -> tuple[float, float]:
            return self.cast.gaze(name, other, at)

        acts = schedule(part_acts(part, gaze, point, one.ground.distance), at, length, self.times)
        known(one.rig, acts)
        moments |= found_moments(name, acts, self.clock)
        own = self.production.look.foley
        self.effects += foley.act_effects(acts, self.start, self.clock, len(self.effects), own)
        ends = [at]
        for act in acts:
            if loops(act) and part.for_ is None:
                looped.append((name, act))
            else:
                one.acts.append(act)
            if act.kind not in _SHOWN:
                ends.append(act.end)
        if part.enter is not None and one.enters is None:
            one.enters = at
        if part.go is not None:
            one.place = point(part.go)
        if part.say is not None:
            ends.append(self._line(one, part, at))
        return max(ends)

    def _line(self, one: Performer, part: Part, at: int) -> int:
        speaking = self.production.speaking
        key, speech = speaking.clip(part, one.name, self.production.script.cast)
        self.voices.append(one.name)
        film = self.start + at
        words = timed_words(speech, part.say or "", film, self.clock)
        line = Line(self.scene.id, one.name, words, burned=part.caption)
        speaking.say(key, speech, film, line, self.clock)
        one.mouth += mouths(speech.phonemes, self.clock.seconds(at), self.clock)
        return at + self.clock.frames(len(speech.samples) / speech.rate) + self.clock.frames(_AFTER_SPEECH)

    def _thing(self, name: str, part: Part, at: int) -> int:
        thing = self.things.by_name[name]
        end = thing.play(part, at, self.times, self.ground, self.production.picture[0])
        film, own = self.start + at, self.production.look.foley
        if part.show is not None:
            self.effects += foley.show_effects(thing.kind, film, len(self.effects), own)
        if part.play:
            self.effects += foley.play_effects(thing.model, film, self.clock, thing.seed)
        if part.exit is not None:
            self.effects += foley.leave_effects(part, film, own)
        return end

    def _shot(self, spec: CameraSpec, at: int) -> int:
        frames = self.times.optional(spec.over, 0.0 if at == 0 else 0.6)
        aim = self.cast.subject(spec.on, at) if spec.on else None
        if spec.to is not None:
            aim = Subject(*self.ground.point(spec.to, standing=False), 0.0)
        self.camera.shoot(spec, aim, at, 0 if spec.shake and spec.over is None else frames)
        return at + frames if spec.over is not None else 0

    def _burst(self, beat: Beat, number: int, start: int, moments: dict[str, int]) -> None:
        for kind in BURSTS:
            for index, burst in enumerate(getattr(beat, kind)):
                at, key = begin(burst.at, start, moments, self.times), f"{number}.{index}"
                place, behind = self._spot(burst.from_, at), burst.from_ in self.cast.by_name
                self.extras.append(burst_layer(kind, burst, key, place, behind, at, self.clock, self.seed))
        for index, impact in enumerate(beat.impact):
            at = begin(impact.at, start, moments, self.times)
            place = self._spot(impact.from_, at)
            self.extras.append(impact_layer(impact, f"{number}.{index}", place, at, self.clock))

    def _spot(self, place: str | Position | None, frame: int) -> tuple[float, float]:
        """A place on the stage: a point, or the chest of somebody, or a prop's middle."""
        if isinstance(place, str) and place not in POSITIONS:
            found = self.cast.subject(place, frame)
            return found.x, found.y - 0.45 * found.height
        return self.ground.point(place if place is not None else "centre", standing=False)

    def _music(self, change: MusicChange, at: int, path: tuple[str | int, ...]) -> None:
        if change.section:
            with directing(*path, "music", "section"):
                self.sections.append((at, self.times.section(change.section)))
        if change.level is not None:
            self.levels.append((at, change.level, self.times.optional(change.over, 0.5)))
