"""Pictures painted once and then copied: whole pixels of premultiplied images cost next to nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from functools import lru_cache

import skia

from storyreel.stage.images import Images, Laid, toned
from storyreel.stage.paints import Canvas, Picture
from storyreel.stage.toning import Tone, layered
from storyreel.treatment.widget import Box

_LARGEST = 9_000_000
"""Pixels of an image, at the most, from which a picture is resampled."""
_GRID = 256
"""Edges of what is resampled stand on multiples of so many of its pixels, so that a camera may move within them. Where
they stand decides the last bit of some pixels: it must not hang on what was seen before."""
_ENLARGED = 0.3
"""So far past its size an image is enlarged before the next one serves, in halves of an octave of its area: 5 %."""
_EXACT = 0.002
"""Degrees by which rounding may turn a canvas."""
RESAMPLED = Images(224 * 2**20)
"""Three drawings of fifteen planes, of a scene and of its panes, take 200 MB; one too many, and none would be kept."""
_WHOLE = 0.25
"""So far off whole pixels a picture is copied to the nearest: a camera that breathes moves less, and sampling takes ten
times as long."""


def baked(canvas: Canvas, bounds: Box, opaque: bool, make: Callable[..., Picture], *args: Hashable) -> None:
    """Draws a picture that stays where it is for many frames: painted once at its place, then copied.

    Args:
        canvas: where to draw.
        bounds: holds all of the picture.
        opaque: whether the picture covers its bounds wholly.
        make: gives the picture.
        *args: what it is made from.
    """
    matrix = canvas.getTotalMatrix()
    rect = matrix.mapRect(skia.Rect.MakeLTRB(*bounds)).roundOut()
    if not matrix.isScaleTranslate() or not rect.intersect(canvas.getDeviceClipBounds()):
        canvas.drawPicture(make(*args))
        return
    place = (matrix.getScaleX(), matrix.getScaleY(), matrix.getTranslateX(), matrix.getTranslateY())
    image = _baked(make, args, place, (rect.left(), rect.top(), rect.width(), rect.height()), opaque)
    canvas.save()
    canvas.resetMatrix()
    canvas.drawImage(image, rect.left(), rect.top())
    canvas.restore()


def stamped(canvas: Canvas, bounds: Box, make: Callable[..., Picture], *args: Hashable) -> None:
    """Draws a picture that moves fast, or lies among many like it, as a copy at the nearest whole pixels."""
    matrix = canvas.getTotalMatrix()
    if not matrix.isScaleTranslate():
        canvas.drawPicture(make(*args))
        return
    place = (matrix.getScaleX(), matrix.getScaleY(), 0.0, 0.0)
    rect = skia.Matrix.Scale(*place[:2]).mapRect(skia.Rect.MakeLTRB(*bounds)).roundOut()
    image = _baked(make, args, place, (rect.left(), rect.top(), rect.width(), rect.height()), False)
    canvas.save()
    canvas.resetMatrix()
    canvas.drawImage(image, rect.left() + round(matrix.getTranslateX()), rect.top() + round(matrix.getTranslateY()))
    canvas.restore()


def resampled(
    canvas: Canvas, bounds: Box, make: Callable[..., Picture], *args: Hashable, tone: Tone | None = None
) -> None:
    """Draws a picture that costs much to paint from an image that serves many places and sizes.

    The image is about as large as the picture is drawn; where it stands on whole pixels in its own size it is copied,
    else it is sampled between pixels. What is turned by whole quarters of a degree is painted so: a canvas that is
    turned is sampled seven times as slowly. What it is seen through is kept in the image, too.
    """
    matrix = canvas.getTotalMatrix()
    area = matrix.getScaleX() * matrix.getScaleY() - matrix.getSkewX() * matrix.getSkewY()
    if area == 0:
        return
    level = 2 ** (math.ceil(math.log2(abs(area)) * 2 - _ENLARGED) / 4)
    turn = _turn(matrix) if area > 0 else 0.0
    upright = skia.Matrix.Scale(level, level).postRotate(turn)
    rect = upright.mapRect(skia.Rect.MakeLTRB(*bounds)).roundOut()
    placed = _between(upright, matrix, bool(turn))
    if not rect.intersect(_seen(canvas, placed)):
        return
    if rect.width() * rect.height() > _LARGEST:
        layered(canvas, tone, lambda: canvas.drawPicture(make(*args)))
        return
    key = (make, args, level, turn, (rect.left(), rect.top(), rect.right(), rect.bottom()))
    laid = toned(key, RESAMPLED.get(key, lambda: _resampled(make(*args), upright, rect)), tone)
    canvas.save()
    canvas.setMatrix(placed)
    shift = (placed.getTranslateX(), placed.getTranslateY())
    if placed.isTranslate() and all(abs(at - round(at)) < _WHOLE for at in shift):
        canvas.resetMatrix()
        canvas.drawImage(laid.image, laid.left + round(shift[0]), laid.top + round(shift[1]))
    else:
        canvas.drawImage(laid.image, laid.left, laid.top, skia.SamplingOptions(skia.FilterMode.kLinear))
    canvas.restore()


def _turn(matrix: skia.Matrix) -> float:
    """The degrees that a canvas is turned by, where they are whole quarters of one; else 0."""
    turn = math.degrees(math.atan2(matrix.getSkewY(), matrix.getScaleX()))
    quarters = round(turn * 4) / 4
    return quarters if matrix.isSimilarity() and abs(turn - quarters) < _EXACT else 0.0


def _between(upright: skia.Matrix, matrix: skia.Matrix, straight: bool) -> skia.Matrix:
    """From an image's pixels to a canvas's; `straight`: it is turned already, but for what rounding leaves."""
    placed = skia.Matrix()
    upright.invert(placed)
    placed.postConcat(matrix)
    if straight:
        placed.setSkewX(0)
        placed.setSkewY(0)
    return placed


def _seen(canvas: Canvas, placed: skia.Matrix) -> skia.IRect:
    """What of an image can be seen, in its pixels, on the grid."""
    back = skia.Matrix()
    placed.invert(back)
    seen = back.mapRect(skia.Rect.Make(canvas.getDeviceClipBounds())).makeOutset(2, 2)
    return skia.IRect.MakeLTRB(
        *(math.floor(side / _GRID) * _GRID for side in (seen.left(), seen.top())),
        *(math.ceil(side / _GRID) * _GRID for side in (seen.right(), seen.bottom())),
    )


def _resampled(picture: Picture, upright: skia.Matrix, rect: skia.IRect) -> Laid:
    surface = skia.Surface.MakeRasterN32Premul(rect.width(), rect.height())
    canvas = surface.getCanvas()
    canvas.translate(-rect.left(), -rect.top())
    canvas.concat(upright)
    canvas.drawPicture(picture)
    return Laid(surface.makeImageSnapshot(), rect.left(), rect.top())


@lru_cache(maxsize=20)
def _baked(
    make: Callable[..., Picture],
    args: tuple[Hashable, ...],
    place: tuple[float, float, float, float],
    rect: tuple[int, int, int, int],
    opaque: bool,
) -> skia.Image:
    left, top, width, height = rect
    kind = skia.kOpaque_AlphaType if opaque else skia.kPremul_AlphaType
    surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32(width, height, kind))
    canvas = surface.getCanvas()
    canvas.translate(-left, -top)
    canvas.translate(place[2], place[3])
    canvas.scale(place[0], place[1])
    canvas.drawPicture(make(*args))
    return surface.makeImageSnapshot()
