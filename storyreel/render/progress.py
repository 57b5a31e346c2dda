"""How far a render is, and the bar that shows it on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from storyreel.errors import printable

Stage = Literal["pictures", "sound", "joining", "done"]


@dataclass(frozen=True)
class Progress:
    """How far a render is.

    Attributes:
        done_frames, total_frames: finished, of the whole film; frames out of the cache are finished at once.
        fps: frames drawn a second so far; 0 before the first.
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
        self._began = time.monotonic()

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
        drawn = sum(self._chunks.values())
        done = self._given + drawn
        pace = drawn / max(time.monotonic() - self._began, 1e-6)
        left = (self._total - done) / pace if drawn else (0.0 if done == self._total else None)
        self._told(Progress(done, self._total, pace, left, stage))


_WORDS: dict[Stage, str] = {
    "pictures": "Drawing",
    "sound": "Mixing sound",
    "joining": "Writing the film",
    "done": "Done",
}


@contextmanager
def bar(title: str) -> Iterator[ProgressCallback | None]:
    """A progress bar on standard error for the time of the block: frames, frames a second, time left.

    Gives the callback to render with; None, and no output at all, where standard error is not a terminal.
    """
    if not sys.stderr.isatty():
        yield None
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
            left = progress.seconds_left
            shown.update(
                task,
                description=_WORDS[progress.stage],
                completed=progress.done_frames,
                total=progress.total_frames,
                pace=f"{progress.fps:.1f} fps" if progress.fps else "",
                left="" if left is None else f"{int(left) // 60}:{int(left) % 60:02d} left",
            )

        yield tell
