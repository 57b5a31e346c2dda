"""Her hair: two falls from one parting, each of many ribbons between its edges; teal tips; the star that holds it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import skia
from brush import Array, Canvas, Points, along, graded, ink, inside, ribbon, tapered, through
from moment import Moment

DEEP, BROWN, MID, LIGHT, GLOW = "#4E2B2E", "#7D4A3B", "#A4694A", "#D49E68", "#F8D9A4"
TEAL, MINT, PALE = "#2C9A98", "#5FD0C0", "#B8F3E2"
_STEPS, _WHOLE = 56, 40
"""Points on each line of a fall; so many of them lie where it is one mass: below it ends in locks."""


@dataclass(frozen=True)
class _Fall:
    """A fall of hair between two edges, from the parting to the tips; colours from the outer edge to the inner."""

    outer: Points
    inner: Points
    tones: Sequence[str]
    seed: int


_LEFT = _Fall(
    ((604, 560), (500, 528), (388, 586), (326, 716), (300, 850), (304, 960), (268, 1060), (256, 1150), (306, 1250)),
    ((640, 578), (612, 664), (510, 734), (410, 790), (370, 868), (372, 960), (404, 1050), (412, 1130), (366, 1236)),
    (MID, MID, LIGHT, MID, LIGHT, MID, BROWN, BROWN, DEEP),
    3,
)
_RIGHT = _Fall(
    ((592, 560), (676, 532), (762, 600), (806, 726), (824, 850), (814, 966), (846, 1066), (852, 1156), (800, 1254)),
    ((596, 600), (640, 640), (688, 712), (716, 790), (724, 876), (712, 966), (690, 1050), (690, 1134), (738, 1240)),
    ("#9C5A5A", BROWN, MID, BROWN, BROWN, MID, BROWN, DEEP, DEEP),
    4,
)


def _swung(line: Array, sway: float) -> Array:
    """A line of hair that hangs from its root, moved the more the lower it is."""
    t = np.linspace(0, 1, len(line))
    moved = line.copy()
    moved[:, 0] += sway * np.clip((t - 0.3) / 0.7, 0, 1) ** 1.6
    return moved


def _dyed(base: str, tip: str, at: float) -> skia.Paint:
    """Brown that goes over into its tip's colour about a height."""
    return graded(((0, at - 60), (0, at + 60)), ((0.0, base), (1.0, tip)))


def _ribbons(canvas: Canvas, fall: _Fall, sway: float) -> None:
    chance = np.random.default_rng(fall.seed)
    outer, inner = _swung(along(fall.outer, _STEPS), sway), _swung(along(fall.inner, _STEPS), sway * 0.8)
    edge = skia.Path()
    edge.addPoly([skia.Point(*map(float, p)) for p in np.concatenate((outer[:_WHOLE], inner[:_WHOLE][::-1]))], True)
    canvas.drawPath(edge, _dyed(BROWN, TEAL, 1085))
    canvas.drawPath(edge, _outline(BROWN, TEAL))
    order = chance.permutation(66)
    for number in order:
        share = (number + chance.uniform(0, 1)) / 66
        tone = fall.tones[min(int(share * len(fall.tones)), len(fall.tones) - 1)]
        line = outer * (1 - share) + inner * share
        t = np.linspace(0, 1, _STEPS)[:, None]
        line = line + np.array([[chance.normal(0, 7), chance.normal(0, 3)]]) * t
        begin, end = int(chance.uniform(0, 6)), _STEPS - int(chance.uniform(0, 6))
        tip = (TEAL, MINT, MINT, PALE)[chance.integers(0, 4)] if tone != DEEP else TEAL
        paint = _dyed(tone, tip, 1086 + chance.normal(0, 22))
        paint.setAlphaf(0.8)
        canvas.drawPath(ribbon(line[begin:end], chance.uniform(16, 30), 0.25, 0.66), paint)
    _shine(canvas, fall, outer, inner, edge, chance)


