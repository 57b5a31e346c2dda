"""What of sets and things goes with the wind by itself: grass by its name, all else as its drawing says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storyreel.direct.director import direct
from storyreel.errors import DirectingError, SceneError
from storyreel.film.reading import vocabulary
from storyreel.puppet.sways import sways
from storyreel.render.still import painted
from storyreel.script.read import read_text
from storyreel.timeline.model import Layer, Timeline
from storyreel.timeline.track import sample

SET = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 1920">
<g id="Sky" data-plane="0"><rect x="-760" y="-240" width="2600" height="2400" fill="#9BD8FF"/></g>
<g id="Ground" data-plane="1"><rect x="-760" y="1200" width="2600" height="1000" fill="#5C9F4A"/>
<g id="Grass 1" data-pivot="150,1210"><path fill="#204020" d="M130,1210 L150,850 L170,1210 Z"/></g>
<g id="Far Grass" data-pivot="950,1210"><path fill="#204020" d="M930,1210 L950,850 L970,1210 Z"/></g>
<g id="Bush" data-pivot="540,1210" data-sway="0.5">
<path fill="#103010" d="M340,1210 L400,1050 L680,1050 L740,1210 Z"/></g>
<g id="Stone" data-pivot="300,1300"><rect x="250" y="1250" width="100" height="60" fill="#888888"/></g>
<rect x="-760" y="1205" width="2600" height="80" fill="#77B95A"/></g></svg>"""


def directed(folder: Path, *, look: str = "kawaii", **scene: Any) -> Timeline:
    (folder / "meadow.svg").write_text(SET)
    beat = {"shot": {"on": "stage"}, "for": "40f", **scene.pop("beat", {})}
    told = {"id": "a", "set": "meadow.svg", "cast": {"michii": {"at": [0.5, 0.87], "size": 0.3}}, **scene}
    film = {
        **{"storyreel": 2, "title": "Sway", "look": look, "reveal": False, "cast": {"michii": {"puppet": "michii"}}},
        **{"scenes": [{**told, "beats": [beat]}]},
    }
    return direct(read_text(json.dumps(film), "f", folder, vocabulary(folder)), folder).timeline


def ground(timeline: Timeline) -> Layer:
    return next(layer for layer in timeline.scenes[0].layers if layer.id == "set 1")


def leans(layer: Layer, channel: str) -> list[float]:
    return [sample(dict(layer.channels)[channel], frame) for frame in range(layer.end)]


GUST = {"wind": {"at": "4f", "gust": 1, "for": "24f", "from": "left"}}


def test_grass_bends_the_way_the_wind_blows_and_what_stands_further_on_later(tmp_path: Path) -> None:
    layer = ground(directed(tmp_path, beat=GUST))
    near, far = leans(layer, "Grass 1.bend"), leans(layer, "Far Grass.bend")
    assert max(near) > 6
    assert near[14] > far[14] + 1
    assert int(np.argmax(near)) < int(np.argmax(far))
    back = {"wind": {**GUST["wind"], "from": "right"}}
    other = ground(directed(tmp_path, beat=back))
    assert min(leans(other, "Far Grass.bend")) < -6
    assert int(np.argmin(leans(other, "Far Grass.bend"))) < int(np.argmin(leans(other, "Grass 1.bend")))


def test_what_a_drawing_says_sways_leans_by_its_share_and_nothing_else_moves(tmp_path: Path) -> None:
    layer = ground(directed(tmp_path, wind={"from": "left", "strength": 0.6}))
    names = {name for name, _ in layer.channels if "." in name}
    assert names == {"Grass 1.bend", "Far Grass.bend", "Bush.skew"}
    assert max(abs(value) for value in leans(layer, "Bush.skew")) < max(leans(layer, "Grass 1.bend"))
    assert min(leans(layer, "Bush.skew")) < 0, "what stands leans to the right by a skew to the left"


def test_where_no_wind_blows_a_set_has_no_channel_of_its_own(tmp_path: Path) -> None:
    assert not any("." in name for name, _ in ground(directed(tmp_path)).channels)


def test_grass_of_a_prop_goes_with_the_same_wind_as_that_of_a_set(tmp_path: Path) -> None:
    (tmp_path / "tuft.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><g id="Grass" data-pivot="50,100">'
        '<path fill="#204020" d="M40,100 L50,0 L60,100 Z"/></g></svg>'
    )
    props = {"tuft": {"kind": "drawing", "file": "tuft.svg", "at": [0.3, 0.8]}}
    timeline = directed(tmp_path, props=props, beat=GUST)
    tuft = next(layer for layer in timeline.scenes[0].layers if layer.id == "tuft")
    assert max(leans(tuft, "Grass.bend")) > 6


