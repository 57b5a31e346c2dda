"""Pictures into H.264, sound into AAC: each into a small MP4 of its own, ready to be joined by packet copy."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from storyreel.render.errors import RenderError
from storyreel.sound.loudness import turned_down
from storyreel.sound.tape import Sounding, Tape, taped
from storyreel.timeline.clock import SAMPLE_RATE

if TYPE_CHECKING:
    from storyreel.paint.surface import Pixels

BT709 = 1
"""ITU-T H.273's number of BT.709 for primaries, transfer and matrix alike."""

LIMITED = 1
"""FFmpeg's AVCOL_RANGE_MPEG: luma 16 to 235."""

AAC_FRAME = 1024
AAC_FRAMES = 96
"""So many AAC frames' sound, some seconds, is in memory at once."""
AAC_BITS = 192_000
AAC_OPTIONS = {"threads": "1", "flags": "+bitexact", "aac_coder": "fast", "aac_is": "0", "aac_pns": "0", "aac_tns": "0"}
"""At this bit rate the quick search for scale factors comes nearer to the sound than the long one, in half the time;
intensity stereo and noise substitution are tools for low bit rates (benchmarks/README.md has the figures)."""
_TRIES = 6

CRF = 18
"""The rate factor of films where nothing else is asked for: no loss is seen at it."""
COARSEST = 51
"""The highest rate factor that libx264 has for 8 bits."""


@dataclass(frozen=True)
class EncoderSettings:
    """Everything that decides the bits of a chunk beside its pictures.

    Attributes:
        width, height: in pixels.
        rate: in frames a second.
        preset: libx264's; what is quicker to encode takes more room.
        crf: libx264's constant rate factor, 0 (nothing is lost) to 51: the lower, the finer and the larger.
        ahead: so many frames a quick preset looks ahead after all, to see what later ones are made of; 0: as it does.

    Raises:
        RenderError: there is no such rate factor.
    """

    width: int
    height: int
    rate: Fraction
    preset: str = "veryfast"
    crf: int = CRF
    ahead: int = 0

    def __post_init__(self) -> None:
        if self.crf not in range(COARSEST + 1):
            raise RenderError(f"crf is {self.crf}; it must be a whole number from 0 to {COARSEST}")

    @property
    def tick(self) -> Fraction:
        """One frame, in seconds: the time base of every chunk."""
        return 1 / self.rate

    @property
    def options(self) -> dict[str, str]:
        """What libx264 is told.

        One thread and `cpu-independent`, so that bits depend on nothing else; `keyint` above any chunk's length, so
        that a chunk is one closed GOP. Profile High cannot be lossless (ITU-T H.264, A.2.4), so 0 has no profile named.
        """
        ahead = f":mbtree=1:rc-lookahead={self.ahead}" if self.ahead else ""
        return {
            "preset": self.preset,
            "crf": str(self.crf),
            **({"profile": "high"} if self.crf > 0 else {}),
            "threads": "1",
            "x264-params": f"keyint=600:min-keyint=1:open-gop=0:cpu-independent=1{ahead}",
        }


REACH = 4
"""Rows above and below a change that its chroma may reach into."""

MARGIN = 8
"""Rows by which a band is taken larger than what is kept of it, so that its chroma sees its neighbours."""

BAND = 64
"""Bands are as many rows high as a multiple of this, so that few scalers have to be set up."""


