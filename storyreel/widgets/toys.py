"""The button that a hero stamps on and the switch, drawn neutrally."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from storyreel.puppet.model import Node, Shape
from storyreel.puppet.outline import ellipse_commands
from storyreel.stage.lettering import outline
from storyreel.stage.outline import to_commands
from storyreel.stage.type_shapes import warped
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets import figures
from storyreel.widgets.copyfit import fitted, room
from storyreel.widgets.given import text
from storyreel.widgets.outlines import Outline, about, box, disc, placing, shifted, softened
from storyreel.widgets.pieces import filled, group, letters_on, lined, rows, shadow
from storyreel.widgets.solids import placed, shaded, solid

_ACROSS, _DOWN = 322.0, 96.0
"""Half axes of the cap's top."""
_SEAT = 182.0
"""How far below the top of the cap at rest the rim of its base lies."""
_RIM = (378.0, 112.0)
_WELL = (344.0, 98.0)
"""Half axes of the base's top, and of what the cap goes down into."""
_WALL = 62.0
_TRAVEL, _LEAST, _MOST = 62.0, -0.3, 1.25
_BUTTON: Box = (-470.0, -150.0, 520.0, 420.0)


class _Button(NamedTuple):
    base: Node
    mouth: Shape
    cap: Node
    label: Node
    rim: Node


def _trough(y: float, size: tuple[float, float], foot: float, lower: tuple[float, float]) -> Outline:
    """What lies between the left and the right end of an ellipse and the lower half of another, further down."""
    (across, _), (under, down) = size, lower
    return figures.curves((-across, y), (-under, foot), *figures.sagged(0, foot, under, down), (across, y))


@lru_cache(maxsize=16)
def _button(label: str, kit: Kit) -> _Button:
    pen = kit.line * 1.25
    paper, ink, soft, accent = (kit.colour(use) for use in ("paper", "ink", "soft", "accent"))
    wall = _trough(_SEAT, _RIM, _SEAT + _WALL, _RIM)
    rim = ellipse_commands(0, _SEAT, *_RIM)
    well = ellipse_commands(0, _SEAT, *_WELL)
    base = group(
        filled(ellipse_commands(26, _SEAT + 92, 440, 108), ink, "shade", 0.2),
        *solid(wall, soft, kit, pen, 20),
        *solid(rim, mixed(soft, paper, 0.6), kit, pen),
        filled(well, mixed(soft, ink, 0.45)),
        lined(well, ink, pen * 0.7),
    )
    # The cap is cut at the front of the well, and so goes down into it.
    sag = figures.sagged(0, _SEAT, *_WELL)
    over = figures.curves((-600, -400), (-600, _SEAT), (-_WELL[0], _SEAT), *sag, (600, _SEAT), (600, -400))
    front = _trough(0, (_ACROSS, _DOWN), _SEAT + 26, (_ACROSS + 8, _DOWN))
    lid = ellipse_commands(0, 0, _ACROSS, _DOWN)
    dish = ellipse_commands(0, -2, _ACROSS * 0.8, _DOWN * 0.74)
    cap = group(
        *solid(front, accent, kit, pen, 34),
        *solid(lid, mixed(accent, paper, 0.3), kit, pen),
        *shaded(dish, mixed(accent, ink, 0.18), kit, -16),
        lined(figures.curves((-238, -24), (-206, -56, -150, -72, -92, -79), closed=False), paper, 13, 0.8),
    )
    arc = figures.curves((-_WELL[0], _SEAT), *sag, closed=False)
    return _Button(base, Shape(over), cap, _label(label, kit), group(lined(arc, ink, pen)))


_CAPITALS = 0.7
"""About how tall capitals are, as a share of the size of their type."""
_MIDDLE = 92.0
"""How far below the cap's top the middle of its label lies, before it is bent round the front."""


