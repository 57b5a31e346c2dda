"""A body that acts has weight: feet stand, limbs reach, springs die down, time is time at any frame rate."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storyreel.assets import asset
from storyreel.direct.acting import ACTS, Act, perform
from storyreel.direct.acting.limbs import Reach, reach
from storyreel.errors import StoryreelError
from storyreel.puppet.model import Limb, Rig, moved
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import read_drawing
from storyreel.stage.posing import Skeleton
from storyreel.timeline.clock import Clock
from storyreel.timeline.easing import easing
from storyreel.timeline.track import sample
from storyreel.treatment.look import Motion

MICHII_SVG = asset("puppets", "michii", "michii.svg")
MICHII = read_rig(MICHII_SVG)
HOME, SCALE = (500.0, 1300.0), 0.8
HELD = ("face", "pose", "look", "turn", "droop", *(name for name, kind in ACTS.items() if kind.holds))
"""Acts whose end is held."""
PLACED = ("enter", "exit", "go")
STANDING = ("breathe", "laugh", "lean", "nod", "point", "shake", "think", "wave")
Curves = dict[str, np.ndarray]


def played(kind: str, start: float = 1.0, seconds: float | None = None, rate: int = 30, **values: object) -> Curves:
    """Five seconds with one act in them, by default of its natural length."""
    begin = round(start * rate)
    end = begin + round((ACTS[kind].seconds if seconds is None else seconds) * rate)
    act = Act(kind, begin, end, tuple(values.items()))
    length = 5 * rate
    channels = perform(MICHII, [act], (), length, Clock(Fraction(rate)), 5, Motion(), HOME, SCALE)
    return {name: np.array([sample(channel, f) for f in range(length)]) for name, channel in channels}


@pytest.mark.parametrize("kind", STANDING)
def test_feet_stand_whatever_the_hips_do(kind: str) -> None:
    curves, skeleton = played(kind, seconds=2.5), Skeleton(read_drawing(MICHII_SVG), MICHII)
    for side in ("Left", "Right"):
        limb = MICHII.limbs[f"{side} Leg"]
        stood = [
            moved(skeleton.motions({name: float(curve[f]) for name, curve in curves.items()})(limb.part), limb.hand)
            for f in range(0, 150, 3)
        ]
        assert np.ptp(np.array(stood), axis=0).max() * SCALE < 3


def test_a_dancer_keeps_a_foot_under_the_hips_whenever_both_are_on_the_ground() -> None:
    curves, skeleton = played("dance", seconds=3.0), Skeleton(read_drawing(MICHII_SVG), MICHII)
    grounded = [f for f in range(40, 110) if curves["y"][f] > HOME[1] - 3]
    assert len(grounded) > 6
    for f in grounded:
        motion = skeleton.motions({name: float(curve[f]) for name, curve in curves.items()})
        feet = [MICHII.limbs[f"{side} Leg"] for side in ("Left", "Right")]
        lifted = [limb.hand[1] - moved(motion(limb.part), limb.hand)[1] for limb in feet]
        assert min(lifted) < 4


def test_hips_do_sway_in_a_dance() -> None:
    assert np.ptp(played("dance", seconds=2.5)["Left Leg.dx"]) * SCALE > 15


@pytest.mark.parametrize("kind", sorted(set(ACTS) - set(HELD) - set(PLACED)))
def test_after_an_act_every_spring_dies_down(kind: str) -> None:
    curves = played(kind, start=0.5)
    bends = [name for name in curves if name.endswith(".bend")]
    assert bends
    assert all(np.abs(curves[name][-15:]).max() < 3 for name in bends)


@pytest.mark.parametrize("kind", sorted(set(ACTS) - {"stamp", "bonk", "perk", "face"}))
def test_no_part_leaps(kind: str) -> None:
    given = {
        "expression": "joy",
        "pose": "cheer",
        "side": "left",
        "how": "hop",
        "distance": 700.0,
        "gx": 1.0,
        "amount": 0.7,
    }
    curves = played(kind, **given)
    for name, curve in curves.items():
        if name.endswith((".dx", ".dy")):
            assert np.abs(np.diff(curve)).max() < 25, f"{name} leaps in {kind}"
        if name.endswith((".sx", ".sy")) or name in ("sx", "sy"):
            assert np.abs(np.diff(curve)).max() < 0.2, f"{name} leaps in {kind}"


def test_even_a_stamp_keeps_its_volume() -> None:
    curves = played("stamp")
    volume = curves["sx"] * curves["sy"]
    assert 0.85 < volume.min() <= volume.max() < 1.12
    assert np.ptp(curves["sy"]) > 0.2


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("how", ["hop", "walk", "slide"])
def test_whoever_exits_is_gone_and_stays_away(side: str, how: str) -> None:
    x = played("exit", side=side, how=how, distance=800.0)["x"]
    away = 800 if side == "right" else -800
    assert x[25] == pytest.approx(HOME[0], abs=1)
    assert x[70:] == pytest.approx(np.full(80, HOME[0] + away), abs=1)


@pytest.mark.parametrize("kind", ["breathe", "hop", "nod", "point", "stamp", "wave"])
@pytest.mark.parametrize("rate", [24, 60])
def test_a_second_is_a_second_at_any_frame_rate(kind: str, rate: int) -> None:
    at_30, other = played(kind), played(kind, rate=rate)
    seconds = np.arange(0, 4.9, 0.5 / rate)
    for name in ("y", "sy", "Head.rot", "Right Arm.rot"):
        here = np.interp(seconds, np.arange(150) / 30, at_30[name])
        there = np.interp(seconds, np.arange(5 * rate) / rate, other[name])
        assert np.abs(here - there).mean() < 0.03 * np.ptp(at_30[name]) + 0.01, name


def test_an_unknown_pose_is_refused_with_a_suggestion() -> None:
    with pytest.raises(StoryreelError, match="did you mean 'cheer'"):
        played("pose", pose="cheeer")


JOINTED = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 600"><g id="Bob">
<g id="Body" data-pivot="200,400"><rect x="150" y="200" width="100" height="400"/></g>
<g id="Left Arm" data-pivot="250,220"><rect x="240" y="220" width="20" height="90"/>
<g id="Left Forearm" data-pivot="250,310"><rect x="240" y="310" width="20" height="80"/>
<g id="Left Hand" data-pivot="250,390"><circle cx="250" cy="395" r="12"/></g></g></g></g></svg>"""


