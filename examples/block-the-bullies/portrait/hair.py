"""Her hair, strand by strand between guides, and the star that is clipped to it."""

from __future__ import annotations

import math

import numpy as np
import skia
from brush import HAIR, MINT, Array, Canvas, curve, densely, paint, rng, smooth, tapered, through, tone


def dyed(level: float, alpha: float, mint: float) -> skia.Paint:
    """A hair's paint: milk tea, and mint from `mint` downwards."""
    made = paint(tone(level), alpha)
    stops = [
        skia.Color(*(round(255 * c) for c in tone(level, ramp)), round(255 * min(alpha, 1))) for ramp in (HAIR, MINT)
    ]
    made.setShader(skia.GradientShader.MakeLinear([skia.Point(0, mint), skia.Point(0, mint + 34)], stops))
    return made


LEFT = (
    densely(
        [
            (13, -80),
            (-10, -75),
            (-36, -54),
            (-56, -24),
            (-67, 12),
            (-61, 58),
            (-57, 104),
            (-60, 160),
            (-68, 214),
            (-62, 262),
        ],
        70,
    ),
    densely(
        [
            (12, -126),
            (-32, -124),
            (-73, -99),
            (-91, -50),
            (-97, 12),
            (-101, 76),
            (-117, 130),
            (-106, 186),
            (-114, 236),
            (-104, 280),
        ],
        70,
    ),
)


RIGHT = (
    densely(
        [(12, -80), (27, -76), (42, -58), (51, -28), (53, 14), (47, 58), (48, 96), (55, 160), (62, 214), (56, 262)], 70
    ),
    densely(
        [(11, -126), (42, -119), (66, -95), (78, -48), (82, 16), (90, 78), (100, 132), (92, 186), (99, 236), (90, 280)],
        70,
    ),
)


def strand(
    guides: tuple[Array, Array], share: float, clump: float, seed: float, begin: float = 0.0, end: float = 1.0
) -> Array:
    """A hair between two guides; it draws together with its clump, and waves with it."""
    t = np.linspace(0, 1, 70)
    gathered = share + (clump - share) * 0.45 * smooth(0.25, 0.95, t) * (0.6 + 0.4 * np.cos(9 * t + seed * 5))
    points = guides[0] + (guides[1] - guides[0]) * gathered[:, None]
    sway = 3.6 * smooth(0.3, 0.75, t) * np.sin(15 * t + 2.2 * seed)
    points = points + np.stack((sway, 0 * t), 1)
    a, b = int(begin * 69), max(int(end * 69), int(begin * 69) + 4)
    return points[a : b + 1]


