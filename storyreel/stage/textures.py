"""Textures: a colour that a tile breaks, as a paint. The tiles are found by name, those of this room and of looks."""

from __future__ import annotations

import math
import struct
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import skia

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.puppet.model import Grain, Texture
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
_AWAY = (0.4, 0.6)
"""Away from the light: how much of a change of cover lies across, and how much down."""
_LARGE, _STRIPS = 160000.0, 9
"""From so many square pixels on a change of cover is laid down in strips, and in how many."""
_UNPACKED = 300_000.0
"""From so many square units on it pays to unpack a tile."""
_GROWS = 1.12
"""The steps in which images are larger."""
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
    return _paint(texture.tile, _covered(texture.cover), colour, skia.Matrix.Scale(texture.size, texture.size))


def draw_fixed(canvas: skia.Canvas, path: skia.Path, paint: skia.Paint, texture: Texture) -> None:
    """Draws a path with the paint of a texture that neither turns nor grows with the canvas: it lies still on the
    screen, or goes along with its anchor."""
    area, here = skia.Path(), canvas.getTotalMatrix()
    if paint.getStyle() == skia.Paint.kFill_Style:
        path.transform(here, area)
    else:
        paint.getFillPath(path, area)
        area.transform(here)
    size = canvas.getBaseLayerSize()
    scale = texture.size * min(size.width(), size.height()) / _WIDE
    x, y = 0, 0
    if texture.anchor is not None:
        at = here.mapXY(*texture.anchor)
        x, y = round(at.x()), round(at.y())
    # Laid straight on the screen, a tile costs no more than a flat colour.
    canvas.save()
    canvas.resetMatrix()
    if texture.far is None:
        canvas.drawPath(area, _laid(texture.tile, _covered(texture.cover), paint.getColor(), x, y, scale))
    else:
        _draw_graded(canvas, area, texture, paint.getColor(), (x, y), scale)
    canvas.restore()


def _draw_graded(
    canvas: skia.Canvas, area: skia.Path, texture: Texture, colour: int, anchor: tuple[int, int], scale: float
) -> None:
    """Draws a path, in pixels, with a fixed texture whose cover changes over it: as an image, a large one in strips."""
    around, far = area.getBounds(), texture.cover if texture.far is None else texture.far
    pitch = max(round(len(_levels(texture.tile)) * scale), 1)
    if around.width() * around.height() > _LARGE:
        tall = math.ceil(around.height() / _STRIPS / pitch) * pitch
        count, seen = math.ceil(around.height() / tall), canvas.getDeviceClipBounds()
        for strip in range(count):
            top = around.top() + strip * tall
            if round(top + tall) <= seen.top() or round(top) >= seen.bottom():
                continue
            cover = _covered(texture.cover + (far - texture.cover) * (strip + 0.5) / count)
            canvas.save()
            canvas.clipRect(skia.Rect.MakeLTRB(around.left() - 1, round(top), around.right() + 1, round(top + tall)))
            canvas.drawPath(area, _laid(texture.tile, cover, colour, *anchor, scale))
            canvas.restore()
        return
    # In steps of a size and by whole tiles, so that a body which breathes finds its images again.
    wide, tall = (_step(side, pitch) for side in (around.width(), around.height()))
    corner = (around.centerX() - wide / 2, around.centerY() - tall / 2)
    left, top = (own + math.floor((at - own) / pitch + 0.5) * pitch for at, own in zip(corner, anchor, strict=True))
    told = (texture.tile, texture.cover, far, wide, tall, round(scale, 4), colour & 0xFFFFFF)
    clamp = skia.TileMode.kClamp
    shader = _RAMPS.image(*told).makeShader(clamp, clamp, skia.SamplingOptions(), skia.Matrix.Translate(left, top))
    canvas.drawPath(area, skia.Paint(AntiAlias=True, Color=colour, Shader=shader))


def _step(side: float, pitch: int) -> int:
    """The next step of a size in whole tiles, with room to be put in place by whole tiles."""
    grown = _GROWS ** math.ceil(math.log(max(side, pitch) / pitch, _GROWS)) * pitch
    return (math.ceil(grown / pitch) + 2) * pitch


