"""What lies inside something else of a puppet adds nothing to its border, and is found to by a few numbers."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from hypothesis import given
from hypothesis import strategies as st

from storyreel.assets import asset
from storyreel.puppet.model import IDENTITY, Spring
from storyreel.stage.bend import Supple
from storyreel.stage.covering import Nest, Outline, bend_drift, clearance, drift
from storyreel.stage.outline import to_commands
from storyreel.stage.puppet import DrawnPuppet
from storyreel.treatment.contract import Edge

MICHII = asset("puppets", "michii", "michii.svg")
EDGES = (Edge(14, "#7A3F86", 0.2, (7.5, 12)), Edge(14, "#FFFFFF"))
POSES: list[dict[str, float]] = [
    {},
    {"Head.turn": 0.9, "Head.nod": -0.5, "gaze.x": 1.0, "mouth": 3.0},
    {"Left Ear.bend": 92, "Right Ear.bend": -88, "Strings.bend": 30, "Michii.sy": 0.8},
    {"Left Arm.rot": -112, "Left Arm.front": 1, "Skirt.bend": 10, "Hood.show": 0, "Hood Down.show": 1},
    {"Left Eye.sy": 1.06, "Mouth.sx": 3.0, "Mouth.sy": 4.0, "Mouth.dy": 60, "Body.rot": 12},
]


def square(left: float, top: float, size: float) -> Outline:
    """A square's outline."""
    path = skia.Path()
    path.addRect(skia.Rect.MakeXYWH(left, top, size, size))
    return Outline(path)


def painted(puppet: DrawnPuppet, pose: dict[str, float]) -> np.ndarray:
    """A puppet with its border and the shadow of that, on green."""
    surface = skia.Surface(620, 860)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorGREEN)
    canvas.translate(310, 830)
    canvas.scale(0.6, 0.6)
    puppet.draw(canvas, pose, EDGES)
    return np.asarray(surface.toarray(), dtype=int)


@pytest.mark.parametrize("pose", POSES)
def test_a_border_without_what_lies_inside_it_looks_the_same(
    pose: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    puppet = DrawnPuppet.load(MICHII)
    found = painted(puppet, pose)
    monkeypatch.setattr(Nest, "outermost", lambda self, pieces, width: list(pieces))
    apart = np.abs(found - painted(puppet, pose)).max(axis=2)
    # Where edges meet in a notch, Skia's smoothing depends on what else is in the path: a few dots.
    assert (apart > 4).sum() <= 40


def test_a_face_lies_inside_its_hood_and_its_border_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[set[str]] = []
    whole = Nest.outermost

    def outermost(self: Nest, pieces: list, width: float) -> list:
        found = whole(self, pieces, width)
        kept.append({piece.part.name for piece in found})
        return found

    monkeypatch.setattr(Nest, "outermost", outermost)
    puppet = DrawnPuppet.load(MICHII)
    for pose in ({}, {"Mouth.dy": 400.0}):
        painted(puppet, pose)
    assert {"Hood", "Left Ear", "Left Foot"} <= kept[0]
    assert not {"Face", "Neutral", "Hair Clip"} & kept[0]
    assert "Neutral" in kept[1]


@given(st.floats(1, 79), st.floats(1, 79), st.floats(1, 20))
def test_clearance_is_the_way_to_the_nearest_edge_and_never_more(x: float, y: float, size: float) -> None:
    room = min(x, y, 100 - x - size, 100 - y - size)
    found = clearance(square(x, y, size), square(0, 0, 100))
    assert found <= max(room, 0)
    assert found >= room - 5


def test_what_crosses_an_edge_or_has_a_hole_behind_it_is_not_inside() -> None:
    assert clearance(square(80, 40, 40), square(0, 0, 100)) == 0
    assert clearance(square(200, 40, 10), square(0, 0, 100)) == 0
    ring = skia.Path()
    ring.addRect(skia.Rect.MakeWH(100, 100))
    ring.addRect(skia.Rect.MakeXYWH(45, 45, 10, 10), skia.PathDirection.kCCW)
    assert clearance(square(20, 20, 60), Outline(ring)) == 0
    assert clearance(square(5, 5, 20), Outline(ring)) > 0


def test_what_moves_together_does_not_drift() -> None:
    turned = (0.0, 1.0, -1.0, 0.0, 30.0, 5.0)
    assert drift(square(0, 0, 10).corners, turned, turned) == 0
    assert drift(square(0, 0, 10).corners, (1, 0, 0, 1, 3, 4), IDENTITY) == pytest.approx(5)
    assert drift(square(0, 0, 10).corners, IDENTITY, (1, 0, 0, 0, 0, 0)) == float("inf")
    assert drift(square(0, 0, 10).corners, (1, 0, 0, 1, 3, 4), (2, 0, 0, 2, 0, 0), bend=2) >= 2


@given(st.integers(-240, 240).map(lambda halves: halves / 2), st.floats(-40, 40), st.floats(0, 150))
def test_nothing_drifts_further_by_bending_than_is_said(degrees: float, beside: float, along: float) -> None:
    outline = square(beside, -along, 20)
    straight = Supple(to_commands(outline.path), (0, 0), -90, 100)
    before, after = (np.array([values[-2:] for _, values in straight.bent(by) if values]) for by in (0.0, degrees))
    most = bend_drift(outline.corners, (0, 0), degrees, 100)
    assert np.hypot(*(after - before).T).max() <= most + 1e-6


def test_bends_count_where_a_part_would_leave_what_it_lies_in() -> None:
    class Form:
        def __init__(self, outline: Outline) -> None:
            self.outline, self.box = outline, outline.box

        def border_outline(self, width: float) -> Outline:
            return self.outline

    class Piece:
        def __init__(self, geometry: Form, degrees: float = 0.0) -> None:
            self.geometry, self.motion = geometry, IDENTITY
            spring = Spring("part", -90, 40)
            self.curl = (degrees, spring, (50.0, 90.0)) if degrees else None

    outer, inner = Form(square(0, 0, 100)), Form(square(40, 50, 20))
    nest = Nest([outer])
    assert len(nest.outermost([Piece(outer), Piece(inner)], 1.0)) == 1
    assert len(nest.outermost([Piece(outer), Piece(inner, 5)], 1.0)) == 1
    assert len(nest.outermost([Piece(outer), Piece(inner, 80)], 1.0)) == 2
