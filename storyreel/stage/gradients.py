"""Gradients and veils that are cheap to paint: what runs straight down (or across) is a strip, stretched.

Skia's raster pipeline computes a gradient anew for every pixel; a stretched strip is filled row by row. Measured over
a whole 1080x1920 picture, in ms: a gradient 24, a strip that runs down 0.9, one that runs across 2. No value is off by
more than one level. On a canvas that is turned a smoothed strip takes 61 and a plain one 20, so strips are only
smoothed for drawings that never are. A translucent colour takes 6 laid on flat, 0.9 as a strip, but 20 when turned.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from functools import lru_cache

import skia

_LEAST, _MOST = 512, 2048
"""Pixels of a strip: two to a level or more, so that the nearest one is as good as one between."""
_WIDE = 1e4
"""How far a strip is stretched to either side: beyond any picture."""


@lru_cache(maxsize=512)
def _strip(colours: tuple[int, ...], offsets: tuple[float, ...], count: int, down: bool) -> skia.Image:
    """A gradient from its first to its last stop as an image, `count` pixels long and one pixel wide."""
    width, height = (1, count) if down else (count, 1)
    surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(width, height))
    ends = [skia.Point(0, 0), skia.Point(0, count) if down else skia.Point(count, 0)]
    paint = skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, list(colours), list(offsets)))
    surface.getCanvas().drawPaint(paint)
    return surface.makeImageSnapshot()


def linear_shader(
    start: tuple[float, float],
    end: tuple[float, float],
    colours: Sequence[int],
    offsets: Sequence[float],
    tile: skia.TileMode | None = None,
    local: skia.Matrix | None = None,
    straight: bool = False,
) -> skia.Shader:
    """A shader that runs from one point to another.

    Args:
        start, end: where the first and the last stop lie, before `local`.
        colours: ARGB, one a stop.
        offsets: 0 to 1, rising.
        tile: what comes beyond the ends (skia.TileMode, clamped if left out).
        local: a matrix over the points.
        straight: whether it will only ever be drawn moved and scaled, never turned.
    """
    tile = skia.TileMode.kClamp if tile is None else tile
    local = skia.Matrix() if local is None else local
    if tile == skia.TileMode.kClamp and local.isScaleTranslate():
        a, b = local.mapXY(*start), local.mapXY(*end)
        dx, dy = b.x() - a.x(), b.y() - a.y()
        down = abs(dx) < 1e-4 < abs(dy)
        if down or abs(dy) < 1e-4 < abs(dx):
            reach = dy if down else dx
            count = min(max(math.ceil(abs(reach)), _LEAST), _MOST)
            place = skia.Matrix()
            if down:
                place.setScale(_WIDE, reach / count)
                place.postTranslate(-_WIDE / 2, a.y())
            else:
                place.setScale(reach / count, _WIDE)
                place.postTranslate(a.x(), -_WIDE / 2)
            image = _strip(tuple(colours), tuple(offsets), count, down)
            smooth = skia.FilterMode.kLinear if straight and down else skia.FilterMode.kNearest
            return image.makeShader(tile, tile, skia.SamplingOptions(smooth), place)
    points = [skia.Point(*start), skia.Point(*end)]
    return skia.GradientShader.MakeLinear(points, list(colours), list(offsets), tile, 0, local)


_DISC = 256
"""Pixels of a disc's radius: a film's picture has hardly more levels to show."""
_EVEN = 4 / _DISC
"""Stops that are nearer to each other make an edge."""


def disc_shader(
    centre: tuple[float, float], radius: float, colours: Sequence[int], offsets: Sequence[float], local: skia.Matrix
) -> skia.Shader | None:
    """A shader that runs outwards from a point: an image of it, enlarged.

    It takes a quarter of a gradient's time where it isn't turned, and is off by a level. None where the gradient has
    edges.
    """
    if radius <= 0 or any(after - before < _EVEN for before, after in itertools.pairwise(offsets)):
        return None
    place = skia.Matrix.Scale(radius / _DISC, radius / _DISC)
    place.preTranslate(-_DISC - 2, -_DISC - 2)
    place.postTranslate(*centre)
    place.postConcat(local)
    clamp = skia.TileMode.kClamp
    image = _disc(tuple(colours), tuple(offsets))
    return image.makeShader(clamp, clamp, skia.SamplingOptions(skia.FilterMode.kLinear), place)


@lru_cache(maxsize=24)
def _disc(colours: tuple[int, ...], offsets: tuple[float, ...]) -> skia.Image:
    """A gradient round the middle of an image, with a rim of its last colour."""
    side = 2 * _DISC + 4
    surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(side, side))
    middle = skia.Point(side / 2, side / 2)
    paint = skia.Paint(Shader=skia.GradientShader.MakeRadial(middle, _DISC, list(colours), list(offsets)))
    surface.getCanvas().drawPaint(paint)
    return surface.makeImageSnapshot()


@lru_cache(maxsize=256)
def veil(colour: int) -> skia.Shader:
    """A shader of one translucent ARGB colour, for drawings that are never turned."""
    return linear_shader((0.0, 0.0), (0.0, 1.0), (colour, colour), (0.0, 1.0), straight=True)


def is_straight(canvas: skia.Canvas) -> bool:
    """Whether what is drawn on the canvas now is only moved and scaled."""
    return bool(canvas.getTotalMatrix().isScaleTranslate())


@lru_cache(maxsize=256)
def _bands(colours: tuple[int, ...], offsets: tuple[float, ...]) -> tuple[tuple[float, float, int], ...]:
    """A gradient as flat colours: where each begins and ends, 0 to 1; none is off by more than a level."""
    count = _LEAST
    levels = _strip(colours, offsets, count, True).toarray(colorType=skia.kBGRA_8888_ColorType).reshape(count, 4)
    found: list[tuple[float, float, int]] = []
    first = 0
    for at in range(1, count + 1):
        if at < count and max(abs(int(a) - int(b)) for a, b in zip(levels[at], levels[first], strict=True)) <= 1:
            continue
        blue, green, red, alpha = (int(level) for level in levels[(first + at - 1) // 2])
        found.append((first / count, at / count, skia.ColorSetARGB(alpha, red, green, blue)))
        first = at
    found[0] = (-_WIDE, *found[0][1:])
    found[-1] = (found[-1][0], _WIDE, found[-1][2])
    return tuple(found)


def fill_banded(
    canvas: skia.Canvas,
    path: skia.Path,
    start: tuple[float, float],
    end: tuple[float, float],
    colours: Sequence[int],
    offsets: Sequence[float],
    local: skia.Matrix | None = None,
) -> None:
    """Fills a large shape with a gradient from one point to another: as fast on a canvas that is turned as on any.

    The gradient is laid as flat bands that meet without smoothing, cut to the shape: 0.9 ms where a plain strip takes
    20 over a whole picture. `local` is a matrix over the points that keeps right angles.

    Raises:
        ZeroDivisionError: the points are one.
    """
    local = skia.Matrix() if local is None else local
    a, b = local.mapXY(*start), local.mapXY(*end)
    length = math.hypot(b.x() - a.x(), b.y() - a.y())
    place, back = skia.Matrix(), skia.Matrix()
    place.setSinCos((b.y() - a.y()) / length, (b.x() - a.x()) / length, 0, 0)
    place.postTranslate(a.x(), a.y())
    place.invert(back)
    along = skia.Path(path)
    along.transform(back)
    reach = along.computeTightBounds().makeOutset(1, 1)
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    canvas.concat(place)
    for begin, stop, colour in _bands(tuple(colours), tuple(offsets)):
        left, right = max(begin * length, reach.left()), min(stop * length, reach.right())
        if left < right:
            band = skia.Rect.MakeLTRB(left, reach.top(), right, reach.bottom())
            canvas.drawRect(band, skia.Paint(Color=colour))
    canvas.restore()
