"""What goes wrong while rendering, said once."""

from __future__ import annotations

import errno
from pathlib import Path

from storyreel.errors import StoryreelError


class RenderError(StoryreelError):
    """A film could not be rendered or written."""


def unwritable(path: Path, cause: OSError) -> RenderError:
    """The one message for an output that can't be written: a full disk, a missing folder, no permission."""
    if cause.errno == errno.ENOSPC:
        return RenderError(f"{path}: the disk is full; nothing was left half-written")
    reason = cause.strerror or str(cause)
    return RenderError(f"{path}: cannot write here: {reason[:1].lower()}{reason[1:]}")
