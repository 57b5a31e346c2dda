"""A batch: many films over one queue, each the same bytes as by itself; what fails stops nobody and can be mended."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image, ImageChops
from small_series import scene

import storyreel
from storyreel.cli.commands import run
from storyreel.render import pool
from storyreel.render.errors import RenderError
from storyreel.render.slices import ChunkOrder

pytestmark = pytest.mark.slow

BROKEN = "storyreel: 1\ntitle: Broken\nscens: []\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def films(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.mp4")}


def count(path: Path) -> int:
    with av.open(str(path), "r") as container:
        return sum(1 for _ in container.decode(video=0))


def test_each_film_of_a_batch_is_byte_for_byte_the_film_by_itself(tmp_path: Path) -> None:
    scenes = [
        scene(tmp_path, "one", seconds=0.5),
        scene(tmp_path, "two", "party", "{say: Hello there!}", seconds=0.5),
    ]
    (tmp_path / "alone").mkdir()
    for path in scenes:
        storyreel.load(path).render(tmp_path / "alone" / f"{path.stem}.mp4", jobs=1, cache=False)
    for jobs in (1, 2):
        out = tmp_path / f"out{jobs}"
        report = storyreel.batch(scenes, out, jobs=jobs, cache=False)
        assert [(film.name, film.status) for film in report.films] == [("one", "done"), ("two", "done")]
        for alone in (tmp_path / "alone").iterdir():
            assert (out / alone.name).read_bytes() == alone.read_bytes()


def test_everything_for_the_upload_lies_beside_the_films(tmp_path: Path) -> None:
    report = storyreel.batch([scene(tmp_path, "one")], tmp_path / "out", jobs=1)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [
        *("index.html", "one.cover.png", "one.mp4", "one.post.txt", "one.srt", "one.vtt"),
        "report.json",
    ]
    assert (tmp_path / "out" / "one.post.txt").read_text(encoding="utf-8") == "One\n\n#Kind\n"
    [film] = report.films
    assert (film.frames, film.width, film.height) == (count(tmp_path / "out" / "one.mp4"), 216, 384)
    assert film.size == (tmp_path / "out" / "one.mp4").stat().st_size
    assert film.lufs == pytest.approx(-14, abs=0.3)
    assert film.dbtp is not None
    assert film.dbtp < -1
    assert film.warnings == ()
    told = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert told["films"][0]["lufs"] == film.lufs


def test_a_cover_has_the_films_title_on_it_unless_it_is_to_be_bare(tmp_path: Path) -> None:
    film = scene(tmp_path, "one")
    seen: dict[str, Image.Image] = {}
    for covers in ("titled", "bare"):
        storyreel.batch([film], tmp_path / covers, jobs=1, covers=covers)
        seen[covers] = Image.open(tmp_path / covers / "one.cover.png").convert("RGB")
    changed = ImageChops.difference(seen["titled"], seen["bare"]).getbbox()
    assert changed is not None
    assert changed[2] - changed[0] > 40, "as wide as a title"
    assert seen["bare"].size == seen["titled"].size
    assert seen["bare"].tobytes() in [
        one.tobytes() for one in storyreel.load(film).pictures(range(105), captions=False)
    ]


def test_a_failing_film_stops_no_other_and_a_second_run_renders_only_what_was_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, also = scene(tmp_path, "good"), scene(tmp_path, "also", "party")
    bad = tmp_path / "bad.yaml"
    bad.write_text(BROKEN)
    out = tmp_path / "out"
    arguments = ["batch", str(good), str(bad), str(also), "-o", str(out), "--jobs", "1"]
    with pytest.raises(SystemExit) as left:
        run(arguments)
    assert left.value.code == 1
    said = capsys.readouterr()
    assert f"{bad}:3:1: unknown key 'scens'; did you mean 'scenes'?" in said.err
    assert "Traceback" not in said.err
    assert sorted(films(out)) == ["also.mp4", "good.mp4"]
    assert not list(out.glob(".*"))
    told = json.loads((out / "report.json").read_text(encoding="utf-8"))["films"]
    assert [film["status"] for film in told] == ["done", "failed", "done"]
    assert {"file": str(bad), "line": 3, "column": 1} == {
        key: told[1]["problems"][1][key] for key in ("file", "line", "column")
    }

    before = films(out)
    scene(tmp_path, "bad", "toyland", "{do: dance}")
    assert run(arguments) == 0
    told = json.loads((out / "report.json").read_text(encoding="utf-8"))["films"]
    assert [(film["name"], film["reused"] == film["chunks"]) for film in told] == [
        ("good", True),
        ("bad", False),
        ("also", True),
    ]
    assert {name: films(out)[name] for name in before} == before


def test_a_film_that_fails_while_it_is_directed_is_named_with_its_file(tmp_path: Path) -> None:
    silent = scene(tmp_path, "silent", beat="{say: '…'}")
    report = storyreel.batch([silent, scene(tmp_path, "good")], tmp_path / "out", jobs=1)
    assert [film.status for film in report.films] == ["failed", "done"]
    [problem] = report.films[0].problems
    assert problem.place.file == str(silent)
    assert "nothing in it that can be spoken" in problem.message


def test_a_chunk_that_can_t_be_drawn_fails_its_film_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = scene(tmp_path, "bad", seconds=5), scene(tmp_path, "good", "party")
    original = pool.Worker.render

    def render(self: pool.Worker, index: int, order: Any) -> Iterator[pool.Event]:
        if isinstance(order, ChunkOrder) and order.end > 100:
            raise RenderError("the paint has run out")
        return original(self, index, order)

    monkeypatch.setattr(pool.Worker, "render", render)
    report = storyreel.batch([bad, good], tmp_path / "out", jobs=2)
    assert [film.status for film in report.films] == ["failed", "done"]
    assert [str(problem) for problem in report.films[0].problems] == [f"{bad}: the paint has run out"]
    assert sorted(films(tmp_path / "out")) == ["good.mp4"]
    assert not list((tmp_path / "out").glob(".*"))


def test_a_full_disk_is_one_message_and_leaves_no_half_film(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("cannot mount a small disk here")
    try:
        assert run(["batch", str(scene(tmp_path, "one")), "-o", str(disk), "--jobs", "1"]) == 1
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    said = capsys.readouterr().err
    assert "the disk is full; nothing was left half-written" in said
    assert "Traceback" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_a_terminal_sees_a_bar_for_all_films_and_one_for_each(tmp_path: Path) -> None:
    import pty

    path = scene(tmp_path, "one")
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "storyreel", "batch", str(path), "-o", str(tmp_path / "out"), "--jobs", "1"],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent), "COLUMNS": "120", "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=terminal,
    )
    os.close(terminal)
    shown = b""
    while True:
        try:
            block = os.read(controller, 65536)
        except OSError:
            break
        if not block:
            break
        shown += block
    os.close(controller)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    assert re.search(r"all films .* frames a second .* left", text)
    assert re.search(r"one +[━╸╺ ]+\d+/105", text)
    assert output.decode() == f"{tmp_path / 'out' / 'index.html'}: 1 of 1 films\n"


def test_with_fail_fast_nothing_is_rendered_once_one_scene_is_wrong(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(BROKEN)
    events: list[storyreel.BatchEvent] = []
    scenes = [scene(tmp_path, "good"), bad]
    report = storyreel.batch(scenes, tmp_path / "out", fail_fast=True, progress=events.append)
    assert [film.status for film in report.films] == ["skipped", "failed"]
    assert films(tmp_path / "out") == {}
    assert "drawn" not in [event.kind for event in events]


def test_what_is_wrong_with_any_scene_is_told_before_the_first_film_is_directed(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(BROKEN)
    events: list[storyreel.BatchEvent] = []
    report = storyreel.batch([scene(tmp_path, "good"), bad], tmp_path / "out", jobs=1, progress=events.append)
    assert [film.status for film in report.films] == ["done", "failed"]
    kinds = [event.kind for event in events]
    assert kinds.index("failed") < kinds.index("directed")


def test_a_change_in_one_scene_draws_only_the_chunks_that_show_it(tmp_path: Path) -> None:
    scenes = [scene(tmp_path, "one"), scene(tmp_path, "two", "party")]
    storyreel.batch(scenes, tmp_path / "out", jobs=1)
    before = films(tmp_path / "out")
    scene(tmp_path, "two", "party", "{do: nod}")
    report = storyreel.batch(scenes, tmp_path / "out", jobs=1)
    one, two = report.films
    assert one.reused == one.chunks
    assert two.reused == two.chunks - 1
    after = films(tmp_path / "out")
    assert after["one.mp4"] == before["one.mp4"]
    assert after["two.mp4"] != before["two.mp4"]


def test_chunks_that_films_and_variants_share_are_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "cache"))
    scenes = [scene(tmp_path, "one"), scene(tmp_path, "two", "party")]
    drawn: list[int] = []

    def told(event: storyreel.BatchEvent) -> None:
        drawn.append(event.all_done)

    report = storyreel.batch(scenes, tmp_path / "out", jobs=2, progress=told)
    assert sorted((film.reused, film.sound_reused) for film in report.films) == [(0, False), (1, True)]
    assert drawn[-1] == sum(film.frames for film in report.films)


def test_a_series_file_with_variants_intro_loudness_and_cover(tmp_path: Path) -> None:
    scene(tmp_path / "films", "one")
    intro = scene(tmp_path, "intro", "party").read_text(encoding="utf-8")
    (tmp_path / "intro.yaml").write_text(intro.replace("id: first", "id: hello").replace("id: second", "id: again"))
    (tmp_path / "series.yaml").write_text(
        "storyreel: 1\ntitle: Kindness\nshared:\n  loudness: -20\n  captions: sidecar\n  intro: intro.yaml\n"
        "  format: [{width: 216, height: 384}, {width: 216, height: 216}]\n"
        "episodes:\n  - {scene: films/*.yaml, cover: 1s}\n"
    )
    out = tmp_path / "out"
    report = storyreel.batch(tmp_path / "series.yaml", out, jobs=1)
    assert report.title == "Kindness"
    assert [film.name for film in report.films] == ["one.216x384", "one.216x216"]
    for film in report.films:
        assert film.status == "done", film.problems
        assert film.lufs == pytest.approx(-20, abs=0.3)
        assert not film.burned
        assert film.frames == 210
    assert sorted(film.sound_reused for film in report.films) == [False, True]

    with Image.open(out / "one.216x216.cover.png") as cover:
        assert cover.size == (216, 216)


def test_a_cover_beyond_the_films_end_is_refused(tmp_path: Path) -> None:
    scene(tmp_path, "one")
    (tmp_path / "series.yaml").write_text("storyreel: 1\ntitle: K\nepisodes:\n  - {scene: one.yaml, cover: 1000s}\n")
    [film] = storyreel.batch(tmp_path / "series.yaml", tmp_path / "out").films
    assert "there is no cover at 1000s: the film lasts 3.50 s" in str(film.problems[0])


def test_every_event_is_a_line_of_json_and_says_how_far_things_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = scene(tmp_path, "one"), scene(tmp_path, "two", "party")
    assert run(["batch", str(one), str(two), "-o", str(tmp_path / "out"), "--jobs", "1", "--log", "json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    events: list[dict[str, Any]] = [json.loads(line) for line in said.out.splitlines()]
    kinds = [event["kind"] for event in events]
    assert (kinds[0], kinds[-1]) == ("begun", "done")
    assert {event["film"] for event in events if event["kind"] == "finished"} == {"one", "two"}
    drawn = [event for event in events if event["kind"] == "drawn"]
    assert drawn
    assert all(event["fps"] > 0 and event["seconds_left"] >= 0 for event in drawn)
    assert [event["seconds"] for event in events] == sorted(event["seconds"] for event in events)
    assert events[-1]["all_done"] == events[-1]["all_frames"] > 0


class Batch:
    """A batch in a process of its own."""

    def __init__(self, folder: Path, out: str, *arguments: str) -> None:
        self.out = folder / out
        root = str(Path(__file__).parent.parent)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "storyreel", "batch", *arguments, "-o", str(self.out), "--log", "json"],
            env=os.environ | {"PYTHONPATH": root},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def until(self, frames: int) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if json.loads(line)["all_done"] >= frames:
                return
        raise AssertionError(self.process.communicate()[1])

    def ended(self) -> None:
        output, errors = self.process.communicate(timeout=120)
        assert self.process.returncode == 0, output + errors

    def children(self) -> list[int]:
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text().split()]


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks at processes through /proc")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The two films that are disturbed in the tests below, each rendered by itself and in peace."""
    folder = tmp_path_factory.mktemp("alone")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORYREEL_CACHE", str(folder / "cache"))
        for path in pair(folder):
            storyreel.load(path).render(folder / f"{path.stem}.mp4", jobs=1, cache=False)
    return films(folder)


