"""What is worth a second look in a script that is right: warnings, which stop nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from storyreel.errors import Problem
from storyreel.script.check_craft import craft
from storyreel.script.colours import contrast
from storyreel.script.ending import ending, with_first
from storyreel.script.formats import format_of
from storyreel.script.models import Beat, Part, Scene, Script
from storyreel.script.props import Crowd, Pane
from storyreel.script.units import Duration
from storyreel.source.places import Path, Places

_HEARD = "it is only heard: say from where with `off`, or `off: over` for a voice-over"
_READABLE = 3.0
"""The least contrast of large letters."""


def hints(script: Script, places: Places) -> tuple[Problem, ...]:
    """Everything in a script that was hardly meant so, in the order of the text.

    Args:
        script: a script that is right.
        places: where everything in it stands.
    """
    found = chain(
        _unused(script),
        _unreadable(script),
        craft(script),
        *(_scene(script, number, scene) for number, scene in enumerate(script.scenes)),
    )
    return tuple(sorted({Problem(places.key(path), message, "warning") for path, message in found}))


Hint = tuple[Path, str]


def _unused(script: Script) -> Iterator[Hint]:
    used = {
        name for scene in script.scenes for name in (*scene.cast, *(who for beat in scene.beats for who in beat.parts))
    }
    used |= {
        name for scene in script.scenes for prop in scene.props.values() if isinstance(prop, Crowd) for name in prop.of
    }
    if script.creator is not None and script.reveal:
        used.add(script.creator.puppet or next(iter(script.cast), ""))
    for name in script.cast:
        if name not in used:
            yield ("cast", name), f"'{name}' is in no scene"


def _unreadable(script: Script) -> Iterator[Hint]:
    """Captions whose letters are hardly told from what lies round them (WCAG 2.2, 1.4.3: large text)."""
    said = script.captions
    if said is not None and said.colour is not None and said.edge is not None:
        ratio = contrast(said.colour, said.edge)
        if ratio < _READABLE:
            yield (
                ("captions", "colour"),
                f"letters in {said.colour} over {said.edge} are hard to read: a contrast of {ratio:.1f}, "
                f"and {_READABLE:g} is the least",
            )


def _shows(part: Part) -> bool:
    """Whether a part brings a thing into the picture."""
    falls = any(touch.verb.name == "fall" for touch in part.touches)
    return part.show is not None or part.size is not None or part.hang is not None or falls


def _scene(script: Script, number: int, scene: Scene) -> Iterator[Hint]:
    path: Path = ("scenes", number)
    names = (*scene.cast, *scene.props)
    beats = with_first(script).scenes[number].beats
    parts = {name: [part for beat in beats for part in beat.parts.get(name, ())] for name in names}
    said = {place for beat in beats for own in beat.parts.values() for part in own for place in part.on}
    for name, prop in scene.props.items():
        if prop.hidden and not any(map(_shows, parts[name])) and name not in said:
            yield (*path, "props", name), f"'{name}' is hidden and never shown"
        shut = isinstance(prop, Pane) and prop.radius == 0 and not any(part.set.get("radius") for part in parts[name])
        if shut and (there := _within(scene, beats, name)):
            yield (*path, "props", name), f"'{name}' is never opened, and {there} is in it; set its `radius`"
    guests = ending(script).guest if number == len(script.scenes) - 1 else {}
    for name, placement in scene.cast.items():
        if name in guests:
            continue
        among = any(isinstance(prop, Crowd) and name in prop.of for prop in scene.props.values())
        if placement.offstage and not among and not any(part.enter or part.show for part in parts[name]):
            lines = [part for part in parts[name] if part.say is not None]
            heard = bool(lines)
            if heard and all(part.off for part in lines):
                continue
            yield (
                (*path, "cast", name),
                f"'{name}' never enters; {_HEARD}" if heard else f"'{name}' never enters",
            )
    for index, beat in enumerate(scene.beats):
        yield from _late(script, beat, (*path, "beats", index))


def _within(scene: Scene, beats: Iterable[Beat], pane: str) -> str:
    """Who or what stands in a pane, now or later; "" if that is nobody."""
    placed = ((name, one.in_) for name, one in (*scene.cast.items(), *scene.props.items()))
    moved = ((name, part.in_) for beat in beats for name, parts in beat.parts.items() for part in parts)
    return next((name for name, where in (*placed, *moved) if where == pane), "")


def _late(script: Script, beat: Beat, path: Path) -> Iterator[Hint]:
    """What begins when its beat is over, or should be."""
    lasts = beat.for_ or beat.wait
    if lasts is None:
        return
    for where, at in _starts(beat, path):
        if isinstance(at, Duration) and not _before(at, [lasts, beat.pause], script):
            grows = "" if beat.for_ else ", so that the beat grows"
            yield (
                (*where, "at"),
                f"at {at} is past the {lasts} that this beat {'lasts' if beat.for_ else 'waits'}{grows}",
            )


def _starts(beat: Beat, path: Path) -> Iterator[tuple[Path, object]]:
    for name in (
        "camera",
        "grade",
        "mood",
        "wind",
        "hour",
        "hearts",
        "sparkles",
        "confetti",
        "puffs",
        "shock",
        "impact",
        "sfx",
        "music",
    ):
        yield from (((*path, name, index), cue.at) for index, cue in enumerate(getattr(beat, name)))
    for name, parts in beat.parts.items():
        yield from (((*path, name, index), part.at) for index, part in enumerate(parts))


def _before(at: Duration, end: Iterable[Duration | None], script: Script) -> bool:
    """Whether a start comes before all these times are over; yes where that depends on the music."""
    times = [time for time in end if time is not None]
    if any(time.unit == "beats" for time in (at, *times)) and any(time.unit != "beats" for time in (at, *times)):
        return True
    rate = format_of(script).rate
    return at.seconds(rate, 120) < sum(time.seconds(rate, 120) for time in times)
