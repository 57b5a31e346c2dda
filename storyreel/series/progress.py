"""How far a batch is: what has happened, counted as it goes, so that ten thousand films cost no more than ten."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["begun", "directed", "drawn", "finished", "failed", "skipped", "done"]


@dataclass(frozen=True)
class BatchEvent:
    """Something that happened in a batch.

    Attributes:
        kind: `begun` and `done`: the whole batch; the others: one film. `drawn`: some more frames of it are there.
        film: which.
        seconds: since the batch began.
        done_frames, total_frames: of the film.
        all_done, all_frames: of all films, as far as their lengths are known.
        fps: frames drawn a second by the whole batch so far.
        seconds_left: until the last frame of the last film, at that pace; films that are not directed yet are taken
            to be as long as the others. None while that can't be told.
        message: of `failed`: why.
    """

    kind: Kind
    film: str = ""
    seconds: float = 0.0
    done_frames: int = 0
    total_frames: int = 0
    all_done: int = 0
    all_frames: int = 0
    fps: float = 0.0
    seconds_left: float | None = None
    message: str = ""


BatchCallback = Callable[[BatchEvent], None]


class Pace:
    """Counts films, chunks and frames of a batch of so many films."""

    def __init__(self, films: int) -> None:
        self._films, self._began = films, time.monotonic()
        self._known = self._chunks = self._frames = 0
        self._drawn = 0
        self._drawing: dict[int, int] = {}
        self._ended = self._ended_frames = 0

    @property
    def left(self) -> int:
        """Films that have not ended."""
        return self._films - self._ended

    @property
    def chunks(self) -> float | None:
        """Chunks that a film has, on average of those that are known; None before the first."""
        return self._chunks / self._known if self._known else None

    def directed(self, frames: int, chunks: int) -> None:
        """A film's length is known."""
        self._known += 1
        self._frames += frames
        self._chunks += chunks

    def shown(self, order: int, frames: int) -> None:
        """An order has got so far."""
        self._drawing[order] = frames

    def drawn(self, order: int, frames: int) -> None:
        """An order is finished, or given up."""
        self._drawing.pop(order, None)
        self._drawn += frames

    def ended(self, frames: int) -> None:
        """A film is finished; with 0 frames, given up."""
        self._ended += 1
        self._ended_frames += frames

    def forgotten(self, frames: int, chunks: int) -> None:
        """A film whose length was known will not be there."""
        self._known -= 1
        self._frames -= frames
        self._chunks -= chunks

    def event(
        self, kind: Kind, film: str, frames: tuple[int, int], under_way: int, known: int, message: str
    ) -> BatchEvent:
        """An event of a film (`frames`: there, and in all), with the state of the whole batch.

        Args:
            under_way: frames that are there of films that have not ended.
            known: how many films there are that have not ended and whose length is known.
        """
        seconds = time.monotonic() - self._began
        pace = (self._drawn + sum(self._drawing.values())) / max(seconds, 1e-6)
        done = self._ended_frames + under_way
        left = None
        if pace and self._known:
            waiting = self._films - self._ended - known
            left = (self._frames - done + waiting * self._frames / self._known) / pace
        return BatchEvent(kind, film, round(seconds, 3), *frames, done, self._frames, round(pace, 2), left, message)
