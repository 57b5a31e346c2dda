"""The still drawings of sets and props, each named group recorded once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import skia

from storyreel.assets import digest
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.puppet.model import IDENTITY, Matrix, Node, concat
from storyreel.puppet.svg import read_drawing
from storyreel.stage.baking import resampled
from storyreel.stage.geometry import Curl, Geometry, union
from storyreel.stage.gradients import is_straight
from storyreel.stage.kept import Still, replaced
from storyreel.stage.pictures import Picture
from storyreel.stage.toning import Tone
from storyreel.stage.treated import Hand, inks

Canvas: TypeAlias = skia.Canvas


class DrawnPart:
    """A still drawing: a plane of a set, a prop. Each named group is recorded once."""

    def __init__(self, path: Path, drawn: str, colours: tuple[tuple[str, str], ...], hand: Hand | None = None) -> None:
        self._drawing, self._hand = read_drawing(path), hand
        self._source = (path, drawn, colours)
        self._colours = replaced(colours)
        self._pictures: dict[tuple[str, bool], Picture] = {}

    @staticmethod
    def load(path: Path, colours: tuple[tuple[str, str], ...] = (), hand: Hand | None = None) -> DrawnPart:
        """A drawing from its SVG, some of its hexes replaced: `(("#FFB3D1", "#B8F2E6"), …)`.

        Kept for as long as the file stays the same.

        Args:
            hand: how a look draws it; left out, as it is.

        Raises:
            SceneError: the drawing has mistakes.
            StoryreelError: there is no such file.
        """
        read_drawing(path)
        return _still(path, digest(path), colours, hand if hand is not None and hand.redraws else None)

    def draw(self, canvas: Canvas, part: str = "", tone: Tone | None = None) -> None:
        """Draws one named group where it stands in the drawing, or everything, in the drawing's own units.

        Args:
            tone: what a drawing that is kept as an image is seen through.

        Raises:
            StoryreelError: the drawing has no such group.
        """
        picture = self._recorded(part, is_straight(canvas))
        if self._hand is not None and self._hand.as_images and (tone is not None or picture.dear(canvas)):
            copied(canvas, picture, tone)
        elif not picture.is_seen(canvas):
            return
        elif picture.fixed:
            picture.draw(canvas, skia.Matrix())
        elif not part and is_straight(canvas) and picture.shaded:
            copied(canvas, picture)
        else:
            canvas.drawPicture(picture.record())

    def solid(self, part: str = "") -> skia.Rect | None:
        """A box, in the drawing's own units, that a named group or everything covers wholly, if there is one.

        Raises:
            StoryreelError: the drawing has no such group.
        """
        return self._recorded(part, True).solid

    def _recorded(self, part: str, straight: bool) -> Picture:
        if (part, straight) not in self._pictures:
            self._pictures[part, straight] = self._picture(part, straight)
        return self._pictures[part, straight]

    def _picture(self, part: str, straight: bool) -> Picture:
        root = self._drawing.root
        found = [(root, IDENTITY)] if not part else list(standing(root, IDENTITY, part))
        if not found:
            raise StoryreelError(f"{self._drawing.name}: no group '{part}'{did_you_mean(part, self._drawing.names())}")
        node, outer = found[0]
        if self._hand is not None:
            path, drawn, colours = self._source
            still = Still(path, colours, part)
            hand = plainest(still, drawn, self._hand)
            if hand != self._hand:
                return _still(path, drawn, colours, hand)._recorded(part, straight)
            node = drawn_by(still, drawn, hand.unlit())

        def area(name: str) -> skia.Path:
            shapes = []
            for target, around in standing(self._drawing.root, IDENTITY, name):
                shapes += [(inner.shape, matrix) for inner, matrix in target.at_rest(around) if inner.shape is not None]
            return union(shapes)

        geometry = Geometry((replace(node, shown=True),), outer)
        smooth = self._hand is None or self._hand.smooth
        return Picture(
            geometry, self._colour, clips=area, straight=straight, smooth=smooth, quick=self._hand is not None
        )

    def _colour(self, hexed: str, parts: tuple[str, ...], role: str) -> str:
        if self._hand is not None:
            return self._hand.colour(hexed, role, parts)
        return self._colours.get(hexed, hexed)


def copied(canvas: Canvas, picture: Picture, tone: Tone | None = None, curl: Curl = None) -> None:
    """Draws a picture, bent by so much, from an image of it."""
    rect = picture.record(curl).cullRect()
    bounds = (rect.left(), rect.top(), rect.right(), rect.bottom())
    resampled(canvas, bounds, picture.record, *([curl] if curl is not None else []), tone=tone)


def standing(node: Node, outer: Matrix, name: str) -> Iterator[tuple[Node, Matrix]]:
    """The nodes of a name, each with the matrix around it."""
    if node.id == name:
        yield node, outer
    rest = concat(outer, node.transform) if node.transform else outer
    for child in node.children:
        yield from standing(child, rest, name)


@lru_cache(maxsize=192)
def _still(path: Path, drawn: str, colours: tuple[tuple[str, str], ...], hand: Hand | None) -> DrawnPart:
    return DrawnPart(path, drawn, colours, hand)


@lru_cache(maxsize=512)
def plainest(still: Still, state: str, hand: Hand) -> Hand:
    """A hand in the plainest mood in which the drawing looks the same."""
    return hand if hand == hand.unlit() else hand.lit(inks(drawn_by(still, state, hand.unlit())))


@lru_cache(maxsize=192)
def drawn_by(still: Still, state: str, hand: Hand) -> Node:
    return still.treated(hand)
