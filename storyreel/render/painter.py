"""Paints display lists with Skia into numpy buffers.

Every item is recorded once as a Skia picture and played from there, clipped to the whole pixels that hold all of its
ink, whoever paints it: a frame alone, a run of frames, a preview. (Skia paints a recorded layer of one shape a little
differently from the same calls made directly, so there is only this one way.) What an item does to a pixel then
depends on the item and on that pixel alone, and so pixels can be painted again by themselves.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import skia

from storyreel.render.damage import Rect, differing, merged
from storyreel.render.encode import Pixels
from storyreel.timeline.model import Timeline

if TYPE_CHECKING:
    from storyreel.stage.compose import DisplayList, Item

Fingerprint = tuple[Hashable, ...]

MOSTLY = 0.7
"""Where more than this share of the picture has changed, all of it is painted again."""


def fingerprint(display: DisplayList) -> Fingerprint:
    """What a display list will paint: equal fingerprints paint equal pictures."""
    return tuple(item.key for item in display.items)


def blank(timeline: Timeline) -> Pixels:
    """A buffer for one frame."""
    return np.zeros((timeline.height, timeline.width, 4), np.uint8)


def surface(pixels: Pixels) -> Any:
    """A Skia surface that draws straight into the buffer, which must outlive it."""
    height, width = pixels.shape[:2]
    info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    return skia.Surface.MakeRasterDirect(info, pixels)


@dataclass(frozen=True)
class Recorded:
    """An item, ready to be painted: its picture in pixels, and the pixels that hold its ink (strokes included)."""

    key: Hashable
    picture: Any
    rect: Rect

    def play(self, canvas: Any) -> None:
        """Paints the item."""
        canvas.save()
        canvas.clipRect(skia.Rect.MakeLTRB(*self.rect))
        self.picture.playback(canvas)
        canvas.restore()


class _Unrolling:
    """A recording canvas that takes what recorded pictures hold instead of the pictures themselves.

    A picture inside a picture counts as ink as large as the box it was once recorded in; its strokes and fills don't.
    """

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas

    def __getattr__(self, name: str) -> Any:
        return getattr(self._canvas, name)

    def drawPicture(self, picture: Any, matrix: Any = None, paint: Any = None) -> None:  # noqa: N802 -- Skia's name
        canvas = self._canvas
        if paint is not None:
            canvas.drawPicture(picture, matrix, paint)
            return
        canvas.save()
        if matrix is not None:
            canvas.concat(matrix)
        picture.playback(canvas)
        canvas.restore()


class _Layer:
    """A buffer and its canvas."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.pixels: Pixels = np.zeros(shape, np.uint8)
        self._surface = surface(self.pixels)
        self.canvas = self._surface.getCanvas()

    def take(self, source: Pixels, rects: Sequence[Rect]) -> None:
        for left, top, right, bottom in rects:
            self.pixels[top:bottom, left:right] = source[top:bottom, left:right]


class Painter:
    """Paints a run of display lists, one after another, and paints again only what has changed since the last one.

    `pixels` holds the picture: opaque BGRA, shape (height, width, 4). `scale` is pixels a stage unit. However little
    is painted, the picture is the one that a new painter would paint.
    """

    def __init__(self, width: int, height: int, scale: float) -> None:
        self._frame = Rect(0, 0, width, height)
        self._scale = scale
        self._shape = (height, width, 4)
        self._picture = _Layer(self._shape)
        self._black: Pixels = np.zeros(self._shape, np.uint8)
        self._black[..., 3] = 255
        self._recorder = skia.PictureRecorder()
        self._trees = skia.RTreeFactory()
        self._shown: list[Recorded] | None = None
        self._plate: _Layer | None = None
        self._plated: Fingerprint = ()
        self._scratch: _Layer | None = None

    @property
    def pixels(self) -> Pixels:
        """The picture; it changes with every `show`."""
        return self._picture.pixels

    def show(self, display: DisplayList, plate: int = 0) -> list[Rect]:
        """Paints a display list; gives the rectangles whose pixels may have changed.

        Args:
            plate: so many items from the bottom up will stay the same for a while, and are worth keeping as one image.
        """
        old = self._shown
        keys = fingerprint(display)
        if old is None:
            new = [self._record(item) for item in display.items]
            changed = [self._frame]
        else:
            was = [item.key for item in old]
            gone, come = differing(was, keys)
            known = {item.key: item for item in old}
            arrived = set(come)
            new = [
                self._record(item) if index in arrived else known[item.key] for index, item in enumerate(display.items)
            ]
            changed = merged([*(old[i].rect for i in gone), *(new[i].rect for i in come)])
        self._shown = new
        if not changed:
            return []
        if sum(rect.area for rect in changed) > MOSTLY * self._frame.area:
            changed = [self._frame]
        self._lay_plate(new, keys, plate)
        self._paint(new, changed)
        return changed

    def _record(self, item: Item) -> Recorded:
        canvas = self._recorder.beginRecording(skia.Rect.MakeLTRB(*self._frame), self._trees())
        canvas.scale(self._scale, self._scale)
        item.draw(_Unrolling(canvas))
        picture = self._recorder.finishRecordingAsPicture()
        ink = picture.cullRect()
        rect = Rect(
            max(math.floor(ink.left()) - 1, 0),
            max(math.floor(ink.top()) - 1, 0),
            min(math.ceil(ink.right()) + 1, self._frame.right),
            min(math.ceil(ink.bottom()) + 1, self._frame.bottom),
        )
        return Recorded(item.key, picture, rect if not ink.isEmpty() else Rect(0, 0, 0, 0))

    def _lay_plate(self, items: Sequence[Recorded], keys: Fingerprint, depth: int) -> None:
        """Keeps a plate as long as it is true, and makes it deeper where more stays the same than it holds."""
        if keys[: len(self._plated)] != self._plated:
            self._plated = ()
        if depth <= len(self._plated):
            return
        if self._plate is None:
            self._plate = _Layer(self._shape)
        if not self._plated:
            self._plate.pixels[...] = self._black
        for item in items[len(self._plated) : depth]:
            item.play(self._plate.canvas)
        self._plated = keys[:depth]

    def _paint(self, items: Sequence[Recorded], rects: Sequence[Rect]) -> None:
        """Paints the rectangles anew: every item that meets them whole, so that no clip cuts a shape."""
        base = self._plate.pixels if self._plate is not None and self._plated else self._black
        above = items[len(self._plated) :]
        if rects[0] == self._frame:
            self.pixels[...] = base
            for item in above:
                item.play(self._picture.canvas)
            return
        if self._scratch is None:
            self._scratch = _Layer(self._shape)
        self._scratch.take(base, rects)
        for item in above:
            if any(item.rect.meets(rect) for rect in rects):
                item.play(self._scratch.canvas)
        self._picture.take(self._scratch.pixels, rects)


def paint(timeline: Timeline, frame: int, pixels: Pixels, captions: bool = True) -> None:
    """Paints one film frame into a premultiplied BGRA buffer of shape (height, width, 4).

    Raises:
        IndexError: the film has no such frame.
    """
    from storyreel.stage.compose import compose

    painter = Painter(timeline.width, timeline.height, timeline.scale)
    painter.show(compose(timeline, frame, captions))
    pixels[...] = painter.pixels
