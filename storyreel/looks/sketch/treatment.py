"""How a drawing becomes pencil: paper where it was filled, graphite where it was dark, ribbons where it had lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from storyreel.looks.sketch.palette import (
    ACCENT,
    ACCENT_DARK,
    ACCENT_PALE,
    BLUE_GREY,
    CLOTH,
    DUST,
    FILL,
    GRAPHITE,
    HATCH,
    MARKER,
    PAPER,
    SOFT,
    STRAND,
    WHITE,
    is_accent,
)
from storyreel.puppet.model import Command, Gradient, Paint, Shape
from storyreel.timeline.model import Kind
from storyreel.treatment.contours import area, contours
from storyreel.treatment.contract import Edge, Mood, Place
from storyreel.treatment.roles import Role
from storyreel.treatment.strokes import Hatch, Ribbon, Tone, hatching, ribbons
from storyreel.treatment.tones import across, blended, channels, luma, mean, mixed, stops, tone_of, toned

_CAST = (Hatch(-58, 12, 3.8, 0.3, 0.3), Hatch(-26, 13, 3.4, 0.5, 0.3))
_ROOM = (
    Hatch(-57, 15, 3.7, 0.17, 0.3, 230),
    Hatch(-27, 16, 3.5, 0.38, 0.3, 230),
    Hatch(-84, 16, 3.4, 0.6, 0.3, 230),
)
"""Layers of hatching, each from a tone on."""
_CLOTH = (Hatch(-58, 9, 5.2, 0.0, 0.1, 150), Hatch(-20, 11, 4.6, 0.0, 0.1, 150))
_SHADE = Hatch(-58, 10, 3.4, 0.1, 0.5, 120)
_CROSSED = Hatch(-22, 11, 3.2, 0.56, 0.3, 120)
_CHEEK = Hatch(-62, 13, 3.4, 0.0, 0.1, 60)
_CRAYON = Hatch(-31, 9, 9.5, 0.0, 0.1, 260)
_STRANDS = Hatch(-81, 40, 3.4, 0.0, 0.1, 340)
"""What light finds in dark hair."""
_FAINT = replace(_CRAYON, gap=24, width=8)
"""Crayon that hardly touches the paper: rays behind everything."""
_SCRIBBLE = (Hatch(-36, 13, 6.5, 0.0, 0.1, 150), Hatch(36, 13, 6.0, 0.0, 0.1, 150))
_SOLID, _SOLID_HAIR = 0.74, 0.42
"""From these tones on a shape is solid graphite."""
_GLOOMY, _BROAD = Hatch(-24, 19, 4.4, 0.0, 0.1, 260), 150000.0
"""What hatches broad things of a room (in square units) while the story is gloomy; till then in their own colour."""
_DUSK = (Hatch(-57, 13, 4.4, 0.1, 0.5, 230), Hatch(-27, 14, 4.2, 0.4, 0.4, 230), Hatch(-84, 14, 4.0, 0.6, 0.4, 230))
"""Shade over broad things: each layer sets in where it is darker, and swells; all thin out towards the light."""
_DUSTED, _SMEARED = 0.62, 0.45
"""How much graphite dust lies under such hatching, for its tone; and how much of a veil is a smear of it."""
_NIGHT = 0.45
"""From this tone on a room is hatched in the dark of a figure's shade, below it in dust."""
_SOFT_EDGE = 0.5
"""A dark shape that is less opaque is a shadow."""
_MASS = 4000.0
"""From this area on, in square units, what is dark is hatched instead, so that its lines are seen."""
_SKIN = 0.36
"""No face gets darker than this: it has to be read."""
_FILLED_AT_ONCE = 24 * 5
"""Commands of hatching in one path: one of thousands of strokes takes twice as long to fill as many of a few."""
_OUTLINED = 1500.0
"""From this area on, in square units, a shape that has no line of its own gets one in a set."""
_HATCHED = 240.0
"""Smaller shapes are dust alone."""
_FLESH = 220
"""A mouth with a channel above this is flesh, not the dark of an open mouth."""
_PALE = 0.3
"""Lines that are paler than this are drawn light on dark."""
_HAIR = ("Hair", "Fringe", "Lock", "Bun", "Bangs", "Ponytail", "Beard", "Moustache")
_BARE = frozenset(("light", "rim"))
"""Roles that are bare paper on a figure; in a room light is rubbed out of the graphite."""
_HALO = (Edge(24, PAPER, 0.34, blur=9), Edge(7, PAPER))
"""Paper rubbed bare round a figure: less and less of it."""
_INSET = (Edge(8, PAPER),)
_PRESS, _BREAKS, _FIRM = 0.5, 0.11, 4.0
"""How unevenly a hand presses; how much of a line skips over the paper, from which width on."""
_FINER = 0.75
"""How much finer lines are in a drawing that is seen enlarged: they stay nearly as broad on the screen."""


