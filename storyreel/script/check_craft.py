"""The directing rules, as far as a script's text can tell: warnings for what is right, but will hardly look so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from storyreel.script.check_telling import telling
from storyreel.script.dot import Moment, spoken_words
from storyreel.script.formats import format_of
from storyreel.script.models import Beat, Part, Scene, Script, Shot
from storyreel.script.props import Prop
from storyreel.script.set_ups import set_up
from storyreel.script.shots import ANGLES, SIZES
from storyreel.script.units import Duration
from storyreel.script.verbs import VERBS
from storyreel.source.places import Path

MOST_WORDS = 45
"""Words that a film speaks at most."""
PACE = 13
"""Characters a second that can be heard and read."""
LONGEST_STILL = 1.0
"""Seconds that everything may hold still."""
_SLACK = 1.2
_DEGREES = {"level": 0, "low": -30, "high": 30, "above": 70, "ground": -60}
"""From where a shot is seen, in degrees over the horizon."""
_HEADS = {"extreme-close": 1.0, "close": 0.45, "medium-close": 0.3, "medium": 0.2, "full": 0.11, "wide": 0.06}
"""How high a head is in each size, as a share of the picture's height."""
_STEPS = 2
_MOVED = frozenset(("button", "switch", "typing"))
"""The kinds whose values somebody has to move; what a drawing's groups stand for, only its artist knows."""

Hint = tuple[Path, str]


def craft(script: Script) -> Iterator[Hint]:
    """Every place where a directing rule is broken, and how; none in files of version 1, which know no shots."""
    if script.storyreel < 2:
        return
    times = _Times(format_of(script).rate)
    yield from _words(script)
    yield from _neighbours(script)
    yield from _stillness(script, times)
    yield from _bodies(script)
    yield from _ways_in(script)
    yield from telling(script, times.of)
    for path, scene, beat, shot in _beats(script):
        yield from _pace(beat, path, times)
        yield from _who_moved_it(scene, beat, path)
        yield from _lane(beat, shot, path)
        yield from _twice(scene, beat, path)


@dataclass(frozen=True)
class _Times:
    """How long an author's times are, in seconds, where the text alone tells."""

    rate: Fraction

    def of(self, time: object) -> float | None:
        """Seconds of a time; None where music, a voice or the look decides."""
        if not isinstance(time, Duration) or time.unit in ("beats", "d"):
            return None
        return float(time.seconds(self.rate, 120))


def _beats(script: Script) -> Iterator[tuple[Path, Scene, Beat, Shot | None]]:
    """Every beat with its scene and the shot that stands."""
    film = {scene.id: scene for scene in script.scenes}
    for number, scene in enumerate(script.scenes):
        shot: Shot | None = None
        for index, beat in enumerate(scene.beats):
            shot = set_up(beat.shot, scene, film) if beat.shot is not None else shot
            yield ("scenes", number, "beats", index), scene, beat, shot


def _lines(beat: Beat) -> Iterator[tuple[tuple[str | int, ...], Part]]:
    for name, parts in beat.parts.items():
        for index, part in enumerate(parts):
            if part.say is not None:
                yield (name, index), part


def _words(script: Script) -> Iterator[Hint]:
    count, first = 0, None
    for path, _, beat, _ in _beats(script):
        for where, part in _lines(beat):
            count += len(spoken_words(part.say or ""))
            if count > MOST_WORDS and first is None:
                first = (*path, *where, "say")
    if first is not None:
        yield first, f"the film speaks {count} words, and {MOST_WORDS} are understood; show what can be shown"


def _neighbours(script: Script) -> Iterator[Hint]:
    before: Shot | None = None
    there = ""
    for path, scene, beat, written in _beats(script):
        if beat.shot is None or written is None:
            continue
        shot = written.model_copy(update={"set": written.set or scene.set})
        if there != scene.id and all(one is None or _head(one) == "stage" for one in (before, shot)):
            before = None  # how large the whole of two places is says nothing of how large what is in them is
        there = scene.id
        rhyme = isinstance(beat.shot, Shot) and beat.shot.like is not None
        if before is not None and not rhyme and _alike(before, shot):
            yield (
                (*path, "shot"),
                f"less than two sizes and 30° from the shot before ({_told(before)}, {_told(shot)}): it looks like a "
                "jump; change the size or the angle, or say what it is `like`",
            )
        before = shot
        for camera in beat.camera:
            if camera.into is not None and camera.into in scene.shots:
                moved = set_up(scene.shots[camera.into], scene, {})
                before = moved.model_copy(update={"set": moved.set or scene.set})


def _alike(one: Shot, other: Shot) -> bool:
    """Whether two shots look at the same from nearly the same place."""
    same = _head(one) == _head(other) and one.behind == other.behind
    if not same or one.set != other.set or one.size == "fill" or other.size == "fill":
        return False
    apart = abs(_DEGREES[one.from_ or ANGLES[0]] - _DEGREES[other.from_ or ANGLES[0]])
    return apart < 30 and abs(_step(one) - _step(other)) < _STEPS


def _head(shot: Shot) -> str:
    """Whom or what a shot looks at, without the place there."""
    return (shot.on or "").partition(".")[0]


