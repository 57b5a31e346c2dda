"""What is strung, heaped and measured: threads, piles of sheets, meters."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from storyreel.puppet.model import Node, Point
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import fitted
from storyreel.widgets.given import number, text
from storyreel.widgets.outlines import Outline, about, shifted, softened
from storyreel.widgets.pieces import NOTHING, filled, group, inked, lined, plate, rows
from storyreel.widgets.solids import placed

KNOTS = 5
"""Places that a thread runs over, its ends among them, at the most."""
_BENDS = 12
"""Pieces that a stretch between two knots is drawn in."""


def hanging(ends: tuple[Point, Point], sag: float, count: int = _BENDS, aside: float = 0.0) -> list[Point]:
    """Points along a stretch between two knots that hangs down by `sag` in its middle: a parabola, which a thread that
    isn't much longer than its way is hard to tell from. A wind pushes its middle `aside`."""
    (x, y), (u, v) = ends
    shares = [index / count for index in range(count + 1)]
    return [
        (x + (u - x) * share + 4 * aside * share * (1 - share), y + (v - y) * share + 4 * sag * share * (1 - share))
        for share in shares
    ]


def strung(
    knots: Sequence[Point], sags: Sequence[float], drawn: float = 1.0, blown: Sequence[float] = ()
) -> list[Point]:
    """Points along a thread over its knots, as far as it is drawn, 0 to 1 of its length; `blown` is how far the wind
    pushes each of its stretches aside."""
    points = [knots[0]]
    for (start, end), sag, aside in zip(pairwise(knots), sags, blown or (0.0,) * len(sags), strict=True):
        points += hanging((start, end), sag, aside=aside)[1:]
    if drawn >= 1:
        return points
    lengths = [math.dist(one, other) for one, other in pairwise(points)]
    left = max(drawn, 0.0) * sum(lengths)
    shown = [points[0]]
    for point, length in zip(points[1:], lengths, strict=True):
        if left <= 0:
            break
        share = min(left / max(length, 1e-9), 1.0)
        before = shown[-1]
        shown.append((before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share))
        left -= length
    return shown


def thread(settings: Settings, values: Values, kit: Kit) -> Node:
    """A thread over `knots` places (`x0`, `y0`, …), each stretch hanging by `sag0` …, drawn as far as `drawn` says."""
    count = max(2, min(round(number(settings, "knots", 2)), KNOTS))
    drawn = min(max(values.get("drawn", 0.0), 0.0), 1.0)
    if drawn <= 0.001:
        return NOTHING
    knots = tuple((values.get(f"x{index}", 0.0), values.get(f"y{index}", 0.0)) for index in range(count))
    sags = tuple(values.get(f"sag{index}", 0.0) for index in range(count - 1))
    blown = tuple(values.get(f"blown{index}", 0.0) for index in range(count - 1))
    return _line(knots, sags, blown, drawn, text(settings, "colour") or kit.colour("ink"), kit)


@lru_cache(maxsize=512)
def _line(
    knots: tuple[Point, ...], sags: tuple[float, ...], blown: tuple[float, ...], drawn: float, colour: str, kit: Kit
) -> Node:
    points = strung(knots, sags, drawn, blown)
    return group(lined(_smooth(points), colour, kit.line * 0.85)) if len(points) > 1 else NOTHING


def _smooth(points: list[Point]) -> Outline:
    """A curve through points: each piece leaves along the way from the point before to the one after."""
    path: list[tuple[str, tuple[float, ...]]] = [("M", points[0])]
    for index in range(len(points) - 1):
        before, here = points[max(index - 1, 0)], points[index]
        there, after = points[index + 1], points[min(index + 2, len(points) - 1)]
        one = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        two = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        path.append(("C", (*one, *two, *there)))
    return tuple(path)


_FAR = 6000.0


def _thread_box(settings: Settings) -> Box:
    """All places that it ever runs over, where they are known."""
    left, top = (number(settings, name, -_FAR) - 20 for name in ("left", "top"))
    right, bottom = (number(settings, name, _FAR) + 20 for name in ("right", "bottom"))
    return left, top, right, bottom


