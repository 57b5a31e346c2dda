"""The small notations: times, frame rates."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyreel.script.units import Duration, frame_rate

AMOUNTS = st.decimals(min_value=0, max_value=3_600, places=3).map(lambda number: f"{number:f}")
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
        assert re.search("is not a time|is too long", str(error))  # noqa: PT017 -- either way is right, by the text


@pytest.mark.parametrize("value", [None, True, -1, float("inf"), [], "2", "s", "-1s", "1m", "1 s s", "1e3s", "2.s"])
def test_what_is_no_time_is_refused(value: object):
    with pytest.raises(ValueError, match="is not a time; write 2s, 450ms"):
        Duration.parse(value)


@pytest.mark.parametrize(("value", "hint"), [(2, "write 2s, or 2f"), (0.5, "write 0.5s, or 0.5f")])
def test_a_bare_number_is_told_its_units(value: float, hint: str):
    with pytest.raises(ValueError, match=f"{value} has no unit; {hint}"):
        Duration.parse(value)


@pytest.mark.parametrize("value", ["3601s", "99999999s", "3600001ms", "432001f", f"{'9' * 4400}s", f"0.{'0' * 4400}1s"])
def test_what_is_longer_than_a_film_is_refused(value: str):
    with pytest.raises(ValueError, match="is too long; a film lasts 60 minutes at most") as caught:
        Duration.parse(value)
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        (30, Fraction(30)),
        (30.0, Fraction(30)),
        ("24", Fraction(24)),
        ("30000/1001", Fraction(30000, 1001)),
        (29.97, Fraction(30000, 1001)),
        ("23.976", Fraction(24000, 1001)),
        (23.98, Fraction(24000, 1001)),
        (23.97, Fraction(24000, 1001)),
        (23.976024, Fraction(24000, 1001)),
        (47.95, Fraction(48000, 1001)),
        (59.94, Fraction(60000, 1001)),
        (119.88, Fraction(120000, 1001)),
        ("2397/100", Fraction(2397, 100)),
        (23.9, Fraction(239, 10)),
        (24, Fraction(24)),
        (12.5, Fraction(25, 2)),
    ],
)
def test_a_frame_rate_is_exact(written: object, rate: Fraction):
    assert frame_rate(written) == rate


@pytest.mark.parametrize("written", [0, 0.5, 121, "30/0", "fast", "-30", True, None, "30/1001/2", "30/00", "9" * 5000])
def test_what_is_no_frame_rate_is_refused(written: object):
    with pytest.raises(ValueError, match="frame rate"):
        frame_rate(written)
