"""Standard output and error as they may be: closed, full, or read by somebody who has had enough."""

from __future__ import annotations

import io
import os
import sys
from typing import Any, TextIO


class _Outlet(io.FileIO):
    """A stream whose failure stops no film: what can't be written any more is dropped, and `failed` says why."""

    failed: OSError | None = None

    def write(self, data: Any, /) -> int:
        if self.failed is None:
            try:
                return super().write(data)
            except OSError as error:
                self.failed = error
        return memoryview(data).nbytes


def settle() -> None:
    """Makes standard input, output and error fit to be used, for the rest of the process.

    One that is closed leads nowhere: otherwise the next file that is opened would take its place. Names that are no
    text are written with escapes.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115 -- for the rest of the process
    sys.stdout, sys.stderr = _stream(1, sys.stdout), _stream(2, sys.stderr)


def _stream(number: int, before: TextIO | None) -> TextIO:
    if before is not None and os.name != "posix":
        return before
    encoding = before.encoding if before is not None else "utf-8"
    buffer = io.BufferedWriter(_Outlet(number, "w", closefd=False))
    by_lines = number == 2 or buffer.isatty()
    return io.TextIOWrapper(buffer, encoding, errors="backslashreplace", line_buffering=by_lines)


def failure() -> OSError | None:
    """Why standard output can't be written to; nothing where whoever reads it has had enough."""
    sys.stdout.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    error = raw.failed if isinstance(raw, _Outlet) else None
    return None if isinstance(error, BrokenPipeError) else error
