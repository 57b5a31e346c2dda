"""What can't be filmed is said before anything is directed: by `check`, by every other command, and from Python, alike.

Directing refuses the same things, with the place, where nobody has checked.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from small_media import write_wav

import storyreel
from storyreel.cli.commands import run
from storyreel.direct.director import direct
from storyreel.errors import DirectingError, SceneError
from storyreel.film.reading import located, read
from storyreel.script.hints import hints
from storyreel.script.models import Script
from storyreel.source.tree import parse

SCENE = """\
storyreel: 1
title: Doors
format: {width: 216, height: 384, fps: 30}
music: {track: bubblegum}
cast:
  mi: {puppet: michii}
  bo: {puppet: grump}
scenes:
  - id: one
    set: pastel
    music: win
    cast:
      mi: {at: left, face: happy}
      bo: {at: right, offstage: true}
    props:
      glass: {kind: pane}
      lamp: {kind: drawing, file: cloud}
    beats:
      - bo: {enter: right}
      - mi: {do: hop}
        lamp: {rot: 20, at: mi.land}
        sfx: pop
"""

REFUSED = {
    "wrong holder": ("at: left, face: happy", "in: lamp", 13),
    "set": ("set: pastel", "set: pastell", 10),
    "file outside": ("puppet: michii", "puppet: ../mi.svg", 6),
    "prop": ("file: cloud", "file: clouds", 17),
    "colour": ("puppet: michii", "puppet: michii, colours: {fur: '#112233'}", 6),
    "outfit": ("puppet: michii", "puppet: michii, wear: hat", 6),
    "face": ("face: happy", "face: hapy", 13),
    "face in a beat": ("do: hop", "do: hop, face: hapy", 20),
    "pose": ("do: hop", "do: hop, pose: flying", 20),
    "effect": ("sfx: pop", "sfx: popp", 22),
    "moment": ("at: mi.land", "at: mi.slam", 21),
    "moments in a circle": ("do: hop", "do: hop, at: mi.land", 20),
    "voice": ("do: hop", "say: Hello", 20),
    "section": ("music: win", "music: winn", 11),
    "track": ("track: bubblegum", "track: bubble", 4),
    "recording": ("do: hop", "say: Hello, recording: a.wav", 20),
}
"""What directing refuses: what is changed, into what, and the line that it is said of."""

FOUND = {
    "unknown act": ("do: hop", "do: fly", 20),
    "unknown option": ("do: hop", "do: {hop: {hight: 3}}", 20),
    "value of an option": ("do: hop", "do: {dance: {style: zzz}}", 20),
    "options without names": ("do: hop", "do: {wave: left}", 20),
    "endless hops": ("do: hop", "do: {hop: {times: 1000000000}}", 20),
    "unknown name": ("  - mi: {do: hop}", "  - mo: {do: hop}", 20),
    "section of a recording": ("track: bubblegum", "track: tune.wav", 11),
    "nobody sees it": ("enter: right", "do: wave", 19),
    "a second entrance": ("- bo: {enter: right}", "- bo: {enter: right}\n      - bo: {enter: left}", 20),
    "outside": ("at: left", "at: [3, 0.5]", 13),
    "eyes": ("do: hop", "look: [3, 0]", 20),
    "letters without a glyph": ("kind: drawing, file: cloud", 'kind: block, icon: "\\uE000"', 17),
}
"""What directing would do, though to nobody's joy; or would fail at with a traceback."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "cache"))
    write_wav(tmp_path / "tune.wav", np.zeros(4800))
    return tmp_path


def changed(old: str, new: str) -> str:
    assert SCENE.count(old) == 1, old
    return SCENE.replace(old, new)


def test_the_scene_is_good_as_it_stands(folder: Path):
    Path("scene.yaml").write_text(SCENE, encoding="utf-8")
    script, places = read("scene.yaml")
    assert [str(hint) for hint in hints(script, places)] == []
    assert storyreel.Episode.from_script(script, folder).timeline.length > 30


@pytest.mark.parametrize(("old", "new", "line"), [*REFUSED.values(), *FOUND.values()], ids=[*REFUSED, *FOUND])
def test_every_command_says_the_same_of_it(
    old: str, new: str, line: int, folder: Path, capsys: pytest.CaptureFixture[str]
):
    Path("scene.yaml").write_text(changed(old, new), encoding="utf-8")
    said = []
    for command in (["check"], ["inspect"], ["frame", "--at", "0"], ["render", "-o", "film.mp4"]):
        assert run([command[0], "scene.yaml", *command[1:]]) == 2
        said.append(capsys.readouterr().err)
    assert len(set(said)) == 1
    assert f"scene.yaml:{line}:" in said[0]
    assert sorted(path.name for path in folder.iterdir() if path.name != "cache") == [
        "scene.yaml",
        "tune.wav",
    ]


@pytest.mark.parametrize(("old", "new"), [one[:2] for one in (*REFUSED.values(), *FOUND.values())])
def test_python_says_the_same_of_it_with_the_path_in_the_script(old: str, new: str, folder: Path):
    Path("scene.yaml").write_text(changed(old, new), encoding="utf-8")
    with pytest.raises(SceneError) as written:
        read("scene.yaml")
    tree, _ = parse(changed(old, new), "scene.yaml")
    with pytest.raises(SceneError) as built:
        storyreel.Episode.from_script(Script.model_validate(tree), folder)
    assert {one.message for one in built.value.problems} == {one.message for one in written.value.problems}
    assert all(re.match(r"(script\.|\w+\.svg)", one.place.file) for one in built.value.problems)


@pytest.mark.parametrize(("old", "new", "line"), REFUSED.values(), ids=REFUSED)
def test_what_is_only_found_while_directing_has_its_line_too(old: str, new: str, line: int, folder: Path):
    tree, places = parse(changed(old, new), "scene.yaml")
    script = Script.model_validate(tree)
    with pytest.raises(DirectingError) as caught:
        direct(script, folder)
    assert [one.place.line for one in located(caught.value, script, places).problems] == [line]
