"""The mood of a group: in colours where a look takes moods into them, else as what its things are drawn through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pytest
import skia

from storyreel.looks import pen
from storyreel.paint.grading import grey
from storyreel.paint.painter import Painter
from storyreel.puppet.model import Node, Shape
from storyreel.stage.compose import compose
from storyreel.stage.display import Grade, Item
from storyreel.stage.stills import WholePicture
from storyreel.stage.toning import Tone, own_mood
from storyreel.timeline.model import GroupContent, Kind, Layer, Scene, Timeline, WidgetContent
from storyreel.timeline.track import Channel
from storyreel.treatment.contract import Mood, Place, Plain
from storyreel.treatment.look import Grading, Pen
from storyreel.treatment.roles import Role
from storyreel.treatment.widget import Widget

FULL = (("M", (0.0, 0.0)), ("L", (1080.0, 0.0)), ("L", (1080.0, 1920.0)), ("L", (0.0, 1920.0)), ("Z", ()))
PLATE = Node(shape=Shape(FULL, fill="#C86432"))
PLATES = {"plate": Widget(shapes=lambda settings, values, kit: PLATE)}
GLOOM = "#203050"


@dataclass(frozen=True)
class Told(Plain):
    """Makes every colour tell the mood that it is asked for: saturation, tint and accent as red, green and blue."""

    redraws: bool = True
    images: frozenset[Kind] = frozenset()

    def shape(self, shape: Shape, place: Place) -> Iterable[Shape]:
        """As it is."""
        return (shape,)

    def colour(self, hexed: str, role: Role, place: Place, mood: Mood) -> str:
        """The mood."""
        return "#" + "".join(f"{round(value * 255):02X}" for value in (mood.saturation, mood.tint, mood.accent))


def drawn_by(grading: bool) -> Pen:
    found = pen("kawaii")
    chosen = replace(found.look, grading=Grading(GLOOM, ()) if grading else None)
    return replace(found, look=chosen, widgets=PLATES, treatment=Plain() if grading else Told())


def shown(grading: bool, camera: dict[str, Channel], *groups: dict[str, Channel], screen: bool = False) -> list[int]:
    """The colour (red, green, blue) of a plate in groups, one inside the other, of these moods."""
    layer = Layer("plate", WidgetContent("plate"), 0, 1)
    for number, channels in enumerate(reversed(groups)):
        layer = Layer(f"group{number}", GroupContent(), 0, 1, tuple(channels.items()), children=(layer,))
    scene = Scene("a", 1, (replace(layer, screen=screen),), camera=tuple(camera.items()))
    timeline = Timeline("t", "kawaii", 16, 28, Fraction(30), (60, 250, 910, 1480), (scene,))
    painter = Painter(16, 28, 16 / 1080)
    painter.show(compose(timeline, drawn_by(grading), 0))
    return [int(level) for level in painter.pixels[10, 10, 2::-1]]


def test_a_group_takes_its_own_mood_in_place_of_the_scenes() -> None:
    scene = {"saturation": 0.25, "tint": 0.5}
    assert shown(False, scene, {}) == [64, 128, 64]
    assert shown(False, scene, {"saturation": 1.0}) == [255, 128, 255]
    assert shown(False, scene, {"tint": 0.0, "accent": 1.0}) == [64, 0, 255]
    assert shown(False, scene, {"saturation": 0.5}, {"saturation": 0.75, "accent": 0.0}) == [191, 128, 0]
    assert shown(False, scene, {"saturation": 0.5}, {"tint": 0.25}) == [128, 64, 128]


def test_a_mood_that_a_group_says_nothing_of_is_the_one_around_it() -> None:
    around = Mood(0.5, 0.25, -1.0, 0.75)
    assert own_mood({"x": 3.0}, around) is around
    assert own_mood({"warmth": 1.0}, around) == Mood(0.5, 0.25, 1.0, 0.75)


def test_where_pixels_are_graded_a_group_without_colour_has_the_greys_of_a_grade() -> None:
    assert shown(True, {}, {"x": 0.0}) == [200, 100, 50]
    plate = np.array([[0xFFC86432]], np.uint32)
    found, spare = np.empty_like(plate), np.empty_like(plate)
    grey(plate, found, spare)
    assert shown(True, {}, {"saturation": 0.0}) == pytest.approx([int(found[0, 0]) & 0xFF] * 3, abs=1)


def test_a_group_that_is_as_drained_as_its_scene_is_not_drained_twice() -> None:
    for mood in ({"saturation": 0.5}, {"tint": 0.5}, {"saturation": 0.25, "tint": 0.25}):
        assert shown(True, mood, dict(mood)) == shown(True, mood, {})  # type: ignore[arg-type]


def test_a_group_in_a_graded_scene_ends_with_its_own_mood() -> None:
    alone, both = shown(True, {}, {"saturation": 0.25}), shown(True, {"saturation": 0.5}, {"saturation": 0.25})
    assert both == pytest.approx(alone, abs=2)
    alone, both = shown(True, {}, {"tint": 0.5}), shown(True, {"tint": 0.25}, {"tint": 0.5})
    assert both == pytest.approx(alone, abs=2)


def test_a_group_on_the_screen_is_drained_whatever_its_scene_is() -> None:
    alone = shown(True, {}, {"saturation": 0.25}, screen=True)
    assert shown(True, {"saturation": 0.25}, {"saturation": 0.25}, screen=True) == alone
    assert shown(True, {"saturation": 0.25}, {}, screen=True) == [200, 100, 50]


def test_what_stands_on_the_screen_keeps_its_colours_whatever_its_scene_is_in_every_look() -> None:
    scene = {"saturation": 0.25, "tint": 0.5, "accent": 0.0, "light.red": 0.5, "light.green": 0.5, "light.blue": 0.5}
    for grading in (False, True):
        assert shown(grading, scene, {}, screen=True) == shown(grading, {}, {}, screen=True)  # type: ignore[arg-type]
        own = {"saturation": 0.25}
        assert shown(grading, scene, own, screen=True) == shown(grading, {}, own, screen=True)  # type: ignore[arg-type]
        assert shown(grading, {}, own, screen=True) != shown(grading, {}, {}, screen=True)  # type: ignore[arg-type]


def test_the_veil_over_a_group_lies_only_where_it_has_ink() -> None:
    surface = skia.Surface(2, 1)
    canvas = surface.getCanvas()
    canvas.saveLayer(None, skia.Paint(ColorFilter=Tone(0.0, 0.5, 0xFF203050).filter()))
    canvas.drawRect(skia.Rect.MakeWH(1, 1), skia.Paint(Color=0xFFFFFFFF))
    canvas.restore()
    inked, bare = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[0]
    assert inked.tolist() == pytest.approx([144, 152, 168, 255], abs=1)
    assert bare.tolist() == [0, 0, 0, 0]


def test_a_light_alone_leaves_of_each_colour_what_it_says_and_clear_what_is_clear() -> None:
    surface = skia.Surface(3, 1)
    canvas = surface.getCanvas()
    canvas.saveLayer(None, skia.Paint(ColorFilter=Tone(1.0, 0.0, 0, (0.5, 0.8, 1.0)).filter()))
    canvas.drawRect(skia.Rect.MakeWH(1, 1), skia.Paint(Color=0xFFC86432))
    canvas.drawRect(skia.Rect.MakeXYWH(1, 0, 1, 1), skia.Paint(Color=0x80FFFFFF))
    canvas.restore()
    full, half, bare = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[0]
    assert full.tolist() == pytest.approx([100, 80, 50, 255], abs=1)
    assert half.tolist() == pytest.approx([128, 204, 255, 128], abs=2)
    assert bare.tolist() == [0, 0, 0, 0]


def test_colours_that_run_out_reach_what_is_near_and_leave_what_is_beyond_as_it_was() -> None:
    spread = {"spread": 0.5, "spread.x": 0.0, "spread.y": 0.0, "around.saturation": 0.0, "around.tint": 0.0}
    grey_plate = shown(True, {"saturation": 0.0})
    assert shown(True, spread) == shown(True, {}) != grey_plate
    assert shown(True, {**spread, "spread": 0.05}) == grey_plate
    assert shown(True, {**spread, "spread.x": 5000.0}) == grey_plate
    assert shown(True, {**spread, "spread": 1.0}) == shown(True, {})


def test_a_whole_picture_within_another_is_graded_inside_and_outside_the_circle_as_painted_pixels_are() -> None:
    plate = Item("plate", lambda canvas: canvas.drawColor(0xFFC86432))
    drained = Grade(0.0, 0.0, 0, (0.0, 0.0, 8.0), outside=True)
    surface = skia.Surface(16, 28)
    WholePicture((plate, drained), (16, 28))(surface.getCanvas())
    pixels = surface.toarray()
    assert list(pixels[1, 1, :3]) == [0x32, 0x64, 0xC8]
    assert len(set(pixels[20, 10, :3])) == 1
