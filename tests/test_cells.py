"""Puppets of pixel cells: read from a sheet and its picture, posed by cells, drawn in whole pixels."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skia
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storyreel.assets import digest
from storyreel.direct.director import Direction, direct
from storyreel.errors import SceneError
from storyreel.film.directed import files_of, files_read
from storyreel.film.reading import read
from storyreel.film.warmup import pictures
from storyreel.looks import pen
from storyreel.paint.painter import Painter, fingerprint
from storyreel.puppet.cell_file import read_sheet
from storyreel.puppet.cells import Cell, Sheet, laid, rig_of, shown
from storyreel.puppet.rig import read_rig
from storyreel.render.chunks import Chunk
from storyreel.render.encode import EncoderSettings
from storyreel.render.keys import chunk_key
from storyreel.render.slices import assets, order
from storyreel.script.models import Script
from storyreel.sound.store import ClipStore
from storyreel.stage.body import body
from storyreel.stage.cells import DrawnCells, crisp
from storyreel.stage.compose import compose
from storyreel.stage.puppet import DrawnPuppet
from storyreel.stage.treated import Hand
from storyreel.timeline.model import Asset, Layer, PuppetContent, Scene, Timeline
from storyreel.timeline.track import Channel, keyed
from storyreel.treatment.contract import Edge, Kit, Mood, Place, Plain

SKIN, SHIRT, DARK, HAIR, CLEAR = (200, 150, 100), (30, 60, 200), (10, 10, 20), (90, 20, 60), None
RATE = Fraction(30)

COLOURS: dict[str, tuple[int, int, int]] = {
    "body stand": SHIRT,
    "body bent": SHIRT,
    "arms bent": SKIN,
    "head": SKIN,
    "eyes open": DARK,
    "eyes blink": (250, 0, 0),
    "eyes half": (250, 90, 0),
    "eyes left": (250, 0, 90),
    "eyes happy": (250, 250, 0),
    "brows neutral": HAIR,
    "brows up": (0, 250, 0),
    "mouth Neutral": (120, 0, 0),
    "mouth Smile": (140, 0, 0),
    "mouth Ah": (160, 0, 0),
}
"""Each cell is a box of one colour."""


def cell(width: int, height: int, anchor: tuple[int, int], z: int, **more: Any) -> dict[str, Any]:
    return {"size": (width, height), "anchor": list(anchor), "z": z, **more}


NECK, FACE = {"neck": [3, 0]}, {"eyes": [1, 2], "brows": [1, 0], "mouth": [2, 4]}
CELLS: dict[str, dict[str, Any]] = {
    "body stand": cell(6, 10, (3, 9), 0, points=NECK),
    "body bent": cell(8, 7, (4, 6), 0, points={"neck": [4, 0]}),
    "arms bent": cell(2, 2, (6, 8), 9),
    "head": cell(6, 6, (3, 5), 2, points=FACE),
    **{f"eyes {state}": cell(4, 1, (0, 0), 3, on="eyes") for state in ("open", "blink", "half", "left", "happy")},
    **{f"brows {state}": cell(4, 1, (0, 0), 4, on="brows") for state in ("neutral", "up")},
    **{f"mouth {state}": cell(2, 1, (0, 0), 3, on="mouth") for state in ("Neutral", "Smile", "Ah")},
}


def written(folder: Path, name: str = "pix", **more: Any) -> Path:
    """A sheet of small boxes, and its picture beside it."""
    picture = np.zeros((12, 96, 4), np.uint8)
    said, left = {}, 0
    for called, known in CELLS.items():
        width, height = known["size"]
        picture[:height, left : left + width] = (*COLOURS[called], 255)
        said[called] = {"rect": [left, 0, width, height], **{key: known[key] for key in known if key != "size"}}
        left += width
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"size": [96, 12], "palette": ["000000"], "cells": said, **more}, indent=1))
    Image.fromarray(picture).save(path.with_suffix(".png"))
    return path


@pytest.fixture
def pix(tmp_path: Path) -> Path:
    return written(tmp_path)


@pytest.fixture
def sheet(pix: Path) -> Sheet:
    return read_sheet(pix, pix.with_suffix(".png"))


def names(sheet: Sheet, pose: dict[str, float]) -> list[str]:
    return [cell.name for cell in shown(sheet, pose)]


# ---- cells and the rig of them


def test_at_rest_a_puppet_shows_one_cell_of_each_part_back_to_front(sheet: Sheet) -> None:
    assert names(sheet, {}) == ["body stand", "head", "eyes open", "mouth Neutral", "brows neutral"]


def test_a_cell_is_put_by_its_anchor_on_what_carries_it(sheet: Sheet) -> None:
    places = {cell.name: corner for cell, corner in laid(sheet, {})}
    assert places == {
        "body stand": (-3, -9),
        "head": (-3, -14),
        "eyes open": (-2, -12),
        "brows neutral": (-2, -14),
        "mouth Neutral": (-1, -10),
    }
    bent = {cell.name: corner for cell, corner in laid(sheet, {"body bent.show": 1.0})}
    assert bent["head"] == (-3, -11), "the head is on the neck of the body that is there"
    assert bent["arms bent"] == (-6, -8), "forearms come with their body"


def test_the_head_nods_by_whole_pixels_with_all_that_is_in_it(sheet: Sheet) -> None:
    still, down = laid(sheet, {"Head.dy": 0.4}), laid(sheet, {"Head.dy": 0.6})
    moved = {cell.part: (x[0] - y[0], x[1] - y[1]) for (cell, x), (_, y) in zip(down, still, strict=True)}
    assert moved == {"body": (0, 0), "head": (0, 1), "eyes": (0, 1), "brows": (0, 1), "mouth": (0, 1)}


@pytest.mark.parametrize(
    ("pose", "eyes"),
    [
        ({"blink.Left": 1.0, "blink.Right": 1.0}, "eyes blink"),
        ({"blink.Left": 0.5, "blink.Right": 0.5}, "eyes half"),
        ({"blink.Left": 1.0}, "eyes open"),
        ({"laugh.Left": 1.0, "laugh.Right": 1.0}, "eyes happy"),
        ({"gaze.x": -1.0}, "eyes left"),
        ({"gaze.x": 1.0}, "eyes open"),
        ({"gaze.x": -1.0, "eyes happy.show": 1.0}, "eyes happy"),
    ],
)
def test_eyes_are_the_cell_for_what_they_do_or_stay_as_they_are(
    sheet: Sheet, pose: dict[str, float], eyes: str
) -> None:
    assert eyes in names(sheet, pose)


def test_a_rig_has_poses_faces_and_mouths_by_the_cells_names(sheet: Sheet) -> None:
    rig = rig_of(sheet)
    assert (rig.height, rig.width, rig.mouths) == (14.0, 6.0, ("Neutral", "Smile", "Ah"))
    assert rig.pivots["head"] == (0.0, -9.0)
    assert rig.poses["bent"] == rig.poses["body bent"] == {"body bent.show": 1.0}
    assert rig.faces["joy"] == {"mouth": 1.0, "eyes happy.show": 1.0, "brows up.show": 1.0}
    assert {"neutral", "sad", "angry", "surprised"} <= rig.faces.keys()


def test_a_sheet_lists_what_its_names_do_not_tell(tmp_path: Path) -> None:
    path = written(
        tmp_path, rest=["body bent", "head", "eyes left"], faces={"sly": ["eyes half", "mouth Smile"]}, poses={"up": []}
    )
    sheet = read_sheet(path, path.with_suffix(".png"))
    assert names(sheet, {}) == ["body bent", "head", "eyes left", "mouth Neutral", "arms bent"]
    assert rig_of(sheet).faces["sly"] == {"eyes half.show": 1.0, "mouth": 1.0}
    assert rig_of(sheet).poses["up"] == {}


# ---- what is wrong with a sheet


def refused(path: Path) -> list[str]:
    with pytest.raises(SceneError) as error:
        read_rig(path)
    return str(error.value).splitlines()


def test_a_sheet_is_told_all_that_is_wrong_with_it_each_with_its_place(pix: Path) -> None:
    said = json.loads(pix.read_text())
    said["cells"]["head"]["rect"] = [90, 0, 10, 4]
    said["cells"]["eyes open"] |= {"anchr": [1, 1], "on": "eye"}
    said["cells"]["body stand"]["points"]["neck"] = [1]
    said["rest"] = ["hed"]
    pix.write_text(json.dumps(said, indent=1))
    lines = pix.read_text().splitlines()
    told = refused(pix)
    assert len(told) == 5
    for line, wanted in zip(
        told,
        [
            ("needs a point: [across, down]", '"neck"'),
            ("lies outside the picture, which has 96 x 12 pixels", '"rect"'),
            ("no cell has a point 'eye'; did you mean 'eyes'?", '"on"'),
            ("unknown key 'anchr'; did you mean 'anchor'?", '"anchr"'),
            ("the sheet has no cell 'hed'; did you mean 'head'?", '"hed"'),
        ],
        strict=True,
    ):
        name, row, column, message = line.split(":", 3)
        assert (name, message.strip()) == ("pix.json", wanted[0])
        assert lines[int(row) - 1][int(column) - 1 :].startswith(wanted[1])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"cells": {"head": }}', "pix.json:1:20: this is no JSON: Expecting value"),
        ("[]", "pix.json:1:1: a sheet of cells needs them"),
        ('{"cells": {}}', "pix.json:1:1: a sheet of cells needs them"),
        ('{"cells": {"head": {}, "head": {}}}', "pix.json:1:1: this is no sheet of cells: 'head' stands in it twice"),
        ("[" * 100_000, "pix.json:1:1: this is no sheet of cells"),
        ('{"cells": {"head": {"rect": [0, 0, NaN, 2]}}}', "pix.json:1:21: needs its rect"),
        ('{"size": [1, 1], "cells": {"head": {"rect": [0, 0, 1, 1]}}}', "the picture has 96 x 12 pixels"),
    ],
)
def test_what_is_no_sheet_is_refused(pix: Path, text: str, message: str) -> None:
    pix.write_text(text)
    (told,) = refused(pix)
    assert message in told


def test_a_sheet_without_its_picture_is_refused_and_so_is_one_that_is_damaged(pix: Path) -> None:
    picture = pix.with_suffix(".png")
    picture.write_bytes(picture.read_bytes()[:60])
    assert "its picture pix.png is no PNG that can be read" in refused(pix)[0]
    picture.unlink()
    assert "pix.png can't be read" in refused(pix)[0]


# ---- drawing


def painted(drawn: DrawnCells, pose: dict[str, float], scale: float = 1.0, **more: Any) -> np.ndarray[Any, Any]:
    """A puppet with its feet at (20, 30), as RGBA."""
    surface = skia.Surface(round(40 * scale), round(40 * scale))
    surface.getCanvas().scale(scale, scale)
    surface.getCanvas().translate(20, 30)
    drawn.draw(surface.getCanvas(), pose, **more)
    return surface.toarray(colorType=skia.kRGBA_8888_ColorType)


def drawn_from(path: Path, hand: Hand | None = None) -> DrawnCells:
    found = body(path.with_suffix(".png"), path, hand=hand)
    assert isinstance(found, DrawnCells)
    return found


def test_a_puppet_is_drawn_by_its_files(pix: Path, tmp_path: Path) -> None:
    svg = tmp_path / "bob.svg"
    svg.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path id="Bob" d="M0 0h9v9z"/></svg>')
    assert isinstance(body(svg, None), DrawnPuppet)
    assert drawn_from(pix).bounds({}) == (-3, -14, 3, 1)


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_pixels_of_cells_are_their_own_colours_and_no_others(pix: Path, scale: int) -> None:
    found = painted(drawn_from(pix), {"mouth": 2.0}, scale)
    assert {tuple(map(int, pixel)) for pixel in found.reshape(-1, 4)} == {
        (0, 0, 0, 0),
        *((*COLOURS[name], 255) for name in ("body stand", "head", "eyes open", "brows neutral", "mouth Ah")),
    }
    assert tuple(found[20 * scale, 20 * scale, :3]) == COLOURS["mouth Ah"]


def test_a_look_colours_cells_and_lays_no_edges_round_them(pix: Path) -> None:
    class Grey(Plain):
        """Makes everything grey."""

        def colour(self, hexed: str, role: str, place: Place, mood: Mood) -> str:
            """Grey."""
            return "#808080"

    grey = drawn_from(pix, Hand(Grey(redraws=True), Place("cast"), Mood()))
    found = painted(grey, {}, edges=(Edge(14.0, "#FFFFFF"),))
    assert {tuple(map(int, pixel)) for pixel in found.reshape(-1, 4)} == {(0, 0, 0, 0), (128, 128, 128, 255)}


@given(st.floats(0.1, 9), st.floats(-180, 180), st.floats(-500, 500), st.floats(-500, 500), st.floats(0.5, 4))
def test_a_crisp_place_is_whole_pixels_and_as_large_as_it_can_be(
    grown: float, turn: float, x: float, y: float, unit: float
) -> None:
    cos, sin = np.cos(np.radians(turn)) * grown, np.sin(np.radians(turn)) * grown
    a, b, c, d, e, f = (value / unit for value in crisp((cos, sin, -sin, cos, x, y), unit))
    assert (b, c) == (0, 0)
    assert a == pytest.approx(d)
    for value in (a, e, f):
        assert value == pytest.approx(round(value), abs=1e-6)
    assert abs(a - max(grown / unit, 1)) <= 0.5 + 1e-9
    assert crisp((-1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 1.0)[0] == -1.0


# ---- in a film


def walking(pix: Path, **channels: Channel) -> Timeline:
    content = PuppetContent(*(Asset(str(path), digest(path)) for path in (pix.with_suffix(".png"), pix)))
    moves = {
        "x": keyed((0, 300.0), (12, 700.0)),
        "y": 1200.0,
        "scale": keyed((0, 20.0), (12, 33.0)),
        "rot": 7.0,
        "Head.dy": keyed((0, 0.0), (12, 2.0)),
        "body bent.show": keyed((0, 0.0, "hold"), (6, 1.0)),
        "mouth": keyed((0, 0.0), (12, 2.0)),
    }
    layer = Layer("pix", content, 0, 12, tuple({**moves, **channels}.items()), kind="cast")
    return Timeline("t", "kawaii", 108, 192, RATE, (60, 250, 910, 1480), (Scene("a", 12, (layer,)),))


@pytest.mark.parametrize("neat", [False, True])
def test_a_frame_of_a_puppet_of_cells_is_the_same_alone_in_a_run_and_in_a_chunk(pix: Path, neat: bool) -> None:
    timeline, found = walking(pix), pen("kawaii")
    drawn = replace(found, look=replace(found.look, kit=Kit(crisp=neat)))
    sliced = order(timeline, Chunk(0, 5, 12, 5), EncoderSettings(108, 192, RATE)).timeline
    run, seen = Painter(108, 192, 0.1), set()
    for frame in range(5, 12):
        alone = Painter(108, 192, 0.1)
        alone.show(compose(timeline, drawn, frame))
        run.show(compose(sliced, drawn, frame))
        assert np.array_equal(run.pixels, alone.pixels)
        assert fingerprint(compose(sliced, drawn, frame)) == fingerprint(compose(timeline, drawn, frame))
        seen |= {tuple(map(int, pixel)) for pixel in alone.pixels.reshape(-1, 4)[:, 2::-1]}
    assert SHIRT in seen
    assert seen <= {(0, 0, 0), *COLOURS.values()}


def test_a_chunk_is_known_by_both_files_of_a_sheet(pix: Path) -> None:
    def key() -> str:
        sliced = order(walking(pix), Chunk(0, 0, 12, 0), EncoderSettings(108, 192, RATE))
        assert {Path(asset.path).name for asset in assets(sliced.timeline)} == {"pix.json", "pix.png"}
        return chunk_key(sliced)

    first = key()
    pix.write_text(pix.read_text() + "\n")
    second = key()
    Image.new("RGBA", (96, 12), (1, 2, 3, 255)).save(pix.with_suffix(".png"))
    assert len({first, second, key()}) == 3


STORY: dict[str, Any] = {
    "storyreel": 1,
    "title": "Pixels",
    "cast": {"pix": {"puppet": "pix.json"}},
    "scenes": [
        {
            "id": "one",
            "cast": {"pix": {"at": "left", "face": "joy"}},
            "beats": [
                {"pix": {"do": "hop", "pose": "bent"}},
                {"pix": {"go": "right", "how": "walk"}},
                {"pix": [{"do": ["wave", "dance"]}, {"face": "angry", "pose": "cheer", "look": "left"}]},
            ],
        }
    ],
}


def directed(folder: Path) -> Direction:
    return direct(Script.model_validate(STORY), folder, ClipStore(None))


def test_a_puppet_of_cells_acts_as_far_as_it_has_cells(pix: Path) -> None:
    timeline = directed(pix.parent).timeline
    (layer,) = (layer for layer in timeline.scenes[0].layers if layer.id == "pix")
    assert isinstance(layer.content, PuppetContent)
    assert layer.content.rig is not None
    assert (Path(layer.content.drawing.path).name, Path(layer.content.rig.path).name) == ("pix.png", "pix.json")
    channels = dict(layer.channels)
    assert "body bent.show" in channels
    assert not [name for name in channels if "Arm" in name or "Leg" in name]
    drawn = drawn_from(pix)
    for frame in range(0, timeline.length, 7):
        assert drawn.bounds(layer.values(frame))


def test_a_scene_file_names_a_sheet_as_it_names_an_svg(pix: Path) -> None:
    scene = pix.parent / "scene.yaml"
    scene.write_text(json.dumps(STORY))
    script, _ = read(scene)
    loading = pictures(script, pix.parent)
    assert loading.puppets == ((pix.with_suffix(".png").resolve(), pix.resolve(), (), "hero"),)
    loading.run()
    found = {path.name for path in files_read(files_of(script, pix.parent), pix.parent)}
    assert {"pix.json", "pix.png"} <= found
    before = files_of(script, pix.parent)
    Image.new("RGBA", (96, 12), (1, 2, 3, 255)).save(pix.with_suffix(".png"))
    assert files_of(script, pix.parent) != before


def test_a_scene_file_is_told_what_its_puppet_of_cells_has_not(pix: Path) -> None:
    scene = pix.parent / "scene.yaml"
    text = json.dumps(STORY, indent=1)
    scene.write_text(text.replace('"bent"', '"bend"').replace('"joy"', '"joyful"'))
    with pytest.raises(SceneError) as error:
        read(scene)
    told = str(error.value)
    assert "the puppet of 'pix' has no pose 'bend'; did you mean 'bent'" in told
    assert "the puppet of 'pix' has no face 'joyful'" in told
    scene.write_text(text.replace("pix.json", "pics.json"))
    with pytest.raises(SceneError, match=r"no file 'pics\.json' beside the scene"):
        read(scene)


@pytest.mark.parametrize(("shoulders", "stands"), [(20, False), (90, True)])
def test_what_is_hardly_more_than_a_head_has_no_feet_to_stand_on(shoulders: int, stands: bool) -> None:
    head = Cell("head", (0, 0, 60, 60), 1, (30, 58), {"chin": (30, 58)}, "neck", "head")
    body = Cell("body bust", (0, 60, 60, shoulders), 0, (30, shoulders), {"neck": (30, 2)}, "", "body")
    pixels = np.full((60 + shoulders, 60, 4), 255, np.uint8)
    sheet = Sheet("bust", {one.name: one for one in (head, body)}, pixels, ("body bust", "head"))
    assert rig_of(sheet).stands is stands
