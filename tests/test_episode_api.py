"""`import storyreel` is light, and gives everything that it promises."""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import storyreel
from storyreel.publish.sheet import cells, clock_time, sheet
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Beat, Line, Scene, Timeline, Word

ROOT = Path(__file__).parent.parent


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_import_is_quick_and_loads_nothing_heavy() -> None:
    bare = min(timed("pass") for _ in range(3))
    whole = min(timed("import storyreel") for _ in range(3))
    assert whole - bare < 0.3
    heavy = ("numpy", "skia", "av", "pydantic", "PIL", "moviepy", "pydub", "scipy", "onnxruntime", "ruamel", "rich")
    assert run(f"import sys, storyreel; print([name for name in {heavy} if name in sys.modules])").strip() == "[]"


def timed(code: str) -> float:
    began = time.perf_counter()
    run(code)
    return time.perf_counter() - began


def test_every_public_name_can_be_had() -> None:
    for name in storyreel.__all__:
        assert getattr(storyreel, name) is not None
    assert set(dir(storyreel)) >= set(storyreel.__all__)
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        storyreel.lod  # noqa: B018


def test_the_version_is_the_packages() -> None:
    assert storyreel.__version__ == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def words(text: str, start: int) -> tuple[Word, ...]:
    return tuple(Word(word, start + 5 * i, start + 5 * i + 5) for i, word in enumerate(text.split()))


BEATS = (Beat(0, 40, "hop in"), Beat(40, 100, "dance"), Beat(100, 100, "nothing"))
FILM = Timeline(
    "A film 🙌",
    "kawaii",
    270,
    480,
    Fraction(30),
    (60, 250, 910, 1480),
    (Scene("one", 100, (), beats=BEATS), Scene("two", 50, ())),
    lines=(Line("one", "michii", words("I made a little dance!", 80)),),
)


@dataclass(frozen=True)
class Film:
    """A film whose frames are plain colours: red says which frame it is."""

    timeline: Timeline = FILM

    def picture(self, frame: int) -> Image.Image:
        return Image.new("RGB", (self.timeline.width, self.timeline.height), (frame, 0, 90))


def test_a_sheet_has_a_picture_a_beat_with_its_line() -> None:
    found = cells(FILM)
    assert [(cell.scene, cell.text, cell.spoken) for cell in found] == [
        ("one", "hop in", False),
        ("one", "I made a little dance!", True),
        ("two", "", False),
    ]
    assert [0 <= found[0].frame < 40, 80 <= found[1].frame < 100, 100 <= found[2].frame < 150] == [True] * 3


def test_the_sheet_shows_the_frames_themselves() -> None:
    drawn = sheet(Film())
    colours = {colour for _, colour in drawn.getcolors(1 << 24)}
    for cell in cells(FILM):
        assert (cell.frame, 0, 90) in colours


def test_a_sheet_of_many_beats_has_rows_of_five() -> None:
    one = sheet(Film())
    scene = replace(FILM.scenes[0], beats=tuple(Beat(i * 10, i * 10 + 10, "hop") for i in range(10)))
    ten = sheet(Film(replace(FILM, scenes=(scene,))))
    assert ten.width > one.width
    assert one.height < ten.height < 2 * one.height


@pytest.mark.parametrize("beats", [1, 2, 3, 5])
def test_what_a_sheet_says_of_the_film_never_lies_on_its_title(beats: int) -> None:
    scene = replace(FILM.scenes[0], beats=tuple(Beat(i * 10, i * 10 + 10, "hop") for i in range(beats)))
    film = replace(FILM, title="My very first film of all of them", scenes=(scene,))
    head = np.asarray(sheet(Film(film)))[:128]
    title, about = (np.argwhere((head == colour).all(axis=2)) for colour in ((0x2E, 0x24, 0x30), (0x85, 0x7A, 0x88)))
    below, beside = title[:, 0].max() < about[:, 0].min(), title[:, 1].max() < about[:, 1].min()
    assert below or beside


@pytest.mark.parametrize(("frame", "text"), [(0, "0:00.0"), (96, "0:03.2"), (1799, "0:59.9"), (1800, "1:00.0")])
def test_times_are_written_as_on_a_clock(frame: int, text: str) -> None:
    assert clock_time(Clock(Fraction(30)), frame) == text
