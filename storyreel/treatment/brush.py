"""The brush: ink that swells on the side away from the light, thins towards it, and tapers where a stroke ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from storyreel.puppet.model import Command
from storyreel.treatment.contours import Line, Numbers, area, contours, pieces, polygons
from storyreel.treatment.strokes import noise

_SHARP = 38.0
"""Degrees of a corner at which the brush is lifted."""
_STEP = 5.0
"""Units from point to point of a stroke 10 units wide."""
_SUN = np.array((-0.55, -0.84))
"""Where the light comes from."""
_POWER = 1.2
_TAPER, _END = 22.0, 0.5
"""How long before its end an outline tapers, and how much of its width is left there."""
_RUNS_OUT, _TIP = 0.42, 0.16
"""The same of a free stroke: as a share of it, and how much is left at its tip."""
_WAVES = ((23.0, 0.025), (9.0, 0.015))
"""How unsteady its width is: lengths, and shares."""
_SMOOTH = 5


@dataclass(frozen=True)
class Brush:
    """How broad ink is, in the shape's units: towards the light, and away from it."""

    least: float
    most: float


def brushed(path: tuple[Command, ...], brush: Brush, number: int) -> tuple[Command, ...]:
    """A path's lines in ink, as one fill: outlines by the light, free strokes fat in their belly.

    Args:
        path: what is drawn along.
        number: the shape's seed.
    """
    points: list[Line] = []
    ends: list[int] = []
    count = 0
    for line, closed in contours(path):
        turned = 1.0
        if closed:
            x, y = line[:, 0], line[:, 1]
            turned = 1.0 if float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) > 0 else -1.0
            # Begun in the middle of a side, so that the corner there is seen as one.
            begin = (line[:1] + line[1:2]) / 2
            line = np.concatenate((begin, line[1:], begin))
        whole = closed and area([(line, True)]) > 4 * brush.most**2
        for index, piece in enumerate(pieces(line, closed, _SHARP)):
            made = _stroke(piece, brush, turned, whole, number * 31 + index)
            if made is not None:
                points.append(made)
                count += len(made)
                ends.append(count)
    return polygons(np.concatenate(points), ends) if points else ()


def _stroke(line: Line, brush: Brush, turned: float, outline: bool, seed: int) -> Line | None:
    """One stroke as a polygon; None where it is too short to be seen."""
    steps = np.diff(line, axis=0)
    along = np.append(0.0, np.cumsum(np.hypot(steps[:, 0], steps[:, 1])))
    long = float(along[-1])
    if long < 0.6 * brush.least:
        return None
    step = _STEP * min(max(brush.most / 10.0, 0.4), 2.0)
    at = np.linspace(0.0, long, max(int(long / step), 4) + 1)
    middle = np.stack((np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])), axis=1)
    ahead = np.gradient(middle, axis=0)
    ahead /= np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)[:, None]
    across = np.stack((ahead[:, 1], -ahead[:, 0]), axis=1)
    ring = bool(np.hypot(*(line[0] - line[-1])) < 1e-6)
    if outline:
        wide = _lit(across * turned, brush)
        if not ring:
            left = np.minimum(at, long - at)
            wide *= _END + (1 - _END) * np.clip(left / min(_TAPER, 0.4 * long), 0, 1)
    else:
        left = np.minimum(at, long - at) / (_RUNS_OUT * long)
        wide = brush.most * (_TIP + (1 - _TIP) * np.sqrt(np.clip(left, 0, 1)))
    for turn, (length, share) in enumerate(_WAVES):
        wide = wide * (1 + share * noise(np.full(len(at), float(seed * 7 + turn * 311)), at / length))
    if ring:
        wide[-1] = wide[0]
    half = across * wide[:, None] / 2
    return np.concatenate((middle + half, (middle - half)[::-1]))


def _lit(across: Line, brush: Brush) -> Numbers:
    """How broad an outline is whose outside is `across`."""
    away = (1 - across @ _SUN) / 2
    wide = brush.least + (brush.most - brush.least) * np.clip(away, 0, 1) ** _POWER
    padded = np.pad(wide, _SMOOTH, mode="edge")
    return np.asarray(np.convolve(padded, np.ones(2 * _SMOOTH + 1) / (2 * _SMOOTH + 1), "valid"))


def border(path: tuple[Command, ...], width: float, over: float, number: int) -> tuple[Command, ...]:
    """A shape's sides, each one stroke that is fat in its belly and runs over the corners, as one fill.

    Args:
        path: what is drawn along.
        width: of the strokes at their broadest.
        over: how far they run past a corner.
        number: the shape's seed.
    """
    points: list[Line] = []
    ends: list[int] = []
    count = 0
    for line, closed in contours(path):
        if closed:
            begin = (line[:1] + line[1:2]) / 2
            line = np.concatenate((begin, line[1:], begin))
        for index, side in enumerate(pieces(line, closed, _SHARP)):
            made = _side(side, width, over, number * 31 + index)
            points.append(made)
            count += len(made)
            ends.append(count)
    return polygons(np.concatenate(points), ends) if points else ()


def _side(line: Line, width: float, over: float, seed: int) -> Line:
    """One side of a border as a polygon."""
    first, last = line[0] - line[1], line[-1] - line[-2]
    first, last = (away / max(float(np.hypot(*away)), 1e-9) * over for away in (first, last))
    line = np.concatenate((line[:1] + first, line, line[-1:] + last))
    steps = np.diff(line, axis=0)
    along = np.append(0.0, np.cumsum(np.hypot(steps[:, 0], steps[:, 1])))
    at = np.linspace(0.0, along[-1], max(int(along[-1] / 24), 6) + 1)
    middle = np.stack((np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])), axis=1)
    ahead = np.gradient(middle, axis=0)
    ahead /= np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)[:, None]
    across = np.stack((ahead[:, 1], -ahead[:, 0]), axis=1)
    ends = np.clip(np.minimum(at, along[-1] - at) / 60.0, 0, 1)
    wide = width * (0.6 + 0.4 * np.sqrt(ends))
    for turn, (length, share) in enumerate(((140.0, 0.07), (37.0, 0.05))):
        wide = wide * (1 + share * noise(np.full(len(at), float(seed * 7 + turn * 311)), at / length))
    half = across * wide[:, None] / 2
    return np.concatenate((middle + half, (middle - half)[::-1]))
