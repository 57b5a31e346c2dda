"""A film that was directed once is not directed again, until something that decides it has changed."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import wave
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

import storyreel
from storyreel.assets import asset
from storyreel.direct import director
from storyreel.film.directed import Kept, SceneFile, Written, files_of
from storyreel.render import keys
from storyreel.render.cache import Cache
from storyreel.render.keys import fingerprint_of
from storyreel.render.pool import Worker
from storyreel.script.models import Script
from storyreel.script.units import Duration
from storyreel.timeline.model import Timeline

ROOT = Path(__file__).parent.parent
SCENE = """\
storyreel: 1
title: Kept
format: {width: 216, height: 384, fps: 30}
music: {track: tune.yaml}
cast:
  mi: {puppet: mine.svg, voice: {use: heart}}
scenes:
  - id: one
    set: duet
    cast:
      mi: {at: centre}
    props:
      snap: {kind: picture, file: photo, width: 100, height: 100}
    beats:
      - mi: {say: Hello there!}
      - snap: {show: pop}
        sfx: [{play: bang.wav}]
"""


def bang(folder: Path, samples: int) -> None:
    with wave.open(str(folder / "bang.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\x00\x40" * samples)


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scene with a puppet, a picture, a tune and a sound of its own, and a cache of its own."""
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "film"
    folder.mkdir()
    shutil.copy(asset("puppets", "michii", "michii.svg"), folder / "mine.svg")
    shutil.copy(asset("puppets", "michii", "michii.rig.yaml"), folder / "mine.rig.yaml")
    shutil.copy(folder / "mine.svg", folder / "mine.side.svg")
    shutil.copy(next(asset("portraits").glob("*.png")), folder / "photo")
    shutil.copy(ROOT / "storyreel" / "sound" / "tracks" / "bubblegum.yaml", folder / "tune.yaml")
    bang(folder, 100)
    (folder / "scene.yaml").write_text(SCENE)
    return folder / "scene.yaml"


