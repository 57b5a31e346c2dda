"""How dark a drawing's colours are to whoever draws in one, and what lies between two of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from storyreel.puppet.model import Command, Gradient, Paint
from storyreel.treatment.contours import Line, Numbers
from storyreel.treatment.strokes import Tone


def channels(hexed: str) -> tuple[int, int, int]:
    """Red, green and blue of "#RRGGBB", 0 to 255."""
    return int(hexed[1:3], 16), int(hexed[3:5], 16), int(hexed[5:7], 16)


def mixed(first: str, second: str, amount: float) -> str:
    """The colour that lies `amount` (0 to 1) of the way from the first to the second, in sRGB."""
    pairs = zip(channels(first), channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * amount):02X}" for a, b in pairs)


def tone_of(hexed: str) -> float:
    """How dark a colour is, 0 (paper) to 1: by its luma (BT.709 weights); a strong colour is darker than a pale one."""
    values = channels(hexed)
    return min(1 - luma(hexed) + 0.3 * (max(values) - min(values)) / 255, 1.0)


def luma(hexed: str) -> float:
    """How light a colour is, 0 to 1, by BT.709 weights."""
    red, green, blue = channels(hexed)
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


def stops(paint: Paint) -> tuple[tuple[float, str, float], ...]:
    """Offsets, colours and opacities; of a plain colour one."""
    if isinstance(paint, Gradient):
        return paint.stops
    return ((0.0, paint, 1.0),) if isinstance(paint, str) else ()


def mean(paint: Paint) -> float:
    """How dark a paint is over all, 0 to 1."""
    found = stops(paint)
    weight = sum(alpha for _, _, alpha in found)
    return sum(tone_of(hexed) * alpha for _, hexed, alpha in found) / weight if weight else 0.0


def blended(paint: Paint) -> str:
    """The colour halfway through a paint."""
    found = stops(paint)
    return found[len(found) // 2][1]


def toned(paint: Paint, path: Sequence[Command], share: float = 1.0, most: float = 1.0) -> Tone:
    """How dark a paint is at points of a shape's own units."""
    found = stops(paint)
    if not isinstance(paint, Gradient) or len(found) < 2:
        flat = min(mean(paint) * share, most)
        return lambda points: np.full(len(points), flat)
    offsets = np.array([at for at, _, _ in found])
    levels = np.minimum(np.array([tone_of(hexed) * alpha for _, hexed, alpha in found]) * share, most)
    left, top, width, height = _box(path)

    def at(points: Line) -> Numbers:
        if paint.transform is not None and not paint.boxed:
            a, b, c, d, e, f = paint.transform
            points = (points - (e, f)) @ np.linalg.pinv(np.array(((a, b), (c, d))))
        local = (points - (left, top)) / (width, height) if paint.boxed else points
        n = paint.numbers
        if paint.kind == "linear":
            axis = np.array((n[2] - n[0], n[3] - n[1]))
            along = (local - (n[0], n[1])) @ axis / max(float(axis @ axis), 1e-9)
        else:
            along = np.hypot(local[:, 0] - n[0], local[:, 1] - n[1]) / max(n[2], 1e-9)
        return np.asarray(np.interp(np.clip(along, 0, 1), offsets, levels))

    return at


def across(path: Sequence[Command], near: float, far: float) -> Tone:
    """A tone that goes over a shape from where light meets it, at its upper left, to its far side."""
    left, top, width, height = _box(path)

    def at(points: Line) -> Numbers:
        share = ((points - (left, top)) / (width, height)).mean(axis=1)
        return np.asarray(near + (far - near) * np.clip(share, 0, 1))

    return at


def _box(path: Sequence[Command]) -> tuple[float, float, float, float]:
    """Left, top, width and height of a path's points."""
    points = np.array([value for _, values in path for value in values]).reshape(-1, 2)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), max(float(right - left), 1e-9), max(float(bottom - top), 1e-9)
