"""A drawing as a look treats it: every shape replaced by what the look draws for it, before anything is drawn. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from storyreel.puppet.model import IDENTITY, Drawing, Gradient, Matrix, Node, Paint, Shape, Texture, concat
from storyreel.stage.ink import to_matrix, to_path
from storyreel.stage.outline import joined, plain, to_commands
from storyreel.treatment.contract import Mood, Place, Treatment
from storyreel.treatment.roles import INSIDE, known, role_of

Recast = Callable[[str, tuple[str, ...]], str]
"""The colour that a hex of the drawing takes inside the groups of these names."""

Ink = tuple[str, str, tuple[str, ...]]
"""A colour of a treated drawing, the role of what it paints, and the groups around that."""


@dataclass(frozen=True)
class Hand:
    """How a look draws one thing: its treatment, what all shapes of the thing share of their place, and the mood.

    Two that are equal draw the same: what is drawn is kept by them.
    """

    treatment: Treatment
    place: Place
    mood: Mood

    def unlit(self) -> Hand:
        """The same without a mood, on which shapes don't depend."""
        return replace(self, mood=Mood())

    @property
    def redraws(self) -> bool:
        """Whether shapes are replaced at all."""
        return self.treatment.redraws

    @property
    def smooth(self) -> bool:
        """Whether edges are smoothed."""
        # A treatment of another package may be older than the question.
        return bool(getattr(self.treatment, "smooth", True))

    @property
    def as_images(self) -> bool:
        """Whether parts are kept as images."""
        return self.place.kind in self.treatment.images

    def colour(self, hexed: str, role: str, parts: tuple[str, ...]) -> str:
        """What a colour of a treated shape becomes."""
        return self.treatment.colour(hexed, known(role), replace(self.place, parts=parts), self.mood)

    def lit(self, inks: Collection[Ink]) -> Hand:
        """The same in the plainest mood that makes the same of a drawing's inks: what no mood tells apart is one."""
        if self.mood == Mood():
            return self
        wanted, found = self._palette(inks), self
        for part, values in _PLAINEST:
            for value in values:
                plainer = replace(found, mood=replace(found.mood, **{part: value}))
                if plainer == found or plainer._palette(inks) == wanted:
                    found = plainer
                    break
        return found

    def _palette(self, inks: Collection[Ink]) -> list[str]:
        return [self.colour(*ink) for ink in inks]


_EIGHTHS = tuple(step / 8 for step in range(9))
_PLAINEST = (("tint", _EIGHTHS), ("warmth", (0.0,)), ("accent", _EIGHTHS[::-1]), ("saturation", _EIGHTHS[::-1]))
"""What a mood is made of, each with its values from the plainest on."""


def inks(root: Node) -> frozenset[Ink]:
    """The inks of a treated drawing."""
    return frozenset(_inks(root, ()))


def _inks(node: Node, around: tuple[str, ...]) -> Iterator[Ink]:
    parts = (*around, node.id) if node.id else around
    shape = node.shape
    if shape is not None:
        for paint in (shape.fill, shape.stroke.paint if shape.stroke is not None else None):
            for hexed in colours(paint):
                yield hexed, shape.role, parts
    for child in node.children:
        yield from _inks(child, parts)


def treated(
    drawing: Drawing, hand: Hand, recast: Recast, posable: Collection[str] = (), turn: float = 0.0, only: str = ""
) -> Drawing:
    """A drawing with all of its shapes treated, recast colours first; groups, names and pivots stay as they are.

    Args:
        drawing: as it was read.
        hand: how it is drawn.
        recast: what the author's colours make of a hex.
        posable: the groups that move by themselves: each is handed to the treatment as one outline, too.
        turn: degrees that it is turned.
        only: a group that moves by itself: nothing but what moves with it is treated; the rest keeps its place.
    """
    return replace(drawing, root=_Treating(hand, recast, frozenset(posable), turn, only).node(drawing.root, (), ""))


