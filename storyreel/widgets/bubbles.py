"""Speech balloons that grow out of a mouth, each in the manner of what is said; they can be wrung, and eaten."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import skia

from storyreel.puppet.model import Node, Point, Shape, Stroke
from storyreel.stage.ink import to_path
from storyreel.stage.outline import joined, to_commands, without
from storyreel.stage.type_shapes import warped
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.cards import balloon_outline
from storyreel.widgets.copyfit import room
from storyreel.widgets.given import text
from storyreel.widgets.lettered import Letter, Sort, drawn, in_place, lettering, there, whole
from storyreel.widgets.outlines import Outline, disc, placing
from storyreel.widgets.pieces import NOTHING, filled, group, grown, inked, pale, shadow

_SORTS = {
    "speech": Sort("title", 60, 560),
    "shout": Sort("title", 88, 640),
    "thought": Sort("body", 56, 520),
    "whisper": Sort("body", 46, 460),
}
_TAIL = 760.0
"""How far from its middle a tail reaches at the most."""
_STEP = 6.0
"""Units in which a tail's tip moves."""
_WRUNG = 5
"""Drawings of a wrung balloon."""


@dataclass(frozen=True)
class Manner:
    """How a look draws balloons, over the neutral way.

    Attributes:
        outline: a balloon's outline about its middle, without its tail, by style, width and height.
        larger: by how much letters may be larger, where they still fit.
        body: the styles that are set in the type of running text.
        loud: the colour of words that are all capitals in a shout; "" for none.
        plain: whether a shout's paper is as white as any other's.
        reach: which share of the way to a mouth a tail goes.
        words: whether words come whole, and a balloon is as large as those that are there need it.
    """

    outline: Callable[[str, float, float], Outline]
    larger: float = 1.0
    body: frozenset[str] = frozenset(("thought", "whisper"))
    loud: str = ""
    plain: bool = False
    reach: float = 1.0
    words: bool = False

    def sort(self, style: str, sort: Sort) -> Sort:
        """How letters are set that neutrally were set so."""
        return replace(sort, role="body" if style in self.body else "title", size=sort.size * self.larger)


def bubble_sort(settings: Settings) -> Sort:
    """How the letters of a balloon are set."""
    sort = _SORTS.get(text(settings, "style", "speech"), _SORTS["speech"])
    # As wide as its rows are reckoned, so that they break where its size has them.
    count, widest = room(text(settings, "text"), sort.size, sort.width)
    return replace(sort, width=max(widest, 60.0), most=max(count, 1))


def bubble_size(settings: Settings) -> tuple[float, float]:
    """What a balloon takes up, without its tail."""
    style, sort, said = text(settings, "style", "speech"), bubble_sort(settings), text(settings, "text")
    if not said.strip():
        return 150.0, 120.0
    count, widest = sort.most, sort.width
    wide, tall = widest + 1.9 * sort.size, 1.2 * sort.size + 1.16 * sort.size * count
    return (
        (wide * 1.2, tall * 1.5)
        if style == "shout"
        else (wide * 1.12, tall * 1.18)
        if style == "thought"
        else (wide, tall)
    )


def _outline(style: str, width: float, height: float) -> Outline:
    if style == "shout":
        return balloon_outline(width / 1.24, height / 1.68, "none", True)
    if style == "thought":
        return _cloud(width, height)
    return balloon_outline(width, height, "none", False)


def _cloud(width: float, height: float) -> Outline:
    whole = to_path(balloon_outline(width * 0.86, height * 0.84, "none", False))
    count = max(9, round((width + height) / 90))
    for index in range(count):
        angle = 2 * math.pi * (index + 0.3) / count
        x, y = math.cos(angle) * width * 0.42, math.sin(angle) * height * 0.4
        size = (0.15 if index % 2 else 0.18) * min(width, 1.6 * height) * 0.62
        whole = joined(whole, to_path(disc(x, y, size)))
    return tuple(to_commands(whole))


