"""What goes wrong while rendering, said once."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storyreel.errors import StoryreelError


class RenderError(StoryreelError):
    """A film could not be rendered or written."""


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What fails inside for want of room or permission becomes one message about `path`, which is being written.

    Raises:
        RenderError: in place of an OSError.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise RenderError(f"{path}: the disk is full; nothing was left half-written") from error
        reason = error.strerror or str(error)
        raise RenderError(f"{path}: cannot write here: {reason[:1].lower()}{reason[1:]}") from error
