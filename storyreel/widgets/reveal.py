"""The reveal's backdrop, and its card: who is behind the account, what they say, the sentence that closes the film."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from storyreel.puppet.model import Node, Shape
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import fitted, room
from storyreel.widgets.given import number, text
from storyreel.widgets.outlines import Outline, box, placing, polygon
from storyreel.widgets.pieces import NOTHING, filled, group, inked, label, lined, rows, shadow

_RAYS = 18
_SPEED = 1.6
"""How fast the rays turn, in degrees a second."""


def _size(settings: Settings) -> tuple[float, float]:
    return number(settings, "width", 1080), number(settings, "height", 1920)


@lru_cache(maxsize=4)
def _rays(reach: float, kit: Kit) -> Node:
    """Broad rays from (0, 0), with a thin line beside every other."""
    colour = mixed(kit.colour("ground"), kit.colour("paper"), 0.75)
    near = reach * 0.25
    nodes = []
    for index in range(_RAYS):
        start = math.tau * index / _RAYS
        ends = [(math.cos(a) * reach, math.sin(a) * reach) for a in (start, start + math.tau / _RAYS / 2)]
        nodes.append(filled(polygon(((0, 0), *ends)), colour))
        middle, far = start + math.tau / _RAYS * 0.75, near * (1.6 if index % 2 else 1.25)
        across, down = math.cos(middle), math.sin(middle)
        line = polygon(((across * near, down * near), (across * far, down * far)), closed=False)
        nodes.append(lined(line, mixed(kit.colour("ink"), kit.colour("ground"), 0.72), 6))
    return group(*nodes)


@lru_cache(maxsize=4)
def _wall(width: float, height: float, kit: Kit) -> tuple[tuple[Shape, ...], Node]:
    path = box(0, 0, width, height)
    return (Shape(path),), filled(path, kit.colour("ground"))


def ground(settings: Settings, values: Values, kit: Kit) -> Node:
    """The whole backdrop, its top left corner at (0, 0), rays that turn by `t` behind a face."""
    width, height = _size(settings)
    edge, wall = _wall(width, height, kit)
    turn = 0.0 if kit.crisp else values.get("t", 0.0) * _SPEED
    rays = group(_rays(math.hypot(width, height), kit), transform=placing(width * 0.45, height * 0.345, 1.0, turn))
    return Node(clip_shapes=edge, children=(wall, rays))


_WIDEST = 900.0
_INSET, _FOOT = 11.0, 20.0
"""From the card's room to its paper: at the sides, and below (line and shadow lie between)."""
_PAD = 54.0
_GUEST = 262.0
"""Room on the right for the drawn character, who stands before the card."""
_TAG = 42.0


class Words(NamedTuple):
    """What stands on the card, and how wide that is."""

    name: str
    handle: str
    message: str
    hashtag: str
    closing: str
    width: float

    @property
    def room(self) -> float:
        """How wide its rows may be: the guest stands beside them."""
        return self.width - 2 * _INSET - _PAD - _GUEST


class _Block(NamedTuple):
    """Words in their room: what they are set in, how large at most, in how many rows, the first one's baseline, and
    from one to the next."""

    words: str
    role: str
    size: float
    most: int
    first: float
    lead: float


class _Sheet(NamedTuple):
    """Everything on the card, measured from its paper's top left corner; the last block is the closing sentence."""

    width: float
    height: float
    blocks: tuple[_Block, ...]
    closing: _Block
    rule: float


def _largest(words: str, size: float, width: float, most: int, least: float) -> tuple[float, int]:
    """The size at which words are reckoned to fit `most` rows, and how many of them they fill."""
    while room(words, size, width)[0] > most and size > least:
        size = max(size * 0.94, least)
    return size, room(words, size, width, most)[0]


@lru_cache(maxsize=16)
def _sheet(words: Words) -> _Sheet:
    wide = words.room
    y = 62.0 if words.hashtag else 44.0
    blocks = []
    for said, role, size, most, least, lead, above, below in (
        (words.name, "title", 118.0, 1, 84.0, 1.0, 0.74, 0.26),
        (words.handle, "body", 44.0, 1, 30.0, 1.0, 0.84, 0.34),
        (words.message, "body", 56.0, 3, 36.0, 1.12, 1.0, 0.3),
    ):
        if not said:
            continue
        size, count = _largest(said, size, wide, most, least)
        if said == words.name and room(said, size, wide)[0] > 1:
            size, count = _largest(said, 82.0, wide, 2, 44.0)
        blocks.append(_Block(said, role, size, count, y + size * above, size * lead))
        y += size * (above + lead * (count - 1) + below)
    rule = y + 14
    size, count = _largest(words.closing, 32.0, wide + 26, 4, 24.0)
    closing = _Block(words.closing, "label", size, count, rule + size * 1.5, size * 1.25)
    foot = closing.first + closing.lead * (count - 1) + 40 if words.closing else y + 32
    return _Sheet(words.width - 2 * _INSET, foot, tuple(blocks), closing, rule)


