"""Whole pictures within a picture: of another scene, or of this one, as a layer or in a transition's hands."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import skia

from storyreel.stage.display import Canvas, Grade, Item
from storyreel.stage.toning import Tone


@dataclass(frozen=True)
class WholePicture:
    """All that a scene shows at one frame, drawn into a box of the picture's size with its corner at the origin.

    A grade is a filter here, since there are no painted pixels yet: a level or so off what it makes of those.
    """

    items: tuple[Item | Grade, ...]
    size: tuple[float, float]

    @property
    def key(self) -> Hashable:
        """Equal keys draw equal pictures."""
        return tuple(item.key for item in self.items)

    def __call__(self, canvas: Canvas) -> None:
        """Draws it."""
        depth = canvas.save()
        canvas.clipRect(skia.Rect.MakeWH(*self.size), doAntiAlias=True)
        _drawn(canvas, self.items)
        canvas.restoreToCount(depth)

    def centred(self, canvas: Canvas) -> None:
        """Draws it with its middle at the origin."""
        width, height = self.size
        canvas.save()
        canvas.translate(-width / 2, -height / 2)
        self(canvas)
        canvas.restore()


def _drawn(canvas: Canvas, items: Sequence[Item | Grade]) -> None:
    """Draws things on black, through the grades among them."""
    last = max((at for at, item in enumerate(items) if isinstance(item, Grade)), default=-1)
    grade = items[last] if last >= 0 else None
    if isinstance(grade, Grade):
        below = items[:last]
        if grade.circle is not None:
            _drawn(canvas, below)
        depth = canvas.save()
        limited(canvas, grade)
        tone = Tone(min(grade.saturation, 1.0), grade.veil, grade.colour, grade.light)
        canvas.saveLayer(None, skia.Paint(ColorFilter=tone.filter()))
        _drawn(canvas, below)
        canvas.restoreToCount(depth)
    else:
        canvas.drawColor(skia.ColorBLACK)
    for item in items[last + 1 :]:
        if isinstance(item, Item):
            item.draw(canvas)


def limited(canvas: Canvas, grade: Grade, scale: float = 1.0) -> None:
    """Cuts all that is drawn from here on to the part of the picture that a grade changes."""
    if grade.circle is not None:
        x, y, radius = (at * scale for at in grade.circle)
        part = skia.ClipOp.kDifference if grade.outside else skia.ClipOp.kIntersect
        canvas.clipPath(skia.Path.Circle(x, y, radius), part, True)
