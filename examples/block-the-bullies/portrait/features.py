"""What is drawn on her face: the colours of the skin, lips, eyes; brows and lashes hair by hair."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import skia
from brush import Array, Canvas, curve, densely, paint, rng, tapered, through
from relief import mouth_line

TEXELS = 7.0
"""Texels of the face's drawing a millimetre."""


REACH = (92.0, 130.0)


GREAT = 1.2
"""How much larger her eyes are than most."""


LIP = (0.76, 0.36, 0.37)


Eye = tuple[list[tuple[float, float]], list[tuple[float, float]]]


def sheet(draw: Callable[[Canvas], None]) -> Array:
    """A drawing in the face's millimetres, as premultiplied RGBA."""
    w, h = round(2 * REACH[0] * TEXELS), round(2 * REACH[1] * TEXELS)
    surface = skia.Surface(w, h)
    canvas = surface.getCanvas()
    canvas.clear(0)
    canvas.scale(TEXELS, TEXELS)
    canvas.translate(*REACH)
    draw(canvas)
    made = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType).astype(np.float32) / 255
    made[..., :3] *= made[..., 3:]
    return made


def lips() -> tuple[skia.Path, skia.Path]:
    xs = np.linspace(-25, 25, 21)
    line = [(float(x), float(mouth_line(np.array(x)))) for x in xs]
    corner_l, corner_r = line[0], line[-1]
    upper = [
        corner_l,
        (-18, 63.2),
        (-11, 62.2),
        (-4.6, 60.3),
        (0.2, 61.5),
        (5.0, 60.1),
        (11.4, 61.8),
        (18.4, 62.8),
        corner_r,
    ]
    lower = [corner_l, (-18.5, 71.2), (-10, 77.6), (0, 79.6), (10.6, 77.3), (19, 70.6), corner_r]
    top = through(upper)
    back = through(line[::-1])
    up = skia.Path(top)
    up.addPath(back, 0, 0, skia.Path.kExtend_AddPathMode)
    low = through(lower)
    low.addPath(back, 0, 0, skia.Path.kExtend_AddPathMode)
    return up, low


def complexion(canvas: Canvas) -> None:
    """Colour in the skin: warm cheeks, nose and chin, lips, freckles."""
    for x, y, a, b, colour, alpha in (
        (-40, 27, 20, 14, (0.90, 0.36, 0.34), 0.34),
        (41, 27, 19, 14, (0.90, 0.36, 0.34), 0.34),
        (0, 38, 12, 8, (0.88, 0.38, 0.34), 0.26),
        (0, 24, 9, 14, (0.9, 0.45, 0.36), 0.12),
        (0, 99, 14, 8, (0.88, 0.42, 0.38), 0.16),
        (-31, -8, 17, 6, (0.72, 0.38, 0.36), 0.26),
        (31, -8, 17, 6, (0.72, 0.38, 0.36), 0.26),
        (-27, 11, 13, 4, (0.66, 0.40, 0.46), 0.16),
        (28, 11, 13, 4, (0.66, 0.40, 0.46), 0.16),
        (0, -50, 44, 24, (0.98, 0.84, 0.62), 0.18),
        (0, 86, 36, 18, (0.80, 0.68, 0.62), 0.10),
    ):
        canvas.save()
        canvas.translate(x, y)
        canvas.scale(a, b)
        canvas.drawCircle(0, 0, 0.75, paint(colour, alpha, blur=0.42))
        canvas.restore()
    for _ in range(210):
        x = rng.normal(0, 26)
        y = rng.normal(22 - 0.06 * abs(x), 9)
        if y > 44 or abs(x) > 58 or (abs(y) < 9 and abs(abs(x) - 31) < 19):
            continue
        canvas.drawCircle(x, y, rng.uniform(0.22, 0.72), paint((0.56, 0.30, 0.20), rng.uniform(0.06, 0.24), blur=0.18))
    up, low = lips()
    canvas.drawPath(up, paint((0.74, 0.40, 0.38), 0.35, width=1.6, blur=0.9))
    canvas.drawPath(low, paint((0.74, 0.40, 0.38), 0.35, width=1.6, blur=0.9))
    canvas.drawPath(up, paint((0.68, 0.31, 0.32), 0.78, blur=0.8))
    canvas.drawPath(low, paint(LIP, 0.72, blur=0.9))
    for path in (up, low):
        canvas.save()
        canvas.clipPath(path, True)
        for _ in range(70):
            x = rng.uniform(-24, 24)
            y0 = float(mouth_line(np.array(x)))
            down = 1 if path is low else -1
            hair = curve(
                (x, y0), (x * 1.02, y0 + 2 * down), (x * 1.05, y0 + 5 * down), (x * 1.08, y0 + rng.uniform(5, 9) * down)
            )
            canvas.drawPath(
                tapered(hair, rng.uniform(0.25, 0.6)),
                paint((0.50, 0.16, 0.22) if rng.random() < 0.6 else (0.95, 0.62, 0.6), 0.16),
            )
        canvas.restore()


