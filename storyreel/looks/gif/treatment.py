"""How a drawing becomes cells: flat colours of the palette, one line of a cell round every figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from storyreel.looks.gif.palette import COLOURS, nearest
from storyreel.puppet.model import Gradient, Shape
from storyreel.timeline.model import Kind
from storyreel.treatment.contract import Edge, Mood, Place
from storyreel.treatment.roles import Role
from storyreel.treatment.tones import blended, luma, mixed

_THIN = 12.0
"""A line up to this width, in units of its drawing, is one cell wide, however near it is; a wider one is a limb."""

_FADING = 0.7
"""What is less opaque than this somewhere is a light."""
_PLAIN = Mood()
_GLOOM, _COLD, _WARM = COLOURS["N"], COLOURS["I"], COLOURS["C"]
"""Where colours go as a story gets gloomy, cold or warm, and how far at the most."""
_GLOOMY, _TEMPERED = 0.75, 0.4


def _seen(hexed: str, mood: Mood) -> str:
    """A colour as the story's light has it."""
    grey = f"{round(255 * luma(hexed)):02X}" * 3
    seen = mixed(hexed, f"#{grey}", 1 - min(max(mood.saturation, 0.0), 1.0))
    seen = mixed(seen, _GLOOM, _GLOOMY * min(max(mood.tint, 0.0), 1.0))
    return mixed(seen, _WARM if mood.warmth > 0 else _COLD, _TEMPERED * min(abs(mood.warmth), 1.0))


def _fades(fill: Gradient) -> bool:
    """Whether a gradient is a light, which goes over into what lies below it."""
    return min(alpha for _, _, alpha in fill.stops) < _FADING


@dataclass(frozen=True)
class Pixels:
    """Flat fills in colours of the palette; gradients are broken by the finish alone, and only in a set."""

    redraws: bool = True
    step: float = 0.0
    images: frozenset[Kind] = frozenset()
    smooth: bool = False

    def shape(self, shape: Shape, place: Place) -> Iterable[Shape]:
        """Its flat colour."""
        if place.kind != "set" and isinstance(shape.fill, Gradient) and not _fades(shape.fill):
            shape = replace(shape, fill=blended(shape.fill))
        stroke = shape.stroke
        if stroke is not None and stroke.width <= _THIN:
            shape = replace(shape, stroke=replace(stroke, width=0.0))
        return (shape,)

    def part(self, outline: Shape, place: Place) -> Iterable[Shape]:
        """Nothing."""
        return ()

    def colour(self, hexed: str, role: Role, place: Place, mood: Mood) -> str:
        """The nearest of the sixteen to what it is seen as."""
        return nearest(_seen(hexed, mood)) if mood != _PLAIN else nearest(hexed)

    def edges(self, place: Place) -> Sequence[Edge]:
        """None: a line of cells is laid round what is cut out."""
        return ()


TREATMENT = Pixels()
