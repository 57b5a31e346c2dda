"""Big lettering: the film's title, and the burst with a word in it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from storyreel.puppet.model import Node, concat
from storyreel.stage.lettering import glyphs
from storyreel.stage.outline import grown as fattened
from storyreel.stage.outline import to_commands
from storyreel.text.rows import headline
from storyreel.text.shape import shape
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import faces, fitted, reckoned, room
from storyreel.widgets.given import text
from storyreel.widgets.outlines import Outline, box, burst, placing, shifted
from storyreel.widgets.pieces import NOTHING, filled, flown, group, grown, label, lined, plate, rows, shadow, spray

_WIDTH, _LARGEST, _LEAD = 850.0, 190.0, 1.06
_ROW = 1500.0
"""How wide a row may be at a size of 100: half as large as that it can still be read."""
_RIM = 0.15
"""How far the paper reaches beyond the letters; in em."""
_CAPITAL = 0.7
"""How high capitals are, reckoned; in em."""
_STAGGER = 0.45
_SUB, _SUB_WIDTH = 46.0, 700.0


class _Title(NamedTuple):
    text: str
    sub: str

    @property
    def room(self) -> tuple[int, float, float]:
        """How many rows it has, how large they may be, and how wide the widest is."""
        found = headline(self.text, lambda row: reckoned(row, 100.0), _ROW)
        widest = max(reckoned(row, 1.0) for row in found)
        size = min(_LARGEST, _WIDTH / (widest + 2 * _RIM))
        return len(found), size, widest * size

    @property
    def half(self) -> float:
        """Half the height of its rows, paper and all."""
        count, size, _ = self.room
        return ((count - 1) * _LEAD + _CAPITAL) * size / 2 + _RIM * size


def _title(settings: Settings) -> _Title:
    return _Title(text(settings, "text").strip(), text(settings, "sub").strip())


class _Letter(NamedTuple):
    """A letter in place: its front, the paper below it with its line, and the middle of its foot."""

    front: Node
    paper: Node
    line: Node
    shade: Node
    x: float
    y: float


def _letter(front: Node, back: Outline, x: float, y: float, size: float, kit: Kit) -> _Letter:
    """A letter on its own paper, whose line reaches beyond it."""
    rim = lined(back, kit.colour("ink"), 2 * kit.line)
    return _Letter(front, filled(back, kit.colour("paper")), rim, shadow(back, kit, size * 0.09), x, y)


@lru_cache(maxsize=16)
def _letters(title: _Title, kit: Kit) -> tuple[_Letter, ...]:
    count, size, _ = title.room
    used = faces(kit, "title")
    found = headline(title.text, lambda row: shape(row, used, 100.0).width, _ROW)
    widest = max(shape(row, used, 1.0).width for row in found)
    size = min(size * 1.15, size * count / len(found), _WIDTH / (widest + 2 * _RIM))
    ink = kit.colour("ink")
    letters = []
    for number, row in enumerate(found):
        line = shape(row, used, size)
        left, foot = -line.width / 2, ((number - (len(found) - 1) / 2) * _LEAD + _CAPITAL / 2) * size
        for path, middle in glyphs(line):
            outline = shifted(tuple(to_commands(path)), left, foot)
            back = shifted(tuple(to_commands(fattened(path, size * _RIM))), left, foot)
            letters.append(_letter(filled(outline, ink, "letter"), back, left + middle, foot, size, kit))
        for run in line.runs:
            if run.face.coloured:
                start, across = left + run.points[0][0], sum(run.advances)
                sign = Node(transform=placing(left, foot), signs=replace(line, runs=(run,)))
                back = box(start - size * 0.1, foot - size, across + size * 0.2, size * 1.28, size * 0.5)
                letters.append(_letter(sign, back, start + across / 2, foot, size, kit))
    return tuple(letters)


def _pop(amount: float) -> float:
    """Out-back: past 1 and back, for a letter that comes."""
    if amount <= 0:
        return 0.0
    left = min(amount, 1.0) - 1
    return 1 + 2.7 * left**3 + 1.7 * left**2


def _standing(letters: tuple[_Letter, ...], appear: float, leave: float, crisp: bool) -> Iterator[_Letter]:
    """The letters as they stand while the title comes and goes, one after another."""
    for rank, letter in enumerate(letters):
        delay = _STAGGER * rank / len(letters)
        own = (appear - delay) / (1 - _STAGGER)
        size = _pop(own) if own < 1 else max(1.0, appear)
        gone = min(1.0, max(0.0, (leave - delay) / (1 - _STAGGER)))
        size *= 1 - gone**2
        turn = 0.0 if crisp else 30 * gone * (-1 if rank % 2 else 1)
        fall = 70 * gone * gone - 50 * math.sin(math.pi * gone)
        if size > 0.01:
            out = placing(letter.x, letter.y + fall, size, turn)
            matrix = concat(out, placing(-letter.x, -letter.y))
            front, paper, line, shade = (group(part, transform=matrix) for part in letter[:4])
            yield _Letter(front, paper, line, shade, letter.x, letter.y)


def _laid(letters: tuple[_Letter, ...]) -> Node:
    """Letters on one paper: all that lies below comes first, so that no line runs between two of them."""
    return group(
        *(one.shade for one in letters),
        *(one.line for one in letters),
        *(one.paper for one in letters),
        *(one.front for one in letters),
    )


@lru_cache(maxsize=8)
def _whole(title: _Title, kit: Kit) -> Node:
    return _laid(_letters(title, kit))


@lru_cache(maxsize=8)
def _sub(title: _Title, kit: Kit) -> tuple[Node, float]:
    """The line below, and where its middle is."""
    mark, _, height = label(title.sub, "label", _SUB, kit.colour("paper"), kit, _SUB_WIDTH, 2)
    y = title.half + 14 + height / 2
    return group(mark, transform=placing(0, y)), y


def title(settings: Settings, values: Values, kit: Kit) -> Node:
    """The title about its middle, at most 850 wide; letters come one after another, and go likewise."""
    made = _title(settings)
    appear, leave = values.get("appear", 1.0), max(0.0, values.get("leave", 0.0))
    if appear <= 0.01 or leave >= 1 or not made.text:
        return NOTHING
    if appear == 1 and leave == 0:
        letters = _whole(made, kit)
    else:
        letters = _laid(tuple(_standing(_letters(made, kit), appear, leave, kit.crisp)))
    if not made.sub:
        return letters
    amount = _pop((appear - 0.4) / 0.6) * (1 - leave) ** 2
    sub, y = _sub(made, kit)
    return group(letters, grown(sub, amount, kit, y=y))


def _title_size(settings: Settings) -> tuple[float, float]:
    made = _title(settings)
    made = made if made.text else _Title("-", made.sub)
    _, size, widest = made.room
    below = 0.0
    if made.sub:
        below = (1.2 * room(made.sub, _SUB, _SUB_WIDTH - 1.44 * _SUB, 2)[0] + 0.5) * _SUB + 14
    return widest + 2 * (_RIM * size + 12), 2 * (made.half + 12 + below)


def _title_box(settings: Settings) -> Box:
    _, down = _title_size(settings)
    return (-640.0, -down / 2 - 240, 640.0, down / 2 + 320)


_WORD = 94.0
_IN, _HOLD, _GONE = 0.32, 0.9, 1.12
"""Seconds at which a burst has come, begins to go, and is gone."""


def bursting(t: float) -> float:
    """How large a burst is after so many seconds: elastic in, a held breath, out by shrinking."""
    if t <= 0 or t >= _GONE:
        return 0.0
    if t < _IN:
        amount = t / _IN
        return 1 - 2 ** (-9 * amount) * math.cos(2 * math.pi * amount * 1.6) * (1 - amount)
    if t < _HOLD:
        return 1 + 0.02 * math.sin((t - _IN) * 14) * (1 - (t - _IN) / (_HOLD - _IN))
    left = 1 - (t - _HOLD) / (_GONE - _HOLD)
    return left * left * (1 + 0.9 * (1 - left))


def _said(words: str) -> float:
    """How wide its word may be."""
    return min(reckoned(words, _WORD), 600.0)


def _reach(words: str) -> tuple[float, float]:
    """How far a burst reaches to the side and down."""
    return _said(words) * 0.58 + 100, 126.0


@lru_cache(maxsize=16)
def _impact(words: str, kit: Kit) -> Node:
    across, down = _reach(words)
    copy = fitted(words, "title", kit, _WORD, _said(words), 1)
    said = rows(copy, 0, copy.size * 0.35, 0.0, kit.colour("ink"), 0.5)
    inner = burst(across * 0.76, down * 0.74, 12, 0.76, 8)
    return group(
        *plate(burst(across, down, 12, 0.72, 8), kit.colour("accent"), kit, 1.3),
        filled(inner, kit.colour("paper")),
        group(*said, transform=None if kit.crisp else placing(0, 0, 1.0, -7 * min(1.0, 260 / across))),
    )


def impact(settings: Settings, values: Values, kit: Kit) -> Node:
    """A burst with a word about its middle: pops in by `t`, holds, and has shrunk away after 1.12 s."""
    t, words = values.get("t", 0.0), text(settings, "text", "BONK")
    size = bursting(t)
    if size <= 0.01:
        return NOTHING
    turn = 0.0 if kit.crisp else -26 * max(0.0, 1 - t / 0.12)
    across, down = _reach(words)
    dashes = spray(10, 14, across, down + 12, ("accent", "paper"), kit)
    return group(flown(dashes, t / 0.42), group(_impact(words, kit), transform=placing(0, 0, size, turn)))


def _impact_box(settings: Settings) -> Box:
    reach = _reach(text(settings, "text", "BONK"))[0] * 1.75 + 60
    return (-reach, -reach, reach, reach)


TITLE = Widget(shapes=title, bounds=_title_box, values=("appear", "leave"), size=_title_size)
IMPACT = Widget(shapes=impact, bounds=_impact_box, values=("t",))
