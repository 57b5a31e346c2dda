"""A film is the same bytes however it is rendered, appears whole or not at all, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from storyreel.assets import digest
from storyreel.errors import StoryreelError
from storyreel.render import pool
from storyreel.render.cache import Cache
from storyreel.render.encode import Samples
from storyreel.render.faults import RenderError
from storyreel.render.film import Report, Soundtrack, drafted, render_film
from storyreel.render.painter import blank, paint
from storyreel.render.progress import Progress
from storyreel.timeline.model import Asset, DrawingContent, Layer, Scene, Timeline
from storyreel.timeline.track import keyed

SET = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 1920"><g id="Set">
<rect width="1080" height="1920" fill="#FFD9E8"/><circle cx="300" cy="500" r="200" fill="#B5E8FF"/></g></svg>"""
STAR = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="-100 -100 200 200"><g id="Star">
<path d="M0,-90 L26,-28 95,-28 40,14 60,82 0,42 -60,82 -40,14 -95,-28 -26,-28 Z" fill="#FFE14D" stroke="#332244"
 stroke-width="8" stroke-linejoin="round"/></g></svg>"""


def picture(folder: Path, name: str, text: str) -> Asset:
    path = folder / name
    path.write_text(text)
    return Asset(str(path), digest(path))


def small_film(folder: Path, lengths: tuple[int, ...] = (130, 20), turn: float = 300.0) -> Timeline:
    """Scenes of a still set and a star that moves for half of its time and is held for the other half."""
    back, star = picture(folder, "set.svg", SET), picture(folder, "star.svg", STAR)

    def scene(number: int, length: int) -> Scene:
        moves = (
            ("x", keyed((0, 200.0), (length // 2, 800.0, "hold"))),
            ("y", 900.0 + 50 * number),
            ("rot", keyed((0, 0.0), (length // 2, turn))),
        )
        layers = (
            Layer("set", DrawingContent(back), 0, length, plane=0.0),
            Layer("star", DrawingContent(star), 0, length, moves, order=1.0),
        )
        return Scene(f"scene-{number}", length, layers, seed=number)

    scenes = tuple(scene(number, length) for number, length in enumerate(lengths))
    return Timeline("A small film", "kawaii", 216, 384, Fraction(30), (60, 250, 910, 1480), scenes)


def tone(timeline: Timeline) -> Samples:
    times = np.arange(timeline.clock.sample(timeline.length)) / 48000
    wave = 0.2 * np.sin(2 * np.pi * 440 * times)
    return np.stack([wave, wave], 1).astype(np.float32)


def soundtrack(timeline: Timeline, key: str = "") -> Soundtrack:
    return Soundtrack(lambda: tone(timeline), key)


def render(timeline: Timeline, out: Path, jobs: int = 1, cache: Cache | None = None) -> Report:
    return render_film(timeline, soundtrack(timeline, "ab" * 32), out, jobs=jobs, cache=cache)


def frames(path: Path) -> list[np.ndarray]:
    with av.open(str(path), "r") as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


@pytest.fixture
def film(tmp_path: Path) -> Timeline:
    folder = tmp_path / "art"
    folder.mkdir()
    return small_film(folder)


def test_a_film_has_all_of_its_frames_and_its_sound(film: Timeline, tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    report = render(film, out)
    with av.open(str(out), "r") as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.width, video.height, video.average_rate) == (216, 384, 30)
        assert (audio.rate, audio.channels) == (48000, 2)
        assert abs(video.duration * video.time_base - audio.duration * audio.time_base) <= Fraction(1, 30)
        assert [frame.pts * frame.time_base for frame in container.decode(video=0)] == [
            Fraction(i, 30) for i in range(150)
        ]
    assert (report.frames, report.chunks, report.reused) == (150, 3, 0)
    assert report.tally.frames == 150
    assert report.tally.drawn < 100, "held drawings are not drawn again"


def test_jobs_do_not_change_a_byte(film: Timeline, tmp_path: Path) -> None:
    assert render(film, tmp_path / "one.mp4", jobs=1).jobs == 1
    assert render(film, tmp_path / "two.mp4", jobs=2).jobs == 2
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_a_frame_of_the_film_is_the_frame_painted_alone(film: Timeline, tmp_path: Path) -> None:
    from storyreel.render.encode import Converter
    from storyreel.render.painter import Painter
    from storyreel.stage.compose import compose

    painter = Painter(film.width, film.height, film.scale)
    converter = Converter()
    pixels = blank(film)
    for frame in range(film.length):
        changed = painter.show(compose(film, frame), 2)
        paint(film, frame, pixels)
        assert np.array_equal(painter.pixels, pixels)
        if frame == 0 or changed:
            run = converter.convert(
                painter.pixels, [(r.top, r.bottom) for r in changed] if frame else None
            ).to_ndarray()
        assert np.array_equal(run, Converter().convert(pixels).to_ndarray())


def test_a_warm_render_draws_nothing_and_gives_the_same_bytes(film: Timeline, tmp_path: Path) -> None:
    cold = render(film, tmp_path / "cold.mp4", cache=Cache(tmp_path / "cache"))
    asked = []

    def make() -> Samples:
        asked.append(1)
        return tone(film)

    track = Soundtrack(make, "ab" * 32)
    warm = render_film(film, track, tmp_path / "warm.mp4", cache=Cache(tmp_path / "cache"))
    assert (cold.reused, cold.sound_reused) == (0, False)
    assert (warm.reused, warm.sound_reused, warm.tally.frames) == (3, True, 0)
    assert not asked
    assert (tmp_path / "cold.mp4").read_bytes() == (tmp_path / "warm.mp4").read_bytes()


def test_only_the_chunks_that_changed_are_drawn_again(film: Timeline, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    render(film, tmp_path / "film.mp4", cache=cache)
    first, last = film.scenes
    layers = (last.layers[0], replace(last.layers[1], channels=(("x", 400.0), ("y", 400.0))))
    changed = replace(film, scenes=(first, replace(last, layers=layers)))
    report = render(changed, tmp_path / "again.mp4", cache=cache)
    assert (report.reused, report.tally.frames) == (2, 20)
    render(changed, tmp_path / "fresh.mp4")
    assert (tmp_path / "again.mp4").read_bytes() == (tmp_path / "fresh.mp4").read_bytes()


def test_a_damaged_chunk_is_drawn_again(film: Timeline, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    render(film, tmp_path / "film.mp4", cache=cache)
    entries = [path for path in (tmp_path / "cache" / "pieces").rglob("*") if path.is_file()]
    assert len(entries) == 4
    for path in entries:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0x10
        path.write_bytes(bytes(data))
    report = render(film, tmp_path / "again.mp4", cache=cache)
    assert (report.reused, report.sound_reused) == (0, False)
    assert (tmp_path / "film.mp4").read_bytes() == (tmp_path / "again.mp4").read_bytes()


def test_an_asset_that_changes_meanwhile_stops_the_render(film: Timeline, tmp_path: Path) -> None:
    (tmp_path / "art" / "star.svg").write_text(STAR.replace("#FFE14D", "#FF0000"))
    for jobs in (1, 2):
        with pytest.raises(StoryreelError, match=r"star\.svg: it has changed since"):
            render(film, tmp_path / "film.mp4", jobs=jobs)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["art"]


def test_progress_counts_every_frame(film: Timeline, tmp_path: Path) -> None:
    for jobs in (1, 2):
        told: list[Progress] = []
        render_film(film, soundtrack(film), tmp_path / "film.mp4", jobs=jobs, progress=told.append)
        done = [progress.done_frames for progress in told]
        assert done == sorted(done)
        assert (told[-1].done_frames, told[-1].total_frames, told[-1].stage) == (150, 150, "done")
        assert len(told) > 20
        assert all(progress.seconds_left is None or progress.seconds_left >= 0 for progress in told)


def test_a_draft_is_half_as_wide_and_tells_the_same(film: Timeline, tmp_path: Path) -> None:
    whole = replace(film, width=1080, height=1920)
    assert (drafted(whole).width, drafted(whole).height) == (540, 960)
    assert drafted(whole).scenes == whole.scenes
    assert drafted(film) == film
    render_film(film, soundtrack(film), tmp_path / "draft.mp4", jobs=1, draft=True)
    assert len(frames(tmp_path / "draft.mp4")) == 150


def test_a_sound_of_the_wrong_length_is_refused(film: Timeline, tmp_path: Path) -> None:
    short = Soundtrack(lambda: tone(film)[:-100])
    with pytest.raises(RenderError, match="the sound has 239900 samples where the film has 240000"):
        render_film(film, short, tmp_path / "film.mp4", jobs=1)
    assert not (tmp_path / "film.mp4").exists()


def test_an_error_in_the_sound_reaches_the_caller(film: Timeline, tmp_path: Path) -> None:
    def make() -> Samples:
        raise StoryreelError("no such music")

    with pytest.raises(StoryreelError, match="no such music"):
        render_film(film, Soundtrack(make), tmp_path / "film.mp4", jobs=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["art"]


def test_an_output_that_cant_be_written_is_said_before_anything_is_drawn(film: Timeline, tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(RenderError, match=r"nowhere/film\.mp4: cannot write here: no such file or directory"):
        render(film, tmp_path / "nowhere" / "film.mp4")
    assert time.monotonic() - began < 1


def test_a_worker_that_dies_is_replaced(film: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    render(film, tmp_path / "whole.mp4")
    started: list[int] = []
    original = pool._Worker.start

    def start(self: pool._Worker) -> subprocess.Popen[bytes]:
        fresh = self.process is None
        process = original(self)
        if fresh:
            started.append(process.pid)
            if len(started) == 1:
                process.kill()
        return process

    monkeypatch.setattr(pool._Worker, "start", start)
    render(film, tmp_path / "film.mp4", jobs=2)
    assert len(started) == 3
    assert (tmp_path / "film.mp4").read_bytes() == (tmp_path / "whole.mp4").read_bytes()


def test_a_worker_that_keeps_dying_gives_one_clear_error(
    film: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = pool._Worker.start

    def start(self: pool._Worker) -> subprocess.Popen[bytes]:
        process = original(self)
        process.kill()
        return process

    monkeypatch.setattr(pool._Worker, "start", start)
    with pytest.raises(RenderError, match=r"died twice \(signal 9\) while drawing scene 'scene-\d'"):
        render(film, tmp_path / "film.mp4", jobs=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["art"]


LONG = """
    import sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from test_render_film import small_film, soundtrack
    from storyreel.render.cache import Cache
    from storyreel.render.film import render_film
    from dataclasses import replace
    art, out = Path({art!r}), Path({out!r})
    film = replace(small_film(art, (600, 300, 300), 3000.0), width=720, height=1280)
    told = lambda progress: print(progress.done_frames, flush=True)
    cache = Cache(Path({cache!r}))
    report = render_film(film, soundtrack(film, "ab" * 32), out, jobs={jobs}, progress=told, cache=cache)
    print("reused", report.reused, "of", report.chunks, flush=True)
