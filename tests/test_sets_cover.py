"""Sets reach every edge: in every format and size, wherever the camera looks, and inside panes and phones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import skia

from storyreel.assets import asset
from storyreel.direct.backdrop import Backdrop
from storyreel.direct.director import direct
from storyreel.direct.scenery import own_backdrop, shipped_backdrop
from storyreel.errors import DirectingError, SceneError
from storyreel.film.reading import read
from storyreel.looks import pen
from storyreel.puppet.svg import read_drawing
from storyreel.script.formats import format_names
from storyreel.script.models import Script
from storyreel.stage.compose import Grade, compose
from storyreel.stage.extent import extent
from storyreel.timeline.model import DrawingContent, Timeline

SETS = sorted(path.stem for path in asset("sets").glob("*.svg"))
SIZES = [(2560, 1080), (1080, 2520), (4320, 320)]
FORMATS = [*format_names(), *({"width": width, "height": height} for width, height in SIZES)]
HOLES = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1920 1080">'
    '<rect y="700" width="1920" height="380" fill="#7BC96F"/></svg>'
)
MOVES = [
    {"zoom": 1.5, "to": [0.1, 0.4]},
    {"zoom": 2.0, "to": [0.9, 0.2]},
    {"push": 1.4, "to": [1.0, 0.9]},
    {"zoom": 1.0, "to": [-0.6, -0.3]},
    {"zoom": 0.4, "tilt": 20},
    {"zoom": 1.0, "to": [3.0, 1.8], "tilt": -8},
]


def named(form: object) -> str:
    return form if isinstance(form, str) else "{width}x{height}".format(**form)  # type: ignore[arg-type]


def film(base: Path, form: object, **scene: object) -> Timeline:
    beats = scene.pop("beats", [{"wait": "2f"}])
    written = {"storyreel": 1, "title": "Cover", "format": form, "reveal": False}
    return direct(Script(**written, scenes=[{"id": "a", "beats": beats, **scene}]), base).timeline


def bare(timeline: Timeline, frame: int, across: int = 120) -> int:
    """Pixels of a small picture of a frame that let a ground of magenta through."""
    scale = across / timeline.stage_size[0]
    surface = skia.Surface(across, max(round(timeline.stage_size[1] * scale), 1))
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorMAGENTA)
    canvas.scale(scale, scale)
    for item in compose(timeline, pen(timeline.look), frame).items:
        assert not isinstance(item, Grade)
        item.draw(canvas)
    red, green, blue = np.moveaxis(surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(int), -1, 0)
    return int(np.count_nonzero((red > 200) & (green < 60) & (blue > 200)))


def drawn(folder: Path, width: float, height: float, more: str = "", name: str = "own") -> str:
    """A set of the author's own: a sky and a meadow that fill its viewBox, and no more than that."""
    path = folder / f"{name}.svg"
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{more}'
        f'<rect width="{width}" height="{height * 0.6}" fill="#8CC8FF"/>'
        f'<rect y="{height * 0.6}" width="{width}" height="{height * 0.4}" fill="#7BC96F"/></svg>'
    )
    return path.name


@pytest.mark.parametrize("form", FORMATS, ids=named)
@pytest.mark.parametrize("name", SETS)
def test_a_shipped_set_leaves_no_pixel_bare_in_any_format(name: str, form: object, tmp_path: Path) -> None:
    assert bare(film(tmp_path, form, set=name), 0) == 0


@pytest.mark.parametrize("form", ["tiktok", "landscape", {"width": 2560, "height": 1080}], ids=named)
@pytest.mark.parametrize("name", SETS)
def test_nor_does_it_wherever_the_camera_looks(name: str, form: object, tmp_path: Path) -> None:
    timeline = film(tmp_path, form, set=name, beats=[{"camera": {**move, "over": "2f"}} for move in MOVES])
    assert [bare(timeline, frame, 90) for frame in range(timeline.length)] == [0] * timeline.length


@pytest.mark.parametrize("form", FORMATS, ids=named)
@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (1080, 1080), (24, 24)], ids=str)
def test_a_set_of_ones_own_covers_the_picture_whatever_its_viewbox(
    size: tuple[float, float], form: object, tmp_path: Path
) -> None:
    name = drawn(tmp_path, *size)
    timeline = film(tmp_path, form, set=name, beats=[{"wait": "1f"}, {"camera": {**MOVES[3], "over": "1f"}}])
    assert [bare(timeline, frame) for frame in range(timeline.length)] == [0] * timeline.length


def test_what_lies_under_a_sets_planes_is_a_sets_to_every_look(tmp_path: Path) -> None:
    beats = [{"camera": {**move, "over": "2f"}} for move in MOVES]
    layers = film(tmp_path, "tiktok", set=drawn(tmp_path, 1080, 1920), beats=beats).scenes[0].layers
    assert layers[0].id == "set ground"
    assert {layer.kind for layer in layers} == {"set"}


