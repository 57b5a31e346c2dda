"""A render worker: `python -m storyreel.render.worker`, orders in on standard input, chunks out on standard output.

It is a program of its own and neither forked nor spawned: forking copies the locks of running threads, and spawning
imports the user's script again. It ends when its parent is gone.
"""

from __future__ import annotations

import contextlib
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
from storyreel.render.pipes import Beforehand, packed, send
from storyreel.render.timings import Stopwatch

PROGRESS_EVERY = 5
"""Frames between two reports of progress."""


def _listen(pipe: BinaryIO, orders: queue.SimpleQueue[bytes]) -> None:
    """Reads orders as they were packed; a closed pipe means that the parent has ended: there is nobody to work for.

    They are unpacked by who works, as that imports modules, and two threads importing PyAV get in each other's way.
    """
    while True:
        try:
            orders.put(packed(pipe))
        except (EOFError, OSError):
            os._exit(0)


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answers orders, and runs errands (`storyreel.render.pool.Errand`), until the parent is gone.

    Each answer is `("shown", frames)` any number of times, then `("done", chunk, stopwatch)` or `("failed", error)`;
    `Beforehand` is not answered. What can't be unpacked (the parent runs another version of this package) failed too.
    """
    orders: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(source, orders), daemon=True).start()

    def shown(frames: int) -> None:
        if frames % PROGRESS_EVERY == 0:
            send(sink, ("shown", frames))

    while True:
        try:
            order = pickle.loads(orders.get())
            if isinstance(order, Beforehand):
                # What fails here fails again where it is needed, and is told there.
                with contextlib.suppress(Exception):
                    order.errand.run()
                continue
            data, watch = _done(order, shown)
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
