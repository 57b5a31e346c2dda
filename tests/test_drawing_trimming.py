"""What another part always hides is cut away once; nobody sees it, and a part that moves too far is drawn whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import skia

from storyreel.assets import asset
from storyreel.puppet.model import IDENTITY, Command, Gradient, Node, Shape, Stroke
from storyreel.stage.geometry import Geometry
from storyreel.stage.pictures import Picture
from storyreel.stage.puppet import DrawnPuppet
from storyreel.stage.trimming import ROOM, Trims, hidden

MICHII = asset("puppets", "michii", "michii.svg")
SHIFT = (1.0, 0.0, 0.0, 1.0, 0.8 * ROOM, 0.0)
POSES: list[dict[str, float]] = [
    {},
    {"Head.turn": 0.3, "Head.nod": 0.2, "Head.rot": 8, "Michii.sy": 0.8},
    {"Head.turn": 1.0, "Body.rot": 10},
    {"Hood.show": 0, "Hood Down.show": 1, "Hood Ears.show": 1},
    {"Left Arm.front": 1, "Left Arm.rot": -110, "mouth": 3, "blink.Left": 1},
]


def square(left: float, top: float, size: float) -> tuple[Command, ...]:
    """A square's path."""
    right, bottom = left + size, top + size
    return (("M", (left, top)), ("L", (right, top)), ("L", (right, bottom)), ("L", (left, bottom)), ("Z", ()))


COVER = Node(shape=Shape(square(0, 0, 200), fill="#FFFFFF"))
INSIDE = Node(shape=Shape(square(60, 60, 80), fill="#FF0000", stroke=Stroke("#000000", 9)))
STICKING_OUT = Node(shape=Shape(square(-10, 60, 120), fill="#FF0000"))


def made(*nodes: Node) -> Geometry:
    """The geometry of nodes in the drawing's own units."""
    return Geometry(nodes, IDENTITY)


def painted(puppet: DrawnPuppet, pose: dict[str, float]) -> np.ndarray:
    """A puppet on green."""
    surface = skia.Surface(620, 860)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorGREEN)
    canvas.translate(310, 830)
    canvas.scale(0.6, 0.6)
    puppet.draw(canvas, pose)
    return np.asarray(surface.toarray(), dtype=int)


@pytest.mark.parametrize("pose", POSES)
def test_nobody_sees_that_something_is_cut(pose: dict[str, float], monkeypatch: pytest.MonkeyPatch) -> None:
    puppet = DrawnPuppet.load(MICHII)
    found = painted(puppet, pose)
    monkeypatch.setattr("storyreel.stage.puppet.hidden", lambda *_: False)
    apart = np.abs(found - painted(puppet, pose)).max(axis=2)
    assert (apart > 2).sum() <= 8


def test_hair_under_a_hood_is_cut_until_the_head_turns_far(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    whole = Picture.draw

    def draw(self: Picture, *args: object) -> None:
        box = self.geometry.box
        if "Hair Back" in self._around and box is not None:
            drawn.append("whole" if box[3] - box[1] > 200 else "cut")
        whole(self, *args)

    monkeypatch.setattr(Picture, "draw", draw)
    puppet = DrawnPuppet.load(MICHII)
    for pose in ({}, {"Head.turn": 0.2}, {"Head.turn": 1.0}, {"Hood.show": 0.0}):
        painted(puppet, pose)
    assert drawn == ["cut", "cut", "whole", "whole"]


def test_what_sticks_out_is_left_with_room_to_move() -> None:
    left = Trims().trimmed(made(Node(children=(STICKING_OUT, INSIDE))), made(COVER))
    assert left is not None
    box = left.box
    assert box is not None
    assert box[0] == pytest.approx(-10)
    assert ROOM < box[2] < ROOM + 10


def test_nothing_is_left_of_what_lies_wholly_inside() -> None:
    left = Trims().trimmed(made(INSIDE), made(COVER))
    assert left is not None
    assert left.nodes == ()


def test_what_is_cut_away_stays_hidden_while_it_moves_within_its_room() -> None:
    part = made(STICKING_OUT)
    assert hidden(part, IDENTITY, IDENTITY)
    assert hidden(part, SHIFT, IDENTITY)
    assert hidden(part, SHIFT, SHIFT)
    assert not hidden(part, (1.0, 0.0, 0.0, 1.0, 1.2 * ROOM, 0.0), IDENTITY)


@pytest.mark.parametrize(
    ("part", "cover"),
    [
        (replace(INSIDE, clip="Face"), COVER),
        (replace(INSIDE, opacity=0.5), COVER),
        (replace(INSIDE, shape=Shape(square(60, 60, 80), Gradient("linear", (0, 0, 0, 1), ()))), COVER),
        (INSIDE, replace(COVER, opacity=0.9)),
        (INSIDE, replace(COVER, clip="Face")),
        (INSIDE, Node(shape=Shape(square(0, 0, 200), fill="#FFFFFF", fill_opacity=0.5))),
        (INSIDE, Node(shape=Shape(square(0, 0, 200), fill=None, stroke=Stroke("#000000", 9)))),
        (Node(shape=Shape(square(150, 150, 80), fill="#FF0000")), COVER),
    ],
)
def test_what_shows_through_or_is_clipped_hides_nothing_and_is_not_cut(part: Node, cover: Node) -> None:
    assert Trims().trimmed(made(part), made(cover)) is None
