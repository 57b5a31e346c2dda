"""Type is shaped in every script, measured by its ink, and never silently replaced."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import skia
from hypothesis import given
from hypothesis import strategies as st

from storyreel.errors import StoryreelError
from storyreel.looks import look
from storyreel.stage.lettering import draw_line
from storyreel.text.breaks import break_cost, rows
from storyreel.text.chain import FontChain, chain, face
from storyreel.text.shape import MissingGlyph, shape

FACES = chain(look("kawaii").faces["caption"])


def test_words_stand_one_after_another() -> None:
    line = shape("One big stamp!", FACES, 72)
    edges = [(word.left, word.right) for word in line.words]
    assert len(edges) == 3
    assert all(a[1] < b[0] for a, b in itertools.pairwise(edges))
    assert edges[-1][1] == pytest.approx(line.width)


def test_arabic_runs_from_right_to_left_and_joins() -> None:
    line = shape("مرحبا بالعالم.", FACES, 72, "ar")
    assert line.words[0].left > line.words[1].right
    alone = sum(shape(letter, FACES, 72, "ar").width for letter in "مرحبا")
    assert line.words[0].right - line.words[0].left < alone * 0.95


def test_the_full_stop_of_a_right_to_left_sentence_is_at_its_left() -> None:
    line = shape("مرحبا.", FACES, 72, "ar")
    places = {
        line.text[cluster]: x for run in line.runs for cluster, (x, _) in zip(run.clusters, run.points, strict=True)
    }
    assert places["."] == min(places.values())


def test_japanese_takes_the_japanese_face_and_emoji_theirs() -> None:
    line = shape("やさしさ kind 💛", FACES, 72, "ja")
    assert {run.face.name for run in line.runs} == {
        "Baloo 2 ExtraBold",
        "M PLUS Rounded 1c ExtraBold",
        "Noto Color Emoji",
    }


@pytest.mark.parametrize("emoji", ["👩🏽‍🎨", "🙌", "👍🏿", "❤️"])
def test_an_emoji_with_its_joiners_and_tones_is_one_glyph(emoji: str) -> None:
    line = shape(emoji, FACES, 72)
    assert sum(1 for run in line.runs for advance in run.advances if advance > 0) == 1


def test_a_character_that_no_face_has_is_an_error_that_names_it() -> None:
    with pytest.raises(MissingGlyph, match=r"U\+16A0"):
        shape("rune ᚠ", FACES, 72)


def test_a_face_that_does_not_ship_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(StoryreelError, match="did you mean 'Baloo 2 ExtraBold'"):
        face("Baloo 2 ExtraBlod")


def test_a_font_file_that_is_missing_is_an_error() -> None:
    with pytest.raises(StoryreelError, match="missing"):
        face("nowhere.ttf")


@pytest.mark.parametrize("text", ["gjpqyÅ", "Êj|Q_", "fjord Ñ", "مرحبا", "ありがとう"])
def test_the_ink_box_holds_every_pixel_that_is_drawn(text: str) -> None:
    line = shape(text, FACES, 72)
    surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(900, 300))
    draw_line(surface.getCanvas(), line, 60, 150, "#FFFFFF")
    pixels = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)[..., 3]
    down, across = np.nonzero(pixels)
    left, top, right, bottom = line.ink
    assert 60 + left - 1 <= across.min()
    assert across.max() <= 60 + right + 1
    assert 150 + top - 1 <= down.min()
    assert down.max() <= 150 + bottom + 1


def test_a_stroke_widens_the_ink_by_half_its_width() -> None:
    line = shape("gjpqyÅ", FACES, 72)
    surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(900, 300))
    draw_line(surface.getCanvas(), line, 60, 150, "#FFFFFF", "#4A2545", 16)
    alpha = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)[..., 3]
    down, _ = np.nonzero(alpha)
    assert 150 + line.ink[1] - 9 <= down.min() < 150 + line.ink[1] - 6
    assert 150 + line.ink[3] + 6 < down.max() <= 150 + line.ink[3] + 9


def test_shaping_is_the_same_whatever_was_shaped_before() -> None:
    first = shape("You're in control 🙌", FACES, 64)
    shape.cache_clear()
    shape("something else", FontChain(FACES.faces[:1]), 31)
    assert shape("You're in control 🙌", FACES, 64) == first


WORDS = st.lists(st.text(alphabet="abcdefghij,.", min_size=1, max_size=9), min_size=1, max_size=9)


@given(WORDS, st.floats(40, 300))
def test_rows_fit_and_keep_every_word_in_its_order(words: list[str], room: float) -> None:
    widths = [10.0 * len(word) for word in words]
    starts = rows(words, widths, 5, room, 2)
    if starts is None:
        return
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert len(starts) <= 2
    for a, b in zip(starts, [*starts[1:], len(words)], strict=True):
        assert sum(widths[a:b]) + 5 * (b - a - 1) <= room


def test_a_row_never_ends_with_an_article_where_it_need_not() -> None:
    assert break_cost("the", "castle") > break_cost("castle", "wall")


def test_a_row_breaks_after_punctuation_rather_than_within_a_phrase() -> None:
    words = "We can block it, and move on".split()
    starts = rows(words, [10.0 * len(word) for word in words], 5, 190, 2)
    assert starts == [0, words.index("it,") + 1]
