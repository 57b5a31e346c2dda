"""Being stopped: whatever signal ends the command, everything is tidied up first, and nothing is said about it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from functools import cache
from types import FrameType
from typing import Any, NoReturn

_STOPS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK") if hasattr(signal, name)
)


class Stop:
    """The signal that has come, if one has."""

    def __init__(self) -> None:
        self.number: int | None = None

    def leave(self) -> NoReturn:
        """Ends the process, with 128 and the signal's number as shells have it.

        A thread that still mixes sound deep in native code is not waited for: the interpreter's own shutdown under it
        would end in an abort.
        """
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(128 + (self.number or signal.SIGINT))


@cache
def notice_stops() -> Stop:
    """From now on a signal that asks this process to end becomes a KeyboardInterrupt in the main thread.

    The same signal again ends the process at once; others that ask for the same are not heard any more. Signals that
    are ignored already, as by `nohup`, stay so. What is raised meanwhile where nobody can catch it is not printed: a
    library that is interrupted while it is imported says what it likes. Asked again, gives the same.
    """
    stop = Stop()

    def stopped(number: int, _: FrameType | None) -> None:
        stop.number = number
        for other in heard:
            signal.signal(other, signal.SIG_DFL if other == number else signal.SIG_IGN)
        raise KeyboardInterrupt

    heard = [one for one in _STOPS if signal.getsignal(one) in (signal.SIG_DFL, signal.default_int_handler)]
    for one in heard:
        signal.signal(one, stopped)
    unraisable, in_thread = sys.unraisablehook, threading.excepthook

    def unless_stopped(hook: Any) -> Any:
        return lambda error: hook(error) if stop.number is None else None

    sys.unraisablehook, threading.excepthook = unless_stopped(unraisable), unless_stopped(in_thread)
    return stop
