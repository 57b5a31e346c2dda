"""Paths as polylines: flattened, cut at their corners, resampled; arrays of shape (n, 2) in the shape's own units."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from storyreel.puppet.model import Command

Line = NDArray[np.float64]
"""Points of shape (n, 2)."""

_CURVE = 12
"""Pieces of a cubic curve."""
_SHARES = np.linspace(0, 1, _CURVE + 1)[1:, None]
_BLENDS = ((1 - _SHARES) ** 3, 3 * _SHARES * (1 - _SHARES) ** 2, 3 * _SHARES**2 * (1 - _SHARES), _SHARES**3)


def contours(path: Iterable[Command]) -> list[tuple[Line, bool]]:
    """Every contour as points, and whether it is closed."""
    found: list[tuple[Line, bool]] = []
    points: list[Line] = []

    def finish(closed: bool) -> None:
        if len(points) > 1:
            line = np.concatenate(points)
            keep = np.append(True, np.abs(np.diff(line, axis=0)).max(axis=1) > 1e-6)
            if keep.sum() > 1:
                found.append((line[keep], closed))

    for letter, values in path:
        if letter == "M":
            finish(False)
            points = [np.array([values], float)]
        elif letter == "L" and points:
            points.append(np.array([values], float))
        elif letter == "C" and points:
            start = points[-1][-1]
            one, two, end = np.array(values, float).reshape(3, 2)
            points.append(_BLENDS[0] * start + _BLENDS[1] * one + _BLENDS[2] * two + _BLENDS[3] * end)
        elif letter == "Z" and points:
            first = points[0][:1]
            points.append(first)
            finish(True)
            points = [first]
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


def lengths(line: Line) -> NDArray[np.float64]:
    """How far along the line each of its points lies."""
    return np.append(0.0, np.cumsum(np.hypot(*np.diff(line, axis=0).T)))


def resampled(line: Line, step: float, least: int = 2) -> Line:
    """The line with points every `step` or a little less."""
    along = lengths(line)
    count = max(int(np.ceil(along[-1] / step)), least) + 1
    at = np.linspace(0, along[-1], count)
    return np.stack((np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])), axis=1)


def normals(line: Line) -> Line:
    """Unit vectors square to the line at each of its points."""
    along = np.gradient(line, axis=0)
    size = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)
    return np.stack((-along[:, 1], along[:, 0]), axis=1) / size[:, None]


def polygon(points: Line) -> Iterator[Command]:
    """A closed path through points, on a grid of 1/64."""
    rounded = np.round(points * 64) / 64
    yield "M", (float(rounded[0, 0]), float(rounded[0, 1]))
    for x, y in rounded[1:].tolist():
        yield "L", (x, y)
    yield "Z", ()


def area(lines: Sequence[tuple[Line, bool]]) -> float:
    """The area that contours enclose together, by the shoelace formula, holes left out."""
    total = 0.0
    for line, _ in lines:
        x, y = line[:, 0], line[:, 1]
        total += float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
    return abs(total)
