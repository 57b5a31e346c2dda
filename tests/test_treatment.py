"""What a look does to shapes and to colours, and that only its own folder decides what it draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import skia
from test_drawing import BLUE, GREEN, NOTHING, RED, Pixels, Save, at, pixels, save

from storyreel.puppet.model import Drawing, Node, Shape, Stroke
from storyreel.puppet.svg import read_drawing
from storyreel.render import keys
from storyreel.render.chunks import Chunk
from storyreel.render.encode import EncoderSettings
from storyreel.render.slices import order
from storyreel.stage.puppet import DrawnPuppet
from storyreel.stage.still import DrawnPart
from storyreel.stage.treated import Hand, treated
from storyreel.timeline.model import Kind, Scene, Timeline
from storyreel.treatment.contract import Edge, Mood, Place
from storyreel.treatment.roles import FALLBACK, ROLES, Role, known, role_of

__all__ = ["save"]

# ---- roles


@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_all_looks_know_is_itself(role: Role) -> None:
    assert role_of(Shape((), role=role)) == known(role) == role


def test_a_word_that_only_some_looks_know_is_one_of_the_nine_to_others() -> None:
    assert set(FALLBACK.values()) <= set(ROLES)
    assert not set(FALLBACK) & set(ROLES)
    assert {word: role_of(Shape((), role=word)) for word in FALLBACK} == FALLBACK
    assert role_of(Shape((), role="sequin")) == "fill"


def test_a_bare_stroke_that_says_nothing_is_a_line() -> None:
    stroke = Stroke("#000000", 4)
    assert role_of(Shape((), fill=None, stroke=stroke)) == "line"
    assert role_of(Shape((), fill="#FF0000", stroke=stroke)) == "fill"
    assert role_of(Shape((), fill=None, stroke=stroke, role="shade")) == "shade"


@pytest.mark.parametrize(
    ("parts", "role"),
    [
        (("Michii", "Head", "Left Eye"), "glint"),
        (("Michii", "Right Eye", "Right Pupil"), "glint"),
        (("Left Eye", "Iris"), "glint"),
        (("Michii", "Head", "Hair"), "shine"),
        ((), "shine"),
    ],
)
def test_a_shine_is_a_glint_in_an_eye(parts: tuple[str, ...], role: Role) -> None:
    assert role_of(Shape((), role="shine"), parts) == role
    assert role_of(Shape((), role="light"), parts) == "light"


# ---- shapes


@dataclass(frozen=True)
class Doubling:
    """Two shapes for one, each with what was known of its place as its notes; drops what it is told to.

    Attributes:
        dropped: words whose shapes it draws nothing for.
        over: the colour that it lays over whole parts; "" for none.
        turned: the colour of everything in a part that is turned.
    """

    dropped: tuple[str, ...] = ()
    over: str = ""
    turned: str = ""
    redraws: bool = True
    step: float = 0.0
    images: frozenset[Kind] = frozenset()

    def shape(self, shape: Shape, place: Place) -> Iterable[Shape]:
        """Twice the shape, unless it is dropped."""
        if shape.note("word") in self.dropped:
            return ()
        if self.turned and place.turn:
            return (replace(shape, fill=self.turned),)
        told = (*shape.notes, ("number", str(place.number)), ("parts", "/".join(place.parts)))
        return (replace(shape, notes=told), replace(shape, notes=(*told, ("twin", "yes"))))

    def part(self, outline: Shape, place: Place) -> Iterable[Shape]:
        """The whole part in one colour."""
        return (replace(outline, fill=self.over),) if self.over else ()

    def colour(self, hexed: str, role: Role, place: Place, mood: Mood) -> str:
        """Grey where the mood takes all colour, else as it is."""
        return "#808080" if mood.saturation == 0 else hexed

    def edges(self, place: Place) -> Sequence[Edge]:
        """None."""
        return ()


def hand(treatment: Doubling, mood: Mood = Mood()) -> Hand:  # noqa: B008 - it never changes
    return Hand(treatment, Place("cast"), mood)


def unchanged(hexed: str, parts: tuple[str, ...]) -> str:
    return hexed


def shapes(node: Node) -> list[Shape]:
    return [inner.shape for inner in node.walk() if inner.shape is not None]


BOB = (
    '<g id="Bob" data-pivot="100,180">'
    '<path id="Left Foot" data-pivot="80,180" d="M70 170h20v10h-20z" fill="#00FF00"/>'
    '<g id="Body" data-pivot="100,160"><rect x="80" y="100" width="40" height="80" fill="#FF0000"/>'
    '<rect x="84" y="104" width="4" height="70" fill="#FFFFFF" data-role="shine"/>'
    '<g id="Head" data-pivot="100,100"><rect x="85" y="60" width="30" height="40" fill="#FF0000"/>'
    '<g id="Left Eye" data-pivot="95,75"><rect x="92" y="72" width="6" height="6" fill="#00FF00"/>'
    '<rect x="93" y="73" width="2" height="2" fill="#FFFFFF" data-role="shine"/></g></g></g>'
    '<g id="Left Arm" data-pivot="120,110" data-parent="Body">'
    '<rect x="120" y="105" width="60" height="10" fill="#FF0000"/></g></g>'
)
POSABLE = ("Bob", "Left Foot", "Body", "Head", "Left Eye", "Left Arm")


@pytest.fixture
def bob(save: Save) -> Drawing:
    return read_drawing(save(BOB))


def test_a_shape_becomes_what_the_look_draws_for_it(bob: Drawing) -> None:
    drawn = shapes(treated(bob, hand(Doubling()), unchanged, POSABLE).root)
    assert len(drawn) == 2 * len(shapes(bob.root))
    for one, twin in zip(drawn[::2], drawn[1::2], strict=True):
        assert (one.path, one.note("twin"), twin.note("twin")) == (twin.path, "", "yes")


def test_groups_keep_their_names_their_pivots_and_their_parents(bob: Drawing) -> None:
    def groups(drawing: Drawing) -> list[tuple[object, ...]]:
        return [
            (node.id, node.pivot, node.parent, node.transform, node.clip, node.plane, node.shown)
            for node in drawing.root.walk()
            if node.id
        ]

    for treatment in (Doubling(), Doubling(dropped=("shine", "fill"), over="#0000FF")):
        assert groups(treated(bob, hand(treatment), unchanged, POSABLE)) == groups(bob)


def test_a_treatment_is_told_the_role_the_word_the_parts_and_the_number_of_each_shape(bob: Drawing) -> None:
    drawn = [shape for shape in shapes(treated(bob, hand(Doubling()), unchanged).root) if not shape.note("twin")]
    assert [(shape.role, shape.note("word")) for shape in drawn] == [
        ("fill", "fill"),
        ("fill", "fill"),
        ("shine", "shine"),
        ("fill", "fill"),
        ("fill", "fill"),
        ("glint", "shine"),
        ("fill", "fill"),
    ]
    assert drawn[5].note("parts") == "thing/Bob/Body/Head/Left Eye"
    assert drawn[6].note("parts") == "thing/Bob/Left Arm"
    assert [shape.note("number") for shape in drawn] == [str(number) for number in range(1, 8)]


def test_colours_that_an_author_recast_come_before_the_look(bob: Drawing) -> None:
    def recast(hexed: str, parts: tuple[str, ...]) -> str:
        return "#123456" if hexed == "#FF0000" and "Head" in parts else hexed

    drawn = shapes(treated(bob, hand(Doubling()), recast, POSABLE).root)
    assert [shape.fill for shape in drawn[::2]] == [
        *("#00FF00", "#FF0000", "#FFFFFF", "#123456", "#00FF00", "#FFFFFF", "#FF0000")
    ]


def test_only_what_moves_with_a_part_is_treated_and_the_rest_keeps_its_place(bob: Drawing) -> None:
    whole = treated(bob, hand(Doubling()), unchanged, POSABLE)
    part = treated(bob, hand(Doubling()), unchanged, POSABLE, only="Head")
    numbers = [shape.note("number") for shape in shapes(part.root)]
    assert numbers == ["4", "4"]
    assert [node.id for node in part.root.walk() if node.id] == [node.id for node in whole.root.walk() if node.id]


# ---- puppets drawn by a look


def painted(puppet: DrawnPuppet, pose: dict[str, float] | None = None) -> Pixels:
    """A puppet in the drawing's own units."""
    surface = skia.Surface(200, 200)
    surface.getCanvas().translate(*puppet.rig.feet)
    puppet.draw(surface.getCanvas(), pose or {})
    return pixels(surface)


