"""Paints display lists with Skia into numpy buffers.

Every item is recorded once as a Skia picture and played from there, clipped to the whole pixels that hold all of its
ink, whoever paints it: a frame alone, a run of frames, a preview. (Skia paints a recorded layer of one shape a little
differently from the same calls made directly, so there is only this one way.) What is held over a block of frames is
painted once, into the plate at the bottom or into a cel. What a unit (an item that moves, a cel) does to a pixel then
depends on the unit and on that pixel alone, and so pixels can be painted again by themselves.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
import skia
from numpy.typing import NDArray

from storyreel.paint.cels import block, held, runs
from storyreel.paint.damage import MOSTLY, NOWHERE, Rect, differing, merged
from storyreel.paint.finish import Finisher, cells
from storyreel.paint.grading import grade
from storyreel.paint.hidden import rooms
from storyreel.paint.recording import recorded
from storyreel.paint.surface import Layer, Pixels
from storyreel.stage.compose import compose
from storyreel.stage.display import DisplayList, Grade, Item
from storyreel.timeline.model import Timeline
from storyreel.treatment.contract import Finish
from storyreel.treatment.look import Pen

Fingerprint = tuple[Hashable, ...]

_OPAQUE_BLACK = 0xFF000000


def fingerprint(display: DisplayList) -> Fingerprint:
    """What a display list will paint: equal fingerprints paint equal pictures."""
    return tuple(item.key for item in display.items)


def blank(timeline: Timeline) -> Pixels:
    """A buffer for one frame."""
    return np.zeros((timeline.height, timeline.width, 4), np.uint8)


class Unit(Protocol):
    """Something to paint: a key that says what, and the pixels that hold its ink."""

    @property
    def key(self) -> Hashable: ...

    @property
    def rect(self) -> Rect: ...

    def play(self, layer: Layer, rects: Sequence[Rect]) -> None:
        """Paints it; pixels outside the rectangles don't matter."""


@dataclass(frozen=True)
class Recorded:
    """An item, ready to be painted: its picture in pixels, and the pixels that hold its ink (strokes included)."""

    key: Hashable
    picture: skia.Picture
    rect: Rect
    covers: bool = True
    """Whether it is laid over what is below, so that it can be painted without that."""
    solid: Rect = NOWHERE
    """Nothing below is seen there."""

    def play(self, layer: Layer, rects: Sequence[Rect]) -> None:
        """Paints the item."""
        if not self.rect.area:
            return
        canvas = layer.canvas
        canvas.save()
        canvas.clipRect(skia.Rect.MakeLTRB(*self.rect))
        self.picture.playback(canvas)
        canvas.restore()


@dataclass(frozen=True)
class Graded:
    """A grade over the whole picture: it changes what lies below instead of covering it, so it is never on a cel."""

    grade: Grade
    rect: Rect
    scale: float

    @property
    def key(self) -> Hashable:
        """The grade's own."""
        return self.grade.key

    def play(self, layer: Layer, rects: Sequence[Rect]) -> None:
        """Grades what is painted so far."""
        for rect in rects:
            grade(layer, rect, self.grade, self.scale)


def cel_key(items: Sequence[Recorded]) -> Hashable:
    """The key of a cel by what is on it."""
    return ("cel", *(item.key for item in items))


class Cel:
    """Neighbouring items that are held, as transparent images: one for each place where there are some."""

    def __init__(self, items: Sequence[Recorded]) -> None:
        self.key: Hashable = cel_key(items)
        places = merged(item.rect for item in items)
        self.rect = functools.reduce(Rect.union, places) if places else NOWHERE
        self.solid = max((item.solid for item in items), key=lambda solid: solid.area, default=NOWHERE)
        self._images: list[tuple[Rect, Pixels, Any]] = []
        # One image of all would mostly be empty where they stand apart, and costs by its size.
        for place in places:
            layer = Layer(place.right - place.left, place.bottom - place.top)
            layer.canvas.translate(-place.left, -place.top)
            for item in items:
                if item.rect.meets(place):
                    item.play(layer, (item.rect,))
            kinds = skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType
            image = skia.Image.fromarray(layer.pixels, *kinds, copy=False)
            self._images.append((place, layer.pixels, image))

    def play(self, layer: Layer, rects: Sequence[Rect]) -> None:
        """Lays the images down."""
        for place, _, image in self._images:
            layer.canvas.drawImage(image, place.left, place.top)


