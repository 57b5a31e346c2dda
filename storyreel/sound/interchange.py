"""Sound in and out: any audio file to samples, samples to and from pydub's segments. No ffmpeg program is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from storyreel.errors import StoryreelError
from storyreel.media.clips import sound_stream, times, video_stream
from storyreel.media.kinds import SOUNDS, open_media
from storyreel.sound.resample import resampled
from storyreel.sound.tape import Samples
from storyreel.timeline.clock import SAMPLE_RATE

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.resampler import AudioResampler
    from av.audio.stream import AudioStream
    from av.container import InputContainer

_FULL = 32767
_RATES = range(1_000, 768_001)
"""Samples a second that a sound may have."""
_FLOATS = frozenset(("flt", "fltp", "dbl", "dblp"))
_HIGHEST = 64.0
"""No sound goes so far beyond full scale: numbers like that come from another scale, or mean nothing."""


def decoding(path: Path | str) -> Iterator[Samples]:
    """The sound of a file (WAV, MP3, M4A, FLAC, OGG, a film's) in small pieces, as stereo at 48 kHz.

    Raises:
        StoryreelError: there is no such file, or it holds no sound that can be read.
    """
    path = Path(path)
    if not path.is_file():
        raise StoryreelError(f"no such sound file: {path}")
    with _heard(path) as (container, stream):
        yield from _pieces(container, stream)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Whatever goes wrong with a file in the block names it."""
    import av

    try:
        yield
    except av.FFmpegError as error:
        raise StoryreelError(f"'{path.name}' can't be read as sound: {error.strerror or error}") from error
    except (StoryreelError, OSError, IndexError) as error:
        # Of a damaged file PyAV may count more streams than it has.
        raise StoryreelError(f"'{path.name}' can't be read as sound: {error}") from error


@contextmanager
def _heard(path: Path) -> Iterator[tuple[InputContainer, AudioStream]]:
    """A sound file, open for the block, and what is heard of it.

    Raises:
        StoryreelError: it holds no sound, or something goes wrong in the block; the message names the file.
    """
    with _reading(path), open_media(path, SOUNDS) as container:
        stream = sound_stream(container)
        if stream is None:
            raise StoryreelError("it holds no sound")
        yield container, stream


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """A stream's sound as it is, if it can be played.

    Raises:
        StoryreelError: it can't.
    """
    if stream.rate not in _RATES:
        raise StoryreelError(f"it has {stream.rate} samples a second; from {_RATES[0]} to {_RATES[-1]} can be played")
    empty, form = True, None
    for frame in container.decode(stream):
        here = frame.format.name, frame.layout.name, frame.sample_rate
        if form is None:
            _try_out(stream, frame)
        elif form != here:
            raise StoryreelError("its channels or its rate change in the middle")
        form = here
        # Of what is no number the comparison is false as well.
        if frame.format.name in _FLOATS and not np.abs(frame.to_ndarray()).max(initial=0.0) <= _HIGHEST:
            raise StoryreelError("it holds samples that are no numbers, or far too large")
        empty = empty and not frame.samples
        yield frame
    if empty:
        raise StoryreelError("it holds no sound")


def _resampler(stream: AudioStream) -> AudioResampler:
    """Brings a stream to 48 kHz, and to two channels unless it has one."""
    from av.audio.resampler import AudioResampler

    # One channel goes to both sides as it is: a resampler would take 3 dB off.
    return AudioResampler(format="fltp", layout="mono" if stream.channels == 1 else "stereo", rate=SAMPLE_RATE)


def _try_out(stream: AudioStream, frame: AudioFrame) -> None:
    """Brings one frame to two channels, which can't be done from every number of them.

    Raises:
        StoryreelError: it can't.
    """
    import av

    try:
        _resampler(stream).resample(frame)
    except av.FFmpegError as error:
        raise StoryreelError(f"its {stream.channels} channels can't be brought to two; give it two") from error


def _pieces(container: InputContainer, stream: AudioStream) -> Iterator[Samples]:
    """A stream's sound as stereo at 48 kHz."""
    resampler = _resampler(stream)
    for frame in chain(_frames(container, stream), (None,)):
        for made in resampler.resample(frame):
            piece = made.to_ndarray().T
            yield np.ascontiguousarray(np.repeat(piece, 2 // piece.shape[1], axis=1), dtype=np.float32)


def beside_pictures(path: Path, most: int) -> Iterator[Samples]:
    """A clip's own sound, from when its first picture shows until its last is gone: silent where there is none.

    Args:
        path: the clip.
        most: how many samples are wanted at most.

    Raises:
        StoryreelError: its sound can't be read.
    """
    with _reading(path), open_media(path) as pictures, open_media(path) as container:
        sound = sound_stream(container)
        if sound is None:
            return
        shown = video_stream(pictures)
        found, tick = times(pictures, shown), shown.time_base or 1
        left = min(round((found.end - found.starts[0]) * tick * SAMPLE_RATE), most)
        late = round(((sound.start_time or 0) * (sound.time_base or 1) - found.starts[0] * tick) * SAMPLE_RATE)
        silence = np.zeros((max(min(late, left), 0), 2), dtype=np.float32)
        early = max(-late, 0)
        for piece in chain((silence,), _pieces(container, sound)):
            cut = min(early, len(piece))
            early -= cut
            made = piece[cut : cut + left]
            left -= len(made)
            yield made
            if not left:
                return
        yield np.zeros((left, 2), dtype=np.float32)


def decoded(path: Path | str) -> Samples:
    """The whole sound of a file, as `decoding` gives it.

    Raises:
        StoryreelError: as `decoding`.
    """
    return np.concatenate(list(decoding(path)))


def sound_fault(path: Path) -> str | None:
    """Why a file can't be heard, or nothing; all of it is decoded, but nothing is kept."""
    try:
        with _heard(path) as (container, stream):
            for _ in _frames(container, stream):
                pass
    except StoryreelError as error:
        return str(error)
    return None


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
