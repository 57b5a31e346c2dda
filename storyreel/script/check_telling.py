"""Directing rules of what a film tells, as far as its text shows: turns, light, depth, and how quiet its end is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

from storyreel.script.air import Grade
from storyreel.script.dot import Moment, spoken_words
from storyreel.script.ending import ending, spoken, written
from storyreel.script.models import Beat, Part, Scene, Script, Shot
from storyreel.script.placing import Sender
from storyreel.script.props import Lamp, Prop
from storyreel.script.shots import SIZES
from storyreel.script.units import Duration
from storyreel.script.verbs import VERBS
from storyreel.source.places import Path

Seconds = Callable[[object], float | None]
"""How long an author's time is; None where music, a voice or the look decides."""
Hint = tuple[Path, str]
_DARK = frozenset(("sad", "angry", "worried", "crying", "hurt", "scared"))
_BRIGHT = frozenset(("happy", "joy", "beaming", "laugh", "grin", "proud"))
"""Faces by what somebody feels; what a face of a puppet's own means, only its artist knows."""
_NIGHT = (20.5, 5.0)
"""The hours from which on, and until which, nothing but lamps gives light."""
_CLOSE = (*SIZES[: SIZES.index("medium")], "fill")
"""Sizes in which there is hardly anything besides what is looked at."""
_ALONG = 0.02
"""Two who stand side by side have their heads as high to so much of the safe box."""
_READING = ("name", "handle", "message", "hashtag")
"""What stands on a card, in the order in which it is read."""
_PACE, _FIRST, _REST = 13, 1.2, 0.5
"""Characters a second that are spoken; seconds in which a portrait has come and the card begins; of rest at the end."""


def telling(script: Script, seconds: Seconds) -> Iterator[Hint]:
    """Every place where a film tells against the rules 1, 6, 7 and 10 of directing, and how."""
    for number, scene in enumerate(script.scenes):
        path: Path = ("scenes", number)
        yield from _turns(script, scene, path)
        yield from _nights(scene, path)
        yield from _unlit(scene, path)
        shots = [beat.shot if isinstance(beat.shot, Shot) else None for beat in scene.beats]
        for index, (beat, shot) in enumerate(zip(scene.beats, shots, strict=True)):
            where = (*path, "beats", index)
            yield from _before_the_act(beat, where)
            yield from _at_once(beat, where, seconds)
            if shot is not None:
                yield from _side_by_side(shot, (*where, "shot"))
        yield from ((hint) for name, one in scene.shots.items() for hint in _side_by_side(one, (*path, "shots", name)))
    yield from _spent(script)
    yield from _quiet(script, seconds)


def _spent(script: Script) -> Iterator[Hint]:
    """An accent that is there between where it is held back and where it is let loose again."""
    held = False
    early: list[Path] = []
    for number, scene in enumerate(script.scenes):
        if scene.clip:
            continue
        path: Path = ("scenes", number)
        begins = _accent(scene.mood or scene.grade)
        if held and begins > 0:
            early.append((*path, "mood") if scene.mood is not None else (*path, "id"))
        held = held or begins == 0
        for index, beat in enumerate(scene.beats):
            moods = (*beat.grade, *beat.mood)
            # Whoever is in colour in the beat that lets it loose is a part of that.
            if held and any(mood.accent for mood in moods):
                said = "the accent is seen here, before it is let loose; hold it back: mood: {accent: 0}"
                yield from ((where, said) for where in early)
                return
            if held:
                early += (
                    (*path, "beats", index, name, place, "mood")
                    for name, parts in beat.parts.items()
                    for place, part in enumerate(parts)
                    if any(mood.accent for mood in part.mood)
                )
            held = held or any(mood.accent == 0 for mood in moods)


def _accent(mood: Grade | None) -> float:
    """How much of the accent a mood leaves: as much as of all colour, where it doesn't say."""
    if mood is None:
        return 1.0
    return min(mood.saturation, 1.0) if mood.accent is None else mood.accent


def _turns(script: Script, scene: Scene, path: Path) -> Iterator[Hint]:
    """Changes of heart from dark to bright of whom nothing happens to in between."""
    for name in script.cast:
        placed = scene.cast.get(name)
        dark = placed is not None and placed.face in _DARK
        for index, beat in enumerate(scene.beats):
            alone = not _happens(beat, name)
            for number, part in enumerate(beat.parts.get(name, ())):
                if part.face in _BRIGHT and dark and alone:
                    yield (
                        (*path, "beats", index, name, number, "face"),
                        f"'{name}' is {part.face} out of nothing; let them see it, understand, decide, and act",
                    )
                dark = part.face in _DARK if part.face is not None else dark
            dark = dark and alone


def _happens(beat: Beat, name: str) -> bool:
    """Whether anything happens in a beat that may change somebody's mind."""
    mine = beat.parts.get(name, ())
    others = any(parts for other, parts in beat.parts.items() if other != name)
    seen = any(part.look or part.touches or part.say or part.go or part.do or part.echo for part in mine)
    return others or seen or bool(beat.sfx or beat.wind or beat.hour or beat.impact or beat.page)


