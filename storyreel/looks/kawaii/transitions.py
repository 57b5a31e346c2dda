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
from storyreel.looks.kawaii.palette import BLOCKS, CREAM, LINE
from storyreel.looks.kawaii.shapes import (
    Canvas,
    Path,
    Picture,
    bunny,
    fill,
    heart,
    record,
    star,
    stroke,
    wash,
)
from storyreel.stage.areas import outlined
from storyreel.stage.baking import baked, stamped

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
_PEEK = 0.5
"""How far the iris is open while it hesitates, as a share of the picture's short side."""
_EYE = 0.4
"""Where an iris closes, down the picture, where nothing else is said: about where faces are."""
_WITHIN = ((0.3, 0.7), (0.22, 0.62))
"""How far from the picture's edges it closes, across and down, as shares of the picture."""
_LANDED = 0.84
"""When the last block has come to rest, as a share of the way in."""


def _eased_in(t: float) -> float:
    """Accelerating: t^3."""
    return min(1.0, max(0.0, t)) ** 3


def _backed(t: float) -> float:
    """From 0 to 1, decelerating, a little past 1 and back (Penner's easeOutBack)."""
    left = min(1.0, max(0.0, t)) - 1.0
    return 1.0 + 2.5 * left**3 + 1.5 * left**2


def _sprung(t: float, swing: float = 0.24) -> float:
    """From 0 to 1 with a swing past 1 that dies away."""
    t = min(1.0, max(0.0, t))
    return 1.0 - math.exp(-6.0 * t) * (math.cos(9.0 * t) + swing * math.sin(9.0 * t)) * (1.0 - t)


def _shut_in(t: float, fully: float) -> float:
    """The iris' width while it closes, t from 0 to 1: it springs to a peek, winds up, and snaps shut."""
    peek = _PEEK
    if t < 0.66:
        return float(fully * (peek / fully) ** _backed(t / 0.66))
    if t < 0.8:
        return peek * (1.0 + 0.2 * math.sin((t - 0.66) / 0.14 * math.pi / 2))
    return max(0.0, peek * 1.2 * (1.0 - _eased_in((t - 0.8) / 0.17)))


def _opening(t: float, fully: float) -> float:
    """The iris' width while it opens: it pops to a peek with a spring, then flies open."""
    peek = _PEEK
    if t < 0.44:
        return peek * max(0.0, _sprung((t - 0.03) / 0.41, 0.6)) if t > 0.03 else 0.0
    on = (t - 0.44) / 0.56
    wound = 0.05 * math.sin(min(1.0, on / 0.4) * math.pi)
    return float(peek * (fully / peek) ** (on * on - wound))


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
    across = (_shut_in(way, fully) if closing else _opening(way, fully)) * short
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


class _Tower(NamedTuple):
    """One column of blocks: where it stands, when it falls, and what it is built of."""

    column: int
    delay: float
    blocks: tuple[tuple[int, str], ...]


@lru_cache(maxsize=8)
def _towers(columns: int, rows: int, seed: int) -> tuple[_Tower, ...]:
    rng = random.Random(seed * 7919 + columns)
    order = list(range(columns))
    rng.shuffle(order)
    towers: list[_Tower] = []
    for column in range(columns):
        tones: list[tuple[int, str]] = []
        for row in range(rows):
            taken = {tones[-1][0] if tones else -1, towers[-1].blocks[row][0] if towers else -1}
            tone = rng.choice([t for t in range(len(BLOCKS)) if t not in taken])
            tones.append((tone, rng.choice(("heart", "star", "bunny"))))
        towers.append(_Tower(column, order[column] / max(1, columns - 1), tuple(tones)))
    return tuple(towers)


def _drop(way: float, delay: float) -> float:
    """How far above its place a tower is, as a share of its height: it falls, bounces once, and rests."""
    start, fall = delay * 0.34, 0.32
    at = (way - start) / fall
    if at < 1.0:
        return 1.0 - max(0.0, at) ** 2
    after = (way - start - fall) / (_LANDED - 0.34 - fall)
    if after >= 1.0:
        return 0.0
    return 0.055 * math.sin(math.pi * after) * (1.0 - 0.3 * after)


def _slide(way: float, delay: float) -> float:
    """How far aside a row is, as a share of its length: it leans back a little, then is gone."""
    at = (way - 0.05 - delay * 0.36) / 0.59
    if at <= 0:
        return 0.0
    wound = -0.03 * math.sin(min(1.0, at / 0.3) * math.pi)
    return wound + 1.1 * _eased_in((at - 0.12) / 0.88)


def _block_rain(canvas: Canvas, progress: float, size: Size, seed: int) -> None:
    width, height = size
    columns = max(4, round(width / 216))
    edge = width / columns
    rows = math.ceil(height / edge) + 1
    towers = _towers(columns, rows, seed)
    closing = progress < 0.5
    way = progress * 2 if closing else progress * 2 - 1
    if closing:
        for tower in towers:
            lift = _drop(way, tower.delay) * (height + edge * 1.4)
            if lift < height + edge * 1.3:
                for row, (tone, icon) in enumerate(tower.blocks):
                    _put(canvas, tone, icon, (tower.column + 0.5) * edge, height - (row + 0.12) * edge - lift, edge)
        return
    rng = random.Random(seed + 31)
    delays = [rng.random() for _ in range(rows)]
    for row in range(rows):
        aside = _slide(way, delays[row]) * (width + edge * 1.4) * (1 if row % 2 else -1)
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


KINDS: tuple[str, ...] = ("blocks", "bunny", "cut", "fade", "heart", "star")


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
    elif kind == "blocks":
        _block_rain(canvas, progress, size, seed)
    elif kind == "fade":
        cover = min(1.0, 1.06 * math.sin(progress * math.pi))
        canvas.drawRect(skia.Rect.MakeWH(*size), fill("#FFE9F1", cover))
