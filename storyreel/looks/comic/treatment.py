"""How a drawing is printed: flat inks, dots where it was shaded, brushed outlines where it had lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from storyreel.looks.comic.palette import (
    CYAN,
    DEEP,
    INK,
    RAIN,
    WHITE,
    flat,
    printed,
)
from storyreel.puppet.model import Command, Gradient, Paint, Shape, Texture
from storyreel.timeline.model import Kind
from storyreel.treatment.brush import Brush, brushed
from storyreel.treatment.contours import area, contours
from storyreel.treatment.contract import Edge, Mood, Place
from storyreel.treatment.roles import Role
from storyreel.treatment.tones import blended, luma, stops

DOTS = "comic/dots"
_SHADED, _FAINT = 0.42, 0.3
"""What dots cover of a shade that doesn't say so; how opaque a veil is below which nothing is printed."""
_DOTTED = 90.0
"""Film pixels across, below which a thing is printed in one ink: single dots would be spots."""
_VEIL, _PICTURE = 0.55, 900000.0
"""What is thinner and broader, in square units, is air over everything: no dots are printed for it."""
_SCATTERED = 0.4
"""The share of a square as large that it has to cover."""
_DARK = 0.5
"""A line darker than this, in luma, is ink."""
_THIN, _FAT = 0.72, 1.5
"""A brush against the line that it draws: towards the light, and away from it."""
_LEAST = 3.0
"""No outline is thinner, in film pixels."""
_OUTLINED = 1800.0
"""From this area on, in square units, a shape of a room that no line runs round gets one."""
_ROOM_LINE = Brush(2.0, 5.0)
_DRAINED = 0.45
"""From here on a story that has lost its colours is printed in the quiet inks alone."""
_ROOM = (560.0, 860.0)
"""The point that the dots of a set go along with."""


@dataclass(frozen=True)
class Inks:
    """Everything is printed in the look's inks; a drawing stands, its outlines don't boil."""

    redraws: bool = True
    step: float = 0.0
    images: frozenset[Kind] = frozenset()

    def shape(self, shape: Shape, place: Place) -> Iterable[Shape]:
        """Flats, dots, ink."""
        return tuple(_Printed(shape, place).shapes())

    def part(self, outline: Shape, place: Place) -> Iterable[Shape]:
        """Nothing."""
        return ()

    def colour(self, hexed: str, role: Role, place: Place, mood: Mood) -> str:
        """Inks as they are; where the story drains its colours, the quiet ones take their place."""
        drained = min(max(1 - mood.saturation, mood.tint), 1.0)
        return _quiet(hexed) if drained > _DRAINED and role != "letter" else hexed

    def edges(self, place: Place) -> Sequence[Edge]:
        """None: a figure has its own outline."""
        return ()


def _quiet(hexed: str) -> str:
    light = luma(hexed)
    return INK if light < 0.14 else DEEP if light < 0.34 else CYAN if light < 0.5 else RAIN if light < 0.9 else WHITE


