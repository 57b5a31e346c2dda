"""The kawaii look's pen: every widget by its kind, the captions, the transitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from storyreel.looks.kawaii.air import FOREGROUND, RAIN, RAYS, STARS, STREAKS
from storyreel.looks.kawaii.blocks import BLOCK, WALL
from storyreel.looks.kawaii.bursts import CONFETTI, HEARTS, PUFFS, SHOCK, SPARKLES
from storyreel.looks.kawaii.button import BUTTON
from storyreel.looks.kawaii.captions import caption
from storyreel.looks.kawaii.cloth import CLOTH
from storyreel.looks.kawaii.comments import BALLOON, COMMENT, TYPING
from storyreel.looks.kawaii.impact import IMPACT
from storyreel.looks.kawaii.iris import IRIS
from storyreel.looks.kawaii.labels import BADGE
from storyreel.looks.kawaii.listeners import LISTENERS
from storyreel.looks.kawaii.palette import FLOOR_SHADOW
from storyreel.looks.kawaii.panes import PANE, PHONE
from storyreel.looks.kawaii.reveal_card import CARD
from storyreel.looks.kawaii.signature import SIGNATURE
from storyreel.looks.kawaii.social import POST
from storyreel.looks.kawaii.switch import SWITCH
from storyreel.looks.kawaii.titles import TITLE
from storyreel.looks.kawaii.transitions import draw as transition
from storyreel.looks.kawaii.treatment import TREATMENT
from storyreel.treatment.widget import Widget
from storyreel.widgets.shadows import CONTACT_SHADOW, build_contact_shadow

__all__ = ["TREATMENT", "WIDGETS", "caption", "transition"]

WIDGETS: Mapping[str, Widget] = {
    "badge": BADGE,
    "balloon": BALLOON,
    "block": BLOCK,
    "button": BUTTON,
    "card": CARD,
    "comment": COMMENT,
    "confetti": CONFETTI,
    "contact-shadow": replace(CONTACT_SHADOW, shapes=partial(build_contact_shadow, colour=FLOOR_SHADOW)),
    "foreground": FOREGROUND,
    "ground": CLOTH,
    "hearts": HEARTS,
    "impact": IMPACT,
    "listeners": LISTENERS,
    "opening": IRIS,
    "pane": PANE,
    "phone": PHONE,
    "post": POST,
    "puffs": PUFFS,
    "rain": RAIN,
    "rays": RAYS,
    "shock": SHOCK,
    "signature": SIGNATURE,
    "sparkles": SPARKLES,
    "stars": STARS,
    "streaks": STREAKS,
    "switch": SWITCH,
    "title": TITLE,
    "typing": TYPING,
    "wall": WALL,
}
"""Everything that this look can draw, by the kind that an author writes."""
