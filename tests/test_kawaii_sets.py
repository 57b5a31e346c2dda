"""Sets cover the picture wherever the camera looks, lie in planes back to front, and stay quiet under captions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import skia

from storyreel.assets import asset
from storyreel.puppet.planes import planes, shipped_planes
from storyreel.puppet.svg import read_drawing
from storyreel.stage.camera import view
from storyreel.stage.still import DrawnPart

SETS = sorted(asset("sets").glob("*.svg"))
PROPS = sorted(asset("props").glob("*.svg"))
NEEDED = {
    "bedroom", "duet", "gloom", "party", "pastel", "room-butter", "room-lilac", "room-mint", "room-sky", "toyland",
}  # fmt: skip
WIDTH, HEIGHT = 1080.0, 1920.0


def painted(path: Path, scale: float = 0.1, **camera: float) -> np.ndarray:
    """The set as RGBA over nothing, seen by a camera."""
    target = skia.Surface(round(WIDTH * scale), round(HEIGHT * scale))
    canvas = target.getCanvas()
    canvas.scale(scale, scale)
    part = DrawnPart.load(path)
    seen = view(camera, WIDTH, HEIGHT)
    for name, depth in planes(read_drawing(path)):
        a, b, c, d, e, f = seen.plane(depth, WIDTH, HEIGHT)
        canvas.save()
        canvas.concat(skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1))
        part.draw(canvas, name)
        canvas.restore()
    return np.asarray(target.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType))


def test_every_set_that_the_story_needs_ships() -> None:
    assert {path.stem for path in SETS} >= NEEDED


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_planes_have_names_and_come_nearer(path: Path) -> None:
    found = planes(read_drawing(path))
    assert shipped_planes(path) == found
    depths = [depth for _, depth in found]
    assert len(found) >= 3
    assert all(name for name, _ in found)
    assert depths == sorted(depths)
    assert depths[0] < 1 <= depths[-1]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "camera",
    [
        {},
        {"zoom": 1.25},
        {"zoom": 1.25, "x": 432.0, "y": 768.0},
        {"zoom": 2.2, "x": 540.0, "y": 700.0},
        {"zoom": 0.82},
        {"zoom": 1.0, "x": 700.0},
        {"zoom": 1.1, "rot": 6.0, "shake.x": 26.0, "shake.y": -26.0},
    ],
    ids=str,
)
def test_a_set_leaves_no_pixel_bare(path: Path, camera: dict[str, float]) -> None:
    assert painted(path, **camera)[..., 3].min() == 255


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_where_captions_stand_a_set_is_quieter_than_elsewhere(path: Path) -> None:
    grey = painted(path, 0.2)[..., :3].astype(float).mean(axis=2)
    edges = np.abs(np.diff(grey, axis=1))[:, 24:182]
    captions, whole = edges[258:296].mean(), edges.mean()
    assert captions < max(whole * 1.25, 2.0)


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_every_plane_shows_in_the_picture_or_beside_it(path: Path) -> None:
    part = DrawnPart.load(path)
    for name, _ in planes(read_drawing(path)):
        target = skia.Surface(168, 232)
        canvas = target.getCanvas()
        canvas.scale(0.1, 0.1)
        canvas.translate(300, 200)
        part.draw(canvas, name)
        assert np.asarray(target.makeImageSnapshot().toarray())[..., 3].max() > 40


@pytest.mark.parametrize("path", PROPS, ids=lambda path: path.stem)
def test_a_prop_stands_on_its_origin(path: Path) -> None:
    drawing = read_drawing(path)
    target = skia.Surface(600, 600)
    canvas = target.getCanvas()
    canvas.translate(300, 500)
    DrawnPart.load(path).draw(canvas)
    alpha = np.asarray(target.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType))[..., 3]
    rows, columns = np.nonzero(alpha)
    assert 490 <= rows.max() <= 520
    assert columns.min() < 300 < columns.max()
    left, top, width, height = drawing.viewbox
    assert columns.min() - 300 >= left
    assert columns.max() - 300 <= left + width
    assert rows.min() - 500 >= top
    assert rows.max() - 500 <= top + height


def test_the_stand_in_portrait_is_small_and_of_a_portraits_shape() -> None:
    from PIL import Image

    path = asset("portraits", "stand-in.png")
    assert path.stat().st_size <= 350_000
    with Image.open(path) as image:
        assert image.size == (900, 980)
