"""Textures: a colour that a tile breaks, as a paint. The tiles are found by name, those of this room and of looks."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import skia

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.puppet.model import Texture
from storyreel.stage.tiles import Levels, dots, grain, lines, squeezed

Tile = Callable[[], Levels] | Path
"""Levels made by code, or a grey PNG that holds them: where it is lightest, colour comes first."""

TILES: dict[str, Tile] = {
    "grain": partial(grain, (1, 2, 4)),
    "tooth": partial(grain, (2, 4, 16), 2),
    "wash": partial(grain, (16, 32, 64), 3),
    "dots": partial(dots, 12.0),
    "lines": partial(lines, 9.0),
}

_GAIN = 8
"""How steep the edge of a grain is: it is smoothed over some of the tile's levels."""
_COVERS = 64
"""Steps in which a cover is kept."""
_WIDE = 1080
"""Pixels across a film in which a fixed tile has its size."""


def add_tiles(tiles: Mapping[str, Tile]) -> None:
    """Makes tiles known by their names: a look's, by its own name and theirs ("crayon/wax").

    Raises:
        StoryreelError: a name is another tile's already.
    """
    for name, tile in tiles.items():
        if TILES.setdefault(name, tile) != tile:
            raise StoryreelError(f"there is a tile '{name}' already")


def textured(texture: Texture, colour: int) -> skia.Paint:
    """The paint of a texture in a colour (ARGB); of a fixed one only the colour counts (`draw_fixed`)."""
    return _paint(texture, colour, skia.Matrix.Scale(texture.size, texture.size))


def draw_fixed(canvas: skia.Canvas, path: skia.Path, paint: skia.Paint, texture: Texture) -> None:
    """Draws a path with the paint of a texture that lies still on the screen, wherever the canvas has been moved."""
    area, back = path, skia.Matrix()
    if paint.getStyle() != skia.Paint.kFill_Style:
        area = skia.Path()
        paint.getFillPath(path, area)
    if canvas.getTotalMatrix().invert(back):
        size = canvas.getBaseLayerSize()
        scale = texture.size * min(size.width(), size.height()) / _WIDE
        back.preScale(scale, scale)
        canvas.drawPath(area, _paint(texture, paint.getColor(), back))


def _paint(texture: Texture, colour: int, local: skia.Matrix) -> skia.Paint:
    if texture.cover >= 1:
        return skia.Paint(AntiAlias=True, Color=colour)
    again = skia.TileMode.kRepeat
    image = _image(texture.tile, math.ceil(max(texture.cover, 0) * _COVERS), colour & 0xFFFFFF)
    shader = image.makeShader(again, again, skia.SamplingOptions(), local)
    # Set on a paint that is there already, a shader is copied with its image, which takes 6 ms.
    return skia.Paint(AntiAlias=True, Color=colour, Shader=shader)


@lru_cache(maxsize=256)
def _image(name: str, cover: int, colour: int) -> skia.Image:
    """A tile in a colour: unturned, Skia lays that as fast as a flat colour, where a mask without one takes 3 ms."""
    levels = squeezed(_levels(name), _GAIN).astype(np.int32)
    amounts = np.clip((levels - 255 + cover * 255 // _COVERS) * _GAIN + 128, 0, 255)
    channels = [(amounts * (colour >> shift & 255) + 127) // 255 for shift in (0, 8, 16)]
    pixels = np.stack((*channels, amounts), axis=-1).astype(np.uint8)
    return skia.Image.fromarray(pixels, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)


@lru_cache(maxsize=32)
def _levels(name: str) -> Levels:
    if name not in TILES:
        raise StoryreelError(f"there is no tile '{name}'{did_you_mean(name, TILES)}")
    tile = TILES[name]
    if not isinstance(tile, Path):
        return tile()
    # Pillow is only loaded for what needs it.
    from PIL import Image

    with Image.open(tile) as image:
        return np.asarray(image.convert("L"))
