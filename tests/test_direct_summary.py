"""Every beat has a few words for tables and contact sheets."""

from __future__ import annotations

import pytest

from storyreel.direct.schedule import summary
from storyreel.script.models import Beat


@pytest.mark.parametrize(
    ("beat", "words"),
    [
        ({"mi": {"say": "Hello!", "do": "hop"}, "bo": "Yes."}, "Hello! / Yes."),
        ({"mi": {"do": ["hop", {"wave": {"side": "left"}, "nod": {}}]}, "go": {"rot": 3}}, "mi: hop, wave, nod"),
        ({"mi": {"enter": "left", "face": "joy"}, "go": {"show": "pop"}}, "mi: enters left; go: shows"),
        ({"mi": {"do": [{}], "face": "joy"}}, "mi: joy"),
        ({"mi": {"go": "left"}, "go": {"set": {"press": 1}, "hide": "pop"}}, "mi: goes; go: press 1, hides"),
        ({"mi": {"turn": 0}}, "mi: turns"),
        ({"camera": {"push": 1.2}, "hearts": {}, "sfx": "pop"}, "camera, hearts, sfx"),
        ({"for": "1s"}, "wait"),
    ],
)
def test_a_beat_is_summed_up(beat: dict[str, object], words: str):
    assert summary(Beat.model_validate(beat)) == words
