"""Power of Words keeps the frames of its board."""

from __future__ import annotations

from pathlib import Path

import pytest

import storyreel
from storyreel import Episode
from storyreel.timeline.model import PuppetContent, Timeline

SCENE = Path(__file__).parents[1] / "examples" / "power-of-words" / "scene.yaml"
SHOTS = {
    **{"hill": 0, "drawing": 30, "articulate": 75, "hair": 150, "here": 210, "pile": 270, "ruin": 295, "small": 315},
    **{"up": 375, "types": 415, "key": 490, "look": 505, "think": 535, "other-key": 580, "letters": 610},
    **{"lifts": 682, "plink": 712, "heave": 750, "garden": 795, "beam": 840, "face": 885},
}
"""The first frame of every shot."""
MOMENTS = {
    **{("articulate", "woman.says"): 69, ("articulate", "stone.fall"): 105, ("articulate", "medium.says"): 116},
    **{("hair", "teen.says"): 153, ("hair", "curls.fall"): 165, ("here", "man.says"): 206, ("here", "from.fall"): 225},
    **{("here", "medium.says"): 251, ("pile", "joke.fall"): 275, ("pile", "smile.fall"): 290},
    **{("small", "low.says"): 322, ("types", "pip.says"): 417, ("letters", "ask.become"): 610},
    **{("letters", "pip.says"): 654, ("letters", "ask.read"): 660, ("heave", "smile.fall"): 770},
    **{("heave", "joke.fall"): 773, ("heave", "from.fall"): 778, ("heave", "curls.fall"): 780},
    **{("heave", "praise.fall"): 785, ("garden", "medium.says"): 790, ("beam", "medium.says"): 838},
}
"""Moments that the board names, on the film's clock."""
CELLS = {
    **{("look", "shade", "shade 1"): 510, ("ruin", "picture", "struck"): 300, ("ruin", "picture", "lies"): 307},
    **{("think", "lenses", "mirror picture"): 573, ("other-key", "screen", "typed 8"): 607},
    **{("plink", "flash", "flash 1"): 718, ("plink", "sprout", "sprout l 5"): 725},
    **{("drawing", "corners", "corners m"): 50, ("here", "medium", "body tap2"): 255},
    **{("garden", "f1", "flower s 6"): 820, ("hill", "large", "eyes half"): 15},
}
"""Cells, and when the board has them come: a drawing that is struck, a sprout that is lit."""


@pytest.fixture(scope="module")
def episode() -> Episode:
    return storyreel.load(SCENE)


@pytest.fixture(scope="module")
def film(episode: Episode) -> Timeline:
    return episode.timeline


def test_every_shot_begins_on_the_frame_of_the_board(film: Timeline) -> None:
    starts = {scene.id.removesuffix(".1"): start for start, scene in film.starts()}
    assert {name: starts[name] for name in SHOTS} == SHOTS
    assert starts["letters.2"] == 660, "the first step of dawn"
    assert starts["reveal"] == 910
    assert film.length == 1050


@pytest.mark.parametrize(("shot", "moment"), MOMENTS)
def test_a_moment_is_within_two_frames_of_the_board(film: Timeline, shot: str, moment: str) -> None:
    start, scene = next(each for each in film.starts() if each[1].id == f"{shot}.1")
    assert start + dict(scene.marks)[moment] == pytest.approx(MOMENTS[shot, moment], abs=2)


@pytest.mark.parametrize(("shot", "name", "cell"), CELLS)
def test_a_cell_comes_within_two_frames_of_the_board(film: Timeline, shot: str, name: str, cell: str) -> None:
    start, scene = next(each for each in film.starts() if each[1].id == f"{shot}.1")
    layer = next(layer for layer in scene.layers if layer.id == name)
    assert isinstance(layer.content, PuppetContent)

    def there(frame: int) -> bool:
        values = layer.values(frame)
        return values.get(f"{cell}.show", 0.0) >= 0.5 and values.get("scale", 1.0) > 0 and values.get("opacity", 1) > 0

    came = next(frame for frame in range(scene.length) if there(frame))
    assert start + came == pytest.approx(CELLS[shot, name, cell], abs=2)


def test_whoever_speaks_has_a_voice_of_their_own_and_rosie_one_in_all_her_sizes(episode: Episode) -> None:
    voices = {name: one.voice.use for name, one in episode.script.cast.items() if one.voice is not None}
    assert {voices.pop(name) for name in ("medium", "low")} == {voices["rosie"]}
    assert len(set(voices.values())) == len(voices) == 5