def _label(label: str, kit: Kit) -> Node:
    """The label, bent round the front; its emoji stand straight."""
    if not label.strip():
        return Node()
    copy = fitted(label, "title", kit, 158, 2 * _ACROSS * 0.86, 1)
    line, low = copy.lines[0], copy.size * _CAPITALS / 2

    def round_the_front(x: float, y: float) -> tuple[float, float]:
        angle = (x - line.width / 2) / _ACROSS
        return _ACROSS * math.sin(angle), y + low + _DOWN * math.cos(angle)

    path = tuple(to_commands(warped(outline(line), round_the_front)))
    letters = (filled(path, letters_on(kit.colour("accent"), kit), "letter"),) if path else ()
    coloured = any(run.face.coloured for run in line.runs)
    signs = (Node(transform=placing(-line.width / 2, low + _DOWN), signs=line),) if coloured else ()
    return group(*letters, *signs)


def build_button(settings: Settings, values: Values, kit: Kit) -> Node:
    """The button; (0, 0) is the middle of the cap's top at rest, where feet stand; `press` takes the cap down."""
    press = min(max(values.get("press", 0.0), _LEAST), _MOST)
    made = _button(text(settings, "label", "BLOCK"), kit)
    label = placed(made.label, 0, _MIDDLE - 9 * press, wide=1 - 0.22 * press)
    cap = Node(children=(placed((made.cap, label), 0, _TRAVEL * press, wide=1 + 0.03 * press, tall=1.0),))
    return Node(children=(made.base, Node(clip_shapes=(made.mouth,), children=(cap,)), made.rim))


BUTTON = Widget(shapes=build_button, bounds=lambda settings: _BUTTON, values=("press",))

_WIDTH, _HEIGHT = 780.0, 366.0
_TRACK_W, _TRACK_H, _TRACK_Y = 690.0, 146.0, 72.0
_INSET = 15.0
_PILL = (_TRACK_W / 2 - 4, _TRACK_H - 2 * _INSET)
_READABLE, _LEAD = 46.0, 56.0
"""The smallest type of a question in one row, and how far its rows are apart."""


_ROOM = _WIDTH - 110


def _rows(question: str) -> int:
    """How many rows a question is given: one, as long as that is easily read."""
    return room(question, _READABLE, _ROOM)[0]


def _taller(settings: Settings) -> float:
    """How much the card grows upwards for the rows after the first."""
    return (_rows(text(settings, "question")) - 1) * _LEAD


class _Switch(NamedTuple):
    card: Node
    track: Node
    glow: Node
    knob: Node
    lit: Node
    answers: tuple[tuple[Node, Node], tuple[Node, Node]]
    check: Node
    spark: Node


@lru_cache(maxsize=8)
def _switch(question: str, off: str, on: str, kit: Kit) -> _Switch:
    paper, ink, soft, accent, kind = (kit.colour(use) for use in ("paper", "ink", "soft", "accent", "kind"))
    asked = _rows(question)
    left, top, bottom = -_WIDTH / 2, -_HEIGHT / 2 - (asked - 1) * _LEAD, _HEIGHT / 2
    card = box(left, top, _WIDTH, bottom - top, kit.corner * 160)
    copy = fitted(question, "title", kit, 68 if asked == 1 else _READABLE, _ROOM, asked)
    track = shifted(about(_TRACK_W, _TRACK_H, min(kit.corner * 1.25, 0.5) * _TRACK_H), 0, _TRACK_Y)
    pill = about(*_PILL, min(kit.corner * 1.25, 0.5) * _PILL[1])
    lit, quiet = mixed(accent, soft, 0.7), mixed(ink, soft, 0.4)
    corners = ((-25, 0), (-18, -8), (-5, 5), (17, -20), (25, -13), (-4, 20))
    return _Switch(
        group(
            shadow(card, kit, 18),
            *solid(card, paper, kit, 8.5, 14),
            *rows(copy, 0, top + 104, _LEAD, ink, 0.5),
        ),
        group(*solid(track, soft, kit, 8), *shaded(track, mixed(soft, ink, 0.2), kit, -13)),
        group(filled(track, lit), *shaded(track, mixed(lit, ink, 0.2), kit, -13), lined(track, ink, 8)),
        group(*solid(pill, paper, kit, 7.5, 8)),
        group(*solid(pill, accent, kit, 7.5, 8)),
        (
            (_answer(off, -1, ink, kit), _answer(off, -1, quiet, kit)),
            (_answer(on, 1, letters_on(accent, kit), kit), _answer(on, 1, quiet, kit)),
        ),
        group(*solid(disc(0, 0, 43), kind, kit, 8, 9), filled(softened(corners, 3), letters_on(kind, kit), "ink")),
        group(*solid(figures.glint(50), accent, kit, 6)),
    )


