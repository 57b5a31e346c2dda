"""What a film costs to render, step by step, and how that compares to encoding its frames alone.

    python benchmarks/render.py [scene.yaml] [--jobs N]

Prints, from one run on this machine: CPU ms a frame of staging, painting, colour conversion and encoding; wall seconds
of the whole render (from the parsed script to the finished film, cold, nothing cached); wall seconds of encoding the
same frames, raw yuv420p in memory-backed storage, with libx264's default threads; and the ratio of the two.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np

import storyreel
from storyreel.render.chunks import chunks
from storyreel.render.encode import EncoderSettings
from storyreel.render.reel import draw
from storyreel.render.settings import encoder_settings
from storyreel.render.slices import order
from storyreel.render.timings import STEPS, Stopwatch
from storyreel.timeline.model import Timeline

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "block-the-bullies" / "scene.yaml"


@contextmanager
def memory() -> Iterator[Path]:
    """A folder in memory-backed storage, where the system has any."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        yield Path(folder)


def write_raw(timeline: Timeline, settings: EncoderSettings, path: Path) -> int:
    """Writes the film's frames as raw yuv420p; gives how many."""
    count = 0
    with path.open("wb") as file:
        for chunk in chunks(timeline):
            for frame in draw(order(timeline, chunk, settings), Stopwatch()):
                file.write(frame.to_ndarray().tobytes())
                count += 1
    return count


def encode_with_pyav(raw: Path, settings: EncoderSettings, out: Path) -> float:
    """Wall seconds of encoding the raw frames with PyAV, the film's settings, libx264's default threads."""
    size = settings.width * settings.height * 3 // 2
    rows = settings.height * 3 // 2
    began = time.perf_counter()
    with raw.open("rb") as file, av.open(str(out), "w", format="mp4") as container:
        options = {"preset": settings.preset, "crf": str(settings.crf), "profile": "high"}
        stream = container.add_stream("libx264", rate=settings.rate, options=options)
        stream.width, stream.height, stream.pix_fmt = settings.width, settings.height, "yuv420p"
        buffer = bytearray(size)
        while file.readinto(buffer) == size:
            picture = np.frombuffer(buffer, np.uint8).reshape(rows, settings.width)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="yuv420p")))
        container.mux(stream.encode(None))
    return time.perf_counter() - began


def encode_with_ffmpeg(raw: Path, settings: EncoderSettings, out: Path) -> float | None:
    """The same with the ffmpeg program, where there is one."""
    program = shutil.which("ffmpeg")
    if program is None:
        try:
            import imageio_ffmpeg
        except ImportError:
            return None
        program = imageio_ffmpeg.get_ffmpeg_exe()
    size, rate = f"{settings.width}x{settings.height}", f"{settings.rate.numerator}/{settings.rate.denominator}"
    given = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size, "-r", rate, "-i", str(raw)]
    wanted = ["-c:v", "libx264", "-preset", settings.preset, "-crf", str(settings.crf), "-profile:v", "high", str(out)]
    began = time.perf_counter()
    subprocess.run([program, "-loglevel", "error", "-y", *given, *wanted], check=True)
    return time.perf_counter() - began


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scene", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--jobs", type=int, default=None)
    asked = parser.parse_args()

    with memory() as folder:
        episode = storyreel.load(asked.scene)
        began = time.perf_counter()
        timeline = episode.timeline
        directed = time.perf_counter() - began
        report = episode.render(folder / "film.mp4", jobs=asked.jobs, cache=False)
        whole = time.perf_counter() - began
        settings = encoder_settings(timeline)
        raw = folder / "frames.yuv"
        frames = write_raw(timeline, settings, raw)
        print(f"{timeline.title}: {frames} frames, {timeline.width}x{timeline.height}, {report.chunks} chunks")
        for step in STEPS:
            print(f"{step:>10}  {1000 * getattr(report.tally, step) / frames:6.2f} CPU ms a frame")
        print(f"{'drawn':>10}  {report.tally.drawn / frames:6.0%} of the frames; the others are held")
        print(f"{'directing':>10}  {directed:6.2f} s")
        print(f"{'film':>10}  {whole:6.2f} s from script to film, {report.jobs} workers")
        for name, encode in (("PyAV", encode_with_pyav), ("ffmpeg", encode_with_ffmpeg)):
            alone = encode(raw, settings, folder / "alone.mp4")
            if alone is not None:
                print(f"{name:>10}  {alone:6.2f} s to encode the same frames alone; ratio {whole / alone:.3f}")


if __name__ == "__main__":
    main()
