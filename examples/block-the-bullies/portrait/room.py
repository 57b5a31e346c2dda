"""What is round her face: the room, out of focus; her neck; her hoodie."""

from __future__ import annotations

import math

import skia
from brush import HEIGHT, WIDTH, Canvas, paint, rng, through, tone


def background(canvas: Canvas) -> None:
    canvas.drawPaint(paint((0.60, 0.47, 0.58)))
    w, h = WIDTH, HEIGHT
    for x, y, r, colour, alpha in (
        (0.05, 0.10, 700, (0.47, 0.40, 0.56), 0.9),
        (0.95, 0.2, 760, (0.96, 0.77, 0.70), 0.95),
        (0.85, 0.55, 620, (0.93, 0.66, 0.70), 0.8),
        (0.05, 0.5, 560, (0.44, 0.36, 0.50), 0.9),
        (0.1, 0.85, 500, (0.40, 0.32, 0.46), 0.8),
        (0.6, 0.0, 420, (0.78, 0.62, 0.68), 0.8),
        (0.97, 0.8, 420, (0.66, 0.48, 0.58), 0.8),
    ):
        canvas.drawCircle(x * w, y * h, r * 0.6, paint(colour, alpha, blur=r * 0.32))
    # a shelf and a window's edge far behind
    canvas.drawRect(skia.Rect.MakeLTRB(880, -50, 950, 1150), paint((1, 0.93, 0.84), 0.4, blur=30))
    canvas.drawRect(skia.Rect.MakeLTRB(-50, 560, 320, 600), paint((0.30, 0.24, 0.36), 0.5, blur=22))
    for x, y, a, b, colour in (
        (60, 480, 36, 80, (0.62, 0.78, 0.74)),
        (150, 500, 28, 60, (0.90, 0.66, 0.56)),
        (235, 470, 40, 90, (0.56, 0.48, 0.68)),
    ):
        canvas.drawRoundRect(skia.Rect.MakeLTRB(x - a, y - b, x + a, y + b), 14, 14, paint(colour, 0.5, blur=22))
    for i in range(17):
        t = i / 16
        x = 20 + 1060 * t
        y = 150 + 150 * math.sin(math.pi * (0.15 + 0.9 * t)) * (1 - 0.3 * t) + rng.normal(0, 16)
        r = rng.uniform(20, 40)
        warm = (1.0, 0.86 + rng.uniform(-0.05, 0.06), 0.66 + rng.uniform(-0.1, 0.1))
        canvas.drawCircle(x, y, r, paint(warm, rng.uniform(0.25, 0.55), blur=2.2))
        canvas.drawCircle(x, y, r * 0.97, paint((1, 0.96, 0.86), 0.22, width=2.4, blur=1.4))
        canvas.drawCircle(x, y, r * 2.4, paint(warm, 0.10, blur=26))
    for _ in range(12):
        canvas.drawCircle(
            rng.uniform(0, w),
            rng.uniform(700, 1300),
            rng.uniform(26, 60),
            paint((1, 0.84, 0.78), rng.uniform(0.04, 0.13), blur=4),
        )


def neck(canvas: Canvas) -> None:
    shape = through(
        [
            (-47, 30),
            (-46, 100),
            (-47, 132),
            (-62, 160),
            (-96, 186),
            (-60, 250),
            (60, 250),
            (92, 186),
            (56, 160),
            (44, 132),
            (39, 100),
            (34, 30),
        ],
        closed=True,
    )
    canvas.save()
    canvas.clipPath(shape, True)
    canvas.drawPaint(paint((0.82, 0.60, 0.51)))
    canvas.drawOval(skia.Rect.MakeLTRB(-52, 110, -14, 230), paint((0.93, 0.72, 0.61), 0.8, blur=9))
    canvas.drawOval(skia.Rect.MakeLTRB(14, 60, 70, 250), paint((0.52, 0.30, 0.28), 0.75, blur=11))
    shadow = through([(-58, 50), (-52, 96), (-34, 122), (0, 140), (34, 150), (60, 130), (70, 60)], closed=True)
    canvas.drawPath(shadow, paint((0.42, 0.21, 0.20), 0.80, blur=6.5))
    canvas.drawPath(
        through([(-46, 100), (-34, 134), (-14, 166), (-6, 178)]), paint((0.95, 0.76, 0.66), 0.45, width=5, blur=3.5)
    )
    canvas.drawPath(
        through([(38, 118), (28, 146), (10, 170), (2, 178)]), paint((0.78, 0.52, 0.44), 0.55, width=5, blur=3.0)
    )
    canvas.drawCircle(-2, 178, 6, paint((0.50, 0.28, 0.25), 0.6, blur=4))
    for side in (-1, 1):
        canvas.drawPath(
            through([(side * 6 - 2, 180), (side * 30, 178), (side * 62, 168)]),
            paint((0.97, 0.78, 0.68) if side < 0 else (0.80, 0.56, 0.47), 0.6, width=4, blur=2.4),
        )
        canvas.drawPath(
            through([(side * 8 - 2, 186), (side * 32, 185), (side * 62, 177)]),
            paint((0.55, 0.32, 0.28), 0.4, width=4, blur=3.2),
        )
    canvas.restore()


PINK = ((0.46, 0.20, 0.33), (0.70, 0.37, 0.50), (0.88, 0.55, 0.66), (0.965, 0.70, 0.78), (1.0, 0.86, 0.89))