def _hairy(word: str, parts: Sequence[str]) -> bool:
    return word == "hair" or any(name in part.split() for part in parts[-2:] for name in _HAIR)


def _eyed(parts: Sequence[str], *names: str) -> bool:
    return any(part.endswith(names) for part in parts)


@dataclass(frozen=True)
class Pencil:
    """Everything is drawn in pencil; three drawings a cycle."""

    redraws: bool = True
    step: float = 40.0
    images: frozenset[Kind] = frozenset(("set",))
    smooth: bool = True

    def shape(self, shape: Shape, place: Place) -> Iterable[Shape]:
        """Paper, hatching, ribbons."""
        return tuple(_Drawing(shape, place).shapes())

    def part(self, outline: Shape, place: Place) -> Iterable[Shape]:
        """Nothing."""
        return ()

    def colour(self, hexed: str, role: Role, place: Place, mood: Mood) -> str:
        """Graphite and paper as they are; the accent only while the story has it; a gloomy room is full of dust."""
        if mood.accent < 0.5:
            hexed = _WITHOUT.get(hexed, hexed)
        gloom = min((1 - mood.saturation) * 0.34 + mood.tint * 0.9, 0.6)
        if place.kind == "set" and gloom > 0 and role in ("fill", "shade"):
            return mixed(hexed, DUST, gloom * (2.2 if role == "shade" else 0.8))
        return hexed

    def edges(self, place: Place) -> Sequence[Edge]:
        """A halo of paper, so that dark hair stands before a dark room."""
        if place.kind != "cast":
            return ()
        edges = _HALO if place.manner == "hero" else _INSET
        return tuple(_shrunk(edge, place.scale) for edge in edges) if place.scale > 1 else edges


def _shrunk(edge: Edge, times: float) -> Edge:
    return replace(edge, width=edge.width / times, blur=edge.blur / times)


_WITHOUT = {ACCENT_PALE: FILL, ACCENT: mixed(PAPER, DUST, 0.22), ACCENT_DARK: mixed(PAPER, DUST, 0.4)}
"""What is drawn of the accent while the story holds it back."""


def _is_veil(shape: Shape) -> bool:
    """Whether something lies over things as light or dusk does: nowhere more than half there."""
    fill = shape.fill
    return isinstance(fill, Gradient) and max(left for _, _, left in fill.stops) * shape.fill_opacity <= _SOFT_EDGE


def _smeared(fill: Paint | None) -> Paint | None:
    """A veil as a smear of graphite, or as paper rubbed bare."""
    return _repainted(fill, lambda colour: GRAPHITE if luma(colour) < 0.5 else PAPER) if fill is not None else None


