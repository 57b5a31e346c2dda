"""A film's cover: one of its own pictures, without captions, the liveliest that it has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from storyreel.publish.sheet import cells
from storyreel.render.atomic import whole_or_nothing
from storyreel.render.errors import writing
from storyreel.render.keys import engine, fingerprint_of
from storyreel.render.settings import drafted
from storyreel.timeline.model import Scene, Timeline
from storyreel.timeline.track import sample

if TYPE_CHECKING:
    from PIL.Image import Image

    from storyreel.render.cache import Cache

_GRAIN = 8
"""Pictures are compared by their means over squares of so many pixels of a draft: noise doesn't count."""


_NEAR, _SHUT = 12, 0.2
"""Frames about one in which open eyes are looked for, and how far shut a blinking eye is."""


def liveliness(picture: NDArray[np.uint8]) -> float:
    """How colourful and how varied a BGRA picture is.

    The measure is Hasler and Süsstrunk's colourfulness (Measuring colourfulness in natural images, 2003): spread and
    mean of red against green and of yellow against blue.
    """
    height, width = (side // _GRAIN * _GRAIN for side in picture.shape[:2])
    small = picture[:height, :width, :3].reshape(height // _GRAIN, _GRAIN, width // _GRAIN, _GRAIN, 3).mean(axis=(1, 3))
    blue, green, red = (small[:, :, channel] for channel in range(3))
    one, other = red - green, (red + green) / 2 - blue
    return float(np.hypot(one.std(), other.std()) + 0.3 * np.hypot(one.mean(), other.mean()))


def awake(timeline: Timeline, frame: int) -> int:
    """The film frame nearest to one at which nobody blinks; the frame itself where all do who are near."""
    local, scene = timeline.locate(frame)
    near = sorted(range(max(local - _NEAR, 0), min(local + _NEAR + 1, scene.length)), key=lambda at: abs(at - local))
    return frame - local + next((at for at in near if not _blinks(scene, at)), local)


def _blinks(scene: Scene, frame: int) -> bool:
    """Whether somebody has their eyes half shut who is there at a frame of a scene, but for a face that does."""
    return any(
        sample(channel, frame) > _SHUT
        for layer in scene.layers
        if layer.start <= frame < layer.end
        for name, channel in layer.channels
        if name.startswith("blink.")
    )


def cover_frame(timeline: Timeline) -> int:
    """The film frame for the cover: of a picture a line, the liveliest; the reveal is not given away.

    Whoever speaks is in the picture, with open eyes; where nobody does, it is of a picture a beat.
    """
    from storyreel.paint.painter import blank
    from storyreel.render.still import paint

    shown = cells(timeline)
    story = [cell for cell in shown if cell.scene != shown[-1].scene] or shown
    spoken = [cell for cell in story if cell.spoken] or story
    small = drafted(timeline)
    pixels = blank(small)

    def lively(frame: int) -> float:
        paint(small, frame, pixels, captions=False)
        return liveliness(pixels)

    return max((awake(timeline, cell.frame) for cell in spoken), key=lively)


def write_cover(
    timeline: Timeline, path: Path, frame: int | None = None, title: str = "", cache: Cache | None = None
) -> None:
    """Writes a film's cover as a PNG of the film's size.

    Args:
        frame: which picture; chosen if left out.
        title: what stands on it.

    Raises:
        RenderError: it can't be drawn or written.
    """
    key = fingerprint_of("cover", engine(timeline.look), timeline, frame, title)
    kept = cache.get(key) if cache else None
    if kept is None:
        kept = _png(cover(timeline, cover_frame(timeline) if frame is None else frame, title))
        if cache:
            cache.put(key, kept)
    with whole_or_nothing(path) as temporary, writing(path):
        temporary.write_bytes(kept)


def cover(timeline: Timeline, frame: int, title: str = "") -> Image:
    """A film's picture without captions, as an RGB image; with a title on it, where there is one."""
    from PIL import Image

    from storyreel.paint.painter import blank
    from storyreel.publish.cover_title import titled
    from storyreel.render.still import paint

    shown = titled(timeline, frame, title) if title.strip() else timeline
    pixels = blank(shown)
    paint(shown, frame, pixels, captions=False)
    height, width = pixels.shape[:2]
    return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", 0, 1)


def _png(picture: Image) -> bytes:
    import io

    buffer = io.BytesIO()
    picture.save(buffer, format="PNG")
    return buffer.getvalue()
