"""Sounds, recordings and the sound of clips: heard where they belong, refused with their place where they can't be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from small_media import GREEN, RATE, RED, plain, write_clip, write_float_wav, write_wav

import storyreel
from storyreel.errors import SceneError
from storyreel.sound.interchange import decoded
from storyreel.sound.loudness import loudness, master
from storyreel.sound.mix import stems
from storyreel.sound.recording import recorded
from storyreel.timeline.model import ClipCue, Timeline

HEAD = """\
storyreel: 1
title: Heard
reveal: false
format: {width: 160, height: 160, fps: 10}
"""
PICTURE = "scenes: [{id: a, props: {p: {kind: picture, file: it.png}}, beats: [{wait: 1s}]}]\n"


def buzz(seconds: float, rate: int = RATE) -> NDArray[np.float32]:
    """Something like a voice: a buzz that comes in four syllables a second."""
    t = np.arange(int(seconds * rate)) / rate
    wave = sum(np.sin(2 * np.pi * 180 * k * t) / k for k in range(1, 20))
    return (0.2 * wave * np.clip(np.sin(2 * np.pi * 4 * t), 0, 1)).astype(np.float32)


def scene(folder: Path, text: str) -> Path:
    (folder / "scene.yaml").write_text(HEAD + text)
    return folder / "scene.yaml"


def told(path: Path) -> str:
    """What a check says of a scene, without its folder."""
    with pytest.raises(SceneError) as error:
        storyreel.load(path)
    return str(error.value).replace(f"{path.parent}/", "")


USES = {
    "an effect": ("scenes: [{id: a, beats: [{wait: 1s, sfx: it.wav}]}]\n", "scene.yaml:5:42: "),
    "music": ("music: {track: it.wav}\nscenes: [{id: a, beats: [{wait: 1s}]}]\n", "scene.yaml:5:16: "),
    "a recorded line": (
        "cast: {m: {puppet: michii}}\n"
        "scenes: [{id: a, cast: {m: {at: left}}, beats: [{m: {say: Hi, recording: it.wav}}]}]\n",
        "scene.yaml:6:74: ",
    ),
}
FAULTS = {
    "no number": (lambda path: write_float_wav(path, np.r_[buzz(0.2), np.float32(np.nan)]), "no numbers, or far too"),
    "endless": (lambda path: write_float_wav(path, np.r_[buzz(0.2), np.float32(np.inf)]), "no numbers, or far too"),
    "huge": (lambda path: write_float_wav(path, 1e30 * buzz(0.2)), "no numbers, or far too"),
    "one sample a second": (lambda path: write_wav(path, buzz(0.1), 1), "it has 1 samples a second; from 1000 to"),
    "empty": (lambda path: path.write_bytes(b""), "the file is empty"),
    "no sample": (lambda path: write_wav(path, buzz(0)), "can't be read as sound"),
    "a picture": (lambda path: Image.fromarray(plain(RED)).save(path, "PNG"), "it is none of WAV"),
    "nine channels": (lambda path: write_wav(path, np.tile(buzz(0.1)[:, None], 9)), "its 9 channels can't be"),
    "a list of files": (lambda path: path.write_text("ffconcat version 1.0\nfile secret.wav\n"), "it is none of WAV"),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_no_sound_is_refused_where_it_is_named(tmp_path: Path, use: str, fault: str) -> None:
    make, why = FAULTS[fault]
    make(tmp_path / "it.wav")
    text, place = USES[use]
    said = told(scene(tmp_path, text))
    assert said.startswith(f"{place}'it.wav' can't be read as sound")
    assert why in said
    assert "\n" not in said


def test_a_sound_may_have_tags_in_any_letters(tmp_path: Path) -> None:
    data = write_wav(tmp_path / "it.wav", buzz(0.1)).read_bytes()
    (tmp_path / "it.wav").write_bytes(data[:12] + b"LIST\x10\0\0\0INFOINAM\4\0\0\0Zo\xeb\0" + data[12:])
    assert len(decoded(tmp_path / "it.wav")) == RATE // 10


def test_a_recording_that_never_moves_is_silent(tmp_path: Path) -> None:
    for name, samples in (("still", np.full(RATE, 1.0)), ("nothing", np.zeros(RATE))):
        write_wav(tmp_path / "it.wav", samples)
        assert told(scene(tmp_path, USES["a recorded line"][0])) == "scene.yaml:6:74: it.wav is silent", name


def test_a_hum_too_low_to_be_heard_is_not_blown_up(tmp_path: Path) -> None:
    write_wav(tmp_path / "hum.wav", 0.9 * np.sin(2 * np.pi * np.arange(RATE) / RATE))
    assert np.abs(recorded(tmp_path / "hum.wav", "Hi").samples).max() <= 4.0


def test_a_lone_click_makes_a_film_that_can_be_played() -> None:
    mix = np.zeros((RATE, 2), np.float32)
    mix[0] = 0.6
    made = master(mix)[:]
    assert np.isfinite(made).all()
    assert 0.1 < np.abs(made).max() < 1


def test_a_recording_whose_sides_cancel_out_is_heard_from_one_of_them(tmp_path: Path) -> None:
    voice = buzz(1.2)
    write_wav(tmp_path / "phase.wav", np.stack([voice, -voice], 1))
    write_wav(tmp_path / "mono.wav", voice)
    found, plainly = (recorded(tmp_path / name, "One two three.").samples for name in ("phase.wav", "mono.wav"))
    assert np.abs(np.abs(found) - np.abs(plainly)).max() < 1e-3


def test_the_pauses_of_a_recording_with_a_constant_in_it_are_found(tmp_path: Path) -> None:
    samples = np.concatenate([buzz(1.0), np.zeros(RATE), buzz(1.0)]) + 0.2
    write_wav(tmp_path / "shifted.wav", samples)
    phonemes = recorded(tmp_path / "shifted.wav", "Maybe, maybe.").phonemes
    assert not any(sound.start < 1.5 < sound.end for sound in phonemes)


def test_nothing_sounds_in_a_pause_of_a_recording_even_where_a_word_goes_over_it(tmp_path: Path) -> None:
    write_wav(tmp_path / "gap.wav", np.concatenate([buzz(0.99), np.zeros(RATE * 3 // 10), buzz(0.5)]))
    for text in ("Maybe", "Oh", "One two three four."):
        phonemes = recorded(tmp_path / "gap.wav", text).phonemes
        assert not any(sound.start < 1.15 < sound.end for sound in phonemes), text
        assert any(sound.end < 1.05 for sound in phonemes)
        assert any(sound.start > 1.2 for sound in phonemes)


@pytest.fixture
def beep(tmp_path: Path) -> Path:
    """One second of pictures; a tone in the first half of it."""
    tone = 0.4 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE) * (np.arange(RATE) < RATE // 2)
    return write_clip(tmp_path / "beep.mp4", [plain(GREEN)] * 10, sound=tone.astype(np.float32))


def heard(timeline: Timeline) -> list[bool]:
    """Whether a clip is heard, each tenth of a second."""
    made = stems(timeline, {}).clips[:]
    return [bool(np.abs(made[at + 600 : at + 4200]).max() > 0.01) for at in range(0, len(made), RATE // 10)]


SHOWN = """\
scenes:
  - id: a
    props:
      it: {kind: picture, file: beep.mp4, hidden: true%s}
    beats:
      - {wait: 1s}
      - {it: {show: now}, for: 1.8s}
      - {it: {hide: now}, for: 1s}
