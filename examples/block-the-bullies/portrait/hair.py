"""Her hair: big flowing masses with light on them, mint tips, loose strands, and the star that holds it."""

from __future__ import annotations

import math

import skia
from brush import Canvas, Points, dry, ink, inside, rng, tapered, through

DEEP, BROWN, MID, LIGHT, GLOW = "#4B2A2E", "#7B4A3D", "#A66B4C", "#D09A68", "#F1CD97"
TEAL, MINT, PALE = "#2F8F8B", "#62C9B9", "#B9F0DD"
_TIPS = (1330.0, 1440.0)
"""Where the mint begins, at the earliest and at the latest."""


def _lock(canvas: Canvas, points: Points, colour: str) -> skia.Path:
    form = through(points)
    canvas.drawPath(form, ink(colour))
    return form


def _dipped(canvas: Canvas, form: skia.Path, strokes: tuple[Points, ...]) -> None:
    """Mint on the ends of a mass, brushed up into the brown."""
    box = form.getBounds()
    with inside(canvas, form):
        count = max(round(box.width() / 15), 4)
        for index in range(count + 1):
            x = box.left() + box.width() * index / count
            top = rng.uniform(*_TIPS)
            line = ((x, top), (x + rng.normal(0, 8), top + 120), (x + rng.normal(0, 12), box.bottom() + 30))
            colour = (TEAL, MINT, MINT)[index % 3]
            canvas.drawPath(tapered(((x, top - 60), *line), 38, 0.0, 0.5), ink(colour))
            canvas.drawRect(skia.Rect.MakeLTRB(x - 13, top + 130, x + 14, box.bottom() + 4), ink(colour))
        for stroke in strokes:
            dry(canvas, stroke, 24, PALE, 0.75)


def back(canvas: Canvas) -> None:
    """What falls behind her neck."""
    form = _lock(
        canvas,
        (
            (560, 430),
            (360, 520),
            (280, 760),
            (300, 1000),
            (250, 1240),
            (300, 1420),
            (520, 1300),
            (760, 1380),
            (900, 1440),
            (900, 1100),
            (850, 800),
            (800, 540),
        ),
        DEEP,
    )
    with inside(canvas, form):
        dry(canvas, ((300, 900), (300, 1100), (270, 1300)), 60, BROWN, 0.6)
        dry(canvas, ((820, 900), (850, 1100), (850, 1350)), 80, BROWN, 0.5)


