"""What draws in `storybook`."""

from __future__ import annotations

from collections.abc import Mapping

from storyreel.looks.storybook.captions import caption
from storyreel.looks.storybook.hillside import LISTENERS
from storyreel.looks.storybook.lettering import BARE, LOOSE, TITLE
from storyreel.looks.storybook.page import GROUND, OPENING, SIGNATURE, TAG
from storyreel.looks.storybook.scraps import HEAP, SCRAP
from storyreel.looks.storybook.tiles import TILES
from storyreel.looks.storybook.transitions import draw as transition
from storyreel.looks.storybook.treatment import TREATMENT
from storyreel.treatment.widget import Widget

__all__ = ["TILES", "TREATMENT", "WIDGETS", "caption", "transition"]

WIDGETS: Mapping[str, Widget] = {
    "ground": GROUND,
    "letter": LOOSE,
    "listeners": LISTENERS,
    "opening": OPENING,
    "pile": HEAP,
    "sheet": SCRAP,
    "signature": SIGNATURE,
    "tag": TAG,
    "title": TITLE,
    "words": BARE,
}
"""What this look draws by itself, over the neutral ones."""
