"""Finished pieces kept between renders: checked when they are read, bounded in size, safe to kill at any moment."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from storyreel.errors import StoryreelError
from storyreel.seal import HEAD, Seal, own_seal

_BLOCK = 1 << 20
LIMIT = 4 * 1024**3
"""Bytes that the cache may take, unless STORYREEL_CACHE_LIMIT (bytes) says otherwise."""

_DIGITS = 18
_ABANDONED = 3600.0
"""Seconds after which a piece that is still being written has lost its writer."""


@dataclass(frozen=True)
class CacheInfo:
    """Where a cache lies, and how full it is (bytes)."""

    folder: Path
    entries: int
    size: int
    limit: int


def cache_folder() -> Path:
    """The user's cache folder: STORYREEL_CACHE, else where the system keeps such things.

    Raises:
        StoryreelError: the user has no home folder.
    """
    if named := os.environ.get("STORYREEL_CACHE"):
        return Path(named)
    try:
        home = Path.home()
    except RuntimeError as error:
        raise StoryreelError("you have no home folder to keep a cache in; name a folder in STORYREEL_CACHE") from error
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "storyreel" / "Cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "storyreel"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "storyreel"


def _limit() -> int:
    named = os.environ.get("STORYREEL_CACHE_LIMIT", "")
    if not named:
        return LIMIT
    if not (named.isascii() and named.isdigit() and len(named) <= _DIGITS):
        raise StoryreelError(f"STORYREEL_CACHE_LIMIT must be a number of bytes, not '{named}'")
    return int(named)


class Cache:
    """Pieces by their keys, one file each, the least recently used given up first.

    Only what was written with the user's seal (`storyreel.seal`) comes back. A cache that can't be written to does no
    harm: `trouble` says why nothing is kept any more.
    """

    def __init__(self, folder: Path | None = None, limit: int | None = None) -> None:
        self.folder = folder or cache_folder()
        self.limit = _limit() if limit is None else limit
        self.trouble: str | None = None
        self.place = str(self.folder)

    @property
    def clips(self) -> Path:
        """The folder for spoken clips."""
        return self.folder / "clips"

    def _make_seal(self) -> Seal:
        """What entries are marked with.

        Raises:
            StoryreelError: there is no secret to be had.
        """
        return own_seal()

    @cached_property
    def _seal(self) -> Seal | None:
        try:
            return self._make_seal()
        except StoryreelError as error:
            self.trouble = self.trouble or str(error)
            return None

    def _path(self, key: str) -> Path:
        return Path(self.place) / "pieces" / key[:2] / key

    def get(self, key: str) -> bytes | None:
        """The piece, or None where there is none or it is not as it was put; such a one is removed."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if self._seal is None:
            return None
        piece = self._seal.unwrapped(path.name, data)
        if piece is None:
            path.unlink(missing_ok=True)
            return None
        try:
            os.utime(path)
        except OSError as error:
            self.trouble = self.trouble or f"the cache is read-only: {error.strerror}"
        return piece

    def ahead(self, keys: Iterable[str]) -> None:
        """These will be asked for next, one after the other: a cache that is far away fetches them together."""

    def copy(self, key: str, path: Path) -> bool:
        """Writes a piece to a file, however large it is; says whether there is one. One that is not as it was put is
        removed.

        Raises:
            OSError: the file can't be written.
        """
        kept = self._path(key)
        try:
            source = kept.open("rb")
        except OSError:
            return False
        with source, path.open("wb") as file:
            if self._seal is None:
                return False
            head, hasher = source.read(HEAD), hashlib.sha256()
            while block := source.read(_BLOCK):
                hasher.update(block)
                file.write(block)
        if not self._seal.fits(head, kept.name, hasher.digest()):
            kept.unlink(missing_ok=True)
            return False
        return True

    def put(self, key: str, piece: bytes) -> None:
        """Keeps a piece; after the first failure nothing more is kept."""
        self._keep(key, (piece,))

    def put_file(self, key: str, path: Path) -> None:
        """Keeps what a file holds, however large it is."""
        with path.open("rb") as file:
            self._keep(key, iter(lambda: file.read(_BLOCK), b""))

    def _keep(self, key: str, blocks: Iterable[bytes]) -> None:
        if self.trouble is not None or self._seal is None:
            return
        path = self._path(key)
        temporary: str | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(bytes(HEAD))
                hasher = hashlib.sha256()
                for block in blocks:
                    hasher.update(block)
                    file.write(block)
                file.seek(0)
                file.write(self._seal.head(path.name, hasher.digest()))
            Path(temporary).replace(path)
        except OSError as error:
            self.trouble = f"nothing more is kept in the cache {self.place}: {error.strerror}"
            if temporary is not None:
                Path(temporary).unlink(missing_ok=True)

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self.folder.rglob("*") if self.folder.is_dir() else ():
            try:
                state = path.stat()
            except OSError:
                continue
            if path.is_file():
                yield path, state

    def info(self) -> CacheInfo:
        """How full the cache is, spoken clips included."""
        sizes = [state.st_size for _, state in self._entries()]
        return CacheInfo(self.folder, len(sizes), sum(sizes), self.limit)

    def trim(self) -> None:
        """Gives up the pieces that were not used for longest, until the rest fits the limit."""
        now = time.time()
        kept: list[tuple[float, int, Path]] = []
        for path, state in self._entries():
            if path.suffix == ".part":
                if now - state.st_mtime > _ABANDONED:
                    path.unlink(missing_ok=True)
            else:
                kept.append((state.st_mtime, state.st_size, path))
        size = sum(entry[1] for entry in kept)
        for _, length, path in sorted(kept):
            if size <= self.limit:
                return
            path.unlink(missing_ok=True)
            size -= length

    def clear(self) -> CacheInfo:
        """Empties the cache; gives what it held.

        Raises:
            StoryreelError: it can't be removed.
        """
        held = self.info()
        for part in ("pieces", "clips"):
            try:
                shutil.rmtree(self.folder / part)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise StoryreelError(f"{self.folder}: cannot empty the cache: {error.strerror}") from error
        return held
