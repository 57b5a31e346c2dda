"""Whatever is in an SVG: it is drawn, or refused with line and column, and neither takes long.

Each drawing is puppet, set and prop of one scene, which is checked, directed and drawn for one small frame. They are
the same in every run; `STORYREEL_FUZZ=20000` tries so many others instead, as long as it takes.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from svg_chaos import drawing

from storyreel.errors import Problem, SceneError
from storyreel.film.episode import load

MORE = int(os.environ.get("STORYREEL_FUZZ", "0"))
SECONDS = 2.0
"""CPU time that no drawing may take."""
SCENE = """storyreel: 1
title: t
reveal: false
format: {width: 160, height: 200, fps: 10}
cast: {p: {puppet: thing.svg}}
scenes:
  - id: a
    set: SET
    cast: {p: {at: centre, face: joy}}
    props: {q: {kind: drawing, file: thing.svg, at: left}}
    beats: [{p: {do: wave, look: left}, for: 0.3s}]
"""


def shown(folder: Path, text: str) -> None:
    """Draws one frame of a scene that shows a drawing in all three places; one that can't be a set, in the others."""
    (folder / "thing.svg").write_text(text, encoding="utf-8")
    scene = folder / "scene.yaml"
    try:
        scene.write_text(SCENE.replace("SET", "thing.svg"), encoding="utf-8")
        load(scene).picture(1)
    except SceneError as error:
        if any("set 'thing.svg'" not in problem.message for problem in error.problems):
            raise
        scene.write_text(SCENE.replace("SET", "pastel"), encoding="utf-8")
        load(scene).picture(1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("fuzz")
    shown(made, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>')
    return made


@settings(
    max_examples=MORE or 60,
    derandomize=not MORE,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 2**64))
@example(seed=1006902)  # thousands of edges that cross: 3.2 s once
@example(seed=3002647)  # a whole that grows by hundreds of shapes: 5.7 s
@example(seed=3006876)  # a slender set: 2.3 s
def test_every_drawing_is_drawn_or_refused_with_its_place_in_no_time(folder: Path, seed: int) -> None:
    text = drawing(random.Random(seed))
    problems: tuple[Problem, ...] = ()
    begun = time.process_time()
    try:
        shown(folder, text)
    except SceneError as error:
        problems = error.problems
    assert all(problem.place.line and problem.place.column for problem in problems), f"{problems}\n{text}"
    assert time.process_time() - begun < SECONDS, text


def test_edges_that_crowd_a_little_all_along_a_path_are_drawn_in_no_time(folder: Path) -> None:
    begun = time.process_time()
    shown(folder, drawing(random.Random(1006902)))
    assert time.process_time() - begun < SECONDS / 2
