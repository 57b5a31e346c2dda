"""Parts of a film that are taken again as they were directed last: the film is the one that is directed whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from storyreel.direct.board import Board
from storyreel.direct.director import Direction, direct
from storyreel.direct.rushes import Rushes
from storyreel.errors import DirectingError
from storyreel.script.alike import alike
from storyreel.script.models import Beat, Scene, Script
from storyreel.script.read import read_text
from storyreel.sound.clip import Speech, Timed
from storyreel.sound.store import ClipStore

FILM = """\
storyreel: 2
title: T
format: {width: 180, height: 320, fps: 30}
music: bubblegum
seed: 3
creator: {name: Mi, handle: "@mi", portrait: face.png, message: Hello.}
cast:
  mi: {puppet: michii, voice: {pitch: 0.7}}
  otto: {puppet: grump, voice: {pitch: 0.7}}
scenes:
  - id: loop
    clip: true
    set: bedroom
    cast: {otto: {at: left}}
    beats:
      - {otto: {do: hop}, for: 12f}
  - id: a
    set: bedroom
    shots: {near: {on: mi, size: medium}}
    cast: {mi: {at: left}, otto: {at: right}}
    beats:
      - shot: near
        mi: {do: hop}
        for: 20f
      - shot: {on: otto}
        otto: {say: One two three.}
        music: {level: -3}
      - {wait: 10f, frame: {top: 0.1}}
  - id: b
    set: bedroom
    cast: {mi: {at: centre}, otto: {at: right}}
    props: {tv: {kind: pane, shows: loop, at: [0.5, 0.3], size: 0.3}}
    beats:
      - shot: {on: mi}
        mi: {say: Four five six seven.}
        for: 15f
      - {shot: {on: mi, size: wide}, mi: {go: right}, cut: {follow: mi}}
  - id: c
    set: bedroom
    cast: {mi: {at: left}, otto: {at: right}}
    beats:
      - {mi: {do: hop}, music: {section: win}, for: 25f}
      - {otto: {do: wave}, sound: {width: 0.4}, for: 25f}
  - id: d
    set: bedroom
    cast: {mi: {at: left}, otto: {at: right}}
    beats:
      - {mi: {do: hop}, for: 25f}
      - {otto: {say: Nine.}, for: 25f}
