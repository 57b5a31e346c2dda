"""How one scene gives way to the next: hatching grows over it, and is rubbed out again; or an eraser wipes it away."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.looks.sketch.marks import Canvas, Path, hatched, paint, rect
from storyreel.looks.sketch.palette import DUST, GRAPHITE, PAPER
from storyreel.treatment.strokes import Hatch, noise

Size = tuple[float, float]

_DRAWINGS = 5
"""Drawings that a scene is covered in, and as many that the next is uncovered in."""
_LAYERS = ((-57.0, DUST), (-24.0, GRAPHITE), (-84.0, GRAPHITE))
"""Angles and colours of the hatching, in the order in which it grows."""
_GAP = 30.0
_MIDDLE = 0.4
"""Where rubbing out begins, down the picture, where nothing else is said: about where faces are."""
_RUBBER = 150.0
"""How broad an eraser is, in stage units of a picture 1080 across."""
_SMEARED = 0.34
_BLOCK = 270.0
KINDS: tuple[str, ...] = ("blocks", "bunny", "cut", "fade", "heart", "star")
"""What a story may ask for: hatching that is rubbed out from a face (heart, bunny, star), an eraser (fade), hatched
patches that are wiped away (blocks), nothing (cut)."""


def draw(canvas: Canvas, kind: str, progress: float, size: Size, seed: int, focus: Size | None = None) -> None:
    """Draws a transition over everything else.

    Args:
        canvas: where to draw, in stage units.
        kind: one of `KINDS`.
        progress: 0 before it begins, 1 when it is over; at .5 the picture is covered wholly (`cut` covers nothing).
        size: the picture's width and height in stage units.
        seed: decides how strokes run.
        focus: where rubbing out begins, in stage units; a little above the middle if None.

    Raises:
        StoryreelError: there is no such transition.
    """
    if kind not in KINDS:
        raise StoryreelError(f"unknown transition '{kind}'{did_you_mean(kind, KINDS)}")
    if kind == "cut" or not 0 < progress < 1:
        return
    covering = progress < 0.5
    way = progress * 2 if covering else progress * 2 - 1
    step = min(math.floor(way * _DRAWINGS) + covering, _DRAWINGS)
    middle = focus or (size[0] / 2, size[1] * _MIDDLE)
    if covering:
        _covered(canvas, kind, step, size, seed)
        return
    canvas.save()
    if step and kind == "fade":
        canvas.clipPath(_across(size, seed, step), skia.ClipOp.kDifference, True)
    elif step:
        # Graphite is smeared where the eraser went last, and gone where it went before.
        canvas.clipPath(_around(size, seed, step - 1, middle), skia.ClipOp.kDifference, True)
        rubbed = _around(size, seed, step, middle)
        canvas.drawPath(rubbed, paint(DUST, _SMEARED))
        canvas.clipPath(rubbed, skia.ClipOp.kDifference, True)
    _covered(canvas, kind, _DRAWINGS, size, seed)
    canvas.restore()


def _covered(canvas: Canvas, kind: str, step: int, size: Size, seed: int) -> None:
    if kind == "fade":
        if step == _DRAWINGS:
            canvas.drawRect(skia.Rect.MakeWH(*size), paint(PAPER))
        else:
            canvas.drawPath(_across(size, seed + 1, step), paint(PAPER))
        return
    if step == _DRAWINGS:
        canvas.drawRect(skia.Rect.MakeWH(*size), paint(DUST))
    for layer, (_, colour) in enumerate(_LAYERS):
        # A layer sets in when the one before it is half grown.
        level = min((step - layer) / (_DRAWINGS - 2), 1.0)
        if level > 0:
            canvas.drawPath(_layer(kind == "blocks", layer, level, size, seed), paint(colour, 0.92))


@lru_cache(maxsize=32)
def _layer(patched: bool, layer: int, level: float, size: Size, seed: int) -> Path:
    """One layer of hatching over the whole picture, or in patches that come one after another."""
    width, height = size
    angle = _LAYERS[layer][0]
    if not patched:
        hatch = Hatch(angle, _GAP, _GAP * (0.25 + 0.55 * level), 0.0, 1.0, 420)
        return hatched(rect(-40, -40, width + 40, height + 40), hatch, 1.0, seed + layer, round(level * 8))
    whole = skia.Path()
    columns, rows = math.ceil(width / _BLOCK), math.ceil(height / _BLOCK)
    for number in range(columns * rows):
        if _chance(seed + number) > level * 2.02 - 1:
            continue
        left, top = number % columns * _BLOCK, number // columns * _BLOCK
        hatch = Hatch(angle + 24 * (number * 7 % 5 - 2), _GAP, _GAP * 0.7, 0.0, 1.0, 300)
        box = rect(left - 14, top - 14, left + _BLOCK + 14, top + _BLOCK + 14)
        whole.addPath(hatched(box, hatch, 1.0, seed + number, layer))
    return whole


def _chance(seed: int) -> float:
    """A number in -1..1."""
    return float(noise(np.array([seed * 37.0]), np.zeros(1))[0])


@lru_cache(maxsize=32)
def _around(size: Size, seed: int, step: int, middle: Size) -> Path:
    """What an eraser has rubbed after so many drawings: back and forth, up and down from the middle."""
    width, height = size
    broad = _RUBBER * min(size) / 1080
    reach = max(middle[0], width - middle[0], middle[1], height - middle[1])
    grown = (step / _DRAWINGS) ** 1.3 * reach + broad * 0.5
    path = skia.Path()
    rows = math.ceil(grown / (broad * 0.62))
    for row in range(-rows, rows + 1):
        y = middle[1] + row * broad * 0.62
        half = math.sqrt(max(grown**2 - (y - middle[1]) ** 2, 0.0)) * 1.1
        if half > 0:
            stray = _chance(seed + row * 3) * broad * 0.5
            side = 1 if row % 2 else -1
            left, right = middle[0] - half - stray, middle[0] + half - stray
            path.moveTo(left if side > 0 else right, y + broad * 0.2)
            path.lineTo(right if side > 0 else left, y - broad * 0.2)
    return _rubbed(path, broad)


@lru_cache(maxsize=32)
def _across(size: Size, seed: int, step: int) -> Path:
    """What an eraser has rubbed after so many drawings, on its way from top to bottom."""
    width, height = size
    broad = _RUBBER * min(size) / 1080
    path = skia.Path()
    path.moveTo(-broad, -broad)
    y, row = 0.0, 0
    while y < (height + broad) * step / _DRAWINGS:
        stray = _chance(seed + row * 5) * broad * 0.2
        path.lineTo(width + broad if row % 2 == 0 else -broad, y + stray)
        y, row = y + broad * 0.6, row + 1
    return _rubbed(path, broad)


def _rubbed(path: Path, broad: float) -> Path:
    pen = skia.Paint(
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=broad,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )
    area = skia.Path()
    pen.getFillPath(path, area)
    return area
