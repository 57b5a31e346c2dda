"""How one scene gives way to the next: hatching grows over it, and is rubbed out again; or an eraser wipes it away."""

from __future__ import annotations

import math
from functools import lru_cache

import skia

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.looks.sketch.marks import Canvas, Path, hatched, paint
from storyreel.looks.sketch.palette import DUST, GRAPHITE, PAPER
from storyreel.treatment.strokes import Hatch
from storyreel.widgets.rubbing import Size, across, around, chance
from storyreel.widgets.torn import rect

_DRAWINGS = 5
"""Drawings that a scene is covered in, and as many that the next is uncovered in."""
_LAYERS = ((-57.0, DUST), (-24.0, GRAPHITE), (-84.0, GRAPHITE))
"""Angles and colours of the hatching, in the order in which it grows."""
_GAP = 30.0
_MIDDLE = 0.4
"""Where rubbing out begins, down the picture, where nothing else is said: about where faces are."""
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
        canvas.clipPath(across(size, seed, step, _DRAWINGS), skia.ClipOp.kDifference, True)
    elif step:
        # Graphite is smeared where the eraser went last, and gone where it went before.
        canvas.clipPath(around(size, seed, step - 1, _DRAWINGS, middle), skia.ClipOp.kDifference, True)
        rubbed = around(size, seed, step, _DRAWINGS, middle)
        canvas.drawPath(rubbed, paint(DUST, _SMEARED))
        canvas.clipPath(rubbed, skia.ClipOp.kDifference, True)
    _covered(canvas, kind, _DRAWINGS, size, seed)
    canvas.restore()


def _covered(canvas: Canvas, kind: str, step: int, size: Size, seed: int) -> None:
    if kind == "fade":
        if step == _DRAWINGS:
            canvas.drawRect(skia.Rect.MakeWH(*size), paint(PAPER))
        else:
            canvas.drawPath(across(size, seed + 1, step, _DRAWINGS), paint(PAPER))
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
        if chance(seed + number) > level * 2.02 - 1:
            continue
        left, top = number % columns * _BLOCK, number // columns * _BLOCK
        hatch = Hatch(angle + 24 * (number * 7 % 5 - 2), _GAP, _GAP * 0.7, 0.0, 1.0, 300)
        box = rect(left - 14, top - 14, left + _BLOCK + 14, top + _BLOCK + 14)
        whole.addPath(hatched(box, hatch, 1.0, seed + number, layer))
    return whole
