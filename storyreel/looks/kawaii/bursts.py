"""Bursts: hearts, sparkles, confetti, dust, the flash of a slam.

Every particle's path is a closed form of `t`, so that any frame can be drawn by itself.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from functools import lru_cache

import skia

from storyreel.looks.kawaii import palette
from storyreel.looks.kawaii.shapes import cloud, heart, inked, shine
from storyreel.stage.paints import Canvas, Picture, fill, record, stroke
from storyreel.stage.paths import Path, rounded, sparkle, star
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets import flights
from storyreel.widgets.flights import REACH, Flight
from storyreel.widgets.given import colours, number, whole


@lru_cache(maxsize=64)
def _heart(tint: str) -> Picture:
    def paint(canvas: Canvas) -> None:
        shape = heart(0, 0, 80)
        inked(canvas, shape, tint, 0)
        under = heart(-7, -8, 80)
        canvas.drawPath(skia.Op(shape, under, skia.kDifference_PathOp), fill(mixed(tint, "#C23B7E", 0.42)))
        canvas.drawPath(shape, stroke(palette.LINE, 9.5))
        shine(canvas, ((-25, -8), (-25, -20), (-14, -25)), 7.5, (-2, -20))

    return record((-60, -60, 60, 60), paint)


_HEARTS = ("#FF8FB8", "#FF6FA5", "#FFB3D1", "#FF8FB8", "#FFC9A8", "#CDB4F6")


def draw_hearts(canvas: Canvas, settings: Settings, values: Values) -> None:
    """Hearts that rise on two arcs, left and right of whoever stands at (0, 0), one after the other."""
    t = values.get("t", 0.0)
    spread, rise = number(settings, "spread", 1.0) * REACH, number(settings, "rise", 1.0)
    tints, count = colours(settings, "colours", _HEARTS), whole(settings, "count", 16)
    for flight in flights.hearts(count, whole(settings, "seed", 0), spread, rise, t):
        if flight.wide:
            _stamp(canvas, _heart(tints[flight.kind % len(tints)]), flight)


def _stamp(canvas: Canvas, picture: Picture, flight: Flight) -> None:
    canvas.save()
    canvas.translate(flight.x, flight.y)
    canvas.rotate(flight.turn)
    canvas.scale(flight.wide, flight.tall)
    canvas.drawPicture(picture)
    canvas.restore()


@lru_cache(maxsize=32)
def _glint(tint: str, kind: int) -> Picture:
    def paint(canvas: Canvas) -> None:
        if kind == 0:
            canvas.drawPath(sparkle(0, 0, 50), fill(tint))
            canvas.drawPath(sparkle(0, 0, 22, 0.3, 45), fill(tint))
        elif kind == 1:
            inked(canvas, star(0, 0, 30), tint, 8)
            shine(canvas, ((-10, -6), (-4, -15)), 5)
        else:
            canvas.drawCircle(0, 0, 11, fill(tint))

    return record((-60, -60, 60, 60), paint)


_GLINTS = ("#FFFFFF", "#FFF1B8", "#FFFFFF", "#FFE08A", "#CFF7EE")


def draw_sparkles(canvas: Canvas, settings: Settings, values: Values) -> None:
    """Glints and little stars that fly out on all sides and twinkle."""
    t = values.get("t", 0.0)
    spread, rise = number(settings, "spread", 1.0) * REACH, number(settings, "rise", 1.0)
    tints = colours(settings, "colours", _GLINTS)
    for flight in flights.sparkles(whole(settings, "count", 12), whole(settings, "seed", 0), spread, rise, t):
        if not flight.wide:
            continue
        kind = 2 if flight.kind % 5 == 4 else 1 if flight.kind % 5 == 3 else 0
        tint = tints[flight.kind % len(tints)]
        if kind == 1 and tint == "#FFFFFF":
            tint = palette.BUTTER
        _stamp(canvas, _glint(tint, kind), flight)


@lru_cache(maxsize=64)
def _scrap(tint: str, kind: int, back: bool) -> Picture:
    """One piece of confetti; its back is paler. Its edge is of its own colour: plum would outweigh so small a thing."""
    shape: Path
    if kind == 0:
        shape = rounded(((-20, -11), (20, -11), (20, 11), (-20, 11)), 5)
    elif kind == 1:
        shape = skia.Path.Circle(0, 0, 13)
    elif kind == 2:
        shape = heart(0, 0, 34)
    else:
        shape = star(0, 0, 20)
    known = next((tones for tones in palette.BLOCKS if tones.front == tint), None)
    tones = known or palette.Tones(tint, mixed(tint, "#FFFFFF", 0.5), mixed(tint, palette.DEEP, 0.35))

    def paint(canvas: Canvas) -> None:
        canvas.drawPath(shape, fill(tones.light if back else tones.front))
        canvas.drawPath(shape, stroke(tones.front if back else tones.side, 3.5))

    return record((-40, -40, 40, 40), paint)


_SCRAPS = tuple(tones.front for tones in palette.BLOCKS[:5])
"""Pink, mint, butter, sky, lilac."""


def draw_confetti(canvas: Canvas, settings: Settings, values: Values) -> None:
    """Paper scraps, hearts and stars that are shot up, turn over and flutter down."""
    t = values.get("t", 0.0)
    spread, rise = number(settings, "spread", 1.0) * REACH * 1.5, number(settings, "rise", 1.0)
    tints = colours(settings, "colours", _SCRAPS)
    for flight in flights.confetti(whole(settings, "count", 40), whole(settings, "seed", 0), spread, rise, t):
        if flight.wide:
            kind = (0, 0, 1, 0, 2, 3)[flight.kind % 6]
            _stamp(canvas, _scrap(tints[flight.kind // 6 % len(tints)], kind, flight.flipped), flight)


@lru_cache(maxsize=4)
def _puff(flip: bool) -> Picture:
    def paint(canvas: Canvas) -> None:
        shape = cloud(0, 0, 90, flip)
        canvas.drawPath(shape, fill("#FFFFFF"))
        canvas.save()
        canvas.clipPath(shape, doAntiAlias=True)
        for x, y, r in ((-66, 34, 34), (-12, 40, 40), (46, 36, 38), (84, 30, 24)):
            canvas.drawCircle(-x if flip else x, y, r, fill("#FFDCEA"))
        canvas.restore()
        canvas.drawPath(shape, stroke(palette.LINE, 7.5))

    return record((-140, -90, 140, 60), paint)


def draw_puffs(canvas: Canvas, settings: Settings, values: Values) -> None:
    """Dust clouds that roll out to both sides along the ground and shrink away."""
    t = values.get("t", 0.0)
    count, spread = whole(settings, "count", 6), number(settings, "spread", 1.0) * REACH * 1.25
    for flight in flights.puffs(count, whole(settings, "seed", 0), spread, t):
        if flight.wide:
            _stamp(canvas, _puff(flight.flipped), flight)


def draw_shock(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The light of a slam: two flat stars that burst along the floor, a ring, and lines that shoot up."""
    t = values.get("t", 0.0)
    if not 0 < t < flights.SHOCK:
        return
    spread = number(settings, "spread", 1.0)
    age = t / flights.SHOCK
    flash = min(1.0, t / 0.07)
    for radius, tint, last in ((600.0, "#FFE9A8", 0.85), (470.0, "#FFF6D6", 0.7), (330.0, "#FFFFFF", 0.5)):
        left = max(0.0, 1 - (age / last) ** 2.2)
        if left <= 0:
            continue
        reach = radius * spread * (0.5 + 0.5 * flash) * (0.72 + 0.28 * left)
        bright = _star_light(1.0)
        canvas.save()
        canvas.scale(reach, reach * 0.58)
        canvas.rotate(4 * age)
        canvas.drawPath(bright, fill(tint, 0.95 * min(1.0, left * 1.6)))
        canvas.restore()
    ring = flights.out(age, 4.0)
    width = 26 * (1 - age) ** 1.5
    if width > 0.5:
        reach = (260 + 420 * ring) * spread
        canvas.drawOval(skia.Rect.MakeLTRB(-reach, -reach * 0.42, reach, reach * 0.42), stroke("#FFFFFF", width, 0.95))
    _lines(canvas, spread, age)


