"""Folders for what a process needs only while it runs."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "storyreel-"
_BORN = 60.0
"""Seconds within which a folder may not have been claimed yet by who has made it."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder among the system's temporary files, gone when the block ends.

    What a process that was killed has left is removed by the next one: nobody holds it locked any more.
    """
    _sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        claim = _claimed(Path(name))
        try:
            yield Path(name)
        finally:
            if claim is not None:
                os.close(claim)


def _claimed(folder: Path) -> int | None:
    """Locks a folder for as long as what is given here stays open; None where another process holds it."""
    if sys.platform == "win32":
        return None
    import fcntl

    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _sweep(among: Path) -> None:
    for folder in among.glob(f"{_PREFIX}*"):
        # What belongs to others, or is swept by another process at this moment, stays.
        with contextlib.suppress(OSError):
            state = folder.lstat()
            ours = not hasattr(os, "getuid") or state.st_uid == os.getuid()
            if ours and time.time() - state.st_mtime > _BORN and (claim := _claimed(folder)) is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(claim)
