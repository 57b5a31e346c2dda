"""What an author writes about a series: which films belong to it, what they share, and what differs."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from storyreel.errors import Place, Problem, SceneError
from storyreel.script.captions import SeriesCaptions, where_alone
from storyreel.script.files import film_name, wrong_path
from storyreel.script.findings import Findings, items, listed, mapping
from storyreel.script.formats import format_names
from storyreel.script.messages import messages
from storyreel.script.models import Creator, CustomFormat, Strict, alone_or_listed
from storyreel.script.read import file_text
from storyreel.script.units import Duration
from storyreel.script.upgrade import upgrade
from storyreel.script.vocabulary import NOTHING, Vocabulary
from storyreel.source.places import Path, Places
from storyreel.source.tree import parse

_EPISODES = re.compile(r"""^(["']?)episodes\1\s*:""", re.MULTILINE)
_UNNAMED = "a name in its path is not UTF-8; rename it"
_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"


class Differences(Strict):
    """What can be said of all films of a series, or of one of them."""

    creator: Creator | None = Field(
        default=None, description="The human behind the account. Under `shared`: of films that name none of their own."
    )
    hashtags: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="Hashtags, without #, added to the film's own."
    )
    format: Annotated[list[str | CustomFormat], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="In which formats: a name or a size, or a list of them. One film comes out for each."
    )
    look: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="In which looks: a name, or a list of them. One film comes out for each."
    )
    captions: Annotated[SeriesCaptions, BeforeValidator(where_alone)] | None = Field(
        default=None, description="Where captions go: burn, sidecar, both (if left out) or none; or keys and values."
    )
    loudness: float | None = Field(
        default=None, ge=-31, le=-9, description="Loudness of the film in LUFS; -14 if left out."
    )
    intro: str | None = Field(
        default=None, description="A scene file beside the series; its scenes go before the story."
    )
    outro: str | None = Field(
        default=None, description="A scene file beside the series; its scenes go after the story."
    )


class Entry(Differences):
    """One film of a series, or several by a pattern, and how they differ from the others."""

    scene: str = Field(
        min_length=1, description="The scene file, from the series' folder, or a pattern in it: `scenes/*.yaml`."
    )
    name: str | None = Field(default=None, pattern=_NAME, description="What the film's files are called.")
    title: str | None = Field(default=None, min_length=1, description="Another title than the scene file's.")
    message: str | None = Field(default=None, min_length=1, description="Another message of the creator.")
    cover: Duration | None = Field(
        default=None, description="When in the film its cover picture is; chosen if left out."
    )


def named_scene(value: object) -> object:
    """A plain string is a scene file, or a pattern."""
    return {"scene": value} if isinstance(value, str) else value


class Series(Strict):
    """A series file: many films that are rendered together."""

    storyreel: int = Field(ge=1, description="The version of the scene format: 1.")
    title: str = Field(min_length=1, description="The series' title.")
    shared: Differences = Field(default=Differences(), description="What all films share, where they say nothing else.")
    episodes: Annotated[
        list[Annotated[Entry, BeforeValidator(named_scene)]], Field(min_length=1), BeforeValidator(alone_or_listed)
    ] = Field(description="The films: scene files, patterns, or keys and values.")


@dataclass(frozen=True)
class Listed:
    """One scene file of a series.

    Attributes:
        name: what its film is called.
        scene: the file.
        entry: what its entry says, with what is shared where it says nothing.
        place: where the entry stands.
        own: keys that the entry itself says.
    """

    name: str
    scene: FilePath
    entry: Entry
    place: Place
    own: frozenset[str] = frozenset()


def is_series(path: FilePath) -> bool:
    """Whether a file lists episodes; a file that can't be read does not."""
    try:
        return bool(_EPISODES.search(file_text(path)))
    except SceneError:
        return False


def read_series(path: str | FilePath, words: Vocabulary = NOTHING) -> tuple[Series, tuple[Listed, ...]]:
    """A series file, and the scene files that it lists, in order; the scene files are not read.

    Raises:
        SceneError: everything that is wrong with the file, each with its line and column.
    """
    path = FilePath(path)
    tree, places = parse(file_text(path, "series"), str(path), "series")
    try:
        tree = upgrade(tree)
    except ValueError as error:
        raise SceneError([Problem(places(("storyreel",)), str(error))]) from error
    found = Findings(places, path.parent, words)
    _check(found, tree)
    try:
        series = Series.model_validate(tree)
    except ValidationError as error:
        refused = messages(error.errors(include_url=False), tree, places, Series)
        raise SceneError([*found.problems, *(said for _, said in refused)]) from error
    films = tuple(_films(series, path.parent, places, found))
    found.problems += _twice([(film.name, film.place) for film in films])
    if found.problems:
        raise SceneError(found.problems)
    return series, films


def scenes_named(path: str | FilePath) -> tuple[FilePath, ...]:
    """The scene files that a series file names and that are there, whatever else is wrong with it; in its order."""
    path = FilePath(path)
    try:
        tree, _ = parse(file_text(path, "series"), str(path), "series")
    except SceneError:
        return ()
    episodes = tree.get("episodes")
    rows = [mapping(named_scene(one)) for one in (episodes if isinstance(episodes, list) else [episodes])]
    told = [mapping(tree.get("shared")), *rows]
    parts = [path.parent / name for one in told for key in ("intro", "outro") if isinstance(name := one.get(key), str)]
    besides = frozenset(part.resolve() for part in (path, *parts))
    patterns = [one["scene"] for one in rows if isinstance(one.get("scene"), str)]
    found = [scene for pattern in patterns for scene in _scenes(path.parent, pattern, besides)]
    return tuple(dict.fromkeys(one for one in (*found, *parts) if isinstance(one, FilePath) and one.is_file()))


