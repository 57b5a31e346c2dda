"""Captions in a size and colours of one's own: every look follows, a series says it once, and nothing else changes."""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import skia
from numpy.typing import NDArray
from test_captions import CLOCK, FACES, LOOK, SAFE, spoken
from test_direct import film
from test_series_read import folder as folder
from test_series_read import write, wrong

from storyreel.direct.captioning import pages
from storyreel.errors import SceneError
from storyreel.looks import look, look_names, pen
from storyreel.looks.gif.palette import nearest
from storyreel.render.keys import fingerprint_of
from storyreel.script.captions import CaptionSpec
from storyreel.script.hints import hints
from storyreel.script.read import read_text_with_places
from storyreel.series.batch import film_orders
from storyreel.series.jobs import script_of
from storyreel.text.chain import chain
from storyreel.text.setting import layout
from storyreel.timeline.model import CaptionChange, CaptionPage, Word
from storyreel.treatment.look import Said
from storyreel.widgets.captions import caption as neutral

LETTERS, EDGE, WORD = "#102040", "#C8F5FF", "#E03030"
WORDS = (Word("Hello", 0, 10), Word("there", 10, 20, ""))
SCENE = """\
storyreel: {version}
title: Hello
captions: {captions}
cast:
  michii: {{puppet: michii}}
scenes:
  - id: one
    cast: {{michii: {{at: centre}}}}
    beats:
      - michii: {{do: hop}}
"""


def shown(name: str, change: CaptionChange, speaker: str = "") -> NDArray[np.uint32]:
    """A page in a look, its second word sounding; "neutral" is how a look without captions of its own has it."""
    own = look("kawaii" if name == "neutral" else name)
    page = CaptionPage(0, 30, WORDS, ((0, 1),), own.caption.size, colour=speaker, change=change)
    placed = layout(page, chain(own.faces["caption"]), own.caption, SAFE)
    pixels = np.zeros((1920, 1080, 4), np.uint8)
    canvas = skia.Surface(pixels, skia.kBGRA_8888_ColorType).getCanvas()
    said = Said(9, (99, 9))
    if name == "neutral":
        neutral(own.kit, canvas, placed, page, said)
    else:
        pen(name).caption(canvas, placed, page, said)
    return pixels[1200:1500].view(np.uint32)[..., 0] & 0xFFFFFF


def has(picture: NDArray[np.uint32], colour: str) -> bool:
    """Whether there is much of a colour, to a level of rounding."""
    wanted = int(colour[1:], 16)
    near = [abs((picture >> shift & 255).astype(int) - (wanted >> shift & 255)) <= 2 for shift in (0, 8, 16)]
    return int(np.logical_and.reduce(near).sum()) > 60


@pytest.mark.parametrize("name", [*sorted(look_names()), "neutral"])
def test_every_look_takes_the_colours_that_are_asked_for(name: str) -> None:
    asked = shown(name, CaptionChange(1.0, LETTERS, EDGE, WORD), speaker="#2FA84F")
    usual = shown(name, CaptionChange(), speaker="#2FA84F")
    for colour in (LETTERS, EDGE, WORD):
        seen = nearest(colour) if name == "gif" else colour
        if name in _SOFT and colour in _SOFT[name]:
            assert not np.array_equal(shown(name, replace(_ONLY[colour], size=1.0)), shown(name, CaptionChange()))
        else:
            assert has(asked, seen), f"no {seen}"
            assert name == "gif" or not has(usual, seen)


_SOFT = {"storybook": (EDGE,), "sketch": (WORD,), "kawaii": (WORD,)}
"""Colours of shadows, of a dry marker and of a pill with light on it: mixed with others wherever they are."""
_ONLY = {EDGE: CaptionChange(edge=EDGE), WORD: CaptionChange(word=WORD)}


@pytest.mark.parametrize("factor", [0.6, 1.3, 1.5])
def test_captions_of_another_size_still_lie_in_the_safe_box(factor: float) -> None:
    line = spoken("Behind every account is a real human being, extraordinarily so.")
    made = pages([line], FACES, LOOK.caption.sized(factor), SAFE, "en", CLOCK, 400)
    for page in made:
        left, top, right, bottom = layout(
            replace(page, change=CaptionChange(factor)), FACES, LOOK.caption, SAFE, "en"
        ).ink
        assert SAFE[0] - 1e-6 <= left
        assert right <= SAFE[2] + 1e-6
        assert SAFE[1] <= top
        assert bottom <= SAFE[3] + 1e-6
    assert max(page.size for page in made) <= LOOK.caption.size * factor


