"""How a body gets from place to place: walks, hops, slides, drops, leaps, tumbles."""

from __future__ import annotations

import math

import numpy as np

from storyreel.direct.acting.curves import Array, Curves, smooth
from storyreel.direct.acting.knocks import topple
from storyreel.direct.acting.leaps import arc, busy
from storyreel.direct.acting.take import Take, both

_HOP = 9.5
"""Thirtieths of a second that one of several hops takes."""
_NEARER = 1.3
"""By how much more of the way the first hops of an entrance take: what is off stage is nobody's business."""
_AIR = 0.72
_GATHERS = 5.0
"""Thirtieths of a second in which who sets off gathers before the first hop."""
_LEAST_SHOVE = 9.0
"""Thirtieths from which on a slide has room for a way back before its way."""
"""The share of a hop that is off the ground."""
_STRIDE = 300.0
"""The longest two steps of a walk, in thousandths of the body's height."""
_STEP = 9.0
"""Thirtieths of a second that a step takes at an easy pace."""
_WHEEL = 1600.0
"""How far a somersault goes, in thousandths of the body's height: half as far as a wheel of that size would."""

Point = tuple[float, float]


class Places:
    """Where the feet are: the home, and every place that acts have sent them to since."""

    def __init__(self, curves: Curves, home: Point) -> None:
        self.curves = curves
        self.x, self.y = np.full(curves.length, home[0]), np.full(curves.length, home[1])
        self.grown = np.ones(curves.length)
        self.left: tuple[int, Point] | None = None
        """Since when the body is off the stage, and where it stood before, once it has left."""

    def at(self, frame: int) -> Point:
        """The place at a frame."""
        index = min(max(frame, 0), self.curves.length - 1)
        return float(self.x[index]), float(self.y[index])

    def go(self, start: int, begin: Point, end: Point, across: Array, down: Array | None = None) -> None:
        """From the start on goes from one place to another: by these shares of the way at every frame."""
        here = self.curves.frames >= start
        self.x = np.where(here, begin[0] + (end[0] - begin[0]) * across, self.x)
        self.y = np.where(here, begin[1] + (end[1] - begin[1]) * (across if down is None else down), self.y)

    def wait(self, since: int, until: int, place: Point) -> None:
        """Is somewhere from one frame up to another."""
        early = (self.curves.frames >= since) & (self.curves.frames < until)
        self.x, self.y = np.where(early, place[0], self.x), np.where(early, place[1], self.y)

    def grow(self, since: int, size: Array) -> None:
        """From a frame on is so large, as a factor."""
        self.grown = np.where(self.curves.frames >= since, size, self.grown)

    def settle(self) -> None:
        """Adds the places, less what acts have jumped, to the body's own x and y."""
        curves = self.curves
        curves.ground = self.y
        curves.add("x", self.x)
        curves.add("y", self.y - curves.take("up") * curves.mil * curves.scale)
        if np.any(self.grown != 1):
            curves.add("pop", self.grown - 1)


def _way(begin: Point, end: Point) -> float:
    across = end[0] - begin[0]
    return math.copysign(1.0, across) if abs(across) > 1 else 0.0


def _face(take: Take, way: float, on: Array, gaze: float = 0.5) -> None:
    """Looks where it goes."""
    take.add("Head.turn", on * 0.55 * way)
    take.add("gaze.x", on * gaze * way)


def hop_count(frames: float, away: float | None = None) -> int:
    """How many hops fill so many thirtieths of a second (over a way of so many thousandths of the body's height)."""
    most = 99 if away is None else max(1, round(away / 150))
    return max(1, min(round(frames / _HOP), most))


