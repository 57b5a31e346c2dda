"""Parts kept as images: in steps of turn and size, hung on their joints, on whole pixels, whatever was drawn before."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import skia
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from test_drawing import Pixels, Save, save
from test_treatment import BOB

from storyreel.puppet.model import Matrix, concat, moved
from storyreel.stage import baking, sprites
from storyreel.stage.images import Images
from storyreel.stage.pictures import Picture
from storyreel.stage.puppet import DrawnPuppet
from storyreel.stage.sprites import SIZES, TURN, stepped, to_model
from storyreel.stage.still import DrawnPart
from storyreel.stage.treated import Hand
from storyreel.timeline.model import Kind
from storyreel.treatment.contract import Mood, Place, Plain
from storyreel.treatment.roles import Role

__all__ = ["save"]

STEP = 2 ** (-4 / SIZES)
"""A size that parts have."""


@dataclass(frozen=True)
class Kept(Plain):
    """As it is drawn, but kept as images."""

    redraws: bool = True
    images: frozenset[Kind] = frozenset(("cast", "set"))


def hand(kind: Kind = "cast") -> Hand:
    return Hand(Kept(), Place(kind), Mood())


@pytest.fixture
def bob(save: Save) -> Path:
    return save(BOB)


def painted(draw: Callable[[skia.Canvas], None], at: Matrix = (1.0, 0.0, 0.0, 1.0, 100.0, 180.0)) -> Pixels:
    surface = skia.Surface(200, 200)
    a, b, c, d, e, f = at
    surface.getCanvas().concat(skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1))
    draw(surface.getCanvas())
    return np.array(surface.toarray(colorType=skia.kBGRA_8888_ColorType))


def test_in_a_step_an_image_is_what_it_was_painted_from(bob: Path) -> None:
    plain, kept = DrawnPuppet.load(bob), DrawnPuppet.load(bob, hand=hand())
    for pose in ({}, {"Left Arm.rot": 30.0}, {"Body.rot": -9.0, "Head.rot": 12.0, "Left Arm.rot": -60.0}):
        straight = painted(partial(plain.draw, pose=pose)).astype(int)
        laid = painted(partial(kept.draw, pose=pose)).astype(int)
        assert straight[..., 3].any()
        if not pose:
            assert np.abs(straight - laid).max() <= 2
        # Rounded to whole pixels, hardly anything goes further than to a pixel's neighbour.
        around = [np.roll(straight, shift, (0, 1)) for shift in itertools.product((-1, 0, 1), repeat=2)]
        outside = (laid < np.min(around, axis=0) - 8) | (laid > np.max(around, axis=0) + 8)
        assert outside.any(axis=2).sum() < 8


poses = st.fixed_dictionaries(
    {
        f"{part}.{channel}": st.floats(*span)
        for part in ("Body", "Head", "Left Arm")
        for channel, span in (
            ("rot", (-90, 90)),
            ("sx", (0.6, 1.6)),
            ("sy", (0.6, 1.6)),
            ("dx", (-9, 9)),
            ("dy", (-9, 9)),
        )
    }
)
places = st.builds(
    lambda size, turn, x, y: (
        *(size * math.cos(turn), size * math.sin(turn), -size * math.sin(turn), size * math.cos(turn)),
        *(x, y),
    ),
    st.floats(0.3, 3),
    st.floats(-0.5, 0.5),
    st.floats(-50, 250),
    st.floats(-50, 250),
)


@budget(deadline=None, max_examples=40)
@given(pose=poses, place=places)
def test_every_part_stands_in_a_step_and_hangs_where_its_carrier_has_its_joint(
    tmp_path_factory: pytest.TempPathFactory, pose: dict[str, float], place: Matrix
) -> None:
    puppet = bob_once(tmp_path_factory)
    canvas = skia.Surface(10, 10).getCanvas()
    a, b, c, d, e, f = place
    canvas.concat(skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1))
    canvas.translate(-puppet.rig.feet[0], -puppet.rig.feet[1])
    placed = to_model(canvas.getTotalMatrix())
    true = puppet._skeleton.motions(pose)
    found = stepped(true, puppet.rig.pivots, puppet.rig.carriers, puppet.rig.feet, canvas)
    for name, pivot in puppet.rig.pivots.items():
        carrier = puppet.rig.carriers.get(name, "")
        a, b, c, d, *_ = concat(placed, found(name))
        turn, wide, high = math.degrees(math.atan2(b, a)) / TURN, math.hypot(a, b), 0.0
        high = (a * d - b * c) / wide
        for value in (turn, math.log2(wide) * SIZES, math.log2(high) * SIZES, (a * c + b * d) / wide / high * SIZES):
            assert value == pytest.approx(round(value), abs=1e-3)
        gap = np.subtract(moved(concat(placed, true(name)), pivot), moved(concat(placed, true(carrier)), pivot))
        step = np.subtract(moved(concat(placed, found(name)), pivot), moved(concat(placed, found(carrier)), pivot))
        assert step == pytest.approx(gap, abs=1e-3)
    feet = moved(concat(placed, found("")), puppet.rig.feet)
    assert feet == pytest.approx([round(value) for value in feet], abs=1e-3)


def bob_once(factory: pytest.TempPathFactory) -> DrawnPuppet:
    path = factory.getbasetemp() / "bob-in-steps.svg"
    if not path.is_file():
        path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200">{BOB}</svg>', encoding="utf-8")
    return DrawnPuppet.load(path, hand=hand())


@pytest.mark.parametrize("size", [0.83, 0.85, 0.87, 1.01])
@pytest.mark.parametrize("turn", [0.0, 0.02])
def test_between_two_steps_a_puppet_is_as_large_and_as_turned_as_it_should_be(
    bob: Path, size: float, turn: float
) -> None:
    plain, kept = DrawnPuppet.load(bob), DrawnPuppet.load(bob, hand=hand())
    a, b = size * math.cos(turn), size * math.sin(turn)
    place = (a, b, -b, a, 90.3, 170.6)
    covered = [painted(partial(puppet.draw, pose={}), place)[..., 3] / 255 for puppet in (plain, kept)]
    assert covered[1].sum() == pytest.approx(covered[0].sum(), rel=0.01)
    for axis in (0, 1):
        ends = [np.flatnonzero(found.max(axis=axis) > 0.5)[[0, -1]] for found in covered]
        assert np.abs(ends[0] - ends[1]).max() <= 1


def test_a_puppet_that_travels_by_less_than_a_pixel_moves_as_one(bob: Path) -> None:
    puppet = DrawnPuppet.load(bob, hand=hand())
    pose = {"Body.rot": 5.0, "Head.rot": -8.0, "Left Arm.rot": 33.0}
    first = painted(lambda canvas: puppet.draw(canvas, pose), (STEP, 0.0, 0.0, STEP, 90.0, 170.0))
    for shift in (-0.45, 0.2, 0.45, 1.3, 2.51):
        place = (STEP, 0.0, 0.0, STEP, 90.0 + shift, 170.0)
        found = painted(lambda canvas: puppet.draw(canvas, pose), place)
        assert np.array_equal(found, np.roll(first, round(shift), axis=1)), shift


@pytest.mark.parametrize("most", [0, 9000, sprites.MOST])
def test_what_is_kept_changes_no_picture(bob: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    puppet = DrawnPuppet.load(bob, hand=hand())
    run = [{"Left Arm.rot": float(turn), "Head.rot": float(-turn) / 3} for turn in (0, 20, 41, 20, 0)]

    def drawn(pose: dict[str, float]) -> Pixels:
        return painted(lambda canvas: puppet.draw(canvas, pose))

    alone = []
    for pose in run:
        monkeypatch.setattr(sprites, "IMAGES", Images(sprites.MOST))
        alone.append(drawn(pose))
    kept = Images(most)
    monkeypatch.setattr(sprites, "IMAGES", kept)
    for pose, wanted in zip(run, alone, strict=True):
        assert np.array_equal(drawn(pose), wanted)
        assert kept.size <= most or len(kept) == 1
    assert not np.array_equal(alone[0], alone[2])


def test_a_puppet_that_stands_is_painted_once(bob: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Images(sprites.MOST)
    monkeypatch.setattr(sprites, "IMAGES", kept)
    puppet = DrawnPuppet.load(bob, hand=hand())
    counts = []
    for frame in range(6):
        pose, place = {"Left Arm.rot": frame / 10}, (1.0, 0.0, 0.0, 1.0, 90.0 + 3.3 * frame, 180.0)
        painted(partial(puppet.draw, pose=pose), place)
        counts.append(len(kept))
    assert set(counts) == {counts[0]}


def test_a_still_drawing_is_exact_on_whole_pixels_and_sampled_from_one_image_between(
    bob: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Picture, "dear", lambda *_: True)
    still, plain = DrawnPart.load(bob, hand=hand("set")), DrawnPart.load(bob)
    for size in (1.0, 0.5):
        for shift in (0.0, 7.0):
            place = (size, 0.0, 0.0, size, shift, 0.0)
            assert np.abs(painted(still.draw, place).astype(int) - painted(plain.draw, place)).max() <= 2
    made = baking.RESAMPLED.made
    for size, shift in ((0.9, 0.3), (0.93, 1.6), (0.96, 7.0)):
        place = (size, 0.0, 0.0, size, shift, 0.0)
        assert np.abs(painted(still.draw, place).astype(int) - painted(plain.draw, place)).mean() < 2
    assert baking.RESAMPLED.made == made, "a camera that moves paints nothing anew"
    DrawnPart.load(bob, hand=hand("prop")).draw(skia.Surface(9, 9).getCanvas())
    assert baking.RESAMPLED.made == made, "only the kinds that the treatment names are kept"


def test_a_still_drawing_that_is_turned_by_eighths_of_a_degree_is_painted_so_and_looks_the_same(
    bob: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Picture, "dear", lambda *_: True)
    still, plain = DrawnPart.load(bob, hand=hand("set")), DrawnPart.load(bob)
    for degrees in (-4.0, 7.125, 90.0):
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        place = (cos, sin, -sin, cos, 100.0, 60.0)
        assert np.abs(painted(still.draw, place).astype(int) - painted(plain.draw, place)).mean() < 2


def test_a_still_drawing_that_leans_by_whole_degrees_is_painted_so_and_looks_the_same(
    bob: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Picture, "dear", lambda *_: True)
    still, plain, made = DrawnPart.load(bob, hand=hand("set")), DrawnPart.load(bob), baking.RESAMPLED.made
    for degrees in (-7, 3, 3):
        place = (1.0, 0.0, math.tan(math.radians(degrees)), 1.0, 100.0, 60.0)
        assert np.abs(painted(still.draw, place).astype(int) - painted(plain.draw, place)).mean() < 0.5
    assert baking.RESAMPLED.made == made + 2


@dataclass(frozen=True)
class Held(Kept):
    """Holds one colour back until a mood has half its accent."""

    def colour(self, hexed: str, role: Role, place: Place, mood: Mood) -> str:
        return "#808080" if mood.accent < 0.5 else hexed


def test_what_no_mood_tells_apart_is_drawn_once(bob: Path) -> None:
    def drawn(**mood: float) -> DrawnPuppet:
        return DrawnPuppet.load(bob, hand=Hand(Held(), Place("cast"), Mood(**mood)))

    assert drawn() is drawn(saturation=0.5, tint=0.25) is drawn(accent=0.5)
    assert drawn(accent=0.25) is drawn(accent=0.0) is drawn(accent=0.375, tint=0.5)
    assert drawn() is not drawn(accent=0.25)
