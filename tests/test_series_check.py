"""A series is checked with every scene of it: whatever is wrong is told in one go, each with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_series import scene

import storyreel
from storyreel.cli.commands import run
from storyreel.errors import SceneError
from storyreel.script.series import scenes_named


def series(folder: Path, text: str) -> Path:
    path = folder / "series.yaml"
    path.write_text(f"storyreel: 1\ntitle: Kindness\n{text}", encoding="utf-8")
    return path


def broken(folder: Path, name: str) -> Path:
    path = scene(folder, name)
    path.write_text(path.read_text(encoding="utf-8").replace("set: bedroom", "set: bedrom"), encoding="utf-8")
    return path


def test_a_series_that_is_good_is_said_to_be_with_how_many_films_it_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene(tmp_path, "one")
    path = series(tmp_path, "shared: {format: [square, reels]}\nepisodes: [one.yaml]\n")
    assert run(["check", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: good; films: 2\n"


def test_mistakes_of_a_series_and_of_its_scenes_are_told_in_one_go_by_check_and_by_batch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene(tmp_path, "one")
    bad, intro = broken(tmp_path, "two"), broken(tmp_path, "intro")
    path = series(
        tmp_path,
        "shared: {look: kawai, intro: intro.yaml}\nepisodes:\n  - one.yaml\n  - {scene: two.yaml, nmae: x}\n",
    )
    told = []
    for arguments in (["check", str(path)], ["batch", str(path), "-o", str(tmp_path / "out")]):
        assert run(arguments) == 2
        told.append(capsys.readouterr().err.splitlines())
    assert told[0] == told[1]
    assert told[0] == [
        f"{intro}:10:10: unknown set 'bedrom'; did you mean 'bedroom'?",
        f"{path}:3:16: unknown look 'kawai'; did you mean 'kawaii'?",
        f"{path}:6:23: unknown key 'nmae'; did you mean 'name'?",
        f"{bad}:10:10: unknown set 'bedrom'; did you mean 'bedroom'?",
    ]
    assert not (tmp_path / "out").exists()


def test_what_is_wrong_with_a_scene_is_told_once_however_many_films_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = broken(tmp_path, "two")
    scene(tmp_path, "one")
    path = series(tmp_path, "shared: {format: [square, reels]}\nepisodes:\n  - two.yaml\n  - onee.yaml\n")
    assert run(["check", str(path)]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"{path}:6:5: there is no scene file {tmp_path / 'onee.yaml'}; did you mean 'one.yaml'?",
        f"{bad}:10:10: unknown set 'bedrom'; did you mean 'bedroom'?",
    ]


def test_warnings_of_scenes_stop_a_series_only_where_they_are_to_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = scene(tmp_path, "one")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("cast:\n", "cast:\n  grump: {puppet: grump}\n", 1), encoding="utf-8")
    listed = series(tmp_path, "episodes: [one.yaml]\n")
    assert run(["check", str(listed)]) == 0
    assert f"{path}:7:3: warning: " in capsys.readouterr().err
    assert run(["check", str(listed), "--strict"]) == 2


@pytest.mark.parametrize(
    "text", ["episodes: 3\n", "episodes: [[1]]\nshared: x\n", "episodes:\n  - {scene: 1}\n", "  a: b\n c"]
)
def test_a_series_of_which_nothing_is_right_names_no_scenes_and_still_gets_its_messages(
    tmp_path: Path, text: str
) -> None:
    path = series(tmp_path, text)
    assert scenes_named(path) == ()
    if "episodes" in text:
        with pytest.raises(SceneError):
            storyreel.batch(path, tmp_path / "out")
