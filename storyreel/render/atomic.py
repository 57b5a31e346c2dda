"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storyreel.render.errors import RenderError, writing


@contextmanager
def whole_or_nothing(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`, moved in place when the block ends well, and removed when it does not.

    Raises:
        RenderError: the place can't be written to.
    """
    if path.is_dir():
        raise RenderError(f"{path}: cannot write here: it is a folder")
    _sweep(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with writing(path):
            temporary.touch()
        yield temporary
        with writing(path):
            temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _sweep(path: Path) -> None:
    """Removes what a render of the same film that was killed has left."""
    for stale in path.parent.glob(f".{glob.escape(path.name)}.*.part") if path.parent.is_dir() else ():
        owner = stale.name.rsplit(".", 2)[1]
        if owner.isdigit() and not _alive(int(owner)):
            stale.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
