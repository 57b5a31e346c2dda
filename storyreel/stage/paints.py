"""Paints, fills that are cheap to draw, and recorded pictures, for what is drawn by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import skia

from storyreel.stage.gradients import fill_banded, is_straight, linear_shader, veil
from storyreel.stage.ink import argb
from storyreel.stage.paths import Path, Point
from storyreel.treatment.widget import Box

Canvas: TypeAlias = skia.Canvas
Paint: TypeAlias = skia.Paint
Picture: TypeAlias = skia.Picture
Stops: TypeAlias = Sequence[tuple[float, str, float]]
"""Gradient stops: offset 0..1, colour, opacity 0..1."""
_UPRIGHT = 0.08
"""The turn, as a slope, that a letter's colours need not follow."""


def fill(text: str, alpha: float = 1.0) -> Paint:
    """A flat fill."""
    return skia.Paint(AntiAlias=True, Color=argb(text, alpha))


def stroke(text: str, width: float, alpha: float = 1.0) -> Paint:
    """A line with round caps and joins."""
    return skia.Paint(
        AntiAlias=True,
        Color=argb(text, alpha),
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )


def _parted(stops: Stops) -> tuple[list[int], list[float]]:
    """Their colours, and where they stand."""
    return [argb(text, alpha) for _, text, alpha in stops], [offset for offset, _, _ in stops]


def linear(start: Point, end: Point, stops: Stops) -> Paint:
    """A fill that runs from one point to another."""
    colours, offsets = _parted(stops)
    return skia.Paint(AntiAlias=True, Shader=linear_shader(start, end, colours, offsets))


def radial(centre: Point, radius: float, stops: Stops) -> Paint:
    """A fill that runs outwards from a point."""
    colours, offsets = _parted(stops)
    shader = skia.GradientShader.MakeRadial(skia.Point(*centre), radius, colours, offsets)
    return skia.Paint(AntiAlias=True, Shader=shader)


def wash(canvas: Canvas, path: Path, tint: str, alpha: float) -> None:
    """Fills a large shape with a translucent colour: as `fill` does, at a quarter of the cost.

    On a canvas that is turned, the shape is turned and the canvas set straight: a picture to be played turned later
    should not hold washes, since they would cost more than fills there.
    """
    paint = skia.Paint(AntiAlias=True, Shader=veil(argb(tint, alpha)))
    if is_straight(canvas):
        canvas.drawPath(path, paint)
        return
    turned = skia.Path(path)
    turned.transform(canvas.getTotalMatrix())
    canvas.save()
    canvas.resetMatrix()
    canvas.drawPath(turned, paint)
    canvas.restore()


def banded(canvas: Canvas, path: Path, start: Point, end: Point, stops: Stops) -> None:
    """Fills a large shape as `linear` does, though never slowly where the canvas is turned."""
    colours, offsets = _parted(stops)
    fill_banded(canvas, path, start, end, colours, offsets)


def upright(canvas: Canvas, path: Path, start: Point, end: Point, stops: Stops) -> None:
    """Fills a shape as `linear` does, but for a small turn of the canvas: nobody sees it in the colours of a letter.

    A strip that isn't turned is filled twenty times as fast. The points should lie on the shape's middle line.
    """
    matrix = canvas.getTotalMatrix()
    a, b = matrix.mapXY(*start), matrix.mapXY(*end)
    if matrix.isScaleTranslate() or abs(b.x() - a.x()) > _UPRIGHT * abs(b.y() - a.y()):
        canvas.drawPath(path, linear(start, end, stops))
        return
    turned = skia.Path(path)
    turned.transform(matrix)
    canvas.save()
    canvas.resetMatrix()
    canvas.drawPath(turned, linear((0.0, a.y()), (0.0, b.y()), stops))
    canvas.restore()


def record(bounds: Box, paint: Callable[[Canvas], None]) -> Picture:
    """What `paint` draws, recorded to be replayed; `bounds` holds all of it."""
    recorder = skia.PictureRecorder()
    paint(recorder.beginRecording(skia.Rect.MakeLTRB(*bounds)))
    return recorder.finishRecordingAsPicture()
