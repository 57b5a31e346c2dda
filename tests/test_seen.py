"""Films seen without being rendered: what is where, frames in a row, a movement's path in one picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from small_film import small_film
from test_cli import call

from storyreel import Beat, Episode, Placement, Scene, Script, StoryreelError
from storyreel.direct.scenery import Scenery
from storyreel.film.shown import Shown
from storyreel.publish.layout import layout
from storyreel.publish.onion import onion
from storyreel.publish.strip import spread, times_of
from storyreel.puppet.planes import shipped_planes
from storyreel.script.models import CastMember
from storyreel.sound.tape import Samples
from storyreel.timeline.model import Timeline


class Small(Shown):
    """The small film, to be looked at."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline

    @property
    def timeline(self) -> Timeline:
        return self._timeline

    @property
    def _master(self) -> Samples:
        raise AssertionError("nothing is heard in a picture")


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(small_film(tmp_path, (60, 20)))


@pytest.fixture(scope="module")
def stage() -> Episode:
    """Somebody who stands there, and somebody who has gone."""
    cast = {"mi": Placement(at="left"), "gru": Placement(at="right", offstage=True)}
    scene = Scene(id="meadow", set="pastel", cast=cast, beats=[Beat(wait="0.5s")])
    members = {"mi": CastMember(puppet="michii"), "gru": CastMember(puppet="grump")}
    return Episode.from_script(Script(storyreel=1, title="Still", format="square", cast=members, scenes=[scene]))


def test_a_box_holds_the_ink_of_its_thing_and_no_more_than_an_edge_beyond(tmp_path: Path) -> None:
    small = Small(small_film(tmp_path, (60,), turn=0.0))
    data = layout(small.timeline, 30)
    (star,) = [thing for thing in data["things"] if thing["name"] == "star"]
    left, top, right, bottom = star["box"]
    still = np.asarray(small.picture(30)).astype(int)
    star_like = np.argwhere(
        (abs(still - (255, 225, 77)).sum(axis=2) < 40) | (abs(still - (51, 34, 68)).sum(axis=2) < 40)
    )
    (high, near), (low, far) = star_like.min(axis=0), star_like.max(axis=0)
    assert left <= near <= left + 4
    assert right - 4 <= far + 1 <= right
    assert top <= high <= top + 4
    assert bottom - 4 <= low + 1 <= bottom
    assert star["visible"] == 1


def test_a_layout_names_who_is_seen_with_the_parts_of_their_bodies_and_nobody_who_is_not(stage: Episode) -> None:
    data = stage.layout(0.3)
    assert (data["width"], data["height"], data["scene"]) == (1080, 1080, "meadow")
    cast = [thing for thing in data["things"] if thing["kind"] == "cast"]
    assert [thing["name"].split()[0] for thing in cast] == ["mi"]
    head, feet = cast[0]["parts"]["head"], cast[0]["parts"]["left-foot"]
    assert head[3] < feet[1], "a head is above the feet"
    assert head[0] >= cast[0]["box"][0] - 40
    names = [thing["name"] for thing in data["things"]]
    planes = [thing["name"] for thing in data["things"] if thing["kind"] == "set"]
    drawn = [name for name, _ in shipped_planes(Scenery(Path()).drawing("pastel", "sets"))]
    assert planes, "the set is told of"
    assert set(planes) <= set(drawn), "by the names of its groups"
    assert names.index(planes[0]) < names.index(cast[0]["name"]), "what is behind is told first"


