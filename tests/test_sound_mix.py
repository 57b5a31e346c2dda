"""The mix: everything at its place, music that makes way, and a film that is loud enough and never too loud."""

from __future__ import annotations

import wave
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from storyreel.sound.clip import Speech
from storyreel.sound.effects import effect
from storyreel.sound.loudness import loudness, lufs, master, true_peak, weighted_energy
from storyreel.sound.mix import ducked, effects_stem, mix, music_stem, speech_stem, spoken, stems
from storyreel.sound.voice import voice
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import EffectCue, Held, MusicCue, Scene, Sound, SpeechCue, Timeline

FILM = Clock(Fraction(30))
RATE = 48_000


def film(sound: Sound, seconds: int = 12) -> Timeline:
    return Timeline("t", "kawaii", 1080, 1920, Fraction(30), (0, 0, 1, 1), (Scene("s", seconds * 30, ()),), sound=sound)


def click(rate: int = RATE) -> Speech:
    samples = np.zeros(rate, dtype=np.float32)
    samples[0] = 0.5
    return Speech(samples, rate, (), ())


def steady(seconds: float, level: float) -> np.ndarray:
    """Pink-like noise at a loudness (LUFS)."""
    random = np.random.default_rng(4)
    made = np.cumsum(random.standard_normal((round(seconds * RATE), 2)), axis=0) * 0.001
    made = (made[64:] - made[:-64]).astype(np.float32)
    made = np.pad(made, ((0, 64), (0, 0)))
    return np.asarray(made * 10 ** ((level - loudness(made)) / 20), dtype=np.float32)


@pytest.fixture(scope="module")
def lines() -> dict[str, Speech]:
    said = ("I made a little dance!", "What a silly bunny!", "For a great online experience, you're in control!")
    how = ((1.2, 1.07), (0.52, 0.82), (1.2, 1.07))
    return {
        text: voice("heart").speak(text, pitch=pitch, formant=formant)
        for text, (pitch, formant) in zip(said, how, strict=True)
    }


@pytest.fixture(scope="module")
def sound(lines: dict[str, Speech]) -> Sound:
    speech = tuple(SpeechCue(key, RATE * (1 + 4 * i), 0) for i, key in enumerate(lines))
    effects = tuple(EffectCue(name, 30 + 40 * i, seed=i) for i, name in enumerate(("pop", "stomp", "bonk", "chime")))
    return Sound(speech, effects, MusicCue("bubblegum", -19.0, sections=((0, "play"), (120, "grey"), (200, "win"))))


def test_speech_and_effects_are_at_their_sample() -> None:
    stem = speech_stem((SpeechCue("a", 1_234, 1), SpeechCue("a", 9_000, 1, gain_db=-6.0)), {"a": click()}, RATE)[:]
    assert np.flatnonzero(stem[:, 0]).tolist() == [1_234, 9_000]
    assert stem[9_000, 0] == pytest.approx(0.25, abs=0.002)
    made = effects_stem((EffectCue("pop", 15),), FILM, RATE * 2)[:]
    assert not made[: FILM.sample(15)].any()
    assert np.allclose(made[24_000 : 24_000 + len(effect("pop"))], effect("pop"), atol=1e-7)


def test_a_clip_of_another_rate_keeps_its_length_and_place() -> None:
    stem = speech_stem((SpeechCue("a", 4_800, 1),), {"a": click(24_000)}, RATE)[:]
    assert abs(int(np.abs(stem[:, 0]).argmax()) - 4_800) <= 1


def test_what_lies_outside_the_film_is_cut_off() -> None:
    cues = (SpeechCue("a", RATE - 100, 1), SpeechCue("a", 10 * RATE, 1), SpeechCue("a", -RATE, 1))
    assert speech_stem(cues, {"a": click()}, RATE)[:].shape == (RATE, 2)


def test_panning_goes_to_its_side_and_keeps_its_power() -> None:
    def sides(pan: float) -> np.ndarray:
        return speech_stem((SpeechCue("a", 0, 1, pan=pan),), {"a": click()}, 10)[:][0]

    assert sides(0.0) == pytest.approx([0.5, 0.5], abs=1e-6)
    assert sides(-1.0)[1] == pytest.approx(0, abs=1e-6)
    for pan in (-1.0, -0.4, 0.3, 1.0):
        assert np.square(sides(pan)).sum() == pytest.approx(0.5, rel=1e-5)


