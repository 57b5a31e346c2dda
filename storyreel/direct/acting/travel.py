"""How a body gets from place to place: walks, hops, slides, tumbles, comes in and goes off."""

from __future__ import annotations

import math

import numpy as np

from storyreel.direct.acting.curves import Array, Curves, Row
from storyreel.direct.acting.model import Act
from storyreel.timeline.easing import easing

_SIDES = {"left": (-1.0, 0.0), "right": (1.0, 0.0), "top": (0.0, -1.0), "bottom": (0.0, 1.0)}
_STRIDE = 120.0
"""Stage units of a step of a body that is 840 tall."""


class Travel:
    """Where the feet are: the home, and every place that acts have sent them to since."""

    def __init__(self, curves: Curves, home: tuple[float, float]) -> None:
        self.curves = curves
        self.x, self.y = np.full(curves.length, home[0]), np.full(curves.length, home[1])

    def at(self, frame: int) -> tuple[float, float]:
        """The place at a frame."""
        index = min(max(frame, 0), self.curves.length - 1)
        return float(self.x[index]), float(self.y[index])

    def path(
        self, start: int, frames: int, begin: tuple[float, float], end: tuple[float, float], progress: Array
    ) -> None:
        """Goes from one place to another; stays there afterwards. Before the start it waits at `begin`."""
        for line, a, b in ((self.x, begin[0], end[0]), (self.y, begin[1], end[1])):
            first, last = max(start, 0), min(start + frames, self.curves.length)
            if first < last:
                line[first:last] = a + (b - a) * progress[first - start : last - start]
            if last < self.curves.length:
                line[max(last, 0) :] = b

    def settle(self) -> None:
        """Adds the places to the body's own x and y."""
        self.curves.add("x", 0, self.x)
        self.curves.add("y", 0, self.y)


def _eased(name: str, frames: int) -> Array:
    curve = easing(name)
    return np.array([curve((frame + 1) / frames) for frame in range(frames)])


def _leg_work(curves: Curves, start: int, frames: int, steps: float, way: float) -> None:
    """Steps: the legs swing against each other, the body bobs twice a stride and leans into the way."""
    envelope = curves.envelope(frames + 1, 4, 5)
    phase = np.linspace(0, math.pi * steps, frames + 1)
    swing = np.sin(phase)
    for side, sign in (("Left", 1.0), ("Right", -1.0)):
        curves.add(f"{side} Leg.rot", start, envelope * sign * 23 * swing)
        curves.add(f"{side} Leg.sy", start, 1 - envelope * 0.1 * np.clip(sign * np.cos(phase), 0, 1))
        curves.add(f"{side} Foot.rot", start, envelope * -sign * 12 * swing)
        curves.add(f"{side} Arm.rot", start, envelope * -sign * 20 * swing)
    curves.add("y", start, -envelope * curves.scale * 17 * np.abs(np.cos(phase)))
    curves.add("torso.rot", start, envelope * (4.0 * way + 1.6 * swing))
    curves.add("Head.rot", start, envelope * (-2.2 * way + 2.0 * np.sin(phase - 0.5)))


def _hops(curves: Curves, start: int, frames: int, count: int, height: float) -> Array:
    """Hops one after another: each an arc with a squash where it lands; gives the progress along the way."""
    share = np.linspace(0, count, frames + 1)
    inside = share - np.minimum(np.floor(share), count - 1)
    air = np.clip((inside - 0.16) / 0.68, 0, 1)
    ground = (inside < 0.16) | (inside > 0.84)
    curves.add("y", start, -curves.scale * height * 4 * air * (1 - air))
    squash = np.where(ground, np.cos(np.where(inside < 0.5, inside, 1 - inside) / 0.16 * math.pi / 2), 0.0)
    push = np.exp(-(((inside - 0.26) / 0.09) ** 2))
    curves.add("sy", start, 1 - 0.13 * squash + 0.09 * push)
    curves.add("sx", start, 1 + 0.1 * squash - 0.06 * push)
    curves.add("Head.dy", start, 9 * squash - 5 * push)
    for side, sign in (("Left", -1.0), ("Right", 1.0)):
        curves.add(f"{side} Arm.rot", start, sign * (34 * np.sin(math.pi * air) - 8 * squash))
        curves.add(f"{side} Leg.rot", start, sign * -9 * np.sin(math.pi * air))
    done = (np.floor(np.minimum(share, count - 1e-9)) + air) / count
    return np.asarray(done)