def _before_the_act(beat: Beat, path: Path) -> Iterator[Hint]:
    """Colours and music that come before the act which they follow from."""
    changes = [
        *((("mood", index), one.at) for index, one in enumerate((*beat.mood,))),
        *((("music", index), one.at) for index, one in enumerate(beat.music) if one.section),
    ]
    for where, at in changes:
        if isinstance(at, Moment) and at.before and len(at.path) > 1 and at.path[1] in VERBS:
            told = "colours" if where[0] == "mood" else "music"
            yield (*path, *where, "at"), f"{told} follow an act, by 2 to 6 frames; this comes before {at.name}"


def _nights(scene: Scene, path: Path) -> Iterator[Hint]:
    hour = scene.hour
    if hour is None or _NIGHT[1] <= hour < _NIGHT[0]:
        return
    if not any(isinstance(prop, Lamp) or prop.light is not None for prop in scene.props.values()):
        yield (
            (*path, "hour"),
            f"at {hour:g} it is night, and nothing here gives light; place a lamp, or give a thing light",
        )


def _unlit(scene: Scene, path: Path) -> Iterator[Hint]:
    """Lamps that are out, and stay so."""
    told = {name: parts for beat in scene.beats for name, parts in beat.parts.items()}
    named = {
        str(target).partition(".")[0]
        for beat in scene.beats
        for parts in beat.parts.values()
        for part in parts
        for touch in part.touches
        for target in touch.targets
    }
    # What is sent to a thing switches its light on, too.
    named |= {str(prop.sends) for name, prop in scene.props.items() if isinstance(prop, Sender) and name in named}
    for name, prop in scene.props.items():
        if _is_out(prop) and name not in told and name not in named:
            yield (*path, "props", name, "light"), f"'{name}' is out, and nobody switches it on"


def _is_out(prop: Prop) -> bool:
    return prop.light is not None and prop.light.on == 0


def _at_once(beat: Beat, path: Path, seconds: Seconds) -> Iterator[Hint]:
    """Two who speak, or touch different things, at the same moment: the eye and the ear can follow one."""
    begun = [(name, index, part) for name, parts in beat.parts.items() for index, part in enumerate(parts)]
    for (one, _, first), (other, index, second) in combinations(begun, 2):
        if one == other or not _together(first, second, seconds):
            continue
        if first.say and second.say and spoken_words(first.say) != spoken_words(second.say):
            said = f"'{other}' speaks at the same moment as '{one}'; give the line an `at`: {one}.said + 6f"
            yield (*path, other, index, "say"), said
        elif _elsewhere(first, second):
            verb = second.touches[0].verb
            said = (
                f"'{one}' touches something at the same moment, and one idea is enough for a shot; let one of them wait"
            )
            yield (*path, other, index, verb.name), said


def _together(one: Part, other: Part, seconds: Seconds) -> bool:
    if isinstance(one.at, Moment) or isinstance(other.at, Moment):
        return False
    begins = [0.0 if part.at is None else seconds(part.at) for part in (one, other)]
    return begins[0] is not None and begins[0] == begins[1]


def _elsewhere(one: Part, other: Part) -> bool:
    """Whether two touch, and neither the same nor each other."""
    if not one.touches or not other.touches or one.at is None:
        return False
    return not {*one.touches[0].targets} & {*other.touches[0].targets} and one.touches[0].verb == other.touches[0].verb


def _side_by_side(shot: Shot, path: Path) -> Iterator[Hint]:
    """Two who stand like bookends, at one height and as large."""
    seen = [(name, at) for name, at in (shot.sees or {}).items() if at is not None]
    if shot.at is None or len(seen) != 1 or shot.size in _CLOSE:
        return
    (name, (across, down)) = seen[0]
    if abs(down - shot.at[1]) <= _ALONG and abs(across + shot.at[0] - 1) <= _ALONG:
        yield (
            (*path, "sees"),
            f"'{name}' and '{shot.on}' stand side by side at one height; bring one of them nearer, and lower",
        )


def _quiet(script: Script, seconds: Seconds) -> Iterator[Hint]:
    """What isn't quiet about the end."""
    creator, own, path = script.creator, ending(script), ("reveal",)
    if creator is None or not script.reveal:
        return
    hero = creator.puppet or next(iter(script.cast), None)
    for name in own.guest:
        if name == hero:
            yield (*path, "guest", name), f"'{name}' is the creator, drawn, and doesn't pose beside the portrait"
    order = [_READING.index(one) for one in own.card]
    for index, (before, after) in enumerate(pairwise(order)):
        if after < before:
            said = f"'{_READING[after]}' comes after '{_READING[before]}', and is read before it"
            yield (*path, "card", index + 1), said
    said, read = spoken(script, creator), written(script, creator)
    if said and read and "message" in (own.card or _READING) and spoken_words(said) != spoken_words(read):
        where: Path = (*path, "as") if own.as_ else ("creator", "message") if creator.message else (*path, "say")
        yield where, "the card writes something else than is spoken beside it; let both be the same words"
    lasts = seconds(own.for_) if isinstance(own.for_, Duration) else None
    if lasts is None or not said:
        return
    first = seconds(own.first.cut.at) if own.first is not None and own.first.cut is not None else 0.0
    needs = (first or 0.0) + _FIRST + len(said) / _PACE + _REST
    if lasts < needs:
        yield (
            (*path, "for"),
            f"with half a second of rest after the last word, the end takes {needs:.1f} s; this is shorter",
        )
