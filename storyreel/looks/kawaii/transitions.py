"""How one scene gives way to the next: something cute covers the picture, and shows the next when it goes."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import skia

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.looks.kawaii import blocks
from storyreel.looks.kawaii.hood import draw_hood
from storyreel.looks.kawaii.palette import CREAM, LINE
from storyreel.looks.kawaii.shapes import bunny, heart
from storyreel.stage.areas import outlined
from storyreel.stage.baking import baked, stamped
from storyreel.stage.paints import Canvas, Picture, fill, record, stroke, wash
from storyreel.stage.paths import Path, star
from storyreel.widgets import flights

Size = tuple[float, float]


class _Hole(NamedTuple):
    """An iris: its shape at 100 units across, and its cloth, the cloth's print and its edge."""

    shape: Callable[[], Path]
    cloth: str
    print: str
    edge: str
    turn: float


_HOLES = {
    "heart": _Hole(lambda: heart(0, -4, 100), "#FFAFCF", "#FFC7DE", "#F48DB9", -8.0),
    "bunny": _Hole(lambda: bunny(0, -8, 118), "#A8E9DB", "#C4F4E9", "#62C7B4", 6.0),
    "star": _Hole(lambda: star(0, 4, 58, 0, 0.6, 5, 0.24), "#FFE39A", "#FFF0C4", "#F2B84E", -7.0),
}
_PRINTS: dict[str, Callable[[float, float, float, float], Path]] = {
    "heart": heart,
    "bunny": bunny,
    "star": lambda x, y, size, turn: star(x, y, size / 2, turn),
}
_EYE = 0.4
"""Where an iris closes, down the picture, where nothing else is said: about where faces are."""
_WITHIN = ((0.3, 0.7), (0.22, 0.62))
"""How far from the picture's edges it closes, across and down, as shares of the picture."""


@lru_cache(maxsize=12)
def _cloth(kind: str, width: float, height: float) -> Picture:
    """The cloth that is left round the hole: flat, with a small print."""
    hole = _HOLES[kind]

    def paint(canvas: Canvas) -> None:
        canvas.drawRect(skia.Rect.MakeLTRB(-width, -height, width, height), fill(hole.cloth))
        rng = random.Random(kind)
        pattern, step = skia.Path(), 128.0
        for row in range(-round(height * 0.62 / step), round(height * 0.62 / step) + 1):
            for column in range(-round(width * 0.62 / step), round(width * 0.62 / step) + 1):
                x, y = (column + (row % 2) / 2) * step, row * step
                pattern.addPath(_PRINTS[kind](x, y, rng.uniform(38, 52), rng.uniform(-22, 22)))
        canvas.drawPath(pattern, fill(hole.print))

    return record((-width, -height, width, height), paint)


def _iris(canvas: Canvas, progress: float, size: Size, kind: str, focus: Size | None) -> None:
    width, height = size
    middle = (width / 2, height * _EYE) if focus is None else focus
    x, y = (min(max(at, low * side), high * side) for at, (low, high), side in zip(middle, _WITHIN, size, strict=True))
    short, hole = min(size), _HOLES[kind]
    fully = 4.4 * math.hypot(max(x, width - x), max(y, height - y)) / short
    closing = progress < 0.5
    way = progress * 2 if closing else progress * 2 - 1
    across = (flights.shutting(way, fully) if closing else flights.opening(way, fully)) * short
    turn = hole.turn + (
        16.0 * math.sin(way * 11.0) * (1.0 - way) if closing else 20.0 * math.cos(way * 9.0) * (1 - way)
    )
    canvas.save()
    # The cloth hangs where it hangs, wherever the hole is: one image of it serves every iris.
    canvas.translate(width / 2, height * _EYE)
    if across < 1.0:
        canvas.drawPicture(_cloth(kind, width, height))
        canvas.restore()
        return
    mouth = hole.shape()
    matrix = skia.Matrix()
    matrix.setScale(across / 100, across / 100)
    matrix.postRotate(turn)
    matrix.postTranslate(x - width / 2, y - height * _EYE)
    mouth.transform(matrix)
    rim = min(1.0, 0.25 + across / short) * short / 1080
    canvas.save()
    canvas.clipPath(mouth, skia.ClipOp.kDifference, True)
    baked(canvas, (-width, -height, width, height), True, _cloth, kind, width, height)
    canvas.save()
    canvas.translate(8 * rim, 14 * rim)
    wash(canvas, outlined(mouth, 150 * rim), "#7A3F86", 0.16)
    canvas.restore()
    canvas.drawPath(mouth, stroke(LINE, 148 * rim))
    canvas.drawPath(mouth, stroke(hole.edge, 128 * rim))
    canvas.drawPath(mouth, stroke(LINE, 88 * rim))
    canvas.drawPath(mouth, stroke(CREAM, 74 * rim))
    thread = stroke("#FFFFFF", 6 * rim, 0.9)
    thread.setPathEffect(skia.DashPathEffect.Make([20 * rim, 18 * rim], 0))
    canvas.drawPath(_grown(mouth, 108 * rim), thread)
    canvas.restore()
    canvas.drawPath(mouth, stroke(LINE, 10 * rim))
    canvas.restore()


