"""The tiles that break this look's paint: tooth of paper, skin, bristles, and a partly ragged edge."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from storyreel.stage.textures import Tile
from storyreel.stage.tiles import grain

_SIZE = 512
GRAIN, SKIN, STREAK, EDGE, FLECKS = (f"storybook/{name}" for name in ("grain", "skin", "streak", "edge", "flecks"))

TILES: Mapping[str, Tile] = {
    GRAIN: partial(grain, (1, 2, 2, 4, 8, 32), 11, _SIZE),
    SKIN: partial(grain, (1, 1, 2), 12, _SIZE),
    STREAK: partial(grain, (2, 4, 1), 13, _SIZE, 16),
    EDGE: partial(grain, (1, 2, 8, 32, 64), 14, _SIZE),
    FLECKS: partial(grain, (1, 2, 2, 8, 64), 15, _SIZE),
}
"""By name; each repeats without a seam after 512 pixels."""
