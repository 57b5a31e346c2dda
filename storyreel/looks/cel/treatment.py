"""Cel paint: flats and hard tones as they are drawn, and every even outline as thin ink that tapers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import skia

from storyreel.looks.cel.palette import CLOTH_INK, HAIR_INK, MIDNIGHT, RIM, SECOND, SKIN_INK, graded
from storyreel.puppet.model import Gradient, Paint, Shape
from storyreel.stage.ink import to_path
from storyreel.stage.outline import plain, to_commands
from storyreel.timeline.model import Kind
from storyreel.treatment.contract import Edge, Mood, Place, Plain
from storyreel.treatment.roles import Role
from storyreel.treatment.strokes import Ribbon, ribbons
from storyreel.treatment.tones import blended, channels, luma, mean, mixed

_THINNER, _THINNEST, _THICKEST = 0.62, 2.2, 9.0
"""How wide ink is to the line that it stands for, and at the least and the most, in the drawing's units."""
_FEATURE = ("Eye", "Lash", "Lid", "Brow", "Mouth", "Pupil", "Iris", "Nose")
_DRAWN = ("cast", "prop")
_LARGE, _DEEP, _DEEPEST, _SECOND = 70.0, 0.13, 46.0, 0.4
"""How large a shape is at the least that has a second tone, in the drawing's units; how broad that is, as a share of
the shape's shorter side and at most; how strong."""
_EDGES = (Edge(2.6, RIM, 0.85, (4.4, -2.2)), Edge(2.2, MIDNIGHT))
_INSET = (Edge(2.0, MIDNIGHT),)


@dataclass(frozen=True)
class Cel(Plain):
    """Flats, tones with hard edges, ink."""

    redraws: bool = True
    step: float = 0.0
    images: frozenset[Kind] = frozenset(("set",))

    def shape(self, shape: Shape, place: Place) -> Iterable[Shape]:
        """Paint without its outline, and the outline as ink."""
        return tuple(_drawn(shape, place))

    def colour(self, hexed: str, role: Role, place: Place, mood: Mood) -> str:
        """Graded by the mood; rims and the lights in eyes stay as they are."""
        if role in ("rim", "glint", "letter"):
            return hexed
        tinted = mixed(hexed, MIDNIGHT, 0.6 * mood.tint) if mood.tint else hexed
        return graded(tinted, mood.warmth, mood.saturation)

    def edges(self, place: Place) -> Sequence[Edge]:
        """A rim of cold light on the right, which holds a figure against the night."""
        if place.kind != "cast":
            return ()
        return _EDGES if place.manner == "hero" else _INSET


def _drawn(shape: Shape, place: Place) -> Iterator[Shape]:
    stroke = shape.stroke
    if shape.role in ("shade", "light", "shine"):
        yield replace(shape, fill=_hard(shape.fill) if place.kind == "cast" else shape.fill)
        return
    if stroke is None or place.kind not in _DRAWN or shape.role == "letter":
        yield shape
        return
    if shape.fill is not None:
        yield replace(shape, stroke=None)
        yield from _second_tone(shape, place)
    elif luma(blended(stroke.paint)) > 0.55 or stroke.width > 26:
        # A pale or a broad stroke is a thing of its own.
        yield shape
        return
    width = min(max(stroke.width * _THINNER, _THINNEST), _THICKEST)
    feature = any(part.endswith(_FEATURE) for part in place.parts)
    if feature:
        width = min(max(stroke.width * 0.9, _THINNEST), 15.0)
    drawn = ribbons(shape.path, Ribbon(width, wobble=0.0, restate=False), place.number, 0)
    if drawn:
        colour = blended(stroke.paint) if feature else _ink(shape.fill or stroke.paint, place)
        yield Shape(drawn, fill=colour, fill_opacity=stroke.opacity, role="line")


def _second_tone(shape: Shape, place: Place) -> Iterator[Shape]:
    """The side that the light doesn't reach, with one hard edge; of what is drawn in outlines, and so has none."""
    if place.kind != "cast" or shape.role != "fill" or any(part.endswith(_FEATURE) for part in place.parts):
        return
    area = to_path(shape.path)
    box = area.computeTightBounds()
    if min(box.width(), box.height()) < _LARGE or shape.fill_opacity < 1:
        return
    by = min(_DEEP * min(box.width(), box.height()), _DEEPEST)
    lit = skia.Path(area)
    lit.offset(-by, -0.55 * by)
    side = skia.Op(area, lit, skia.kDifference_PathOp)
    if side is not None and not side.isEmpty():
        yield Shape(tuple(to_commands(plain(side))), fill=SECOND, fill_opacity=_SECOND, role="shade")


def _ink(paint: Paint, place: Place) -> str:
    """Ink belongs to what it bounds: of hair, of skin, or of cloth as dark as its colour."""
    if any("Hair" in part or "Bun" in part for part in place.parts):
        return HAIR_INK
    hexed = blended(paint)
    red, green, blue = channels(hexed)
    if red > green > blue and red - blue > 30 and luma(hexed) > 0.35:
        return SKIN_INK
    return mixed(hexed, CLOTH_INK, 0.82)


def _hard(paint: Paint) -> Paint:
    """A tone with an edge: of one that fades, its middle colour."""
    if isinstance(paint, Gradient) and mean(paint) > 0 and min(alpha for _, _, alpha in paint.stops) > 0.2:
        return blended(paint)
    return paint


TREATMENT = Cel()