def _tailed(body: Outline, style: str, width: float, height: float, tip: Point) -> tuple[Outline, tuple[Outline, ...]]:
    """A balloon's outline with its tail, and what drops of it lie on the way to the mouth."""
    x, y = tip
    away = math.hypot(x / (width / 2), y / (height / 2))
    if away < 1.06:
        return body, ()
    edge = (x / away, y / away)
    if style == "thought":
        drops = []
        for share, size in ((0.22, 0.11), (0.52, 0.075), (0.8, 0.05)):
            drops.append(disc(edge[0] + (x - edge[0]) * share, edge[1] + (y - edge[1]) * share, size * height + 6))
        return body, tuple(drops)
    root = (edge[0] * 0.62, edge[1] * 0.62)
    length = max(math.dist(root, tip), 1e-6)
    along = ((x - root[0]) / length, (y - root[1]) / length)
    half = min(0.17 * width, 0.32 * height, 46.0)
    side = (-along[1] * half, along[0] * half)
    # The tail bends a little, as one that is drawn in one stroke does.
    bow = (-along[1] * 0.1 * length, along[0] * 0.1 * length)
    if x > 0:
        bow = (-bow[0], -bow[1])
    mid = (root[0] + 0.55 * (x - root[0]) + bow[0], root[1] + 0.55 * (y - root[1]) + bow[1])
    one, two = (root[0] + side[0], root[1] + side[1]), (root[0] - side[0], root[1] - side[1])
    tail: Outline = (
        ("M", one),
        ("C", (*one, mid[0] + 0.4 * side[0], mid[1] + 0.4 * side[1], x, y)),
        ("C", (mid[0] - 0.4 * side[0], mid[1] - 0.4 * side[1], *two, *two)),
        ("Z", ()),
    )
    return tuple(to_commands(joined(to_path(body), to_path(tail)))), ()


def _wring(width: float, amount: float) -> Callable[[float, float], Point]:
    """How a wrung balloon is twisted: its waist is thin, and one end is turned against the other."""

    def bend(x: float, y: float) -> Point:
        share = max(-1.0, min(1.0, 2 * x / width))
        waist = 1 - 0.72 * amount * math.exp(-((share / 0.42) ** 2))
        lean = 0.16 * amount * width * math.sin(math.pi * share) * (1 if y < 0 else -1)
        return x * (1 + 0.12 * amount) + 0.25 * lean * waist, y * waist + 0.1 * amount * width * 0.3 * math.sin(
            5 * share
        )

    return bend


def _dense(path: Outline) -> skia.Path:
    """An outline as short straight pieces, so that its sides can be bent."""
    measure, points = skia.PathMeasure(to_path(path), True), skia.Path()
    whole = measure.getLength()
    count = max(round(whole / 14), 8)
    for index in range(count):
        point, _ = measure.getPosTan(whole * index / count)
        if index:
            points.lineTo(point)
        else:
            points.moveTo(point)
    points.close()
    return points


def _bitten(path: Outline, around: Box, eaten: float) -> Outline:
    """What is left of an outline of which so much is eaten: from its right end, or (below 0) from its left."""
    left, top, right, bottom = around
    at = (right + 40) - (right - left + 80) * eaten if eaten > 0 else (left - 40) - (right - left + 80) * eaten
    size = (bottom - top) / 4.2
    gone = skia.Path()
    gone.addRect(skia.Rect.MakeLTRB(*((at, -4000, 4000, 4000) if eaten > 0 else (-4000, -4000, at, 4000))))
    for index in range(7):
        gone.addCircle(at, top - size + index * size, 0.62 * size)
    return tuple(to_commands(without(to_path(path), gone)))


@lru_cache(maxsize=96)
def _shell(
    manner: Manner, style: str, size: tuple[float, float], tip: Point, wrung: float, eaten: float, kit: Kit
) -> Node:
    width, height = size
    path, drops = _tailed(manner.outline(style, width, height), style, width, height, tip)
    if wrung:
        path = tuple(to_commands(warped(_dense(path), _wring(width, wrung))))
    if eaten:
        path = _bitten(path, (-width / 2, -height / 2, width / 2, height / 2), eaten)
    colour = pale(kit.colour("mean"), kit) if style == "shout" and not manner.plain else kit.colour("paper")
    if style == "whisper":
        dashes = Stroke(kit.colour("ink"), kit.line * 0.7, "round", "round", dashes=(0.1, 17.0))
        edge = Node(shape=Shape(path, fill=None, stroke=dashes, role="line"))
        return group(filled(path, colour), edge)
    shells = [shadow(path, kit), inked(path, colour, kit, 1.3 if style == "shout" else 1.05)]
    return group(*shells, *(inked(drop, colour, kit, 0.9) for drop in drops))


