"""Second-order motion: what is carried comes late, goes too far, and settles. Exact at any frame rate.

A unit mass on a damped spring follows a target; between frames the target moves in a straight line, for which the
equation has a closed solution, so that no step size comes into it. Frame n depends on nothing after frame n.
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from storyreel.direct.acting.curves import Array, Mask


class Motor:
    """The free motion of springs over one frame: position and speed from position and speed.

    `omega` (radians a second) and `zeta` (share of critical damping, below 1) may be arrays, one for each spring.
    """

    def __init__(self, omega: Array, zeta: Array, rate: float) -> None:
        self.omega, self.zeta = omega, np.minimum(zeta, 0.995)
        step = 1 / rate
        damped = omega * np.sqrt(1 - self.zeta**2)
        decay = np.exp(-self.zeta * omega * step)
        cos, sin = np.cos(damped * step), np.sin(damped * step)
        share = self.zeta * omega / damped * sin
        self.xx, self.xv = decay * (cos + share), decay * sin / damped
        self.vx, self.vv = -decay * omega**2 / damped * sin, decay * (cos - share)

    def shares(self, row: int) -> tuple[float, float, float, float]:
        """What of one spring's position and speed is in its position a frame later, and what of both in its speed.

        Springs are followed one at a time in plain numbers: they are few, and arrays of a few cost more than sums.
        """
        return float(self.xx[row]), float(self.xv[row]), float(self.vx[row]), float(self.vv[row])


def chase(targets: Array, rate: float, hertz: float, zeta: float, pushes: Array | None = None) -> Array:
    """What follows each target: rows of shape (count, frames), at rest on its target in the first frame.

    `pushes` are sudden changes of speed (units a second), one at each frame.
    """
    rows = len(targets)
    omega = np.full(rows, 2 * math.pi * hertz)
    motor = Motor(omega, np.full(rows, zeta), rate)
    out = np.empty_like(targets)
    # What does not hang on the frame before is worked out for all frames at once.
    slopes = (targets[:, 1:] - targets[:, :-1]) * rate
    behinds = -2 * motor.zeta[:, None] * slopes / omega[:, None]
    nexts = targets[:, 1:] + behinds
    away = targets[:, :-1], behinds
    for row in range(rows):
        xx, xv, vx, vv = motor.shares(row)
        x, v = float(targets[row, 0]), 0.0
        moved = slopes[row] != 0
        begin = begun(moved if pushes is None else moved | (pushes[row, : len(moved)] != 0))
        out[row, :begin] = x
        kicks = itertools.repeat(0.0) if pushes is None else pushes[row, begin:].tolist()
        values = [x]
        steps = (*(each[row, begin:].tolist() for each in (*away, slopes, nexts)), kicks)
        for goal, behind, slope, after, kick in zip(*steps, strict=False):
            off, speed = x - goal - behind, v + kick - slope
            x, v = xx * off + xv * speed + after, vx * off + vv * speed + slope
            values.append(x)
        out[row, begin:] = values
    return out


def begun(moved: Mask) -> int:
    """The first frame in which something moves; the last one where nothing does. Up to it all springs rest."""
    return int(moved.argmax()) if moved.any() else len(moved)


def jolts(curve: Array, rate: float) -> Array:
    """The sudden changes of a curve's speed at its frames, the curve taken as straight from frame to frame."""
    found = np.zeros(len(curve))
    found[1:-1] = np.diff(curve, 2) * rate
    return found
