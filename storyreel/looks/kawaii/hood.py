"""The hand-over to the portrait: two hands draw the hood down over the lens, and a star in its cloth springs open."""

from __future__ import annotations

import math
import random
from functools import lru_cache
from itertools import pairwise

import skia

from storyreel.looks.kawaii.iris import OUTER, draw_ear, form
from storyreel.looks.kawaii.palette import CREAM, LINE, SHADOW
from storyreel.looks.kawaii.shapes import heart, shine
from storyreel.stage.areas import beyond
from storyreel.stage.paints import Canvas, Picture, fill, linear, record, stroke
from storyreel.stage.paths import Path, smooth, star

Size = tuple[float, float]

_WAY = ((0.0, -0.2), (0.3, 0.16), (0.5, 0.09), (0.94, 1.16))
"""Where the hood's edge is, in heights of the picture, by the share of the way down: it comes into view, is taken and
lifted a little, then drawn down past the picture."""
_REACHED = 0.34
"""The share of the way down at which the hands have it."""
_CLIP, _FACE = (0.72, 0.27), (0.5, 0.44)
"""Where the star is as it appears, where her hair clip was, and where it flies open: shares of the picture."""
_GROWN, _CUT = 0.16, 0.4
"""Shares of the way open: until then the star is a patch on the cloth that springs up, then its middle opens."""
_FLOPS = (0.4, 0.36)
"""When the ears come down over the cloth, and for how long they swing: shares of the whole."""
_BAND, _RIB = 96.0, 40.0
"""How broad the hem is, and from rib to rib, in a picture 1080 across."""
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


@lru_cache(maxsize=1)
def _grip() -> tuple[Path, Path, tuple[Path, ...]]:
    """A hand that points up and holds something from the front: its outline, its dark side, its nails."""
    palm = smooth(((-58, 176), (-78, 96), (-84, 40), (-60, 8), (0, -4), (62, 8), (84, 44), (76, 110), (56, 176)), True)
    whole, nails = palm, []
    for x, y, turn, long, broad in (
        (-59, 24, -6, 84, 44),
        (-20, 6, -2, 100, 46),
        (22, 6, 2, 96, 46),
        (60, 26, 7, 76, 42),
    ):
        place = skia.Matrix().setRotate(turn).postTranslate(x, y)
        finger = skia.Path.RRect(skia.Rect.MakeXYWH(-broad / 2, -long, broad, long + 46), broad / 2, broad / 2)
        nail = smooth(((-12, -long + 30), (-13, -long + 16), (0, -long + 7), (13, -long + 16), (12, -long + 30)), True)
        finger.transform(place)
        nail.transform(place)
        whole = skia.Op(whole, finger, skia.kUnion_PathOp)
        nails.append(nail)
    moved = skia.Path(whole)
    moved.offset(-15, -7)
    return whole, beyond(whole, moved), tuple(nails)


def _thumb(canvas: Canvas) -> None:
    """The thumb, which goes behind what is held."""
    thumb = smooth(((44, 110), (66, 50), (80, -30), (104, -62), (130, -48), (128, 0), (104, 70), (70, 130)), True)
    canvas.drawPath(thumb, fill("#FFDCCC"))
    canvas.drawPath(thumb, stroke(LINE, 9))


