"""What is shown can be set, and what is said can be said: known when a scene is read, with its place."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from small_media import write_wav

from storyreel.direct.director import direct
from storyreel.errors import SceneError
from storyreel.film.reading import vocabulary
from storyreel.script.read import read_text

SCENE = """\
storyreel: 1
title: Hello
language: en
reveal: false
cast:
  mi: {puppet: michii, voice: {use: heart}}
scenes:
  - id: one
    cast: {mi: {at: centre}}
    props:
      note: {kind: title, text: Hello}
    beats:
      - mi: "Good morning"
      - mi: {say: "Good night"}
"""
WORDS = vocabulary(Path())


def said(*changes: tuple[str, str]) -> list[str]:
    text = SCENE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    before = time.process_time()
    try:
        read_text(text, "f", words=WORDS)
    except SceneError as error:
        return str(error).splitlines()
    finally:
        assert time.process_time() - before < 2
    return []


def test_the_scene_itself_is_good() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a" + "\u0301" * 25_000, "f:13:13: needs at most 5000 characters, not 25001; make several lines of it"),
        ("a" + "\u0301" * 4000, "f:13:13: has more than 30 combining marks on one letter; take some away"),
        ("hello there " * 10_000, "f:13:13: needs at most 5000 characters, not 120000; make several lines of it"),
        ("مرحبا " * 5000, "f:13:13: needs at most 5000 characters, not 30000; make several lines of it"),
    ],
)
def test_a_line_of_hostile_length_is_refused_with_its_place(line: str, message: str) -> None:
    assert said(("Good morning", line)) == [message]


def test_a_line_that_is_not_shown_has_the_same_bounds() -> None:
    change = ('say: "Good night"', f'say: "{"so " * 2000}", caption: false')
    assert said(change) == ["f:14:19: needs at most 5000 characters, not 6000; make several lines of it"]


def test_a_title_is_short_and_can_be_seen() -> None:
    assert said(("text: Hello", f"text: {'so ' * 200}so")) == [
        "f:11:33: needs at most 500 characters, not 602; say it in fewer words"
    ]
    assert said(("text: Hello", r'text: "\u2066\u200b"')) == ["f:11:33: has nothing in it that can be seen"]


@pytest.mark.parametrize("line", [r"hi \u2066there\u2069", r"\u202eabc", "One\ttwo", "You are loved 🩷", "π and №1 ①"])
def test_a_line_with_signs_of_direction_or_of_any_year_is_good(line: str) -> None:
    assert said(("Good morning", line)) == []


def test_a_language_that_the_voice_does_not_speak_is_said_once_with_what_to_do() -> None:
    assert said(("language: en", "language: de")) == [
        "f:3:11: the voice 'heart' speaks en, not 'de'; record the lines that it speaks, or write them in en; "
        "the first is in line 13"
    ]
    assert said(("language: en", "language: en-GB")) == []


def test_a_film_of_another_language_is_good_where_its_lines_are_recorded(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", 0.5 * np.sin(np.arange(24_000) / 20))
    text = SCENE.replace("language: en", "language: ja").replace('- mi: "Good morning"', "- wait: 1s")
    text = text.replace('say: "Good night"', "say: おやすみ, recording: a.wav")
    assert read_text(text, "f", tmp_path, WORDS).language == "ja"


def test_a_recorded_film_of_another_language_is_made_and_one_line_without_a_recording_is_refused(
    tmp_path: Path,
) -> None:
    write_wav(tmp_path / "a.wav", 0.5 * np.sin(np.arange(24_000) / 20))
    Image.new("RGB", (40, 40), "#888888").save(tmp_path / "f.png")
    creator = "creator: {name: A, handle: '@a', message: m, portrait: f.png, puppet: mi}\nlanguage: de"
    text = SCENE.replace("storyreel: 1", "storyreel: 2").replace("language: en", creator)
    text = text.replace("reveal: false", "reveal: {first: {shot: close, mi: {say: Ende, recording: a.wav}}}")
    text = text.replace('- mi: "Good morning"', "- mi: {say: Guten Morgen, recording: a.wav}")
    text = text.replace('say: "Good night"', "say: Gute Nacht, recording: a.wav")
    made = direct(read_text(text, "f", tmp_path, WORDS), tmp_path)
    assert [line.text for line in made.timeline.lines] == ["Guten Morgen", "Gute Nacht", "Ende"]
    for line in ("Morgen", "Nacht", "Ende"):
        with pytest.raises(SceneError, match="speaks en, not 'de'") as refused:
            read_text(text.replace(f"{line}, recording: a.wav", line), "f", tmp_path, WORDS)
        number = next(at for at, row in enumerate(text.splitlines(), 1) if line in row)
        assert f"the first is in line {number}" in str(refused.value)


def test_the_creators_line_has_to_be_of_the_voices_language_too() -> None:
    creator = "creator: {name: A, handle: '@a', message: m, portrait: f, line: Hallo}\nlanguage: de"
    beats = SCENE.index("    beats:")
    text = SCENE[:beats].replace("reveal: false\n", "").replace("language: en", creator) + "    beats: [{wait: 1s}]\n"
    with pytest.raises(SceneError, match="f:4:11: the voice 'heart' speaks en, not 'de'"):
        read_text(text, "f", words=WORDS)


@pytest.mark.parametrize("line", ["ばか yes", "مرحبا", "Say שלום", "Привет", "x愛"])
def test_a_script_that_the_voice_does_not_read_is_said_with_its_word(line: str) -> None:
    (message,) = said(("Good night", line))
    assert message.startswith("f:14:19: the voice 'heart' can't say '")
    assert "give the line a recording" in message


def test_a_text_without_glyphs_is_said_once_though_nobody_can_say_it_either() -> None:
    (message,) = said(("Good night", "สวัสดี"))
    assert "no glyph for" in message


def test_panes_in_panes_end() -> None:
    chain = "".join(f"      p{n + 1}: {{kind: pane, in: p{n}}}\n" for n in range(40))
    found = said(("      note:", f"      p0: {{kind: pane}}\n{chain}      note:"))
    assert len(found) == 24
    assert "f:28:29: stands in more than 16 panes, one in another; take some away" in found
