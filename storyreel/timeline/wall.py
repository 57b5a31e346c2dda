"""When and how the blocks of a wall come down: plain numbers, closed form in time; drawn by looks and heard as well."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import lru_cache

DROP = 1500.0
"""How far above its place a block comes into being, in stage units."""
SETTLING = 0.55
"""Seconds after its landing at which a block has come to rest."""
_IMPACT, _GRAVITY = 4400.0, 5600.0
_FALL = (_IMPACT - math.sqrt(_IMPACT**2 - 2 * _GRAVITY * DROP)) / _GRAVITY
_HOP, _HOP_TIME = 20.0, 0.15
_SPACING, _LONGEST = 0.055, 2.2
PENNANT = 0.12
"""Seconds after the last landing at which the pennant springs up."""
_PENNANT_TIME = 0.9


@dataclass(frozen=True)
class Brick:
    """One block of the wall: its cell (row 0 is the bottom one), when it lands, and what makes it its own."""

    column: int
    row: int
    landing: float
    colour: int
    icon: int
    nudge: float
    tilt: float
    spin: float


@dataclass(frozen=True)
class Pose:
    """How a block that has not come to rest is drawn.

    Attributes:
        height: units above its place.
        turn: degrees it is turned beyond its rest.
        wide, tall: squash about its foot.
        speed: 0..1, how long the lines behind it are.
        impact: 0..1, the age of the dashes that fly off when it lands; 0 or less before.
    """

    height: float
    turn: float
    wide: float
    tall: float
    speed: float
    impact: float


def tower(columns: int) -> int:
    """The column that stands highest and bears the pennant."""
    return columns // 2


def heights(columns: int, rows: int, profile: str = "castle") -> tuple[int, ...]:
    """How many blocks stand in each column: a castle has merlons and one tower, anything else is a plain wall."""
    if profile != "castle":
        return (rows,) * columns
    body = max(1, rows - 2)
    keep = tower(columns)
    return tuple(
        rows if column == keep else min(rows, body + (1 if (column - keep) % 2 == 0 else 0))
        for column in range(columns)
    )


@lru_cache(maxsize=64)
def bricks(columns: int, rows: int, seed: int = 0, profile: str = "castle") -> tuple[Brick, ...]:
    """Every block, in the order of drawing: bottom row first, left to right.

    Rows land one after another, each in an order of its own; no two neighbours have one colour.
    """
    rng = random.Random(f"wall {columns} {rows} {seed}")
    tall = heights(columns, rows, profile)
    order = []
    for row in range(rows):
        cells = [column for column in range(columns) if row < tall[column]]
        rng.shuffle(cells)
        order += [(row, column) for column in cells]
    spacing = min(_SPACING, _LONGEST / len(order))
    landing = {}
    clock = _FALL
    for cell in order:
        landing[cell] = round(clock, 4)
        clock += spacing * rng.uniform(0.7, 1.3)
    colours: dict[tuple[int, int], int] = {}
    made = []
    for row, column in sorted(order):
        taken = {colours.get((row - 1, column)), colours.get((row, column - 1)), colours.get((row - 1, column - 1))}
        colours[row, column] = rng.choice([colour for colour in range(6) if colour not in taken])
        made.append(
            Brick(
                column,
                row,
                landing[row, column],
                colours[row, column],
                rng.randrange(11),
                rng.uniform(-1, 1),
                rng.uniform(-2.2, 2.2),
                rng.uniform(60, 130) * rng.choice((-1, 1)),
            )
        )
    return tuple(made)


def landings(columns: int, rows: int, seed: int = 0, profile: str = "castle") -> tuple[float, ...]:
    """When each block lands, in seconds after the wall begins to play, in order of time."""
    return tuple(sorted(brick.landing for brick in bricks(columns, rows, seed, profile)))


def duration(columns: int, rows: int, seed: int = 0, profile: str = "castle", after: float = PENNANT) -> float:
    """Seconds until nothing of the wall moves any more, its pennant included."""
    return landings(columns, rows, seed, profile)[-1] + max(SETTLING, after + _PENNANT_TIME)


def pose(brick: Brick, seconds: float) -> Pose | None:
    """How a block stands at a time: None before it is there.

    Before the landing it falls under constant gravity; after it, it hops once, and rings out as a damped spring.
    """
    since = seconds - brick.landing
    if since < -_FALL:
        return None
    if since < 0:
        left = -since
        height = _IMPACT * left - _GRAVITY / 2 * left * left
        stretch = 0.1 * min(1.0, left / 0.1)
        return Pose(height, brick.spin * left, 1 - stretch, 1 + stretch, min(1.0, 0.3 + 2 * left), 0.0)
    hop = 4 * _HOP * (since / _HOP_TIME) * (1 - since / _HOP_TIME) if since < _HOP_TIME else 0.0
    fade = max(0.0, 1 - since / SETTLING)
    squash = 0.24 * math.exp(-9 * since) * math.cos(2 * math.pi * since / 0.2) * fade
    rock = brick.tilt * 1.5 * math.exp(-8 * since) * math.sin(2 * math.pi * since / 0.24) * fade
    return Pose(hop, rock, 1 + squash, 1 - squash, 0.0, min(1.0, since / 0.26))


def pennant(
    columns: int, rows: int, seed: int, profile: str, seconds: float, after: float = PENNANT
) -> tuple[float, float]:
    """How far the pennant has sprung up (0 none, 1 up, more in between) and how it sways (-1..1).

    It springs up `after` seconds after the last landing.
    """
    if profile != "castle":
        return 0.0, 0.0
    age = (seconds - landings(columns, rows, seed, profile)[-1] - after) / _PENNANT_TIME
    if age <= 0:
        return 0.0, 0.0
    if age >= 1:
        return 1.0, 0.0
    ring = math.exp(-5 * age) * (1 - age)
    return max(0.02, 1 - ring * math.cos(2 * math.pi * age * 2.4)), ring * math.sin(2 * math.pi * age * 3)
