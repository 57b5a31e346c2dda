"""Reads a scene file: YAML in, a script and the place of everything in it out; everything wrong is said at once."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from storyreel.errors import Place, Problem, SceneError
from storyreel.script.check import problems
from storyreel.script.ending import unfolded
from storyreel.script.messages import messages
from storyreel.script.models import Script
from storyreel.script.upgrade import upgrade
from storyreel.script.vocabulary import NOTHING, Vocabulary
from storyreel.source.again import parse_again
from storyreel.source.places import Places
from storyreel.source.tree import LONGEST, TOO_LONG


def read_scene(path: str | Path, words: Vocabulary = NOTHING) -> Script:
    """The script in a scene file.

    Args:
        path: the file; messages name it as it is given here.
        words: the names that other rooms know; what is not in it is not checked.

    Raises:
        SceneError: everything that is wrong with the file, each with its line and column.
    """
    return read_scene_with_places(path, words)[0]


def read_scene_with_places(path: str | Path, words: Vocabulary = NOTHING) -> tuple[Script, Places]:
    """As `read_scene`, and where everything stands, so that later steps can name the line too."""
    return read_text_with_places(file_text(path), str(path), Path(path).parent, words)


def file_text(path: str | Path, kind: str = "scene", name: str = "") -> str:
    """The text of an author's file; messages call it `name`, or else as it is given here.

    Raises:
        SceneError: it can't be read, is too long, or is not UTF-8.
    """
    name = name or str(path)
    try:
        with Path(path).open("rb") as opened:
            data = opened.read(4 * LONGEST + 1)
    except FileNotFoundError:
        raise SceneError([Problem(Place(name), "no such file")]) from None
    except IsADirectoryError:
        raise SceneError([Problem(Place(name), f"is a folder; name the {kind} file in it")]) from None
    except OSError as error:
        raise SceneError([Problem(Place(name), f"can't be read: {error.strerror}")]) from error
    if len(data) > 4 * LONGEST:  # as many bytes as the longest text can have
        raise SceneError([Problem(Place(name, 1, 1), TOO_LONG)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise SceneError([Problem(Place(name, line, column), "not UTF-8 text; save the file as UTF-8")]) from error


def read_text(text: str, name: str = "scene.yaml", base: str | Path = ".", words: Vocabulary = NOTHING) -> Script:
    """The script in a text; `name` is what messages call it, `base` the folder whose files it may name."""
    return read_text_with_places(text, name, base, words)[0]


def read_text_with_places(
    text: str, name: str = "scene.yaml", base: str | Path = ".", words: Vocabulary = NOTHING
) -> tuple[Script, Places]:
    """As `read_text`, and where everything stands."""
    tree, places = parse_again(text, name)
    try:
        tree = upgrade(tree)
    except ValueError as error:
        raise SceneError([Problem(places(("storyreel",)), str(error))]) from error
    told, places = unfolded(tree, places)
    found = problems(told, places, Path(base), words)
    wrong = list(found.problems)
    try:
        script = Script.model_validate(tree)
    except ValidationError as error:
        refused = messages(error.errors(include_url=False), tree, places)
        ignored = found.unknown
        wrong += [said for at, said in refused if not any(at[: len(key)] == key for key in ignored)]
        raise SceneError(wrong) from error
    if wrong:
        raise SceneError(wrong)
    return script, places
