"""The pencil: lines as tapered ribbons that swell and overshoot; hatching that is cut to a shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyreel.looks.sketch.contour import Line, contours, lengths, normals, pieces, polygon, resampled
from storyreel.puppet.model import Command

_SHARP = 50.0
"""Degrees of a corner at which a line is lifted."""
_STEP = 7.0
_NEAR, _FAR = (34.0, 0.55), (120.0, 1.25)
"""The two noises that move a line: their lengths and how far they go, in units of a line 7 units wide."""
_SWELL = (70.0, 0.3)
_TAPER = (30.0, 42.0)
_OVERSHOOT = 11.0
_RESTATED = 0.6
"""The share of strokes that are drawn twice."""


def _noise(seed: Sequence[int], along: NDArray[np.float64], length: float) -> NDArray[np.float64]:
    """Smooth noise in -1..1 along a line: random values every `length`, eased between."""
    chance = np.random.default_rng(seed)
    knots = chance.uniform(-1, 1, int(along[-1] / length) + 3)
    at = along / length
    whole = at.astype(int)
    share = at - whole
    share = share * share * (3 - 2 * share)
    return np.asarray(knots[whole] * (1 - share) + knots[whole + 1] * share)


@dataclass(frozen=True)
class Ribbon:
    """One way of drawing lines.

    Attributes:
        width: at its widest, in the shape's units.
        wobble: how far it strays, as a factor of the pencil's usual.
        restate: whether some strokes are drawn twice.
    """

    width: float
    wobble: float = 1.0
    restate: bool = True


def ribbons(path: Sequence[Command], ribbon: Ribbon, number: int, drawing: int) -> tuple[Command, ...]:
    """A path's lines as one fill.

    Args:
        path: what is drawn along.
        number: the shape's seed: which strokes are drawn twice, and where they end, is the same in every drawing.
        drawing: which drawing of the boil.
    """
    made: list[Command] = []
    for index, (line, closed) in enumerate(contours(path)):
        for count, piece in enumerate(pieces(line, closed, _SHARP)):
            made += _stroke(piece, ribbon, (number, index, count), drawing)
    return tuple(made)


def _stroke(line: Line, ribbon: Ribbon, seed: tuple[int, int, int], drawing: int) -> Iterator[Command]:
    choice = np.random.default_rng(seed)
    twice, share, side = choice.uniform(0, 1), choice.uniform(0.55, 1.0), choice.uniform(1.0, 2.0)
    unit = min(max(ribbon.width / 7.0, 0.25), 1.5)
    whole = float(lengths(line)[-1])
    if whole < 0.5:
        return
    yield from polygon(_band(line, whole, ribbon, unit, (*seed, drawing, 0), 1.0))
    if ribbon.restate and twice < _RESTATED and whole > 40 * unit:
        start = choice.uniform(0, 1 - share)
        part = _between(line, start * whole, (start + share) * whole)
        part = part + normals(part) * side * unit
        yield from polygon(_band(part, whole * share, ribbon, unit, (*seed, drawing, 1), 0.45))


def _between(line: Line, start: float, end: float) -> Line:
    along = lengths(line)
    at = np.concatenate(([start], along[(along > start) & (along < end)], [end]))
    return np.stack((np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])), axis=1)


def _band(line: Line, whole: float, ribbon: Ribbon, unit: float, seed: tuple[int, ...], share: float) -> Line:
    """One stroke's outline: there and back again."""
    over = min(_OVERSHOOT * unit, whole * 0.12) * np.random.default_rng((*seed, 9)).uniform(0.0, 1.0, 2)
    points = resampled(line, _STEP * max(unit, 0.6), 3)
    first, last = points[0] - points[1], points[-1] - points[-2]
    size = np.hypot(*first), np.hypot(*last)
    points[0] += first / max(size[0], 1e-9) * over[0]
    points[-1] += last / max(size[1], 1e-9) * over[1]
    along = lengths(points)
    across = normals(points)
    near, far = (
        _noise((*seed, index), along, length * unit) * reach * unit * ribbon.wobble
        for index, (length, reach) in enumerate((_NEAR, _FAR), 1)
    )
    # A short stroke has no room to stray: an eye would change its shape.
    sway = (near + far) * min(1.0, whole / (60 * unit))
    swell = 1 + _SWELL[1] * _noise((*seed, 5), along, _SWELL[0] * unit)
    total = along[-1]
    start, end = (min(taper * unit, total * 0.4) for taper in _TAPER)
    taper = np.minimum(np.clip(along / max(start, 1e-9), 0, 1), np.clip((total - along) / max(end, 1e-9), 0, 1))
    wide = ribbon.width * share * swell * (0.22 + 0.78 * np.sqrt(taper)) / 2
    middle = points + across * sway[:, None]
    return np.concatenate((middle + across * wide[:, None], (middle - across * wide[:, None])[::-1]))


