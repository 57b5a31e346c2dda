"""Words that stand in the picture where they are said: as far as they have been written, each where it will stand."""

from __future__ import annotations

from storyreel.puppet.model import Node
from storyreel.text.direction import base_level
from storyreel.text.shape import ShapedLine, shape
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import faces, fitted
from storyreel.widgets.given import number, text
from storyreel.widgets.outlines import placing
from storyreel.widgets.pieces import NOTHING, group, haloed

_SIZE, _LEAD, _HALO = 60.0, 1.15, 14.0
_ROWS = 4


def writing(settings: Settings, values: Values, kit: Kit) -> Node:
    """The first `letters` of the words, spaces not counted; paper lies round them, to be read on anything."""
    left, width = round(values.get("letters", 0.0)), number(settings, "width", 500)
    if left <= 0:
        return NOTHING
    copy = fitted(text(settings, "text"), "body", kit, _SIZE, width, _ROWS)
    parts = []
    for index, line in enumerate(copy.lines):
        shown, count = "", 0
        for sign in line.text:
            if count >= left and not sign.isspace():
                break
            shown, count = shown + sign, count + (not sign.isspace())
        left -= count
        if shown.strip():
            y = copy.size * _LEAD * (index - (len(copy.lines) - 1) / 2)
            x = _begun(line, shown.strip(), kit)
            parts.append(group(haloed(shown.strip(), "body", copy.size, kit, _HALO), transform=placing(x, y)))
    return group(*parts)


def _begun(line: ShapedLine, shown: str, kit: Kit) -> float:
    """Where the middle of a row's beginning lies, the whole row being about 0: nothing moves while it is written."""
    over = (line.width - shape(shown, faces(kit, "body"), line.size).width) / 2
    return over if base_level(line.text, "") else -over


def _room(settings: Settings) -> Box:
    wide = number(settings, "width", 500) / 2 + 60
    tall = _SIZE * _LEAD * _ROWS
    return (-wide, -tall, wide, tall)


WRITING = Widget(shapes=writing, bounds=_room, values=("letters",))
