"""Frames that hold a little stage of their own: the panes of a Duet, and a phone with bunny ears."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import skia

from storyreel.looks.kawaii import palette
from storyreel.looks.kawaii.labels import chip
from storyreel.looks.kawaii.palette import LINE, SHADOW
from storyreel.looks.kawaii.shapes import bunny, ear, heart, inked, shine
from storyreel.stage.ink import to_path
from storyreel.stage.paints import Canvas, Picture, banded, fill, record, stroke, wash
from storyreel.stage.paths import Path, box, placed, polyline, smooth, star
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.frames import Pane, Phone, pane_of, phone_of
from storyreel.widgets.sending import PRESSED, key_outlines, key_place, key_size, sends


class _Mood(NamedTuple):
    """How a pane feels: its ground from top to bottom, its stripes, the chip of its handle, its glow."""

    top: str
    bottom: str
    stripe: str
    chip: str
    ink: str
    glow: str


_MOODS = {
    "sweet": _Mood("#FFD9E8", "#FFE9DC", "#FFFFFF", "#FF8FB8", "#FFFDF6", "#FFF1B8"),
    "friend": _Mood("#D9F6EF", "#FFF6DC", "#FFFFFF", "#B8F2E6", LINE, "#FFF6C8"),
    "grey": _Mood("#8F88A8", "#B5ADC6", "#FFFFFF", "#6C6188", "#E4DFEF", "#C9C2D6"),
}


class _Pane(Pane):
    def path(self, grow: float = 0.0) -> Path:
        return box(
            -self.width / 2 - grow,
            -self.height / 2 - grow,
            self.width + 2 * grow,
            self.height + 2 * grow,
            self.radius + grow,
        )


def _pane(settings: Settings) -> _Pane:
    return _Pane(*pane_of(settings))


@lru_cache(maxsize=32)
def _backing(pane: _Pane) -> tuple[Path, Path]:
    """What shows of the pane's shadow, and the stripes of its ground."""
    unit, half_w, half_h = pane.unit, pane.width / 2, pane.height / 2
    shadow = pane.path(12 * unit)
    shadow.offset(11 * unit, 18 * unit)
    stripes = skia.Path()
    slant = pane.height * 0.28
    for i in range(-4, int(pane.width / 84) + 2):
        x = -half_w + i * 84
        stripes.addPath(
            polyline(((x + slant, -half_h), (x + slant + 36, -half_h), (x + 36, half_h), (x, half_h)), closed=True)
        )
    covered = pane.path(3 * unit)
    return (
        skia.Op(shadow, covered, skia.kDifference_PathOp),
        skia.Op(stripes, pane.path(), skia.kIntersect_PathOp),
    )


def _ground(canvas: Canvas, pane: _Pane) -> None:
    mood = _MOODS.get(pane.mood, _MOODS["sweet"])
    top, bottom = (mixed(pane.tint, "#FFFFFF", 0.35), mixed(pane.tint, "#FFFFFF", 0.7)) if pane.tint else mood[:2]
    unit, half = pane.unit, pane.height / 2
    shadow, stripes = _backing(pane)
    canvas.drawPath(shadow, fill(SHADOW, 0.24))
    canvas.drawPath(pane.path(5 * unit), stroke(LINE, 12 * unit))
    banded(canvas, pane.path(), (0, -half), (0, half), ((0.0, top, 1.0), (1.0, bottom, 1.0)))
    wash(canvas, stripes, mood.stripe, 0.08 if pane.mood == "grey" else 0.4)


def _pane_box(pane: _Pane) -> Box:
    return (-pane.width / 2 - 70, -pane.height / 2 - 90, pane.width / 2 + 80, pane.height / 2 + 90)


