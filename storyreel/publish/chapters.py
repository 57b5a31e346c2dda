"""A film's chapters: a scene each, for players, and as the lines that a description may hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from storyreel.render.atomic import whole_or_nothing
from storyreel.render.errors import writing
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Timeline

ENDING = ".chapters.txt"
"""Of the file beside a film that lists its chapters."""


@dataclass(frozen=True)
class Chapter:
    """A part of a film: the frame that it begins with, and its name."""

    frame: int
    name: str


def chapters(timeline: Timeline) -> tuple[Chapter, ...]:
    """A film's scenes by their ids, as they are read; the shots of a scene are one chapter."""
    found: list[Chapter] = []
    before = ""
    for start, scene in timeline.starts():
        own = scene.id.partition(".")[0]
        if own != before:
            found.append(Chapter(start, own.replace("-", " ").replace("_", " ").capitalize()))
            before = own
    return tuple(found)


def chapter_text(found: Sequence[Chapter], clock: Clock) -> str:
    """A line a chapter, `0:12 Room`, as sites for films read them from a description; ends with a newline."""
    lines = []
    for one in found:
        minutes, seconds = divmod(int(clock.seconds(one.frame) + 1e-6), 60)
        hours, minutes = divmod(minutes, 60)
        when = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
        lines.append(f"{when} {one.name}")
    return "\n".join(lines) + "\n"


@contextmanager
def listed_beside(film: Path, found: Sequence[Chapter], clock: Clock) -> Iterator[None]:
    """Lists chapters beside a film before it is made, so that it isn't made where that can't be written.

    Raises:
        RenderError: the place can't be written to.
    """
    path = film.with_suffix(ENDING)
    with whole_or_nothing(path) as temporary:
        with writing(path):
            temporary.write_text(chapter_text(found, clock), encoding="utf-8")
        yield