def words_of(settings: Settings) -> Words:
    """The words that an author wrote for the card."""
    name, handle, message, hashtag, closing = (
        text(settings, word).strip() for word in ("name", "handle", "message", "hashtag", "closing")
    )
    return Words(name, handle, message, hashtag, closing, min(_WIDEST, number(settings, "width", 850)))


def _set(block: _Block, wide: float, kit: Kit, colour: str) -> tuple[Node, ...]:
    copy = fitted(block.words, block.role, kit, block.size, wide, block.most)
    return rows(copy, _PAD, block.first, block.lead, colour)


def _card(width: float, height: float, kit: Kit, inset: float = 0.0) -> Outline:
    radius = max(min(54.0, kit.corner * height) - inset, 0.0)
    return box(inset, inset, width - 2 * inset, height - 2 * inset, radius)


@lru_cache(maxsize=16)
def _paper(words: Words, kit: Kit) -> Node:
    """The card without its closing sentence, its paper's top left corner at (0, 0)."""
    sheet = _sheet(words)
    ink, paper = kit.colour("ink"), kit.colour("paper")
    path = _card(sheet.width, sheet.height, kit)
    parts = [
        shadow(path, kit, 15),
        inked(path, paper, kit, 1.4),
        lined(_card(sheet.width, sheet.height, kit, 16), mixed(ink, paper, 0.72), 3),
    ]
    for block in sheet.blocks:
        parts += _set(block, words.room, kit, mixed(ink, paper, 0.3) if block.words == words.handle else ink)
    if words.hashtag:
        wide = min(sheet.width - 2 * _PAD, 560.0)
        mark, across, _ = label(words.hashtag, "body", _TAG, kit.colour("ink"), kit, wide, 1)
        parts.append(group(mark, id="hashtag", transform=placing(_PAD - 10 + across / 2, 0)))
    return group(*parts)


@lru_cache(maxsize=16)
def _ending(words: Words, kit: Kit) -> Node:
    """The closing sentence under a rule."""
    sheet = _sheet(words)
    rule = polygon(((_PAD, sheet.rule), (_PAD + 120, sheet.rule)), closed=False)
    said = _set(sheet.closing, words.room + 26, kit, mixed(kit.colour("ink"), kit.colour("paper"), 0.2))
    return group(lined(rule, kit.colour("accent"), 8), *said)


def card(settings: Settings, values: Values, kit: Kit) -> Node:
    """The card; the middle of its room's foot is at (0, 0). It comes up as `appear` goes to 1, and may overshoot."""
    words = words_of(settings)
    appear, closing = values.get("appear", 1.0), min(1.0, max(0.0, values.get("closing", 1.0)))
    if appear <= 0.01:
        return NOTHING
    sheet = _sheet(words)
    size, turn = 0.5 + 0.5 * appear, 0.0 if kit.crisp else -7 * (1 - appear)
    ending = NOTHING
    if words.closing and closing > 0.004:
        ending = group(_ending(words, kit), transform=placing(0, (1 - closing) * 16), opacity=closing)
    corner = placing(-sheet.width / 2, -sheet.height - _FOOT)
    return group(
        group(_paper(words, kit), ending, transform=corner),
        transform=placing(0, (1 - appear) * 260, size + (appear - 1) * 0.12, turn, size),
        opacity=min(1.0, appear * 4),
    )


def _card_box(settings: Settings) -> Box:
    sheet = _sheet(words_of(settings))
    reach = sheet.width / 2 + 90
    return (-reach, -sheet.height - 190, reach, 320)


def _card_size(settings: Settings) -> tuple[float, float]:
    """From the hashtag, or the paper's line, to the foot of its room."""
    words = words_of(settings)
    return words.width, _sheet(words).height + _FOOT + (_INSET if not words.hashtag else 40.0)


GROUND = Widget(shapes=ground, bounds=lambda settings: (0, 0, *_size(settings)), values=("t",))
CARD = Widget(shapes=card, bounds=_card_box, values=("appear", "closing"), size=_card_size)
