"""What can be seen and heard of a film without rendering it: single pictures, sheets, strips, captions, sound."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyreel.errors import StoryreelError

if TYPE_CHECKING:
    import numpy as np
    from moviepy import VideoClip
    from numpy.typing import NDArray
    from PIL.Image import Image
    from pydub import AudioSegment

    from storyreel.paint.surface import Pixels
    from storyreel.publish.captions import Phrase
    from storyreel.render.progress import ProgressCallback
    from storyreel.sound.tape import Samples
    from storyreel.timeline.model import Timeline


class Shown(ABC):
    """A film that is directed when it is first looked at."""

    @property
    @abstractmethod
    def timeline(self) -> Timeline:
        """The film as data."""

    @property
    @abstractmethod
    def _master(self) -> Samples: ...

    @property
    def seconds(self) -> float:
        """The film's length."""
        return self.timeline.clock.seconds(self.timeline.length)

    def _repr_png_(self) -> bytes:
        """What a notebook shows of it: its contact sheet."""
        import io

        buffer = io.BytesIO()
        self.sheet().save(buffer, format="PNG")
        return buffer.getvalue()

    def _repr_html_(self) -> str:
        """The same with what is told of it."""
        import base64
        from html import escape

        timeline = self.timeline
        told = f"{self.seconds:.1f} s, {timeline.width} × {timeline.height}, {timeline.look}"
        picture = base64.b64encode(self._repr_png_()).decode("ascii")
        return (
            f"<figure><figcaption><strong>{escape(timeline.title)}</strong> {escape(told)}</figcaption>"
            f'<img alt="Every beat" style="max-width: 100%" src="data:image/png;base64,{picture}"></figure>'
        )

    def frame(self, seconds: float, captions: bool = True) -> Image:
        """The picture that is shown at a time, as an RGB image of the film's size.

        Raises:
            StoryreelError: the film is not that long.
        """
        return self.picture(self._frame_at(seconds), captions)

    def _frame_at(self, seconds: float) -> int:
        """The frame shown at a time; a hair before a boundary counts as on it, as seconds are floats."""
        at = Fraction(seconds) if math.isfinite(seconds) else Fraction(-1)
        frame = math.floor(at * self.timeline.rate + Fraction(1, 1000))
        if not 0 <= frame < self.timeline.length:
            raise StoryreelError(f"there is no picture at {seconds:g} s: the film lasts {self.seconds:.2f} s")
        return frame

    def picture(self, frame: int, captions: bool = True) -> Image:
        """The picture of a film frame.

        Raises:
            IndexError: the film has no such frame.
        """
        return drawn(self.timeline, frame, captions)

    def pictures(self, frames: Iterable[int], captions: bool = True) -> Iterator[Image]:
        """The pictures of many film frames; neighbours come in a fraction of the time that each alone would take.

        Raises:
            IndexError: the film has no such frame.
        """
        from storyreel.render.still import painted

        for pixels in painted(self.timeline, frames, captions):
            yield _image(pixels.copy())

    def frames(
        self, start: float = 0.0, end: float | None = None, captions: bool = True
    ) -> Iterator[NDArray[np.uint8]]:
        """The film's frames one after another, as numpy arrays of shape (height, width, 3): 8-bit RGB.

        Args:
            start, end: seconds; the film from its beginning, and to its end, where they are left out.
            captions: whether they are in the picture.

        Raises:
            StoryreelError: the film is not that long.
        """
        import numpy as np

        from storyreel.render.still import painted

        first = self._frame_at(start)
        last = self.timeline.length if end is None else min(self._frames_until(end), self.timeline.length)
        for pixels in painted(self.timeline, range(first, last), captions):
            yield np.ascontiguousarray(pixels[..., 2::-1])

    def _frames_until(self, seconds: float) -> int:
        """How many frames have begun before a time."""
        return math.ceil(Fraction(seconds) * self.timeline.rate - Fraction(1, 1000)) if math.isfinite(seconds) else 0

    def samples(self) -> Samples:
        """The mastered sound as float32 of shape (samples, 2), 48,000 a second."""
        return self._master

    def audio(self) -> AudioSegment:
        """The mastered sound as a `pydub.AudioSegment`: 48 kHz stereo."""
        from storyreel.sound.interchange import to_segment

        return to_segment(self._master)

    def export(
        self,
        path: str | Path,
        captions: bool = True,
        alone: bool = False,
        draft: bool = False,
        crf: int | None = None,
        progress: ProgressCallback | None = None,
    ) -> int:
        """Writes the film as the ending of a name says; it appears there whole or not at all. Gives its frames.

        Args:
            path: `.webm` (VP9, Opus), `.mov` (ProRes 4444, PCM), `.png` with the place of a number (`frames/%05d.png`),
                `.gif` (its last loop, or all of it; small, without sound), `.wav` or `.m4a` (the sound alone). MP4s are
                written by `render`.
            captions: whether they are in the picture; never in a GIF of a loop.
            alone: the captions and nothing behind them, see-through, without sound.
            draft: a small picture.
            crf: of a WebM, how finely it is encoded, 0 to 63.
            progress: told how far things are.

        Raises:
            StoryreelError: there is no such kind of file, or it can't be written.
        """
        from storyreel.publish.export import export

        return export(self, Path(path), captions, alone, draft, crf, progress)

    def captions(self) -> tuple[Phrase, ...]:
        """The captions in phrases, as the files beside the film have them."""
        from storyreel.publish.captions import phrases

        return phrases(self.timeline.lines, self.timeline.clock, self.timeline.length)

    def to_clip(self) -> VideoClip:
        """The film as a `moviepy.VideoClip` with its sound, to be cut and composed further; nothing is rendered yet."""
        import numpy as np
        from moviepy import VideoClip
        from moviepy.audio.AudioClip import AudioArrayClip

        from storyreel.timeline.clock import SAMPLE_RATE

        last = self.timeline.length - 1

        def shown(seconds: float) -> Any:
            frame = math.floor(Fraction(seconds) * self.timeline.rate + Fraction(1, 1000))
            return np.asarray(self.picture(min(max(frame, 0), last)))

        clip = VideoClip(shown, duration=self.seconds).with_fps(float(self.timeline.rate))
        return clip.with_audio(AudioArrayClip(self._master.astype(np.float64), fps=SAMPLE_RATE))

    def sheet(self) -> Image:
        """A contact sheet: a picture a beat, with its time and its line."""
        from storyreel.publish.sheet import sheet

        return sheet(self)

    def cover(self, seconds: float | None = None, title: str | None = None) -> Image:
        """A picture for the film to be known by: one of its own, without captions, its title on it.

        Args:
            seconds: which picture; the liveliest of those in which somebody speaks, if left out.
            title: what stands on it, the film's own if left out; nothing where it is empty.

        Raises:
            StoryreelError: the film is not that long.
        """
        from storyreel.publish.poster import cover, cover_frame

        frame = cover_frame(self.timeline) if seconds is None else self._frame_at(seconds)
        return cover(self.timeline, frame, self.timeline.title if title is None else title)

    def strip(self, seconds: float, count: int = 12, every: int = 1) -> Image:
        """Pictures in a row, from a time on: how something moves, for eyes that can't see it move.

        Args:
            count: how many pictures.
            every: from one picture to the next, in frames.

        Raises:
            StoryreelError: the film is not that long.
        """
        from storyreel.publish.strip import strip

        return strip(self, self._frame_at(seconds), count, every)

    def onion(self, seconds: float, lasts: float = 1.0, on: Sequence[str] = ()) -> Image:
        """A movement in one picture: what moves as it is in the end, fainter what it was before, and its path.

        Args:
            seconds: when it begins.
            lasts: for how many seconds it is followed; it ends with its shot.
            on: names of the cast, of props, or of parts of bodies (`michii.left-hand`); all of the cast if left out.

        Raises:
            StoryreelError: the film is not that long, or nothing of such a name is seen then.
        """
        from storyreel.publish.onion import onion

        first = self._frame_at(seconds)
        return onion(self.timeline, first, max(self._frames_until(seconds + lasts), first + 1), on)

    def layout(self, seconds: float) -> dict[str, Any]:
        """What is where at a time: the boxes of all that is visible, back to front, without painting any of it.

        Raises:
            StoryreelError: the film is not that long.
        """
        from storyreel.publish.layout import layout

        return layout(self.timeline, self._frame_at(seconds))


def drawn(timeline: Timeline, frame: int, captions: bool = True) -> Image:
    """The picture of a frame of a timeline.

    Raises:
        IndexError: it has no such frame.
    """
    from storyreel.paint.painter import blank
    from storyreel.render.still import paint

    pixels = blank(timeline)
    paint(timeline, frame, pixels, captions)
    return _image(pixels)


def _image(pixels: Pixels) -> Image:
    """A painted picture as an RGB image that shares its memory."""
    from PIL import Image

    height, width = pixels.shape[:2]
    return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", 0, 1)
