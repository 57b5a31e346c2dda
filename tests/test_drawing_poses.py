"""Puppets come out as their pose says: parts turn, bend, carry each other, blink and turn their heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
import skia
from test_drawing import BLUE, GREEN, NOTHING, RED, WHITE, Draw, Pixels, Save, at, pixels, save

from storyreel.stage.puppet import DrawnPuppet
from storyreel.treatment.contract import Edge

__all__ = ["save"]


@pytest.fixture
def puppet(save: Save) -> Draw:
    def draw(body: str, pose: Mapping[str, float] | None = None, edges: Sequence[Edge] = ()) -> Pixels:
        """The puppet in the drawing's own units: what stands at (x, y) in the SVG comes out at (x, y)."""
        drawn = DrawnPuppet.load(save(body))
        surface = skia.Surface(200, 200)
        surface.getCanvas().translate(*drawn.rig.feet)
        drawn.draw(surface.getCanvas(), pose or {}, edges)
        return pixels(surface)

    return draw


BODY = '<g id="Bob" data-pivot="100,180"><g id="Body"><rect x="80" y="100" width="40" height="80" fill="red"/></g>'
ARM = '<g id="Left Arm" data-pivot="120,110"><rect x="120" y="105" width="60" height="10" fill="blue"/></g>'


def test_a_part_turns_about_its_pivot_clockwise(puppet: Draw) -> None:
    picture = puppet(f"{BODY}{ARM}</g>", {"Left Arm.rot": 90})
    assert at(picture, 118, 160) == BLUE
    assert at(picture, 160, 110) == NOTHING


def test_shifts_sizes_and_skews(puppet: Draw) -> None:
    assert at(puppet(f"{BODY}{ARM}</g>", {"Left Arm.dy": -50}), 160, 60) == BLUE
    assert at(puppet(f"{BODY}{ARM}</g>", {"Left Arm.sx": 0.5}), 160, 110) == NOTHING
    assert at(puppet(f"{BODY}{ARM}</g>", {"Left Arm.sy": 3}), 160, 98) == BLUE
    assert at(puppet(f"{BODY}{ARM}</g>", {"Body.skew": -45}), 175, 103) == RED


def test_the_root_moves_everything(puppet: Draw) -> None:
    picture = puppet(f"{BODY}{ARM}</g>", {"Bob.dx": 10, "Bob.sy": 0.5})
    assert at(picture, 170, 145) == BLUE
    assert at(picture, 160, 110) == NOTHING


def test_a_groups_own_transform_does_not_change_how_it_moves(puppet: Draw) -> None:
    """The same picture drawn with and without transforms turns alike."""
    twice = (
        '<g id="Left Arm" transform="translate(20,10) scale(2)" data-pivot="50,50">'
        '<rect x="50" y="47.5" width="30" height="5" fill="blue"/></g>'
    )
    for pose in ({"Left Arm.rot": 40}, {"Left Arm.dx": -30}, {"Left Arm.sx": 0.5, "Left Arm.rot": -70}):
        assert np.array_equal(puppet(f"{BODY}{ARM}</g>", pose), puppet(f"{BODY}{twice}</g>", pose))


def test_front_draws_a_part_last(puppet: Draw) -> None:
    behind = (
        f'<g id="Bob" data-pivot="100,180">{ARM.replace("120", "90", 2)}<g id="Body"><rect x="80" y="100" width="40" '
    )
    behind += 'height="80" fill="red"/></g></g>'
    assert at(puppet(behind), 100, 110) == RED
    assert at(puppet(behind, {"Left Arm.front": 1}), 100, 110) == BLUE


def test_parts_are_shown_and_hidden(puppet: Draw) -> None:
    hidden = f'{BODY}<g id="Hood" visibility="hidden"><rect width="20" height="20" fill="blue"/></g></g>'
    assert at(puppet(hidden), 10, 10) == NOTHING
    assert at(puppet(hidden, {"Hood.show": 1}), 10, 10) == BLUE
    assert at(puppet(hidden, {"Body.show": 0}), 100, 150) == NOTHING


CARRIED = (
    '<g id="Bob" data-pivot="100,180"><g id="Hair Back" data-parent="Head"><rect x="90" y="40" width="20" height="50" '
    'fill="blue"/></g><g id="Neck" data-pivot="100,150"><g id="Head" data-pivot="100,100" '
    'transform="translate(2,3) translate(-2,-3)"><rect x="95" y="60" width="10" height="40" fill="red"/></g></g></g>'
)


