"""How particles fly: where each of a burst, of the air or of a transition is at a time, in closed form.

Plain numbers, in stage units and seconds, so that any frame can be drawn by itself; what they look like is a look's.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

REACH = 300.0
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


class Flight(NamedTuple):
    """Where one thing is at a time, turned by so many degrees, and how large it is across and down, as factors.

    What isn't there has no size.

    Attributes:
        kind: a number that says which of several drawings it is.
        flipped: whether its back, or its mirror image, is seen.
    """

    x: float
    y: float
    turn: float
    wide: float
    tall: float
    kind: int = 0
    flipped: bool = False


class Streak(NamedTuple):
    """A line that rushes past or away: where one of its ends is, how long it is and how wide."""

    x: float
    y: float
    length: float
    width: float


@lru_cache(maxsize=128)
def particles(name: str, count: int, seed: int, stagger: float, life: float) -> tuple[Particle, ...]:
    """The particles of a burst, spread over the half circle above it, born within `stagger` seconds."""
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


def grown(age: float) -> float:
    """Size over a particle's life (0..1): pops up past its size, holds, and shrinks away."""
    if age < 0.12:
        return 1.25 * math.sin(age / 0.12 * math.pi / 2)
    if age < 0.22:
        return 1.25 - 0.25 * (age - 0.12) / 0.1
    return 1.0 if age < 0.7 else max(0.0, 1 - ((age - 0.7) / 0.3) ** 2)


def out(age: float, haste: float) -> float:
    """Way covered over a life: fast at first, then braked by the air."""
    return (1 - math.exp(-haste * age)) / (1 - math.exp(-haste))


def _gone(kind: int) -> Flight:
    return Flight(0.0, 0.0, 0.0, 0.0, 0.0, kind)


_HEART_SIZES = (0.62, 0.42, 0.86)
_HEARTS_BORN = 1.0
"""Seconds over which the hearts of one burst come, so that they follow one another like beads."""
_NARROW = 0.76
"""How much nearer the arc on the right is: there a platform has its buttons."""


def hearts(count: int, seed: int, spread: float, rise: float, t: float) -> Iterator[Flight]:
    """Things that rise on two arcs, left and right of (0, 0), one after the other."""
    for i, p in enumerate(particles("hearts", count, seed, 0.12, 1.3)):
        rank, right = divmod(i, 2)
        born = _HEARTS_BORN * (rank + 0.5 * right) / max(1.0, count / 2) + 0.3 * p.born
        age = (t - born) / p.life
        if not 0 < age < 1:
            yield _gone(p.kind)
            continue
        way = out(age, 1.2)
        lane = 0.15 * (rank % 3 - 1)
        x = (0.66 + 0.3 * math.sin(math.pi * (0.15 + 0.7 * way)) + lane) * spread * (_NARROW if right else -0.9)
        y = (0.1 - 1.75 * way * rise) * spread
        swing = math.sin(p.phase + age * 6)
        size = _HEART_SIZES[(rank + right) % 3] * grown(age)
        yield Flight(x + 8 * swing, y, p.turn * 0.6 + swing * 9, size, size, p.kind)


def sparkles(count: int, seed: int, spread: float, rise: float, t: float) -> Iterator[Flight]:
    """Things that fly out on all sides and twinkle."""
    for i, p in enumerate(particles("sparkles", count, seed, 0.12, 0.95)):
        age = (t - p.born) / p.life
        if not 0 < age < 1:
            yield _gone(p.kind)
            continue
        way = out(age, 4.5)
        angle = 2 * math.pi * (i + p.spin * 0.3) / max(1, count)
        reach = (0.3 + 0.7 * math.hypot(p.dx, p.rise)) * spread * (0.15 + 0.85 * way)
        twinkle = 1 + 0.28 * math.sin(p.phase + age * 16)
        x, y = math.cos(angle) * reach, math.sin(angle) * reach - 40 * rise * age
        size = p.size * grown(age) * twinkle
        yield Flight(x, y, p.spin * 40 * age, size, size, p.kind)


def confetti(count: int, seed: int, spread: float, rise: float, t: float) -> Iterator[Flight]:
    """Scraps that are shot up, turn over and flutter down."""
    for p in particles("confetti", count, seed, 0.12, 2.3):
        age = (t - p.born) / p.life
        if not 0 < age < 1:
            yield _gone(p.kind)
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
        turn = p.turn * 3 + p.spin * 260 * seconds
        yield Flight(x, y, turn, shrink, shrink * (0.3 + 0.7 * abs(flip)), p.kind, flip < 0)


