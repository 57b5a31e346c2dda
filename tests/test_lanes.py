"""Where captions stand: clear of faces, hands and lettering, about the middle, the same for a whole shot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from storyreel.direct.captioning import pages
from storyreel.direct.cropping import outside
from storyreel.direct.framing import Eye, Head, whole
from storyreel.direct.lanes import Span, laned
from storyreel.direct.occupied import Filled, What, covered
from storyreel.looks import look
from storyreel.puppet.bounds import Box
from storyreel.text.chain import chain
from storyreel.text.setting import layout
from storyreel.text.words import words
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import CaptionPage, Lane, Line, Word

KAWAII = look("kawaii")
CHAIN = chain(KAWAII.faces["caption"])
SAFE = (60.0, 250.0, 910.0, 1480.0)
MIDDLE = 540.0


def spoken(text: str, start: int = 0, scene: str = "one") -> Line:
    said = [Word(word.text, start + 9 * n, start + 9 * n + 9, word.space) for n, word in enumerate(words(text))]
    return Line(scene, "michii", tuple(said), colour="#FF97C0")


def set_(*lines: Line, middle: float | None = MIDDLE) -> tuple[CaptionPage, ...]:
    return pages(lines, CHAIN, KAWAII.caption, SAFE, "en", Clock(Fraction(30)), 400, middle)


def ink(page: CaptionPage) -> Box:
    return layout(page, CHAIN, KAWAII.caption, SAFE).ink


def placed(
    filled: Sequence[tuple[What, Box]], *lines: Line, lane: Lane = "low", said: bool = False
) -> tuple[tuple[CaptionPage, ...], list[str]]:
    """Pages of a shot in which all that lies there does so throughout; and what is warned of."""
    told: list[str] = []
    there = [Filled(frame, what, "mi", box) for frame in range(0, 200, 3) for what, box in filled]
    span = Span(0, 400, lane, said, there, ())
    return laned(set_(*lines or (spoken("Then hop."),)), [span], ink, SAFE, lambda text, *_: told.append(text)), told


def test_captions_stand_at_the_foot_of_an_empty_low_lane() -> None:
    (page,), told = placed([])
    assert (page.lane, page.rise, told) == ("low", 0.0, [])


@pytest.mark.parametrize("what", ["face", "hand", "lettering"])
def test_a_caption_goes_up_in_its_lane_out_of_the_way(what: What) -> None:
    (page,), told = placed([(what, (400.0, 1400.0, 700.0, 1480.0))])
    assert page.lane == "low"
    assert page.rise > 0
    assert not told
    assert ink(page)[1] >= 1215


def test_a_caption_leaves_a_lane_that_a_face_fills_unless_its_author_wants_it_there() -> None:
    face: list[tuple[What, Box]] = [("face", (100.0, 1100.0, 900.0, 1500.0))]
    (free,), told = placed(face)
    assert free.lane == "high"
    assert not told
    (kept,), told = placed(face, said=True)
    assert kept.lane == "low"
    assert len(told) == 1
    assert "mi's face" in told[0]


def test_all_captions_of_a_shot_stand_in_the_same_rows() -> None:
    made, _ = placed([("hand", (400.0, 1400.0, 700.0, 1480.0))], spoken("Stop it!"), spoken("Hop, hop, hop!", 60))
    assert len({(page.lane, page.rise, page.middle) for page in made}) == 1
    assert len(made) >= 2


def test_captions_stand_about_the_pictures_middle_with_all_their_ink_in_the_safe_box() -> None:
    for page in set_(spoken("When it comes to having a great online experience,")):
        left, _, right, _ = ink(page)
        assert (left + right) / 2 == pytest.approx(MIDDLE, abs=1)
        assert left >= SAFE[0]
        assert right <= SAFE[2]


def test_a_word_too_wide_for_the_middle_takes_its_whole_shot_to_the_middle_of_the_safe_box() -> None:
    made = set_(spoken("M" + 15 * "m"), spoken("Hop!", 60))
    assert {page.middle for page in made} == {None}


def test_without_a_middle_captions_are_set_as_in_the_first_films() -> None:
    line = spoken("When it comes to having a great online experience,")
    assert {(page.middle, page.rise) for page in set_(line, middle=None)} == {(None, 0.0)}


def test_a_page_that_rises_is_so_much_higher_in_the_low_lane_and_lower_in_the_high_one() -> None:
    (page,) = set_(spoken("Hop!"))
    for lane, way in (("low", -1), ("high", 1)):
        at, risen = ink(replace(page, lane=lane)), ink(replace(page, lane=lane, rise=50.0))
        assert risen[1] - at[1] == pytest.approx(50 * way)


def test_what_covers_and_what_is_outside_are_shares_of_the_smaller_and_of_the_whole() -> None:
    assert covered((0, 0, 100, 100), (50, 0, 1000, 1000)) == pytest.approx(0.5)
    assert covered((0, 0, 10, 10), (20, 0, 30, 10)) == 0
    assert outside((-50, 0, 50, 100), (1080, 1920)) == pytest.approx(0.5)


def test_a_camera_goes_aside_for_a_head_that_it_sees_and_never_cuts_the_one_it_looks_at() -> None:
    eye, picture = Eye(540.0, 960.0, 1.0, 0.0), (1080.0, 1920.0)
    hero, friend = Head(400.0, 700.0, 300.0, 300.0, 900.0), Head(1000.0, 700.0, 300.0, 300.0, 900.0)
    moved = whole(eye, hero, [friend], picture)
    assert moved.x - eye.x == pytest.approx(1150 + 21.6 - 1080)
    assert whole(eye, replace(hero, x=160.0), [friend], picture).x == eye.x
    assert whole(eye, hero, [], picture) == eye
