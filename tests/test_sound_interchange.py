"""Sound files in, pydub's segments in and out."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from storyreel.errors import StoryreelError
from storyreel.sound.interchange import decoded, from_segment, to_segment


def write_wav(path: Path, samples: np.ndarray, rate: int, width: int = 2) -> None:
    channels = samples.shape[1] if samples.ndim == 2 else 1
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def tone(rate: int, seconds: float = 1.0, frequency: float = 440.0) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * frequency * np.arange(round(rate * seconds)) / rate)


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000, 96_000])
def test_a_wav_of_any_rate_is_decoded_to_stereo_at_48_khz(tmp_path: Path, rate: int) -> None:
    write_wav(tmp_path / "tone.wav", tone(rate), rate)
    found = decoded(tmp_path / "tone.wav")
    assert found.dtype == np.float32
    assert found.shape[1] == 2
    assert len(found) == pytest.approx(48_000, abs=100)
    spectrum = np.abs(np.fft.rfft(found[:48_000, 0], 48_000))
    assert int(spectrum.argmax()) == 440
    assert np.sqrt(np.mean(found[4_000:44_000] ** 2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.02)


def test_what_is_no_sound_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "words.wav").write_text("This is not sound. " * 50)
    with pytest.raises(StoryreelError, match="can't be read as sound"):
        decoded(tmp_path / "words.wav")
    with pytest.raises(StoryreelError, match="no such sound file"):
        decoded(tmp_path / "nothing.wav")


def test_samples_survive_a_segment_and_back() -> None:
    samples = np.random.default_rng(3).uniform(-1, 1, (9_600, 2)).astype(np.float32)
    segment = to_segment(samples)
    assert (segment.frame_rate, segment.channels, segment.sample_width) == (48_000, 2, 2)
    assert len(segment) == 200
    assert np.abs(from_segment(segment) - samples).max() <= 0.5 / 32767 + 1e-6


def test_a_segment_of_another_kind_comes_in_as_it_sounds() -> None:
    from pydub import AudioSegment

    heard = tone(24_000)
    mono = AudioSegment((heard * 32767).astype("<i2").tobytes(), sample_width=2, frame_rate=24_000, channels=1)
    for segment in (mono, mono.set_sample_width(4), mono.set_sample_width(1)):
        found = from_segment(segment)
        assert found.shape == (48_000, 2)
        assert np.array_equal(found[:, 0], found[:, 1])
        assert np.sqrt(np.mean(found**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.03)


def test_too_loud_is_clipped_not_wrapped() -> None:
    segment = to_segment(np.full((100, 2), 3.0, dtype=np.float32))
    assert from_segment(segment).min() == pytest.approx(1.0)
