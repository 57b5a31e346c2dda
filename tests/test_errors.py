"""What is printed never steers a terminal, turns the direction of text, or forges another line."""

from __future__ import annotations

import json
import pickle

import pytest

from storyreel.cli.terminal import json_text, said
from storyreel.errors import DirectingError, Place, Problem, SceneError, StoryreelError, printable
from storyreel.series.progress import BatchEvent

HOSTILE = "\x1b[2J\x9b31m\u202eevil\u2066\nfake.yaml:1:1: forged\r\u2028\ud800"


def steers(text: str) -> bool:
    return printable(text.replace("\n", "")) != text.replace("\n", "")


def test_text_of_any_script_is_printed_as_it_is() -> None:
    text = "“naïve” – שלום مرحبا 👩‍👩‍👧 ひらがな"
    assert printable(text) == text


def test_what_steers_is_printed_as_its_escape() -> None:
    assert printable("a\x1b[2J\u202eb\n") == r"a\x1b[2J\u202eb\n"
    assert printable(printable(HOSTILE)) == printable(HOSTILE)


@pytest.mark.parametrize(
    "error",
    [StoryreelError(HOSTILE), DirectingError(HOSTILE, ()), SceneError([Problem(Place(HOSTILE, 1, 2), HOSTILE)])],
)
def test_an_error_is_one_line_that_steers_nothing(error: StoryreelError) -> None:
    assert not steers(str(error))
    assert "\n" not in str(error)


def test_problems_stand_on_a_line_each_and_travel_between_processes() -> None:
    error = SceneError([Problem(Place("a", 1, 1), "x\ny"), Problem(Place("b", 2, 2), "z")])
    assert str(error).splitlines() == [r"a:1:1: x\ny", "b:2:2: z"]
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_a_batch_tells_of_films_by_names_that_steer_nothing() -> None:
    told = said(BatchEvent("failed", film=HOSTILE, message="a:1:1: b\n\x1b[2J"))
    assert not steers(told)
    assert len(told.splitlines()) == 3


def test_json_for_machines_is_the_same_data_and_steers_nothing() -> None:
    written = json_text({"film": HOSTILE, "title": "שלום"}, indent=2)
    assert not steers(written)
    assert "שלום" in written
    assert json.loads(written) == {"film": HOSTILE, "title": "שלום"}
