"""How one scene gives way to the next, drawn neutrally: something covers the picture, and shows the next as it goes."""

from __future__ import annotations

import math
import random
from functools import lru_cache
from typing import NamedTuple

import skia

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.puppet.model import Command, Node
from storyreel.puppet.outline import transformed
from storyreel.stage.built import draw_built
from storyreel.stage.ink import to_path
from storyreel.stage.treated import Hand
from storyreel.treatment.contract import PLAIN, Kit, Mood, Place, Treatment
from storyreel.treatment.tones import mixed
from storyreel.widgets import figures, flights
from storyreel.widgets.blocks import block
from storyreel.widgets.outlines import Outline, about, box, disc, heart, placing, polygon, shifted
from storyreel.widgets.pieces import filled, group, lined
from storyreel.widgets.solids import placed

Size = tuple[float, float]

KINDS = ("blocks", "bunny", "cover", "cut", "fade", "heart", "iris", "star", "wipe")

_EYE = 0.4
"""Where an iris closes, down the picture, where nothing else is said: about where faces are."""
_WITHIN = ((0.3, 0.7), (0.22, 0.62))
"""How far from the picture's edges it closes, across and down, as shares of the picture."""


class _Hole(NamedTuple):
    """An iris: its shape at 100 units across, how it is turned, and how wide it has to be to leave all bare.

    `bare` is a factor of twice the way from where it closes to the picture's furthest corner.
    """

    shape: Outline
    turn: float
    bare: float


_HOLES = {
    "iris": _Hole(disc(0, 0, 50), 0.0, 1.1),
    "heart": _Hole(shifted(heart(0, 0, 100), 0, -4), -8.0, 2.2),
    "bunny": _Hole(shifted(figures.bunny(118), 0, -8), 6.0, 2.2),
    "star": _Hole(shifted(figures.star(58), 0, 4), -7.0, 2.2),
}


@lru_cache(maxsize=8)
def _cloth(kind: str, size: Size, kit: Kit) -> Node:
    """What is left round a hole: ink round a circle, else a pale cloth with a small print of the hole's own shape."""
    whole = box(0, 0, *size)
    if kind == "iris":
        return group(filled(whole, kit.colour("ink")))
    rng, step = random.Random(kind), 180.0
    prints: list[Command] = []
    for row in range(math.ceil(size[1] / step) + 1):
        for column in range(math.ceil(size[0] / step) + 1):
            shape = transformed(_HOLES[kind].shape, placing(0, 0, rng.uniform(0.42, 0.56), rng.uniform(-22, 22)))
            shape = transformed(shape, placing((column + row % 2 / 2 - 0.25) * step, (row + 0.3) * step))
            prints += shape
    tint = mixed(kit.colour("accent"), kit.colour("paper"), 0.4)
    pattern = tuple(prints)
    return group(
        filled(whole, tint),
        filled(pattern, mixed(tint, kit.colour("paper"), 0.4)),
        lined(pattern, mixed(tint, kit.colour("ink"), 0.35), 3.5),
    )


def _iris(
    canvas: skia.Canvas, kind: str, progress: float, size: Size, focus: Size | None, kit: Kit, hand: Hand
) -> None:
    width, height = size
    middle = (width / 2, height * _EYE) if focus is None else focus
    x, y = (min(max(at, low * side), high * side) for at, (low, high), side in zip(middle, _WITHIN, size, strict=True))
    short, hole = min(size), _HOLES[kind]
    fully = 2 * hole.bare * math.hypot(max(x, width - x), max(y, height - y)) / short
    closing = progress < 0.5
    way = progress * 2 if closing else progress * 2 - 1
    across = (flights.shutting(way, fully) if closing else flights.opening(way, fully)) * short
    rocked = 16.0 * math.sin(way * 11.0) * (1.0 - way) if closing else 20.0 * math.cos(way * 9.0) * (1 - way)
    cloth = _cloth(kind, size, kit)
    if across < 1.0:
        draw_built(canvas, cloth, hand)
        return
    turn = 0.0 if kit.crisp else hole.turn + rocked
    mouth = transformed(hole.shape, placing(x, y, across / 100, turn))
    rim = min(1.0, 0.25 + across / short) * short / 1080
    saved = canvas.save()
    canvas.clipPath(to_path(mouth), skia.ClipOp.kDifference, not kit.crisp)
    draw_built(canvas, cloth, hand)
    band = group(lined(mouth, kit.colour("ink"), 72 * rim), lined(mouth, kit.colour("paper"), 54 * rim))
    draw_built(canvas, band, hand)
    canvas.restoreToCount(saved)
    draw_built(canvas, group(lined(mouth, kit.colour("ink"), 10 * rim)), hand)


def _smooth(t: float) -> float:
    """From 0 to 1, slow at both ends."""
    t = min(max(t, 0.0), 1.0)
    return t * t * (3 - 2 * t)


@lru_cache(maxsize=4)
def _sheet(size: Size, kit: Kit) -> Node:
    """A sheet as large as the picture, a coloured border along its upper and its lower edge."""
    width, height = size
    short = min(size)
    deep, pen = short * 0.05, short * 0.009
    borders = []
    for top in (-deep - pen, height + pen):
        border = box(-deep, top, width + 2 * deep, deep)
        borders += [filled(border, kit.colour("accent")), lined(border, kit.colour("ink"), pen)]
    return group(filled(box(-deep, -pen, width + 2 * deep, height + 2 * pen), kit.colour("soft")), *borders)


