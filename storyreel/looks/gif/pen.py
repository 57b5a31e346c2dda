"""What draws in `gif`."""

from __future__ import annotations

from collections.abc import Mapping

from storyreel.looks.gif.captions import caption
from storyreel.looks.gif.card import CARD, SIGNATURE, TAG
from storyreel.looks.gif.cutout import CUTOUT
from storyreel.looks.gif.finish import FINISH
from storyreel.looks.gif.reveal import GROUND, OPENING
from storyreel.looks.gif.shadow import CONTACT_SHADOW
from storyreel.looks.gif.title import TITLE
from storyreel.looks.gif.transitions import draw as transition
from storyreel.looks.gif.treatment import TREATMENT
from storyreel.treatment.widget import Widget

__all__ = ["CUTOUT", "FINISH", "TREATMENT", "WIDGETS", "caption", "transition"]

WIDGETS: Mapping[str, Widget] = {
    "card": CARD,
    "contact-shadow": CONTACT_SHADOW,
    "ground": GROUND,
    "opening": OPENING,
    "signature": SIGNATURE,
    "tag": TAG,
    "title": TITLE,
}
"""What this look draws by itself, over the neutral ones."""
