"""Transitions have names that every look knows; a look says what it draws for each."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
import skia
from test_direct import CREATOR, beats, film

from storyreel.looks import look, look_names, pen
from storyreel.script.models import Scene
from storyreel.treatment.look import FORMER, Look

NEUTRAL = ("cut", "fade", "iris", "cover", "page", "wipe")
WRITTEN = tuple(name for kind in get_args(Scene.model_fields["enter"].annotation) for name in get_args(kind))
TOY = Look("toy", "", "", {}, transitions={"iris": "keyhole", "star": "star", "page": "iris"})


def test_a_story_may_write_what_every_look_has_and_what_stories_wrote_before() -> None:
    assert set(WRITTEN) == {*NEUTRAL, *FORMER}
    assert set(FORMER.values()) <= set(NEUTRAL)


@pytest.mark.parametrize("name", look_names())
@pytest.mark.parametrize("written", WRITTEN)
def test_every_look_draws_every_transition_that_a_story_may_name(name: str, written: str) -> None:
    drawn, kind = pen(name), look(name).kind(written)
    both = (lambda canvas: canvas.drawColor(skia.ColorRED),) * 2 if kind in look(name).both else ()
    covered = []
    for progress in (0.0, 0.5):
        surface = skia.Surface(54, 96)
        surface.getCanvas().scale(0.05, 0.05)
        drawn.transition(surface.getCanvas(), kind, progress, (1080.0, 1920.0), 3, None, *both)
        covered.append(int(np.asarray(surface.toarray())[..., 3].min()))
    assert covered == ([0, 0] if kind == "cut" else [255 if both else 0, 255])


@pytest.mark.parametrize("written", ["heart", "bunny", "star", "blocks", "fade", "cut"])
def test_a_film_of_before_keeps_its_transitions(written: str) -> None:
    first, second = film(beats({"wait": "1s"}), beats({"wait": "1s"}, enter=written)).scenes
    kinds = [change and change.kind for change in (first.leave, second.enter)]
    assert kinds == ([None, None] if written == "cut" else [written, written])


def test_kawaii_opens_a_heart_where_a_story_asks_for_an_iris() -> None:
    first, _ = film(beats({"wait": "1s"}), beats({"wait": "1s"}, enter="iris")).scenes
    assert first.leave is not None
    assert first.leave.kind == "heart"


def test_the_way_out_waits_for_the_last_word_unless_the_story_cuts_into_it() -> None:
    """Left to itself hood takes fifteen frames of a scene; eleven are left behind a line, and none behind one cut."""
    told = {"storyreel": 2, "creator": CREATOR}
    spoken = film(beats({"michii": "Hello!"}), **told)
    (word,) = spoken.lines[0].words
    silence = spoken.scenes[0].length - word.end
    assert spoken.scenes[0].leave is not None
    assert spoken.scenes[0].leave.frames == silence < 15
    asked = [film(beats({"michii": "Hello!", key: value}), **told) for key, value in (("pause", "1s"), ("for", "30f"))]
    found = [one.scenes[0].leave for one in (*asked, film(beats({"wait": "1s"}), **told))]
    cut = asked[1].scenes[0].length - asked[1].lines[0].words[0].end
    assert [leave and leave.frames for leave in found] == [15, max(cut, 7), 15]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("iris", "keyhole"),
        ("heart", "keyhole"),
        ("star", "star"),
        ("page", "iris"),
        ("blocks", "cover"),
        ("wipe", "wipe"),
        ("keyhole", "keyhole"),
    ],
)
def test_a_look_without_that_iris_opens_its_own(written: str, kind: str) -> None:
    assert TOY.kind(written) == kind
