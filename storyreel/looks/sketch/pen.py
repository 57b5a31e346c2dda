"""What draws in `sketch`."""

from __future__ import annotations

from collections.abc import Mapping

from storyreel.looks.sketch.captions import caption
from storyreel.looks.sketch.card import CARD
from storyreel.looks.sketch.reveal import GROUND, OPENING, TAG
from storyreel.looks.sketch.signature import SIGNATURE
from storyreel.looks.sketch.title import TITLE
from storyreel.looks.sketch.transitions import draw as transition
from storyreel.looks.sketch.treatment import TREATMENT
from storyreel.treatment.tooth import Tooth
from storyreel.treatment.widget import Widget

FINISH = Tooth()
__all__ = ["FINISH", "TREATMENT", "WIDGETS", "caption", "transition"]

WIDGETS: Mapping[str, Widget] = {
    "card": CARD,
    "ground": GROUND,
    "opening": OPENING,
    "signature": SIGNATURE,
    "tag": TAG,
    "title": TITLE,
}
"""What this look draws by itself, over the neutral ones."""
