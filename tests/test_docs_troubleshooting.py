"""The messages that a newcomer meets first: a piece of YAML brings each, and another brings none; or a command does."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydub import AudioSegment
from small_series import scene
from test_cli import BROKEN_SKIA, call, start

from storyreel.errors import SceneError
from storyreel.film.reading import vocabulary
from storyreel.render import pool
from storyreel.script.hints import hints
from storyreel.script.read import read_text_with_places

ROOT = Path(__file__).parent.parent
FIRST, *SECTIONS = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8").split("\n## ")
MESSAGES = [
    (section.partition("\n")[0], *found)
    for section in SECTIONS
    for found in re.findall(r"```yaml\n(.*?)```\n\n```console\n(.*?)```\n\n.*?```yaml\n(.*?)```", section, re.DOTALL)
]
"""What is wrong, the YAML, what is said of it, and the YAML that is right."""
COMMANDS = [
    (section.partition("\n")[0], *found)
    for section in SECTIONS
    for found in re.findall(r"```console\n\$ storyreel (.*?)\n(.*?)```", section, re.DOTALL)
]
"""What is wrong, the command, and what is said."""
BODY = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 840">
  <g id="Head"><circle cx="200" cy="200" r="100" fill="#FFAA00"/></g>
  {}
</svg>
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the pieces name beside the scene."""
    home = tmp_path_factory.mktemp("beside")
    for name in ("me.png", "photo.png"):
        Image.new("RGB", (60, 80), "pink").save(home / name)
    for name, more in (("words", '<text x="9" y="9">Hi</text>'), ("me", ""), ("outlines", "")):
        (home / f"{name}.svg").write_text(BODY.format(more))
    (home / "clip.mp4").write_bytes(b"not a clip at all" * 20)
    (home / "hello.wav").write_bytes(b"nor a recording" * 20)
    wave = np.sin(np.arange(48_000) / 20) * 9000
    spoken = AudioSegment(wave.astype("<i2").tobytes(), sample_width=2, frame_rate=48_000, channels=1)
    spoken.export(home / "spoken.wav", "wav").close()
    return home


def stage() -> list[str]:
    """The lines of the film around each piece."""
    (shown,) = re.findall(r"```yaml\n(.*?)```", FIRST, re.DOTALL)
    return str(shown).splitlines(keepends=True)


def indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def placed(piece: str) -> str:
    """The film with a piece in place of its like: its beats, or the key of that name; a new key, below the title, or
    below the scene's set."""
    first = piece.splitlines()[0]
    key = re.match(r" *(- )?\w*", first)
    assert key is not None
    before: list[str] = []
    after = stage()
    while after and not after[0].startswith(" " * 6 + "- " if key[1] else key[0] + ":"):
        before.append(after.pop(0))
    if not after:
        below = 8 if indent(first) else 2
        return "".join([*before[:below], piece, *before[below:]])
    after.pop(0)
    while after and indent(after[0]) > indent(first):
        after.pop(0)
    return "".join([*before, piece, *after])


def said(text: str, folder: Path = ROOT) -> list[str]:
    """What `storyreel check` says of a film before it is spoken."""
    try:
        script, places = read_text_with_places(text, "scene.yaml", folder, vocabulary(folder))
    except SceneError as error:
        return [str(problem).removeprefix(f"{folder}/") for problem in error.problems]
    return [str(hint) for hint in hints(script, places)]


def test_each_section_tells_of_one_message_and_the_film_around_them_is_good() -> None:
    assert [section.partition("\n")[0] for section in SECTIONS] == [one[0] for one in (*MESSAGES, *COMMANDS)]
    assert len(SECTIONS) >= 35
    assert said("".join(stage())) == []


@pytest.mark.parametrize(("name", "wrong", "shown", "right"), MESSAGES, ids=[one[0] for one in MESSAGES])
def test_a_piece_brings_the_message_beneath_it_and_what_is_right_brings_none(
    name: str, wrong: str, shown: str, right: str, folder: Path
) -> None:
    assert said(placed(wrong), folder) == shown.splitlines()
    assert said(placed(right), folder) == []


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with small films, and what a command finds there."""
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "cache"))
    work = tmp_path / "work"
    for place in ("my-film", "spring", "autumn/spring", "broken"):
        scene(work / place, "scene", seconds=0.5)
    broken = work / "broken" / "scene.yaml"
    broken.write_text(broken.read_text().replace("hop", "hpo"))
    onyx = (work / "my-film" / "scene.yaml").read_text().replace("use: heart", "use: onyx")
    (work / "my-film" / "onyx.yaml").write_text(onyx.replace("{do: wave}", "Hello!"))
    (work / "series.yaml").write_text("storyreel: 2\ntitle: Week\nepisodes: [my-film/scene.yaml]\n")
    yield work
    for disk in ("stick", "locked"):
        if (work / disk).is_mount():
            subprocess.run(["umount", str(work / disk)], check=True)


def disk(folder: Path, options: str) -> None:
    """A disk of its own, where the system lets one be made."""
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True).returncode:
        pytest.skip("cannot mount a small disk here")


def dying(film: Path, patch: pytest.MonkeyPatch) -> None:
    """Workers end as soon as they are started, over a film of one piece."""
    film.write_text(film.read_text().partition("  - id: second")[0])
    original = pool.Worker.start

    def start(self: pool.Worker) -> subprocess.Popen[bytes]:
        process = original(self)
        process.kill()
        return process

    patch.setattr(pool.Worker, "start", start)


def without_a_library(work: Path) -> None:
    (work / "skia.py").write_text(BROKEN_SKIA)


TROUBLE: dict[str, Callable[[Path, pytest.MonkeyPatch], object]] = {
    "A voice that isn't installed": lambda _, patch: patch.setattr("storyreel.sound.kokoro.installed", lambda: False),
    "The disk is full": lambda work, _: disk(work / "stick", "size=16k"),
    "A place where nothing can be written": lambda work, _: disk(work / "locked", "ro"),
    "A render worker that died": lambda work, patch: dying(work / "my-film" / "scene.yaml", patch),
    "A library that is missing": lambda work, _: without_a_library(work),
}
"""What has to be wrong for a command to fail, where it isn't the command itself."""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "words", "shown"), COMMANDS, ids=[one[0] for one in COMMANDS])
def test_a_command_says_what_stands_beneath_it(
    name: str, words: str, shown: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name in TROUBLE:
        TROUBLE[name](here, monkeypatch)
    alone = name == "A library that is missing"
    # With one job the process draws by itself.
    jobs = ["--jobs", "2" if "worker" in name else "1"] if words.startswith(("render", "batch")) else []
    done = (start if alone else call)(*words.split(), *jobs, **({"path": here} if alone else {}), cwd=here)
    assert done.returncode != 0
    assert shown in done.stderr + done.stdout, done.stderr + done.stdout
