"""Neutral drawings of every kind of thing, as shapes with roles."""

from __future__ import annotations

from collections.abc import Mapping

from storyreel.treatment.widget import Widget
from storyreel.widgets.air import FOREGROUND, RAIN, RAYS, STARS, STREAKS
from storyreel.widgets.blocks import BLOCK, WALL
from storyreel.widgets.bubbles import BUBBLE
from storyreel.widgets.bursts import CONFETTI, HEARTS, PUFFS, SHOCK, SPARKLES
from storyreel.widgets.cards import BADGE, BALLOON, COMMENT, TYPING
from storyreel.widgets.door import DOOR
from storyreel.widgets.frames import OPENING, PANE, PHONE
from storyreel.widgets.lamp import GLOW, LAMP
from storyreel.widgets.posts import POST
from storyreel.widgets.reveal import CARD, GROUND
from storyreel.widgets.shadows import CONTACT_SHADOW
from storyreel.widgets.signature import SIGNATURE, TAG
from storyreel.widgets.sky import SKY
from storyreel.widgets.strung import METER, PILE, SHEET_OF_PAPER, THREAD
from storyreel.widgets.torn_half import TORN_HALF
from storyreel.widgets.toys import BUTTON, SWITCH
from storyreel.widgets.type import IMPACT, TITLE
from storyreel.widgets.windows import BARS, WINDOW
from storyreel.widgets.writing import WRITING
from storyreel.widgets.written import FIELD, LETTER, NOTE, SHARD, WORDS

__all__ = ["NEUTRAL"]

NEUTRAL: Mapping[str, Widget] = {
    "badge": BADGE,
    "balloon": BALLOON,
    "bars": BARS,
    "block": BLOCK,
    "bubble": BUBBLE,
    "button": BUTTON,
    "card": CARD,
    "comment": COMMENT,
    "confetti": CONFETTI,
    "contact-shadow": CONTACT_SHADOW,
    "door": DOOR,
    "field": FIELD,
    "foreground": FOREGROUND,
    "glow": GLOW,
    "ground": GROUND,
    "hearts": HEARTS,
    "impact": IMPACT,
    "letter": LETTER,
    "meter": METER,
    "note": NOTE,
    "lamp": LAMP,
    "opening": OPENING,
    "pane": PANE,
    "phone": PHONE,
    "pile": PILE,
    "post": POST,
    "puffs": PUFFS,
    "rain": RAIN,
    "rays": RAYS,
    "shard": SHARD,
    "sheet": SHEET_OF_PAPER,
    "shock": SHOCK,
    "signature": SIGNATURE,
    "sky": SKY,
    "sparkles": SPARKLES,
    "stars": STARS,
    "streaks": STREAKS,
    "switch": SWITCH,
    "tag": TAG,
    "thread": THREAD,
    "title": TITLE,
    "torn-half": TORN_HALF,
    "typing": TYPING,
    "wall": WALL,
    "window": WINDOW,
    "words": WORDS,
    "writing": WRITING,
}
"""Every kind that is drawn in any look, by the name that authors write."""