def _cover(size: Size, progress: float, kit: Kit) -> Node:
    """A sheet that is pushed up over the picture, and off it."""
    height = size[1] * 1.07
    way = _smooth(progress * 2) - 1 if progress < 0.5 else _smooth(progress * 2 - 1)
    return placed(_sheet(size, kit), 0, -way * height, crisp=kit.crisp)


@lru_cache(maxsize=4)
def _sash(size: Size, kit: Kit) -> Node:
    """A slanted band that is wider than the picture, stripes along both of its ends."""
    width, height = size
    lean, stripe, pen = height * 0.14, min(size) * 0.07, min(size) * 0.009
    shapes = []
    for reach, tint in (
        (3, kit.colour("ink")),
        (2, kit.colour("cool")),
        (1, kit.colour("paper")),
        (0, kit.colour("accent")),
    ):
        left, right = -lean - stripe * reach, width + lean + stripe * reach
        corners = ((left, -9), (right, -9), (right - lean, height + 9), (left - lean, height + 9))
        moved = [(x + lean / 2, y) for x, y in corners]
        shapes += [
            filled(polygon(moved), tint),
            lined(polygon(moved), kit.colour("ink"), pen),
        ]
    return group(*shapes)


def _wipe(size: Size, progress: float, kit: Kit) -> Node:
    """A slanted band that crosses the picture from left to right."""
    reach = size[0] + 2 * 0.14 * size[1] * 1.5 + 4 * min(size) * 0.07
    way = math.copysign(abs(2 * progress - 1) ** 1.4, 2 * progress - 1)
    return placed(_sash(size, kit), way * reach, 0, crisp=kit.crisp)


@lru_cache(maxsize=64)
def _cell(tone: int, icon: str, edge: float, kit: Kit) -> Node:
    """One block of the wall, a little larger than its cell so that no light comes through at its round corners."""
    half = edge / 2 + 3
    return group(filled(about(2 * half, 2 * half), kit.colour("ink"), "ink"), block(tone, icon, edge, kit))


def _block_rain(canvas: skia.Canvas, size: Size, progress: float, seed: int, kit: Kit, hand: Hand) -> None:
    """Towers of blocks that fall until they fill the picture; then the rows slide apart."""
    width, height = size
    columns = max(4, round(width / 216))
    edge = width / columns
    rows = math.ceil(height / edge) + 1
    towers = flights.towers(columns, rows, seed)
    way = progress * 2 if progress < 0.5 else progress * 2 - 1

    def put(cell: tuple[int, str], x: float, row: int, lift: float = 0.0) -> None:
        # Each is a drawing of its own, so that blocks that are alike are treated once.
        y = height - (row + 0.12) * edge - lift
        draw_built(canvas, placed(_cell(*cell, edge, kit), x, y, crisp=kit.crisp), hand)

    if progress < 0.5:
        for tower in towers:
            lift = flights.drop(way, tower.delay) * (height + edge * 1.4)
            if lift < height + edge * 1.3:
                for row, cell in enumerate(tower.blocks):
                    put(cell, (tower.column + 0.5) * edge, row, lift)
        return
    rng = random.Random(seed + 31)
    for row, late in enumerate([rng.random() for _ in range(rows)]):
        aside = flights.slide(way, late) * (width + edge * 1.4) * (1 if row % 2 else -1)
        if abs(aside) < width + edge * 1.1:
            for column in range(-1, columns + 1):
                put(towers[column % columns].blocks[row], (column + 0.5) * edge + aside, row)


def transition(
    canvas: skia.Canvas,
    kind: str,
    progress: float,
    size: Size,
    seed: int,
    focus: Size | None,
    kit: Kit,
    treatment: Treatment = PLAIN,
) -> None:
    """Draws a transition over everything else.

    Args:
        canvas: where to draw, in stage units.
        kind: one of `KINDS`.
        progress: 0 before it begins, 1 when it is over; at .5 the picture is covered wholly (`cut` covers nothing).
        size: the picture's width and height in stage units.
        seed: decides which blocks fall, and when.
        focus: where an iris closes or opens, in stage units; a little above the middle if None.
        kit: what it is drawn with.
        treatment: what the look does to it.

    Raises:
        StoryreelError: there is no such transition.
    """
    if kind not in KINDS:
        raise StoryreelError(f"unknown transition '{kind}'{did_you_mean(kind, KINDS)}")
    if not 0 < progress < 1 or kind == "cut":
        return
    hand = Hand(treatment, Place("prop"), Mood())
    if kind in _HOLES:
        _iris(canvas, kind, progress, size, focus, kit, hand)
    elif kind == "fade":
        cover = min(1.0, 1.06 * math.sin(progress * math.pi))
        draw_built(canvas, placed(_ground(size, kit), opacity=cover), hand)
    elif kind == "blocks":
        _block_rain(canvas, size, progress, seed, kit, hand)
    else:
        draw_built(canvas, (_cover if kind == "cover" else _wipe)(size, progress, kit), hand)


@lru_cache(maxsize=4)
def _ground(size: Size, kit: Kit) -> Node:
    return group(filled(box(0, 0, *size), kit.colour("ground")))
