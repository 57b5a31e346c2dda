"""Items as Skia pictures, and what each of them covers: what lies below that is not seen."""

from __future__ import annotations

import math
from typing import Any, cast

import skia

from storyreel.paint.damage import NOWHERE, Rect
from storyreel.stage.display import Item
from storyreel.stage.solid import solid

_TREES = skia.RTreeFactory()
_NONE = 1e-3
"""So little of a pixel is as good as none."""


class _Unrolling:
    """A recording canvas that takes what recorded pictures hold instead of the pictures themselves.

    A picture inside a picture counts as ink as large as the box it was once recorded in; its strokes and fills don't.
    It knows what opaque images cover: `solid` are those areas, in pixels.
    """

    def __init__(self, canvas: skia.Canvas) -> None:
        self._canvas = canvas
        self.solid: list[Rect] = []
        self._plain: int | None = None
        """At so many saves, and fewer, there is no layer and no path that cuts; None: at any."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._canvas, name)

    def saveLayer(self, *args: Any, **kwargs: Any) -> int:  # noqa: N802 -- Skia's name, as below
        return self._wrapped(self._canvas.saveLayer(*args, **kwargs))

    def saveLayerAlpha(self, *args: Any, **kwargs: Any) -> int:  # noqa: N802
        return self._wrapped(self._canvas.saveLayerAlpha(*args, **kwargs))

    def clipPath(self, *args: Any, **kwargs: Any) -> None:  # noqa: N802
        self._wrapped(self._canvas.getSaveCount() - 1)
        self._canvas.clipPath(*args, **kwargs)

    def clipRect(self, rect: skia.Rect, *how: Any, **more: Any) -> None:  # noqa: N802
        if how or more.get("doAntiAlias"):
            self._wrapped(self._canvas.getSaveCount() - 1)
        self._canvas.clipRect(rect, *how, **more)

    def drawImage(  # noqa: N802
        self, image: skia.Image, left: float = 0, top: float = 0, *how: Any, **more: Any
    ) -> None:
        self._canvas.drawImage(image, left, top, *how, **more)
        found = solid(image) if len(how) < 2 and not more else None
        if found is not None and (self._plain is None or self._canvas.getSaveCount() <= self._plain):
            self._note(found.makeOffset(left, top))

    def drawPicture(  # noqa: N802
        self, picture: skia.Picture, matrix: skia.Matrix | None = None, paint: skia.Paint | None = None
    ) -> None:
        canvas = self._canvas
        if paint is not None:
            canvas.drawPicture(picture, matrix, paint)
            return
        canvas.save()
        if matrix is not None:
            canvas.concat(matrix)
        picture.playback(canvas)
        canvas.restore()

    def _wrapped(self, count: int) -> int:
        if self._plain is None or self._canvas.getSaveCount() <= self._plain:
            self._plain = count
        return count

    def _note(self, area: skia.Rect) -> None:
        matrix = self._canvas.getTotalMatrix()
        if not matrix.isScaleTranslate():
            return
        placed = matrix.mapRect(area)
        whole = matrix.isTranslate() and all(abs(at - round(at)) < _NONE for at in (placed.left(), placed.top()))
        # Between pixels what is opaque is mixed at its edges with what isn't.
        edge = -_NONE if whole else 1.0
        clip = self._canvas.getDeviceClipBounds()
        self.solid.append(
            Rect(
                max(math.ceil(placed.left() + edge), clip.left()),
                max(math.ceil(placed.top() + edge), clip.top()),
                min(math.floor(placed.right() - edge), clip.right()),
                min(math.floor(placed.bottom() - edge), clip.bottom()),
            )
        )


def recorded(
    item: Item, room: Rect, scale: float, recorder: skia.PictureRecorder
) -> tuple[skia.Picture, skia.Rect, Rect]:
    """An item's picture in pixels, as far as it lies in some room; the bounds of its ink there (strokes included); and
    the most of it that covers what is below.

    Args:
        scale: pixels a stage unit.
    """
    canvas = _Unrolling(recorder.beginRecording(skia.Rect.MakeLTRB(*room), _TREES()))
    canvas.scale(scale, scale)
    item.draw(cast("skia.Canvas", canvas))
    picture = recorder.finishRecordingAsPicture()
    ink = picture.cullRect()
    if item.within is not None and not ink.intersect(skia.Rect.MakeLTRB(*(at * scale for at in item.within))):
        ink.setEmpty()
    return picture, ink, _most(canvas.solid) if item.within is None and item.blend == "over" else NOWHERE


def _most(areas: list[Rect]) -> Rect:
    """The largest of some areas."""
    return max(areas, key=lambda area: area.area, default=NOWHERE)