def pair(folder: Path) -> list[Path]:
    return [scene(folder, "one", seconds=6), scene(folder, "two", "party", seconds=6)]


@needs_proc
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_batch_that_is_stopped_leaves_nothing_half_done_and_goes_on_where_it_was(
    tmp_path: Path, how: signal.Signals, alone: dict[str, bytes]
) -> None:
    scenes = list(map(str, pair(tmp_path)))
    # A third film is so long that no machine has drawn it before the signal arrives.
    endless = scene(tmp_path, "endless", seconds=120)
    running = Batch(tmp_path, "out", *scenes, str(endless), "--jobs", "2")
    running.until(150)
    workers = running.children()
    assert len(workers) == 2
    running.process.send_signal(how)
    running.process.communicate(timeout=30)
    assert running.process.returncode == (130 if how == signal.SIGINT else -9)
    ends = time.monotonic() + 10
    while any(map(alive, workers)):
        assert time.monotonic() < ends, "a worker outlives its batch"
        time.sleep(0.05)
    assert films(running.out).items() <= alone.items()
    if how == signal.SIGINT:
        assert not list(running.out.glob(".*"))

    report = storyreel.batch(scenes, running.out, jobs=2)
    assert sum(film.reused for film in report.films) >= 2
    assert not list(running.out.glob(".*"))
    assert films(running.out) == alone


@needs_proc
def test_a_worker_killed_in_the_middle_costs_only_its_chunk(tmp_path: Path, alone: dict[str, bytes]) -> None:
    path, _ = pair(tmp_path)
    running = Batch(tmp_path, "out", str(path), "--jobs", "2")
    running.until(100)
    os.kill(running.children()[0], signal.SIGKILL)
    running.ended()
    assert films(running.out) == {"one.mp4": alone["one.mp4"]}


def test_two_batches_at_once_may_share_a_cache_and_a_folder(
    tmp_path: Path, own_cache: Path, alone: dict[str, bytes]
) -> None:
    scenes = list(map(str, pair(tmp_path)))
    first = Batch(tmp_path, "out", *scenes, "--jobs", "1")
    second = Batch(tmp_path, "out", *reversed(scenes), "--jobs", "1")
    first.ended()
    second.ended()
    assert not list((tmp_path / "out").glob(".*"))
    assert not list(own_cache.rglob("*.part"))
    assert films(tmp_path / "out") == alone