class _Drawing:
    """One shape as it is drawn."""

    def __init__(self, shape: Shape, place: Place) -> None:
        self.shape, self.place, self.word = shape, place, shape.note("word")
        self.broad = place.kind in ("set", "prop") and area(contours(shape.path)) > _BROAD
        self.room = place.kind == "set" or (self.broad and shape.stroke is None)
        self.fine = place.scale**-_FINER
        self.seen = float(max(int(place.scale), 1))
        self.hair = _hairy(self.word, place.parts)
        self.solid = self.hair and mean(shape.fill) >= _SOLID_HAIR

    def shapes(self) -> Iterator[Shape]:
        """Back to front."""
        shape, role, parts = self.shape, self.shape.role, self.place.parts
        if role in _BARE:
            if role == "light" and self.room and shape.fill is not None:
                yield replace(shape, fill=_repainted(shape.fill, lambda _: FILL), stroke=None)
            return
        if max(shape.amounts("min"), default=0.0) > self.place.scale:
            return
        if role == "letter":
            yield shape
        elif role == "fill" and _is_veil(shape):
            yield from self._veil()
        elif role == "glint":
            yield from self._glint()
        elif role == "shine":
            if self.hair or shape.fill is None:
                yield from self._strands()
        elif role == "shade":
            yield from self._shade()
        elif _eyed(parts, "Pupil", "Iris") and role == "fill" and shape.fill is not None:
            yield replace(shape, fill=_smudged(shape.fill), fill_opacity=1.0, stroke=None)
            yield from self._line(GRAPHITE, 5.0, False)
        else:
            if role != "line":
                yield from self._filled()
            yield from self._lined()

    def _veil(self) -> Iterator[Shape]:
        """Light is rubbed out of the graphite; dusk is a smear of it, and hatching that grows where it is darker."""
        shape = self.shape
        dark = luma(blended(shape.fill)) < 0.5
        share = _SMEARED if dark and self.broad else 1.0
        yield replace(shape, fill=_smeared(shape.fill), fill_opacity=shape.fill_opacity * share, stroke=None)
        if share < 1:
            yield from self._dusk(toned(_smeared(shape.fill), shape.path, shape.fill_opacity / _SOFT_EDGE))

    def _dusk(self, level: Tone) -> Iterator[Shape]:
        for hatch, colour in zip(_DUSK, (HATCH, GRAPHITE, GRAPHITE), strict=True):
            yield from self._hatch(hatch, level, colour)

    def _glint(self) -> Iterator[Shape]:
        dark = mean(self.shape.fill) > 0.15
        yield replace(self.shape, fill=MARKER if dark else WHITE, fill_opacity=1.0, stroke=None)

    def _strands(self) -> Iterator[Shape]:
        yield from self._ribbon(self.shape.path, 3.4, BLUE_GREY, "shine", restate=False)

    def _shade(self) -> Iterator[Shape]:
        shape, parts = self.shape, self.place.parts
        if _eyed(parts, "Eye", "Eyeball"):
            return
        tone = max(mean(shape.fill) * shape.fill_opacity, 0.3)
        if _eyed(parts, "Blush", "Cheek", "Cheeks"):
            yield from self._hatch(_CHEEK, lambda points: points[:, 0] * 0 + 0.6, BLUE_GREY)
            return
        if self.hair and tone >= _SOLID_HAIR:
            yield replace(shape, fill=GRAPHITE, fill_opacity=1.0, stroke=None, role="ink")
            return
        if shape.fill is None:
            yield from self._lined()
            return
        if self.broad:
            dust = _repainted(shape.fill, lambda hexed: mixed(PAPER, DUST, min(tone_of(hexed) * 1.3, 1.0)))
            yield replace(shape, fill=dust, fill_opacity=shape.fill_opacity * _DUSTED, stroke=None, role="shade")
            yield from self._dusk(toned(shape.fill, shape.path, shape.fill_opacity))
            return
        covers = shape.amounts("tone")
        if len(covers) == 2:
            tone, level = max(covers), across(shape.path, *covers)
        else:
            level = toned(shape.fill, shape.path) if tone > 0.3 else _flat(0.3)
        yield from self._hatch(_SHADE, level, HATCH)
        if tone > _CROSSED.least:
            yield from self._hatch(_CROSSED, level, HATCH)

    def _filled(self) -> Iterator[Shape]:
        shape, word, place = self.shape, self.word, self.place
        if shape.fill is None or shape.fill_opacity <= 0.1:
            return
        tone = mean(shape.fill)
        if word == "erase" or word == "teeth":
            yield replace(shape, fill=PAPER, stroke=None, role="fill")
        elif word == "tongue" or ("Mouth" in place.parts and 0.3 < tone < 0.62):
            yield replace(shape, fill=BLUE_GREY, stroke=None, role="fill")
        elif word == "dark":
            # The less opaque it is, the more openly it is scribbled: below half, paper shows through one layer.
            yield replace(shape, fill=GRAPHITE, fill_opacity=0.72 * shape.fill_opacity, stroke=None, role="ink")
            for hatch in _SCRIBBLE[: 1 if shape.fill_opacity < _SOFT_EDGE else 2]:
                yield from self._hatch(hatch, _flat(0.5 * shape.fill_opacity), GRAPHITE)
        elif word == "crayon" or (is_accent(stops(shape.fill)[0][1]) and not self.hair):
            yield from self._crayon()
        elif shape.fill_opacity < _SOFT_EDGE and tone > 0.5:
            yield from self._hatch(_SHADE, _flat(0.6), HATCH)
        elif self._skin():
            yield from self._paper()
        elif shape.role == "fill" and not self.solid and word not in ("hair", "lid") and self._massive(tone):
            yield from self._mass()
        elif shape.role == "ink" or word in ("hair", "lid") or self.solid or tone >= _SOLID:
            yield replace(shape, fill=GRAPHITE, fill_opacity=1.0, stroke=None, role="ink")
            if self.hair and shape.role == "fill":
                yield from self._hatch(_STRANDS, _flat(0.5), STRAND)
        elif _eyed(place.parts, "Eyeball"):
            yield replace(shape, fill=WHITE, stroke=None, role="fill")
        else:
            yield from self._paper()

    def _skin(self) -> bool:
        """Whether the drawing says that it is skin, which has no grain."""
        return self.shape.role == "fill" and self.shape.note("mix") == "soft"

    def _massive(self, tone: float) -> bool:
        """Whether it is a dark thing on which lines have to be seen: a coat, the night."""
        if tone < _SOLID or ("Mouth" in self.place.parts and max(channels(blended(self.shape.fill))) < _FLESH):
            return False
        return area(contours(self.shape.path)) > _MASS

    def _mass(self) -> Iterator[Shape]:
        fill = _repainted(self.shape.fill, _dark) if self.room else mixed(PAPER, DUST, 0.95)
        yield replace(self.shape, fill=fill, fill_opacity=1.0, stroke=None, role="ink")
        for hatch in _SCRIBBLE if self.room else _CLOTH:
            yield from self._hatch(hatch, _flat(0.5), HATCH)

    def _paper(self) -> Iterator[Shape]:
        shape, place = self.shape, self.place
        if self.room:
            yield replace(shape, fill=_dusty(shape.fill), stroke=None, role="fill")
        else:
            bare = self._skin() or "Face" in place.parts or mean(shape.fill) < 0.04
            fill = FILL if bare else _cloth(shape.fill)
            yield replace(shape, fill=fill, fill_opacity=min(shape.fill_opacity * 1.5, 1.0), stroke=None, role="fill")
        most = _SKIN if self._skin() or "Face" in place.parts or _eyed(place.parts, "Lid", "Skin") else 1.0
        tone = toned(shape.fill, shape.path, shape.fill_opacity, most)
        darkest = min(max(tone_of(hexed) * alpha for _, hexed, alpha in stops(shape.fill)), most) * shape.fill_opacity
        found = contours(shape.path)
        covers = area(found)
        if self.room and covers > _BROAD:
            tinted = blended(_dusty(shape.fill))
            yield from (replace(one, role="shade") for one in self._hatch(_GLOOMY, _flat(0.2 + darkest), tinted))
        for hatch in _ROOM if self.room else _CAST:
            if darkest > hatch.least and covers > _HATCHED:
                yield from self._hatch(hatch, tone, HATCH if darkest > _NIGHT or not self.room else DUST)
        if self.room and shape.stroke is None and darkest > 0.03 and len(found) < 4 and covers > _OUTLINED:
            yield from self._ribbon(shape.path, 2.6, SOFT, "line", restate=False)

    def _crayon(self) -> Iterator[Shape]:
        shape = self.shape
        faint = shape.fill_opacity < _SOFT_EDGE
        ground = shape.fill_opacity if faint else 1.0
        yield replace(shape, fill=ACCENT_PALE, fill_opacity=ground, stroke=None, role="fill")
        yield from self._hatch(_FAINT if faint else _CRAYON, _flat(0.5), ACCENT_PALE if faint else ACCENT)
        if not self.room and not faint:
            yield from self._hatch(replace(_CRAYON, gap=23, width=5), _flat(0.5), ACCENT_DARK)

    def _lined(self) -> Iterator[Shape]:
        shape, stroke = self.shape, self.shape.stroke
        if stroke is None:
            if shape.role == "line" and shape.fill is not None:
                pale = mean(shape.fill) < _PALE and not self.room
                yield replace(shape, fill=FILL if pale else GRAPHITE, fill_opacity=1.0, role="ink")
            return
        if shape.role == "line" and shape.fill is not None:
            # A shape that is all line, such as lashes: the pencil fills it.
            yield replace(shape, fill=GRAPHITE, fill_opacity=1.0, stroke=None, role="ink")
        dark = mean(stroke.paint)
        if shape.fill is None and ((stroke.width > 12 and dark < 0.25) or _eyed(self.place.parts, "Brow Edge")):
            # A broad pale stroke is a thing of its own, not a line; brows lie over the fringe with an edge of paper.
            yield replace(shape, fill=None, stroke=replace(stroke, paint=FILL, width=stroke.width * 0.9), role="fill")
            return
        if is_accent(stops(stroke.paint)[0][1]) and shape.fill is None:
            yield from self._line(ACCENT, stroke.width)
        elif self.room:
            yield from self._line(mixed(SOFT, GRAPHITE, min(dark, 1.0) * 0.6), min(max(stroke.width * 0.72, 2.6), 12.0))
        elif _eyed(self.place.parts, "Blush", "Cheek", "Cheeks"):
            yield from self._line(BLUE_GREY, 4.0, False)
        elif dark < 0.2:
            # A pale line inside dark ones is the thing's own colour.
            yield replace(shape, fill=None, stroke=replace(stroke, paint=FILL), role="fill")
        else:
            yield from self._line(GRAPHITE if dark > 0.5 else DUST, min(max(stroke.width * 0.95, 2.4), 22.0))

    def _line(self, colour: str, width: float, restate: bool = True) -> Iterator[Shape]:
        yield from self._ribbon(self.shape.path, width, colour, "line", restate)

    def _ribbon(
        self, path: tuple[Command, ...], width: float, colour: str, role: Role, restate: bool = True
    ) -> Iterator[Shape]:
        ribbon = Ribbon(
            width * self.fine, restate=restate, seen=self.seen, press=_PRESS, breaks=_BREAKS if width > _FIRM else 0.0
        )
        drawn = ribbons(path, ribbon, self.place.number, self.place.drawing)
        if drawn:
            yield Shape(drawn, fill=colour, role=role)

    def _hatch(self, hatch: Hatch, tone: Tone, colour: str) -> Iterator[Shape]:
        turned = replace(hatch, angle=hatch.angle - self.place.turn)
        if self.fine < 1:
            gap, width, reach = (value * self.fine for value in (hatch.gap, hatch.width, hatch.reach))
            turned = replace(turned, gap=gap, width=width, reach=reach)
        drawn = hatching(self.shape.path, turned, tone, self.place.number, self.place.drawing)
        for start in range(0, len(drawn), _FILLED_AT_ONCE):
            yield Shape(drawn[start : start + _FILLED_AT_ONCE], fill=colour, role="ink")


