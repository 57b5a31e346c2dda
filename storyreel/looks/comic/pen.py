"""What draws in `comic`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from storyreel.looks.comic.air import RAIN
from storyreel.looks.comic.balloons import BUBBLE
from storyreel.looks.comic.boxes import BOX, PRINTED
from storyreel.looks.comic.captions import caption
from storyreel.looks.comic.cover import MASTHEAD
from storyreel.looks.comic.panels import PANEL
from storyreel.looks.comic.reveal import GROUND, OPENING, SIGNATURE
from storyreel.looks.comic.title import TITLE
from storyreel.looks.comic.treatment import DOTS, TREATMENT
from storyreel.stage.textures import Tile
from storyreel.stage.tiles import dots
from storyreel.treatment.widget import Widget

__all__ = ["TILES", "TREATMENT", "WIDGETS", "caption"]

TILES: Mapping[str, Tile] = {DOTS: partial(dots, 8.485, (1, 1))}
"""One screen for the whole picture: two dots in a square of twelve pixels, at 45 degrees."""
WIDGETS: Mapping[str, Widget] = {
    "bubble": BUBBLE,
    "ground": GROUND,
    "masthead": MASTHEAD,
    "note": BOX,
    "opening": OPENING,
    "rain": RAIN,
    "signature": SIGNATURE,
    "title": TITLE,
    "window": PANEL,
    "words": PRINTED,
}
"""What this look draws by itself, over the neutral ones."""
