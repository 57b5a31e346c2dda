"""Curls a path along an axis that starts at a pivot: hair, ears and tails bend, they do not turn like clock hands."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from storyreel.puppet.model import Command, Point


def bent(
    paths: Iterable[tuple[Command, ...]], pivot: Point, axis: float, length: float, degrees: float
) -> list[tuple[Command, ...]]:
    """The paths with their axis rolled into an arc: at `length` from the pivot it has turned by `degrees`.

    A point at distance s along the axis and t beside it goes to the arc's point at arc length s, t beside the arc.
    What lies behind the pivot stays. The axis points in a direction in degrees (0 right, 90 down).
    """
    given = [tuple(path) for path in paths]
    values = np.array([value for path in given for _, numbers in path for value in numbers], dtype=np.float64)
    points = values.reshape(-1, 2)
    angle = math.radians(axis)
    along = np.array([math.cos(angle), math.sin(angle)])
    beside = np.array([-along[1], along[0]])
    away = points - np.array(pivot)
    s, t = away @ along, away @ beside
    curl = math.radians(degrees) / length
    theta = curl * s
    x = np.sin(theta) / curl - np.sin(theta) * t
    y = (1 - np.cos(theta)) / curl + np.cos(theta) * t
    moved = np.array(pivot) + x[:, None] * along + y[:, None] * beside
    moved = np.where((s <= 0)[:, None], points, moved).ravel().tolist()
    out: list[tuple[Command, ...]] = []
    at = 0
    for path in given:
        commands: list[Command] = []
        for letter, numbers in path:
            commands.append((letter, tuple(moved[at : at + len(numbers)])))
            at += len(numbers)
        out.append(tuple(commands))
    return out
