"""The report of a batch as data and as a page: numbers as measured, texts as written, captions inside."""

from __future__ import annotations

import base64
import json
import math
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyreel.errors import Place, Problem
from storyreel.publish.page import length_text, loudness_text, page, size_text, write_report
from storyreel.publish.post import post_text
from storyreel.publish.poster import liveliness
from storyreel.publish.report import BatchReport, FilmReport, measured, warnings_of

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nSchön & gut 🙌\n"
DONE = FilmReport(
    name="a b",
    scene="scenes/a.yaml",
    title="A & <b>",
    format="tiktok",
    look="kawaii",
    film="a b.mp4",
    poster="a b.cover.png",
    post="a b.post.txt",
    captions=("a b.srt", "a b.vtt"),
    burned=True,
    seconds=34.25,
    frames=1027,
    width=1080,
    height=1920,
    rate="30",
    size=23_400_000,
    lufs=-14.02,
    dbtp=-1.61,
    chunks=18,
    reused=3,
    render_seconds=61.0,
    cpu_seconds=74.0,
    warnings=("its <loudness> is off",),
)
FAILED = FilmReport(
    name="bad", scene="bad.yaml", status="failed", problems=(Problem(Place("bad.yaml", 3, 1), "unknown key '<x>'"),)
)
REPORT = BatchReport("Kindness & care", (DONE, FAILED), 61.5, 2, ("the cache is <full>",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / DONE.post).write_text("A\n\n<script>alert(1)</script>\n", encoding="utf-8")
    (tmp_path / "a b.vtt").write_text(VTT, encoding="utf-8")
    return tmp_path


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_the_page_needs_nothing_but_the_files_beside_it(folder: Path) -> None:
    made = Elements(page(REPORT, folder))
    named = [value for _, attributes in made.found for key, value in attributes.items() if key in ("src", "href")]
    assert all(value and not re.match(r"[a-z]+:(?!text/vtt|,)|//", value) for value in named)
    assert not made.named("script")
    assert {"a%20b.mp4", "a%20b.cover.png", "a%20b.post.txt", "a%20b.srt", "a%20b.vtt"} <= set(named)


def test_what_authors_write_is_text_and_never_markup(folder: Path) -> None:
    text = page(REPORT, folder)
    assert "<script>" not in text
    assert "A &amp; &lt;b&gt;" in text
    assert "Kindness &amp; care" in text
    assert "unknown key &#x27;&lt;x&gt;&#x27;" in text
    assert "the cache is &lt;full&gt;" in text


def test_captions_are_in_the_page_and_shown_where_the_picture_has_none(folder: Path) -> None:
    for film in (DONE, replace(DONE, burned=False)):
        [track] = Elements(page(replace(REPORT, films=(film,)), folder)).named("track")
        head, _, data = str(track["src"]).partition(",")
        assert head == "data:text/vtt;base64"
        assert base64.b64decode(data).decode("utf-8") == VTT
        assert ("default" in track) is not film.burned


def test_every_number_of_a_film_stands_on_its_card(folder: Path) -> None:
    text = page(REPORT, folder)
    for said in (
        *("34.2 s, 1027 frames", "1080 × 1920, tiktok, kawaii", "23.4 MB", "−14.0 LUFS, peak −1.6 dBTP"),
        *("3 of 18 chunks, sound mixed anew", "61.0 s, 74.0 s of CPU", "its &lt;loudness&gt; is off", "1 missing"),
    ):
        assert said in text


def test_the_same_stands_in_the_data_and_no_file_is_half_there(folder: Path) -> None:
    write_report(REPORT, folder)
    told = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert (told["title"], told["jobs"], told["films"][0]["dbtp"]) == ("Kindness & care", 2, -1.61)
    assert told["films"][1]["problems"] == [
        {"file": "bad.yaml", "line": 3, "column": 1, "message": "unknown key '<x>'"}
    ]
    assert sorted(path.name for path in folder.glob("*.*") if path.suffix in (".html", ".json")) == [
        "index.html",
        "report.json",
    ]
    assert not list(folder.glob(".*"))


def test_only_films_that_are_not_there_count_as_failed() -> None:
    assert REPORT.failed == (FAILED,)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.04, "0.0 s"),
        (59.9, "59.9 s"),
        (59.97, "1:00 min"),
        (60, "1:00 min"),
        (3599.9, "1:00:00 h"),
        (3725, "1:02:05 h"),
    ],
)
def test_lengths_read_as_people_say_them(seconds: float, said: str) -> None:
    assert length_text(seconds) == said


def test_sizes_and_levels_read_as_people_say_them() -> None:
    assert size_text(23_400_000) == "23.4 MB"
    assert loudness_text(-14.02, -1.61) == "−14.0 LUFS, peak −1.6 dBTP"
    assert loudness_text(None, None) == "silent"


def test_silence_is_no_number_and_worth_a_warning() -> None:
    assert measured(-math.inf) is None
    assert warnings_of(None, None, -14) == ("the film is silent",)


@pytest.mark.parametrize(
    ("lufs", "dbtp", "count"), [(-14.3, -1.5, 0), (-14.6, -1.5, 1), (-13.4, -0.9, 2), (-20.0, -3.0, 1)]
)
def test_sound_that_is_off_is_worth_a_warning(lufs: float, dbtp: float, count: int) -> None:
    assert len(warnings_of(lufs, dbtp, -14)) == count


def test_a_post_is_title_message_and_hashtags_each_once() -> None:
    assert post_text("Block", "You're in control 🙌", ["Kind", "Care", "Kind"]) == (
        "Block\n\nYou're in control 🙌\n\n#Kind #Care\n"
    )
    assert post_text("Block") == "Block\n"


@settings(deadline=None)
@given(st.text(min_size=1), st.text(), st.lists(st.from_regex(r"[A-Za-z]+", fullmatch=True)))
def test_a_post_never_has_more_than_one_empty_line(title: str, message: str, hashtags: list[str]) -> None:
    if "\n" not in title and "\n" not in message:
        made = post_text(title, message, hashtags)
        assert made.endswith("\n")
        assert "\n\n\n" not in made


def test_a_colourful_picture_is_livelier_than_a_grey_or_a_plain_one() -> None:
    grey = np.full((96, 64, 4), 128, np.uint8)
    plain = np.zeros((96, 64, 4), np.uint8)
    plain[:, :, 2] = 200
    lively = plain.copy()
    lively[:48, :, 0], lively[24:72, :, 1] = 220, 180
    assert liveliness(grey) == 0
    assert 0 < liveliness(plain) < liveliness(lively)


def test_a_report_is_written_even_if_a_name_in_it_is_not_text(folder: Path):
    said = replace(FAILED, problems=(Problem(Place("caf\udce9/bad.yaml", 3, 1), "no file 'x.png'"),))
    write_report(replace(REPORT, films=(said,)), folder)
    assert "caf" in (folder / "index.html").read_text(encoding="utf-8")
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["films"][0]["status"] == "failed"
