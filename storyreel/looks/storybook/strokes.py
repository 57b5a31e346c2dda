"""What a brush does by itself: tapered strokes, daubs with broken edges, ragged paper; and soft shadows of type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import skia

from storyreel.looks.storybook.palette import INDIGO
from storyreel.looks.storybook.tiles import EDGE, FLECKS, STREAK
from storyreel.puppet.model import Command, Texture
from storyreel.stage.ink import argb, to_path
from storyreel.stage.textures import textured
from storyreel.treatment.contours import Line, polygons
from storyreel.treatment.strokes import Ribbon, noise, ribbons
from storyreel.treatment.widget import Box

Canvas: TypeAlias = skia.Canvas
Path: TypeAlias = skia.Path
Paint: TypeAlias = skia.Paint
Picture: TypeAlias = skia.Picture

_HALO = ((26.0, 0.07), (18.0, 0.09), (11.0, 0.13), (6.0, 0.2))
"""A soft shadow as lines of these widths and opacities, one over the other."""
_RAGGED = ((53.0, 4.5), (19.0, 2.6), (6.0, 1.4))
"""The noises of a ragged edge: their lengths, and how far they go, in units."""
_DRY, _WET = 0.42, 0.78
"""How much of the tooth paint covers: at a broken edge, in a dry stroke."""


def paint(hexed: str, opacity: float = 1.0) -> Paint:
    """A fill."""
    return skia.Paint(AntiAlias=True, Color=argb(hexed, opacity))


def broken(hexed: str, tile: str, cover: float, opacity: float = 1.0, size: float = 1.0) -> Paint:
    """A fill that the tooth of the paper breaks."""
    return textured(Texture(tile, hexed, cover, size), argb(hexed, opacity))


def lined(made: Paint, width: float) -> Paint:
    """A paint as a line of a width."""
    made.setStyle(skia.Paint.kStroke_Style)
    made.setStrokeWidth(width)
    made.setStrokeJoin(skia.Paint.kRound_Join)
    made.setStrokeCap(skia.Paint.kRound_Cap)
    return made


def recorded(bounds: Box, draw: Callable[[Canvas], None]) -> Picture:
    """What is drawn, as a picture."""
    recorder = skia.PictureRecorder()
    draw(recorder.beginRecording(skia.Rect.MakeLTRB(*bounds)))
    return recorder.finishRecordingAsPicture()


def halo(canvas: Canvas, path: Path, strength: float = 1.0, hexed: str = INDIGO, wide: float = 1.0) -> None:
    """A soft shadow all round a path, a little below it."""
    canvas.save()
    canvas.translate(0, 4 * wide)
    for width, opacity in _HALO:
        canvas.drawPath(path, lined(paint(hexed, opacity * strength), width * wide))
    canvas.drawPath(path, paint(hexed, 0.4 * strength))
    canvas.restore()


def gouache(canvas: Canvas, path: Path, hexed: str, rough: float = 8.0) -> None:
    """A flat shape of paint: its edge breaks into the paper, flecks lie in it."""
    canvas.drawPath(path, lined(broken(hexed, EDGE, _DRY), rough))
    canvas.drawPath(path, paint(hexed))
    canvas.drawPath(path, broken("#FFEDD1", FLECKS, 0.28, 0.16))


def cast(canvas: Canvas, path: Path, right: float, down: float, soft: float, hexed: str, opacity: float) -> None:
    """The shadow that cut paper throws."""
    made = paint(hexed, opacity)
    made.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, soft))
    canvas.save()
    canvas.translate(right, down)
    canvas.drawPath(path, made)
    canvas.restore()


def along(*points: tuple[float, float]) -> tuple[Command, ...]:
    """A line through points."""
    return (("M", points[0]), *(("L", point) for point in points[1:]))


def sweep(canvas: Canvas, points: Sequence[tuple[float, float]], width: float, hexed: str, seed: int) -> None:
    """A dry stroke of the brush: it swells, and its bristles show."""
    path = to_path(ribbons(along(*points), Ribbon(width, wobble=0.7, restate=False), seed, 0))
    canvas.drawPath(path, broken(hexed, STREAK, _WET))


def ragged(box: Box, seed: int, rough: float = 1.0) -> Path:
    """A rectangle of paper or paint whose edges were never straight."""
    left, top, right, bottom = box
    corners = np.array(((left, top), (right, top), (right, bottom), (left, bottom), (left, top)))
    steps = np.diff(corners, axis=0)
    at = np.append(0.0, np.cumsum(np.hypot(steps[:, 0], steps[:, 1])))
    even = np.arange(0.0, at[-1], 5.0)
    middle: Line = np.stack([np.interp(even, at, corners[:, axis]) for axis in (0, 1)], axis=1)
    for number, (length, reach) in enumerate(_RAGGED):
        for axis in (0, 1):
            first = np.full(len(even), float(seed * 97 + number * 611 + axis * 331))
            middle[:, axis] += reach * rough * noise(first, even / length)
    return to_path(polygons(middle, (len(middle),)))
