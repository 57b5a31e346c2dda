"""The livelier manner of acting: holds that never stop and never twitch, eyes first, listeners, shoulders, squash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from storyreel.assets import asset
from storyreel.direct.acting import ACTS, Act, Heard, perform
from storyreel.direct.acting.touches import Landing
from storyreel.puppet.model import Limb, Rig, moved
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import read_drawing
from storyreel.sound.lipsync import MouthCue
from storyreel.stage.posing import Skeleton
from storyreel.timeline.clock import Clock
from storyreel.timeline.track import Baked, Channel, sample
from storyreel.treatment.look import Motion

SVG = asset("puppets", "michii", "michii.svg")
MICHII, GRUMP = (read_rig(asset("puppets", name, f"{name}.svg")) for name in ("michii", "grump"))
HOME = (500.0, 1300.0)
Curves = dict[str, np.ndarray]

HELD = (
    (),
    (Act("pose", 0, 1, (("pose", "cheer"),)),),
    (Act("pose", 0, 1, (("pose", "droop"),)), Act("face", 0, 1, (("expression", "sad"),))),
    (Act("look", 0, 1, (("gx", 0.8), ("gy", 0.2))),),
)
SEEN = {"rot": 0.05, "bend": 0.15, "turn": 0.005, "nod": 0.005, "dx": 0.2, "dy": 0.2, "sy": 0.001, "x": 0.03}
"""By how much a channel has to go in a window of frames for anybody to see it, by its last word."""
SMOOTH = {"rot": 0.35, "bend": 1.0, "turn": 0.02, "nod": 0.02, "dx": 0.5, "dy": 0.5, "sy": 0.004, "sx": 0.004}
"""The most that a channel's speed may change in a frame of a hold."""


def played(
    acts: Sequence[Act] = (),
    length: int = 120,
    cues: Sequence[MouthCue] = (),
    heard: Sequence[Heard] = (),
    seed: int = 5,
    rig: Rig = MICHII,
) -> Curves:
    clock = Clock(Fraction(30))
    channels = perform(rig, acts, cues, length, clock, seed, Motion(), HOME, 0.8, manner=2, heard=heard)
    return {name: curve_of(channel, length) for name, channel in channels}


def curve_of(channel: Channel, length: int) -> np.ndarray:
    """A channel's value at every frame."""
    if not isinstance(channel, Baked):
        return np.full(length, sample(channel, 0))
    return np.asarray(channel.values)[np.clip(np.arange(length) - channel.start, 0, len(channel.values) - 1)]


def begun(curve: np.ndarray, share: float, since: int) -> int:
    """The first frame in which a curve has gone such a share of its way from a frame on."""
    way = np.abs(curve[since:] - curve[since])
    return since + int(np.flatnonzero(way > share * way.max())[0])


def difference(
    acts: Sequence[Act] = (),
    length: int = 120,
    cues: Sequence[MouthCue] = (),
    heard: Sequence[Heard] = (),
    seed: int = 5,
) -> Curves:
    """What acts and lines add to a body that idles with the same seed."""
    still, moving = played(length=length, seed=seed), played(acts, length, cues, heard, seed)
    return {name: curve - still.get(name, np.zeros(length)) for name, curve in moving.items()}


# ---- holds


@cache
def holds() -> tuple[Curves, ...]:
    rigs = (MICHII, GRUMP)
    return tuple(played(acts, 150, seed=seed, rig=rig) for seed, rig in enumerate(rigs) for acts in HELD)


def test_in_any_twelve_frames_of_a_hold_two_kinds_of_things_move() -> None:
    for curves in holds():
        for start in range(8, 138, 3):
            moving = {
                name.rpartition(".")[0]
                for name, curve in curves.items()
                if np.ptp(curve[start : start + 12]) > SEEN.get(name.rpartition(".")[2], np.inf)
            }
            assert len(moving) >= 2, f"a dead hold at frame {start}"


def test_nothing_twitches_in_a_hold() -> None:
    for curves in holds():
        for name, curve in curves.items():
            # Eyes and lids are quick by nature.
            if any(part in name for part in ("Eye", "Lid", "gaze", "blink", "laugh", "Pupil")):
                continue
            most = SMOOTH.get(name.rpartition(".")[2], np.inf)
            assert np.abs(np.diff(curve[8:], 2)).max() < most, f"{name} twitches"


def test_one_mouth_flattens_into_another_and_neither_is_drawn_flat_for_long() -> None:
    curves = played([Act("face", 40, 80, (("expression", "surprised"),))])
    changed = int(np.flatnonzero(np.diff(curves["mouth"]))[0]) + 1
    height = curves["Mouth.sy"]
    assert height[changed - 1 : changed + 1].max() < 0.8
    assert height[changed + 2 : changed + 6].max() > 1.02
    assert np.allclose(height[: changed - 4], 1)
    assert np.allclose(height[changed + 8 :], 1)


def test_what_is_held_drifts_on_for_two_to_four_percent_of_its_way() -> None:
    way = played([Act("face", 20, 21, (("expression", "joy"),))], length=140)["Mouth.sx"] - 1
    assert 0.02 < way[135] / way[27] - 1 < 0.04
    assert np.all(np.diff(way[27:]) >= 0)


