"""Time is exact, easings meet their ends, tracks hold and ease as they say."""

from __future__ import annotations

import copy
import math
import pickle
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyreel.timeline.clock import SAMPLE_RATE, Clock
from storyreel.timeline.easing import easing, names
from storyreel.timeline.track import Baked, Keyframe, Track, baked, keyed, quantised, sample

RATES = st.sampled_from([Fraction(24), Fraction(25), Fraction(30), Fraction(30000, 1001), Fraction(60)])


@given(RATES, st.integers(0, 500_000))
def test_a_frame_begins_on_the_sample_nearest_to_its_time(rate: Fraction, frame: int) -> None:
    exact = frame * SAMPLE_RATE / rate
    assert abs(Clock(rate).sample(frame) - exact) <= Fraction(1, 2)


@given(RATES, st.integers(0, 500_000))
def test_frames_to_seconds_and_back_is_the_same_frame(rate: Fraction, frame: int) -> None:
    clock = Clock(rate)
    assert clock.frames(frame / rate) == frame
    assert clock.frames(clock.seconds(frame)) == frame


def test_the_samples_of_ntsc_frames_never_drift() -> None:
    clock = Clock(Fraction(30000, 1001))
    assert clock.sample(30_000) == 1001 * SAMPLE_RATE


@pytest.mark.parametrize(
    "name", [*names(), "spring(120, 12)", "spring(200,40)", "steps(5)", "cubic-bezier(.3, 1.4, .6, 1)"]
)
def test_every_easing_starts_at_nought_and_ends_at_one(name: str) -> None:
    curve = easing(name)
    assert curve(0.0) == 0.0
    assert curve(1.0) == 1.0
    assert all(math.isfinite(curve(i / 50)) for i in range(51))


@pytest.mark.parametrize("name", [n for n in names() if n not in ("hold",)] + ["spring(150, 13)"])
def test_easings_end_without_a_jump(name: str) -> None:
    assert easing(name)(0.999) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("family", ["quad", "cubic", "quart", "quint", "sine"])
@given(st.floats(0, 1))
def test_out_is_in_turned_round(family: str, t: float) -> None:
    assert easing(f"out-{family}")(t) == pytest.approx(1 - easing(f"in-{family}")(1 - t))


def test_a_spring_overshoots_and_a_stiff_damper_does_not() -> None:
    loose, stiff = easing("spring(180, 8)"), easing("spring(100, 30)")
    assert max(loose(i / 100) for i in range(100)) > 1.1
    assert max(stiff(i / 100) for i in range(100)) <= 1.001


def test_a_bezier_follows_its_css_definition() -> None:
    ease = easing("cubic-bezier(0.25, 0.1, 0.25, 1)")
    assert ease(0.5) == pytest.approx(0.8024, abs=0.001)


@pytest.mark.parametrize("name", ["wobble", "in-wobble", "spring(1)", "spring(-1, 2)", "cubic-bezier(2,0,0,1)"])
def test_an_unknown_easing_is_refused_with_what_is_known(name: str) -> None:
    with pytest.raises(ValueError, match="easing"):
        easing(name)


def test_a_track_holds_before_its_first_and_after_its_last_key() -> None:
    track = keyed((10, 1.0), (20, 3.0))
    assert [track.at(f) for f in (0, 10, 15, 20, 99)] == [1.0, 1.0, 2.0, 3.0, 3.0]


def test_a_held_key_jumps_at_the_next_one() -> None:
    track = keyed((0, 5.0, "hold"), (4, 9.0))
    assert [track.at(f) for f in (0, 3, 4)] == [5.0, 5.0, 9.0]


def test_keys_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="rising"):
        Track((Keyframe(3, 0.0), Keyframe(3, 1.0)))


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=40), st.integers(-5, 60))
def test_baked_samples_are_rounded_to_the_grid(values: list[float], frame: int) -> None:
    channel = baked(values, start=3)
    expected = quantised(values[min(max(frame - 3, 0), len(values) - 1)])
    assert sample(channel, frame) == expected
    assert expected * 1024 == round(expected * 1024)


def test_samples_that_never_change_become_a_constant() -> None:
    assert baked([2.0, 2.0, 2.0]) == 2.0
    assert isinstance(baked([2.0, 2.5]), Baked)


@given(st.integers(-5, 5), st.lists(st.floats(-2000, 2000), min_size=1, max_size=20))
def test_baked_values_are_equal_hashed_and_pickled_as_the_numbers_that_they_are(
    start: int, values: list[float]
) -> None:
    made = Baked(start, tuple(values))
    again = pickle.loads(pickle.dumps(made))
    assert made == again == Baked(start, values) == copy.deepcopy(made)
    assert hash(made) == hash(again)
    assert made != Baked(start + 1, values)
    assert made != Baked(start, [*values, 1.0])
    assert [made.at(start + frame) for frame in range(len(values))] == values
    assert list(made.values[1:]) == values[1:]


def test_baked_values_take_eight_bytes_each() -> None:
    made = baked(math.sin(frame) for frame in range(10_000))
    assert isinstance(made, Baked)
    assert sys.getsizeof(made.values) < 8.2 * 10_000
    assert len(pickle.dumps(made)) < 8.1 * 10_000
