"""Photographs and pictures that move (GIF, APNG, WebP), as every viewer shows them: turned, in 8 bits, in bounds."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from storyreel.errors import StoryreelError
from storyreel.media.kinds import MOST, picture_format, smaller

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

Pixels = NDArray[np.uint8]
"""A picture of shape (height, width, 4): BGRA, premultiplied."""

_MOST_JPEG = 1 << 27
"""The most pixels that a JPEG may have, which can be decoded at a part of its size: phones make 108 million."""
_TRIED = 1 << 26
"""So many pixels of a picture that moves are decoded to find out whether that can be done."""
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, struct.error)
"""What Pillow raises where a file is damaged."""
_ORIENTATION, _LYING = 0x0112, 5
"""The Exif tag of how a picture is held, and from which value on it lies on its side."""
_QUICKEST, _USUAL = 10, 100
"""Pictures that ask to be shown for so few milliseconds are shown for so many: as browsers do."""


@contextmanager
def _reading() -> Iterator[None]:
    """Whatever Pillow raises over a damaged file becomes a message."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise StoryreelError("it has far too many pixels; make it smaller") from error
    except _BROKEN as error:
        raise StoryreelError(_told(error)) from error


def _opened(path: Path) -> ImageFile:
    """A picture, opened by its own format's reader; nothing of it is decoded.

    Raises:
        StoryreelError: it is damaged, or has too many pixels.
    """
    with _reading(), warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
        kind = picture_format(path)
        if kind is None:
            raise StoryreelError("it is no picture")
        image = Image.open(io.BytesIO(path.read_bytes()), formats=(kind,))
    most = _MOST_JPEG if kind == "JPEG" else MOST
    if image.width * image.height > most:
        image.close()
        raise StoryreelError(smaller(*image.size, most))
    return image


def _told(error: Exception) -> str:
    """Why a picture can't be read, in few words."""
    return "the file is damaged or cut off" + (f" ({error})" if isinstance(error, OSError | SyntaxError) else "")


def moves(path: Path) -> bool:
    """Whether a picture has more than one frame; its pixels are not decoded.

    Raises:
        StoryreelError: it is damaged, or has too many pixels.
    """
    with _reading(), _opened(path) as image:
        # A JPEG's further pictures are previews, or the other eye's.
        return image.format not in ("JPEG", "MPO") and getattr(image, "n_frames", 1) > 1


def still(path: Path, size: tuple[int, int]) -> Pixels:
    """A photograph, cut to cover a size in pixels.

    Raises:
        StoryreelError: it is damaged, or has too many pixels.
    """
    with _reading(), _opened(path) as image:
        _reduce(image, size)
        return _fitted(image, size)


def pixels(path: Path) -> tuple[int, int]:
    """How many pixels a picture has across and down, upright.

    Raises:
        StoryreelError: it is damaged, or has too many pixels.
    """
    with _opened(path) as image:
        wide, tall = image.size
        turned = bool(image.getexif().get(_ORIENTATION, 1) >= _LYING)
    return (tall, wide) if turned else (wide, tall)


def cut_out(path: Path) -> bool:
    """Whether a picture is somebody cut out of theirs: nothing is in its upper corners.

    Raises:
        StoryreelError: it is damaged, or has too many pixels.
    """
    with _opened(path) as image:
        if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
            return False
        with _reading():
            alpha = image.convert("RGBA").getchannel("A")
        return all(alpha.getpixel((x, 0)) == 0 for x in (0, alpha.width - 1))


def try_still(path: Path) -> None:
    """Decodes a photograph, as small as that can be done.

    Raises:
        StoryreelError: it is damaged, or has too many pixels.
    """
    with _reading(), _opened(path) as image:
        _reduce(image, (1, 1))
        image.load()


def _reduce(image: ImageFile, size: tuple[int, int]) -> None:
    """Has a large JPEG decoded at a half, a quarter or an eighth: still twice as fine as it is shown, if in bounds."""
    share = min(2 * max(size) / min(image.size), 1.0 if image.width * image.height <= MOST else 0.5)
    image.draft(None, (max(int(image.width * share), 1), max(int(image.height * share), 1)))


def _fitted(image: Image.Image, size: tuple[int, int]) -> Pixels:
    """A picture, upright and cut from its middle to cover a size in pixels."""
    ImageOps.exif_transpose(image, in_place=True)
    scale = max(size[0] / image.width, size[1] / image.height)
    left, top = (image.width - size[0] / scale) / 2, (image.height - size[1] / scale) / 2
    box = (max(left, 0.0), max(top, 0.0), min(image.width - left, image.width), min(image.height - top, image.height))
    if image.mode.startswith("I"):
        # Pillow would clip 16 bits to 8 instead of scaling them.
        image = Image.fromarray((np.asarray(image).clip(0, 65535) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        clear = image.convert("RGBA").convert("RGBa").resize(size, Image.Resampling.LANCZOS, box)
        return np.asarray(clear)[..., [2, 1, 0, 3]]
    made = np.full((size[1], size[0], 4), 255, np.uint8)
    made[..., :3] = np.asarray(image.convert("RGB").resize(size, Image.Resampling.LANCZOS, box))[..., ::-1]
    return made


class Flipbook:
    """A picture that moves; damaged frames end it.

    Attributes:
        starts: when each frame begins, in seconds.
        seconds: how long it lasts.

    Raises:
        StoryreelError: it is damaged, or has too many pixels.
    """

    def __init__(self, path: Path) -> None:
        self._image = _opened(path)
        # An APNG's first picture may be meant for those who can't play it.
        self._first = int(bool(getattr(self._image, "default_image", False)))
        with _reading():
            lasting = [asked if asked > _QUICKEST else _USUAL for asked in self._durations(path)]
        self.starts = [at / 1000 for at in accumulate(lasting[:-1], initial=0.0)]
        self.seconds = sum(lasting) / 1000

    def _durations(self, path: Path) -> Iterator[float]:
        """For how long (ms) each frame asks to be shown; none is decoded."""
        if self._image.format == "WEBP":
            yield from _webp_durations(path.read_bytes())
            return
        for index in range(self._first, getattr(self._image, "n_frames", 1)):
            try:
                self._image.seek(index)
            except _BROKEN:
                if index == self._first:
                    raise
                return
            yield float(self._image.info.get("duration", 0))

    def try_out(self) -> None:
        """Decodes its frames, or the first of them if they are large or many.

        Raises:
            StoryreelError: one is damaged.
        """
        for index in range(min(len(self.starts), max(_TRIED // (self._image.width * self._image.height), 1))):
            self.frame(index, (1, 1))

    def frame(self, index: int, size: tuple[int, int]) -> Pixels:
        """A frame, cut to cover a size in pixels.

        Raises:
            StoryreelError: it is damaged.
        """
        with _reading():
            self._image.seek(self._first + index)
            return _fitted(self._image.copy(), size)


def _webp_durations(data: bytes) -> Iterator[int]:
    """The durations in a WebP's ANMF chunks (developers.google.com/speed/webp/docs/riff_container)."""
    at = 12
    while at + 24 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] == b"ANMF":
            yield int.from_bytes(data[at + 20 : at + 23], "little")
        at += 8 + size + size % 2
