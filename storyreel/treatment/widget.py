"""The pen's contract: what a look hands to the stage so that widgets can be drawn without knowing which look it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from storyreel.timeline.model import Setting

if TYPE_CHECKING:
    import skia

Settings: TypeAlias = Mapping[str, Setting]
"""What an author wrote about a widget; never changes over time."""

Values: TypeAlias = Mapping[str, float]
"""A widget's own channels at one frame (`press`, `appear`, `t`, …); a missing one is at its rest."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in stage units."""

Draw: TypeAlias = "Callable[[skia.Canvas, Settings, Values], None]"
"""Draws around (0, 0) in stage units and leaves the canvas' matrix and clip as they were."""


@dataclass(frozen=True)
class Widget:
    """How a look draws one kind of thing.

    Attributes:
        draw: the thing itself; of a frame, what lies behind its children. Equal settings and values give equal pixels.
        bounds: a box that holds all of its ink at every value, generous.
        outline: of a frame (a pane, a phone), the shape that clips its children; it may depend on the values.
        front: of a frame, what lies over its children.
        edge: of a frame, the values that its outline and its front read, where they are fewer than `values`.
        size: the width and height of what it takes up, once it is fully there.
        values: the channels it reads. A widget whose values stay the same between two frames draws the same pixels.
    """

    draw: Draw
    bounds: Callable[[Settings], Box]
    outline: Callable[[Settings, Values], skia.Path] | None = None
    front: Draw | None = None
    values: tuple[str, ...] = ()
    edge: tuple[str, ...] | None = None
    size: Callable[[Settings], tuple[float, float]] | None = None
