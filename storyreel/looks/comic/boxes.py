"""Narration boxes: hand-cut yellow paper with red dots, a block of ink under it; papers in a hand stay papers."""

from __future__ import annotations

from functools import lru_cache

from storyreel.looks.comic.palette import INK, RED, YELLOW
from storyreel.puppet.model import Command, Node, Shape
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Settings, Values, Widget
from storyreel.widgets.given import text
from storyreel.widgets.lettered import Sort, there, written
from storyreel.widgets.outlines import Outline, placing
from storyreel.widgets.pieces import NOTHING, filled, group, grown, inked
from storyreel.widgets.written import NOTE, note, note_size, note_sort

_BLOCK = (9.0, 11.0)
"""Where the ink under a box lies: right, down."""
_TURN, _CUT = -1.4, 7.0
"""Degrees that a box leans by, and how far its corners are off."""
_LARGER = 1.35
"""By how much its letters may be larger than a paper's."""
_DOTS = "0 0.26"


@lru_cache(maxsize=32)
def box_outline(width: float, height: float, lean: float = 1.0) -> Outline:
    """A box about (0, 0) that was cut by hand."""
    x, y, off = width / 2, height / 2, _CUT * lean
    corners = ((-x, -y + off), (x + off, -y), (x, y - off), (-x - off, y))
    commands: list[Command] = [("M", corners[0]), *(("L", corner) for corner in corners[1:]), ("Z", ())]
    return tuple(commands)


@lru_cache(maxsize=32)
def narration(width: float, height: float, colour: str, lean: float, kit: Kit) -> Node:
    """A box's paper with its ink."""
    path = box_outline(width, height, lean)
    shade = Node(shape=Shape(path, fill=RED, role="shade", notes=(("tone", _DOTS),)))
    under = group(filled(path, INK, "ink"), transform=placing(*_BLOCK))
    return group(under, inked(path, colour, kit, 0.9), *((shade,) if colour == YELLOW else ()))


def _sort(settings: Settings) -> Sort:
    own = note_sort(settings)
    return Sort("label", own.size * _LARGER, own.width, own.most)


def _note(settings: Settings, values: Values, kit: Kit) -> Node:
    """What is written in somebody's hand is a paper; everything else is a narration box."""
    if text(settings, "handwriting") or text(settings, "back"):
        return note(settings, values, kit)
    appear = values.get("appear", 1.0)
    if appear <= 0.01:
        return NOTHING
    width, height = note_size(settings)
    said, sort = text(settings, "text"), _sort(settings)
    count = there(said, sort, values.get("left", 0.0), kit)
    paper = narration(width, height, (text(settings, "colour") or YELLOW).upper(), 1.0, kit)
    letters = NOTHING if settings.get("bare") is True else written(said, sort, kit, kit.colour("ink"), count)
    return grown(group(paper, letters, transform=placing(0, 0, 1.0, _TURN)), appear, kit)


BOX = Widget(shapes=_note, bounds=NOTE.bounds, values=NOTE.values, size=NOTE.size)