def hops(take: Take, begin: Point, end: Point, places: Places) -> None:
    curves = take.curves
    whole = max(take.whole, 4.0)
    away = math.dist(begin, end) / (curves.scale * curves.mil)
    count = hop_count(whole, away)
    each, way = whole / count, _way(begin, end)
    place = np.clip(take.t / each, 0, count)
    number = np.minimum(np.floor(place), count - 1)
    within = place - number
    off = (1 - _AIR) / 2
    share = np.clip((within - off) / _AIR, 0, 1)
    # The last hop lands at the very end, and is the highest.
    last = number == count - 1
    air_last = 1 - off
    share = np.where(last, np.clip((within - off) / air_last, 0, 1), share)
    height = np.where(last, 1.2, np.where(number % 2 == 0, 1.0, 0.84)) * min(110.0, 14 * each)
    inside = (take.t >= 0) & (take.t <= whole)
    firm = 1.0
    if curves.lively:
        firm = 1.5
        if take.act.kind != "enter":
            # Who sets off from where they stand gathers first.
            wait = min(_GATHERS / each, 0.5)
            begun = np.clip((within - wait) / ((1.0 if count == 1 else 1 - off) - wait), 0, 1)
            share = np.where(number == 0, begun, share)
            gathered = np.where(number == 0, smooth(within / wait) * smooth((wait + 0.12 - within) / 0.12), 0.0)
            take.add("sy", 1 - 0.16 * gathered)
            take.add("hips.y", 34 * gathered)
            take.add("hips.x", -22 * way * gathered)
            take.add("chest.rot", -7 * way * gathered)
            take.add("Head.y", 14 * gathered)
    take.add("up", np.where(inside, height * arc(share), 0.0))
    gone = np.clip((number + share) / count, 0, 1)
    places.go(take.act.start, begin, end, gone if take.act.kind != "enter" else 1 - (1 - gone) ** _NEARER)
    on = take.weight(2, 3)
    busy(take, take.weight(2, 9))
    flying = np.where(inside, np.sin(math.pi * share), 0.0)
    touch = np.where(inside, np.clip(1 - np.minimum(within, np.where(last, 9.0, 1 - within)) / off, 0, 1), 0.0)
    rising = np.where(inside & (share > 0), np.exp(-(((share - 0.16) / 0.13) ** 2)), 0.0)
    falling = np.where(inside & (share < 1), np.exp(-(((share - 0.9) / 0.12) ** 2)), 0.0)
    pressed = smooth(touch)
    take.add("sy", 1 + firm * (0.12 * rising + 0.07 * falling - 0.16 * pressed))
    take.add("hips.y", firm * 17 * pressed - 4 * rising)
    take.add("Head.y", 12 * pressed - 8 * rising)
    rock = np.where(inside, np.cos(math.pi * share), 0.0) * (1 - pressed)
    take.add("rot", on * way * 7.5 * firm * rock)
    take.add("chest.rot", on * way * 3.0)
    for side, leg in curves.body.legs.items():
        ahead = 1.0 if leg.outward == way else -1.0
        take.add(f"{side} Foot.y", 22 * flying * (1.15 if ahead > 0 else 0.9))
        take.add(f"{side} Foot.x", way * 20 * ahead * flying)
        take.add(f"{side} Foot.tilt", 12 * np.where(inside, np.sin(2 * math.pi * share), 0.0))
    for side, arm in curves.body.arms.items():
        fore = 1.0 if arm.outward == way else 0.8
        swing = np.where(inside, np.sin(math.pi * np.clip(share - 0.1, 0, 1)), 0.0)
        take.claim(f"{side} Arm.lift", 26 + 62 * fore * swing - 16 * pressed, on)
        take.add(f"{side} Hand.lift", on * 14 * rock)
    _face(take, way, on)
    _land(take, whole)


