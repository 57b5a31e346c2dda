"""The animatic of «Why Would You…»: what its board names happens in the frames where the board has it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from storyreel import Episode, load

FILM = Path(__file__).resolve().parent.parent / "examples" / "why-would-you" / "scene.yaml"
NEAR = 2
"""How many frames a moment may lie from where the board has it."""

SHOTS: Mapping[str, int] = {
    "joy.1": 0,
    "smile.1": 60,
    "taps.1": 126,
    "drawn.1": 186,
    "whisper-in-the-ear.1": 258,
    "hesitates.1": 312,
    "glass.1": 366,
    "forgives.1": 534,
    "room.1": 612,
    "two-thumbs.1": 672,
    "island.1": 732,
    "again.1": 786,
    "reveal": 816,
}
MOMENTS: Mapping[str, Mapping[str, int]] = {
    "taps.1": {**{f"field.key{letter}": 6 * letter for letter in range(1, 7)}, "recokh.says": 39},
    "drawn.1": {"mass.says": 21, "mass.says.never": 36, "mass.touch": 36},
    "whisper-in-the-ear.1": {"ear.says.laugh": 27},
    "smile.1": {"recokh.says": 36},
    "glass.1": {"recokh.says": 18, "shadow.says": 18, "recokh.says.say": 54, "little.says": 84 + 30},
    "forgives.1": {f"field.key{letter}": 30 + 6 * letter for letter in range(1, 7)},
    "two-thumbs.1": {"small.press": 48, "thumb.press": 51},
}


@pytest.fixture(scope="module")
def film() -> Episode:
    return load(FILM)


def test_its_shots_begin_where_the_board_cuts(film: Episode) -> None:
    assert {scene.id: start for start, scene in film.timeline.starts()} == SHOTS


@pytest.mark.parametrize("shot", MOMENTS)
def test_its_moments_are_within_two_frames_of_the_boards(film: Episode, shot: str) -> None:
    marks = next(dict(scene.marks) for scene in film.timeline.scenes if scene.id == shot)
    found = {moment: marks[moment] for moment in MOMENTS[shot]}
    assert found == pytest.approx(MOMENTS[shot], abs=NEAR)
