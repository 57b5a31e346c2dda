"""Shows a batch as it goes: bars on a terminal, lines elsewhere, or an event a line for machines."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from storyreel.errors import printable
from storyreel.render.progress import Due, clock, so_far
from storyreel.series.progress import BatchCallback, BatchEvent

_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON may hold as it is, but steers a terminal or is no text."""


def json_text(data: Any, indent: int | None = None) -> str:
    """Data as JSON that is fit for a terminal: what would steer it is escaped."""
    written = json.dumps(data, indent=indent, ensure_ascii=False)
    return _STEERING.sub(lambda sign: f"\\u{ord(sign.group()):04x}", written)


@contextmanager
def batch_log(as_json: bool = False) -> Iterator[BatchCallback]:
    """The callback to render a batch with, for the time of the block.

    Finished films go to standard output and failures to standard error, a line each. Where standard error is a
    terminal, it shows a bar for each film under way and one for all, and otherwise a line now and then. With `as_json`
    standard output gets every event as one line of JSON, and nothing else is written.
    """
    if as_json:
        yield _tell_json
    elif sys.stderr.isatty():
        with _bars() as tell:
            yield tell
    else:
        due = Due()

        def tell_lines(event: BatchEvent) -> None:
            _tell_line(event)
            if event.all_frames and due():
                print(so_far("All films", event.all_done, event.all_frames, event.seconds_left), file=sys.stderr)

        yield tell_lines


def _tell_json(event: BatchEvent) -> None:
    print(json_text(asdict(event)), flush=True)


def said(event: BatchEvent) -> str:
    """What a person is told of an event; nothing of most."""
    if event.kind == "finished":
        return f"{printable(event.film)}: finished, {event.total_frames} frames"
    if event.kind == "failed":
        return "\n".join(map(printable, (f"{event.film}: failed", *event.message.split("\n"))))
    return ""


def _tell_line(event: BatchEvent) -> None:
    text = said(event)
    if text:
        print(text, file=sys.stderr if event.kind == "failed" else sys.stdout, flush=True)


@contextmanager
def _bars() -> Iterator[BatchCallback]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
        TextColumn("{task.fields[left]}"),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True) as shown:
        whole = shown.add_task("all films", total=None, pace="", left="")
        bars: dict[str, TaskID] = {}

        def tell(event: BatchEvent) -> None:
            fields: dict[str, Any] = {"completed": event.done_frames, "total": event.total_frames or None}
            if event.film and event.kind in ("directed", "drawn"):
                if event.film not in bars:
                    bars[event.film] = shown.add_task(printable(event.film), pace="", left="", **fields)
                shown.update(bars[event.film], **fields)
            elif event.film in bars:
                shown.remove_task(bars.pop(event.film))
            pace = f"{event.fps:.1f} frames a second" if event.fps else ""
            shown.update(
                whole,
                completed=event.all_done,
                total=event.all_frames or None,
                pace=pace,
                left=clock(event.seconds_left),
            )
            text = said(event)
            if text:
                console.print(text, markup=False, highlight=False, soft_wrap=True)

        yield tell
