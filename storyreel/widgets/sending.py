"""The key at which a screen sends: a disc with an arrow, which goes down as it is pressed."""

from __future__ import annotations

from functools import lru_cache

from storyreel.puppet.model import Node
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Settings, Values
from storyreel.widgets.given import number
from storyreel.widgets.outlines import Outline, disc, placing, polygon
from storyreel.widgets.pieces import NOTHING, filled, group, inked, letters_on

PRESSED = "send"
"""The value of a screen that sends: how far its key is down."""
_PLACE = (0.3, 0.4)
"""Where its middle is, in shares of the screen's width and height."""
_RADIUS, _SUNK, _STEPS = 0.085, 0.2, 12


def key_place(width: float, height: float) -> tuple[float, float]:
    """Where the key is on a screen, about its middle."""
    return _PLACE[0] * width, _PLACE[1] * height


def key_outlines(width: float) -> tuple[Outline, Outline]:
    """The disc and the arrow on it, about the key's middle."""
    radius = _RADIUS * width
    arrow = ((-0.45, -0.5), (0.62, 0.0), (-0.45, 0.5), (-0.2, 0.0))
    return disc(0, 0, radius), polygon([(x * radius, y * radius) for x, y in arrow])


def key_size(values: Values) -> float:
    """How large the key is as it stands just now: what is pressed is smaller."""
    return 1 - _SUNK * round(min(1.0, max(0.0, values.get(PRESSED, 0.0))) * _STEPS) / _STEPS


def sends(settings: Settings) -> bool:
    """Whether a screen sends."""
    return number(settings, PRESSED, 0.0) > 0


def send_key(settings: Settings, values: Values, width: float, height: float, kit: Kit) -> Node:
    """The key on a screen that sends; nothing on any other."""
    if not sends(settings):
        return NOTHING
    return group(_key(width, kit), transform=placing(*key_place(width, height), key_size(values)))


@lru_cache(maxsize=16)
def _key(width: float, kit: Kit) -> Node:
    plate, arrow = key_outlines(width)
    colour = kit.colour("accent")
    return group(inked(plate, colour, kit, 0.8), filled(arrow, letters_on(colour, kit), "letter"))