def _missed(svg: Path, side: str, way: float, share: float) -> tuple[float, Rig]:
    """How far a hand is, in the middle of the act, from a point that its arm is to reach."""
    rig = read_rig(svg)
    limb = rig.limbs[f"{side} Arm"]
    away = sum(limb.bones) * share
    point = limb.shoulder[0] + away * math.cos(way), limb.shoulder[1] + away * math.sin(way)
    values = {"side": side.lower(), "x": point[0] - rig.feet[0], "y": point[1] - rig.feet[1]}
    act = Act("reach", 20, 80, tuple(values.items()))
    channels = perform(rig, [act], (), 110, Clock(Fraction(30)), 5, Motion(), HOME, SCALE)
    pose = {name: sample(channel, 50) for name, channel in channels}
    return math.dist(moved(Skeleton(read_drawing(svg), rig).motions(pose)(limb.tip), limb.hand), point), rig


@pytest.mark.parametrize("side", ["Left", "Right"])
@pytest.mark.parametrize("puppet", ["michii", "grump"])
@pytest.mark.parametrize("share", [0.75, 1.0, 1.2])
@pytest.mark.parametrize("way", [-150, -90, 0, 45, 120])
def test_whoever_reaches_for_a_point_has_it_in_hand(puppet: str, side: str, way: float, share: float) -> None:
    miss, rig = _missed(asset("puppets", puppet, f"{puppet}.svg"), side, math.radians(way), share)
    assert miss < 0.015 * rig.height


@pytest.mark.parametrize("way", [-90, 0, 90])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_an_arm_with_an_elbow_bends_it_to_reach(tmp_path: Path, way: float, share: float) -> None:
    svg = tmp_path / "bob.svg"
    svg.write_text(JOINTED, encoding="utf-8")
    svg.with_suffix(".rig.yaml").write_text("limbs: {Left Arm: {tip: Left Hand, elbow: [250, 310]}}", encoding="utf-8")
    miss, rig = _missed(svg, "Left", math.radians(way), share)
    assert rig.limbs["Left Arm"].bones == (90, 80)
    assert miss < 0.02 * rig.height


def test_an_elbow_that_is_not_drawn_is_not_counted_on(tmp_path: Path) -> None:
    svg = tmp_path / "bob.svg"
    svg.write_text(JOINTED.replace('<g id="Left Forearm" data-pivot="250,310">', "<g>"), encoding="utf-8")
    svg.with_suffix(".rig.yaml").write_text("limbs: {Left Arm: {tip: Left Hand, elbow: [250, 310]}}", encoding="utf-8")
    miss, rig = _missed(svg, "Left", 0.0, 0.9)
    assert miss < 0.02 * rig.height


def test_after_reaching_the_arm_is_as_it_was() -> None:
    curves, idle = played("reach", x=300.0, y=-900.0), played("nod")
    assert np.ptp(curves["Left Arm.rot"]) > 60
    for name, rest in (("Left Arm.rot", idle["Left Arm.rot"][80:]), ("Left Arm.sx", 1.0), ("Left Arm.front", 0.0)):
        assert curves[name][80:] == pytest.approx(rest, abs=0.01)


