"""Each thing that the format is made of has an example in the reference: a film without fault, and a picture."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storyreel.assets import asset
from storyreel.direct.director import direct
from storyreel.film.reading import vocabulary
from storyreel.looks import pen
from storyreel.paint.painter import blank, paint
from storyreel.script.concepts import CONCEPTS, STAGE, Concept
from storyreel.script.hints import hints
from storyreel.script.models import Scene
from storyreel.script.read import read_text_with_places
from storyreel.script.reference import reference
from storyreel.sound.clip import Speech, Timed
from storyreel.sound.store import ClipStore
from storyreel.source.tree import parse

_SMALL = {"width": 180, "height": 320, "fps": 30}
_OF_A_FILM = frozenset(("creator", "hashtags", "reveal", "music", "sound"))


class Spoken(ClipStore):
    """Voices that take no time to load: so long a silence for every word."""

    def speech(self, text: str, voice: str, **how: Any) -> tuple[str, Speech]:
        said = text.split()
        told = tuple(Timed(word, 0.4 * number, 0.4 * number + 0.3) for number, word in enumerate(said))
        return text, Speech(np.zeros(9600 * len(said), dtype=np.float32), 24_000, told, ())


def film(concept: Concept) -> str:
    """The small stage with an example in it."""
    tree, _ = parse(STAGE, "stage")
    told, _ = parse(concept.example, concept.name)
    scene = tree["scenes"][0]
    own: dict[str, Any] = {key: value for key, value in told.items() if key not in _OF_A_FILM}
    assert set(own) <= set(Scene.model_fields)
    tree["scenes"] = [{**scene, **own, "props": {**scene["props"], **own.get("props", {})}}]
    return json.dumps({**tree, "format": _SMALL, **{key: told[key] for key in told.keys() & _OF_A_FILM}})


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.name)
def test_the_example_of_a_concept_is_a_film_without_fault_and_paints(concept: Concept, tmp_path: Path) -> None:
    shutil.copy(asset("portraits") / "stand-in.png", tmp_path / "portrait.png")
    script, places = read_text_with_places(film(concept), concept.name, tmp_path, vocabulary(tmp_path))
    directed = direct(script, tmp_path, Spoken(None))
    assert [one.message for one in (*hints(script, places), *directed.notes)] == []
    timeline = directed.timeline
    pixels = blank(timeline)
    paint(timeline, pen(timeline.look), timeline.scenes[0].length - 1, pixels)
    assert len(np.unique(pixels.reshape(-1, 4), axis=0)) > 100


def test_eyes_go_to_places_and_bursts_come_from_them(tmp_path: Path) -> None:
    beat = "michii: {look: stage.round-window}, grump: {look: michii.feet}, hearts: {burst: 4, from: bell.top}"
    told = film(Concept("", "", f"beats: [{{shot: {{on: stage}}, {beat}, for: 12f}}]"))
    scene = direct(read_text_with_places(told, "f", tmp_path)[0], tmp_path).timeline.scenes[0]
    assert any(layer.id.startswith("hearts") for layer in scene.layers)


def test_the_reference_shows_an_example_of_each_concept_on_one_stage() -> None:
    text = reference()
    assert STAGE in text
    assert all(concept.example in text for concept in CONCEPTS)
    assert len(CONCEPTS) == 14
