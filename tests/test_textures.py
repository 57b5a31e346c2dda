"""A texture is a colour that a tile breaks: as much of it as its cover says, carried by its shape or fixed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace as changed
from pathlib import Path

import numpy as np
import pytest
import skia
from PIL import Image
from test_drawing import Pixels, Save, save
from test_treatment import BOB

from storyreel.errors import StoryreelError
from storyreel.paint.painter import Painter
from storyreel.paint.surface import Layer
from storyreel.puppet.model import Drawing, Gradient, Grain, Node, Shape, Stroke, Texture
from storyreel.stage import textures
from storyreel.stage.built import draw_built
from storyreel.stage.camera import IDENTITY, Affine
from storyreel.stage.display import DisplayList, Item
from storyreel.stage.ink import argb, paints, to_path
from storyreel.stage.puppet import DrawnPuppet
from storyreel.stage.setting import Setting, laid
from storyreel.stage.still import DrawnPart
from storyreel.stage.textures import TILES, add_tiles, textured
from storyreel.stage.treated import Hand, treated
from storyreel.timeline.model import Kind
from storyreel.treatment.contract import PLAIN, Mood, Place, Plain
from storyreel.treatment.roles import Role

__all__ = ["save"]

HAND = Hand(PLAIN, Place("prop"), Mood())


def square(side: float, texture: Texture) -> Node:
    path = (("M", (0.0, 0.0)), ("L", (side, 0.0)), ("L", (side, side)), ("L", (0.0, side)), ("Z", ()))
    return Node(shape=Shape(path, fill=texture))


def shown(node: Node, place: Affine, held: bool = False, width: int = 108) -> Pixels:
    """What a painter makes of a thing over white, red alone; `held`: on a cel, with something that moves below."""
    items = (
        Item("white", lambda canvas: canvas.drawColor(0xFFFFFFFF)),
        laid({}, (place, id(node)), Setting(place), lambda canvas: draw_built(canvas, node, HAND)),
    )
    painter = Painter(width, width * 2, width / 1080)
    painter.show(DisplayList(items), frozenset((items[1].key,)) if held else frozenset())
    return np.array(painter.pixels[..., 2])


@pytest.mark.parametrize("name", sorted(TILES))
@pytest.mark.parametrize("cover", [0.0, 0.25, 0.5, 0.8, 1.0])
def test_a_texture_hides_as_much_as_its_cover_says(name: str, cover: float) -> None:
    surface = skia.Surface(512, 512)
    surface.getCanvas().drawPaint(textured(Texture(name, "#336699", cover), argb("#336699", 1.0)))
    pixels = np.array(surface.toarray(colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType))
    assert pixels[..., 3].mean() / 255 == pytest.approx(cover, abs=0.06)
    full = pixels[pixels[..., 3] == 255]
    assert (full == [0x99, 0x66, 0x33, 255]).all()
    assert cover in (0.0, 1.0) or 0 < len(full) < 512 * 512


def test_a_fixed_texture_lies_still_while_its_shape_moves_and_turns() -> None:
    node = square(500, Texture("grain", "#000000", 0.5, 20, fixed=True))
    here = shown(node, (1.0, 0.0, 0.0, 1.0, 100.0, 100.0))
    for place in ((1.0, 0.0, 0.0, 1.0, 137.0, 153.0), (1.2, 0.3, -0.3, 1.2, 260.0, 80.0)):
        there = shown(node, place)
        # Both cover these pixels whole: what lies there is the same.
        assert np.array_equal(here[28:55, 28:52], there[28:55, 28:52])
        celled = shown(node, place, held=True)
        assert np.abs(there.astype(int) - celled).max() <= 2, "on a cel it lies as in the picture"
    assert len(np.unique(here[28:55, 28:52])) > 2


def test_a_carried_texture_goes_with_its_shape() -> None:
    node = square(500, Texture("grain", "#000000", 0.5, 20))
    here, there = (shown(node, (1.0, 0.0, 0.0, 1.0, x, 100.0)) for x in (100.0, 300.0))
    assert np.array_equal(here[8:62, 8:62], there[8:62, 28:82])
    assert not np.array_equal(here[20:50, 30:55], there[20:50, 30:55])


def test_a_fixed_texture_has_its_size_in_a_small_picture_too() -> None:
    node = square(1080, Texture("wash", "#000000", 0.5, 10, fixed=True))
    large, small = (shown(node, IDENTITY, width=width).astype(float) for width in (216, 108))
    halved = large.reshape(216, 2, 108, 2).mean(axis=(1, 3))
    assert np.corrcoef(halved.ravel(), small.ravel())[0, 1] > 0.9


def test_a_stroke_may_have_a_texture_that_is_fixed() -> None:
    path = (("M", (100.0, 300.0)), ("L", (900.0, 300.0)))
    lines = [
        Node(shape=Shape(path, fill=None, stroke=Stroke(Texture("grain", "#000000", cover, 20, True), 200.0)))
        for cover in (0.5, 1.0)
    ]
    broken, whole = (shown(node, IDENTITY) for node in lines)
    assert 0.3 < (broken[21:39, 11:89] < 128).mean() < 0.7
    assert (whole[21:39, 11:89] == 0).all()
    assert (broken[:19] == 255).all()


# ---- of a look's treatment


@dataclass(frozen=True)
class Broken(Plain):
    """Breaks every fill; colours go to blue."""

    redraws: bool = True
    fixed: bool = False
    images: frozenset[Kind] = frozenset()

    def shape(self, shape: Shape, place: Place) -> Iterable[Shape]:
        """The same, broken."""
        yield changed(shape, fill=Texture("grain", str(shape.fill), 0.5, 1.0, self.fixed))

    def colour(self, hexed: str, role: Role, place: Place, mood: Mood) -> str:
        """Blue."""
        return "#0000FF"


@pytest.mark.parametrize("fixed", [False, True])
def test_puppets_and_still_drawings_are_drawn_with_textures_in_the_looks_colours(save: Save, fixed: bool) -> None:
    path, hand = save(BOB), Hand(Broken(fixed=fixed), Place("cast"), Mood())
    puppet, still = DrawnPuppet.load(path, hand=hand), DrawnPart.load(path, hand=hand)
    for draw, x, y in ((lambda canvas: puppet.draw(canvas, {}), 100, 180), (still.draw, 0, 0)):
        surface = skia.Surface(200, 200)
        surface.getCanvas().translate(x, y)
        draw(surface.getCanvas())
        pixels = np.array(surface.toarray(colorType=skia.kRGBA_8888_ColorType))
        body = pixels[102:178, 92:118]
        assert 0.3 < (body[..., 3] > 128).mean() < 0.7
        assert (body[body[..., 3] > 0][:, 2] > 200).all()
        assert (body[..., :2][body[..., 3] > 0] == 0).all()


def test_an_authors_colours_reach_a_texture(save: Save) -> None:
    node = square(10, Texture("grain", "#FF0000"))
    drawn = treated(Drawing("d", (0, 0, 10, 10), node), Hand(PLAIN, Place("prop"), Mood()), lambda *_: "#00FF00")
    assert drawn.root.shape is not None
    assert drawn.root.shape.fill == Texture("grain", "#00FF00")


# ---- the tiles of a look


def test_a_look_brings_tiles_by_name_made_by_code_or_as_a_png(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textures, "TILES", dict(TILES))
    path = tmp_path / "wax.png"
    Image.fromarray(np.array([[0, 255]] * 2, np.uint8)).save(path)
    add_tiles({"toy/wax": path})
    add_tiles({"toy/wax": path})
    surface = skia.Surface(4, 2)
    surface.getCanvas().drawPaint(textured(Texture("toy/wax", "#FF0000", 0.5), 0xFFFF0000))
    alpha = np.array(surface.toarray())[..., 3]
    assert alpha.tolist() == [[0, 255, 0, 255]] * 2
    with pytest.raises(StoryreelError, match="'toy/wax'"):
        add_tiles({"toy/wax": tmp_path / "other.png"})


def test_paint_dissolves_into_the_same_specks_however_large_its_shape_is(monkeypatch: pytest.MonkeyPatch) -> None:
    path = (("M", (0.0, 0.0)), ("L", (90.0, 0.0)), ("L", (90.0, 90.0)), ("L", (0.0, 90.0)), ("Z", ()))
    stops = ((0.0, "#3053A3", 0.0), (0.4, "#FF97C0", 0.7), (1.0, "#FFE9A0", 1.0))
    shape = Shape(path, fill=Gradient("linear", (0, 0, 60, 90), stops, False, grain=Grain("grain", 1.3, 3.0)))

    def specks() -> bytes:
        layer = Layer(100, 100)
        layer.pixels[...] = (150, 120, 90, 255)
        made = to_path(shape.path)
        layer.canvas.drawPath(made, paints(shape, made, 0.8, lambda hexed: hexed)[0])
        return layer.pixels.tobytes()

    small = specks()
    monkeypatch.setattr(textures, "_UNPACKED", 0.0)
    assert specks() == small
    assert len(set(small)) > 20


def test_a_tile_that_nobody_brought_is_named_with_the_nearest() -> None:
    with pytest.raises(StoryreelError, match=r"'grian'.*grain"):
        textured(Texture("grian", "#FF0000", 0.5), 0xFFFF0000)