@lru_cache(maxsize=32)
def _glass(pane: _Pane) -> Picture:
    """The white inner border, gloss, ornament and handle: what lies over whom the pane shows."""
    mood = _MOODS.get(pane.mood, _MOODS["sweet"])
    unit, half_w, half_h = pane.unit, pane.width / 2, pane.height / 2

    def paint(canvas: Canvas) -> None:
        canvas.drawPath(pane.path(-6.5 * unit), stroke("#FFFFFF" if pane.mood != "grey" else "#F1EDF7", 14 * unit))
        canvas.drawPath(pane.path(1.5 * unit), stroke(LINE, 5 * unit))
        inset = 34 * unit
        corner = pane.radius * 0.75
        right, top = half_w - inset, -half_h + inset
        gloss = ((right - corner * 2.1, top), (right - corner * 0.5, top + corner * 0.12), (right, top + corner * 1.25))
        canvas.drawPath(smooth(gloss), stroke("#FFFFFF", 12 * unit, 0.6))
        canvas.drawCircle(right + 1, top + corner * 1.95, 6 * unit, fill("#FFFFFF", 0.6))
        if pane.mood != "grey":
            _ornament(canvas, -half_w + 6 * unit, -half_h + 8 * unit, unit, pane.mood)
        if pane.label:
            size = 31 * (0.75 + 0.25 * unit)
            mark = chip(pane.label, size, mood.chip, mood.ink, pane.width - 40)
            canvas.save()
            canvas.translate(-half_w + 24 * unit + mark.width / 2, half_h - 4 * unit)
            canvas.rotate(-2.5 if pane.mood != "grey" else 3)
            canvas.drawPicture(mark.picture)
            canvas.restore()

    return record(_pane_box(pane), paint)


_WING = ((6, -6), (34, -34), (52, -22), (54, 12), (42, 26), (8, 8))
"""One wing of a bow."""


def _ornament(canvas: Canvas, x: float, y: float, unit: float, mood: str) -> None:
    """A sticker on the pane's corner: a bow, or a heart."""
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(-18)
    canvas.scale(unit, unit)
    if mood == "sweet":
        for side in (-1, 1):
            wing = smooth([(side * px, py) for px, py in _WING], closed=True)
            canvas.drawPath(wing, stroke("#FFFFFF", 24))
            inked(canvas, wing, palette.PINK, 0)
            canvas.save()
            canvas.clipPath(wing, doAntiAlias=True)
            canvas.drawPath(box(-70, 4, 140, 40, 0), fill("#F0689C"))
            canvas.restore()
            canvas.drawPath(wing, stroke(LINE, 7.5))
        inked(canvas, box(-14, -14, 28, 28, 11), palette.ROSE, 7.5)
        shine(canvas, ((-40, -10), (-36, -20), (-28, -24)), 6)
    else:
        canvas.drawPath(heart(0, 0, 62), stroke("#FFFFFF", 22))
        inked(canvas, heart(0, 0, 62), "#FF8FB8", 7.5)
        shine(canvas, ((-19, -5), (-19, -14), (-11, -19)), 6, (-1, -15))
    canvas.restore()


_CRACKS = (
    (0.0, ((0, 0), (40, -62), (32, -124), (66, -178), (58, -240))),
    (0.0, ((0, 0), (74, 12), (112, 50), (182, 44), (236, 78))),
    (0.2, ((40, -62), (92, -90), (128, -84))),
    (0.2, ((74, 12), (112, -20), (166, -28), (204, -66))),
    (0.4, ((32, -124), (-6, -166))),
    (0.4, ((112, 50), (120, 96))),
)
"""Where the glass breaks, from the place of the blow; a branch starts when its stem has come so far."""


def _crack(canvas: Canvas, pane: _Pane, amount: float) -> None:
    """Lines that shoot up from the lower edge as the wall hits; `amount` is how far they have run."""
    scale = min(pane.width / 420, pane.height / 500) * 1.05
    canvas.save()
    canvas.clipPath(pane.path(-10 * pane.unit), doAntiAlias=True)
    canvas.translate(-pane.width * 0.3, pane.height * 0.45)
    canvas.rotate(-48)
    canvas.scale(scale, scale)
    canvas.drawPath(polyline(((0, 0), (40, -62), (74, 12)), closed=True), fill("#FFFFFF", 0.34 * min(1.0, amount)))
    canvas.drawPath(polyline(((0, 0), (74, 12), (40, 70)), closed=True), fill("#FFFFFF", 0.2 * min(1.0, amount)))
    for late, points in _CRACKS:
        run = min(1.0, max(0.0, (amount - late) / (0.8 - late / 2))) * (len(points) - 1)
        if run <= 0:
            continue
        whole_steps = min(int(run), len(points) - 2)
        part = run - whole_steps
        a, b = points[whole_steps], points[whole_steps + 1]
        line = polyline((*points[: whole_steps + 1], (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)))
        width = 5.5 if late else 7.5
        canvas.save()
        canvas.translate(3, 4)
        canvas.drawPath(line, stroke("#544A68", width, 0.55))
        canvas.restore()
        canvas.drawPath(line, stroke("#FFFFFF", width))
    hole = star(0, 0, 30 * min(1.0, amount * 2), waist=0.5, points=7, soft=0.05)
    canvas.drawPath(hole, fill("#FFFFFF"))
    canvas.restore()


