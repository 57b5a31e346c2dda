"""Manners of saying a line, and what something sounds like through something else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from scipy.signal import detrend

from storyreel.script.voice import Muffle, VoiceSpec, voice_of
from storyreel.sound.clip import OPEN, Manner, Speech
from storyreel.sound.envelope import resized
from storyreel.sound.loudness import loudness
from storyreel.sound.manner import mannered
from storyreel.sound.muffle import MUFFLES, Muffled, ringing
from storyreel.sound.voice import voice

Floats = NDArray[np.float64]


@pytest.fixture(scope="module")
def said() -> Speech:
    return voice("heart").speak("Now we know all of you.", pitch=0.8)


def frames(clip: Speech, seconds: float = 0.04) -> Floats:
    size = round(seconds * clip.rate)
    cut = np.lib.stride_tricks.sliding_window_view(clip.samples.astype(np.float64), size)[:: size // 4]
    energy = np.square(cut).sum(axis=1)
    return np.asarray(cut[energy > 0.1 * energy.max()] * np.hanning(size))


def voicing(clip: Speech) -> float:
    """How alike a frame is to itself a period later, of the most alike: the median over the frames."""
    rows = frames(clip)
    spectra = np.abs(np.fft.rfft(rows, 4 * rows.shape[1])) ** 2
    alike = np.fft.irfft(spectra)[:, : rows.shape[1]]
    first, last = clip.rate // 350, clip.rate // 80
    window = np.hanning(rows.shape[1])
    fall = np.fft.irfft(np.abs(np.fft.rfft(window, 4 * len(window))) ** 2)[: len(window)]
    alike = alike / alike[:, :1] / (fall / fall[0])
    return float(np.median(alike[:, first:last].max(axis=1)))


def envelope(clip: Speech, moved: float = 1.0) -> Floats:
    """The mean spectrum from 300 to 4000 Hz in decibels, smoothed over partials, its resonances `moved` by a factor."""
    power = np.square(np.abs(np.fft.rfft(frames(clip), 2048))).mean(axis=0)
    step = clip.rate / 2048
    smooth = gaussian_filter1d(power, 150 / step)
    return np.interp(np.arange(300.0, 4000.0, step) / moved, np.arange(len(smooth)) * step, 10 * np.log10(smooth))


def test_a_whisper_has_no_pitch_and_keeps_its_formants(said: Speech) -> None:
    whisper = mannered(said, Manner(whisper=1))
    assert voicing(said) > 0.85
    assert voicing(whisper) < 0.55

    def alike(moved: float) -> float:
        return float(np.corrcoef(envelope(whisper, moved), envelope(said))[0, 1])

    assert alike(1.0) > 0.98
    assert 0.95 < max((moved / 100 for moved in range(70, 145)), key=alike) < 1.05


def test_half_a_whisper_is_voiced_still(said: Speech) -> None:
    assert voicing(mannered(said, Manner(whisper=0.3))) > 0.75


@pytest.mark.parametrize("manner", [Manner(1), Manner(0.3), Manner(near=1), Manner(1, 1), Manner(muffle="cloth")])
def test_a_manner_moves_no_word(said: Speech, manner: Manner) -> None:
    made = mannered(said, manner)
    assert (made.words, made.phonemes, len(made.samples)) == (said.words, said.phonemes, len(said.samples))
    assert np.isfinite(made.samples).all()
    assert made.samples.tobytes() == mannered(said, manner).samples.tobytes()


def band(samples: NDArray[np.float32], rate: int, low: float, high: float) -> float:
    spectrum = np.square(np.abs(np.fft.rfft(samples.astype(np.float64))))
    at = np.fft.rfftfreq(len(samples), 1 / rate)
    return float(10 * np.log10(spectrum[(at >= low) & (at < high)].sum() / spectrum.sum()))


def test_somebody_near_is_fuller_and_clearer(said: Speech) -> None:
    close = mannered(said, Manner(near=1))
    middle = (500, 2500)
    for edge in ((60, 200), (5000, 9000)):
        before = band(said.samples, said.rate, *edge) - band(said.samples, said.rate, *middle)
        after = band(close.samples, close.rate, *edge) - band(close.samples, close.rate, *middle)
        assert after > before + 2


def noise() -> NDArray[np.float32]:
    return np.random.default_rng(3).standard_normal((96_000, 2)).astype(np.float32) * np.float32(0.1)


def test_a_phone_lets_through_what_a_phone_does() -> None:
    heard = Muffled(noise(), [(0, "phone")])[:].mean(axis=1)
    assert band(heard, 48_000, 400, 3500) > -0.5
    assert band(heard, 48_000, 0, 250) < -25
    assert band(heard, 48_000, 5000, 24_000) < -25


@pytest.mark.parametrize("name", sorted(MUFFLES))
def test_what_is_heard_through_something_is_duller_and_no_louder(name: str) -> None:
    through = Muffled(noise(), [(0, name)])[:]
    assert band(through.mean(axis=1), 48_000, 6000, 24_000) < -15
    assert loudness(through) < loudness(noise())
    sides = np.square(through[:, 0] - through[:, 1]).mean() / np.square(through).mean()
    assert name == "cloth" or sides < 0.8


def test_what_is_muffled_is_the_same_whatever_part_is_asked_for() -> None:
    one = Muffled(noise(), [(20_000, "door"), (50_000, OPEN), (70_000, "far")])
    whole = one[:]
    for first, end in ((0, 10), (19_990, 21_000), (33_000, 71_000), (95_000, 96_000)):
        assert np.array_equal(one[first:end], whole[first:end])
    assert np.array_equal(whole[:18_000], noise()[:18_000])
    assert np.array_equal(whole[52_000:68_000], noise()[52_000:68_000])


def test_a_sound_from_afar_rings_on_and_one_through_a_door_does_not() -> None:
    assert ringing("door") == 0
    far = Muffled(noise()[:9_600], [(0, "far")], ringing("far"))[:]
    level = [float(np.square(far[at : at + 4_800]).mean()) for at in range(0, len(far) - 4_800, 4_800)]
    assert level[3] > 1e-3 * level[1]
    assert level[-1] < 1e-3 * level[1]


def test_an_author_can_name_what_there_is_to_be_heard_through() -> None:
    assert set(Muffle.__args__) == {*MUFFLES, OPEN}


def test_a_line_says_only_what_is_other_of_its_voice() -> None:
    own, line = VoiceSpec(pitch=0.6, formant=0.88), VoiceSpec(whisper=0.5)
    found = voice_of(own, line, 2)
    assert found is not None
    assert (found.pitch, found.formant, found.whisper) == (0.6, 0.88, 0.5)
    assert voice_of(own, line, 1) is line
    assert voice_of(own, None, 2) is own


@pytest.mark.parametrize("factor", [0.88, 1.08])
def test_a_larger_or_smaller_mouth_has_other_formants_and_the_same_pitch(said: Speech, factor: float) -> None:
    made = resized(said.samples, factor)
    assert len(made) == len(said.samples)
    assert voicing(replace(said, samples=made)) > 0.8
    found = shape(made, said.rate)
    moved = {
        other: np.corrcoef(shape(said.samples, said.rate, other), found)[0, 1] for other in (0.88, 0.94, 1.0, 1.08)
    }
    assert max(moved, key=lambda other: moved[other]) == factor


def shape(samples: NDArray[np.float32], rate: int, factor: float = 1.0) -> Floats:
    """The envelope of what is loud, on a scale of octaves and without its fall, as if its formants were multiplied."""
    cut = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64), 1024)[::256] * np.hanning(1024)
    energy = np.square(cut).sum(axis=1)
    level = np.log(np.square(np.abs(np.fft.rfft(cut[energy > 0.05 * energy.max()], axis=1))) + 1e-12).mean(axis=0)
    cepstrum = np.fft.irfft(level)
    cepstrum[40:-39] = 0
    frequency = np.geomspace(350, 4500, 300) / factor
    found = np.interp(frequency, np.fft.rfftfreq(1024, 1 / rate), np.fft.rfft(cepstrum).real)
    return np.asarray(detrend(found))
