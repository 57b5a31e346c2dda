"""What goes wrong in a way the author can mend: problems with a place and a suggestion, and nothing half-done."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """A position in a source file; line and column count from 1, and 0 means 'the file as a whole'."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake, said once: where it is and what to do about it."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class StoryreelError(Exception):
    """Base of every error that storyreel raises on purpose; its text is fit to show to an author."""


class SceneError(StoryreelError):
    """Everything that is wrong with an author's files, all at once, in the order of the text."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class DirectingError(StoryreelError):
    """Something that reads well but can't be directed.

    Attributes:
        path: the way to it in the script, with a scene's id instead of its number: `("scenes", "duet", "beats", 2)`.
    """

    def __init__(self, message: str, path: tuple[str | int, ...]) -> None:
        self.path = path
        super().__init__(message)


@contextmanager
def directing(*path: str | int) -> Iterator[None]:
    """Work for what stands at a path of the script: its errors name that path, unless they have a place already.

    Raises:
        DirectingError: instead of a `StoryreelError` without a place.
    """
    try:
        yield
    except (SceneError, DirectingError):
        raise
    except StoryreelError as error:
        raise DirectingError(str(error), path) from error


_LONGEST = 100
"""Letters of a word that is compared with others: it takes as many steps as there are letters, squared."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The tail of a message: `; did you mean 'camera'?`, or the known words where none is near."""
    names = sorted(set(known))
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6) if len(word) <= _LONGEST else []
    if near:
        return f"; did you mean '{near[0]}'?"
    return f"; known here: {', '.join(names)}" if 0 < len(names) <= 24 else ""
