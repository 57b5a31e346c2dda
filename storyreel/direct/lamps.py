"""What gives light: how bright it is at every frame, whom it reaches and how much, and its glow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.direct.cast import Performer
from storyreel.direct.hands import Holding
from storyreel.direct.places import Whereabouts, sampled
from storyreel.direct.things import AIRY, Thing
from storyreel.script.air import Light
from storyreel.script.props import SHINING, Lamp
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import STAGE, Layer, WidgetContent, settings
from storyreel.timeline.track import baked

_LATE = Fraction(4, 30)
"""Seconds after which whoever holds it stands in its light."""
_STEPS = 16
"""So many steps of light are told apart."""
_MOST = 0.9
"""How much of a lamp comes to what is right beside it."""
_GLOW = 0.62
"""How far a glow is seen, as a share of how far its light reaches."""
_OVER = 0.05
_BULB = {True: 78.0, False: -34.0}
"""How far below its middle the bulb of a lamp is that hangs, or stands."""


@dataclass(frozen=True)
class Shining:
    """Something that gives light, frame by frame.

    Attributes:
        x, y: where, on the stage.
        level: how bright, from 0 to 1.
        reach: how far it reaches, in stage units.
    """

    thing: Thing
    light: Light
    x: Array
    y: Array
    level: Array
    reach: float

    def near(self, x: Array, y: Array, half: tuple[float, float]) -> Array:
        """How much of its light comes to something about a place, half so wide and so tall, from 0 to 1 in steps."""
        away = np.hypot(
            *(np.clip(np.abs(at - to) - by, 0, None) for at, to, by in ((x, self.x, half[0]), (y, self.y, half[1])))
        )
        return np.asarray(np.round(self.level * _MOST * np.clip(1 - away / self.reach, 0, 1) * _STEPS) / _STEPS)

    def colour(self) -> tuple[float, float, float]:
        """Red, green and blue, from 0 to 1."""
        hexed = self.light.colour
        red, green, blue = (int(hexed[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return red, green, blue


def shining(things: Iterable[Thing], where: Whereabouts) -> list[Shining]:
    """All that gives light in a shot."""
    found = []
    for thing in things:
        light = thing.model.light
        if light is None:
            continue
        x, y = where.point(thing.name)
        scale, opacity = (sampled(line.channel(), where.length) for line in (thing.scale, thing.opacity))
        level = thing.driven.get(SHINING)
        level = sampled(thing.value(SHINING).channel(), where.length) if level is None else level
        level = np.clip(level, 0, 1) * opacity * (scale > 0.02)
        if thing.gone is not None:
            level = level * (np.arange(where.length) < thing.gone)
        if isinstance(thing.model, Lamp):
            y = y + _BULB[thing.model.hangs] * scale
        found.append(Shining(thing, light, x, y, level, light.reach * STAGE))
    return found


def reaching(one: Performer, lamp: Shining, where: Whereabouts, holdings: Sequence[Holding], clock: Clock) -> Array:
    """How much of a lamp's light comes to somebody at every frame; to whoever holds it, a little later."""
    x, y = where.point(one.name, "middle")
    half = 0.3 * one.rig.width * one.height / one.rig.height, 0.46 * one.height
    near = lamp.near(x, y, half)
    for held in holdings:
        if held.who == one.name and held.thing == lamp.thing.name:
            late, frames = clock.frames(_LATE), np.arange(len(near))
            later = near[np.clip(frames - late, 0, None)]
            near = np.where((frames >= held.since) & (frames < held.until + late), later, near)
    return near


def reaching_thing(thing: Thing, lamp: Shining, where: Whereabouts) -> Array | None:
    """How much of a lamp's light comes to a thing; None to what none falls on."""
    if thing.kind in AIRY or thing.model.screen:
        return None
    left, top, right, bottom = where.box(thing)
    size = max(thing.scale.last, 0.0)
    x, y = where.point(thing.name, "middle")
    return lamp.near(x, y, ((right - left) / 2 * size, (bottom - top) / 2 * size))


def glow(lamp: Shining, length: int) -> Layer:
    """The glow of something that gives light, as a layer before it."""
    model = lamp.thing.model
    content = WidgetContent("glow", settings({"radius": round(lamp.reach * _GLOW, 1), "colour": lamp.light.colour}))
    moves = (
        ("x", baked(np.round(lamp.x, 1))),
        ("y", baked(np.round(lamp.y, 1))),
        (SHINING, baked(np.round(lamp.level * 32) / 32)),
        *((name, 1.0) for name in ("saturation", "light.red", "light.green", "light.blue")),
        ("tint", 0.0),
        ("warmth", 0.0),
    )
    return Layer(
        f"{lamp.thing.name} glow", content, 0, length, moves, plane=model.plane, order=model.order + _OVER, kind="air"
    )
