"""The end in pixel type: name, handle, what is said, hashtag, the closing sentence; and the label of a stand-in."""

from __future__ import annotations

import skia

from storyreel.looks.gif import LOOK
from storyreel.looks.gif.palette import COLOURS, NIGHT
from storyreel.looks.gif.type import BODY, cell_of, lay, letters, set_in_cells, times
from storyreel.text.shape import ShapedLine
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import faces, fitted
from storyreel.widgets.given import number, text
from storyreel.widgets.reveal import words_of
from storyreel.widgets.signature import VALUES, Block, begun, places, room, sheet_of

_KIT = LOOK.kit
_NEARER = 1.3
"""By how much larger a line may be than it is asked for, where it would else be half as large."""
_LABEL, _APART = 32.0, 32.0
"""The size of a label, and how much further below the card than asked it stands: it is none of the card's words."""
_NAME, _HANDLE, _MESSAGE, _CLOSING = 128.0, 32.0, 64.0, 32.0
_GUEST, _LEAD = 262.0, 1.3
_TOP, _AIR = 10, 12
"""Cells from the card's top to its name, below the foot of the picture; and from words to other words, at most."""
_ROLES = {
    "name": ("title", "Y", "W"),
    "handle": ("body", "A", ""),
    "message": ("title", "W", ""),
    "hashtag": ("body", "L", ""),
    "closing": ("label", "P", ""),
}
"""What stands on the card, from above: role, colour, and the colour of its letters' upper half."""


def row(
    canvas: skia.Canvas,
    line: ShapedLine,
    role: str,
    x: float,
    baseline: float,
    colour: str,
    above: str = "",
    align: float = 0.5,
) -> None:
    """A line that has been set, in cells; its left end at `x`, or as much further left as a share of its width."""
    cell = cell_of(canvas)
    grown = times(_NEARER * line.size, cell)
    set_ = set_in_cells(line.text, faces(_KIT, role), grown)
    left = x - align * set_.width * cell
    lay(canvas, letters(set_, grown, colour, edge=NIGHT, above=above), left, baseline, cell)


def _there(values: Values, name: str) -> bool:
    """Type steps on; it never fades."""
    return values.get(name, 1.0) > 0.0


def _stacked(settings: Settings, cell: float) -> dict[str, Block]:
    """The card's words by what they are: rows as far apart as their type is tall, with the same air between all."""
    sheet = sheet_of(settings, _KIT)
    blocks = {name: getattr(sheet, name).copy for name in _ROLES}
    grown = {name: times(_NEARER * copy.size, cell) for name, copy in blocks.items() if copy.lines}
    leads = {name: BODY * of + (BODY * of + 1) // 2 for name, of in grown.items()}
    rows = {name: len(blocks[name].lines) for name in grown}
    heights = {name: BODY * of + (rows[name] - 1) * leads[name] for name, of in grown.items()}
    tall = round(number(settings, "height", 600) / cell) - _TOP
    air = max(min((tall - sum(heights.values())) // max(len(grown) - 1, 1), _AIR), 2)
    found, y = {}, _TOP - (tall + _TOP) // 2
    for name, of in grown.items():
        found[name] = Block(blocks[name], (y + BODY * of) * cell, leads[name] * cell)
        y += heights[name] + air
    return found


def _signature(canvas: skia.Canvas, settings: Settings, values: Values) -> None:
    cell = cell_of(canvas)
    for name, (copy, first, lead) in _stacked(settings, cell).items():
        role, colour, above = _ROLES[name]
        if name == "message":
            # What is being said stands where it will: its rows begin below one another.
            wide = max(
                set_in_cells(line.text, faces(_KIT, role), times(_NEARER * line.size, cell)).width
                for line in copy.lines
            )
            for line, _, y in begun(Block(copy, first, lead), values.get("letters", 999.0), _KIT):
                row(canvas, line, role, -wide * cell / 2, y, COLOURS[colour], align=0.0)
        elif _there(values, name):
            for index, line in enumerate(copy.lines):
                row(canvas, line, role, 0.0, first + lead * index, COLOURS[colour], COLOURS.get(above, ""))


def _tag(canvas: skia.Canvas, settings: Settings, values: Values) -> None:
    if values.get("appear", 1.0) > 0:
        copy = fitted(text(settings, "text"), "label", _KIT, _LABEL, number(settings, "width", 400), 1)
        row(canvas, copy.lines[0], "label", -number(settings, "width", 400) / 2, _APART, COLOURS["P"])


def _blocks(settings: Settings) -> tuple[list[tuple[Block, str, str, str]], float, float]:
    """What stands on the old card, left beside its guest: blocks, roles, colours; and its width and height."""
    words = words_of(settings)
    wide = words.width - _GUEST
    found, y = [], 0.0
    for said, role, size, most, colour, above in (
        (words.name, "title", _NAME, 2, "Y", "W"),
        (words.handle, "body", _HANDLE, 1, "A", ""),
        (words.message, "title", _MESSAGE, 3, "W", ""),
        (words.hashtag, "body", _HANDLE, 1, "L", ""),
        (words.closing, "label", _CLOSING, 4, "P", ""),
    ):
        if said:
            copy = fitted(said, role, _KIT, size, wide, most)
            lead = copy.size * _LEAD
            found.append((Block(copy, y + copy.size, lead), role, COLOURS[colour], COLOURS.get(above, "")))
            y += lead * len(copy.lines) + 20
    return found, words.width, y


def _card(canvas: skia.Canvas, settings: Settings, values: Values) -> None:
    """The card; the middle of its room's foot is at (0, 0). Its rows come one after another as `appear` goes to 1."""
    blocks, wide, tall = _blocks(settings)
    shown = values.get("appear", 1.0) * len(blocks)
    for number_, (block, role, colour, above) in enumerate(blocks):
        closing = role == "label" and not _there(values, "closing")
        if number_ >= shown or closing:
            continue
        for at, line in enumerate(block.copy.lines):
            y = block.first + block.lead * at - tall
            row(canvas, line, role, -wide / 2 + 40, y, colour, above, align=0.0)


def _card_size(settings: Settings) -> tuple[float, float]:
    _, wide, tall = _blocks(settings)
    return wide, tall + 20


def _card_box(settings: Settings) -> Box:
    wide, tall = _card_size(settings)
    return (-wide / 2 - 40, -tall - 40, wide / 2 + 40, 60)


SIGNATURE = Widget(_signature, room, values=VALUES, places=places)
CARD = Widget(_card, _card_box, values=("appear", "closing"), size=_card_size)
TAG = Widget(_tag, lambda settings: (-number(settings, "width", 400) - 60, -60, 60, 50 + _APART), values=("appear",))
