"""The page of the book: its paper, the print that is glued into it, the lantern that hangs there, what is printed."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import skia

from storyreel.looks.storybook import LOOK
from storyreel.looks.storybook.palette import (
    CORAL,
    CREAM,
    FAINT,
    GLUED,
    MAUVE,
    NIGHT,
    PAGE,
    PAGE_DEEP,
    PLUM,
    ROSE,
    TEAL,
)
from storyreel.looks.storybook.strokes import (
    Canvas,
    Path,
    Picture,
    broken,
    cast,
    gouache,
    lined,
    paint,
    ragged,
    recorded,
    sweep,
)
from storyreel.looks.storybook.tiles import EDGE, FLECKS, GRAIN, STREAK
from storyreel.puppet.model import Gradient, Grain, Shape
from storyreel.stage.baking import baked
from storyreel.stage.ink import paints, to_path
from storyreel.stage.lettering import draw_line
from storyreel.stage.paints import radial
from storyreel.stage.paths import box as rounded
from storyreel.text.chain import FontChain, face
from storyreel.text.shape import shape
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets import signature
from storyreel.widgets.copyfit import fitted
from storyreel.widgets.given import number, text
from storyreel.widgets.outlines import box
from storyreel.widgets.signature import Block, Sheet

_SHADE = "#5A2C3E"
_SPINE = 90.0
"""How wide the shadow of the book's fold is, in units of a page 1080 across."""


def _size(settings: Settings) -> tuple[float, float]:
    return number(settings, "width", 1080), number(settings, "height", 1920)


@lru_cache(maxsize=2)
def _paper(width: float, height: float) -> Picture:
    """A page of the book, its top left corner at (0, 0)."""
    whole = box(0, 0, width, height)
    path = to_path(whole)

    def dissolve(canvas: Canvas, numbers: tuple[float, ...], hexed: str, ends: tuple[float, float], tile: str) -> None:
        stops = ((0.0, hexed, ends[0]), (1.0, hexed, ends[1]))
        fill = Gradient("linear", numbers, stops, boxed=False, grain=Grain(tile, 1.4, 2.0))
        for made in paints(Shape(whole, fill), path, 1.0, lambda hexed: hexed):
            canvas.drawPath(path, made)

    def draw(canvas: Canvas) -> None:
        canvas.drawPath(path, paint(PAGE))
        dissolve(canvas, (0.62 * width, 0, width, 0), PAGE_DEEP, (0.0, 0.6), GRAIN)
        dissolve(canvas, (0, 0.6 * height, 0, height), PAGE_DEEP, (0.0, 0.75), STREAK)
        canvas.drawPath(path, broken("#FFF6E4", FLECKS, 0.3, 0.5))
        unit = min(width, height) / 1080
        for reach, opacity in ((1.0, 0.05), (0.55, 0.06), (0.25, 0.08)):
            canvas.drawRect(skia.Rect.MakeWH(_SPINE * reach * unit, height), paint(_SHADE, opacity))

    return recorded((0, 0, width, height), draw)


def _ground(canvas: Canvas, settings: Settings, values: Values) -> None:
    width, height = _size(settings)
    baked(canvas, (0, 0, width, height), True, _paper, width, height)


GROUND = Widget(_ground, lambda settings: (0, 0, *_size(settings)))

_WIDE, _ABOVE, _BELOW = 0.98, 1.0, 0.82
"""How far the print reaches to the sides, up and down, in radii."""
_MARGIN = 0.075
"""How broad the ragged white edge round it is."""
_SWAY, _PERIOD = 4.0, 3.4
"""How far a lantern sways to either side, in degrees, and how long that takes, in seconds."""
_HUNG = 0.17
"""How tall the lantern is, in radii."""


def _wide(values: Values) -> float:
    return max(values.get("open", 1.0), 0.0)


