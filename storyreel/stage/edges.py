"""Bands round a whole silhouette: a die-cut border, its shadow, a halo, a glow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import skia

from storyreel.puppet.model import Matrix
from storyreel.stage.covering import Nest, Placed
from storyreel.stage.gradients import is_straight, veil
from storyreel.stage.ink import argb, to_matrix
from storyreel.treatment.contract import Edge


def draw_edges(nest: Nest, canvas: skia.Canvas, pieces: Sequence[Placed], edges: Sequence[Edge]) -> None:
    """Draws edges, the first one undermost, in the pieces' units.

    Args:
        nest: knows which pieces lie inside others.
    """
    paths: dict[float, skia.Path] = {}
    for edge in edges:
        if edge.width not in paths:
            paths[edge.width] = grown(nest.outermost(pieces, edge.width), edge.width)
        canvas.save()
        canvas.translate(*edge.shift)
        draw_edge(canvas, paths[edge.width], edge)
        canvas.restore()


def draw_edge(canvas: skia.Canvas, path: skia.Path, edge: Edge) -> None:
    """Draws one, on a canvas that is shifted, by what it fills."""
    canvas.drawPath(path, _paint(edge, is_straight(canvas)))


def grown(pieces: Iterable[Placed], width: float) -> skia.Path:
    """The silhouette of pieces, grown by a width."""
    whole = skia.Path()
    for piece in pieces:
        outline = skia.Path(piece.geometry.border(width, piece.curl))
        outline.transform(to_matrix(piece.motion))
        if _mirrors(piece.motion):
            whole.reverseAddPath(outline)  # it must run the way the others do, or would cut holes into them
        else:
            whole.addPath(outline)
    return whole


@lru_cache(maxsize=32)
def _paint(edge: Edge, straight: bool) -> skia.Paint:
    """The paint of an edge: a translucent one as a strip where the canvas isn't turned, which fills faster by far.

    It is kept, as skia-python copies a shader, with its image, into every paint that it is set on.
    """
    paint = skia.Paint(AntiAlias=True)
    colour = argb(edge.colour, edge.opacity)
    if straight and edge.opacity < 1:
        paint.setShader(veil(colour))
    else:
        paint.setColor(colour)
    if edge.blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, edge.blur))
    return paint


def _mirrors(motion: Matrix) -> bool:
    a, b, c, d, _, _ = motion
    return a * d < b * c