@dataclass(frozen=True)
class Hatch:
    """One layer of hatching: degrees, units from line to line, units a line is wide."""

    angle: float
    gap: float
    width: float


def hatching(path: Sequence[Command], hatch: Hatch, tone: float, number: int, drawing: int) -> tuple[Command, ...]:
    """Hatching cut to a path, by the even-odd rule, as one fill; the darker the tone (0 to 1), the closer and wider."""
    shapes = [line for line, _ in contours(path)]
    if not shapes or tone <= 0.02:
        return ()
    angle = np.radians(hatch.angle)
    turn = np.array(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
    turned = [line @ turn.T for line in shapes]
    low = min(float(line[:, 1].min()) for line in turned)
    high = max(float(line[:, 1].max()) for line in turned)
    gap = hatch.gap * (1.5 - 0.75 * min(tone, 1.0))
    chance, choice = np.random.default_rng((number, drawing, 7)), np.random.default_rng((number, 8))
    rows = np.arange(np.floor(low / gap) * gap + gap / 2, high, gap)
    if len(rows) > 400:
        rows = rows[:: len(rows) // 400 + 1]
    starts = np.concatenate(turned)
    ends = np.concatenate([np.roll(line, -1, axis=0) for line in turned])
    made: list[Command] = []
    wide = hatch.width * (0.45 + 0.75 * min(tone, 1.0))
    for row in rows:
        y = row + choice.uniform(-0.22, 0.22) * gap
        crossing = (starts[:, 1] <= y) != (ends[:, 1] <= y)
        if not crossing.any():
            continue
        one, two = starts[crossing], ends[crossing]
        xs = np.sort(one[:, 0] + (y - one[:, 1]) / (two[:, 1] - one[:, 1]) * (two[:, 0] - one[:, 0]))
        for left, right in zip(xs[0::2], xs[1::2], strict=False):
            made += _lines(float(left), float(right), float(y), wide, choice, chance, turn)
    return tuple(made)


def _lines(
    left: float,
    right: float,
    y: float,
    wide: float,
    choice: np.random.Generator,
    chance: np.random.Generator,
    turn: NDArray[np.float64],
) -> Iterator[Command]:
    """One row's strokes, as long as a wrist reaches, broken where it is lifted."""
    at = left
    while at < right - 2:
        reach = choice.uniform(120, 240)
        end = min(at + reach, right)
        if right - end < 26:
            end = right
        start = at + choice.uniform(0, 5) * min(1.0, (end - at) / 30)
        stop = end - choice.uniform(0, 7) * min(1.0, (end - at) / 30)
        bow = choice.uniform(-1.6, 1.6) * min(1.0, (stop - start) / 120)
        lean = choice.uniform(-0.02, 0.02) * (stop - start)
        shake = chance.uniform(-0.8, 0.8, 3)
        if stop - start > 3:
            middle = (start + stop) / 2
            points = np.array(
                (
                    (start, y - lean + shake[0]),
                    (middle, y + bow - wide / 2 + shake[1]),
                    (stop, y + lean + shake[2]),
                    (middle, y + bow + wide / 2 + shake[1]),
                )
            )
            yield from polygon(points @ turn)
        at = end + choice.uniform(2, 6)
