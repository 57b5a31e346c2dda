"""Looks that other packages bring, by the entry points of one group; none is imported before it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

from storyreel.errors import StoryreelError
from storyreel.treatment.look import CONTRACT, Look

GROUP = "storyreel.looks"
"""The group of entry points: `crayon = "crayon_look:LOOK"`."""
FACES = ("caption", "title", "body", "label")
"""The roles of type that every look has faces for."""
_NAME = re.compile("[a-z][a-z0-9_-]*")


@cache
def _entries() -> Mapping[str, tuple[EntryPoint, ...]]:
    """The entry points by their names; more than one where packages bring looks of one name."""
    found: dict[str, tuple[EntryPoint, ...]] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, _package(entry))):
        found[entry.name] = (*found.get(entry.name, ()), entry)
    return found


def installed_names() -> tuple[str, ...]:
    """The names of the looks that other packages bring, in alphabetical order."""
    return tuple(_entries())


def _package(entry: EntryPoint) -> str:
    """Who brings a look: `crayon-look 1.0`."""
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist is not None else entry.value


def _entry(name: str) -> EntryPoint:
    first, *others = _entries().get(name) or (None,)
    if first is None:
        raise StoryreelError(f"no package that is installed brings a look '{name}'")
    if others:
        every = " and ".join(map(_package, (first, *others)))
        raise StoryreelError(f"the look '{name}' is brought by {every}; uninstall all but one")
    return first


def package_of(name: str) -> str:
    """The name and the version of the package that brings an installed look.

    Raises:
        StoryreelError: none brings it, or more than one.
    """
    return _package(_entry(name))


@contextmanager
def loading(name: str) -> Iterator[None]:
    """Runs code of an installed look.

    Raises:
        StoryreelError: whatever goes wrong there, with the package that it is to be mended in.
    """
    try:
        yield
    except Exception as error:
        # It is the code of others: anything may come out of it.
        said = " ".join(str(error).split())
        raise StoryreelError(
            f"the look '{name}' of {package_of(name)} can't be loaded: {type(error).__name__}: {said}"
        ) from error


def load(name: str) -> Look:
    """An installed look, its data alone.

    Raises:
        StoryreelError: it can't be loaded, is made for another contract, or is not what a look must be.
    """
    entry = _entry(name)
    with loading(name):
        found = entry.load()
    who = f"the look '{name}' of {_package(entry)}"
    if not isinstance(found, Look):
        raise StoryreelError(
            f"{who}: {entry.value} must be a storyreel.treatment.look.Look, and is of type {type(found).__name__}"
        )
    if found.contract != CONTRACT:
        older = entry.dist.name if found.contract < CONTRACT and entry.dist is not None else "storyreel"
        raise StoryreelError(
            f"{who} is made for contract {found.contract}; this storyreel has {CONTRACT}; update {older}"
        )
    if found.name != name:
        raise StoryreelError(f"{who} calls itself '{found.name}'; its entry point must have the same name")
    if _NAME.fullmatch(name) is None:
        raise StoryreelError(f"{who}: a look's name is lower-case letters, digits, _ and -")
    if lacking := [role for role in FACES if not found.faces.get(role)]:
        raise StoryreelError(f"{who} has no faces for {' and '.join(lacking)}")
    # Only who names a look of others waits for its faces to be looked up.
    from storyreel.text.chain import chain

    for role in FACES:
        try:
            chain(found.faces[role])
        except StoryreelError as error:
            raise StoryreelError(f"{who}: {error}") from error
    return found


def files_of(name: str) -> Iterator[tuple[str, Path]]:
    """Every file of an installed look, by a name that is the same on every machine: its packages and its fonts.

    Raises:
        StoryreelError: the look can't be loaded.
    """
    found, entry = load(name), _entry(name)
    with loading(name):
        roots = {entry.module: _root(entry.module), found.pen: _root(found.pen), "fonts": found.fonts}
    for label, root in roots.items():
        if root is None:
            continue
        paths = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.is_file())
        for path in paths:
            if "__pycache__" not in path.parts:
                yield f"{label} {path.relative_to(root.parent).as_posix()}", path


def _root(module: str) -> Path | None:
    """The folder of the outermost regular package around a module, or its file where there is none; it isn't loaded."""
    for outer in accumulate(module.split("."), "{}.{}".format):
        spec = find_spec(outer)
        if spec is not None and spec.has_location and spec.origin is not None:
            file = Path(spec.origin)
            return file.parent if file.stem == "__init__" else file
    return None
