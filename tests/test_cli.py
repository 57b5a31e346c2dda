"""The command line: what is said and done, and by real processes what starts, stops and lacks libraries."""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storyreel.cli.commands import run, storyreel
from storyreel.errors import Place, Problem, SceneError, StoryreelError

ROOT = Path(__file__).parent.parent
BROKEN_SKIA = "raise ImportError('libGL.so.1: cannot open shared object file: No such file or directory')\n"

BAD = """\
storyreel: 1
title: Bad
cast:
  mi: {puppet: michii}
scenes:
  - id: one
    cast: {mi: {at: left}}
    beats:
      - cammera: {push: 2}
      - mi: {do: waave, face: joyy}
"""


def call(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs `storyreel` in this process."""
    said, complained = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(cwd or Path.cwd()),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(complained),
    ):
        try:
            code = run(arguments)
        except SystemExit as left:
            code = int(left.code or 0)
    return subprocess.CompletedProcess(arguments, code, said.getvalue(), complained.getvalue())


def python(*arguments: str, path: Path | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs Python with `path` first among the places that modules come from."""
    places = [str(path)] if path else []
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*places, str(ROOT)]), "COLUMNS": "120"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=cwd, env=environment, check=False)


def start(*arguments: str, path: Path | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs `storyreel` as a user would."""
    return python("-m", "storyreel", *arguments, path=path, cwd=cwd)


@pytest.fixture
def without_skia(tmp_path: Path) -> Path:
    """A folder whose `skia` can't be imported, as on a machine without libGL."""
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "skia.py").write_text(BROKEN_SKIA)
    return folder


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A fresh film from `storyreel new`."""
    done = call("new", "my-film", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path / "my-film" / "scene.yaml"


def test_help_is_instant():
    def cost() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert start("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(cost() for _ in range(3)) < 0.25


@pytest.mark.parametrize("command", sorted(storyreel.commands))
def test_every_commands_help_shows_an_example(command: str):
    done = call(command, "--help")
    assert done.returncode == 0
    assert f"Example:\n  storyreel {command}" in done.stdout


def test_the_version_is_said():
    from storyreel import __version__

    assert __version__ in start("--version").stdout


def test_the_schema_is_printed_as_it_is_committed():
    assert call("schema").stdout == (ROOT / "schema" / "scene.schema.json").read_text(encoding="utf-8")


def test_the_looks_are_listed():
    assert call("looks").stdout.startswith("cel        ")


def test_a_new_film_is_good_and_carries_its_name_and_its_schema(film: Path):
    assert sorted(path.name for path in film.parent.iterdir()) == ["portrait.png", "scene.schema.json", "scene.yaml"]
    text = film.read_text(encoding="utf-8")
    assert text.splitlines()[0] == "# yaml-language-server: $schema=scene.schema.json"
    assert 'title: "My film"' in text
    assert "First film" not in text
    schema = (film.parent / "scene.schema.json").read_text(encoding="utf-8")
    assert schema == (ROOT / "schema" / "scene.schema.json").read_text(encoding="utf-8")
    done = call("check", str(film))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{film}: good; scenes: 1, beats: 3, lines: 1\n"


@pytest.mark.parametrize("name", ['say "hi"', "back\\slash", "tab\tbed", "#one: {two}", "日本"])
def test_no_name_can_break_the_new_scene(tmp_path: Path, name: str):
    done = call("new", name, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert call("check", str(tmp_path / name / "scene.yaml")).returncode == 0


def test_new_leaves_a_folder_that_is_there_alone(tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "scene.yaml").write_text("precious")
    done = call("new", "mine", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "storyreel: mine is there already; choose another name\n"
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "scene.yaml"]


def test_wrong_input_is_said_all_at_once_on_stderr_and_nothing_is_written(tmp_path: Path):
    (tmp_path / "bad.yaml").write_text(BAD)
    for command in ("check", "render", "inspect", "sheet"):
        done = call(command, "bad.yaml", cwd=tmp_path)
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.splitlines() == [
            "bad.yaml:9:9: unknown key 'cammera'; did you mean 'camera'?",
            "bad.yaml:10:18: unknown act 'waave'; did you mean 'wave'?",
            "bad.yaml:10:31: the puppet of 'mi' has no face 'joyy'; did you mean 'joy'?",
        ]
    assert [path.name for path in tmp_path.iterdir()] == ["bad.yaml"]


def test_a_glyph_that_no_font_of_the_look_has_names_its_line(film: Path):
    film.write_text(film.read_text(encoding="utf-8").replace("Hello! This", "ሰላም! This"), encoding="utf-8")
    done = call("check", str(film))
    assert done.returncode == 2
    (said,) = done.stderr.splitlines()
    assert said.startswith(f"{film}:")
    assert "no glyph for 'ሰ' (U+1230)" in said
    line = int(said.removeprefix(f"{film}:").split(":")[0])
    assert "ሰላም" in film.read_text(encoding="utf-8").splitlines()[line - 1]


def test_a_missing_file_is_wrong_input():
    done = call("check", "nowhere.yaml")
    assert (done.returncode, done.stderr) == (2, "nowhere.yaml: no such file\n")


@pytest.mark.parametrize(
    "arguments", [["rendr"], ["render"], ["frame", "x.yaml"], ["render", "x.yaml", "--captions", "loud"], ["-x"]]
)
def test_a_wrong_command_is_wrong_input(arguments: list[str]):
    done = call(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--look", "kawai", "unknown look 'kawai'; did you mean 'kawaii'?"),
        ("--format", "reel", "unknown format 'reel'"),
    ],
)
def test_an_unknown_look_or_format_is_refused(film: Path, option: str, value: str, said: str):
    done = call("inspect", str(film), option, value)
    assert done.returncode == 1
    assert said in done.stderr


@pytest.mark.parametrize(("command", "name"), [("render", "film.avi"), ("sheet", "sheet.txt")])
def test_a_file_of_the_wrong_kind_is_refused_before_any_work(film: Path, command: str, name: str):
    done = call(command, str(film), "-o", name)
    assert done.returncode == 2
    assert f"{name}: its name must end in ." in done.stderr


def test_what_needs_no_drawing_works_where_skia_does_not(without_skia: Path, tmp_path: Path):
    code = """
