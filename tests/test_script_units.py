"""The small notations: times, frame rates."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyreel.script.units import Duration, frame_rate

AMOUNTS = st.decimals(min_value=0, max_value=10_000, places=3).map(lambda number: f"{number:f}")
RATES = st.sampled_from([Fraction(24), Fraction(25), Fraction(30), Fraction(30000, 1001), Fraction(60)])


@given(AMOUNTS, RATES, st.floats(40, 240))
def test_the_units_of_time_agree(amount: str, rate: Fraction, tempo: float):
    seconds = Duration.parse(f"{amount}s").seconds(rate, tempo)
    assert seconds == Fraction(amount)
    assert Duration.parse(f"{amount}ms").seconds(rate, tempo) * 1000 == seconds
    assert Duration.parse(f"{amount}f").seconds(rate, tempo) * rate == seconds
    assert Duration.parse(f"{amount}beats").seconds(rate, tempo) * Fraction(tempo) / 60 == seconds


@given(AMOUNTS, st.sampled_from(["s", "ms", "f", "beats"]))
def test_a_time_reads_back_as_it_is_written(amount: str, unit: str):
    read = Duration.parse(f" {amount} {unit} ")
    assert Duration.parse(f"{amount}{unit}") == read
    assert hash(Duration.parse(f"{amount}{unit}")) == hash(read)


@given(st.text(max_size=12))
def test_a_text_is_a_time_or_is_refused(text: str):
    try:
        assert Duration.parse(text).amount >= 0
    except ValueError as error:
        assert "is not a time" in str(error)  # noqa: PT017 -- either way is right, by the text


@pytest.mark.parametrize("value", [2, 2.5, None, True, [], "2", "s", "-1s", "1m", "1 s s", "1e3s", "2.s"])
def test_what_is_no_time_is_refused(value: object):
    with pytest.raises(ValueError, match="is not a time; write 2s, 450ms"):
        Duration.parse(value)


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        (30, Fraction(30)),
        (30.0, Fraction(30)),
        ("24", Fraction(24)),
        ("30000/1001", Fraction(30000, 1001)),
        (29.97, Fraction(30000, 1001)),
        ("23.976", Fraction(24000, 1001)),
        (12.5, Fraction(25, 2)),
    ],
)
def test_a_frame_rate_is_exact(written: object, rate: Fraction):
    assert frame_rate(written) == rate


@pytest.mark.parametrize("written", [0, 0.5, 121, "30/0", "fast", "-30", True, None, "30/1001/2"])
def test_what_is_no_frame_rate_is_refused(written: object):
    with pytest.raises(ValueError, match="frame rate"):
        frame_rate(written)
