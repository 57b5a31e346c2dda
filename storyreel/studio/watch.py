"""Files that are watched by their names: editors that write another file and rename it are seen as well."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

State = tuple[tuple[str, int, int, int], ...]
"""Of each file its path, its number, its size and when it was changed; zeros for one that is not there."""


def state_of(paths: Iterable[Path]) -> State:
    """How files are now."""
    return tuple(_one(path) for path in sorted(set(paths)))


def _one(path: Path) -> tuple[str, int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return (str(path), 0, 0, 0)
    return (str(path), found.st_ino, found.st_size, found.st_mtime_ns)


class Watch:
    """Tells a save once it is whole: when files differ from what was last taken, and stay so from one look to the next.

    An editor may empty a file before it writes it, or write it in pieces.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = tuple(paths)
        self._taken: State | None = None
        self._seen: State | None = None

    def follow(self, paths: Iterable[Path]) -> None:
        """From now on these are watched; as they are now is what was taken, where they were not watched before."""
        known = dict(zip(self._paths, self._taken or (), strict=False)) if self._taken is not None else {}
        self._paths = tuple(sorted(set(paths)))
        if self._taken is not None:
            self._taken = tuple(known.get(path, _one(path)) for path in self._paths)
        self._seen = None

    def take(self) -> None:
        """What there is now is read."""
        self._paths = tuple(sorted(set(self._paths)))
        self._taken = self._seen = state_of(self._paths)

    def changed(self) -> bool:
        """Whether anything differs from what was taken, be it whole or not."""
        return state_of(self._paths) != self._taken

    def settled(self) -> bool:
        """Whether there is something to take: it differs, and is as it was when this was asked last."""
        now = state_of(self._paths)
        before, self._seen = self._seen, now
        return now != self._taken and now == before
