"""Items as Skia pictures, and what each of them covers: what lies below that is not seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, cast

import skia

from storyreel.paint.damage import NOWHERE, Rect
from storyreel.stage.display import Item
from storyreel.stage.solid import solid

_TREES = skia.RTreeFactory()
_NONE = 1e-3
"""So little of a pixel is as good as none."""
_FULL = 255


class _Unrolling:
    """A recording canvas that takes what recorded pictures hold instead of the pictures themselves.

    A picture inside a picture counts as ink as large as the box it was once recorded in; its strokes and fills don't.
    It knows what opaque images cover: `solid` are those areas, in pixels.
    """

    def __init__(self, canvas: skia.Canvas) -> None:
        self._canvas, self._room = canvas, canvas.getDeviceClipBounds()
        self.solid: list[Rect] = []
        self._plain: int | None = None
        """At so many saves, and fewer, there is no layer, and nothing that cuts but boxes; None: at any."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._canvas, name)

    def saveLayer(self, *args: Any, **kwargs: Any) -> int:  # noqa: N802 -- Skia's name, as below
        return self._wrapped(self._canvas.saveLayer(*args, **kwargs))

    def saveLayerAlpha(self, *args: Any, **kwargs: Any) -> int:  # noqa: N802
        return self._wrapped(self._canvas.saveLayerAlpha(*args, **kwargs))

    def clipPath(self, path: skia.Path, *how: Any, **more: Any) -> None:  # noqa: N802
        self._clipped(
            path.isRect(), (*how, *more.values()), path.conservativelyContainsRect(self._canvas.getLocalClipBounds())
        )
        self._canvas.clipPath(path, *how, **more)

    def clipRect(self, rect: skia.Rect, *how: Any, **more: Any) -> None:  # noqa: N802
        self._clipped(True, (*how, *more.values()))
        self._canvas.clipRect(rect, *how, **more)

    def drawImage(  # noqa: N802
        self, image: skia.Image, left: float = 0, top: float = 0, *how: Any, **more: Any
    ) -> None:
        self._canvas.drawImage(image, left, top, *how, **more)
        found = solid(image) if len(how) < 2 and not more else None
        if found is not None and self._is_plain():
            self._note(found.makeOffset(left, top))

    def drawImageRect(self, image: skia.Image, *args: Any, **kwargs: Any) -> None:  # noqa: N802
        self._canvas.drawImageRect(image, *args, **kwargs)
        whole = skia.Rect.Make(image.bounds())
        found = whole if image.isOpaque() else solid(image)
        if found is None or kwargs or not self._is_plain() or not all(map(_lays, args)):
            return
        source, target = args[:2] if isinstance(args[1], skia.Rect) else (whole, args[0])
        placed = skia.Matrix()
        if placed.setRectToRect(source, target, skia.Matrix.kFill_ScaleToFit) and found.intersect(source):
            hard = any(isinstance(how, skia.SamplingOptions) and how.filter == skia.FilterMode.kNearest for how in args)
            self._note(placed.mapRect(found), hard or image.isOpaque())

    def drawRect(self, rect: skia.Rect, paint: skia.Paint) -> None:  # noqa: N802
        self._canvas.drawRect(rect, paint)
        if self._is_plain() and _lays(paint) and paint.getStyle() == skia.Paint.kFill_Style and not paint.getShader():
            self._note(rect, True)

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

    def _is_plain(self) -> bool:
        return self._plain is None or self._canvas.getSaveCount() <= self._plain

    def _clipped(self, boxed: bool, how: Sequence[Any], whole: bool = False) -> None:
        """What is drawn from now on is cut to a path: one that is a box, or one that holds all there is besides."""
        upright = boxed and self._canvas.getTotalMatrix().isScaleTranslate()
        if skia.ClipOp.kDifference in how or not (upright or whole):
            self._wrapped(self._canvas.getSaveCount() - 1)

    def _wrapped(self, count: int) -> int:
        if self._is_plain():
            self._plain = count
        return count

    def _note(self, area: skia.Rect, hard: bool = False) -> None:
        """Notes an area that is covered; `hard`: to its very edges, wherever those lie."""
        matrix = self._canvas.getTotalMatrix()
        if not matrix.isScaleTranslate():
            return
        placed = matrix.mapRect(area)
        ends = placed.left(), placed.top(), placed.right(), placed.bottom()
        whole = matrix.isTranslate() and all(abs(at - round(at)) < _NONE for at in ends)
        # Between pixels what is opaque is mixed at its edges with what isn't.
        edge = -_NONE if whole or hard else 1.0
        clip, room = self._canvas.getDeviceClipBounds(), self._room
        self.solid.append(
            Rect(
                max(math.ceil(ends[0] + edge), clip.left() + (clip.left() > room.left())),
                max(math.ceil(ends[1] + edge), clip.top() + (clip.top() > room.top())),
                min(math.floor(ends[2] - edge), clip.right() - (clip.right() < room.right())),
                min(math.floor(ends[3] - edge), clip.bottom() - (clip.bottom() < room.bottom())),
            )
        )


def _lays(how: Any) -> bool:
    """Whether what is drawn so is laid over what is below as it is: anything but a paint says nothing of that."""
    return not isinstance(how, skia.Paint) or (
        how.getAlpha() == _FULL
        and how.getBlendMode() == skia.BlendMode.kSrcOver
        and not (how.getColorFilter() or how.getMaskFilter() or how.getImageFilter() or how.getPathEffect())
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
    return picture, ink, _most(canvas.solid) if item.blend == "over" else NOWHERE


def _most(areas: list[Rect]) -> Rect:
    """The largest of some areas."""
    return max(areas, key=lambda area: area.area, default=NOWHERE)
