"""The end in pixel type: name, handle, what is said, hashtag, the closing sentence; and the label of a stand-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import skia

from storyreel.looks.gif import LOOK
from storyreel.looks.gif.palette import COLOURS, NIGHT
from storyreel.looks.gif.reveal import panel
from storyreel.looks.gif.type import BODY, cell_of, lay, letters, set_in_cells, times
from storyreel.stage.ink import argb
from storyreel.text.shape import ShapedLine
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import faces, fitted
from storyreel.widgets.given import number, text
from storyreel.widgets.reveal import words_of
from storyreel.widgets.signature import VALUES, Block, begun, places, room

_KIT = LOOK.kit
_NEARER = 1.3
"""By how much larger a line may be than it is asked for, where it would else be half as large."""
_LABEL, _APART = 32.0, 32.0
"""The size of a label, and how much further below the card than asked it stands: it is none of the card's words."""
_NAME, _HANDLE, _MESSAGE, _CLOSING = 128.0, 32.0, 64.0, 32.0
_GUEST, _LEAD = 262.0, 1.3
_WIDER, _HIGHER = 94.0, 120.0
"""How much further to the left and up than asked a card begins that rises over a picture."""
_ABOVE = 32.0
"""From the words up to the foot of what is seen of the picture."""
_SPARE = 40.0
"""By how much the words may stand lower than asked before the message is set smaller."""
_FAR = 1200.0
_GRASS, _TALL = 456.0, 533.0
"""From the card's foot down to where a guest stands, and the room for one whose cells are the story's."""
_ROWS = {
    "name": ("title", _NAME, 1, "Y", "W", 5),
    "handle": ("body", _HANDLE, 1, "A", "", 9),
    "message": ("title", _MESSAGE, 3, "W", "", 8),
    "hashtag": ("body", _HANDLE, 1, "L", "", 8),
    "closing": ("body", _CLOSING, 5, "P", "", 0),
}
"""What stands on the card, from above: role, size, rows at most, colour, the colour of its letters' upper half, and
cells down to the next."""


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


def _heard(canvas: skia.Canvas, line: ShapedLine, role: str, x: float, baseline: float) -> None:
    """The word of a line that was heard last, in the colour that a caption gives it, and a line under it."""
    cell = cell_of(canvas)
    grown = times(_NEARER * line.size, cell)
    set_ = set_in_cells(line.text, faces(_KIT, role), grown)
    first, last = line.text.rfind(" ") + 1, len(line.text)
    lay(canvas, letters(set_, grown, COLOURS["Y"], edge=NIGHT, word=(first, last)), x, baseline, cell)
    whole, end = (set_in_cells(each, faces(_KIT, role), grown).width for each in (line.text[:first] + "|", "|"))
    begins = round(x / cell) + round(whole - end)
    ends = round(x / cell) + round(set_.width) - grown
    under = skia.Rect.MakeLTRB(begins * cell, baseline + 3 * cell, ends * cell, baseline + 5 * cell)
    canvas.drawRect(under, skia.Paint(AntiAlias=False, Color=argb(COLOURS["C"])))


def _there(values: Values, name: str) -> bool:
    """Type steps on; it never fades."""
    return values.get(name, 1.0) > 0.0


class _Room(NamedTuple):
    """Where the card's words stand, in stage units about its middle."""

    left: float
    top: float
    wide: float


def _room(settings: Settings) -> _Room:
    wide, tall = number(settings, "width", 800), number(settings, "height", 600)
    if not settings.get("rises"):
        return _Room(-wide / 2, -tall / 2, wide)
    return _Room(-wide / 2 - _WIDER, -tall / 2 - _HIGHER, wide + _WIDER)


def _standing(settings: Settings) -> list[str]:
    """The card's words by what they are, from above: those that are ordered, and the closing sentence; or all."""
    order = text(settings, "order").split()
    words = words_of(settings)
    return [name for name in ([*order, "closing"] if order else _ROWS) if getattr(words, name)]