@lru_cache(maxsize=256)
def sheet_node(seed: int, size: float, kit: Kit) -> Node:
    """A sheet of paper with a scribble on it, about its middle."""
    chance = random.Random(seed)
    wide, tall = size, size * chance.uniform(0.68, 0.84)
    corners = [
        (x * wide / 2 + chance.uniform(-4, 4), y * tall / 2 + chance.uniform(-4, 4))
        for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    paper = kit.colour(chance.choice(("paper", "paper", "paper", "accent", "cool")))
    colour = mixed(paper, kit.colour("paper"), 0.72)
    marks = []
    for row in range(2):
        y = tall * (-0.16 + 0.28 * row)
        points = [(-0.32 * wide + 0.64 * wide * step / 6, y + chance.uniform(-0.06, 0.06) * tall) for step in range(7)]
        marks.append(lined(_smooth(points[: chance.randint(4, 7)]), mixed(kit.colour("ink"), colour, 0.45), 5))
    return group(inked(softened(corners, 6), colour, kit, 0.75), *marks)


def sheet(settings: Settings, values: Values, kit: Kit) -> Node:
    """One sheet of a pile."""
    return sheet_node(round(number(settings, "seed", 0)), number(settings, "size", 180), kit)


def _sheet_box(settings: Settings) -> Box:
    half = 0.75 * number(settings, "size", 180) + 16
    return (-half, -half, half, half)


SHEET = 180.0
"""How wide a sheet of a pile is."""


def stacked(seed: int, index: int, count: int, sway: float = 0.0) -> tuple[float, float, float]:
    """Where a sheet of a pile lies: across, down from its foot, and turned; it sways the more the higher it lies."""
    chance = random.Random(f"{seed} {index}")
    layer, high = index / 2.2, max(count, 1) / 2.2
    x = chance.uniform(-0.34, 0.34) * SHEET * (1.15 - 0.35 * layer / max(high, 1)) + sway * (layer / 5.0) ** 1.4 * 46
    return x, -26 - 38 * layer + chance.uniform(-6, 6), chance.uniform(-24, 24) + sway * 5 * layer


def pile(settings: Settings, values: Values, kit: Kit) -> Node:
    """Sheets heaped up from its foot, as many as it is `full`; what is new comes on top. `sway` leans it over."""
    most, seed = round(number(settings, "most", 12)), round(number(settings, "seed", 0))
    count = round(min(max(values.get("full", 0.0), 0.0), 1.0) * most)
    sway = round(values.get("sway", 0.0) * 12) / 12
    placed_ = []
    for index in range(count):
        x, y, turn = stacked(seed, index, count, sway)
        placed_.append(placed(sheet_node(seed * 64 + index, SHEET, kit), x, y, turn, crisp=kit.crisp))
    return group(*placed_) if placed_ else NOTHING


def pile_size(settings: Settings) -> tuple[float, float]:
    """What a full pile takes up."""
    return 1.9 * SHEET, 2 * (38 * number(settings, "most", 12) / 2.2 + 0.5 * SHEET)


def _pile_box(settings: Settings) -> Box:
    _, tall = pile_size(settings)
    return (-3.4 * SHEET, -tall, 3.4 * SHEET, 1.2 * SHEET)


_NOTCH, _GAP, _TALL = 34.0, 12.0, 58.0


def meter_size(settings: Settings) -> tuple[float, float]:
    """What a meter takes up."""
    count = round(number(settings, "notches", 12))
    return count * (_NOTCH + _GAP) + 60 + (190 if text(settings, "label") else 0), _TALL + 52


@lru_cache(maxsize=16)
def _frame(label: str, count: int, size: tuple[float, float], kit: Kit) -> Node:
    wide, tall = size
    said: tuple[Node, ...] = ()
    if label.strip():
        copy = fitted(label, "title", kit, 50, 170, 1)
        said = rows(copy, -wide / 2 + 30, 0.34 * copy.size, 0.0, kit.colour("ink"))
    return group(*plate(about(wide, tall, min(kit.corner, 0.5) * tall), kit.colour("paper"), kit), *said)


@lru_cache(maxsize=64)
def _notch(full: float, kit: Kit) -> Node:
    path = about(_NOTCH, _TALL, 9)
    empty = mixed(kit.colour("soft"), kit.colour("paper"), 0.5)
    filling: tuple[Node, ...] = ()
    if full > 0:
        high = _TALL * full
        inner = shifted(about(_NOTCH, high, 9 if full == 1 else 4), 0, (_TALL - high) / 2)
        filling = (filled(inner, kit.colour("accent")),)
    return group(filled(path, empty), *filling, lined(path, kit.colour("ink"), kit.line * 0.6))


def meter(settings: Settings, values: Values, kit: Kit) -> Node:
    """A row of notches, as many of them filled as it is `full`."""
    label, count = text(settings, "label"), round(number(settings, "notches", 12))
    size = meter_size(settings)
    filled_ = min(max(values.get("full", 0.0), 0.0), 1.0) * count
    right = size[0] / 2 - 30 - _NOTCH / 2
    notches = []
    for index in range(count):
        share = round(min(max(filled_ - index, 0.0), 1.0) * 3) / 3
        notches.append(placed(_notch(share, kit), right - (count - 1 - index) * (_NOTCH + _GAP), 0))
    return group(_frame(label, count, size, kit), *notches)


def _meter_box(settings: Settings) -> Box:
    wide, tall = meter_size(settings)
    return (-wide / 2 - 40, -tall / 2 - 40, wide / 2 + 40, tall / 2 + 40)


_KNOTTED = tuple(f"{axis}{index}" for index in range(KNOTS) for axis in ("x", "y"))
THREAD = Widget(
    shapes=thread,
    bounds=_thread_box,
    values=("drawn", *_KNOTTED, *(f"{name}{index}" for name in ("sag", "blown") for index in range(KNOTS - 1))),
)
SHEET_OF_PAPER = Widget(shapes=sheet, bounds=_sheet_box, values=())
PILE = Widget(shapes=pile, bounds=_pile_box, values=("full", "sway"), size=pile_size)
METER = Widget(shapes=meter, bounds=_meter_box, values=("full",), size=meter_size)
