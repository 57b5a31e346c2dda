"""The hand-over to the portrait: two hands draw the hood down over the lens, and a star in its cloth springs open."""

from __future__ import annotations

import math
import random
from functools import lru_cache

import skia

from storyreel.looks.kawaii.palette import CREAM, LINE, SHADOW
from storyreel.looks.kawaii.shapes import heart, shine
from storyreel.stage.areas import beyond
from storyreel.stage.paints import Canvas, Picture, fill, linear, record, stroke
from storyreel.stage.paths import Path, smooth, star

Size = tuple[float, float]

_REACHED, _TAKEN, _DRAWN = 0.3, 0.16, 0.86
"""Shares of the way down: until then the hands reach up, from then on the hem comes, then it has left the picture."""
_BAND, _RIB = 96.0, 40.0
"""How broad the hem is, and from rib to rib, in a picture 1080 across."""
_OPENS = 0.12
"""The share of the way open for which the star is a slit."""
_LINING = ((60.0, "#FFB6D3", 10.0), (30.0, CREAM, 8.0))
"""Round the star: how far pink cloth and cream lining reach, and their lines' widths."""


def _hem(width: float, at: float, bow: float, below: float = 0.0) -> Path:
    """All of the picture above the hood's edge, which hangs through in the middle by `bow`."""
    path = skia.Path()
    path.moveTo(-80, -400)
    path.lineTo(width + 80, -400)
    path.lineTo(width + 80, at + below)
    path.cubicTo(width * 0.8, at + below + bow, width * 0.2, at + below + bow, -80, at + below)
    path.close()
    return path


@lru_cache(maxsize=2)
def _cloth(width: float, height: float) -> Picture:
    """The hood's cloth laid flat, as high again above the picture: light from the upper left, folds, a small print."""

    def paint(canvas: Canvas) -> None:
        stops = ((0.0, "#FFC9DF", 1.0), (0.5, "#FFB3D1", 1.0), (1.0, "#F78FBB", 1.0))
        canvas.drawRect(
            skia.Rect.MakeLTRB(-100, -height, width + 100, height), linear((0, -height * 0.3), (width, height), stops)
        )
        rng, pattern, step = random.Random(5), skia.Path(), 150.0
        for row in range(-round(height / step), round(height / step) + 1):
            for column in range(round(width / step) + 2):
                x, y = (column + (row % 2) / 2) * step + rng.uniform(-20, 20), row * step + rng.uniform(-20, 20)
                pattern.addPath(heart(x, y, rng.uniform(26, 40), rng.uniform(-26, 26)))
        canvas.drawPath(pattern, fill("#FFFFFF", 0.24))
        for share, broad, side in ((0.16, 90.0, 1), (0.4, 60.0, -1), (0.63, 76.0, 1), (0.86, 100.0, -1)):
            x = share * width
            fold = smooth(
                ((x, -height), (x + side * 40, -height * 0.2), (x - side * 30, height * 0.5), (x + side * 20, height))
            )
            canvas.drawPath(fold, stroke("#E779AB", broad, 0.24))
            fold.offset(-broad * 0.5, 0)
            canvas.drawPath(fold, stroke("#FFE3EE", broad * 0.4, 0.5))

    return record((-100, -height, width + 100, height), paint)


def _hand(canvas: Canvas, x: float, y: float, side: int, unit: float) -> None:
    """A hand that holds the hem from below: sleeve, four fingers before the cloth, the thumb behind it."""
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(unit * side, unit)
    canvas.rotate(-4)
    fingers = [(-104.0, 26.0, 150.0), (-40.0, 0.0, 178.0), (26.0, 4.0, 172.0), (88.0, 34.0, 140.0)]
    for dx, top, tall in fingers:
        shape = skia.Path.RRect(skia.Rect.MakeXYWH(dx - 34, top - 60, 68, tall), 34, 34)
        canvas.drawPath(shape, fill("#FFE6DA"))
        canvas.save()
        canvas.clipPath(shape, doAntiAlias=True)
        canvas.drawRect(skia.Rect.MakeXYWH(dx + 14, top - 60, 30, tall), fill("#FFC3B4"))
        canvas.restore()
        nail = skia.Path.RRect(skia.Rect.MakeXYWH(dx - 18, top - 50, 36, 42), 18, 18)
        canvas.drawPath(nail, fill("#FFC4DA"))
        canvas.drawPath(shape, stroke(LINE, 9))
    palm = smooth(((-150, 120), (-120, 70), (0, 60), (110, 76), (138, 130), (120, 230), (-130, 230)), closed=True)
    canvas.drawPath(palm, fill("#FFE6DA"))
    canvas.drawPath(palm, stroke(LINE, 9))
    sleeve = skia.Path.RRect(skia.Rect.MakeXYWH(-176, 170, 336, 2600), 70, 70)
    canvas.drawPath(sleeve, fill("#FFB6D3"))
    canvas.save()
    canvas.clipPath(sleeve, doAntiAlias=True)
    canvas.drawRect(skia.Rect.MakeXYWH(64, 170, 120, 2600), fill("#F48DB9"))
    canvas.restore()
    canvas.drawPath(sleeve, stroke(LINE, 10))
    cuff = skia.Path.RRect(skia.Rect.MakeXYWH(-188, 160, 360, 92), 44, 44)
    canvas.drawPath(cuff, fill(CREAM))
    canvas.drawPath(cuff, stroke(LINE, 10))
    shine(canvas, ((-130, 330), (-140, 420), (-134, 520)), 14, (-126, 570))
    canvas.restore()


