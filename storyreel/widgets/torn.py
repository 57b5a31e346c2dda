"""Torn paper: edges, and pieces that were torn off a sheet."""

from __future__ import annotations

import numpy as np
import skia

from storyreel.puppet.model import Command
from storyreel.stage.ink import to_path
from storyreel.treatment.contours import Line, Numbers, polygons
from storyreel.treatment.strokes import noise
from storyreel.treatment.widget import Box

_TEAR = ((61.0, 2.4), (17.0, 1.7), (5.0, 0.9))
"""The noises of a torn edge: their lengths, and how far they go, in units."""


def rect(left: float, top: float, right: float, bottom: float) -> tuple[Command, ...]:
    """A rectangle."""
    corners = (("M", (left, top)), ("L", (right, top)), ("L", (right, bottom)), ("L", (left, bottom)))
    return (*corners, ("Z", ()))


def along(*points: tuple[float, float]) -> tuple[Command, ...]:
    """A line through points."""
    return (("M", points[0]), *(("L", point) for point in points[1:]))


def torn_edge(points: Line, seed: int, rough: float = 1.0) -> Line:
    """A line of points as a torn edge runs along it."""
    steps = np.diff(points, axis=0)
    at = np.append(0.0, np.cumsum(np.hypot(steps[:, 0], steps[:, 1])))
    even = np.arange(0.0, at[-1], 4.0)
    middle = np.stack((np.interp(even, at, points[:, 0]), np.interp(even, at, points[:, 1])), axis=1)
    ahead = np.gradient(middle, axis=0)
    size = np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)[:, None]
    stray: Numbers = np.zeros(len(even))
    for number, (length, reach) in enumerate(_TEAR):
        stray += reach * rough * noise(np.full(len(even), float(seed * 97 + number * 611)), even / length)
    return np.asarray(middle + np.stack((-ahead[:, 1], ahead[:, 0]), axis=1) / size * stray[:, None])


def torn(box: Box, seed: int, rough: float = 1.0) -> skia.Path:
    """A rectangle that was torn off a sheet."""
    left, top, right, bottom = box
    corners = np.array(((left, top), (right, top), (right, bottom), (left, bottom), (left, top)))
    edge = torn_edge(corners, seed, rough)
    return to_path(polygons(edge, (len(edge),)))
