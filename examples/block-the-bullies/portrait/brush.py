"""What the portrait is painted with: its sheet and its scale, soft paint, smooth paths, hairs, colours, a blur."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import skia

WIDTH, HEIGHT = 1080, 1920
SCALE = 4.35
"""Pixels a millimetre."""


MIDDLE = (548.0, 800.0)
"""Where the point between her eyes lies."""


ROLL = math.radians(-5)


Array = np.ndarray


Canvas = skia.Canvas


rng = np.random.default_rng(20)


HAIR = ((0.225, 0.125, 0.10), (0.40, 0.245, 0.185), (0.58, 0.385, 0.285), (0.76, 0.555, 0.42), (0.93, 0.77, 0.62))


MINT = ((0.16, 0.40, 0.37), (0.28, 0.58, 0.53), (0.46, 0.77, 0.70), (0.66, 0.89, 0.82), (0.84, 0.97, 0.93))


def paint(colour: tuple[float, float, float], alpha: float = 1.0, width: float = 0.0, blur: float = 0.0) -> skia.Paint:
    r, g, b = (min(max(round(255 * c), 0), 255) for c in colour)
    made = skia.Paint(AntiAlias=True, Color=skia.Color(r, g, b, round(255 * min(max(alpha, 0), 1))))
    if width:
        made.setStyle(skia.Paint.kStroke_Style)
        made.setStrokeWidth(width)
        made.setStrokeCap(skia.Paint.kRound_Cap)
        made.setStrokeJoin(skia.Paint.kRound_Join)
    if blur:
        made.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur, True))
    return made


def through(points: list[tuple[float, float]], closed: bool = False) -> skia.Path:
    """A smooth path through points."""
    path = skia.Path()
    count = len(points)
    path.moveTo(*points[0])
    for i in range(count if closed else count - 1):
        if closed:
            p0, p1, p2, p3 = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2))
        path.cubicTo(
            p1[0] + (p2[0] - p0[0]) / 6,
            p1[1] + (p2[1] - p0[1]) / 6,
            p2[0] - (p3[0] - p1[0]) / 6,
            p2[1] - (p3[1] - p1[1]) / 6,
            *p2,
        )
    if closed:
        path.close()
    return path


def tapered(points: Array, width: float, root: float = 0.25, tip: float = 0.0) -> skia.Path:
    """A hair: a path along points, thickest a third of its way, that runs out to nothing."""
    step = np.gradient(points, axis=0)
    length = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-6)
    normal = np.stack((-step[:, 1] / length, step[:, 0] / length), 1)
    t = np.linspace(0, 1, len(points))
    swell = np.where(
        t < 0.3,
        root + (1 - root) * np.sin(t / 0.3 * math.pi / 2),
        tip + (1 - tip) * np.cos((t - 0.3) / 0.7 * math.pi / 2),
    )
    off = normal * (swell * width / 2)[:, None]
    path = skia.Path()
    path.addPoly([skia.Point(*map(float, p)) for p in np.concatenate((points + off, (points - off)[::-1]))], True)
    return path


def curve(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float], n: int = 12
) -> Array:
    t = np.linspace(0, 1, n)[:, None]
    pa, pb, pc, pd = (np.array(p, float) for p in (a, b, c, d))
    return (1 - t) ** 3 * pa + 3 * (1 - t) ** 2 * t * pb + 3 * (1 - t) * t * t * pc + t**3 * pd


def densely(points: list[tuple[float, float]], count: int) -> Array:
    at = np.linspace(0, len(points) - 1, count)
    ps = np.array(points)
    found = []
    for value in at:
        i = min(int(value), len(points) - 2)
        f = value - i
        p0, p1, p2, p3 = (ps[min(max(i + k, 0), len(ps) - 1)] for k in (-1, 0, 1, 2))
        found.append(
            0.5
            * (2 * p1 + (p2 - p0) * f + (2 * p0 - 5 * p1 + 4 * p2 - p3) * f * f + (3 * p1 - p0 - 3 * p2 + p3) * f**3)
        )
    return np.array(found)


def blurred(values: Array, sigma: float) -> Array:
    """A soft copy, by Fourier; `sigma` in pixels."""
    if sigma <= 0:
        return values
    pad = int(3 * sigma) + 1
    spread = [(pad, pad), (pad, pad)] + [(0, 0)] * (values.ndim - 2)
    wide = np.pad(values, spread, mode="edge")
    fy, fx = np.fft.fftfreq(wide.shape[0])[:, None], np.fft.rfftfreq(wide.shape[1])[None]
    soft = np.exp(-2 * (math.pi * sigma) ** 2 * (fy * fy + fx * fx))
    if values.ndim == 3:
        soft = soft[..., None]
    found = np.fft.irfft2(np.fft.rfft2(wide, axes=(0, 1)) * soft, s=wide.shape[:2], axes=(0, 1))
    return found[pad:-pad, pad:-pad]


def smooth(a: float, b: float, x: Array) -> Array:
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)


def blank() -> tuple[skia.Surface, Canvas]:
    surface = skia.Surface(WIDTH, HEIGHT)
    canvas = surface.getCanvas()
    canvas.clear(0)
    return surface, canvas


def placed(canvas: Canvas, rolled: bool) -> None:
    canvas.translate(*MIDDLE)
    if rolled:
        canvas.rotate(math.degrees(ROLL))
    canvas.scale(SCALE, SCALE)


def layer(draw: Callable[[Canvas], None], rolled: bool) -> Array:
    surface, canvas = blank()
    placed(canvas, rolled)
    draw(canvas)
    got = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType).astype(np.float32) / 255
    got[..., :3] *= got[..., 3:]
    return got


def image(values: Array) -> skia.Image:
    return skia.Image.fromarray(
        np.ascontiguousarray((np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)), skia.kRGBA_8888_ColorType
    )


def tone(level: float, ramp: tuple[tuple[float, float, float], ...] = HAIR) -> tuple[float, float, float]:
    at = min(max(level, 0.0), 0.999) * (len(ramp) - 1)
    i = int(at)
    return tuple(a + (b - a) * (at - i) for a, b in zip(ramp[i], ramp[i + 1], strict=True))
