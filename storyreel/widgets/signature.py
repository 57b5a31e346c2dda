"""The end of a reveal: name with handle, the message as it is spoken, hashtag, the closing sentence; and a label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from storyreel.puppet.model import Node
from storyreel.text.shape import ShapedLine, shape
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import Copy, faces, fitted
from storyreel.widgets.given import number, text
from storyreel.widgets.outlines import about, placing
from storyreel.widgets.pieces import NOTHING, group, inked, letters_on, pale, rows, shadow, word

_NAME, _HANDLE, _MESSAGE, _HASHTAG, _CLOSING, _LABEL = 138.0, 46.0, 84.0, 48.0, 38.0, 22.0
_HALF = 0.62
"""How strong the portrait's label is."""
_RISE = 18.0
_GAPS = (0.1, 0.5, 0.44, 1.0, 0.0)
"""Air below each of them, in its own size."""
_AIR = 26.0
"""What more air there is between them, at most."""
_ASCENT, _SPARE = 0.74, 0.14
"""From a row's top to its baseline, and what a block is lower than its rows, in its size: nothing hangs below most."""
_MIDDLE = 0.31
"""How far over its baseline a row's middle is, in its size."""
_PAD, _HEAD, _FOOT = 40.0, 42.0, 32.0
"""From the card's edge to its words: at the sides, above, below."""
_WORDS = ("name", "handle", "message", "hashtag", "closing")
_BESIDE_GUEST, _BESIDE = 3, 26.0
"""The words that a guest stands beside, and how much is free between the two."""
_LEAST = 30.0
"""The smallest that the closing sentence is set."""


class Block(NamedTuple):
    """Words in place: their rows, the first one's baseline, and from one to the next."""

    copy: Copy
    first: float
    lead: float


class Sheet(NamedTuple):
    """The card about (0, 0), its words in place, and the room beside the hashtag that is left to a guest."""

    wide: float
    tall: float
    name: Block
    handle: Block
    message: Block
    hashtag: Block
    closing: Block
    guest: Box


class _Order(NamedTuple):
    """A card as it is ordered: which words stand where, in what room, and how large its guest is."""

    words: tuple[str, ...]
    order: tuple[str, ...]
    wide: float
    tall: float
    guest: tuple[float, float]


@lru_cache(maxsize=8)
def _sheet(given: _Order, kit: Kit) -> Sheet:
    """Everything in a box of a size about (0, 0): the closing sentence at its foot, the rest above, with air."""
    words, wide, tall = given.words, given.wide, given.tall
    across, down = wide - 2 * _PAD, tall - _HEAD - _FOOT
    beside = given.guest[0] and 2 * (given.guest[0] + _BESIDE)
    for step in range(24):
        size = 0.95**step
        made = [
            (fitted(said, role, kit, most * size, room, count), lead)
            for said, role, most, room, count, lead in (
                (words[0], "title", _NAME, across, 1, 1.0),
                (words[1], "body", _HANDLE, across, 1, 1.0),
                (words[2], "title", _MESSAGE, across, 3, 1.04),
                (words[3], "body", _HASHTAG, across - beside, 1, 1.0),
                (words[4], "label", max(_CLOSING * size, _LEAST) / size, across, 5, 1.25),
            )
        ]
        heights = [copy.size * (lead * len(copy.lines) - _SPARE) if copy.lines else 0.0 for copy, lead in made]
        gaps = [copy.size * gap if copy.lines else 0.0 for (copy, _), gap in zip(made, _GAPS, strict=True)]
        over = max(given.guest[1] - heights[3], 0.0)
        if sum(heights) + sum(gaps) + over <= down:
            break
    free = min(max(down - sum(heights) - sum(gaps) - over, 0.0) / 4, _AIR)
    tall = min(tall, sum(heights) + sum(gaps) + over + 4 * free + _HEAD + _FOOT)
    blocks: dict[int, Block] = {}
    y, foot = -tall / 2 + _HEAD, 0.0
    for index in _standing(given.order):
        (copy, lead), high = made[index], heights[index]
        y += over if index == _BESIDE_GUEST else 0.0
        blocks[index] = Block(copy, y + copy.size * _ASCENT, copy.size * lead)
        foot = y + high if index == _BESIDE_GUEST else foot
        y += high + gaps[index] + (free if blocks.keys() - {0} else 0.0)
    right, (broad, high) = across / 2, given.guest
    guest = (right - broad, foot - high, right, foot)
    return Sheet(wide, tall, blocks[0], blocks[1], blocks[2], blocks[3], blocks[4], guest)


def _standing(order: tuple[str, ...]) -> list[int]:
    """The words by their numbers, as they stand one below another: those in an order first, the closing one last."""
    named = [_WORDS.index(name) for name in order if name in _WORDS]
    return list(dict.fromkeys((*named, *range(len(_WORDS)))))


