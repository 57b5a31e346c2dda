"""Captions fit the safe box, break well, never overlap; caption files keep the trade's numbers."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction
from html import unescape
from pathlib import Path

import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from storyreel.direct.captioning import pages
from storyreel.looks import look
from storyreel.publish.captions import Phrase, phrases, write_srt, write_vtt
from storyreel.text.chain import chain
from storyreel.text.setting import layout
from storyreel.text.words import words
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Line, Word, spelt

CLOCK = Clock(Fraction(30))
LOOK = look("kawaii")
FACES = chain(LOOK.faces["caption"])
SAFE = (60.0, 250.0, 910.0, 1480.0)


def spoken(text: str, start: int = 0, frames: int = 9, speaker: str = "michii") -> Line:
    made = []
    for word in words(text):
        made.append(Word(word.text, start, start + frames, word.space))
        start += frames + 1
    return Line("scene", speaker, tuple(made))


def paged(*lines: Line) -> tuple:
    total = max(line.words[-1].end for line in lines) + 60
    return pages(lines, FACES, LOOK.caption, SAFE, "en", CLOCK, total)


SENTENCES = st.lists(
    st.text(alphabet="abcdefgijlmnopqrstuvyåé,.!?'", min_size=1, max_size=11), min_size=1, max_size=16
).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=3))
def test_every_word_is_captioned_once_and_every_page_fits(texts: list[str]) -> None:
    lines, start = [], 0
    for text in texts:
        lines.append(spoken(text, start))
        start = lines[-1].words[-1].end + 5
    made = paged(*lines)
    assert [word for page in made for word in page.words] == [word for line in lines for word in line.words]
    for page in made:
        assert len(page.rows) <= 2
        assert [i for row in page.rows for i in row] == list(range(len(page.words)))
        for row in page.rows:
            assert len(row) == 1 or len(" ".join(page.words[i].text for i in row)) <= LOOK.caption.characters
        left, top, right, bottom = layout(page, FACES, LOOK.caption, SAFE).ink
        assert left >= SAFE[0] - 0.5
        assert top >= SAFE[1]
        assert right <= SAFE[2] + 0.5
        assert bottom <= SAFE[3] + 0.5
    for one, other in itertools.pairwise(made):
        assert one.end <= other.start


def test_a_page_shows_from_just_before_its_first_word_until_after_its_last() -> None:
    for page in paged(spoken("I made a little dance!", 30), spoken("Ooh, look at me! Hop, hop, hop!", 200)):
        assert page.words[0].start - 2 <= page.start <= page.words[0].start
        assert page.end >= page.words[-1].end


@pytest.mark.parametrize(
    "text",
    [
        "I made a little dance!",
        "For a great online experience, you're in control!",
        "Behind every account is a real human being who deserves respect.",
        "Ooh, look at me! Hop, hop, hop!",
    ],
)
def test_no_word_is_orphaned_on_a_page_of_its_own(text: str) -> None:
    assert all(len(page.words) > 1 for page in paged(spoken(text)))


WIDE = (
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "Find it at https://www.example.com/create-kindness/behind-every-account",
    "#BehindEveryAccountIsARealHumanBeing says @somebody_with_a_very_long_name_indeed",
    "1234567890123456789012345678901234567890123456789 things",
    "すべてのありがとうございますというひらがなだけのながいながいことば",
)


@pytest.mark.parametrize("text", WIDE)
def test_a_word_too_wide_for_the_box_is_parted_and_nothing_is_added(text: str) -> None:
    made = paged(spoken(text))
    assert spelt(word for page in made for word in page.words) == text
    for page in made:
        assert page.size >= LOOK.caption.least
        left, _, right, _ = layout(page, FACES, LOOK.caption, SAFE).ink
        assert SAFE[0] - 0.5 <= left
        assert right <= SAFE[2] + 0.5
    parts = [word for page in made for word in page.words]
    assert all(one.end <= other.start for one, other in itertools.pairwise(parts))
    assert (parts[0].start, parts[-1].end) == (0, spoken(text).words[-1].end)


def test_an_address_is_parted_at_its_joints() -> None:
    made = paged(spoken("https://www.example.com/create-kindness/behind-every-account"))
    parts = [word.text for page in made for word in page.words]
    assert len(parts) > 1
    assert all(part[-1] in "/.-" for part in parts[:-1])


def test_a_word_that_fits_at_a_smaller_size_stays_whole() -> None:
    (page,) = paged(spoken("Donaudampfschifffahrtsgesel"))
    assert [word.text for word in page.words] == ["Donaudampfschifffahrtsgesel"]
    assert LOOK.caption.least <= page.size < LOOK.caption.size


def test_a_sign_wider_than_the_box_makes_the_type_smaller() -> None:
    narrow = (60.0, 250.0, 60.0 + 2 * LOOK.caption.pad + 30.0, 1480.0)
    (page, *_) = pages([spoken("wow")], FACES, LOOK.caption, narrow, "en", CLOCK, 100)
    assert page.size < LOOK.caption.least


def test_a_japanese_line_is_set_in_rows_that_begin_with_no_closing_mark() -> None:
    made = paged(spoken("すべてのアカウントの背後には、優しさと敬意を受けるに値する人間がいます。"))
    rows = [spelt(page.words[i] for i in row) for page in made for row in page.rows]
    assert len(rows) > 2
    assert all(row[0] not in "、。ーっゃゅょ」" for row in rows)
    assert "".join(rows) == "すべてのアカウントの背後には、優しさと敬意を受けるに値する人間がいます。"


def phrased(*lines: Line) -> tuple[Phrase, ...]:
    return phrases(lines, CLOCK, max(line.words[-1].end for line in lines) + 90)


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=4), st.integers(4, 14))
def test_phrases_keep_two_rows_of_forty_two_and_two_frames_between(texts: list[str], frames: int) -> None:
    lines, start = [], 0
    for text in texts:
        lines.append(spoken(text, start, frames))
        start = lines[-1].words[-1].end + 8
    made = phrased(*lines)
    said = " ".join(phrase.text.replace("\n", " ") for phrase in made)
    assert said == " ".join(text.strip() for text in texts)
    for phrase in made:
        assert len(phrase.text.split("\n")) <= 2
        assert all(len(row) <= 42 for row in phrase.text.split("\n"))
        assert phrase.end - phrase.start <= 7.01
    for one, other in itertools.pairwise(made):
        assert other.start - one.end >= 2 / 30 - 1e-6


def test_a_short_cue_is_extended_into_silence() -> None:
    (phrase,) = phrased(spoken("Wait!", 10, 6))
    assert phrase.end - phrase.start >= 5 / 6 - 1e-6


def test_a_short_cue_with_no_silence_after_it_is_merged_with_its_neighbour() -> None:
    one = spoken("Wait!", 0, 6)
    two = spoken("I am in control of this.", one.words[-1].end + 1, 8)
    assert [phrase.text.replace("\n", " ") for phrase in phrased(one, two)] == ["Wait! I am in control of this."]


def test_cues_of_two_speakers_are_never_merged() -> None:
    one = spoken("Wait!", 0, 6)
    two = spoken("No, you wait for me now.", one.words[-1].end + 1, 8, speaker="grump")
    assert len(phrased(one, two)) == 2


@pytest.mark.parametrize(("write", "read"), [(write_srt, webvtt.from_srt), (write_vtt, webvtt.read)])
def test_caption_files_read_back_as_they_were_written(write, read, tmp_path: Path) -> None:
    made = phrased(spoken("I <3 {a} little \\No dance!", 12), spoken("5 > 4 --> you're <b>in</b> control & 🙌", 120))
    write(made, tmp_path / "film")
    captions = read(tmp_path / "film").captions
    assert [unescape(caption.raw_text) for caption in captions] == [phrase.text for phrase in made]
    starts = [caption.start_time.in_seconds() + caption.start_time.milliseconds / 1000 for caption in captions]
    assert starts == pytest.approx([phrase.start for phrase in made], abs=0.0006)


def test_webvtt_names_the_characters_that_would_be_mark_up(tmp_path: Path) -> None:
    write_vtt([Phrase(0, 1, "1 < 2 & {3}")], tmp_path / "film.vtt")
    assert "1 &lt; 2 &amp; {3}" in (tmp_path / "film.vtt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["I <3 you, and you > me.", "a --> b", "<i>so</i> {\\an8}", "1\u00a0000\u202f€ & more"]
)
def test_subrip_has_every_character_that_was_said(text: str, tmp_path: Path) -> None:
    write_srt(phrased(spoken(text, 30)), tmp_path / "film.srt")
    number, times, *rows = (tmp_path / "film.srt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert number == "1"
    assert times.startswith("00:00:01,000 --> 00:00:0")
    assert " ".join(rows) == text


def test_webvtt_text_holds_no_arrow(tmp_path: Path) -> None:
    write_vtt([Phrase(0, 1, "a --> b")], tmp_path / "film.vtt")
    assert (tmp_path / "film.vtt").read_text(encoding="utf-8") == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\na --&gt; b\n"
    )


def test_a_row_of_a_caption_file_holds_half_as_many_ideographs() -> None:
    made = phrased(spoken("每个账号背后都有一个真实的人他们都值得善待和尊重每个账号背后都有一个真实的人", frames=6))
    assert all(len(row) <= 21 for phrase in made for row in phrase.text.split("\n"))


@pytest.mark.parametrize(("off", "axis", "way"), [("left", 0, -1), ("right", 0, 1), ("top", 1, -1)])
def test_a_caption_points_to_where_an_unseen_speaker_is(off: str, axis: int, way: int) -> None:
    said = replace(spoken("I am over here and nobody sees me at all"), colour="#FF8800")
    (seen,) = {layout(page, FACES, LOOK.caption, SAFE).mark for page in paged(said)}
    assert seen == ()
    for page in paged(replace(said, off=off)):
        placed = layout(page, FACES, LOOK.caption, SAFE)
        letters = layout(replace(page, off=""), FACES, LOOK.caption, SAFE).ink
        edge, tip = letters[axis if way < 0 else axis + 2], way * max(way * corner[axis] for corner in placed.mark)
        assert (tip - edge) * way > 10
        left, top, right, _ = placed.ink
        assert SAFE[0] <= left < right <= SAFE[2]
        assert SAFE[1] <= top
