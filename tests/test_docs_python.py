"""Every piece of Python of the README and of the pages runs."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import numpy as np
import pydub
import pytest
from PIL import Image

import storyreel
from storyreel.publish.report import BatchReport

ROOT = Path(__file__).parent.parent
SCENE = """
storyreel: 2
title: Small
format: {width: 160, height: 160, fps: 10}
cast: {michii: {puppet: michii}}
scenes: [{id: a, set: room-mint, cast: {michii: {at: centre}}, beats: [{michii: {do: wave}, for: 3.2s}]}]
"""
SERIES = "storyreel: 1\ntitle: Small\nepisodes: [not-yet/scene.yaml]\n"
"""A film that is missing: a report is made of it all the same, and the page about Python renders one."""


def python(page: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "cache"))
    for room in ("storyreel.render.pool", "storyreel.series.batch"):
        monkeypatch.setattr(f"{room}.default_jobs", lambda: 1)
    return tmp_path


@pytest.mark.slow
def test_the_page_about_python_runs_from_top_to_bottom(here: Path) -> None:
    names: dict[str, object] = {"__name__": "page"}
    for block in python("docs/python.md"):
        exec(compile(block, "docs/python.md", "exec"), names)
    assert (here / "hop.mp4").stat().st_size > 1000
    assert {"hop.yaml", "frame.png", "sheet.png", "hop.wav", "glow.mp4", "nothing.png"} <= {
        p.name for p in here.iterdir()
    }
    episode = names["episode"]
    assert isinstance(episode, storyreel.Episode)
    assert "A hop" in episode._repr_html_()


@pytest.mark.slow
def test_what_the_readme_does_in_python_works_with_a_small_film(here: Path) -> None:
    (here / "my-film").mkdir()
    (here / "my-film" / "scene.yaml").write_text(SCENE)
    (here / "series.yaml").write_text(SERIES)
    whole, given = python("README.md")
    names: dict[str, object] = {"__name__": "readme"}
    exec(compile(whole, "README.md", "exec"), names)
    assert {"my-film.mp4", "captions.mov", "frame.png", "out"} <= {path.name for path in here.iterdir()}
    names |= {"image": Image.new("RGB", (8, 8)), "clip": np.zeros((3, 8, 8, 4), np.uint8)}
    names["segment"] = pydub.AudioSegment.silent(100)
    exec(compile(given, "README.md", "exec"), names)
    assert {"mi.png", "clip.webm", "line.wav"} <= {path.name for path in (here / "my-film").iterdir()}


def test_the_page_about_many_machines_calls_what_is_there() -> None:
    ours, theirs = python("docs/scale.md")
    (call,) = (node for node in ast.walk(ast.parse(ours)) if isinstance(node, ast.Call))
    named = {str(word.arg): ast.literal_eval(word.value) for word in call.keywords}
    assert ast.unparse(call.func) == "storyreel.batch"
    inspect.signature(storyreel.batch).bind(*map(ast.literal_eval, call.args), **named)
    assert ast.parse(theirs), "what Dask's own documentation says can't be run without a cluster"


@pytest.mark.slow
def test_what_the_page_about_many_machines_calls_makes_a_film_at_a_url_with_a_shared_cache(here: Path) -> None:
    """On workers of this machine, and at URLs of its own disk."""
    (here / "small.yaml").write_text(SCENE)
    (here / "series.yaml").write_text(SERIES.replace("not-yet/scene.yaml", "small.yaml"))
    block = python("docs/scale.md")[0].replace("s3://", f"file://{here}/").replace("tcp://scheduler:8786", "local")
    names: dict[str, object] = {"storyreel": storyreel}
    exec(compile(f"report = {block}", "docs/scale.md", "exec"), names)
    report = names["report"]
    assert isinstance(report, BatchReport)
    assert [(film.name, film.status) for film in report.films] == [("small", "done")]
    assert (here / "films" / "spring" / "small.mp4").stat().st_size > 1000
    assert any(path.is_file() for path in (here / "films" / "cache" / "pieces").rglob("*"))
