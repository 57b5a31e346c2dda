"""The reveal: a cover for somebody cut out; a photograph lies on rays of rain's own cyan, the name as a masthead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import skia

from storyreel.looks.comic import cover
from storyreel.looks.comic.masthead import lettered
from storyreel.looks.comic.palette import INK, RED, WHITE
from storyreel.puppet.model import Node
from storyreel.stage.ink import to_path
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets import signature
from storyreel.widgets.copyfit import fitted
from storyreel.widgets.given import number
from storyreel.widgets.outlines import placing, polygon
from storyreel.widgets.pieces import NOTHING, filled, group, rows, word
from storyreel.widgets.signature import Block, Sheet, begun, sheet_of

_NAME, _NAME_ROOM = 170.0, 0.8
"""How large a name is at most, and which share of the card's width it may take."""


def _size(settings: Settings) -> tuple[float, float]:
    return number(settings, "width", 1080), number(settings, "height", 1920)


def _ground(settings: Settings, values: Values, kit: Kit) -> Node:
    """Rays of rain's own cyan, their upper left corner at (0, 0), which turn by `t`."""
    return cover.backdrop(*_size(settings), values.get("t", 0.0))


def _half(settings: Settings, values: Values) -> tuple[float, float]:
    """Half the width and the height of what the portrait is seen through."""
    radius, opened = number(settings, "radius", 560.0), max(values.get("open", 1.0), 0.0)
    return radius * 1.1 * opened, radius * 1.12 * opened


def _opening(settings: Settings, values: Values, kit: Kit) -> Node:
    return NOTHING


def _front(settings: Settings, values: Values, kit: Kit) -> Node:
    return cover.water(settings, values, kit) if settings.get("cut") is True else NOTHING


def _seen(settings: Settings, values: Values) -> skia.Path:
    """A picture on paper: nothing is drawn round her."""
    x, y = _half(settings, values)
    lean = 5.0 * min(max(values.get("settle", 0.0), 0.0), 1.0)
    return to_path(polygon(((-x, -y + lean), (x, -y - lean), (x - lean, y), (-x + lean, y + lean))))


def _opening_box(settings: Settings) -> Box:
    reach = number(settings, "radius", 560.0) * 1.3 * max(number(settings, "widest", 1.0), 1.0)
    return (-reach, -reach, reach, reach)


OPENING = Widget(
    shapes=_opening,
    bounds=_opening_box,
    outline=_seen,
    front=Widget(shapes=_front, values=("open", "settle", "t")),
    values=("open", "settle", "t"),
)
GROUND = Widget(shapes=_ground, bounds=lambda settings: cover.spread(*_size(settings)), values=("t",))


@lru_cache(maxsize=4)
def _plain(kit: Kit) -> Kit:
    """A kit whose titles are set in running type, in which capitals can be told from small letters."""
    return replace(kit, faces={**kit.faces, "title": kit.faces["body"]})


@lru_cache(maxsize=8)
def _named(sheet: Sheet, kit: Kit) -> Block:
    """The name in the type of a masthead, where the card has it."""
    said = " ".join(line.text for line in sheet.name.copy.lines)
    copy = fitted(said, "title", kit, _NAME, sheet.wide * _NAME_ROOM, 1) if said else sheet.name.copy
    return sheet.name._replace(copy=copy)


@lru_cache(maxsize=16)
def _name(block: Block, kit: Kit) -> Node:
    return lettered(rows(block.copy, 0, block.first, block.lead, INK, 0.5))


@lru_cache(maxsize=8)
def _handle(block: Block, kit: Kit) -> Node:
    """The handle in paper on a strip of ink, red under it."""
    if not block.copy.lines:
        return NOTHING
    size, wide = block.copy.size, block.copy.width + block.copy.size * 1.1
    middle = block.first - 0.3 * size
    x, y = wide / 2, size * 0.72
    strip = polygon(((-x, -y + 3), (x + 5, -y), (x, y), (-x - 5, y - 4)))
    under = group(filled(strip, RED), transform=placing(6, middle + 8))
    over = group(filled(strip, INK, "ink"), transform=placing(0, middle))
    return group(under, over, *rows(block.copy, 0, block.first, block.lead, WHITE, 0.5))


@lru_cache(maxsize=8)
def _hashtag(block: Block, kit: Kit) -> Node:
    return group(*rows(block.copy, 0, block.first, block.lead, RED, 0.5))


def _coming(node: Node, shown: float) -> Node:
    """What comes is there at once."""
    return node if shown > 0.5 else NOTHING


def _signature(settings: Settings, values: Values, kit: Kit) -> Node:
    """Everything about (0, 0), one thing after another, without a pop."""
    if settings.get("cut") is True:
        return cover.signature(settings, values, kit)
    sheet = sheet_of(settings, _plain(kit))
    name, handle, hashtag, closing = (values.get(one, 1.0) for one in ("name", "handle", "hashtag", "closing"))
    letters = values.get("letters", 999.0)
    return group(
        _coming(group(*rows(sheet.closing.copy, 0, sheet.closing.first, sheet.closing.lead, INK, 0.5)), closing),
        _coming(_name(_named(sheet, kit), kit), name),
        _coming(_handle(sheet.handle, kit), handle),
        group(*(word(line, x, y, INK, 0.0) for line, x, y in begun(sheet.message, letters, _plain(kit)))),
        _coming(_hashtag(sheet.hashtag, kit), hashtag),
    )


def _room(settings: Settings) -> Box:
    left, top, right, foot = signature.room(settings)
    if settings.get("cut") is True:
        foot = max(foot, cover.guest_place(settings)[3])
    return (left - 120, top - 60, right + 60, foot + 60)


def _places(settings: Settings, kit: Kit) -> Mapping[str, Box]:
    if settings.get("cut") is True:
        return {"guest": cover.guest_place(settings)}
    return signature.places(settings, kit)


SIGNATURE = Widget(shapes=_signature, bounds=_room, values=signature.VALUES, places=_places)