def _stacked(settings: Settings, cell: float) -> dict[str, Block]:
    """The card's words by what they are, in rows from above: what belongs together stands closer."""
    words, inside = words_of(settings), _room(settings)
    found: dict[str, Block] = {}
    for share in (1.0, 0.5):
        y = round(inside.top / cell)
        for name in _standing(settings):
            role, size, most, _, _, below = _ROWS[name]
            copy = fitted(
                getattr(words, name), role, _KIT, size * (share if name == "message" else 1), inside.wide, most
            )
            of = times(_NEARER * copy.size, cell)
            lead = BODY * of + (3 if of == 1 else BODY * of // 2)
            found[name] = Block(copy, (y + BODY * of) * cell, lead * cell)
            y += BODY * of + (len(copy.lines) - 1) * lead + below
        if y * cell <= number(settings, "height", 600) / 2 + _SPARE:
            break
    return found


def _signature(canvas: skia.Canvas, settings: Settings, values: Values) -> None:
    """The words, one under another from one left edge; where they come over a picture, on night that rises over it."""
    cell, inside = cell_of(canvas), _room(settings)
    risen = values.get("closing", 1.0)
    if settings.get("rises"):
        panel(canvas, cell, inside.top - _ABOVE, risen, values.get("letters", 0.0))
        if risen < 1:
            return
    for name, (copy, first, lead) in _stacked(settings, cell).items():
        role, _, _, colour, above, _ = _ROWS[name]
        block = Block(copy, first, lead)
        if name == "message":
            said = list(begun(block, values.get("letters", 999.0), _KIT))
            for line, _, y in said:
                row(canvas, line, role, inside.left, y, COLOURS[colour], align=0.0)
            if said:
                _heard(canvas, said[-1][0], role, inside.left, said[-1][2])
        elif _there(values, name):
            for index, line in enumerate(copy.lines):
                y = first + lead * index
                row(canvas, line, role, inside.left, y, COLOURS[colour], COLOURS.get(above, ""), align=0.0)


def _signed(settings: Settings) -> Box:
    """What the card may reach to: to the picture's edges, where it rises over that."""
    return (-_FAR, -_FAR, _FAR, _FAR) if settings.get("rises") else room(settings)


def _places(settings: Settings, kit: Kit) -> Mapping[str, Box]:
    """The guest stands in the grass at the picture's foot, as large as in the story."""
    if not settings.get("rises"):
        return places(settings, kit)
    foot = number(settings, "height", 600) / 2 + _GRASS
    return {"guest": (-_TALL, foot - _TALL, _TALL, foot)}


def _tag(canvas: skia.Canvas, settings: Settings, values: Values) -> None:
    """The label of a stand-in: below the card, or on a plate of night whose right end is at (0, 0)."""
    if values.get("appear", 1.0) <= 0:
        return
    copy = fitted(text(settings, "text"), "label", _KIT, _LABEL, number(settings, "width", 400), 1)
    if not settings.get("rises"):
        row(canvas, copy.lines[0], "label", -number(settings, "width", 400) / 2, _APART, COLOURS["P"])
        return
    cell = cell_of(canvas)
    set_ = set_in_cells(copy.lines[0].text, faces(_KIT, "label"), 1)
    plate = skia.Rect.MakeLTRB(-(set_.width + 8) * cell, -10 * cell, 0, 3 * cell)
    canvas.drawRect(plate, skia.Paint(AntiAlias=False, Color=argb(NIGHT)))
    row(canvas, copy.lines[0], "label", -4 * cell, 0.0, COLOURS["P"], align=1.0)


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


SIGNATURE = Widget(_signature, _signed, values=VALUES, places=_places)
CARD = Widget(_card, _card_box, values=("appear", "closing"), size=_card_size)
TAG = Widget(_tag, lambda settings: (-number(settings, "width", 400) - 60, -80, 60, 50 + _APART), values=("appear",))
