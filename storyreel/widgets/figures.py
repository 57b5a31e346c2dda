"""The figures of toys and particles, as outlines about (0, 0)."""

from __future__ import annotations

import math

from storyreel.puppet.model import Point
from storyreel.puppet.outline import transformed
from storyreel.widgets.outlines import Outline, scaled, softened

_ROUND = 0.5522847498
"""The handle of a quarter of a circle, as a share of its radius."""


def curves(start: Point, *pieces: tuple[float, ...], closed: bool = True) -> Outline:
    """Straight lines (two numbers) and cubic curves (six) from a point on."""
    path = (("M", start), *(("C" if len(piece) == 6 else "L", piece) for piece in pieces))
    return (*path, ("Z", ())) if closed else path


def sagged(x: float, y: float, across: float, down: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The lower half of an ellipse as curves from its left end to its right one."""
    over, under = across * _ROUND, down * _ROUND
    return (
        (x - across, y + under, x - over, y + down, x, y + down),
        (x + over, y + down, x + across, y + under, x + across, y),
    )


def star(radius: float) -> Outline:
    """A star with five points, a little rounded."""
    corners = [polar(radius * (0.48 if i % 2 else 1.0), 36 * i - 90) for i in range(10)]
    return softened(corners, radius * 0.14)


def glint(radius: float) -> Outline:
    """A glint with four long points."""
    tips = [(0.0, -radius), (radius, 0.0), (0.0, radius), (-radius, 0.0)]
    waist = radius * 0.13
    bends = [(waist, -waist), (waist, waist), (-waist, waist), (-waist, -waist)]
    pieces = []
    for index, (u, v) in enumerate(bends):
        x, y = tips[(index + 1) % 4]
        a, b = tips[index]
        pieces.append((a + (u - a) * 0.8, b + (v - b) * 0.8, x + (u - x) * 0.8, y + (v - y) * 0.8, x, y))
    return curves(tips[0], *pieces)


def cloud(size: float) -> Outline:
    """A cloud with a flat foot, about twice `size` across; its foot is at .3 of the size."""
    path = curves(
        (-84, 30),
        (-118, 30, -124, -8, -94, -18),
        (-96, -52, -52, -62, -34, -38),
        (-18, -72, 38, -68, 44, -32),
        (72, -44, 102, -20, 92, 4),
        (112, 12, 102, 30, 82, 30),
    )
    return scaled(path, size / 100)


def bunny(size: float) -> Outline:
    """A bunny's head, `size` high from its chin to its ears' tips."""
    path = curves(
        (0, 50),
        (-26, 50, -42, 38, -42, 18),
        (-42, 4, -34, -6, -24, -11),
        (-34, -26, -36, -50, -22, -50),
        (-9, -50, -6, -30, -6, -14),
        (-2, -15, 2, -15, 6, -14),
        (6, -30, 9, -50, 22, -50),
        (36, -50, 34, -26, 24, -11),
        (34, -6, 42, 4, 42, 18),
        (42, 38, 26, 50, 0, 50),
    )
    return scaled(path, size / 100)


def raindrop(size: float) -> Outline:
    """A drop, `size` high."""
    path = curves((0, -54), (6, -32, 30, -8, 30, 16), (30, 56, -30, 56, -30, 16), (-30, -8, -6, -32, 0, -54))
    return scaled(path, size / 100)


def squashed(path: Outline, tall: float) -> Outline:
    """A path so many times as tall."""
    return transformed(path, (1.0, 0.0, 0.0, tall, 0.0, 0.0))


def mirrored(path: Outline) -> Outline:
    """A path with its left and its right changed over."""
    return transformed(path, (-1.0, 0.0, 0.0, 1.0, 0.0, 0.0))


def polar(radius: float, degrees: float) -> Point:
    """The point in a direction (0 right, 90 down), so far away."""
    return math.cos(math.radians(degrees)) * radius, math.sin(math.radians(degrees)) * radius