def test_a_carried_part_goes_with_its_carrier_and_all_that_carries_it(puppet: Draw) -> None:
    picture = puppet(CARRIED, {"Head.rot": 90, "Neck.dx": 20, "Bob.dy": 5})
    assert at(picture, 175, 105) == BLUE
    assert at(picture, 155, 105) == RED
    assert at(picture, 100, 45) == NOTHING


EYE = (
    '<g id="Bob" data-pivot="100,180"><g id="Head" data-pivot="100,150"><rect x="40" y="40" width="120" height="110" '
    'fill="red"/><g id="Left Eye" data-pivot="120,80"><rect id="Left Eyeball" x="100" y="70" width="40" height="20" '
    'fill="white"/><g id="Left Pupil" data-clip="Left Eyeball" data-pivot="120,80"><rect x="115" y="60" width="10" '
    'height="40" fill="blue"/></g><g id="Left Blink" visibility="hidden"><rect x="100" y="79" width="40" height="2" '
    'fill="lime"/></g></g></g></g>'
)


def test_pupils_stay_inside_the_eye_wherever_it_goes(puppet: Draw) -> None:
    rest = puppet(EYE)
    assert at(rest, 120, 80) == BLUE
    assert at(rest, 120, 65) == RED
    lower = puppet(EYE, {"Head.dy": 20})
    assert at(lower, 120, 95) == BLUE
    assert at(lower, 120, 85) == RED
    beside = puppet(EYE, {"gaze.x": 1})
    assert at(beside, 120, 80) == BLUE or at(beside, 128, 80) == BLUE
    assert at(puppet(EYE, {"Left Pupil.dx": 22}), 138, 80) == BLUE
    assert at(puppet(EYE, {"Left Pupil.dx": 22}), 142, 80) == RED


def test_the_gaze_moves_pupils_within_their_range(puppet: Draw) -> None:
    left, right = puppet(EYE, {"gaze.x": -1}), puppet(EYE, {"gaze.x": 1})

    def blue(picture: Pixels) -> float:
        return float(np.argwhere((picture == BLUE).all(axis=2))[:, 1].mean())

    assert blue(right) - blue(left) == pytest.approx(24, abs=0.5)
    assert blue(puppet(EYE)) == pytest.approx(119.5, abs=0.5)


def test_a_shut_eye_is_its_blink_alone(puppet: Draw) -> None:
    picture = puppet(EYE, {"blink.Left": 1})
    assert at(picture, 120, 80) == GREEN
    assert at(picture, 105, 75) == RED
    assert at(puppet(EYE, {"blink.Left": 0.4}), 105, 72) == RED  # the lid has come down
    assert at(puppet(EYE, {"blink.Left": 0.4}), 105, 78) == WHITE


def test_an_eye_without_a_blink_is_pressed_shut(puppet: Draw) -> None:
    without = EYE.replace("Left Blink", "Something")
    assert at(puppet(without, {"blink.Left": 1}), 105, 75) == RED
    assert at(puppet(without, {"blink.Left": 1}), 105, 80) == WHITE


def test_the_mouth_is_chosen_by_its_number(puppet: Draw) -> None:
    mouths = (
        f'{BODY}<g id="Mouth"><g id="Neutral"><rect width="10" height="10" fill="red"/></g><g id="Ah">'
        '<rect width="10" height="10" fill="blue"/></g><g id="Oh"><rect width="10" height="10" fill="lime"/></g></g>'
        "</g>"
    )
    assert [at(puppet(mouths, {"mouth": index}), 5, 5) for index in (0, 1, 2)] == [RED, BLUE, GREEN]
    assert at(puppet(mouths), 5, 5) == RED


def test_a_turning_head_shifts_its_features_and_leaves_its_ears_behind(puppet: Draw) -> None:
    face = '<rect x="40" y="40" width="120" height="110" fill="red"/>'
    ear = '<g id="Left Ear" data-pivot="150,40"><rect x="145" y="10" width="10" height="30" fill="lime"/></g>'
    head = EYE.replace(face, f'{ear}<g id="Face">{face}</g>')

    def middle(picture: Pixels, colour: tuple[int, ...]) -> np.ndarray:
        return np.argwhere((picture == colour).all(axis=2)).mean(axis=0)

    rest, turned, nodding = puppet(head), puppet(head, {"Head.turn": 1}), puppet(head, {"Head.nod": 1})
    assert middle(turned, BLUE)[1] > middle(rest, BLUE)[1] + 5
    assert middle(turned, GREEN)[1] < middle(rest, GREEN)[1] - 1
    assert middle(nodding, BLUE)[0] > middle(rest, BLUE)[0] + 3
    assert np.array_equal(puppet(head, {"Head.turn": 0}), rest)


