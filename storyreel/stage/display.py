"""The display list: what is on screen at one frame, back to front, as data for whoever paints it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from storyreel.treatment.contract import Mood
from storyreel.treatment.widget import Blend

if TYPE_CHECKING:
    import skia

    from storyreel.stage.toning import Tone

Canvas: TypeAlias = "skia.Canvas"
Draw: TypeAlias = Callable[[Canvas], None]
Bounds = tuple[float, float, float, float]
Circle = tuple[float, float, float]
"""A middle, across and down, and a radius."""
Parts: TypeAlias = Callable[[], Mapping[str, Bounds]]
"""Where the parts of a body are in the picture, by name, in stage units; worked out when it is asked for."""


CAPTION = "caption"
"""The name of what is said, as it is written into the picture."""


@dataclass(frozen=True)
class Item:
    """One thing to paint; equal keys paint equal pixels over equal pixels.

    Attributes:
        within: what it is cut to, if it is: left, top, right, bottom.
        blend: how it is laid on what is below; other than over, it can't be painted without that.
        tone: what it is drawn through, if it is; `bare` is it without that.
        covers: gives paths, in stage units: what lies within all of them, where there are any, is hidden by it wholly.
        name, kind: the layer that it is of, for whoever asks what is where; nothing is painted by them.
        parts: those of a body that is drawn in parts.
    """

    key: Hashable
    draw: Draw
    within: Bounds | None = None
    blend: Blend = "over"
    tone: Tone | None = None
    bare: Item | None = None
    covers: Callable[[], Sequence[skia.Path]] | None = None
    name: str = ""
    kind: str = ""
    parts: Parts | None = None


@dataclass(frozen=True)
class Grade:
    """Takes colour out of all that lies below it.

    Attributes:
        saturation: what is left of it, 0 (greys of the same luma) to 1.
        veil: how much of `colour` (0xFFRRGGBB) is laid over that, 0 to 1.
        circle: the only part of the picture that it changes, if there is one; `outside`: the only one that it doesn't.
        light: what is left then of red, green and blue, each from 0 to 1.
    """

    saturation: float
    veil: float
    colour: int
    circle: Circle | None = None
    outside: bool = False
    light: tuple[float, float, float] = (1.0, 1.0, 1.0)

    @property
    def key(self) -> Hashable:
        """As an item's."""
        return self


@dataclass(frozen=True)
class DisplayList:
    """Everything on screen at one frame, back to front, in stage units.

    Attributes:
        mood, drawing: what the look's finish is told of the frame: its mood in eighths, and the drawing of the boil of
            a set, which is what fills the picture. Without a finish they stay as they are here.
        fine: whether it is painted in the film's own pixels and colours, whatever the look's finish does.
    """

    items: tuple[Item | Grade, ...]
    mood: Mood = field(default_factory=Mood)
    drawing: int = 0
    fine: bool = False
