"""What a layer inherits from what carries it, and how a thing is laid into the picture with that."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

import skia

from storyreel.stage.camera import Affine
from storyreel.stage.cutting import Cutting, cut_out
from storyreel.stage.display import Bounds, Canvas, Draw, Item
from storyreel.stage.ink import to_matrix
from storyreel.stage.softness import softened
from storyreel.stage.toning import WHITE, Light, Tone
from storyreel.timeline.model import WidgetContent
from storyreel.timeline.track import quantised
from storyreel.treatment.contract import Mood
from storyreel.treatment.widget import Blend, Widget

Solid = Callable[[], skia.Rect | None]
_BLENDS = {
    "over": skia.BlendMode.kSrcOver,
    "plus": skia.BlendMode.kPlus,
    "screen": skia.BlendMode.kScreen,
    "multiply": skia.BlendMode.kMultiply,
}


@dataclass(frozen=True)
class Cut:
    """A frame that clips what it holds: the widget's outline, its state, and where it stands."""

    widget: WidgetContent
    values: tuple[tuple[str, float], ...]
    matrix: Affine


@dataclass(frozen=True)
class Setting:
    """What a layer inherits from what carries it.

    Attributes:
        mood, light: the mood and the light that it stands in.
        tone: what a look that grades pixels draws it through, where a group has a mood of its own.
        soft: how far out of focus it is, as a step of `softness.SIGMAS`.
    """

    matrix: Affine
    opacity: float = 1.0
    cuts: tuple[Cut, ...] = ()
    mood: Mood = field(default_factory=Mood)
    tone: Tone | None = None
    soft: int = 0
    light: Light = WHITE


def rounded(matrix: Affine) -> Affine:
    """On a grid of 1/64, so that what is as good as equal is equal."""
    a, b, c, d, e, f = (quantised(value * 64) / 64 for value in matrix)
    return (a, b, c, d, e, f)


def laid(
    widgets: Mapping[str, Widget],
    key: Hashable,
    setting: Setting,
    paint: Draw,
    blend: Blend = "over",
    cutting: Cutting | None = None,
    solid: Solid | None = None,
) -> Item:
    """A thing as it is laid into the picture: cut, moved, faded, toned, blended; in a look of cells, on whole ones.

    Args:
        solid: what it covers wholly, in its own units, if it does; asked for when it is painted.
    """
    matrix = rounded(setting.matrix if cutting is None else cutting.snapped(setting.matrix))
    opacity = quantised(setting.opacity)
    outlines = [_outline(widgets[cut.widget.kind], cut) for cut in setting.cuts]
    tone, soft = setting.tone, setting.soft if cutting is None else 0
    # Cells that stand in white light are as they should be.
    apart = cutting is not None and cutting.cutout is not None and (cutting.made != "cells" or tone is not None)
    whole = opacity < 1 or blend != "over" or tone is not None

    def draw(canvas: Canvas) -> None:
        canvas.save()
        for outline in outlines:
            canvas.clipPath(outline, doAntiAlias=cutting is None)
        if cutting is not None and apart:
            together = skia.Paint(Alpha=round(opacity * 255), BlendMode=_BLENDS[blend])
            cut_out(canvas, paint, matrix, cutting, tone, together)
            canvas.restore()
            return
        scale = abs(canvas.getTotalMatrix().getScaleX())
        canvas.concat(to_matrix(matrix))
        if whole:
            together = skia.Paint(Alpha=round(opacity * 255), BlendMode=_BLENDS[blend])
            if tone is not None:
                together.setColorFilter(tone.filter())
            canvas.saveLayer(None, together)
        if soft:
            softened(canvas, paint, soft, scale)
        else:
            paint(canvas)
        if whole:
            canvas.restore()
        canvas.restore()

    told: tuple[Hashable, ...] = (key, matrix, opacity, setting.cuts, tone)
    if apart:
        told = (*told, cutting)
    bare = None
    if tone is not None and cutting is None:
        bare = laid(widgets, key, replace(setting, tone=None), paint, blend)
    covers = None
    if solid is not None and opacity == 1 and blend == "over" and cutting is None and not soft:
        covers = partial(_covered, solid, matrix, outlines)
    return Item((*told, soft) if soft else told, draw, _bounds(outlines), blend, tone, bare, covers)


def _covered(solid: Solid, matrix: Affine, outlines: Sequence[skia.Path]) -> tuple[skia.Path, ...]:
    found = solid()
    if found is None:
        return ()
    box = skia.Path.Rect(found)
    box.transform(to_matrix(matrix))
    return (box, *outlines)


@lru_cache(maxsize=64)
def _outline(widget: Widget, cut: Cut) -> skia.Path:
    """The path of a cut in stage units."""
    if widget.outline is None:
        raise TypeError(f"{cut.widget.kind} has no outline to cut to")
    path = skia.Path(widget.outline(dict(cut.widget.settings), dict(cut.values)))
    path.transform(to_matrix(cut.matrix))
    return path


def _bounds(outlines: Sequence[skia.Path]) -> Bounds | None:
    """What lies within all of the outlines' boxes; None where there are no outlines."""
    if not outlines:
        return None
    boxes = [outline.getBounds() for outline in outlines]
    left, top = max(box.left() for box in boxes), max(box.top() for box in boxes)
    right, bottom = min(box.right() for box in boxes), min(box.bottom() for box in boxes)
    return left, top, max(right, left), max(bottom, top)