def numbered(puppet: DrawnPuppet) -> dict[int, str]:
    """The number of each picture of a puppet, with the part that it belongs to."""
    return {
        picture.number: part.name
        for part in puppet._top.walk()
        for picture in part.content
        if hasattr(picture, "number")
    }


def test_a_look_that_redraws_nothing_has_the_puppet_of_all_looks(save: Save) -> None:
    path = save(BOB)
    assert np.array_equal(
        painted(DrawnPuppet.load(path, hand=hand(Doubling(redraws=False, dropped=("fill",))))),
        painted(DrawnPuppet.load(path)),
    )


def test_a_dropped_shape_is_not_seen_and_what_it_covered_is(save: Save) -> None:
    path = save(BOB)
    plain, bare = DrawnPuppet.load(path), DrawnPuppet.load(path, hand=hand(Doubling(dropped=("shine",))))
    assert at(painted(plain), 86, 150) == (255, 255, 255, 255)
    assert at(painted(bare), 86, 150) == RED


@pytest.mark.parametrize("dropped", [(), ("shine",), ("fill",), ("fill", "shine")])
def test_pictures_keep_their_numbers_whatever_is_dropped(save: Save, dropped: tuple[str, ...]) -> None:
    path = save(BOB)
    whole, less = (DrawnPuppet.load(path, hand=hand(Doubling(words))) for words in ((), dropped))
    assert numbered(less) == numbered(whole)


