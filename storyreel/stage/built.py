"""Things that are built of shapes with roles (neutral widgets), treated by the look and drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import skia

from storyreel.puppet.model import IDENTITY, Node, Shape, Texture
from storyreel.stage.geometry import Recent, union
from storyreel.stage.ink import fixed_in, paints, to_matrix, to_path
from storyreel.stage.lettering import draw_emoji
from storyreel.stage.textures import draw_fixed
from storyreel.stage.treated import Hand
from storyreel.treatment.roles import role_of

_KEPT = 4096
"""Shapes kept, ready to be drawn."""
_FAR = skia.Rect.MakeLTRB(-16000, -16000, 16000, 16000)


class _Made(NamedTuple):
    """A shape ready to be drawn; it holds the shape, whose identity it is found by."""

    shape: Shape
    strokes: tuple[tuple[skia.Path, tuple[tuple[skia.Paint, Texture | None], ...]], ...]


_made: Recent[_Made] = Recent(_KEPT)


def draw_built(canvas: skia.Canvas, node: Node, hand: Hand) -> None:
    """Draws a tree of shapes as a look's hand does, in the tree's own units.

    What does not change between two frames has to be the same objects in both: each shape is treated once.
    """
    _Drawing(canvas, hand).node(node, ())


class _Drawing:
    def __init__(self, canvas: skia.Canvas, hand: Hand) -> None:
        self._canvas, self._hand = canvas, hand
        self._number = 0

    def node(self, node: Node, around: tuple[str, ...]) -> None:
        if node.shape is not None:
            self._number += 1
        if not node.shown or node.opacity <= 0:
            self._number += sum(inner.shape is not None for child in node.children for inner in child.walk())
            return
        canvas = self._canvas
        parts = (*around, node.id) if node.id else around
        saved = canvas.save()
        if node.transform is not None:
            canvas.concat(to_matrix(node.transform))
        if node.clip_shapes:
            canvas.clipPath(union((shape, IDENTITY) for shape in node.clip_shapes), doAntiAlias=self._hand.smooth)
        if node.opacity < 1:
            canvas.saveLayerAlpha(self._bounds(node, parts), round(node.opacity * 255))
        self._inside(node, parts)
        canvas.restoreToCount(saved)

    def _inside(self, node: Node, parts: tuple[str, ...]) -> None:
        if node.shape is not None:
            self._ink(node.shape, parts)
        if node.signs is not None:
            draw_emoji(self._canvas, node.signs)
        for child in node.children:
            self.node(child, parts)

    def _bounds(self, node: Node, parts: tuple[str, ...]) -> skia.Rect:
        """What a node's ink stays inside: a layer as large as the film costs as much as a whole puppet."""
        recorder = skia.PictureRecorder()
        measured = _Drawing(recorder.beginRecording(_FAR, skia.RTreeFactory()()), self._hand)
        measured._number = self._number
        measured._inside(node, parts)
        return recorder.finishRecordingAsPicture().cullRect().makeOutset(2, 2)

    def _ink(self, shape: Shape, parts: tuple[str, ...]) -> None:
        key = (id(shape), self._number, parts, self._hand)
        for path, pens in _made.get(key, lambda: self._make(shape, parts)).strokes:
            for pen, fixed in pens:
                if fixed is None:
                    self._canvas.drawPath(path, pen)
                else:
                    draw_fixed(self._canvas, path, pen, fixed)

    def _make(self, shape: Shape, parts: tuple[str, ...]) -> _Made:
        hand = self._hand
        drawn = [shape]
        if hand.redraws:
            place = replace(hand.place, parts=parts, number=self._number)
            named = replace(shape, role=role_of(shape, parts), notes=(*shape.notes, ("word", shape.role)))
            drawn = list(hand.treatment.shape(named, place))
        strokes = []
        for one in drawn:
            path = to_path(one.path, one.even_odd)

            def colour(hexed: str, role: str = one.role) -> str:
                return hand.colour(hexed, role, parts) if hand.redraws else hexed

            pens = paints(one, path, 1.0, colour, smooth=hand.smooth)
            strokes.append((path, tuple((pen, fixed_in(one, pen)) for pen in pens)))
        return _Made(shape, tuple(strokes))
