"""What the portrait is painted with: flat gouache shapes, tapered strokes, dry bristles, paper, an uneven edge."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import skia

WIDTH, HEIGHT = 1080, 1920

Array = np.ndarray
Canvas = skia.Canvas
Points = Sequence[tuple[float, float]]

rng = np.random.default_rng(20)


def ink(colour: str, alpha: float = 1.0, width: float = 0.0, blur: float = 0.0) -> skia.Paint:
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    made = skia.Paint(AntiAlias=True, Color=skia.Color(r, g, b, round(255 * alpha)))
    if width:
        made.setStyle(skia.Paint.kStroke_Style)
        made.setStrokeWidth(width)
        made.setStrokeCap(skia.Paint.kRound_Cap)
    if blur:
        made.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur, True))
    return made


def through(points: Points, closed: bool = True) -> skia.Path:
    """A smooth path through points; a point given twice is a corner."""
    path, count = skia.Path(), len(points)
    path.moveTo(*points[0])
    for i in range(count if closed else count - 1):
        at = (i - 1, i, i + 1, i + 2)
        p0, p1, p2, p3 = (points[k % count] if closed else points[min(max(k, 0), count - 1)] for k in at)
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


def along(points: Points, steps: int = 40) -> Array:
    """Points close together on the smooth curve through a few."""
    measure = skia.PathMeasure(through(points, False), False)
    length = measure.getLength()
    found = [measure.getPosTan(length * k / (steps - 1))[0] for k in range(steps)]
    return np.array([(p.x(), p.y()) for p in found])


def tapered(points: Points, width: float, root: float = 0.1, thick: float = 0.35) -> skia.Path:
    """A brush stroke along points: as broad as `width` at the share `thick` of its way, then out to nothing."""
    line = along(points)
    step = np.gradient(line, axis=0)
    normal = np.stack((-step[:, 1], step[:, 0]), 1) / np.maximum(np.hypot(*step.T), 1e-6)[:, None]
    t = np.linspace(0, 1, len(line))
    rising = root + (1 - root) * np.sin(np.clip(t / thick, 0, 1) * math.pi / 2)
    swell = np.where(t < thick, rising, np.cos(np.clip((t - thick) / (1 - thick), 0, 1) * math.pi / 2) ** 0.8)
    off = normal * (swell * width / 2)[:, None]
    path = skia.Path()
    path.addPoly([skia.Point(*map(float, p)) for p in np.concatenate((line + off, (line - off)[::-1]))], True)
    return path


def dry(canvas: Canvas, points: Points, width: float, colour: str, alpha: float = 0.5) -> None:
    """A stroke of a brush that is nearly dry: bristles side by side that start late and give out early."""
    line = along(points, 30)
    step = np.gradient(line, axis=0)
    normal = np.stack((-step[:, 1], step[:, 0]), 1) / np.maximum(np.hypot(*step.T), 1e-6)[:, None]
    for side in np.linspace(-0.5, 0.5, max(round(width / 3.2), 3)):
        first, last = rng.integers(0, 7), 30 - rng.integers(0, 10)
        bristle = line + normal * (width * side + rng.normal(0, 0.8))
        path = skia.Path()
        path.addPoly([skia.Point(*map(float, p)) for p in bristle[first:last]], False)
        canvas.drawPath(path, ink(colour, alpha * rng.uniform(0.45, 1.0), rng.uniform(2.0, 4.6)))


@contextmanager
def inside(canvas: Canvas, path: skia.Path) -> Iterator[None]:
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    yield
    canvas.restore()


def noise(reach: float, stretch: float = 1.0) -> Array:
    """Smooth noise about 0, from -1 to 1, its bumps as wide as `reach`, `stretch` times as long."""
    tall, wide = (max(round(size / cell), 2) for size, cell in ((HEIGHT, reach), (WIDTH, reach * stretch)))
    small = rng.uniform(0, 255, (tall, wide)).astype(np.uint8)
    rgba = np.repeat(small[..., None], 4, -1)
    rgba[..., 3] = 255
    grown = skia.Image.fromarray(np.ascontiguousarray(rgba)).resize(
        WIDTH, HEIGHT, skia.SamplingOptions(skia.CubicResampler.Mitchell())
    )
    return grown.toarray()[..., 0].astype(np.float32) / 127.5 - 1


def gouache(picture: Array) -> Array:
    """Flat shapes as paint on paper: edges that wander as a hand does, pigment that lies uneven, a grain."""
    dx = noise(40) * 2.6 + noise(9) * 0.9
    dy = noise(40) * 2.6 + noise(9) * 0.9
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    y, x = np.clip(rows + dy, 0, HEIGHT - 1.01), np.clip(columns + dx, 0, WIDTH - 1.01)
    j, i = y.astype(int), x.astype(int)
    v, u = (y - j)[..., None], (x - i)[..., None]
    upper = picture[j, i] * (1 - u) + picture[j, i + 1] * u
    lower = picture[j + 1, i] * (1 - u) + picture[j + 1, i + 1] * u
    moved = upper * (1 - v) + lower * v
    pigment = noise(90) * 0.012 + noise(5, 5.0) * 0.009 + noise(2.2) * 0.014
    return np.clip(moved * (1 + pigment[..., None]), 0, 1)
