"""What a check of a scene file has found, and who and what is in a scene."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from storyreel.errors import MOST, Problem, SceneError, StoryreelError, did_you_mean
from storyreel.script.dot import Moment
from storyreel.script.files import file_beside, is_drawing, is_sheet, wrong_path
from storyreel.script.verbs import VERBS
from storyreel.script.vocabulary import Fault, Names, PuppetNames, Vocabulary
from storyreel.source.places import Path, Places

_FILE = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_LONGEST = 600
"""The most characters of a message; what is longer quotes a text or a name that is."""


def mapping(value: object) -> dict[str, Any]:
    """A mapping, or an empty one where there is none."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """A list; one thing stands for a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def items(path: Path, value: object) -> list[tuple[Path, Any]]:
    """What a value lists, each with where it stands; one thing stands for a list of one."""
    return [((*path, index) if isinstance(value, list) else path, item) for index, item in enumerate(listed(value))]


def parts_of(beat: dict[str, Any], name: str, path: Path) -> list[tuple[Path, dict[str, Any]]]:
    """What somebody or something does in a beat that stands at `path`: its parts, each with where it stands."""
    found = items((*path, name), beat.get(name))
    return [(where, {"say": part} if isinstance(part, str) else mapping(part)) for where, part in found]


def word(value: object) -> str:
    """A text, or an empty one where there is none."""
    return value if isinstance(value, str) else ""


def _cut(message: str) -> str:
    """A message without the middle of what is too long in it; its end says what to do."""
    half = _LONGEST // 2
    return message if len(message) <= _LONGEST else f"{message[:half]} … {message[-half:]}"


_COMES = frozenset(("says", "said", "sends", "ding", *VERBS))
"""What stands behind a dot as a moment alone."""
_LONGEST_LIST = 40
"""Known names that a message lists where none is near: more than there are of any kind that is listed nowhere else."""


