"""What is out of focus: drawn small, blurred there, and laid back into the picture large."""

from __future__ import annotations

import math

import skia

from storyreel.stage.display import Canvas, Draw

SIGMAS = (0.0, 4.0, 9.0, 16.0)
"""How far each step of softness blurs, in stage units."""
_COARSE = 4
"""Out of focus, so many pixels across are one: nobody sees it, and blurring takes a sixteenth of the time."""
_REACH = 3.0
"""How many sigmas a blur reaches."""


def softened(canvas: Canvas, paint: Draw, step: int, scale: float) -> None:
    """Draws something out of focus.

    The small picture lies on a grid of the whole picture's, so that a part of it that is drawn alone is the same.

    Args:
        canvas: where to.
        paint: draws it sharp.
        step: how far out of focus, an index of `SIGMAS`.
        scale: pixels a stage unit.
    """
    sigma = SIGMAS[step] * scale / _COARSE
    matrix, inverse = canvas.getTotalMatrix(), skia.Matrix()
    bounds = skia.Rect.Make(canvas.getDeviceClipBounds())
    if not matrix.invert(inverse):
        return
    recorder = skia.PictureRecorder()
    paint(recorder.beginRecording(inverse.mapRect(bounds), skia.RTreeFactory()()))
    picture = recorder.finishRecordingAsPicture()
    if not bounds.intersect(matrix.mapRect(picture.cullRect())):
        return
    more = math.ceil(_REACH * sigma) + 2
    left, top = (math.floor(side / _COARSE) - more for side in (bounds.left(), bounds.top()))
    right, bottom = (math.ceil(side / _COARSE) + more for side in (bounds.right(), bounds.bottom()))
    sharp, soft = (skia.Surface(right - left, bottom - top) for _ in range(2))
    small = sharp.getCanvas()
    small.translate(-left, -top)
    small.scale(1 / _COARSE, 1 / _COARSE)
    small.concat(matrix)
    small.drawPicture(picture)
    blur = skia.Paint(ImageFilter=skia.ImageFilters.Blur(sigma, sigma))
    soft.getCanvas().drawImage(sharp.makeImageSnapshot(), 0, 0, skia.SamplingOptions(), blur)
    canvas.save()
    canvas.concat(inverse)
    canvas.scale(_COARSE, _COARSE)
    canvas.drawImage(soft.makeImageSnapshot(), left, top, skia.SamplingOptions(skia.FilterMode.kLinear))
    canvas.restore()