@lru_cache(maxsize=8)
def _print(radius: float, grown: float) -> Path:
    edges = (-_WIDE - grown, -_ABOVE - grown, _WIDE + grown, _BELOW + grown)
    left, top, right, bottom = (edge * radius for edge in edges)
    return ragged((left, top, right, bottom), 5 if grown else 9, 1.1)


def _outline(settings: Settings, values: Values) -> Path:
    edge, wide = skia.Path(_print(number(settings, "radius", 560.0), 0.0)), _wide(values)
    edge.transform(skia.Matrix().setScale(wide, wide))
    return edge


@lru_cache(maxsize=4)
def _mount(radius: float) -> Picture:
    """The white paper that the print is on, with its shadow on the page."""
    sheet = _print(radius, _MARGIN)

    def draw(canvas: Canvas) -> None:
        cast(canvas, sheet, 6, 14, 16, _SHADE, 0.34)
        gouache(canvas, sheet, GLUED, 8)

    reach = radius * 1.4
    return recorded((-reach, -reach, reach, reach), draw)


def _behind(canvas: Canvas, settings: Settings, values: Values) -> None:
    radius, wide = number(settings, "radius", 560.0), _wide(values)
    reach = radius * 1.4
    canvas.save()
    canvas.scale(wide, wide)
    if wide == 1.0:
        baked(canvas, (-reach, -reach, reach, reach), False, _mount, radius)
    else:
        canvas.drawPath(_print(radius, _MARGIN), paint(GLUED))
    canvas.restore()


@lru_cache(maxsize=4)
def _rim(radius: float) -> Picture:
    """What of the white edge breaks into the print."""
    return recorded(
        (-radius * 1.4, -radius * 1.4, radius * 1.4, radius * 1.4),
        lambda canvas: canvas.drawPath(_print(radius, 0.0), lined(broken(GLUED, EDGE, 0.45), 12)),
    )


def _front(canvas: Canvas, settings: Settings, values: Values) -> None:
    radius, wide = number(settings, "radius", 560.0), _wide(values)
    if wide > 1.02:
        return
    reach = radius * 1.4
    baked(canvas, (-reach, -reach, reach, reach), False, _rim, radius)
    came = min(max(values.get("settle", 1.0), 0.0), 1.0)
    if came > 0.02:
        turn = _SWAY * math.sin(math.tau * round(values.get("t", 0.0) * 15) / 15 / _PERIOD)
        canvas.save()
        canvas.translate(-(_WIDE - 0.03) * radius, -(_ABOVE - 0.02) * radius)
        canvas.rotate(turn)
        canvas.drawPicture(_lantern(radius * _HUNG, round(came * 8) / 8))
        canvas.restore()


@lru_cache(maxsize=16)
def _lantern(tall: float, lit: float) -> Picture:
    """A paper lantern on its thread, which is fastened at (0, 0)."""
    half, top = tall * 0.36, tall * 0.62
    middle = top + tall * 0.5

    def draw(canvas: Canvas) -> None:
        reach = tall * 2.1
        glow = ((0.0, "#FFE9B8", 0.55 * lit), (0.3, "#FFCE80", 0.28 * lit), (1.0, "#FFB25B", 0.0))
        made = radial((0, middle), reach, glow)
        canvas.drawCircle(0, middle, reach, made)
        thread = skia.Path()
        thread.moveTo(0, 0)
        thread.lineTo(0, top)
        canvas.drawPath(thread, lined(paint("#C27A4A"), 3))
        bulb = rounded(-half, top, 2 * half, tall, half * 0.8)
        canvas.drawPath(bulb, lined(broken("#F59A45", EDGE, 0.4), 6))
        stops = ((0.0, "#FFF6DA", 1.0), (0.55, "#FFD986", 1.0), (1.0, "#F59A45", 1.0))
        canvas.drawPath(bulb, radial((0, middle), tall * 0.62, stops))
        for share in (-0.5, 0.0, 0.5):
            rib = skia.Path()
            rib.moveTo(share * half, top + 4)
            rib.quadTo(share * half * 2.1, middle, share * half, top + tall - 4)
            canvas.drawPath(rib, lined(paint("#F0893F", 0.55), 2.4))
        for y in (top - 2, top + tall - 6):
            canvas.drawRoundRect(skia.Rect.MakeXYWH(-half * 0.6, y, half * 1.2, 9), 4, 4, paint("#7A3A3A"))

    return recorded((-tall * 3, -tall, tall * 3, tall * 4), draw)


