"""The white die-cut rim round a puppet, and the flat shadow that it casts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import skia

from storyreel.puppet.model import Matrix
from storyreel.stage.covering import Placed
from storyreel.stage.gradients import is_straight, veil
from storyreel.stage.ink import argb, to_matrix

_SHADOW = ("#7A3F86", 0.2)
_SHADOW_LEAN = 10 / 16
"""A shadow falls so far to the right for each unit down: the light is at the upper left."""
_RIM = "#FFFFFF"


def draw_rim(canvas: Any, pieces: Iterable[Placed], rim: float, shadow: float) -> None:
    """Draws a rim of that width, and below it its shadow, so far down; all in the pieces' units."""
    grown = skia.Path()
    for piece in pieces:
        outline = skia.Path(piece.geometry.rim(rim, piece.curl))
        outline.transform(to_matrix(piece.motion))
        if _mirrors(piece.motion):
            grown.reverseAddPath(outline)  # it must run the way the others do, or would cut holes into them
        else:
            grown.addPath(outline)
    if shadow > 0:
        canvas.save()
        canvas.translate(shadow * _SHADOW_LEAN, shadow)
        canvas.drawPath(grown, _veil(argb(*_SHADOW), is_straight(canvas)))
        canvas.restore()
    canvas.drawPath(grown, skia.Paint(AntiAlias=True, Color=argb(_RIM, 1.0)))


@lru_cache(maxsize=32)
def _veil(colour: int, straight: bool) -> Any:
    """A paint of one translucent colour: a strip of it where the canvas isn't turned, which fills faster by far.

    It is kept, as skia-python copies a shader, with its image, into every paint that it is set on.
    """
    paint = skia.Paint(AntiAlias=True)
    if straight:
        paint.setShader(veil(colour))
    else:
        paint.setColor(colour)
    return paint


def _mirrors(motion: Matrix) -> bool:
    a, b, c, d, _, _ = motion
    return a * d < b * c
