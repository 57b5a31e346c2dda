"""What the portrait is painted with: soft and hard shapes, tapered strokes, ribbons of hair, paper."""

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


def rgb(colour: str) -> tuple[int, int, int]:
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return r, g, b


def ink(colour: str, alpha: float = 1.0, width: float = 0.0, blur: float = 0.0) -> skia.Paint:
    made = skia.Paint(AntiAlias=True, Color=skia.Color(*rgb(colour), round(255 * alpha)))
    if width:
        made.setStyle(skia.Paint.kStroke_Style)
        made.setStrokeWidth(width)
        made.setStrokeCap(skia.Paint.kRound_Cap)
        made.setStrokeJoin(skia.Paint.kRound_Join)
    if blur:
        made.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur, True))
    return made


def graded(start: Points, stops: Sequence[tuple[float, str]], alpha: float = 1.0) -> skia.Paint:
    """Colours that change from the first point to the second."""
    shader = skia.GradientShader.MakeLinear(
        [skia.Point(*p) for p in start],
        [skia.Color(*rgb(colour), round(255 * alpha)) for _, colour in stops],
        [at for at, _ in stops],
    )
    return skia.Paint(AntiAlias=True, Shader=shader)


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


def ribbon(line: Array, width: float, root: float = 0.1, thick: float = 0.35) -> skia.Path:
    """A brush stroke along a line: as broad as `width` at the share `thick` of its way, then out to nothing."""
    step = np.gradient(line, axis=0)
    normal = np.stack((-step[:, 1], step[:, 0]), 1) / np.maximum(np.hypot(*step.T), 1e-6)[:, None]
    t = np.linspace(0, 1, len(line))
    rising = root + (1 - root) * np.sin(np.clip(t / thick, 0, 1) * math.pi / 2)
    swell = np.where(t < thick, rising, np.cos(np.clip((t - thick) / (1 - thick), 0, 1) * math.pi / 2) ** 0.8)
    off = normal * (swell * width / 2)[:, None]
    path = skia.Path()
    path.addPoly([skia.Point(*map(float, p)) for p in np.concatenate((line + off, (line - off)[::-1]))], True)
    return path


def tapered(points: Points, width: float, root: float = 0.1, thick: float = 0.35) -> skia.Path:
    """The same through a few points."""
    return ribbon(along(points), width, root, thick)


@contextmanager
def inside(canvas: Canvas, path: skia.Path) -> Iterator[None]:
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    yield
    canvas.restore()


class Paper:
    """Flat shapes as paint on paper: edges that wander a little, pigment that lies uneven, a grain; all of it still."""

    def __init__(self) -> None:
        self._chance = np.random.default_rng(20)
        dx = self._noise(40) * 1.5 + self._noise(9) * 0.6
        dy = self._noise(40) * 1.5 + self._noise(9) * 0.6
        rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
        y, x = np.clip(rows + dy, 0, HEIGHT - 1.01), np.clip(columns + dx, 0, WIDTH - 1.01)
        self._j, self._i = y.astype(int), x.astype(int)
        self._v = (y - self._j)[..., None].astype(np.float32)
        self._u = (x - self._i)[..., None].astype(np.float32)
        pigment = self._noise(90) * 0.012 + self._noise(5, 5.0) * 0.01 + self._noise(2.2) * 0.012
        self._pigment = (1 + pigment[..., None]).astype(np.float32)

    def _noise(self, reach: float, stretch: float = 1.0) -> Array:
        """Smooth noise about 0, from -1 to 1, its bumps as wide as `reach`, `stretch` times as long."""
        tall, wide = (max(round(size / cell), 2) for size, cell in ((HEIGHT, reach), (WIDTH, reach * stretch)))
        small = self._chance.uniform(0, 255, (tall, wide)).astype(np.uint8)
        rgba = np.repeat(small[..., None], 4, -1)
        rgba[..., 3] = 255
        grown = skia.Image.fromarray(np.ascontiguousarray(rgba)).resize(
            WIDTH, HEIGHT, skia.SamplingOptions(skia.CubicResampler.Mitchell())
        )
        return grown.toarray()[..., 0].astype(np.float32) / 127.5 - 1

    def taken(self, picture: Array) -> Array:
        """A picture of 8 bits a colour, as the paper takes it."""
        p, j, i, u, v = picture.astype(np.float32), self._j, self._i, self._u, self._v
        upper = p[j, i] * (1 - u) + p[j, i + 1] * u
        lower = p[j + 1, i] * (1 - u) + p[j + 1, i + 1] * u
        moved = (upper * (1 - v) + lower * v) * self._pigment
        return np.clip(np.rint(moved), 0, 255).astype(np.uint8)