def front(canvas: Canvas) -> None:
    """The crown, the fringe swept from its parting, both falls of hair over her shoulders."""
    right = _lock(
        canvas,
        (
            (610, 408),
            (720, 440),
            (810, 540),
            (850, 700),
            (858, 880),
            (900, 1060),
            (924, 1240),
            (890, 1420),
            (812, 1590),
            (780, 1640),
            (790, 1500),
            (720, 1560),
            (712, 1420),
            (690, 1290),
            (716, 1140),
            (738, 1000),
            (764, 860),
            (752, 720),
            (712, 600),
            (640, 510),
        ),
        BROWN,
    )
    with inside(canvas, right):
        canvas.drawPath(
            through(
                (
                    (880, 640),
                    (822, 760),
                    (826, 920),
                    (868, 1100),
                    (880, 1260),
                    (850, 1420),
                    (820, 1600),
                    (990, 1600),
                    (990, 640),
                )
            ),
            ink(DEEP, 0.7),
        )
        canvas.drawPath(
            through(((640, 440), (730, 500), (786, 620), (800, 760), (790, 640), (750, 560), (680, 500))), ink(LIGHT)
        )
        for stroke, wide, colour in (
            (((660, 450), (770, 560), (800, 740), (800, 900)), 40, MID),
            (((780, 900), (770, 1060), (750, 1200), (752, 1340)), 46, MID),
            (((800, 980), (826, 1140), (830, 1280)), 30, MID),
            (((760, 1060), (734, 1180), (736, 1300)), 20, LIGHT),
        ):
            dry(canvas, stroke, wide, colour, 0.9)
        for line in (
            ((690, 470), (780, 640), (800, 860), (846, 1080), (850, 1300)),
            ((740, 1010), (708, 1160), (726, 1330)),
        ):
            canvas.drawPath(tapered(line, 9), ink(DEEP, 0.8))
    _dipped(canvas, right, (((740, 1400), (750, 1480), (740, 1540)), ((800, 1380), (826, 1470), (800, 1580))))
    left = _lock(
        canvas,
        (
            (612, 406),
            (520, 398),
            (410, 440),
            (330, 540),
            (292, 680),
            (288, 820),
            (262, 960),
            (212, 1120),
            (190, 1280),
            (216, 1420),
            (252, 1560),
            (236, 1640),
            (330, 1580),
            (352, 1500),
            (400, 1560),
            (412, 1400),
            (420, 1270),
            (380, 1130),
            (340, 1000),
            (322, 880),
            (332, 760),
            (372, 680),
            (470, 610),
            (566, 540),
        ),
        MID,
    )
    with inside(canvas, left):
        canvas.drawPath(
            through(
                (
                    (610, 500),
                    (520, 590),
                    (400, 660),
                    (344, 750),
                    (330, 900),
                    (360, 1030),
                    (410, 1160),
                    (430, 1290),
                    (420, 1440),
                    (380, 1400),
                    (370, 1240),
                    (310, 1060),
                    (296, 900),
                    (306, 760),
                    (366, 640),
                    (500, 540),
                )
            ),
            ink(BROWN),
        )
        canvas.drawPath(
            through(((470, 440), (392, 520), (336, 640), (316, 760), (352, 690), (420, 590), (520, 500), (560, 440))),
            ink(LIGHT),
        )
        canvas.drawPath(through(((420, 500), (370, 580), (344, 660), (384, 600), (450, 524), (490, 470))), ink(GLOW))
        for stroke, wide, colour in (
            (((300, 860), (280, 980), (236, 1120), (220, 1280)), 34, LIGHT),
            (((300, 1080), (286, 1200), (300, 1340)), 30, LIGHT),
            (((276, 960), (240, 1080), (214, 1200)), 12, GLOW),
            (((590, 430), (480, 500), (390, 610)), 26, BROWN),
            (((600, 470), (520, 560), (420, 630)), 22, LIGHT),
        ):
            dry(canvas, stroke, wide, colour, 0.9)
        for line in (
            ((600, 420), (450, 500), (340, 660), (308, 860), (262, 1060), (256, 1300)),
            ((604, 450), (500, 560), (390, 640), (340, 720)),
            ((318, 960), (338, 1120), (330, 1330)),
        ):
            canvas.drawPath(tapered(line, 9), ink(DEEP, 0.75))
    _dipped(canvas, left, (((230, 1400), (262, 1500), (256, 1580)), ((360, 1390), (372, 1450), (380, 1510))))
    for line, wide, colour in (
        (((604, 430), (500, 380), (380, 420), (300, 560)), 5, LIGHT),
        (((620, 410), (760, 400), (850, 540), (880, 700)), 5, MID),
        (((700, 580), (752, 700), (748, 860), (724, 960)), 7, BROWN),
        (((280, 880), (230, 1020), (170, 1160), (176, 1290)), 6, LIGHT),
        (((880, 1000), (950, 1180), (940, 1340)), 6, BROWN),
        (((560, 412), (470, 390), (400, 402)), 4, GLOW),
        (((330, 980), (380, 1120), (440, 1260), (430, 1370)), 6, MID),
    ):
        canvas.drawPath(tapered(line, wide), ink(colour))


def star(canvas: Canvas) -> None:
    """The clip that she wears in the cartoon too."""
    canvas.save()
    canvas.translate(772, 520)
    canvas.rotate(14)
    path = skia.Path()
    points = [(math.pi * k / 5, (60, 33)[k % 2]) for k in range(10)]
    path.addPoly([skia.Point(math.sin(turn) * r, -math.cos(turn) * r) for turn, r in points], True)
    soft = ink("#F7C948")
    soft.setPathEffect(skia.CornerPathEffect.Make(16))
    shadow = skia.Path(path)
    shadow.offset(8, 12)
    dark = ink(DEEP, 0.6)
    dark.setPathEffect(skia.CornerPathEffect.Make(16))
    canvas.drawPath(shadow, dark)
    canvas.drawPath(path, soft)
    with inside(canvas, path):
        canvas.drawPath(through(((10, 0), (70, -30), (70, 70), (-40, 70), (-4, 30))), ink("#DB9A2C"))
        dry(canvas, ((-40, -16), (-16, -20), (-4, -44)), 12, "#FFF3C0", 0.95)
    canvas.restore()
