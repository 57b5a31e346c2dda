"""The end of a reveal set flush left, as a letter is written: the handle beside the name, a guest at the right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings
from storyreel.widgets.copyfit import fitted
from storyreel.widgets.given import number, text
from storyreel.widgets.signature import Block

_NAME, _HANDLE, _MESSAGE, _HASHTAG, _CLOSING = 138.0, 54.0, 112.0, 62.0, 38.0
_LEAST = 36.0
"""The smallest that the closing sentence is set."""
_AIR = (0.22, 0.5, 0.72)
"""What is free below name, message and hashtag, each in its own size."""
BESIDE = 40.0
"""From a name to the handle beside it."""
_INSET = 6.0
_APART = 24.0
"""From the end of a closing sentence to who stands beside it."""


class Card(NamedTuple):
    """What is written, from the left edge of its room on, and the room beside the hashtag for a guest."""

    left: float
    top: float
    tall: float
    name: Block
    handle: Block
    message: Block
    hashtag: Block
    closing: Block
    guest: Box


@lru_cache(maxsize=8)
def _card(said: tuple[str, ...], wide: float, tall: float, guest: tuple[float, float], low: bool, kit: Kit) -> Card:
    """Everything in a room of a size about (0, 0), as large as fits: the handle beside the name, the closing last."""
    beside = guest[0] + _APART if low and guest[0] else 0.0
    across, top = wide - 2 * _INSET, -tall / 2
    for step in range(24):
        size = 0.96**step
        name = fitted(said[0], "title", kit, _NAME * size, across * 0.7, 1)
        handle = fitted(said[1], "body", kit, _HANDLE * size, max(across - name.width - BESIDE, 120.0), 1)
        message = fitted(said[2], "title", kit, _MESSAGE * size, across - 30, 3)
        hashtag = fitted(said[3], "body", kit, _HASHTAG * size, across - guest[0] - 90, 1)
        closing = fitted(said[4], "label", kit, max(_CLOSING * size, _LEAST), across - beside, 4)
        y, at = top + 0.88 * name.size, []
        for copy, lead, air, follows in (
            (name, 1.0, _AIR[0], message.size * 0.86),
            (message, 1.06, _AIR[1], hashtag.size * 0.86),
            (hashtag, 1.0, _AIR[2], closing.size),
            (closing, 1.22, 0.5, 0.0),
        ):
            at.append(Block(copy, y, copy.size * lead))
            y += copy.size * (lead * max(len(copy.lines) - 1, 0) + air) * bool(copy.lines) + follows
        if y <= tall / 2:
            break
    foot = at[2].first + 0.4 * hashtag.size
    room = (across / 2 - guest[0], foot - guest[1], across / 2, foot)
    return Card(-across / 2, top, tall, at[0], Block(handle, at[0].first, 0.0), at[1], at[2], at[3], room)


def written(settings: Settings, kit: Kit, low: bool = False) -> Card:
    """The card that an author's words make, in the room it is given.

    Args:
        low: whether its guest stands so low that the closing sentence has to end before it.
    """
    order = text(settings, "order").split()
    words = ("name", "handle", "message", "hashtag", "closing")
    said = tuple(text(settings, one).strip() if not order or one in (*order, "closing") else "" for one in words)
    guest = (number(settings, "guest_width", 0.0), number(settings, "guest_height", 0.0))
    return _card(said, number(settings, "width", 800), number(settings, "height", 600), guest, low, kit)


def places(settings: Settings, kit: Kit) -> Mapping[str, Box]:
    """The room beside the hashtag, for a guest."""
    return {"guest": written(settings, kit).guest}
