"""Beats and the lines of YAML that say them: which lines a beat's are, and which beat a line belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from storyreel.errors import Place
from storyreel.script.models import Script
from storyreel.source.places import Places
from storyreel.timeline.model import Timeline


@dataclass(frozen=True)
class BeatLines:
    """A beat of the film and where it is written.

    Attributes:
        start, end: film frames, half-open.
        scene: the shot's id.
        summary: what happens in it, in a few words.
        first, last: its lines, counted from 1; 0 where it stands nowhere.
    """

    start: int
    end: int
    scene: str
    summary: str
    first: int
    last: int


def beat_lines(timeline: Timeline, script: Script, places: Places, text: str) -> tuple[BeatLines, ...]:
    """Every beat of a film with its lines; `text` is the file that the script was read from."""
    rows = text.splitlines()
    return tuple(
        BeatLines(start, end, scene, summary, *_extent(rows, place))
        for start, end, scene, summary, place in _placed(timeline, script, places)
    )


def _placed(timeline: Timeline, script: Script, places: Places) -> Iterator[tuple[int, int, str, str, Place]]:
    """Beats in the film's order. A scene's shots are scenes of the film, named after it, which share its beats out."""
    numbers = {scene.id: number for number, scene in enumerate(script.scenes)}
    told: dict[int, int] = {}
    for start, scene in timeline.starts():
        number = numbers.get(scene.id, numbers.get(scene.id.rpartition(".")[0]))
        for beat in scene.beats:
            if scene.kind == "reveal" or number is None:
                place = places.key(("creator",))
            else:
                place = places(("scenes", number, "beats", told.setdefault(number, 0)))
                told[number] += 1
            yield start + beat.start, start + beat.end, scene.id, beat.summary, place


def _extent(rows: Sequence[str], place: Place) -> tuple[int, int]:
    """The lines of what begins at a place: as long as they are indented at least as far, or more than a key."""
    if not 0 < place.line <= len(rows):
        return (0, 0)
    row = rows[place.line - 1]
    # A key of the file itself is followed by what is indented further; an item of a list by the rest of it.
    least = place.column - 1 if row[: place.column - 1].strip() else place.column
    last = place.line
    for number, text in enumerate(rows[place.line :], place.line + 1):
        said = text.strip()
        if not said or said.startswith("#"):
            continue
        if len(text) - len(text.lstrip()) < least:
            break
        last = number
    return place.line, last


def beat_at_line(beats: Sequence[BeatLines], line: int) -> BeatLines | None:
    """The beat that a line belongs to; None for a line that is no beat's."""
    return next((beat for beat in beats if beat.first <= line <= beat.last), None)


def first_changed(before: str, after: str) -> int:
    """The first line, counted from 1, in which a text differs from what it was; 0 where it doesn't."""
    pairs = zip_longest(before.splitlines(), after.splitlines())
    return next((number for number, (old, new) in enumerate(pairs, 1) if old != new), 0)