def test_bodies_of_another_seed_live_otherwise() -> None:
    assert not np.array_equal(played(seed=1)["Head.rot"], played(seed=2)["Head.rot"])


# ---- eyes first


def test_eyes_are_there_in_three_frames_the_head_follows_three_to_four_later_and_the_body_last() -> None:
    moved_ = difference([Act("look", 40, 41, (("gx", 0.45), ("gy", 0.0)))])
    eyes, head = begun(moved_["gaze.x"], 0.1, 40), begun(moved_["Head.turn"], 0.1, 40)
    assert np.abs(moved_["gaze.x"][43]) > 0.95 * np.abs(moved_["gaze.x"][40:46]).max()
    assert 3 <= head - eyes <= 4
    assert begun(moved_["Body.rot"], 0.1, 40) - head in range(2, 6)


def test_lids_go_down_with_the_eyes() -> None:
    down = difference([Act("look", 40, 41, (("gx", 0.0), ("gy", 0.8)))])
    lid = down.get("Left Lid.dy", down.get("Left Eye.sy"))
    assert lid is not None
    assert np.abs(lid[44:60]).min() > 0.01


# ---- speaking and listening


def test_who_listens_reacts_within_eight_frames_eyes_before_head() -> None:
    for seed in range(6):
        answer = difference(heard=[Heard(50, 95, 0.9, 0.0)], seed=seed)
        assert all(np.abs(answer[name][:50]).max() == 0 for name in ("gaze.x", "Head.turn"))
        assert answer["gaze.x"][58] > 0.2
        assert answer["Left Eyebrow.dy"][58] < 0
        assert begun(answer["Head.turn"], 0.1, 50) > begun(answer["gaze.x"], 0.1, 50)


LINE = [MouthCue(f, v) for f, v in ((40, "Ee"), (44, "M"), (48, "Ah"), (60, "S"), (66, "Uh"), (70, "Neutral"))]


def test_a_line_has_one_gesture_begun_four_frames_before_its_word() -> None:
    said = difference(cues=LINE)
    hands = np.maximum(*(np.abs(said[f"{side} Arm.rot"]) for side in ("Left", "Right")))
    assert hands.max() > 8
    assert 48 - 4 <= begun(hands, 0.05, 0) <= 48
    assert int(np.argmax(hands)) in range(46, 62)


def test_the_head_leans_into_one_word_of_a_line() -> None:
    assert int(np.argmax(difference(cues=LINE)["Head.dy"])) in range(48, 56)


# ---- squash, shoulders, acts


def test_the_head_keeps_its_shape_in_a_landing_that_squashes_the_body() -> None:
    curves = played([Act("stamp", 10, 56, ())], 80)
    skeleton = Skeleton(read_drawing(SVG), MICHII)
    ratios: list[float] = []
    bodies: list[float] = []
    for f in range(10, 60):
        motion = skeleton.motions({name: float(curve[f]) for name, curve in curves.items()})
        for part, found in (("Head", ratios), ("Body", bodies)):
            a, b, c, d, _, _ = motion(part)
            found.append(np.hypot(a, b) / np.hypot(c, d) * curves["sx"][f] / curves["sy"][f])
    assert max(ratios) / min(ratios) < 1.02
    assert max(bodies) / min(bodies) > 1.2


def test_a_raised_arm_lifts_its_shoulder() -> None:
    act = Act("wave", 20, 80, (("side", "left"),))
    raised = difference([act])["Left Arm.dy"]
    assert raised[40] < -0.1 * MICHII.limbs["Left Arm"].bones[0]


@pytest.mark.parametrize("kind", sorted(name for name, kind in ACTS.items() if kind.holds))
def test_what_holds_stays_until_something_moves_the_whole(kind: str) -> None:
    holding, ended = [Act(kind, 20, 44, ())], [Act(kind, 20, 44, ()), Act("hop", 90, 114, ())]
    kept, gone = difference(holding, length=150), difference(ended, length=150)
    assert any(np.abs(curve[84:90]).min() > 0.02 for name, curve in kept.items() if name.startswith(("Head", "Body")))
    assert np.abs(gone["Head.dy"][140:]).max() < 4


@pytest.mark.parametrize("kind", ["kneel", "breathe-in", "shrug", "laugh"])
def test_feet_stay_where_they_stand(kind: str) -> None:
    curves = played([Act(kind, 10, 40, ())], 60)
    skeleton = Skeleton(read_drawing(SVG), MICHII)
    for side in ("Left", "Right"):
        leg: Limb = MICHII.limbs[f"{side} Leg"]
        motions = [skeleton.motions({name: float(curve[f]) for name, curve in curves.items()}) for f in (0, 20, 30, 59)]
        stood = [moved(motion(leg.part), leg.hand) for motion in motions]
        assert np.ptp(np.array(stood), axis=0).max() * 0.8 < 3


def test_a_turn_begins_the_other_way() -> None:
    turned = difference([Act("turn", 40, 49, (("amount", 0.8),))])["Head.turn"]
    assert turned[36:44].min() < -0.02
    assert turned[60] > 0.7


