"""Bursts: hearts, sparkles, confetti, dust, the flash of a slam.

Every particle's path is a closed form of `t`, so that any frame can be drawn by itself.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import skia

from storyreel.looks.kawaii import palette
from storyreel.looks.kawaii.shapes import (
    Canvas,
    Path,
    Picture,
    cloud,
    fill,
    heart,
    inked,
    record,
    rounded,
    shine,
    sparkle,
    star,
    stroke,
)
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import colours, number, whole

_REACH = 300.0
"""How far a burst of spread 1 reaches, in stage units."""


@dataclass(frozen=True)
class Particle:
    """One of a burst: its way out, its life, and what makes it its own; `born` and `life` in seconds."""

    dx: float
    rise: float
    born: float
    life: float
    size: float
    turn: float
    spin: float
    sway: float
    phase: float
    kind: int


@lru_cache(maxsize=128)
def _particles(name: str, count: int, seed: int, stagger: float, life: float) -> tuple[Particle, ...]:
    rng = random.Random(f"{name} {count} {seed}")
    made = []
    for i in range(count):
        angle = math.pi * (1 + (i + 0.5 + rng.uniform(-0.5, 0.5)) / count)
        reach = math.sqrt(rng.uniform(0.06, 1.0))
        made.append(
            Particle(
                dx=math.cos(angle) * reach,
                rise=-math.sin(angle) * reach,
                born=rng.uniform(0, stagger),
                life=life * rng.uniform(0.75, 1.15),
                size=rng.uniform(0.5, 1.2),
                turn=rng.uniform(-26, 26),
                spin=rng.uniform(-1, 1),
                sway=rng.uniform(0.6, 1.4) * rng.choice((-1, 1)),
                phase=rng.uniform(0, 2 * math.pi),
                kind=rng.randrange(1 << 16),
            )
        )
    return tuple(made)


def _grown(age: float) -> float:
    """Size over a particle's life (0..1): pops up past its size, holds, and shrinks away."""
    if age < 0.12:
        return 1.25 * math.sin(age / 0.12 * math.pi / 2)
    if age < 0.22:
        return 1.25 - 0.25 * (age - 0.12) / 0.1
    return 1.0 if age < 0.7 else max(0.0, 1 - ((age - 0.7) / 0.3) ** 2)


def _out(age: float, haste: float) -> float:
    """Way covered over a life: fast at first, then braked by the air."""
    return (1 - math.exp(-haste * age)) / (1 - math.exp(-haste))


@lru_cache(maxsize=64)
def _heart(tint: str) -> Picture:
    def paint(canvas: Canvas) -> None:
        shape = heart(0, 0, 80)
        inked(canvas, shape, tint, 0)
        under = heart(-7, -8, 80)
        canvas.drawPath(skia.Op(shape, under, skia.kDifference_PathOp), fill(palette.mix(tint, "#C23B7E", 0.42)))
        canvas.drawPath(shape, stroke(palette.LINE, 9.5))
        shine(canvas, ((-25, -8), (-25, -20), (-14, -25)), 7.5, (-2, -20))

    return record((-60, -60, 60, 60), paint)


_HEARTS = ("#FF8FB8", "#FF6FA5", "#FFB3D1", "#FF8FB8", "#FFC9A8", "#CDB4F6")
_HEART_SIZES = (0.62, 0.42, 0.86)
_HEARTS_BORN = 1.0
"""Seconds over which the hearts of one burst come, so that they follow one another like beads."""
_NARROW = 0.76
"""How much nearer the arc on the right is: there a platform has its buttons."""


