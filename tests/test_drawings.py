"""Drawings as artists bring them, with words and notes of other looks, load and read in every look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import skia

from storyreel.looks import look_names, pen
from storyreel.looks.sketch.treatment import TREATMENT
from storyreel.puppet.model import Node, Shape
from storyreel.puppet.svg import read_drawing
from storyreel.script.files import companion, is_sheet
from storyreel.stage.body import body
from storyreel.stage.still import DrawnPart
from storyreel.stage.treated import Hand
from storyreel.timeline.model import Kind
from storyreel.treatment.contract import Mood, Place
from storyreel.treatment.roles import FALLBACK, INSIDE, ROLES, known, role_of

ART = Path(__file__).resolve().parents[2] / "shared" / "art"
"""The art of six looks, where it lies beside the checkout."""
WORDS = Path(__file__).parent / "cases" / "words.svg"
"""One drawing with every word and every note that the art has."""
ALL = sorted(path for ending in ("svg", "json") for path in ART.glob(f"*/*.{ending}") if path.stem != "ramps")
SIZE = 96


def kind(path: Path) -> Kind:
    first = path.stem.partition("-")[0]
    return "set" if first == "set" else "prop" if first == "prop" else "cast"


def drawn(path: Path, look: str) -> np.ndarray:
    """A drawing, small, as a look draws it on a ground that it has no reason to paint."""
    hand = Hand(pen(look).treatment, Place(kind(path)), Mood())
    surface = skia.Surface(SIZE, SIZE)
    canvas = surface.getCanvas()
    canvas.clear(0xFF00FF00)
    if is_sheet(path.name) or kind(path) == "cast":
        files = (companion(path), path) if is_sheet(path.name) else (path, None)
        puppet = body(*files, (), hand)
        left, top, right, bottom = puppet.bounds()
        fit(canvas, left, top, right, bottom)
        puppet.draw(canvas, {})
    else:
        fit(canvas, *read_drawing(path).box)
        still, root = DrawnPart.load(path, (), hand), read_drawing(path).root
        # A drawing may hold nothing but what something else shows: a handprint, a crack.
        hidden = [node.id for node in root.walk() if not node.shown]
        for part in [""] if visible(root) else hidden:
            still.draw(canvas, part)
    return np.asarray(surface.toarray())[..., :3]


def visible(node: Node) -> bool:
    return node.shown and (node.shape is not None or any(map(visible, node.children)))


def fit(canvas: skia.Canvas, left: float, top: float, right: float, bottom: float) -> None:
    scale = SIZE / max(right - left, bottom - top)
    canvas.scale(scale, scale)
    canvas.translate(-left, -top)


def shapes(path: Path) -> Iterator[tuple[Shape, tuple[str, ...]]]:
    def walk(node: Node, around: tuple[str, ...]) -> Iterator[tuple[Shape, tuple[str, ...]]]:
        parts = (*around, node.id) if node.id else around
        if node.shape is not None:
            yield node.shape, parts
        for child in node.children:
            yield from walk(child, parts)

    return walk(read_drawing(path).root, ())


def reads(picture: np.ndarray, look: str = "kawaii") -> bool:
    """Whether there is something, and more than one flat mass of it: where nothing is smoothed, in fewer colours."""
    ink = picture[(picture != (0, 255, 0)).any(axis=2)]
    return len(ink) > 40 and len(np.unique(ink, axis=0)) > (2 if pen(look).look.kit.crisp else 3)


def named(word: str) -> Shape:
    return next(shape for shape, _ in shapes(WORDS) if shape.role == word)


@pytest.mark.parametrize("look", look_names())
def test_a_drawing_with_every_word_reads_in_every_look(look: str) -> None:
    assert reads(drawn(WORDS, look), look)


def test_words_that_only_some_looks_know_have_a_role_in_all_others() -> None:
    words = {shape.role for shape, _ in shapes(WORDS)}
    assert words >= {*FALLBACK, *ROLES} - {"letter", "prop"}
    assert {word: known(word) for word in ("dim", "crayon", "scribble", "erase", "lid")} == {
        "dim": "shade", "crayon": "fill", "scribble": "line", "erase": "fill", "lid": "fill",
    }  # fmt: skip
    assert role_of(named("dim")) in INSIDE


def test_notes_are_kept_with_their_shapes_and_groups() -> None:
    dots = named("shade")
    assert dots.amounts("tone") == (0.2, 0.7)
    assert dots.amounts("min") == (0.4,)
    assert named("hair").amounts("flow") == (50.0, 20.0)
    assert named("fill").note("mix") == "soft"
    mouth = read_drawing(WORDS).find("Roar")
    assert mouth is not None
    assert dict(mouth.notes) == {"lift": "-20", "wide": "44"}


@pytest.mark.parametrize("said", ["", "much", "0.2 much", "nan", "inf 1"])
def test_a_note_that_is_no_number_counts_as_not_said(said: str) -> None:
    assert Shape((), notes=(("tone", said),)).amounts("tone") == ()


def test_pencil_leaves_out_what_would_be_specks_in_a_small_figure() -> None:
    near, far = (tuple(TREATMENT.shape(named("shade"), Place("cast", scale=scale))) for scale in (1.0, 0.3))
    assert near
    assert not far


def test_pencil_keeps_skin_light_enough_for_a_face() -> None:
    skin = next(shape for shape, _ in shapes(WORDS) if shape.note("mix") == "soft")
    first = next(iter(TREATMENT.shape(skin, Place("cast", ("Head",)))))
    assert first.fill == "#FBF8F1"


def test_pencil_rubs_light_out_of_a_room() -> None:
    lit = next(iter(TREATMENT.shape(named("light"), Place("set"))))
    assert lit.fill == "#FBF8F1"
    assert lit.fill_opacity == named("light").fill_opacity


@pytest.mark.slow
@pytest.mark.skipif(not ALL, reason="the art of the looks does not lie beside this checkout")
@pytest.mark.parametrize("folder", sorted({path.parent.name for path in ALL}))
def test_all_art_says_words_that_are_known_and_reads_in_its_own_look_and_by_turns_in_two_others(folder: str) -> None:
    others = [look for look in look_names() if look != folder]
    for turn, path in enumerate(path for path in ALL if path.parent.name == folder):
        if not is_sheet(path.name):
            assert {shape.role for shape, _ in shapes(path)} <= {*ROLES, *FALLBACK}, path.name
        for look in (folder, others[2 * turn % len(others)], others[(2 * turn + 1) % len(others)]):
            assert reads(drawn(path, look), look), (path.name, look)