def _opening_box(settings: Settings) -> Box:
    reach = number(settings, "radius", 560.0) * 1.4 * max(number(settings, "widest", 1.0), 1.0)
    return (-reach, -reach, reach, reach)


OPENING = Widget(_behind, _opening_box, _outline, Widget(_front, values=("open", "t", "settle")), values=("open",))

_ITALIC = ("Fraunces SemiBold Italic", "M PLUS Rounded 1c ExtraBold", "Baloo Bhaijaan 2 ExtraBold", "Noto Color Emoji")
_SPOKEN = 0.9
"""How large the message is in italics, against the size it is set in."""
_RISE = 18.0
_NAMED = 1.6
"""How much larger the name is written than others set it."""
_EDGE, _OPEN = 36.0, 700.0
"""Where rows begin, from the card's left edge: below the print's; and how far the closing sentence may run."""
_CLOSES = 38.0
"""The size of the closing sentence."""
_HANDLED = 1.2
"""How much larger the handle is written than others set it."""
_APART = 56.0
"""What is free between the handle and the hashtag beside it."""


class _Rows(NamedTuple):
    """Where the rows of a card begin: their left, the baselines of all but the name, and where the hashtag stands."""

    left: float
    handle: float
    hashtag: tuple[float, float]
    message: float
    closing: float


def _come(canvas: Canvas, shown: float) -> int:
    depth = canvas.saveLayerAlpha(None, round(255 * min(max(shown, 0.0), 1.0))) if shown < 1 else canvas.save()
    canvas.translate(0, (1 - shown) * _RISE)
    return depth


def _wide_of(block: Block) -> float:
    return max((line.width for line in block.copy.lines), default=0.0)


def _rows_of(sheet: Sheet) -> _Rows:
    """The card's rows, all from one edge: the hashtag beside the handle where there is room, else below the message."""
    left = -sheet.wide / 2 + _EDGE
    handle = sheet.handle.first + 1.5 * sheet.handle.copy.size
    tag = sheet.hashtag.copy.size
    beside = left + _HANDLED * _wide_of(sheet.handle) + _APART + 0.5 * tag
    room = sheet.wide / 2 - beside - _wide_of(sheet.hashtag) - 0.5 * tag
    last = max(len(sheet.message.copy.lines) - 1, 0)
    if room < 0 or not sheet.handle.copy.lines or sheet.guest[2] > sheet.guest[0]:
        return _Rows(left, handle, (left + 0.5 * tag, sheet.hashtag.first), sheet.message.first, sheet.closing.first)
    message = handle + 1.35 * tag + 0.96 * sheet.message.copy.size
    closing = message + last * sheet.message.lead + 0.72 * sheet.message.copy.size + 0.9 * _CLOSES
    return _Rows(left, handle, (beside, handle), message, closing)


def _rows(canvas: Canvas, block: Block, left: float, first: float, hexed: str) -> None:
    for index, line in enumerate(block.copy.lines):
        draw_line(canvas, line, left, first + index * block.lead, hexed)


def _name(canvas: Canvas, block: Block, left: float) -> None:
    canvas.translate(left, block.first)
    canvas.scale(_NAMED, _NAMED)
    _rows(canvas, block, 0, 0, PLUM)
    if block.copy.lines:
        wide, size = block.copy.lines[-1].width, block.copy.size
        y = block.lead * (len(block.copy.lines) - 1) + 0.2 * size
        sweep(canvas, ((0, y + 4), (0.4 * wide, y - 3), (0.82 * wide, y)), 0.09 * size, CORAL, 7)


