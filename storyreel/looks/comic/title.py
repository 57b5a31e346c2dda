"""The film's title as a masthead: it slaps onto the page, and is gone in as few drawings."""

from __future__ import annotations

from functools import lru_cache

from storyreel.looks.comic.masthead import lettered
from storyreel.looks.comic.palette import INK
from storyreel.puppet.model import Node
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import fitted
from storyreel.widgets.given import text
from storyreel.widgets.outlines import placing
from storyreel.widgets.pieces import NOTHING, group, label, rows
from storyreel.widgets.type import TITLE as NEUTRAL

_SIZE, _ROOM, _LEAD, _ROWS = 230.0, 780.0, 0.98, 3
_SUB, _SUB_ROOM = 46.0, 700.0
_TURN = -4.0
_SLAPS = ((0.34, 1.15, 3.0), (0.67, 0.96, -1.0))
"""Up to which share of its coming it is how large, and turned by how much more."""


@lru_cache(maxsize=16)
def _whole(said: str, sub: str, kit: Kit) -> Node:
    copy = fitted(said, "title", kit, _SIZE, _ROOM, _ROWS)
    lead, count = copy.size * _LEAD, len(copy.lines)
    first = -lead * (count - 1) / 2 + copy.size * 0.35
    letters = lettered(rows(copy, 0, first, lead, INK, 0.5))
    if not sub:
        return letters
    mark, _, tall = label(sub, "label", _SUB, kit.colour("accent"), kit, _SUB_ROOM, 2)
    return group(letters, group(mark, transform=placing(0, first + lead * (count - 1) + 50 + tall / 2)))


def _title(settings: Settings, values: Values, kit: Kit) -> Node:
    said, sub = text(settings, "text").strip(), text(settings, "sub").strip()
    appear, leave = values.get("appear", 1.0), values.get("leave", 0.0)
    if not said or appear <= 0.01 or leave >= 0.5:
        return NOTHING
    size, turn = next(((size, turn) for upto, size, turn in _SLAPS if appear < upto), (1.0, 0.0))
    return group(_whole(said, sub, kit), transform=placing(0, 0, size, _TURN + turn))


def _box(settings: Settings) -> Box:
    return (-700.0, -620.0, 700.0, 700.0)


TITLE = Widget(shapes=_title, bounds=_box, values=("appear", "leave"), size=NEUTRAL.size)