"""


class Running:
    """A long render in a process of its own, stopped when it is under way."""

    def __init__(self, folder: Path, jobs: int) -> None:
        self.folder = folder
        (folder / "art").mkdir(exist_ok=True)
        (folder / "out").mkdir(exist_ok=True)
        self.out = folder / "out" / "film.mp4"
        values = {"tests": str(Path(__file__).parent), "art": str(folder / "art"), "out": str(self.out)}
        text = textwrap.dedent(LONG).format(**values, cache=str(folder / "cache"), jobs=jobs)
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
    running = Running(tmp_path, 2)
    running.until(400)
    running.process.kill()
    running.process.communicate(timeout=20)
    again = Running(tmp_path, 2)
    output, errors = again.process.communicate(timeout=60)
    assert again.process.returncode == 0, errors
    reused = int(output.split("reused ")[1].split()[0])
    assert reused >= 4
    assert [path.name for path in running.out.parent.iterdir()] == ["film.mp4"]
    resumed = running.out.read_bytes()
    film = replace(small_film(tmp_path / "art", (600, 300, 300), 3000.0), width=720, height=1280)
    render(film, tmp_path / "fresh.mp4", jobs=2)
    assert (tmp_path / "fresh.mp4").read_bytes() == resumed


def test_a_script_without_a_main_guard_may_render_with_workers(film: Timeline, tmp_path: Path) -> None:
    text = f"""
        print("script begins", flush=True)
        import sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from pathlib import Path
        from test_render_film import small_film, render
        print(render(small_film(Path({str(tmp_path / "art")!r})), Path({str(tmp_path / "film.mp4")!r}), jobs=2).jobs)
    """
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(text))
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    found = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.split("\n") == ["script begins", "2", ""]
    assert len(frames(tmp_path / "film.mp4")) == 150


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
    assert len(frames(tmp_path / "film.mp4")) == 150
    [note] = report.notes
    assert "nothing more is kept in the cache" in note
    assert not list(small_disk.rglob("*.part"))


def test_renders_side_by_side_do_not_disturb_each_other(film: Timeline, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    failed: list[BaseException] = []

    def one(number: int) -> None:
        try:
            render(film, tmp_path / f"{number}.mp4", cache=cache)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len({(tmp_path / f"{number}.mp4").read_bytes() for number in range(3)}) == 1
