"""Text of every script: where its words are, which way it runs, and that any length of it is shaped in time."""

from __future__ import annotations

import time

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from storyreel.looks import look
from storyreel.text.breaks import evenly, parted
from storyreel.text.chain import chain
from storyreel.text.direction import base_level, levels, visual
from storyreel.text.shape import MissingGlyph, shape
from storyreel.text.words import words

FACES = chain(look("kawaii").faces["caption"])


def spelled(text: str) -> list[str]:
    return [word.text + word.space for word in words(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One\ttwo  three\n", ["One ", "two ", "three "]),
        ("Quelle journée\u00a0! Tu viens\u202f?", ["Quelle ", "journée\u00a0! ", "Tu ", "viens\u202f? "]),
        ("10\u2007000 steps", ["10\u2007000 ", "steps "]),
        ("re-do https://a.example/b-c", ["re-do ", "https://a.example/b-c "]),
        ("敬意を受けるに値する人間がいます。", ["敬意を", "受けるに", "値する", "人間がいます。 "]),
        ("YouTubeで「愛」を😀見る!", ["YouTubeで", "「愛」を", "😀", "見る! "]),
        ("人值得善待。 NBA球星", ["人", "值", "得", "善", "待。 ", "NBA", "球", "星 "]),
        ("ประเทศไทย สวัสดี", ["ประ", "เทศ", "ไทย ", "สวัสดี "]),
        ("สวัส\u200bดี", ["สวัส", "ดี "]),
        ("안녕하세요 여러분", ["안녕하세요 ", "여러분 "]),
        ("नमस्ते दुनिया", ["नमस्ते ", "दुनिया "]),
        ("👩🏽‍🎨👍 🇩🇪 1️⃣", ["👩🏽‍🎨👍 ", "🇩🇪 ", "1️⃣ "]),
        (" \u200b ", []),
    ],
)
def test_words_are_parted_by_white_space_or_by_sense(text: str, found: list[str]) -> None:
    assert spelled(text) == found


@given(st.text(alphabet="ab1אب .,!あ漢カー。「」เก\u00a0\t", max_size=24))
def test_words_keep_every_letter_in_its_order(text: str) -> None:
    letters = [sign for sign in text if sign not in " \t"]
    assert [sign for word in words(text) for sign in word.text] == letters


ISOLATES = "\u2066\u2067\u2068\u2069"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="abאבب12 .,!" + ISOLATES, min_size=1, max_size=14).map(str.strip), st.sampled_from([0, 1]))
def test_runs_stand_as_the_reference_implementation_of_uax_9_puts_them(text: str, base: int) -> None:
    shown = "".join(text[index] for index in visual(levels(text, base)))
    reference = str(get_display(text, base_dir="LR"[base]))
    # Rule L1 (white space at a line's end) is for what breaks lines; the reference mirrors nothing of this alphabet.
    plain = str.maketrans("", "", ISOLATES + " ")
    assert shown.translate(plain) == reference.translate(plain)


@pytest.mark.parametrize("depth", [1, 24, 60, 2000])
def test_isolates_may_stand_in_isolates_to_any_depth(depth: int) -> None:
    text = "\u2067a\u2066א" * depth
    assert len(levels(text, 0)) == len(text)
    assert max(levels(text, 0)) <= 62


@pytest.mark.parametrize("sign", [*ISOLATES, *"\u202a\u202b\u202d\u202e\u202c\u200e\u200f\u061c\u2060\ufeff\u00ad"])
def test_signs_of_direction_are_shaped_to_nothing(sign: str) -> None:
    assert shape(f"hi {sign}there", FACES, 72).width == pytest.approx(shape("hi there", FACES, 72).width)


def test_a_line_of_right_to_left_letters_runs_so_in_a_film_of_any_language() -> None:
    assert base_level("مرحبا!", "en") == 1
    assert base_level("hello مرحبا!", "en") == 0
    assert base_level("hello!", "ar") == 1


@pytest.mark.parametrize("emoji", ["🩷", "🫨", "🫩", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇩🇪", "1️⃣", "👩‍👩‍👧"])
def test_emoji_of_any_year_are_one_sign_with_a_glyph(emoji: str) -> None:
    line = shape(f"you {emoji} שלום", FACES, 72)
    (run,) = [run for run in line.runs if run.face.coloured]
    assert sum(1 for advance in run.advances if advance > 0) == 1


@pytest.mark.parametrize("sign", ["\U0001fadd", "\u0378", "\U0001ffff", "𞥐", "ก"])
def test_a_sign_that_no_font_has_is_named_even_where_unicode_does_not_know_it(sign: str) -> None:
    with pytest.raises(MissingGlyph, match=f"U\\+{ord(sign):04X}"):
        shape(f"a {sign} b", FACES, 72, "en")


def test_a_message_on_a_glyph_quotes_no_more_than_is_about_it() -> None:
    with pytest.raises(MissingGlyph) as caught:
        shape("word " * 400 + "ᚠ" + " word" * 400, FACES, 72)
    assert len(str(caught.value)) < 250
    assert "ᚠ word" in str(caught.value)


def test_white_space_of_any_kind_is_set_as_a_space() -> None:
    assert shape("One\ttwo\u2028three", FACES, 72).width == shape("One two three", FACES, 72).width
    assert shape("viens\u202f?", FACES, 72).width > shape("viens?", FACES, 72).width


@pytest.mark.parametrize(
    "text", ["مرحبا بالعالم " * 350, "hello there " * 400, "क्" * 2500, "👩‍" * 2500, "1$" * 2500, "\u2067א" * 2500]
)
def test_the_longest_line_is_shaped_in_time(text: str) -> None:
    before = time.process_time()
    shape(text, FACES, 71.5, "ar")
    assert time.process_time() - before < 2


def wide(text: str) -> float:
    return 10.0 * len(text)


def test_a_hashtag_is_parted_before_its_capitals() -> None:
    assert parted("#CreateKindnessEveryDay", wide, 130) == ("#Create", "Kindness", "EveryDay")


def test_a_word_without_joints_is_parted_anywhere_into_even_parts_but_never_in_a_letter() -> None:
    assert parted("aaaaaaaaaa", wide, 60) == ("aaaaa", "aaaaa")
    assert parted("e\u0301" * 4, wide, 50) == ("e\u0301e\u0301", "e\u0301e\u0301")


def test_pieces_fill_few_rows_evenly_and_the_widest_stands_alone() -> None:
    assert evenly(["one ", "two ", "three ", "four"], wide, 130) == ("one two", "three four")
    assert evenly(["a ", "muchtoowide ", "b"], wide, 50) == ("a", "muchtoowide", "b")
