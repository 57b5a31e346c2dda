"""Gouache: shapes meet without outlines, edges break into the paper, and gradients dissolve into its grain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from storyreel.looks.storybook.palette import INDIGO
from storyreel.looks.storybook.tiles import EDGE, FLECKS, GRAIN, SKIN, STREAK
from storyreel.puppet.model import Command, Gradient, Grain, Paint, Shape, Stroke, Texture
from storyreel.timeline.model import Kind
from storyreel.treatment.contours import area, contours
from storyreel.treatment.contract import Edge, Place, Plain
from storyreel.treatment.strokes import Ribbon, ribbons
from storyreel.treatment.tones import channels, luma, mixed, stops

_PAINTED = 5200.0
"""From this area on, in square units, a shape shows the grain of its paint."""
_BROAD = 60000.0
"""From this area on a shape of a set is painted with a broad brush, whose bristles are seen."""
_BUILT = 16000.0
"""From this area on what a widget builds shows grain: it is painted anew where it moves."""
_ROUGH, _SOFT_ROUGH, _BROAD_ROUGH = 7.0, 4.0, 10.0
"""How far paint breaks out over a shape's edge: of cloth and things, of skin, of what is broad in a set."""
_COVER = 0.36
_LIGHT_FLECKS, _DARK_FLECKS = ("#FFEDD1", 0.3, 0.1), ("#291F52", 0.3, 0.12)
"""Colour, share of the paint, opacity."""
_DEEP = 0.42
"""What is darker than this has light flecks, what is lighter dark ones."""
_CLOTH, _SKIN, _AIR, _LIGHT = 4.5, 1.25, 2.0, 1.1
"""How hard the grain is that a gradient dissolves into: of cloth, of skin, of skies and hills, of light."""
_MEETS = 0.3
"""How much darker than its own a shape's edge is where a drawing has an outline."""
_PALE = 0.7
"""Letters that are lighter than this stand before a dusk."""
_HALO = ((34.0, 0.05), (24.0, 0.06), (15.0, 0.09), (8.0, 0.14))
"""Their shadow: widths and opacities of lines, one over the other."""
_FEATURES = ("Eye", "Eyebrow", "Brow", "Mouth", "Pupil", "Lash", "Nose", "Blink", "Laugh", "Lid")


def _is_feature(parts: Sequence[str]) -> bool:
    return any(part.endswith(_FEATURES) for part in parts) or "Mouth" in parts


def _is_clear(paint: Paint) -> bool:
    """Whether something of what is below is seen through a paint."""
    return isinstance(paint, Gradient) and any(left < 1 for _, _, left in paint.stops)


def _is_skin(paint: Paint) -> bool:
    """Whether a paint looks like skin, for drawings that don't say what is."""
    return all(
        red > green > blue and red > 100 and 25 < red - blue < 150 and green - blue > 6
        for red, green, blue in (channels(hexed) for _, hexed, _ in stops(paint))
    )


@dataclass(frozen=True)
class Gouache(Plain):
    """Everything is painted flat, with grain that its parts carry with them."""

    redraws: bool = True
    step: float = 0.0
    images: frozenset[Kind] = frozenset(("set", "cast", "prop"))

    def shape(self, shape: Shape, place: Place) -> Iterable[Shape]:
        """Paint, its broken edge, its flecks."""
        return tuple(_painted(shape, place))

    def edges(self, place: Place) -> Sequence[Edge]:
        """None: a silhouette grown anew for each pose costs more than all of its paint."""
        return ()


def _painted(shape: Shape, place: Place) -> Iterator[Shape]:
    if shape.role in ("letter", "glint"):
        if shape.role == "letter" and not place.parts:
            yield from _shaded(shape)
        yield shape
        return
    if shape.fill is None or shape.role == "line":
        yield from _lined(shape, place)
        return
    bare = replace(shape, stroke=None)
    if place.manner == "crowd":
        # So small, and so many, that nobody sees how they are painted.
        yield bare
        return
    size = area(contours(shape.path))
    built = not place.parts
    soft = shape.note("mix") == "soft" or (place.kind == "cast" and _is_skin(shape.fill))
    if _is_clear(shape.fill):
        yield replace(bare, fill=_dissolving(shape, place, soft, size))
    elif shape.fill_opacity < 1 or size < (_BUILT if built else _PAINTED):
        yield from _meeting(shape, place)
        yield bare
    else:
        yield from _meeting(shape, place)
        yield from _gouache(bare, place, size, soft)