import sys
from storyreel.cli.commands import run
for words in sys.argv[1:]:
    assert run(words.split("|")) == 0, words
try:
    import skia
except ImportError:
    print("and skia does not work")
"""
    # One of format 1 is checked without being directed.
    film = tmp_path / "old.yaml"
    film.write_text("storyreel: 1\ntitle: Old\nlook: kawaii\nscenes: [{id: a, beats: [wait: 1s]}]\n", encoding="utf-8")
    wanted = ("--help", "render|--help", "schema", "looks", f"check|{film}", "new|other")
    done = python("-c", code, *wanted, path=without_skia, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("and skia does not work\n")


def test_what_needs_drawing_says_what_to_do_where_skia_does_not_work(without_skia: Path, film: Path):
    done = start("check", str(film), path=without_skia)
    assert done.returncode == 1
    assert done.stderr == (
        "storyreel: libGL.so.1: cannot open shared object file: No such file or directory;"
        " 'storyreel doctor' says what fixes it\n"
    )


def test_the_doctor_names_what_is_missing_and_what_fixes_it(without_skia: Path):
    done = start("doctor", path=without_skia)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    (at,) = [index for index, line in enumerate(lines) if line.startswith("LACK  skia-python")]
    assert "libGL.so.1: cannot open shared object file" in lines[at]
    assert lines[at + 1].endswith("fix: sudo apt-get install -y libgl1 libegl1")
    assert any(line.startswith("ok    pydantic") for line in lines)


def test_the_doctor_is_content_with_a_machine_that_can_render():
    done = call("doctor")
    assert done.returncode == 0, done.stdout
    assert "LACK" not in done.stdout


def test_the_doctor_finds_a_cache_that_cannot_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "file"))
    done = call("doctor")
    assert done.returncode == 1
    (said,) = [line for line in done.stdout.splitlines() if line.startswith("LACK")]
    assert said.split()[1] == "cache"
    assert str(tmp_path / "file") in said


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (SceneError([Problem(Place("a", 2, 1), "no"), Problem(Place("a", 1, 1), "nor")]), 2, "a:1:1: nor\na:2:1: no\n"),
        (StoryreelError("the disk is full"), 1, "storyreel: the disk is full\n"),
        (KeyboardInterrupt(), 130, "\n"),
    ],
)  # fmt: skip
def test_each_way_of_failing_has_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], raised: BaseException, code: int, said: str
):
    def fail(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr("storyreel.film.reading.schema_text", fail)
    assert run(["schema"]) == code
    assert capsys.readouterr().err == said


@pytest.mark.slow
def test_a_new_film_renders_as_it_is(film: Path):
    done = start("render", str(film), "--jobs", "2", cwd=film.parent.parent)
    assert done.returncode == 0, done.stderr
    # Some systems' fontconfig complains of its own files when skia starts, and a slow one is told how far it is.
    assert [
        line for line in done.stderr.splitlines() if not line.startswith(("Fontconfig", "Drawing: ", "Done: "))
    ] == []
    made = sorted(path.name for path in film.parent.parent.glob("my-film.*"))
    assert made == ["my-film.mp4", "my-film.srt", "my-film.vtt"]
    import av

    with av.open(str(film.parent.parent / "my-film.mp4")) as container:
        assert {stream.type for stream in container.streams} == {"video", "audio"}
        assert (container.streams.video[0].width, container.streams.video[0].height) == (1080, 1920)
        assert container.duration is not None
        assert container.duration > 5_000_000


@pytest.mark.slow
def test_inspect_shows_the_times_of_shots_beats_lines_and_cues(film: Path):
    done = call("inspect", str(film), "--json")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["rate"] == "30"
    assert [shot["scene"] for shot in data["shots"]] == ["hello.1", "hello.2", "reveal"]
    assert data["beats"][2]["summary"] == "Hello! This is my first film."
    (line,) = data["lines"]
    assert (line["speaker"], line["text"]) == ("michii", "Hello! This is my first film.")
    assert data["beats"][2]["from"] <= line["from"] < line["to"] <= data["beats"][2]["to"]
    assert [word["text"] for word in line["words"]] == line["text"].split()
    assert {"effect", "speech"} <= {cue["kind"] for cue in data["cues"]}
    ends = [shot["end"] for shot in data["shots"]]
    assert [shot["start"] for shot in data["shots"]] == [0, *ends[:-1]]
    assert ends[-1] == data["frames"]
    tables = call("inspect", str(film)).stdout
    for title in ("Shots", "Beats", "Lines", "Cues", "Hello! This is my first film."):
        assert title in tables


@pytest.mark.slow
def test_a_frame_is_a_picture_of_the_films_size(film: Path):
    from PIL import Image

    done = call("frame", str(film), "--at", "1.5", "-o", "f.png", cwd=film.parent)
    assert done.returncode == 0, done.stderr
    with Image.open(film.parent / "f.png") as picture:
        assert picture.size == (1080, 1920)
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 100
    late = call("frame", str(film), "--at", "900", "-o", "g.png", cwd=film.parent)
    assert late.returncode == 1
    assert "the film lasts" in late.stderr
    assert not (film.parent / "g.png").exists()


@pytest.mark.slow
def test_an_interrupted_render_leaves_nothing_and_says_so_by_its_code(film: Path):
    folder = film.parent.parent
    command = [sys.executable, "-m", "storyreel", "render", str(film), "--jobs", "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "STORYREEL_CACHE": str(folder / "cache")}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        while not any(path.suffix == ".part" for path in folder.iterdir()):
            assert process.poll() is None
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=60)
    assert process.returncode == 130
    assert sorted(path.name for path in folder.iterdir() if path.name != "cache") == ["my-film"]
