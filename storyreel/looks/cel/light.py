"""Light that is drawn: a leaning bar of it, and the edge of a lit picture. Glows are baked strokes, never blurred."""

from __future__ import annotations

from typing import TypeAlias

import skia

from storyreel.looks.cel.palette import AMBER, CORE, CREAM
from storyreel.stage.paints import fill, stroke

Canvas: TypeAlias = skia.Canvas
Size = tuple[float, float]

LEAN = 240 / 1920
"""How far a bar leans over the picture's height, as a share of it."""
_GLOWS = ((230.0, AMBER, 0.05), (176.0, AMBER, 0.06), (130.0, AMBER, 0.08), (92.0, AMBER, 0.1), (62.0, AMBER, 0.14))
_NEAR = ((38.0, CREAM, 0.22), (24.0, CREAM, 0.5), (9.0, CORE, 1.0))
"""Widths of light, one over the other, with their colours and strengths; in stage units."""


def side(x: float, size: Size, right: bool) -> skia.Path:
    """All that lies on one side of a bar whose middle is at `x`."""
    width, height = size
    lean, far = LEAN * height / 2, (3 if right else -2) * width
    path = skia.Path()
    path.addPoly([skia.Point(*at) for at in ((x + lean, 0), (far, 0), (far, height), (x - lean, height))], True)
    return path


def bar(canvas: Canvas, x: float, size: Size) -> None:
    """A bar of light over the picture's height, leaning to the right, its middle at `x`."""
    height, reach = size[1], LEAN * size[1] / 2
    for wide, colour, alpha in (*_GLOWS, *_NEAR):
        half = wide / 2
        corners = ((x + reach - half, 0), (x + reach + half, 0), (x - reach + half, height), (x - reach - half, height))
        path = skia.Path()
        path.addPoly([skia.Point(*at) for at in corners], True)
        canvas.drawPath(path, fill(colour, alpha))


def edge(canvas: Canvas, path: skia.Path, unit: float = 1.0, strength: float = 1.0) -> None:
    """The lit edge of a picture, and the glow round it."""
    for wide, colour, alpha in (*_GLOWS, *_NEAR):
        if wide < 100:
            pen = stroke(colour, wide * unit, alpha * strength)
            pen.setStrokeJoin(skia.Paint.kMiter_Join)
            canvas.drawPath(path, pen)
