"""What can't be directed is told with its place in the author's file, as any other mistake is."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyreel import load
from storyreel.episode import Episode
from storyreel.errands import Directing, FilmOrder, Refused
from storyreel.errors import SceneError
from storyreel.script.models import Script
from storyreel.script.series import Entry

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
          - {at: 0.2s, say: "LINE"}
"""
WIDE = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def written(folder: Path, line: str) -> Path:
    path = folder / "scene.yaml"
    path.write_text(SCENE.replace("LINE", line), encoding="utf-8")
    return path


def test_a_line_that_cannot_be_directed_is_named_by_line_and_column(tmp_path: Path) -> None:
    path = written(tmp_path, WIDE)
    with pytest.raises(SceneError) as caught:
        _ = load(path).timeline
    (problem,) = caught.value.problems
    assert "too wide for the captions" in problem.message
    assert (problem.place.file, problem.place.line, problem.place.column) == (str(path), 18, 29)


def test_a_film_built_in_python_names_the_part_of_its_script(tmp_path: Path) -> None:
    script = Script.model_validate(
        {
            "storyreel": 1,
            "title": "A film",
            "cast": {"michii": {"puppet": "michii", "voice": {"use": "heart"}}},
            "scenes": [{"id": "only", "beats": [{"wait": "1s"}, {"michii": WIDE}]}],
        }
    )
    with pytest.raises(SceneError, match=r"script\.scenes\[0\]\.beats\[1\]\.michii"):
        _ = Episode.from_script(script, tmp_path).timeline


def test_a_batch_reports_it_with_the_same_place(tmp_path: Path) -> None:
    path = written(tmp_path, WIDE)
    order = FilmOrder("film", path, Entry(scene="scene.yaml"))
    refused = Directing(order, tmp_path / "clips").run()
    assert isinstance(refused, Refused)
    assert [problem.place.line for problem in refused.problems] == [18]