def _land(take: Take, at: float, strength: float = 1.0) -> None:
    """The last landing: gives, comes up past rest with the arms out, settles."""
    s = strength
    take.chart(
        (max(at - 0.6, 0.01), {"sy": 1.0, "hips.y": 0.0, "Head.y": 0.0}),
        (at + 1.6, {"sy": 1 - 0.19 * s, "hips.y": 26.0 * s, "Head.y": 18.0 * s}),
        (at + 6, {"sy": 1 + 0.07 * s, "hips.y": -5.0 * s, "Head.y": -9.0 * s}),
        (at + 10.5, {"sy": 1 - 0.025 * s, "hips.y": 3.0 * s, "Head.y": 3.0 * s}),
        (at + 15, {"sy": 1 + 0.008 * s, "hips.y": 0.0, "Head.y": 0.0}),
        (at + 19, {"sy": 1.0}),
    )
    take.chart(
        (max(at - 2, 0.01), both("Arm.lift", None)),
        (at + 0.5, {**both("Arm.lift", 66.0), **both("Hand.lift", 0.0)}),
        (at + 3, {**both("Arm.lift", 58.0), **both("Hand.lift", 16.0)}),
        (at + 7, {**both("Arm.lift", 74.0), **both("Hand.lift", 6.0)}),
        (at + 13, {**both("Arm.lift", 30.0), **both("Hand.lift", -8.0)}),
        (at + 19, {**both("Arm.lift", None), **both("Hand.lift", 0.0)}),
    )
    take.wide(at - 4, at + 10)


def step_count(frames: float, away: float | None = None) -> int:
    """How many steps a walk of so many thirtieths (over so many thousandths of the body's height) takes."""
    needed = 2 if away is None else math.ceil(2 * away / _STRIDE)
    return max(2, needed, min(round(frames / _STEP), 4 * needed))


def _walk(take: Take, begin: Point, end: Point, places: Places) -> None:
    """Feet that stand stay where they are on the ground while the body passes over them."""
    curves = take.curves
    whole, way = max(take.whole, 4.0), _way(begin, end) or 1.0
    away = math.dist(begin, end) / (curves.scale * curves.mil)
    steps = step_count(whole, away)
    t = np.clip(take.t / whole, 0, 1)
    eased = t + 0.12 * np.sin(2 * math.pi * t) / (2 * math.pi) * -1
    places.go(take.act.start, begin, end, eased)
    busy(take, take.weight(4, 6))
    on = take.weight(4, 5)
    walked, step = eased * steps, away / steps
    for number, (side, leg) in enumerate(sorted(curves.body.legs.items())):
        x, y, tilt = _foot(walked, steps, number)
        take.add(f"{side} Foot.x", way * step * x)
        take.add(f"{side} Foot.y", on * min(34.0, 10 + 0.3 * step) * y)
        take.add(f"{side} Foot.tilt", on * leg.outward * way * 15 * tilt)
    phase: Array = math.pi * walked
    bob = np.cos(2 * phase)
    take.add("hips.y", on * (8 * bob + 3))
    take.add("hips.rot", on * 2.2 * np.sin(phase))
    take.add("chest.rot", on * (3.4 * way - 1.4 * np.sin(phase)))
    take.add("sy", 1 - on * 0.016 * bob)
    take.add("Head.y", on * 4 * np.cos(2 * phase - 0.7))
    take.add("Head.rot", on * (-1.6 * way + 2.2 * np.sin(phase - 0.5)))
    for side, sign in (("Left", 1.0), ("Right", -1.0)):
        if side in curves.body.arms:
            swing = sign * np.sin(phase - 0.35)
            take.claim(f"{side} Arm.lift", curves.body.arms[side].rest + 8 + 20 * swing, on)
            take.add(f"{side} Hand.lift", on * 8 * np.sin(phase * 1.0 - 1.0) * sign)
    _face(take, way, on)


def _foot(walked: Array, steps: int, number: int) -> tuple[Array, Array, Array]:
    """One foot's place ahead of the body (in steps), its height and tilt, over the steps walked.

    Feet take turns; a foot lands half a step ahead of the body and is lifted half a step behind it. The first and the
    last step are half as long, so that feet start and end side by side.
    """
    x, y, tilt = -walked.copy(), np.zeros(len(walked)), np.zeros(len(walked))
    stands = 0.0
    for step in range(number, steps + 1, 2):
        lifts, lands = max(step - 0.5, 0.0), min(step + 0.5, float(steps))
        share = np.clip((walked - lifts) / (lands - lifts), 0, 1)
        there = min(step + 1.0, float(steps))
        x += (there - stands) * smooth(share)
        moving = (share > 0) & (share < 1)
        y += np.where(moving, np.sin(math.pi * share), 0.0)
        tilt += np.where(moving, np.sin(2 * math.pi * share), 0.0)
        stands = there
    return x, y, tilt


