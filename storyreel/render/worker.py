"""A render worker: `python -m storyreel.render.worker`, orders in on standard input, chunks out on standard output.

It is a program of its own and neither forked nor spawned: forking copies the locks of running threads, and spawning
imports the user's script again. It ends when its parent is gone.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import traceback
from typing import Any, BinaryIO

from storyreel.errors import StoryreelError
from storyreel.render.pipes import receive, send

PROGRESS_EVERY = 5
"""Frames between two reports of progress."""


def _listen(pipe: BinaryIO, orders: queue.SimpleQueue[Any]) -> None:
    """Reads orders; a closed pipe means that the parent has ended, so there is nobody left to work for.

    What can't be read (the parent runs another version of this package) is put among the orders as the error it made.
    """
    while True:
        try:
            orders.put(receive(pipe))
        except (EOFError, OSError):
            os._exit(0)
        except Exception as error:
            orders.put(error)


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answers orders, and runs errands (`storyreel.render.pool.Errand`), until the parent is gone.

    Each answer is `("shown", frames)` any number of times, then `("done", chunk, stopwatch)` or `("failed", error)`.
    """
    # Before the listener starts: reading an order imports modules too, and two threads importing PyAV get in each
    # other's way.
    from storyreel.render.reel import render_chunk
    from storyreel.render.slices import ChunkOrder
    from storyreel.render.tally import Stopwatch

    orders: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(source, orders), daemon=True).start()

    def shown(frames: int) -> None:
        if frames % PROGRESS_EVERY == 0:
            send(sink, ("shown", frames))

    while True:
        order = orders.get()
        try:
            if isinstance(order, Exception):
                raise order
            if isinstance(order, ChunkOrder):
                data, watch = render_chunk(order, shown)
            else:
                data, watch = order.run(), Stopwatch()
        except StoryreelError as error:
            send(sink, ("failed", str(error), ""))
        except Exception as error:
            send(sink, ("failed", f"{type(error).__name__}: {error}", traceback.format_exc()))
        else:
            send(sink, ("done", data, watch))


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
