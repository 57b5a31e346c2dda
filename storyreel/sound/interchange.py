"""Sound in and out: any audio file to samples, samples to and from pydub's segments. No ffmpeg program is needed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from storyreel.errors import StoryreelError
from storyreel.sound.resample import resampled
from storyreel.sound.tape import Samples
from storyreel.timeline.clock import SAMPLE_RATE

_FULL = 32767


def decoding(path: Path | str) -> Iterator[Samples]:
    """The sound of a file (WAV, MP3, M4A, FLAC, OGG, a film's) in small pieces, as stereo at 48 kHz.

    Raises:
        StoryreelError: there is no such file, or it holds no sound that can be read.
    """
    import av

    path = Path(path)
    if not path.is_file():
        raise StoryreelError(f"no such sound file: {path}")
    empty = True
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise StoryreelError(f"{path} holds no sound")
            # One channel goes to both sides as it is: a resampler would take 3 dB off.
            layout = "mono" if container.streams.audio[0].channels == 1 else "stereo"
            resampler = av.AudioResampler(format="fltp", layout=layout, rate=SAMPLE_RATE)
            for frame in chain(container.decode(container.streams.audio[0]), (None,)):
                for made in resampler.resample(frame):
                    piece = made.to_ndarray().T
                    empty = False
                    yield np.ascontiguousarray(np.repeat(piece, 2 // piece.shape[1], axis=1), dtype=np.float32)
    except av.FFmpegError as error:
        raise StoryreelError(f"{path} can't be read as sound: {error.strerror or error}") from error
    if empty:
        raise StoryreelError(f"{path} holds no sound")


def decoded(path: Path | str) -> Samples:
    """The whole sound of a file, as `decoding` gives it.

    Raises:
        StoryreelError: as `decoding`.
    """
    return np.concatenate(list(decoding(path)))


def to_segment(samples: Samples) -> Any:
    """Samples as a `pydub.AudioSegment`: 48 kHz, stereo, 16 bits. What is beyond full scale is clipped."""
    from pydub import AudioSegment

    whole = np.rint(np.clip(samples, -1.0, 1.0) * _FULL).astype("<i2")
    return AudioSegment(data=whole.tobytes(), sample_width=2, frame_rate=SAMPLE_RATE, channels=2)


def from_segment(segment: Any) -> Samples:
    """A `pydub.AudioSegment` of any rate, width and number of channels as stereo samples at 48 kHz."""
    width, channels, rate = segment.sample_width, segment.channels, segment.frame_rate
    if width == 3:
        raw = np.frombuffer(segment.raw_data, dtype=np.uint8).reshape(-1, 3)
        whole = (raw.astype(np.int32) << np.array([8, 16, 24], dtype=np.int32)).sum(axis=1, dtype=np.int32) >> 8
    else:
        whole = np.frombuffer(segment.raw_data, dtype=np.dtype({1: "i1", 2: "<i2", 4: "<i4"}[width]))
    scale = _FULL if width == 2 else float(2 ** (8 * width - 1))
    sound = whole.reshape(-1, channels).astype(np.float32) / np.float32(scale)
    if channels == 1:
        sound = np.repeat(sound, 2, axis=1)
    elif channels > 2:
        sound = np.repeat(sound.mean(axis=1, keepdims=True), 2, axis=1)
    return np.ascontiguousarray(resampled(sound, rate), dtype=np.float32)
