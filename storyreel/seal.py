"""Marks what storyreel has written, so that nobody else's bytes in its cache are taken for its own.

A checksum shows damage, not who has written something. Each entry carries an HMAC-SHA256 (RFC 2104) over its name and
the digest of what it holds, by a secret that lies outside of the cache: who can write there but does not know it can
make no entry that counts, nor give one entry the name of another.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from storyreel.errors import StoryreelError

VARIABLE = "STORYREEL_CACHE_SECRET"
_MAGIC = b"storyreel sealed 1\n"
_MARK = 32
HEAD = len(_MAGIC) + _MARK
"""Bytes before what an entry holds."""
_LEAST = 16
"""Characters that a secret has at least."""


@dataclass(frozen=True)
class Seal:
    """What entries are marked with; without a secret a mark shows damage alone."""

    secret: bytes = field(repr=False)

    def head(self, name: str, digest: bytes) -> bytes:
        """What stands before an entry of that name; `digest` is the SHA-256 of what it holds."""
        return _MAGIC + hmac.digest(self.secret, name.encode() + b"\0" + digest, "sha256")

    def fits(self, head: bytes, name: str, digest: bytes) -> bool:
        """Whether an entry was written with this seal and is as it was."""
        return hmac.compare_digest(head, self.head(name, digest))

    def wrapped(self, name: str, piece: bytes) -> bytes:
        """An entry that holds a piece."""
        return self.head(name, hashlib.sha256(piece).digest()) + piece

    def unwrapped(self, name: str, data: bytes) -> bytes | None:
        """What an entry holds; None where it is damaged, or somebody else's."""
        piece = memoryview(data)[HEAD:]
        return bytes(piece) if self.fits(data[:HEAD], name, hashlib.sha256(piece).digest()) else None


def own_seal() -> Seal:
    """The user's: by STORYREEL_CACHE_SECRET, or else by a secret that is made once and kept where only they can read.

    Raises:
        StoryreelError: it can't be kept, or is too short.
    """
    return _named() or _kept(_secret_file())


def shared_seal() -> Seal:
    """That of a cache which the user has named: by STORYREEL_CACHE_SECRET, or else whoever can write there is trusted.

    Raises:
        StoryreelError: the secret is too short.
    """
    return _named() or Seal(b"")


def _named() -> Seal | None:
    secret = os.environ.get(VARIABLE, "")
    if 0 < len(secret) < _LEAST:
        raise StoryreelError(f"{VARIABLE} needs {_LEAST} characters or more")
    return Seal(os.fsencode(secret)) if secret else None


def _secret_file() -> Path:
    try:
        home = Path.home()
    except RuntimeError as error:
        raise StoryreelError(_without_secret("you have no home folder")) from error
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "storyreel" / "secret"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "storyreel" / "secret"
    return Path(os.environ.get("XDG_STATE_HOME") or home / ".local" / "state") / "storyreel" / "secret"


@cache
def _kept(path: Path) -> Seal:
    try:
        secret = _read(path)
        if secret is None:
            _make(path)
            secret = _read(path)
    except OSError as error:
        raise StoryreelError(_without_secret(f"{path}: {error.strerror}")) from error
    if secret is None:
        raise StoryreelError(_without_secret(f"{path}: others can read it or write to it"))
    return Seal(secret)


def _without_secret(why: str) -> str:
    return f"the cache is not used, as no secret can be kept for it ({why}); {VARIABLE} may hold one"


def _read(path: Path) -> bytes | None:
    """The secret in a file; None where there is none that others can't know.

    Raises:
        OSError: it can't be read.
    """
    try:
        with path.open("rb") as file:
            state, secret = os.fstat(file.fileno()), file.read()
    except FileNotFoundError:
        return None
    if os.name == "posix" and (state.st_mode & 0o077 or os.geteuid() not in (0, state.st_uid)):
        return None
    return secret if len(secret) >= _LEAST else None


def _make(path: Path) -> None:
    """Makes a secret; of several processes that do so at once, one has its own in place, and all read that."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}.part")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(os.urandom(32).hex().encode())
        try:
            path.hardlink_to(temporary)
        except FileExistsError:
            if _read(path) is None:
                temporary.replace(path)
        except OSError:
            # A file system without hard links.
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
