"""How a look draws one kind of thing, so that the stage needs not know which look it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from storyreel.puppet.model import Node
from storyreel.timeline.model import Setting
from storyreel.treatment.contract import Kit

if TYPE_CHECKING:
    import skia

Settings: TypeAlias = Mapping[str, Setting]
"""What an author wrote about a widget; never changes over time."""

Values: TypeAlias = Mapping[str, float]
"""A widget's own channels at one frame (`press`, `appear`, `t`, …); a missing one is at its rest."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in stage units."""

Blend = Literal["over", "plus", "screen", "multiply"]

Draw: TypeAlias = "Callable[[skia.Canvas, Settings, Values], None]"
"""Draws around (0, 0) in stage units and leaves the canvas' matrix and clip as they were."""


@dataclass(frozen=True)
class Widget:
    """How a look draws one kind of thing: as shapes, which are treated, or by hand, which is left as it is.

    Attributes:
        draw: by hand; of a frame, what lies behind its children. Equal settings and values give equal pixels.
        bounds: a box that holds all of its ink at every value, generous.
        shapes: as nodes of shapes with roles. What does not change between two values is the same object each time.
        outline: of a frame (a pane, a phone), the shape that clips its children; it may depend on the values.
        front: of a frame, what lies over its children, with values of its own, which the outline reads too.
        size: the width and height of what it takes up, once it is fully there.
        places: boxes in it that are left to others, by name.
        values: the channels it reads. A widget whose values stay the same between two frames draws the same pixels.
        blend: how it is laid on what is below; other than over, it is never on a cel.
    """

    draw: Draw | None = None
    bounds: Callable[[Settings], Box] | None = None
    outline: Callable[[Settings, Values], skia.Path] | None = None
    front: Widget | None = None
    values: tuple[str, ...] = ()
    shapes: Callable[[Settings, Values, Kit], Node] | None = None
    blend: Blend = "over"
    size: Callable[[Settings], tuple[float, float]] | None = None
    places: Callable[[Settings, Kit], Mapping[str, Box]] | None = None
