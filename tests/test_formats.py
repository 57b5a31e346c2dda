"""Formats are dated data: the picture, and the zones that a platform leaves free."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyreel.errors import StoryreelError
from storyreel.script.formats import custom_format, format_names, format_of, is_free, named_format
from storyreel.script.models import CustomFormat
from storyreel.script.read import read_text

SIZES = st.integers(80, 2160).map(lambda half: half * 2)


def test_the_formats_of_the_platforms_ship():
    assert format_names() == ("landscape", "reels", "shorts", "square", "tiktok")


@pytest.mark.parametrize("name", format_names())
def test_a_formats_zones_lie_in_the_picture_and_are_sourced(name: str):
    form = named_format(name)
    for left, top, right, bottom in (form.strict, *form.strict_zone, *form.measured):
        assert 0 <= left < right <= form.width
        assert 0 <= top < bottom <= form.height
    assert is_free(form.strict, form.strict_zone)
    assert len(form.source) > 20
    assert len(form.measured_source) > 20
    assert date.fromisoformat(form.dated) <= date.today()


@pytest.mark.parametrize("name", format_names())
def test_what_is_free_by_every_source_is_free_by_the_measured_one(name: str):
    form = named_format(name)
    assert all(is_free(box, form.measured) for box in (form.strict, *form.strict_zone))


def test_tiktoks_zone_is_an_l_around_the_buttons():
    form = named_format("tiktok")
    assert form.strict == (60, 250, 910, 1480)
    assert is_free((900, 200, 1040, 700), form.measured)
    assert not is_free((900, 900, 1040, 1000), form.measured), "the buttons lie there"
    assert not is_free((30, 1500, 500, 1740), form.measured), "the caption lies there"


def test_reels_text_keeps_clear_of_the_rail():
    form = named_format("reels")
    assert form.strict[2] <= 1080 * (1 - 0.21)
    assert is_free((700, 300, 1000, 1000), form.strict_zone), "above the rail, the wide box is free"


@given(SIZES, SIZES)
def test_a_picture_of_ones_own_keeps_five_percent_free(width: int, height: int):
    form = custom_format(CustomFormat(width=width, height=height, fps="30000/1001"))
    left, top, right, bottom = form.strict
    assert left >= width * 0.05
    assert width - right >= width * 0.05
    assert top >= height * 0.05
    assert height - bottom >= height * 0.05
    assert left - width * 0.05 < 1
    assert form.rate == Fraction(30000, 1001)
    assert form.name == f"{width}x{height}"


def test_the_safe_box_in_stage_units_has_a_short_side_of_1080():
    form = custom_format(CustomFormat(width=720, height=1280))
    assert form.safe == (54, 96, 1026, 1824)


def test_a_script_names_its_format_or_gives_a_size():
    text = "storyreel: 1\ntitle: x\nformat: {}\nscenes: [{{id: a, beats: [{{wait: 1s}}]}}]\n"
    assert format_of(read_text(text.format("square"))).width == 1080
    assert format_of(read_text(text.format("{width: 400, height: 200}"))).name == "400x200"


def test_an_unknown_format_is_refused_with_a_suggestion():
    with pytest.raises(StoryreelError, match="unknown format 'reel'; did you mean 'reels'"):
        named_format("reel")
