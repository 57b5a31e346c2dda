"""A render worker: `python -m storyreel.render.worker`, orders in on standard input, chunks out on standard output.

It is a program of its own and neither forked nor spawned: forking copies the locks of running threads, and spawning
imports the user's script again. It ends when its parent is gone.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from storyreel.errors import StoryreelError
from storyreel.render.pipes import Beforehand, dropped, packed, send
from storyreel.render.timings import Stopwatch

SELDOM = (50_000, 20, 1000)
"""When Python looks for what nobody refers to: drawings are millions of tuples that stay, and going through them at its
own pace takes an eighth of painting."""
PROGRESS_EVERY = 5
"""Frames between two reports of progress."""


class _Dropped(Exception):
    """The order that is worked on is not wanted any more."""


class _Desk:
    """The orders that have come, as they were packed, and the number of the last one that was dropped.

    They are unpacked by who works, as that imports modules, and two threads importing PyAV get in each other's way.
    """

    def __init__(self) -> None:
        self.orders: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.dropped = 0

    def listen(self, pipe: BinaryIO) -> None:
        """Reads what comes; a closed pipe means that the parent has ended: there is nobody to work for."""
        while True:
            try:
                message = packed(pipe)
            except (EOFError, OSError):
                os._exit(0)
            number = dropped(message)
            if number is None:
                self.orders.put(message)
            else:
                self.dropped = number


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answers orders, and runs errands (`storyreel.render.pool.Errand`), until the parent is gone.

    Each answer is `("shown", frames)` any number of times, then `("done", chunk, stopwatch)` or `("failed", error)`;
    or `("dropped",)` for a chunk that was dropped before it was done. `Beforehand` is not answered. What can't be
    unpacked (the parent runs another version of this package) failed too.
    """
    desk, number = _Desk(), 0
    threading.Thread(target=desk.listen, args=(source,), daemon=True).start()

    def shown(frames: int) -> None:
        if desk.dropped == number:
            raise _Dropped
        if frames and frames % PROGRESS_EVERY == 0:
            send(sink, ("shown", frames))

    while True:
        try:
            message = desk.orders.get()
            number += 1
            order = pickle.loads(message)
            if isinstance(order, Beforehand):
                # What fails here fails again where it is needed, and is told there.
                with contextlib.suppress(Exception):
                    order.errand.run()
                continue
            data, watch = _done(order, shown)
        except _Dropped:
            send(sink, ("dropped",))
        except StoryreelError as error:
            send(sink, ("failed", str(error), ""))
        except Exception as error:
            send(sink, ("failed", f"{type(error).__name__}: {error}", traceback.format_exc()))
        else:
            send(sink, ("done", data, watch))


def _done(order: Any, shown: Callable[[int], None]) -> tuple[Any, Stopwatch]:
    """Does what is ordered; what that takes is imported for it, as an errand may need nothing that draws."""
    from storyreel.render.slices import ChunkOrder

    if not isinstance(order, ChunkOrder):
        return order.run(), Stopwatch()
    from storyreel.render.reel import render_chunk

    return render_chunk(order, shown)


def main() -> None:
    """Takes the pipes for itself, so that whatever prints can't end up among the chunks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*SELDOM)
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    devnull = os.open(os.devnull, os.O_RDONLY)
    os.dup2(devnull, 0)
    sys.stdout = sys.stderr
    try:
        serve(source, sink)
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
