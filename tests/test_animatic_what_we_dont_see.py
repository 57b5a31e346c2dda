"""What We Don't See keeps the frames of its board."""

from __future__ import annotations

from pathlib import Path

import pytest

import storyreel
from storyreel.timeline.model import Timeline

SCENE = Path(__file__).parents[1] / "examples" / "what-we-dont-see" / "scene.yaml"
SHOTS = {
    **{"close-eye": 0, "edge": 36, "click": 126, "job": 150, "carriage": 216, "line-of-light": 240, "send": 360},
    **{"ding": 438, "heard": 486, "same": 522, "delete": 566, "long-day": 600, "touch": 666, "you": 696},
    **{"windows": 762, "frame": 870},
}
"""The first frame of every shot."""
MOMENTS = {
    **{("edge", "king.says"): 8, ("job", "king.says"): 176},
    **{("long-day", "dex.says"): 623, ("you", "king.says"): 699, ("you", "dex.says"): 734},
    **{("windows", "king.says"): 770},
}
"""Moments that the board names, on the film's clock."""


@pytest.fixture(scope="module")
def film() -> Timeline:
    return storyreel.load(SCENE).timeline


def test_every_shot_begins_on_the_frame_of_the_board(film: Timeline) -> None:
    starts = {scene.id.removesuffix(".1"): start for start, scene in film.starts()}
    assert {name: starts[name] for name in SHOTS} == SHOTS
    reveal = next(scene for _, scene in film.starts() if scene.id == "reveal")
    assert reveal.enter is not None
    steps_out = (starts["reveal"] - reveal.enter.frames, starts["reveal"] + reveal.enter.frames)
    assert steps_out == (894, 916)


@pytest.mark.parametrize(("shot", "moment"), MOMENTS)
def test_a_moment_is_within_two_frames_of_the_board(film: Timeline, shot: str, moment: str) -> None:
    start, scene = next(each for each in film.starts() if each[1].id == f"{shot}.1")
    assert start + dict(scene.marks)[moment] == pytest.approx(MOMENTS[shot, moment], abs=2)
