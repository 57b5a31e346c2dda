"""Who can be cast: voices of two engines, the larger of which comes with an extra."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storyreel.assets import asset
from storyreel.cli.commands import run
from storyreel.errors import StoryreelError
from storyreel.film.reading import vocabulary
from storyreel.script.read import read_text
from storyreel.sound import kokoro
from storyreel.sound.model import with_factor
from storyreel.sound.voice import VOICES, forget, missing, voice

FILM = """
storyreel: 2
title: T
cast:
  michii:
    puppet: michii
    voice: {use: michael}
scenes:
  - id: a
    cast: {michii: {}}
    beats:
      - {michii: Hello}
"""
HERE = pytest.mark.skipif(not kokoro.installed(), reason="the extra 'voices' isn't installed")


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A machine without the extra."""
    forget()
    monkeypatch.setattr(kokoro, "PACKAGES", ("no-such-package-of-voices",))
    yield
    forget()


def test_every_voice_of_the_extra_ships_its_style() -> None:
    named = {name for name, speaker in VOICES.items() if speaker.engine == "kokoro"}
    assert {path.stem for path in asset("voices").glob("*.xz")} == named
    styles = {name: kokoro.style(name) for name in sorted(named)}
    assert all(one.shape == (200, 256) and np.isfinite(one).all() for one in styles.values())
    assert len({one.tobytes() for one in styles.values()}) == len(named)


def test_a_film_that_names_a_voice_that_is_not_there_is_refused_at_its_line(absent: None, tmp_path: Path) -> None:
    with pytest.raises(StoryreelError) as refused:
        read_text(FILM, "scene.yaml", tmp_path, vocabulary(tmp_path))
    assert str(refused.value) == (
        "scene.yaml:7:18: the voice 'michael' isn't installed; pip install 'storyreel[voices]' brings it"
    )


def test_a_voice_that_is_not_there_says_what_brings_it(absent: None) -> None:
    assert missing("heart") is None
    with pytest.raises(StoryreelError, match=r"'onyx' isn't installed; pip install 'storyreel\[voices\]' brings it"):
        voice("onyx")


def test_the_voices_are_listed(absent: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["voices"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) == len(VOICES)
    assert rows[0].startswith("heart ")
    assert "installed" not in rows[0]
    assert rows[1].endswith("not installed: pip install 'storyreel[voices]'")


def test_a_voice_is_listened_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["voices", "heart", "-o", str(tmp_path)]) == 0
    assert (tmp_path / "heart.wav").stat().st_size > 50_000
    assert run(["voices", "hart"]) == 1
    assert "unknown voice 'hart'; did you mean 'heart'?" in capsys.readouterr().err


def test_another_model_than_the_known_one_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    forget()
    part = tmp_path / "part.bin"
    part.write_bytes(b"another model")
    monkeypatch.setattr(kokoro, "_part", lambda package: part)
    with pytest.raises(StoryreelError, match="isn't the one that storyreel knows; pip install --force-reinstall"):
        voice("onyx")
    forget()


def test_a_model_without_the_tensor_is_no_model_to_scale() -> None:
    with pytest.raises(ValueError, match="is made by 0 nodes"):
        with_factor(b"", "/pitch", ("/before",), "pitch")


def pitch(samples: np.ndarray, rate: int) -> float:
    """The median pitch of what is voiced (Hz)."""
    size, found = rate // 20, []
    for first in range(0, len(samples) - size, rate // 50):
        row = samples[first : first + size] * np.hanning(size)
        alike = np.correlate(row, row, "full")[size - 1 :]
        lag = rate // 400 + int(alike[rate // 400 : rate // 65].argmax())
        if alike[lag] > 0.5 * alike[0] > 0.05:
            found.append(rate / lag)
    return float(np.median(found))


@HERE
@pytest.mark.slow
def test_a_line_is_spoken_by_somebody_else_word_by_word() -> None:
    plain = voice("michael").speak("All of them know you.")
    assert [word.text for word in plain.words] == ["All", "of", "them", "know", "you."]
    assert all(before.end <= after.start + 1e-9 for before, after in zip(plain.words, plain.words[1:], strict=False))
    level = np.abs(plain.samples)
    heard = np.flatnonzero(level > 0.02 * level.max()) / plain.rate
    assert heard[0] == pytest.approx(plain.words[0].start, abs=0.06)
    assert heard[-1] == pytest.approx(plain.words[-1].end, abs=0.12)
    assert 90 < pitch(plain.samples, plain.rate) < 130
    # Pitch and formants are scaled each by itself, and the line stays as long.
    high = voice("michael").speak("All of them know you.", pitch=1.3, formant=1.06)
    assert pitch(high.samples, high.rate) == pytest.approx(1.3 * pitch(plain.samples, plain.rate), rel=0.07)
    assert high.seconds == pytest.approx(plain.seconds, rel=0.08)
    forget()