class _Ramps:
    """Images of tiles whose cover changes across them, the last used of so many bytes."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, 0
        self._made: OrderedDict[tuple[object, ...], skia.Image] = OrderedDict()

    def image(self, tile: str, near: float, far: float, wide: int, tall: int, scale: float, colour: int) -> skia.Image:
        """The image of a tile, so dense at its upper left and at its lower right."""
        key = (tile, near, far, wide, tall, scale, colour)
        found = self._made.pop(key, None)
        if found is None:
            found = _ramp(tile, near, far, wide, tall, scale, colour)
            self._bytes += 4 * wide * tall
        self._made[key] = found
        while self._bytes > self._most and len(self._made) > 1:
            gone = self._made.popitem(last=False)[1]
            self._bytes -= 4 * gone.width() * gone.height()
        return found


_RAMPS = _Ramps(96 << 20)


def _ramp(tile: str, near: float, far: float, wide: int, tall: int, scale: float, colour: int) -> skia.Image:
    levels = squeezed(_levels(tile), _GAIN).astype(np.int16)
    columns, rows = (np.floor((np.arange(side) + 0.5) / scale).astype(np.int64) for side in (wide, tall))
    levels = levels[rows % len(levels)][:, columns % levels.shape[1]]
    down, across = np.arange(tall) / max(tall, 1) * _AWAY[1], np.arange(wide) / max(wide, 1) * _AWAY[0]
    begin, more = 255 * (near - 1), 255 * (far - near)
    covers = (begin + more * down).astype(np.int16)[:, None] + (more * across).astype(np.int16)[None, :]
    amounts = np.clip((levels + covers) * _GAIN + 128, 0, 255)
    every = np.arange(256, dtype=np.uint32)
    ink = every << 24
    for shift in (0, 8, 16):
        ink |= (every * (colour >> shift & 255) + 127) // 255 << shift
    pixels = ink[amounts].view(np.uint8).reshape(tall, wide, 4)
    return skia.Image.fromarray(pixels, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)


def dissolved(colour: skia.Shader, share: skia.Shader, grain: Grain, area: float) -> skia.Shader:
    """A shader that covers what it does by a grain's specks.

    Half a share and half a level make more than a half together where there is paint. Of two ways to say so, equal to
    the bit, one takes a quarter longer for each pixel; the other unpacks its tile for each shape, which takes 4 ms.

    Args:
        colour: its colours, opaque.
        share: white, half as opaque as it is to cover.
        grain: the specks.
        area: of what is filled, in square units.
    """
    again, smooth = skia.TileMode.kRepeat, skia.SamplingOptions(skia.FilterMode.kLinear)
    place, gain = skia.Matrix.Scale(grain.size, grain.size), grain.gain
    if area < _UNPACKED:
        tile = _halves(grain.tile).makeShader(again, again, smooth, place)
        parts = skia.VectorRuntimeEffectChildPtr([skia.RuntimeEffectChildPtr(one) for one in (colour, share, tile)])
        told = skia.Data.MakeWithCopy(struct.pack("f", gain))
        return _dissolve().makeShader(told, skia.SpanRuntimeEffectChildPtr(parts))
    tile = _packed_halves(grain.tile).makeShader(again, again, smooth, place)
    hard = skia.ColorFilters.Matrix([*([0.0] * 15), 0.0, 0.0, 0.0, 2 * gain, -gain])
    mask = skia.Shaders.Blend(skia.BlendMode.kPlus, share, tile).makeWithColorFilter(hard)
    return skia.Shaders.Blend(skia.BlendMode.kSrcIn, mask, colour)


@lru_cache(maxsize=1)
def _dissolve() -> skia.RuntimeEffect:
    return skia.RuntimeEffect.MakeForShader(
        skia.String(
            "uniform shader colour; uniform shader share; uniform shader tile; uniform float gain;"
            "half4 main(float2 at) {"
            "  half together = share.eval(at).a + tile.eval(at).a;"
            "  return colour.eval(at) * clamp(half(gain) * (2 * together - 1), 0, 1);"
            "}"
        )
    )


@lru_cache(maxsize=32)
def _halves(name: str) -> skia.Image:
    """A tile in white, half as opaque as its levels."""
    amounts = np.stack((_levels(name) // 2,) * 4, axis=-1)
    return skia.Image.fromarray(amounts, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)


@lru_cache(maxsize=32)
def _packed_halves(name: str) -> skia.Image:
    # What shaders are blended of is copied, and each time packed, which takes 160 ms; what is packed stays so.
    return skia.Image.MakeFromEncoded(_halves(name).encodeToData())


def _covered(cover: float) -> int | None:
    """The step of a cover; None where it is whole."""
    return None if cover >= 1 else math.ceil(max(cover, 0) * _COVERS)


@lru_cache(maxsize=1024)
def _laid(tile: str, cover: int | None, colour: int, x: int, y: int, scale: float) -> skia.Paint:
    """The paint of a tile that lies on the screen, made once: it is not to be changed."""
    return _paint(tile, cover, colour, skia.Matrix.Translate(x, y).preScale(scale, scale))


def _paint(tile: str, cover: int | None, colour: int, local: skia.Matrix) -> skia.Paint:
    if cover is None:
        return skia.Paint(AntiAlias=True, Color=colour)
    again = skia.TileMode.kRepeat
    image = _image(tile, cover, colour & 0xFFFFFF)
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
