"""Which files a scene or a series may name: those inside its own folder, nothing else; and what films are called."""

from __future__ import annotations

import unicodedata
from glob import escape
from pathlib import Path, PureWindowsPath

from storyreel.errors import StoryreelError

_SHOWN = 80
"""The most characters of a name that a message shows."""


def wrong_path(base: Path, name: str, kind: str = "scene") -> str | None:
    """What is wrong with a file's name in a scene (or another `kind` of file) whose folder is `base`, or nothing."""
    try:
        file_beside(base, name, kind)
    except StoryreelError as error:
        return str(error)
    return None


def file_beside(base: Path, name: str, kind: str = "scene") -> Path:
    """The file that a scene (or another `kind` of file) in the folder `base` names.

    Raises:
        StoryreelError: it is not there, or the path leaves the folder.
    """
    shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
    if not name.strip() or "\0" in name:
        raise StoryreelError(f"needs the name of a file beside the {kind}")
    if "\\" in name:
        raise StoryreelError(f"'{shown}': write paths with /")
    if Path(name).is_absolute() or PureWindowsPath(name).drive:
        raise StoryreelError(f"'{shown}' is an absolute path; put the file beside the {kind} and name it from there")
    try:
        home = base.resolve()
        path = resolved(home, name)
        if not path.is_relative_to(home):
            raise StoryreelError(f"'{shown}' lies outside the {kind}'s folder; put the file beside the {kind}")
        if path.is_dir():
            raise StoryreelError(f"'{shown}' is a folder, not a file")
        if not path.is_file():
            raise StoryreelError(f"no file '{shown}' beside the {kind}")
    except OSError as error:
        raise StoryreelError(f"'{shown}' can't be read: {error.strerror}") from error
    except RuntimeError as error:  # what `resolve` makes of such links before Python 3.13
        raise StoryreelError(f"'{shown}' is a link that leads in a circle") from error
    except UnicodeEncodeError as error:
        raise StoryreelError(f"'{ascii(shown)[1:-1]}' can't be the name of a file") from error
    return path


def resolved(home: Path, name: str) -> Path:
    """A file's path; where there is none, that of a file whose name only differs in its Unicode normal form.

    macOS, and archives made there, write `ë` as two characters; typed into a scene it is one.
    """
    path = (home / name).resolve()
    if name.isascii() or path.exists():
        return path
    found = home
    for part in Path(name).parts:
        wanted = unicodedata.normalize("NFC", part)
        inside = sorted(found.iterdir()) if found.is_dir() and found.resolve().is_relative_to(home) else []
        alike = (one.name for one in inside if unicodedata.normalize("NFC", one.name) == wanted)
        found = found / next(alike, part)
    return found.resolve()


def is_drawing(name: str) -> bool:
    """Whether a name is that of an SVG file, in whatever case its ending is, rather than of a drawing that ships."""
    return name.lower().endswith(".svg")


def is_sheet(name: str) -> bool:
    """Whether a name is that of a sheet of cells, which a puppet may be instead of an SVG."""
    return name.lower().endswith(".json")


def companion(path: Path) -> Path:
    """What lies beside a puppet's file, or may: the rig of an SVG, the picture of a sheet of cells."""
    return path.with_suffix(".png" if is_sheet(path.name) else ".rig.yaml")


def with_views(path: Path) -> tuple[Path, ...]:
    """A puppet's file and those beside it that may be views of it (`michii.svg`, `michii.close.svg`)."""
    beside = path.parent.glob(f"{escape(path.stem)}.*{escape(path.suffix)}")
    return (path, *sorted(view for view in beside if view.is_file())) if path.suffix else (path,)


def film_name(scene: Path) -> str:
    """A film is called as its file, or as its folder where the file is just `scene.yaml`."""
    return scene.stem if scene.stem != "scene" else scene.resolve().parent.name
