"""What goes wrong in a way the author can mend: problems with a place and a suggestion, and nothing half-done.

Everything that storyreel raises on purpose:

    StoryreelError        what it says is fit to show to an author
      SceneError          all that is wrong with files, each with its line
      DirectingError      a script reads well but can't be directed
      MissingGlyph        no face of a look has a character (`storyreel.text.shape`)
      RenderError         a film can't be rendered or written (`storyreel.render.errors`)
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, line separators, signs that turn the direction of text (UAX 9), halves of surrogate pairs."""


def printable(text: str) -> str:
    """One line of text for a terminal or a log: what would steer it, or forge another line, as its escape (`\\x1b`)."""
    return _STEERING.sub(lambda sign: ascii(sign.group())[1:-1], text)


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
    """One mistake, said once: where it is and what to do about it; or a warning, which stops nothing.

    >>> print(Problem(Place("scene.yaml", 27, 9), "unknown key 'cammera'; did you mean 'camera'?"))
    scene.yaml:27:9: unknown key 'cammera'; did you mean 'camera'?
    """

    place: Place
    message: str
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return printable(f"{self.place}: {'warning: ' if self.level == 'warning' else ''}{self.message}")


MOST = 500
"""The most problems that are said of a file at once: whoever has that many has made one mistake, or means harm."""


class StoryreelError(Exception):
    """Base of every error that storyreel raises on purpose; its text is fit to show to an author."""

    def __str__(self) -> str:
        return printable(super().__str__())


class SceneError(StoryreelError):
    """Everything that is wrong with an author's files, all at once, in the order of the text."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class DirectingError(StoryreelError):
    """Something that reads well but can't be directed.

    Attributes:
        path: the way to it in the script, with a scene's id instead of its number: `("scenes", "duet", "beats", 2)`.
    """

    def __init__(self, message: str, path: tuple[str | int, ...]) -> None:
        self.path = path
        super().__init__(message)


@dataclass(frozen=True)
class Note:
    """What directing found that is worth a second look; `path` is as in `DirectingError`."""

    message: str
    path: tuple[str | int, ...]


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
_MOST_NAMES = 250
"""Among how many names a near one is looked for."""
_MEANT = {
    "name": "id",
    "text": "say",
    "says": "say",
    "instagram": "reels",
    "youtube": "shorts",
    "vertical": "tiktok",
    "portrait": "tiktok",
    "9:16": "tiktok",
    "16:9": "landscape",
    "1:1": "square",
    "furious": "angry",
    "mad": "angry",
    "glad": "happy",
    "smile": "happy",
    "laugh": "joy",
    "laughing": "joy",
    "crying": "sad",
    "unhappy": "sad",
    "shocked": "surprised",
    "scared": "worried",
    "afraid": "worried",
}
"""What people write for words that are spelt otherwise altogether."""


def did_you_mean(word: str, known: Iterable[str], most: int = 24) -> str:
    """The tail of a message: `; did you mean 'camera'?`, or the known words (`most` at the most) where none is near."""
    names = sorted(set(known))
    if len(names) > _MOST_NAMES:
        return ""
    if len(word) > _LONGEST:
        return f"; known here: {', '.join(names)}" if 0 < len(names) <= most else ""
    asked, folded = word.casefold(), {name.casefold(): name for name in names}
    meant = [_MEANT[asked]] if _MEANT.get(asked) in names else []
    near = meant or difflib.get_close_matches(asked, folded, n=1, cutoff=0.6)
    if near:
        return f"; did you mean '{folded[near[0]]}'?"
    return f"; known here: {', '.join(names)}" if 0 < len(names) <= most else ""