def _answer(answer: str, side: int, colour: str, kit: Kit) -> Node:
    copy = fitted(answer, "title", kit, 58, _PILL[0] - 56, 1)
    low = _TRACK_Y + copy.size * _CAPITALS / 2
    return group(*rows(copy, side * (_TRACK_W / 4 - 3), low, 0, colour, 0.5))


def _popped(amount: float) -> float:
    """A pop with overshoot, 0 to 1."""
    if amount <= 0:
        return 0.0
    if amount >= 1:
        return 1.0
    return 1 - math.exp(-5 * amount) * math.cos(2.2 * math.pi * amount) * (1 - amount)


_SPARKS = (
    (-392, -150, 1.0, 0.0),
    (396, -168, 1.15, 0.08),
    (-424, 62, 0.7, 0.18),
    (300, -238, 0.66, 0.2),
    (-292, -226, 0.62, 0.26),
)
"""What pops up round the card: where, how large, how late."""


def build_switch(settings: Settings, values: Values, kit: Kit) -> Node:
    """The card about its middle; `on` slides the knob from the first answer (0) to the second (1)."""
    appear = values.get("appear", 1.0)
    made = _switch(text(settings, "question"), text(settings, "off", "Everyone"), text(settings, "on", "Friends"), kit)
    raw = values.get("on", 0.0)
    on = min(1.0, max(0.0, raw))
    rush, slide = math.sin(math.pi * on), min(1.06, max(-0.06, raw))
    x = (_TRACK_W / 2 - _INSET - _PILL[0] / 2) * (2 * slide - 1)
    limit = _TRACK_W / 2 - _INSET + 4 - _PILL[0] * (1 + 0.16 * rush) / 2
    x = max(-limit, min(limit, x))
    knob = (made.knob, placed(made.lit, opacity=on))
    words = tuple(
        placed(inked, opacity=share)
        for pair, chosen in zip(made.answers, (1 - on, on), strict=True)
        for inked, share in zip(pair, (chosen, 1 - chosen), strict=True)
    )
    done = _popped((on - 0.62) / 0.38)
    inside = (
        made.card,
        made.track,
        placed(made.glow, opacity=on),
        placed(knob, x, _TRACK_Y, wide=1 + 0.16 * rush, tall=1 - 0.16 * rush),
        *words,
        placed(made.check, _WIDTH / 2 - 7, -8, -14 * (1 - done) + 6, done, crisp=kit.crisp),
        *(_spark(made.spark, spark, on, kit.crisp) for spark in _SPARKS),
    )
    come = max(appear, 0.0) if appear > 0.01 else 0.0
    return placed(placed(inside, 0, _taller(settings) / 2), 0, 0, -9 * (1 - appear), come, crisp=kit.crisp)


def _spark(spark: Node, where: tuple[float, float, float, float], on: float, crisp: bool) -> Node:
    x, y, size, late = where
    grown = _popped((on - 0.66 - late * 0.5) / (0.34 - late * 0.5))
    return placed(spark, x, y + 26 * (1 - grown), wide=grown * size if grown > 0.01 else 0.0, crisp=crisp)


def _switch_box(settings: Settings) -> Box:
    more = _taller(settings)
    return (-720.0, -760.0 - more, 720.0, 560.0 + more)


def _switch_size(settings: Settings) -> tuple[float, float]:
    """The card with what pops up about its corners."""
    return _WIDTH + 90, _HEIGHT + _taller(settings) + 60


SWITCH = Widget(shapes=build_switch, bounds=_switch_box, values=("appear", "on"), size=_switch_size)
