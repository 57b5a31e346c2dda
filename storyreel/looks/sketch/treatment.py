"""How a drawing becomes pencil: paper where it was filled, graphite where it was dark, ribbons where it had lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from storyreel.looks.sketch.contour import area, contours
from storyreel.looks.sketch.palette import ACCENT, DUST, FILL, GRAPHITE, PAPER
from storyreel.looks.sketch.pencil import Hatch, Ribbon, hatching, ribbons
from storyreel.puppet.model import Gradient, Paint, Shape
from storyreel.timeline.model import Kind
from storyreel.treatment.contract import Edge, Mood, Place
from storyreel.treatment.roles import Role

_FIRST, _SECOND, _THIRD = Hatch(-57, 12, 4.2), Hatch(-27, 13, 3.8), Hatch(-84, 12, 3.6)
_LEVELS = ((_FIRST, 0.16, 0.62), (_SECOND, 0.42, 0.5), (_THIRD, 0.62, 0.4))
"""Layers of hatching: each sets in at a tone, and is full so much darker."""
_SOLID = 0.72
"""From this tone on a shape is solid graphite."""
_OUTLINED = 900.0
"""From this area on, in square units, a shape that has no line of its own gets one in a set."""
_HALO = (Edge(50, PAPER, 0.5, blur=22), Edge(18, PAPER))


def luma(hexed: str) -> float:
    """How light a colour looks, 0 to 1 (BT.709 weights)."""
    red, green, blue = (int(hexed[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def is_accent(hexed: str) -> bool:
    """Whether a colour is the one that this look holds back: a strong warm yellow."""
    red, green, blue = (int(hexed[i : i + 2], 16) for i in (1, 3, 5))
    return red > 225 and 165 < green < 235 and blue < 110


def _colours(paint: Paint) -> list[tuple[str, float]]:
    if isinstance(paint, Gradient):
        return [(hexed, alpha) for _, hexed, alpha in paint.stops]
    return [(paint, 1.0)] if isinstance(paint, str) else []


def tone_of(shape: Shape) -> float:
    """How dark a shape's fill is, 0 (paper) to 1."""
    found = _colours(shape.fill)
    if not found:
        return 0.0
    weight = sum(alpha for _, alpha in found) or 1.0
    return 1 - sum(luma(hexed) * alpha for hexed, alpha in found) / weight


@dataclass(frozen=True)
class Pencil:
    """Everything is drawn in pencil; three drawings a cycle."""

    redraws: bool = True
    step: float = 25.0
    images: frozenset[Kind] = frozenset()

    def shape(self, shape: Shape, place: Place) -> Iterable[Shape]:
        """Paper, hatching, ribbons."""
        role, word = shape.role, shape.note("word")
        if role in ("light", "shine", "rim"):
            return ()
        if role == "glint":
            return (Shape(shape.path, fill=PAPER, even_odd=shape.even_odd, role="glint"),)
        if role == "letter":
            return (shape,)
        return tuple(self._drawn(shape, place, word))

    def _drawn(self, shape: Shape, place: Place, word: str) -> Iterator[Shape]:
        tone = tone_of(shape)
        if shape.role == "shade":
            yield from self._shaded(shape, place, max(tone, 0.35))
            return
        alpha = shape.fill_opacity
        if shape.role in ("fill", "ink") and shape.fill is not None and alpha > 0.15:
            first = _colours(shape.fill)[0][0] if _colours(shape.fill) else PAPER
            if shape.role == "ink" or word in ("hair", "dark", "lid") or tone >= _SOLID:
                yield replace(shape, fill=GRAPHITE, stroke=None, role="ink")
            elif is_accent(first):
                yield replace(shape, fill=ACCENT, stroke=None, role="fill")
            else:
                yield replace(shape, fill=FILL if place.kind == "cast" else PAPER, stroke=None, role="fill")
                yield from self._hatched(shape, place, tone * alpha)
            if shape.stroke is None and place.kind == "set" and shape.role == "fill":
                yield from self._outlined(shape, place)
        if shape.stroke is not None:
            dark = max((1 - luma(hexed) for hexed, _ in _colours(shape.stroke.paint)), default=1.0)
            width = shape.stroke.width * (1.0 if place.kind == "cast" else 0.9)
            if shape.role in ("fill", "line") and dark < 0.25 and shape.stroke.width > 12:
                # A broad pale stroke is a thing of its own, not a line: paper with an outline is nearer to it.
                yield replace(shape, fill=None, stroke=replace(shape.stroke, paint=PAPER), role="fill")
                return
            drawn = ribbons(shape.path, Ribbon(min(max(width, 2.4), 22.0)), place.number, place.drawing)
            if drawn:
                yield Shape(drawn, fill=GRAPHITE if dark > 0.3 else DUST, role="line")

    def _hatched(self, shape: Shape, place: Place, tone: float) -> Iterator[Shape]:
        for hatch, least, room in _LEVELS:
            level = (tone - least) / room
            if level <= 0:
                return
            turned = replace(hatch, angle=hatch.angle - place.turn)
            drawn = hatching(shape.path, turned, min(level, 1.0), place.number, place.drawing)
            if drawn:
                yield Shape(drawn, fill=GRAPHITE, fill_opacity=0.85, role="ink")

    def _shaded(self, shape: Shape, place: Place, tone: float) -> Iterator[Shape]:
        hatch = Hatch(-58 - place.turn, 10, 3.2)
        drawn = hatching(shape.path, hatch, min(tone * 1.3, 1.0), place.number, place.drawing)
        if drawn:
            yield Shape(drawn, fill=GRAPHITE, fill_opacity=0.8, role="ink")
        if tone > 0.6:
            second = hatching(shape.path, Hatch(-22 - place.turn, 11, 3.2), tone, place.number + 1, place.drawing)
            if second:
                yield Shape(second, fill=GRAPHITE, fill_opacity=0.8, role="ink")

    def _outlined(self, shape: Shape, place: Place) -> Iterator[Shape]:
        if area(contours(shape.path)) < _OUTLINED:
            return
        drawn = ribbons(shape.path, Ribbon(4.2), place.number, place.drawing)
        if drawn:
            yield Shape(drawn, fill=GRAPHITE, role="line")

    def part(self, outline: Shape, place: Place) -> Iterable[Shape]:
        """Nothing."""
        return ()

    def colour(self, hexed: str, role: Role, place: Place, mood: Mood) -> str:
        """Graphite and paper as they are; the accent only while the story has it."""
        if hexed == ACCENT and mood.accent < 0.5:
            return PAPER
        return hexed

    def edges(self, place: Place) -> Sequence[Edge]:
        """A halo of paper, so that dark hair stands before a dark room."""
        return _HALO if place.kind == "cast" else ()


TREATMENT = Pencil()