def _shove(take: Take, begin: Point, end: Point, places: Places) -> None:
    """Slides off from where it stands: back and down first, fast in the middle, past its place and back."""
    whole, way = take.whole, _way(begin, end)
    wind = min(5.0, 0.35 * whole)
    u = np.clip((take.t - wind) / (whole - wind), 0, 1)
    gone = u**3 * (10 - 15 * u + 6 * u * u)
    back = np.sin(math.pi * np.clip(take.t / (2 * wind), 0, 1)) ** 2
    share = gone - min(0.05, 30 / max(math.dist(begin, end), 1.0)) * back
    places.go(take.act.start, begin, end, np.where(take.t > 0, share, 0.0))
    fast = (u * (1 - u) * 4) ** 2
    late = smooth((take.t - whole + 2) / 3) * smooth((whole + 13 - take.t) / 9)
    pull = np.cos(math.pi * u) * fast
    busy(take, take.weight(2, 8))
    take.add("chest.rot", way * (11 * pull - 8 * back + 6 * late))
    take.add("rot", way * (4 * pull + 2 * late))
    take.add("hips.x", way * (12 * late - 16 * back))
    take.add("hips.y", 30 * back + 10 * late)
    take.add("Head.rot", way * (-9 * pull + 6 * late))
    take.add("Head.y", 14 * back + 6 * late)
    take.add("sy", 1 - 0.12 * back + (0.1 if not way else -0.03) * fast - 0.05 * late)
    for side, arm in take.curves.body.arms.items():
        behind = arm.outward == -way
        drag = (66.0 if behind else 6.0) * fast + (4.0 if behind else 40.0) * late
        take.claim(f"{side} Arm.lift", arm.rest + drag, take.weight(3, 4))
        take.add(f"{side} Hand.lift", (18.0 if behind else -8.0) * fast)
    _face(take, way, take.weight(2, 5))


def _slide(take: Take, begin: Point, end: Point, places: Places) -> None:
    if take.curves.lively and take.act.kind != "enter" and take.whole >= _LEAST_SHOVE:
        _shove(take, begin, end, places)
        return
    whole, way = max(take.whole, 4.0), _way(begin, end)
    t = np.clip(take.t / whole, 0, None)
    share = np.where(t < 1, 1 - (1 - np.clip(t, 0, 1)) ** 3, 1.0)
    over = np.where(
        (t > 0.55) & (take.t < whole + 8), np.sin(math.pi * np.clip((t - 0.55) / (0.45 + 8 / whole), 0, 1)), 0.0
    )
    places.go(take.act.start, begin, end, share)
    on = take.weight(2, 5)
    busy(take, take.weight(2, 8))
    fast = np.clip(1 - t, 0, 1) ** 1.5
    take.add("chest.rot", way * (-9 * fast * on + 7 * over))
    take.add("hips.x", way * (10 * over))
    take.add("Head.rot", way * (-5 * fast * on + 5 * over))
    take.add("sy", 1 - 0.06 * fast * on + 0.03 * over)
    for side, arm in take.curves.body.arms.items():
        take.claim(f"{side} Arm.lift", 70 - 25 * arm.outward * way * fast, on)
    _face(take, way, on)


