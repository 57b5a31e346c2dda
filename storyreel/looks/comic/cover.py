"""A cover: somebody cut out before their name, a balloon beside them, water at the foot with a guest in it."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from storyreel.looks.comic.balloons import outline
from storyreel.looks.comic.boxes import narration
from storyreel.looks.comic.masthead import lettered
from storyreel.looks.comic.palette import CYAN, INK, RAIN, RED, WHITE
from storyreel.looks.comic.splashes import rippled, splash
from storyreel.puppet.model import Command, Node, Shape
from storyreel.puppet.outline import ellipse_commands
from storyreel.stage.ink import to_path
from storyreel.stage.outline import grown, joined, to_commands
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.copyfit import Copy, fitted
from storyreel.widgets.given import number, text
from storyreel.widgets.outlines import Outline, box, placing, polygon
from storyreel.widgets.pieces import NOTHING, filled, group, inked, lined, rows

_RAYS = 26
_TURNS, _HELD = 1.1, 1 / 15
"""Degrees that rays turn by in a second, and for how long a drawing of them stands."""
_FACE = (0.5, 0.36)
"""Where rays come from, in shares of the picture."""
_NAME, _NAME_WIDE, _NAME_AT, _NAME_LEAN = 560.0, 0.86, 0.286, -5.0
"""How large a name is at most, which share of the picture it takes, how far down its baseline is, degrees it leans."""
_SHORE = 0.59
"""How far down the picture water begins."""
_RINGS, _EVERY = 3, 1.2
_RISES = 1.5
"""How much sooner water is up than a portrait has settled: the ends of shoulders are never seen."""
_LEFT, _TOP = 0.066, 0.498
"""Where a card begins, in shares of the picture, if that is a tall one."""
_SAID, _LOUD, _ROWS, _LEAD = 47.0, 82.0, 3, 1.16
_CAPITAL = 1.3
"""How much larger the capitals of a word are that is all in capitals."""
_BALLOON, _TAIL = (680.0, 334.0), 96.0
_UNDER = 66.0
"""How far below the middle of the handle the balloon begins."""
_CLOSING = 43.0
_READ = 14
"""After how many letters of the message the sentence under it comes."""
_SPLASHES, _SWAYS = 9, 6
"""Letters for which a drawing of a splash stands, and in how many drawings water about somebody ripples."""
_GUEST = (238.0, 448.0)


def _reach(width: float, height: float) -> float:
    """How long rays are: from the face to the farthest corner, whichever way they turn."""
    x, y = _FACE
    return math.hypot(width * max(x, 1 - x), height * max(y, 1 - y)) / math.cos(math.pi / _RAYS)


def spread(width: float, height: float) -> tuple[float, float, float, float]:
    """All that a backdrop of rays covers."""
    reach, x, y = _reach(width, height), width * _FACE[0], height * _FACE[1]
    return x - reach, y - reach, x + reach, y + reach


@lru_cache(maxsize=4)
def _rays(width: float, height: float, turn: float) -> Node:
    """Wedges from behind a face, uneven as if they were cut by hand."""
    reach, wedges = _reach(width, height), []
    for index in range(_RAYS):
        uneven = 0.5 + 0.16 * math.sin(index * 2.4)
        first = math.tau * index / _RAYS + math.radians(turn)
        last = first + math.tau / _RAYS * uneven
        ends = [(math.cos(angle) * reach, math.sin(angle) * reach) for angle in (first, last)]
        wedges.append(filled(polygon(((0, 0), *ends)), CYAN))
    return group(*wedges, transform=placing(width * _FACE[0], height * _FACE[1]))


@lru_cache(maxsize=4)
def _dots(width: float, height: float) -> Node:
    """Dots that come in from above."""
    tall = height * 0.05
    bands = (
        Shape(box(0, tall * row, width, tall), RAIN, role="shade", notes=(("tone", f"{c} {c}"),))
        for row, c in enumerate((0.42, 0.34, 0.26, 0.19, 0.13, 0.08, 0.04))
    )
    return group(*(Node(shape=one) for one in bands))


def backdrop(width: float, height: float, t: float) -> Node:
    """Rays behind somebody cut out, turning by steps."""
    turn = round(t / _HELD) * _HELD * _TURNS
    return group(filled(box(0, 0, width, height), RAIN), _dots(width, height), _rays(width, height, turn))


@lru_cache(maxsize=4)
def _name(said: str, wide: float, kit: Kit) -> Node:
    copy = fitted(said, "title", kit, _NAME, wide, 1)
    return lettered(rows(copy, 0, 0, 0, INK, 0.5), copy.size / 280)


def _masthead(settings: Settings, values: Values, kit: Kit) -> Node:
    """The name behind a head; it slaps in, larger and askew, and stands."""
    appear = values.get("appear", 1.0)
    said = text(settings, "name").strip()
    if appear <= 0.01 or not said:
        return NOTHING
    width, height = number(settings, "width", 1080), number(settings, "height", 1920)
    size = 1.12 if appear < 0.5 else 1.0
    place = placing(width * 0.5, height * _NAME_AT, size, _NAME_LEAN - (4 if appear < 0.5 else 0))
    return group(_name(said, width * _NAME_WIDE, kit), transform=place)


@lru_cache(maxsize=4)
def _shore(width: float, height: float) -> Outline:
    """Water from a shore that bends, to below the picture; (0, 0) is the picture's middle."""
    x, y = width / 2 + 60, height * (_SHORE - 0.5)
    commands: list[Command] = [
        ("M", (-x, y + 12)),
        ("C", (-x * 0.55, y - 6, -x * 0.2, y - 22, x * 0.1, y - 12)),
        ("C", (x * 0.5, y - 2, x * 0.7, y + 14, x, y + 10)),
        ("L", (x, height / 2 + 60)),
        ("L", (-x, height / 2 + 60)),
        ("Z", ()),
    ]
    return tuple(commands)


