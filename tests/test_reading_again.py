"""A text that is read again after an edit comes to what it comes to by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyreel.errors import SceneError
from storyreel.source import again
from storyreel.source.again import parse_again
from storyreel.source.tree import parse

TEXT = """# A film.
storyreel: 2
title: Twice
scenes:
  - id: one
    beats:
      - michii: {say: "Hello there"}   # said
      - {wait: 1s}

  # Between two scenes.
  - id: two
    beats:
      - michii:
          say: >-
            folded
            - text
      - wait:
  - id: three
    beats: [{wait: 2s}]
creator: {name: Kit}
"""
EDITS = (
    ("title: Twice", "title: Thrice\nlook: gif"),
    ("wait: 1s", "wait: 3s"),
    ('"Hello there"', '"Hello there'),
    ("{wait: 1s}", "{wait: 1s"),
    ("    beats: [{wait: 2s}]", "    beats: [{wait: 2s}]\n    beats: []"),
    ("  - id: two", "    - id: two"),
    ("  - id: two", "  - id: new\n  - id: two"),
    ("      - wait:\n", "      -\n"),
    ("id: three", "id: &name three"),
    ("scenes:", "scenes: []"),
    ("scenes:\n", "scenes:\nscenes:\n"),
    ("creator: {name: Kit}", "creator: *name"),
    ("- id: one", "id: one"),
    ("  # Between two scenes.", '  "'),
    ("{wait: 2s}]", "{wait: 2s}, 'a\n  - id: four\n']"),
)


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "_known", ("", {}))


def come_to(read: object, text: str) -> object:
    try:
        return read(text, "scene.yaml")  # type: ignore[operator]
    except SceneError as error:
        return error.problems


@pytest.mark.parametrize(("before", "after"), EDITS)
def test_an_edit_comes_to_what_the_whole_text_comes_to(before: str, after: str) -> None:
    assert before in TEXT
    edited = TEXT.replace(before, after)
    assert come_to(parse_again, TEXT) == come_to(parse, TEXT)
    assert come_to(parse_again, edited) == come_to(parse, edited)
    assert come_to(parse_again, TEXT) == come_to(parse, TEXT), "and back again"


def test_what_is_written_as_before_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    parse_again(TEXT, "scene.yaml")
    read: list[str] = []

    def watched(text: str, file: str) -> object:
        read.append(text)
        return parse(text, file)

    monkeypatch.setattr(again, "parse", watched)
    parse_again(TEXT.replace("wait: 2s", "wait: 4s"), "scene.yaml")
    assert len(read) == 1
    assert "wait: 4s" in read[0]
    assert "Hello" not in read[0]
    assert read[0].count("\n") == TEXT.count("\n")


def test_another_file_is_read_whole() -> None:
    first = parse_again(TEXT, "scene.yaml")
    other = parse_again(TEXT, str(Path("other.yaml")))
    assert first != other
    assert other == parse(TEXT, "other.yaml")
