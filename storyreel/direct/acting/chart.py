"""Pose to pose: keys on a chart, and the ways from one to the next.

Between keys a monotone cubic runs (Fritsch and Carlson, 1980): it comes to rest at every extreme and flows through
what lies between, and never goes further than the keys say. A key may name an easing for the way that leads to it.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.timeline.easing import easing

Key = tuple[float, Mapping[str, float | None]] | tuple[float, Mapping[str, float | None], str]
"""When (thirtieths of a second), what (channels; None lets go of a claim), and how one gets there."""
Marks = list[tuple[float, float, str]]


def slopes(times: Sequence[float], values: Sequence[float]) -> list[float]:
    """The slopes of a monotone cubic at its knots; flat at both ends."""
    # In plain numbers: knots are few.
    found = [0.0] * len(times)
    steps = [after - before for before, after in itertools.pairwise(times)]
    rises = [(after - before) / step for (before, after), step in zip(itertools.pairwise(values), steps, strict=True)]
    for index in range(1, len(times) - 1):
        left, right = rises[index - 1 : index + 1]
        if left * right > 0:
            heavy, light = 2 * steps[index] + steps[index - 1], steps[index] + 2 * steps[index - 1]
            found[index] = (heavy + light) * left * right / (heavy * right + light * left)
    return found


def run(marks: Sequence[tuple[float, float, str]], t: Array) -> Array:
    """The values at times `t` of a way through marks `(when, value, easing)`, held before and after.

    A mark counts instead of those before it in the list that are as late as it is, or later.
    """
    ordered: Marks = []
    for mark in marks:
        while ordered and ordered[-1][0] >= mark[0]:
            ordered.pop()
        ordered.append(mark)
    times = np.array([mark[0] for mark in ordered])
    values = np.array([mark[1] for mark in ordered])
    if len(ordered) == 1:
        return np.full(len(t), values[0])
    sloping = slopes(times.tolist(), values.tolist())
    for index, (_, _, ease) in enumerate(ordered):
        if ease and index:
            sloping[index - 1] = sloping[index] = 0.0
    found = np.array(sloping)
    at = np.minimum(np.maximum(t, times[0]), times[-1])
    piece = np.minimum(np.searchsorted(times, at, side="right") - 1, len(times) - 2)
    after, begun = piece + 1, times[piece]
    width = times[after] - begun
    u = (at - begun) / width
    a, b, left = values[piece], values[after], (1 - u) ** 2
    out = (
        a * (1 + 2 * u) * left
        + found[piece] * width * u * left
        + b * u * u * (3 - 2 * u)
        + found[after] * width * u * u * (u - 1)
    )
    for index in range(1, len(ordered)):
        if ordered[index][2]:
            curve = easing(ordered[index][2])
            inside = np.flatnonzero((piece == index - 1) & (at > times[0]))
            out[inside] = [a[i] + (b[i] - a[i]) * curve(float(u[i])) for i in inside]
    return np.asarray(out)


def marks_of(keys: Sequence[Key], channel: str, rest: float) -> Marks:
    """The keys of one channel; it is at rest at the chart's beginning and at its end."""
    found: Marks = [(0.0, rest, "")]
    for key in keys:
        value = key[1].get(channel)
        if value is None:
            continue
        if key[0] <= found[-1][0]:
            found[-1] = (found[-1][0], value, found[-1][2])
        else:
            found.append((key[0], value, key[2] if len(key) == 3 else ""))
    if keys[-1][0] > found[-1][0]:
        found.append((keys[-1][0], rest, ""))
    return found


def claim_of(keys: Sequence[Key], channel: str) -> tuple[Marks, Marks]:
    """A claimed channel's values and its weight: taken over by its first key, let go at None and at the end."""
    values: Marks = []
    weight: Marks = [(0.0, 0.0, "")]
    for key in keys:
        if channel not in key[1]:
            continue
        value = key[1][channel]
        if value is not None:
            values.append((key[0], value, key[2] if len(key) == 3 else ""))
        if key[0] <= 0:
            weight[0] = (0.0, float(value is not None), "")
        else:
            weight.append((key[0], float(value is not None), ""))
    if keys[-1][0] > weight[-1][0]:
        weight.append((keys[-1][0], 0.0, ""))
    return values, weight
