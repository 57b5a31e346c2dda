"""The reveal: dawn over a city in which windows go on, and the dark foot of the portrait that a name stands in."""

from __future__ import annotations

import random
from functools import lru_cache
from typing import TypeAlias

import skia

from storyreel.looks.cel.light import edge
from storyreel.looks.cel.palette import DAWN, GOLD, MIDNIGHT, NIGHT
from storyreel.stage.baking import baked
from storyreel.stage.paints import Picture, fill, linear, record
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number

Canvas: TypeAlias = skia.Canvas

_LIT_A_SECOND, _FIRST = 60.0, 0.2
"""How fast windows go on in the city, and which share of them is lit from the first."""
_HOUSES, _WINDOW = ((0.62, 120.0, "#33306F"), (0.7, 150.0, NIGHT)), (12.0, 18.0, 34.0, 46.0)
"""Rows of houses: where their roofs are, about, how broad one is, its colour. A window's size, and from one to the
next."""
_STREET, _ROOFS, _AWAKE = 0.2, ((0.3, 130.0), (0.56, 190.0)), 0.36
"""How much of the picture a street below the card is; how far down in it its rows' roofs are, about, and how broad a
house is; which share of its windows goes on."""
_STREETS = ("#3A2F78", "#1A2050", "#10153C")
"""Its glow and its roofs' edges; the houses of its rows, back to front."""
_SOFT = (-0.105, 0.005)
"""From where to where, down from a tall portrait's middle in shares of the picture, it gets dark."""
_SOON = 1.5
"""How much sooner than all else has come to rest that dark is there."""
_FRAMED = 1.5
"""The opening's size from which on downwards it is a frame, with an edge."""
_DEEP = 0.96
"""How deep that dark is at its foot: what is behind still shines through a little."""


def _size(settings: Settings) -> tuple[float, float]:
    return number(settings, "width", 1080), number(settings, "height", 1920)


@lru_cache(maxsize=4)
def _windows(width: float, height: float) -> tuple[tuple[float, float], ...]:
    """Where windows are, in the order in which they go on."""
    chance = random.Random("windows")
    across, down = _WINDOW[2:]
    found = [
        (column * across + 9, y)
        for column in range(int(width / across))
        for y in range(int(height * _HOUSES[1][0]) + 40, int(height), int(down))
        if chance.random() < 0.34
    ]
    chance.shuffle(found)
    return tuple(found)


@lru_cache(maxsize=4)
def _city(width: float, height: float) -> Picture:
    def draw(canvas: Canvas) -> None:
        sky = [(index / (len(DAWN) - 1), colour, 1.0) for index, colour in enumerate(DAWN)]
        canvas.drawRect(skia.Rect.MakeWH(width, height), linear((0, 0), (0, height * 0.8), sky))
        for row, (roofs, broad, colour) in enumerate(_HOUSES):
            chance = random.Random(f"houses {row}")
            x = -chance.random() * broad
            while x < width:
                wide, top = broad * chance.uniform(0.6, 1.2), height * (roofs + chance.uniform(-0.06, 0.05))
                canvas.drawRect(skia.Rect.MakeLTRB(x, top, x + wide - 6, height), fill(colour))
                x += wide
        canvas.drawRect(
            skia.Rect.MakeLTRB(0, height * 0.5, width, height),
            linear((0, height * 0.5), (0, height), ((0.0, MIDNIGHT, 0.0), (1.0, MIDNIGHT, 0.9))),
        )

    return record((0, 0, width, height), draw)


def ground(canvas: Canvas, settings: Settings, values: Values) -> None:
    """Dawn over the city, its top left corner at (0, 0); windows go on one by one from `t` = 0."""
    size = _size(settings)
    baked(canvas, (0, 0, *size), True, _city, *size)
    windows = _windows(*size)
    lit = int(len(windows) * _FIRST + max(values.get("t", 0.0), 0.0) * _LIT_A_SECOND)
    for x, y in windows[:lit]:
        canvas.drawRect(skia.Rect.MakeXYWH(x, y, *_WINDOW[:2]), fill(GOLD, 0.9))


GROUND = Widget(draw=ground, bounds=lambda settings: (0, 0, *_size(settings)), values=("t",))


