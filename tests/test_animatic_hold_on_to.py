"""I Want to Hold On To in its true time: every shot and every touch of its board."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import storyreel

pytestmark = pytest.mark.slow

FILM = Path(__file__).parents[1] / "examples" / "i-want-to-hold-on-to" / "scene.yaml"
SHOTS = {
    **{"chase": 0, "who-asked": 72, "my-dog": 126, "all": 216, "says": 288},
    **{"both": 378, "open": 468, "somebody": 558, "ends": 630, "this": 702, "reveal": 792},
}
"""On which frame of the film each shot starts."""
MOMENTS = [
    ("chase", "asked.touch", 50),
    ("chase", "kelly.says", 51),
    ("who-asked", "kelly.says", 28),
    ("my-dog", "paper.touch", 6),
    ("my-dog", "kelly.says", 20),
    ("my-dog", "hit1.touch", 68),
    ("my-dog", "hit2.touch", 74),
    ("my-dog", "hit3.touch", 80),
    ("all", "kelly.says", 6),
    ("all", "kelly.said", 44),
    ("all", "lantern.touch", 54),
    ("says", "anselm.says", 14),
    ("says", "anselm.said", 74),
    ("says", "kelly.read", 20),
    ("both", "fingers.touch.near", 22),
    ("both", "asked.touch", 28),
    ("both", "kelly.says", 40),
    ("open", "kelly.drop", 8),
    ("open", "dog.touch", 42),
    ("open", "lantern.touch", 64),
    ("somebody", "hand.tug", 8),
    ("somebody", "mitt.tug", 26),
    ("somebody", "mitt.tug.2", 32),
    ("ends", "lamp1.tug", 6),
    ("ends", "lamp2.tug", 18),
    ("ends", "lamp3.tug", 30),
    ("ends", "lamp4.tug", 36),
    ("ends", "leaper.touch", 48),
    ("this", "kelly.says", 4),
    ("this", "heart.touch.near", 58),
    ("this", "kelly.says.this", 70),
]
"""Moments that the board names, in frames of their shot."""


@cache
def directed() -> dict[str, tuple[int, dict[str, int]]]:
    """Of each shot: its first frame, and its moments."""
    starts = storyreel.load(FILM).timeline.starts()
    return {scene.id.removesuffix(".1"): (start, dict(scene.marks)) for start, scene in starts}


def test_every_shot_starts_on_its_beat() -> None:
    assert {shot: start for shot, (start, _) in directed().items()} == SHOTS


@pytest.mark.parametrize(("shot", "moment", "frame"), MOMENTS)
def test_a_moment_comes_within_two_frames_of_the_board(shot: str, moment: str, frame: int) -> None:
    assert abs(directed()[shot][1][moment] - frame) <= 2
