"""Things and sets that are drawn as cells, what changes at once, and what goes round by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import storyreel
from storyreel.direct.celled import cell_backdrop, cell_planes, shown_box
from storyreel.direct.director import direct
from storyreel.errors import SceneError, StoryreelError
from storyreel.puppet.cell_file import read_sheet
from storyreel.puppet.cells import TURN, Sheet, laid, shown
from storyreel.script.models import Script
from storyreel.sound.store import ClipStore
from storyreel.stage.cells import DrawnCells
from storyreel.timeline.model import Layer, PuppetContent, Scene

BOXES = {
    "stones": {"big": (10, 6), "big lit": (10, 6), "small": (4, 2), "seed 1": (2, 2), "seed 2": (2, 2)},
    "hills": {"sky": (40, 70), "hill": (40, 20), "leaf": (6, 9)},
    "her": {"body stand": (6, 8), "head": (6, 6), "eyes open": (4, 1), "eyes blink": (4, 1), "eyes left": (4, 1)},
}
"""The cells of three sheets, and how large they are."""
SAID: dict[str, dict[str, dict[str, Any]]] = {
    "stones": {"big": {"anchor": [5, 5]}, "big lit": {"anchor": [5, 5]}},
    "hills": {"sky": {"z": -2, "step": 0, "anchor": [2, 3]}, "hill": {"z": -1, "step": 0.5}, "leaf": {"step": 2}},
    "her": {},
}
TOPS: dict[str, dict[str, Any]] = {
    "stones": {"loops": {"seed 1": ["seed 1", "seed 2"]}},
    "hills": {"box": [36, 64]},
    "her": {},
}


def written(folder: Path, name: str, **top: Any) -> Path:
    """A sheet of boxes, each of a colour of its own."""
    picture, cells, left = np.zeros((80, 120, 4), np.uint8), {}, 0
    for number, (cell, (width, height)) in enumerate(BOXES[name].items()):
        picture[:height, left : left + width] = (200, 20 * number, 90, 255)
        cells[cell] = {"rect": [left, 0, width, height], **SAID[name].get(cell, {})}
        left += width
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"cells": cells, **TOPS[name], **top}))
    Image.fromarray(picture).save(path.with_suffix(".png"))
    return path


def sheet(folder: Path, name: str, **top: Any) -> Sheet:
    path = written(folder, name, **top)
    return read_sheet(path, path.with_suffix(".png"))


def names(found: Sheet, pose: dict[str, float]) -> list[str]:
    return [cell.name for cell in shown(found, pose)]


def test_of_loose_things_one_of_each_part_is_there_when_it_is_asked_for(tmp_path: Path) -> None:
    stones = sheet(tmp_path, "stones")
    assert names(stones, {"small.show": 1.0}) == ["small"]
    assert names(stones, {"big.show": 1.0, "small.show": 1.0}) == ["big", "small"]
    assert names(stones, {"big.show": 1.0, "big lit.show": 1.0}) == ["big lit"]
    assert names(stones, {}) == ["big"], "something has to be there"


def test_a_cell_is_moved_by_whole_pixels(tmp_path: Path) -> None:
    stones = sheet(tmp_path, "stones")
    ((_, corner),) = laid(stones, {"big.show": 1.0, "big.dx": 1.6, "big.dy": -3.0})
    assert corner == (-3, -8)


def test_what_goes_round_by_itself_shows_its_cells_in_turn(tmp_path: Path) -> None:
    stones = sheet(tmp_path, "stones")
    assert [names(stones, {"seed 1.show": 1.0, TURN: turn}) for turn in (0.0, 1.0, 2.0)] == [
        ["seed 1"],
        ["seed 2"],
        ["seed 1"],
    ]


def test_eyes_that_a_face_has_look_where_they_look_and_those_at_rest_blink(tmp_path: Path) -> None:
    her = sheet(tmp_path, "her")
    shut = {"blink.Left": 1.0, "blink.Right": 1.0}
    assert "eyes blink" in names(her, shut)
    assert "eyes left" in names(her, {**shut, "eyes left.show": 1.0})


def test_a_set_of_cells_is_as_large_as_it_says_and_its_cells_are_planes(tmp_path: Path) -> None:
    path = written(tmp_path, "hills")
    backdrop = cell_backdrop(path, "hills.json")
    assert backdrop.viewbox == (0.0, 0.0, 36.0, 64.0)
    assert backdrop.extent == (-2.0, -3.0, 38.0, 67.0)
    assert list(cell_planes(path)) == [("sky", 0.0), ("hill", 0.5), ("leaf", 2.0)]


@pytest.mark.parametrize(
    ("box", "message"),
    [(None, "doesn't say how large a picture it is"), ([60, 64], "has holes: no cell fills its picture of 60 x 64")],
)
def test_a_set_of_cells_that_covers_no_picture_is_refused(tmp_path: Path, box: object, message: str) -> None:
    path = written(tmp_path, "hills", **{"box": box} if box else {})
    if box is None:
        path.write_text(json.dumps({k: v for k, v in json.loads(path.read_text()).items() if k != "box"}))
    with pytest.raises(StoryreelError, match=message):
        cell_backdrop(path, "hills.json")


def test_a_loop_of_cells_that_are_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SceneError, match="the sheet has no cell 'sed 1'; did you mean 'seed 1'"):
        sheet(tmp_path, "stones", loops={"sed 1": ["seed 2"]})


def test_what_goes_round_does_so_four_times_a_second_or_as_often_as_its_sheet_says(tmp_path: Path) -> None:
    usual, quick = sheet(tmp_path, "stones"), sheet(tmp_path, "stones", turns=12)
    assert [DrawnCells(one).turned(0.5) for one in (usual, quick)] == [{TURN: 2.0}, {TURN: 6.0}]


@pytest.mark.parametrize("turns", [0, 31, "often"])
def test_a_loop_that_never_turns_or_turns_faster_than_a_film_is_refused(tmp_path: Path, turns: object) -> None:
    with pytest.raises(SceneError, match="needs how many cells of a loop come in a second, 30 at most"):
        sheet(tmp_path, "stones", turns=turns)


STORY: dict[str, Any] = {
    "storyreel": 2,
    "title": "Stones",
    "reveal": False,
    "cast": {"her": {"puppet": "her.json"}},
    "scenes": [
        {
            "id": "one",
            "set": "hills.json",
            "cast": {"her": {"at": "left"}},
            "props": {
                "low": {"kind": "drawing", "file": "stones.json", "groups": {"big": 1}, "at": [0.5, 0.8], "size": 5},
                "top": {"kind": "drawing", "file": "stones.json", "groups": {"small": 1}, "hidden": True, "size": 5},
            },
            "beats": [
                {
                    "shot": {"on": "stage"},
                    "top": {"at": "20f", "fall": "low", "over": "9f"},
                    "low": {"at": "top.fall", "set": {"big lit": 1}},
                    "her": {"at": "10f", "face": "left"},
                    "for": "40f",
                }
            ],
        }
    ],
}


@pytest.fixture
def story(tmp_path: Path) -> Path:
    for name in BOXES:
        written(tmp_path, name)
    path = tmp_path / "scene.yaml"
    path.write_text(json.dumps(STORY))
    return path


def layer(scene: Scene, name: str) -> Layer:
    return next(layer for layer in scene.layers if layer.id == name)


def test_a_story_has_things_and_a_set_of_cells_which_fall_on_each_other_and_change_at_once(story: Path) -> None:
    episode = storyreel.load(story)
    ((_, scene),) = episode.timeline.starts()
    planes = [one for one in scene.layers if one.kind == "set"]
    assert [(one.plane, one.order) for one in planes] == [(0.0, -20.0), (0.5, -20.0), (2.0, 9.0)]
    assert all(isinstance(one.content, PuppetContent) for one in planes)
    low, top = layer(scene, "low").values(35), layer(scene, "top").values(35)
    box = shown_box(story.with_name("stones.json"), {"big": 1.0})
    assert top["y"] + 2 * 5 == pytest.approx(low["y"] + box[1] * 5, abs=6), "it lies on the other"
    lit = [layer(scene, "low").values(frame).get("big lit.show", 0.0) for frame in (19, 20)]
    assert lit == [0.0, 1.0]
    eyes = [layer(scene, "her").values(frame).get("eyes left.show", 0.0) for frame in (9, 10)]
    assert eyes == [0.0, 1.0]
    assert episode.frame(1.0).size == (1080, 1920)


def test_a_story_is_told_which_cells_a_thing_has(story: Path) -> None:
    story.write_text(story.read_text().replace('"big lit"', '"big lid"'))
    with pytest.raises(SceneError, match=r"'stones\.json' has no group 'big lid'; did you mean 'big lit'"):
        storyreel.load(story)


@pytest.mark.parametrize(
    ("look", "other", "told"),
    [("gif", 1.0, 0), ("gif", 0.95, 0), ("gif", 0.4, 1), ("kawaii", 1.0, 0), ("kawaii", 0.4, 1)],
)
def test_two_cell_sizes_in_one_picture_are_worth_a_second_look(story: Path, look: str, other: float, told: int) -> None:
    script = json.loads(story.read_text())
    script["look"], script["cast"]["she"] = look, {"puppet": "her.json", "size": other}
    script["scenes"][0]["cast"]["she"] = {"at": "right"}
    made = direct(Script.model_validate(script), story.parent, ClipStore(None))
    found = [note for note in made.notes if note.message.startswith("two cell sizes in one picture: her's")]
    assert [note.path for note in found] == [("scenes", "one", "beats", 0, "shot")] * told
