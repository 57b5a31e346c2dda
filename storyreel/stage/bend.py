"""Curls a path along an axis that starts at a pivot: hair, ears and tails bend, they do not turn like clock hands."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np

from storyreel.puppet.model import Command, Point

_PIECES = 8
"""No piece of a path goes further along the axis than an eighth of its length: points and handles alone are moved."""
_MOST = 24
"""Pieces of one line or curve at the most, however far it goes beyond the axis."""


class Supple:
    """A path cut finely enough to be bent, ready for any number of degrees."""

    def __init__(self, path: Iterable[Command], pivot: Point, axis: float, length: float) -> None:
        angle = math.radians(axis)
        along = np.array([math.cos(angle), math.sin(angle)])
        commands = list(_cut(path, along, length / _PIECES))
        self._length = length
        # Points as complex numbers: along the axis from the pivot, and i times beside it.
        self._axis, self._pivot = complex(*along), complex(*pivot)
        points, anchors = (values @ (1, 1j) for values in _anchored(commands))
        self._straight = points
        away, offset = (anchors - self._pivot) / self._axis, (points - anchors) / self._axis
        self._ahead = np.flatnonzero(away.real > 0)
        away, offset = away[self._ahead], offset[self._ahead]
        self._s, self._level, self._shear = away.real, offset + 1j * away.imag, away.imag * offset.real
        at = 0
        self._letters: list[tuple[str, slice]] = []
        for letter, values in commands:
            self._letters.append((letter, slice(at, at + len(values))))
            at += len(values)

    def bent(self, degrees: float) -> list[Command]:
        """The path with its axis rolled into an arc: at `length` from the pivot it has turned by `degrees`.

        A point at distance s along the axis and t beside it goes to the arc's point at arc length s, t beside the arc.
        What lies behind the pivot stays.
        """
        curl = math.radians(degrees) / self._length
        moved = self._straight
        if curl:
            # A handle turns and stretches with its own end: by the derivative there, so that curves stay smooth.
            turned = np.expm1(1j * curl * self._s)
            rolled = (turned + 1) * (self._level - curl * self._shear) - (1j / curl) * turned
            moved = moved.copy()
            moved[self._ahead] = rolled * self._axis + self._pivot
        flat = moved.view(np.float64).tolist()
        return [(letter, tuple(flat[values])) for letter, values in self._letters]


def _anchored(commands: Iterable[Command]) -> tuple[np.ndarray, np.ndarray]:
    """Every point, and the end that it belongs to: a curve's first handle to its start, the second to its end."""
    points: list[Point] = []
    anchors: list[Point] = []
    for letter, values in commands:
        pairs = list(zip(values[::2], values[1::2], strict=True))
        anchors += [points[-1], pairs[2], pairs[2]] if letter == "C" else pairs
        points += pairs
    return np.array(points).reshape(-1, 2), np.array(anchors).reshape(-1, 2)


def _cut(path: Iterable[Command], along: np.ndarray, most: float) -> Iterator[Command]:
    """The path with lines and curves cut into pieces that go no further along the axis than `most`."""
    here = start = np.zeros(2)
    for letter, values in path:
        if letter == "M":
            here = start = np.array(values)
        elif letter == "Z":
            if np.any(here != start):
                yield from _pieces(
                    here, np.array([here + (start - here) / 3, start - (start - here) / 3, start]), along, most
                )
            here = start
        else:
            ends = np.array(values).reshape(-1, 2)
            if letter == "L":
                ends = np.array([here + (ends[0] - here) / 3, ends[0] - (ends[0] - here) / 3, ends[0]])
            yield from _pieces(here, ends, along, most)
            here = ends[-1]
            continue
        yield letter, values


def _pieces(here: np.ndarray, ends: np.ndarray, along: np.ndarray, most: float) -> Iterator[Command]:
    """A cubic from `here` cut into equal shares of its parameter (de Casteljau)."""
    reach = np.concatenate([here[None], ends]) @ along
    left = min(max(1, math.ceil((reach.max() - reach.min()) / most)), _MOST)
    p0, (p1, p2, p3) = here, ends
    while left > 1:
        t = 1 / left
        a, b, c = p0 + (p1 - p0) * t, p1 + (p2 - p1) * t, p2 + (p3 - p2) * t
        d, e = a + (b - a) * t, b + (c - b) * t
        f = d + (e - d) * t
        yield "C", (*a.tolist(), *d.tolist(), *f.tolist())
        p0, p1, p2 = f, e, c
        left -= 1
    yield "C", (*p1.tolist(), *p2.tolist(), *p3.tolist())
