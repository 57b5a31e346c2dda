"""The end of a reveal: name with handle, the message as it is spoken, hashtag, the closing sentence; and a label."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from storyreel.puppet.model import Node
from storyreel.text.shape import shape
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import Copy, faces, fitted
from storyreel.widgets.given import number, text
from storyreel.widgets.outlines import placing
from storyreel.widgets.pieces import NOTHING, group, mixed, rows, word

_NAME, _HANDLE, _MESSAGE, _HASHTAG, _CLOSING, _LABEL = 128.0, 44.0, 76.0, 48.0, 34.0, 24.0
_QUIET = 0.75
"""How strong the closing sentence stands."""
_HALF = 0.5
"""How strong the portrait's label is."""
_RISE = 18.0
_GAPS = (0.1, 0.5, 0.3, 0.5, 0.0)
"""Air below each of them, in its own size."""
_AIR = 40.0
"""What more air there is above and below the message, at most."""


class _Block(NamedTuple):
    """Words in place: their rows, the first one's baseline, and from one to the next."""

    copy: Copy
    first: float
    lead: float


class _Sheet(NamedTuple):
    name: _Block
    handle: _Block
    message: _Block
    hashtag: _Block
    closing: _Block


@lru_cache(maxsize=8)
def _sheet(words: tuple[str, str, str, str, str], wide: float, tall: float, kit: Kit) -> _Sheet:
    """Everything in a box of that size about (0, 0): the closing sentence at its foot, the rest above, with air."""
    for step in range(24):
        size = 0.95**step
        made = [
            (fitted(said, role, kit, most * size, wide, count), lead)
            for said, role, most, count, lead in (
                (words[0], "title", _NAME, 1, 1.0),
                (words[1], "body", _HANDLE, 1, 1.0),
                (words[2], "title", _MESSAGE, 3, 1.08),
                (words[3], "body", _HASHTAG, 1, 1.0),
                (words[4], "label", max(_CLOSING * size, 26.0) / size, 3, 1.25),
            )
        ]
        heights = [copy.size * (1 + lead * (len(copy.lines) - 1)) if copy.lines else 0.0 for copy, lead in made]
        gaps = [copy.size * gap if copy.lines else 0.0 for (copy, _), gap in zip(made, _GAPS, strict=True)]
        if sum(heights) + sum(gaps) <= tall:
            break
    free = min(max(tall - sum(heights) - sum(gaps), 0.0) / 3, _AIR)
    blocks, y = [], -tall / 2
    for index, ((copy, lead), high) in enumerate(zip(made, heights, strict=True)):
        if index == 4:
            y = tall / 2 - high
        blocks.append(_Block(copy, y + copy.size * 0.82, copy.size * lead))
        y += high + gaps[index] + (free if index in (1, 2) else 0.0)
    return _Sheet(*blocks)


def _set(block: _Block, colour: str, shown: float, strength: float = 1.0) -> Node:
    if shown <= 0.004:
        return NOTHING
    shown = min(shown, 1.0)
    lines = rows(block.copy, 0, block.first, block.lead, colour, 0.5)
    return group(*lines, transform=placing(0, (1 - shown) * _RISE), opacity=shown * strength)


def _written(block: _Block, colour: str, letters: float, kit: Kit) -> Node:
    """The first letters of a message, each row as far as it has been spoken."""
    left, parts = round(letters), []
    for index, line in enumerate(block.copy.lines):
        if left <= 0:
            break
        shown = line.text[:left]
        left -= len(line.text) + 1
        y = block.first + block.lead * index
        if len(shown) == len(line.text):
            parts.append(word(line, 0, y, colour, 0.5))
        else:
            begun = shape(shown.rstrip(), faces(kit, "title"), line.size)
            parts.append(word(begun, -line.width / 2, y, colour, 0.0))
    return group(*parts)


def signature(settings: Settings, values: Values, kit: Kit) -> Node:
    """The words in their room about (0, 0): each comes as its value goes to 1; of the message, so many letters."""
    ink, paper, accent = kit.colour("ink"), kit.colour("ground"), kit.colour("accent")
    words = tuple(text(settings, one).strip() for one in ("name", "handle", "message", "hashtag", "closing"))
    sheet = _sheet(words, number(settings, "width", 800), number(settings, "height", 600), kit)
    shown = {name: values.get(name, 1.0) for name in ("name", "hashtag", "closing")}
    return group(
        _set(sheet.name, ink, shown["name"]),
        _set(sheet.handle, mixed(ink, paper, 0.3), shown["name"]),
        _written(sheet.message, ink, values.get("letters", 999.0), kit),
        _set(sheet.hashtag, mixed(accent, ink, 0.75), shown["hashtag"]),
        _set(sheet.closing, ink, shown["closing"], _QUIET),
    )


def tag(settings: Settings, values: Values, kit: Kit) -> Node:
    """A small label, quiet, its right end at (0, 0)."""
    appear = min(max(values.get("appear", 1.0), 0.0), 1.0)
    if appear <= 0.004:
        return NOTHING
    copy = fitted(text(settings, "text"), "label", kit, _LABEL, number(settings, "width", 400), 1)
    lines = rows(copy, 0, 0, 0, kit.colour("ink"), 1.0)
    return group(*lines, opacity=_HALF * appear)


def _room(settings: Settings) -> Box:
    wide, tall = number(settings, "width", 800) / 2 + 60, number(settings, "height", 600) / 2 + 60
    return (-wide, -tall, wide, tall)


SIGNATURE = Widget(shapes=signature, bounds=_room, values=("name", "letters", "hashtag", "closing"))
TAG = Widget(
    shapes=tag, bounds=lambda settings: (-number(settings, "width", 400) - 20, -60, 20, 30), values=("appear",)
)