def _handle(canvas: Canvas, block: Block, at: _Rows) -> None:
    canvas.translate(at.left, at.handle)
    canvas.scale(_HANDLED, _HANDLED)
    _rows(canvas, block, 0, 0, ROSE)


def _tag(canvas: Canvas, block: Block, at: tuple[float, float]) -> None:
    """The hashtag on a daub of teal."""
    x, first = at
    for line in block.copy.lines:
        size, middle = line.size, first - 0.31 * line.size
        daub = ragged(
            (x - 0.5 * size, middle - 0.72 * size, x + line.width + 0.5 * size, middle + 0.72 * size), 12, 0.9
        )
        cast(canvas, daub, 2, 6, 6, _SHADE, 0.25)
        gouache(canvas, daub, TEAL)
        draw_line(canvas, line, x, first, CREAM)


def _closing(canvas: Canvas, said: str, left: float, first: float, room: float) -> None:
    copy = fitted(said, "body", LOOK.kit, _CLOSES, room, 5)
    for index, line in enumerate(copy.lines):
        draw_line(canvas, line, left, first + 1.25 * index * copy.size, MAUVE)


@lru_cache(maxsize=8)
def _chain() -> FontChain:
    return FontChain(tuple(face(name) for name in _ITALIC))


def _message(canvas: Canvas, block: Block, at: tuple[float, float], letters: float) -> None:
    """The message as far as it has been spoken, as if written there."""
    left = round(letters)
    for index, line in enumerate(block.copy.lines):
        if left <= 0:
            return
        said = line.text[:left].rstrip()
        draw_line(canvas, shape(said, _chain(), line.size * _SPOKEN), at[0], at[1] + block.lead * index, NIGHT)
        left -= len(line.text) + 1


def _sheet(settings: Settings) -> Sheet:
    return signature.sheet_of(settings, LOOK.kit)


def _signature(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The words on the page about (0, 0); each comes as its value goes to 1, the message letter by letter."""
    sheet = _sheet(settings)
    at = _rows_of(sheet)
    room = min(_OPEN, sheet.wide - _EDGE)
    words: tuple[tuple[str, Callable[[], None]], ...] = (
        ("closing", lambda: _closing(canvas, text(settings, "closing"), at.left, at.closing, room)),
        ("name", lambda: _name(canvas, sheet.name, at.left)),
        ("handle", lambda: _handle(canvas, sheet.handle, at)),
        ("hashtag", lambda: _tag(canvas, sheet.hashtag, at.hashtag)),
    )
    for word, draw in words:
        # Whoever turns the page reads the name first.
        shown = values.get(word, 1.0) * (values.get("name", 1.0) if word == "closing" else 1.0)
        if shown > 0.004:
            depth = _come(canvas, shown)
            draw()
            canvas.restoreToCount(depth)
    _message(canvas, sheet.message, (at.left, at.message), values.get("letters", 999.0))


SIGNATURE = Widget(_signature, signature.room, values=signature.VALUES, places=signature.places)


def _label(canvas: Canvas, settings: Settings, values: Values) -> None:
    """A small label in italics on a plate of its own, its right end at (0, 0)."""
    shown = min(max(values.get("appear", 1.0), 0.0), 1.0)
    copy = fitted(text(settings, "text"), "label", LOOK.kit, 34.0, number(settings, "width", 400), 1)
    for line in copy.lines if shown > 0.004 else ():
        plate = ragged((-line.width - 18, -0.98 * line.size, 18, 0.46 * line.size), 21, 0.7)
        canvas.drawPath(plate, paint(GLUED, shown))
        draw_line(canvas, line, 0, 0, paint(FAINT, shown), align="right")


TAG = Widget(_label, lambda settings: (-number(settings, "width", 400) - 20, -60, 20, 30), values=("appear",))
