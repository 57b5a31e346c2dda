"""Easings by name: `linear`, `in-quad` … `inout-quint`, `spring(120, 14)`, `steps(4)`, `cubic-bezier(…)`.

The polynomial, sine, exponential, back, elastic and bounce families follow Robert Penner's published equations
(`Motion, Tweening, and Easing`, 2002); the Bézier one follows CSS Easing Functions Level 1.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache

Curve = Callable[[float], float]
"""Progress 0..1 in, eased progress out: 0 at 0, 1 at 1, free to leave 0..1 in between."""

_POWERS = {"quad": 2, "cubic": 3, "quart": 4, "quint": 5}
_BACK = 1.70158
_CALL = re.compile(r"([a-z-]+)\(([^)]*)\)$")


def _back(t: float) -> float:
    return t * t * ((_BACK + 1) * t - _BACK)


def _elastic(t: float) -> float:
    if t in (0.0, 1.0):
        return t
    return -(2 ** (10 * t - 10)) * math.sin((t * 10 - 10.75) * 2 * math.pi / 3)


def _bounce_out(t: float) -> float:
    for edge, centre, floor in ((1.0, 0.0, 0.0), (2.0, 1.5, 0.75), (2.5, 2.25, 0.9375)):
        if t < edge / 2.75:
            return 7.5625 * (t - centre / 2.75) ** 2 + floor
    return 7.5625 * (t - 2.625 / 2.75) ** 2 + 0.984375


def _power(exponent: int) -> Curve:
    return lambda t: t**exponent


_IN: dict[str, Curve] = {
    **{name: _power(power) for name, power in _POWERS.items()},
    "sine": lambda t: 1 - math.cos(t * math.pi / 2),
    "expo": lambda t: 0.0 if t <= 0 else 2 ** (10 * t - 10),
    "back": _back,
    "elastic": _elastic,
    "bounce": lambda t: 1 - _bounce_out(1 - t),
}

_PLAIN = {"in": "in-cubic", "out": "out-cubic", "inout": "inout-cubic"}


def _out(curve: Curve) -> Curve:
    return lambda t: 1 - curve(1 - t)


def _inout(curve: Curve) -> Curve:
    return lambda t: curve(2 * t) / 2 if t < 0.5 else 1 - curve(2 - 2 * t) / 2


def _spring(stiffness: float, damping: float) -> Curve:
    """A unit mass on a damped spring, released at 0 with its rest at 1; scaled so that it has come to rest at 1."""
    omega = math.sqrt(stiffness)
    zeta = damping / (2 * omega)
    settled = 4.6 / min(zeta * omega, omega) if zeta < 1 else 6.6 / omega

    def at(seconds: float) -> float:
        if zeta < 1:
            wd = omega * math.sqrt(1 - zeta * zeta)
            decay = math.exp(-zeta * omega * seconds)
            return 1 - decay * (math.cos(wd * seconds) + zeta * omega / wd * math.sin(wd * seconds))
        return 1 - math.exp(-omega * seconds) * (1 + omega * seconds)

    rest = 1 - at(settled)
    return lambda t: at(t * settled) + rest * t


def _bezier(x1: float, y1: float, x2: float, y2: float) -> Curve:
    def curve(t: float) -> float:
        low, high = 0.0, 1.0
        for _ in range(40):
            u = (low + high) / 2
            x = 3 * (1 - u) ** 2 * u * x1 + 3 * (1 - u) * u * u * x2 + u**3
            low, high = (u, high) if x < t else (low, u)
        u = (low + high) / 2
        return 3 * (1 - u) ** 2 * u * y1 + 3 * (1 - u) * u * u * y2 + u**3

    return curve


def _steps(count: float) -> Curve:
    return lambda t: math.floor(t * count) / count


def names() -> tuple[str, ...]:
    """Every plain easing name an author may write; `spring`, `steps` and `cubic-bezier` take arguments besides."""
    families = [f"{way}-{family}" for family in _IN for way in ("in", "out", "inout")]
    return ("linear", "hold", "in", "out", "inout", *families)


_CALLS: dict[str, tuple[int, Callable[..., Curve]]] = {
    "spring": (2, _spring),
    "steps": (1, _steps),
    "cubic-bezier": (4, _bezier),
}


@lru_cache(maxsize=256)
def easing(name: str) -> Curve:
    """The curve of that name, exact at both ends.

    Raises:
        ValueError: the name is unknown or its arguments are out of range; the text says which are known.
    """
    text = _PLAIN.get(name.strip(), name.strip())
    if text == "linear":
        return lambda t: t
    if text == "hold":
        return lambda t: 1.0 if t >= 1 else 0.0
    call = _CALL.fullmatch(text)
    if call and call[1] in _CALLS:
        count, make = _CALLS[call[1]]
        numbers = [float(part) for part in call[2].split(",")]
        if len(numbers) != count:
            raise ValueError(f"easing '{call[1]}' takes {count} numbers, got {len(numbers)}")
        if call[1] == "cubic-bezier":
            if not (0 <= numbers[0] <= 1 and 0 <= numbers[2] <= 1):
                raise ValueError("easing 'cubic-bezier': the first and third number lie between 0 and 1")
        elif min(numbers) <= 0:
            raise ValueError(f"easing '{call[1]}' takes numbers above 0")
        return _pinned(make(*numbers))
    way, _, family = text.partition("-")
    if family in _IN and way in ("in", "out", "inout"):
        shape = _IN[family]
        return _pinned({"in": shape, "out": _out(shape), "inout": _inout(shape)}[way])
    raise ValueError(f"unknown easing '{name}'; use one of {', '.join(names())}, spring(), steps(), cubic-bezier()")


def _pinned(curve: Curve) -> Curve:
    return lambda t: 0.0 if t <= 0 else 1.0 if t >= 1 else curve(t)
