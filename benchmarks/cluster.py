"""What a cluster costs beside the drawing itself.

    python benchmarks/cluster.py [scene.yaml] [--runs N] [--draft] [--tasks N]

Prints, measured on this machine: the wall and CPU seconds of `storyreel render --cluster local` with two workers beside
those of `--jobs 2`, each with an empty cache, in turns; then how many chunk tasks a second a Dask scheduler sustains
whose tasks do nothing but carry a real order there and, in the second row, an answer as large as a real chunk back.
They go the way of real ones, through `storyreel.farm.cluster.Cluster`. The scheduler, the workers and the client are
processes of their own, on the same cores; so the scheduler's own CPU seconds a task are printed too, and what they come
to if it had a core for itself: that, and what a thousand workers of this machine's speed would ask, is arithmetic.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

import storyreel
from storyreel.farm.cluster import Cluster
from storyreel.farm.remote import Drawn
from storyreel.render.film import plan
from storyreel.render.pool import Done, default_jobs
from storyreel.render.reel import render_chunk
from storyreel.render.slices import ChunkOrder
from storyreel.render.timings import Stopwatch

SCENE = Path(__file__).resolve().parent.parent / "examples" / "block-the-bullies" / "scene.yaml"
RATIO = 1.15
"""The bar: `--cluster local` with two workers to `--jobs 2`, wall."""
MANY = 1000
TASKS = 2000
SAMPLE = 4
LOOK = 0.2


@dataclass(frozen=True)
class Run:
    """Wall seconds, CPU seconds of a command and all that it has started, and how busy the cores were with anything."""

    wall: float
    cpu: float
    busy: float

    def __str__(self) -> str:
        own = self.cpu / self.wall / default_jobs()
        told = f"{self.wall:6.1f} s, {self.cpu:6.1f} s of CPU; cores busy: {own:.0%} with this"
        return f"{told}, {self.busy:.0%} with everything; load {os.getloadavg()[0]:.1f}"


def command(*arguments: str, cache: Path) -> Run:
    """Runs `storyreel` with these arguments.

    CPU seconds are looked up while it runs: a worker that is killed at the end is nobody's child any more.
    """
    before, began = psutil.cpu_times(), time.perf_counter()
    process = psutil.Popen(
        [sys.executable, "-m", "storyreel", *arguments],
        env=os.environ | {"STORYREEL_CACHE": str(cache)},
        stdout=subprocess.DEVNULL,
    )
    used: dict[int, float] = {}
    while process.poll() is None:
        with contextlib.suppress(psutil.Error):
            for one in (process, *process.children(recursive=True)):
                used[one.pid] = cpu_of(one)
        time.sleep(LOOK)
    if process.returncode:
        raise SystemExit(process.returncode)
    wall, after = time.perf_counter() - began, psutil.cpu_times()
    idle = after.idle - before.idle + getattr(after, "iowait", 0.0) - getattr(before, "iowait", 0.0)
    return Run(wall, sum(used.values()), 1 - idle / wall / (psutil.cpu_count() or 1))


def compare(scene: Path, runs: int, draft: bool) -> None:
    """One machine's workers beside a cluster's."""
    ways = {"--jobs 2": ["--jobs", "2"], "--cluster local": ["--cluster", "local", "--jobs", "2"]}
    found: dict[str, list[Run]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        films = set()
        for number in range(runs):
            for name, options in ways.items():
                out = folder / "film.mp4"
                more = ["--draft"] if draft else []
                cache = folder / f"cache-{name}-{number}"
                run = command("render", str(scene), "-o", str(out), *options, *more, cache=cache)
                found[name].append(run)
                films.add(out.read_bytes())
                print(f"{name:>20}  {run}")
    one, other = (min(run.wall for run in runs) for runs in found.values())
    print(f"{'wall ratio':>20}  {other / one:.3f} of the fastest (bar: at most {RATIO})", end="")
    one, other = (min(run.cpu for run in runs) for runs in found.values())
    print(f"; CPU ratio {other / one:.3f}")
    print(f"{'films':>20}  {'the same bytes' if len(films) == 1 else 'OTHER BYTES'}")


class Empty(Cluster):
    """A cluster whose tasks do nothing."""


def task(size: int) -> Any:
    """A task that draws nothing and answers with so many bytes."""

    def answer(order: bytes, expected: Mapping[str, str], place: str | None, parcels: Mapping[str, bytes]) -> Drawn:
        return Drawn("", bytes(size), "", Stopwatch())

    return answer


@contextmanager
def scheduler(workers: int) -> Iterator[tuple[str, psutil.Process]]:
    """A scheduler and workers of one thread, each a process; its address and process."""
    dask = [sys.executable, "-P", "-m"]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        told = folder / "scheduler.json"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

        def start(*arguments: str) -> psutil.Process:
            process = psutil.Popen([*dask, *arguments], env=os.environ | {"PYTHONPATH": str(package)}, **quiet)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        package = Path(storyreel.__file__).resolve().parent.parent
        local = ["--host", "127.0.0.1", "--no-dashboard"]
        process = start(
            *["distributed.cli.dask_scheduler", "--port", "0", "--dashboard-address", "127.0.0.1:0"],
            *[*local, "--scheduler-file", str(told)],
        )
        while not told.exists() or not told.read_text():
            time.sleep(0.1)
        address = json.loads(told.read_text())["address"]
        for _ in range(workers):
            start("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", *local)
        yield address, process


def cpu_of(process: psutil.Process) -> float:
    """CPU seconds that a process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