@pytest.mark.parametrize("over", ["", "#00FFFF"])
def test_a_part_that_is_turned_is_drawn_anew_and_no_other(save: Save, over: str) -> None:
    treatment = Doubling(over=over, turned="#0000FF", step=15)
    puppet = DrawnPuppet.load(save(BOB), hand=hand(treatment))
    body = RED if not over else (0, 255, 255, 255)
    for degrees, arm in ((0, body), (7, body), (90, BLUE if not over else (0, 255, 255, 255))):
        picture = painted(puppet, {"Left Arm.rot": degrees})
        spot = (118, 160) if degrees == 90 else (150, 110)
        assert at(picture, *spot) == arm, degrees
        assert at(picture, 110, 140) == body
    still = painted(puppet, {"Head.rot": 15})
    assert at(still, 150, 110) == body
    assert at(still, 75, 175) == (GREEN if not over else (0, 255, 255, 255))


@pytest.mark.parametrize("over", ["", "#00FFFF"])
@pytest.mark.parametrize("part", POSABLE[1:])
def test_the_pictures_of_a_turned_part_are_those_of_the_part(save: Save, part: str, over: str) -> None:
    puppet = DrawnPuppet.load(save(BOB), hand=hand(Doubling(over=over, turned="#0000FF", step=15)))
    wanted = {number for number, name in numbered(puppet).items() if name == part}
    assert set(puppet._redrawn(part, 90.0)) == wanted


def test_a_mood_changes_the_colours_of_what_a_look_redraws(save: Save) -> None:
    path = save(BOB)
    grey = DrawnPuppet.load(path, hand=hand(Doubling(), Mood(saturation=0.0)))
    assert at(painted(grey), 110, 140) == (128, 128, 128, 255)
    assert at(painted(DrawnPuppet.load(path, hand=hand(Doubling()))), 110, 140) == RED


def test_a_part_is_laid_over_with_what_the_look_makes_of_its_outline(save: Save) -> None:
    puppet = DrawnPuppet.load(save(BOB), hand=hand(Doubling(over="#0000FF")))
    picture = painted(puppet)
    for spot in ((100, 140), (86, 150), (100, 80), (150, 110), (75, 175)):
        assert at(picture, *spot) == BLUE
    assert at(picture, 60, 140) == NOTHING


