"""What hands put on paper besides drawings: strips torn off a sheet, marker, lines drawn with a ruler's patience."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import skia

from storyreel.looks.sketch.palette import GRAPHITE, STRIP
from storyreel.puppet.model import Command
from storyreel.stage.ink import argb, to_path
from storyreel.treatment.contours import Line, Numbers, polygons
from storyreel.treatment.strokes import Hatch, Ribbon, hatching, noise, ribbons
from storyreel.treatment.widget import Box

Canvas: TypeAlias = skia.Canvas
Path: TypeAlias = skia.Path
Picture: TypeAlias = skia.Picture

_TEAR = ((61.0, 2.4), (17.0, 1.7), (5.0, 0.9))
"""The noises of a torn edge: their lengths, and how far they go, in units."""
_SHADOWS = ((2.0, 3.0, 0.2), (4.0, 7.0, 0.2))
"""Shadows of a strip: right, down, opacity."""


def paint(hexed: str, opacity: float = 1.0) -> skia.Paint:
    """A fill."""
    return skia.Paint(AntiAlias=True, Color=argb(hexed, opacity))


def recorded(bounds: Box, draw: Callable[[Canvas], None]) -> Picture:
    """What is drawn, as a picture."""
    recorder = skia.PictureRecorder()
    draw(recorder.beginRecording(skia.Rect.MakeLTRB(*bounds)))
    return recorder.finishRecordingAsPicture()


def rect(left: float, top: float, right: float, bottom: float) -> tuple[Command, ...]:
    """A rectangle."""
    corners = (("M", (left, top)), ("L", (right, top)), ("L", (right, bottom)), ("L", (left, bottom)))
    return (*corners, ("Z", ()))


def along(*points: tuple[float, float]) -> tuple[Command, ...]:
    """A line through points."""
    return (("M", points[0]), *(("L", point) for point in points[1:]))


def torn_edge(points: Line, seed: int, rough: float = 1.0) -> Line:
    """A line of points as a torn edge runs along it."""
    steps = np.diff(points, axis=0)
    at = np.append(0.0, np.cumsum(np.hypot(steps[:, 0], steps[:, 1])))
    even = np.arange(0.0, at[-1], 4.0)
    middle = np.stack((np.interp(even, at, points[:, 0]), np.interp(even, at, points[:, 1])), axis=1)
    ahead = np.gradient(middle, axis=0)
    size = np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)[:, None]
    stray: Numbers = np.zeros(len(even))
    for number, (length, reach) in enumerate(_TEAR):
        stray += reach * rough * noise(np.full(len(even), float(seed * 97 + number * 611)), even / length)
    return np.asarray(middle + np.stack((-ahead[:, 1], ahead[:, 0]), axis=1) / size * stray[:, None])


def torn(box: Box, seed: int, rough: float = 1.0) -> Path:
    """A rectangle that was torn off a sheet."""
    left, top, right, bottom = box
    corners = np.array(((left, top), (right, top), (right, bottom), (left, bottom), (left, top)))
    edge = torn_edge(corners, seed, rough)
    return to_path(polygons(edge, (len(edge),)))


def strip(canvas: Canvas, box: Box, seed: int, rough: float = 1.0, colour: str = STRIP) -> None:
    """A strip of torn paper with its shadow."""
    path = torn(box, seed, rough)
    for right, down, opacity in _SHADOWS:
        canvas.save()
        canvas.translate(right, down)
        canvas.drawPath(path, paint(GRAPHITE, opacity))
        canvas.restore()
    canvas.drawPath(path, paint(colour))


def marker(box: Box, seed: int) -> Path:
    """Dry strokes of a marker, one above the other, over a box."""
    left, top, right, bottom = box
    rows = 3
    tall = (bottom - top) / rows
    stroke = Ribbon(tall * 1.35, wobble=0.6, restate=False)
    lines: list[Command] = []
    for row in range(rows):
        y = top + (row + 0.5) * tall
        ragged = noise(np.array([float(seed * 31 + row * 7)] * 2), np.array((0.3, 5.7))) * tall * 0.45
        lines += along((left + float(ragged[0]), y + 2.0), (right + float(ragged[1]), y - 2.0))
    return to_path(ribbons(tuple(lines), stroke, seed, 0))


def drawn(path: Sequence[Command], width: float, seed: int, drawing: int = 0) -> Path:
    """A path in pencil."""
    return to_path(ribbons(tuple(path), Ribbon(width), seed, drawing))


def hatched(path: Sequence[Command], hatch: Hatch, level: float, seed: int, drawing: int = 0) -> Path:
    """Hatching over a path, evenly dark."""
    return to_path(hatching(tuple(path), hatch, lambda points: points[:, 0] * 0 + level, seed, drawing))


def turned(canvas: Canvas, degrees: float, x: float, y: float) -> None:
    """Turns a canvas about a point."""
    canvas.translate(x, y)
    canvas.rotate(degrees)
    canvas.translate(-x, -y)
