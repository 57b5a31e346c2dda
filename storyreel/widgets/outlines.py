"""Outlines that neutral widgets are made of, as path commands in stage units."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from storyreel.puppet.model import Command, Matrix, Point
from storyreel.puppet.outline import ellipse_commands, rect_commands, transformed

Outline = tuple[Command, ...]


def box(left: float, top: float, width: float, height: float, radius: float = 0.0) -> Outline:
    """A rectangle with round corners."""
    return rect_commands(left, top, width, height, radius, radius)


def about(width: float, height: float, radius: float = 0.0) -> Outline:
    """A rectangle with round corners about (0, 0)."""
    return box(-width / 2, -height / 2, width, height, radius)


def disc(x: float, y: float, radius: float) -> Outline:
    """A circle."""
    return ellipse_commands(x, y, radius, radius)


def polygon(points: Iterable[Point], closed: bool = True) -> Outline:
    """Straight lines from point to point."""
    lines: list[Command] = [("L" if index else "M", (x, y)) for index, (x, y) in enumerate(points)]
    return (*lines, ("Z", ())) if closed else tuple(lines)


def softened(points: Sequence[Point], radius: float) -> Outline:
    """A closed polygon with its corners rounded; the radius gives way on short sides."""
    commands: list[Command] = []
    for index, corner in enumerate(points):
        ends: list[Point] = []
        for other in (points[index - 1], points[(index + 1) % len(points)]):
            length = max(math.dist(corner, other), 1e-6)
            cut = min(radius, length / 2) / length
            ends.append((corner[0] + (other[0] - corner[0]) * cut, corner[1] + (other[1] - corner[1]) * cut))
        commands.append(("L" if index else "M", ends[0]))
        # A quadratic curve with the corner as its handle, as a cubic.
        handles = [(end[axis] + 2 * corner[axis]) / 3 for end in ends for axis in (0, 1)]
        commands.append(("C", (*handles, *ends[1])))
    return (*commands, ("Z", ()))


def heart(x: float, y: float, size: float) -> Outline:
    """A heart, `size` across, about its middle."""
    path: Outline = (
        ("M", (0, 37)),
        ("C", (-16, 26, -44, 6, -44, -16)),
        ("C", (-44, -42, -11, -46, 0, -22)),
        ("C", (11, -46, 44, -42, 44, -16)),
        ("C", (44, 6, 16, 26, 0, 37)),
        ("Z", ()),
    )
    return transformed(path, placing(x, y, size / 88))


def burst(across: float, down: float, points: int, waist: float, turn: float = 0.0) -> Outline:
    """A star of many points about (0, 0), every other of which is a little shorter."""
    corners = []
    for index in range(2 * points):
        angle = math.radians(turn - 90 + index * 180 / points)
        reach = waist if index % 2 else (1.0 if index % 4 else 0.9)
        corners.append((math.cos(angle) * across * reach, math.sin(angle) * down * reach))
    return polygon(corners)


def placing(x: float, y: float, scale: float = 1.0, turn: float = 0.0, down: float | None = None) -> Matrix:
    """Scales (by `down` in height, where that differs), then turns by degrees, then moves."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    tall = scale if down is None else down
    return (cos * scale, sin * scale, -sin * tall, cos * tall, x, y)


def shifted(path: Outline, x: float, y: float) -> Outline:
    """The outline, moved."""
    return transformed(path, placing(x, y))


def scaled(path: Outline, size: float) -> Outline:
    """The outline, so many times as large."""
    return transformed(path, placing(0, 0, size))
