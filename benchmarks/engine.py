"""How the engine does: workers, cache, memory, start-up; ratios from one run on this machine.

    python benchmarks/engine.py [scene.yaml]

Every render is a process of its own, as an author would start it, with a cache of its own in memory-backed storage:
a cold one with one worker and with two; one more with nothing changed; one after the first spoken line became two words
longer; one after the reveal's message changed; and the film ten times over, whose peak memory is compared.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from render import EXAMPLE, memory

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-c", "from storyreel.cli.commands import main; main()"]


@dataclass(frozen=True)
class Run:
    """One process: its wall time in seconds, the peak memory of it and its children in bytes, what it said."""

    seconds: float
    memory: int
    said: str


def resident(process: int) -> int:
    """Memory of a process and its children now, each page of shared memory counted once for each (Linux)."""
    total = 0
    try:
        status = Path(f"/proc/{process}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        total += int(found.group(1)) * 1024 if found else 0
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            total += sum(resident(int(child)) for child in task.read_text().split())
    except OSError:
        return total
    return total


def run(arguments: list[str], cache: Path) -> Run:
    """Runs the storyreel command."""
    environment = os.environ | {"STORYREEL_CACHE": str(cache), "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    process = subprocess.Popen(
        [*COMMAND, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    peak, done = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, resident(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    said = process.communicate()[0]
    seconds = time.perf_counter() - began
    done.set()
    watcher.join()
    if process.returncode:
        raise SystemExit(said)
    return Run(seconds, peak, said)


def ten_times(text: str) -> str:
    """The scene file with its scenes ten times over, each time under other names."""
    head, scenes = re.split(r"^scenes:\n", text, maxsplit=1, flags=re.MULTILINE)
    again = [re.sub(r"^(  - id: )(\S+)", rf"\g<1>\g<2>-{number}", scenes, flags=re.MULTILINE) for number in range(10)]
    return f"{head}scenes:\n" + "".join(part if part.endswith("\n") else part + "\n" for part in again)


def longer_line(text: str) -> str:
    """The scene file with two more words in its first spoken line."""
    return re.sub(r'(say: "?[^",}]*?)([.!?]+)', r"\1 for you\2", text, count=1)


def other_message(text: str) -> str:
    """The scene file with another message in its reveal."""
    return re.sub(r"(\n  message: )(.*)", r"\1Be kind today", text, count=1)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scene", nargs="?", type=Path, default=EXAMPLE)
    asked = parser.parse_args()
    text = asked.scene.read_text(encoding="utf-8")
    with memory() as folder:
        home = folder / "film"
        shutil.copytree(asked.scene.parent, home)
        scene, out = home / asked.scene.name, folder / "out.mp4"

        def render(written: str, cache: str, *options: str) -> Run:
            scene.write_text(written, encoding="utf-8")
            return run(["render", str(scene), "-o", str(out), *options], folder / cache)

        one = render(text, "alone", "--jobs", "1")
        shutil.rmtree(folder / "alone")
        cold = render(text, "cache", "--jobs", "2")
        rows = [("two workers to one (times as fast)", one.seconds / cold.seconds, 1.85)]
        warm = render(text, "cache", "--jobs", "2")
        rows.append(("nothing changed, to cold", warm.seconds / cold.seconds, 0.03))
        shutil.copytree(folder / "cache", folder / "kept")
        changed = longer_line(text)
        if changed == text:
            raise SystemExit("the scene has no spoken line to make longer")
        rows.append(
            ("first line longer, to cold", render(changed, "cache", "--jobs", "2").seconds / cold.seconds, 0.25)
        )
        message = other_message(text)
        rows.append(("other message, to cold", render(message, "kept", "--jobs", "2").seconds / cold.seconds, 0.25))
        print(f"cold {cold.seconds:.2f} s with 2 workers, {one.seconds:.2f} s with 1; warm {warm.seconds:.2f} s")
        long = render(ten_times(text), "long", "--jobs", "2")
        rows.append(("memory of ten times the film, to this film", long.memory / cold.memory, 1.15))
        print(f"peak memory {cold.memory / 2**20:.0f} MB; of ten times the film {long.memory / 2**20:.0f} MB")
        for name, ratio, bar in rows:
            print(f"{name:<45} {ratio:7.3f}   bar {bar}")
        scene.write_text(text, encoding="utf-8")
        print(f"{'--help':<45} {min(run(['--help'], folder / 'cache').seconds for _ in range(3)):7.3f} s bar 0.25")
        at = ["frame", str(scene), "--at", "3", "-o", str(folder / "f.png")]
        print(f"{'frame of a warm film':<45} {min(run(at, folder / 'cache').seconds for _ in range(2)):7.3f} s bar 1.0")


if __name__ == "__main__":
    main()
