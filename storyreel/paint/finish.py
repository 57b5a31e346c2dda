"""From the painted picture to the finished one: what a look does to all pixels, done again only where it may differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from storyreel.paint.damage import MOSTLY, Rect, merged
from storyreel.treatment.contract import Finish, Mood

if TYPE_CHECKING:
    from storyreel.paint.surface import Pixels


def cells(finish: Finish | None, width: int, height: int) -> tuple[int, int, int]:
    """How a film's picture is painted: film pixels across a painted one, painted pixels across and down.

    Where a film's size is no multiple of the cell, the last cells are cut off at its edge.
    """
    cell = max(finish.cell(width, height), 1) if finish is not None else 1
    return cell, -(-width // cell), -(-height // cell)


class Finisher:
    """Finishes a run of pictures, one after another.

    `pixels` holds the finished one: opaque BGRA, shape (height, width, 4). However little is finished anew, it is the
    picture that a new finisher would make.
    """

    def __init__(self, finish: Finish, width: int, height: int) -> None:
        self._finish, self._film = finish, Rect(0, 0, width, height)
        self._cell, across, down = cells(finish, width, height)
        self._frame = Rect(0, 0, across, down)
        self._told: tuple[Mood, int] | None = None
        self.pixels: Pixels = np.zeros((height, width, 4), np.uint8)
        self.pixels[..., 3] = 255

    def show(self, painted: Pixels, changed: Sequence[Rect], mood: Mood, drawing: int) -> list[Rect]:
        """Finishes a picture; gives the rectangles of the film whose pixels may have changed.

        Args:
            painted: the picture.
            changed: where it differs from the one before, in painted pixels.
            mood: the frame's, in eighths.
            drawing: which drawing of the boil.
        """
        if self._told != (mood, drawing):
            self._told = mood, drawing
            rects = [self._frame]
        else:
            rects = merged(self._grown(rect) for rect in changed)
            if sum(rect.area for rect in rects) > MOSTLY * self._frame.area:
                rects = [self._frame]
        if rects:
            self._finish.apply(painted, self.pixels, rects, mood, drawing)
        return [self._enlarged(rect) for rect in rects]

    def _grown(self, rect: Rect) -> Rect:
        reach, (_, _, right, bottom) = self._finish.reach, self._frame
        return Rect(
            max(rect.left - reach, 0),
            max(rect.top - reach, 0),
            min(rect.right + reach, right),
            min(rect.bottom + reach, bottom),
        )

    def _enlarged(self, rect: Rect) -> Rect:
        left, top, right, bottom = (side * self._cell for side in rect)
        return Rect(left, top, min(right, self._film.right), min(bottom, self._film.bottom))
