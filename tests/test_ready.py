"""Workers get ready while a film is read and directed; what they do for it is what would have been done here."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import storyreel
from storyreel.assets import asset
from storyreel.direct.director import direct
from storyreel.errors import SceneError
from storyreel.film.episode import loaded
from storyreel.film.warmup import LoadingPictures, Speaking, Utterance, begin, pictures, speak, utterances
from storyreel.render.pool import Pool, Worker
from storyreel.script.models import Script
from storyreel.sound.store import ClipStore
from storyreel.sound.voice import voice
from storyreel.source.tree import parse

ROOT = Path(__file__).parent.parent
SCENE = """\
storyreel: 1
title: Ready
format: {width: 216, height: 384, fps: 30}
creator: {name: Mi, handle: "@mi", message: Hi, puppet: bo, line: Be kind., portrait: photo.png}
cast:
  mi: {puppet: michii, voice: {use: heart, pitch: 1.2}}
  bo: {puppet: grump, voice: {use: heart, formant: 0.8}}
  mute: {puppet: grump}
scenes:
  - id: one
    set: duet
    cast: {mi: {at: left}, bo: {at: right}}
    beats:
      - mi: Hello!
      - mi: {say: Hello!, do: wave}
      - bo: {say: Hello!, voice: {use: heart, speed: 1.3}}
      - bo: [{say: Who is there?}, {face: angry}]
      - mi: {do: wave}