def _step(shot: Shot) -> int:
    """A shot's size as a number of steps from the nearest."""
    if isinstance(shot.size, str):
        return SIZES.index(shot.size)
    share = shot.size or _HEADS["medium"]
    return SIZES.index(min(_HEADS, key=lambda name: abs(_HEADS[name] - share)))


def _told(shot: Shot) -> str:
    size = shot.size if isinstance(shot.size, str) else f"size {shot.size:g}" if shot.size else "medium"
    return f"{size} from {shot.from_}" if shot.from_ else size


def _stillness(script: Script, times: _Times) -> Iterator[Hint]:
    seen = False
    for path, _, beat, _ in _beats(script):
        if beat.still is None:
            continue
        lasts = times.of(beat.still.for_)
        if seen:
            yield (*path, "still"), "a second stillness in one film is none; keep the one that matters"
        elif lasts is not None and lasts > LONGEST_STILL:
            yield (*path, "still", "for"), f"still for {beat.still.for_}: longer than a second, it looks like a fault"
        seen = True


def _bodies(script: Script) -> Iterator[Hint]:
    """Two in one scene who have one body: the same puppet, built and dressed alike."""
    for number, scene in enumerate(script.scenes):
        seen: dict[tuple[object, ...], str] = {}
        shown = [part for beat in scene.beats for part in beat.parts.items()]
        for name, placement in scene.cast.items():
            comes = any(part.enter or part.show for who, parts in shown if who == name for part in parts)
            member = script.cast.get(name)
            if member is None or placement.in_ or (placement.offstage and not comes):
                continue
            build = member.build
            body = (member.puppet, (build.height, build.width) if build else (1.0, 1.0), tuple(member.wear))
            if body in seen:
                yield (
                    ("scenes", number, "cast", name),
                    f"'{name}' and '{seen[body]}' have one body; give one of them a build, or other outfits",
                )
            seen.setdefault(body, name)


def _ways_in(script: Script) -> Iterator[Hint]:
    for number, scene in enumerate(script.scenes):
        if number and scene.enter not in (None, "cut", "fade"):
            yield (
                ("scenes", number, "enter"),
                f"nothing in the story makes this {scene.enter}; let the last shot's `cut` say what carries us out",
            )


def _twice(scene: Scene, beat: Beat, path: Path) -> Iterator[Hint]:
    """Lines on things that say something else already, and captions of what stands in the picture."""
    texts = {name: spoken_words(text) for name, prop in scene.props.items() if (text := getattr(prop, "text", ""))}
    for where, part in _lines(beat):
        said = spoken_words((part.as_ or part.say or "").replace(" / ", " "))
        for on in part.on:
            if on in texts and texts[on][: len(said)] != said and said[: len(texts[on])] != texts[on]:
                yield (*path, *where, "on"), f"what stands on '{on}' already isn't what is said"
        again = next((name for name in beat.parts if name in texts and texts[name] == said), None)
        if again is not None and not part.on and part.caption:
            yield (
                (*path, *where, "say"),
                f"this stands on '{again}' already, and is captioned again; write on: {again}",
            )


def _pace(beat: Beat, path: Path, times: _Times) -> Iterator[Hint]:
    """Lines that outlast their shot."""
    ends = times.of(beat.cut.at) if beat.cut is not None else None
    if ends is None:
        return
    for where, part in _lines(beat):
        begins = 0.0 if part.at is None else times.of(part.at)
        if begins is None or part.resume or part.early is not None or part.recording is not None:
            continue
        needs = len(part.say or "") / PACE
        if needs > (ends - begins) * _SLACK:
            yield (
                (*path, *where, "say"),
                f"this takes {needs:.1f} s at {PACE} characters a second, and its shot is over "
                f"{max(ends - begins, 0):.1f} s after it begins; say less, or cut later",
            )


def _who_moved_it(scene: Scene, beat: Beat, path: Path) -> Iterator[Hint]:
    """Values that move though nobody touches what they belong to; what touches something moves by itself, too."""
    touched = {name for name, parts in beat.parts.items() if any(part.touches for part in parts)}
    touched |= {
        str(target).partition(".")[0]
        for parts in beat.parts.values()
        for part in parts
        for touch in part.touches
        for target in (touch.targets if not touch.verb.text else part.on)
    }
    for name, prop in scene.props.items():
        for index, part in enumerate(beat.parts.get(name, ())):
            moved = [value for value, goal in part.set.items() if isinstance(goal, int | float)]
            if not moved or not _is_moved(prop) or name in touched or _caused(part.at):
                continue
            yield (
                (*path, name, index, "set"),
                f"nothing touches '{name}' in this beat, yet its `{moved[0]}` moves: who moves it?",
            )


def _is_moved(prop: Prop) -> bool:
    return prop.kind in _MOVED and not prop.screen


def _caused(at: object) -> bool:
    """Whether something begins on somebody's act or touch."""
    return isinstance(at, Moment) and (len(at.path) < 2 or at.path[1] in VERBS or len(at.path) == 2)


def _lane(beat: Beat, shot: Shot | None, path: Path) -> Iterator[Hint]:
    if shot is None or shot.lane != "none":
        return
    for where, part in _lines(beat):
        if part.caption and not part.on:
            yield (
                (*path, *where, "say"),
                "this line is captioned, and its shot keeps no lane free; give the shot a lane, or the line a place to "
                "stand `on`",
            )
