"""A gradient of a puppet's runs straight down where it leans a little, and as it is drawn where it leans far."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import skia

from storyreel.puppet.model import IDENTITY, Command, Gradient, Node, Shape
from storyreel.stage.geometry import Geometry
from storyreel.stage.pictures import Picture

STOPS = ((0.0, "#3A1540", 1.0), (0.4, "#7A2A6B", 1.0), (1.0, "#FFA6C4", 1.0))
SQUARE: tuple[Command, ...] = (
    ("M", (-40.0, -60.0)),
    ("L", (40.0, -60.0)),
    ("L", (40.0, 60.0)),
    ("L", (-40.0, 60.0)),
    ("Z", ()),
)


def iris(gradient: Gradient, fill_opacity: float = 1.0) -> Picture:
    """A picture of one filled square."""
    node = Node(shape=Shape(SQUARE, fill=gradient, fill_opacity=fill_opacity))
    return Picture(Geometry((node,), IDENTITY), lambda hexed, *_: hexed)


def painted(picture: Picture, degrees: float, whole: bool) -> np.ndarray:
    """The picture turned, drawn by itself or played as it was recorded."""
    surface = skia.Surface(200, 200)
    canvas: Any = surface.getCanvas()
    canvas.translate(100, 100)
    matrix = skia.Matrix()
    matrix.setRotate(degrees)
    if whole:
        canvas.drawPicture(picture.record(), matrix)
    else:
        picture.draw(canvas, matrix)
    return np.asarray(surface.toarray(), dtype=int)


BOXED = Gradient("linear", (0.0, 0.0, 0.0, 1.0), STOPS)
PLACED = Gradient("linear", (-40.0, -60.0, -40.0, 60.0), STOPS, boxed=False)


@pytest.mark.parametrize("gradient", [BOXED, PLACED])
@pytest.mark.parametrize("degrees", [0.0, -4.0, 9.0])
def test_a_small_lean_is_not_seen_in_the_colours(gradient: Gradient, degrees: float) -> None:
    found, plain = (painted(iris(gradient), degrees, whole) for whole in (False, True))
    assert np.array_equal(found[..., 3], plain[..., 3])
    apart = np.abs(found - plain).max(axis=2)
    assert apart[70:130, 95:105].max() <= 8
    assert apart.mean() <= 1 + abs(degrees)


@pytest.mark.parametrize("degrees", [5.0, -9.0])
def test_colours_run_straight_down_there(degrees: float) -> None:
    row = painted(iris(BOXED), degrees, False)[100, 75:125]
    assert np.ptp(row, axis=0).max() <= 1


@pytest.mark.parametrize(
    ("picture", "degrees"),
    [
        (iris(BOXED), 60.0),
        (iris(BOXED), 180.0 - 50.0),
        (iris(BOXED, fill_opacity=0.5), 5.0),
        (iris(Gradient("radial", (0.5, 0.5, 0.5, 0.5, 0.5), STOPS)), 5.0),
        (iris(Gradient("linear", (0.0, 0.0, 1.0, 0.0), STOPS)), 5.0),
        (iris(Gradient("linear", (0.0, 0.0, 0.0, 0.0), STOPS)), 5.0),
    ],
)
def test_everything_else_is_drawn_as_it_is(picture: Picture, degrees: float) -> None:
    assert np.array_equal(painted(picture, degrees, False), painted(picture, degrees, True))
