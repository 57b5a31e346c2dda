"""What draws in `cel`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from storyreel.looks.cel import LOOK
from storyreel.looks.cel.air import DUST, RAIN
from storyreel.looks.cel.captions import caption
from storyreel.looks.cel.card import CARD, SIGNATURE, TAG
from storyreel.looks.cel.frames import WINDOW
from storyreel.looks.cel.palette import CREAM, MIDNIGHT
from storyreel.looks.cel.reveal import GROUND, OPENING
from storyreel.looks.cel.title import TITLE
from storyreel.looks.cel.transitions import draw as transition
from storyreel.looks.cel.treatment import TREATMENT
from storyreel.puppet.model import Node
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Settings, Values, Widget
from storyreel.widgets import NEUTRAL

__all__ = ["TREATMENT", "WIDGETS", "caption", "transition"]

_AT_NIGHT = replace(LOOK.kit, colours={**LOOK.kit.colours, "ink": CREAM, "paper": MIDNIGHT})
"""What bare words are drawn with: they are light, whatever they hang before."""


def _bare(kind: str) -> Widget:
    def lit(settings: Settings, values: Values, kit: Kit) -> Node:
        shapes = NEUTRAL[kind].shapes
        assert shapes is not None
        return shapes(settings, values, _AT_NIGHT)

    return replace(NEUTRAL[kind], shapes=lit)


WIDGETS: Mapping[str, Widget] = {
    "card": CARD,
    "ground": GROUND,
    "letter": _bare("letter"),
    "opening": OPENING,
    "rain": RAIN,
    "signature": SIGNATURE,
    "stars": DUST,
    "tag": TAG,
    "title": TITLE,
    "window": WINDOW,
    "words": _bare("words"),
}
"""What this look draws by itself, over the neutral ones."""