def lock(
    canvas: Canvas, guides: tuple[Array, Array], side: int, count: int, low: float, high: float, dark: float = 0.0
) -> None:
    """One side of her hair: deep strands first, then lit ones, then the gloss where it bends."""
    clumps = [(float(k), float(rng.normal())) for k in np.linspace(low, high, 17) + rng.normal(0, 0.015, 17)]
    for layer, number in enumerate((count // 3, count // 2, count // 3)):
        for _ in range(number):
            share = rng.uniform(low, high)
            k, seed = min(clumps, key=lambda one: abs(one[0] - share))
            begin = 0.0 if rng.random() < 0.8 else rng.uniform(0.1, 0.4)
            end = float(np.clip(rng.normal(0.93, 0.09), 0.55, 1))
            hair = strand(guides, share + rng.normal(0, 0.01), k, seed + rng.normal(0, 0.05), begin, end)
            round_ = math.sin(math.pi * min(max((share - low) / (high - low), 0), 1)) ** 0.7
            inner = smooth(0.0, 0.35, np.array(share))
            base = (
                (0.16 + 0.30 * round_ * float(inner) + (0.10 if side < 0 else 0.02)) * (0.75 + 0.2 * layer)
                + 0.15 * math.sin(seed * 7)
                - dark
            )
            level = base + rng.normal(0, 0.055)
            canvas.drawPath(
                tapered(hair, rng.uniform(0.8, 2.4) * (1.3 - 0.3 * layer), 0.7),
                dyed(level, (0.95, 0.75, 0.55)[layer], 188 + rng.normal(0, 12)),
            )
    bands = ((0.13, 0.24, 1.5), (0.15, 0.21, 1.3), (0.44, 0.55, 0.8), (0.62, 0.72, 1.0), (0.8, 0.9, 0.8))
    for at, until, strong in bands:
        for _ in range(round(count * 0.26)):
            share = float(np.clip(rng.normal(low + (0.55 if side < 0 else 0.5) * (high - low), 0.22), low + 0.04, high))
            k, seed = min(clumps, key=lambda one: abs(one[0] - share))
            a = at + rng.normal(0, 0.02) + 0.02 * math.sin(seed * 5)
            b = until + rng.normal(0, 0.03)
            hair = strand(guides, share, k, seed, max(a, 0), min(max(b, a + 0.06), 1))
            gain = strong * (1.0 if side < 0 else 0.72) * (1 - 0.5 * dark)
            canvas.drawPath(
                tapered(hair, rng.uniform(0.35, 1.1), 0.0),
                dyed(0.62 + rng.uniform(0, 0.36) - dark, gain * rng.uniform(0.12, 0.52), 188),
            )
    for _ in range(count // 14):  # what parts clumps
        k, seed = clumps[int(rng.integers(len(clumps)))]
        hair = strand(guides, k + 0.5 * (high - low) / 17, k, seed, rng.uniform(0.05, 0.5), rng.uniform(0.6, 1))
        canvas.drawPath(tapered(hair, rng.uniform(0.4, 1.1), 0.2), dyed(0.07, 0.32, 190))


def area(guides: tuple[Array, Array], low: float, high: float, until: float = 1.0) -> skia.Path:
    n = round(until * 69) + 1
    a, b = (guides[0] + (guides[1] - guides[0]) * k for k in (low, high))
    path = skia.Path()
    path.addPoly([skia.Point(*map(float, p)) for p in np.concatenate((a[:n], b[:n][::-1]))], True)
    return path


def back_hair(canvas: Canvas) -> None:
    whole = through(
        [
            (12, -112),
            (-30, -110),
            (-64, -88),
            (-80, -46),
            (-86, 20),
            (-92, 90),
            (-92, 170),
            (-60, 200),
            (50, 200),
            (82, 160),
            (82, 80),
            (74, 10),
            (68, -46),
            (56, -86),
            (38, -106),
        ],
        closed=True,
    )
    canvas.drawPath(whole, paint((0.17, 0.095, 0.085)))
    for _ in range(700):
        x = rng.uniform(-92, 78)
        hair = curve(
            (x * 0.8, 20), (x * 0.9, 70), (x + rng.normal(0, 4), 120), (x + rng.normal(0, 6), rng.uniform(150, 210)), 20
        )
        canvas.drawPath(tapered(hair, rng.uniform(0.6, 1.8), 0.5), paint(tone(rng.uniform(0.02, 0.24)), 0.6))


def front_hair(canvas: Canvas) -> None:
    for guides, side in ((RIGHT, 1), (LEFT, -1)):
        canvas.drawPath(area(guides, 0.0, 1.0), dyed(0.24, 1.0, 190))
        lock(canvas, guides, side, 1500, 0.0, 1.0, 0.0)
        for _ in range(500):  # roots: dark where it parts
            share = rng.uniform(0, 1)
            hair = strand(guides, share, share, 0, 0, rng.uniform(0.05, 0.13))
            canvas.drawPath(
                tapered(hair, rng.uniform(0.5, 1.3), 1.0), dyed(rng.uniform(0.0, 0.2), rng.uniform(0.15, 0.45), 190)
            )
        for _ in range(150):  # rims: light from the side, hair that flies
            outer = rng.uniform(0.93, 1.005)
            hair = strand(guides, outer, 0.98, rng.normal(), rng.uniform(0.03, 0.6), rng.uniform(0.6, 1.0))
            canvas.drawPath(
                tapered(hair + rng.normal(0, 0.4, 2), rng.uniform(0.25, 0.55)),
                dyed(0.92 if side > 0 else 0.8, rng.uniform(0.12, 0.42), 190),
            )
    part = through([(12.6, -81), (12.5, -92), (12.2, -108)])
    canvas.drawPath(part, paint((0.20, 0.11, 0.09), 0.42, width=9, blur=4.5))
    canvas.drawPath(part, paint((0.16, 0.08, 0.07), 0.5, width=1.5, blur=1.0))
    canvas.drawPath(
        through([(12.6, -83), (12.5, -92), (12.3, -104)]), paint((0.80, 0.58, 0.48), 0.4, width=0.6, blur=0.4)
    )
    for _ in range(7):  # single hairs before her forehead and cheeks
        side = -1 if rng.random() < 0.6 else 1
        guides = LEFT if side < 0 else RIGHT
        hair = strand(
            guides, rng.uniform(-0.10, 0.02), 0.0, rng.normal(), rng.uniform(0.1, 0.3), rng.uniform(0.3, 0.62)
        )
        canvas.drawPath(
            tapered(hair, rng.uniform(0.22, 0.5), 0.4), paint(tone(rng.uniform(0.25, 0.7)), rng.uniform(0.3, 0.7))
        )
    for _ in range(120):  # and over the crown
        side = -1 if rng.random() < 0.6 else 1
        guides = LEFT if side < 0 else RIGHT
        hair = strand(
            guides, 1.0 + abs(rng.normal(0, 0.025)), 1.0, rng.normal(), rng.uniform(0.02, 0.5), rng.uniform(0.5, 0.85)
        )
        canvas.drawPath(
            tapered(hair, rng.uniform(0.2, 0.4), 0.4), paint(tone(rng.uniform(0.3, 0.85)), rng.uniform(0.15, 0.55))
        )


def clip_star(canvas: Canvas) -> None:
    canvas.save()
    canvas.translate(62, -62)
    canvas.rotate(16)
    points = []
    for i in range(10):
        r = 9.6 if i % 2 == 0 else 5.6
        a = math.tau * i / 10 - math.pi / 2
        points.append((r * math.cos(a) * 0.86, r * math.sin(a)))
    star = skia.Path()
    star.addPoly([skia.Point(*p) for p in points], True)
    soft = paint((0.86, 0.62, 0.22), 1, width=2.4)
    soft.setStyle(skia.Paint.kStrokeAndFill_Style)
    canvas.save()
    canvas.translate(0.8, 1.6)
    canvas.drawPath(star, paint((0.10, 0.05, 0.05), 0.55, width=3.0, blur=1.4))
    canvas.restore()
    canvas.drawPath(star, soft)
    canvas.save()
    canvas.scale(0.86, 0.86)
    canvas.drawPath(star, paint((0.96, 0.78, 0.36), 1, blur=0.9))
    canvas.restore()
    canvas.drawCircle(-2.6, -3.0, 2.0, paint((1, 0.97, 0.82), 0.85, blur=1.0))
    canvas.drawCircle(2.6, 3.6, 2.6, paint((0.60, 0.36, 0.10), 0.45, blur=1.4))
    canvas.restore()
