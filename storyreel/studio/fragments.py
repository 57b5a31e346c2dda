"""Finished chunks and the film's sound as browsers take them piece by piece: fragmented MP4, nothing encoded again."""

from __future__ import annotations

import io
from functools import cache

import av
import numpy as np

from storyreel.render.encode import encode_sound
from storyreel.render.join import UNDECODED
from storyreel.timeline.clock import SAMPLE_RATE

_MOVFLAGS = "empty_moov+default_base_moof+frag_keyframe+negative_cts_offsets"
PRIMING = 1024
"""Samples of silence that an AAC encoder begins with: the sound itself begins so much later in a fragment."""


def picture_fragment(chunk: bytes) -> bytes:
    """A chunk (`storyreel.render.encode.encode_chunk`) as one fragment, its first picture shown at 0."""
    buffer = io.BytesIO()
    options = {"movflags": _MOVFLAGS, "fflags": "+bitexact"}
    with (
        av.open(io.BytesIO(chunk), "r", format="mp4", stream_options=UNDECODED) as source,
        av.open(buffer, "w", format="mp4", options=options) as out,
    ):
        stream = source.streams.video[0]
        copy = out.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.dts is not None:
                packet.stream = copy
                out.mux(packet)
    return buffer.getvalue()


SILENT = 5
"""Seconds of a silence, which a page repeats."""


@cache
def silence() -> bytes:
    """Silence in fragments, for a film whose sound is not there yet."""
    return sound_fragments(encode_sound(np.zeros((SILENT * SAMPLE_RATE, 2), np.float32)))


def sound_fragments(encoded: bytes) -> bytes:
    """A film's sound (`storyreel.render.encode.encode_sound`) in fragments of a second, `PRIMING` samples late."""
    buffer = io.BytesIO()
    options = {
        "movflags": "empty_moov+default_base_moof",
        "frag_duration": "1000000",
        "fflags": "+bitexact",
        "avoid_negative_ts": "disabled",
    }
    with (
        av.open(io.BytesIO(encoded), "r", format="mp4") as source,
        av.open(buffer, "w", format="mp4", options=options) as out,
    ):
        stream = source.streams.audio[0]
        copy = out.add_stream_from_template(stream)
        first: int | None = None
        for packet in source.demux(stream):
            if packet.dts is None or packet.pts is None:
                continue
            first = packet.pts if first is None else first
            packet.pts, packet.dts = packet.pts - first, packet.dts - first
            packet.stream = copy
            out.mux(packet)
    return buffer.getvalue()
