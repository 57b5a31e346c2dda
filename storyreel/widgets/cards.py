"""What people say to each other: comments, speech balloons, the box that one types into, badges."""

from __future__ import annotations

import math
import random
from functools import lru_cache
from typing import NamedTuple

from storyreel.puppet.model import Node
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import fitted, room
from storyreel.widgets.given import text
from storyreel.widgets.outlines import Outline, about, disc, placing, polygon, softened
from storyreel.widgets.pieces import (
    NOTHING,
    filled,
    group,
    grown,
    inked,
    lined,
    pale,
    plate,
    portrait,
    rows,
    seal,
)

_EDGE = 26.0
"""What outline and shadow add to a card's width and height."""


def _turning(width: float, height: float) -> Box:
    """Room for a card that turns a little and overshoots its size by half."""
    across, down = (width / 2 + 90) * 1.5 + height * 0.2, (height / 2 + 90) * 1.5 + width * 0.2
    return (-across, -down, across, down)


def torn(width: float, height: float, seed: str) -> Outline:
    """A box about its middle whose edges are torn into teeth."""
    chance = random.Random(seed)
    corners = ((-width / 2, -height / 2), (width / 2, -height / 2), (width / 2, height / 2), (-width / 2, height / 2))
    points = []
    for (x, y), (u, v) in zip(corners, (*corners[1:], corners[0]), strict=True):
        length = math.dist((x, y), (u, v))
        across, down = (v - y) / length, (x - u) / length
        count = 2 * max(3, round(length / 46))
        points.append((x, y))
        for index in range(1, count):
            along = (index + chance.uniform(-0.22, 0.22)) / count
            out = 8 * chance.uniform(0.35, 1.0) * (1 if index % 2 else -1)
            points.append((x + (u - x) * along + across * out, y + (v - y) * along + down * out))
    return softened(points, 3)


class _Comment(NamedTuple):
    handle: str
    text: str
    mean: bool

    @property
    def room(self) -> tuple[int, float]:
        """Rows of its text, and how wide they are."""
        count, widest = room(self.text, 48.0, 520.0)
        return count, max(widest, room(self.handle, 32.0, 520.0, 1)[1], 240.0)

    @property
    def size(self) -> tuple[float, float]:
        count, widest = self.room
        return widest + 230, 104 + 58.0 * count


def _comment(settings: Settings) -> _Comment:
    return _Comment(text(settings, "handle"), text(settings, "text"), text(settings, "tone", "kind") == "mean")


@lru_cache(maxsize=64)
def _comment_card(comment: _Comment, kit: Kit) -> Node:
    count, widest = comment.room
    name = fitted(comment.handle, "label", kit, 32.0, widest, 1)
    said = fitted(comment.text, "title", kit, 48.0, widest, count)
    width, height = max(said.width, name.width, 240.0) + 230, 104 + 58.0 * max(len(said.lines), 1)
    left, top = -width / 2, -height / 2
    ink, paper = kit.colour("ink"), kit.colour("paper")
    if comment.mean:
        path, colour = torn(width, height, comment.text), pale(kit.colour("mean"), kit)
    else:
        path, colour = about(width, height, min(46.0, kit.corner * height)), paper
    x, y = left + 160, top + 60
    corner = placing(-left - 20, top + 8, 1.0, 0.0 if kit.crisp else 12)
    return group(
        *plate(path, colour, kit),
        group(portrait(comment.handle, 50, kit, comment.mean), transform=placing(left + 84, top + 92)),
        *rows(name, x, y, 0.0, mixed(ink, paper, 0.3)),
        *rows(said, x, y + 56, 58, ink),
        group(seal(kit, comment.mean), id="seal", transform=corner),
        transform=None if kit.crisp else placing(0, 0, 1.0, 2.0 if comment.mean else -1.5),
    )


def comment(settings: Settings, values: Values, kit: Kit) -> Node:
    """A comment card about its middle; a mean one is askew and torn."""
    made = _comment(settings)
    return grown(_comment_card(made, kit), values.get("appear", 1.0), kit, 10 if made.mean else -10)


class _Balloon(NamedTuple):
    text: str
    tail: str
    mean: bool

    @property
    def room(self) -> tuple[int, float]:
        count, widest = room(self.text, 60.0, 560.0)
        return count, max(widest, 90.0)

    @property
    def size(self) -> tuple[float, float]:
        count, widest = self.room
        return widest + 130, 70 + 70.0 * count


def _balloon(settings: Settings) -> _Balloon:
    mean = text(settings, "tone", "kind") == "mean"
    return _Balloon(text(settings, "text"), text(settings, "tail", "left"), mean)


