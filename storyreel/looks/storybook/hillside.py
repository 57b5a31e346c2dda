"""Who looks on from the foot of the page while it is read: people with lanterns on a hill, lit one by one."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import skia

from storyreel.looks.storybook.palette import INDIGO
from storyreel.looks.storybook.strokes import Canvas, Path, Picture, broken, cast, gouache, paint, recorded
from storyreel.looks.storybook.tiles import STREAK
from storyreel.stage.baking import baked, resampled
from storyreel.stage.paints import radial
from storyreel.stage.paths import smooth
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number

_TOP, _CREST = 0.792, 0.856
"""Where the wash behind the hill begins, and the hill, in heights of the picture."""
_STEPS = 6
"""In how many drawings a lantern is lit."""


class _Person(NamedTuple):
    """One of them: where across the picture, how tall, colours, which side the lantern is on, how broad.

    Side 0 is who holds it to the chest with both hands, her hair in a bun: the one the others came for.
    """

    x: float
    tall: float
    coat: str
    scarf: str
    hair: str
    skin: str
    side: int
    broad: float


_PEOPLE = (
    _Person(0.11, 236, "#7A3A5E", "#F2C796", "#2E1A30", "#9C6248", 1, 1.1),
    _Person(0.26, 184, "#C9745A", "#FFEBCB", "#4A2236", "#E9B08C", 1, 0.9),
    _Person(0.385, 148, "#3F6E8A", "#FFC668", "#CFC7D8", "#F4C7A4", 1, 1.0),
    _Person(0.51, 230, "#2F7F6C", "#F0604F", "#5A2A34", "#F6C9A8", 0, 1.05),
    _Person(0.635, 152, "#5A4A8A", "#FFC668", "#6B3A2A", "#C98A63", -1, 0.95),
    _Person(0.76, 190, "#8A5A4A", "#C9A0E0", "#3A2040", "#6F4236", -1, 1.15),
    _Person(0.9, 240, "#4A4A96", "#E2685F", "#E4DEE8", "#F2BFA0", -1, 1.0),
)
_DIPS = 0.55
"""From where on in its wave a burning flame is a step lower."""
_FAR = 0.34
"""How much of the dusk lies on them."""
_INK = "#2E1430"
_BOOT = "#2B1838"


def _form(points: tuple[tuple[float, float], ...]) -> Path:
    return smooth(points, closed=True)


@lru_cache(maxsize=2)
def _hill(width: float, height: float) -> Picture:
    """The dusk behind the hill, and the hill."""
    top, crest = _TOP * height, _CREST * height
    wash = _form(((-80, top + 70), (0.25 * width, top + 14), (0.55 * width, top), (0.85 * width, top + 22),
                  (width + 80, top + 80), (width + 80, height + 60), (-80, height + 60)))  # fmt: skip
    hill = _form(((-80, crest + 46), (0.2 * width, crest + 6), (0.5 * width, crest + 18), (0.8 * width, crest),
                  (width + 80, crest + 50), (width + 80, height + 80), (-80, height + 80)))  # fmt: skip

    def draw(canvas: Canvas) -> None:
        gouache(canvas, wash, "#F2A184", 16)
        canvas.drawPath(wash, broken("#C9708A", STREAK, 0.42, 0.8))
        cast(canvas, hill, 0, -8, 10, INDIGO, 0.3)
        gouache(canvas, hill, "#3A2A66", 12)
        canvas.drawPath(hill, broken("#6E4478", STREAK, 0.3, 0.7))

    return recorded((-90, top - 30, width + 90, height + 90), draw)


def _features(canvas: Canvas, tall: float, head: float, side: int) -> None:
    """Two eyes, cheeks and a smile, turned a little to the lantern."""
    across = side * 0.08 * head
    for eye in (-1, 1):
        canvas.drawCircle(across + eye * 0.22 * head, -0.81 * tall, 0.055 * head + 1, paint(_INK))
        canvas.drawCircle(across + eye * 0.36 * head, -0.765 * tall, 0.1 * head, paint("#E2685F", 0.45))
    smile = skia.Path().moveTo(across - 0.17 * head, -0.762 * tall)
    smile.quadTo(across, -0.722 * tall, across + 0.17 * head, -0.762 * tall)
    line = paint(_INK)
    line.setStyle(skia.Paint.kStroke_Style)
    line.setStrokeWidth(max(0.07 * head, 2.0))
    canvas.drawPath(smile, line)


def _arms(tall: float, broad: float, side: int) -> tuple[Path, ...]:
    """The arm that holds the stick; of who has the lantern at the chest, both, their elbows out."""
    across = side * tall * 0.36
    if side:
        points = ((side * 0.14 * broad, -0.66 * tall), (side * 0.5 * broad, -0.62 * tall),
                  (across * 0.74, -0.5 * tall), (across * 0.94, -0.55 * tall), (across * 1.0, -0.47 * tall),
                  (across * 0.78, -0.4 * tall), (side * 0.4 * broad, -0.44 * tall))  # fmt: skip
        return (_form(points),)
    return tuple(
        _form(((out * 0.26 * broad, -0.64 * tall), (out * 0.5 * broad, -0.58 * tall),
               (out * 0.66 * broad, -0.42 * tall), (out * 0.5 * broad, -0.31 * tall),
               (out * 0.26 * broad, -0.34 * tall), (out * 0.28 * broad, -0.41 * tall),
               (out * 0.4 * broad, -0.44 * tall)))
        for out in (-1, 1)
    )  # fmt: skip


@lru_cache(maxsize=128)
def _person(index: int, lit: int) -> Picture:
    """One of them, the feet at (0, 0), the lantern lit so far."""
    who, glow = _PEOPLE[index], lit / _STEPS
    tall, broad, side = who.tall, who.tall * 0.3 * who.broad, who.side
    head, across = tall * 0.17, side * tall * 0.36
    flame = -tall * (0.78 if side else 0.42)

    def draw(canvas: Canvas) -> None:
        coat = _form(((-0.3 * broad, -0.68 * tall), (0.3 * broad, -0.68 * tall), (0.46 * broad, -0.5 * tall),
                      (0.6 * broad, -0.2 * tall), (0.74 * broad, 0.02 * tall), (0, 0.05 * tall),
                      (-0.74 * broad, 0.02 * tall), (-0.6 * broad, -0.2 * tall),
                      (-0.46 * broad, -0.5 * tall)))  # fmt: skip
        arms = _arms(tall, broad, side)
        hair = _form(((-0.66 * head, -0.84 * tall), (-0.5 * head, -0.93 * tall), (0, -0.965 * tall),
                      (0.5 * head, -0.93 * tall), (0.66 * head, -0.84 * tall), (0.5 * head, -0.73 * tall),
                      (0, -0.7 * tall), (-0.5 * head, -0.73 * tall)))  # fmt: skip
        hat = _form(((-0.7 * head, -0.84 * tall), (-0.5 * head, -0.95 * tall), (0, -0.99 * tall),
                     (0.5 * head, -0.95 * tall), (0.7 * head, -0.84 * tall), (0, -0.82 * tall)))  # fmt: skip
        top = skia.Path().addCircle(0, -tall, (0.2 if side else 0.36) * head)
        boots = tuple(
            _form(((x - 0.05 * tall, -0.04 * tall), (x + 0.05 * tall, -0.04 * tall), (x + 0.06 * tall, 0.1 * tall),
                   (x, 0.12 * tall), (x - 0.06 * tall, 0.1 * tall)))
            for x in (-0.28 * broad, 0.28 * broad)
        )  # fmt: skip
        face = _form(((-0.5 * head, -0.85 * tall), (0, -0.9 * tall), (0.5 * head, -0.85 * tall),
                      (0.5 * head, -0.77 * tall), (0.26 * head, -0.71 * tall), (0, -0.695 * tall),
                      (-0.26 * head, -0.71 * tall), (-0.5 * head, -0.77 * tall)))  # fmt: skip
        scarf = _form(((-0.78 * head, -0.7 * tall), (0, -0.73 * tall), (0.78 * head, -0.7 * tall),
                       (0.74 * head, -0.63 * tall), (0, -0.6 * tall), (-0.74 * head, -0.63 * tall)))  # fmt: skip
        hats, crown = (((hat, who.scarf),), who.scarf) if side and index % 2 else ((), who.hair)
        for form, hexed in (
            *((boot, _BOOT) for boot in boots),
            (coat, who.coat),
            (top, crown),
            (hair, who.hair),
            (face, who.skin),
            *hats,
            (scarf, who.scarf),
            *((arm, who.coat) for arm in arms),
        ):
            dark = mixed(hexed, INDIGO, _FAR)
            gouache(canvas, form, dark, 4)
            canvas.save()
            canvas.clipPath(form, doAntiAlias=True)
            canvas.drawPath(form, paint("#FFB26B", 0.85 * glow))
            canvas.translate(-(side or 1) * 0.03 * tall, 0.018 * tall)
            canvas.drawPath(form, paint(dark))
            canvas.restore()
        _features(canvas, tall, head, side)
        stick = paint("#7A4A44")
        stick.setStrokeWidth(5)
        if side:
            canvas.drawLine(across * 0.88, -0.2 * tall, across, flame - 0.16 * tall, stick)
            canvas.drawCircle(across * 0.94, -0.5 * tall, 0.04 * tall, paint(mixed(who.scarf, INDIGO, 0.3)))
        warm = ((0.0, "#FFE9B8", 0.75 * glow), (0.3, "#FFC477", 0.4 * glow), (1.0, "#FFB25B", 0.0))
        canvas.drawCircle(across, flame, tall * 0.55, radial((across, flame), tall * 0.55, warm))
        bulb = skia.Rect.MakeXYWH(across - 0.085 * tall, flame - 0.12 * tall, 0.17 * tall, 0.24 * tall)
        canvas.drawRoundRect(bulb, 0.07 * tall, 0.07 * tall, paint("#6E4A5A"))
        if glow > 0:
            stops = ((0.0, "#FFF6DA", glow), (0.55, "#FFD986", glow), (1.0, "#F59A45", glow))
            canvas.drawRoundRect(bulb, 0.07 * tall, 0.07 * tall, radial((across, flame), 0.15 * tall, stops))
        for y in (-0.13, 0.115):
            cap = skia.Rect.MakeXYWH(across - 0.05 * tall, flame + y * tall, 0.1 * tall, 0.022 * tall)
            canvas.drawRect(cap, paint("#7A3A3A"))
        for x in () if side else (-0.09 * tall, 0.09 * tall):
            canvas.drawCircle(x, flame + 0.06 * tall, 0.04 * tall, paint(who.skin))

    return recorded(_room(who), draw)


def _room(who: _Person) -> Box:
    """What one of them takes up with the light of the lantern, about the feet."""
    reach, across = 0.56 * who.tall, who.side * who.tall * 0.36
    return (min(across - reach, -0.3 * who.tall), -1.36 * who.tall, max(across + reach, 0.3 * who.tall), 0.2 * who.tall)


def _lights(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The hill fades in as `appear` begins; then one lantern after another is lit, and each sways a little by `t`."""
    width, height = number(settings, "width", 1080), number(settings, "height", 1920)
    appear, seconds = min(max(values.get("appear", 1.0), 0.0), 1.0), values.get("t", 0.0)
    if appear <= 0 or height < 1.2 * width:
        return
    shown = min(appear / 0.25, 1.0)
    depth = canvas.saveLayerAlpha(None, round(255 * shown)) if shown < 1 else canvas.save()
    baked(canvas, (-90, _TOP * height - 30, width + 90, height + 90), False, _hill, width, height)
    unit = width / 1080
    for index, who in enumerate(_PEOPLE):
        lit = round(min(max((appear - 0.25 - 0.09 * index) / 0.2, 0.0), 1.0) * _STEPS)
        # A flame that burns dips now and then.
        lit -= lit == _STEPS and math.sin(round(seconds * 15) / 15 * 5.3 + index * 2.1) > _DIPS
        canvas.save()
        canvas.translate(who.x * width, (0.885 + 0.00042 * (who.tall - 148)) * height)
        canvas.rotate(round(6.4 * math.sin(round(seconds * 15) / 15 * 1.7 + index * 1.3)) / 4)
        canvas.scale(unit, unit)
        resampled(canvas, _room(who), _person, index, lit)
        canvas.restore()
    canvas.restoreToCount(depth)


LISTENERS = Widget(
    _lights,
    lambda settings: (0, 0, number(settings, "width", 1080), number(settings, "height", 1920)),
    values=("appear", "t"),
)
