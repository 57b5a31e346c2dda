"""What words are written on, and words that are things of their own: fields, notes, letters, stones."""

from __future__ import annotations

import math
import random
from functools import lru_cache

from storyreel.puppet.model import Node
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import fitted, hand_of, room
from storyreel.widgets.given import number, text
from storyreel.widgets.lettered import Sort, drawn, lettering, reach, there, written
from storyreel.widgets.outlines import Outline, about, placing, polygon, softened
from storyreel.widgets.pieces import NOTHING, group, grown, inked, lined, pale, plate, rows, shadow
from storyreel.widgets.solids import placed, solid

_STYLES = {
    "plain": Sort("title", 68, rim=0.11),
    "title": Sort("title", 150, rim=0.13),
    "shout": Sort("title", 108, rim=0.12),
    "whisper": Sort("title", 54, rim=0.11),
}
_CUT = 0.62
"""How large letters are that are cut into a stone, against bare ones."""
_LIT = 4
"""In how many steps words light up."""


def sort_of(settings: Settings) -> Sort:
    """How the letters of some words are set."""
    sort = _STYLES.get(text(settings, "style", "plain"), _STYLES["plain"])
    width = number(settings, "width", 700)
    if text(settings, "body") == "stone":
        return Sort(sort.role, max(sort.size * _CUT, 44.0), width, sort.most)
    return Sort(sort.role, sort.size, width, sort.most, "", sort.rim)


def _colour(settings: Settings, kit: Kit, lit: float) -> str:
    """What the letters are drawn in, lit by so much."""
    if text(settings, "body") == "stone":
        return kit.colour("ink")
    if kit.crisp:
        return kit.colour("accent" if lit >= 0.5 else "paper")
    own = kit.colour("paper" if text(settings, "style") == "whisper" else "ink")
    return mixed(own, kit.colour("accent"), 0.7 * lit)


def _steps(amount: float, steps: int) -> float:
    return round(min(max(amount, 0.0), 1.0) * steps) / steps


def stone(kit: Kit, lit: float = 0.0) -> str:
    """The colour of stone, in light as far as it is lit: pale enough to be read on."""
    cold = pale(mixed(kit.colour("cool"), kit.colour("mean"), 0.5), kit)
    return mixed(mixed(cold, kit.colour("ink"), 0.06), pale(kit.colour("accent"), kit), 0.85 * lit)


def slab(around: Box, seed: str) -> Outline:
    """A stone's outline: a box whose corners are knocked off, and whose sides aren't straight."""
    left, top, right, bottom = around
    chance = random.Random(seed)
    wide, tall = right - left, bottom - top
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    points = []
    for number_, ((x, y), (u, v)) in enumerate(zip(corners, (*corners[1:], corners[0]), strict=True)):
        across = number_ % 2 == 0
        for share in (0.06, 0.36, 0.66, 0.94) if across else (0.2, 0.55, 0.82):
            out = chance.uniform(-0.5, 1.0) * (0.045 * tall if across else 0.02 * wide)
            away = (0.0, -out if number_ == 0 else 0.35 * out) if across else (out if number_ == 1 else -out, 0.0)
            points.append((x + (u - x) * share + away[0], y + (v - y) * share + away[1]))
    return softened(points, 0.2 * min(wide, tall))


@lru_cache(maxsize=256)
def _stone(around: Box, seed: str, lit: float, kit: Kit) -> Node:
    path, colour = slab(around, seed), stone(kit, lit)
    left, top, right, bottom = around
    chance = random.Random(f"{seed} chips")
    chips = []
    for number_ in range(4):
        x = (left if number_ % 2 else right - 0.16 * (right - left)) + chance.uniform(0.03, 0.12) * (right - left)
        y = top + 22 if number_ < 2 else bottom - 22
        chips.append(
            lined(polygon(((x, y), (x + chance.uniform(8, 20), y + 3)), closed=False), kit.colour("ink"), 4, 0.45)
        )
    edge = lined(
        polygon(((left + 0.1 * (right - left), top + 13), (right - 0.22 * (right - left), top + 11)), closed=False),
        kit.colour("paper"),
        7,
        0.8,
    )
    return group(*solid(path, colour, kit, kit.line * 1.05, min(0.17 * (bottom - top), 26.0)), edge, *chips)


@lru_cache(maxsize=512)
def _body(said: str, sort: Sort, count: int, lit: float, kit: Kit) -> Node:
    found = lettering(said, sort, kit)
    around = reach(found.upto(count), 0.52 * found.size)
    return _stone(tuple(round(side) for side in around), said, lit, kit)


