"""How far a render is, and the bar that shows it on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from storyreel.errors import printable

LINE_EVERY = 10.0
"""Seconds between two lines where there is no terminal."""
Stage = Literal["pictures", "sound", "joining", "done"]


@dataclass(frozen=True)
class Progress:
    """How far a render is.

    Attributes:
        done_frames, total_frames: finished, of the whole film; frames out of the cache are finished at once.
        fps: frames drawn a second so far, from the first on; 0 while that can't be told.
        seconds_left: until the last frame, at that pace; None while that can't be told.
        stage: what is being waited for.
    """

    done_frames: int
    total_frames: int
    fps: float = 0.0
    seconds_left: float | None = None
    stage: Stage = "pictures"


ProgressCallback = Callable[[Progress], None]


class Meter:
    """Counts frames as chunks report them, and tells a callback."""

    def __init__(self, total: int, told: ProgressCallback | None) -> None:
        self._total, self._told = total, told
        self._given = 0
        self._chunks: dict[int, int] = {}
        self._first: tuple[float, int] | None = None

    def found(self, frames: int) -> None:
        """Frames that need no drawing."""
        self._given += frames
        self.tell("pictures")

    def shown(self, chunk: int, frames: int) -> None:
        """A chunk has got so far; a chunk that is begun again counts from its new start."""
        self._chunks[chunk] = frames
        self.tell("pictures")

    def tell(self, stage: Stage) -> None:
        """Tells the callback where things are."""
        if self._told is None:
            return
        drawn, now = sum(self._chunks.values()), time.monotonic()
        done = self._given + drawn
        # What comes before the first frames (speech, workers that start) says nothing of the pace.
        if drawn and self._first is None:
            self._first = (now, drawn)
        since, before = self._first or (now, drawn)
        pace = (drawn - before) / max(now - since, 1e-6)
        left = 0.0 if done == self._total else (self._total - done) / pace if pace > 0 else None
        self._told(Progress(done, self._total, pace, left, stage))


_WORDS: dict[Stage, str] = {
    "pictures": "Drawing",
    "sound": "Mixing sound",
    "joining": "Writing the film",
    "done": "Done",
}


class Due:
    """Says every ten seconds that it is time for a line, and not before."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self) -> bool:
        now = time.monotonic()
        if now - self._last < LINE_EVERY:
            return False
        self._last = now
        return True


def so_far(what: str, done: int, total: int, seconds_left: float | None) -> str:
    """A line that says how far things are."""
    return ", ".join(filter(None, (f"{what}: {done} of {total} frames", clock(seconds_left))))


def clock(seconds: float | None) -> str:
    """Time left as `1:02:03` or `2:03`; nothing where it isn't known."""
    if seconds is None:
        return ""
    hours, rest = divmod(round(seconds), 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d} left" if hours else f"{rest // 60}:{rest % 60:02d} left"


@contextmanager
def bar(title: str) -> Iterator[ProgressCallback]:
    """A progress bar on standard error for the time of the block: frames, frames a second, time left.

    Gives the callback to render with. Where standard error is not a terminal, it gets a line now and then instead.
    """
    if not sys.stderr.isatty():
        due = Due()

        def tell_line(progress: Progress) -> None:
            if due():
                said = _WORDS[progress.stage], progress.done_frames, progress.total_frames, progress.seconds_left
                print(so_far(*said), file=sys.stderr)

        yield tell_line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as RichProgress

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("frames"),
        TextColumn("{task.fields[pace]}"),
        TextColumn("{task.fields[left]}"),
    )
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(printable(title), total=None, pace="", left="")

        def tell(progress: Progress) -> None:
            shown.update(
                task,
                description=_WORDS[progress.stage],
                completed=progress.done_frames,
                total=progress.total_frames,
                pace=f"{progress.fps:.1f} fps" if progress.fps else "",
                left=clock(progress.seconds_left),
            )

        yield tell
