"""Opens the author's own editor at a line, where it has a window of its own."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from storyreel.errors import StoryreelError

_WINDOWED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"), ("--goto", "{file}:{line}:{column}")
    ),
    **dict.fromkeys(("subl", "zed", "zeditor", "pulsar", "lapce"), ("{file}:{line}:{column}",)),
    **dict.fromkeys(("gvim", "mvim", "neovide", "gedit", "gnome-text-editor"), ("+{line}", "{file}")),
    **dict.fromkeys(("idea", "pycharm", "webstorm"), ("--line", "{line}", "{file}")),
    "kate": ("--line", "{line}", "--column", "{column}", "{file}"),
    "mate": ("--line", "{line}:{column}", "{file}"),
    "emacsclient": ("--no-wait", "+{line}:{column}", "{file}"),
    "notepad++": ("-n{line}", "{file}"),
}
"""Editors with windows, and how each is told a place. Others need a terminal, and the studio has none to give."""


def inside(base: Path, name: str) -> Path:
    """A file of a project by its name, or by its path.

    Raises:
        StoryreelError: it is not there, or not in the project's folder.
    """
    home = base.resolve()
    try:
        path = (home / name).resolve()
        if path.is_relative_to(home) and path.is_file():
            return path
    except (OSError, ValueError) as error:
        raise StoryreelError(f"'{name}' can't be opened") from error
    raise StoryreelError(f"'{name}' is no file of this project")


def command(path: Path, line: int, column: int, environment: Mapping[str, str]) -> list[str] | None:
    """What opens a file in the editor that $VISUAL or $EDITOR names; None where it has no window, or there is none."""
    for name in ("VISUAL", "EDITOR"):
        words = shlex.split(environment.get(name, ""), posix=os.name == "posix")
        if not words:
            continue
        known = _WINDOWED.get(Path(words[0]).stem.lower())
        if known is None or shutil.which(words[0]) is None:
            continue
        # A word of one's own that waits for the window to be closed is for other programs.
        own = [word for word in words[1:] if word not in ("--wait", "-w")]
        place = {"file": str(path), "line": max(line, 1), "column": max(column, 1)}
        return [words[0], *own, *(word.format(**place) for word in known)]
    return None


def open_at(path: Path, line: int, column: int = 1) -> bool:
    """Opens the editor at a place; says whether there is one that can be opened from here."""
    words = command(path, line, column, os.environ)
    if words is None:
        return False
    quiet = subprocess.DEVNULL
    try:
        subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError:
        return False
    return True