@lru_cache(maxsize=4)
def _water(width: float, height: float, kit: Kit) -> Node:
    path = _shore(width, height)
    shade = Node(shape=Shape(path, fill=CYAN, role="shade", notes=(("tone", "0.05 0.5"),)))
    return group(inked(path, RAIN, kit, 1.3), shade)


@lru_cache(maxsize=64)
def _ring(step: int, of: int) -> Node:
    share = step / of
    return lined(ellipse_commands(0, 0, 30 + 130 * share, 9 + 32 * share), WHITE, 6 * (1 - share) + 1.0)


def water(settings: Settings, values: Values, kit: Kit) -> Node:
    """Water at the picture's foot, as it comes up; rings open in it."""
    width, height = number(settings, "picture", 1080), number(settings, "tall", 1920)
    up = min(max(values.get("settle", 0.0) * _RISES, 0.0), 1.0)
    if up <= 0.01:
        return NOTHING
    t, of = round(values.get("t", 0.0) / _HELD), round(_RINGS * _EVERY / _HELD)
    places = ((-0.24, 0.36), (0.06, 0.42), (0.29, 0.262))
    rings = (
        group(_ring((t + round(index * of / _RINGS)) % of, of), transform=placing(width * x, height * y))
        for index, (x, y) in enumerate(places)
    )
    down = (1 - up) * height * (1 - _SHORE)
    return group(_water(width, height, kit), *rings, transform=placing(0, down))


def _parted(message: str) -> tuple[str, str]:
    """What is said, and what is said loudly: from its first hashtag on."""
    said, mark, loud = message.partition("#")
    return said.strip(), mark + loud.strip()


@lru_cache(maxsize=8)
def _talk(message: str, kit: Kit) -> Copy:
    return fitted(_parted(message)[0], "body", kit, _SAID, _BALLOON[0] - 84, _ROWS)


@lru_cache(maxsize=8)
def _loudly(message: str, kit: Kit) -> tuple[Node, float]:
    """A hashtag in hot ink about its baseline's middle, its capitals larger, so that its words can be told apart."""
    runs = re.findall(r"[A-Z]|[^A-Z]+", _parted(message)[1])
    if not runs:
        return NOTHING, 0.0
    set_in = [fitted(run, "title", kit, _LOUD * (_CAPITAL if run.isupper() else 1.0), 9999.0, 1) for run in runs]
    wide = sum(copy.width for copy in set_in)
    size = min(1.0, (_BALLOON[0] - 156) / wide)
    x, faces, edges = -wide / 2, [], []
    for copy in set_in:
        for row in rows(copy, x, 0, 0, RED, 0.0):
            faces.append(row)
            for each in row.children:
                if each.shape is not None:
                    edge = tuple(to_commands(grown(to_path(each.shape.path), 5)))
                    edges.append(group(filled(edge, INK, "ink"), transform=row.transform))
        x += copy.width
    block = group(*edges, transform=placing(4, 5))
    return group(group(block, *edges, *faces, transform=placing(0, 0, size))), _LOUD * size


@lru_cache(maxsize=4)
def _balloon(kit: Kit) -> Node:
    """A balloon whose middle is at (0, 0); its tail ends under a chin."""
    width, height = _BALLOON
    tail = polygon(((188, -height / 2 + 16), (196, -height / 2 - _TAIL), (268, -height / 2 + 24)))
    whole = tuple(to_commands(joined(to_path(outline("speech", width, height)), to_path(tail))))
    under = group(filled(whole, INK, "ink"), transform=placing(9, 11))
    return group(under, inked(whole, WHITE, kit, 1.2))


