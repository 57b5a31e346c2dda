"""Pictures into H.264, sound into AAC: each into a small MP4 of its own, ready to be joined by packet copy."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from numpy.typing import NDArray

from storyreel.timeline.clock import SAMPLE_RATE

Pixels = NDArray[np.uint8]
"""A picture of shape (height, width, 4): BGRA, premultiplied, opaque, C-contiguous."""

Samples = NDArray[np.float32]
"""Stereo sound of shape (samples, 2) at `SAMPLE_RATE`, full scale at 1."""

BT709 = 1
"""ITU-T H.273's number of BT.709 for primaries, transfer and matrix alike."""

LIMITED = 1
"""FFmpeg's AVCOL_RANGE_MPEG: luma 16 to 235."""

AAC_FRAME = 1024
AAC_BITS = 192_000


@dataclass(frozen=True)
class EncoderSettings:
    """Everything that decides the bits of a chunk beside its pictures; `rate` in frames a second."""

    width: int
    height: int
    rate: Fraction
    preset: str = "veryfast"
    crf: int = 18

    @property
    def tick(self) -> Fraction:
        """One frame, in seconds: the time base of every chunk."""
        return 1 / self.rate

    @property
    def options(self) -> dict[str, str]:
        """What libx264 is told.

        One thread and `cpu-independent`, so that bits depend on nothing else; `keyint` above any chunk's length, so
        that a chunk is one closed GOP.
        """
        return {
            "preset": self.preset,
            "crf": str(self.crf),
            "profile": "high",
            "threads": "1",
            "x264-params": "keyint=600:min-keyint=1:open-gop=0:cpu-independent=1",
        }


class Converter:
    """BGRA to limited BT.709 YUV 4:2:0 without copying the picture in."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def convert(self, pixels: Pixels) -> VideoFrame:
        """A new yuv420p frame. The matrix must be asked for: swscale's own choice is BT.601 whatever the tags say."""
        height, width = pixels.shape[:2]
        frame = VideoFrame.from_numpy_buffer(pixels, format="bgra")
        return self._reformatter.reformat(
            frame,
            width,
            height,
            "yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )


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


def encode_sound(samples: Samples) -> bytes:
    """A film's whole sound as AAC-LC in an MP4: encoded once, so that no seam is ever heard."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("aac", rate=SAMPLE_RATE, options={"threads": "1", "flags": "+bitexact"})
        stream.layout, stream.bit_rate = "stereo", AAC_BITS
        for start in range(0, len(samples), AAC_FRAME):
            planes = np.ascontiguousarray(samples[start : start + AAC_FRAME].T)
            frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, start, Fraction(1, SAMPLE_RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return buffer.getvalue()