@lru_cache(maxsize=256)
def _letters(said: str, sort: Sort, count: int, width: float, wrung: float, eaten: float, loud: str, kit: Kit) -> Node:
    found = lettering(said, sort, kit)
    bend = _wring(width, wrung)
    hot = _loud(said) if loud else frozenset()
    fronts = []
    for index, one in enumerate(found.letters[: max(count, 0)]):
        if eaten and _gone(one, width, eaten):
            continue
        x, y = bend(one.x * (1 - 0.45 * wrung), one.y) if wrung else (one.x, one.y)
        front = drawn(one, loud if index in hot else kit.colour("ink"), 0.0, kit)[-1]
        turn = 0.0 if kit.crisp or not wrung else 70 * wrung * math.sin(9.0 * one.x / width)
        fronts.append(in_place(front, x, y, turn, 1 - 0.4 * wrung))
    return group(*fronts)


@lru_cache(maxsize=64)
def _loud(said: str) -> frozenset[int]:
    """Which letters, white space left out, stand in words of two capitals or more."""
    found: set[int] = set()
    at = 0
    for word in said.split():
        if sum(sign.isupper() for sign in word) > 1 and word.upper() == word:
            found.update(range(at, at + len(word)))
        at += len(word)
    return frozenset(found)


def _gone(one: Letter, width: float, eaten: float) -> bool:
    edge = width / 2 + 40 - (width + 80) * abs(eaten)
    return one.x + one.box[2] > edge - 8 if eaten > 0 else one.x + one.box[0] < -edge + 8


def bubble(settings: Settings, values: Values, kit: Kit, manner: Manner) -> Node:
    """A balloon about its middle, with all but the last `left` of its letters; its tail ends at (`tail_x`, `tail_y`).

    It comes out of that tip; `wrung` twists it, and `eaten` is how much of it is gone, from the right or (below 0) from
    the left.
    """
    appear = values.get("appear", 1.0)
    if appear <= 0.01:
        return NOTHING
    style, said = text(settings, "style", "speech"), text(settings, "text")
    x, y = (round(values.get(name, 0.0) / _STEP) * _STEP for name in ("tail_x", "tail_y"))
    far = math.hypot(x, y)
    if far > _TAIL:
        x, y = x * _TAIL / far, y * _TAIL / far
    x, y = x * manner.reach, y * manner.reach
    size = bubble_size(settings)
    wrung = round(min(max(values.get("wrung", 0.0), 0.0), 1.0) * _WRUNG) / _WRUNG
    eaten = round(min(max(values.get("eaten", 0.0), -1.0), 1.0), 2)
    if abs(eaten) >= 1:
        return NOTHING
    bare = settings.get("bare") is True or not said.strip()
    letters, middle = NOTHING, (0.0, 0.0)
    if not bare:
        sort = manner.sort(style, bubble_sort(settings))
        count = there(said, sort, values.get("left", 0.0), kit)
        if manner.words:
            count = whole(said, sort, max(count, 1), kit)
            size, middle = _grown_to(said, sort, count, size, kit)
        loud = manner.loud if style == "shout" else ""
        letters = _letters(said, sort, count, size[0], wrung, eaten, loud, kit)
    tip = (x - middle[0], y - middle[1])
    shell = group(_shell(manner, style, size, tip, wrung, eaten, kit), transform=placing(*middle))
    return grown(group(shell, letters), appear, kit, 0.0, x, y)


@lru_cache(maxsize=128)
def _grown_to(
    said: str, sort: Sort, count: int, size: tuple[float, float], kit: Kit
) -> tuple[tuple[float, float], Point]:
    """How large a balloon is round its first so many letters, and where its middle is then."""
    found = lettering(said, sort, kit)
    if count >= len(found.letters):
        return size, (0.0, 0.0)
    (left, top, right, foot), (far_left, high, far_right, low) = found.upto(count), found.box
    less = ((far_right - far_left) - (right - left), (low - high) - (foot - top))
    return (size[0] - less[0], size[1] - less[1]), (
        (left + right - far_left - far_right) / 2,
        (top + foot - high - low) / 2,
    )


def _bubble_box(settings: Settings) -> Box:
    wide, tall = bubble_size(settings)
    across, down = max(0.95 * wide, 1.5 * _TAIL) + 40, max(tall, 1.5 * _TAIL) + 40
    return (-across, -down, across, down)


def bubbles(manner: Manner) -> Widget:
    """What draws balloons in a look's manner."""
    return Widget(
        shapes=partial(bubble, manner=manner),
        bounds=_bubble_box,
        values=("appear", "eaten", "left", "tail_x", "tail_y", "wrung"),
        size=bubble_size,
    )


BUBBLE = bubbles(Manner(_outline))
