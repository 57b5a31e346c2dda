"""Directing rules of what a film tells: turns out of nothing, nights without a lamp, bookends, and loud endings."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyreel.script.hints import hints
from storyreel.script.read import read_scene_with_places, read_text_with_places

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*/scene.yaml"))
PORTRAITS = ROOT / "assets" / "portraits"
FILM = """\
storyreel: 2
title: T
creator: {name: M, handle: "@m", message: You are in control., portrait: stand-in.png, puppet: mi}
cast: {mi: {puppet: michii, voice: {}}, bo: {puppet: grump, voice: {}}}
scenes:
  - id: a
    hour: 12
    cast: {mi: {at: left, face: sad}, bo: {at: right}}
    props: {bin: {kind: button}, lamp: {kind: lamp, light: {on: 1}}}
    beats:
      - {shot: full, for: 2s}
      - {for: 1s}
reveal: {say: You are in control.}
"""


def warned(old: str = "", new: str = "") -> list[str]:
    assert old in FILM
    found = hints(*read_text_with_places(FILM.replace(old, new, 1), "f", PORTRAITS))
    return [one.message for one in found]


def test_a_film_that_keeps_the_rules_is_not_warned_of() -> None:
    assert warned() == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{for: 1s}", "{mi: {face: joy}, for: 1s}", "'mi' is joy out of nothing"),
        ("{for: 1s}", "{mi: {at: 20f, press: bin}, mood: {at: mi.press - 3f, warmth: 1}}", "colours follow an act"),
        ("{for: 1s}", "{mi: [{at: 6f, say: Hi.}], bo: {at: 6f, say: Go.}}", "give the line an `at`: mi.said + 6f"),
        ("{for: 1s}", "{mi: {at: 20f, press: bin}, bo: {at: 20f, press: lamp}}", "one idea is enough for a shot"),
        ("shot: full", "shot: {on: mi, at: [0.3, 0.4], sees: {bo: [0.7, 0.4]}}", "'bo' and 'mi' stand side by side"),
        ("on: 1", "on: 0", "'lamp' is out, and nobody switches it on"),
        ("{say: You", "{as: No!, say: You", "the card writes something else than is spoken"),
        ("{say: You", "{guest: {mi: {do: wave}}, say: You", "'mi' is the creator, drawn, and doesn't pose"),
        ("{say: You", "{card: [hashtag, name], say: You", "'name' comes after 'hashtag', and is read before it"),
        ("{say: You", "{for: 2s, say: You", "this is shorter"),
    ],
)
def test_what_tells_against_a_rule_is_warned_of(old: str, new: str, message: str) -> None:
    (said,) = warned(old, new)
    assert message in said


def test_an_accent_is_not_spent_before_it_is_let_loose() -> None:
    held = FILM.replace("hour: 12\n", "mood: {accent: 0}\n")
    late = "  - {id: b, mood: {accent: 0}, beats: [{shot: close, bo: {do: hop}, for: 1s}]}\n"
    last = "  - {id: c, mood: {accent: 0}, beats: [{shot: wide, mood: {at: 6f, accent: 1}, for: 1s}]}\n"
    for text, warns in (
        (late + last, False),
        (late.replace("mood: {accent: 0}, ", "") + last, True),
        (late.replace("do: hop", "mood: {accent: 1}") + last, True),
        (late.replace("mood: {accent: 0}, ", ""), False),
    ):
        scenes = text.replace("beats:", "cast: {mi: {}, bo: {}}, beats:")
        told = held.replace("reveal:", scenes + "reveal:")
        found = [one.message for one in hints(*read_text_with_places(told, "f", PORTRAITS))]
        assert any("before it is let loose" in one for one in found) == warns, found


def test_a_night_wants_something_that_gives_light() -> None:
    lamp = ", lamp: {kind: lamp, light: {on: 1}}"
    dark = FILM.replace("hour: 12", "hour: 23").replace(lamp, "")
    found = hints(*read_text_with_places(dark, "f", PORTRAITS))
    assert ["nothing here gives light" in one.message for one in found] == [True]
    assert warned("hour: 12", "hour: 23") == []


def test_whoever_sees_something_may_be_glad_of_it() -> None:
    assert warned("{for: 1s}", "{mi: {look: bo, face: joy}, for: 1s}") == []
    assert warned("{for: 1s}", "{bo: {do: wave}, mi: {face: joy}, for: 1s}") == []


def test_hardly_one_warning_in_ten_about_the_boarded_films_is_a_false_alarm() -> None:
    found = [str(one) for path in EXAMPLES for one in hints(*read_scene_with_places(path))]
    false = [one for one in found if "never enters" not in one and "less than two sizes" not in one]
    assert len(false) * 10 <= len(found), "\n".join(false)
