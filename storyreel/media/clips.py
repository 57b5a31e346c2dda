"""Video clips: which frame shows when, each decoded as every player shows it, and decoded on from the one before."""

from __future__ import annotations

import contextlib
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from storyreel.errors import StoryreelError
from storyreel.media.hdr import HLG, PQ, to_sdr
from storyreel.media.kinds import MOST, open_media, smaller

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    from storyreel.media.stills import Pixels

_SEE_THROUGH = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""Decoders that give what is clear, which lies beside the picture and which FFmpeg's own leave out."""
_THINNEST = 32
"""How many times as long as wide a clip may be: cut to a square, it is first brought to the square's width."""
_UPRIGHT = ((1, 0, 0), (0, 1, 0), (0, 0, 1))


class Times(NamedTuple):
    """When a clip's frames begin: in its own ticks, from the first one's on, in rising order.

    Attributes:
        starts: each frame's beginning.
        keys: the frames from which decoding may begin, and the first.
        end: the end of the last frame.
    """

    starts: list[int]
    keys: list[int]
    end: int


def video_stream(container: InputContainer) -> VideoStream:
    """The stream that shows: covers of songs are none.

    Raises:
        StoryreelError: there is none.
    """
    shown = [one for one in container.streams.video if not one.disposition & one.disposition.attached_pic]
    for stream in shown:
        if _decoded_by(stream) is not None:
            return stream
    if shown:
        raise StoryreelError("its pictures are coded in a way that can't be read; make it an MP4 with H.264")
    if not len(container.streams):
        raise StoryreelError("the file is damaged or cut off")
    raise StoryreelError("it holds no picture" if sound_stream(container) is None else "it holds sound, but no picture")


def sound_stream(container: InputContainer) -> AudioStream | None:
    """The stream that is heard, if there is one that can be decoded."""
    return next((one for one in container.streams.audio if _decoded_by(one) is not None), None)


def _decoded_by(stream: VideoStream | AudioStream) -> object:
    """What decodes a stream: None where nothing does, though PyAV's stub says otherwise."""
    return stream.codec_context


def _packets(container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream] | None]:
    """A stream's packets up to where the file ends, is cut off or damaged; then None, which ends decoding."""
    import av

    # Of a damaged file PyAV may count more streams than it has.
    with contextlib.suppress(av.FFmpegError, IndexError):
        yield from filter(attrgetter("size"), container.demux(stream))
    yield None


def times(container: InputContainer, stream: VideoStream) -> Times:
    """When a clip's frames begin, as its packets tell: what its header says of its length may be wrong, or missing.

    Raises:
        StoryreelError: it has no frame.
    """
    starts, keys, last = set[int](), set[int](), 0
    for packet in _packets(container, stream):
        at = None if packet is None or packet.is_discard else packet.pts if packet.pts is not None else packet.dts
        if packet is None or at is None:
            continue
        starts.add(at)
        if packet.is_keyframe:
            keys.add(at)
        last = max(last, at + (packet.duration or 0))
    if not starts or stream.time_base is None:
        raise StoryreelError("it holds no picture")
    ordered = sorted(starts)
    if last <= ordered[-1]:
        steps = [after - before for before, after in pairwise(ordered)]
        rate = stream.average_rate or 25
        last = ordered[-1] + max(round(median(steps)) if steps else round(1 / (rate * stream.time_base)), 1)
    return Times(ordered, sorted({ordered[0], *keys}), last)


