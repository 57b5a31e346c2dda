"""What a check of a scene file has found, and who and what is in a scene."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from storyreel.errors import Problem, SceneError, StoryreelError, did_you_mean
from storyreel.script.files import is_drawing, wrong_path
from storyreel.script.places import Path, Places
from storyreel.script.vocabulary import Names, PuppetNames, Vocabulary


def mapping(value: object) -> dict[str, Any]:
    """A mapping, or an empty one where there is none."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """A list; one thing stands for a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def word(value: object) -> str:
    """A text, or an empty one where there is none."""
    return value if isinstance(value, str) else ""


@dataclass
class Findings:
    """What a check has found so far.

    Attributes:
        problems: what is wrong.
        unknown: keys of beats that name nobody; what stands under them is not worth another message.
        rigs: what each of the cast can be asked for, by name, where that is known.
    """

    places: Places
    base: FilePath
    words: Vocabulary
    problems: list[Problem] = field(default_factory=list)
    unknown: set[Path] = field(default_factory=set)
    rigs: dict[str, PuppetNames] = field(default_factory=dict)

    def at(self, path: Path, message: str) -> None:
        """A problem with a value."""
        self.problems.append(Problem(self.places(path), message))

    def at_key(self, path: Path, message: str) -> None:
        """A problem with a key."""
        self.problems.append(Problem(self.places.key(path), message))

    def name(self, path: Path, value: object, kind: str, known: Iterable[str] | None) -> None:
        """Complains of a name that isn't known; says nothing where the names are not known here."""
        if known is not None and isinstance(value, str) and value not in known:
            self.at(path, f"unknown {kind} '{value}'{did_you_mean(value, known)}")

    def file(self, path: Path, value: object, kind: str = "scene") -> None:
        """Complains of a file that is not there, or may not be read."""
        message = wrong_path(self.base, value, kind) if isinstance(value, str) else None
        if message is not None:
            self.at(path, message)

    def shipped(self, path: Path, value: object, kind: str, known: Names | None, suffix: str) -> bool:
        """Complains of a value that is neither a file beside the scene (it ends like one) nor a shipped name."""
        before = len(self.problems)
        if isinstance(value, str) and (is_drawing(value) if suffix == ".svg" else suffix in value):
            self.file(path, value)
        else:
            self.name(path, value, kind, known)
        return len(self.problems) == before

    def drawing(self, path: Path, value: object, kind: str, known: Names | None) -> None:
        """Complains of what is no drawing of a set or prop, and of what can't be drawn in one beside the scene."""
        good = self.shipped(path, value, kind, known, ".svg")
        if good and self.words.drawing is not None and isinstance(value, str) and is_drawing(value):
            with self._complaining(path):
                self.words.drawing(value)

    @contextmanager
    def _complaining(self, path: Path) -> Iterator[None]:
        """Takes down why a drawing can't be read: in that file's own places, or at the value that names it."""
        try:
            yield
        except SceneError as error:
            self.problems += error.problems
        except StoryreelError as error:
            self.at(path, str(error))

    def rig(self, path: Path, member: str, puppet: object) -> None:
        """Learns what one of the cast can be asked for, or why its puppet can't be read."""
        if self.words.rig is None or not isinstance(puppet, str):
            return
        with self._complaining(path):
            self.rigs[member] = self.words.rig(puppet)

    def asked(self, path: Path, member: str, key: str, value: object) -> None:
        """Complains of a face or a pose that a cast member's puppet doesn't have."""
        rig = self.rigs.get(member)
        if rig is not None and isinstance(value, str):
            known = rig.faces if key == "face" else rig.poses
            if value not in known:
                self.at(path, f"the puppet of '{member}' has no {key} '{value}'{did_you_mean(value, known)}")


@dataclass(frozen=True)
class Stage:
    """Who and what is in one scene.

    Attributes:
        cast: the film's cast, by name.
        here: those of them who appear in the scene.
        props: the scene's props by name, as written.
    """

    cast: dict[str, Any]
    here: frozenset[str]
    props: dict[str, Any]

    def names(self) -> set[str]:
        """Everybody and everything that a camera, a gaze or a burst can name."""
        return {*self.here, *self.props}


def someone(found: Findings, value: object, path: Path, stage: Stage, besides: Iterable[str] = ()) -> None:
    """Complains of a name that nobody and nothing in the scene has."""
    if not isinstance(value, str) or value in stage.names() or value in besides:
        return
    if value in stage.cast:
        found.at(path, f"'{value}' is not in this scene; place it under the scene's `cast`")
    else:
        found.at(path, f"nobody and nothing here is called '{value}'{did_you_mean(value, {*stage.names(), *besides})}")
