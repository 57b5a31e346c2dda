"""What can't be directed is told with its place in the author's file, as any other mistake is."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from storyreel import load
from storyreel.errors import SceneError
from storyreel.film.episode import Episode
from storyreel.script.models import Script
from storyreel.script.series import Entry
from storyreel.series.jobs import Directing, FilmOrder, Refused

SCENE = """\
storyreel: 1
title: A film
cast:
  michii: {puppet: michii, voice: {use: heart}}
scenes:
  - id: first
    cast: {michii: {at: left}}
    beats:
      - michii: Hello!
  - id: second
    cast: {michii: {at: left}}
    props:
      star: {kind: drawing, file: cloud}
    beats:
      - wait: 1s
      - michii:
          - do: hop
          - {at: 0.2s, say: Hello again, recording: silent.wav}
"""


def silence(folder: Path) -> None:
    with wave.open(str(folder / "silent.wav"), "wb") as file:
        file.setparams((1, 2, 48_000, 4800, "NONE", ""))
        file.writeframes(bytes(9600))


def written(folder: Path) -> Path:
    silence(folder)
    path = folder / "scene.yaml"
    path.write_text(SCENE, encoding="utf-8")
    return path


def test_a_line_that_cannot_be_directed_is_named_by_line_and_column(tmp_path: Path) -> None:
    path = written(tmp_path)
    with pytest.raises(SceneError) as caught:
        _ = load(path).timeline
    (problem,) = caught.value.problems
    assert "silent.wav is silent" in problem.message
    assert (problem.place.file, problem.place.line) == (str(path), 18)
    assert problem.place.column > 0


SILENT = {"say": "Hello again", "recording": "silent.wav"}


def test_a_film_built_in_python_names_the_part_of_its_script(tmp_path: Path) -> None:
    silence(tmp_path)
    script = Script.model_validate(
        {
            "storyreel": 1,
            "title": "A film",
            "cast": {"michii": {"puppet": "michii", "voice": {"use": "heart"}}},
            "scenes": [{"id": "only", "beats": [{"wait": "1s"}, {"michii": SILENT}]}],
        }
    )
    with pytest.raises(SceneError, match=r"script\.scenes\[0\]\.beats\[1\]\.michii"):
        _ = Episode.from_script(script, tmp_path).timeline


def test_a_batch_reports_it_with_the_same_place(tmp_path: Path) -> None:
    path = written(tmp_path)
    order = FilmOrder("film", path, Entry(scene="scene.yaml"))
    refused = Directing(order, tmp_path / "clips").run()
    assert isinstance(refused, Refused)
    assert [problem.place.line for problem in refused.problems] == [18]