def sustain(orders: list[ChunkOrder], count: int, size: int, asked: float) -> None:
    """So many empty chunk tasks through a scheduler; `asked`: tasks a second that a thousand workers would."""
    with scheduler(2) as (address, process):
        Empty.task = staticmethod(task(size))
        with Empty(address) as cluster:
            cluster._dask().wait_for_workers(2)

            def through(number: int) -> float:
                began = time.perf_counter()
                listed = [(index, orders[index % len(orders)]) for index in range(number)]
                done = sum(isinstance(event, Done) for event in cluster.render(listed))
                if done != number:
                    raise SystemExit(f"{done} of {number} tasks came back")
                return time.perf_counter() - began

            through(count // 10)
            before, own = cpu_of(process), time.process_time()
            wall = through(count)
            cpu, own = cpu_of(process) - before, time.process_time() - own
    carried = f"answers of {size / 1e3:.0f} kB" if size else "no answers"
    print(f"{carried:>20}  {count / wall:6.0f} tasks a second, everything on these {default_jobs()} cores", end="")
    print(f" ({count} tasks, {wall:.1f} s)")
    for name, used in (("scheduler", cpu), ("client", own)):
        told = f"{1e3 * used / count:.2f} ms of CPU a task: {count / used:.0f} a second with a core of its own"
        print(f"{name:>20}  {told}; {MANY} workers would ask for {asked * used / count:.0%} of that")


def traffic(scene: Path, tasks: int) -> None:
    """How many chunk tasks a scheduler sustains, and how many a thousand workers would ask for."""
    timeline = storyreel.load(scene).timeline
    orders = [order for _, order in plan(timeline, keyed=False).orders]
    sizes = [len(pickle.dumps(order, pickle.HIGHEST_PROTOCOL)) for order in orders]
    frames, cpu, data = 0, 0.0, b""
    for order in orders[1 :: len(orders) // SAMPLE][:SAMPLE]:
        drawn, watch = render_chunk(order)
        frames, cpu, data = frames + watch.tally.frames, cpu + watch.tally.cpu, max(data, drawn, key=len)
    each = cpu / frames * timeline.length / len(orders)
    print(f"{'the film':>20}  {timeline.length} frames in {len(orders)} chunks", end="; ")
    print(f"orders of {sum(sizes) / len(sizes) / 1e3:.0f} kB, the largest {max(sizes) / 1e3:.0f} kB")
    print(f"{f'{SAMPLE} of them':>20}  {1e3 * cpu / frames:.0f} ms of CPU a frame: {each:.2f} s a mean chunk", end="; ")
    print(f"{MANY} workers would ask for {MANY / each:.0f} a second; the largest has {len(data) / 1e3:.0f} kB")
    for size in (0, len(data)):
        sustain(orders, tasks, size, MANY / each)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scene", nargs="?", type=Path, default=SCENE)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--draft", action="store_true")
    parser.add_argument("--tasks", type=int, default=TASKS)
    parser.add_argument("--only", choices=["compare", "sustain"])
    asked = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f}, cores: {default_jobs()}")
    if asked.only != "sustain":
        compare(asked.scene, asked.runs, asked.draft)
    if asked.only != "compare":
        traffic(asked.scene, asked.tasks)


if __name__ == "__main__":
    main()