def _outline(base: str, tip: str) -> skia.Paint:
    paint = _dyed(base, tip, 1085)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(7)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def _shine(
    canvas: Canvas, fall: _Fall, outer: Array, inner: Array, edge: skia.Path, chance: np.random.Generator
) -> None:
    """A band of light where the hair bends over the head, deep lines between locks, light along the fall."""
    lit = fall is _LEFT
    with inside(canvas, edge):
        for share in np.linspace(0.05, 0.95, 8):
            line = outer * (1 - share) + inner * share
            first = int(chance.uniform(2, 12))
            canvas.drawPath(ribbon(line[first : first + 34], 5, 0.05, 0.5), ink(DEEP, 0.5))
        for share in np.linspace(0.04, 0.92, 26):
            line = outer * (1 - share) + inner * share
            middle = 13 + 4 * math.sin(share * 5) + chance.normal(0, 1.2)
            half = chance.uniform(3.5, 7)
            piece = line[max(int(middle - half), 0) : int(middle + half)]
            strength = (0.85 if lit else 0.4) * (1 - 0.5 * abs(share - 0.4))
            canvas.drawPath(ribbon(piece, chance.uniform(6, 13), 0.0, 0.5), ink(GLOW, strength * 0.8, blur=1.6))
        for share in np.linspace(0.08, 0.7, 9):
            line = outer * (1 - share) + inner * share
            piece = line[int(chance.uniform(22, 30)) : int(chance.uniform(38, 48))]
            colour = LIGHT if lit else MID
            canvas.drawPath(ribbon(piece, chance.uniform(4, 9), 0.0, 0.5), ink(colour, 0.7, blur=1))
        if lit:
            canvas.drawPath(ribbon(outer[8:44], 16, 0.1, 0.5), ink("#FFE2AE", 0.65, blur=4))
        else:
            canvas.drawPath(ribbon(outer[10:46], 12, 0.1, 0.5), ink("#F2A6C4", 0.55, blur=4))
        shadow = ribbon(inner[16:40], 40, 0.2, 0.5)
        canvas.drawPath(shadow, ink(DEEP, 0.55, blur=9))
    for share in np.linspace(0.12, 0.82, 6):
        line = outer * (1 - share) + inner * share
        canvas.drawPath(ribbon(line[40:53], chance.uniform(4, 8), 0.0, 0.4), ink(PALE, 0.75))


def back(canvas: Canvas, now: Moment) -> None:
    """What falls behind her neck."""
    s = now.sway * 0.5
    form = through(
        ((596, 580), (400, 620), (336, 860), (330 + s, 1060), (350 + s, 1190), (470 + s, 1160), (620 + s, 1160),
         (770 + s, 1190), (800 + s, 1040), (786, 860), (740, 640))
    )  # fmt: skip
    canvas.drawPath(form, graded(((0, 1060), (0, 1180)), ((0.0, "#45262B"), (1.0, "#1F6F72"))))


def front(canvas: Canvas, now: Moment) -> None:
    """Both falls, the right one first; and single hairs that don't lie with the others."""
    canvas.drawPath(through(((590, 560), (640, 570), (676, 640), (690, 720), (640, 664), (596, 640))), ink(DEEP))
    for fall in (_RIGHT, _LEFT):
        _ribbons(canvas, fall, now.sway)
    s = now.sway
    loose: tuple[tuple[Points, float, str], ...] = (
        (((600, 566), (510, 516), (400, 556), (326, 680)), 4, LIGHT),
        (((598, 560), (690, 516), (776, 590), (820, 720)), 4, MID),
        (((316, 860), (276, 990), (228 + s, 1090), (238 + s, 1180)), 5, MID),
        (((810, 880), (846, 1000), (884 + s, 1100), (868 + s, 1180)), 5, BROWN),
    )
    for line, wide, colour in loose:
        canvas.drawPath(tapered(line, wide), ink(colour, 0.9))


def star(canvas: Canvas, now: Moment) -> None:
    """The clip that she wears in the cartoon too."""
    canvas.save()
    canvas.translate(706, 694)
    canvas.rotate(16)
    points = [(math.pi * k / 5, (46, 25)[k % 2]) for k in range(10)]
    path = skia.Path()
    path.addPoly([skia.Point(math.sin(turn) * r, -math.cos(turn) * r) for turn, r in points], True)
    for shape, colour, blur in ((_moved(path, 6, 10), "#3A1D24", 5.0), (path, "#FFCB46", 0.0)):
        paint = ink(colour, 0.7 if blur else 1.0, blur=blur)
        paint.setPathEffect(skia.CornerPathEffect.Make(14))
        canvas.drawPath(shape, paint)
    with inside(canvas, path):
        canvas.drawPath(through(((6, 0), (60, -24), (60, 60), (-30, 60), (-2, 24))), ink("#E59A2A", 0.8, blur=3))
        canvas.drawPath(tapered(((-30, -10), (-12, -14), (-2, -34)), 9), ink("#FFF6CF"))
    gleam = 0.5 + 0.5 * math.sin(now.seconds * 3.2 + 0.6)
    glint = ink("#FFFFFF", 0.25 + 0.7 * gleam)
    reach = 12 + 16 * gleam
    for angle in (0, 90):
        canvas.save()
        canvas.translate(-16, -22)
        canvas.rotate(angle - 16)
        canvas.drawPath(through(((0, -reach), (0, -reach), (2.5, 0), (0, reach), (0, reach), (-2.5, 0))), glint)
        canvas.restore()
    canvas.restore()


def _moved(path: skia.Path, x: float, y: float) -> skia.Path:
    moved = skia.Path(path)
    moved.offset(x, y)
    return moved
