"""Voices: the author's words with their times, one cast told apart, silence where nobody speaks."""

from __future__ import annotations

import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from storyreel.errors import StoryreelError
from storyreel.sound.clip import Speech
from storyreel.sound.edit import SPEECH_LUFS
from storyreel.sound.loudness import loudness
from storyreel.sound.pronunciation import pronunciation, unsaid
from storyreel.sound.recording import recorded
from storyreel.sound.voice import voice
from storyreel.text.words import words

HARD = (
    "I'm in control!",
    "I got 25 likes — but one positive comment can make someone's day.",
    "You're in control 🙌",
    "🙌 Yay",
    "At 10:30, 3/4 of us paid $5.",
    "Hello @milkymichii and #CreateKindness",
    "“Why would you… say that?”",
    "well—maybe re-do it…",
    "SO YOU HATE THE SUN?!",
    "I ❤️ you — 👩‍👩‍👧 family!",
    "e.g. the U.S.A. is big :)",
    "don’t — – … stop",
    "ばか yes",
    "1234567890123456789012345678901234567890123456789 things",
    "⑴ and Ⅳ½, ①②",
    "Find it at https://www.example.com/create-kindness",
    "one\ttwo, 10\u00a0km \u2066then\u2069",
)


@pytest.fixture(scope="module")
def line() -> Speech:
    return voice("heart").speak("Wait. I'm in control!")


def pitch(speech: Speech) -> float:
    """Median pitch (Hz) of the voiced parts, by autocorrelation."""
    found, size = [], 1440
    full = np.correlate(np.ones(size), np.ones(size), "full")[size - 1 :]
    for start in range(0, len(speech.samples) - size, 600):
        part = speech.samples[start : start + size].astype(np.float64)
        if np.sqrt(np.mean(part**2)) < 0.05:
            continue
        correlation = np.correlate(part - part.mean(), part - part.mean(), "full")[size - 1 :] / full
        low, high = speech.rate // 420, speech.rate // 70
        lag = low + int(correlation[low:high].argmax())
        if correlation[lag] > 0.8 * correlation[0]:
            found.append(speech.rate / lag)
    return float(np.median(found))


@pytest.mark.parametrize("text", HARD)
def test_words_are_as_typed_each_with_its_own_time(text: str) -> None:
    speech = voice("heart").speak(text)
    assert [word.text for word in speech.words] == [word.text for word in words(text)]
    assert all(word.end > word.start for word in speech.words)
    assert all(after.start >= before.end - 1e-9 for before, after in pairwise(speech.words))
    assert speech.words[0].start >= 0
    assert speech.words[-1].end <= speech.seconds + 0.011


def test_a_number_beyond_the_voices_words_is_spoken_digit_by_digit() -> None:
    speaker = pronunciation()
    digits = speaker.phonemes([" ".join("12345" * 8)])
    assert speaker.phonemes(["12345" * 8]) == digits
    assert speaker.phonemes(["1" + ",234" * 12]) == speaker.phonemes(["1 " + "2 3 4 " * 12])
    assert speaker.phonemes(["1,234"]) != speaker.phonemes(["1 2 3 4"])


@pytest.mark.parametrize(
    ("text", "word"),
    [("café Ｆｕｌｌ ʻOkina 3rd 🙌 E=mc²", ""), ("π r", ""), ("so ばか", "ばか"), ("Привет", "Привет"), ("我ok", "我")],
)
def test_the_first_word_in_a_script_that_the_voice_does_not_read_is_known(text: str, word: str) -> None:
    assert unsaid(text) == word


def test_emoji_are_not_spoken() -> None:
    plain, decorated = voice("heart").speak("You're in control"), voice("heart").speak("You're in control 🙌")
    assert [p.text for p in plain.phonemes] == [p.text for p in decorated.phonemes]
    with pytest.raises(StoryreelError, match="nothing in it that can be spoken"):
        voice("heart").speak("🙌 …")


def test_a_clip_begins_and_ends_close_to_its_words(line: Speech) -> None:
    level = np.abs(line.samples)
    heard = np.flatnonzero(level > 0.01 * level.max()) / line.rate
    assert heard[0] < 0.12
    assert line.seconds - heard[-1] < 0.3
    assert line.words[0].start < 0.15
    assert line.words[-1].end == pytest.approx(heard[-1], abs=0.12)
    assert level[0] < 1e-3
    assert level[-1] < 1e-3


def test_words_sound_when_they_are_said_to(line: Speech) -> None:
    """The pause after “Wait.” is between its words' times, and each word holds most of its own energy."""
    power = line.samples.astype(np.float64) ** 2
    inside = sum(power[int(w.start * line.rate) : int(w.end * line.rate)].sum() for w in line.words)
    assert inside > 0.97 * power.sum()
    for word in line.words:
        part = power[int(word.start * line.rate) : int(word.end * line.rate)]
        assert part.mean() > 0.02 * power.mean(), word


