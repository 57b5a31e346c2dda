"""Where the time of a render went: a table for the terminal, and a trace for chrome://tracing or Perfetto."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyreel.render.atomic import whole_or_nothing
from storyreel.render.film import Report
from storyreel.render.timings import STEPS

if TYPE_CHECKING:
    from rich.table import Table

_NAMES = {"stage": "staging", "paint": "painting", "convert": "colour conversion", "encode": "encoding"}


def rows(report: Report) -> list[tuple[str, str]]:
    """The facts of a report, each with its value, ready to be shown."""
    tally, found = report.tally, []
    frames = max(tally.frames, 1)
    for step in STEPS:
        seconds = getattr(tally, step)
        share = seconds / tally.cpu if tally.cpu else 0.0
        found.append((_NAMES[step], f"{1000 * seconds / frames:.1f} ms a frame, {share:.0%}"))
    found.append(("frames", f"{report.frames} in the film, {tally.frames} rendered, {tally.drawn} drawn anew"))
    found.append(("chunks", f"{report.reused} of {report.chunks} out of the cache"))
    found.append(("sound", "out of the cache" if report.sound_reused else "made"))
    found.append(("wall time", f"{report.seconds:.2f} s with {report.jobs} worker{'s' if report.jobs != 1 else ''}"))
    if tally.encode:
        found.append(
            ("to encoding alone", f"{report.seconds * report.jobs / tally.encode:.2f} (wall × workers ÷ encoder CPU)")
        )
    return found


def table(report: Report) -> Table:
    """The facts as a table."""
    from rich.table import Table

    shown = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, value in rows(report):
        shown.add_row(name, value)
    return shown


def write_trace(report: Report, path: Path) -> None:
    """Writes the report's spans in the Trace Event Format: complete events, microseconds, a row for each thread.

    Raises:
        RenderError: the file can't be written.
    """
    zero = min((span.begin for span in report.spans), default=0)
    events: list[dict[str, Any]] = [
        {
            "name": span.name,
            "ph": "X",
            "ts": (span.begin - zero) / 1000,
            "dur": (span.end - span.begin) / 1000,
            "pid": span.process,
            "tid": span.thread,
        }
        for span in report.spans
    ]
    for process in sorted({span.process for span in report.spans}):
        name = "storyreel" if process == os.getpid() else f"worker {process}"
        events.append({"name": "process_name", "ph": "M", "pid": process, "args": {"name": name}})
    with whole_or_nothing(path) as temporary:
        temporary.write_text(json.dumps({"traceEvents": events, "displayTimeUnit": "ms"}), encoding="utf-8")