@pytest.mark.parametrize(("form", "size"), [("landscape", (1920, 1080)), ("tiktok", (1080, 1920))])
def test_a_viewbox_of_the_pictures_shape_is_the_picture(form: str, size: tuple[float, float], tmp_path: Path) -> None:
    timeline = film(tmp_path, form, set=drawn(tmp_path, *size))
    layer = timeline.scenes[0].layers[0]
    place = layer.values(0)
    assert place["scale"] * size[0] == pytest.approx(timeline.stage_size[0], rel=1e-3)
    assert (place["x"], place["y"]) == pytest.approx((0, 0), abs=1)
    assert isinstance(layer.content, DrawingContent)
    assert layer.content.mirror is None


def test_shipped_sets_are_as_large_as_they_are_said_to_be() -> None:
    for name in SETS:
        path = asset("sets", f"{name}.svg")
        assert Backdrop(read_drawing(path).box, extent(path) or (0, 0, 0, 0)) == shipped_backdrop(), name


def test_a_set_painted_past_its_viewbox_counts_as_far_as_it_is_painted(tmp_path: Path) -> None:
    past = '<rect x="-400" y="-100" width="1800" height="2100" fill="#FFE9A0"/>'
    painted = own_backdrop(tmp_path / drawn(tmp_path, 1080, 1920, past), "own.svg")
    assert painted.extent == pytest.approx((-400, -100, 1400, 2000), abs=8)


@pytest.mark.parametrize("form", ["tiktok", "reels", "shorts", "square", "landscape"])
def test_the_floor_of_a_shipped_set_is_under_the_feet_in_every_format(form: str, tmp_path: Path) -> None:
    timeline = film(tmp_path, form, set="bedroom")
    _, top, _, bottom = timeline.safe
    place = timeline.scenes[0].layers[0].values(0)
    feet = top + 0.878 * (bottom - top)
    assert place["y"] + 1330 * place["scale"] == pytest.approx(feet, abs=0.1)


@pytest.mark.parametrize("zoom", [0.1, 0.6, 1.0])
@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)], ids=str)
@pytest.mark.parametrize("prop", [{"kind": "pane", "width": 900, "height": 400}, {"kind": "phone", "width": 400}])
def test_a_set_covers_the_pane_or_phone_that_shows_it(
    prop: dict[str, object], size: tuple[float, float], zoom: float, tmp_path: Path
) -> None:
    name = drawn(tmp_path, *size)
    shown = film(tmp_path, "tiktok", props={"p": {**prop, "set": name, "zoom": zoom}})
    group = next(layer for layer in shown.scenes[0].layers if layer.id == "p")
    wide = float(str(prop["width"]))
    high = float(str(prop.get("height", wide * 2.05)))
    place = group.children[0].values(0)
    left, top = place["x"], place["y"]
    right, bottom = left + size[0] * place["scale"], top + size[1] * place["scale"]
    assert max(left + wide / 2, top + high / 2) <= 0.01
    assert min(right - wide / 2, bottom - high / 2) >= -0.01


def test_a_set_with_holes_is_refused_with_the_size_that_it_has_to_be_painted_in(tmp_path: Path) -> None:
    (tmp_path / "own.svg").write_text(HOLES)
    with pytest.raises(DirectingError, match=r"'own\.svg' has holes.*from 0,0 to 1920,1080") as refused:
        film(tmp_path, "landscape", set="own.svg")
    assert refused.value.path == ("scenes", "a", "set")


@pytest.mark.parametrize("where", ["set: own.svg", "props: {p: {kind: pane, set: own.svg}}"])
def test_a_check_says_so_too_with_the_line(where: str, tmp_path: Path) -> None:
    (tmp_path / "own.svg").write_text(HOLES)
    scene = tmp_path / "scene.yaml"
    scene.write_text(f"storyreel: 1\ntitle: T\nscenes:\n  - id: a\n    {where}\n    beats: [{{wait: 1s}}]\n")
    with pytest.raises(SceneError, match=r"scene\.yaml:5:\d+: set 'own\.svg' has holes"):
        read(scene)


def test_a_set_too_narrow_for_any_picture_is_refused_where_it_is_named(tmp_path: Path) -> None:
    for number, box in enumerate(("0 0 1e-9 900", "9999999 0 1e-10 1e-10", "0 0 900 1")):
        (tmp_path / "set.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">'
            '<rect x="-1e6" y="-1e6" width="2e6" height="2e6"/></svg>'
        )
        scene = tmp_path / f"scene{number}.yaml"
        scene.write_text(
            "storyreel: 1\ntitle: T\nreveal: false\nscenes: [{id: a, set: set.svg, beats: [{wait: 1s}]}]\n"
        )
        with pytest.raises(SceneError, match=r"scene\d.yaml:4:23: set 'set.svg' has a viewBox too narrow"):
            read(scene)
