"""Times the studio: from a save until the still it tells of is there, until its draft, until the film's own chunk.

    python benchmarks/studio.py SCENE.YAML 'burst: 14' 'burst: #' --saves 10

Saves a copy of the scene with the second text in place of the first, each time with another number of two digits for
the `#`, so that nothing is known before. What is waited for is what the author waits for: the picture, and the chunk,
that the playhead stands at, which goes to the beat of what was edited. Where the chunk in full comes
first, no draft is made, and the chunk counts as it. Beside the seconds stand those of CPU that the studio's processes
took until the chunk was there (of all they did in that time; on Linux alone): they tell more where others are at work.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

Heard = "queue.SimpleQueue[tuple[float, dict[str, Any]]]"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("scene", type=Path)
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("--saves", type=int, default=10)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds from a finished chunk to the next save")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "film"
        shutil.copytree(asked.scene.parent, folder)
        path = folder / asked.scene.name
        text = path.read_text(encoding="utf-8")
        if asked.first not in text:
            sys.exit(f"'{asked.first}' does not stand in {path.name}")
        kept = os.environ | {"STORYREEL_CACHE": str(Path(place) / "cache"), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "storyreel", "studio", str(path), "--no-open"]
        with subprocess.Popen(command, env=kept, stdout=subprocess.PIPE, text=True) as studio:
            assert studio.stdout is not None
            try:
                rows = _measured(studio.pid, studio.stdout.readline().strip(), path, text, asked)
            finally:
                studio.terminate()
    for name, values in zip(("still", "draft", "chunk", "CPU"), zip(*rows, strict=True), strict=True):
        shown = " ".join(f"{one:.2f}" for one in values)
        print(f"{name}: median {statistics.median(values):.2f} s, most {max(values):.2f} s ({shown})")
    print("load", *(f"{one:.1f}" for one in os.getloadavg()))


Row = tuple[float, float, float, float]


def _measured(studio: int, address: str, path: Path, text: str, asked: argparse.Namespace) -> list[Row]:
    heard: Any = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(f"{address}events", heard), daemon=True).start()
    _made(heard, lambda film: True)
    rows = []
    for number in range(asked.saves + 1):
        new = text.replace(asked.first, asked.second.replace("#", str(10 + number)))
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(new, encoding="utf-8")
        began, spent = time.monotonic(), _cpu(studio)
        beside.replace(path)
        found = _made(heard, lambda film, saved=new: bool(film["text"] == saved))
        if number:  # the first save comes while the rest of the film is still being drawn
            still, draft, chunk = (at - began for at in found)
            rows.append((still, draft, chunk, _cpu(studio) - spent))
        time.sleep(asked.pause)
    return rows


def _listen(address: str, heard: Any) -> None:
    with urllib.request.urlopen(address) as lines:
        for line in lines:
            if line.startswith(b"data: "):
                heard.put((time.monotonic(), json.loads(line[6:])))


def _cpu(process: int) -> float:
    """CPU seconds that a process and its children have taken; 0 where that can't be told."""
    spent = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if process in (int(folder.name), int(told[1])):
            spent += (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def _made(heard: Any, right: Any) -> tuple[float, float, float]:
    """When the still of a film, and the draft and its own chunk under the playhead, are there."""
    at: dict[str, float] = {}
    keys: dict[str, str] = {}
    stills: dict[int, float] = {}
    still = 0.0
    while "full" not in at:
        now, told = heard.get(timeout=600)
        if told["type"] == "still":
            stills[told["take"]] = now
        elif told["type"] == "film" and right(told):
            still = stills.get(told["take"], now)
            keys = {
                next(one["key"] for one in told[size] if one["start"] <= told["at"] < one["end"]): size
                for size in ("drafts", "full")
            }
            at = {size: now for key, size in keys.items() if told["states"].get(key) == "ready"}
        elif told["type"] == "chunk" and told["key"] in keys and told["state"] in ("ready", "failed"):
            if told["state"] == "failed":
                sys.exit("a chunk can't be drawn")
            at[keys[told["key"]]] = now
        elif told["type"] == "messages":
            wrong = [one for one in told["messages"] if one["level"] == "error"]
            if wrong:
                sys.exit("\n".join(f"{one['file']}:{one['line']}: {one['text']}" for one in wrong))
    return still, at.get("drafts", at["full"]), at["full"]


if __name__ == "__main__":
    main()