def hoodie(canvas: Canvas) -> None:
    def mass(points: list[tuple[float, float]], level: float) -> skia.Path:
        path = through(points, closed=True)
        canvas.drawPath(path, paint(tone(level, PINK)))
        return path

    def fold(points: list[tuple[float, float]], level: float, width: float, soft: float, alpha: float = 0.7) -> None:
        canvas.drawPath(through(points), paint(tone(level, PINK), alpha, width=width, blur=soft))

    body = mass(
        [
            (-160, 270),
            (-150, 226),
            (-118, 196),
            (-78, 174),
            (-50, 170),
            (0, 226),
            (48, 168),
            (78, 172),
            (116, 192),
            (150, 224),
            (160, 300),
            (0, 320),
            (-160, 320),
        ],
        0.56,
    )
    canvas.save()
    canvas.clipPath(body, True)
    canvas.drawOval(skia.Rect.MakeLTRB(-165, 176, -58, 290), paint(tone(0.84, PINK), 0.85, blur=16))
    canvas.drawOval(skia.Rect.MakeLTRB(40, 190, 170, 330), paint(tone(0.25, PINK), 0.85, blur=20))
    canvas.drawOval(skia.Rect.MakeLTRB(-30, 215, 30, 330), paint(tone(0.36, PINK), 0.5, blur=14))
    for points, level, width, soft in (
        ([(-108, 200), (-92, 226), (-86, 262)], 0.25, 5, 3),
        ([(-98, 204), (-80, 230), (-74, 262)], 0.92, 5, 3),
        ([(-130, 212), (-118, 236), (-114, 266)], 0.3, 4, 2.6),
        ([(-60, 214), (-46, 236), (-40, 262)], 0.3, 5, 3.4),
        ([(58, 206), (52, 232), (56, 262)], 0.12, 6, 3.4),
        ([(92, 196), (84, 222), (88, 262)], 0.1, 6, 3.6),
        ([(104, 202), (98, 226), (102, 262)], 0.66, 4, 2.6),
        ([(70, 208), (66, 232), (70, 262)], 0.6, 4, 2.6),
        ([(-28, 240), (-20, 262)], 0.8, 4, 2.6),
    ):
        fold(points, level, width, soft)
    canvas.restore()
    # the hood, turned down: two soft rolls that meet in front
    for side, level in ((1, 0.46), (-1, 0.66)):
        roll = [
            (side * 50 - 4, 112),
            (side * 74 - 4, 124),
            (side * 88 - 3, 150),
            (side * 78 - 3, 186),
            (side * 42 - 2, 220),
            (side * 4 - 2, 240),
            (side * 0 - 2, 222),
            (side * 20 - 2, 200),
            (side * 40 - 3, 172),
            (side * 47 - 4, 142),
        ]
        under = skia.Path(through(roll, closed=True))
        canvas.save()
        canvas.translate(3, 6)
        canvas.drawPath(under, paint((0.30, 0.10, 0.20), 0.5, blur=6))
        canvas.restore()
        path = mass(roll, level)
        canvas.save()
        canvas.clipPath(path, True)
        fold(
            [(side * 54 - 4, 112), (side * 52 - 4, 146), (side * 42 - 3, 178), (side * 18 - 2, 208), (-2, 230)],
            0.08,
            13,
            6,
            0.7,
        )
        fold(
            [(side * 76 - 3, 126), (side * 78 - 3, 156), (side * 66 - 3, 186), (side * 36 - 2, 212)],
            0.95 if side < 0 else 0.7,
            11,
            5.5,
            0.75,
        )
        fold(
            [(side * 88 - 3, 140), (side * 86 - 3, 176), (side * 48 - 2, 222), (-2, 246)],
            0.2 if side < 0 else 0.05,
            8,
            4.5,
            0.6,
        )
        for _ in range(7):
            k = rng.uniform(0.1, 0.9)
            x, y = side * (70 - 50 * k) - 3, 140 + 84 * k
            fold(
                [(x + side * 8, y - 10), (x, y), (x - side * 12, y + rng.uniform(2, 10))],
                rng.choice([0.2, 0.9 if side < 0 else 0.7]),
                rng.uniform(1.6, 3.4),
                1.6,
                0.4,
            )
        canvas.restore()
        seam = paint((1, 0.94, 0.92), 0.55, width=0.7)
        seam.setPathEffect(skia.DashPathEffect.Make([2.6, 2.0], 0))
        canvas.drawPath(
            through(
                [
                    (side * 53 - 4, 118),
                    (side * 52 - 4, 146),
                    (side * 44 - 3, 176),
                    (side * 22 - 2, 205),
                    (side * 3 - 2, 226),
                ]
            ),
            seam,
        )
    for side, end in ((-1, 300), (1, 290)):
        cord = [(side * 13 - 2, 218), (side * 15 - 2, 236), (side * 13 - 1, 262), (side * 15, end)]
        canvas.drawPath(
            through([(x + 1.6, y + 1.6) for x, y in cord]), paint((0.34, 0.12, 0.22), 0.5, width=4.4, blur=1.6)
        )
        canvas.drawPath(through(cord), paint((0.90, 0.83, 0.78), 1, width=4.0))
        canvas.drawPath(through([(x - 0.7, y) for x, y in cord]), paint((1, 0.98, 0.94), 0.9, width=1.7, blur=0.5))
        canvas.drawCircle(side * 13 - 2, 217, 2.6, paint((0.62, 0.55, 0.52), 1, width=1.3))