def test_walking_on_the_spot_swings_the_legs_against_each_other_and_goes_nowhere() -> None:
    curves = played("walk", seconds=3.0)
    left, right = curves["Left Leg.rot"][40:110], curves["Right Leg.rot"][40:110]
    assert np.ptp(left) > 20
    assert np.corrcoef(left, right)[0, 1] < -0.9
    assert np.ptp(curves["x"]) < 1


ANGLES, LENGTHS = st.floats(-math.pi, math.pi), st.floats(20, 200)


def _limb(first: float, second: float, upper: float, lower: float) -> Limb:
    elbow = (100 + first * math.cos(upper), 50 + first * math.sin(upper))
    hand = (elbow[0] + second * math.cos(lower), elbow[1] + second * math.sin(lower))
    return Limb("Arm", "Hand", (100.0, 50.0), elbow, hand, (first, second))


def _hand(limb: Limb, shoulder: float, elbow: float) -> tuple[float, float]:
    """Where forward kinematics puts the hand."""

    def spun(x: float, y: float, degrees: float) -> tuple[float, float]:
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        return x * cos - y * sin, x * sin + y * cos

    upper = spun(limb.elbow[0] - limb.shoulder[0], limb.elbow[1] - limb.shoulder[1], shoulder)
    lower = spun(limb.hand[0] - limb.elbow[0], limb.hand[1] - limb.elbow[1], shoulder + elbow)
    return limb.shoulder[0] + upper[0] + lower[0], limb.shoulder[1] + upper[1] + lower[1]


@given(LENGTHS, LENGTHS, ANGLES, ANGLES, ANGLES, st.floats(0.01, 0.99), st.sampled_from([1.0, -1.0]))
def test_two_bones_reach_whatever_is_in_range(
    first: float, second: float, upper: float, lower: float, way: float, share: float, bend: float
) -> None:
    away = abs(first - second) + share * (first + second - abs(first - second))
    assume(away > 1)
    limb = _limb(first, second, upper, lower)
    x, y = 100 + away * math.cos(way), 50 + away * math.sin(way)
    found = reach(limb, x, y, bend)
    assert found.length == 1
    assert _hand(limb, found.shoulder, found.elbow) == pytest.approx((x, y), abs=0.01)


@given(LENGTHS, LENGTHS, ANGLES, ANGLES, ANGLES, st.floats(1.01, 5))
def test_what_is_too_far_is_aimed_at_with_a_straight_arm(
    first: float, second: float, upper: float, lower: float, way: float, beyond: float
) -> None:
    limb, away = _limb(first, second, upper, lower), (first + second) * beyond
    found = reach(limb, 100 + away * math.cos(way), 50 + away * math.sin(way))
    hand = _hand(limb, found.shoulder, found.elbow)
    straight = (100 + (first + second) * math.cos(way), 50 + (first + second) * math.sin(way))
    assert hand == pytest.approx(straight, abs=0.5)


@given(LENGTHS, ANGLES, ANGLES, st.floats(0.75, 1.2))
def test_a_limb_of_one_piece_turns_and_stretches_to_its_point(
    length: float, rest: float, way: float, stretch: float
) -> None:
    tip = (100 + length * math.cos(rest), 50 + length * math.sin(rest))
    limb = Limb("Arm", "Hand", (100.0, 50.0), tip, tip, (length, 0.0))
    away = length * stretch
    found = reach(limb, 100 + away * math.cos(way), 50 + away * math.sin(way))
    ends = rest + math.radians(found.shoulder)
    assert found.length == pytest.approx(stretch)
    assert (math.cos(ends), math.sin(ends)) == pytest.approx((math.cos(way), math.sin(way)), abs=1e-6)


def test_a_hand_goes_with_what_it_drags() -> None:
    curves = played("drag", x=150.0, y=-380.0, to_x=330.0, to_y=-380.0)
    skeleton, limb, drawn = Skeleton(read_drawing(MICHII_SVG), MICHII), MICHII.limbs["Left Arm"], easing("inout")
    for since in (14, 18, 20, 23, 26):
        pose = {name: float(curve[30 + since]) for name, curve in curves.items()}
        hand = moved(skeleton.motions(pose)(limb.tip), limb.hand)
        x, y = ((at - foot) * pose[size] for at, foot, size in zip(hand, MICHII.feet, ("sx", "sy"), strict=True))
        share = drawn(min(max((since - 14) / 12, 0.0), 1.0))
        assert (x, y) == pytest.approx((150 + 180 * share, -380), abs=14), since


def test_an_arm_without_any_length_stays_as_it_is_whatever_it_reaches_for() -> None:
    stub = Limb("Left Arm", "", (10.0, 10.0), (10.0, 10.0), (10.0, 10.0), (0.0, 0.0))
    assert reach(stub, 50.0, -20.0) == Reach(0.0, 0.0, 1.0)
