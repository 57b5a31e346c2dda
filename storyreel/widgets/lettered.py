"""Words letter by letter: where each letter stands, in print or in somebody's hand, and how it is drawn."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from functools import lru_cache

import skia

from storyreel.puppet.model import Node, Point
from storyreel.stage.ink import to_path
from storyreel.stage.lettering import font
from storyreel.stage.outline import grown as fattened
from storyreel.stage.outline import to_commands
from storyreel.text.shape import GlyphRun, ShapedLine
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box
from storyreel.widgets.copyfit import fitted
from storyreel.widgets.outlines import Outline, placing
from storyreel.widgets.pieces import filled, group, lined

LEAD = 1.16
"""How far rows are apart, in em."""


@dataclass(frozen=True)
class Sort:
    """How words are set: the role of their type, its size, how wide a row may be, and in whose hand.

    Attributes:
        hand: a word that a handwriting is made from; "" for print.
        rim: how far paper reaches beyond each letter, in em; 0 for none.
        align: what of a row stands over the middle: .5 its own middle, 0 its left end.
    """

    role: str = "title"
    size: float = 64.0
    width: float = 700.0
    most: int = 12
    hand: str = ""
    rim: float = 0.0
    align: float = 0.5


@dataclass(frozen=True)
class Letter:
    """A letter in place: its outline about its own middle, where that middle is, and the box of its ink.

    `sign` is an emoji's own line of type; `row` the row that it stands in; `after` is how much of the text, white
    space left out, there is with it.
    """

    text: str
    outline: Outline
    x: float
    y: float
    box: Box
    row: int
    after: int
    turn: float = 0.0
    grown: float = 1.0
    sign: ShapedLine | None = None
    shift: Point = (0.0, 0.0)


@dataclass(frozen=True)
class Lettering:
    """Words that are set, about the middle of what they take up.

    Attributes:
        letters: in the order of their text.
        rows: the baseline of each row, and its left and right end.
        size: of the type, in units.
    """

    letters: tuple[Letter, ...]
    rows: tuple[tuple[float, float, float], ...]
    size: float

    @property
    def box(self) -> Box:
        """What all rows take up."""
        return self.upto(len(self.letters))

    def upto(self, count: int) -> Box:
        """What the first so many letters take up."""
        some = self.letters[: max(count, 1)]
        if not some:
            return (-0.3 * self.size, -0.4 * self.size, 0.3 * self.size, 0.4 * self.size)
        last = some[-1].row
        return (
            min(one.x + one.box[0] for one in some),
            self.rows[0][0] - 0.74 * self.size,
            max(one.x + one.box[2] for one in some),
            self.rows[last][0] + 0.24 * self.size,
        )

    def caret(self, count: int) -> Point:
        """Where the next letter would begin, on its baseline, behind the first so many."""
        if count <= 0 or not self.letters:
            y, left, _ = self.rows[0]
            return left, y
        one = self.letters[min(count, len(self.letters)) - 1]
        return one.x + one.box[2] + 0.08 * self.size, self.rows[one.row][0]


@lru_cache(maxsize=512)
def lettering(text: str, sort: Sort, kit: Kit) -> Lettering:
    """Sets words about the middle of their rows.

    Raises:
        MissingGlyph: none of the look's faces has a character.
    """
    copy = fitted(text.strip(), sort.role, kit, sort.size, sort.width, sort.most)
    lead, count = copy.size * LEAD, len(copy.lines)
    letters: list[Letter] = []
    rows = []
    for number, line in enumerate(copy.lines):
        base = (number - (count - 1) / 2) * lead + 0.33 * copy.size
        left = -line.width * sort.align if sort.align else -sort.width / 2
        rows.append((base, left, left + line.width))
        for sign, run, picked in _signs(line):
            made = _letter(line, run, picked, copy.size)
            letters.append(
                replace(made, text=sign, x=made.x + left, y=made.y + base, row=number, after=len(letters) + 1)
            )
    if not rows:
        left = 0.0 if sort.align else -sort.width / 2
        rows.append((0.33 * sort.size, left, left))
    done = tuple(letters)
    return Lettering(_written(done, sort.hand, copy.size) if sort.hand else done, tuple(rows), copy.size)


def _signs(line: ShapedLine) -> list[tuple[str, GlyphRun, tuple[int, ...]]]:
    """The signs of a row that can be seen, in the order of the text: each with its glyphs."""
    found: list[tuple[int, GlyphRun, list[int]]] = []
    for run in line.runs:
        clusters: dict[int, list[int]] = {}
        for index, cluster in enumerate(run.clusters):
            clusters.setdefault(cluster, []).append(index)
        found += [(cluster, run, picked) for cluster, picked in clusters.items()]
    found.sort(key=lambda one: one[0])
    ends = [cluster for cluster, _, _ in found[1:]] + [len(line.text)]
    signs = [(line.text[one[0] : end], one[1], tuple(one[2])) for one, end in zip(found, ends, strict=True)]
    return [(text.strip(), run, picked) for text, run, picked in signs if text.strip()]


def _letter(line: ShapedLine, run: GlyphRun, picked: tuple[int, ...], size: float) -> Letter:
    start = min(run.points[index][0] for index in picked)
    across = sum(run.advances[index] for index in picked)
    if run.face.coloured:
        only = GlyphRun(
            run.face,
            tuple(run.glyphs[index] for index in picked),
            tuple(run.points[index] for index in picked),
            tuple(run.clusters[index] for index in picked),
            tuple(run.advances[index] for index in picked),
        )
        x, y, half = start + across / 2, -0.34 * size, (0.5 * across, 0.6 * size)
        box = (-half[0], -half[1], half[0], half[1])
        return Letter("", (), x, y, box, 0, 0, sign=replace(line, runs=(only,)), shift=(-x, -y))
    made = font(run.face, line.size)
    path = skia.Path()
    for index in picked:
        glyph = made.getPath(run.glyphs[index])
        if glyph is not None and not glyph.isEmpty():
            glyph.offset(*run.points[index])
            path.addPath(glyph)
    bounds = path.computeTightBounds() if not path.isEmpty() else skia.Rect(start, -0.5 * size, start + across, 0)
    x, y = bounds.centerX(), bounds.centerY()
    half_x, half_y = bounds.width() / 2, bounds.height() / 2
    path.offset(-x, -y)
    return Letter("", tuple(to_commands(path)), x, y, (-half_x, -half_y, half_x, half_y), 0, 0)


def _written(letters: tuple[Letter, ...], hand: str, size: float) -> tuple[Letter, ...]:
    """Letters as a hand writes them: each hand leans its own way; no letter stands quite where print has it."""
    own = random.Random(hand)
    lean, loose, wave = own.uniform(-7.0, 3.0), own.uniform(0.5, 1.3), own.uniform(0.4, 1.2)
    chance = random.Random(f"{hand} writes")
    made = []
    for one in letters:
        turn = lean + 3.4 * loose * chance.uniform(-1, 1)
        y = one.y + size * (0.03 * loose * chance.uniform(-1, 1) + 0.022 * wave * math.sin(one.x / size))
        made.append(replace(one, y=y, turn=turn, grown=1 + 0.06 * loose * chance.uniform(-1, 1)))
    return tuple(made)


@lru_cache(maxsize=4096)
def drawn(letter: Letter, colour: str, rim: float, kit: Kit) -> tuple[Node, ...]:
    """A letter about its own middle, from below: the line round its paper and that paper, where it has any; itself.

    What is as pale as paper, or lit where all edges are hard, stands on ink instead.
    """
    if letter.sign is not None:
        return (Node(transform=placing(*letter.shift), signs=letter.sign),)
    front = filled(letter.outline, colour, "letter")
    pale = (kit.colour("paper"), kit.colour("accent")) if kit.crisp else (kit.colour("paper"),)
    ground = "ink" if colour in pale else "paper"
    return (front,) if rim <= 0 or not kit.rims else (*_papered(letter.outline, rim, kit, ground), front)


@lru_cache(maxsize=2048)
def _papered(outline: Outline, rim: float, kit: Kit, ground: str) -> tuple[Node, Node]:
    back = tuple(to_commands(fattened(to_path(outline), rim)))
    return lined(back, kit.colour("ink"), 1.3 * kit.line), filled(back, kit.colour(ground))


def in_place(node: Node, x: float, y: float, turn: float, scale: float) -> Node:
    """A node put somewhere."""
    return group(node, transform=placing(x, y, scale, turn))


@lru_cache(maxsize=1024)
def written(text: str, sort: Sort, kit: Kit, colour: str, count: int) -> Node:
    """The first so many letters of some words, about the middle of all of them."""
    found = lettering(text, sort, kit)
    layers: tuple[list[Node], ...] = ([], [], [])
    for one in found.letters[: max(count, 0)]:
        made = drawn(one, colour, sort.rim * found.size, kit)
        # All papers lie below all letters, so that no line runs between two of them.
        for into, node in zip(layers[-len(made) :], made, strict=True):
            into.append(in_place(node, one.x, one.y, 0.0 if kit.crisp else one.turn, one.grown))
    return group(*(node for layer in layers for node in layer))


def there(text: str, sort: Sort, left: float, kit: Kit) -> int:
    """How many letters of some words are there, if so many are still to come."""
    return max(len(lettering(text, sort, kit).letters) - max(round(left), 0), 0)


def whole(text: str, sort: Sort, count: int, kit: Kit) -> int:
    """So many letters of some words, and the rest of the word that the last of them stands in."""
    ends, at = set(), 0
    for word in text.split():
        at += len(word)
        ends.add(at)
    signs = 0
    for number, one in enumerate(lettering(text, sort, kit).letters, 1):
        signs += len(one.text)
        if number >= count and signs in ends:
            return number if count > 0 else 0
    return count


def reach(box: Box, more: float) -> Box:
    """A box that is larger all round."""
    return (box[0] - more, box[1] - more, box[2] + more, box[3] + more)