def _hand(canvas: Canvas) -> None:
    """Sleeve, cuff and the back of a hand, fingers over what they hold."""
    sleeve = smooth(
        ((-84, 190), (-118, 420), (-150, 1000), (-170, 2400), (190, 2400), (168, 1000), (126, 420), (84, 190)), True
    )
    canvas.drawPath(sleeve, fill("#FFB6D3"))
    canvas.save()
    canvas.clipPath(sleeve, doAntiAlias=True)
    dark = smooth(((40, 150), (62, 420), (84, 1000), (90, 2400), (300, 2400), (300, 150)), True)
    canvas.drawPath(dark, fill("#F48DB9"))
    folds = smooth(((-110, 330), (-40, 372), (40, 356)))
    folds.addPath(smooth(((-124, 470), (-60, 516), (10, 506))))
    canvas.drawPath(folds, stroke("#E779AB", 10))
    canvas.restore()
    canvas.drawPath(sleeve, stroke(LINE, 10))
    shine(canvas, ((-88, 300), (-104, 400), (-112, 520)), 13, (-116, 570))
    whole, dark, nails = _grip()
    canvas.drawPath(whole, fill("#FFE6D8"))
    canvas.drawPath(dark, fill("#FFC3B4"))
    for nail in nails:
        canvas.drawPath(nail, fill("#FFB0CB"))
        canvas.drawPath(nail, stroke("#D97A9C", 4))
    gaps = skia.Path()
    for (x, y), (u, v) in (((-41, -50), (-40, 6)), ((1, -66), (1, 0)), ((42, -54), (41, 6))):
        gaps.moveTo(x, y)
        gaps.lineTo(u, v)
    canvas.drawPath(gaps, stroke(LINE, 7))
    knuckles = skia.Path()
    for x, y in ((-62, 26), (-21, 8), (22, 8), (58, 28)):
        knuckles.addPath(smooth(((x - 9, y + 4), (x, y), (x + 9, y + 4))))
    canvas.drawPath(knuckles, stroke("#E59A92", 5))
    canvas.drawPath(whole, stroke(LINE, 9))
    cuff = skia.Path.RRect(skia.Rect.MakeXYWH(-98, 152, 194, 84), 40, 40)
    canvas.drawPath(cuff, fill("#FFD3E4"))
    ribs = skia.Path()
    for x in range(-72, 90, 24):
        ribs.moveTo(x, 168)
        ribs.lineTo(x * 1.03, 222)
    canvas.drawPath(ribs, stroke("#F48DB9", 6))
    canvas.drawPath(cuff, stroke(LINE, 9))


def _edge(way: float) -> float:
    """Where the hood's edge is, in heights of the picture."""
    for (begins, here), (ends, there) in pairwise(_WAY):
        if way <= ends:
            t = max((way - begins) / (ends - begins), 0.0)
            return here + (there - here) * (t * t * (3 - 2 * t))
    return _WAY[-1][1]


def _drawn(canvas: Canvas, way: float, size: Size) -> None:
    """The hood comes down: cloth, then its hem with both hands at it, which is ahead where they draw."""
    width, height = size
    unit = min(size) / 1080
    speed = _edge(way) - _edge(way - 0.06)
    band, bow = _BAND * unit, height * min(max(0.07 - 0.9 * speed, -0.13), 0.1)
    at = _edge(way) * height
    shade, hem = _hem(width, at, bow, band + 34 * unit), _hem(width, at, bow, band)
    cloth = _hem(width, at, bow)
    below = height * 1.15 * (1 - min(way / _REACHED, 1.0)) ** 2
    hands = []
    for side, share in ((1, 0.2), (-1, 0.8)):
        turn = 42 - 16 * min(max((way - 0.5) / 0.4, 0.0), 1.0)
        place = skia.Matrix().setRotate(turn).postScale(1.22 * unit * side, 1.22 * unit)
        hands.append(place.postTranslate(share * width - side * below * 0.5, at + bow * 0.5 + band * 0.35 + below))
    canvas.drawPath(beyond(shade, hem), fill(SHADOW, 0.3))
    for place in hands:
        canvas.save()
        canvas.concat(place)
        _thumb(canvas)
        canvas.restore()
    canvas.save()
    canvas.clipPath(cloth, doAntiAlias=True)
    canvas.translate(0, min(at + max(bow, 0.0) - height, 0))
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
        ribs.moveTo(x, at - abs(bow) - 10)
        ribs.lineTo(x + (x - width / 2) * 0.03, at + abs(bow) + band + 20)
    canvas.drawPath(ribs, stroke("#F1CBD2", 6 * unit))
    canvas.restore()
    canvas.drawPath(cloth, stroke(LINE, 9 * unit))
    canvas.drawPath(hem, stroke(LINE, 11 * unit))
    thread = stroke("#FFFFFF", 7 * unit, 0.95)
    thread.setPathEffect(skia.DashPathEffect.Make([26 * unit, 22 * unit], 0))
    canvas.drawPath(_hem(width, at, bow, -40 * unit), thread)
    for place in hands:
        canvas.save()
        canvas.concat(place)
        _hand(canvas)
        canvas.restore()


