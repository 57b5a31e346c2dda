"""Entrances and exits: who comes in, goes off, comes back, goes elsewhere, and when feet fall on the way."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from storyreel.direct.acting.act import Act
from storyreel.direct.acting.curves import smooth
from storyreel.direct.acting.kinds import Moment
from storyreel.direct.acting.leaps import busy
from storyreel.direct.acting.take import Take, both
from storyreel.direct.acting.travel import HOWS, Places, Point, drop, fall, hop_count, hops, rise, step_count

_SIDES = {"left": (-1.0, 0.0), "right": (1.0, 0.0), "top": (0.0, -1.0), "bottom": (0.0, 1.0)}


def _move(take: Take, places: Places, begin: Point, end: Point, how: str) -> None:
    HOWS.get(how, hops)(take, begin, end, places)


def _pop_in(take: Take, places: Places, since: int) -> None:
    """Out of nothing: tall and thin, then wide, then right. It takes so long however long it is given."""
    t = take.t if take.whole < 24 else take.t * 1.0
    grown = np.where(t < 7, 1.14 * smooth(t / 7) ** 0.8, 1.0 + 0.14 * np.exp(-(t - 7) / 4.2) * np.cos((t - 7) / 2.7))
    places.grow(since, np.where(t > 0, np.maximum(grown, 0.001), 0.001))
    take.chart(
        (1.5, {"sy": 1.26}, "linear"),
        (6, {"sy": 1.12}),
        (9.5, {"sy": 0.88}),
        (14, {"sy": 1.05}),
        (19, {"sy": 0.985}),
        (24, {"sy": 1.0}),
    )
    take.chart(
        (1, both("Arm.lift", 30.0)),
        (7, both("Arm.lift", 104.0)),
        (12, {**both("Arm.lift", 80.0), **both("Hand.lift", 8.0)}),
        (22, {**both("Arm.lift", None), **both("Hand.lift", 0.0)}),
    )
    busy(take, take.weight(1, 8))
    take.wide(0, 24)


def _pop_out(take: Take, places: Places) -> None:
    """Gathers, then is gone."""
    end = min(take.whole, 11.0)
    share = np.clip((take.t - 4) / (end - 4), 0, 1)
    places.grow(take.act.start, np.maximum(1 + 0.07 * smooth(take.t / 4) - 1.07 * share**2.2, 0.001))
    take.chart(
        (3.8, {"sy": 0.86, "Head.y": 12.0}), (end, {"sy": 1.28, "Head.y": -10.0}, "in-quad"), (end + 1, {"sy": 1.0})
    )
    busy(take, take.weight(1, 1))


def _away(act: Act, place: Point) -> Point:
    """Where somebody comes from or goes to: `x`, `y` in stage units, or else off to a side."""
    if act.value("x") is not None:
        return act.number("x", place[0]), act.number("y", place[1])
    dx, dy = _SIDES.get(act.word("side", "left"), (-1.0, 0.0))
    distance = act.number("distance", 900)
    return place[0] + dx * distance, place[1] + dy * distance * 1.2


def _popping(act: Act) -> bool:
    return "pop" in (act.word("how", "hop"), act.word("side", ""))


def enter(take: Take, places: Places) -> None:
    """Comes in from a side, or pops up."""
    act = take.act
    since, home = places.left or (0, places.at(act.end))
    if places.left is not None:
        places.wait(act.start, places.curves.length, home)
        places.grow(act.start, np.ones(places.curves.length))
        places.left = None
    if _popping(act):
        _pop_in(take, places, since)
        return
    begin, how, side = _away(act, home), act.word("how", "hop"), act.word("side", "left")
    places.wait(since, act.start, begin)
    if how != "tumble" and side in ("top", "bottom"):
        (drop if side == "top" else rise)(take, begin, home, places)
    else:
        _move(take, places, begin, home, how)


def leave(take: Take, places: Places) -> None:
    """Goes off to a side, or pops out."""
    act = take.act
    begin = places.at(act.start)
    places.left = (act.end, begin)
    if _popping(act):
        _pop_out(take, places)
    elif act.word("how", "hop") == "tumble":
        fall(take, begin, _away(act, begin), places)
    else:
        _move(take, places, begin, _away(act, begin), act.word("how", "hop"))


def go(take: Take, places: Places) -> None:
    """Goes to a place (`x`, `y` in stage units)."""
    begin = places.at(take.act.start)
    places.left = None
    end = (take.act.number("x", begin[0]), take.act.number("y", begin[1]))
    _move(take, places, begin, end, take.act.word("how", "walk"))


def tumble(take: Take, places: Places) -> None:
    """Falls over and out of the picture, to a side."""
    begin = places.at(take.act.start)
    places.left = (take.act.end, begin)
    fall(take, begin, _away(take.act, begin), places)


def travel_moments(act: Act, given: float) -> Iterable[Moment]:
    """Every footfall of a way as `step`, and the last landing as `land` (thirtieths from the start).

    They are told from the time alone: on a way that is long for its time, feet fall more often than that. Where no foot
    falls before it, the landing is the only step.
    """
    how = "pop" if _popping(act) else act.word("how", "walk" if act.kind == "go" else "hop")
    landing = min(7.0, given) if how == "pop" else given
    steps: list[float] = []
    if how == "walk":
        count = step_count(given)
        steps = [given * (number + 0.5) / count for number in range(count)]
    elif how == "hop" and act.word("side", "left") in ("left", "right"):
        count = hop_count(given)
        steps = [given * (number + 1) / count for number in range(count - 1)]
    elif how == "bounce" or act.word("side", "") == "top":
        steps = [0.56 * given, 0.83 * given]
    yield from (("step", at) for at in steps or [landing])
    yield ("land", landing)
