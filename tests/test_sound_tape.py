"""Sound worked on span by span: the same samples whatever the spans, at any length in the same memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tracemalloc
from fractions import Fraction
from itertools import pairwise
from math import gcd
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import oaconvolve, resample_poly, sosfilt

from storyreel.errors import StoryreelError
from storyreel.render.encode import _heard, encode_sound
from storyreel.sound import loudness as levels
from storyreel.sound.clip import Speech
from storyreel.sound.loudness import HEARD_DBTP, energies, limited, loudness, master, true_peak
from storyreel.sound.mix import mix, stems
from storyreel.sound.performance import _Hall, _room, performed
from storyreel.sound.resample import resampled
from storyreel.sound.score import load_track
from storyreel.sound.tape import (
    Samples,
    Silence,
    Sounding,
    Summed,
    Tape,
    Turned,
    around,
    blocks,
    stepped,
    taped,
    through,
)
from storyreel.timeline.model import EffectCue, MusicCue, Scene, Sound, SpeechCue, Timeline

RATE = 48_000
SIZES = (4_801, 31_337, 96_000, 10**9)


def noise(samples: int, seed: int = 1, level: float = 0.2) -> Samples:
    return (level * np.random.default_rng(seed).standard_normal((samples, 2))).astype(np.float32)


def spoken(seed: int, seconds: float = 1.5) -> Speech:
    """Something that comes and goes as a voice does, at 24 kHz."""
    count = round(seconds * 24_000)
    wave = np.random.default_rng(seed).standard_normal(count) * np.abs(np.sin(np.arange(count) / 3_000))
    return Speech((0.3 * wave).astype(np.float32), 24_000, (), ())


CLIPS = {"a": spoken(1), "b": spoken(2, 0.7)}


def film(seconds: int, music: MusicCue | None = None) -> Timeline:
    every = range(0, seconds, 4)
    sound = Sound(
        tuple(SpeechCue("ab"[at % 8 // 4], at * RATE + 7_777, 0, pan=0.2 - at % 3 / 5) for at in every),
        tuple(EffectCue(name, at * 30 + 75, -3.0, seed=at % 8) for at in every for name in ("pop", "stomp")),
        music or MusicCue("bubblegum", -19.0, sections=((0, "play"), (70, "grey"), (130, "win"))),
    )
    scene = Scene("s", seconds * 30, ())
    return Timeline("t", "kawaii", 1080, 1920, Fraction(30), (0, 0, 1, 1), (scene,), sound=sound)


def whole(sound: Sounding) -> bytes:
    return sound[:].tobytes()


@settings(max_examples=60, deadline=None)
@given(
    length=st.integers(1, 3_000),
    cuts=st.lists(st.integers(0, 3_000), max_size=6),
    step=st.sampled_from([48, 480]),
    seed=st.integers(0, 99),
)
def test_what_is_worked_out_when_read_is_the_same_in_any_spans(
    length: int, cuts: list[int], step: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    gains = stepped(random.uniform(0, 2, -(-length // step)), step)
    slide = through([0.0, length / 3, length], [-20.0, 3.0, -6.0])
    sound = Summed(Turned(Turned(noise(length, seed), gains), slide), noise(length, seed + 1), Silence(length))
    edges = sorted({0, length, *(min(cut, length) for cut in cuts)})
    parts = [sound[a:b] for a, b in pairwise(edges)]
    assert np.concatenate(parts).tobytes() == whole(sound)
    assert whole(taped(parts)) == whole(sound)


def test_a_gain_is_met_in_the_middle_of_its_step_and_held_at_the_ends() -> None:
    curve = stepped(np.array([1.0, 3.0, 2.0]), 5)(0, 15)
    assert curve[[2, 7, 12]].tolist() == [1.0, 3.0, 2.0]
    assert curve[[0, 1, 13, 14]].tolist() == [1.0, 1.0, 2.0, 2.0]
    assert curve[3] == pytest.approx(1.4)


@settings(max_examples=30, deadline=None)
@given(st.integers(-50, 150), st.integers(0, 150))
def test_beyond_its_ends_a_sound_is_silent(first: int, more: int) -> None:
    sound = noise(100)
    expected = np.pad(sound, ((100, 300), (0, 0)))[100 + first : 100 + first + more]
    assert np.array_equal(around(sound, first, first + more), expected)


def test_a_tape_gives_back_what_was_put_on_it() -> None:
    sound = noise(10_000)
    tape = taped(blocks(sound, 777))
    assert len(tape) == 10_000
    assert np.array_equal(tape[:], sound)
    assert np.array_equal(tape[9_990:20_000], sound[9_990:])
    assert tape[5_000:4_000].shape == (0, 2)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_one_clear_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **how: Path("/dev/full").open("w+b", **how))  # noqa: SIM115
    with pytest.raises(StoryreelError, match=r"can't be kept in .* No space left on device; TMPDIR names another"):
        taped([noise(100)])


def test_a_missing_folder_is_one_clear_message(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(StoryreelError, match="gone while it is mixed: No such file"):
        Tape()


@pytest.mark.parametrize(
    "music", [None, MusicCue("bubblegum", -19.0, changes=((100, -30.0, 20), (200, -18.0, 5)))], ids=["level", "changes"]
)
def test_a_film_is_mixed_and_mastered_alike_in_blocks_of_any_size(music: MusicCue | None) -> None:
    timeline = film(11, music)
    first, *others = (mix(timeline, CLIPS, size) for size in SIZES)
    assert all(whole(other) == whole(first) for other in others)
    made = master(first)
    assert whole(made) == b"".join(block.tobytes() for block in blocks(made, 12_345))
    assert whole(made) == whole(master(first[:]))


def test_a_sound_file_goes_round_alike_in_blocks_of_any_size(tmp_path: Path) -> None:
    path = tmp_path / "loop.mp4"
    path.write_bytes(encode_sound(noise(3 * RATE + 1_234)))
    timeline = film(8, MusicCue(str(path), -20.0))
    first, *others = (mix(timeline, CLIPS, size) for size in SIZES)
    assert all(whole(other) == whole(first) for other in others)
    music = stems(film(8, MusicCue(str(path), -20.0)), {key: spoken(1, 0.01) for key in CLIPS}).music
    assert np.abs(music[7 * RATE : 8 * RATE - 10]).max() > 0.01
    assert np.abs(music[8 * RATE - 1 :]).max() < 1e-6


def test_sound_is_encoded_to_the_same_bytes_from_an_array_or_a_tape() -> None:
    sound = noise(200_000)
    assert encode_sound(sound) == encode_sound(taped(blocks(sound, 5_000)))


@pytest.mark.parametrize("seed", range(3))
def test_what_comes_out_of_the_codec_stays_under_one_below_full_scale(seed: int) -> None:
    """Clicks far above their surroundings are the worst that a codec can be given."""
    sound = noise(2 * RATE, seed, 0.05)
    sound[np.random.default_rng(seed).integers(0, len(sound), 12)] *= 15
    assert true_peak(_heard(encode_sound(sound))) <= HEARD_DBTP


def test_what_stays_under_the_ceiling_is_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[float] = []

    def watched(sound: Sounding, played: Sounding) -> Sounding | None:
        heard.append(true_peak(played))
        return levels.turned_down(sound, played)

    monkeypatch.setattr("storyreel.render.encode.turned_down", watched)
    encode_sound(limited(noise(RATE), -4.0))
    assert len(heard) == 1


@pytest.mark.parametrize("rate", [8_000, 22_050, 24_000, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("count", [1, 7, 5_003])
def test_another_rate_is_reached_as_by_a_filter_over_the_whole(rate: int, count: int) -> None:
    given_samples = noise(count)
    common = gcd(rate, RATE)
    expected = resample_poly(given_samples, RATE // common, rate // common, axis=0)
    assert np.allclose(resampled(given_samples, rate), expected, atol=2e-6)


def test_energies_are_those_of_the_standards_filters() -> None:
    """BS.1770-4's two sections, as recursions over the whole sound."""
    sound = noise(3 * RATE)
    sound[RATE : 2 * RATE] *= 0.01
    heard = sosfilt(levels._K_WEIGHTING, sound.astype(np.float64), axis=0)
    expected = np.square(heard).sum(axis=1).reshape(-1, 48).mean(axis=1)
    assert np.allclose(energies(sound), expected, rtol=1e-4, atol=1e-9)


