"""A drawing's named groups are values: a story shows, hides and moves them."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyreel.direct.director import direct
from storyreel.errors import SceneError
from storyreel.film.reading import vocabulary
from storyreel.script.read import read_text
from storyreel.timeline.model import Layer, PuppetContent

BOX = """<svg viewBox="0 0 100 60" xmlns="http://www.w3.org/2000/svg"><g id="Box" data-pivot="50,60">
<g id="Lid" data-pivot="50,20"><rect width="100" height="20"/></g>
<g id="Inside" data-pivot="50,40" display="none"><rect y="20" width="100" height="40"/></g></g></svg>"""
SCENE = """storyreel: 2
title: A box
scenes:
  - id: one
    props: {box: {kind: drawing, file: box.svg, groups: {Lid: 0}}}
    beats:
      - box: [{at: 5f, set: {Lid: 1, Inside: 1}}, {at: 10f, set: {Lid.dy: -30}, over: 4f, ease: linear}]
        for: 20f
"""


def layer(folder: Path, text: str = SCENE) -> Layer:
    (folder / "box.svg").write_text(BOX)
    script = read_text(text, base=folder, words=vocabulary(folder))
    found = direct(script, folder).timeline.scenes[0].layers
    return next(one for one in found if one.id == "box")


def test_a_group_is_there_from_the_frame_on_that_shows_it(tmp_path: Path) -> None:
    box = layer(tmp_path)
    assert isinstance(box.content, PuppetContent)
    assert [box.values(frame)["Lid.show"] for frame in (0, 4, 5, 19)] == [0, 0, 1, 1]
    assert [box.values(frame)["Inside.show"] for frame in (0, 4, 5)] == [0, 0, 1]


def test_a_group_moves_in_its_time_and_lies_where_it_did_before(tmp_path: Path) -> None:
    box = layer(tmp_path)
    assert [box.values(frame)["Lid.dy"] for frame in (0, 10, 12, 14)] == [0, 0, -15, -30]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [("Lit: 1", "3:52: 'box.svg' has no group 'Lit'; did you mean 'Lid'?"), ("Lib.dy: 1", "has no group 'Lib'")],
)
def test_a_group_that_the_drawing_lacks_is_refused_with_its_place(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(SceneError) as refused:
        layer(tmp_path, SCENE.replace("groups: {Lid: 0}", f"groups: {{{wrong}}}"))
    assert said.split(": ", 1)[-1] in str(refused.value)


def test_a_drawing_whose_groups_nobody_moves_stays_a_still_one(tmp_path: Path) -> None:
    plain = SCENE.replace(", groups: {Lid: 0}", "").split("      - box")[0] + "      - wait: 1s\n"
    assert not isinstance(layer(tmp_path, plain).content, PuppetContent)
