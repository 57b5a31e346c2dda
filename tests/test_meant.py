"""What an author says is meant on purpose: a face that the picture's edge cuts, a voice that nobody is seen to have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from storyreel.direct.director import direct
from storyreel.errors import SceneError
from storyreel.film.reading import vocabulary
from storyreel.script.hints import hints
from storyreel.script.read import read_text_with_places


def told(shot: dict[str, Any], line: dict[str, Any]) -> tuple[list[str], Any]:
    """All warnings of a shot of somebody at the picture's edge and a line of somebody who isn't seen; the timeline."""
    beat = {"shot": {"on": "stage", "lane": "none", **shot}, "for": "30f", "grump": {"do": "nod"}, "michii": line}
    film = {
        "storyreel": 2,
        "title": "Meant",
        "reveal": False,
        "cast": {"michii": {"puppet": "michii", "voice": {"use": "heart"}}, "grump": {"puppet": "grump"}},
        "scenes": [{"id": "a", "cast": {"grump": {"at": [1.15, 0.87]}, "michii": {"offstage": True}}, "beats": [beat]}],
    }
    script, places = read_text_with_places(json.dumps(film), "f", Path(), vocabulary(Path()))
    direction = direct(script, Path())
    return [one.message for one in (*hints(script, places), *direction.notes)], direction.timeline


def test_a_face_at_the_pictures_edge_is_told_of_unless_the_shot_says_that_it_cuts_it() -> None:
    line = {"say": "No.", "off": "over"}
    assert any("say `cuts: grump`" in one for one in told({}, line)[0])
    assert not any("edge cuts" in one for one in told({"cuts": "grump"}, line)[0])


def test_a_voice_over_is_no_mistake_and_comes_from_nowhere() -> None:
    heard, _ = told({"cuts": "grump"}, {"say": "No."})
    assert any("`off: over` for a voice-over" in one for one in heard)
    meant, timeline = told({"cuts": "grump"}, {"say": "No.", "off": "over"})
    assert not any("never enters" in one for one in meant)
    assert timeline.lines[0].off == ""
    assert timeline.sound.speech[0].pan == 0
    beside = told({"cuts": "grump"}, {"say": "No.", "off": "left"})[1]
    assert beside.lines[0].off == "left"
    assert beside.sound.speech[0].pan < 0


def test_only_one_of_the_cast_has_a_face_that_is_cut() -> None:
    with pytest.raises(SceneError, match="'bin' is none of the cast here"):
        told({"cuts": "bin"}, {"say": "No.", "off": "over"})