class Reel:
    """A clip, its decoder kept open.

    A frame is always decoded from the last frame before it that stands for itself, so what it looks like does not
    depend on what was asked for before; only how long it takes does.

    Attributes:
        starts: when each frame begins, in seconds; the first at 0.
        seconds: how long it lasts.

    Raises:
        StoryreelError: it holds no picture, or is of no kind that is read.
        OSError, av.FFmpegError: it can't be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open()
        self._times = times(self._container, self._stream)
        first, tick = self._times.starts[0], float(self._stream.time_base or 1)
        self.starts = [(at - first) * tick for at in self._times.starts]
        self.seconds = (self._times.end - first) * tick
        self._key: int | None = None
        self._frames: Iterator[VideoFrame] = iter(())
        self._now: VideoFrame | None = None
        self._ahead: VideoFrame | None = None

    def _open(self) -> None:
        from av.codec.context import CodecContext

        self._container = open_media(self._path)
        self._stream = video_stream(self._container)
        self._decoder: Any = self._stream.codec_context
        name = self._stream.codec_context.name
        if self._stream.metadata.get("alpha_mode") == "1" and name in _SEE_THROUGH:
            self._decoder = CodecContext.create(_SEE_THROUGH[name], "r")
        if self._stream.codec_context.width * self._stream.codec_context.height > MOST:
            raise StoryreelError(smaller(self._stream.codec_context.width, self._stream.codec_context.height))
        # Workers share the cores already.
        self._decoder.thread_count = 1

    def frame(self, index: int, size: tuple[int, int]) -> Pixels:
        """A frame, upright and cut to cover a size in pixels.

        Raises:
            StoryreelError: it can't be decoded, or is too thin to be shown.
        """
        return _fitted(self._shown(self._times.starts[index]), float(self._stream.sample_aspect_ratio or 1), size)

    def try_out(self) -> None:
        """Decodes its first frame.

        Raises:
            StoryreelError: that can't be done.
        """
        self.frame(0, (1, 1))

    def _shown(self, at: int) -> VideoFrame:
        """The frame that shows at a tick: the last that has begun."""
        key = self._times.keys[bisect_right(self._times.keys, at) - 1]
        if key != self._key or (self._now is not None and _tick(self._now) > at):
            self._wind(key)
        while self._now is None or _tick(self._now) < at:
            following = self._ahead or next(self._frames, None)
            if following is None:
                break
            if self._now is not None and _tick(following) > at:
                self._ahead = following
                break
            self._now, self._ahead = following, None
        if self._now is None:
            raise StoryreelError("none of its pictures can be decoded")
        return self._now

    def _wind(self, key: int) -> None:
        """Goes to a frame that stands for itself; to the very first where a file can't be wound to it."""
        import av

        self._key, self._now = key, None
        with contextlib.suppress(av.FFmpegError):
            self._container.seek(key, stream=self._stream, backward=True)
        self._decoder.flush_buffers()
        self._frames = self._decoded()
        self._ahead = next(self._frames, None)
        if self._ahead is None or _tick(self._ahead) > key:
            self._open()
            self._frames = self._decoded()
            self._ahead = None

    def _decoded(self) -> Iterator[VideoFrame]:
        """All frames from here on; what can't be decoded is left out, and the frame before it stays."""
        import av

        for packet in _packets(self._container, self._stream):
            try:
                yield from self._decoder.decode(packet)
            except av.FFmpegError:
                continue


def _tick(frame: VideoFrame) -> int:
    """When a frame begins."""
    return frame.pts if frame.pts is not None else frame.dts or 0


def _fitted(frame: VideoFrame, wide: float, size: tuple[int, int]) -> Pixels:
    """A decoded frame, upright and cut from its middle to cover a size; `wide`: a pixel's width beside its height."""
    matrix: Any = frame.side_data.get("DISPLAYMATRIX")
    # Rows of a display matrix: where the picture's own x and y point in what is shown (libavutil/display.h).
    (a, b, _), (c, d, _), _ = np.frombuffer(matrix, "<i4").reshape(3, 3).tolist() if matrix else _UPRIGHT
    lying = abs(b) + abs(c) > abs(a) + abs(d)
    across, down = size[::-1] if lying else size
    shape = frame.width * wide, frame.height
    if max(shape) > _THINNEST * min(shape):
        raise StoryreelError(f"it is {shape[0]:.0f} wide and {shape[1]} high; cut it to a shape that can be shown")
    scale = max(across / shape[0], down / shape[1])
    width, height = (max(round(side * scale), least) for side, least in zip(shape, (across, down), strict=True))
    left, top = (width - across) // 2, (height - down) // 2
    cut = np.s_[top : top + down, left : left + across]
    if frame.color_trc in (PQ, HLG):
        fine: Any = frame.to_ndarray(format="rgb48le", width=width, height=height, interpolation="BICUBIC")[cut]
        pixels = np.full((*fine.shape[:2], 4), 255, np.uint8)
        pixels[..., :3] = to_sdr(fine, frame.color_trc)[..., ::-1]
    else:
        whole: Any = frame.to_ndarray(format="bgra", width=width, height=height, interpolation="BICUBIC")
        pixels = _premultiplied(whole[cut])
    if lying:
        return pixels.transpose(1, 0, 2)[:: 1 if b > 0 else -1, :: 1 if c > 0 else -1]
    return pixels[:: 1 if d > 0 else -1, :: 1 if a > 0 else -1]


def _premultiplied(pixels: Pixels) -> Pixels:
    if pixels[..., 3].min() == 255:
        return pixels  # most clips; to reckon it takes four times as long as to decode them
    cut = pixels.astype(np.uint16)
    cut[..., :3] = (cut[..., :3] * cut[..., 3:] + 127) // 255
    return cut.astype(np.uint8)
