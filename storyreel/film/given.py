"""What a Python program has at hand, as files that a scene can name: pictures, clips, sounds."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from storyreel.errors import StoryreelError
from storyreel.publish.export import write_moving
from storyreel.render.atomic import whole_or_nothing
from storyreel.render.errors import writing
from storyreel.timeline.clock import SAMPLE_RATE

if TYPE_CHECKING:
    from moviepy import VideoClip
    from PIL.Image import Image as Picture
    from pydub import AudioSegment


class Moving(Protocol):
    """Anything that moves: it has a length in seconds, and gives a picture as an array for a time."""

    @property
    def duration(self) -> float:
        """Seconds."""

    def __call__(self, seconds: float, /) -> NDArray[Any]:
        """The picture then: (height, width, 3 or 4), 8-bit RGB or RGBA."""


PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
CLIPS, SOUNDS = (".mp4", ".webm", ".mov"), (".wav",)
_RATE = 30


def put(
    thing: Picture | VideoClip | AudioSegment | Moving | NDArray[Any], path: str | Path, fps: float | None = None
) -> str:
    """Writes something as a file beside a scene, whole or not at all; gives the file's name, for the scene.

    >>> import numpy
    >>> put(numpy.zeros((4, 4, 3), numpy.uint8), "black.png")
    'black.png'

    Args:
        thing: a PIL image, or an array (height, width, 3 or 4) of 8-bit RGB or RGBA, as a picture; anything with a
            `duration` in seconds that gives such arrays when it is called with a time, any MoviePy clip, or an array
            of pictures, as a clip; a pydub segment, or float samples (samples, 2) at 48 kHz, as a sound.
        path: what it is: `.png`, `.jpg`, `.webp`; `.mp4`, `.webm` and `.mov`, which can be see-through; `.wav`.
        fps: pictures a second of a clip; its own where it has some, or 30.

    Raises:
        StoryreelError: it is nothing of that kind, or can't be written.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending in PICTURES:
        _picture(thing, path)
    elif ending in CLIPS:
        _clip(thing, path, fps)
    elif ending in SOUNDS:
        _sound(thing, path)
    else:
        raise StoryreelError(f"{path}: its name must end in {', '.join((*PICTURES, *CLIPS, *SOUNDS))}")
    return path.name


def _picture(thing: Any, path: Path) -> None:
    from PIL import Image

    picture = thing if isinstance(thing, Image.Image) else Image.fromarray(_pixels(thing, path))
    if path.suffix.lower() in (".jpg", ".jpeg"):
        picture = picture.convert("RGB")
    with whole_or_nothing(path) as temporary, writing(path):
        picture.save(temporary, format=PICTURES[path.suffix.lower()])


def _pixels(thing: Any, path: Path) -> np.ndarray:
    """An array as 8-bit RGB or RGBA.

    Raises:
        StoryreelError: it is no picture.
    """
    found = np.asarray(thing)
    if found.ndim == 2:
        found = np.repeat(found[..., None], 3, axis=2)
    if found.ndim != 3 or found.shape[2] not in (3, 4) or found.dtype.kind not in "uif":
        shape = f"an array {found.shape} of {found.dtype}" if found.dtype.kind != "O" else f"a {type(thing).__name__}"
        raise StoryreelError(f"{path}: {shape} is no picture; give (height, width, 3 or 4) of 8-bit RGB or RGBA")
    return np.ascontiguousarray(np.clip(found, 0, 255).astype(np.uint8))


def _clip(thing: Any, path: Path, fps: float | None) -> None:
    rate = Fraction(fps or getattr(thing, "fps", None) or _RATE).limit_denominator(1001)
    pictures = _pictures(thing, rate, path)
    first = next(pictures, None)
    if first is None:
        raise StoryreelError(f"{path}: a clip of no length")
    # Encoders of most kinds take even sizes alone.
    height, width = (side // 2 * 2 for side in first.shape[:2])

    def all_of_them() -> Iterator[np.ndarray]:
        yield np.ascontiguousarray(first[:height, :width])
        for picture in pictures:
            yield np.ascontiguousarray(picture[:height, :width])

    with whole_or_nothing(path) as temporary, writing(path):
        write_moving(
            (width, height), rate, all_of_them(), _heard(thing), temporary, path.suffix.lower(), first.shape[2] == 4
        )


def _pictures(thing: Any, rate: Fraction, path: Path) -> Iterator[np.ndarray]:
    """The pictures of a clip at a rate.

    Raises:
        StoryreelError: it gives none.
    """
    duration = getattr(thing, "duration", None)
    shown = getattr(thing, "get_frame", thing)
    if duration is None or not callable(shown):
        many = np.asarray(thing)
        if many.ndim != 4:
            raise StoryreelError(f"{path}: a {type(thing).__name__} has no `duration`, or gives no picture for a time")
        yield from (_pixels(one, path) for one in many)
        return
    mask = getattr(thing, "mask", None)
    for number in range(max(int(Fraction(duration).limit_denominator(10**6) * rate), 1)):
        seconds = float(number / rate)
        pixels = _pixels(shown(seconds), path)
        if mask is not None and pixels.shape[2] == 3:
            share = np.asarray(mask.get_frame(seconds), np.float64)
            pixels = np.dstack((pixels, np.rint(np.clip(share, 0, 1) * 255).astype(np.uint8)))
        yield pixels


def _heard(thing: Any) -> Any:
    """The sound of a MoviePy clip; None where there is none."""
    sound = getattr(thing, "audio", None)
    if sound is None or not hasattr(sound, "to_soundarray"):
        return None
    found = np.asarray(sound.to_soundarray(fps=SAMPLE_RATE), np.float32)
    return np.repeat(found[:, None], 2, axis=1) if found.ndim == 1 else found


def _sound(thing: Any, path: Path) -> None:
    from storyreel.sound.interchange import from_segment

    if hasattr(thing, "sample_width") and hasattr(thing, "raw_data"):
        samples = from_segment(thing)
    else:
        samples = np.asarray(thing, np.float32)
        if samples.ndim == 1:
            samples = np.repeat(samples[:, None], 2, axis=1)
        if samples.ndim != 2 or samples.shape[1] != 2:
            raise StoryreelError(f"{path}: an array {samples.shape} is no sound; give (samples, 2) at 48 kHz")
    with whole_or_nothing(path) as temporary, writing(path), wave.open(str(temporary), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