class _Treating:
    """One walk over a drawing; shapes are numbered as they come."""

    def __init__(self, hand: Hand, recast: Recast, posable: frozenset[str], turn: float, only: str) -> None:
        self._hand, self._recast, self._posable, self._only = hand, recast, posable, only
        self._place = replace(hand.place, turn=turn)
        self._number = 0

    def node(self, node: Node, around: tuple[str, ...], carrier: str) -> Node:
        parts = (*around, node.id) if node.id else around
        carrier = node.id if node.id in self._posable else carrier
        wanted = not self._only or carrier == self._only
        own: tuple[Node, ...] = ()
        if node.shape is not None:
            self._number += 1
            own = _standing(self._shapes(node.shape, parts) if wanted else ())
        children = tuple(self.node(child, parts, carrier) for child in node.children)
        if node.id in self._posable:
            children += _standing(self._over(node, parts) if wanted else ())
        if len(own) == 1 and not children:
            return replace(node, shape=own[0].shape, children=())
        return replace(node, shape=None, children=(*own, *children))

    def _shapes(self, shape: Shape, parts: tuple[str, ...]) -> Iterable[Shape]:
        recast = _recoloured(shape, lambda hexed: self._recast(hexed, parts))
        named = replace(recast, role=role_of(shape, parts), notes=(*shape.notes, ("word", shape.role)))
        return self._hand.treatment.shape(named, replace(self._place, parts=parts, number=self._number))

    def _over(self, node: Node, parts: tuple[str, ...]) -> Iterable[Shape]:
        """What the look lays over a part, whose outline is that of its own shapes, as they are drawn."""
        if not self._hand.redraws:
            return ()
        outline = _outline(node, self._posable)
        if not outline:
            return ()
        place = replace(self._place, parts=parts, number=self._number)
        return self._hand.treatment.part(Shape(outline, fill="#000000"), place)


def _standing(shapes: Iterable[Shape]) -> tuple[Node, ...]:
    """Shapes as nodes; something stands for those that are not drawn, so that a part's pictures keep their numbers."""
    return tuple(Node(shape=shape) for shape in shapes) or (Node(),)


def _own(node: Node, posable: frozenset[str], outer: Matrix, top: bool) -> Iterator[tuple[Shape, Matrix]]:
    """The shapes that a part itself shows, without the parts that it carries; each with its matrix to the part's."""
    if node.clip or node.clip_shapes or (not top and (not node.shown or node.id in posable)):
        return
    matrix = outer if top or not node.transform else concat(outer, node.transform)
    if node.shape is not None and node.shape.fill is not None and role_of(node.shape) not in INSIDE:
        yield node.shape, matrix
    for child in node.children:
        yield from _own(child, posable, matrix, False)


def _outline(node: Node, posable: frozenset[str]) -> tuple[Any, ...]:
    whole = None
    for shape, matrix in _own(node, posable, IDENTITY, True):
        path = to_path(shape.path, shape.even_odd)
        path.transform(to_matrix(matrix))
        whole = path if whole is None else joined(whole, path)
    return tuple(to_commands(plain(whole))) if whole is not None else ()


def _recoloured(shape: Shape, colour: Callable[[str], str]) -> Shape:
    stroke = shape.stroke
    if stroke is not None:
        paint = _painted(stroke.paint, colour)
        stroke = replace(stroke, paint=paint) if paint is not None else None
    return replace(shape, fill=_painted(shape.fill, colour), stroke=stroke)


def colours(paint: Paint) -> tuple[str, ...]:
    """The hexes of a paint."""
    if isinstance(paint, Gradient):
        return tuple(hexed for _, hexed, _ in paint.stops)
    if isinstance(paint, Texture):
        return (paint.colour,)
    return (paint,) if isinstance(paint, str) else ()


def _painted(paint: Paint, colour: Callable[[str], str]) -> Paint:
    if isinstance(paint, Gradient):
        return replace(paint, stops=tuple((at, colour(hexed), alpha) for at, hexed, alpha in paint.stops))
    if isinstance(paint, Texture):
        return replace(paint, colour=colour(paint.colour))
    return colour(paint) if isinstance(paint, str) else paint
