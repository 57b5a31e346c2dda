"""A render that is stopped, killed, or out of room leaves nothing half-written, and goes on where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import pytest
from small_film import render, small_film

from storyreel.render.atomic import whole_or_nothing
from storyreel.render.cache import Cache
from storyreel.render.errors import RenderError
from storyreel.timeline.model import Timeline


@pytest.fixture
def film(tmp_path: Path) -> Timeline:
    (tmp_path / "art").mkdir()
    return small_film(tmp_path / "art")


def count(path: Path) -> int:
    with av.open(str(path), "r") as container:
        return sum(1 for _ in container.decode(video=0))


LENGTHS = (600, 300, 300)
LONG = """
    import sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from small_film import small_film, soundtrack
    from storyreel.render.cache import Cache
    from storyreel.render.film import render_film
    from dataclasses import replace
    art, out = Path({art!r}), Path({out!r})
    film = replace(small_film(art, {lengths}, 3000.0), width=360, height=640)
    told = lambda progress: print(progress.done_frames, flush=True)
    cache = Cache(Path({cache!r}))
    report = render_film(film, soundtrack(film, "ab" * 32), out, jobs={jobs}, progress=told, cache=cache)
    print("reused", report.reused, "of", report.chunks, flush=True)
"""


class Running:
    """A long render in a process of its own, stopped when it is under way."""

    def __init__(self, folder: Path, jobs: int, lengths: tuple[int, ...] = LENGTHS) -> None:
        self.folder = folder
        (folder / "art").mkdir(exist_ok=True)
        (folder / "out").mkdir(exist_ok=True)
        self.out = folder / "out" / "film.mp4"
        values = {"tests": str(Path(__file__).parent), "art": str(folder / "art"), "out": str(self.out)}
        text = textwrap.dedent(LONG).format(**values, cache=str(folder / "cache"), jobs=jobs, lengths=lengths)
        root = str(Path(__file__).parent.parent)
        environment = os.environ | {"PYTHONPATH": root}
        script = folder / "script.py"
        script.write_text(text)
        self.process = subprocess.Popen(
            [sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def until(self, frames: int) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("reused") or int(line) >= frames:
                return
        raise AssertionError(self.process.communicate()[1])

    def workers(self) -> list[int]:
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text().split()]


def gone(process: int, within: float = 5.0) -> bool:
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        state = Path(f"/proc/{process}/stat")
        try:
            if state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks at processes through /proc")


@pytest.mark.slow
@needs_proc
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_render_leaves_no_worker_and_no_half_film(tmp_path: Path, jobs: int, how: signal.Signals) -> None:
    running = Running(tmp_path, jobs)
    running.until(120)
    workers = running.workers() if jobs > 1 else []
    assert len(workers) == (2 if jobs > 1 else 0)
    running.process.send_signal(how)
    running.process.communicate(timeout=20)
    assert running.process.returncode != 0
    assert all(gone(worker) for worker in workers)
    assert not running.out.exists()
    if how == signal.SIGINT:
        assert list(running.out.parent.iterdir()) == []


@pytest.mark.slow
@needs_proc
def test_a_killed_render_goes_on_where_it_was(tmp_path: Path) -> None:
    running = Running(tmp_path, 2, lengths=(300, 150, 150))
    running.until(300)
    running.process.kill()
    running.process.communicate(timeout=20)
    again = Running(tmp_path, 2, lengths=(300, 150, 150))
    output, errors = again.process.communicate(timeout=60)
    assert again.process.returncode == 0, errors
    reused = int(output.split("reused ")[1].split()[0])
    assert reused >= 2
    assert [path.name for path in running.out.parent.iterdir()] == ["film.mp4"]
    resumed = running.out.read_bytes()
    film = replace(small_film(tmp_path / "art", (300, 150, 150), 3000.0), width=360, height=640)
    render(film, tmp_path / "fresh.mp4", jobs=2)
    assert (tmp_path / "fresh.mp4").read_bytes() == resumed


def test_a_script_without_a_main_guard_may_render_with_workers(film: Timeline, tmp_path: Path) -> None:
    text = f"""
        print("script begins", flush=True)
        import sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from pathlib import Path
        from small_film import small_film, render
        print(render(small_film(Path({str(tmp_path / "art")!r})), Path({str(tmp_path / "film.mp4")!r}), jobs=2).jobs)
    """
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(text))
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    found = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.split("\n") == ["script begins", "2", ""]
    assert count(tmp_path / "film.mp4") == 150


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB, where the system lets one be made."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("cannot mount a small disk here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_one_message_and_leaves_nothing(film: Timeline, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(200_000))
    for jobs in (1, 2):
        with pytest.raises(RenderError, match=r"film\.mp4: the disk is full; nothing was left half-written"):
            render(film, small_disk / "film.mp4", jobs=jobs)
        assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_a_full_cache_disk_does_not_stop_the_film(film: Timeline, tmp_path: Path, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(200_000))
    report = render(film, tmp_path / "film.mp4", cache=Cache(small_disk / "cache"))
    assert count(tmp_path / "film.mp4") == 150
    [note] = report.notes
    assert "nothing more is kept in the cache" in note
    assert not list(small_disk.rglob("*.part"))


@pytest.mark.parametrize("name", ["a[1].mp4", "a**b.mp4", "a?.mp4"])
def test_what_a_killed_render_has_left_is_swept_whatever_the_films_name(tmp_path: Path, name: str) -> None:
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    left, others = tmp_path / f".{name}.{ended.pid}.part", tmp_path / f".a1.mp4.{ended.pid}.part"
    left.touch()
    others.touch()
    with whole_or_nothing(tmp_path / name) as temporary:
        temporary.write_bytes(b"film")
    assert {path.name for path in tmp_path.iterdir()} == {name, others.name}
