"""The pencil: lines as tapered ribbons that swell and overshoot; hatching that is cut to a shape.

All strokes of a shape are computed at once. What varies is read from one table of noise: where a stroke reads it
depends on the shape's number alone (so its choices stay), how it strays on the drawing of the boil, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyreel.puppet.model import Command
from storyreel.treatment.contours import Line, Numbers, contours, pieces, pieces_of, polygons

Tone = Callable[[Line], Numbers]
"""How dark it is at points, 0 (paper) to 1."""

_SHARP = 50.0
"""Degrees of a corner at which a line is lifted."""
_STEPS = (6.5, 21.0)
"""Units from point to point, at the least and at the most, of a line 7 units wide."""
_SAG = 0.28
"""Units that a curve may lie beside the chord from one point to the next."""
_NEAR, _FAR = (34.0, 0.5), (120.0, 1.2)
"""The two noises that move a line: their lengths and how far they go, in units of a line 7 units wide."""
_BOILS = 0.62
"""How much of its straying a line changes from drawing to drawing."""
_SWELL = (70.0, 0.3)
_WORN, _SKIPPED, _THINNEST = 30.0, 0.5, 0.2
"""From skip to skip of a dry line; how fast it thins there, and how thin it gets."""
_TAPER = (30.0, 42.0)
_OVERSHOOT = 11.0
_RESTATED = 0.6
"""The share of strokes that are drawn twice."""

_SIZE = 4096
_TABLE = np.random.default_rng(1931).uniform(-1, 1, _SIZE)


def noise(first: Numbers, along: Numbers) -> Numbers:
    """Smooth noise in -1..1: `first` is where a line begins in the table, `along` how far on, a value a unit."""
    whole = np.floor(along)
    share = along - whole
    share = share * share * (3 - 2 * share)
    at = (first + whole).astype(np.int64)
    return np.asarray(_TABLE[at % _SIZE] * (1 - share) + _TABLE[(at + 1) % _SIZE] * share)


def _chances(number: int, salt: int, count: int, columns: int) -> Numbers:
    """Numbers in 0..1 for `count` strokes of a shape."""
    return np.random.default_rng((number, salt)).random((count, columns))


@dataclass(frozen=True)
class Ribbon:
    """One way of drawing lines.

    Attributes:
        width: at its widest, in the shape's units.
        wobble: how far it strays, as a factor of the pencil's usual.
        restate: whether some strokes are drawn twice.
        seen: how many times enlarged the line is seen: its curves get as many more points.
        press: how much it swells and thins where the hand presses more or less, as a share of its width.
        breaks: about what share of it is so thin that the paper shows through.
    """

    width: float
    wobble: float = 1.0
    restate: bool = True
    seen: float = 1.0
    press: float = _SWELL[1]
    breaks: float = 0.0


def ribbons(path: tuple[Command, ...], ribbon: Ribbon, number: int, drawing: int) -> tuple[Command, ...]:
    """A path's lines as one fill.

    Args:
        path: what is drawn along.
        number: the shape's seed: which strokes are drawn twice, and where they end, is the same in every drawing.
        drawing: which drawing of the boil.
    """
    lines = [piece for line, closed in contours(path, pieces_of(ribbon.seen)) for piece in pieces(line, closed, _SHARP)]
    if not lines:
        return ()
    unit = min(max(ribbon.width / 7.0, 0.25), 1.5)
    every, bases, total, turned = _joined(lines)
    choice = _chances(number, 8, len(lines), 5)
    start, length = bases, total
    main = np.flatnonzero(total > 0.5)
    if not len(main):
        return ()
    share = np.ones(len(main))
    side = np.zeros(len(main))
    if ribbon.restate:
        again = main[(choice[main, 0] < _RESTATED) & (total[main] > 60 * max(unit, 0.75))]
        part = 0.55 + 0.45 * choice[again, 1]
        start = np.concatenate((bases[main], bases[again] + choice[again, 3] * (1 - part) * total[again]))
        length = np.concatenate((total[main], part * total[again]))
        share = np.concatenate((share, np.full(len(again), 0.4)))
        beside = (0.3 + 0.45 * choice[again, 2]) * np.where(choice[again, 4] < 0.5, -1, 1)
        side = np.concatenate((side, beside * ribbon.width))
        main = np.concatenate((main, again))
    else:
        start, length = bases[main], total[main]
    radius = total[main] / np.maximum(turned[main], 1e-6)
    finer = max(ribbon.seen, 1.0)
    least, most = (reach * max(unit, 0.75) / finer for reach in _STEPS)
    step = np.clip(np.sqrt(8 * radius * _SAG / finer), least, most)
    middle, across, along, counts = _sampled(every, start, length, step)
    ends = np.cumsum(counts)
    of = np.repeat(np.arange(len(counts)), counts)
    chance = _chances(number, 100 + drawing, len(counts), 4) * _SIZE
    fixed = _chances(number, 9, len(counts), 4)
    # Lines run a little past their corners.
    over = np.minimum(_OVERSHOOT * unit, length * 0.12)[:, None] * fixed[:, :2]
    first, last = ends - counts, ends - 1
    for at, beside, reach in ((first, first + 1, over[:, 0]), (last, last - 1, over[:, 1])):
        away = middle[at] - middle[beside]
        size = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-9)
        middle[at] += away / size[:, None] * reach[:, None]
    # A short stroke has no room to stray: an eye would change its shape.
    room = unit * ribbon.wobble * np.minimum(1.0, length / (60 * unit))
    stray = np.zeros(len(of))
    for column, (wave, far) in enumerate((_NEAR, _FAR)):
        waves = along / (wave * unit)
        stays = noise((fixed[:, 2 + column] * _SIZE)[of], waves)
        boils = noise(chance[:, column][of], waves)
        stray += far * (stays * (1 - _BOILS) + boils * _BOILS)
    stray = stray * room[of] + side[of]
    swell = 1 + ribbon.press * noise(chance[:, 2][of], along / (_SWELL[0] * unit))
    if ribbon.breaks > 0:
        swell *= _worn(fixed[:, 1], of, along / (_WORN * unit), ribbon.breaks)
    whole = length[of]
    begin, finish = (np.minimum(taper * unit, whole * 0.4) for taper in _TAPER)
    taper = np.clip(np.minimum(along / begin, (whole - along) / finish), 0, 1)
    wide = ribbon.width * share[of] * swell * (0.22 + 0.78 * np.sqrt(taper)) / 2
    middle = middle + across * stray[:, None]
    there, back = middle + across * wide[:, None], middle - across * wide[:, None]
    points = np.empty((2 * len(of), 2))
    position = np.arange(len(of))
    points[position + first[of]] = there
    points[2 * ends[of] - 1 - (position - first[of])] = back
    return polygons(points, (2 * ends).tolist())


def _worn(first: Numbers, of: NDArray[np.int64], along: Numbers, breaks: float) -> Numbers:
    """How much of a dry line reaches the paper: all of it, but for short places where it skips."""
    skips = noise((first * _SIZE)[of], along)
    return np.clip((skips + 1 - 2 * breaks) / _SKIPPED, _THINNEST, 1)


def _joined(lines: Sequence[Line]) -> tuple[tuple[Numbers, Line], Numbers, Numbers, Numbers]:
    """All lines as one: how far along its points lie, with a gap between lines; where lines begin, their lengths and
    the angle (radians) that each turns by in all."""
    points = np.concatenate(lines)
    counts = np.array([len(line) for line in lines])
    first = np.cumsum(counts) - counts
    steps = np.diff(points, axis=0)
    size = np.hypot(steps[:, 0], steps[:, 1])
    size[first[1:] - 1] = 1.0
    along = np.append(0.0, np.cumsum(size))
    angle = np.arctan2(steps[:, 1], steps[:, 0])
    bend = np.abs((np.diff(angle, append=angle[-1:]) + np.pi) % (2 * np.pi) - np.pi)
    bend[first[1:] - 1] = 0.0
    bend[np.maximum(first[1:] - 2, 0)] = 0.0
    turned = np.add.reduceat(np.append(bend, 0.0), first)
    return (along, points), along[first], along[first + counts - 1] - along[first], turned


def _sampled(
    every: tuple[Numbers, Line], start: Numbers, length: Numbers, step: Numbers
) -> tuple[Line, Line, Numbers, NDArray[np.int64]]:
    """Strokes as points: where they lie, what is square to them there, how far along, and how many a stroke has."""
    counts = np.maximum(np.ceil(length / step), 3).astype(np.int64) + 1
    of = np.repeat(np.arange(len(counts)), counts)
    index = np.arange(len(of)) - (np.cumsum(counts) - counts)[of]
    along = index / (counts - 1)[of] * length[of]
    at = start[of] + along
    points = np.stack((np.interp(at, every[0], every[1][:, 0]), np.interp(at, every[0], every[1][:, 1])), axis=1)
    before, after = np.maximum(np.arange(len(of)) - 1, 0), np.minimum(np.arange(len(of)) + 1, len(of) - 1)
    before[index == 0] += 1
    after[index == (counts - 1)[of]] -= 1
    before[0] = 0
    ahead = points[after] - points[before]
    size = np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)
    return points, np.stack((-ahead[:, 1], ahead[:, 0]), axis=1) / size[:, None], along, counts


@dataclass(frozen=True)
class Hatch:
    """One layer of hatching.

    Attributes:
        angle: in degrees.
        gap: units from line to line.
        width: units that a line is wide where it is darkest.
        least: the tone at which it sets in.
        full: how much darker it is full.
        reach: how far a wrist goes before it is lifted, in units.
    """

    angle: float
    gap: float
    width: float
    least: float = 0.0
    full: float = 0.6
    reach: float = 190.0


_PATCH = 11
"""Lines side by side that lean alike."""
_LEAN = 0.09


def hatching(path: tuple[Command, ...], hatch: Hatch, tone: Tone, number: int, drawing: int) -> tuple[Command, ...]:
    """Hatching cut to a path, by the even-odd rule, as one fill; the darker the tone, the wider."""
    shapes = [line for line, _ in contours(path)]
    if not shapes:
        return ()
    angle = np.radians(hatch.angle)
    turn = np.array(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
    turned = [line @ turn.T for line in shapes]
    rows, left, right = _spans(turned, hatch.gap)
    if not len(rows):
        return ()
    # Long spans are drawn in several strokes.
    chance = _TABLE[(rows * 7 + number * 131) % _SIZE]
    reach = hatch.reach * (1 + 0.35 * chance)
    counts = np.maximum(np.round((right - left) / reach), 1).astype(np.int64)
    of = np.repeat(np.arange(len(rows)), counts)
    index = np.arange(len(of)) - (np.cumsum(counts) - counts)[of]
    row, length = rows[of], ((right - left) / counts)[of]
    shift = 0.3 * chance[of] * length * ((index > 0) & (counts[of] > 1))
    start = left[of] + index * length + shift
    stop = np.where(index == counts[of] - 1, right[of], start + length)
    at = row * 13 + index * 5 + number * 17
    lift = np.minimum(5.0, (stop - start) * 0.12)
    start = start + lift * _TABLE[at % _SIZE] * 0.8
    stop = stop - lift * (0.4 + 0.6 * _TABLE[(at + 1) % _SIZE])
    boil = 0.07 * hatch.gap * np.random.default_rng((number, drawing, 7)).uniform(-1, 1, (len(of), 3))
    y = (row + 0.5 + 0.3 * _TABLE[(row * 3 + number) % _SIZE]) * hatch.gap
    size = stop - start
    lean = _LEAN * _TABLE[(row // _PATCH * 29 + index * 3 + number) % _SIZE] * size / 2
    bow = 1.5 * _TABLE[(at + 2) % _SIZE] * np.minimum(1.0, size / 120)
    peak = start + size * (0.42 + 0.12 * _TABLE[(at + 3) % _SIZE])
    level = np.clip((tone(np.stack((peak, y), axis=1) @ turn) - hatch.least) / hatch.full, 0, 1)
    wide = hatch.width * (0.5 + 0.5 * level) * np.clip(level * 6, 0, 1) / 2
    keep = (size > 3) & (wide > 0.25)
    points = np.stack(
        (
            np.stack((start, y - lean + boil[:, 0]), axis=1),
            np.stack((peak, y + bow + boil[:, 1] - wide), axis=1),
            np.stack((stop, y + lean + boil[:, 2]), axis=1),
            np.stack((peak, y + bow + boil[:, 1] + wide), axis=1),
        ),
        axis=1,
    )[keep].reshape(-1, 2)
    return polygons(points @ turn, range(4, len(points) + 1, 4))


def _spans(turned: Sequence[Line], gap: float) -> tuple[NDArray[np.int64], Numbers, Numbers]:
    """What rows `gap` apart cross of contours: the row's number, and from where to where."""
    starts = np.concatenate(turned)
    ends = np.concatenate([np.roll(line, -1, axis=0) for line in turned])
    low, high = np.minimum(starts[:, 1], ends[:, 1]), np.maximum(starts[:, 1], ends[:, 1])
    first = np.ceil(low / gap - 0.5).astype(np.int64)
    counts = np.maximum(np.ceil(high / gap - 0.5).astype(np.int64) - first, 0)
    of = np.repeat(np.arange(len(starts)), counts)
    row = first[of] + np.arange(len(of)) - (np.cumsum(counts) - counts)[of]
    y = (row + 0.5) * gap
    one, two = starts[of], ends[of]
    x = one[:, 0] + (y - one[:, 1]) / (two[:, 1] - one[:, 1]) * (two[:, 0] - one[:, 0])
    order = np.lexsort((x, row))
    return row[order][0::2], x[order][0::2], x[order][1::2]
