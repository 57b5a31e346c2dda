"""Samples in and out: any audio file, and pydub's AudioSegment; no ffmpeg program needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from storyreel.errors import StoryreelError
from storyreel.timeline.clock import SAMPLE_RATE

if TYPE_CHECKING:
    from pydub import AudioSegment

Samples = NDArray[np.float32]
"""Stereo float32, shape (samples, 2), full scale 1."""


def decoded(path: Path) -> Samples:
    """The sound of an audio or video file, stereo at 48 kHz.

    Raises:
        StoryreelError: the file can't be read, or has no sound.
    """
    import av

    try:
        with av.open(str(path)) as file:
            if not file.streams.audio:
                raise StoryreelError(f"{path.name} has no sound")
            resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
            frames = [out for frame in file.decode(audio=0) for out in resampler.resample(frame)]
            frames += resampler.resample(None)
    except (av.FFmpegError, OSError) as error:
        raise StoryreelError(f"{path.name} can't be read as sound: {error}") from error
    if not frames:
        raise StoryreelError(f"{path.name} has no sound")
    return np.ascontiguousarray(np.concatenate([frame.to_ndarray() for frame in frames], axis=1).T, dtype=np.float32)


def to_segment(samples: Samples) -> AudioSegment:
    """An AudioSegment of the samples: 16 bit, rounded, clipped at full scale."""
    from pydub import AudioSegment

    scaled = np.clip(np.rint(samples * 32767.0), -32768, 32767).astype("<i2")
    return AudioSegment(data=scaled.tobytes(), sample_width=2, frame_rate=SAMPLE_RATE, channels=2)


def from_segment(segment: AudioSegment) -> Samples:
    """The samples of an AudioSegment, stereo at 48 kHz."""
    fitted = segment.set_frame_rate(SAMPLE_RATE).set_channels(2).set_sample_width(2)
    raw = np.frombuffer(fitted.raw_data, dtype="<i2").reshape(-1, 2)
    return np.asarray(raw / 32767.0, dtype=np.float32)