def test_boxes_are_worked_out_without_painting(stage: Episode, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("painted")

    monkeypatch.setattr("storyreel.paint.painter.Painter.show", refused)
    assert stage.layout(0.1)["things"]


def test_pictures_one_after_another_are_those_that_each_alone_would_be(small: Small) -> None:
    numbers = (0, 1, 29, 58, 61, 3)
    run = [np.asarray(picture) for picture in small.pictures(numbers)]
    assert all(np.array_equal(one, np.asarray(small.picture(number))) for one, number in zip(run, numbers, strict=True))


def test_frames_are_arrays_from_one_time_to_another(small: Small) -> None:
    found = list(small.frames(1.9, 2.1))
    assert len(found) == 6
    assert found[0].shape == (384, 216, 3)
    assert np.array_equal(found[2], np.asarray(small.picture(59)))
    assert len(list(small.frames(2.5))) == 5
    with pytest.raises(StoryreelError, match="there is no picture at 9 s"):
        next(small.frames(9.0))


def test_times_of_a_strip_are_told_apart_in_hundredths_where_tenths_would_repeat(small: Small) -> None:
    assert times_of(small.timeline, [0, 1, 2]) == ["0:00.00", "0:00.03", "0:00.06"]
    assert times_of(small.timeline, [0, 6, 12]) == ["0:00.0", "0:00.2", "0:00.4"]


def test_a_strip_shows_frames_in_a_row_and_ends_with_the_film(small: Small) -> None:
    assert list(spread(small.timeline, 10, 4, 3)) == [10, 13, 16, 19]
    assert spread(small.timeline, 78, 12)[-1] == 79
    with pytest.raises(StoryreelError, match="40 pictures, one of 3 frames, are 118 frames: the film has 80"):
        spread(small.timeline, 0, 40, 3)
    row = small.strip(0.1, count=3)
    wide = 216 * 480 // 384
    assert row.width == 3 * wide + 2 * 6
    expected = small.picture(4).resize((wide, 480), Image.Resampling.LANCZOS)
    assert np.array_equal(np.asarray(row)[:480, wide + 6 : 2 * wide + 6], np.asarray(expected))


def _differs(one: Image.Image, other: Image.Image) -> list[Sequence[int]]:
    apart = np.abs(np.asarray(one).astype(int) - np.asarray(other)).sum(axis=2)
    return [list(place) for place in np.argwhere(apart > 20)]


def test_an_onion_skin_shows_where_something_was_and_its_way(small: Small) -> None:
    skin = onion(small.timeline, 0, 30, ["star"])
    last = small.picture(29, captions=False)
    changed = _differs(skin, last)
    across = [x for _, x in changed]
    assert min(across) < 40, "it began at the left"
    assert max(across) < 185, "and was never further than it is now"
    # The line goes through the middle of the way.
    assert np.asarray(skin)[180, 100].tolist() != np.asarray(last)[180, 100].tolist()


def test_an_onion_skin_ends_with_its_shot_and_says_what_it_cannot_follow(small: Small) -> None:
    within, beyond = (onion(small.timeline, 40, end, ["star"]) for end in (60, 79))
    assert np.array_equal(np.asarray(within), np.asarray(beyond))
    with pytest.raises(StoryreelError, match="there is no 'stir' in the picture then; did you mean 'star'"):
        onion(small.timeline, 0, 30, ["stir"])
    with pytest.raises(StoryreelError, match="star shows no part 'arm' then"):
        onion(small.timeline, 0, 30, ["star.arm"])
    with pytest.raises(StoryreelError, match=r"the shot ends at 2\.00 s"):
        onion(small.timeline, 59, 75, ["star"])
    with pytest.raises(StoryreelError, match="none of the cast"):
        onion(small.timeline, 0, 30)


def test_the_commands_write_pictures_and_say_boxes(tmp_path: Path) -> None:
    assert call("new", "my-film", cwd=tmp_path).returncode == 0
    scene = str(tmp_path / "my-film" / "scene.yaml")
    row = tmp_path / "row.png"
    done = call("strip", scene, "--at", "0.5", "--count", "2", "--format", "square", "-o", str(row))
    assert (done.returncode, done.stdout.strip()) == (0, str(row)), done.stderr
    with Image.open(row) as picture:
        assert picture.size == (2 * 480 + 6, 480 + 34)
    done = call("onion", scene, "--at", "1.5", "--for", "0.1", "--format", "square", "-o", str(tmp_path / "skin.webp"))
    assert done.returncode == 0, done.stderr
    with Image.open(tmp_path / "skin.webp") as picture:
        assert picture.size == (1080, 1080)
    data = json.loads(call("layout", scene, "--at", "1", "--format", "square", "--json").stdout)
    table = call("layout", scene, "--at", "1", "--format", "square").stdout
    assert data["things"]
    assert all(thing["name"] in table for thing in data["things"])
