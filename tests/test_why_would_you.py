"""«Why Would You…»: what its board names happens when the board has it; nothing is yellow before two thumbs touch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
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
TOUCH = 723
"""The frame on which the picture gets its colour and the sound its width."""
MOMENTS: Mapping[str, Mapping[str, int]] = {
    "taps.1": {**{f"field.key{letter}": 6 * letter for letter in range(1, 7)}, "recokh.says": 39},
    "drawn.1": {"mass.says": 21, "mass.says.never": 36},
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


def yellow(film: Episode, frame: int) -> int:
    """How many pixels of a frame are yellow."""
    seen = np.asarray(film.frame((frame + 0.5) / 30).convert("RGB")).astype(int)
    return int(((seen[..., 0] - seen[..., 2] > 60) & (seen[..., 0] > 170)).sum())


def test_yellow_comes_with_the_drawing_of_the_touch_and_not_before(film: Episode) -> None:
    assert yellow(film, TOUCH - 1) == 0
    assert yellow(film, TOUCH) > 50_000


@pytest.mark.slow
@pytest.mark.parametrize("frame", range(6, TOUCH, 24))
def test_no_frame_before_the_touch_has_a_yellow_pixel(film: Episode, frame: int) -> None:
    assert yellow(film, frame) == 0


def test_the_shadow_whispers_what_he_says_in_the_glass_and_nobody_else_does(film: Episode) -> None:
    cast = film.script.cast
    assert {name for name, one in cast.items() if one.voice is not None and one.voice.whisper == 1} == {
        "shadow",
        "mass",
        "ear",
    }


def test_the_portrait_is_alone_for_as_long_as_the_board_says(film: Episode) -> None:
    (_, reveal) = list(film.timeline.starts())[-1]
    card = next(layer for layer in reveal.layers if layer.id == "card")
    pulled = 41
    assert card.start - pulled == 27
