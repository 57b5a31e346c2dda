"""A post's own furniture: whose it is, its likes and its comments, what it says."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from storyreel.puppet.model import Node
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.cards import balloon_outline
from storyreel.widgets.copyfit import room
from storyreel.widgets.given import number, text
from storyreel.widgets.outlines import disc, heart, placing, polygon
from storyreel.widgets.pieces import (
    NOTHING,
    filled,
    flown,
    group,
    haloed,
    inked,
    label,
    plate,
    portrait,
    shadow,
    spray,
)

_ACCOUNT, _LIKE, _COMMENTS, _WORDS = -286.0, -84.0, 94.0, 288.0
"""Heights of the rows about the middle of a post's column."""
_START, _WIDEST, _MARGIN = -96.0, 640.0, 14.0
"""Where a post's words begin, how wide they are at most, and what their card takes beside them."""
_CHIP, _SAID = 62.0, 40.0
_COLUMN: Box = (-190.0, -390.0, 600.0, 350.0)


def compact(count: float) -> str:
    """A count as a counter shows it: 7, 999, 1.2K, 12.4K, 3M; what is left over is cut off, not rounded."""
    number = max(0, math.floor(count + 1e-6))
    for step, sign in ((1_000_000_000, "B"), (1_000_000, "M"), (1000, "K")):
        if number >= step:
            tenths = number * 10 // step
            return f"{tenths // 10}{sign}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}{sign}"
    return str(number)


def throb(pulse: float) -> float:
    """The size of a heart that beats once and rings out while `pulse` goes from 0 to 1."""
    if not 0 < pulse < 1:
        return 1.0
    return 1 + 0.7 * math.exp(-3 * pulse) * math.sin(3 * math.pi * pulse) * (1 - pulse)


@lru_cache(maxsize=16)
def _account(handle: str, kit: Kit) -> Node:
    mark, _, height = label(handle, "label", 31.0, kit.colour("paper"), kit, 236.0, 2)
    picture = group(shadow(disc(0, 0, 56), kit), portrait(handle, 56, kit))
    return group(picture, group(mark, transform=placing(0, 54 + height / 2)), transform=placing(0, _ACCOUNT))


@lru_cache(maxsize=4)
def _like(liked: bool, kit: Kit) -> Node:
    return group(*plate(heart(0, 0, 118), kit.colour("warm" if liked else "paper"), kit, 1.1))


@lru_cache(maxsize=2)
def _bubble(kit: Kit) -> Node:
    shape = balloon_outline(112, 78, "none", False)
    tail = polygon(((-34, 30), (-40, 64), (-4, 38)))
    return group(
        shadow((*shape, *tail), kit),
        inked(tail, kit.colour("paper"), kit),
        inked(shape, kit.colour("paper"), kit),
        filled(polygon(((-29, 26), (-33, 50), (-10, 34))), kit.colour("paper")),
        *(filled(disc(x, 0, 7), kit.colour("ink"), "ink") for x in (-24, 0, 24)),
        transform=placing(0, _COMMENTS + 10),
    )


@lru_cache(maxsize=64)
def _counted(count: str, y: float, kit: Kit) -> Node:
    return group(haloed(count, "title", 54.0, kit, 20), transform=placing(0, y))


def post(settings: Settings, values: Values, kit: Kit) -> Node:
    """A column about its middle: the account, a heart and its count, a balloon and its count, what the post says.

    `pulse` from 0 to 1 is one heart-beat; the heart is filled from the first like on.
    """
    likes, pulse = values.get("likes", 0.0), values.get("pulse", 0.0)
    return group(
        group(flown(spray(9, -90, 90, 90, ("warm",), kit), pulse / 0.7), transform=placing(0, _LIKE)),
        _account(text(settings, "handle", "@"), kit),
        _said(_post(settings), kit),
        group(_like(likes >= 1, kit), transform=placing(0, _LIKE, throb(pulse))),
        _counted(compact(likes), 20, kit),
        _bubble(kit),
        _counted(compact(values.get("comments", 0.0)), 214, kit),
    )


class _Post(NamedTuple):
    """What a post says, and the room at its column's sides."""

    text: str
    before: float
    after: float

    @property
    def width(self) -> float:
        return min(_WIDEST, self.before + self.after - 2 * _MARGIN)


def _post(settings: Settings) -> _Post:
    before, after = number(settings, "before", -_START), number(settings, "after", _WIDEST + _START)
    return _Post(text(settings, "text"), before, after)


@lru_cache(maxsize=16)
def _said(post: _Post, kit: Kit) -> Node:
    if not post.text:
        return NOTHING
    count, _ = room(post.text, _SAID, post.width - 1.44 * _SAID)
    mark, width, height = label(post.text, "label", _SAID, kit.colour("paper"), kit, post.width, count)
    left = max(min(_START, post.after - _MARGIN - width), _MARGIN - post.before)
    return group(mark, transform=placing(left + width / 2, _WORDS - _CHIP / 2 + height / 2))


def _post_box(settings: Settings) -> Box:
    left, top, right, bottom = _COLUMN
    made = _post(settings)
    if not made.text:
        return _COLUMN
    count, _ = room(made.text, _SAID, made.width - 1.44 * _SAID)
    start = max(min(_START, made.after - _MARGIN - made.width), _MARGIN - made.before)
    low = _WORDS + 1.2 * _SAID * count + 60
    return min(left, start - 40), top, max(right, start + made.width + 60, _START + made.width + 60), max(bottom, low)


POST = Widget(shapes=post, bounds=_post_box, values=("likes", "comments", "pulse"))