def _drawn(canvas: Canvas, way: float, size: Size) -> None:
    """The hood comes down: cloth, then its hem with both hands at it."""
    width, height = size
    unit = min(size) / 1080
    gone = min(max((way - _TAKEN) / (_DRAWN - _TAKEN), 0.0), 1.0)
    eased = gone * gone * (3 - 2 * gone)
    band, bow = _BAND * unit, height * (0.11 - 0.05 * eased)
    at = -0.22 * height + (1.24 * height + band) * eased
    shade, hem = _hem(width, at, bow, band + 34 * unit), _hem(width, at, bow, band)
    cloth = _hem(width, at, bow)
    canvas.drawPath(beyond(shade, hem), fill(SHADOW, 0.3))
    canvas.save()
    canvas.clipPath(cloth, doAntiAlias=True)
    canvas.translate(0, min(at + bow - height, 0))
    canvas.drawPicture(_cloth(width, height))
    canvas.restore()
    ring = beyond(hem, cloth)
    canvas.drawPath(ring, fill(CREAM))
    canvas.save()
    canvas.clipPath(ring, doAntiAlias=True)
    ribs = skia.Path()
    count = round(width / (_RIB * unit))
    for index in range(count + 1):
        x = index * width / count
        ribs.moveTo(x, at - 10)
        ribs.lineTo(x + (x - width / 2) * 0.03, at + bow + band + 20)
    canvas.drawPath(ribs, stroke("#F1CBD2", 6 * unit))
    canvas.restore()
    canvas.drawPath(cloth, stroke(LINE, 9 * unit))
    canvas.drawPath(hem, stroke(LINE, 11 * unit))
    thread = stroke("#FFFFFF", 7 * unit, 0.95)
    thread.setPathEffect(skia.DashPathEffect.Make([26 * unit, 22 * unit], 0))
    canvas.drawPath(_hem(width, at, bow, -40 * unit), thread)
    below = height * 1.25 * (1 - min(way / _REACHED, 1.0)) ** 2
    for side, share in ((1, 0.2), (-1, 0.8)):
        _hand(canvas, share * width, at + bow * 0.5 + band * 0.3 + below, side, unit)


def _sprung(way: float) -> float:
    """From 0 to 1, past it and back."""
    return 1 - math.exp(-5.2 * way) * math.cos(8.4 * way) * (1 - way)


def _opened(canvas: Canvas, way: float, size: Size) -> None:
    """The star in the cloth: a peek with a spring in it, then it flies open past the picture."""
    width, height = size
    unit = min(size) / 1080
    x, y = width / 2, height * 0.46
    fully = 1.9 * math.hypot(width / 2, max(y, height - y))
    on = min(max((way - _OPENS) / (1 - _OPENS), 0.0), 1.0)
    peek = 0.2 * min(size) * _sprung(min(on / 0.5, 1.0))
    radius = peek + (fully - peek) * max((on - 0.34) / 0.66, 0.0) ** 2.4
    turn = -7 + 24 * (1 - on) * math.cos(on * 7)

    def shape(grown: float) -> Path:
        path = star(0, 0, max(radius + grown, 0.01), 0, 0.66, 5, 0.2)
        path.transform(skia.Matrix().setRotate(turn).postTranslate(x, y))
        return path

    hole = shape(0) if radius > 1 else skia.Path()
    canvas.save()
    canvas.clipPath(hole, skia.ClipOp.kDifference, True)
    canvas.drawPicture(_cloth(width, height))
    if radius > 1:
        for reach, colour, line in _LINING:
            canvas.drawPath(shape(reach * unit), fill(colour))
            canvas.drawPath(shape(reach * unit), stroke(LINE, line * unit))
        thread = stroke("#FFFFFF", 6 * unit, 0.95)
        thread.setPathEffect(skia.DashPathEffect.Make([20 * unit, 18 * unit], 0))
        canvas.drawPath(shape(45 * unit), thread)
    canvas.restore()
    if radius > 1:
        canvas.drawPath(hole, stroke(LINE, 9 * unit))


def draw_hood(canvas: Canvas, progress: float, size: Size) -> None:
    """The hood over the picture: drawn down until `progress` is .5, then open as a star."""
    if progress < 0.5:
        _drawn(canvas, progress * 2, size)
    else:
        _opened(canvas, progress * 2 - 1, size)
