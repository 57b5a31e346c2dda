"""A value that the script moves now and then, gathered while directing and frozen into a channel at the end."""

from __future__ import annotations

from storyreel.timeline.track import Channel, Keyframe, Track, quantised


class KeyLine:
    """One channel in the making. Of its moves, the one that begins later takes over, in whatever order they come."""

    def __init__(self, value: float) -> None:
        self._rest = Keyframe(0, quantised(value))
        self._keys = [self._rest]
        self._moves: list[tuple[int, int, float, str]] = []
        self._track: Track | None = None
        """The keys as a track, until they change."""

    def at(self, frame: int) -> float:
        """The value at a frame, as directed so far."""
        return self._tracked().at(frame)

    def _tracked(self) -> Track:
        if self._track is None:
            self._track = Track(tuple(self._keys))
        return self._track

    @property
    def last(self) -> float:
        """The value it comes to rest at."""
        return self._keys[-1].value

    @property
    def most(self) -> float:
        """The greatest value that it comes by."""
        return max(key.value for key in self._keys)

    @property
    def ends(self) -> int:
        """The frame at which it comes to rest."""
        return self._keys[-1].frame

    def move(self, frame: int, frames: int, value: float, ease: str = "inout") -> None:
        """Goes to `value` from `frame` on, over so many frames; at once if 0."""
        move = (max(frame, 0), frames, value, ease)
        late = bool(self._moves) and move[0] < self._moves[-1][0]
        self._moves.append(move)
        if late:
            # A beat's moments are known after its times: what begins earlier may be told later.
            self._moves.sort(key=lambda known: known[0])
            self._keys, self._track = [self._rest], None
            for known in self._moves:
                self._go(*known)
        else:
            self._go(*move)

    def _go(self, frame: int, frames: int, value: float, ease: str) -> None:
        here = self.at(frame)
        self._track = None
        self._keys = [key for key in self._keys if key.frame < frame]
        if frames <= 0:
            if self._keys:
                held = self._keys[-1]
                self._keys[-1] = Keyframe(held.frame, held.value, "hold")
            self._keys.append(Keyframe(frame, quantised(value)))
        else:
            self._keys += [Keyframe(frame, here, ease), Keyframe(frame + frames, quantised(value))]

    def channel(self) -> Channel:
        """The frozen channel."""
        if len({key.value for key in self._keys}) == 1:
            return self._keys[0].value
        return self._tracked()