"""


def test_a_clip_is_heard_while_it_is_seen_and_loops_with_its_pictures(tmp_path: Path, beep: Path) -> None:
    timeline = storyreel.load(scene(tmp_path, SHOWN % "")).timeline
    assert timeline.sound.clips == (ClipCue(str(beep), 10, 18, 10),)
    assert heard(timeline) == [10 <= k < 28 and k % 10 < 5 for k in range(38)]


def test_a_clip_in_a_pane_is_heard_while_the_pane_is_seen(tmp_path: Path, beep: Path) -> None:
    text = (SHOWN % "").replace("kind: picture, file: beep.mp4", "kind: pane")
    text = text.replace("    beats:", "      clip: {kind: picture, file: beep.mp4, in: it}\n    beats:")
    assert storyreel.load(scene(tmp_path, text)).timeline.sound.clips == (ClipCue(str(beep), 10, 18, 10),)


def test_a_clip_can_be_muted_and_made_softer(tmp_path: Path, beep: Path) -> None:
    assert storyreel.load(scene(tmp_path, SHOWN % ", sound: false")).timeline.sound.clips == ()
    plainly, softer = (
        stems(storyreel.load(scene(tmp_path, SHOWN % more)).timeline, {}).clips[:] for more in ("", ", gain: -12")
    )
    assert np.abs(softer).max() == pytest.approx(np.abs(plainly).max() * 10 ** (-12 / 20), rel=1e-3)


def test_a_clip_whose_sound_is_broken_can_be_shown_only_muted(tmp_path: Path) -> None:
    write_clip(tmp_path / "it.mkv", [plain(RED)] * 5, sound=np.r_[buzz(0.3), np.float32(np.nan)])
    text = PICTURE.replace("it.png", "it.mkv")
    assert told(scene(tmp_path, text)).startswith("scene.yaml:5:51: 'it.mkv' can't be read as sound: it holds samples")
    muted = storyreel.load(scene(tmp_path, text.replace("it.mkv", "it.mkv, sound: false")))
    assert muted.timeline.sound.clips == ()


def test_a_clip_without_sound_is_silent(tmp_path: Path) -> None:
    write_clip(tmp_path / "beep.mp4", [plain(GREEN)] * 10)
    assert storyreel.load(scene(tmp_path, SHOWN % "")).timeline.sound.clips == ()


def test_a_clip_is_as_loud_as_speech_and_louder_than_the_music(tmp_path: Path) -> None:
    write_clip(tmp_path / "beep.mp4", [plain(GREEN)] * 30, sound=0.4 * buzz(3))
    text = "music: {track: bubblegum, level: -14}\n" + (SHOWN % "").replace(", hidden: true", "")
    made = stems(storyreel.load(scene(tmp_path, text)).timeline, {})
    span = slice(0, 2 * RATE)
    assert loudness(made.clips[span]) == pytest.approx(-16, abs=1)
    assert loudness(made.clips[span]) - loudness(made.music[span]) > 5


def test_the_portrait_has_its_sound_unless_it_is_muted(tmp_path: Path, beep: Path) -> None:
    creator = 'creator: {name: A, handle: "@a", portrait: beep.mp4, message: Hi%s}\n'
    body = "scenes: [{id: a, beats: [{wait: 1s}]}]\n"
    path = tmp_path / "scene.yaml"
    path.write_text(HEAD.replace("reveal: false\n", "") + creator % "" + body)
    timeline = storyreel.load(path).timeline
    (cue,) = timeline.sound.clips
    assert (cue.clip, cue.frame, cue.frame + cue.frames) == (str(beep), 10 + cue.skip, timeline.length)
    path.write_text(HEAD.replace("reveal: false\n", "") + creator % ", sound: false" + body)
    assert storyreel.load(path).timeline.sound.clips == ()


def test_the_sound_of_a_clip_is_decoded_with_its_pictures(tmp_path: Path, beep: Path) -> None:
    assert len(decoded(beep)) == pytest.approx(RATE, abs=2048)


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda data: data[: len(data) // 2], "the file is damaged or cut off"),
        (lambda data: b"", "the file is empty"),
        (lambda data: b"words" * 100, "it is none of PNG"),
    ],
)
@pytest.mark.parametrize("name", ["it.jpg", "it.mp4"])
def test_a_damaged_picture_or_clip_is_refused_where_it_is_named(
    tmp_path: Path, name: str, damage: object, why: str
) -> None:
    path = tmp_path / name
    if name == "it.jpg":
        Image.fromarray(np.random.default_rng(1).integers(0, 255, (64, 64, 3)).astype(np.uint8)).save(path)
    else:
        write_clip(path, [plain(RED)] * 5)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    said = told(scene(tmp_path, PICTURE.replace("it.png", name)))
    assert said.startswith(f"scene.yaml:5:51: '{name}' can't be read as a picture or a clip: {why}")


def test_a_song_is_no_picture_though_it_has_a_cover(tmp_path: Path) -> None:
    write_wav(tmp_path / "song.wav", buzz(0.2))
    said = told(scene(tmp_path, PICTURE.replace("it.png", "song.wav")))
    assert said.endswith("it holds sound, but no picture")