def draw_hearts(canvas: Canvas, settings: Settings, values: Values) -> None:
    """Hearts that rise on two arcs, left and right of whoever stands at (0, 0), one after the other."""
    t = values.get("t", 0.0)
    spread, rise = number(settings, "spread", 1.0) * _REACH, number(settings, "rise", 1.0)
    tints, count = colours(settings, "colours", _HEARTS), whole(settings, "count", 16)
    for i, p in enumerate(_particles("hearts", count, whole(settings, "seed", 0), 0.12, 1.3)):
        rank, right = divmod(i, 2)
        born = _HEARTS_BORN * (rank + 0.5 * right) / max(1.0, count / 2) + 0.3 * p.born
        age = (t - born) / p.life
        if not 0 < age < 1:
            continue
        way = _out(age, 1.2)
        lane = 0.15 * (rank % 3 - 1)
        x = (0.66 + 0.3 * math.sin(math.pi * (0.15 + 0.7 * way)) + lane) * spread * (_NARROW if right else -0.9)
        y = (0.1 - 1.75 * way * rise) * spread
        swing = math.sin(p.phase + age * 6)
        size = _HEART_SIZES[(rank + right) % 3]
        _stamp(
            canvas, _heart(tints[p.kind % len(tints)]), x + 8 * swing, y, size * _grown(age), p.turn * 0.6 + swing * 9
        )


def _stamp(canvas: Canvas, picture: Picture, x: float, y: float, scale: float, turn: float = 0.0) -> None:
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(turn)
    canvas.scale(scale, scale)
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
    spread, rise = number(settings, "spread", 1.0) * _REACH, number(settings, "rise", 1.0)
    tints = colours(settings, "colours", _GLINTS)
    for i, p in enumerate(_particles("sparkles", whole(settings, "count", 12), whole(settings, "seed", 0), 0.12, 0.95)):
        age = (t - p.born) / p.life
        if not 0 < age < 1:
            continue
        way = _out(age, 4.5)
        angle = 2 * math.pi * (i + p.spin * 0.3) / max(1, whole(settings, "count", 12))
        reach = (0.3 + 0.7 * math.hypot(p.dx, p.rise)) * spread * (0.15 + 0.85 * way)
        kind = 2 if p.kind % 5 == 4 else 1 if p.kind % 5 == 3 else 0
        twinkle = 1 + 0.28 * math.sin(p.phase + age * 16)
        tint = tints[p.kind % len(tints)]
        if kind == 1 and tint == "#FFFFFF":
            tint = palette.BUTTER
        x, y = math.cos(angle) * reach, math.sin(angle) * reach - 40 * rise * age
        _stamp(canvas, _glint(tint, kind), x, y, p.size * _grown(age) * twinkle, p.spin * 40 * age)


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
    tones = known or palette.Tones(tint, palette.mix(tint, "#FFFFFF", 0.5), palette.mix(tint, palette.DEEP, 0.35))

    def paint(canvas: Canvas) -> None:
        canvas.drawPath(shape, fill(tones.light if back else tones.front))
        canvas.drawPath(shape, stroke(tones.front if back else tones.side, 3.5))

    return record((-40, -40, 40, 40), paint)


_SCRAPS = tuple(tones.front for tones in palette.BLOCKS[:5])
"""Pink, mint, butter, sky, lilac."""


