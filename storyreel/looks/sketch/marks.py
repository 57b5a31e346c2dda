"""What hands put on paper besides drawings: strips torn off a sheet, marker, lines drawn with a ruler's patience."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import skia

from storyreel.looks.sketch.palette import GRAPHITE, STRIP
from storyreel.puppet.model import Command
from storyreel.stage.ink import argb, to_path
from storyreel.treatment.strokes import Hatch, Ribbon, hatching, noise, ribbons
from storyreel.treatment.widget import Box
from storyreel.widgets.torn import along, torn

Canvas: TypeAlias = skia.Canvas
Path: TypeAlias = skia.Path
Picture: TypeAlias = skia.Picture

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


def strip(canvas: Canvas, box: Box, seed: int, rough: float = 1.0, colour: str = STRIP, down: float = 1.0) -> None:
    """A strip of torn paper with its shadow, which lies below it, or above."""
    path = torn(box, seed, rough)
    for right, below, opacity in _SHADOWS:
        canvas.save()
        canvas.translate(right, below * down)
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