@pytest.fixture
def directed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the films that are directed from now on, in order."""
    titles: list[str] = []
    direct = director.direct

    def counting(script: Script, *rest: object, **ways: object) -> director.Direction:
        titles.append(script.title)
        return direct(script, *rest, **ways)  # type: ignore[arg-type]

    monkeypatch.setattr(director, "direct", counting)
    return titles


def film(scene: Path) -> Timeline:
    return storyreel.load(scene).timeline


def entry(scene: Path) -> Path:
    """Where the film of a scene file is kept."""
    cache = Cache()
    key = Kept(cache, scene.parent, SceneFile(scene).said).key
    return cache.folder / "pieces" / key[:2] / key


def test_a_film_is_directed_once_and_comes_back_the_same(scene: Path, directed: list[str]) -> None:
    first = film(scene)
    again = film(scene)
    assert directed == ["Kept"]
    assert again == first
    assert fingerprint_of(again.title, again.scenes, again.sound) == fingerprint_of(
        first.title, first.scenes, first.sound
    )


def test_a_film_built_in_python_is_directed_once_too(scene: Path, directed: list[str]) -> None:
    script = storyreel.load(scene).script
    films = [storyreel.Episode.from_script(script, scene.parent).timeline for _ in range(2)]
    assert directed == ["Kept"]
    assert films[0] == films[1]
    other = script.model_copy(update={"seed": script.seed + 1})
    assert storyreel.Episode.from_script(other, scene.parent).timeline != films[0]


CHANGES: dict[str, Callable[[Path], object]] = {
    "the scene": lambda folder: (folder / "scene.yaml").write_text(SCENE.replace("Hello there", "Hello you")),
    "a comment in it": lambda folder: (folder / "scene.yaml").write_text(SCENE + "# done\n"),
    "a drawing": lambda folder: (folder / "mine.svg").write_text((folder / "mine.svg").read_text() + "<!-- -->"),
    "the rig beside it": lambda folder: (folder / "mine.rig.yaml").write_text("height: 900\n"),
    "a rig that is gone": lambda folder: (folder / "mine.rig.yaml").unlink(),
    "a view of it": lambda folder: (folder / "mine.side.svg").write_text((folder / "mine.svg").read_text() + " "),
    "a view's rig": lambda folder: (folder / "mine.side.rig.yaml").write_text("height: 900\n"),
    "a picture": lambda folder: Image.new("RGB", (8, 8)).save(folder / "photo", "PNG"),
    "the music": lambda folder: (folder / "tune.yaml").write_text((folder / "tune.yaml").read_text() + "\n"),
    "a sound": lambda folder: bang(folder, 200),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_any_file_has_it_directed_again(scene: Path, directed: list[str], change: str) -> None:
    film(scene)
    CHANGES[change](scene.parent)
    film(scene)
    assert directed == ["Kept", "Kept"]
    film(scene)
    assert directed == ["Kept", "Kept"]


def test_another_look_or_format_is_another_film(scene: Path, directed: list[str]) -> None:
    film(scene)
    square = storyreel.load(scene, form="square").timeline
    assert (square.width, square.height) == (1080, 1080)
    assert len(directed) == 2
    with pytest.raises(storyreel.StoryreelError, match="'squar'"):
        storyreel.load(scene, form="squar")
    with pytest.raises(storyreel.StoryreelError, match="kawaiii"):
        storyreel.load(scene, look="kawaiii")


def test_the_same_scene_in_another_folder_is_another_film(scene: Path, tmp_path: Path, directed: list[str]) -> None:
    film(scene)
    shutil.copytree(scene.parent, tmp_path / "other")
    film(tmp_path / "other" / "scene.yaml")
    assert len(directed) == 2


def test_a_film_whose_look_has_changed_is_directed_again(
    scene: Path, directed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = film(scene)
    monkeypatch.setattr("storyreel.film.directed.look_digest", lambda look: f"another {look}")
    assert film(scene) == first
    assert len(directed) == 2
    assert film(scene) == first
    assert len(directed) == 2


def test_what_directs_is_part_of_the_key(scene: Path, directed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    film(scene)
    monkeypatch.setattr("storyreel.film.directed.director", lambda: "another version")
    film(scene)
    assert len(directed) == 2


@pytest.mark.parametrize(
    "folder",
    ["source", "script", "timeline", "media", "puppet", "text", "treatment", "sound", "direct", "stage", "assets"],
)
def test_a_change_in_any_room_or_asset_is_another_director(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    package = tmp_path / "storyreel"
    shutil.copytree(ROOT / "storyreel", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "assets", package / "assets")
    monkeypatch.setattr(keys, "_PACKAGE", package)
    monkeypatch.setattr(keys, "shipped", lambda name: package / name)
    before = keys.director.__wrapped__()
    changed = max(path for path in (package / folder).rglob("*") if path.is_file())
    changed.write_bytes(changed.read_bytes() + b"\n")
    assert keys.director.__wrapped__() != before


def test_everything_that_directs_is_in_the_rooms_of_the_key(scene: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from storyreel.film.reading import read; "
        "from storyreel.direct.director import direct; "
        f"direct(read({str(scene)!r})[0], Path({str(scene.parent)!r})); "
        "print(*(name for name in sys.modules if name.startswith('storyreel.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    # The seal decides what of the cache counts, not what a film is; of the looks the film's own counts by itself.
    beside = {f"storyreel.{name}" for name in ("assets", "errors", "seal", "film", "film.reading")}
    assert {name.split(".")[1] for name in set(done.stdout.split()) - beside} <= {"looks", *keys._DIRECTING_ROOMS}


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b"", lambda b: b[:-3] + b"xyz"])
def test_a_damaged_entry_is_made_again(scene: Path, directed: list[str], damage: Callable[[bytes], bytes]) -> None:
    first = film(scene)
    path = entry(scene)
    path.write_bytes(damage(path.read_bytes()))
    assert film(scene) == first
    assert len(directed) == 2
    assert film(scene) == first
    assert len(directed) == 2


class Trap:
    """Unpickled by anybody who trusts it, it makes a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.folder),)


def test_an_entry_that_holds_anything_but_a_timeline_runs_nothing(
    scene: Path, directed: list[str], tmp_path: Path
) -> None:
    first = film(scene)
    key = Kept(Cache(), scene.parent, SceneFile(scene).said).key
    for piece in (
        pickle.dumps(((), "look", Trap(tmp_path / "sprung"))),
        pickle.dumps(7),
        b"\x80\x05.",
        pickle.dumps(((), "look", 7)),
    ):
        Cache().put(key, piece)
        assert film(scene) == first
    assert not (tmp_path / "sprung").exists()
    assert len(directed) == 5


def test_without_the_cache_it_is_directed_again_and_not_kept(scene: Path, directed: list[str], tmp_path: Path) -> None:
    film(scene)
    before = entry(scene).read_bytes()
    episode = storyreel.load(scene)
    episode._kept = None
    episode._cached = False
    assert episode.timeline is episode.direction.timeline
    assert len(directed) == 2
    assert entry(scene).read_bytes() == before


def test_a_clip_that_is_gone_is_spoken_again(scene: Path, directed: list[str]) -> None:
    film(scene)
    assert set(storyreel.load(scene).clips) == {cue.key for cue in film(scene).sound.speech}
    assert len(directed) == 1
    shutil.rmtree(Cache().clips)
    assert set(storyreel.load(scene).clips) == {cue.key for cue in film(scene).sound.speech}
    assert len(directed) == 2


