"""Wind, the hour, colours of one's own and lamps: what all of a scene stands in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from storyreel.direct.director import Direction, direct
from storyreel.errors import SceneError
from storyreel.film.reading import vocabulary
from storyreel.looks import pen
from storyreel.paint.painter import paint
from storyreel.script.read import read_text
from storyreel.timeline.model import Layer, Scene
from storyreel.timeline.track import sample


def directed(scene: Mapping[str, Any], *beats: Mapping[str, Any], look: str = "kawaii") -> Direction:
    first = {"shot": {"on": "stage"}, "for": "40f", **beats[0]}
    told = {
        "id": "room",
        "set": "toyland",
        "cast": {"michii": {"at": [0.3, 0.87]}, "grump": {"at": [0.8, 0.87], "size": 0.6}},
        **scene,
        "beats": [first, *beats[1:]],
    }
    cast = {"michii": {"puppet": "michii", "voice": {}}, "grump": {"puppet": "grump"}}
    film = {"storyreel": 2, "title": "Air", "look": look, "reveal": False, "cast": cast, "scenes": [told]}
    return direct(read_text(json.dumps(film), "air", Path(), vocabulary(Path())), Path())


def layer(scene: Scene, name: str) -> Layer:
    return next(one for one in scene.layers if one.id == name)


def value(of: Layer, channel: str, frame: int, rest: float = 0.0) -> float:
    return sample(dict(of.channels).get(channel, rest), frame)


LAMP = {"lamp": {"kind": "lamp", "at": [0.35, 0.75], "light": {"on": 0, "reach": 0.5}}}


def test_a_gust_bends_ears_the_way_it_blows_and_is_a_moment_that_others_wait_for() -> None:
    blown = {
        side: directed({}, {"wind": {"at": "6f", "gust": 1, "for": "24f", "from": side}}).timeline.scenes[0]
        for side in ("left", "right")
    }
    calm = directed({}, {}).timeline.scenes[0]
    ears = {side: value(layer(scene, "michii"), "Left Ear.bend", 20) for side, scene in blown.items()}
    still = value(layer(calm, "michii"), "Left Ear.bend", 20)
    assert (ears["left"] - still) * (ears["right"] - still) < 0
    waits = {"wind": {"at": "6f", "gust": 1}, "michii": {"at": "wind.gust + 4f", "do": "hop"}}
    assert dict(directed({}, waits).timeline.scenes[0].marks)["michii.land"] > 10


def test_wind_is_heard_for_as_long_as_it_blows_and_things_on_threads_swing() -> None:
    hung = {"lantern": {"kind": "lamp", "hangs": True, "at": [0.5, 0.2], "sway": 1}}
    film = directed({"props": hung, "wind": {"from": "left", "strength": 0.6}}, {}).timeline
    assert [(cue.effect, cue.frames) for cue in film.sound.effects if "wind" in cue.effect] == [("wind-cold", 40)]
    lantern, calm = layer(film.scenes[0], "lantern"), layer(directed({"props": hung}, {}).timeline.scenes[0], "lantern")
    assert value(lantern, "rot", 30) < -1
    assert value(lantern, "x", 30) > value(calm, "x", 30) + 20


def test_threads_belly_and_papers_flap_in_the_wind_and_only_in_it() -> None:
    props = {
        "kite": {"kind": "thread", "from": [0.1, 0.3], "to": [0.9, 0.3], "slack": 0.3},
        "tag": {"kind": "note", "text": "hi", "at": [0.5, 0.5], "width": 160, "height": 120},
    }
    beat = {"tag": {"hang": [0.5, 0.5]}}
    calm = directed({"props": props}, beat).timeline.scenes[0]
    assert not any(name.startswith("blown") for name, _ in layer(calm, "kite").channels)
    for side, way in (("left", 1), ("right", -1)):
        scene = directed({"props": props, "wind": {"from": side, "strength": 0.8}}, beat).timeline.scenes[0]
        assert value(layer(scene, "kite"), "blown0", 30) * way > 40
        flaps = [
            value(layer(scene, "tag"), "rot", frame) - value(layer(calm, "tag"), "rot", frame) for frame in (9, 30)
        ]
        assert min(flap * -way for flap in flaps) > 1


def test_what_is_let_go_to_the_wind_goes_where_it_blows() -> None:
    props = {
        "said": {"kind": "words", "text": "no", "at": [0.5, 0.4]},
        "heap": {"kind": "pile", "in": "michii.arms", "size": 0.6},
    }
    beats: tuple[dict[str, Any], ...] = (
        {"heap": {"set": {"full": 0.5}, "over": "2f"}, "for": "4f"},
        {"said": {"scatter": "wind"}, "michii": {"at": "12f", "drop": "heap", "to": "wind"}, "for": "80f"},
    )
    ends: dict[str, list[float]] = {}
    for side in ("left", "right"):
        (scene,) = directed({"props": props, "wind": {"from": side, "strength": 0.7}}, *beats).timeline.scenes
        parts = [*layer(scene, "said").children, *layer(scene, "heap").children]
        loose = [each for each in parts if " letter " in each.id or " sheet " in each.id]
        ends[side] = [value(each, "x", 83) - value(each, "x", max(each.start, 4)) for each in loose]
    assert ends["left"]
    assert all(gone > 0 for gone in ends["left"])
    assert all(gone < 0 for gone in ends["right"])


def test_the_wind_goes_on_over_a_cut_and_the_same_film_is_the_same_twice() -> None:
    shots = ({"wind": {"strength": 0.8}}, {"shot": {"on": "grump", "size": "close"}, "for": "20f"})
    one, other = directed({}, *shots), directed({}, *shots)
    assert one.timeline == other.timeline
    cues = [cue for cue in one.timeline.sound.effects if "wind" in cue.effect]
    assert cues[-1].frame == 40
    assert cues[-1].frames == 20


def test_an_hour_dims_the_picture_and_lays_a_sky_over_the_sets_own() -> None:
    scene = directed({"hour": 12}, {"hour": {"at": "10f", "to": 23, "over": "20f"}}).timeline.scenes[0]
    blue, red = (dict(scene.camera)[f"light.{name}"] for name in ("blue", "red"))
    assert sample(red, 0) == 1
    assert sample(red, 39) < 0.5 < sample(blue, 39)
    assert [one.id for one in scene.layers].index("sky") == 1


def test_where_nothing_is_said_of_the_air_no_layer_and_no_channel_is_added() -> None:
    scene = directed({}, {}).timeline.scenes[0]
    assert not {"apart", "hour", "light.red"} & dict(scene.camera).keys()
    assert not any(one.id == "sky" or "light.red" in dict(one.channels) for one in scene.layers)


def test_a_mood_under_a_name_is_that_ones_alone_and_goes_on_over_a_cut() -> None:
    own = {"grump": {"at": "10f", "mood": {"warmth": 0.5, "over": "6f"}}}
    scenes = directed({}, own, {"shot": {"on": "michii", "size": "full"}, "for": "10f"}).timeline.scenes
    grump, michii = (layer(scenes[0], name) for name in ("grump", "michii"))
    assert value(grump, "warmth", 5) == 0
    assert value(grump, "warmth", 30) == 0.5
    assert "saturation" not in dict(grump.channels)
    assert "warmth" not in dict(michii.channels)
    assert value(layer(scenes[1], "grump"), "warmth", 0) == 0.5


def test_a_colour_runs_through_groups_and_people_one_after_another() -> None:
    run = {"mood": {"accent": 1, "from": "michii", "through": ["stage.balloon", "grump"], "over": "20f"}}
    scene = directed({"mood": {"saturation": 0, "accent": 0}}, run).timeline.scenes[0]
    first, second = layer(scene, "stage.balloon"), layer(scene, "grump")
    assert value(first, "saturation", 9) > 0.9
    assert value(second, "saturation", 9) == 0
    assert value(second, "saturation", 25) == 1
    assert dict(scene.camera)["saturation"] == 0


def test_a_lamp_is_switched_by_a_touch_and_lights_who_is_near() -> None:
    touched = {"michii": {"at": "16f", "touch": "lamp.switch"}}
    scene = directed({"props": LAMP, "hour": 23}, touched).timeline.scenes[0]
    lamp, near, far = (layer(scene, name) for name in ("lamp", "michii", "grump"))
    assert value(lamp, "light", 14) == 0
    assert value(lamp, "light", 20) == 1
    assert value(near, "light.red", 30) > value(near, "light.red", 10) + 0.2
    assert value(near, "light.red", 30) > value(far, "light.red", 30, value(near, "light.red", 0))
    assert value(layer(scene, "lamp glow"), "light", 30) == 1


def test_a_light_follows_a_voice() -> None:
    beat = {"lamp": {"set": {"light": "michii.voice"}}, "michii": {"at": "6f", "say": "Hello"}, "for": "30f"}
    lamp = layer(directed({"props": LAMP}, beat).timeline.scenes[0], "lamp")
    levels = [value(lamp, "light", frame) for frame in range(30)]
    assert max(levels) > 0.6
    assert levels[0] == 0


def test_it_is_said_where_no_lamp_reaches_anybody_in_the_dark() -> None:
    told = [note.message for note in directed({"props": LAMP, "hour": 23}, {}).notes]
    assert any("no lamp reaches anybody" in one for one in told)
    assert not any("no lamp" in note.message for note in directed({"props": LAMP, "hour": 12}, {}).notes)


@pytest.mark.parametrize(
    ("beat", "said"),
    [
        ({"michii": {"at": "wind.gust", "do": "hop"}}, "'wind' does nothing in this beat"),
        ({"mood": {"through": "grump.hand", "accent": 1}}, "colours run through whole things"),
        ({"mood": {"through": "gramp", "accent": 1}}, "did you mean 'grump'"),
        ({"michii": {"mood": {"from": "grump", "warmth": 1}}}, "`from` belongs to a `mood` of the beat"),
        ({"wind": {"strength": 1, "for": "6f"}}, "`for` says how long a `gust` takes"),
        ({"hour": 25}, "24"),
    ],
)
def test_what_is_wrong_with_the_air_is_said(beat: dict[str, Any], said: str) -> None:
    with pytest.raises(SceneError) as refused:
        directed({}, beat)
    assert said in str(refused.value)


@pytest.mark.parametrize("held", [False, True])
def test_whoever_holds_a_lamp_or_stands_beside_it_gets_lighter_and_most_on_that_side(held: bool) -> None:
    def seen(way: int, on: int) -> NDArray[np.float64]:
        """How bright a small picture is, with a lamp in one of her hands or to that side of her."""
        lamp = {"kind": "lamp", "size": 0.5, "light": {"on": on, "reach": 0.5}}
        lamp["at"] = [0.4 + (0.12 if held else 0.22) * way, 0.68]
        scene = {"cast": {"michii": {"at": [0.4, 0.87]}}, "hour": 23, "props": {"lamp": lamp}}
        hand = "left-hand" if way > 0 else "right-hand"
        told = directed(scene, {"michii": {"at": "10f", "take": "lamp", "with": hand}} if held else {}).timeline
        small, buffer = replace(told, width=270, height=480), np.zeros((480, 270, 4), np.uint8)
        paint(small, pen(small.look), 30, buffer)
        return np.asarray(buffer[..., :3].mean(axis=2))

    def gained(way: int) -> tuple[float, float]:
        more = seen(way, 1) - seen(way, 0)
        return float(more[216:238, 72:96].mean()), float(more[216:238, 96:120].mean())

    from_left, from_right = gained(-1), gained(1)
    assert min(*from_left, *from_right) > 20
    assert from_left[0] - from_left[1] > from_right[0] - from_right[1] + 8
