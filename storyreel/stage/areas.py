"""Areas of shapes: grown, cut, joined; what is one area without overlaps is filled in a quarter of a stroke's time."""

from __future__ import annotations

import math
from collections.abc import Iterable

import skia

from storyreel.stage.paints import stroke
from storyreel.stage.paths import Path

_ANY = "#000000"
"""A line's colour, where only its area counts."""
_PROOF = 240.0
"""How large, in pixels, a simplified shape is looked at: where four neighbours differ, something is missing."""


def merged(path: Path) -> Path:
    """The same area without overlaps, which fills faster; the path as it is where Skia's own answer isn't the same."""
    try:
        found = skia.Simplify(path)
    except RuntimeError:
        return path
    return found if _alike((path,), found) else path


def doubled(path: Path, drop: float) -> tuple[Path, ...]:
    """The area of a path and of the same again so far below: as one path, or as both where Skia's answer is wrong."""
    lower = skia.Path(path)
    lower.offset(0, drop)
    try:
        found = skia.Op(path, lower, skia.kUnion_PathOp)
    except RuntimeError:
        return lower, path
    return (found,) if _alike((lower, path), found) else (lower, path)


def _alike(parts: Iterable[Path], whole: Path) -> bool:
    """Whether a path covers what its parts do."""
    box = whole.getBounds()
    for part in parts:
        box.join(part.getBounds())
    scale = _PROOF / max(box.width(), box.height(), 1.0)
    size = (math.ceil(box.width() * scale) + 2, math.ceil(box.height() * scale) + 2)
    proofs = []
    for paths in (parts, (whole,)):
        surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeA8(*size))
        canvas = surface.getCanvas()
        canvas.translate(1, 1)
        canvas.scale(scale, scale)
        canvas.translate(-box.left(), -box.top())
        for path in paths:
            canvas.drawPath(path, skia.Paint())
        proofs.append(surface.makeImageSnapshot().toarray(colorType=skia.kAlpha_8_ColorType).reshape(size[1], size[0]))
    off = proofs[0] != proofs[1]
    return not (off[1:, 1:] & off[:-1, 1:] & off[1:, :-1] & off[:-1, :-1]).any()


def fattened(path: Path, width: float) -> Path:
    """A shape and the line of that width along its edge, as one area."""
    paint = stroke(_ANY, width)
    paint.setStyle(skia.Paint.kStrokeAndFill_Style)
    fat = skia.Path()
    paint.getFillPath(path, fat)
    return fat


def outlined(path: Path, width: float) -> Path:
    """The line of that width along a path, as an area."""
    line = skia.Path()
    stroke(_ANY, width).getFillPath(path, line)
    return line


def beyond(path: Path, body: Path) -> Path:
    """What of a path shows beside a body that lies on it."""
    return skia.Op(path, body, skia.kDifference_PathOp)