"""


def written(folder: Path, text: str = SCENE) -> Script:
    """The script in a text as it stands, unchecked, in a folder where its portrait lies."""
    shutil.copy(next(asset("portraits").glob("*.png")), folder / "photo.png")
    return Script.model_validate(parse(text, "scene.yaml")[0])


@pytest.fixture
def script(tmp_path: Path) -> Script:
    return written(tmp_path)


def test_every_line_that_is_directed_is_known_beforehand(script: Script, tmp_path: Path) -> None:
    lines = utterances(script)
    assert [line.text for line in lines] == ["Hello!", "Hello!", "Who is there?", "Be kind."]
    assert {line.key for line in lines} == set(direct(script, tmp_path).clips)


def test_a_recorded_line_and_one_without_a_voice_are_not_spoken(script: Script, tmp_path: Path) -> None:
    (tmp_path / "boo.wav").write_bytes(b"RIFF")
    text = SCENE.replace("{say: Hello!, do: wave}", "{say: Boo, recording: boo.wav}").replace("bo: {say", "mute: {say")
    text = text.replace("puppet: bo, line", "puppet: mute, line").replace(", voice: {use: heart, speed: 1.3}", "")
    text = text.replace("bo: [{say: Who is there?}", "bo: [{say: Who?}").replace(
        "bo: {puppet: grump, v", "bo: {puppet: michii, v"
    )
    assert [line.text for line in utterances(written(tmp_path, text))] == ["Hello!", "Who?"]
    assert len(utterances(script.model_copy(update={"reveal": False}))) == 3


def test_a_worker_speaks_as_this_process_does(script: Script, tmp_path: Path) -> None:
    store = ClipStore(None)
    with Pool(2) as pool:
        begin(pool)
        speak(pool, script, tmp_path, store)
    for line in utterances(script):
        kept = store.kept(line.key)
        here = voice(line.voice).speak(line.text, pitch=line.pitch, formant=line.formant, speed=line.speed)
        assert kept is not None
        assert np.array_equal(kept.samples, here.samples)
        assert (kept.words, kept.phonemes) == (here.words, here.phonemes)


def test_a_line_that_cant_be_spoken_is_left_to_the_director(tmp_path: Path) -> None:
    odd = written(tmp_path, SCENE.replace("Hello!", "…"))
    store = ClipStore(None)
    with Pool(2) as pool:
        begin(pool)
        speak(pool, odd, tmp_path, store)
    spoken = {line.text for line in utterances(odd) if store.kept(line.key) is not None}
    assert spoken == {"Who is there?", "Be kind."}
    with pytest.raises(storyreel.StoryreelError, match="nothing in it that can be spoken"):
        direct(odd, tmp_path, store)


def test_what_is_kept_is_not_spoken_again(script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ClipStore(None)
    direct(script, tmp_path, store)
    monkeypatch.setattr(Worker, "errand", lambda *_: pytest.fail("a line was spoken again"))
    with Pool(2) as pool:
        speak(pool, script, tmp_path, store)


def test_a_worker_that_dies_over_its_lines_costs_no_film(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = Worker.start

    def dying(worker: Worker) -> subprocess.Popen[bytes]:
        process = start(worker)
        process.kill()
        return process

    monkeypatch.setattr(Worker, "start", dying)
    store = ClipStore(None)
    with Pool(2) as pool:
        begin(pool)
        speak(pool, script, tmp_path, store)
    assert not any(store.kept(line.key) for line in utterances(script))
    assert len(direct(script, tmp_path, store).clips) == 4


def test_the_pictures_of_a_script_are_loaded_before_they_are_asked_for(script: Script, tmp_path: Path) -> None:
    from storyreel.looks import pen
    from storyreel.stage import puppet, still
    from storyreel.stage.compose import compose

    film = direct(script, tmp_path).timeline
    puppet._puppet.cache_clear()
    still._still.cache_clear()
    pictures(script, tmp_path).run()
    read = puppet._puppet.cache_info().misses, still._still.cache_info().misses
    assert min(read) > 0
    compose(film, pen(film.look), 40)
    assert (puppet._puppet.cache_info().misses, still._still.cache_info().misses) == read


def test_a_drawing_that_is_missing_is_left_to_the_director(tmp_path: Path) -> None:
    odd = written(tmp_path, SCENE.replace("puppet: michii", "puppet: nobody.svg"))
    with pytest.raises(storyreel.StoryreelError, match=r"nobody\.svg"):
        pictures(odd, tmp_path)
    store = ClipStore(None)
    with Pool(2) as pool:
        speak(pool, odd, tmp_path, store)
    assert all(store.kept(line.key) for line in utterances(odd))


def test_loading_pictures_takes_no_script(script: Script, tmp_path: Path) -> None:
    code = (
        "import pickle, sys; pickle.loads(sys.stdin.buffer.read()).run(); "
        "print(*(name for name in sys.modules if name.startswith(('storyreel.', 'pydantic'))))"
    )
    order = pickle.dumps(pictures(script, tmp_path))
    done = subprocess.run([sys.executable, "-c", code], input=order, capture_output=True, check=True, cwd=ROOT)
    loaded_modules = done.stdout.decode().split()
    assert "storyreel.looks.kawaii.pen" in loaded_modules
    assert not {"storyreel.script.models", "storyreel.puppet.rig_file", "pydantic"}.intersection(loaded_modules)


def test_what_fails_beforehand_is_neither_told_nor_in_the_way() -> None:
    with Pool(1) as pool:
        worker = pool.workers[0]
        worker.get_ready(LoadingPictures("kawaii", ((Path("nowhere.svg"), None, (), "hero"),)))
        assert worker.errand(Speaking(())) == ()


def test_workers_start_before_a_scene_is_read_and_end_where_it_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "cache"))
    (tmp_path / "scene.yaml").write_text(SCENE.replace("title: Ready", "titel: Ready"))
    started: list[subprocess.Popen[bytes]] = []
    start = Worker.start

    def starting(worker: Worker) -> subprocess.Popen[bytes]:
        started.append(start(worker))
        return started[-1]

    monkeypatch.setattr(Worker, "start", starting)
    with pytest.raises(SceneError, match="titel"), loaded(tmp_path / "scene.yaml", jobs=2):
        pytest.fail("it was read")
    assert started
    assert all(worker.returncode is not None for worker in started)
    started.clear()
    with pytest.raises(SceneError, match="titel"), loaded(tmp_path / "scene.yaml", jobs=1):
        pytest.fail("it was read")
    assert not started


def test_an_utterance_is_spoken_under_the_key_that_directing_asks_for() -> None:
    store = ClipStore(None)
    line = Utterance("Hello!", "heart", 1.1, 1.0, 1.0)
    assert store.speech(line.text, line.voice, pitch=line.pitch)[0] == line.key