def words(settings: Settings, values: Values, kit: Kit) -> Node:
    """The words but for their last `left` letters, bare or cut into a stone that is as large as they need.

    `lit` lights them.
    """
    said, sort = text(settings, "text"), sort_of(settings)
    count, lit = there(said, sort, values.get("left", 0.0), kit), _steps(values.get("lit", 0.0), _LIT)
    if count <= 0 or not said.strip():
        return NOTHING
    bare = settings.get("bare") is True
    letters = NOTHING if bare else written(said, sort, kit, _colour(settings, kit, lit), count)
    body = NOTHING
    if text(settings, "body") == "stone":
        body = _body(said, sort, count, lit, kit)
        light = () if bare else (placed(written(said, sort, kit, kit.colour("paper"), count), 2.5, 3.5),)
        return grown(group(body, *light, letters), values.get("appear", 1.0), kit)
    return grown(letters, values.get("appear", 1.0), kit)


def words_size(settings: Settings) -> tuple[float, float]:
    """What words take up, reckoned from their text alone."""
    sort, said = sort_of(settings), text(settings, "text") or "—"
    count, widest = room(said, sort.size, sort.width, sort.most)
    more = 1.04 if text(settings, "body") == "stone" else 2 * sort.rim
    return widest + more * sort.size, count * 1.16 * sort.size + (more - 0.18) * sort.size


def _words_box(settings: Settings) -> Box:
    wide, tall = words_size(settings)
    return reach((-wide / 2, -tall / 2, wide / 2, tall / 2), 120 + 0.35 * max(wide, tall))


def letter(settings: Settings, values: Values, kit: Kit) -> Node:
    """One letter of some words about its own middle, as it stands in them; or a `part` of it: its paper, itself."""
    found, sort = lettering(text(settings, "text"), _sort(settings), kit), _sort(settings)
    number_ = round(number(settings, "number", 0))
    if number_ >= len(found.letters):
        return NOTHING
    one = found.letters[number_]
    made = drawn(one, kit.colour("paper" if kit.crisp else "ink"), sort.rim * found.size, kit)
    part = text(settings, "part")
    made = made[-1:] if part == "front" else made[:-1] if part == "under" else made
    return group(*made, transform=placing(0, 0, one.grown, 0.0 if kit.crisp else one.turn))


def _sort(settings: Settings) -> Sort:
    """How the words were set that a letter is one of."""
    return Sort(
        text(settings, "role", "title"),
        number(settings, "size", 64),
        number(settings, "width", 700),
        round(number(settings, "most", 12)),
        text(settings, "hand"),
        number(settings, "rim", 0.0),
        number(settings, "align", 0.5),
    )


def _letter_box(settings: Settings) -> Box:
    half = 1.1 * number(settings, "size", 64)
    return (-half, -half, half, half)


@lru_cache(maxsize=256)
def _shard(seed: int, size: float, paper: bool, kit: Kit) -> Node:
    chance = random.Random(seed)
    points = []
    for index in range(5):
        angle = math.radians(72 * index + chance.uniform(-24, 24))
        points.append(
            (size * chance.uniform(0.55, 1.0) * math.cos(angle), size * chance.uniform(0.5, 0.9) * math.sin(angle))
        )
    colour = kit.colour("paper") if paper else stone(kit)
    return group(*solid(softened(points, 0.2 * size), colour, kit, kit.line * 0.7, 0.3 * size))


def shard(settings: Settings, values: Values, kit: Kit) -> Node:
    """A crumb of a stone, or a scrap, about its middle."""
    return _shard(round(number(settings, "seed", 0)), number(settings, "size", 20), settings.get("paper") is True, kit)


def _shard_box(settings: Settings) -> Box:
    half = 1.2 * number(settings, "size", 20) + 16
    return (-half, -half, half, half)


_TYPE, _FIELD_LEAD, _PAD = 60.0, 70.0, 46.0


def field_sort(settings: Settings) -> Sort:
    """How the letters of a field are set."""
    return Sort("body", _TYPE, number(settings, "width", 700) - 2 * _PAD, 4, align=0.0)


def field_size(settings: Settings) -> tuple[float, float]:
    """What a field takes up."""
    width = number(settings, "width", 700)
    longest = max((text(settings, "text"), text(settings, "widest")), key=len)
    count, _ = room(longest, _TYPE, width - 2 * _PAD, 4)
    return width, 2 * 34 + _FIELD_LEAD * max(count, 1)


@lru_cache(maxsize=32)
def _field(width: float, tall: float, kit: Kit) -> Node:
    path = about(width, tall, min(kit.corner * tall, 60.0))
    inner = about(width - 22, tall - 22, max(min(kit.corner * tall, 60.0) - 11, 4.0))
    return group(
        *plate(path, kit.colour("paper"), kit), lined(inner, mixed(kit.colour("ink"), kit.colour("paper"), 0.8), 3)
    )


