"""Pictures painted once and then copied: whole pixels of premultiplied images cost next to nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from functools import lru_cache

import skia

from storyreel.stage.images import Images, Laid, toned
from storyreel.stage.paints import Canvas, Picture
from storyreel.stage.solid import weighed
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
_UPRIGHT = 1e-5
"""So far rounding may turn and stretch what only leans."""
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
    else it is sampled between pixels. What is turned by whole eighths of a degree is painted so: a canvas that is
    turned is sampled seven times as slowly. What it is seen through is kept in the image, too.
    """
    matrix = canvas.getTotalMatrix()
    area = matrix.getScaleX() * matrix.getScaleY() - matrix.getSkewX() * matrix.getSkewY()
    if area == 0:
        return
    level = level_of(abs(area))
    turn, lean = (turn_of(matrix), _lean(matrix)) if area > 0 else (0.0, 0.0)
    upright = skia.Matrix.Scale(level, level).postRotate(turn)
    if lean:
        upright.setSkewX(level * math.tan(math.radians(lean)))
    rect = upright.mapRect(skia.Rect.MakeLTRB(*bounds)).roundOut()
    placed = _between(upright, matrix, bool(turn or lean))
    shift = _whole(canvas, placed, rect)
    if not rect.intersect(_seen(canvas, placed, shift is not None)):
        return
    if rect.width() * rect.height() > _LARGEST:
        layered(canvas, tone, lambda: canvas.drawPicture(make(*args)))
        return
    key = (make, args, level, turn, lean, (rect.left(), rect.top(), rect.right(), rect.bottom()))
    laid = toned(key, RESAMPLED.get(key, lambda: _resampled(make(*args), upright, rect)), tone)
    canvas.save()
    canvas.setMatrix(placed)
    if shift is not None:
        canvas.resetMatrix()
        canvas.drawImage(laid.image, laid.left + shift[0], laid.top + shift[1])
    else:
        canvas.drawImage(laid.image, laid.left, laid.top, skia.SamplingOptions(skia.FilterMode.kLinear))
    canvas.restore()


def level_of(area: float) -> float:
    """The scale of the image that serves for what is drawn so many times as large in area."""
    return float(2 ** (math.ceil(math.log2(area) * 2 - _ENLARGED) / 4))


def turn_of(matrix: skia.Matrix) -> float:
    """The degrees that a canvas is turned by, where they are whole eighths of one; else 0."""
    turn = math.degrees(math.atan2(matrix.getSkewY(), matrix.getScaleX()))
    eighths = round(turn * 8) / 8
    return eighths if matrix.isSimilarity() and abs(turn - eighths) < _EXACT else 0.0


def _lean(matrix: skia.Matrix) -> float:
    """The degrees that what isn't turned leans by, where they are whole ones; else 0."""
    if abs(matrix.getSkewY()) > _UPRIGHT or abs(matrix.getScaleX() - matrix.getScaleY()) > _UPRIGHT:
        return 0.0
    lean = math.degrees(math.atan2(matrix.getSkewX(), matrix.getScaleY()))
    return round(lean) if abs(lean - round(lean)) < _EXACT else 0.0


def _between(upright: skia.Matrix, matrix: skia.Matrix, straight: bool) -> skia.Matrix:
    """From an image's pixels to a canvas's; `straight`: it is turned already, but for what rounding leaves."""
    placed = skia.Matrix()
    upright.invert(placed)
    placed.postConcat(matrix)
    if straight:
        placed.setSkewX(0)
        placed.setSkewY(0)
    return placed


def _whole(canvas: Canvas, placed: skia.Matrix, rect: skia.IRect) -> tuple[int, int] | None:
    """By how many pixels an image is moved, if all that is seen of it lies within `_WHOLE` of those; else None."""
    if not placed.isScaleTranslate():
        return None
    there = placed.mapRect(skia.Rect.Make(rect))
    if not there.intersect(skia.Rect.Make(canvas.getDeviceClipBounds())):
        return None
    shifts = []
    for grown, moved, ends in (
        (placed.getScaleX(), placed.getTranslateX(), (there.left(), there.right())),
        (placed.getScaleY(), placed.getTranslateY(), (there.top(), there.bottom())),
    ):
        if grown <= 0:
            return None
        # What lies at an end comes from this far away.
        ways = [end - (end - moved) / grown for end in ends]
        shift = round(sum(ways) / 2)
        if any(abs(way - shift) >= _WHOLE for way in ways):
            return None
        shifts.append(shift)
    return shifts[0], shifts[1]


def _seen(canvas: Canvas, placed: skia.Matrix, whole: bool) -> skia.IRect:
    """What of an image can be seen, in its pixels, on the grid; `whole`: on whole pixels, and so nothing beside it."""
    back = skia.Matrix()
    placed.invert(back)
    seen = back.mapRect(skia.Rect.Make(canvas.getDeviceClipBounds()))
    seen = skia.Rect.Make(seen.round()) if whole else seen.makeOutset(2, 2)
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
    return Laid(weighed(surface.makeImageSnapshot()), rect.left(), rect.top())


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
