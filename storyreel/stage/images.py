"""Images that a process keeps of what is dear to paint: as many as fit into some bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import NamedTuple

import skia

from storyreel.stage.solid import weighed
from storyreel.stage.toning import Tone


class Laid(NamedTuple):
    """What is laid down, and where its upper left corner lies seen from its own origin, in pixels."""

    image: skia.Image
    left: int
    top: int

    @property
    def size(self) -> int:
        """Bytes."""
        return int(self.image.width() * self.image.height()) * 4


class Images:
    """The images last asked for, as many as fit into some bytes."""

    def __init__(self, most: int) -> None:
        self._most, self.size, self.made = most, 0, 0
        self._kept: OrderedDict[Hashable, Laid] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Laid]) -> Laid:
        """The image of a key, made if it isn't there."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = make()
            self.made += 1
            self.size += found.size
            while self.size > self._most and len(self._kept) > 1:
                self.size -= self._kept.popitem(last=False)[1].size
        else:
            self._kept.move_to_end(key)
        return found

    def __len__(self) -> int:
        return len(self._kept)


TONED = Images(96 * 2**20)
"""Twelve planes of a picture of 1080 by 1920, each in its light."""


def toned(key: Hashable, laid: Laid, tone: Tone | None) -> Laid:
    """An image as it is seen through a tone: a layer with a filter costs ten times as much as a copy, each time.

    Args:
        key: the image's own.
    """
    return laid if tone is None else TONED.get((key, tone), lambda: through(laid, tone))


def through(laid: Laid, tone: Tone) -> Laid:
    """An image as it is seen through a tone, made anew."""
    surface = skia.Surface.MakeRasterN32Premul(laid.image.width(), laid.image.height())
    paint = skia.Paint(ColorFilter=tone.filter())
    surface.getCanvas().drawImage(laid.image, 0, 0, skia.SamplingOptions(), paint)
    return laid._replace(image=weighed(surface.makeImageSnapshot(), like=laid.image))