def eye(side: int) -> Eye:
    """Upper and lower rim of her right (-1, in the picture left) or left eye, from the nose outwards."""
    wide = 1.0 if side < 0 else 0.97
    upper = [(16.2, 2.9), (18.4, 0.4), (22.4, -3.9), (28, -6.5), (34, -6.1), (40, -2.9), (45.2, 0.7)]
    lower = [(16.2, 2.9), (19.2, 3.5), (24, 4.5), (30, 5.0), (36, 4.3), (41, 2.8), (45.2, 0.7)]
    up = 0.0 if side < 0 else 0.25

    def placed(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [
            (side * (31 + (x - 31) * wide * GREAT), y * GREAT * (1.0 if side < 0 else 0.96) + up) for x, y in points
        ]

    return placed(upper), placed(lower)


def draw_eye(canvas: Canvas, side: int) -> None:
    upper, lower = eye(side)
    rim, under = through(upper), through(lower)
    ball = skia.Path(rim)
    ball.addPath(through(lower[::-1]), 0, 0, skia.Path.kExtend_AddPathMode)
    ball.close()
    # the lid's fold and the shade of the socket
    fold = through([(x, y - 3.4 - 1.3 * math.sin(i / 6 * math.pi)) for i, (x, y) in enumerate(upper)][1:])
    canvas.drawPath(fold, paint((0.42, 0.20, 0.18), 0.42, width=1.0, blur=0.5))
    canvas.drawPath(fold, paint((0.34, 0.15, 0.14), 0.42, width=0.42, blur=0.16))
    bag = through([(x, y + 3.6 + 1.2 * math.sin(i / 6 * math.pi)) for i, (x, y) in enumerate(lower)][0:5])
    canvas.drawPath(bag, paint((0.55, 0.28, 0.27), 0.22, width=1.0, blur=0.7))
    canvas.drawPath(rim, paint((0.45, 0.2, 0.18), 0.5, width=2.2, blur=0.9))
    canvas.save()
    canvas.clipPath(ball, True)
    canvas.drawPaint(paint((0.87, 0.83, 0.81)))
    canvas.drawCircle(side * 47, 2, 7, paint((0.66, 0.50, 0.50), 0.55, blur=2.6))
    canvas.drawCircle(side * 16, 2, 6, paint((0.72, 0.50, 0.50), 0.55, blur=2.2))
    x, y, r = side * 31 - 2.3, -0.5, 7.2
    canvas.drawCircle(x, y, r + 0.15, paint((0.16, 0.10, 0.10), 0.9, blur=0.35))
    canvas.save()
    clip = skia.Path()
    clip.addCircle(x, y, r)
    canvas.clipPath(clip, True)
    canvas.drawCircle(x, y, r, paint((0.29, 0.17, 0.11)))
    canvas.drawCircle(x + 1.2, y + 2.6, 4.2, paint((0.56, 0.34, 0.17), 0.85, blur=1.6))
    for _ in range(240):
        angle = rng.uniform(0, math.tau)
        a, b = rng.uniform(2.2, 3.2), rng.uniform(4.0, 6.7)
        bright = 0.5 + 0.5 * math.sin(angle - 0.4)
        shade = (0.30 + 0.32 * bright, 0.19 + 0.20 * bright, 0.12 + 0.09 * bright)
        if rng.random() < 0.35:
            shade = (0.14, 0.08, 0.06)
        canvas.drawLine(
            x + a * math.cos(angle),
            y + a * math.sin(angle),
            x + b * math.cos(angle + 0.05),
            y + b * math.sin(angle + 0.05),
            paint(shade, rng.uniform(0.15, 0.5), width=rng.uniform(0.1, 0.3)),
        )
    canvas.drawCircle(x, y, r, paint((0.08, 0.05, 0.05), 0.75, width=1.3, blur=0.5))
    canvas.drawCircle(x, y, 2.75, paint((0.03, 0.02, 0.03), blur=0.2))
    canvas.restore()
    # the lid throws its shade on the eye
    canvas.drawPath(rim, paint((0.12, 0.05, 0.06), 0.62, width=4.4, blur=1.5))
    canvas.drawPath(under, paint((0.60, 0.36, 0.35), 0.5, width=1.0, blur=0.4))
    canvas.drawCircle(side * 17.6, 2.4, 1.7, paint((0.80, 0.45, 0.43), 0.85, blur=0.5))
    # a window, and what it lights on the other side
    canvas.save()
    canvas.translate(x - 2.3, y - 2.1)
    canvas.rotate(-8)
    canvas.drawRoundRect(
        skia.Rect.MakeLTRB(-1.25, -1.35, 1.05, 1.25), 0.4, 0.4, paint((1, 0.985, 0.95), 0.97, blur=0.16)
    )
    canvas.restore()
    canvas.drawCircle(x + 2.5, y + 2.6, 0.75, paint((1, 0.86, 0.72), 0.5, blur=0.4))
    canvas.restore()
    canvas.drawPath(under, paint((0.96, 0.74, 0.70), 0.6, width=0.75, blur=0.2))
    for i, (px, py) in enumerate(lower[1:6]):
        canvas.drawCircle(px, py - 0.25, 0.16, paint((1, 0.97, 0.95), 0.75 if i % 2 else 0.45, blur=0.1))
    # lash line: thin at the nose, heavy outside
    dense = densely(upper, 60)
    step = np.gradient(dense, axis=0)
    normal = np.stack((step[:, 1], -step[:, 0]), 1) / np.hypot(step[:, 0], step[:, 1])[:, None] * side
    t = np.linspace(0, 1, 60)
    thick = 0.16 + 0.92 * np.clip(t * 1.25, 0, 1) ** 1.2
    outline = np.concatenate((dense + normal * thick[:, None] * 0.8, (dense - normal * thick[:, None] * 0.28)[::-1]))
    shape = skia.Path()
    shape.addPoly([skia.Point(*map(float, p)) for p in outline], True)
    canvas.drawPath(shape, paint((0.13, 0.07, 0.07), 0.93, blur=0.12))
    for _ in range(95):
        k = rng.uniform(0.1, 1.0)
        at = dense[min(int(k * 59), 59)]
        long = (1.8 + 4.6 * k**0.9) * rng.uniform(0.65, 1.05)
        lean = side * (-0.25 + 1.15 * k) + rng.normal(0, 0.13)
        end = (at[0] + lean * long * 0.75, at[1] - long * (0.72 - 0.25 * k))
        long *= 0.75 + 0.5 * (math.sin(40 * k) > -0.2)
        hair = curve(
            tuple(at), (at[0] + lean * long * 0.28, at[1] + 0.1), (end[0] - lean * 0.4, end[1] + long * 0.4), end
        )
        canvas.drawPath(tapered(hair, rng.uniform(0.26, 0.46), 0.8), paint((0.11, 0.06, 0.06), rng.uniform(0.55, 0.95)))


def draw_brow(canvas: Canvas, side: int) -> None:
    """Hair by hair: up at the nose, out along the arch, down at the tail; sparse at both ends."""
    lift = -0.9 if side < 0 else 0.4
    spine = densely(
        [
            (side * x, y + lift)
            for x, y in ((13.5, -18.2), (20, -20.4), (28, -22.4), (36, -23.6), (43.5, -22.0), (50.5, -17.6))
        ],
        80,
    )
    shadow = skia.Path()
    broad = 0.9 + 1.75 * np.interp(np.linspace(0, 1, 80), [0, 0.12, 0.45, 0.7, 1], [0.55, 1, 1, 0.72, 0.05])
    shadow.addPoly(
        [
            skia.Point(*map(float, p))
            for p in np.concatenate((spine - [0, 0.8] * broad[:, None], (spine + [0, 0.8] * broad[:, None])[::-1]))
        ],
        True,
    )
    canvas.drawPath(shadow, paint((0.36, 0.21, 0.16), 0.55, blur=1.1))
    for _ in range(520):
        k = float(np.clip(rng.beta(1.25, 1.15), 0.0, 0.999))
        i = int(k * 79)
        across = rng.uniform(-1, 0.85)
        x, y = spine[i] + [rng.normal(0, 0.3), across * broad[i] * 0.95]
        angle = np.interp(k, [0, 0.1, 0.3, 0.65, 1], [78, 52, 24, 6, -30]) + 16 * across
        angle = math.radians(angle + rng.normal(0, 5))
        long = np.interp(k, [0, 0.2, 0.6, 1], [2.6, 4.2, 4.4, 3.0]) * rng.uniform(0.7, 1.05)
        dx, dy = side * math.cos(angle) * long, -math.sin(angle) * long
        bend = side * 0.16 * long
        hair = curve(
            (x, y),
            (x + dx * 0.3 - bend * 0.3, y + dy * 0.4),
            (x + dx * 0.7, y + dy * 0.8),
            (x + dx + bend * 0.4, y + dy + 0.25),
        )
        fade = np.interp(k, [0, 0.1, 0.25, 0.85, 1], [0.3, 0.5, 0.85, 0.9, 0.5])
        tone = rng.uniform(0.75, 1.25)
        canvas.drawPath(
            tapered(hair, rng.uniform(0.2, 0.36), 0.4),
            paint((0.34 * tone, 0.21 * tone, 0.155 * tone), fade * rng.uniform(0.3, 0.7), blur=0.06),
        )


def features(canvas: Canvas) -> None:
    for side in (-1, 1):
        draw_eye(canvas, side)
        draw_brow(canvas, side)
    # where the lips meet, and the nostrils' depth
    xs = np.linspace(-25.4, 25.4, 40)
    line = np.stack((xs, mouth_line(xs)), 1)
    thick = 0.2 + 0.62 * np.clip(1 - (np.abs(xs) / 26) ** 2, 0, 1) + 0.18 * np.exp(-(((np.abs(xs) - 9) / 4) ** 2))
    dark = skia.Path()
    dark.addPoly(
        [
            skia.Point(*map(float, p))
            for p in np.concatenate((line - [0, 0.55] * thick[:, None], (line + [0, 0.55] * thick[:, None])[::-1]))
        ],
        True,
    )
    canvas.drawPath(dark, paint((0.30, 0.08, 0.10), 0.62, blur=0.5))
    canvas.drawPath(dark, paint((0.22, 0.05, 0.08), 0.55, blur=0.15))
    for side in (-1, 1):
        x, y = side * 25.2, float(mouth_line(np.array(side * 25.2)))
        canvas.drawCircle(x + side * 0.3, y + 0.2, 1.3, paint((0.36, 0.13, 0.12), 0.5, blur=0.9))
        hole = through(
            [(side * 3.6, 45.6), (side * 6.2, 44.5), (side * 8.9, 45.4), (side * 7.6, 46.9), (side * 5.0, 47.0)],
            closed=True,
        )
        canvas.drawPath(hole, paint((0.36, 0.14, 0.12), 0.42, blur=0.9))
        canvas.drawPath(hole, paint((0.26, 0.08, 0.08), 0.30, blur=0.5))
        wing = through([(side * 14.2, 36.2), (side * 16.6, 39.6), (side * 16.4, 43.6), (side * 13.6, 45.8)])
        canvas.drawPath(wing, paint((0.50, 0.24, 0.20), 0.30, width=0.9, blur=0.8))


def wet(canvas: Canvas) -> None:
    """Where lips shine."""
    for path in lips():
        canvas.drawPath(path, paint((1, 1, 1), 1, blur=0.6))
