"""Where the files that ship with storyreel lie, in a checkout and in an installed wheel alike."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def shipped(folder: str) -> Path:
    """The shipped folder of that name (`assets`, `templates`, `schema`).

    A wheel carries it inside the package; a checkout has it beside the package.
    """
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def asset(*parts: str) -> Path:
    """The path of a shipped asset, e.g. `asset("puppets", "michii", "michii.svg")`."""
    return shipped("assets").joinpath(*parts)


@cache
def _digest(path: Path, size: int, mtime_ns: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, remembered for as long as its size and time of change stay the same."""
    state = path.stat()
    return _digest(path, state.st_size, state.st_mtime_ns)