def test_a_sound_file_is_an_effect_or_a_track(tmp_path: Path) -> None:
    path = tmp_path / "hum.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        hum = 0.5 * np.sin(2 * np.pi * 200 * np.arange(RATE) / RATE)
        file.writeframes((hum * 32767).astype("<i2").tobytes())
    assert effects_stem((EffectCue(str(path), 0),), FILM, RATE)[100:].std() > 0.3
    music = music_stem(MusicCue(str(path), -20.0), FILM, 5 * RATE)[:]
    assert loudness(music[: 4 * RATE]) == pytest.approx(-20.0, abs=0.5)
    assert abs(music[-1]).max() < 1e-3


def test_music_is_at_its_level_and_follows_its_changes() -> None:
    plain = music_stem(MusicCue("bubblegum", -19.0), FILM, 10 * RATE)[:]
    assert loudness(plain) == pytest.approx(-19.0, abs=0.05)
    changed = music_stem(MusicCue("bubblegum", -19.0, changes=((150, -39.0, 15),)), FILM, 10 * RATE)[:]
    assert np.array_equal(changed[: 5 * RATE], plain[: 5 * RATE])
    assert np.allclose(changed[6 * RATE :], plain[6 * RATE :] * 0.1, atol=1e-5)


def test_speech_lies_ten_above_the_music_wherever_somebody_speaks(sound: Sound, lines: dict[str, Speech]) -> None:
    """Over each line, and over all windows of 400 ms whose speech passes BS.1770's gates."""
    made = stems(film(sound), lines)
    said, played = weighted_energy(made.speech, 480), weighted_energy(made.music, 480)
    found = spoken(said)
    assert len(found) == 3
    for first, end in found:
        speech = said[first:end]
        assert lufs(float(speech.mean())) - lufs(float(played[first:end].mean())) >= 10
    window = np.full(40, 1 / 40)
    voices, band = np.convolve(said, window, "valid"), np.convolve(played, window, "valid")
    loud = voices > 10 ** ((-70 + 0.691) / 10)
    loud &= voices > 0.1 * voices[loud].mean()
    assert lufs(float(voices[loud].mean())) - lufs(float(band[loud].mean())) >= 10.5
    inside = np.zeros(len(voices), dtype=bool)
    for first, end in found:
        inside[first : end - 40] = True
    assert np.quantile(10 * np.log10(voices[loud & inside] / band[loud & inside]), 0.1) >= 9


def test_the_loudest_music_that_is_held_makes_way_for_the_softest_line(lines: dict[str, Speech]) -> None:
    """So that music over a voice is nothing to warn of."""
    speech = (SpeechCue(next(iter(lines)), RATE, 0, gain_db=-18.0),)
    loudest = MusicCue("bubblegum", 0.0, sections=((0, Held("Em7", 150)), (150, "win")))
    made = stems(film(Sound(speech, (), loudest), 6), lines)
    said, played = weighted_energy(made.speech, 480), weighted_energy(made.music, 480)
    ((first, end),) = spoken(said)
    assert lufs(float(said[first:end].mean())) - lufs(float(played[first:end].mean())) >= 10
    assert lufs(float(played[-100:].mean())) > -10, "it is loud where nobody speaks"


def test_music_comes_back_between_lines_and_is_down_before_a_word(lines: dict[str, Speech]) -> None:
    key = next(iter(lines))
    speech = speech_stem((SpeechCue(key, 4 * RATE, 0),), lines, 10 * RATE)
    music = steady(10, -18)
    made = ducked(music, speech)[:]
    gain = 20 * np.log10((np.abs(made[:, 0]) + 1e-9) / (np.abs(music[:, 0]) + 1e-9))
    first, end = (step * 480 for step in spoken(weighted_energy(speech, 480))[0])
    assert np.abs(gain[: first - round(0.2 * RATE)]).max() < 0.01
    assert gain[first:end].max() < -6
    assert gain[first:end].std() < 0.2
    assert np.abs(gain[end + round(0.6 * RATE) :]).max() < 0.01
    assert np.abs(np.diff(gain[np.abs(music[:, 0]) > 1e-3])).max() < 0.5