def listed_scenes(scenes: Sequence[FilePath]) -> tuple[Listed, ...]:
    """Scene files without a series.

    Raises:
        SceneError: two of them would give films of one name.
    """
    problems = [Problem(Place(str(scene)), _UNNAMED) for scene in scenes if not _named(scene)]
    if problems:
        raise SceneError(problems)
    films = tuple(Listed(film_name(scene), scene, Entry(scene=str(scene)), Place(str(scene))) for scene in scenes)
    problems = _twice([(film.name, film.place) for film in films])
    if problems:
        raise SceneError(problems)
    return films


def _check(found: Findings, tree: dict[str, Any]) -> None:
    """What the models can't know: whether names belong to something, and files are there."""
    spots: list[tuple[Path, dict[str, Any]]] = [(("shared",), mapping(tree.get("shared")))]
    spots += [(("episodes", index), mapping(entry)) for index, entry in enumerate(listed(tree.get("episodes")))]
    for path, said in spots:
        for where, form in items((*path, "format"), said.get("format")):
            found.name(where, form, "format", format_names())
        for where, look in items((*path, "look"), said.get("look")):
            found.look(where, look)
        for index, hashtag in enumerate(listed(said.get("hashtags"))):
            if isinstance(hashtag, str) and (hashtag.startswith("#") or not hashtag.strip() or " " in hashtag.strip()):
                found.at((*path, "hashtags", index), f"'{hashtag}': write one word, without the #")
        portrait, where = mapping(said.get("creator")).get("portrait"), (*path, "creator", "portrait")
        if isinstance(portrait, dict):
            portrait, where = portrait.get("file"), (*where, "file")
        found.file(where, portrait, "series")
        for key in ("intro", "outro"):
            found.file((*path, key), said.get(key), "series")
            if "/" in str(said.get(key)):
                found.at((*path, key), f"'{said[key]}': put it beside the series file, not in a folder")


def _films(series: Series, base: FilePath, places: Places, found: Findings) -> Iterator[Listed]:
    shared = (series.shared, *series.episodes)
    parts = (base / name for one in shared for name in (one.intro, one.outro) if name)
    besides = frozenset(path.resolve() for path in (FilePath(places.file), *parts))
    for index, entry in enumerate(series.episodes):
        place = places(("episodes", index, "scene"))
        own = frozenset(entry.model_fields_set)
        scenes = list(_scenes(base, entry.scene, besides))
        if isinstance(scenes[0], str):
            found.problems.append(Problem(place, scenes[0]))
            continue
        if entry.name is not None and len(scenes) > 1:
            found.at(
                ("episodes", index, "name"), f"'{entry.scene}' is {len(scenes)} films, and they can't share a name"
            )
            continue
        for scene in scenes:
            if isinstance(scene, FilePath) and not _named(scene):
                found.problems.append(Problem(place, f"'{scene.relative_to(base)}': {_UNNAMED}"))
            elif isinstance(scene, FilePath):
                yield Listed(entry.name or film_name(scene), scene, _with_shared(entry, series.shared), place, own)


def _scenes(base: FilePath, pattern: str, besides: frozenset[FilePath]) -> Iterator[FilePath | str]:
    """The scene files that an entry names, or what is wrong with it; a pattern does not mean `besides`."""
    if "\\" in pattern:
        yield f"'{pattern}': write paths with /"
    elif FilePath(pattern).is_absolute():
        yield f"'{pattern}' is an absolute path; name the scene from the series' folder"
    elif not glob.has_magic(pattern):
        yield base / pattern
    elif ".." in FilePath(pattern).parts:
        yield f"'{pattern}': a pattern stays in the series' folder; name scenes of other folders one by one"
    else:
        try:
            # Not glob.glob, which follows links, in circles too.
            found = sorted(path for path in base.glob(pattern) if _is_film(path, base, besides))
        except (OSError, ValueError, NotImplementedError) as error:
            yield f"'{pattern}' is no pattern: {error}"
            return
        yield from found if found else (f"no scene file matches '{pattern}'",)


def _is_film(path: FilePath, base: FilePath, besides: frozenset[FilePath]) -> bool:
    """Whether a pattern means this file: one inside the series' folder that is neither hidden nor one of `besides`."""
    hidden = any(part.startswith(".") for part in path.relative_to(base).parts)
    return (
        not hidden
        and path.is_file()
        and wrong_path(base, str(path.relative_to(base))) is None
        and path.resolve() not in besides
    )


def _named(scene: FilePath) -> bool:
    """Whether a scene's path and its film's name are text, which file names on Linux need not be."""
    try:
        f"{scene}{film_name(scene)}".encode()
    except UnicodeEncodeError:
        return False
    return True


def _with_shared(entry: Entry, shared: Differences) -> Entry:
    """An entry with what is shared where it says nothing of its own; hashtags and captions add up."""
    hashtags = [*dict.fromkeys([*shared.hashtags, *entry.hashtags])]
    given = {key: getattr(shared, key) for key in shared.model_fields_set - entry.model_fields_set}
    if entry.captions is not None and shared.captions is not None:
        own = {key: getattr(entry.captions, key) for key in entry.captions.model_fields_set}
        given["captions"] = shared.captions.model_copy(update=own)
    return entry.model_copy(update={**given, "hashtags": hashtags})


def _twice(names: list[tuple[str, Place]]) -> list[Problem]:
    """Complains of films that would overwrite each other, on disks that know no case as well."""
    first: dict[str, Place] = {}
    problems = []
    for name, place in names:
        before = first.setdefault(name.casefold(), place)
        if before is not place:
            line = f"in line {before.line}" if before.line else f"from {before}"
            problems.append(Problem(place, f"a second film called '{name}'; the first is {line}; give it a name"))
    return problems