def alone(items: Sequence[Item], width: int, height: int, scale: float) -> NDArray[np.uint8]:
    """Things with nothing behind them, as RGBA of shape (height, width, 4), not premultiplied."""
    layer, recorder = Layer(width, height), skia.PictureRecorder()
    for item in items:
        picture, *_ = recorded(item, Rect(0, 0, width, height), scale, recorder)
        picture.playback(layer.canvas)
    alpha = layer.pixels[..., 3:].astype(np.uint16)
    colours = layer.pixels[..., 2::-1].astype(np.uint16) * 255 // np.maximum(alpha, 1)
    return np.concatenate((np.minimum(colours, 255), alpha), axis=2).astype(np.uint8)


class Painter:
    """Paints a run of display lists, one after another, and paints again only what has changed since the last one.

    `pixels` holds the picture: opaque BGRA, shape (height, width, 4). `scale` is pixels a stage unit. However little
    is painted, the picture is the one that a new painter would paint.

    A look's finish gets what is painted, at its own size where it works in cells, and makes the picture of it.
    """

    def __init__(self, width: int, height: int, scale: float, finish: Finish | None = None) -> None:
        cell, across, down = cells(finish, width, height)
        self._finisher = Finisher(finish, width, height) if finish is not None else None
        self._fine: Painter | None = None
        self._is_fine = False
        self._size = width, height, scale
        self._frame = Rect(0, 0, across, down)
        self._scale = scale / cell
        self._picture = Layer(across, down)
        self._black: Pixels = np.zeros((down, across, 4), np.uint8)
        self._black[..., 3] = 255
        self._recorder = skia.PictureRecorder()
        self._items: dict[Hashable, Recorded | Graded] = {}
        self._cels: dict[Hashable, Cel] = {}
        self._shown: list[Unit] | None = None
        self._plate: Layer | None = None
        self._plated: Fingerprint = ()
        self._scratch: Layer | None = None

    @property
    def pixels(self) -> Pixels:
        """The picture; it changes with every `show`."""
        if self._fine is not None and self._is_fine:
            return self._fine.pixels
        return self._picture.pixels if self._finisher is None else self._finisher.pixels

    def show(self, display: DisplayList, holding: Collection[Hashable] = frozenset()) -> list[Rect]:
        """Paints a display list; gives the rectangles whose pixels may have changed.

        Args:
            holding: the keys that are held over the frame's block (`storyreel.paint.cels`).
        """
        if self._finisher is not None and (display.fine or self._is_fine):
            return self._show_fine(display, holding)
        changed = self._show(display, holding)
        if self._finisher is None:
            return changed
        return self._finisher.show(self._picture.pixels, changed, display.mood, display.drawing)

    def _show_fine(self, display: DisplayList, holding: Collection[Hashable]) -> list[Rect]:
        """Paints a display list past the finish, or the first one after such that isn't."""
        turned, self._is_fine = self._is_fine != display.fine, display.fine
        if self._fine is None:
            self._fine = Painter(*self._size)
        changed = self._fine.show(display, holding) if display.fine else self.show(display, holding)
        return [Rect(0, 0, *self._size[:2])] if turned else changed

    def _show(self, display: DisplayList, holding: Collection[Hashable]) -> list[Rect]:
        """Paints a display list; gives the rectangles, in painted pixels, that it has painted."""
        plate, above = self._units(self._seen(display, holding), holding)
        old, new = self._shown, [*plate, *above]
        self._shown = new
        if old is None:
            changed = [self._frame]
        else:
            gone, come = differing([unit.key for unit in old], [unit.key for unit in new])
            changed = merged([*(old[i].rect for i in gone), *(new[i].rect for i in come)])
        if not changed:
            return []
        if sum(rect.area for rect in changed) > MOSTLY * self._frame.area:
            changed = [self._frame]
        self._lay_plate(plate)
        self._paint(above, changed)
        return changed

    def _seen(self, display: DisplayList, holding: Collection[Hashable]) -> list[Recorded | Graded]:
        """All of a display list that can be seen, as far as it can: what is opaque hides what lies below it."""
        known, self._items = self._items, {}
        found, left = [], self._frame
        below = zip(display.items, rooms(display.items, self._frame, self._scale), strict=True)
        for item, room in reversed(list(below)):
            # What is held is painted for all of its block; what hides it may not be.
            whole = room == self._frame or item.key in holding
            if not (whole or room.area):
                continue
            key = item.key if whole else (item.key, room)
            if key not in self._items:
                self._items[key] = known.get(key) or self._record(item, self._frame if whole else room, key)
            one = self._items[key]
            found.append(one)
            if isinstance(one, Recorded):
                left = left.without(one.solid)
                if not left.area:
                    break
        return found[::-1]

    def _record(self, item: Item | Grade, room: Rect, key: Hashable) -> Recorded | Graded:
        """A thing, ready to be painted, as far as it can be seen."""
        if isinstance(item, Grade):
            return Graded(item, self._frame, self._scale)
        # The images that others are copied from are kept by what of them lies in the frame.
        seen = room if item.parts is not None else self._frame
        picture, ink, solid = recorded(item, seen, self._scale, self._recorder)
        rect = Rect(
            max(math.floor(ink.left()) - 1, room.left),
            max(math.floor(ink.top()) - 1, room.top),
            min(math.ceil(ink.right()) + 1, room.right),
            min(math.ceil(ink.bottom()) + 1, room.bottom),
        )
        if ink.isEmpty() or not rect.area:
            rect = NOWHERE
        return Recorded(key, picture, rect, item.blend == "over", solid)

    def _units(
        self, items: Sequence[Recorded | Graded], holding: Collection[Hashable]
    ) -> tuple[Sequence[Recorded | Graded], list[Unit]]:
        """The items of the plate, and what lies above it: items that move, and cels of items that are held."""
        keys = [item.key for item in items]
        depth = next((index for index, key in enumerate(keys) if key not in holding), len(keys))
        above: list[Unit] = []
        cels: dict[Hashable, Cel] = {}
        covering = {item.key for item in items if isinstance(item, Recorded) and item.covers}
        for run in runs(keys[depth:], covering.intersection(holding)):
            part = items[depth + run.start : depth + run.end]
            if run.held:
                drawn = [item for item in part if isinstance(item, Recorded)]
                name = cel_key(drawn)
                cels[name] = self._cels.get(name) or Cel(drawn)
                above.append(cels[name])
            else:
                above += part
        self._cels = cels
        return items[:depth], above

    def _lay_plate(self, items: Sequence[Unit]) -> None:
        """Paints the plate anew, unless it only goes on where it ended."""
        keys = tuple(item.key for item in items)
        if keys == self._plated:
            return
        if self._plate is None:
            self._plate = Layer(*self._frame[2:])
        if not self._plated or keys[: len(self._plated)] != self._plated:
            self._plated = ()
            self._plate.pixels[...] = self._black
        for item in items[len(self._plated) :]:
            item.play(self._plate, (self._frame,))
        self._plated = keys

    def _paint(self, units: Sequence[Unit], rects: Sequence[Rect]) -> None:
        """Paints the rectangles anew: every unit that meets them whole, so that no clip cuts a shape."""
        units = _seen(units)
        base = self._plate.pixels if self._plate is not None and self._plated else self._black
        if rects[0] == self._frame:
            if base is self._black:
                self._picture.pixels.view(np.uint32).fill(_OPAQUE_BLACK)  # in half the time of a copy
            else:
                self._picture.pixels[...] = base
            for unit in units:
                unit.play(self._picture, rects)
            return
        if self._scratch is None:
            self._scratch = Layer(*self._frame[2:])
        self._scratch.take(base, rects)
        for unit in units:
            if any(unit.rect.meets(rect) for rect in rects):
                unit.play(self._scratch, rects)
        self._picture.take(self._scratch.pixels, rects)