def test_music_that_is_soft_already_is_left_alone(lines: dict[str, Speech]) -> None:
    speech = speech_stem((SpeechCue(next(iter(lines)), RATE, 0),), lines, 5 * RATE)
    music = steady(5, -45)
    assert ducked(music, speech) is music
    assert ducked(music, np.zeros_like(music)) is music


def test_effects_leave_a_line_to_be_understood(lines: dict[str, Speech]) -> None:
    key = next(iter(lines))
    together = Sound((SpeechCue(key, 2 * RATE, 0),), (EffectCue("chime", 66), EffectCue("chime", 240)))
    made = stems(film(together, 10), lines)
    said, heard = weighted_energy(made.speech, 480), weighted_energy(made.effects, 480)
    first, end = spoken(said)[0]
    assert lufs(float(said[first:end].mean())) - lufs(float(heard[first:end].mean())) >= 6
    assert np.allclose(made.effects[8 * RATE : 9 * RATE], effect("chime")[:RATE], atol=1e-6)


def test_a_film_without_sound_is_silent() -> None:
    made = mix(film(Sound(), 2), {})[:]
    assert made.shape == (2 * RATE, 2)
    assert not made.any()


def test_a_film_is_as_long_as_its_frames_and_the_same_each_time(sound: Sound, lines: dict[str, Speech]) -> None:
    made = master(mix(film(sound), lines))[:]
    assert made.shape == (12 * RATE, 2)
    assert made.dtype == np.float32
    assert master(mix(film(sound), lines))[:].tobytes() == made.tobytes()
    assert loudness(made) == pytest.approx(-14.0, abs=0.1)
    assert true_peak(made) <= -1.55


def test_speech_stands_above_music_and_effects_together_at_all_times(lines: dict[str, Speech]) -> None:
    speech = tuple(SpeechCue(key, RATE * (1 + 4 * i), 0) for i, key in enumerate(lines))
    named = ("stomp", "bonk", "clonk", "school-hall", "paper-tear", "stomp", "chime", "bark", "splash")
    effects = tuple(EffectCue(name, 28 + 37 * i, seed=i) for i, name in enumerate(named))
    made = stems(film(Sound(speech, effects, MusicCue("bubblegum", -14.0, sections=((0, "win"),)))), lines)
    rest = made.music[:] + made.effects[:]
    said = made.speech[:]
    for cue in speech:
        clip = lines[cue.key]
        first, end = (cue.sample + round(at * RATE) for at in (clip.words[0].start, clip.words[-1].end))
        level = loudness(said[first:end])
        for start in range(first, end - RATE * 2 // 5, RATE // 10):
            under = rest[start : start + RATE * 2 // 5]
            assert level - lufs(float(weighted_energy(under).mean())) > 10


def test_what_happens_right_after_a_line_is_heard_as_it_is(lines: dict[str, Speech]) -> None:
    key, clip = next(iter(lines.items()))
    frame = 30 + round((clip.seconds + 0.25) * 30)
    speech, effects = (SpeechCue(key, RATE, 0),), (EffectCue("stomp", frame, seed=1),)
    alone = stems(film(Sound((), effects)), lines).effects[:]
    assert np.allclose(stems(film(Sound(speech, effects)), lines).effects[:], alone, atol=1e-4)


def test_an_effect_goes_round_until_its_end_and_is_heard_through_a_door() -> None:
    plain = effects_stem((EffectCue("rain", 10, frames=300),), FILM, 12 * RATE)[:]
    assert not plain[: FILM.sample(10)].any()
    assert not plain[FILM.sample(310) :].any()
    assert np.square(plain[FILM.sample(290) : FILM.sample(305)]).mean() > 0.3 * np.square(plain).mean()
    door = effects_stem((EffectCue("rain", 10, frames=300, muffle="door"),), FILM, 12 * RATE)[:]
    assert np.square(door).mean() < 0.2 * np.square(plain).mean()
