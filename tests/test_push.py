"""Things that push and are pushed: edge meets edge on the contact, and nothing moves before."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from storyreel.direct.director import Direction, direct
from storyreel.direct.shoving import apart
from storyreel.script.read import read_text
from storyreel.timeline.model import Layer

BOX = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">
<rect width="200" height="100" fill="#883322"/></svg>"""
HEAD = """\
storyreel: 2
title: Push
reveal: false
cast: {mia: {puppet: michii}, gru: {puppet: grump}}
scenes:
  - id: a
    cast: {mia: {at: [0.3, 0.87]}, gru: {at: [0.9, 0.87], size: 0.5}}
    props:
      box: {kind: drawing, file: box.svg, at: [0.5, 0.6]}
      cart: {kind: drawing, file: box.svg, at: [0.05, 0.6]}
    beats:
      - shot: {on: stage}
        for: 60f
"""


def film(folder: Path, beat: str, holds: str = "") -> Direction:
    (folder / "box.svg").write_text(BOX)
    head = HEAD.replace("{at: [0.3, 0.87]}", f"{{at: [0.3, 0.87]{holds}}}")
    return direct(read_text(head + f"        {beat}\n", "f", folder), folder)


def at(direction: Direction, name: str, frame: int) -> tuple[float, float]:
    layer: Layer = next(one for one in direction.timeline.scenes[0].layers if one.id == name)
    values = layer.values(frame)
    return values["x"], values["y"]


def test_a_thing_that_pushes_stops_edge_on_edge_and_goes_along_with_what_it_pushes(tmp_path: Path) -> None:
    told = film(tmp_path, "cart: {at: 20f, push: box, to: [0.8, 0.6], for: 12f}")
    start, contact = at(told, "box", 0), 20
    assert at(told, "box", contact - 1) == start, "nothing is pushed before it is met"
    assert at(told, "box", contact)[0] > start[0]
    for frame in (contact, contact + 1, contact + 4, contact + 12):
        assert at(told, "box", frame)[0] - at(told, "cart", frame)[0] == pytest.approx(200, abs=3)
    assert at(told, "box", contact + 12)[0] > start[0] + 150


def test_a_thing_that_pushes_somebody_stops_at_their_side(tmp_path: Path) -> None:
    told = film(tmp_path, "cart: {at: 20f, push: gru}")
    cart, gru = at(told, "cart", 20), at(told, "gru", 0)
    assert cart[0] + 100 < gru[0]
    assert cart[0] > at(told, "cart", 0)[0] + 100


@pytest.mark.parametrize("verb", ["push", "press"])
def test_what_is_in_a_hand_meets_with_its_edge_what_it_pushes_and_nothing_moves_before(
    tmp_path: Path, verb: str
) -> None:
    to = ", to: [0.6, 0.6], for: 12f" if verb == "push" else ""
    told = film(tmp_path, f"mia: {{at: 24f, {verb}: box, with: cart{to}}}", ", holds: cart")
    mine, box = at(told, "cart", 24), at(told, "box", 23)
    assert at(told, "box", 23) == at(told, "box", 0)
    assert (at(told, "box", 24) != box) == (verb == "push")
    assert not [note.message for note in told.notes if "doesn't reach" in note.message]
    assert math.dist(mine, box) > (100 if verb == "push" else 40)


def test_boxes_touch_on_whichever_side_comes_first() -> None:
    assert apart((-50, -50, 50, 50), (-30, -10, 30, 10), (0.0, -1.0)) == 60
    assert apart((-100, -5, 100, 5), (-5, -100, 5, 100), (math.sqrt(0.5), math.sqrt(0.5))) == pytest.approx(
        148.5, abs=0.1
    )
