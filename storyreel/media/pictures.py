"""Any picture or clip by its path: whether it moves, what it shows at a time, and what is wrong with it."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from storyreel.assets import digest
from storyreel.errors import StoryreelError
from storyreel.media.kinds import open_media, picture_format
from storyreel.media.stills import Flipbook, Pixels, moves, try_still

_OPEN = 4
"""How many clips a worker keeps open: a decoder holds some pictures."""
_HAIR = 1e-6
"""A moment so little (s) before a frame is the frame's: seconds are floats."""


class Moving(Protocol):
    """Frames with their times: `starts` (s) of each, and how long all last."""

    starts: list[float]
    seconds: float

    def frame(self, index: int, size: tuple[int, int]) -> Pixels:
        """A frame, cut to cover a size in pixels."""

    def try_out(self) -> None:
        """Raises StoryreelError where it can't be shown."""


def clip(path: Path) -> Moving:
    """A video clip, or a picture that moves.

    Raises:
        StoryreelError: it can't be read; the message says why, but not which file it is.
    """
    import av

    from storyreel.media.clips import Reel

    try:
        return Flipbook(path) if picture_format(path) else Reel(path)
    except (OSError, av.FFmpegError) as error:
        raise StoryreelError(f"the file is damaged or cut off ({error.strerror or error})") from error


@lru_cache(maxsize=_OPEN)
def _kept(path: str, _digest: str) -> Moving:
    return clip(Path(path))


def frame_at(path: str, contents: str, seconds: float) -> int:
    """The number of the frame that a clip shows at a time; it loops.

    Raises:
        StoryreelError: as `clip`.
    """
    shown = _kept(path, contents)
    return max(bisect_right(shown.starts, (seconds + _HAIR) % shown.seconds) - 1, 0)


def frame(path: str, contents: str, index: int, size: tuple[int, int]) -> Pixels:
    """A frame of a clip, cut to cover a size; `contents` is the file's digest.

    Raises:
        StoryreelError: it can't be decoded.
    """
    return _kept(path, contents).frame(index, size)


def is_still(path: Path) -> bool:
    """Whether a file shows one picture.

    Raises:
        StoryreelError: it is a picture that can't be read.
        OSError: the file can't be read.
    """
    return picture_format(path) is not None and not moves(path)


def has_sound(path: Path) -> bool:
    """Whether a clip that can be shown is heard, too.

    Raises:
        OSError, av.FFmpegError: it can't be read.
    """
    if picture_format(path):
        return False
    from storyreel.media.clips import sound_stream

    with open_media(path) as container:
        return sound_stream(container) is not None


def picture_fault(path: Path) -> str | None:
    """Why a file can't be shown as a picture or a clip, or nothing."""
    return _fault(str(path), digest(path))


@lru_cache(maxsize=64)
def _fault(path: str, _digest: str) -> str | None:
    try:
        if is_still(Path(path)):
            try_still(Path(path))
        else:
            clip(Path(path)).try_out()
    except (StoryreelError, OSError) as error:
        return f"'{Path(path).name}' can't be read as a picture or a clip: {error}"
    return None
