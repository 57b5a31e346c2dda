"""A gallery: everything that ships is shown, and what stands beside it makes it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from PIL import Image
from test_cli import call

from storyreel.errors import StoryreelError
from storyreel.film.exhibits import KINDS, SEEN, SMALL
from storyreel.film.gallery import write_gallery
from storyreel.film.lists import rows
from storyreel.film.reading import verify
from storyreel.film.specimens import Case, cases
from storyreel.publish.gallery_page import Exhibit, Room, gallery_page
from storyreel.script import props
from storyreel.script.models import Script


@pytest.fixture(scope="module")
def found() -> list[Case]:
    return list(cases())


def test_every_case_is_a_film_that_can_be_made(found: list[Case]) -> None:
    assert {case.kind for case in found} == set(SEEN)
    for case in found:
        verify(Script.model_validate(case.film()), Path())


def test_nothing_that_is_listed_is_missing(found: list[Case]) -> None:
    shown = {(case.kind, one.name) for case in found for one in case.specimens}
    for kind in ("puppets", "faces", "poses", "sets", "looks"):
        assert {name for name, _ in rows(kind)} <= {name for of, name in shown if of == kind}, kind
    kinds = {name for of, name in shown if of == "props"}
    assert set(props.KINDS) - kinds == {"drawing", "picture", "pane"}


def test_what_stands_beside_a_thing_is_what_its_film_is_made_of(found: list[Case]) -> None:
    for case in found:
        for one in case.specimens:
            assert one.name in one.yaml or one.shown == "hidden", one


def test_a_gallery_is_a_folder_with_a_page_and_a_file_for_each_thing(tmp_path: Path) -> None:
    told: list[str] = []
    assert write_gallery(tmp_path / "g", ("puppets",), told.append) == 2
    page = (tmp_path / "g" / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'src="([^"]+)"', page)
    assert len(named) == len(told) == 2
    assert sorted(named) == sorted(path.name for path in (tmp_path / "g").glob("*.webp"))
    with Image.open(tmp_path / "g" / "puppets-grump.webp") as picture:
        assert picture.size == SMALL
        fur = picture.convert("HSV").getpixel((SMALL[0] // 2, SMALL[1] * 3 // 4))
        assert isinstance(fur, tuple)
        assert fur[1] < 80, "he is grey"
    assert "cast: {grump: {puppet: grump}}</button>" in page


def test_a_page_escapes_what_it_shows_and_plays_what_is_heard() -> None:
    exhibit = Exhibit("a<b", 'says "&"', "x: {y: <z>}", "a b.m4a")
    page = gallery_page([Room("sounds", "Sounds", [exhibit]), Room("sets", "Sets", [])], SMALL)
    assert '<audio controls preload="none" src="a%20b.m4a"' in page
    assert "a&lt;b" in page
    assert unescape(re.findall(r"<button[^>]*>(.*?)</button>", page)[0]) == exhibit.yaml
    assert "Sets" not in page


def test_an_unknown_kind_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoryreelError, match="a gallery shows no face; did you mean 'faces'"):
        write_gallery(tmp_path / "g", ("face",))
    done = call("gallery", str(tmp_path / "g"), "--only", "voice")
    assert done.returncode == 1
    assert "did you mean 'voices'" in done.stderr
    assert not (tmp_path / "g").exists()


@pytest.mark.slow
def test_all_kinds_are_shown(tmp_path: Path) -> None:
    write_gallery(tmp_path, tuple(kind for kind in KINDS if kind in ("transitions", "sounds", "looks")))
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page.count("<figure>") == 10 + len(rows("looks")) + sum(
        said.startswith("an effect") for _, said in rows("sounds")
    )
    with Image.open(tmp_path / "transitions-iris.webp") as loop:
        assert getattr(loop, "n_frames", 1) > 6