def test_a_film_sets_its_captions_as_its_script_says(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "line.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes((9000 * np.sin(np.arange(48_000) * 0.05)).astype("<i2").tobytes())
    scene = {
        "cast": {"michii": {"at": "centre"}},
        "beats": [{"michii": {"say": "Hi you.", "recording": "line.wav"}}],
    }
    usual, small = film(scene, base=tmp_path), film(scene, base=tmp_path, captions={"size": 0.8, "word": WORD})
    assert [page.change for page in usual.captions] == [CaptionChange()]
    (page,) = small.captions
    assert page.change == CaptionChange(0.8, word=WORD)
    assert page.size == pytest.approx(0.8 * usual.captions[0].size)
    assert (small.scenes, small.sound) == (usual.scenes, usual.sound)


def test_captions_in_other_colours_are_other_chunks() -> None:
    page = CaptionPage(0, 30, WORDS, ((0, 1),), 72)
    assert fingerprint_of(page) != fingerprint_of(replace(page, change=CaptionChange(word=WORD)))


def test_a_series_says_it_once_and_a_row_only_what_is_different(folder: Path) -> None:
    text = f"""
        storyreel: 1
        title: Kindness
        shared:
          captions: {{where: sidecar, size: 1.2, word: "{WORD}"}}
        episodes:
          - one/scene.yaml
          - {{scene: two/scene.yaml, captions: {{size: 0.9}}}}
          - {{scene: more/a.yaml, captions: both}}
    """
    _, films = film_orders(write(folder / "series.yaml", text))
    assert [film.captions for film in films] == ["sidecar", "sidecar", "both"]
    assert [script_of(film).captions for film in films] == [
        CaptionSpec(size=1.2, word=WORD),
        CaptionSpec(size=0.9, word=WORD),
        CaptionSpec(size=1.2, word=WORD),
    ]


def test_a_series_comes_before_what_its_scenes_say(folder: Path) -> None:
    write(folder / "own.yaml", SCENE.format(version=2, captions='{size: 0.8, colour: "#FFFFFF"}'))
    text = "storyreel: 1\ntitle: K\nshared: {captions: {size: 1.2}}\nepisodes: [own.yaml, {scene: one/scene.yaml}]\n"
    _, (own, _) = film_orders(write(folder / "series.yaml", text))
    assert script_of(own).captions == CaptionSpec(size=1.2, colour="#FFFFFF")


def test_a_word_that_is_no_place_for_captions_and_a_size_beyond_bounds_are_refused_where_they_stand(
    folder: Path,
) -> None:
    said = wrong(folder, "storyreel: 1\ntitle: K\nshared: {captions: {size: 3}}\nepisodes: [one/scene.yaml]\n")
    assert len(said) == 1
    assert said[0] == "3:27: needs at most 1.5, not 3"
    said = wrong(folder, "storyreel: 1\ntitle: K\nshared: {captions: brn}\nepisodes: [one/scene.yaml]\n")
    assert len(said) == 1
    assert "did you mean 'burn'" in said[0]


def test_letters_that_are_hardly_told_from_their_edge_are_warned_of(tmp_path: Path) -> None:
    def warned(captions: str) -> list[str]:
        return [
            hint.message
            for hint in hints(*read_text_with_places(SCENE.format(version=2, captions=captions), tmp_path))
            if "hard to read" in hint.message
        ]

    (message,) = warned('{colour: "#FFFFFF", edge: "#F0F0A0"}')
    assert "a contrast of 1.2, and 3 is the least" in message
    assert not warned('{colour: "#FFFFFF", edge: "#3A2350"}')


def test_a_file_of_version_1_is_told_that_the_key_is_newer(tmp_path: Path) -> None:
    with pytest.raises(SceneError, match="'captions' belongs to format 2"):
        read_text_with_places(SCENE.format(version=1, captions="{size: 1.2}"), tmp_path)
