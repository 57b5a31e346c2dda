"""What is in the air of a scene all the time, drawn neutrally: sunrays, motes, rain, speed lines, things too near.

All of it fills an area `width` by `height` about (0, 0), by default a little more than a whole tall picture, and never
comes to an end: every thing loops, each at its own pace.
"""

from __future__ import annotations

from functools import lru_cache

from storyreel.puppet.model import Command, Node
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets import figures, flights
from storyreel.widgets.blocks import block
from storyreel.widgets.bursts import flown
from storyreel.widgets.flights import DUST, GLINT, MOTES, STAR
from storyreel.widgets.given import number, text, whole
from storyreel.widgets.outlines import disc, heart, polygon, shifted
from storyreel.widgets.pieces import filled, group, lined
from storyreel.widgets.solids import placed, solid

_WIDTH, _HEIGHT = 1160.0, 2000.0
_RAYS = 16


def _area(settings: Settings) -> tuple[float, float]:
    return number(settings, "width", _WIDTH), number(settings, "height", _HEIGHT)


def _area_box(settings: Settings) -> Box:
    width, height = _area(settings)
    return (-width / 2 - 90, -height / 2 - 90, width / 2 + 90, height / 2 + 90)


@lru_cache(maxsize=8)
def _fan(radius: float, tint: str, alpha: float) -> Node:
    """Wedges of a sunburst, and the brighter kites within them that taper out."""
    step = 360 / _RAYS
    wedges: list[Command] = []
    kites: list[Command] = []
    for i in range(_RAYS):
        middle, reach = step * i, radius * (0.5 if i % 2 else 0.36)
        wedge = [figures.polar(radius, middle + side * step * 0.24) for side in (-1, 1)]
        waist = [figures.polar(reach * 0.4, middle + side * step * 0.17) for side in (-1, 1)]
        wedges += polygon(((0, 0), *wedge))
        kites += polygon(((0, 0), waist[0], figures.polar(reach, middle), waist[1]))
    return group(filled(tuple(wedges), tint, opacity=alpha), filled(tuple(kites), tint, opacity=alpha))


def build_rays(settings: Settings, values: Values, kit: Kit) -> Node:
    """A sunburst about (0, 0) that turns slowly; nearer the middle the rays are brighter."""
    tint, alpha = text(settings, "colour", kit.colour("accent")), number(settings, "alpha", 0.22)
    return placed(_fan(number(settings, "radius", 2300.0), tint, alpha), turn=3.0 * values.get("t", 0.0))


def _rays_box(settings: Settings) -> Box:
    radius = number(settings, "radius", 2300.0)
    return (-radius, -radius, radius, radius)


@lru_cache(maxsize=32)
def _mote(kind: int, kit: Kit) -> Node:
    what = MOTES[kind]
    tint = kit.colour("paper") if kind % 2 else mixed(kit.colour("accent"), kit.colour("paper"), 0.3)
    if what == GLINT:
        return group(filled(figures.glint(40), tint), lined(figures.glint(40), kit.colour("ink"), 3))
    if what == STAR:
        return group(*solid(figures.star(19), kit.colour("accent"), kit, 3.5))
    if what == DUST:
        return group(filled(disc(0, 0, 7.5), tint), lined(disc(0, 0, 7.5), kit.colour("ink"), 2.5))
    return group(*solid(heart(0, 0, 28), kit.colour("warm"), kit, 3.5))


def build_stars(settings: Settings, values: Values, kit: Kit) -> Node:
    """Glints, dust and tiny hearts that come, twinkle, drift upwards and go."""
    width, height = _area(settings)
    count, seed = whole(settings, "count", 24), whole(settings, "seed", 0)
    found = flights.motes(count, seed, width, height, values.get("t", 0.0))
    return flown(found, lambda one: _mote(one.kind, kit), kit.crisp)


@lru_cache(maxsize=8)
def _drop(kind: int, kit: Kit) -> Node:
    tint = mixed(kit.colour("cool"), kit.colour("soft"), 0.4)
    small = shifted(figures.raindrop(34), 17, 16)
    shapes = solid(figures.raindrop(64), tint, kit, 4.5, 9)
    return group(*shapes, *solid(small, tint, kit, 4)) if kind else group(*shapes)


def build_rain(settings: Settings, values: Values, kit: Kit) -> Node:
    """Drops, some of them in pairs, that fall slowly, swinging."""
    width, height = _area(settings)
    count, seed = whole(settings, "count", 18), whole(settings, "seed", 0)
    found = flights.drops(count, seed, width, height, values.get("t", 0.0))
    return flown(found, lambda one: _drop(one.kind, kit), kit.crisp)


@lru_cache(maxsize=256)
def _streak(length: float, width: float, kit: Kit) -> Node:
    """A line of paper with its shadow of ink, which is seen on any ground, and the dot that it leaves behind."""
    path = (*polygon(((0, 0), (0, length)), closed=False), *polygon(((0, length + 34), (0, length + 38)), closed=False))
    beside = shifted(polygon(((0, length * 0.1), (0, length * 0.9)), closed=False), width * 0.9, 0)
    return group(lined(path, kit.colour("paper"), width, 0.7), lined(beside, kit.colour("ink"), width * 0.4, 0.6))


def build_streaks(settings: Settings, values: Values, kit: Kit) -> Node:
    """Vertical speed lines that rush past, for a leap or a fall; they never end."""
    width, height = _area(settings)
    count, seed = whole(settings, "count", 24), whole(settings, "seed", 0)
    found = flights.streaks(count, seed, width, height, values.get("t", 0.0))
    return Node(
        children=tuple(placed(_streak(one.length, one.width, kit), one.x, one.y, crisp=kit.crisp) for one in found)
    )


def _streaks_box(settings: Settings) -> Box:
    width, height = _area(settings)
    return (-width / 2 - 20, -height / 2 - 460, width / 2 + 20, height / 2 + 520)


def build_foreground(settings: Settings, values: Values, kit: Kit) -> Node:
    """Three toy blocks in the corners of the area, large and near, drifting slowly."""
    width, height = number(settings, "width", 1080.0), number(settings, "height", 1920.0)
    found = flights.drifts(whole(settings, "seed", 0), width, height, values.get("t", 0.0))
    return Node(
        children=tuple(
            placed(block(one.colour, one.icon, one.size, kit), one.x, one.y, one.turn, crisp=kit.crisp) for one in found
        )
    )


def _foreground_box(settings: Settings) -> Box:
    width, height = number(settings, "width", 1080.0) / 2, number(settings, "height", 1920.0) / 2
    return (-width - 420, -height - 300, width + 420, height + 420)


RAYS = Widget(shapes=build_rays, bounds=_rays_box, values=("t",))
STARS = Widget(shapes=build_stars, bounds=_area_box, values=("t",))
RAIN = Widget(shapes=build_rain, bounds=_area_box, values=("t",))
STREAKS = Widget(shapes=build_streaks, bounds=_streaks_box, values=("t",))
FOREGROUND = Widget(shapes=build_foreground, bounds=_foreground_box, values=("t",))
