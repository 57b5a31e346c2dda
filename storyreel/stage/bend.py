"""Curls a path along an axis that starts at a pivot: hair, ears and tails bend, they do not turn like clock hands."""

from __future__ import annotations

import itertools
import math
import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
import skia

from storyreel.puppet.model import Command, Point

_PIECES = 8
"""No piece of a path goes further along the axis than an eighth of its length: points and handles alone are moved."""
_MOST = 24
"""Pieces of one line or curve at the most, however far it goes beyond the axis."""


_FINE = 256
"""Lines of a path that is made of many short ones: pencil, hatching."""
_VERBS = {"M": 0, "L": 1, "C": 4, "Z": 5}
"""Skia's numbers."""
_LETTERS = {number: letter for letter, number in _VERBS.items()}
_POINTS = np.array((1, 1, 0, 0, 3, 0))
"""By verb."""
_FORMAT = 5


class Supple:
    """A path cut finely enough to be bent, ready for any number of degrees."""

    def __init__(self, path: Iterable[Command], pivot: Point, axis: float, length: float) -> None:
        angle = math.radians(axis)
        along = np.array([math.cos(angle), math.sin(angle)])
        commands = list(_cut(list(path), along, length / _PIECES))
        self._length = length
        # Points as complex numbers: along the axis from the pivot, and i times beside it.
        self._axis, self._pivot = complex(*along), complex(*pivot)
        self._verbs = bytes(_VERBS[letter] for letter, _ in commands)
        values = np.fromiter(chain.from_iterable(values for _, values in commands), np.float64)
        points = values.reshape(-1, 2) @ (1, 1j)
        self._starts = [at for at, verb in enumerate(self._verbs) if verb == _VERBS["M"]]
        self._at = np.concatenate(([0], np.cumsum(_POINTS[np.frombuffer(self._verbs, np.uint8)])))
        anchors = self._anchored(points)
        self._straight = points
        away, offset = (anchors - self._pivot) / self._axis, (points - anchors) / self._axis
        self._ahead = np.flatnonzero(away.real > 0)
        away, offset = away[self._ahead], offset[self._ahead]
        self._s, self._level, self._shear = away.real, offset + 1j * away.imag, away.imag * offset.real

    def _anchored(self, points: np.ndarray) -> np.ndarray:
        """For every point the end that it belongs to: a curve's first handle to its start, the second to its end."""
        curves = self._at[:-1][np.frombuffer(self._verbs, np.uint8) == _VERBS["C"]]
        anchors = points.copy()
        anchors[curves] = points[curves - 1]
        anchors[curves + 1] = points[curves + 2]
        return anchors

    def moved(self, degrees: float) -> np.ndarray:
        """The points of the path, as complex numbers, with its axis rolled into an arc: at `length` from the pivot it
        has turned by `degrees`.

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
        return moved

    def bent(self, degrees: float) -> list[Command]:
        """The path bent so, as commands."""
        flat = self.moved(degrees).view(np.float64).tolist()
        letters = map(_LETTERS.__getitem__, self._verbs)
        return [
            (letter, tuple(flat[2 * start : 2 * end]))
            for letter, (start, end) in zip(letters, itertools.pairwise(self._at.tolist()), strict=True)
        ]

    def paths(self, degrees: float, shares: Sequence[int]) -> Iterator[skia.Path]:
        """The path bent so, in several of so many contours each."""
        points = self.moved(degrees).view(np.float64).astype(np.float32)
        starts, first = self._starts, 0
        for share in shares:
            start = starts[first]
            first += share
            end = starts[first] if first < len(starts) else len(self._verbs)
            yield read_path(self._verbs[start:end], points[2 * self._at[start] : 2 * self._at[end]].tobytes())


def read_path(verbs: bytes, points: bytes) -> skia.Path:
    """A path of verbs (Skia's numbers) and points (two 32-bit floats each), each contour begun by a move.

    As Skia 144 writes paths (SkPath::writeToMemory): format, points, weights, verbs, points, verbs.

    Raises:
        ValueError: Skia can't read it.
    """
    path = skia.Path()
    head = struct.pack("<4I", _FORMAT, len(points) // 8, 0, len(verbs))
    if not path.readFromMemory(head + points + verbs + bytes(-len(verbs) % 4)):
        raise ValueError("this is no path")
    return path


def _cut(path: Sequence[Command], along: np.ndarray, most: float) -> Iterator[Command]:
    """The path with lines and curves cut into pieces that go no further along the axis than `most`.

    Lines become curves; not those of what is made of many short ones, which bend well enough from point to point.
    """
    here = start = np.zeros(2)
    fine = sum(letter == "L" for letter, _ in path) > max(_FINE, len(path) // 2)
    for letter, values in path:
        if letter == "M":
            here = start = np.array(values)
        elif letter == "Z":
            if np.any(here != start) and not (fine and abs((start - here) @ along) <= most):
                yield from _pieces(
                    here, np.array([here + (start - here) / 3, start - (start - here) / 3, start]), along, most
                )
            here = start
        else:
            ends = np.array(values).reshape(-1, 2)
            if letter == "L":
                if fine and abs((ends[0] - here) @ along) <= most:
                    yield letter, values
                    here = ends[0]
                    continue
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
