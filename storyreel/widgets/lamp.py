"""A lamp, and the light that anything gives: a glow that is laid over the picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import skia

from storyreel.puppet.model import Node
from storyreel.puppet.outline import ellipse_commands
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number, text
from storyreel.widgets.outlines import box, disc, polygon
from storyreel.widgets.pieces import group, lined
from storyreel.widgets.solids import solid

_WIDE, _HIGH = 250.0, 430.0
_STEPS = 16
"""How bright it is, in steps: each is drawn once."""
_ALPHA = 0.8
_FALLS = ((0.0, 1.0), (0.22, 0.62), (0.5, 0.24), (0.78, 0.06), (1.0, 0.0))
"""How much of a glow is left so far from its middle."""


def build(settings: Settings, values: Values, kit: Kit) -> Node:
    """The lamp about its middle; `light` is how bright it is, from 0 to 1."""
    step = round(min(max(values.get("light", 0.0), 0.0), 1.0) * _STEPS)
    return _lamp(bool(settings.get("hangs", False)), text(settings, "colour", kit.colour("accent")), step, kit)


@lru_cache(maxsize=64)
def _lamp(hangs: bool, colour: str, step: int, kit: Kit) -> Node:
    ink, soft, paper = (kit.colour(use) for use in ("ink", "soft", "paper"))
    lit = mixed(mixed(mixed(soft, ink, 0.25), colour, 0.25), mixed(colour, paper, 0.45), step / _STEPS)
    bulb = mixed(mixed(soft, ink, 0.1), paper, step / _STEPS)
    metal = mixed(soft, ink, 0.4)
    if hangs:
        shade = polygon(((-44, -70), (44, -70), (120, 70), (-120, 70)))
        return group(
            lined(polygon(((0, -900), (0, -70)), closed=False), ink, kit.line * 0.9),
            lined(polygon(((52, 70), (52, 176)), closed=False), ink, kit.line * 0.6),
            *solid(disc(52, 186, 13), metal, kit, kit.line * 0.7),
            *solid(disc(0, 78, 34), bulb, kit, kit.line * 0.8),
            *solid(shade, lit, kit, kit.line, 14),
        )
    shade = polygon(((-66, -215), (66, -215), (122, -40), (-122, -40)))
    return group(
        *solid(box(-9, -50, 18, 236, 6), metal, kit, kit.line * 0.8),
        *solid(ellipse_commands(0, 192, 92, 26), metal, kit, kit.line, 8),
        *solid(disc(0, -34, 32), bulb, kit, kit.line * 0.8),
        *solid(shade, lit, kit, kit.line, 14),
        *solid(disc(0, 90, 17), mixed(colour, ink, 0.1), kit, kit.line * 0.7),
    )


def _bounds(settings: Settings) -> Box:
    top = -920.0 if settings.get("hangs") else -_HIGH / 2 - 20
    return (-_WIDE / 2 - 20, top, _WIDE / 2 + 20, _HIGH / 2 + 20)


def draw_glow(canvas: skia.Canvas, settings: Settings, values: Values) -> None:
    """A glow about (0, 0), as far as `radius`; `light` is how bright it is."""
    radius, colour = number(settings, "radius", 300.0), int(text(settings, "colour", "#FFD590").removeprefix("#"), 16)
    light = min(max(values.get("light", 0.0), 0.0), 1.0)
    if light <= 0:
        return
    # Its rim is deeper than its middle, as of a lamp in mist.
    levels = [(colour >> shift & 0xFF) / 255 for shift in (16, 8, 0)]
    colours = [_argb([level ** (1 + 1.2 * at) for level in levels], _ALPHA * light * left) for at, left in _FALLS]
    shader = skia.GradientShader.MakeRadial(skia.Point(0, 0), radius, colours, [at for at, _ in _FALLS])
    canvas.drawCircle(0, 0, radius, skia.Paint(Shader=shader))


def _argb(levels: Sequence[float], opacity: float) -> int:
    """A colour as Skia takes it, of levels from 0 to 1."""
    return sum(round(255 * level) << shift for level, shift in zip((opacity, *levels), (24, 16, 8, 0), strict=True))


def _glow_bounds(settings: Settings) -> Box:
    radius = number(settings, "radius", 300.0)
    return (-radius, -radius, radius, radius)


LAMP = Widget(shapes=build, bounds=_bounds, values=("light",), size=lambda settings: (_WIDE, _HIGH))
GLOW = Widget(draw=draw_glow, bounds=_glow_bounds, values=("light",), blend="screen")
