"""The beats of a scene, one after another: who does what when, what the camera does, what sounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from storyreel.direct import foley
from storyreel.direct.acting import Act, known
from storyreel.direct.airs import Airs
from storyreel.direct.blocking import Ground
from storyreel.direct.bursts import burst_layer, impact_layer
from storyreel.direct.camerawork import CameraWork, Subject
from storyreel.direct.cast import Cast
from storyreel.direct.contacts import Reaching
from storyreel.direct.covers import PASSES, Cover
from storyreel.direct.doors import passes, through
from storyreel.direct.drivers import Following, echoed
from storyreel.direct.edges import Out, gone_through
from storyreel.direct.facing import shown
from storyreel.direct.goals import goal
from storyreel.direct.hands import HOLDS, Deed
from storyreel.direct.heard import Asked, Heard
from storyreel.direct.leaving import Way, leave
from storyreel.direct.lines import Lines
from storyreel.direct.loops import Loop
from storyreel.direct.moments import act_moments, asked
from storyreel.direct.moments import known as marks
from storyreel.direct.onwards import Going, Onwards
from storyreel.direct.openings import Bars
from storyreel.direct.pages import turn
from storyreel.direct.production import Production
from storyreel.direct.schedule import BURSTS, Named, begin, in_turn, loops, part_acts, schedule, summary
from storyreel.direct.setting import STAGE
from storyreel.direct.sharpness import Focused
from storyreel.direct.shooting import Shooting
from storyreel.direct.staging import Staging
from storyreel.direct.stillness import Hold, excepted
from storyreel.direct.tempo import by_music, in_time, pulse
from storyreel.direct.things import Things
from storyreel.direct.ways import Company, go_along
from storyreel.errors import directing
from storyreel.script.models import Beat, CameraSpec, Cut, Part, Scene
from storyreel.script.openings import PageTurn
from storyreel.script.units import POSITIONS, Position
from storyreel.timeline.model import LOOP, EffectCue, Layer
from storyreel.timeline.model import Beat as BeatSpan

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
        heard: what is asked of the music, and how all that is heard sounds.
        holds: dead holds.
        loops: frames that are run as loops.
        company: with whom the camera goes.
        focused: who is sharp from when on.
        out: who reaches or goes out of a pane.
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
        before: Sequence[tuple[int, Asked]],
        shooting: Shooting,
        airs: Airs,
        bars: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        self.shooting, self.airs = shooting, airs
        self.production, self.scene, self.ground = production, scene, ground
        self.things, self.cast, self.camera = things, cast, camera
        self.seed, self.start, self.before = seed, start, before
        self.staging = Staging(production, scene, things, cast, start)
        self.times, self.clock = production.times, production.clock
        self.spans: list[BeatSpan] = []
        self.effects: list[EffectCue] = []
        self.extras: list[Layer] = []
        self.heard = Heard(production.times, start)
        self.holds: list[Hold] = []
        self.loops: list[Loop] = []
        self.company: list[Company] = []
        shot = shooting.shot
        self.focused = [Focused(0, 0, frozenset(shot.focus))] if shot is not None and shot.focus else []
        self.lines = Lines(production, cast, shooting, start)
        self.moments: dict[str, int] = {}
        self.onwards = Onwards(cast, self.staging, self.times)
        self.out: list[Out] = []
        self.dark: int | None = None
        self.cover: Cover | None = None
        self.way: Way | None = None
        self.bars = Bars(*bars)
        self.length = 1

    @property
    def marks(self) -> tuple[tuple[str, int], ...]:
        """The moments of the scene by their frames, and who holds what at its first; without shots its loops alone."""
        loops = tuple(mark for loop in self.loops for mark in ((LOOP[0], loop.start), (LOOP[1], loop.end)))
        if self.shooting.shot is None:
            return loops
        held = {f"{one.who}.{HOLDS}.{one.thing}": 0 for one in self.staging.holdings if one.since <= 0}
        return (*marks({**self.moments, **held}), *loops)

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
                self.heard.sections.append((0, self.times.section(self.scene.music)))
        frame = 0
        for number, beat in enumerate(self.scene.beats):
            path = self.shooting.take.path(number=number)
            with directing(*path):
                frame = self._beat(beat, number, frame, path)
        self.length = max(frame, 1)
        self.onwards.close(self.length)
        self.effects += self.staging.sounds(self.start)
        self.effects += self.airs.weather.sounds(self.length, self.camera.warmth)
        self.cast.weather = self.airs.weather

    def timed(self, act: Act) -> Act:
        """An act as it goes by the music."""
        if self.times.score is None or not by_music(act):
            return act
        sections = (*self.before, *((self.start + frame, asked) for frame, asked in self.heard.sections))
        return in_time(act, pulse(self.times.score, sections, self.start + act.start, self.clock))

    def _beat(self, beat: Beat, number: int, start: int, path: tuple[str | int, ...]) -> int:
        ends = [start + 1]
        if beat.wait is not None:
            ends.append(start + self.times.frames(beat.wait))
        moments: dict[str, int] = {}
        turns = list(beat.page)
        ends.append(self._turn(turns, start, moments, path))
        parts = [(name, part, index) for name, listed in beat.parts.items() for index, part in enumerate(listed)]
        looped: list[tuple[str, Act]] = []
        free: dict[str, int] = {}
        acted = {name: (len(one.acts), len(one.mouth)) for name, one in self.cast.by_name.items()}
        touched = len(self.staging.reachings)
        self.airs.begin(beat, start, moments)
        for name, part, index in in_turn(parts, moments):
            self.airs.go_on(start, moments)
            with directing(*path, name, index):
                at = begin(part.at, start, moments, self.times)
                if part.touches:
                    begins = at if part.at is not None else free.get(name, start)
                    lets_go = self.onwards.until(name, part, begins, start, moments, (*path, name, index))
                    told, free[name] = self.staging.touch(name, part, begins, (*path, name, index), lets_go)
                    for moment, frame in told.items():
                        moments.setdefault(moment, frame)
                    ends.append(free[name])
                if part.through is not None:
                    self.out += gone_through(name, part, at, self.things.by_name, self.staging.reachings, self.clock)
                    moments.setdefault(f"{name}.through", self.out[-1].start)
                self.staging.follow(name, part, at, (*path, name, index))
                self.airs.own(name, part.mood, at, moments)
                if name == STAGE:
                    ends.append(self.airs.setting.change(part, at, self.times))
                elif name in self.cast.by_name:
                    ends.append(self._actor(name, part, at, moments, looped, start, (*path, name, index)))
                else:
                    ends.append(self._thing(name, part, at))
                    changed, done = self.staging.handling.changed(name, part, at)
                    ends.append(done)
                    for moment, frame in changed.items():
                        moments.setdefault(moment, frame)
            ends.append(self._turn(turns, start, moments, path))
        ends.append(self.staging.sending.last)
        self.airs.end(beat, start, moments)
        for spec in beat.camera:
            with directing(*path, "camera"):
                ends.append(self._shot(spec, begin(spec.at, start, moments, self.times)))
        for grade in (*beat.grade, *beat.mood):
            at = begin(grade.at, start, moments, self.times)
            with directing(*path, "mood"):
                over = self.times.optional(grade.over, 0.4)
                if grade.through:
                    self.airs.tones.run(grade, at, over)
                else:
                    self.camera.grade(grade, at, over, self._source(grade.from_, at))
        for bars in beat.frame:
            at, over = begin(bars.at, start, moments, self.times), self.times.optional(bars.over, 0.0)
            self.bars.move(bars, at, over)
        ends.append(self.lines.take_up(moments))
        self._burst(beat, number, start, moments)
        for index, effect in enumerate(beat.sfx):
            with directing(*path, "sfx", index):
                played = self.production.scenery.effect(effect.play)
            self.effects.append(self.heard.effect(effect, played, start, moments, len(self.effects)))
        self.heard.beat(beat, start, moments, path, self.production.copies)
        self._still(beat, start, moments)
        end = start + self.times.frames(beat.for_) if beat.for_ is not None else max(ends)
        if beat.loop is not None:
            end = start + max(self.times.frames(beat.loop), 2)
            self.loops.append(Loop(start, end, (*path, "loop")))
        if beat.cut is not None and beat.cut.at is not None:
            end = max(begin(beat.cut.at, start, moments, self.times), start + 1)
        if beat.pause is not None:
            end += self.times.frames(beat.pause)
        self.onwards.go_on(moments)
        self._echo(parts, acted, touched)
        for name, act in looped:
            self.cast.by_name[name].acts.append(Act(act.kind, act.start, max(end, act.start + 1), act.values))
        self.moments |= moments
        if beat.cut is not None:
            end = self._cut(beat.cut, end)
        self.spans.append(BeatSpan(start, end, summary(beat)))
        return end

    def _turn(self, turns: list[PageTurn], start: int, moments: dict[str, int], path: tuple[str | int, ...]) -> int:
        """Takes the panes over to the pages whose time is known; gives the frame at which that is done."""
        end = start
        for spec in [one for one in turns if not isinstance(one.at, str) or asked(one.at) in moments]:
            turns.remove(spec)
            with directing(*path, "page"):
                at, picture = begin(spec.at, start, moments, self.times), self.production.picture
                hit, end = turn(spec, self.scene.pages, self.things.by_name, at, self.times, picture)
                moments.setdefault("page.hit", hit)
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
        start: int,
        path: tuple[str | int, ...],
    ) -> int:
        one = self.cast.by_name[name]
        length = self.times.frames(part.for_) if part.for_ is not None else None

        def point(place: Position) -> tuple[float, float]:
            return goal(self.shooting, one, place, at)

        def gaze(other: str) -> tuple[float, float]:
            if other.startswith("stage."):
                return self.cast.gaze_at(name, point(other), at)
            return self.cast.gaze(name, other, at)

        acts = schedule(part_acts(part, gaze, point, one.ground.distance), at, length, self.times)
        acts = through(acts, one, self.things.by_name, self.clock)
        for way in (part.enter, part.exit):
            if way in self.things.by_name:
                gone = next(act for act in acts if act.word("side", "") == way)
                moments[f"{name}.through"] = passes(gone, self.clock)
        known(one.rigs, acts)
        moments |= act_moments(name, acts, self.clock)
        if self.production.script.storyreel >= 2:
            shown(one, part, acts, at, self.times)
        own = self.production.look.foley
        heard = foley.act_effects(acts, self.start, self.clock, len(self.effects), own)
        self.effects += self.production.copies.made(name, heard)
        ends = [at]
        for act in acts:
            if part.until is not None and loops(act):
                self.onwards.going.append(Going(name, act.start, start, part.until, (act.kind, act.values), path))
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

    def _echo(self, parts: Sequence[Named], acted: Mapping[str, tuple[int, int]], touched: int) -> None:
        """Whoever copies somebody for this beat does what they did in it: acts, mouth, and where their hands go."""
        for name, part, _ in parts:
            if part.echo in self.cast.by_name and name in self.cast.by_name:
                one, other = self.cast.by_name[name], self.cast.by_name[part.echo]
                late, (acts, cues) = self.times.optional(part.late, 0.0), acted[part.echo]
                one.acts += echoed(other.acts[acts:], one.rig, late, part.only)
                if not part.only or "mouth" in part.only:
                    one.mouth += [replace(cue, frame=cue.frame + late) for cue in other.mouth[cues:]]
                if not part.only or "hands" in part.only:
                    self.staging.copy(part.echo, name, touched, late)

    def take_up(
        self,
        held: Sequence[Deed],
        followings: Sequence[Following],
        reachings: Sequence[Reaching],
        going: Sequence[Going],
    ) -> None:
        """Begins with what the shot before left, and with what still goes on of it."""
        self.staging.take_up(held, followings, reachings)
        self.onwards.going = list(going)

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
        if spec.focus:
            self.focused.append(Focused(at, frames, frozenset(spec.focus)))
        if spec.along is not None:
            go_along(self.shooting, spec.along, spec.to, at, max(frames, 1), spec.ease)
            return at + frames
        if spec.follow is not None and self.production.script.storyreel >= 2:
            self.company.append(Company(spec.follow, at))
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

    def _spot(self, place: str | Position | None, frame: int, high: float = 0.45) -> tuple[float, float]:
        """A place on the stage: a point, so high up somebody (as far as the chest), or a prop's middle."""
        if isinstance(place, str) and "." in place and place not in self.cast.by_name:
            head = self.shooting.head(place)
            return head.x, head.y
        if isinstance(place, str) and place not in POSITIONS:
            found = self.cast.subject(place, frame)
            return found.x, found.y - high * found.height
        return self.ground.point(place if place is not None else "centre", standing=False)

    def _source(self, place: str | Position | None, frame: int) -> tuple[float, float] | None:
        """From where a change of colours runs out, if it does: from under somebody's feet, or from a place."""
        if place is None or self.production.look.grading is None:
            return None
        return self._spot(place, frame, 0.0)

    def _still(self, beat: Beat, start: int, moments: dict[str, int]) -> None:
        """A dead hold, in which nothing is heard either."""
        if beat.still is not None:
            at = begin(beat.still.at, start, moments, self.times)
            end = at + self.times.frames(beat.still.for_)
            self.holds.append(Hold(at, end, frozenset(map(excepted, beat.still.except_))))
            self.heard.hushes.append((self.start + at, self.start + end))
