"""Photographs and video clips as layers: kept, cut to cover their box, at about the size they are drawn.

What Skia copies or smooths quickly is premultiplied BGRA at nearly its own size. Measured over a whole 1080x1920
picture, in ms: copied 0.7, smoothed 7; not premultiplied 22 and 68; with mipmaps 25. Where it is turned, the other way
round: 600x600 take 11.8 smoothed, 4.4 with mipmaps, which change nothing at nearly a picture's own size but that Skia
takes another way; and 2.5 if four tenths of it are clear and left out.
"""

from __future__ import annotations

import math
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import skia
from numpy.typing import NDArray

from storyreel.media.pictures import frame, frame_at
from storyreel.media.stills import still
from storyreel.stage.gradients import is_straight
from storyreel.timeline.model import PictureContent

_COARSEST, _FINEST = 1 / 16, 2.0
"""The fewest and the most pixels a unit that a picture is kept at."""

_MOST = 1 << 25
"""The most pixels that are kept of a picture, however large it is drawn."""

_FULL = 255
_STEP = 16
"""Rows of a step of the outline round a picture's ink."""


class _Kept:
    """A picture at about the size it is drawn at.

    Args:
        pixels: premultiplied BGRA.

    Attributes:
        image: what Skia draws fastest where it is not turned.
    """

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self._pixels = np.ascontiguousarray(pixels)
        # What is known to be opaque isn't blended.
        kind = skia.kOpaque_AlphaType if self._pixels[..., 3].min() == _FULL else skia.kPremul_AlphaType
        self.image = skia.Image.fromarray(self._pixels, skia.kBGRA_8888_ColorType, kind)

    @cached_property
    def turned(self) -> tuple[skia.Path, skia.Paint]:
        """What is filled fastest where it is turned, and with what: all that is not clear."""
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
        shader = self.image.makeShader(skia.TileMode.kClamp, skia.TileMode.kClamp, sampling)
        return _ink(self._pixels[..., 3]), skia.Paint(Shader=shader)


def _ink(alpha: NDArray[np.uint8]) -> skia.Path:
    """A path in steps round all that is not clear, with a pixel more on each side for what smoothing spreads."""
    height, width = alpha.shape
    left: list[skia.Point] = []
    right: list[skia.Point] = []
    for top in range(0, height, _STEP):
        bottom = min(top + _STEP, height)
        columns = np.flatnonzero(alpha[max(top - 1, 0) : bottom + 1].any(axis=0))
        if len(columns):
            first, last = max(int(columns[0]) - 1, 0), min(int(columns[-1]) + 2, width)
            left += [skia.Point(first, top), skia.Point(first, bottom)]
            right += [skia.Point(last, top), skia.Point(last, bottom)]
    path = skia.Path()
    if left:
        path.addPoly([*left, *reversed(right)], True)
    return path


@lru_cache(maxsize=16)
def _still(path: str, digest: str, size: tuple[int, int]) -> _Kept:
    return _Kept(still(Path(path), size))


@lru_cache(maxsize=8)
def _moment(path: str, digest: str, index: int, size: tuple[int, int]) -> _Kept:
    return _Kept(frame(path, digest, index, size))


def _size(canvas: skia.Canvas, content: PictureContent) -> tuple[int, int]:
    """The pixels to keep of a picture: its units, times the power of two that is nearest to what the canvas shows."""
    matrix = canvas.getTotalMatrix()
    area = abs(matrix.getScaleX() * matrix.getScaleY() - matrix.getSkewX() * matrix.getSkewY())
    fine = 2.0 ** round(math.log2(area) / 2) if area > 0 else _COARSEST
    fine = min(max(fine, _COARSEST), _FINEST)
    fine = min(fine, math.sqrt(_MOST / (content.width * content.height)))
    return max(round(content.width * fine), 1), max(round(content.height * fine), 1)


def draw_picture(canvas: skia.Canvas, content: PictureContent, seconds: float) -> None:
    """Draws a picture or the moment of a clip, centred on the origin, cropped so that it covers its box."""
    file, size = content.file, _size(canvas, content)
    if content.still:
        kept = _still(file.path, file.digest, size)
    else:
        kept = _moment(file.path, file.digest, frame_at(file.path, file.digest, seconds), size)
    left, top = -content.width / 2, -content.height / 2
    if is_straight(canvas):
        canvas.drawImageRect(
            kept.image,
            skia.Rect.MakeWH(*size),
            skia.Rect.MakeXYWH(left, top, content.width, content.height),
            skia.SamplingOptions(skia.FilterMode.kLinear),
            None,
            skia.Canvas.kFast_SrcRectConstraint,
        )
        return
    canvas.save()
    canvas.translate(left, top)
    canvas.scale(content.width / size[0], content.height / size[1])
    canvas.drawPath(*kept.turned)
    canvas.restore()