STRAND = (
    '<g id="Bob" data-pivot="100,180"><g id="Body"><rect x="90" y="100" width="20" height="80" fill="red"/></g>'
    '<g id="Left Lock" data-pivot="100,20"><rect x="95" y="10" width="10" height="90" fill="blue"/></g></g>'
)


def test_hair_bends_along_its_length_and_its_root_stays(puppet: Draw) -> None:
    left, right = puppet(STRAND, {"Left Lock.bend": 80}), puppet(STRAND, {"Left Lock.bend": -80})
    assert at(left, 100, 15) == at(right, 100, 15) == at(left, 97, 19) == at(right, 103, 19) == BLUE
    assert at(left, 100, 95) == at(right, 100, 95) == NOTHING
    spread = [np.argwhere((picture == BLUE).all(axis=2))[:, 1] for picture in (left, right)]
    assert spread[0].min() < 75
    assert spread[1].max() > 125


def test_bending_keeps_the_length_of_a_line(puppet: Draw) -> None:
    straight, curled = puppet(STRAND), puppet(STRAND, {"Left Lock.bend": 60})
    areas = [(picture[:, :, 2] > 128).sum() for picture in (straight, curled)]
    assert areas[1] == pytest.approx(areas[0], rel=0.12)


def test_a_group_with_a_transform_bends_like_one_without(puppet: Draw) -> None:
    shrunk = STRAND.replace(
        '<g id="Left Lock" data-pivot="100,20"><rect x="95" y="10" width="10" height="90"',
        '<g id="Left Lock" data-pivot="45,10" transform="translate(10 0) scale(2)"><rect x="42.5" y="5" width="5" '
        'height="45"',
    )
    both = [puppet(body, {"Left Lock.bend": 50}).astype(int) for body in (STRAND, shrunk)]
    assert np.abs(both[0] - both[1]).max() <= 1


def test_the_border_follows_the_pose_and_the_bend(puppet: Draw) -> None:
    border = [Edge(5, "#FFFFFF")]
    still, lifted = (puppet(f"{BODY}{ARM}</g>", pose, border) for pose in ({}, {"Left Arm.rot": -90}))
    assert at(still, 160, 102) == WHITE
    assert at(still, 160, 98) == NOTHING
    assert at(lifted, 112, 70) == WHITE
    assert at(lifted, 160, 102) == NOTHING
    bent = puppet(STRAND, {"Left Lock.bend": 80}, border)
    assert ((bent == WHITE).all(axis=2)[:, :70]).any()


def test_the_border_lies_outside_the_lines_too(puppet: Draw) -> None:
    lined = f"{BODY.replace('fill=', 'stroke=', 1)}</g>".replace(
        'stroke="red"', 'fill="red" stroke="blue" stroke-width="8"'
    )
    picture = puppet(lined, edges=[Edge(4, "#FFFFFF")])
    assert at(picture, 77, 140) == BLUE
    assert at(picture, 73, 140) == WHITE
    assert at(picture, 70, 140) == NOTHING


def test_an_edge_that_is_shifted_falls_to_that_side_and_lies_under_the_next(puppet: Draw) -> None:
    picture = puppet(f"{BODY}</g>", edges=[Edge(4, "#7A3F86", 0.2, (10, 16)), Edge(4, "#FFFFFF")])
    assert at(picture, 122, 150) == WHITE
    assert 0 < at(picture, 130, 150)[3] < 80
    assert at(picture, 70, 150) == NOTHING


def test_bounds_hold_all_ink(save: Save) -> None:
    drawn_puppet = DrawnPuppet.load(save(f"{BODY}{ARM}</g>"))
    assert drawn_puppet.bounds() == pytest.approx((-20, -80, 80, 0), abs=0.01)
    assert drawn_puppet.bounds({"Left Arm.rot": -90})[1] == pytest.approx(-130, abs=0.01)


def test_only_draws_the_named_parts(save: Save) -> None:
    puppet = DrawnPuppet.load(save(f"{BODY}{ARM}</g>"))
    surface = skia.Surface(200, 200)
    surface.getCanvas().translate(*puppet.rig.feet)
    puppet.draw(surface.getCanvas(), {}, only=frozenset(["Left Arm"]))
    picture = pixels(surface)
    assert at(picture, 160, 110) == BLUE
    assert at(picture, 100, 150) == NOTHING