@pytest.mark.parametrize("look", ["kawaii", "storybook"])
def test_the_tip_of_a_blade_is_painted_where_the_wind_takes_it_and_its_root_stays(tmp_path: Path, look: str) -> None:
    timeline = replace(directed(tmp_path, look=look, beat=GUST), width=432, height=768)
    calm, blown = (pixels.copy() for pixels in painted(timeline, (0, 16), captions=False))
    changed = np.abs(calm[..., :3].astype(int) - blown[..., :3]).sum(axis=2) > 120
    scale = timeline.scale
    tip = changed[round(840 * scale) : round(950 * scale), round(100 * scale) : round(300 * scale)]
    root = changed[round(1195 * scale) : round(1205 * scale), round(120 * scale) : round(180 * scale)]
    stone = changed[round(1292 * scale) : round(1400 * scale), round(100 * scale) : round(400 * scale)]
    assert tip.mean() > 0.01
    assert root.mean() < 0.2
    assert stone.mean() < 0.01


def test_a_groups_name_may_end_in_a_number_and_no_other_name_sways(tmp_path: Path) -> None:
    path = tmp_path / "x.svg"
    named = "".join(
        f'<g id="{name}" data-pivot="5,10"><rect width="10" height="10"/></g>'
        for name in ("Hill Grass 12", "Curtain", "Grasshopper", "Flagpole", "Left Curtain")
    )
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{named}</svg>')
    assert set(sways(path)) == {"Hill Grass 12", "Curtain", "Left Curtain"}


CITY = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 1920"><g id="Wall" data-plane="1">
<rect x="-760" y="-240" width="2600" height="2400" fill="#223"/>
<g id="Window 1" data-pivot="200,900" visibility="hidden">
<rect x="150" y="850" width="100" height="100" fill="#FFE08A"/></g>
<g id="Window 2" data-pivot="500,900" visibility="hidden">
<rect x="450" y="850" width="100" height="100" fill="#FFE08A"/></g>
<g id="Window 3" data-pivot="800,900" visibility="hidden">
<rect x="750" y="850" width="100" height="100" fill="#FFE08A"/></g>
<g id="Blind" data-pivot="500,400"><rect x="450" y="400" width="100" height="100" fill="#888"/></g></g></svg>"""


def lit(folder: Path, *beats: dict[str, Any]) -> Timeline:
    (folder / "city.svg").write_text(CITY)
    film = {
        **{"storyreel": 2, "title": "City", "reveal": False, "cast": {"michii": {"puppet": "michii"}}},
        **{
            "scenes": [
                {"id": "a", "set": "city.svg", "cast": {"michii": {"at": [0.9, 0.9], "size": 0.2}}, "beats": [*beats]}
            ]
        },
    }
    return direct(read_text(json.dumps(film), "f", folder, vocabulary(folder)), folder).timeline


SPREAD = {"at": "4f", "set": {"Window": 1}, "from": "stage.window-1", "over": "20f"}


def test_groups_of_a_set_are_lit_one_after_another_from_a_place_and_stay_lit_over_a_cut(tmp_path: Path) -> None:
    shots = ({"shot": {"on": "stage"}, "stage": SPREAD, "for": "40f"}, {"shot": {"on": "michii"}, "for": "5f"})
    first, second = lit(tmp_path, *shots).scenes
    (wall,) = (layer for layer in first.layers if layer.kind == "set")
    begun = [leans(wall, f"Window {number}.show").index(1.0) for number in (1, 2, 3)]
    assert begun == [4, 11, 18]
    (after,) = (layer for layer in second.layers if layer.kind == "set")
    assert all(after.values(0)[f"Window {number}.show"] == 1 for number in (1, 2, 3))


def test_a_window_of_a_set_is_painted_once_it_is_lit_and_a_blind_where_it_is_moved(tmp_path: Path) -> None:
    beat = {"stage": [{"at": "4f", "set": {"Window 1": 1}}, {"set": {"Blind.dy": 100}, "over": "8f"}], "for": "20f"}
    timeline = replace(lit(tmp_path, {"shot": {"on": "stage"}, **beat}), width=432, height=768)
    dark, light = (pixels.copy() for pixels in painted(timeline, (0, 15), captions=False))
    changed = np.abs(dark[..., :3].astype(int) - light[..., :3]).sum(axis=2) > 120

    def share(left: int, top: int) -> float:
        rows, columns = (slice(round(at * timeline.scale), round((at + 80) * timeline.scale)) for at in (top, left))
        return float(changed[rows, columns].mean())

    assert share(160, 860) > 0.9
    assert share(460, 860) < 0.1
    assert share(460, 410) > 0.9
    assert share(460, 510) > 0.9


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"set": {"Widow 1": 1}}, "did you mean 'Window 1'"),
        ({"set": {"Window": 1}, "from": "michii"}, "spreads from one of its groups"),
        ({"do": "hop"}, "'stage' is the set and can't 'do'"),
        ({"set": {"Window 1": "michii.voice"}}, "groups of a set follow nothing"),
    ],
)
def test_what_is_wrong_with_a_change_of_the_set_is_said(tmp_path: Path, part: dict[str, Any], said: str) -> None:
    with pytest.raises((SceneError, DirectingError)) as refused:
        lit(tmp_path, {"shot": {"on": "stage"}, "stage": part, "for": "9f"})
    assert said in str(refused.value)