def _grown(path: Path, width: float) -> Path:
    """The outlines of a broad line along the path: its outer edge runs at half the width outside."""
    grown = skia.Path()
    stroke(LINE, width).getFillPath(path, grown)
    return grown


def _block_rain(canvas: Canvas, progress: float, size: Size, seed: int) -> None:
    width, height = size
    columns = max(4, round(width / 216))
    edge = width / columns
    rows = math.ceil(height / edge) + 1
    towers = flights.towers(columns, rows, seed)
    closing = progress < 0.5
    way = progress * 2 if closing else progress * 2 - 1
    if closing:
        for tower in towers:
            lift = flights.drop(way, tower.delay) * (height + edge * 1.4)
            if lift < height + edge * 1.3:
                for row, (tone, icon) in enumerate(tower.blocks):
                    _put(canvas, tone, icon, (tower.column + 0.5) * edge, height - (row + 0.12) * edge - lift, edge)
        return
    rng = random.Random(seed + 31)
    delays = [rng.random() for _ in range(rows)]
    for row in range(rows):
        aside = flights.slide(way, delays[row]) * (width + edge * 1.4) * (1 if row % 2 else -1)
        if abs(aside) < width + edge * 1.1:
            for column in range(-1, columns + 1):
                tone, icon = towers[column % columns].blocks[row]
                _put(canvas, tone, icon, (column + 0.5) * edge + aside, height - (row + 0.12) * edge, edge)


@lru_cache(maxsize=64)
def _cell(tone: int, icon: str, edge: float) -> Picture:
    """One block of the wall, a little larger than its cell so that no light comes through at its round corners."""
    half = edge / 2 + 3

    def paint(canvas: Canvas) -> None:
        canvas.drawRect(skia.Rect.MakeLTRB(-half, -half, half, half), fill(LINE))
        canvas.drawPicture(blocks.picture(tone, icon, edge))

    return record((-edge, -edge, edge, edge), paint)


def _put(canvas: Canvas, tone: int, icon: str, x: float, y: float, edge: float) -> None:
    canvas.save()
    canvas.translate(x, y)
    stamped(canvas, (-0.65 * edge, -0.9 * edge, edge, 0.65 * edge), _cell, tone, icon, edge)
    canvas.restore()


KINDS: tuple[str, ...] = ("blocks", "bunny", "cut", "fade", "heart", "hood", "star")


def draw(canvas: Canvas, kind: str, progress: float, size: Size, seed: int, focus: Size | None = None) -> None:
    """Draws a transition over everything else.

    Args:
        canvas: where to draw, in stage units.
        kind: one of `KINDS`.
        progress: 0 before it begins, 1 when it is over; at .5 the picture is covered wholly (`cut` covers nothing).
        size: the picture's width and height in stage units.
        seed: decides which blocks fall, and when.
        focus: where an iris closes or opens, in stage units; a little above the middle if None.

    Raises:
        StoryreelError: there is no such transition.
    """
    if kind not in KINDS:
        raise StoryreelError(f"unknown transition '{kind}'{did_you_mean(kind, KINDS)}")
    if not 0 < progress < 1:
        return
    if kind in _HOLES:
        _iris(canvas, progress, size, kind, focus)
    elif kind == "hood":
        draw_hood(canvas, progress, size)
    elif kind == "blocks":
        _block_rain(canvas, progress, size, seed)
    elif kind == "fade":
        cover = min(1.0, 1.06 * math.sin(progress * math.pi))
        canvas.drawRect(skia.Rect.MakeWH(*size), fill("#FFE9F1", cover))
