"""What was hardly meant so is warned of, and stops nothing unless that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_series import scene

from storyreel.cli.commands import run
from storyreel.script.hints import hints
from storyreel.script.read import read_text_with_places
from storyreel.script.series import Entry
from storyreel.series.jobs import Directed, Directing, FilmOrder

SCENE = """\
storyreel: 1
title: Hello
cast:
  mi: {puppet: michii, voice: {use: heart}}
  bo: {puppet: grump}
scenes:
  - id: one
    cast:
      mi: {at: left}
      bo: {offstage: true}
    props:
      title: {kind: title, text: Hello, hidden: true}
      go: {kind: block, hidden: true}
    beats:
      - mi: {do: wave, at: 0.5s}
        title: {show: pop}
        go: {size: 1, over: 1s}
        for: 1s
      - bo: {enter: left}
        sfx: [pop, {play: boing, at: 20f}]
        wait: 1s
"""


def said(text: str) -> list[str]:
    return [str(hint) for hint in hints(*read_text_with_places(text, "f"))]


def test_a_scene_in_which_everything_is_used_has_no_warnings():
    assert said(SCENE) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("bo: {puppet: grump}", "bo: {puppet: grump}\n  su: {puppet: grump}", "f:6:3: warning: 'su' is in no scene"),
        ("title: {show: pop}", "sfx: pop", "f:12:7: warning: 'title' is hidden and never shown"),
        ("go: {size: 1, over: 1s}", "sfx: pop", "f:13:7: warning: 'go' is hidden and never shown"),
        ("- bo: {enter: left}", "- mi: {do: hop}", "f:10:7: warning: 'bo' never enters"),
        ("at: 0.5s", "at: 1s", "f:15:24: warning: at 1s is past the 1s that this beat lasts"),
        ("at: 20f", "at: 60f", "f:20:34: warning: at 60f is past the 1s that this beat waits, so that the beat grows"),
    ],
)
def test_what_was_hardly_meant_is_warned_of(old: str, new: str, message: str):
    assert SCENE.count(old) == 1
    assert said(SCENE.replace(old, new)) == [message]


@pytest.mark.parametrize(("opens", "warned"), [("{do: hop}", 1), ("{do: hop}\n        hole: {set: {radius: 1}}", 0)])
def test_who_stands_in_a_pane_that_is_never_opened_is_warned_of(opens: str, warned: int):
    hole = "      hole: {kind: pane, shape: circle, radius: 0}\n    beats:"
    text = SCENE.replace("storyreel: 1", "storyreel: 2").replace("mi: {at: left}", "mi: {in: hole}")
    text = text.replace("    beats:", hole).replace("- mi: {do: wave, at: 0.5s}", f"- mi: {opens}")
    assert len([one for one in said(text) if "'hole' is never opened, and mi is in it" in one]) == warned


def test_whoever_is_only_heard_is_warned_of_as_such():
    text = SCENE.replace("bo: {puppet: grump}", "bo: {puppet: grump, voice: {use: heart}}").replace(
        "{enter: left}", "Hello!"
    )
    (warned,) = said(text)
    assert warned.startswith("f:10:7: warning: 'bo' never enters; it is only heard")


def test_whoever_comes_on_the_creators_card_alone_enters_there(tmp_path: Path):
    (tmp_path / "me.png").write_bytes(b"")
    card = "creator: {name: A, handle: '@a', message: m, portrait: me.png, puppet: mi}"
    text = SCENE.replace("storyreel: 1", "storyreel: 2").replace("cast:\n", f"{card}\ncast:\n", 1)
    never = text.replace("- bo: {enter: left}", "- mi: {do: hop}")
    assert "never enters" in str(hints(*read_text_with_places(never, "f", tmp_path)))
    waves = never + "reveal: {guest: {bo: {at: 3s, do: wave}}}\n"
    assert "never enters" not in str(hints(*read_text_with_places(waves, "f", tmp_path)))


def test_a_rest_after_the_beat_is_part_of_it():
    assert said(SCENE.replace("at: 0.5s", "at: 1.2s").replace("for: 1s", "for: 1s\n        pause: 0.5s")) == []


def test_times_that_only_the_music_tells_are_not_compared():
    assert said(SCENE.replace("at: 0.5s", "at: 9beats")) == []
    assert said(SCENE.replace("at: 0.5s", "at: 9beats").replace("for: 1s", "for: 2beats")) != []


def test_whoever_stands_for_the_creator_is_used(tmp_path: Path):
    (tmp_path / "me.png").write_bytes(b"")
    card = "creator: {name: A, handle: '@a', message: m, portrait: me.png, puppet: su}"
    text = SCENE.replace("cast:\n", f"{card}\ncast:\n  su: {{puppet: grump}}\n", 1)
    assert hints(*read_text_with_places(text, "f", tmp_path)) == ()
    unshown = text.replace("title: Hello\n", "title: Hello\nreveal: false\n", 1)
    assert len(hints(*read_text_with_places(unshown, "f", tmp_path))) == 1


def test_check_prints_warnings_and_lets_them_pass_unless_it_is_strict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    Path("f").write_text(SCENE.replace("- bo: {enter: left}", "- mi: {do: hop}"), encoding="utf-8")
    assert run(["check", "f"]) == 0
    shown = capsys.readouterr()
    assert shown.err == "f:10:7: warning: 'bo' never enters\n"
    assert shown.out.startswith("f: good; ")
    assert run(["check", "--strict", "f"]) == 2
    assert capsys.readouterr().err == shown.err


def test_a_batch_reports_them_with_the_film(tmp_path: Path):
    path = scene(tmp_path, "one", seconds=0.2)
    path.write_text(path.read_text().replace("cast:\n", "cast:\n  su: {puppet: grump}\n", 1))
    directed = Directing(FilmOrder("one", path, Entry(scene="one.yaml")), tmp_path / "clips").run()
    assert isinstance(directed, Directed)
    assert directed.notes == (f"{path}:7:3: warning: 'su' is in no scene",)