class _Printed:
    """One shape as it is printed."""

    def __init__(self, shape: Shape, place: Place) -> None:
        self.shape, self.place, self.room = shape, place, place.kind == "set"

    def shapes(self) -> Iterator[Shape]:
        """Back to front."""
        shape, role = self.shape, self.shape.role
        if max(shape.amounts("min"), default=0.0) > self.place.scale:
            return
        if role == "letter":
            yield shape
        elif role == "rim":
            return
        elif role == "shade":
            yield from self._shade()
        elif role in ("light", "shine"):
            yield from self._light()
        elif role == "glint":
            yield replace(shape, fill=WHITE if shape.fill is not None else None, fill_opacity=1.0, stroke=None)
        else:
            yield from self._filled()
            yield from self._lined()

    def _shade(self) -> Iterator[Shape]:
        shape = self.shape
        if shape.fill is None:
            yield from self._lined()
            return
        if _strength(shape.fill) * shape.fill_opacity < _FAINT / 3:
            return
        hexed = blended(shape.fill)
        covers = shape.amounts("tone")
        if len(covers) == 2:
            yield from self._dots(flat(hexed), *covers)
        elif hexed == flat(hexed) and _strength(shape.fill) * shape.fill_opacity > 0.99:
            yield replace(shape, fill=hexed, stroke=None)
        elif self._broad():
            own = printed(hexed)
            yield from self._dots(own.dots or own.flat, _SHADED, _SHADED)
        elif shape.fill_opacity > 0.5:
            yield replace(shape, fill=flat(hexed), fill_opacity=1.0, stroke=None)

    def _light(self) -> Iterator[Shape]:
        shape = self.shape
        if shape.fill is None:
            if shape.stroke is not None:
                yield from self._ink(flat(blended(shape.stroke.paint)), shape.stroke.width)
        elif _strength(shape.fill) * shape.fill_opacity > _FAINT:
            yield replace(shape, fill=flat(blended(shape.fill)), fill_opacity=1.0, stroke=None)

    def _filled(self) -> Iterator[Shape]:
        shape = self.shape
        if shape.fill is None:
            return
        strength = _strength(shape.fill) * shape.fill_opacity
        hexed = blended(shape.fill)
        if strength < 0.9:
            if strength < _VEIL and area(contours(shape.path)) > _PICTURE:
                return
            if strength > 0.06 and self._broad():
                yield from self._dots(flat(hexed), strength * 0.8, strength * 0.8)
            elif strength > _FAINT:
                yield replace(shape, fill=flat(hexed), fill_opacity=1.0, stroke=None)
            return
        own = printed(hexed)
        if not own.dots or self._face() or not self._broad():
            yield replace(shape, fill=flat(hexed), fill_opacity=1.0, stroke=None)
        else:
            yield replace(shape, fill=own.flat, fill_opacity=1.0, stroke=None)
            yield from self._dots(own.dots, own.cover, own.cover)

    def _lined(self) -> Iterator[Shape]:
        shape, stroke = self.shape, self.shape.stroke
        if stroke is None:
            if self.room and shape.role == "fill" and self._bare() and area(contours(shape.path)) > _OUTLINED:
                yield from self._brushed(INK, _ROOM_LINE)
            return
        hexed = blended(stroke.paint)
        if stroke.opacity < _FAINT:
            return
        if luma(hexed) >= _DARK and shape.fill is None:
            yield replace(shape, fill=None, stroke=replace(stroke, paint=flat(hexed), opacity=1.0))
        else:
            yield from self._ink(INK if luma(hexed) < _DARK else flat(hexed), stroke.width)

    def _bare(self) -> bool:
        """Whether it was drawn in no ink of ours, so that it has no outline of ours either."""
        return isinstance(self.shape.fill, Gradient) or flat(blended(self.shape.fill)) != blended(self.shape.fill)

    def _ink(self, hexed: str, width: float) -> Iterator[Shape]:
        least = _LEAST / max(self.place.scale, 0.1) if not self.room else 0.0
        thin = max(width * _THIN, min(least, width * 2))
        yield from self._brushed(hexed, Brush(thin, max(width * _FAT, thin * 1.5)))

    def _brushed(self, hexed: str, brush: Brush) -> Iterator[Shape]:
        drawn = brushed(self.shape.path, brush, self.place.number)
        if drawn:
            yield Shape(drawn, fill=hexed, role="line")

    def _dots(self, hexed: str, near: float, far: float) -> Iterator[Shape]:
        """Dots over the shape: so dense where light meets it, and on its far side."""
        path, even_odd = self.shape.path, self.shape.even_odd
        box = _box(path)
        if box is None:
            return
        anchor = _ROOM if self.room else ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        even = abs(far - near) < 0.05
        cover = (near + far) / 2 if even else near
        texture = Texture(DOTS, hexed, cover, fixed=True, anchor=anchor, far=None if even else far)
        yield Shape(path, texture, even_odd=even_odd, role="shade")

    def _face(self) -> bool:
        """Whether it is a face, which has to be read: no dots lie on it but for its shade."""
        return self.place.kind == "cast" and "Face" in self.place.parts

    def _broad(self) -> bool:
        """Whether it is large enough in the picture that its dots are a tone."""
        box, scale = _box(self.shape.path), self.place.scale
        if box is None or min(box[2] - box[0], box[3] - box[1]) * scale < _DOTTED:
            return False
        return area(contours(self.shape.path)) * scale**2 > _SCATTERED * _DOTTED**2


def _strength(paint: Paint) -> float:
    """How opaque a paint is where it is most so."""
    return max((alpha for _, _, alpha in stops(paint)), default=1.0)


def _box(path: Sequence[Command]) -> tuple[float, float, float, float] | None:
    points = np.array([value for _, values in path for value in values]).reshape(-1, 2)
    if not len(points):
        return None
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


TREATMENT = Inks()
