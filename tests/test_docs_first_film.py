"""The five-minute film: what each step of its page shows is a film that is good, and its picture is that film's."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from storyreel.film.reading import vocabulary
from storyreel.script.hints import hints
from storyreel.script.read import read_text_with_places

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "first-film.md").read_text(encoding="utf-8")
SPEC = importlib.util.spec_from_file_location("first_film", ROOT / "docs" / "pictures" / "first_film.py")
assert SPEC is not None
assert SPEC.loader is not None
PICTURES = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(PICTURES)


def test_every_step_is_a_good_film_and_longer_or_otherwise_than_the_one_before() -> None:
    steps = PICTURES.steps()
    known = vocabulary(PICTURES.FOLDER)
    assert len(steps) == len(set(steps)) == 7
    for number, text in enumerate(steps, start=1):
        script, places = read_text_with_places(PICTURES.signed(text), f"step {number}", PICTURES.FOLDER, known)
        assert [one.message for one in hints(script, places)] == [], number


@pytest.mark.slow
def test_the_last_step_is_directed_without_a_warning_and_every_picture_is_there() -> None:
    film = PICTURES.film(PICTURES.steps()[-1])
    assert film.direction.notes == ()
    shown = re.findall(r"!\[[^]]+\]\((.*?)\)", PAGE)
    assert shown == [f"pictures/first-film/{number}.webp" for number in range(1, 8)]
    assert sum((ROOT / "docs" / path).stat().st_size for path in shown) < 600_000


@pytest.mark.slow
def test_the_picture_of_the_first_step_is_its_own() -> None:
    """Those of the other steps are drawn by the same lines, a command away."""
    committed = Image.open(PICTURES.PICTURES / "1.webp").convert("RGB")
    film = PICTURES.film(PICTURES.steps()[0])
    drawn = PICTURES.strip(film, PICTURES.moments(0, film.timeline.length)[:1])
    kept = committed.crop((0, 0, *drawn.size))
    assert np.abs(np.asarray(kept, np.int16) - np.asarray(drawn, np.int16)).mean() < 4