def test_a_part_that_a_pose_shows_is_laid_over_as_well(save: Save) -> None:
    hidden = BOB.replace('<g id="Left Arm"', '<g id="Left Arm" display="none"')
    puppet = DrawnPuppet.load(save(hidden), hand=hand(Doubling(over="#0000FF")))
    assert at(painted(puppet), 150, 110) == NOTHING
    assert at(painted(puppet, {"Left Arm.show": 1}), 150, 110) == BLUE


def test_sets_and_props_are_treated_too(save: Save) -> None:
    path = save(BOB)
    surface = skia.Surface(200, 200)
    bare = DrawnPart.load(path, (("#FF0000", "#0000FF"),), hand(Doubling(dropped=("shine",))))
    bare.draw(surface.getCanvas())
    assert at(pixels(surface), 86, 150) == BLUE


# ---- keys


SHARED = (
    *(
        "looks/__init__.py",
        "looks/installed.py",
        "treatment/contract.py",
        "stage/treated.py",
        "widgets/__init__.py",
        "paint/cels.py",
    ),
    *("puppet/model.py", "render/encode.py", "timeline/model.py", "text/shape.py", "assets.py"),
)
"""Modules by which chunks of every look are drawn, one of each room."""
APART = ("script/models.py", "direct/board.py", "cli/commands.py", "series/run.py", "sound/mix.py", "farm/cluster.py")
"""Modules that draw nothing."""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with these modules and two looks, by which chunks are keyed."""
    for name in (*SHARED, *APART, "looks/kawaii/__init__.py", "looks/other/__init__.py"):
        assert "other" in name or (keys._PACKAGE / name).is_file()
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"# {name}\n")
    monkeypatch.setattr(keys, "_PACKAGE", tmp_path)
    monkeypatch.setattr(keys, "_shipped", lambda without=frozenset(): "")
    monkeypatch.setattr(keys, "engine", keys.engine.__wrapped__)
    return tmp_path


def chunk_keys() -> dict[str, str]:
    """The key of the same chunk in each look."""
    settings = EncoderSettings(108, 192, Fraction(30))
    film = Timeline("t", "kawaii", 108, 192, Fraction(30), (60, 250, 910, 1480), (Scene("a", 12, ()),))
    films = (replace(film, look=name) for name in ("kawaii", "other"))
    return {timeline.look: keys.chunk_key(order(timeline, Chunk(0, 0, 12, 0), settings)) for timeline in films}


@pytest.mark.parametrize("edited", ["kawaii", "other"])
def test_an_edit_of_a_look_leaves_the_chunks_of_all_others(package: Path, edited: str) -> None:
    before = chunk_keys()
    with (package / "looks" / edited / "__init__.py").open("a") as file:
        file.write("\n")
    after = chunk_keys()
    assert {name for name in before if before[name] != after[name]} == {edited}


def test_an_edit_of_a_look_leaves_what_directs_films_as_it_was_and_counts_with_its_own(package: Path) -> None:
    director = keys.director.__wrapped__
    for name in ("errors.py", "film/reading.py", "film/directed.py"):
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).write_text("")
    before, digests = director(), {name: keys.look_digest(name) for name in ("kawaii", "other")}
    with (package / "looks" / "other" / "__init__.py").open("a") as file:
        file.write("\n")
    assert director() == before
    assert keys.look_digest("kawaii") == digests["kawaii"]
    assert keys.look_digest("other") != digests["other"]


@pytest.mark.parametrize("shared", SHARED)
def test_an_edit_of_what_looks_share_changes_the_chunks_of_all(package: Path, shared: str) -> None:
    before = chunk_keys()
    with (package / shared).open("a") as file:
        file.write("\n")
    after = chunk_keys()
    assert all(before[name] != after[name] for name in before)


def test_a_script_or_a_director_that_changes_changes_no_chunk(package: Path) -> None:
    before = chunk_keys()
    for name in APART:
        with (package / name).open("a") as file:
            file.write("\n")
    assert chunk_keys() == before