@dataclass
class Findings:
    """What a check has found so far.

    Attributes:
        problems: what is wrong.
        unknown: keys of beats that name nobody; what stands under them is not worth another message.
        rigs: what each of the cast can be asked for, by name, where that is known.
        sections: the sections of the film's track, where they are known.
    """

    places: Places
    base: FilePath
    words: Vocabulary
    problems: list[Problem] = field(default_factory=list)
    unknown: set[Path] = field(default_factory=set)
    rigs: dict[str, PuppetNames] = field(default_factory=dict)
    sections: Names | None = None

    def at(self, path: Path, message: str) -> None:
        """A problem with a value."""
        self.add(Problem(self.places(path), _cut(message)))

    def at_key(self, path: Path, message: str) -> None:
        """A problem with a key."""
        self.add(Problem(self.places.key(path), _cut(message)))

    def add(self, problem: Problem) -> None:
        """A problem that has its place already.

        Raises:
            SceneError: there are so many that more would help nobody.
        """
        self.problems.append(problem)
        if len(self.problems) >= MOST:
            raise SceneError(self.problems)

    def name(self, path: Path, value: object, kind: str, known: Iterable[str] | None) -> None:
        """Complains of a name that isn't known; says nothing where the names are not known here."""
        if known is not None and isinstance(value, str) and value not in known:
            self.at(path, f"unknown {kind} '{value}'{did_you_mean(value, known, _LONGEST_LIST)}")

    def voice(self, path: Path, value: object) -> None:
        """Complains of a voice that isn't known, or isn't installed."""
        known = self.words.voices
        self.name(path, value, "voice", known)
        if known is not None and self.words.missing is not None and isinstance(value, str) and value in known:
            cure = self.words.missing(value)
            if cure:
                self.at(path, f"the voice '{value}' isn't installed; {cure} brings it")

    def file(self, path: Path, value: object, kind: str = "scene", fault: Fault | None = None) -> None:
        """Complains of a file that is not there, or may not be read, or in whose contents there is a fault."""
        if not isinstance(value, str):
            return
        message = wrong_path(self.base, value, kind)
        if message is None and fault is not None:
            message = fault(file_beside(self.base, value))
        if message is not None:
            self.at(path, message)

    def shipped(
        self, path: Path, value: object, kind: str, known: Names | None, suffix: str, fault: Fault | None = None
    ) -> bool:
        """Complains of a value that is neither a file beside the scene (it ends like one) nor a shipped name."""
        before = len(self.problems)
        sheet = isinstance(value, str) and is_sheet(value)
        if isinstance(value, str) and (is_drawing(value) or sheet if suffix == ".svg" else suffix in value):
            self.file(path, value, fault=fault)
        elif isinstance(value, str) and suffix == ".svg" and _FILE.search(value):
            shown = f"{{kind: picture, file: {value}}}"
            own = "me" if kind == "puppet" else f"my-{kind}"
            begun = f"; `storyreel {kind} new {own}.svg` gives one to draw over, `{own}.json` one in pixels"
            self.at(
                path, f"'{value}' is not an SVG, and a {kind} is one; a prop shows photos and clips: {shown}{begun}"
            )
        else:
            self.name(path, value, kind, known)
        return len(self.problems) == before

    def drawing(self, path: Path, value: object, kind: str, known: Names | None) -> bool:
        """Complains of what is no drawing of a set or prop, and of what can't be drawn in one beside the scene."""
        before = len(self.problems)
        good = self.shipped(path, value, kind, known, ".svg")
        if (
            good
            and self.words.drawing is not None
            and isinstance(value, str)
            and (is_drawing(value) or is_sheet(value))
        ):
            with self.refusals(path):
                self.words.drawing(value)
        return len(self.problems) == before

    def groups(self, path: Path, drawing: object, values: object) -> None:
        """Complains of values that are none of a drawing's groups."""
        if self.words.groups is None or not isinstance(drawing, str) or not isinstance(values, dict):
            return
        try:
            known = self.words.groups(drawing)
        except StoryreelError:
            return  # said of the drawing itself
        for value in values:
            group = value if value in known else str(value).rpartition(".")[0] or value
            if group not in known:
                self.at_key((*path, value), f"'{drawing}' has no group '{group}'{did_you_mean(str(group), known)}")

    def ground(self, path: Path, value: object) -> None:
        """Complains of what is no set, and of one beside the scene that can't cover a picture."""
        good = self.drawing(path, value, "set", self.words.sets)
        if good and self.words.ground is not None and isinstance(value, str) and _is_file(value):
            with self.refusals(path):
                self.words.ground(value)

    def look(self, path: Path, value: object) -> bool:
        """Complains of what is no look, and of one that can't be used; gives whether it can."""
        before = len(self.problems)
        self.name(path, value, "look", self.words.looks)
        if len(self.problems) == before and self.words.look is not None and isinstance(value, str):
            with self.refusals(path):
                self.words.look(value)
        return len(self.problems) == before

    def rig(self, path: Path, member: str, puppet: object) -> None:
        """Learns what one of the cast can be asked for, or why its puppet can't be read."""
        if self.words.rig is None or not isinstance(puppet, str):
            return
        with self.refusals(path):
            self.rigs[member] = self.words.rig(puppet)

    @contextmanager
    def refusals(self, path: Path) -> Iterator[None]:
        """Asks another room about a value: why it is refused there is a problem with it, or has places of its own."""
        try:
            yield
        except SceneError as error:
            self.problems += error.problems
        except StoryreelError as error:
            self.at(path, str(error))

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
    if a_moment(found, value, path, stage):
        return
    if value in stage.cast:
        found.at(path, f"'{value}' is not in this scene; place it under the scene's `cast`")
    else:
        found.at(path, f"nobody and nothing here is called '{value}'{did_you_mean(value, {*stage.names(), *besides})}")


def a_moment(found: Findings, value: str, path: Path, stage: Stage) -> bool:
    """Complains of a moment where a place is wanted; gives whether it is one.

    Only what is a moment of somebody's or something's here for certain is taken for one: a drawing calls its places
    as it likes.
    """
    try:
        moment = Moment.parse(value)
    except ValueError:
        return False
    who, *rest = moment.path
    known = who in stage.names() or who in ("wind", "page")
    acts = found.words.moments or {}
    told = rest[1:] if rest and rest[0] in acts else rest
    acted = who in stage.cast and told and (told[0] == "end" or any(told[0] in own for own in acts.values()))
    if not known or not (moment.offset is not None or acted or (rest and rest[0] in _COMES)):
        return False
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    meant = f"; write {key}: {who}" if who in stage.names() else ""
    found.at(path, f"'{value}' is a moment; `{key}` wants a place{meant}")
    return True


def _is_file(name: str) -> bool:
    """Whether a drawing is a file beside the scene: an SVG, or a sheet of cells."""
    return is_drawing(name) or is_sheet(name)