def _land(curves: Curves, frame: int, strength: float = 1.0) -> None:
    rows: tuple[Row, ...] = (
        (2, {"sx": 1.09, "sy": 0.89, "Head.dy": 12}, "out-quad"),
        (6, {"sx": 0.975, "sy": 1.03, "Head.dy": -5}, "inout-sine"),
        (10, {"sx": 1.012, "sy": 0.985}, "inout-sine"),
        (15, {}, "inout-sine"),
    )
    curves.rows(frame, rows, strength)


def _move(travel: Travel, act: Act, begin: tuple[float, float], end: tuple[float, float], how: str) -> None:
    curves, frames = travel.curves, max(act.frames, 2)
    away = math.dist(begin, end)
    way = math.copysign(1.0, end[0] - begin[0]) if abs(end[0] - begin[0]) > 1 else 0.0
    if how == "hop":
        count = max(1, round(away / (330 * curves.scale * 1.2)))
        progress = _hops(curves, act.start, frames, min(count, 4), 105)
        travel.path(act.start, frames, begin, end, progress[1:])
        curves.add("torso.rot", act.start, curves.envelope(frames + 1, 3, 5) * 3.5 * way)
    elif how == "walk":
        steps = max(2.0, round(away / (_STRIDE * curves.scale * 1.2)))
        _leg_work(curves, act.start, frames, steps, way)
        travel.path(act.start, frames, begin, end, _eased("inout-sine", frames))
    elif how == "tumble":
        progress = _eased("in-quad", frames)
        travel.path(act.start, frames, begin, end, progress)
        curves.add("rot", act.start, 420 * way * progress)
    else:
        travel.path(act.start, frames, begin, end, _eased("out-back", frames))
        lean = np.sin(np.linspace(0, math.pi, frames + 1))
        curves.add("rot", act.start, -4.5 * way * lean)


def _pop(curves: Curves, act: Act, arriving: bool) -> None:
    frames = max(min(act.frames, round((0.7 if arriving else 0.3) * curves.rate)), 2)
    grown = np.maximum(_eased("spring(190, 13)", frames) if arriving else 1 - _eased("in-back", frames), 0.001)
    for name in ("sx", "sy"):
        curves.add(name, act.start, grown)
        if not arriving:
            curves.hold(name, act.start + frames, 0.001)


def _away(act: Act, place: tuple[float, float]) -> tuple[float, float]:
    dx, dy = _SIDES.get(act.word("side", "left"), (-1.0, 0.0))
    distance = act.number("distance", 900)
    return place[0] + dx * distance, place[1] + dy * distance * 1.2


def enter(travel: Travel, act: Act) -> None:
    """Comes in from a side, or pops up."""
    home = travel.at(act.end)
    if act.word("how", "hop") == "pop" or act.word("side", "") == "pop":
        _pop(travel.curves, act, True)
        return
    begin = _away(act, home)
    travel.x[: max(act.start, 0)], travel.y[: max(act.start, 0)] = begin
    _move(travel, act, begin, home, act.word("how", "hop"))
    if act.word("how", "hop") in ("hop", "slide"):
        _land(travel.curves, act.end - round(travel.curves.unit))


def leave(travel: Travel, act: Act) -> None:
    """Goes off to a side, or pops out."""
    if act.word("how", "hop") == "pop" or act.word("side", "") == "pop":
        _pop(travel.curves, act, False)
        return
    begin = travel.at(act.start)
    _move(travel, act, begin, _away(act, begin), act.word("how", "hop"))


def go(travel: Travel, act: Act) -> None:
    """Goes to a place."""
    begin = travel.at(act.start)
    end = (act.number("x", begin[0]), act.number("y", begin[1]))
    _move(travel, act, begin, end, act.word("how", "walk"))
    if act.word("how", "walk") == "hop":
        _land(travel.curves, act.end - round(travel.curves.unit))


def walk(curves: Curves, act: Act) -> None:
    """Walks on the spot, a little over two steps a second."""
    frames = max(act.frames, 2)
    _leg_work(curves, act.start, frames, max(1.0, round(2.2 * frames / curves.rate)), 0.0)
