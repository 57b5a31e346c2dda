"""Drawn frames kept for the next time: an edit changes a second of a film, and its chunk shows more than that."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from av.video.frame import VideoFrame

ROOM = 256 << 20
"""Bytes of frames that one process keeps: some eighty of 1080x1920, more than a chunk has."""


class Drawn:
    """Frames by what they show, the least recently used given up first."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._taken = 0
        self._frames: OrderedDict[Hashable, VideoFrame] = OrderedDict()

    def get(self, shows: Hashable) -> VideoFrame | None:
        """The frame that shows this, if it is kept."""
        frame = self._frames.get(shows)
        if frame is not None:
            self._frames.move_to_end(shows)
        return frame

    def put(self, shows: Hashable, frame: VideoFrame) -> None:
        """Keeps a frame that is not kept yet."""
        self._frames[shows] = frame
        self._taken += _size(frame)
        while self._taken > self._room:
            self._taken -= _size(self._frames.popitem(last=False)[1])


def _size(frame: VideoFrame) -> int:
    return sum(plane.buffer_size for plane in frame.planes)
