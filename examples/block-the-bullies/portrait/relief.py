"""Her face as a relief in millimetres about the point between her eyes: u to the right, v down, z towards us."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from brush import Array


def table(points: list[tuple[float, float]], soft: float) -> Callable[[Array], Array]:
    """A smooth function through points."""
    at = np.arange(-160, 160, 0.5)
    xs, ys = zip(*sorted(points), strict=True)
    values = np.interp(at, xs, ys)
    kernel = np.exp(-0.5 * (np.arange(-40, 41) * 0.5 / soft) ** 2)
    smooth = np.convolve(np.pad(values, 40, mode="edge"), kernel / kernel.sum(), mode="valid")
    return lambda v: np.interp(v, at, smooth)


half = table(
    [
        (-115, 14),
        (-108, 32),
        (-95, 47),
        (-80, 57),
        (-60, 64),
        (-40, 67),
        (-20, 68),
        (0, 67.5),
        (20, 66),
        (40, 62.5),
        (55, 57.5),
        (66, 53),
        (76, 47.5),
        (85, 41),
        (93, 33.5),
        (99, 26.5),
        (103.5, 20),
        (107, 13.5),
        (109.3, 7),
        (110.5, 0),
        (111, -6),
        (140, -60),
    ],
    1.5,
)


front = table(
    [
        (-115, -60),
        (-100, -34),
        (-80, -15),
        (-50, -2),
        (-20, 2.5),
        (-8, 0),
        (10, -1),
        (40, 2),
        (60, 5),
        (78, 4.5),
        (88, 1.5),
        (98, 1.0),
        (104, -2),
        (109, -8),
        (114, -16),
        (140, -30),
    ],
    4.0,
)


deep = table([(-110, 40), (-60, 58), (0, 62), (40, 58), (70, 46), (90, 34), (105, 22), (112, 14)], 6.0)


ridge = table(
    [(-30, 0), (-18, 1.5), (-8, 5), (6, 10), (20, 15), (32, 19.5), (38, 20.5), (43, 16), (48, 4), (52, 0)], 1.6
)


ridge_wide = table([(-20, 7), (0, 5.2), (15, 5.6), (30, 7.2), (38, 8.4), (46, 8.0)], 3.0)


def bump(u: Array, v: Array, at: tuple[float, float], size: tuple[float, float], turn: float = 0.0) -> Array:
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    a, b = u - at[0], v - at[1]
    return np.exp(-0.5 * (((a * c + b * s) / size[0]) ** 2 + ((b * c - a * s) / size[1]) ** 2))


def mouth_line(u: Array) -> Array:
    """Where her lips meet: a bow that goes up to the corners, more on one side."""
    t = np.abs(u) / 25.0
    return (
        70.6 - 7.8 * t**2.0 + 0.7 * np.exp(-((u / 5) ** 2)) - 0.35 * np.exp(-(((np.abs(u) - 9) / 5) ** 2)) - 0.012 * u
    )


def relief(u: Array, v: Array) -> Array:
    """Height towards us, in millimetres."""
    side = np.abs(u)
    inside = np.clip(1 - (side / np.maximum(half(v), 0.5)) ** 2.35, 0, 1)
    z = front(v) - deep(v) * (1 - np.sqrt(inside + 1e-4))
    z = z + 2.0 * bump(side, v, (24, -21), (15, 6), -8) - 7.5 * bump(side, v, (31, -5), (15, 9))
    z = z - 2.5 * bump(side, v, (17, -1), (5, 8)) + 4.6 * bump(side, v, (31, 0.5), (13.5, 9))
    z = z - 1.0 * bump(side, v, (31, 12), (14, 3), 6) + 6.2 * bump(side, v, (37, 29), (14, 12), -20)
    z = z - 2.6 * bump(side, v, (45, 62), (12, 15))
    z = z + ridge(v) * np.exp(-((side / (1.22 * ridge_wide(v))) ** 2))
    z = z + 6.4 * bump(side, v, (11.6, 40.5), (4.2, 4.8)) - 2.2 * bump(side, v, (16.2, 35), (3, 4), 30)
    z = z - 4.2 * bump(side, v, (6.3, 46.6), (3.6, 1.7), -14)
    fold = (
        np.exp(-0.5 * ((side - (18 + (v - 42) * 0.46)) / 3.0) ** 2)
        / (1 + np.exp(-(v - 44) / 3))
        / (1 + np.exp((v - 70) / 3))
    )
    z = z - 1.7 * fold
    line = mouth_line(u)
    taper = np.clip(1 - (side / 27) ** 2.4, 0, 1)
    up, low = line - v, v - line
    z = z + taper * (4.4 * np.exp(-0.5 * ((up - 3.6) / 3.6) ** 2) + 5.4 * np.exp(-0.5 * ((low - 4.6) / 4.1) ** 2))
    z = z - 3.4 * np.sqrt(taper) * np.exp(-0.5 * ((v - line) / 1.25) ** 2)
    z = z - 1.2 * bump(u, v, (0, 57), (2.4, 5)) + 0.7 * bump(side, v, (4.2, 57), (1.8, 5))
    z = z - 2.0 * bump(side, v, (28, 63.4), (3.4, 4)) - 3.6 * bump(u, v, (0, 84), (15, 3.6))
    return z + 5.0 * bump(u, v, (0, 97), (15, 9))
