"""Sound in and out: any audio file to samples, samples to and from pydub's segments. No ffmpeg program is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyreel.errors import StoryreelError
from storyreel.timeline.clock import SAMPLE_RATE

Samples = NDArray[np.float32]
"""Stereo sound of shape (samples, 2) at `SAMPLE_RATE`, full scale at 1."""

_FULL = 32767


def decoded(path: Path | str) -> Samples:
    """The sound of a file (WAV, MP3, M4A, FLAC, OGG, a film's), as stereo at 48 kHz.

    Raises:
        StoryreelError: there is no such file, or it holds no sound that can be read.
    """
    import av

    path = Path(path)
    if not path.is_file():
        raise StoryreelError(f"no such sound file: {path}")
    pieces: list[NDArray[Any]] = []
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise StoryreelError(f"{path} holds no sound")
            # One channel goes to both sides as it is: a resampler would take 3 dB off.
            layout = "mono" if container.streams.audio[0].channels == 1 else "stereo"
            resampler = av.AudioResampler(format="fltp", layout=layout, rate=SAMPLE_RATE)
            for frame in container.decode(container.streams.audio[0]):
                pieces += [made.to_ndarray() for made in resampler.resample(frame)]
            pieces += [made.to_ndarray() for made in resampler.resample(None)]
    except av.FFmpegError as error:
        raise StoryreelError(f"{path} can't be read as sound: {error.strerror or error}") from error
    if not pieces:
        raise StoryreelError(f"{path} holds no sound")
    sound = np.concatenate(pieces, axis=1).T
    return np.ascontiguousarray(np.repeat(sound, 2 // sound.shape[1], axis=1), dtype=np.float32)


def to_segment(samples: Samples) -> Any:
    """Samples as a `pydub.AudioSegment`: 48 kHz, stereo, 16 bits. What is beyond full scale is clipped."""
    from pydub import AudioSegment

    whole = np.rint(np.clip(samples, -1.0, 1.0) * _FULL).astype("<i2")
    return AudioSegment(data=whole.tobytes(), sample_width=2, frame_rate=SAMPLE_RATE, channels=2)


def from_segment(segment: Any) -> Samples:
    """A `pydub.AudioSegment` of any rate, width and number of channels as stereo samples at 48 kHz."""
    from math import gcd

    from scipy.signal import resample_poly

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
    if rate != SAMPLE_RATE:
        common = gcd(rate, SAMPLE_RATE)
        sound = resample_poly(sound, SAMPLE_RATE // common, rate // common, axis=0)
    return np.ascontiguousarray(sound, dtype=np.float32)
