"""Narration boxes: hand-cut yellow paper with red dots, a block of ink under it; papers in a hand stay papers."""

from __future__ import annotations

from functools import lru_cache

from storyreel.looks.comic.palette import INK, RED, YELLOW
from storyreel.puppet.model import Command, Node, Shape
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import text
from storyreel.widgets.lettered import Sort, lettering, reach, there, whole, written
from storyreel.widgets.outlines import Outline, placing
from storyreel.widgets.pieces import NOTHING, filled, group, grown, inked
from storyreel.widgets.written import NOTE, WORDS, note, note_size, note_sort, sort_of, words

_BLOCK = (9.0, 11.0)
"""Where the ink under a box lies: right, down."""
_TURN, _CUT = -1.4, 7.0
"""Degrees that a box leans by, and how far its corners are off."""
_LARGER = 1.35
"""By how much its letters may be larger than a paper's."""
_LEAST, _AIR = 24.0, 40.0
"""The smallest type in a box, and how much of its height is left free."""
_MARGIN = 17.0
"""Paper above and below the letters; beside them it is twice that."""
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


@lru_cache(maxsize=64)
def _sort(said: str, own: Sort, tall: float, kit: Kit) -> Sort:
    """The largest type in which all rows lie on a box that is so tall."""
    size = own.size * _LARGER
    while True:
        sort = Sort("label", size, own.width, own.most)
        set_in = lettering(said, sort, kit)
        rows_at = [letter.y for letter in set_in.letters] or [0.0]
        if size <= _LEAST or max(rows_at) - min(rows_at) + set_in.size * 1.05 <= tall - _AIR:
            return sort
        size *= 0.96


def _round(said: str, sort: Sort, size: tuple[float, float], kit: Kit) -> Box:
    """The box that all letters need, within the one they are given: it is whole before the first of them is read."""
    half, tall = size[0] / 2, size[1] / 2
    if not said.strip():
        return (-half, -tall, half, tall)
    set_in = lettering(said, sort, kit)
    left, top, right, foot = reach(set_in.upto(len(set_in.letters)), _MARGIN)
    return (
        round(max(left - _MARGIN, -half)),
        round(max(top, -tall)),
        round(min(right + _MARGIN, half)),
        round(min(foot, tall)),
    )


def _note(settings: Settings, values: Values, kit: Kit) -> Node:
    """What is written in somebody's hand is a paper; everything else is a narration box."""
    if text(settings, "handwriting") or text(settings, "back"):
        return note(settings, values, kit)
    appear = values.get("appear", 1.0)
    if appear <= 0.01:
        return NOTHING
    width, height = note_size(settings)
    said = text(settings, "text")
    sort = _sort(said, note_sort(settings), height, kit)
    count = whole(said, sort, there(said, sort, values.get("left", 0.0), kit), kit)
    left, top, right, foot = _round(said, sort, (width, height), kit)
    paper = group(
        narration(right - left, foot - top, (text(settings, "colour") or YELLOW).upper(), 1.0, kit),
        transform=placing((left + right) / 2, (top + foot) / 2),
    )
    letters = NOTHING if settings.get("bare") is True else written(said, sort, kit, kit.colour("ink"), count)
    return grown(group(paper, letters, transform=placing(0, 0, 1.0, _TURN)), appear, kit)


BOX = Widget(shapes=_note, bounds=NOTE.bounds, values=NOTE.values, size=NOTE.size)


def _words(settings: Settings, values: Values, kit: Kit) -> Node:
    """Words that are things come whole, as all words do."""
    said, sort = text(settings, "text"), sort_of(settings)
    count = there(said, sort, values.get("left", 0.0), kit)
    missing = len(lettering(said, sort, kit).letters) - whole(said, sort, count, kit) if said.strip() else 0
    return words(settings, {**values, "left": float(missing)}, kit)


PRINTED = Widget(shapes=_words, bounds=WORDS.bounds, values=WORDS.values, size=WORDS.size)