@lru_cache(maxsize=4)
def _star_light(radius: float) -> Path:
    rng = random.Random("shock")
    corners = []
    for i in range(40):
        reach = radius * (rng.uniform(0.92, 1.0) if i % 2 == 0 else rng.uniform(0.7, 0.76))
        corners.append((math.cos(math.pi * i / 20) * reach, math.sin(math.pi * i / 20) * reach))
    return rounded(corners, radius * 0.03)


def _lines(canvas: Canvas, spread: float, age: float) -> None:
    for x, foot, tail, width in flights.shock_lines(spread, age):
        if tail:
            canvas.drawLine(x, foot, x * 1.04, foot - tail, stroke("#FFFFFF", width, 0.92))


def _burst_box(spread: float, up: float, down: float) -> Callable[[Settings], Box]:
    def bounds(settings: Settings) -> Box:
        wide = number(settings, "spread", 1.0) * REACH * spread + 90
        rise = max(1.0, number(settings, "rise", 1.0))
        high = number(settings, "spread", 1.0) * REACH * up * rise + 90
        return (-wide, -high, wide, down + number(settings, "spread", 1.0) * REACH * 0.2)

    return bounds


def _around(reach: float) -> Box:
    return (-reach, -reach, reach, reach)


def _shock_box(settings: Settings) -> Box:
    spread = number(settings, "spread", 1.0)
    return (-760 * spread, -1380.0, 760 * spread, 420 * spread)


HEARTS = Widget(draw_hearts, _burst_box(1.4, 2.2, 90), values=("t",))
SPARKLES = Widget(draw_sparkles, lambda s: _around(number(s, "spread", 1.0) * REACH * 1.1 + 130), values=("t",))
CONFETTI = Widget(draw_confetti, _burst_box(1.7, 2.2, 900), values=("t",))
PUFFS = Widget(draw_puffs, _burst_box(2.0, 0.6, 80), values=("t",))
SHOCK = Widget(draw_shock, _shock_box, values=("t",))
