"""Bare words and the film's title: cream serifs without paper, a soft shadow round them, a dry stroke below."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from storyreel.looks.storybook import LOOK
from storyreel.looks.storybook.palette import AMBER, BRUSH, CREAM
from storyreel.looks.storybook.strokes import along
from storyreel.puppet.model import Node, Shape, Stroke
from storyreel.stage.lettering import outline
from storyreel.stage.outline import plain, to_commands
from storyreel.text.chain import FontChain, face
from storyreel.text.shape import shape
from storyreel.treatment.contract import Kit
from storyreel.treatment.strokes import Ribbon, ribbons
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import fitted
from storyreel.widgets.given import number, text
from storyreel.widgets.pieces import grown
from storyreel.widgets.written import LETTER, WORDS, letter, sort_of, words

_ITALIC = ("Fraunces SemiBold Italic", "M PLUS Rounded 1c ExtraBold", "Baloo Bhaijaan 2 ExtraBold", "Noto Color Emoji")
_SIZE, _ROOM, _LEAD, _SUB = 170.0, 820.0, 1.0, 56.0
_PALE = replace(LOOK.kit, colours={**LOOK.kit.colours, "ink": CREAM, "accent": AMBER}, rims=False)
"""What bare words are set with: they stand before a dusk."""


@lru_cache(maxsize=32)
def _leaning(said: str, size: float) -> Node:
    """One word that stands by itself: in amber italics over a dry stroke, as a caption's word that sounds."""
    line = shape(said, FontChain(tuple(face(name) for name in _ITALIC)), size)
    path = outline(line)
    left, _, right, _ = line.ink
    path.offset(-(left + right) / 2, 0.3 * size)
    half, under = 0.52 * (right - left), 0.46 * size
    stroke = along((-half, under + 0.03 * size), (0.1 * half, under - 0.02 * size), (half, under + 0.01 * size))
    swept = ribbons(stroke, Ribbon(0.1 * size, wobble=0.7, restate=False), 3, 0)
    return Node(
        children=(
            Node(shape=Shape(swept, fill=BRUSH, role="light")),
            Node(shape=Shape(tuple(to_commands(plain(path))), fill=AMBER, role="letter")),
        )
    )


def _words(settings: Settings, values: Values, kit: Kit) -> Node:
    said = text(settings, "text").strip()
    if text(settings, "body") == "stone":
        return words(settings, values, kit)
    if text(settings, "style") == "title" and len(said.split()) == 1 and not values.get("left", 0.0):
        return grown(_leaning(said, sort_of(settings).size), values.get("appear", 1.0), kit)
    return words(settings, values, _PALE)


def _letter(settings: Settings, values: Values, kit: Kit) -> Node:
    """One letter; of bare words if it was set with a rim."""
    return letter(settings, values, _PALE if number(settings, "rim", 0.0) > 0 else kit)


@lru_cache(maxsize=16)
def _set(said: str, sub: str) -> tuple[Node, float, float]:
    """The title about its middle, its width and its height."""
    copy = fitted(said, "title", LOOK.kit, _SIZE, _ROOM, 3)
    small = fitted(sub, "label", LOOK.kit, _SUB, _ROOM, 1).lines if sub else ()
    lead = copy.size * _LEAD
    tall = lead * len(copy.lines) + (_SUB * 1.5 if small else 0.0)
    baseline = -tall / 2 + copy.size * 0.74
    letters: list[Node] = []
    for line in copy.lines:
        path = outline(line)
        path.offset(-(line.ink[0] + line.ink[2]) / 2, baseline)
        letters.append(Node(shape=Shape(tuple(to_commands(plain(path))), fill=CREAM, role="letter")))
        baseline += lead
    under = baseline - lead + copy.size * 0.24
    half = copy.lines[-1].width * 0.42
    stroke = along((-half, under + 5), (half * 0.1, under - 3), (half, under + 1))
    letters.insert(0, Node(shape=Shape(stroke, fill=None, stroke=Stroke(BRUSH, 13, "round"), role="line")))
    for line in small:
        path = outline(line)
        path.offset(-(line.ink[0] + line.ink[2]) / 2, under + _SUB * 1.15)
        letters.append(Node(shape=Shape(tuple(to_commands(plain(path))), fill=AMBER, role="letter")))
    return Node(children=tuple(letters)), max(line.width for line in (*copy.lines, *small)), tall


@lru_cache(maxsize=64)
def _shown(said: str, sub: str, share: float) -> Node:
    whole, _, tall = _set(said, sub)
    return Node(transform=(1.0, 0.0, 0.0, 1.0, 0.0, (1 - share) * tall * 0.12), opacity=share, children=(whole,))


def _title(settings: Settings, values: Values, kit: Kit) -> Node:
    said, sub = text(settings, "text").strip(), text(settings, "sub").strip()
    share = min(max(values.get("appear", 1.0), 0.0), 1.0) * (1 - min(max(values.get("leave", 0.0), 0.0), 1.0))
    return _shown(said, sub, round(share * 16) / 16) if said and share > 0.01 else Node()


def _size(settings: Settings) -> tuple[float, float]:
    _, wide, tall = _set(text(settings, "text").strip() or "-", text(settings, "sub").strip())
    return wide + 60, tall + 60


def _bounds(settings: Settings) -> Box:
    wide, tall = _size(settings)
    return (-wide / 2 - 130, -tall / 2 - 130, wide / 2 + 130, tall / 2 + 130)


TITLE = Widget(bounds=_bounds, values=("appear", "leave"), shapes=_title, size=_size)
BARE = replace(WORDS, shapes=_words)
LOOSE = replace(LETTER, shapes=_letter)