@lru_cache(maxsize=4)
def _houses(wide: float, tall: float) -> tuple[tuple[float, float, float, int], ...]:
    """Houses below a card: where each begins and ends, how far down its roof is, its row."""
    found = []
    for row, (roof, broad) in enumerate(_ROOFS):
        chance, x = random.Random(f"street {row}"), -40.0
        while x < wide:
            end = x + broad * chance.uniform(0.7, 1.3)
            found.append((x, end - 8, tall * (roof + chance.uniform(-0.14, 0.14)), row))
            x = end
    return tuple(found)


@lru_cache(maxsize=4)
def _roofs(wide: float, tall: float) -> Picture:
    def draw(canvas: Canvas) -> None:
        glow = ((0.0, _STREETS[0], 0.0), (1.0, _STREETS[0], 0.9))
        canvas.drawRect(skia.Rect.MakeWH(wide, tall), linear((0, 0), (0, tall), glow))
        for left, right, roof, row in _houses(wide, tall):
            canvas.drawRect(skia.Rect.MakeLTRB(left, roof, right, tall), fill(_STREETS[1 + row]))
            canvas.drawRect(skia.Rect.MakeLTRB(left, roof, right, roof + 4), fill(_STREETS[0]))

    return record((0, 0, wide, tall), draw)


@lru_cache(maxsize=4)
def _lit(wide: float, tall: float) -> tuple[tuple[float, float], ...]:
    """The windows of the houses in front, in the order in which they go on."""
    chance = random.Random("street")
    found = [
        (x, y)
        for left, right, roof, row in _houses(wide, tall)
        if row == len(_ROOFS) - 1
        for x in (left + 22 + _WINDOW[2] * column for column in range(int((right - left - 40) / _WINDOW[2]) + 1))
        for y in (roof + 30 + _WINDOW[3] * storey for storey in range(int((tall - roof) / _WINDOW[3])))
        if chance.random() < _AWAKE
    ]
    chance.shuffle(found)
    return tuple(found)


def _outline(settings: Settings, values: Values) -> skia.Path:
    half = number(settings, "radius", 560.0) * max(values.get("open", 1.0), 0.0)
    return skia.Path().addRect(skia.Rect.MakeLTRB(-1.08 * half, -1.1 * half, 1.08 * half, 1.1 * half))


def _behind(canvas: Canvas, settings: Settings, values: Values) -> None:
    """Nothing."""


def _front(canvas: Canvas, settings: Settings, values: Values) -> None:
    """A frame's lit edge; of a portrait that fills the picture, the dark in which its card stands."""
    opened, came = values.get("open", 1.0), min(max(_SOON * values.get("settle", 1.0), 0.0), 1.0)
    if opened < _FRAMED:
        edge(canvas, _outline(settings, values))
        return
    # It fills a picture about (0, 0) that is as large as that opening is across.
    tall, wide = 1920.0, 1080.0
    if came <= 0:
        return
    canvas.save()
    canvas.translate(0, (1 - came) * 0.5 * tall)
    top, foot = (share * tall for share in _SOFT)
    soft = ((0.0, MIDNIGHT, 0.0), (0.35, MIDNIGHT, 0.2), (0.7, MIDNIGHT, 0.68), (1.0, MIDNIGHT, _DEEP))
    canvas.drawRect(skia.Rect.MakeLTRB(-wide / 2, top, wide / 2, foot), linear((0, top), (0, foot), soft))
    canvas.drawRect(skia.Rect.MakeLTRB(-wide / 2, foot, wide / 2, tall / 2), fill(MIDNIGHT, _DEEP))
    canvas.translate(-wide / 2, tall * (0.5 - _STREET))
    baked(canvas, (0, 0, wide, tall * _STREET), False, _roofs, wide, tall * _STREET)
    lit = _lit(wide, tall * _STREET)
    for x, y in lit[: round(len(lit) * values.get("settle", 1.0))]:
        canvas.drawRect(skia.Rect.MakeXYWH(x, y, *_WINDOW[:2]), fill(GOLD, 0.85))
    canvas.restore()


def _opening_box(settings: Settings) -> Box:
    reach = number(settings, "radius", 560.0) * 1.3 * max(number(settings, "widest", 1.0), 1.0)
    return (-reach, -reach, reach, reach)


OPENING = Widget(
    draw=_behind,
    bounds=_opening_box,
    outline=_outline,
    front=Widget(draw=_front, values=("open", "settle")),
    values=("open",),
)
