"""The reveal's backdrop: the pink cloth of the hood, its folds swinging slowly round the face."""

from __future__ import annotations

import math
import random
from functools import lru_cache

import skia

from storyreel.looks.kawaii.palette import SET_LINE
from storyreel.looks.kawaii.shapes import heart
from storyreel.stage.baking import baked
from storyreel.stage.paints import Canvas, Picture, fill, linear, record, stroke, wash
from storyreel.stage.paths import Path, smooth, sparkle, star
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number

_STOPS = ((0.0, "#FFC9DF", 1.0), (0.45, "#FFAFCF", 1.0), (1.0, "#F58FBC", 1.0))
_FOLDS = 15
_SPEED = 1.6
"""How fast the cloth turns, in degrees a second."""
_GLINTS = ((0.11, 0.13, 46), (0.89, 0.115, 58), (0.95, 0.46, 30), (0.08, 0.52, 38), (0.2, 0.085, 24), (0.93, 0.29, 26))
"""Where the cloth glitters: shares of its width and height, and the radius."""


def _size(settings: Settings) -> tuple[float, float]:
    return number(settings, "width", 1080), number(settings, "height", 1920)


@lru_cache(maxsize=4)
def _folds(reach: float) -> tuple[Path, Path]:
    """The light and the dark side of the folds, curling out from (0, 0) to `reach`."""
    light, dark = skia.Path(), skia.Path()
    near, far = 0.0, reach * 0.42
    for index in range(_FOLDS):
        start = math.tau * index / _FOLDS
        for path, begin, end, curl in ((light, 0.0, 0.19, 0.13), (dark, 0.19, 0.235, 0.1)):
            a, b = start + begin, start + end
            path.moveTo(math.cos(a) * near, math.sin(a) * near)
            path.quadTo(math.cos(a + 0.13) * far, math.sin(a + 0.13) * far, math.cos(a) * reach, math.sin(a) * reach)
            path.lineTo(math.cos(b) * reach, math.sin(b) * reach)
            path.quadTo(math.cos(b + curl) * far, math.sin(b + curl) * far, math.cos(b) * near, math.sin(b) * near)
            path.close()
    return light, dark


@lru_cache(maxsize=4)
def _print(width: float, height: float) -> Picture:
    """The cloth laid flat: its colours, and its pattern of tiny hearts and stars."""

    def paint(canvas: Canvas) -> None:
        canvas.drawPaint(linear((0, 0), (0, height), _STOPS))
        rng = random.Random(8)
        pattern = skia.Path()
        step = 150.0
        for row in range(int(height / step) + 2):
            for column in range(int(width / step) + 2):
                x = (column + (row % 2) / 2) * step + rng.uniform(-26, 26)
                y = row * step + rng.uniform(-26, 26)
                turn = rng.uniform(-30, 30)
                if rng.random() < 0.7:
                    pattern.addPath(heart(x, y, rng.uniform(18, 38), turn))
                else:
                    pattern.addPath(star(x, y, rng.uniform(8, 15), turn))
        canvas.drawPath(pattern, fill("#FFFFFF", 0.2))

    return record((0, 0, width, height), paint)


@lru_cache(maxsize=4)
def edge(width: float, height: float) -> Picture:
    """The lace along the foot of a picture so large."""
    return record((-60, 0.85 * height, width + 160, height + 160), lambda canvas: _hem(canvas, width, height))


def _hem(canvas: Canvas, width: float, height: float) -> None:
    """The hood's fluffy edge along the foot of the picture, with its stitching."""
    top = height - 0.085 * height
    puffs = max(6, round(width / 128))
    step = width / puffs
    for lift, grow, colour, alpha in ((34.0, 0.62, "#F9C3DB", 1.0), (0.0, 0.58, "#FFF6EC", 1.0)):
        fluff = skia.Path.Rect(skia.Rect.MakeLTRB(-step, top - lift + step * 0.3, width + step, height + 60))
        for index in range(-1, puffs + 2):
            x = (index + (0.5 if lift else 0.0)) * step
            fluff = skia.Op(fluff, skia.Path.Circle(x, top - lift + step * 0.32, step * grow), skia.kUnion_PathOp)
        canvas.drawPath(fluff, fill(colour, alpha))
        canvas.drawPath(fluff, stroke(SET_LINE, 5))
        if not lift:
            under = skia.Path(fluff)
            under.offset(-10, -16)
            canvas.save()
            canvas.clipPath(fluff, doAntiAlias=True)
            canvas.drawPath(skia.Op(fluff, under, skia.kDifference_PathOp), fill("#F7D9DC"))
            canvas.restore()
            canvas.drawPath(fluff, stroke(SET_LINE, 5))
    thread = stroke("#FFB6D3", 6)
    thread.setPathEffect(skia.DashPathEffect.Make([22, 20], 0))
    seam = [(x * step, top + step * 0.44 + (step * 0.12 if x % 2 else 0)) for x in range(-1, puffs + 2)]
    canvas.drawPath(smooth(seam), thread)


def draw_cloth(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The whole backdrop, its top left corner at (0, 0), `t` seconds after the reveal began."""
    width, height = _size(settings)
    seconds = values.get("t", 0.0)
    reach = math.hypot(width, height)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeWH(width, height))
    baked(canvas, (0, 0, width, height), True, _print, width, height)
    canvas.save()
    canvas.translate(width * 0.45, height * 0.345)
    canvas.rotate(seconds * _SPEED + 2.5 * math.sin(seconds * 1.1))
    light, dark = _folds(reach)
    wash(canvas, light, "#FFFFFF", 0.19)
    wash(canvas, dark, "#E26FA6", 0.16)
    canvas.restore()
    baked(canvas, (0, 0.85 * height, width, height), False, edge, width, height)
    for index, (x, y, radius) in enumerate(_GLINTS):
        breath = 0.72 + 0.28 * math.sin(seconds * 2.6 + index * 2.1)
        glint = sparkle(x * width, y * height, radius * breath, turn=6 * math.sin(seconds + index))
        canvas.drawPath(glint, fill("#FFF1B8" if index % 3 == 2 else "#FFFFFF", 0.55 + 0.45 * breath))
    canvas.restore()


def _bounds(settings: Settings) -> Box:
    return (0, 0, *_size(settings))


CLOTH = Widget(draw_cloth, _bounds, values=("t",))
