"""Paths as polylines: flattened, cut at their corners; arrays of shape (n, 2) in the shape's own units."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from storyreel.puppet.model import Command

Line = NDArray[np.float64]
"""Points of shape (n, 2)."""
Numbers = NDArray[np.float64]

_CURVE, _FINEST = 9, 36
"""Pieces of a cubic curve: as it is drawn, and at the most where it is seen enlarged."""
_GRID = 64


@lru_cache(maxsize=8)
def _blends(curve: int) -> Numbers:
    """What each of a cubic's four points counts at the ends of so many pieces."""
    share = np.linspace(0, 1, curve + 1)[1:, None]
    return np.concatenate(
        ((1 - share) ** 3, 3 * share * (1 - share) ** 2, 3 * share**2 * (1 - share), share**3), axis=1
    )


def pieces_of(seen: float) -> int:
    """Pieces of a cubic curve that is seen so many times enlarged: more from twice on."""
    return min(_CURVE * max(int(seen), 1), _FINEST)


@lru_cache(maxsize=2048)
def contours(path: tuple[Command, ...], curve: int = _CURVE) -> list[tuple[Line, bool]]:
    """Every contour as points, and whether it is closed; kept, as each drawing of the boil asks for the same.

    A cubic curve becomes `curve` pieces.
    """
    found: list[tuple[Line, bool]] = []
    points: list[Sequence[float]] = []
    curved: list[tuple[int, Sequence[float]]] = []

    def finish(closed: bool) -> None:
        if len(points) < 2:
            return
        line = np.array(points)
        if curved:
            ends = [at for at, _ in curved]
            controls = np.array([values for _, values in curved]).reshape(-1, 3, 2)
            whole = np.concatenate((line[[at - 1 for at in ends]][:, None], controls), axis=1)
            bent = _blends(curve) @ whole
            line = np.insert(line, np.repeat(ends, curve - 1), bent[:, :-1].reshape(-1, 2), axis=0)
        keep = np.append(True, np.abs(np.diff(line, axis=0)).max(axis=1) > 1e-6)
        if keep.sum() > 1:
            found.append((line[keep], closed))

    for letter, values in path:
        if letter == "M":
            finish(False)
            points, curved = [values], []
        elif letter == "L" and points:
            points.append(values)
        elif letter == "C" and points:
            curved.append((len(points), values))
            points.append(values[4:])
        elif letter == "Z" and points:
            first = points[0]
            points.append(first)
            finish(True)
            points, curved = [first], []
    finish(False)
    return found


def pieces(line: Line, closed: bool, sharp: float) -> Iterator[Line]:
    """A contour cut where it turns by more than `sharp` degrees; a closed one without corners is one piece."""
    steps = np.diff(line, axis=0)
    angles = np.arctan2(steps[:, 1], steps[:, 0])
    turns = np.abs((np.diff(angles) + np.pi) % (2 * np.pi) - np.pi)
    cuts = np.flatnonzero(turns > np.radians(sharp)) + 1
    if closed and len(cuts):
        line = np.concatenate((line[cuts[0] : -1], line[: cuts[0] + 1]))
        cuts = np.append(cuts[1:] - cuts[0], len(line) - 1)
    edges = [0, *(int(cut) for cut in cuts if 0 < cut < len(line) - 1), len(line) - 1]
    for start, end in itertools.pairwise(edges):
        yield line[start : end + 1]


def polygons(points: Line, ends: Sequence[int]) -> tuple[Command, ...]:
    """Closed paths through points, on a grid of 1/64: one up to each of the ends."""
    rounded = (np.round(points * _GRID) / _GRID).tolist()
    made: list[Command] = []
    start = 0
    for end in ends:
        made.append(("M", tuple(rounded[start])))
        made += [("L", (x, y)) for x, y in rounded[start + 1 : end]]
        made.append(("Z", ()))
        start = end
    return tuple(made)


def area(lines: Sequence[tuple[Line, bool]]) -> float:
    """The area that contours enclose together, by the shoelace formula, holes left out."""
    total = 0.0
    for line, _ in lines:
        x, y = line[:, 0], line[:, 1]
        total += float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
    return abs(total)
