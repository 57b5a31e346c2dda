"""Set-ups of one scene are at hand in all others: `like: night.low`."""

from __future__ import annotations

import pytest

from storyreel.errors import SceneError, StoryreelError
from storyreel.film.review import review
from storyreel.script.models import Beat, Scene, Shot
from storyreel.script.read import read_text
from storyreel.script.set_ups import set_up

FILM = """\
storyreel: 2
title: T
cast: {{mi: {{puppet: michii}}}}
scenes:
  - id: night
    cast: {{mi: {{}}}}
    shots: {{low: {{on: mi, size: close, from: low}}, wide-low: {{like: low, size: wide}}}}
    beats: [{{shot: low, for: 1s}}]
  - id: day
    cast: {{mi: {{}}}}
    beats:
      - {{shot: {shot}, for: 1s}}
      - {{shot: {{like: night.low, tilt: 3}}, for: 1s}}
"""


def test_a_shot_takes_over_what_a_set_up_of_another_scene_is_like() -> None:
    night, day = read_text(FILM.format(shot="night.wide-low")).scenes
    film = {"night": night, "day": day}
    first, second = (set_up(beat.shot or "full", day, film) for beat in day.beats)
    assert (first.on, first.size, first.from_) == ("mi", "wide", "low")
    assert (second.on, second.size, second.from_, second.tilt) == ("mi", "close", "low", 3)


def test_a_film_of_such_shots_is_checked_to_its_end(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("film") / "scene.yaml"
    path.write_text(FILM.format(shot="night.wide-low"), encoding="utf-8")
    script, _ = review(path)
    assert len(script.scenes) == 2


@pytest.mark.parametrize(
    ("shot", "said"),
    [
        ("{like: nigth.low}", "no shot 'nigth.low' in this scene; did you mean 'night.low'?"),
        ("night.lwo", "no shot 'night.lwo' in this scene; did you mean 'night.low'?"),
        ("low", "no shot 'low' in this scene"),
    ],
)
def test_a_set_up_that_is_nowhere_is_told(shot: str, said: str) -> None:
    with pytest.raises(SceneError, match=said.replace("?", r"\?").replace(".", r"\.")):
        read_text(FILM.format(shot=shot))


def test_set_ups_that_are_like_each_other_are_refused() -> None:
    one = Scene(id="one", beats=[Beat(wait="1s")], shots={"a": Shot(like="two.b")})
    two = Scene(id="two", beats=[Beat(wait="1s")], shots={"b": Shot(like="one.a")})
    with pytest.raises(StoryreelError, match=r"no shot"):
        set_up("a", one, {"one": one, "two": two})
