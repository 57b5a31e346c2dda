"""Bursts, drawn neutrally: hearts, sparkles, confetti, dust, the light of a slam."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from functools import lru_cache

from storyreel.puppet.model import Node
from storyreel.puppet.outline import ellipse_commands
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets import figures, flights
from storyreel.widgets.flights import REACH, Flight
from storyreel.widgets.given import colours, number, whole
from storyreel.widgets.outlines import about, disc, heart, polygon, softened
from storyreel.widgets.pieces import filled, group, lined
from storyreel.widgets.solids import placed, solid, toys


def flown(found: Iterable[Flight], pick: Callable[[Flight], Node], crisp: bool) -> Node:
    """Everything where it flies; what isn't there is hidden, and keeps its place among the shapes.

    Args:
        pick: what is drawn of a flight: of as many shapes for all those of one kind.
        crisp: whether all stands on whole units, unturned.
    """
    return Node(
        children=tuple(placed(pick(one), one.x, one.y, one.turn, one.wide, one.tall, crisp=crisp) for one in found)
    )


@lru_cache(maxsize=64)
def _heart(tint: str, kit: Kit) -> Node:
    glare = figures.curves((-25, -4), (-29, -18, -22, -27, -14, -28), closed=False)
    return group(*solid(heart(0, 0, 80), tint, kit, kit.line * 1.1, 11), lined(glare, kit.colour("paper"), 6.5, 0.85))


def build_hearts(settings: Settings, values: Values, kit: Kit) -> Node:
    """Hearts that rise on two arcs, left and right of whoever stands at (0, 0), one after the other."""
    accent, warm = kit.colour("accent"), kit.colour("warm")
    tints = colours(settings, "colours", (accent, warm, mixed(accent, kit.colour("paper"), 0.5)))
    found = flights.hearts(
        whole(settings, "count", 16),
        whole(settings, "seed", 0),
        number(settings, "spread", 1.0) * REACH,
        number(settings, "rise", 1.0),
        values.get("t", 0.0),
    )
    return flown(found, lambda one: _heart(tints[one.kind % len(tints)], kit), kit.crisp)


@lru_cache(maxsize=64)
def _glint(tint: str, kind: int, kit: Kit) -> Node:
    if kind == 0:
        return group(filled(figures.glint(52), tint), lined(figures.glint(52), kit.colour("ink"), 4))
    if kind == 1:
        return group(*solid(figures.star(34), tint, kit, 5.5, 6))
    return group(filled(disc(0, 0, 9), kit.colour("ink"), "ink"))


def build_sparkles(settings: Settings, values: Values, kit: Kit) -> Node:
    """Glints, little stars and dots that fly out on all sides and twinkle."""
    paper, accent = kit.colour("paper"), kit.colour("accent")
    tints = colours(settings, "colours", (paper, accent, paper, mixed(accent, paper, 0.5), accent))
    found = flights.sparkles(
        whole(settings, "count", 12),
        whole(settings, "seed", 0),
        number(settings, "spread", 1.0) * REACH,
        number(settings, "rise", 1.0),
        values.get("t", 0.0),
    )

    def pick(one: Flight) -> Node:
        kind = 2 if one.kind % 5 == 4 else 1 if one.kind % 5 == 3 else 0
        return _glint(tints[one.kind % len(tints)], kind, kit)

    return flown(found, pick, kit.crisp)


_SCRAPS = (
    about(40, 22, 3),
    about(40, 22, 3),
    disc(0, 0, 13),
    about(48, 14, 3),
    softened(((-17, 13), (0, -17), (17, 13)), 4),
    figures.star(20),
)


@lru_cache(maxsize=128)
def _scrap(tint: str, kind: int, back: bool, kit: Kit) -> Node:
    """One piece of confetti; its back is paler."""
    shape = _SCRAPS[kind]
    return group(
        filled(shape, mixed(tint, kit.colour("paper"), 0.55) if back else tint),
        lined(shape, mixed(tint, kit.colour("ink"), 0.6), 3),
    )


def build_confetti(settings: Settings, values: Values, kit: Kit) -> Node:
    """Paper scraps that are shot up, turn over and flutter down."""
    tints = colours(settings, "colours", toys(kit)[:5])
    found = flights.confetti(
        whole(settings, "count", 40),
        whole(settings, "seed", 0),
        number(settings, "spread", 1.0) * REACH * 1.5,
        number(settings, "rise", 1.0),
        values.get("t", 0.0),
    )
    return flown(
        found, lambda one: _scrap(tints[one.kind // 6 % len(tints)], one.kind % 6, one.flipped, kit), kit.crisp
    )


@lru_cache(maxsize=8)
def _puff(flipped: bool, kit: Kit) -> Node:
    shape = figures.mirrored(figures.cloud(90)) if flipped else figures.cloud(90)
    return group(*solid(shape, kit.colour("paper"), kit, kit.line, 15))


def build_puffs(settings: Settings, values: Values, kit: Kit) -> Node:
    """Dust clouds that roll out to both sides along the ground and shrink away."""
    spread = number(settings, "spread", 1.0) * REACH * 1.25
    found = flights.puffs(whole(settings, "count", 6), whole(settings, "seed", 0), spread, values.get("t", 0.0))
    return flown(found, lambda one: _puff(one.flipped, kit), kit.crisp)


_LIGHTS = ((600.0, 0.0, 0.85), (470.0, 0.6, 0.7), (330.0, 1.0, 0.5))
"""The stars of a slam: how far each reaches, how pale it is, and the share of the time after which it is gone."""
_RING = 470.0
_NEEDLE = 300.0


@lru_cache(maxsize=8)
def _shock(kit: Kit) -> tuple[tuple[Node, ...], Node, Node]:
    rng = random.Random("shock")
    reaches = [(rng.uniform(0.92, 1.0), rng.uniform(0.68, 0.76)) for _ in range(20)]
    stars = []
    for radius, pale, _ in _LIGHTS:
        corners = []
        for i, (far, near) in enumerate(reaches):
            corners += [figures.polar(radius * far, 18 * i), figures.polar(radius * near, 18 * i + 9)]
        shape = figures.squashed(softened(corners, radius * 0.03), 0.58)
        stars.append(
            group(
                filled(shape, mixed(kit.colour("accent"), kit.colour("paper"), pale)),
                lined(shape, kit.colour("ink"), kit.line * radius / 600),
            )
        )
    ring = lined(ellipse_commands(0, 0, _RING, _RING * 0.42), kit.colour("paper"), 16, 0.95)
    needle = lined(polygon(((0, 0), (0, -_NEEDLE)), closed=False), kit.colour("ink"), 11, 0.9)
    return tuple(stars), group(ring), group(needle)


def build_shock(settings: Settings, values: Values, kit: Kit) -> Node:
    """The light of a slam: flat stars that burst along the floor, a ring, and lines that shoot up."""
    t, spread = values.get("t", 0.0), number(settings, "spread", 1.0)
    age = min(max(t / flights.SHOCK, 0.0), 1.0)
    there = 0 < age < 1
    flash = min(1.0, t / 0.07)
    stars, ring, needle = _shock(kit)
    reach = (260 + 420 * flights.out(age, 4.0)) * spread / _RING
    children = [placed(ring, wide=reach, opacity=(1 - age) ** 0.8 if there else 0.0)]
    for star, (_, _, last) in zip(stars, _LIGHTS, strict=True):
        left = max(0.0, 1 - (age / last) ** 2.2) if there else 0.0
        size = spread * (0.5 + 0.5 * flash) * (0.72 + 0.28 * left)
        children.append(placed(star, wide=size, opacity=0.95 * min(1.0, left * 1.6)))
    for x, foot, length, width in flights.shock_lines(spread, age):
        children.append(placed(needle, x, foot, 0, width / 13, length / _NEEDLE if there else 0.0))
    return Node(children=tuple(children))


def _burst_box(spread: float, up: float, down: float) -> Callable[[Settings], Box]:
    def bounds(settings: Settings) -> Box:
        reach = number(settings, "spread", 1.0) * REACH
        wide, high = reach * spread + 90, reach * up * max(1.0, number(settings, "rise", 1.0)) + 90
        return (-wide, -high, wide, down + reach * 0.2)

    return bounds


def _sparkles_box(settings: Settings) -> Box:
    reach = number(settings, "spread", 1.0) * REACH * 1.1 + 130
    return (-reach, -reach, reach, reach)


def _shock_box(settings: Settings) -> Box:
    spread = number(settings, "spread", 1.0)
    return (-760 * spread, -1380.0, 760 * spread, 420 * spread)


HEARTS = Widget(shapes=build_hearts, bounds=_burst_box(1.4, 2.2, 90), values=("t",))
SPARKLES = Widget(shapes=build_sparkles, bounds=_sparkles_box, values=("t",))
CONFETTI = Widget(shapes=build_confetti, bounds=_burst_box(1.7, 2.2, 900), values=("t",))
PUFFS = Widget(shapes=build_puffs, bounds=_burst_box(2.0, 0.6, 80), values=("t",))
SHOCK = Widget(shapes=build_shock, bounds=_shock_box, values=("t",))
