"""Every key of the reference has an example beside it, and every example is read and checked as an author's file is."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from storyreel.assets import asset
from storyreel.film.given import put
from storyreel.film.key_films import FILES, SIZE, key_film
from storyreel.film.key_pictures import apart, key_pictures
from storyreel.film.reading import vocabulary
from storyreel.script.example_series import SHOWN_BY
from storyreel.script.examples import EXAMPLES, SERIES_EXAMPLES
from storyreel.script.messages import keys_of
from storyreel.script.props import KINDS, PLACING
from storyreel.script.read import read_text
from storyreel.script.reference import _SECTIONS, _SERIES
from storyreel.script.series import read_series
from storyreel.sound.effects import effect
from storyreel.source.tree import parse


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the examples name."""
    found = tmp_path_factory.mktemp("examples")
    portrait, line = FILES
    shutil.copy(asset("portraits") / "stand-in.png", found / portrait)
    put(effect("pop"), found / line)
    return found


@pytest.mark.parametrize("model", EXAMPLES)
def test_every_example_of_the_reference_is_read_without_a_word(model: str, folder: Path) -> None:
    words = vocabulary(folder)
    for key, line in EXAMPLES[model].items():
        assert next(iter(parse(f"{{{line}}}", "example")[0])) == key
        read_text(json.dumps(key_film(model, key, line)), f"{model} {line}", folder, words)


def test_an_example_has_a_picture_where_something_moves_three_and_a_sound_where_it_is_heard() -> None:
    pictures = {(one.model, one.key): one for one in key_pictures()}
    assert pictures.keys() == {(model, key) for model, lines in EXAMPLES.items() for key in lines}
    assert len({one.file for one in pictures.values()}) == len(pictures)
    with Image.open(io.BytesIO(pictures["CameraSpec", "push"].making.make())) as picture:
        assert picture.size == (3 * SIZE["width"], SIZE["height"])
    assert apart([picture] * 5) == [4]
    assert pictures["Effect", "play"].file == "effect-play.m4a"


def test_every_key_of_the_reference_has_an_example() -> None:
    sections = {model.__name__: set(keys_of(model)) for _, model in _SECTIONS}
    placing = {"in" if key == "in_" else key for key in PLACING}
    kinds = {kind.__name__: set(keys_of(kind)) - placing - {"kind"} for kind in KINDS.values()}
    assert {model: set(keys) for model, keys in EXAMPLES.items()} == {**sections, "props": placing, **kinds}


def test_every_key_of_a_series_has_an_example_that_is_read_and_is_shown_by_a_scenes(folder: Path) -> None:
    written = {model.__name__: set(keys_of(model)) for _, model in _SERIES}
    written["Entry"] -= written["Differences"]
    assert {model: set(keys) for model, keys in SERIES_EXAMPLES.items()} == written
    (folder / "more").mkdir()
    for name in ("monday", "tuesday", "intro", "outro", "more/sunday"):
        (folder / f"{name}.yaml").touch()
    for model, lines in SERIES_EXAMPLES.items():
        for key, line in lines.items():
            said, _ = parse(f"{{{line}}}", "example")
            said = {"captions": said} if model == "SeriesCaptions" else said
            series = {"storyreel": 1, "title": "Kind", "episodes": "monday.yaml"}
            own = {"Series": said, "Entry": {"episodes": said}}.get(model, {"shared": said})
            (folder / "series.yaml").write_text(json.dumps({**series, **own}))
            assert read_series(folder / "series.yaml", vocabulary(folder))[1], (model, key)
    for (model, key), (other, named) in SHOWN_BY.items():
        alone = (parse(f"{{{line}}}", "example")[0] for line in (SERIES_EXAMPLES[model][key], EXAMPLES[other][named]))
        mine, scenes = (one[name] for one, name in zip(alone, (key, named), strict=True))
        assert scenes in (mine if isinstance(mine, list) and not isinstance(scenes, list) else [mine])