def draw_pane(canvas: Canvas, settings: Settings, values: Values) -> None:
    """A Duet pane's shadow, rim and ground, about its middle."""
    pane = _pane(settings)
    glow = min(1.0, max(0.0, values.get("glow", 0.0)))
    if glow > 0.005:
        tint = _MOODS.get(pane.mood, _MOODS["sweet"]).glow
        for grow, alpha in ((46, 0.22), (32, 0.3), (20, 0.5)):
            wash(canvas, pane.path(grow * pane.unit), tint, alpha * glow)
    _ground(canvas, pane)


def front_pane(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The pane's glass."""
    pane = _pane(settings)
    crack = min(1.0, max(0.0, values.get("crack", 0.0)))
    if crack > 0.005:
        _crack(canvas, pane, crack)
    canvas.drawPicture(_glass(pane))


class _Phone(Phone):
    def case_path(self, grow: float = 0.0) -> Path:
        reach = self.width / 2 + grow
        tall = self.height / 2 + grow
        return box(-reach, -tall, 2 * reach, 2 * tall, 92 * self.unit + grow)

    def screen_path(self, grow: float = 0.0) -> Path:
        side, end = 36 * self.unit - grow, 58 * self.unit - grow
        return box(
            -self.width / 2 + side,
            -self.height / 2 + end,
            self.width - 2 * side,
            self.height - 2 * end,
            58 * self.unit + grow,
        )


@lru_cache(maxsize=8)
def _case(phone: _Phone) -> Picture:
    unit = phone.unit

    def ears(canvas: Canvas, shadow: bool) -> None:
        for side, lean in ((-1, -15), (1, 19)):
            outer = placed(ear(250 * unit, 132 * unit), side * 150 * unit, -phone.height / 2 + 34 * unit, 1.0, lean)
            if shadow:
                canvas.drawPath(outer, fill(SHADOW, 1.0))
                continue
            inked(canvas, outer, palette.PINK, 0)
            canvas.save()
            canvas.clipPath(outer, doAntiAlias=True)
            dark = skia.Path(outer)
            dark.offset(-13 * unit, -9 * unit)
            canvas.drawPath(skia.Op(outer, dark, skia.kDifference_PathOp), fill("#F0689C"))
            canvas.restore()
            inner = placed(ear(190 * unit, 70 * unit), side * 154 * unit, -phone.height / 2 + 24 * unit, 1.0, lean)
            canvas.drawPath(inner, fill("#FFE3EE"))
            canvas.drawPath(outer, stroke(LINE, 10 * unit))
            x, y = side * 150 * unit + (lean * 2.6 - 46) * unit, -phone.height / 2 - 90 * unit
            shine(canvas, ((x - 2 * unit, y + 36 * unit), (x, y), (x + 10 * unit, y - 40 * unit)), 10 * unit)

    def paint(canvas: Canvas) -> None:
        canvas.save()
        canvas.translate(14 * unit, 24 * unit)
        canvas.saveLayerAlpha(None, 60)
        ears(canvas, True)
        canvas.drawPath(phone.case_path(6 * unit), fill(SHADOW))
        canvas.restore()
        canvas.restore()
        ears(canvas, False)
        for y, tall in ((-0.2, 120), (-0.05, 86)):
            inked(
                canvas,
                box(phone.width / 2 - 8 * unit, y * phone.height, 24 * unit, tall * unit, 12 * unit),
                "#F0689C",
                9 * unit,
            )
        body = phone.case_path()
        canvas.drawPath(body, fill(palette.PINK))
        canvas.save()
        canvas.clipPath(body, doAntiAlias=True)
        light = skia.Path(body)
        light.offset(13 * unit, 15 * unit)
        canvas.drawPath(skia.Op(body, light, skia.kDifference_PathOp), fill("#FFC9DE"))
        dark = skia.Path(body)
        dark.offset(-14 * unit, -16 * unit)
        canvas.drawPath(skia.Op(body, dark, skia.kDifference_PathOp), fill("#EC6A9E"))
        canvas.restore()
        canvas.drawPath(body, stroke(LINE, 11 * unit))
        top = -phone.height / 2
        shine(
            canvas,
            ((-phone.width / 2 + 22 * unit, top + 190 * unit), (-phone.width / 2 + 24 * unit, top + 80 * unit),
             (-phone.width / 2 + 84 * unit, top + 26 * unit)),
            13 * unit,
            (-phone.width / 2 + 126 * unit, top + 23 * unit),
        )  # fmt: skip
        canvas.drawPath(phone.screen_path(5 * unit), fill(LINE))
        canvas.drawPath(phone.screen_path(), fill("#FFF3F6"))
        for side in (-1, 1):
            canvas.drawPath(heart(side * 60 * unit, -top - 28 * unit, 22 * unit), fill("#FFE3EE", 0.9))
        canvas.drawPath(bunny(0, -top - 30 * unit, 38 * unit), fill("#FFFDF6"))

    return record(_phone_box(phone), paint)


@lru_cache(maxsize=8)
def _phone_glass(phone: _Phone) -> Picture:
    unit = phone.unit

    def paint(canvas: Canvas) -> None:
        screen = phone.screen_path()
        canvas.save()
        canvas.clipPath(screen, doAntiAlias=True)
        right, top = phone.width / 2 - 36 * unit, -phone.height / 2
        canvas.drawPath(
            polyline(((right - 190 * unit, top), (right - 90 * unit, top), (right, top + 250 * unit),
                      (right, top + 470 * unit)), closed=True),
            fill("#FFFFFF", 0.16),
        )  # fmt: skip
        canvas.restore()
        canvas.drawPath(phone.screen_path(2 * unit), stroke(LINE, 8 * unit))
        canvas.drawPath(box(-62 * unit, top + 74 * unit, 124 * unit, 34 * unit, 17 * unit), fill(LINE))
        canvas.drawCircle(38 * unit, top + 91 * unit, 7 * unit, fill("#8A5A94"))
        canvas.drawPath(box(-90 * unit, -top - 84 * unit, 180 * unit, 11 * unit, 5 * unit), fill("#FFFFFF", 0.85))

    return record(_phone_box(phone), paint)


def _send_key(canvas: Canvas, phone: _Phone, values: Values) -> None:
    canvas.save()
    canvas.translate(*key_place(phone.width, phone.height))
    canvas.scale(*(key_size(values),) * 2)
    disc, arrow = map(to_path, key_outlines(phone.width))
    inked(canvas, disc, palette.PINK, 8 * phone.unit)
    canvas.drawPath(arrow, fill("#FFFDF6"))
    canvas.restore()


def _phone_front(canvas: Canvas, settings: Settings, values: Values) -> None:
    phone, dark = _phone(settings), values.get("dark", 0.0)
    if sends(settings):
        _send_key(canvas, phone, values)
    if dark > 0:
        canvas.drawPath(phone.screen_path(), fill(LINE, min(dark, 1.0)))
    canvas.drawPicture(_phone_glass(phone))


def _phone_box(phone: _Phone) -> Box:
    tall = phone.height / 2
    return (-phone.width * 0.62, -tall - phone.width * 0.5, phone.width * 0.64, tall + phone.width * 0.1)


def _phone(settings: Settings) -> _Phone:
    return _Phone(*phone_of(settings))


PANE = Widget(
    draw_pane,
    lambda settings: _pane_box(_pane(settings)),
    lambda settings, values: _pane(settings).path(),
    Widget(front_pane, values=("crack", "glow")),
    values=("crack", "glow"),
)
PHONE = Widget(
    lambda canvas, settings, values: canvas.drawPicture(_case(_phone(settings))),
    lambda settings: _phone_box(_phone(settings)),
    lambda settings, values: _phone(settings).screen_path(),
    Widget(_phone_front, values=("dark", PRESSED)),
)