def draw_confetti(canvas: Canvas, settings: Settings, values: Values) -> None:
    """Paper scraps, hearts and stars that are shot up, turn over and flutter down."""
    t = values.get("t", 0.0)
    spread, rise = number(settings, "spread", 1.0) * _REACH * 1.5, number(settings, "rise", 1.0)
    tints = colours(settings, "colours", _SCRAPS)
    for p in _particles("confetti", whole(settings, "count", 40), whole(settings, "seed", 0), 0.12, 2.3):
        age = (t - p.born) / p.life
        if not 0 < age < 1:
            continue
        seconds = age * p.life
        way = 1 - math.exp(-3.4 * seconds)
        fall = 330 * max(0.0, seconds - 0.22 * (1 - math.exp(-seconds / 0.22)))
        x = p.dx * spread * way + math.sin(p.phase + seconds * 5) * 34 * p.sway * way
        y = -(0.3 + 1.1 * p.rise) * spread * rise * way + fall * (0.7 + 0.6 * abs(p.spin))
        flip = math.cos(p.phase + seconds * (6 + 5 * abs(p.spin)))
        shrink = (
            (0.8 + 0.6 * p.size)
            * min(1.0, age / 0.05)
            * (1.0 if age < 0.75 else max(0.0, 1 - ((age - 0.75) / 0.25) ** 2))
        )
        kind = (0, 0, 1, 0, 2, 3)[p.kind % 6]
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(p.turn * 3 + p.spin * 260 * seconds)
        canvas.scale(shrink, shrink * (0.3 + 0.7 * abs(flip)))
        canvas.drawPicture(_scrap(tints[p.kind // 6 % len(tints)], kind, flip < 0))
        canvas.restore()


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
    count, spread = whole(settings, "count", 6), number(settings, "spread", 1.0) * _REACH * 1.25
    for i, p in enumerate(_particles("puffs", count, whole(settings, "seed", 0), 0.06, 0.72)):
        age = (t - p.born) / p.life
        if not 0 < age < 1:
            continue
        side = -1 if i % 2 else 1
        rank = (i // 2 + 1) / max(1, (count + 1) // 2)
        way = _out(age, 5.0)
        x = side * spread * (0.72 + 0.5 * rank) * (0.5 + 0.5 * way)
        y = -(18 + 40 * (1 - rank) + 30 * way) * (0.7 + 0.3 * p.size)
        size = (1.75 - 0.85 * rank) * (0.75 + 0.25 * p.size) * (0.55 + 0.45 * way)
        fade = 1.0 if age < 0.5 else max(0.0, 1 - ((age - 0.5) / 0.5) ** 2)
        _stamp(canvas, _puff(side < 0), x, y, size * fade * min(1.0, age / 0.04), side * 8 * way)


def draw_shock(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The light of a slam: two flat stars that burst along the floor, a ring, and lines that shoot up."""
    t = values.get("t", 0.0)
    if not 0 < t < 0.62:
        return
    spread = number(settings, "spread", 1.0)
    age = t / 0.62
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
    ring = _out(age, 4.0)
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
    rng = random.Random("shock lines")
    for i in range(12):
        x = (i - 5.5) * 108 * spread + rng.uniform(-20, 20)
        start, length, late = rng.uniform(150, 320), rng.uniform(220, 460), rng.uniform(0, 0.16)
        own = (age - late) / 0.6
        if not 0 < own < 1:
            continue
        foot = -start - 520 * _out(own, 3.0)
        tail = length * math.sin(math.pi * min(1.0, own * 1.05))
        if tail > 1:
            canvas.drawLine(x, foot, x * 1.04, foot - tail, stroke("#FFFFFF", 13 * (1 - own * 0.6), 0.92))


def _burst_box(spread: float, up: float, down: float) -> Callable[[Settings], Box]:
    def bounds(settings: Settings) -> Box:
        wide = number(settings, "spread", 1.0) * _REACH * spread + 90
        rise = max(1.0, number(settings, "rise", 1.0))
        high = number(settings, "spread", 1.0) * _REACH * up * rise + 90
        return (-wide, -high, wide, down + number(settings, "spread", 1.0) * _REACH * 0.2)

    return bounds


def _around(reach: float) -> Box:
    return (-reach, -reach, reach, reach)


def _shock_box(settings: Settings) -> Box:
    spread = number(settings, "spread", 1.0)
    return (-760 * spread, -1380.0, 760 * spread, 420 * spread)


HEARTS = Widget(draw_hearts, _burst_box(1.4, 2.2, 90), values=("t",))
SPARKLES = Widget(draw_sparkles, lambda s: _around(number(s, "spread", 1.0) * _REACH * 1.1 + 130), values=("t",))
CONFETTI = Widget(draw_confetti, _burst_box(1.7, 2.2, 900), values=("t",))
PUFFS = Widget(draw_puffs, _burst_box(2.0, 0.6, 80), values=("t",))
SHOCK = Widget(draw_shock, _shock_box, values=("t",))