def _gouache(shape: Shape, place: Place, size: float, soft: bool) -> Iterator[Shape]:
    """A body of paint: its edge, its colours one over the other, its flecks."""
    broad = place.kind == "set" and size > _BROAD
    found = stops(shape.fill)
    if not found:
        yield shape
        return
    rough = _BROAD_ROUGH if broad else _SOFT_ROUGH if soft else _ROUGH
    if shape.role == "fill" and place.parts:
        edge = Texture(EDGE, found[0][1] if len(found) == 1 else found[len(found) // 2][1], _COVER)
        yield Shape(shape.path, None, stroke=Stroke(edge, rough, "round", "round"), role="fill")
    yield from _layers(shape, broad, soft)
    # Dark flecks on skin look like dirt.
    light = soft or luma(found[len(found) // 2][1]) < _DEEP
    colour, share, left = _LIGHT_FLECKS if light else _DARK_FLECKS
    yield replace(shape, fill=Texture(FLECKS, colour, share), fill_opacity=left, role="shade")


def _layers(shape: Shape, broad: bool, soft: bool) -> Iterator[Shape]:
    """A paint's colours as layers, each of which comes out of the one below in grain."""
    fill = shape.fill
    if not isinstance(fill, Gradient):
        yield shape
        return
    first = fill.stops[0][1]
    yield replace(shape, fill=first)
    grain = _grain(broad, soft)
    for (start, _, _), (end, colour, _) in pairwise(fill.stops):
        if end > start:
            layer = replace(fill, stops=((start, colour, 0.0), (end, colour, 1.0)), grain=grain)
            yield replace(shape, path=_from(shape.path, fill, start), fill=layer)


def _from(path: tuple[Command, ...], fill: Gradient, start: float) -> tuple[Command, ...]:
    """What of a rectangle lies below where a gradient that runs down is so far; any other path as it is.

    A sky is the largest thing there is to paint, and above its colours they are not seen.
    """
    n, corners = fill.numbers, [values for _, values in path if values]
    straight = [letter for letter, _ in path] == ["M", "L", "L", "L", "Z"]
    if not straight or fill.kind != "linear" or fill.boxed or fill.transform or n[0] != n[2] or n[3] <= n[1]:
        return path
    (left, top), (right, bottom) = map(min, zip(*corners, strict=True)), map(max, zip(*corners, strict=True))
    if set(corners) != {(left, top), (right, top), (right, bottom), (left, bottom)}:
        return path
    top = min(max(n[1] + (n[3] - n[1]) * start, top), bottom)
    return (("M", (left, top)), ("L", (right, top)), ("L", (right, bottom)), ("L", (left, bottom)), ("Z", ()))


def _grain(broad: bool, soft: bool) -> Grain:
    if broad:
        return Grain(STREAK, 1.6, _AIR)
    return Grain(SKIN, 0.8, _SKIN) if soft else Grain(GRAIN, 1.0, _CLOTH)


def _dissolving(shape: Shape, place: Place, soft: bool, size: float) -> Paint:
    """A gradient that is nothing at one end: light and what lies over things as a veil does stay soft."""
    fill = shape.fill
    if not isinstance(fill, Gradient) or place.kind not in ("set", "cast", "prop"):
        return fill
    if place.kind == "set" and fill.kind == "linear" and shape.note("word") != "glow":
        return replace(fill, grain=Grain(STREAK, 1.4, _AIR))
    veil = place.kind == "prop" and size > _BROAD
    lies_over = place.kind == "set" or veil or (shape.role == "light" and fill.kind == "radial")
    return replace(fill, grain=Grain(SKIN, 1.2, _LIGHT) if lies_over else _grain(False, soft))


def _shaded(shape: Shape) -> Iterator[Shape]:
    """The soft shadow of light letters that stand on nothing."""
    found = stops(shape.fill)
    if found and luma(found[0][1]) > _PALE:
        for width, left in _HALO:
            yield replace(shape, fill=None, stroke=Stroke(INDIGO, width, "round", "round", opacity=left))


def _meeting(shape: Shape, place: Place) -> Iterator[Shape]:
    """Where a drawing has an outline: a darker tone of what it goes round."""
    stroke = shape.stroke
    if stroke is None:
        return
    found = stops(shape.fill)
    tone = mixed(found[len(found) // 2][1], INDIGO, _MEETS) if found else INDIGO
    yield Shape(shape.path, None, stroke=replace(stroke, paint=tone, width=stroke.width * 0.8), role="fill")


def _lined(shape: Shape, place: Place) -> Iterator[Shape]:
    """A line by itself: a feature is a filled taper, a fold a tone; what only goes round something is gone."""
    stroke = shape.stroke
    if stroke is None:
        yield shape
        return
    if shape.fill is not None:
        yield replace(shape, stroke=None)
    if not isinstance(stroke.paint, str) or stroke.width > 16:
        yield replace(shape, fill=None)
        return
    closed = bool(shape.path) and shape.path[-1][0] == "Z"
    feature = _is_feature(place.parts)
    if closed and not feature and area(contours(shape.path)) > _PAINTED / 4:
        return
    drawn = ribbons(shape.path, Ribbon(stroke.width * 1.1, wobble=0.25, restate=False), place.number, 0)
    if drawn:
        yield Shape(drawn, fill=stroke.paint, fill_opacity=stroke.opacity * (1.0 if feature else 0.6), role="ink")


TREATMENT = Gouache()
