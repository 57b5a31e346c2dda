"""What is seen through panes: clips in a loop, mirror images, bodies under their clothes; and the film's own edge."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from storyreel.assets import asset
from storyreel.direct.director import direct
from storyreel.errors import SceneError
from storyreel.film.reading import vocabulary
from storyreel.script.models import Script
from storyreel.script.read import read_text_with_places
from storyreel.sound.store import ClipStore
from storyreel.timeline.model import Layer, Scene, Timeline
from storyreel.timeline.track import sample
from storyreel.widgets.windows import WINDOW

STORE, ROOT = ClipStore(None), asset("portraits")
SHUT = {"top": 0, "bottom": 0, "over": "6f"}
CLIP = {
    "id": "dance",
    "clip": True,
    "cast": {"grump": {}},
    "beats": [{"grump": {"go": "left", "for": "8f"}, "for": "12f"}],
}


def told(*scenes: dict[str, Any], puppet: str = "michii") -> dict[str, Any]:
    cast = {"michii": {"puppet": puppet}, "grump": {"puppet": "grump", "size": 0.6}}
    return {"storyreel": 2, "title": "A film", "cast": cast, "scenes": [*scenes]}


def film(*scenes: dict[str, Any], base: Path | None = None, puppet: str = "michii") -> Timeline:
    return direct(Script.model_validate(told(*scenes, puppet=puppet)), base or asset("portraits"), STORE).timeline


def scene(pane: dict[str, Any], *beats: dict[str, Any], **more: Any) -> dict[str, Any]:
    props = {"pane": {"kind": "pane", "width": 300, "height": 400, **pane}}
    beats = beats or ({"shot": {"on": "stage"}, "wait": "30f"},)
    return {"id": "day", "cast": {"michii": {}}, "props": props, "beats": [*beats], **more}


def inside(day: Scene, *way: str) -> Layer:
    found = next(layer for layer in day.layers if layer.id == way[0])
    for name in way[1:]:
        found = next(layer for layer in found.children if layer.id == name)
    return found


def test_a_clip_is_silent_but_in_a_pane_that_lets_it_be_heard() -> None:
    clip = {**CLIP, "beats": [{"grump": {"do": "hop", "for": "10f"}, "for": "12f"}]}
    assert film(clip, scene({"shows": "dance"})).sound.effects == ()
    for edge, muffle in (("phone", "phone"), ("ink", "far")):
        heard = film(clip, scene({"shows": "dance", "edge": edge, "sound": True})).sound.effects
        assert {one.muffle for one in heard} == {muffle}
        assert [one.frame - heard[0].frame for one in heard] == [0, 12, 24][: len(heard)]
        assert len(heard) >= 2, "anew with every turn"


def test_a_clip_is_no_part_of_the_film_and_runs_in_its_pane_in_a_loop() -> None:
    made = film(CLIP, scene({"shows": "dance"}))
    assert [one.id for one in made.scenes] == ["day.1"]
    grump = inside(made.scenes[0], "pane", "pane clip", "pane grump")
    places = [sample(dict(grump.channels)["x"], frame) for frame in range(30)]
    assert places[0] == places[12] == places[24] != places[7] == places[19]
    assert len(set(places)) > 4


def test_a_pane_that_shows_another_has_the_same_in_it() -> None:
    props = {
        "pane": {"kind": "pane", "width": 300, "height": 400, "shows": "other"},
        "other": {"kind": "pane", "width": 600, "height": 800, "shows": "dance"},
    }
    made = film(CLIP, {"id": "day", "props": props, "beats": [{"shot": {"on": "stage"}, "wait": "9f"}]})
    again = inside(made.scenes[0], "pane", "pane again")
    assert dict(again.channels)["scale"] == 0.5
    assert [child.id for child in again.children] == ["pane other clip"]


def test_a_pane_shows_a_shot_as_its_camera_would_see_it_while_the_film_looks_another_way() -> None:
    people = {"michii": {"at": [0.2, 0.9]}, "grump": {"at": [0.8, 0.9]}}
    own = {"shots": {"his": {"on": "grump", "size": "close"}}, "cast": people}
    beat = {"shot": {"on": "michii", "sees": ["pane"]}, "grump": {"at": "10f", "do": "hop"}, "wait": "30f"}
    [day] = film(scene({"shows": "his", "width": 400, "height": 400}, beat, **own)).scenes
    shown = inside(day, "pane", "pane clip")
    eye = dict(shown.content.camera)  # type: ignore[union-attr]
    grump, outside = next(one for one in shown.children if one.id == "pane grump"), inside(day, "grump")
    assert isinstance(eye["x"], float), "its camera stands still"
    assert sample(dict(grump.channels)["x"], 5) == pytest.approx(eye["x"], abs=60)
    hops = [[sample(dict(one.channels)["y"], frame) for frame in (5, 20)] for one in (grump, outside)]
    assert hops[0][0] - hops[0][1] == pytest.approx(hops[1][0] - hops[1][1])
    assert "pane pane" in [one.id for one in shown.children], "the pane is on the stage that it shows, and empty there"
    assert not next(one for one in shown.children if one.id == "pane pane").children


@pytest.mark.parametrize("behind", [None, "michii"])
def test_a_pane_that_shows_a_shot_over_a_shoulder_has_that_shoulder_before_all_wherever_the_film_looks(
    tmp_path: Path, behind: str | None
) -> None:
    for suffix in (".svg", ".rig.yaml"):
        shutil.copy(asset("puppets", "michii") / f"michii{suffix}", tmp_path / f"me{suffix}")
        shutil.copy(asset("puppets", "michii") / f"michii{suffix}", tmp_path / f"me.back{suffix}")
    with (tmp_path / "me.rig.yaml").open("a") as rig:
        rig.write("\nviews: {back: {turn: back}}\n")
    people = {"michii": {"at": [0.2, 0.9]}, "grump": {"at": [0.8, 0.9]}}
    shots = {"past": {"on": "grump", "size": "medium", "behind": "michii"}, "his": {"on": "grump", "size": "medium"}}
    film_looks = {"on": "grump", "size": "medium", **({"behind": behind} if behind else {})}

    def seen(shows: str) -> tuple[Scene, Layer, dict[str, Any]]:
        beat = {"shot": film_looks, "wait": "30f"}
        [day] = film(scene({"shows": shows}, beat, shots=shots, cast=people), base=tmp_path, puppet="me.svg").scenes
        clip = inside(day, "pane", "pane clip")
        eye = dict(clip.content.camera)  # type: ignore[union-attr]
        return day, next(one for one in clip.children if one.id == "pane michii"), eye

    def at(layer: Layer, name: str) -> float:
        return sample(dict(layer.channels)[name], 9)

    (day, past, eye), (_, plain, _) = seen("past"), seen("his")
    assert at(past, "scale") == pytest.approx(1.5 * at(plain, "scale"), rel=0.02)
    assert past.order > 5 > plain.order
    assert past.content != plain.content, "her back"
    assert at(past, "x") > eye["x"] + 50, "in a corner of what the pane shows, not at home"
    assert at(plain, "x") < eye["x"] - 100
    outside = inside(day, "michii")
    assert (outside.order > 5) == bool(behind), "the film itself looks as it is told"


def test_what_is_fixed_to_the_picture_of_a_clip_stays_at_its_place_in_the_pane() -> None:
    title = {"kind": "title", "text": "Hi", "at": [0.5, 0.5], "screen": True}
    [day] = film({**CLIP, "props": {"title": title}}, scene({"shows": "dance"})).scenes
    channels = dict(inside(day, "pane", "pane clip", "pane title").channels)
    assert abs(sample(channels["x"], 0)) < 200, "about the middle of the pane"


def test_whoever_is_in_a_mirror_is_mirrored() -> None:
    told = scene({"shows": "mirror"}, {"shot": {"on": "stage"}, "michii": {"in": "pane"}, "wait": "9f"})
    mirror = inside(film(told).scenes[0], "pane", "pane mirror")
    assert dict(mirror.channels)["sx"] == -1
    assert "michii" in [child.id for child in mirror.children]


def test_a_window_grows_from_its_own_size() -> None:
    beat = {"shot": {"on": "stage"}, "pane": {"set": {"width": 600}, "over": "10f", "ease": "linear"}, "for": "20f"}
    [day] = film(scene({"edge": "ink"}, beat)).scenes
    pane = inside(day, "pane")
    channel = dict(pane.channels)["width"]
    assert [sample(channel, frame) for frame in (0, 5, 10)] == pytest.approx([300, 450, 600], abs=1)
    given = dict(pane.content.frame.settings)  # type: ignore[union-attr]
    wide = WINDOW.outline(given, {"width": 600.0}).getBounds().width()  # type: ignore[misc]
    assert wide == pytest.approx(600, abs=2)
    left, _, right, _ = WINDOW.bounds(given)
    assert right - left > 600


def test_one_sees_under_a_pane_who_stands_behind_it_where_they_stand(tmp_path: Path) -> None:
    for suffix in (".svg", ".rig.yaml"):
        shutil.copy(asset("puppets", "michii") / f"michii{suffix}", tmp_path / f"me{suffix}")
        shutil.copy(asset("puppets", "michii") / f"michii{suffix}", tmp_path / f"me.under{suffix}")
    with (tmp_path / "me.rig.yaml").open("a") as rig:
        rig.write("\nviews: {under: {size: [], with: under}}\n")
    beat = {"shot": {"on": "stage"}, "pane": {"go": [0.2, 0.4], "over": "20f"}, "for": "30f"}
    [day] = film(scene({"shows": "under"}, beat), base=tmp_path, puppet="me.svg").scenes
    pane, under = inside(day, "pane"), inside(day, "pane", "pane under")
    for frame in (0, 9, 29):
        for axis in ("x", "y"):
            where = sample(dict(pane.channels)[axis], frame) + sample(dict(under.channels)[axis], frame)
            assert where == pytest.approx(0, abs=1e-6)
    *ground, body = [child.id for child in under.children]
    assert body == "pane michii under"
    assert ground
    assert all(name.startswith("pane set ") for name in ground), "a pane without a set is over the shot's own"


def test_bars_at_the_films_edge_stay_over_every_cut_until_they_are_moved() -> None:
    one, two, three = film(
        scene(
            {},
            {"shot": {"on": "stage"}, "wait": "9f"},
            {"shot": "close", "wait": "9f"},
            frame={"top": 0.1, "bottom": 0.2},
        ),
        {
            **scene({}),
            "id": "night",
            "beats": [{"shot": {"on": "stage"}, "frame": SHUT, "wait": "9f"}],
        },
    ).scenes
    assert dict(inside(one, "bars").channels) == dict(inside(two, "bars").channels)
    assert dict(inside(one, "bars").channels) == pytest.approx({"top": 0.1, "bottom": 0.2}, abs=1e-3)
    closing = dict(inside(three, "bars").channels)
    assert (sample(closing["bottom"], 0), sample(closing["bottom"], 6)) == pytest.approx((0.2, 0), abs=1e-3)


@pytest.mark.parametrize(
    ("scenes", "said"),
    [
        ([scene({"shows": "danse"}), CLIP], "no clip, pane or shot 'danse'; did you mean 'dance'?"),
        ([scene({"shows": "pane"})], "'pane' would show itself"),
        ([CLIP], "every scene is a clip"),
        (
            [scene({}), {**CLIP, "beats": [{"grump": "Hello!"}, {"grump": {"say": "Hi."}}]}],
            "a clip runs in a loop and is silent",
        ),
        ([scene({}, {"michii": {"in": "pain"}})], "no pane or phone 'pain' in this scene; did you mean 'pane'?"),
    ],
)
def test_what_cant_be_seen_through_a_pane_is_told(scenes: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(SceneError) as caught:
        read_text_with_places(json.dumps(told(*scenes)), "a.yaml", ROOT, vocabulary(ROOT))
    assert said in str(caught.value)
