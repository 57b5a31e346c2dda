"""Which files a scene or a series may name: those inside its own folder, nothing else; and what films are called."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

from storyreel.errors import StoryreelError


def wrong_path(base: Path, name: str, kind: str = "scene") -> str | None:
    """What is wrong with a file's name in a scene (or another `kind` of file) whose folder is `base`, or nothing."""
    if not name.strip() or "\0" in name:
        return f"needs the name of a file beside the {kind}"
    if "\\" in name:
        return f"'{name}': write paths with /"
    home = base.resolve()
    if Path(name).is_absolute() or PureWindowsPath(name).drive:
        return f"'{name}' is an absolute path; put the file beside the {kind} and name it from there"
    path = (home / name).resolve()
    if not path.is_relative_to(home):
        return f"'{name}' lies outside the {kind}'s folder; put the file beside the {kind}"
    if path.is_dir():
        return f"'{name}' is a folder, not a file"
    return None if path.is_file() else f"no file '{name}' beside the {kind}"


def file_beside(base: Path, name: str) -> Path:
    """The file that a scene in the folder `base` names.

    Raises:
        StoryreelError: it is not there, or the path leaves the folder.
    """
    message = wrong_path(base, name)
    if message is not None:
        raise StoryreelError(message)
    return (base.resolve() / name).resolve()


def is_drawing(name: str) -> bool:
    """Whether a name is that of an SVG file, in whatever case its ending is, rather than of a drawing that ships."""
    return name.lower().endswith(".svg")


def film_name(scene: Path) -> str:
    """A film is called as its file, or as its folder where the file is just `scene.yaml`."""
    return scene.stem if scene.stem != "scene" else scene.resolve().parent.name
