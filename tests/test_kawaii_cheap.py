"""What is painted the cheap way looks as the dear way does: washes, bands, areas without overlaps, copies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Any

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from storyreel.looks.kawaii.shapes import heart
from storyreel.looks.kawaii.type_case import faces
from storyreel.paint.surface import Layer
from storyreel.stage import baking
from storyreel.stage.areas import beyond, doubled, fattened, merged, outlined
from storyreel.stage.baking import baked, stamped
from storyreel.stage.gradients import linear_shader, veil
from storyreel.stage.paints import Picture, banded, fill, linear, record, stroke, upright, wash
from storyreel.stage.paths import box, star
from storyreel.stage.still import DrawnPart
from storyreel.stage.type_shapes import lettering

Paint = Callable[[Any], None]
STOPS = ((0.0, "#FF97C0", 1.0), (0.4, "#FFE9A0", 1.0), (1.0, "#3053A3", 1.0))


def painted(draw: Paint, turn: float = 0.0, scale: float = 1.0) -> NDArray[np.int16]:
    """What is drawn about the middle of 300 pixels of a flat ground."""
    layer = Layer(300, 300)
    layer.pixels[...] = (150, 120, 90, 255)
    layer.canvas.translate(150, 150)
    layer.canvas.rotate(turn)
    layer.canvas.scale(scale, scale)
    draw(layer.canvas)
    return layer.pixels.astype(np.int16)


def off(one: NDArray[np.int16], two: NDArray[np.int16]) -> NDArray[np.int16]:
    """By how many levels every pixel differs."""
    found: NDArray[np.int16] = np.abs(one - two).max(2)
    return found


@pytest.mark.parametrize("turn", [0.0, 7.0, 90.0, -31.0])
def test_a_wash_is_a_translucent_fill(turn: float) -> None:
    shape = star(0, 0, 120)
    one = painted(lambda canvas: wash(canvas, shape, "#7A3F86", 0.3), turn, 1.1)
    two = painted(lambda canvas: canvas.drawPath(shape, fill("#7A3F86", 0.3)), turn, 1.1)
    assert off(one, two).max() <= 2


@pytest.mark.parametrize("turn", [0.0, 5.0, 90.0, -31.0])
def test_bands_are_a_gradient_however_the_canvas_is_turned(turn: float) -> None:
    shape = box(-100, -120, 200, 240, 20)
    ends = (-20.0, -120.0), (30.0, 120.0)
    shader = skia.GradientShader.MakeLinear(
        [skia.Point(*end) for end in ends], [0xFFFF97C0, 0xFFFFE9A0, 0xFF3053A3], [0.0, 0.4, 1.0]
    )
    one = painted(lambda canvas: banded(canvas, shape, *ends, STOPS), turn)
    two = painted(lambda canvas: canvas.drawPath(shape, skia.Paint(AntiAlias=True, Shader=shader)), turn)
    inside = painted(lambda canvas: canvas.drawPath(box(-97, -117, 194, 234, 18), fill("#000000")), turn).sum(2) == 255
    assert off(one, two)[inside].max() <= 2
    assert (off(one, two) > 60).sum() == 0  # at the edge only the smoothing differs


def test_upright_colours_are_the_gradient_itself_unless_the_canvas_is_turned_a_little() -> None:
    shape, ends = heart(0, 0, 200), ((0.0, -100.0), (0.0, 100.0))

    def cheap(canvas: Any) -> None:
        upright(canvas, shape, *ends, STOPS)

    def dear(canvas: Any) -> None:
        canvas.drawPath(shape, linear(*ends, STOPS))

    assert off(painted(cheap), painted(dear)).max() == 0
    assert off(painted(cheap, 40.0), painted(dear, 40.0)).max() == 0
    tilted = off(painted(cheap, 3.0), painted(dear, 3.0))
    assert 0 < tilted.max() <= 24


@pytest.mark.parametrize("straight", [True, False])
@pytest.mark.parametrize("end", [(0.0, 300.0), (300.0, 0.0)])
def test_a_strip_is_a_gradient(straight: bool, end: tuple[float, float]) -> None:
    colours, offsets = [0xFFFF97C0, 0xFFFFE9A0, 0xFF3053A3], [0.0, 0.4, 1.0]
    dear = skia.GradientShader.MakeLinear([skia.Point(0, 0), skia.Point(*end)], colours, offsets)
    cheap = linear_shader((0, 0), end, colours, offsets, straight=straight)
    one = painted(lambda canvas: canvas.drawPaint(skia.Paint(Shader=cheap)))
    two = painted(lambda canvas: canvas.drawPaint(skia.Paint(Shader=dear)))
    assert off(one, two).max() <= 2


def test_a_veil_is_one_colour_everywhere() -> None:
    pixels = painted(lambda canvas: canvas.drawPaint(skia.Paint(Shader=veil(0x66FF0000))), scale=2.7)
    assert (pixels == pixels[0, 0]).all()


@pytest.mark.parametrize("word", ["Block", "the", "Bullies", "&8@gåßØ", "いちご"])
def test_a_words_edge_as_one_area_is_its_strokes(word: str) -> None:
    path = lettering(word, faces("title"), 70.0).path
    path.offset(-path.getBounds().centerX(), 20)

    def cheap(canvas: Any) -> None:
        for area in doubled(merged(fattened(path, 18)), 9):
            canvas.drawPath(area, fill("#4A2545"))

    def dear(canvas: Any) -> None:
        for drop in (9, 0):
            canvas.save()
            canvas.translate(0, drop)
            canvas.drawPath(path, stroke("#4A2545", 18))
            canvas.drawPath(path, fill("#4A2545"))
            canvas.restore()

    wrong = off(painted(cheap), painted(dear)) > 60
    assert not (wrong[1:, 1:] & wrong[:-1, 1:] & wrong[1:, :-1] & wrong[:-1, :-1]).any()


def test_an_outline_and_what_shows_beside_a_body_are_areas() -> None:
    shape = star(0, 0, 100)
    one = painted(lambda canvas: canvas.drawPath(outlined(shape, 20), fill("#4A2545")))
    two = painted(lambda canvas: canvas.drawPath(shape, stroke("#4A2545", 20)))
    assert off(one, two).max() <= 40
    body, shadow = box(-60, -60, 120, 120, 20), box(-50, -45, 120, 120, 20)
    pixels = painted(lambda canvas: canvas.drawPath(beyond(shadow, body), fill("#000000")))
    assert pixels[150, 150].tolist() == [150, 120, 90, 255]
    assert pixels[222, 190].tolist() == [0, 0, 0, 255]


def toy(size: float) -> Picture:
    def paint(canvas: Any) -> None:
        canvas.drawPath(heart(0, 0, size), fill("#FF5E98"))
        canvas.drawPath(heart(0, 0, size), stroke("#4A2545", 6, 0.5))

    return record((-size, -size, size, size), paint)


@pytest.mark.parametrize("turn", [0.0, 12.0])
@pytest.mark.parametrize("scale", [0.5, 1.0, 1.37])
def test_what_is_baked_is_the_picture_in_its_place(turn: float, scale: float) -> None:
    def placed(canvas: Any) -> None:
        canvas.translate(11.3, -7.6)
        baked(canvas, (-100, -100, 100, 100), False, toy, 120.0)

    def drawn(canvas: Any) -> None:
        canvas.translate(11.3, -7.6)
        canvas.drawPicture(toy(120.0))

    assert off(painted(placed, turn, scale), painted(drawn, turn, scale)).max() <= 2


def test_what_is_stamped_is_the_picture_at_the_nearest_whole_pixels() -> None:
    def stamp(x: float, y: float) -> NDArray[np.int16]:
        def draw(canvas: Any) -> None:
            canvas.translate(x, y)
            stamped(canvas, (-100, -100, 100, 100), toy, 120.0)

        return painted(draw)

    drawn = painted(lambda canvas: canvas.drawPicture(toy(120.0)))
    assert off(stamp(0.3, -0.4), drawn).max() <= 2
    assert off(stamp(20.4, 7.2)[7:, 20:], drawn[:-7, :-20]).max() <= 2


def test_light_over_the_whole_picture_is_reckoned_once_and_then_copied(tmp_path: FilePath) -> None:
    light = tmp_path / "light.svg"
    light.write_text(
        """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 1200"><defs>
        <radialGradient id="glow" gradientUnits="userSpaceOnUse" cx="60" cy="60" r="900">
        <stop offset="0" stop-color="#FFF8D8" stop-opacity="0.6"/>
        <stop offset="1" stop-color="#FFE6C8" stop-opacity="0"/>
        </radialGradient></defs><g id="Light"><rect width="1200" height="1200" fill="url(#glow)"/></g></svg>"""
    )
    drawn = DrawnPart.load(light)
    made = baking.RESAMPLED.made
    copied, again = painted(drawn.draw), painted(drawn.draw)
    assert baking.RESAMPLED.made == made + 1
    assert off(copied, again).max() == 0
    assert off(copied, painted(lambda canvas: drawn.draw(canvas, "Light"))).max() <= 2
    assert off(copied, painted(lambda canvas: None)).max() > 20