def test_a_hand_is_shown_by_its_name_while_an_act_asks_for_it() -> None:
    named = {f"{side} {hand}" for side in ("Left", "Right") for hand in ("Mitt", "Palm", "Wave")}
    held = {name: f"{name.split()[0]} Hand" for name in named}
    pivots = {**MICHII.pivots, **dict.fromkeys(named, (0.0, 0.0))}
    handed = replace(MICHII, pivots=pivots, carriers={**MICHII.carriers, **held})
    curves = played([Act("wave", 20, 80, (("side", "left"),))], rig=handed)
    assert [curves["Left Wave.show"][f] for f in (5, 45, 110)] == [0, 1, 0]
    assert [curves["Left Mitt.show"][f] for f in (5, 45, 110)] == [1, 0, 1]


# ---- overlap


def test_a_leap_on_something_falls_faster_and_faster_and_gathers_against_its_way() -> None:
    length = 60
    track = np.full(length, 800.0), np.full(length, 1500.0)
    clock = Clock(Fraction(30))
    landing = Landing(4, 28, 50, *track)
    channels = perform(MICHII, (), (), length, clock, 5, Motion(), HOME, 0.8, manner=2, meetings=[landing])
    moves = {name: curve_of(channel, length) for name, channel in channels}
    y, x = moves["y"], moves["x"]
    assert (x[28], y[28]) == pytest.approx((800.0, 1500.0), abs=1e-6)
    falling = np.diff(y)[18:27]
    assert np.all(np.diff(falling) > 0)
    assert np.all(falling[3:] > 0)
    assert y.min() < HOME[1] - 40
    still = played(length=length)
    assert (moves["Body.sy"] - still["Body.sy"])[8:12].min() < -0.08
    assert (moves["rot"] - still.get("rot", np.zeros(length)))[10:16].max() > 4


def test_from_pose_to_pose_the_trunk_goes_first_then_an_arm_then_its_hand() -> None:
    rig = replace(
        MICHII,
        poses={
            **MICHII.poses,
            "far": {"Head.rot": 20.0, "Right Arm.rot": -60.0, "Left Arm.rot": 60.0, "Left Hood Ear.bend": 50.0},
        },
    )
    acts = (Act("pose", 30, 31, (("pose", "far"),)),)
    still, moves = played(rig=rig), played(acts, rig=rig)
    begins = [
        begun(moves[name] - still.get(name, np.zeros(120)), 0.3, 30)
        for name in ("Body.sy", "Head.rot", "Right Arm.rot", "Left Arm.rot")
    ]
    assert begins == sorted(begins)
    assert begins[-1] > begins[0] + 2


def test_a_pose_that_another_one_follows_soon_is_whole_before_it_goes() -> None:
    far = {"Head.rot": 20.0, "Right Arm.rot": -60.0, "Left Arm.rot": 60.0, "Left Hood Ear.bend": 50.0}
    rig = replace(MICHII, poses={**MICHII.poses, "far": far})
    stays, soon, late = (
        played([Act("pose", at, at + 1, (("pose", name),)) for at, name in poses], rig=rig)
        for poses in ([(30, "far")], [(30, "far"), (34, "cheer")], [(30, "far"), (60, "cheer")])
    )
    assert stays["Head.rot"][34] < 15 < soon["Head.rot"][34]
    assert soon["Right Arm.rot"][30:40].min() < -55
    assert np.array_equal(stays["Head.rot"][:58], late["Head.rot"][:58]), "who has time goes as ever"


def test_arms_that_an_act_swings_alike_are_no_twins() -> None:
    moves = played((Act("hop", 20, 44),), length=70)
    left, right = (np.abs(moves[f"{side} Arm.rot"][20:60]) for side in ("Left", "Right"))
    out = (left > 25) & (right > 25)
    assert np.abs(left - right)[out].max() > 12
    assert abs(int(left.argmax()) - int(right.argmax())) >= 1


def test_who_slides_off_goes_back_first_fast_in_the_middle_and_slow_at_both_ends() -> None:
    act = Act("go", 20, 50, (("how", "slide"), ("x", 1100.0), ("y", HOME[1])))
    x = played((act,), length=90)["x"]
    assert x[20:26].min() < HOME[0] - 5
    speed = np.diff(x)
    assert speed[34:40].max() > 2.5 * max(speed[26], speed[48])
    assert x[-1] == pytest.approx(1100.0, abs=2)


def test_a_faces_mouth_is_not_shown_for_a_single_frame_before_a_word() -> None:
    acts = (Act("face", 20, 21, (("expression", "joy"),)),)
    mouth = played(acts, cues=(MouthCue(23, "Ah"), MouthCue(30, "Neutral")))["mouth"]
    assert mouth[22] == mouth[21] == mouth[20]


def test_cheeks_go_up_over_an_open_mouth() -> None:
    cues = (MouthCue(20, "Ah"), MouthCue(40, "Neutral"))
    assert difference(cues=cues)["Blush.dy"][26:38].max() < 0