def drop(take: Take, begin: Point, end: Point, places: Places) -> None:
    """Falls in from above, lands, bounces twice."""
    whole = max(take.whole, 6.0)
    fall, first = 0.56 * whole, 0.27 * whole
    second = whole - fall - first
    share = np.clip(take.t / fall, 0, 1) ** 2
    places.go(take.act.start, begin, end, np.where(take.t > 0, share, 0.0))
    high = min(130.0, 0.16 * math.dist(begin, end) / (take.curves.scale * take.curves.mil))
    for off, air, height in ((fall, first, high), (fall + first, second, 0.3 * high)):
        take.add("up", height * arc((take.t - off) / air, 2.0))
    busy(take, take.weight(1, 9))
    for at, give in ((fall, 0.24), (fall + first, 0.13), (whole, 0.06)):
        near = (take.t - at) / 3.2
        take.add("sy", 1 - give * np.where(near > -0.4, np.exp(-((near - 0.35) ** 2) * 3), 0.0))
        take.add("hips.y", give * 130 * np.exp(-((near - 0.5) ** 2) * 2.5))
        take.add("Head.y", give * 90 * np.exp(-((near - 0.8) ** 2) * 2))
    take.add("sy", 1 + 0.1 * smooth(take.t / 4) * smooth((fall - take.t) / 1.5))
    on = take.weight(1, 9)
    falling = smooth((fall + 2 - take.t) / 4)
    for side in take.curves.body.arms:
        take.claim(f"{side} Arm.lift", 58 + 74 * falling, on)
    take.wide(0, whole)


def rise(take: Take, begin: Point, end: Point, places: Places) -> None:
    """Leaps in from below, over its place, and lands on it."""
    whole = max(take.whole, 6.0)
    t = np.clip(take.t / whole, 0, 1)
    top = 0.62
    up = np.where(t < top, 1 - (1 - t / top) ** 2, 1.0)
    places.go(take.act.start, begin, end, t, up)
    high = 90.0
    take.add(
        "up",
        high * np.where(t < top, smooth(t / top) ** 2, 1 - np.clip((t - top) / (1 - top), 0, 1) ** 2) * (take.t > 0),
    )
    busy(take, take.weight(1, 9))
    on = take.weight(2, 3)
    take.add("sy", 1 + on * 0.13 * smooth((0.5 - t) / 0.3))
    flown = np.where((t > 0) & (t < 1), np.sin(math.pi * t), 0.0)
    for side, leg in take.curves.body.legs.items():
        take.add(f"{side} Foot.y", 24 * flown)
        take.add(f"{side} Foot.x", leg.outward * 10 * flown)
    for side in take.curves.body.arms:
        take.claim(f"{side} Arm.lift", 20 + 100 * smooth((t - 0.2) / 0.4), on)
    _land(take, whole)


def fall(take: Take, begin: Point, end: Point, places: Places) -> None:
    """Is knocked up a little, turns over, and falls out of the picture."""
    whole, way = max(take.whole, 4.0), _way(begin, end) or 1.0
    t = np.clip(take.t / whole, 0, 1.5)
    places.go(take.act.start, begin, end, np.clip(t, 0, 1))
    fallen = 2.1 * t * t - 0.75 * t
    away = max(abs(end[0] - begin[0]), abs(end[1] - begin[1]), 400.0)
    places.y = places.y + np.where(take.t > 0, fallen * away * 0.55, 0.0)
    # Once it is gone it is upright again: it may come back.
    take.add("rot", np.where((take.t > 0) & (t < 1.5), way * 300 * t**1.35, 0.0))
    topple(take)


def _roll(take: Take, begin: Point, end: Point, places: Places) -> None:
    """Turns somersaults to its place, whole ones, over the ground as a wheel, and lands on its feet."""
    curves, whole, way = take.curves, max(take.whole, 6.0), _way(begin, end) or 1.0
    share = 1 - (1 - np.clip(take.t / whole, 0, 1)) ** 1.6
    places.go(take.act.start, begin, end, share)
    away = math.dist(begin, end) / (curves.scale * curves.mil)
    turned = 360.0 * max(1, round(away / _WHEEL)) * share
    # A body turns about its feet; what rolls turns about its middle.
    up = 500 * (1 - np.cos(np.radians(turned)))
    take.add("rot", way * turned)
    take.add("up", up)
    places.x = places.x - way * 500 * np.sin(np.radians(turned)) * curves.mil * curves.scale
    topple(take)
    _land(take, whole, 0.8)


HOWS = {"hop": hops, "walk": _walk, "slide": _slide, "tumble": _roll, "bounce": drop}
"""Ways from one place to another, by how an author calls them."""
