"""Every block of the page about series (docs/series.md) is done, and comes to what stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from test_cli import call

from storyreel.errors import SceneError
from storyreel.film.reading import vocabulary
from storyreel.script.captions import SeriesCaptions
from storyreel.script.series import Differences, Entry, read_series
from storyreel.series.batch import film_orders
from storyreel.series.jobs import Checked, Checking, Directing, FilmOrder, Refused, script_of

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "series.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
"""Every block, with its language."""
TUESDAY = """
storyreel: 2
title: Tuesday
cast: {michii: {puppet: michii}}
scenes:
  - id: room
    set: room-mint
    cast: {michii: {at: centre}}
    beats: [{michii: {do: wave}, for: 1s}]
"""
"""What the page leaves to the reader."""


def blocks(language: str) -> list[str]:
    return [text for of, text in BLOCKS if of == language]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with `spring/`, in which lies what the page shows, and what its films need."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "cache"))
    (tmp_path / "spring").mkdir()
    for text in (*blocks("yaml"), *blocks("text")):
        if named := re.match(r"# (\S+)\n", text):
            (tmp_path / named[1]).write_text(text.removeprefix(named[0]) if named[1].endswith("csv") else text)
    for day in ("tuesday", "wednesday"):
        (tmp_path / "spring" / f"{day}.yaml").write_text(TUESDAY.replace("Tuesday", day.title()))
    for person in ("ana", "ben"):
        Image.new("RGB", (90, 120), "teal").save(tmp_path / "spring" / f"{person}.jpg")
    return tmp_path


def orders(series: str) -> tuple[FilmOrder, ...]:
    return film_orders(Path("spring", series))[1]


def test_every_piece_of_yaml_of_the_page_is_a_file_of_its_folder() -> None:
    assert {text.partition("\n")[0] for text in blocks("yaml")} == {
        f"# spring/{name}.yaml" for name in ("series", "monday", "goodbye", "everybody", "slips")
    }


@pytest.mark.usefixtures("here")
def test_the_week_is_three_films_that_say_what_comes_first() -> None:
    monday, tuesday, wednesday = orders("series.yaml")
    scripts = [script_of(film) for film in (monday, tuesday, wednesday)]
    assert [one.title for one in scripts] == ["Say hello first", "Tuesday", "Only on Wednesday"]
    assert [one.hashtags for one in scripts] == [["Hello", "BeKindWeek"], ["BeKindWeek"], ["BeKindWeek", "MidWeek"]]
    assert [one.captions.size for one in scripts] == [1.2, 1.2, 1.4]
    assert {one.captions.word for one in scripts} == {"#FFC93C"}
    assert [[scene.id for scene in one.scenes][-1] for one in scripts] == ["goodbye"] * 3
    assert {film.captions for film in (monday, tuesday, wednesday)} == {"both"}


@pytest.mark.usefixtures("here")
def test_one_story_is_the_films_that_are_listed_and_each_is_signed_by_its_own() -> None:
    (names,) = (text.splitlines() for text in blocks("text") if text.startswith("by-"))
    films = orders("everybody.yaml")
    assert [film.name for film in films] == names
    signed = [one and (one.name, one.message) for one in (script_of(film).creator for film in films)]
    assert signed == [("Ana", "I say hello first."), ("Ben", "So do I."), None, None, None, None]


@pytest.mark.usefixtures("here")
def test_python_writes_a_series_out_of_the_table() -> None:
    (block,) = blocks("python")
    exec(compile(block, "docs/series.md", "exec"), {})
    films = orders("people.yaml")
    assert [film.name for film in films] == ["by-ana", "by-ben"]
    creators = [script_of(film).creator for film in films]
    assert [one and (one.name, one.message) for one in creators] == [("Ana", "I say hello first."), ("Ben", "So do I.")]


def test_what_is_wrong_is_told_in_the_words_of_the_page(here: Path) -> None:
    of_series, of_scene = blocks("console")
    with pytest.raises(SceneError) as caught:
        read_series(Path("spring", "slips.yaml"), vocabulary(here))
    assert "".join(f"{problem}\n" for problem in caught.value.problems) == of_series
    monday = here / "spring" / "monday.yaml"
    slip = monday.read_text().replace("say: Hello!, do: wave", "do: wve")
    monday.with_name("tuesday.yaml").write_text(slip)
    with pytest.raises(SceneError) as found:
        script_of(orders("series.yaml")[1])
    said = "".join(f"{problem}\n" for problem in found.value.problems)
    assert of_scene == "tuesday: failed\n" + said


def test_a_cover_after_the_end_of_its_film_is_told_when_the_film_is_directed(here: Path) -> None:
    assert "a `cover` after\nits end" in PAGE
    (here / "spring" / "late.yaml").write_text(
        "storyreel: 2\ntitle: Late\nepisodes: [{scene: tuesday.yaml, cover: 90s}]\n"
    )
    (film,) = orders("late.yaml")
    assert isinstance(Checking(film).run(), Checked)
    refused = Directing(film, here / "clips").run()
    assert isinstance(refused, Refused)
    assert "there is no cover at 90s" in str(refused.problems[0])


@pytest.mark.slow
def test_the_command_makes_what_is_listed_and_again_only_what_is_missing(here: Path) -> None:
    (command,) = blocks("sh")
    words = command.split()[1:]
    done = call(*words, "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("out/index.html: 3 of 3 films\n")
    told = {*re.findall(r"`((?:monday\.|index\.|report\.)\w+(?:\.\w+)?)`", PAGE)} - {"monday.tiktok.kawaii"}
    out = here / "out"
    assert {path.name for path in out.iterdir() if path.stem.startswith(("monday", "index", "report"))} == told - {
        "monday.yaml"
    }
    assert (out / "monday.post.txt").read_text() == "Say hello first\n\n#Hello #BeKindWeek\n"
    film = (out / "monday.mp4").read_bytes()
    (here / "spring" / "tuesday.yaml").write_text(TUESDAY.replace("wave", "wve"))
    failed = call(*words, "--jobs", "1")
    assert failed.returncode == 1
    assert "tuesday: failed\n" in failed.stderr
    assert failed.stdout.endswith("out/index.html: 2 of 3 films\n")
    assert (out / "monday.mp4").read_bytes() == film


def test_every_key_that_may_differ_is_told_of() -> None:
    told = {*re.findall(r"`(\w+)`|^ *-? *(\w+):|(\w+):", PAGE, re.M)}
    words = {word for found in told for word in found}
    assert Entry.model_fields.keys() | Differences.model_fields.keys() <= words
    assert {"where", "size", "word"} <= words & SeriesCaptions.model_fields.keys()