def test_a_hall_answers_span_by_span_as_it_does_to_the_whole() -> None:
    hall, room = _Hall(0.7), _room(0.7)
    sent = noise(2 * hall.span + 5_000)[:, 0]
    parts = [hall.wet(sent[first : first + hall.span]) for first in range(0, len(sent), hall.span)]
    expected = oaconvolve(sent[None, :], room, axes=1)[:, : len(sent)]
    assert np.allclose(np.concatenate(parts, axis=1), expected, atol=1e-5)


def test_music_comes_in_pieces_as_long_as_asked() -> None:
    song = load_track("bubblegum")
    for samples in (0, 1, 95_000, 400_000):
        assert sum(len(piece) for piece in performed(song, samples, [(0.0, "play"), (2.0, "win")])) == samples


@pytest.mark.slow
def test_a_long_film_is_mixed_in_the_memory_of_a_short_one() -> None:
    """What grows: the finished AAC, and a few numbers a millisecond; a minute's samples alone would be 23 MB."""

    def peak(seconds: int) -> int:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        encode_sound(master(mix(film(seconds), CLIPS)))
        return tracemalloc.get_traced_memory()[1] - before

    tracemalloc.start()
    try:
        peak(12)
        short, long = peak(12), peak(72)
    finally:
        tracemalloc.stop()
    assert long - short < 8e6
    assert loudness(master(mix(film(12), CLIPS))) == pytest.approx(-14.0, abs=0.05)


WITHOUT_SCIPY = """
import sys
from fractions import Fraction
import numpy as np
from storyreel.render.encode import encode_sound
from storyreel.sound.clip import Speech
from storyreel.sound.loudness import master
from storyreel.sound.mix import mix
from storyreel.timeline.model import EffectCue, MusicCue, Scene, Sound, SpeechCue, Timeline
said = Speech(np.sin(np.arange(24_000, dtype=np.float32) / 9), 24_000, (), ())
sound = Sound((SpeechCue("a", 9_600, 0),), (EffectCue("pop", 5),), MusicCue("bubblegum"))
film = Timeline("t", "kawaii", 8, 8, Fraction(30), (0, 0, 1, 1), (Scene("s", 60, ()),), sound=sound)
assert encode_sound(master(mix(film, {"a": said})))
print("scipy" in sys.modules)
"""


def test_a_films_sound_is_made_without_scipy() -> None:
    """Importing it takes half a second of CPU, a quarter of what the sound may cost."""
    done = subprocess.run([sys.executable, "-c", WITHOUT_SCIPY], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]