def sheet_of(settings: Settings, kit: Kit) -> Sheet:
    """The card that an author's words make, in the room it is given."""
    order = tuple(text(settings, "order").split())
    words = tuple(text(settings, one).strip() if not order or one in (*order, "closing") else "" for one in _WORDS)
    guest = (number(settings, "guest_width", 0.0), number(settings, "guest_height", 0.0))
    room = (number(settings, "width", 800), number(settings, "height", 600))
    return _sheet(_Order(words, order, *room, guest), kit)


def begun(block: Block, letters: float, kit: Kit) -> Iterator[tuple[ShapedLine, float, float]]:
    """Rows of a message as far as it has been spoken, and where each one's baseline begins."""
    left = round(letters)
    for index, line in enumerate(block.copy.lines):
        if left <= 0:
            break
        shown = line.text[:left]
        left -= len(line.text) + 1
        whole = len(shown) == len(line.text)
        row = line if whole else shape(shown.rstrip(), faces(kit, "title"), line.size)
        yield row, -line.width / 2, block.first + block.lead * index


def _set(block: Block, colour: str) -> Node:
    return group(*rows(block.copy, 0, block.first, block.lead, colour, 0.5))


@lru_cache(maxsize=8)
def _paper(wide: float, tall: float, kit: Kit) -> Node:
    edge = about(wide, tall, max(min(54.0, kit.corner * tall), 0.0))
    return group(shadow(edge, kit, 15), inked(edge, kit.colour("paper"), kit, 1.4))


@lru_cache(maxsize=8)
def _chip(block: Block, kit: Kit) -> Node:
    """The hashtag as a pill."""
    if not block.copy.lines:
        return NOTHING
    colour, size = pale(kit.colour("accent"), kit), block.copy.size
    pill = inked(about(block.copy.width + size * 1.3, size * 1.5, size * 0.75), colour, kit, 0.8)
    words = rows(block.copy, 0, block.first, block.lead, letters_on(colour, kit), 0.5)
    return group(group(pill, transform=placing(0, block.first - size * _MIDDLE)), *words)


def on_paper(values: Values) -> float:
    """How much of the card's paper is there: as much as of any of its words."""
    return min(max(values.get(name, 1.0) for name in ("closing", "name", "handle", "hashtag", "letters")), 1.0)


def _coming(node: Node, shown: float) -> Node:
    shown = min(shown, 1.0)
    return group(node, transform=placing(0, (1 - shown) * _RISE), opacity=shown) if shown > 0.004 else NOTHING


def signature(settings: Settings, values: Values, kit: Kit) -> Node:
    """The card about (0, 0): each of its words comes as its value goes to 1; of the message, so many letters."""
    ink, paper = kit.colour("ink"), kit.colour("paper")
    sheet = sheet_of(settings, kit)
    name, handle, hashtag, closing = (values.get(one, 1.0) for one in ("name", "handle", "hashtag", "closing"))
    spoken = begun(sheet.message, values.get("letters", 999.0), kit)
    return group(
        _coming(_paper(sheet.wide, sheet.tall, kit), on_paper(values)),
        _coming(_set(sheet.closing, ink), closing),
        _coming(_set(sheet.name, ink), name),
        _coming(_set(sheet.handle, mixed(ink, paper, 0.25)), handle),
        group(*(word(line, x, y, ink, 0.0) for line, x, y in spoken)),
        _coming(_chip(sheet.hashtag, kit), hashtag),
    )


def tag(settings: Settings, values: Values, kit: Kit) -> Node:
    """A small label, quiet, its right end at (0, 0)."""
    appear = min(max(values.get("appear", 1.0), 0.0), 1.0)
    if appear <= 0.004:
        return NOTHING
    copy = fitted(text(settings, "text"), "label", kit, _LABEL, number(settings, "width", 400), 1)
    lines = rows(copy, 0, 0, 0, kit.colour("ink"), 1.0)
    return group(*lines, opacity=_HALF * appear)


def room(settings: Settings) -> Box:
    """What the card may reach to."""
    wide, tall = number(settings, "width", 800) / 2 + 60, number(settings, "height", 600) / 2 + 60
    return (-wide, -tall, wide, tall)


VALUES = ("name", "handle", "letters", "hashtag", "closing")
"""What there is of the card, in order."""


def places(settings: Settings, kit: Kit) -> Mapping[str, Box]:
    """The room beside the hashtag, for a guest."""
    return {"guest": sheet_of(settings, kit).guest}


SIGNATURE = Widget(shapes=signature, bounds=room, values=VALUES, places=places)
TAG = Widget(
    shapes=tag, bounds=lambda settings: (-number(settings, "width", 400) - 20, -60, 20, 30), values=("appear",)
)
