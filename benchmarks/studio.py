"""Times the studio: from a save until the still it tells of is there, until its draft, until the film's own chunk.

    python benchmarks/studio.py SCENE.YAML 'burst: 14' 'burst: 2#' --frame 60 --saves 10

Saves a copy of the scene with the second text in place of the first, each time with another number for the `#`, so that
nothing is known before; the playhead stands at a frame that shows it.
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
    parser.add_argument("--frame", type=int, default=0)
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
                rows = _measured(studio.stdout.readline().strip(), path, text, asked)
            finally:
                studio.terminate()
    for name, values in zip(("still", "draft", "chunk"), zip(*rows, strict=True), strict=True):
        shown = " ".join(f"{one:.2f}" for one in values)
        print(f"{name}: median {statistics.median(values):.2f} s, most {max(values):.2f} s ({shown})")
    print("load", *(f"{one:.1f}" for one in os.getloadavg()))


def _measured(address: str, path: Path, text: str, asked: argparse.Namespace) -> list[tuple[float, float, float]]:
    heard: Any = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(f"{address}events", heard), daemon=True).start()
    body = json.dumps({"frame": asked.frame, "playing": False}).encode()
    _made(heard, asked.frame, lambda film: True)
    own = {"Origin": address.partition("/?")[0].rsplit("/", 2)[0]}
    urllib.request.urlopen(urllib.request.Request(f"{address}playhead", body, own, method="POST")).read()
    rows = []
    for number in range(asked.saves + 1):
        new = text.replace(asked.first, asked.second.replace("#", str(10 + number)))
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(new, encoding="utf-8")
        began = time.monotonic()
        beside.replace(path)
        found = _made(heard, asked.frame, lambda film, saved=new: bool(film["text"] == saved))
        if number:  # the first save comes while the rest of the film is still being drawn
            rows.append((found[0] - began, found[1] - began, found[2] - began))
        time.sleep(asked.pause)
    return rows


def _listen(address: str, heard: Any) -> None:
    with urllib.request.urlopen(address) as lines:
        for line in lines:
            if line.startswith(b"data: "):
                heard.put((time.monotonic(), json.loads(line[6:])))


def _made(heard: Any, frame: int, right: Any) -> tuple[float, float, float]:
    """When the still of a film, its draft and its own chunk of a frame are there."""
    at: dict[str, float] = {}
    keys: dict[str, str] = {}
    still = 0.0
    while len(at) < 2:
        now, told = heard.get(timeout=600)
        if told["type"] == "film" and right(told):
            still = now
            seen = min(frame, told["length"] - 1)
            keys = {
                next(one["key"] for one in told[size] if one["start"] <= seen < one["end"]): size
                for size in ("drafts", "full")
            }
            at = {size: now for key, size in keys.items() if told["states"].get(key) == "ready"}
        elif told["type"] == "chunk" and told["state"] == "ready" and told["key"] in keys:
            at[keys[told["key"]]] = now
    return still, at["drafts"], at["full"]


if __name__ == "__main__":
    main()
