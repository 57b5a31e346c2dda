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
        for grade in reversed(_grades(self.items)):
            tone = Tone(min(grade.saturation, 1.0), grade.veil, grade.colour)
            canvas.saveLayer(None, skia.Paint(ColorFilter=tone.filter()))
        canvas.drawColor(skia.ColorBLACK)
        for item in self.items:
            if isinstance(item, Grade):
                canvas.restore()
            else:
                item.draw(canvas)
        canvas.restoreToCount(depth)

    def centred(self, canvas: Canvas) -> None:
        """Draws it with its middle at the origin."""
        width, height = self.size
        canvas.save()
        canvas.translate(-width / 2, -height / 2)
        self(canvas)
        canvas.restore()


def _grades(items: Sequence[Item | Grade]) -> list[Grade]:
    return [item for item in items if isinstance(item, Grade)]