def balloon_outline(width: float, height: float, tail: str, mean: bool) -> Outline:
    """A box with its tail; that of a mean one has points all round."""
    side, foot = (-1 if tail == "left" else 1), height / 2
    root = side * width * 0.24
    if not mean:
        radius = min(height * 0.46, 88.0)
        k = radius * 0.45
        tip = (root + side * 46, foot + 88)
        near, far = (root - side * 30, foot), (root + side * 32, foot)
        inner, outer = (far, near) if side > 0 else (near, far)
        bends = {
            near: (tip[0] - side * 30, foot + 60, tip[0] - side * 8, foot + 82),
            far: (far[0] - side * 2, foot + 40, tip[0] - side * 12, foot + 70),
        }
        end = bends[outer]
        hook: Outline = (
            ("L", inner),
            ("C", (inner[0], foot + 22, *bends[inner][2:], *tip)),
            ("C", (*end[2:], outer[0], foot + 22, *outer)),
        )
        across, down = width / 2, height / 2
        return (
            ("M", (-across + radius, -down)),
            ("L", (across - radius, -down)),
            ("C", (across - k, -down, across, -down + k, across, -down + radius)),
            ("L", (across, down - radius)),
            ("C", (across, down - k, across - k, down, across - radius, down)),
            *(() if tail == "none" else hook),
            ("L", (-across + radius, down)),
            ("C", (-across + k, down, -across, down - k, -across, down - radius)),
            ("L", (-across, -down + radius)),
            ("C", (-across, -down + k, -across + k, -down, -across + radius, -down)),
            ("Z", ()),
        )
    count = max(9, round((width + height) / 46))
    angles = [math.radians(-90 + index * 180 / count) for index in range(2 * count)]
    reaches = [(0.62 * width, 0.84 * height), (0.52 * width, 0.7 * height)]
    points = [(math.cos(a) * reaches[i % 2][0], math.sin(a) * reaches[i % 2][1]) for i, a in enumerate(angles)]
    if tail != "none":
        nearest = min(range(0, 2 * count, 2), key=lambda index: math.dist(points[index], (root, foot + 20)))
        points[nearest] = (root + side * 60, foot + 104)
    return softened(points, 4)


@lru_cache(maxsize=64)
def _balloon_card(balloon: _Balloon, kit: Kit) -> Node:
    count, widest = balloon.room
    said = fitted(balloon.text, "title", kit, 60.0, widest, count)
    height = 70 + 70.0 * max(len(said.lines), 1)
    path = balloon_outline(max(said.width, 90.0) + 130, height, balloon.tail, balloon.mean)
    colour = pale(kit.colour("mean"), kit) if balloon.mean else kit.colour("paper")
    first = -70 * (len(said.lines) - 1) / 2 + said.size * 0.34
    return group(*plate(path, colour, kit, 1.1), *rows(said, 0, first, 70, kit.colour("ink"), 0.5))


def balloon(settings: Settings, values: Values, kit: Kit) -> Node:
    """A speech balloon about the middle of its words; it grows out of its tail."""
    made = _balloon(settings)
    width, height = made.size
    side = {"left": -1, "right": 1}.get(made.tail, 0)
    x, y = side * (width * 0.24 + 46), (height / 2 + 66) * abs(side)
    return grown(_balloon_card(made, kit), values.get("appear", 1.0), kit, side * 14, x, y)


def _balloon_size(settings: Settings) -> tuple[float, float]:
    """Without its tail; a mean one's points stick out."""
    made = _balloon(settings)
    width, height = made.size
    return (width * 1.24 + _EDGE, height * 1.68 + _EDGE) if made.mean else (width + _EDGE, height + _EDGE)


def _balloon_box(settings: Settings) -> Box:
    width, height = _balloon(settings).size
    return _turning(width * 1.3, height * 1.5 + 140)


def badge(settings: Settings, values: Values, kit: Kit) -> Node:
    """A chip with a word, a dot at each of its ends."""
    return grown(_badge(text(settings, "text", "DUET"), kit), values.get("appear", 1.0), kit, -24)


_BADGE, _BADGE_WIDEST = 62.0, 820.0


@lru_cache(maxsize=16)
def _badge(words: str, kit: Kit) -> Node:
    across, tall = _badge_room(words)
    pad = _BADGE * 0.9
    copy = fitted(words, "title", kit, _BADGE, across - 2 * pad, 1)
    across = copy.width + 2 * pad
    inner = about(across - 20, tall - 20, tall / 2 - 10)
    colour = pale(kit.colour("accent"), kit)
    ink = kit.colour("ink")
    dots = [filled(disc(side * (across / 2 - 32), 0, 7), kit.colour("accent"), "ink") for side in (-1, 1)]
    return group(
        *plate(about(across, tall, tall / 2), kit.colour("accent"), kit),
        inked(inner, colour, kit, 0.4),
        *dots,
        *rows(copy, 0, copy.size * 0.35, 0.0, ink, 0.5),
        transform=None if kit.crisp else placing(0, 0, 1.0, -3),
    )


def _badge_room(words: str) -> tuple[float, float]:
    return min(room(words, _BADGE, 2000.0, 1)[1] + 1.8 * _BADGE, _BADGE_WIDEST), _BADGE * 1.6