class Converter:
    """BGRA to limited BT.709 YUV 4:2:0 without copying the picture in; only the rows that changed are converted."""

    def __init__(self) -> None:
        self._reformatters: dict[int, VideoReformatter] = {}
        self._frame: VideoFrame | None = None

    def convert(self, pixels: Pixels, changed: Sequence[tuple[int, int]] | None = None) -> VideoFrame:
        """The picture as a yuv420p frame, a new one each time.

        Args:
            changed: the only ranges of rows that differ from the picture before; None for all of them.
        """
        bands = None if changed is None else _bands(changed, len(pixels))
        if self._frame is None or bands is None or sum(b - a for a, b in bands) > 0.8 * len(pixels):
            self._frame = self._reformat(pixels)
            return self._frame
        before, self._frame = self._frame, VideoFrame(self._frame.width, self._frame.height, "yuv420p")
        _paste(self._frame, before, 0, before.height, 0)
        for top, bottom in bands:
            above, below = max(top - MARGIN, 0), min(bottom + MARGIN, len(pixels))
            _paste(self._frame, self._reformat(pixels[above:below]), top, bottom, above)
        return self._frame

    def _reformat(self, pixels: Pixels) -> VideoFrame:
        """The matrix must be asked for: swscale's own choice is BT.601 whatever the tags say."""
        height, width = pixels.shape[:2]
        reformatter = self._reformatters.setdefault(height, VideoReformatter())
        return reformatter.reformat(
            VideoFrame.from_numpy_buffer(pixels, format="bgra"),
            width,
            height,
            "yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )


def _bands(changed: Sequence[tuple[int, int]], height: int) -> list[tuple[int, int]]:
    """Disjoint bands of rows that hold all that changes reach: on multiples of 4, usually multiples of `BAND` high."""
    bands: list[tuple[int, int]] = []
    for start, end in changed:
        top = max(start - REACH, 0) // 4 * 4
        size = -(-(min(end + REACH, height) - top) // BAND) * BAND
        bottom = min(top + size, height)
        top = max(bottom - size, 0) // 4 * 4
        if bands and top <= bands[-1][1] + 2 * MARGIN:
            bands[-1] = (min(top, bands[-1][0]), max(bottom, bands[-1][1]))
        else:
            bands.append((top, bottom))
    return bands


def _paste(frame: VideoFrame, band: VideoFrame, top: int, bottom: int, above: int) -> None:
    """Rows `top` to `bottom` of a frame out of a band whose first row is row `above`."""
    for index, (plane, part) in enumerate(zip(frame.planes, band.planes, strict=True)):
        step = 2 if index else 1
        whole = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        piece = np.frombuffer(memoryview(part), np.uint8).reshape(-1, part.line_size)
        width = plane.width
        rows = slice((top - above) // step, (bottom - above + step - 1) // step)
        whole[top // step : (bottom + step - 1) // step, :width] = piece[rows, :width]


class ChunkEncoder:
    """Encodes the frames of one chunk in order, and gives the chunk as the bytes of an MP4."""

    def __init__(self, settings: EncoderSettings) -> None:
        self._settings = settings
        self._buffer = io.BytesIO()
        self._container = av.open(self._buffer, "w", format="mp4", options={"fflags": "+bitexact"})
        stream = self._container.add_stream("libx264", rate=settings.rate, options=settings.options)
        stream.width, stream.height, stream.pix_fmt = settings.width, settings.height, "yuv420p"
        stream.time_base = settings.tick
        context = stream.codec_context
        context.color_primaries = context.color_trc = context.colorspace = BT709
        context.color_range = LIMITED
        self._stream = stream
        self._count = 0

    def add(self, frame: VideoFrame) -> None:
        """The next frame, yuv420p; libx264 copies it, so the same frame may be given again."""
        frame.pts, frame.time_base = self._count, self._settings.tick
        self._container.mux(self._stream.encode(frame))
        self._count += 1

    def finish(self) -> bytes:
        """Ends the chunk."""
        self._container.mux(self._stream.encode(None))
        self._container.close()
        return self._buffer.getvalue()


def encode_chunk(frames: Iterable[Pixels | None], settings: EncoderSettings) -> bytes:
    """Encodes pictures of `settings`' size as one closed GOP; None holds the picture before it.

    Raises:
        ValueError: there is no picture, or the first one is None.
    """
    converter, encoder = Converter(), ChunkEncoder(settings)
    converted: VideoFrame | None = None
    for pixels in frames:
        if pixels is not None:
            converted = converter.convert(pixels)
        if converted is None:
            raise ValueError("a chunk begins with a picture")
        encoder.add(converted)
    if converted is None:
        raise ValueError("a chunk holds at least one picture")
    return encoder.finish()


def encode_sound(sound: Sounding) -> bytes:
    """A film's whole sound as AAC-LC in an MP4: encoded once, so that no seam is ever heard; read span by span.

    What is heard stays under -1 dBTP. A codec may overshoot where a sound begins suddenly: there it is turned down for
    a moment, and encoded again.
    """
    encoded = _aac(sound)
    for _ in range(_TRIES):
        softer = turned_down(sound, _heard(encoded))
        if softer is None:
            break
        sound = softer
        encoded = _aac(sound)
    return encoded


def _aac(sound: Sounding) -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("aac", rate=SAMPLE_RATE, options=AAC_OPTIONS)
        stream.layout, stream.bit_rate = "stereo", AAC_BITS
        for first in range(0, len(sound), AAC_FRAME * AAC_FRAMES):
            block = sound[first : first + AAC_FRAME * AAC_FRAMES]
            for start in range(0, len(block), AAC_FRAME):
                planes = np.ascontiguousarray(block[start : start + AAC_FRAME].T)
                frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
                frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, first + start, Fraction(1, SAMPLE_RATE)
                container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return buffer.getvalue()


def _heard(encoded: bytes) -> Tape:
    """Encoded sound as it is played."""
    with av.open(io.BytesIO(encoded), "r", format="mp4") as container:
        return taped(frame.to_ndarray().astype(np.float32, copy=False).T for frame in container.decode(audio=0))
