"""The beats of a scene, one after another: who does what when, what the camera does, what sounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storyreel.direct import foley
from storyreel.direct.acting import Act, known
from storyreel.direct.blocking import Ground
from storyreel.direct.bursts import burst_layer, impact_layer
from storyreel.direct.camerawork import CameraWork, Subject
from storyreel.direct.cast import Cast, Performer
from storyreel.direct.covers import PASSES, Cover
from storyreel.direct.drivers import echoed
from storyreel.direct.leaving import Way, leave
from storyreel.direct.lines import Lines
from storyreel.direct.moments import act_moments
from storyreel.direct.moments import known as marks
from storyreel.direct.openings import Bars
from storyreel.direct.production import Production
from storyreel.direct.schedule import BURSTS, Named, begin, in_turn, loops, part_acts, schedule, summary
from storyreel.direct.shooting import Shooting, facings
from storyreel.direct.staging import Staging
from storyreel.direct.states import hand_states, worn_states
from storyreel.direct.stillness import Hold
from storyreel.direct.tempo import in_time, pulse
from storyreel.direct.things import Things
from storyreel.errors import directing
from storyreel.script.dot import Moment, Time
from storyreel.script.models import Beat, CameraSpec, Cut, MusicChange, Part, Scene
from storyreel.script.units import POSITIONS, Position
from storyreel.timeline.model import Beat as BeatSpan
from storyreel.timeline.model import EffectCue, Layer

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
        lines: what is said.
        widths, hushes: how wide all that is heard is from when on, and when nothing is, on the film's clock.
        holds: dead holds.
        dark: the frame from which on the picture is dark, if it is at the end.
        cover: what comes over the picture at the end, if anything does.
        bars: those above and below the picture.
        way: what the way out of it hands on to the next scene, if anything.
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
        shooting: Shooting,
        bars: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        self.shooting = shooting
        self.production, self.scene, self.ground = production, scene, ground
        self.things, self.cast, self.camera = things, cast, camera
        self.seed, self.start, self.before = seed, start, before
        self.staging = Staging(production, scene, things, cast)
        self.times, self.clock = production.times, production.clock
        self.spans: list[BeatSpan] = []
        self.effects: list[EffectCue] = []
        self.extras: list[Layer] = []
        self.sections: list[tuple[int, str]] = []
        self.levels: list[tuple[int, float, int]] = []
        self.widths: list[tuple[int, float]] = []
        self.hushes: list[tuple[int, int]] = []
        self.holds: list[Hold] = []
        self.lines = Lines(production, cast, shooting, start)
        self.moments: dict[str, int] = {}
        self.dark: int | None = None
        self.cover: Cover | None = None
        self.way: Way | None = None
        self.bars = Bars(*bars)
        self.length = 1

    @property
    def marks(self) -> tuple[tuple[str, int], ...]:
        """The moments of the scene by their frames; none in films that have no shots."""
        return marks(self.moments) if self.shooting.shot is not None else ()

    def direct(self) -> None:
        """Schedules every beat, one after another."""
        if self.scene.camera is not None:
            on = self.scene.camera.on
            self.camera.shoot(self.scene.camera, self.cast.subject(on, 0) if on else None, 0, 0)
        for grade in (self.scene.grade, self.scene.mood):
            if grade is not None:
                self.camera.grade(grade, 0, 0)
        if self.scene.frame is not None:
            self.bars.move(self.scene.frame, 0, 0)
        if self.scene.music is not None:
            with directing("scenes", self.scene.id, "music"):
                self.sections.append((0, self.times.section(self.scene.music)))
        frame = 0
        for number, beat in enumerate(self.scene.beats):
            path = self.shooting.take.path(number=number)
            with directing(*path):
                frame = self._beat(beat, number, frame, path)
        self.length = max(frame, 1)
        self.effects += self.staging.sounds(self.start)

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
        free: dict[str, int] = {}
        acted = {name: len(one.acts) for name, one in self.cast.by_name.items()}
        open_ended: list[tuple[str, Act, Time]] = []
        for name, part, index in in_turn(parts, moments):
            with directing(*path, name, index):
                at = begin(part.at, start, moments, self.times)
                if part.touches:
                    begins = at if part.at is not None else free.get(name, start)
                    lets_go = begin(part.until, start, moments, self.times) if part.until is not None else None
                    told, free[name] = self.staging.touch(name, part, begins, (*path, name, index), lets_go)
                    moments = {**told, **moments}
                    ends.append(free[name])
                self.staging.follow(name, part, at, (*path, name, index))
                if name in self.cast.by_name:
                    ends.append(self._actor(name, part, at, moments, looped, open_ended, start))
                else:
                    ends.append(self._thing(name, part, at))
        for spec in beat.camera:
            with directing(*path, "camera"):
                ends.append(self._shot(spec, begin(spec.at, start, moments, self.times)))
        for grade in (*beat.grade, *beat.mood):
            at = begin(grade.at, start, moments, self.times)
            self.camera.grade(grade, at, self.times.optional(grade.over, 0.4))
        for bars in beat.frame:
            at, over = begin(bars.at, start, moments, self.times), self.times.optional(bars.over, 0.0)
            self.bars.move(bars, at, over)
        ends.append(self.lines.take_up(moments))
        self._burst(beat, number, start, moments)
        for index, effect in enumerate(beat.sfx):
            at = begin(effect.at, start, moments, self.times)
            with directing(*path, "sfx", index):
                played = self.production.scenery.effect(effect.play)
            self.effects.append(EffectCue(played, self.start + at, effect.gain, seed=len(self.effects)))
        self._heard(beat, start, moments)
        if beat.music is not None:
            self._music(beat.music, begin(beat.music.at, start, moments, self.times), path)
        end = start + self.times.frames(beat.for_) if beat.for_ is not None else max(ends)
        if beat.cut is not None and beat.cut.at is not None:
            end = max(begin(beat.cut.at, start, moments, self.times), start + 1)
        if beat.pause is not None:
            end += self.times.frames(beat.pause)
        self._echo(parts, acted)
        for name, act in looped:
            self.cast.by_name[name].acts.append(Act(act.kind, act.start, max(end, act.start + 1), act.values))
        for name, act, ending in open_ended:
            ends_at = moments.get(ending.name, end) if isinstance(ending, Moment) else end
            self.cast.by_name[name].acts.append(Act(act.kind, act.start, max(ends_at, act.start + 1), act.values))
        self.moments |= moments
        if beat.cut is not None:
            end = self._cut(beat.cut, end)
        self.spans.append(BeatSpan(start, end, summary(beat)))
        return end

    def _cut(self, cut: Cut, end: int) -> int:
        """The way out of a shot; gives the frame at which the next begins."""
        if cut.cover is not None:
            with directing(*self.shooting.take.path("cut", "cover")):
                self.cover = Cover(cut.cover, end, self.clock.frames(PASSES), self.shooting)
        with directing(*self.shooting.take.path("cut")):
            self.way = leave(cut, end, self.shooting, self.times)
        if cut.dark is None:
            return end
        self.dark = end
        return end + self.times.frames(cut.dark)

    def _actor(
        self,
        name: str,
        part: Part,
        at: int,
        moments: dict[str, int],
        looped: list[tuple[str, Act]],
        open_ended: list[tuple[str, Act, Time]],
        start: int,
    ) -> int:
        one = self.cast.by_name[name]
        length = self.times.frames(part.for_) if part.for_ is not None else None

        def point(place: Position) -> tuple[float, float]:
            return one.ground.point(place, standing=True)

        def gaze(other: str) -> tuple[float, float]:
            return self.cast.gaze(name, other, at)

        acts = schedule(part_acts(part, gaze, point, one.ground.distance), at, length, self.times)
        known(one.rigs, acts)
        moments |= act_moments(name, acts, self.clock)
        self._shown(one, part, acts, at)
        own = self.production.look.foley
        self.effects += foley.act_effects(acts, self.start, self.clock, len(self.effects), own)
        ends = [at]
        for act in acts:
            if part.until is not None and loops(act):
                open_ended.append((name, act, part.until))
            elif loops(act) and part.for_ is None:
                looped.append((name, act))
            else:
                one.acts.append(act)
            if act.kind not in _SHOWN:
                ends.append(act.end)
        if part.enter is not None and one.enters is None:
            one.enters = at
        if part.go is not None:
            one.before, one.place = one.place, point(part.go)
        if part.say is not None:
            ends.append(self.lines.say(one, part, at, start, moments))
        return max(ends)

    def _echo(self, parts: Sequence[Named], acted: Mapping[str, int]) -> None:
        """Whoever copies somebody for this beat does what they did in it."""
        for name, part, _ in parts:
            if part.echo in self.cast.by_name and name in self.cast.by_name:
                one, other = self.cast.by_name[name], self.cast.by_name[part.echo]
                late = self.times.optional(part.late, 0.0)
                one.acts += echoed(other.acts[acted[part.echo] :], one.rig, late, part.only)

    def _shown(self, one: Performer, part: Part, acts: Sequence[Act], at: int) -> None:
        """What is seen of somebody from a frame on: a side, hands, outfits, a size, whether they are there."""
        if self.production.script.storyreel < 2:
            return
        one.facings += facings(one, part, acts, at, self.times)
        if part.hands:
            one.states.append((at, hand_states(one.rig, dict(part.hands.items()))))
        for names, on in ((part.wear, True), (part.take_off, False)):  # type: ignore[attr-defined]
            outfits = [name for name in names if isinstance(name, str) and name in one.rig.outfits]
            if outfits:
                one.states.append((at, worn_states(one.rig, outfits, on)))
        if part.size is not None:
            one.grown.move(at, self.times.optional(part.over, 0.5), part.size, part.ease)
        if part.show is not None and not one.here and one.enters is None:
            one.enters = at
        if part.hide is not None:
            one.leaves = at

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
        frames = self.times.optional(spec.over, 0.0 if at == 0 and spec.into is None else 0.6)
        if spec.into is not None:
            self.shooting.into(spec.into, at, frames, spec.ease)
            return at + frames
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

    def _heard(self, beat: Beat, start: int, moments: dict[str, int]) -> None:
        """What changes in all that is heard; of a dead hold, what is seen, too."""
        for change in beat.sound:
            at = self.start + begin(change.at, start, moments, self.times)
            if change.width is not None:
                self.widths.append((at, change.width))
            if change.hush is not None:
                self.hushes.append((at, at + self.times.frames(change.hush)))
        if beat.still is not None:
            at = begin(beat.still.at, start, moments, self.times)
            end = at + self.times.frames(beat.still.for_)
            self.holds.append(Hold(at, end, frozenset(name.partition(".")[0] for name in beat.still.except_)))
            self.hushes.append((self.start + at, self.start + end))

    def _music(self, change: MusicChange, at: int, path: tuple[str | int, ...]) -> None:
        if change.section:
            with directing(*path, "music", "section"):
                self.sections.append((at, self.times.section(change.section)))
        if change.level is not None:
            self.levels.append((at, change.level, self.times.optional(change.over, 0.5)))
