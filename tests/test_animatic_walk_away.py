"""The animatic of «Walk Away»: what its board names happens in the frames where the board has it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from storyreel import Episode, load

FILM = Path(__file__).resolve().parent.parent / "examples" / "walk-away" / "scene.yaml"
NEAR = 2
"""How many frames a moment may lie from where the board has it."""

SHOTS: Mapping[str, int] = {
    **{"lens.1": 0, "talk.1": 36, "talk.2": 108, "talk.3": 116, "answer.1": 204, "swallow.1": 264, "pile.1": 348},
    **{"squeezed.1": 384, "squeezed.2": 432, "more.1": 462, "shut.1": 492, "gap.1": 534, "over.1": 544},
    **{"door.1": 570, "away.1": 612, "drop.1": 678, "puddle.1": 720, "puddle.2": 828, "puddle.3": 896, "reveal": 906},
}
"""The first frame of every shot; the third has its insert before it, the eleventh and the last are two."""
MOMENTS: Mapping[str, Mapping[str, int]] = {
    "talk.1": {"amy.says": 50, "words.pat": 94},
    "talk.3": {"page.hit": 122, "wrings.says": 152},
    "answer.1": {"near.says": 222},
    "swallow.1": {"mouth.says": 284},
    "squeezed.1": {"near.says": 390},
    "squeezed.2": {"page.hit": 452},
    "over.1": {"boots.press": 546, "red.press": 546},
    "door.1": {"mouth.says": 588, "page.hit": 598},
    "away.1": {"mouth.says": 622, "mouth.says.hello": 650},
    "puddle.1": {"amy.says": 728, "amy.says.leaves": 796},
}
"""Moments that the board names, on the film's clock."""


@pytest.fixture(scope="module")
def film() -> Episode:
    return load(FILM)


def test_its_shots_begin_where_the_board_cuts(film: Episode) -> None:
    assert {scene.id: start for start, scene in film.timeline.starts()} == SHOTS
    assert film.timeline.length == 1050


@pytest.mark.parametrize("shot", MOMENTS)
def test_its_moments_are_within_two_frames_of_the_boards(film: Episode, shot: str) -> None:
    start, scene = next(each for each in film.timeline.starts() if each[1].id == shot)
    marks = dict(scene.marks)
    found = {moment: start + marks[moment] for moment in MOMENTS[shot]}
    assert found == pytest.approx(MOMENTS[shot], abs=NEAR)


def test_her_portrait_blinks_before_the_card_comes_and_once_on_it(film: Episode) -> None:
    reveal = next(scene for _, scene in film.timeline.starts() if scene.id == "reveal")
    layers = {layer.id: layer for layer in reveal.layers}
    face, *blinks = layers["opening"].children
    before, after = sorted(blinks, key=lambda layer: layer.start)
    assert before.content == after.content != face.content
    assert 0 < before.start < before.end <= layers["card"].start < after.start < after.end < face.end