@pytest.mark.parametrize(("factor", "formant"), [(1.2, 1.07), (0.52, 0.82), (1.0, 1.0)])
def test_pitch_follows_its_factor_and_loudness_does_not(factor: float, formant: float, line: Speech) -> None:
    other = voice("heart").speak("Wait. I'm in control!", pitch=factor, formant=formant)
    assert pitch(other) / pitch(line) == pytest.approx(factor, rel=0.1)
    assert other.seconds == pytest.approx(line.seconds, abs=0.1)
    assert loudness(np.repeat(other.samples[:, None], 2, axis=1).repeat(2, axis=0)) == pytest.approx(
        SPEECH_LUFS, abs=1.0
    )


def test_speed_shortens(line: Speech) -> None:
    assert voice("heart").speak("Wait. I'm in control!", speed=1.4).seconds < 0.85 * line.seconds


def test_a_line_is_the_same_each_time_and_another_by_another_seed(line: Speech) -> None:
    again, other = (voice("heart").speak("Wait. I'm in control!", seed=seed) for seed in (7, 8))
    assert again.samples.tobytes() == line.samples.tobytes()
    assert again.words == line.words
    assert other.samples.tobytes() != line.samples.tobytes()


def test_long_speeches_are_spoken_whole() -> None:
    text = "Behind every account is a real human being. " * 16 + "… The end."
    speech = voice("heart").speak(text)
    assert [word.text for word in speech.words] == text.split()
    assert speech.seconds > 30
    assert speech.words[-1].start > 0.9 * speech.seconds


def test_an_unknown_voice_is_refused_with_a_hint() -> None:
    with pytest.raises(StoryreelError, match="unknown voice 'hart'; did you mean 'heart'"):
        voice("hart")


def write(path: Path, samples: np.ndarray, rate: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def test_a_recording_has_its_words_where_somebody_speaks(tmp_path: Path, line: Speech) -> None:
    """Half a second of hiss, the line, a second of hiss: the words lie on the line, its pause between them."""
    random = np.random.default_rng(1)
    silent = 0.0004 * random.standard_normal(line.rate)
    write(tmp_path / "line.wav", np.concatenate([silent[: line.rate // 2], 0.3 * line.samples, silent]), line.rate)
    found = recorded(tmp_path / "line.wav", "Wait. I'm in control! 🙌")
    assert found.seconds == pytest.approx(line.seconds + 1.5, abs=0.02)
    assert [word.text for word in found.words] == ["Wait.", "I'm", "in", "control!", "🙌"]
    assert all(after.start >= before.end - 1e-9 for before, after in pairwise(found.words))
    assert found.words[0].start == pytest.approx(0.5 + line.words[0].start, abs=0.08)
    assert found.words[3].end == pytest.approx(0.5 + line.words[-1].end, abs=0.25)
    assert loudness(np.repeat(found.samples[:, None], 2, axis=1)) == pytest.approx(SPEECH_LUFS, abs=0.5)
    assert all(p.end > p.start for p in found.phonemes)


def test_a_recording_that_pauses_has_its_words_around_the_pause(tmp_path: Path) -> None:
    rate = 16_000
    t = np.arange(rate) / rate
    hum = 0.4 * np.sin(2 * np.pi * 160 * t)
    write(tmp_path / "two.wav", np.concatenate([hum, np.zeros(rate), hum]), rate)
    words = recorded(tmp_path / "two.wav", "maybe maybe").words
    assert words[0].end == pytest.approx(1.0, abs=0.1)
    assert words[1].start == pytest.approx(2.0, abs=0.1)


def test_a_silent_or_wordless_recording_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "silent.wav", np.zeros(8_000), 16_000)
    with pytest.raises(StoryreelError, match=r"silent\.wav is silent"):
        recorded(tmp_path / "silent.wav", "hello")
    with pytest.raises(StoryreelError, match="needs its text"):
        recorded(tmp_path / "silent.wav", "  ")


def test_a_recording_in_a_script_without_spaces_shares_its_time_among_its_words(tmp_path: Path) -> None:
    time = np.arange(96_000) / 48_000
    tone = (np.sin(2 * np.pi * 220 * time) * 12_000).astype("<i2")
    with wave.open(str(tmp_path / "line.wav"), "wb") as file:
        file.setparams((1, 2, 48_000, len(tone), "NONE", ""))
        file.writeframes(tone.tobytes())
    found = recorded(tmp_path / "line.wav", "優しさと敬意を受ける").words
    assert [word.text for word in found] == ["優しさと", "敬意を", "受ける"]
    assert [word.end - word.start for word in found] == pytest.approx([0.8, 0.6, 0.6], abs=0.03)
