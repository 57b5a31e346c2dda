"""Second-order motion: what is carried comes late, goes too far, and settles. Exact at any frame rate.

A unit mass on a damped spring follows a target; between frames the target moves in a straight line, for which the
equation has a closed solution, so that no step size comes into it. Frame n depends on nothing after frame n.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from storyreel.direct.acting.curves import Array, Mask, Values

_MOST_DAMPED = 0.995


@dataclass(frozen=True)
class Motor:
    """A damped spring.

    Attributes:
        omega: radians a second.
        zeta: share of critical damping, below 1.
        rate: frames a second.
    """

    omega: float
    zeta: float
    rate: float

    @cached_property
    def shares(self) -> tuple[float, float, float, float]:
        """What of its position and speed is in its position a frame later, and what of both in its speed."""
        xx, xv, vx, vv = self.moved(1 / self.rate)
        return float(xx), float(xv), float(vx), float(vv)

    def kicked(self, length: int) -> Array:
        """How far it is off 1 frame, 2, … so many after it rested and got a sudden speed of 1."""
        return _kicked(self, length)

    def dragged(self, length: int) -> Array:
        """How far it is off 1 frame, 2, … so many after what it follows, both at rest, went for a frame at a speed of
        1, to which it is seen from what it follows."""
        return _dragged(self, length)

    def moved(self, seconds: Values) -> tuple[Values, Values, Values, Values]:
        """Its free motion after so many seconds, as `shares` has that after a frame."""
        omega, zeta = self.omega, self.zeta
        damped = omega * math.sqrt(1 - zeta**2)
        decay = np.exp(-zeta * omega * seconds)
        cos, sin = np.cos(damped * seconds), np.sin(damped * seconds)
        share = zeta * omega / damped * sin
        return decay * (cos + share), decay * sin / damped, -decay * omega**2 / damped * sin, decay * (cos - share)


@lru_cache(maxsize=512)
def _kicked(motor: Motor, length: int) -> Array:
    return np.asarray(motor.moved(np.arange(1, length + 1) / motor.rate)[1])


@lru_cache(maxsize=512)
def _dragged(motor: Motor, length: int) -> Array:
    xx, xv, vx, vv = motor.shares
    behind = -2 * motor.zeta / motor.omega
    x, v = behind * (1 - xx) - xv, 1 - vx * behind - vv
    of_x, of_v, *_ = motor.moved(np.arange(length) / motor.rate)
    return np.asarray(x * of_x + v * of_v)


def damped(omega: float, zeta: float, rate: float) -> Motor:
    """A spring that swings, if only just, however much it is damped."""
    return Motor(omega, min(zeta, _MOST_DAMPED), rate)


def chase(targets: Array, rate: float, hertz: float, zeta: float, pushes: Array | None = None) -> Array:
    """What follows each target: rows of shape (count, frames), at rest on its target in the first frame.

    `pushes` are sudden changes of speed (units a second), one at each frame.
    """
    motor = damped(math.tau * hertz, zeta, rate)
    out = targets.astype(np.float64)
    slopes = (out[:, 1:] - out[:, :-1]) * rate
    count = slopes.shape[1]
    answers = [(slopes, motor.dragged(count))]
    answers += [(pushes[:, :count], motor.kicked(count))] if pushes is not None else []
    for felt, answer in answers:
        for row in np.flatnonzero(felt.any(axis=1)).tolist():
            out[row, 1:] += answered(felt[row], answer)
    return out


def answered(felt: Array, answer: Array) -> Array:
    """What comes of all that is felt at every frame, each with the same answer from there on.

    A spring's answers add up, so it needn't be followed from frame to frame. Up to what it feels first it rests.
    """
    begin, count = int((felt != 0).argmax()), len(felt)
    out = np.zeros(count)
    out[begin:] = np.convolve(felt[begin:], answer[: count - begin])[: count - begin]
    return out


def begun(moved: Mask) -> int:
    """The first frame in which something moves; the last one where nothing does. Up to it all springs rest."""
    return int(moved.argmax()) if moved.any() else len(moved)


def jolts(curve: Array, rate: float) -> Array:
    """The sudden changes of a curve's speed at its frames, the curve taken as straight from frame to frame."""
    found = np.zeros(len(curve))
    found[1:-1] = np.diff(curve, 2) * rate
    return found
