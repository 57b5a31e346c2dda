"""Pages of panes: they slam, are jolted, are reached out of over an edge, and are pushed shut like doors."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyreel.direct.director import direct
from storyreel.errors import SceneError
from storyreel.script.read import read_text
from storyreel.stage.groups import let_out
from storyreel.timeline.model import GroupContent, Layer, Scene
from storyreel.timeline.track import keyed, sample
from storyreel.widgets.windows import CORNERS, window_of

PAGES = """{one: {a: [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]]},
      slam: {a: [[0.1, 0.1], [0.45, 0.1], [0.35, 0.9], [0.1, 0.9]],
             b: [[0.5, 0.1], [0.9, 0.1], [0.9, 0.9], [0.4, 0.9]]}}"""


def film(beat: str, more: str = "") -> str:
    return f"""
storyreel: 2
title: Pages
reveal: false
cast: {{michii: {{puppet: michii}}}}
scenes:
  - id: page
    cast: {{michii: {{in: a}}}}
    props: {{a: {{kind: pane, edge: ink, camera: {{zoom: 1.5}}}}, b: {{kind: pane}}{more}}}
    pages: {PAGES}
    beats: [{beat}]
"""


def directed(beat: str, more: str = "") -> Scene:
    return direct(read_text(film(beat, more)), Path()).timeline.scenes[0]


def corners(scene: Scene, name: str, frame: int) -> list[tuple[float, float]]:
    pane = layer(scene, name).values(frame)
    return [(round(pane["x"] + pane[f"c{number}x"]), round(pane["y"] + pane[f"c{number}y"])) for number in range(4)]


def layer(scene: Scene, name: str) -> Layer:
    return next(one for one in scene.layers if one.id == name)


SLAM = "{shot: {on: stage}, page: {at: 10f, to: slam, by: b, over: 6f}, for: 60f}"


def test_a_pane_comes_first_and_the_one_that_it_hits_gives_way() -> None:
    scene = directed(SLAM)
    first = [(108, 192), (972, 192), (972, 1728), (108, 1728)]
    assert dict(scene.marks)["page.hit"] == 14
    assert corners(scene, "a", 14) == first
    assert min(x for x, _ in corners(scene, "b", 9)) > 1080
    assert min(x for x, _ in corners(scene, "b", 13)) < 1080
    assert corners(scene, "a", 40) == [(108, 192), (486, 192), (378, 1728), (108, 1728)]
    assert corners(scene, "b", 40) == [(540, 192), (972, 192), (972, 1728), (432, 1728)]


def test_what_stands_in_a_pane_that_is_hit_is_jolted_and_comes_to_rest() -> None:
    content = layer(directed(SLAM), "a").content
    assert isinstance(content, GroupContent)
    camera = dict(content.camera)
    at = [sample(camera["x"], frame) for frame in range(60)]
    assert at[14] == at[0] == at[50] == 0
    assert max(at) > 20
    assert sample(camera["zoom"], 0) == 1.5


def test_who_goes_out_over_an_edge_is_drawn_over_it_from_then_on_and_it_bends() -> None:
    scene = directed("{shot: {on: stage}, michii: {at: 12f, go: right, through: a.right}, for: 40f}")
    assert dict(scene.marks)["michii.through"] == 12
    opened = layer(scene, "a opened")
    assert (layer(scene, "a").end, opened.start) == (12, 12)
    assert opened.order > layer(scene, "b").order
    assert opened.values(11)["bend2"] == 0 < opened.values(14)["bend2"]
    assert abs(opened.values(39)["bend2"]) < 1
    child = next(one for one in opened.children if one.id == "michii")
    known = tuple((name, opened.values(20)[name]) for name in CORNERS)
    beyond = dict(let_out(known, child, 20) or ())
    assert beyond["c1x"] > dict(known)["c1x"] + 1000
    assert beyond["c0x"] == dict(known)["c0x"]


def test_what_is_let_out_altogether_is_cut_by_nothing() -> None:
    child = Layer("x", GroupContent(), 0, 9, (("free", keyed((0, 0.0, "hold"), (4, 1.0))),))
    assert let_out(tuple((name, 5.0) for name in CORNERS), child, 6) is None


def test_an_edge_that_is_pushed_slides_and_presses_together_what_is_in_its_way() -> None:
    push = "{at: 20f, push: b.left, to: [0.9, 0.5], for: 12f}"
    scene = directed(f"{{shot: {{on: stage}}, page: {{to: slam}}, michii: {push}, for: 60f}}")
    assert dict(scene.marks)["b.shut"] == 32
    shut = corners(scene, "b", 40)
    assert len({x for x, _ in shut[::3]}) == 1
    assert shut[0][0] > corners(scene, "b", 19)[0][0] + 200
    assert corners(scene, "a", 40) == corners(scene, "a", 19)


def test_a_bent_edge_bows_outwards_by_as_much_as_it_says() -> None:
    values = dict(zip(CORNERS, (-100.0, -100.0, 100.0, -100.0, 100.0, 100.0, -100.0, 100.0), strict=True))
    straight = window_of({"shape": "corners"}, values).outline()
    bent = window_of({"shape": "corners"}, {**values, "bend2": 18.0}).outline()
    assert straight != bent
    handles = [args for sign, args in bent if sign == "C"]
    assert [handle[0] for handle in handles] == pytest.approx([124.0])


def test_a_pane_shows_one_man_with_another_face() -> None:
    text = film("{shot: {on: stage}, michii: {face: sad}, for: 20f}").replace("{in: a}", "{}")
    shown = text.replace("b: {kind: pane}", "b: {kind: pane, edge: phone, shows: {michii: {face: joy}}}")
    scene = direct(read_text(shown), Path()).timeline.scenes[0]
    under = layer(scene, "b").children[0]
    again = next(one for one in under.children if one.kind == "cast")
    assert again.values(15)["x"] == layer(scene, "michii").values(15)["x"]
    assert again.channels != layer(scene, "michii").channels


@pytest.mark.parametrize(
    ("beat", "said"),
    [
        ("{page: {to: slum}}", "no page 'slum'; did you mean 'slam'"),
        ("{page: {to: one, by: b}}", "no pane 'b' on the page 'one'"),
        ("{michii: {go: right, through: a.rigth}}", "is no edge of a pane; did you mean 'a.right'"),
        ("{page: {to: slam}, michii: {at: page.hot, do: hop}}", "write page.hit"),
    ],
)
def test_a_page_or_an_edge_that_there_is_none_of_is_said(beat: str, said: str) -> None:
    with pytest.raises(SceneError, match=said):
        read_text(film(beat))