def field(settings: Settings, values: Values, kit: Kit) -> Node:
    """A box with its text but for the last `left` letters; behind them stands the caret, unless `caret` puts it out."""
    width, tall = field_size(settings)
    said, sort = text(settings, "text"), field_sort(settings)
    found, count = lettering(said, sort, kit), there(said, sort, values.get("left", 0.0), kit)
    x, y = found.caret(count)
    hint: tuple[Node, ...] = ()
    if count <= 0 and text(settings, "hint"):
        copy = fitted(text(settings, "hint"), "body", kit, _TYPE, sort.width, 1)
        hint = rows(copy, -sort.width / 2, 0.33 * copy.size, 0.0, mixed(kit.colour("ink"), kit.colour("paper"), 0.5))
    caret = placed(_caret(kit), x + 5, y, opacity=0.0 if values.get("caret", 0.0) > 0.5 else 1.0, crisp=kit.crisp)
    if settings.get("bare") is True:
        return grown(group(_field(width, tall, kit)), values.get("appear", 1.0), kit)
    letters = written(said, sort, kit, kit.colour("ink"), count)
    return grown(group(_field(width, tall, kit), *hint, letters, caret), values.get("appear", 1.0), kit)


@lru_cache(maxsize=8)
def _caret(kit: Kit) -> Node:
    return lined(polygon(((0, 9), (0, -46)), closed=False), kit.colour("ink"), 7)


def _field_box(settings: Settings) -> Box:
    wide, tall = field_size(settings)
    return (-0.8 * wide - 60, -0.8 * tall - 60, 0.8 * wide + 60, 0.8 * tall + 60)


def note_size(settings: Settings) -> tuple[float, float]:
    """What a note takes up."""
    return number(settings, "width", 420), number(settings, "height", 300)


def note_sort(settings: Settings) -> Sort:
    """How the letters of a note are set: as large as its paper lets them be."""
    width, height = note_size(settings)
    longest = max((text(settings, "text"), text(settings, "back")), key=len) or "—"
    across, down, size = width - 64, height - 56, 74.0
    while size > 22 and room(longest, size, across)[0] * 1.16 * size > down:
        size *= 0.94
    hand = text(settings, "handwriting")
    return Sort(hand_of(hand) if hand else "body", size, across, 12, hand)


@lru_cache(maxsize=64)
def _paper(width: float, height: float, colour: str, seed: str, kit: Kit) -> Node:
    chance = random.Random(f"{seed} paper")
    nudged = [
        (x * width / 2 + chance.uniform(-5, 5), y * height / 2 + chance.uniform(-5, 5))
        for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    sheet = softened(nudged, 8)
    x, y = nudged[2]
    fold = 0.16 * min(width, height)
    ear = polygon(((x, y - fold), (x - fold, y), (x - 0.9 * fold, y - 0.86 * fold)))
    return group(
        shadow(sheet, kit, 12), inked(sheet, colour, kit), inked(ear, mixed(colour, kit.colour("ink"), 0.1), kit, 0.7)
    )


def note(settings: Settings, values: Values, kit: Kit) -> Node:
    """A paper with words in a hand; `turn` turns it over: at 1 its back is seen, at 2 its front again."""
    width, height = note_size(settings)
    turn = values.get("turn", 0.0)
    side = math.floor(turn + 0.5) % 2
    said = text(settings, "back") if side else text(settings, "text")
    sort = note_sort(settings)
    count = there(said, sort, values.get("left", 0.0), kit)
    colour = text(settings, "colour") or kit.colour("paper")
    seed = f"{text(settings, 'handwriting')} {side}"
    paper = _paper(width, height, colour, seed, kit)
    bare = settings.get("bare") is True
    letters = NOTHING if bare else written(said, sort, kit, kit.colour("ink"), count)
    wide = abs(math.cos(math.pi * turn))
    tall = 1 + 0.05 * (1 - wide)
    whole = placed((paper, letters), 0, 0, wide=max(round(wide, 2), 0.02), tall=round(tall, 2))
    return grown(whole, values.get("appear", 1.0), kit)


def _note_box(settings: Settings) -> Box:
    wide, tall = note_size(settings)
    return (-0.8 * wide - 50, -0.85 * tall - 50, 0.8 * wide + 50, 0.85 * tall + 50)


WORDS = Widget(shapes=words, bounds=_words_box, values=("appear", "left", "lit"), size=words_size)
LETTER = Widget(shapes=letter, bounds=_letter_box, values=())
SHARD = Widget(shapes=shard, bounds=_shard_box, values=())
FIELD = Widget(shapes=field, bounds=_field_box, values=("appear", "caret", "left"), size=field_size)
NOTE = Widget(shapes=note, bounds=_note_box, values=("appear", "left", "turn"), size=note_size)
