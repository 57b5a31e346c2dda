"""Acting as an animator would check it: timing, arcs, follow-through, holds, and what follows from nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyreel.assets import asset
from storyreel.direct.acting import ACTS, Act, moments, natural_seconds, perform
from storyreel.direct.acting.chart import run
from storyreel.direct.acting.idle import blink_times
from storyreel.direct.acting.motor import chase
from storyreel.puppet.model import Limb, Rig, Spring, moved
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import read_drawing
from storyreel.sound.lipsync import MouthCue
from storyreel.stage.posing import Skeleton
from storyreel.timeline.clock import Clock
from storyreel.timeline.track import sample
from storyreel.treatment.contract import ONES, Exposure
from storyreel.treatment.look import Motion

MICHII, GRUMP = (read_rig(asset("puppets", name, f"{name}.svg")) for name in ("michii", "grump"))
HOME, SCALE = (500.0, 1300.0), 0.8
FILM = Clock(Fraction(30))
Curves = dict[str, np.ndarray]

STICK = Rig(
    root="Stick",
    height=1000.0,
    width=300.0,
    feet=(0.0, 0.0),
    pivots={
        "Stick": (0.0, 0.0),
        "Body": (0.0, -300.0),
        "Head": (0.0, -600.0),
        "Left Arm": (80.0, -560.0),
        "Left Hand": (80.0, -360.0),
        "Left Leg": (40.0, -300.0),
        "Left Foot": (40.0, -30.0),
        "Left Ear": (60.0, -800.0),
    },
    carriers={
        "Body": "Stick",
        "Head": "Stick",
        "Left Arm": "Stick",
        "Left Hand": "Left Arm",
        "Left Leg": "Stick",
        "Left Foot": "Left Leg",
        "Left Ear": "Head",
    },
    limbs={
        "Left Arm": Limb("Left Arm", "Left Hand", (80, -560), (80, -360), (80, -360), (200.0, 0.0)),
        "Left Leg": Limb("Left Leg", "Left Foot", (40, -300), (40, -30), (40, -30), (270.0, 0.0)),
    },
    springs=(Spring("Left Ear", -85.0, 250.0, 95.0, 6.5),),
    mouths=("Neutral", "Ah", "M"),
)
"""A body with one arm, one leg, one ear, and nothing else."""


def act(kind: str, start: int, end: int | None = None, clock: Clock = FILM, **values: object) -> Act:
    given = tuple(values.items())
    natural = clock.frames(Fraction(natural_seconds(kind, dict(given)))) if kind in ACTS else 0
    return Act(kind, start, start + max(natural, 1) if end is None else end, given)


def played(
    acts: Sequence[Act] = (),
    length: int = 150,
    rig: Rig = MICHII,
    cues: Sequence[MouthCue] = (),
    clock: Clock = FILM,
    seed: int = 5,
    motion: Motion | None = None,
    seen: Sequence[tuple[float, float]] = (),
    exposure: Exposure = ONES,
) -> Curves:
    channels = perform(rig, acts, cues, length, clock, seed, motion or Motion(), HOME, SCALE, seen, exposure)
    return {name: np.array([sample(channel, f) for f in range(length)]) for name, channel in channels}


NAMED = {"face": {"expression": "joy"}, "pose": {"pose": "droop"}}
FREE = sorted(set(ACTS) - set(NAMED))
RATES = [Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(30), Fraction(60)]


# ---- charts and motors


@given(st.lists(st.tuples(st.floats(0.5, 12), st.floats(-200, 200)), min_size=2, max_size=9))
def test_a_chart_goes_through_its_keys_and_never_past_them(steps: list[tuple[float, float]]) -> None:
    times = np.cumsum([gap for gap, _ in steps])
    marks = [(float(t), value, "") for t, (_, value) in zip(times, steps, strict=True)]
    t = np.linspace(times[0] - 2, times[-1] + 2, 400)
    curve = run(marks, t)
    assert run(marks, times) == pytest.approx([value for _, value, _ in marks], abs=1e-6)
    for (t0, a, _), (t1, b, _) in itertools.pairwise(marks):
        inside = curve[(t >= t0) & (t <= t1)]
        assert inside.size == 0 or (inside.min() >= min(a, b) - 1e-6 and inside.max() <= max(a, b) + 1e-6)


def test_a_key_takes_back_the_ones_that_it_overtakes() -> None:
    t = np.arange(8.0)
    assert (run([(0, 0, ""), (6, 1, ""), (12, 2, ""), (6, 5, "")], t) == run([(0, 0, ""), (6, 5, "")], t)).all()


@given(st.floats(1.5, 9), st.floats(0.3, 0.95), st.floats(-100, 100))
def test_what_follows_overshoots_a_step_and_settles_on_it(hertz: float, zeta: float, step: float) -> None:
    target = np.where(np.arange(240) < 10, 0.0, step)
    curve = chase(target[None], 30.0, hertz, zeta)[0]
    assert curve[:10] == pytest.approx(0.0, abs=1e-9)
    assert curve[-1] == pytest.approx(step, abs=0.02 * abs(step) + 1e-6)


@given(st.floats(2, 7), st.floats(0.3, 0.9))
def test_what_follows_a_straight_line_does_so_alike_at_any_frame_rate(hertz: float, zeta: float) -> None:
    found = []
    for rate in (24.0, 30.0, 60.0):
        seconds = np.arange(int(2 * rate) + 1) / rate
        found.append(chase(np.clip(seconds - 0.5, 0, 0.5)[None] * 80, rate, hertz, zeta)[0][[int(rate), int(2 * rate)]])
    assert found[0] == pytest.approx(found[1], abs=1e-6)
    assert found[0] == pytest.approx(found[2], abs=1e-6)


# ---- what a film rests on


@pytest.mark.parametrize("kind", ["dance", "stamp", "wave", "droop", "enter", "point"])
def test_what_comes_later_changes_nothing_before(kind: str) -> None:
    acts, cues = [act(kind, 20)], [MouthCue(30, "Ah"), MouthCue(36, "M"), MouthCue(40, "Neutral")]
    short, long = played(acts, 110, cues=cues), played([*acts, act("cheer", 180)], 260, cues=cues)
    for name, curve in short.items():
        assert np.abs(long[name][:100] - curve[:100]).max() < 0.01, name


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(30000, 1001), Fraction(60)])
@pytest.mark.parametrize("kind", FREE)
def test_moments_come_in_order_and_at_the_same_time_at_any_rate(kind: str, rate: Fraction) -> None:
    clock = Clock(rate)
    here, there = act(kind, 0), act(kind, 0, clock=clock)
    found = moments(kind, {}, here.start, here.end, FILM)
    other = moments(kind, {}, there.start, there.end, clock)
    assert [frame for _, frame in found] == sorted(frame for _, frame in found)
    assert {"start", "end"} <= {name for name, _ in found}
    assert ("end", here.end) in found
    assert sorted(name for name, _ in found) == sorted(name for name, _ in other)
    seconds = sorted((name, frame / 30) for name, frame in found)
    for (name, at), (_, frame) in zip(seconds, sorted(other), strict=True):
        assert at == pytest.approx(frame / float(rate), abs=0.045), name


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(FREE), st.integers(-10, 80), st.integers(1, 90)), max_size=5),
    st.integers(1, 100),
    st.sampled_from([Fraction(12), Fraction(24), Fraction(30000, 1001), Fraction(60)]),
    st.sampled_from([MICHII, GRUMP, STICK]),
)
def test_any_acts_at_any_time_make_a_pose_that_can_be_drawn(
    given_acts: list[tuple[str, int, int]], length: int, rate: Fraction, rig: Rig
) -> None:
    acts = [Act(kind, start, start + frames) for kind, start, frames in given_acts]
    curves = played(acts, length, rig, clock=Clock(rate))
    for name, curve in curves.items():
        assert np.isfinite(curve).all(), name
        part, dot, _ = name.rpartition(".")
        assert not dot or rig.has(part) or part in ("gaze", "blink", "laugh"), name
    assert (curves["sy"] > 0.3).all()
    assert (curves["sx"] > 0.3).all()


@pytest.mark.parametrize("kind", FREE)
def test_an_act_that_is_shorter_than_its_gestures_can_be_drawn(kind: str) -> None:
    for frames in range(1, 24):
        for name, curve in played([Act(kind, 0, frames)], 40).items():
            assert np.isfinite(curve).all(), (frames, name)


def test_a_squash_keeps_the_volume_whatever_happens_at_once() -> None:
    acts = [act("dance", 0, 150), act("stamp", 20), act("laugh", 30, 80), act("bonk", 50), act("hop", 60)]
    curves = played(acts)
    volume = curves["sx"] * curves["sy"]
    assert np.ptp(curves["sy"]) > 0.4
    assert 0.905 < volume.min() <= volume.max() < 1.045


# ---- life


def test_blinks_keep_apart_but_for_double_ones() -> None:
    gaps = np.concatenate([np.diff(blink_times(seed, 600.0)) for seed in range(12)])
    single = gaps[gaps > 0.4]
    assert single.min() >= 1.19
    assert 0.04 < np.mean(gaps <= 0.4) < 0.2
    assert 2.0 < np.median(single) < 3.6
    assert gaps.max() < 7


def test_a_crowd_is_not_in_step() -> None:
    crowd = [played(seed=seed, length=400) for seed in range(6)]
    for name in ("sy", "Head.rot", "gaze.x", "blink.Left"):
        alike = [np.corrcoef(one[name], other[name])[0, 1] for one, other in itertools.combinations(crowd, 2)]
        assert abs(np.mean(alike)) < 0.3, name
        assert max(alike) < 0.95, name


@pytest.mark.parametrize(("kind", "moment"), [("perk", "up"), ("stamp", "slam")])
def test_eyes_are_open_when_they_have_to_be_seen(kind: str, moment: str) -> None:
    for seed in range(8):
        one = act(kind, 60)
        at = dict(moments(kind, {}, one.start, one.end, FILM))[moment]
        lids = played([one], 160, seed=seed)["blink.Left"]
        assert lids[at + 2 : at + 12].max() < 0.5


def test_eyes_arrive_before_the_head_that_turns_after_them() -> None:
    curves, idle = played([act("look", 30, gx=0.8, gy=0.0)], 90, seed=2), played([], 90, seed=2)
    eyes, head = curves["gaze.x"] - idle["gaze.x"], curves["Head.turn"]
    assert np.argmax(eyes > 0.6) < np.argmax(head > 0.3) - 3
    assert eyes[70] < eyes[34] - 0.1
    assert curves["blink.Left"][28:36].max() > 0.5


def test_an_expression_changes_behind_a_blink_and_moves_the_mouth_with_it() -> None:
    curves = played([act("face", 40, expression="sad")], 90, seed=3)
    changes = np.flatnonzero(np.diff(curves["mouth"]))
    assert len(changes) == 1
    assert curves["blink.Left"][changes[0] + 1] >= 0.5


def test_a_glad_face_never_shuts_its_eyes_like_one_asleep() -> None:
    curves = played([act("face", 20, expression="joy"), act("face", 250, expression="sad")], 300, seed=3)
    assert not np.any(curves["blink.Left"][20:246] >= 0.5)
    laughing = curves["laugh.Left"][20:246] >= 0.5
    assert 0 < laughing.sum() < 40


def test_nobody_blinks_at_a_hit() -> None:
    look = [act("look", 40, gx=-1.0), act("face", 41, expression="angry")]
    shut = [played(look, 90, seen=seen)["blink.Left"][35:52] >= 0.5 for seen in ((), ((35.0, 52.0),))]
    assert shut[0].any()
    assert not shut[1].any()


# ---- overlap and follow-through


def test_ears_swing_on_when_the_head_has_come_to_rest() -> None:
    curves, idle = played([act("look", 30, gx=1.0, gy=0.0)], 120), played([], 120)
    head = np.abs(np.diff(curves["Head.rot"] - idle["Head.rot"]))
    ear = curves["Left Ear.bend"] - idle["Left Ear.bend"]
    fastest, swung = int(np.argmax(head)), int(np.argmax(np.abs(ear)))
    back = swung + int(np.argmax(-ear[swung:] * np.sign(ear[swung])))
    assert np.abs(ear[swung]) > 3
    assert fastest < swung < back
    assert 3 <= back - fastest <= 22
    assert np.abs(ear[110:]).max() < 0.5


def test_ears_flop_when_a_head_shoots_up_and_stand_long_when_it_falls() -> None:
    one = act("jump", 30)
    curves = played([one], 120)
    at = dict(moments("jump", {}, one.start, one.end, FILM))
    idle = played([], 120)
    bend = (curves["Left Ear.bend"] - idle["Left Ear.bend"])[at["takeoff"] : at["takeoff"] + 6]
    assert bend.max() > 20
    assert curves["Left Ear.sy"][at["land"] - 3 : at["land"] + 3].max() > 1.04


def test_hair_flies_up_in_a_fall() -> None:
    one = act("stamp", 30)
    slam = dict(moments("stamp", {}, one.start, one.end, FILM))["slam"]
    curves = played([one], 120)
    assert curves["Right Lock.bend"][slam - 1 : slam + 4].max() > 20
    assert curves["Left Lock.bend"][slam - 1 : slam + 4].min() < -20


def test_a_drooping_ear_falls_after_its_owner_and_they_do_not_fall_together() -> None:
    curves = played([act("droop", 30)], 140)

    def half(curve: np.ndarray) -> int:
        return int(np.argmax(np.abs(curve) > 45))

    left, right, head = half(curves["Left Ear.bend"]), half(curves["Right Ear.bend"]), curves["Head.dy"]
    assert abs(left - right) >= 2
    assert 34 <= min(left, right) <= 60
    assert np.abs(curves["Left Ear.bend"][110:]).min() > 70
    assert head[110:].mean() > head[:25].mean() + 10


@pytest.mark.parametrize("kind", ["hop", "jump", "cheer", "stamp"])
def test_a_leap_gathers_before_it_stretches_and_gives_after_it_lands(kind: str) -> None:
    one = act(kind, 40)
    at = dict(moments(kind, {}, one.start, one.end, FILM))
    curves = played([one], 140)
    sy, y = curves["sy"], curves["y"]
    land = at.get("slam", at.get("land", 0))
    assert sy[40 : at["takeoff"] + 1].min() < 0.9
    assert sy[at["takeoff"] : at["takeoff"] + 4].max() > 1.05
    assert y[: at["takeoff"]].min() > HOME[1] - 12
    assert sy[land : land + 4].min() < 0.9
    assert sy[land + 3 : land + 10].max() > 1.02


# ---- arms, feet


def test_of_two_acts_that_want_an_arm_the_later_has_it() -> None:
    dance, both = played([act("dance", 0, 120)]), played([act("dance", 0, 120), act("wave", 30, 100, side="right")])
    assert np.ptp(dance["Right Arm.rot"][45:90]) > 60
    assert both["Right Arm.rot"][45:90].min() > 60
    assert np.abs(both["Left Arm.rot"] - dance["Left Arm.rot"])[:30].max() < 0.01


@pytest.mark.parametrize("kind", ["wave", "cheer"])
def test_a_raised_arm_is_drawn_in_front_and_a_hanging_one_is_not(kind: str) -> None:
    curves = played([act(kind, 30, 90)], 140)
    raised = curves["Right Arm.rot"] > 75
    assert raised.any()
    assert (curves["Right Arm.front"][raised] == 1).all()
    assert (curves["Right Arm.front"][:30] == 0).all()


@pytest.mark.parametrize("goes", [{"x": 900.0}, {"x": 150.0}])
def test_a_foot_that_stands_does_not_slide_while_its_body_walks_on(goes: dict[str, float]) -> None:
    curves = played([act("go", 20, 80, y=HOME[1], how="walk", **goes)], 120)
    skeleton = Skeleton(read_drawing(asset("puppets", "michii", "michii.svg")), MICHII)
    stood = 0
    for side in ("Left", "Right"):
        limb, before = MICHII.limbs[f"{side} Leg"], None
        for f in range(30, 75):
            motion = skeleton.motions({name: float(curve[f]) for name, curve in curves.items()})
            x, y = moved(motion(limb.part), limb.hand)
            on_stage = curves["x"][f] + (x - MICHII.feet[0]) * SCALE * curves["sx"][f]
            planted = limb.hand[1] - y < 2
            if planted and before is not None:
                stood += 1
                assert abs(on_stage - before) < 4
            before = on_stage if planted else None
    assert stood > 25


def test_legs_with_knees_bend_them_and_keep_their_feet() -> None:
    rig = Rig(
        root="Stick",
        height=1000.0,
        width=300.0,
        feet=(0.0, 0.0),
        pivots={**STICK.pivots, "Left Shin": (40.0, -160.0)},
        carriers={**STICK.carriers, "Left Shin": "Left Leg", "Left Foot": "Left Shin"},
        limbs={"Left Leg": Limb("Left Leg", "Left Foot", (40, -300), (40, -160), (40, -30), (140.0, 130.0))},
    )
    curves = played([act("stamp", 10)], 90, rig)
    assert np.abs(curves["Left Shin.rot"]).max() > 30
    thigh, knee = np.radians(curves["Left Leg.rot"][18]), np.radians(curves["Left Shin.rot"][18])
    x = 40 + curves["Left Leg.dx"][18] - 140 * np.sin(thigh) - 130 * np.sin(thigh + knee)
    y = -300 + curves["Left Leg.dy"][18] + 140 * np.cos(thigh) + 130 * np.cos(thigh + knee)
    assert y == pytest.approx(-30, abs=4)
    assert x > 40 + 10


# ---- coming and going


def test_whoever_pops_up_grows_from_nothing_past_its_size_and_settles() -> None:
    size = played([act("enter", 20, side="pop")], 120)["scale"]
    assert size[:20].max() < 0.01
    assert size.max() > 1.05 * SCALE
    assert size[80:] == pytest.approx(np.full(40, SCALE), abs=0.01)


@pytest.mark.parametrize("side", ["left", "right", "top", "bottom"])
@pytest.mark.parametrize("how", ["hop", "walk", "slide", "bounce", "tumble"])
def test_whoever_comes_in_has_its_feet_on_the_ground_at_last(side: str, how: str) -> None:
    one = act("enter", 10, side=side, how=how, distance=700.0)
    curves = played([one], 130)
    away = (curves["x"][9] - HOME[0], curves["y"][9] - HOME[1])
    assert np.hypot(*away) > 650
    for f in range(one.end + 1, 130):
        assert (curves["x"][f], curves["y"][f]) == pytest.approx(HOME, abs=1.0)


def test_whoever_tumbles_turns_over_and_falls_out() -> None:
    curves = played([act("tumble", 20, side="right", distance=700.0)], 90)
    assert curves["rot"].max() > 200
    assert curves["y"].max() > HOME[1] + 600
    assert curves["y"][22:30].min() < HOME[1]


def test_whoever_tumbles_in_turns_over_its_middle_and_lands_on_its_feet() -> None:
    curves = played([act("enter", 10, side="left", how="tumble", distance=700.0)], 130)
    assert np.ptp(curves["rot"]) > 300
    assert curves["rot"][80] % 360 == pytest.approx(0, abs=5)
    half_over = int(np.argmax(curves["rot"] > 180))
    assert HOME[1] - curves["y"][half_over] > 500, "upside down, the feet are up in the air"


@pytest.mark.parametrize("again", [{"side": "right", "how": "hop"}, {"side": "pop"}, {"side": "top", "how": "tumble"}])
@pytest.mark.parametrize("how", ["walk", "pop", "tumble"])
def test_whoever_has_left_can_come_back_to_where_it_stood(how: str, again: dict[str, str]) -> None:
    leaves = act("exit", 10, side="left", how=how, distance=700.0)
    curves = played([leaves, act("enter", 100, distance=700.0, **again)], 200)

    def seen(frame: int) -> bool:
        there = (curves["x"][frame], curves["y"][frame]) == pytest.approx(HOME, abs=1.0)
        full = curves["scale"][frame] == pytest.approx(curves["scale"][0], rel=0.02)
        upright = np.cos(np.radians(curves.get("rot", np.zeros(200))[frame])) > 0.99
        return bool(there and full and upright and curves["sy"][frame] == pytest.approx(1, abs=0.06))

    assert [seen(frame) for frame in (5, 70, 95, 170, 199)] == [True, False, False, True, True]


def test_footfalls_are_told() -> None:
    found = [name for name, _ in moments("enter", {"side": "left", "how": "hop"}, 0, 38, FILM)]
    assert found.count("step") == 3
    assert found[-2:] == ["land", "end"] or found[-2:] == ["end", "land"]


# ---- looks


@pytest.mark.parametrize("held", [2, Fraction(5, 2), 3])
@pytest.mark.parametrize("rate", RATES)
def test_a_look_that_holds_its_drawings_never_loses_a_closure(held: Fraction, rate: Fraction) -> None:
    exposure, clock = Exposure({"cast": Fraction(held)}), Clock(rate)
    for shut in range(31, 36):
        cues = [MouthCue(30, "Ah"), MouthCue(shut, "M"), MouthCue(shut + 1, "Ah"), MouthCue(40, "Neutral")]
        mouth = played(length=45, cues=cues, clock=clock, exposure=exposure)["mouth"]
        began = [exposure.began("cast", frame, rate) for frame in range(45)]
        assert (mouth[began] == mouth).all()
        assert mouth[shut] == MICHII.mouths.index("M")


def test_a_look_may_squash_less_and_trail_less() -> None:
    acts = [act("jump", 20)]
    full, stiff = played(acts), played(acts, motion=Motion(squash=0.4, follow=0.3))
    assert np.ptp(stiff["sy"]) < 0.5 * np.ptp(full["sy"])
    assert np.ptp(stiff["Left Ear.bend"]) < 0.7 * np.ptp(full["Left Ear.bend"])


def test_the_mouth_grows_into_its_shapes_while_it_speaks() -> None:
    cues = [MouthCue(30, "Ah"), MouthCue(36, "M"), MouthCue(39, "Oh"), MouthCue(45, "Neutral")]
    height = played(cues=cues)["Mouth.sy"]
    assert height[30] < 0.9
    assert height[35] > height[30] + 0.08
    assert height[:28] == pytest.approx(1.0, abs=0.01)


def test_what_a_pose_shows_is_hidden_before_it_and_after_it() -> None:
    curves = played([act("pose", 30, pose="stop"), act("pose", 60, pose="rest")], 90)
    for name, shown in (("Left Palm.show", 1.0), ("Left Mitt.show", 0.0)):
        assert np.all(curves[name][30:60] == shown)
        assert np.all(curves[name][:30] == 1 - shown)
        assert np.all(curves[name][60:] == 1 - shown)


def test_who_droops_lets_its_ears_hang_and_holds_its_paws() -> None:
    curves = played([act("droop", 0)], 120)
    assert curves["Left Ear.rot"][60] > 60
    assert curves["Right Ear.rot"][60] < -60
    assert min(abs(curves[f"{side} Ear.bend"][60]) for side in ("Left", "Right")) > 80
    rest = played((), 120)
    inward = [curves[f"{side} Arm.rot"][60] - rest[f"{side} Arm.rot"][60] for side in ("Left", "Right")]
    assert inward[0] > 15
    assert inward[1] < -15


def test_two_blinks_that_would_run_together_are_one_of_three_frames() -> None:
    curves = played([act("face", 40, expression="sad"), act("look", 41, gx=1.0)], 70, seed=3)
    shut = np.flatnonzero(curves["blink.Left"][34:52] >= 0.5)
    assert 0 < len(shut) <= 3
