"""What rendering films together saves: a batch of six beside six single renders.

    python benchmarks/series.py [series.yaml] [--jobs N] [--draft]

Prints, from one run on this machine, each beginning with an empty cache: the wall seconds of `storyreel batch`, the
sum of the wall seconds of `storyreel render` of each of its scenes one after the other with all cores (they share a
cache, as they would for their author), and the ratio; the same in CPU seconds; and how busy the cores were over the
batch, by the batch's own processes and by everything on the machine, as far as the system says (`/proc/stat`). Then
what `benchmarks/cluster.py` prints: the film on a cluster beside `--jobs 2`, and the tasks that a scheduler takes.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from cluster import SCENE, TASKS, compare, traffic

from storyreel.render.pool import default_jobs
from storyreel.series.batch import film_orders

SERIES = Path(__file__).resolve().parent / "series" / "series.yaml"
RATIO, BUSY = 0.95, 0.92
"""The bar: the batch to the sum of the single renders, wall; and the share of all cores that it keeps busy."""


@dataclass(frozen=True)
class Run:
    """What a command took: wall and CPU seconds, and the share of the machine's cores that were busy meanwhile."""

    wall: float
    cpu: float
    machine: float | None


def _ticks() -> tuple[int, int] | None:
    """Busy and all ticks of the machine's cores since it was started (proc(5))."""
    try:
        first = Path("/proc/stat").read_text().split("\n", 1)[0]
    except OSError:
        return None
    ticks = [int(word) for word in first.split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def command(*arguments: str, cache: Path) -> Run:
    """Runs `storyreel` with these arguments."""
    before, ticks, began = resource.getrusage(resource.RUSAGE_CHILDREN), _ticks(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "storyreel", *arguments],
        env=os.environ | {"STORYREEL_CACHE": str(cache)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    wall, after, since = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN), _ticks()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    machine = (since[0] - ticks[0]) / (since[1] - ticks[1]) if ticks and since else None
    return Run(wall, cpu, machine)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("series", nargs="?", type=Path, default=SERIES)
    parser.add_argument("--jobs", type=int, default=default_jobs())
    parser.add_argument("--draft", action="store_true")
    asked = parser.parse_args()
    common = ["--jobs", str(asked.jobs), *(["--draft"] if asked.draft else [])]
    print(f"load before: {os.getloadavg()[0]:.1f}, cores: {default_jobs()}")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        whole = command("batch", str(asked.series), "-o", str(folder / "out"), *common, cache=folder / "one")
        report = json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))
        films = film_orders(asked.series)[1]
        alone = [
            command("render", str(film.scene), "-o", str(folder / f"{film.name}.mp4"), *common, cache=folder / "two")
            for film in films
        ]
        for film, run in zip(report["films"], alone, strict=True):
            same = (folder / "out" / film["film"]).read_bytes() == (folder / film["film"]).read_bytes()
            told = f"{film['frames']:5d} frames, {run.wall:6.1f} s, {run.cpu:6.1f} s of CPU"
            print(f"{film['name']:>20}  {told}, {'the same bytes' if same else 'OTHER BYTES'} as in the batch")
    wall, cpu = sum(run.wall for run in alone), sum(run.cpu for run in alone)
    frames = sum(film["frames"] for film in report["films"])
    own = whole.cpu / (whole.wall * default_jobs())
    print(f"{'single renders':>20}  {frames:5d} frames, {wall:6.1f} s, {cpu:6.1f} s of CPU")
    print(f"{'batch':>20}  {frames:5d} frames, {whole.wall:6.1f} s, {whole.cpu:6.1f} s of CPU")
    print(f"{'wall ratio':>20}  {whole.wall / wall:.3f} (bar: at most {RATIO}); CPU ratio {whole.cpu / cpu:.3f}")
    print(f"{'cores busy':>20}  {own:.1%} with the batch itself (bar: at least {BUSY:.0%})", end="")
    print(f"; {whole.machine:.1%} with everything" if whole.machine is not None else "")
    compare(SCENE, 2, asked.draft)
    traffic(SCENE, TASKS)


if __name__ == "__main__":
    main()
