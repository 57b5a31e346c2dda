"""Chunks and sound into one film by packet copy: nothing is encoded twice."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
from av.container import OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from storyreel.render.errors import RenderError

if TYPE_CHECKING:
    from av.container.core import Chapter

REORDER = 2
"""Frames by which libx264's first dts lies before zero with these settings (B-frames on)."""

_LATE = 1 << 30
"""The end of the last chapter: later than any film's."""
UNDECODED: list[Any] = [{"skip_frame": "all"}]
"""Opening a chunk, FFmpeg would decode its first pictures to learn what its header says already: 20 ms.

(PyAV's stub calls these strings; they are dictionaries, one a stream.)
"""


Marks = Sequence[tuple[int, str]]
"""Where a film's chapters begin, in frames, and their names."""


class _SoundQueue:
    """The sound's packets, muxed up to a given time, so that the film is interleaved."""

    def __init__(self, encoded: bytes, film: OutputContainer) -> None:
        self._source = av.open(io.BytesIO(encoded), "r", format="mp4")
        self._stream = film.add_stream_from_template(self._source.streams.audio[0])
        self._packets = self._source.demux(self._source.streams.audio[0])
        self._next = next(self._packets, None)

    def mux(self, film: OutputContainer, until: Fraction | None) -> None:
        """Muxes what begins before `until` seconds; all that is left where it is None."""
        while self._next is not None:
            packet = self._next
            if packet.dts is None or packet.time_base is None:
                self._next = next(self._packets, None)
                continue
            if until is not None and packet.dts * packet.time_base >= until:
                return
            packet.stream = self._stream
            film.mux(packet)
            self._next = next(self._packets, None)
        self._source.close()


def join(path: Path, parts: Iterable[bytes], sound: bytes, rate: Fraction, marks: Marks = ()) -> int:
    """Writes the film: chunks (`encode_chunk`) in order, the sound (`encode_sound`), chapters; gives its frames.

    `parts` may be lazy; one chunk is in memory at a time. The caller moves the file in place (`whole_or_nothing`).

    Raises:
        RenderError: a chunk was not encoded with the settings of the first.
        OSError: the file can't be written.
    """
    tick = 1 / rate
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}) as film:
        if marks:
            film.set_chapters(_chapters(marks, 1 / rate))
        video = queue = None
        extradata, base = b"", 0
        for part in parts:
            with av.open(io.BytesIO(part), "r", format="mp4", stream_options=UNDECODED) as source:
                stream = source.streams.video[0]
                found = bytes(stream.codec_context.extradata or b"")
                if video is None or queue is None:
                    video, extradata = film.add_stream_from_template(stream), found
                    queue = _SoundQueue(sound, film)
                if found != extradata:
                    raise RenderError("a chunk was encoded with other settings than the film's first")
                count = 0
                for packet in source.demux(stream):
                    if packet.dts is None:
                        continue
                    queue.mux(film, (base + count) * tick)
                    _renumber(packet, base, count, tick)
                    packet.stream = video
                    film.mux(packet)
                    count += 1
                base += count
        if queue is None:
            raise RenderError("the film has no frames")
        queue.mux(film, None)
    return base


def _chapters(marks: Marks, tick: Fraction) -> list[Chapter]:
    """Chapters, each up to the next, the last one to the end."""
    ends = [*(frame for frame, _ in marks[1:]), _LATE]
    return [
        {"id": number, "start": frame, "end": end, "time_base": tick, "metadata": {"title": name}}
        for number, ((frame, name), end) in enumerate(zip(marks, ends, strict=True))
    ]


def _renumber(packet: Packet[VideoStream], base: int, count: int, tick: Fraction) -> None:
    """Moves a packet to its place in the film.

    One packet is one frame, so dts is numbered afresh: a chunk of one or two frames starts at dts 0 while longer ones
    start at -REORDER, and shifting both alike would let dts run backwards.
    """
    if packet.pts is None or packet.time_base is None:
        raise RenderError("a chunk's frame has no time")
    shown = packet.pts * packet.time_base / tick
    if shown.denominator != 1:
        raise RenderError("a chunk's frames don't lie on the film's frame rate")
    packet.pts, packet.dts, packet.duration = int(shown) + base, base + count - REORDER, 1
    packet.time_base = tick