def _badge_size(settings: Settings) -> tuple[float, float]:
    across, tall = _badge_room(text(settings, "text", "DUET"))
    return across + _EDGE, tall + _EDGE + across * 0.05


def _badge_box(settings: Settings) -> Box:
    across, tall = _badge_room(text(settings, "text", "DUET"))
    reach = math.hypot(across / 2 + 60, tall / 2 + 60) * 1.4
    return (-reach, -reach, reach, reach)


_FIELD, _LEAD, _TYPE = 560.0, 64.0, 50.0


class _Typing(NamedTuple):
    text: str
    hint: str

    @property
    def room(self) -> int:
        return room(self.text, _TYPE, _FIELD)[0]

    @property
    def size(self) -> tuple[float, float]:
        return _FIELD + 230, 76 + _LEAD * self.room


def _typing(settings: Settings) -> _Typing:
    return _Typing(text(settings, "text"), text(settings, "hint"))


@lru_cache(maxsize=16)
def _field(typing: _Typing, ready: bool, kit: Kit) -> Node:
    """The box without what is typed; its button wakes when all is."""
    width, height = typing.size
    x, y = width / 2 - 78, height / 2 - 70
    dart = softened(((x - 21, y + 20), (x - 12, y), (x - 21, y - 20), (x + 28, y)), 6)
    radius = min(66.0, height / 2, kit.corner * height)
    return group(
        *plate(about(width, height, radius), kit.colour("paper"), kit),
        inked(disc(x, y, 46), kit.colour("accent" if ready else "soft"), kit, 0.85),
        filled(dart, kit.colour("ink" if ready else "paper"), "ink" if ready else "fill"),
    )


@lru_cache(maxsize=64)
def _signs(row: str) -> tuple[str, ...]:
    """What is typed at one stroke each (UAX 29)."""
    from uniseg.graphemecluster import grapheme_clusters

    return tuple(grapheme_clusters(row))


@lru_cache(maxsize=256)
def _typed(typing: _Typing, count: int, kit: Kit) -> tuple[tuple[Node, ...], tuple[float, float]]:
    """The first so many signs in their rows, and where the caret stands."""
    width, height = typing.size
    x, y = -width / 2 + 54, -height / 2 + 38 + _LEAD * 0.72
    if count == 0:
        hint = fitted(typing.hint, "body", kit, _TYPE, _FIELD, 1)
        return rows(hint, x, y, _LEAD, mixed(kit.colour("ink"), kit.colour("paper"), 0.45)), (x, y)
    whole = fitted(typing.text, "body", kit, _TYPE, _FIELD, typing.room)
    lead, left, caret = _LEAD, count, (x, y)
    found: list[Node] = []
    for index, line in enumerate(whole.lines):
        signs = _signs(line.text)
        shown = "".join(signs[: max(0, left)])
        if shown:
            row = fitted(shown, "body", kit, whole.size, 2 * _FIELD, 1)
            found += rows(row, x, y + lead * index, lead, kit.colour("ink"))
            caret = (x + row.width + 6, y + lead * index)
        left -= len(signs) + 1
    return tuple(found), caret


@lru_cache(maxsize=8)
def _caret(kit: Kit) -> Node:
    return lined(polygon(((0, 8), (0, -40)), closed=False), kit.colour("ink"), 6)


def typing(settings: Settings, values: Values, kit: Kit) -> Node:
    """A text box: `typed` of its text stands there, the caret blinks by `t`, the send button wakes at the end."""
    appear = values.get("appear", 1.0)
    if appear <= 0.01:
        return NOTHING
    made = _typing(settings)
    signs = len(_signs(made.text))
    count = round(min(1.0, max(0.0, values.get("typed", 0.0))) * signs)
    found, caret = _typed(made, count, kit)
    blink = math.floor(values.get("t", 0.0) * 2.2) % 2 == 0 or 0 < count < signs
    return grown(
        group(
            _field(made, 0 < signs == count, kit),
            group(*found, id="typed"),
            group(*((_caret(kit),) if blink else ()), id="caret", transform=placing(*caret)),
        ),
        appear,
        kit,
    )


COMMENT = Widget(
    shapes=comment,
    bounds=lambda s: _turning(*_comment(s).size),
    values=("appear",),
    size=lambda s: (_comment(s).size[0] + 88, _comment(s).size[1] + 88),
)
BALLOON = Widget(shapes=balloon, bounds=_balloon_box, values=("appear",), size=_balloon_size)
BADGE = Widget(shapes=badge, bounds=_badge_box, values=("appear",), size=_badge_size)
TYPING = Widget(
    shapes=typing,
    bounds=lambda s: _turning(*_typing(s).size),
    values=("appear", "typed", "t"),
    size=lambda s: (_typing(s).size[0] + _EDGE, _typing(s).size[1] + _EDGE),
)