def _seen(units: Sequence[Unit]) -> list[Unit]:
    """Units without what of them, or which of them, lies below something that covers it."""
    found: list[Unit] = []
    solids: list[Rect] = []
    for unit in reversed(units):
        if isinstance(unit, Recorded):
            rect = functools.reduce(Rect.without, solids, unit.rect)
            if unit.solid.area:
                solids.append(unit.solid)
            if not rect.area:
                continue
            found.append(unit if rect == unit.rect else replace(unit, rect=rect))
        else:
            if isinstance(unit, Cel) and unit.solid.area:
                solids.append(unit.solid)
            found.append(unit)
    return found[::-1]


def paint(timeline: Timeline, pen: Pen, frame: int, pixels: Pixels, captions: bool = True) -> None:
    """Paints one film frame in a look into a premultiplied BGRA buffer of shape (height, width, 4).

    Raises:
        IndexError: the film has no such frame.
    """
    local, scene = timeline.locate(frame)
    numbers = block(local, scene.length, pen.look.exposure.block(timeline.rate))
    displays = {number: compose(timeline, pen, frame - local + number, captions) for number in numbers}
    painter = Painter(timeline.width, timeline.height, timeline.scale, pen.finish)
    painter.show(displays[local], held([fingerprint(display) for display in displays.values()]))
    pixels[...] = painter.pixels