def test_what_is_wrong_with_a_file_is_said_however_often_it_was_good(scene: Path) -> None:
    film(scene)
    scene.write_text(SCENE.replace("mi: {say", "mo: {say"))
    with pytest.raises(storyreel.SceneError, match="mo"):
        storyreel.load(scene)
    scene.unlink()
    with pytest.raises(storyreel.SceneError, match="no such file"):
        storyreel.load(scene)


def test_scripts_that_differ_by_a_hair_are_told_apart(scene: Path) -> None:
    script = storyreel.load(scene).script
    beat = script.scenes[0].beats[0]

    def waiting(seconds: str) -> str:
        changed = beat.model_copy(update={"wait": Duration(Fraction(seconds), "s")})
        one = script.scenes[0].model_copy(update={"beats": [changed]})
        return Written(script.model_copy(update={"scenes": [one]})).said

    assert waiting("1.00000001") != waiting("1.00000002")
    assert waiting("1.00000001") == waiting("1.00000001")


def test_scripts_that_differ_by_what_somebody_does_are_told_apart_and_know_its_recording(scene: Path) -> None:
    tree = storyreel.load(scene).script.model_dump(by_alias=True)

    def doing(**part: str) -> Script:
        return Script.model_validate({**tree, "scenes": [{"id": "one", "cast": {"mi": {}}, "beats": [{"mi": part}]}]})

    recorded = doing(say="Hello!", recording="bang.wav")
    assert len({Written(one).said for one in (doing(say="Hello!"), doing(say="Bye!"), doing(do="hop"), recorded)}) == 4
    before = files_of(recorded, scene.parent)
    bang(scene.parent, 300)
    assert files_of(recorded, scene.parent) != before


WARM = """
import sys
for name in ("storyreel.direct", "storyreel.film.reading", "storyreel.script.models", "hibari", "onnxruntime", "scipy",
             "pydantic", "ruamel.yaml", *sys.argv[2:]):
    sys.modules[name] = None
from storyreel.cli.commands import run
sys.exit(run(sys.argv[1].split("|")))
"""


def warm(arguments: list[object], *without: str) -> None:
    """Runs a command in a process where what reads, speaks and directs can't be imported."""
    command = [sys.executable, "-c", WARM, "|".join(map(str, arguments)), *without]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_a_warm_run_neither_reads_nor_speaks_nor_directs_nor_draws(scene: Path, tmp_path: Path) -> None:
    scene.write_text(SCENE.replace("        sfx: [{play: bang.wav}]\n", ""))
    first, again = tmp_path / "first.mp4", tmp_path / "again.mp4"
    storyreel.load(scene).render(first)
    warm(["render", scene, "-o", again], "skia", "scipy", "storyreel.paint.painter")
    assert again.read_bytes() == first.read_bytes()
    assert again.with_suffix(".srt").read_bytes() == first.with_suffix(".srt").read_bytes()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Every worker that is started from now on."""
    found: list[subprocess.Popen[bytes]] = []
    start = Worker.start

    def starting(worker: Worker) -> subprocess.Popen[bytes]:
        process = start(worker)
        if process not in found:
            found.append(process)
        return process

    monkeypatch.setattr(Worker, "start", starting)
    return found


def test_workers_get_ready_while_the_film_is_directed_and_end_where_it_cant_be(
    scene: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    def refusing(*_: object, **ways: object) -> director.Direction:
        assert [worker.poll() for worker in started] == [None, None]
        raise storyreel.StoryreelError("no such luck")

    monkeypatch.setattr(director, "direct", refusing)
    with pytest.raises(storyreel.StoryreelError, match="no such luck"):
        storyreel.load(scene).render(tmp_path / "film.mp4", jobs=2)
    assert len(started) == 2
    assert all(worker.returncode is not None for worker in started)
    assert not (tmp_path / "film.mp4").exists()


@pytest.mark.slow
def test_a_film_that_is_directed_already_starts_no_more_workers_than_it_has_work_for(
    scene: Path, tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    scene.write_text(SCENE.replace("        sfx: [{play: bang.wav}]\n", ""))
    alone = storyreel.load(scene).render(tmp_path / "alone.mp4", jobs=1)
    assert (alone.reused, started) == (0, [])
    storyreel.load(scene).render(tmp_path / "again.mp4", jobs=2)
    assert started == []
    both = storyreel.load(scene).render(tmp_path / "both.mp4", jobs=2, cache=False)
    assert both.jobs == min(2, both.chunks)
    assert len(started) == 2
    assert len({(tmp_path / f"{name}.mp4").read_bytes() for name in ("alone", "again", "both")}) == 1
