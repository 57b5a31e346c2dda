"""Worker processes that render chunks side by side."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

import storyreel
from storyreel.render.errors import RenderError
from storyreel.render.pipes import Beforehand, Errand, receive, send, send_drop
from storyreel.render.slices import ChunkOrder
from storyreel.render.timings import Stopwatch

_MALLOC = {
    "MALLOC_MMAP_THRESHOLD_": "8000000",
    "MALLOC_TRIM_THRESHOLD_": "67108864",
    "MALLOC_ARENA_MAX": "1",
}
"""What glibc's malloc is told in a worker: whole pictures (8.3 MB) are the system's and go back to it, and an encoder's
thread gets what the last one's left free.

By itself it puts pictures among all else, and what outlives them keeps their places: a worker grew to 560 MB instead of
450, chunk by chunk, so that a long film took more memory than a short one.
"""


@dataclass(frozen=True)
class Shown:
    """A worker has got so far (`frames`) with chunk `index`."""

    index: int
    frames: int


@dataclass(frozen=True)
class Done:
    """Chunk `index` is finished: its bytes; or an errand is, with what it gives."""

    index: int
    data: Any
    watch: Stopwatch


Event = Shown | Done


def default_jobs() -> int:
    """As many workers as this process may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def with_spare_core(order: ChunkOrder, waiting: int, jobs: int) -> ChunkOrder:
    """The order, and whether a core will be free beside it: one that fewer than `jobs` orders wait behind is among the
    last, of which some worker ends first."""
    return replace(order, spare=waiting < jobs > 1)


class WorkerDied(Exception):
    """The worker process ended in the middle of a chunk."""


class Dropped(Exception):
    """The chunk that was ordered is not wanted any more."""


class Worker:
    """One worker process, started on first use and again after it died."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._sending = threading.Lock()
        self._sent = 0
        # The order that was sent last: its index, and its number among all that was sent to this process.
        self._last: tuple[int, int] | None = None
        self._unwanted: int | None = None

    def start(self) -> subprocess.Popen[bytes]:
        # Whoever drops must not count with a process before, and two who start it at once start one.
        with self._sending:
            if self.process is None:
                package = str(Path(storyreel.__file__).resolve().parent.parent)
                paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
                self._sent, self._last = 0, None
                self.process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "storyreel.render.worker"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    process_group=0 if os.name == "posix" else None,
                    env={**_MALLOC, **os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                )
            return self.process

    def render(self, index: int, order: ChunkOrder | Errand) -> Iterator[Event]:
        """Has an order done; its events come as they happen.

        Raises:
            Dropped: it was dropped, before it was sent or while it was drawn.
            RenderError: it can't be done.
            WorkerDied: the worker ended over it.
        """
        process = self.start()
        source = cast("IO[bytes]", process.stdout)
        try:
            self._send(process, order, index)
            while True:
                kind, *rest = receive(cast(Any, source))
                if kind == "dropped":
                    raise Dropped
                if kind == "failed":
                    message, trace = rest
                    error = RenderError(message)
                    if trace:
                        error.add_note(trace)
                    raise error
                if kind == "done":
                    yield Done(index, *rest)
                    return
                yield Shown(index, *rest)
        except (EOFError, OSError) as error:
            self.stop()
            code = process.returncode
            raise WorkerDied(f"signal {-code}" if code < 0 else f"exit code {code}") from error

    def get_ready(self, errand: Errand) -> None:
        """Starts the worker now and has it do something that its chunks will be glad of; nothing comes back."""
        # A worker that is gone already is started again with its first chunk.
        with contextlib.suppress(OSError):
            self._send(self.start(), Beforehand(errand))

    def _send(self, process: subprocess.Popen[bytes], message: object, index: int | None = None) -> None:
        with self._sending:
            if index is not None and index == self._unwanted:
                raise Dropped
            self._sent += 1
            if index is not None:
                self._last = index, self._sent
            send(cast(Any, process.stdin), message)

    def drop(self, index: int) -> None:
        """Has the order of that index given up, if it is not done first: whoever waits for it gets `Dropped`.

        One that is not sent yet is not sent at all, and one whose worker dies not again: its index must be its own. An
        errand that was sent goes on to its end.
        """
        with self._sending, contextlib.suppress(OSError, ValueError):
            self._unwanted = index
            if self.process is not None and self._last is not None and self._last[0] == index:
                send_drop(cast(Any, self.process.stdin), self._last[1])

    def errand(self, errand: Errand) -> Any:
        """Has an errand done; gives what it gave.

        Raises:
            RenderError: it can't be done.
            WorkerDied: the worker ended over it.
        """
        (done,) = self.render(-1, errand)
        return cast(Done, done).data

    def stop(self) -> None:
        """Ends the process now, whatever it does."""
        process, self.process = self.process, None
        if process is None:
            return
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class Pool:
    """Workers over a queue of orders; what is in flight is one chunk a worker. A context: leaving it ends them all."""

    def __init__(self, jobs: int) -> None:
        self.workers = [Worker() for _ in range(jobs)]
        self._events: queue.SimpleQueue[Event | BaseException] = queue.SimpleQueue()
        self._orders: deque[tuple[int, ChunkOrder]] = deque()
        self._stopped = threading.Event()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._orders.clear()
        for worker in self.workers:
            worker.stop()

    def render(self, orders: Iterable[tuple[int, ChunkOrder]]) -> Iterator[Event]:
        """Renders all orders, each with its index; events come as they happen, chunks in any order.

        Raises:
            RenderError: a chunk can't be rendered, or its worker died twice.
        """
        self._orders.extend(orders)
        left = len(self._orders)
        for worker in self.workers[:left]:
            threading.Thread(target=self._drive, args=(worker,), daemon=True).start()
        while left:
            event = self._events.get()
            if isinstance(event, BaseException):
                raise event
            yield event
            left -= isinstance(event, Done)

    def _drive(self, worker: Worker) -> None:
        """Feeds one worker until no order is left."""
        while not self._stopped.is_set():
            try:
                index, order = self._orders.popleft()
            except IndexError:
                return
            order = with_spare_core(order, len(self._orders), len(self.workers))
            try:
                self._render(worker, index, order)
            except BaseException as error:
                if not self._stopped.is_set():
                    self._events.put(error)
                return

    def _render(self, worker: Worker, index: int, order: ChunkOrder) -> None:
        """Renders one order; a worker that dies (killed for memory, say) gets one more chance."""
        try:
            for event in worker.render(index, order):
                self._events.put(event)
        except WorkerDied:
            if self._stopped.is_set():
                return
            try:
                for event in worker.render(index, order):
                    self._events.put(event)
            except WorkerDied as death:
                raise RenderError(
                    f"a render worker died twice ({death}) while drawing scene '{order.timeline.scenes[0].id}', "
                    f"frames {order.start} to {order.end}; is there enough memory? Try --jobs 1"
                ) from death
