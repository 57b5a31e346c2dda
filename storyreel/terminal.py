"""Shows a batch as it goes: bars on a terminal, lines elsewhere, or an event a line for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from storyreel.pace import BatchCallback, BatchEvent
from storyreel.render.progress import Due, clock, so_far


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
    print(json.dumps(asdict(event), ensure_ascii=False), flush=True)


def said(event: BatchEvent) -> str:
    """What a person is told of an event; nothing of most."""
    if event.kind == "finished":
        return f"{event.film}: finished, {event.total_frames} frames"
    if event.kind == "failed":
        return f"{event.film}: failed\n{event.message}"
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
        TextColumn("{task.description}"),
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
                    bars[event.film] = shown.add_task(event.film, pace="", left="", **fields)
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
