"""Small photographs, clips and sounds, made where they are needed."""

from __future__ import annotations

import wave
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

RED, GREEN, BLUE = (230, 30, 30), (30, 200, 30), (30, 30, 230)
RATE = 48_000


def plain(colour: tuple[int, int, int], width: int = 96, height: int = 96) -> NDArray[np.uint8]:
    """A picture of one colour."""
    return np.full((height, width, 3), colour, np.uint8)


def counted(number: int, width: int = 96, height: int = 96) -> NDArray[np.uint8]:
    """A picture that tells its number (up to 255) by how bright its upper half is, from grain that differs below."""
    picture = np.random.default_rng(number).integers(0, 255, (height, width, 3)).astype(np.uint8)
    picture[: height // 2] = number
    return picture


def write_clip(
    path: Path,
    pictures: Iterable[NDArray[np.uint8]],
    rate: int = 10,
    sound: NDArray[np.float32] | None = None,
    first: int = 0,
    options: dict[str, str] | None = None,
    aspect: Fraction | None = None,
    to: Any = None,
) -> Path:
    """A clip in H.264; `first` is its first frame's number, `sound` mono, `to` a file object to write to instead.

    Sound is AAC in an MP4, and floats as they are in an MKV.
    """
    kind = {".ts": "mpegts", ".mkv": "matroska"}.get(path.suffix, "mp4")
    with av.open(to or str(path), "w", format=kind) as clip:
        stream: Any = clip.add_stream("libx264", rate=rate, options=options or {"crf": "10"})
        codec, form = ("pcm_f32le", "flt") if kind == "matroska" else ("aac", "fltp")
        heard: Any = clip.add_stream(codec, rate=RATE) if sound is not None else None
        if heard is not None:
            heard.layout = "mono"
        stream.pix_fmt = "yuv420p"
        for number, picture in enumerate(pictures):
            if not number:
                stream.height, stream.width = picture.shape[:2]
                if aspect is not None:
                    stream.sample_aspect_ratio = aspect
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = first + number, Fraction(1, rate)
            clip.mux(stream.encode(frame))
        clip.mux(stream.encode(None))
        if sound is not None:
            for at in range(0, len(sound), 1024):
                piece = av.AudioFrame.from_ndarray(sound[None, at : at + 1024], format=form, layout="mono")
                piece.sample_rate, piece.pts, piece.time_base = RATE, at, Fraction(1, RATE)
                clip.mux(heard.encode(piece))
            clip.mux(heard.encode(None))
    return path


def write_wav(path: Path, samples: NDArray[Any], rate: int = RATE) -> Path:
    """A sound in 16 bits: (samples,) or (samples, channels)."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1 if samples.ndim == 1 else samples.shape[1], 2, rate, 0, "NONE", ""))
        file.writeframes(np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def write_float_wav(path: Path, samples: NDArray[np.float32], rate: int = RATE) -> Path:
    """A sound in 32-bit floats, which may hold what is no sound."""
    data = samples.astype("<f4").tobytes()
    form = np.array([3, 1], "<u2").tobytes() + np.array([rate, rate * 4], "<u4").tobytes()
    form += np.array([4, 32], "<u2").tobytes()
    body = b"WAVEfmt " + len(form).to_bytes(4, "little") + form + b"data" + len(data).to_bytes(4, "little") + data
    path.write_bytes(b"RIFF" + len(body).to_bytes(4, "little") + body)
    return path
