"""A puppet that acts: alive when idle, weighty when it moves, the same each time."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from storyreel.assets import asset
from storyreel.direct.acting import ACTS, Act, moments, perform
from storyreel.direct.acting.limbs import reach
from storyreel.errors import StoryreelError
from storyreel.puppet.model import Limb
from storyreel.puppet.rig import read_rig
from storyreel.sound.lipsync import MouthCue
from storyreel.timeline.clock import Clock
from storyreel.timeline.track import sample
from storyreel.treatment.contract import Exposure
from storyreel.treatment.look import Motion

MICHII, GRUMP = (read_rig(asset("puppets", name, f"{name}.svg")) for name in ("michii", "grump"))
HOME = (500.0, 1300.0)
STATES = {"face": {"expression": "joy"}, "pose": {"pose": "cheer"}, "turn": {"amount": 0.7}, "look": {"gx": 1.0}}
TRAVEL = {"side": "left", "how": "hop", "distance": 800.0}


def act(kind: str, start: int, seconds: float | None = None, rate: int = 30, **values: object) -> Act:
    length = ACTS[kind].seconds if seconds is None else seconds
    given = {**STATES.get(kind, {}), **(TRAVEL if kind in ("enter", "exit") else {}), **values}
    return Act(kind, start, start + max(round(length * rate), 1), tuple(given.items()))


def played(*acts: Act, rig=MICHII, cues=(), length: int = 150, rate: int = 30, seed: int = 5) -> dict[str, np.ndarray]:
    channels = perform(rig, acts, cues, length, Clock(Fraction(rate)), seed, Motion(), HOME, 0.8)
    return {name: np.array([sample(channel, f) for f in range(length)]) for name, channel in channels}


def test_who_has_no_mouth_hears_a_line_of_theirs_out_whatever_the_exposure() -> None:
    mute = replace(MICHII, mouths=())
    cues = (MouthCue(0, "D"), MouthCue(9, "Neutral"), MouthCue(20, "Neutral"))
    threes = Exposure({"cast": Fraction(3)})
    channels = perform(mute, (), cues, 30, Clock(Fraction(30)), 3, Motion(), HOME, 0.8, exposure=threes)
    assert [sample(dict(channels)["mouth"], frame) for frame in range(30)] == [0.0] * 30


@pytest.mark.parametrize("kind", sorted(ACTS))
@pytest.mark.parametrize("rig", [MICHII, GRUMP], ids=["michii", "grump"])
def test_every_act_plays_on_every_puppet(kind: str, rig) -> None:
    curves = played(act(kind, 20), rig=rig)
    assert all(np.isfinite(curve).all() for curve in curves.values())
    assert all(len(set(curve.round(3))) > 1 for name, curve in curves.items() if name in ("sy", "Head.rot"))


def test_the_same_acts_give_the_same_channels() -> None:
    acts = (act("dance", 10), act("stamp", 80))
    one = perform(MICHII, acts, (), 150, Clock(Fraction(30)), 3, Motion(), HOME, 0.8)
    assert one == perform(MICHII, acts, (), 150, Clock(Fraction(30)), 3, Motion(), HOME, 0.8)
    assert one != perform(MICHII, acts, (), 150, Clock(Fraction(30)), 4, Motion(), HOME, 0.8)


SNAPS = ("stamp", "bonk", "perk", "exit", "enter", "cheer")
"""Acts that are meant to snap."""


@pytest.mark.parametrize("kind", sorted(set(ACTS) - set(SNAPS)))
def test_nothing_pops(kind: str) -> None:
    curves = played(act(kind, 30))
    for name, curve in curves.items():
        if name.endswith(".rot") and not name.endswith(("Lock.rot", "Hand.rot", "Foot.rot")):
            assert np.abs(np.diff(curve)).max() < 36, f"{name} jumps in {kind}"


def test_nothing_is_ever_dead_still() -> None:
    curves = played(length=90)
    for start in range(0, 80, 10):
        assert any(np.ptp(curve[start : start + 10]) > 0.05 for name, curve in curves.items() if name != "mouth")


@pytest.mark.parametrize("kind", ["hop", "dance", "cheer", "laugh"])
def test_volume_is_kept(kind: str) -> None:
    curves = played(act(kind, 20))
    volume = curves["sx"] * curves["sy"]
    assert 0.88 < volume.min() <= volume.max() < 1.1


def test_springs_come_to_rest() -> None:
    ears, idle = played(act("stamp", 10), length=240)["Left Ear.bend"], played(length=240)["Left Ear.bend"]
    assert np.abs(ears[10:60]).max() > 25
    assert np.abs(ears - idle)[200:].max() < 1


def test_blinks_come_as_often_as_people_blink() -> None:
    lids = played(length=30 * 120)["blink.Left"]
    shut = lids >= 0.5
    starts = np.flatnonzero(shut[1:] & ~shut[:-1])
    assert 8 * 2 <= len(starts) <= 30 * 2
    runs = np.diff(np.flatnonzero(np.diff(shut.astype(int)) != 0))[::2]
    assert runs.max() <= 12


def test_the_mouth_follows_its_cues_and_then_the_face() -> None:
    cues = (MouthCue(30, "Ah"), MouthCue(34, "M"), MouthCue(37, "Ee"), MouthCue(42, "Neutral"))
    curve = played(act("face", 0, expression="happy"), cues=cues, length=90)["mouth"]
    shown = [MICHII.mouths[int(value)] for value in curve]
    assert shown[30:34] == ["Ah"] * 4
    assert shown[34:37] == ["M"] * 3
    assert shown[37:42] == ["Ee"] * 5
    assert shown[42] == "Neutral"
    assert shown[80] == "Smile"


def test_a_face_whose_mouth_has_shapes_of_its_own_to_speak_with_smiles_while_it_speaks() -> None:
    rig = replace(MICHII, mouths=(*MICHII.mouths, "Smile Ah", "Smile M"))
    cues = (MouthCue(30, "Ah"), MouthCue(34, "M"), MouthCue(37, "Neutral"), MouthCue(42, "Ah"), MouthCue(46, "Neutral"))
    smiling = played(act("face", 0, expression="happy"), rig=rig, cues=cues, length=90)["mouth"]
    assert [rig.mouths[int(smiling[at])] for at in (31, 35, 39, 43)] == ["Smile Ah", "Smile M", "Smile", "Smile Ah"]
    plain = played(rig=rig, cues=cues, length=90)["mouth"]
    assert rig.mouths[int(plain[31])] == "Ah"


def test_whoever_enters_comes_from_off_the_stage_and_ends_at_home() -> None:
    curves = played(act("enter", 10), length=120)
    assert curves["x"][10] < HOME[0] - 600
    assert curves["x"][100] == pytest.approx(HOME[0], abs=1)
    assert curves["y"][100] == pytest.approx(HOME[1], abs=1)


def test_whoever_goes_arrives_there_and_stays() -> None:
    curves = played(act("go", 10, x=800.0, y=1250.0), length=120)
    assert curves["x"][5] == pytest.approx(HOME[0], abs=1)
    assert curves["x"][110] == pytest.approx(800, abs=1)


def test_a_stamp_may_raise_one_fist_and_press_flat() -> None:
    open_, fist = played(act("stamp", 0), length=120), played(act("stamp", 0, arms="fist", flat=0.32), length=120)
    slam = dict(moments("stamp", {}, 0, 46, Clock(Fraction(30))))["slam"]
    assert fist["sy"][slam : slam + 4].min() < open_["sy"][slam : slam + 4].min() - 0.05
    left, right = (abs(fist[f"{side} Arm.rot"][slam + 12]) for side in ("Left", "Right"))
    assert left > right + 50


def test_a_stamp_gathers_jumps_slams_and_stays_lower_by_its_drop() -> None:
    curves = played(act("stamp", 0, drop=50.0), length=120)
    found = dict(moments("stamp", {}, 0, 46, Clock(Fraction(30))))
    y = curves["y"] - HOME[1]
    assert y[: found["takeoff"]].min() > -40
    assert y.min() < -200
    assert abs(y[found["slam"]] - 50) < 25
    assert y[110] == pytest.approx(50, abs=2)


@pytest.mark.parametrize("rate", [24, 30, 60])
def test_an_act_takes_as_long_at_any_frame_rate(rate: int) -> None:
    curves = played(act("hop", rate, rate=rate), length=4 * rate, rate=rate)
    high = np.argmin(curves["y"]) / rate
    assert high == pytest.approx(1.34, abs=0.05)


def test_feet_stay_where_they_are_while_hips_sway() -> None:
    curves = played(length=300)
    limb = MICHII.limbs["Left Leg"]
    for f in range(0, 300, 7):
        turn = np.radians(curves["Left Leg.rot"][f])
        away = (np.array(limb.hand) - np.array(limb.shoulder)) * [1.0, curves["Left Leg.sy"][f]]
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        hip = np.array(limb.shoulder) + np.array((curves["Left Leg.dx"][f], curves["Left Leg.dy"][f]))
        assert np.abs(hip + spin @ away - np.array(limb.hand)).max() < 3


def test_an_unknown_face_is_refused_with_a_suggestion() -> None:
    with pytest.raises(StoryreelError, match="did you mean 'happy'"):
        played(act("face", 3, expression="hapy"))


@pytest.mark.parametrize(("x", "y"), [(60.0, 40.0), (-30.0, 90.0), (10.0, 130.0), (70.0, -60.0)])
@pytest.mark.parametrize("bend", [1.0, -1.0])
def test_a_two_bone_limb_reaches_its_point(x: float, y: float, bend: float) -> None:
    limb = Limb("Arm", "Hand", (0, 0), (0, 80), (20, 140), (80, float(np.hypot(20, 60))))
    found = reach(limb, x, y, bend)

    def turned(point: np.ndarray, degrees: float) -> np.ndarray:
        a = np.radians(degrees)
        return np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]) @ point

    elbow = turned(np.array([0.0, 80.0]), found.shoulder)
    hand = elbow + turned(np.array([20.0, 60.0]), found.shoulder + found.elbow)
    assert hand == pytest.approx([x, y], abs=0.01)