"""
EDITS = (
    ("do: hop}\n        for: 20f", "do: wave}\n        for: 20f"),
    ("for: 20f", "for: 23f"),
    ("One two three.", "One two."),
    ("frame: {top: 0.1}", "frame: {top: 0.2}"),
    ("near: {on: mi, size: medium}", "near: {on: mi, size: close}"),
    ("Four five six seven.}", "Four five six seven., until: 12f}"),
    ("Four five six seven.}", "Four five six seven., until: mi.go}"),
    ("cut: {follow: mi}", "cut: {through: otto}"),
    ("section: win", "section: play"),
    ("sound: {width: 0.4}", "sound: {copy: mi, late: 4f, side: left}"),
    ("{otto: {do: hop}, for: 12f}", "{otto: {do: wave}, for: 12f}"),
    ("pitch: 0.7}}\nscenes", "pitch: 0.8}}\nscenes"),
    ("Nine.", "Nine ten."),
    ("message: Hello.", "message: Hello you."),
    ("cast: {mi: {at: left}, otto: {at: right}}\n    beats:\n      - {mi: {do: hop}, music", "CAST"),
    ("- id: d", "- id: e"),
    ("seed: 3", "seed: 4"),
)
CAST = "cast: {otto: {at: right}, mi: {at: left}}\n    beats:\n      - {mi: {do: hop}, music"


@dataclass
class Spoken:
    """A store whose voices take .4 s a word."""

    clips: dict[str, Speech] = field(default_factory=dict)

    def speech(self, text: str, voice: str, **how: object) -> tuple[str, Speech]:
        said = text.split()
        key = f"{text} {voice} {sorted(map(str, how.items()))}"
        words = tuple(Timed(word, 0.4 * n, 0.4 * n + 0.3) for n, word in enumerate(said))
        samples = np.zeros(9600 * len(said), dtype=np.float32)
        return key, self.clips.setdefault(key, Speech(samples, 24_000, words, ()))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("film")
    Image.new("RGB", (60, 60), (90, 60, 40)).save(folder / "face.png")
    return folder


def edited(edits: frozenset[int], base: Path) -> Script:
    text = FILM
    for number in sorted(edits):
        old, new = EDITS[number]
        text = text.replace(old, CAST if new == "CAST" else new, 1)
    return read_text(text, "film", base)


def told(script: Script, base: Path, store: Spoken, rushes: Rushes | None) -> Direction | str:
    kept: ClipStore = store  # type: ignore[assignment]
    try:
        return direct(script, base, kept, rushes=rushes)
    except DirectingError as error:
        return str(error)


def same(one: Direction | str, other: Direction | str) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return (one.timeline, one.notes, dict(one.clips)) == (other.timeline, other.notes, dict(other.clips))


@settings(max_examples=40)
@given(st.lists(st.frozensets(st.integers(0, len(EDITS) - 1), max_size=4), min_size=1, max_size=4))
def test_what_is_directed_with_rushes_is_what_is_directed_whole(base: Path, saves: list[frozenset[int]]) -> None:
    store, rushes = Spoken(), Rushes()
    for edits in (frozenset[int](), *saves):
        script = edited(edits, base)
        assert same(told(script, base, store, rushes), told(script, base, store, None))


def directs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The shots that are directed from now on."""
    found: list[str] = []
    freeze = Board.freeze

    def counted(self: Board) -> object:
        found.append(self.scene.id)
        return freeze(self)

    monkeypatch.setattr(Board, "freeze", counted)
    return found


def test_a_scene_that_stays_as_long_is_directed_alone(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, rushes = Spoken(), Rushes()
    told(edited(frozenset(), base), base, store, rushes)
    found = directs(monkeypatch)
    told(edited(frozenset({0}), base), base, store, rushes)
    assert [one for one in found if one != "loop"] == ["a.1", "a.2"]


def test_scenes_after_one_that_grows_are_directed_again(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, rushes = Spoken(), Rushes()
    told(edited(frozenset(), base), base, store, rushes)
    found = directs(monkeypatch)
    told(edited(frozenset({12}), base), base, store, rushes)
    assert [one for one in found if one != "loop"] == ["d"]
    found.clear()
    told(edited(frozenset({1, 12}), base), base, store, rushes)
    assert [one for one in found if one != "loop"] == ["a.1", "a.2", "b.1", "b.2", "c", "d"]


def test_a_file_that_has_changed_has_all_of_the_film_directed_again(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, rushes, script = Spoken(), Rushes(files={"face.png": "1"}), edited(frozenset(), base)
    told(script, base, store, rushes)
    found = directs(monkeypatch)
    rushes.files = {"face.png": "1", "new.svg": "2"}
    told(script, base, store, rushes)
    assert [one for one in found if one != "loop"] == []
    rushes.files = {"face.png": "3"}
    told(script, base, store, rushes)
    assert len(found) > 5


def test_what_is_left_unsaid_and_the_order_of_names_count(base: Path) -> None:
    scene = edited(frozenset(), base).scenes[3]
    again = edited(frozenset(), base).scenes[3]
    assert alike(scene, again)
    assert again == edited(frozenset({14}), base).scenes[3]
    assert not alike(scene, edited(frozenset({14}), base).scenes[3])
    said = Scene(id="x", set="bedroom", beats=[Beat(wait="2s")], clip=False)
    unsaid = Scene(id="x", set="bedroom", beats=[Beat(wait="2s")])
    assert said == unsaid
    assert not alike(said, unsaid)
