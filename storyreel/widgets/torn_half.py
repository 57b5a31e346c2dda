"""One half of a torn sheet, lying on what came to light under it."""

from __future__ import annotations

from functools import lru_cache

import skia

from storyreel.stage.paints import fill
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number, text
from storyreel.widgets.sheets import lip, torn_edge_of

_FAR = 40.0
"""How far beyond the sheet its outer sides are taken."""
_CORE, _SHADOW = "#FFFDF7", "#2B2B30"


def _size(settings: Settings) -> tuple[float, float]:
    return number(settings, "width", 1080.0), number(settings, "height", 1920.0)


@lru_cache(maxsize=8)
def _area(size: tuple[float, float], seed: int, left: bool, bare: bool) -> skia.Path:
    """The half about the sheet's middle: its face, or with the bare paper along the tear."""
    edge = torn_edge_of(size, seed)
    if bare:
        edge = tuple((over, along) for along, over in lip([(y, x) for x, y in edge], -1 if left else 1, seed))
    outer = -_FAR if left else size[0] + _FAR
    path = skia.Path()
    places = [skia.Point(*at) for at in ((outer, -_FAR), *edge, (edge[-1][0], size[1] + _FAR), (outer, size[1] + _FAR))]
    path.addPoly([places[0], skia.Point(edge[0][0], -_FAR), *places[1:]], True)
    path.offset(-size[0] / 2, -size[1] / 2)
    return path


def _half(settings: Settings, bare: bool) -> skia.Path:
    return _area(_size(settings), int(number(settings, "seed", 0.0)), text(settings, "side") != "right", bare)


def _behind(canvas: skia.Canvas, settings: Settings, values: Values) -> None:
    """Its shadow, and the bare paper that the tear has laid open."""
    paper, side = _half(settings, True), 1 if text(settings, "side") != "right" else -1
    for step in range(3):
        shadow = skia.Path(paper)
        shadow.offset(side * (5.0 + 8 * step), 7.0 + 9 * step)
        canvas.drawPath(shadow, fill(_SHADOW, 0.11))
    canvas.drawPath(paper, fill(_CORE))


def _outline(settings: Settings, values: Values) -> skia.Path:
    return _half(settings, False)


def _bounds(settings: Settings) -> Box:
    width, height = _size(settings)
    return (-width / 2 - 2 * _FAR, -height / 2 - 2 * _FAR, width / 2 + 2 * _FAR, height / 2 + 2 * _FAR)


TORN_HALF = Widget(_behind, _bounds, _outline)