def _said(settings: Settings, letters: float, kit: Kit) -> Node:
    """The message in its balloon, at once; what is loud in it as the last of it is said."""
    message = text(settings, "message").strip()
    if letters <= 0 or not message:
        return NOTHING
    said, (loud, size) = _talk(message, kit), _loudly(message, kit)
    lead = said.size * _LEAD
    first = -(lead * len(said.lines) + size * 1.2) / 2 + said.size * 0.84
    foot = first + lead * (len(said.lines) - 1) + size * 1.2
    heard = letters >= len(_parted(message)[0])
    return group(
        _balloon(kit),
        *rows(said, 0, first, lead, INK, 0.5),
        group(loud, transform=placing(0, foot)) if heard else NOTHING,
    )


@lru_cache(maxsize=8)
def _handle(said: str, kit: Kit) -> Node:
    """The handle in paper on a strip of ink, red under it, its left end at (0, 0)."""
    copy = fitted(said, "body", kit, 58.0, 520.0, 1)
    wide, size = copy.width + copy.size * 1.1, copy.size
    y = size * 0.72
    strip = polygon(((0, -y + 3), (wide + 5, -y - 4), (wide, y - 5), (-5, y)))
    return group(
        group(filled(strip, RED), transform=placing(9, 10)),
        filled(strip, INK, "ink"),
        *rows(copy, wide / 2, size * 0.3, 0, WHITE, 0.5),
    )


@lru_cache(maxsize=8)
def _strip(said: str, colour: str, size: float, kit: Kit) -> Node:
    """Words on a narrow strip of paper, its left end at (0, 0)."""
    copy = fitted(said, "label", kit, size, 420.0, 1)
    wide = copy.width + size * 1.1
    paper = group(narration(wide, size * 1.6, colour, 0.6, kit), transform=placing(wide / 2, 0))
    return group(paper, *rows(copy, wide / 2, size * 0.36, 0, INK, 0.5))


@lru_cache(maxsize=8)
def _closing(said: str, kit: Kit) -> Node:
    """The sentence that closes the film, printed in ink on water."""
    copy = fitted(said, "label", kit, _CLOSING, _BALLOON[0] - 60, 3)
    return group(*rows(copy, 8, 0, copy.size * 1.24, INK, 0.0))


def _corner(settings: Settings) -> tuple[float, float]:
    """Where the balloon's left side and the handle's middle are, from the middle of the card's room."""
    return -number(settings, "width", 740) / 2 - 96, -number(settings, "height", 480) / 2 + 92


def signature(settings: Settings, values: Values, kit: Kit) -> Node:
    """The cover's words about the middle of their room, one thing after another."""
    left, top = _corner(settings)
    named, handled = (values.get(one, 1.0) > 0.5 for one in ("name", "handle"))
    right = left + 96 + number(settings, "width", 740)
    letters = values.get("letters", 999.0)
    middle = (left + _BALLOON[0] / 2, top + _UNDER + _BALLOON[1] / 2)
    label, handle, closing = (text(settings, one).strip() for one in ("label", "handle", "closing"))
    return group(
        _stood(settings, letters, kit),
        group(_said(settings, letters, kit), transform=placing(*middle)),
        group(_handle(handle, kit), transform=placing(left, top, 1.0, -1.2)) if handled and handle else NOTHING,
        group(_strip(label, WHITE, 34.0, kit), transform=placing(right - 210, top - 36, 1.0, 2))
        if named and label
        else NOTHING,
        group(_closing(closing, kit), transform=placing(left, top + _UNDER + _BALLOON[1] + 78))
        if named and closing and letters >= _READ
        else NOTHING,
    )


def _stood(settings: Settings, letters: float, kit: Kit) -> Node:
    """Water about a guest's feet: it splashes as they come with the message's first letters, then opens in rings."""
    if letters <= 0 or not number(settings, "guest_width", 0.0):
        return NOTHING
    left, top, right, foot = guest_place(settings)
    age = int(letters // _SPLASHES)
    about = placing((left + right) / 2, foot - 14)
    if age < 4:
        return group(rippled(foot - top, age), splash((right - left) * 1.2, age, kit), transform=about)
    return group(rippled(foot - top, age % _SWAYS), transform=about)


def guest_place(settings: Settings) -> Box:
    """Where a guest stands in the water, beside the balloon."""
    left, top = _corner(settings)
    right = left + 96 + number(settings, "width", 740)
    foot = top + _UNDER + _BALLOON[1] + 222
    return (right - _GUEST[0] + 66, foot - _GUEST[1], right + 66, foot)


MASTHEAD = Widget(
    shapes=_masthead,
    bounds=lambda settings: (0, 0, number(settings, "width", 1080), number(settings, "height", 1920)),
    values=("appear",),
)
