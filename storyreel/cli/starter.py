"""Starts a film: a folder with a scene that works, its schema, and a stand-in for the portrait."""

from __future__ import annotations

import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storyreel.assets import asset, shipped
from storyreel.errors import StoryreelError
from storyreel.film.reading import schema_text

TEMPLATE = "first-film"
TITLE = '"First film"'
"""The title in the template's text, quotes included, that gives way to the new film's."""
_NO_TEXT = frozenset(("Cc", "Cs"))
"""Unicode's categories of control characters and of surrogates, which stand for what could not be decoded."""
PORTRAIT = "portrait.png"


def start(folder: Path, template: str = TEMPLATE) -> tuple[Path, ...]:
    """Makes a folder from a template, with the film's title filled in; gives the files in it.

    The folder appears whole or not at all.

    Raises:
        StoryreelError: the folder is there already, or can't be made.
    """
    try:
        there = folder.exists()
    except OSError as error:
        raise StoryreelError(f"{folder} can't be made: {error.strerror}") from error
    if there:
        raise StoryreelError(f"{folder} is there already; choose another name")
    title = " ".join(folder.resolve().name.replace("_", " ").replace("-", " ").split()).capitalize()
    if not title or any(unicodedata.category(sign) in _NO_TEXT for sign in title):
        raise StoryreelError(f"{str(folder)!r} gives the film no name; choose another one")
    with _whole(folder) as making:
        for source in sorted(shipped("templates").joinpath(template).glob("*.yaml")):
            text = source.read_text(encoding="utf-8").replace(TITLE, _quoted(title))
            (making / source.name).write_text(text, encoding="utf-8")
        shutil.copyfile(asset("portraits", "stand-in.png"), making / PORTRAIT)
        (making / "scene.schema.json").write_text(schema_text(installed=True), encoding="utf-8")
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _quoted(text: str) -> str:
    """A text as a YAML double-quoted scalar, so that no name can break the file."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """A temporary folder beside `folder`, moved in place when the block ends well."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        making.chmod(0o755)
    except OSError as error:
        raise StoryreelError(f"{folder} can't be made: {error.strerror}") from error
    try:
        yield making
        os.rename(making, folder)  # noqa: PTH104 -- refuses a folder that has appeared meanwhile and holds something
    except OSError as error:
        raise StoryreelError(f"{folder} can't be made: {error.strerror}") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