def _flat(level: float) -> Tone:
    return lambda points: points[:, 0] * 0 + level


def _repainted(paint: Paint, colour: Callable[[str], str]) -> Paint:
    """A paint with its colours exchanged; as opaque as it was."""
    if isinstance(paint, Gradient):
        return replace(paint, stops=tuple((at, colour(hexed), alpha) for at, hexed, alpha in paint.stops))
    return colour(paint) if isinstance(paint, str) else None


def _dark(hexed: str) -> str:
    """Dust for the dark of a room, where what is a little lighter has to be told from what is darkest."""
    return mixed(PAPER, DUST, min(max(1.15 - luma(hexed) ** 0.5, 0.4), 0.95))


def _cloth(paint: Paint) -> str:
    """Paper as it is under cloth: a little darker than skin, and more so where the paint was dark."""
    return mixed(FILL, CLOTH, min(mean(paint) * 1.5, 1.0))


def _dusty(paint: Paint) -> Paint:
    """Graphite dust on paper, as dark as a paint was."""
    return _repainted(paint, lambda hexed: mixed(PAPER, DUST, min(max(tone_of(hexed) - 0.06, 0.0) * 0.85, 0.85)))


def _smudged(paint: Paint) -> Paint:
    """Graphite rubbed as dark as a paint was, and darker: what is in an eye."""
    return _repainted(paint, lambda hexed: mixed(FILL, GRAPHITE, min(tone_of(hexed) * 1.45, 1.0)))


TREATMENT = Pencil()
