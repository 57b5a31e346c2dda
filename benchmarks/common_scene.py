"""The common scene in storyreel and in MoviePy, one after the other, and the ratio of their wall times.

    python benchmarks/common_scene.py [--moviepy SCRIPT.py] [--font FONT.ttf] [--jobs N] [--keep FOLDER]

Both are whole processes, from start to finished file, on the same sprite and music: storyreel first, with an empty
cache, MoviePy once. Its script lies beside `sprite.png` and `music.wav`. Without `--font` each sets the caption in
its own bold face: MoviePy's TextClip cuts off the letters of the one that storyreel ships. Last, for comparison, the
wall time of encoding storyreel's frames alone, raw yuv420p in memory-backed storage, libx264's default threads.
"""

from __future__ import annotations

import argparse
import os
import runpy
import subprocess
import sys
import time
from pathlib import Path

from render import encode_with_pyav, memory, write_raw

from storyreel.render.settings import encoder_settings

ROOT = Path(__file__).resolve().parent.parent
SCENE = ROOT / "benchmarks" / "common-scene" / "scene.py"
MOVIEPY = ROOT.parent / "shared" / "bench" / "moviepy_scene.py"
BAR = 0.04


def load() -> str:
    """How busy the machine is: the load average of the last minute, and the cores this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"load {os.getloadavg()[0]:.1f} on {cores} cores" if hasattr(os, "getloadavg") else f"{cores} cores"


def processor_seconds() -> float:
    """CPU seconds of all processes that were started here and have ended, their own workers included."""
    times = os.times()
    return times.children_user + times.children_system


def timed(command: list[str], cache: Path) -> tuple[float, float, str]:
    """Wall and CPU seconds of a process, and what it printed.

    Raises:
        SystemExit: it failed; the message is what it wrote to standard error.
    """
    environment = os.environ | {"STORYREEL_CACHE": str(cache), "PYTHONPATH": str(ROOT)}
    began, used = time.perf_counter(), processor_seconds()
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(f"{Path(command[1]).name} failed:\n{done.stderr}")
    return seconds, processor_seconds() - used, done.stdout.strip()


def encoding_alone(materials: Path, folder: Path) -> float:
    """Wall seconds of encoding the finished frames, with the film's settings."""
    scene = runpy.run_path(str(SCENE))
    timeline = scene["common_scene"](materials / "sprite.png", folder)
    settings = encoder_settings(timeline, crf=scene["CRF"])
    write_raw(timeline, settings, folder / "frames.yuv")
    return encode_with_pyav(folder / "frames.yuv", settings, folder / "frames.mp4")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moviepy", type=Path, default=MOVIEPY, help="the MoviePy script")
    parser.add_argument("--font", type=Path, help="a bold face for both")
    parser.add_argument("--jobs", type=int, help="storyreel's workers; as many as cores if left out")
    parser.add_argument("--keep", type=Path, help="a folder for both films")
    asked = parser.parse_args()
    if not asked.moviepy.is_file():
        raise SystemExit(f"no MoviePy script at {asked.moviepy}; say where it is with --moviepy")
    with memory() as folder:
        films = asked.keep or folder
        films.mkdir(parents=True, exist_ok=True)
        ours = [sys.executable, str(SCENE), str(films / "storyreel.mp4")]
        ours += ["--materials", str(asked.moviepy.parent)]
        theirs = [sys.executable, str(asked.moviepy), str(films / "moviepy.mp4")]
        if asked.font:
            ours += ["--font", str(asked.font)]
            theirs.append(str(asked.font))
        ours += ["--jobs", str(asked.jobs)] if asked.jobs else []
        print(load())
        fast, fast_cpu, said = timed(ours, folder / "cache")
        print(f"storyreel {fast:8.2f} s   CPU {fast_cpu:7.2f} s   {said}\n{load()}", flush=True)
        slow, slow_cpu, _ = timed(theirs, folder / "cache")
        print(f"MoviePy   {slow:8.2f} s   CPU {slow_cpu:7.2f} s\n{load()}")
        print(f"storyreel to MoviePy: {fast / slow:.3f}   bar {BAR}   (CPU {fast_cpu / slow_cpu:.3f})", flush=True)
        alone = encoding_alone(asked.moviepy.parent, folder)
        print(f"encoding  {alone:8.2f} s   to MoviePy: {alone / slow:.3f}; storyreel to encoding: {fast / alone:.2f}")


if __name__ == "__main__":
    main()
