"""Places, key lines and the camera do what an author would expect of them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyreel.direct.blocking import pane_ground, stage_ground
from storyreel.direct.camerawork import CameraWork, Subject
from storyreel.direct.keyline import KeyLine
from storyreel.script.models import CameraSpec, Grade
from storyreel.stage.camera import view
from storyreel.timeline.track import sample

SAFE = (60.0, 250.0, 910.0, 1480.0)


def test_named_places_stand_on_the_floor_of_the_safe_box() -> None:
    ground = stage_ground(SAFE, floor=0.9, width=1080)
    x, y = ground.point("centre", standing=True)
    assert (x, y) == pytest.approx((485, 250 + 0.9 * 1230))
    assert ground.point("left", standing=True)[0] < x < ground.point("right", standing=True)[0]


def test_offstage_is_out_of_the_picture() -> None:
    ground = stage_ground(SAFE, floor=0.9, width=1080)
    assert ground.point("offstage-left", standing=True)[0] < -400
    assert ground.point("offstage-right", standing=True)[0] > 1080 + 300


def test_a_pane_has_its_own_nought_to_one_about_its_centre() -> None:
    assert pane_ground(400, 600).point((0.0, 1.0), standing=True) == (-200, 300)


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 30), st.floats(-500, 500)), max_size=8))
def test_a_line_rests_at_the_last_value_it_was_sent_to(moves: list[tuple[int, int, float]]) -> None:
    line, frame, goal = KeyLine(1.0), 0, 1.0
    for later, frames, value in moves:
        frame += later
        line.move(frame, frames, value, "out-back")
        goal = value
    assert sample(line.channel(), frame + 100) == pytest.approx(goal, abs=1 / 1024)


def test_a_move_that_interrupts_another_starts_where_it_has_come_to() -> None:
    line = KeyLine(0.0)
    line.move(0, 20, 100.0, "linear")
    line.move(10, 10, 0.0, "linear")
    channel = line.channel()
    assert sample(channel, 10) == pytest.approx(50)
    assert sample(channel, 15) == pytest.approx(25)


def test_a_cut_changes_nothing_before_its_frame() -> None:
    line = KeyLine(1.0)
    line.move(12, 0, 2.0)
    assert [sample(line.channel(), f) for f in (0, 11, 12, 40)] == [1.0, 1.0, 2.0, 2.0]


def test_a_close_shot_magnifies_and_puts_its_subject_above_the_captions() -> None:
    camera = CameraWork(1080, 1920, 485)
    camera.shoot(CameraSpec(shot="close"), Subject(485, 1300, 840), 0, 0)
    values = {name: sample(channel, 5) for name, channel in camera.channels(10, 30, 1)}
    assert values["zoom"] > 1.5
    a, b, c, d, e, f = view(values, 1080, 1920).plane(1, 1080, 1920)
    face_x, face_y = 485, 1300 - 0.66 * 840
    assert a * face_x + c * face_y + e == pytest.approx(485, abs=1)
    assert b * face_x + d * face_y + f == pytest.approx(0.42 * 1920, abs=1)


def test_planes_far_away_move_less() -> None:
    seen = view({"x": 640.0, "y": 960.0, "zoom": 1.5}, 1080, 1920)
    near, far = seen.plane(1, 1080, 1920), seen.plane(0.3, 1080, 1920)
    assert near[0] > far[0] > 1
    assert seen.plane(0, 1080, 1920) == (1, 0, 0, 1, 0, 0)


def test_a_shake_is_seeded_and_dies_away() -> None:
    camera = CameraWork(1080, 1920, 485)
    camera.shoot(CameraSpec(shake=30), None, 5, 0)
    first, again = camera.channels(60, 30, 7), camera.channels(60, 30, 7)
    assert first == again
    shake = dict(first)["shake.x"]
    assert abs(sample(shake, 5)) > 10
    assert [sample(shake, f) for f in (0, 4, 25, 59)] == [0, 0, 0, 0]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20), st.floats(-5, 5)), unique_by=lambda move: move[0]),
    st.randoms(use_true_random=False),
)
def test_moves_count_by_when_they_begin_not_by_when_they_are_told(
    moves: list[tuple[int, int, float]], chance: random.Random
) -> None:
    told, shuffled = KeyLine(1.0), KeyLine(1.0)
    for move in sorted(moves):
        told.move(*move)
    chance.shuffle(moves)
    for move in moves:
        shuffled.move(*move)
    assert shuffled.channel() == told.channel()


# ---- the grade


def graded(*grades: tuple[Grade, int, int]) -> dict[str, list[float]]:
    """The values of a camera's channels at the first forty frames."""
    camera = CameraWork(1080, 1920, 485)
    for grade in grades:
        camera.grade(*grade)
    return {name: [sample(channel, frame) for frame in range(40)] for name, channel in camera.channels(40, 30.0, 7)}


def test_a_story_that_says_nothing_of_warmth_and_accent_has_no_channels_of_them() -> None:
    said = graded((Grade(saturation=0.3, tint=0.2), 0, 0), (Grade(), 10, 10))
    assert "saturation" in said
    assert not {"warmth", "accent"} & set(said)


def test_warmth_goes_from_cold_to_warm_and_back_to_neither_where_a_grade_leaves_it_out() -> None:
    said = graded((Grade(warmth=-1), 0, 0), (Grade(warmth=1), 10, 10), (Grade(), 30, 0))
    assert [said["warmth"][frame] for frame in (0, 10, 15, 20, 30)] == [-1, -1, 0, 1, 0]


def test_an_accent_that_is_left_out_goes_with_the_saturation() -> None:
    said = graded((Grade(saturation=0.25), 0, 0), (Grade(accent=1), 10, 0), (Grade(saturation=0.5), 20, 10))
    assert [said["accent"][frame] for frame in (0, 9, 10, 19, 30)] == [0.25, 0.25, 1, 1, 0.5]
    vivid = graded((Grade(saturation=1.5), 0, 0), (Grade(accent=0), 10, 0))
    assert vivid["accent"][0] == 1