def puffs(count: int, seed: int, spread: float, t: float) -> Iterator[Flight]:
    """Dust that rolls out to both sides along the ground, mirrored on the left."""
    for i, p in enumerate(particles("puffs", count, seed, 0.06, 0.72)):
        age = (t - p.born) / p.life
        if not 0 < age < 1:
            yield _gone(p.kind)
            continue
        side = -1 if i % 2 else 1
        rank = (i // 2 + 1) / max(1, (count + 1) // 2)
        way = out(age, 5.0)
        x = side * spread * (0.72 + 0.5 * rank) * (0.5 + 0.5 * way)
        y = -(18 + 40 * (1 - rank) + 30 * way) * (0.7 + 0.3 * p.size)
        size = (1.75 - 0.85 * rank) * (0.75 + 0.25 * p.size) * (0.55 + 0.45 * way)
        fade = 1.0 if age < 0.5 else max(0.0, 1 - ((age - 0.5) / 0.5) ** 2)
        size = size * fade * min(1.0, age / 0.04)
        yield Flight(x, y, side * 8 * way, size, size, p.kind, side < 0)


SHOCK = 0.62
"""Seconds that the light of a slam lasts."""


def shock_lines(spread: float, age: float) -> Iterator[Streak]:
    """The lines that shoot up from a slam, each by its lower end; of no length where one isn't there."""
    rng = random.Random("shock lines")
    for i in range(12):
        x = (i - 5.5) * 108 * spread + rng.uniform(-20, 20)
        start, length, late = rng.uniform(150, 320), rng.uniform(220, 460), rng.uniform(0, 0.16)
        own = (age - late) / 0.6
        if not 0 < own < 1:
            yield Streak(x, 0.0, 0.0, 0.0)
            continue
        foot = -start - 520 * out(own, 3.0)
        tail = length * math.sin(math.pi * min(1.0, own * 1.05))
        yield Streak(x, foot, tail if tail > 1 else 0.0, 13 * (1 - own * 0.6))


GLINT, STAR, HEART, DUST = range(4)
"""What motes in the air are."""
MOTES = (GLINT, GLINT, DUST, DUST, GLINT, DUST, STAR, HEART)
"""What a flight of `motes` is, by its kind."""


def motes(count: int, seed: int, width: float, height: float, t: float) -> Iterator[Flight]:
    """Motes that come, twinkle, drift upwards and go, over and over."""
    for i in range(count):
        own = random.Random(f"stars {seed} {i}")
        kind = own.randrange(len(MOTES))
        period, offset = own.uniform(2.2, 4.6), own.random()
        turn, phase = divmod(t / period + offset, 1.0)
        spot = random.Random(f"stars {seed} {i} {int(turn)}")
        sway = math.sin(phase * 5 + i) * 14
        x = spot.uniform(-0.5, 0.5) * width + sway
        y = spot.uniform(-0.5, 0.5) * height - 60 * (phase - 0.5)
        size = spot.uniform(0.7, 1.5) * math.sin(math.pi * phase) ** 0.7
        if MOTES[kind] == GLINT:
            size *= 0.75 + 0.25 * math.sin(phase * 26 + i)
        rocked = math.sin(phase * 6 + i) * 16 if MOTES[kind] in (STAR, HEART) else 0.0
        yield Flight(x, y, rocked, size, size, kind) if size >= 0.02 else _gone(kind)


def drops(count: int, seed: int, width: float, height: float, t: float) -> Iterator[Flight]:
    """Drops that fall slowly, swinging; of kind 1, every third, slower ones that swing further."""
    for i in range(count):
        own = random.Random(f"rain {seed} {i}")
        speed, size, swing = own.uniform(0.14, 0.26), own.uniform(0.55, 1.05), own.uniform(1.2, 2.2)
        kind = 1 if i % 3 == 2 else 0
        fallen = t * speed * (0.6 if kind else 1.3) + own.random()
        along = fallen % 1.0
        lane = random.Random(f"rain {seed} {i} {int(fallen)}").uniform(-0.5, 0.5)
        x, y = lane * width + math.sin(t * swing + i) * 16, (along - 0.5) * (height + 120)
        yield Flight(x, y, math.sin(t * swing + i) * (14 if kind else 4), size, size, kind)


def streaks(count: int, seed: int, width: float, height: float, t: float) -> Iterator[Streak]:
    """Vertical speed lines that rush past and never end."""
    rng = random.Random(f"streaks {seed}")
    for _ in range(count):
        x, phase = rng.uniform(-0.5, 0.5) * width, rng.random()
        length, thick, speed = rng.uniform(160, 420), rng.uniform(6, 15), rng.uniform(1.1, 1.9)
        along = (phase + t * speed) % 1.0
        yield Streak(x, (along - 0.5) * (height + length) - length / 2, length, thick)


class Drift(NamedTuple):
    """Something large and near: which of six colours, which icon, its size, its turn, where it is."""

    colour: int
    icon: str
    size: float
    turn: float
    x: float
    y: float


ICONS = ("heart", "star", "bunny")
_CORNERS = ((-0.47, 0.44, 250.0, -14.0), (0.44, 0.425, 290.0, 16.0), (-0.47, -0.47, 150.0, -26.0))


def drifts(seed: int, width: float, height: float, t: float) -> Iterator[Drift]:
    """Three things that drift slowly in the corners of an area."""
    rng = random.Random(f"foreground {seed}")
    tints = rng.sample(range(6), 3)
    icons = rng.sample(ICONS, 3)
    for i, (x, y, size, turn) in enumerate(_CORNERS):
        phase = rng.uniform(0, 2 * math.pi)
        turned = round(turn + rng.uniform(-5, 5), 2)
        across, down = x * width + 16 * math.sin(t * 0.7 + phase), y * height + 13 * math.sin(t * 0.9 + phase * 2)
        yield Drift(tints[i], icons[i], size, turned, across, down)


PEEK = 0.5
"""How far an iris is open while it hesitates, as a share of the picture's short side."""
_LANDED = 0.84
"""When the last block has come to rest, as a share of the way in."""


def eased_in(t: float) -> float:
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


def shutting(t: float, fully: float) -> float:
    """An iris' width while it closes, t from 0 to 1: it springs to a peek, winds up, and snaps shut."""
    if t < 0.66:
        return float(fully * (PEEK / fully) ** _backed(t / 0.66))
    if t < 0.8:
        return PEEK * (1.0 + 0.2 * math.sin((t - 0.66) / 0.14 * math.pi / 2))
    return max(0.0, PEEK * 1.2 * (1.0 - eased_in((t - 0.8) / 0.17)))


def opening(t: float, fully: float) -> float:
    """An iris' width while it opens: it pops to a peek with a spring, then flies open."""
    if t < 0.44:
        return PEEK * max(0.0, _sprung((t - 0.03) / 0.41, 0.6)) if t > 0.03 else 0.0
    on = (t - 0.44) / 0.56
    wound = 0.05 * math.sin(min(1.0, on / 0.4) * math.pi)
    return float(PEEK * (fully / PEEK) ** (on * on - wound))


class Tower(NamedTuple):
    """One column of blocks: where it stands, when it falls, and what it is built of: colours (of six) and icons."""

    column: int
    delay: float
    blocks: tuple[tuple[int, str], ...]


@lru_cache(maxsize=8)
def towers(columns: int, rows: int, seed: int) -> tuple[Tower, ...]:
    """Towers that fill the picture, no two neighbours of one colour."""
    rng = random.Random(seed * 7919 + columns)
    order = list(range(columns))
    rng.shuffle(order)
    made: list[Tower] = []
    for column in range(columns):
        tones: list[tuple[int, str]] = []
        for row in range(rows):
            taken = {tones[-1][0] if tones else -1, made[-1].blocks[row][0] if made else -1}
            tone = rng.choice([t for t in range(6) if t not in taken])
            tones.append((tone, rng.choice(ICONS)))
        made.append(Tower(column, order[column] / max(1, columns - 1), tuple(tones)))
    return tuple(made)


def drop(way: float, delay: float) -> float:
    """How far above its place a tower is, as a share of its height: it falls, bounces once, and rests."""
    start, fall = delay * 0.34, 0.32
    at = (way - start) / fall
    if at < 1.0:
        return 1.0 - max(0.0, at) ** 2
    after = (way - start - fall) / (_LANDED - 0.34 - fall)
    if after >= 1.0:
        return 0.0
    return 0.055 * math.sin(math.pi * after) * (1.0 - 0.3 * after)


def slide(way: float, delay: float) -> float:
    """How far aside a row is, as a share of its length: it leans back a little, then is gone."""
    at = (way - 0.05 - delay * 0.36) / 0.59
    if at <= 0:
        return 0.0
    wound = -0.03 * math.sin(min(1.0, at / 0.3) * math.pi)
    return wound + 1.1 * eased_in((at - 0.12) / 0.88)