def _sprung(way: float) -> float:
    """From 0 to 1, past it and back."""
    return 1 - math.exp(-5.2 * way) * math.cos(8.4 * way) * (1 - way)


def _ears(canvas: Canvas, progress: float, away: float, size: Size) -> None:
    """Both ears, which come over the top last of all, swing out, and go up as the hood opens, by `away` of the way."""
    width, height = size
    on = (progress - _FLOPS[0]) / _FLOPS[1]
    if on <= 0 or away >= 1:
        return
    for side, late in ((-1, 0.0), (1, 0.12)):
        t = max(on - late, 0.0)
        swing = math.exp(-3.2 * t) * math.cos(6.5 * t)
        bend = -side * 62 * math.exp(-2.6 * t) * math.sin(6.5 * t + 0.5) - side * 12
        canvas.save()
        canvas.translate(width * (0.5 + 0.22 * side), height * (-0.04 - 0.52 * away))
        canvas.rotate(180 + side * (150 * swing + 6))
        long = height * 0.4 / 390
        canvas.scale(0.66, 1)
        draw_ear(canvas, long, bend, form(long, bend, OUTER))
        canvas.restore()


def _opened(canvas: Canvas, way: float, size: Size) -> None:
    """The star on the cloth, where her clip was: it springs up, is cut open, and flies open past the picture."""
    width, height = size
    unit = min(size) / 1080
    flies = min(max((way - _CUT) / (1 - _CUT), 0.0), 1.0)
    there = 1 - (1 - flies) ** 2
    x, y = (share * side for share, side in zip(_between(_CLIP, _FACE, there), size, strict=True))
    fully = 1.95 * math.hypot(max(x, width - x), max(y, height - y))
    small = 0.115 * min(size) * _sprung(min(way / _CUT, 1.0))
    radius = small + (fully - small) * flies**2.6
    cut = radius * min(max((way - _GROWN) / (_CUT + 0.1 - _GROWN), 0.0), 1.0)
    turn = 14 + 40 * math.exp(-4 * way) * math.sin(9 * way) - 21 * there

    def shape(grown: float) -> Path:
        path = star(0, 0, max(grown, 0.01), 0, 0.66, 5, 0.2)
        path.transform(skia.Matrix().setRotate(turn).postTranslate(x, y))
        return path

    hole = shape(cut) if cut > 1 else skia.Path()
    canvas.save()
    canvas.clipPath(hole, skia.ClipOp.kDifference, True)
    canvas.drawPicture(_cloth(width, height))
    _ears(canvas, 0.5 + way / 2, flies**1.5 * 1.6, size)
    for reach, colour, line in _LINING:
        edge = shape(radius + reach * unit * min(small / (0.1 * min(size)), 1.0))
        canvas.drawPath(edge, fill(colour))
        canvas.drawPath(edge, stroke(LINE, line * unit))
    thread = stroke("#FFFFFF", 6 * unit, 0.95)
    thread.setPathEffect(skia.DashPathEffect.Make([20 * unit, 18 * unit], 0))
    canvas.drawPath(shape(radius + 45 * unit), thread)
    patch = shape(radius)
    canvas.drawPath(patch, fill("#FFD877"))
    canvas.save()
    canvas.clipPath(patch, doAntiAlias=True)
    lit = skia.Path(patch)
    lit.offset(-12 * unit, -14 * unit)
    canvas.drawPath(beyond(patch, lit), fill("#F2B84E"))
    canvas.restore()
    canvas.drawPath(patch, stroke(LINE, 9 * unit))
    canvas.restore()
    if cut > 1:
        canvas.drawPath(hole, stroke(LINE, 9 * unit))


def _between(here: Size, there: Size, way: float) -> Size:
    return here[0] + (there[0] - here[0]) * way, here[1] + (there[1] - here[1]) * way


def draw_hood(canvas: Canvas, progress: float, size: Size) -> None:
    """The hood over the picture: drawn down until `progress` is .5, then open as a star."""
    if progress < 0.5:
        _drawn(canvas, progress * 2, size)
        _ears(canvas, progress, 0.0, size)
    else:
        _opened(canvas, progress * 2 - 1, size)
