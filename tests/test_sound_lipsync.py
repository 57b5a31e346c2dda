"""Lip-sync: mouths that follow what is heard, hold their shapes, and never miss a closure."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyreel.sound.clip import Speech, Timed
from storyreel.sound.lipsync import VISEMES, MouthCue, mouths, nearest, openness
from storyreel.sound.voice import voice
from storyreel.timeline.clock import Clock

FILM = Clock(Fraction(30))
SYMBOLS = "pbmfvθðtdnTkɡŋszʃʒʧʤlɹwjhiɪɛæaəʌɑɔɜuʊAIWYOQˈˌː ,.!"
LINES = (
    "I made a little dance!",
    "Ooh, look at me! Hop, hop, hop!",
    "Wait. I'm in control!",
    "Behind every account is a real human being.",
    "When it comes to having a great online experience, you're in control!",
)


def said(text: str, each: float = 0.1) -> list[Timed]:
    """Symbols of equal length."""
    return [Timed(symbol, index * each, (index + 1) * each) for index, symbol in enumerate(text)]


def shown(cues: tuple[MouthCue, ...], frame: int) -> str:
    """The shape at a frame."""
    return next((cue.viseme for cue in reversed(cues) if cue.frame <= frame), "Neutral")


def visemes(text: str, each: float = 0.1) -> list[str]:
    return [cue.viseme for cue in mouths(said(text, each), 1.0, FILM)]


@pytest.mark.parametrize(
    ("phonemes", "shapes"),
    [
        ("mɑ", ["M", "Ah"]),
        ("fi", ["F", "Ee"]),
        ("sɔ", ["S", "Oh"]),
        ("lʌ", ["L", "Uh"]),
        ("wɑ", ["W-Oo", "Ah"]),
        ("ɹi", ["R", "Ee"]),
        ("θɑ", ["D", "Ah"]),
        ("hu", ["W-Oo"]),
    ],
)
def test_each_sound_has_its_shape(phonemes: str, shapes: list[str]) -> None:
    assert visemes(phonemes, 0.2) == [*shapes, "Neutral"]


def test_a_diphthong_is_two_shapes_sixty_to_forty() -> None:
    cues = mouths([Timed("A", 0.0, 1.0)], 1.0, FILM)
    assert [cue.viseme for cue in cues] == ["Ah", "Ee", "Neutral"]
    assert [cue.frame for cue in cues] == [29, 47, 59]


def test_shapes_are_a_frame_ahead_and_marks_lend_their_time() -> None:
    marked = mouths(said("mˈɑ"), 1.0, FILM)
    assert marked[0] == MouthCue(29, "M")
    assert marked[1] == MouthCue(32, "Ah")


def test_a_short_gap_holds_the_shape_and_a_pause_rests() -> None:
    short = [Timed("ɑ", 0, 0.3), Timed(" ", 0.3, 0.38), Timed("ɑ", 0.38, 0.6)]
    assert [cue.viseme for cue in mouths(short, 0, FILM)] == ["Ah", "Neutral"]
    long = [Timed("ɑ", 0, 0.3), Timed(",", 0.3, 0.55), Timed(" ", 0.55, 0.7), Timed("ɑ", 0.7, 0.9)]
    assert [cue.viseme for cue in mouths(long, 0, FILM)] == ["Ah", "Neutral", "Ah", "Neutral"]
    without = [Timed("ɑ", 0, 0.3), Timed("ɑ", 0.7, 0.9)]
    assert mouths(without, 0, FILM) == mouths(long, 0, FILM)


def test_nothing_said_moves_no_mouth() -> None:
    assert mouths([], 0, FILM) == ()
    assert mouths(said(" ,. "), 0, FILM) == ()


def test_a_closure_that_has_no_frame_of_its_own_gets_one() -> None:
    hurried = [Timed("ʌ", 0.0, 0.015), Timed("w", 0.015, 0.025), Timed("m", 0.025, 0.05)]
    assert [cue.viseme for cue in mouths(hurried, 0, Clock(Fraction(12)))][-2:] == ["M", "Neutral"]


def test_the_mouth_rests_after_a_closure_that_was_put_off() -> None:
    crowded = [Timed("p", 0.0, 0.025), Timed("f", 0.025, 0.05)]
    cues = mouths(crowded, 0, Clock(Fraction(12)))
    assert [cue.viseme for cue in cues] == ["M", "F", "Neutral"]
    assert all(after.frame > before.frame for before, after in pairwise(cues))


@settings(deadline=None)
@given(
    phonemes=st.lists(st.tuples(st.sampled_from(SYMBOLS), st.integers(1, 12)), min_size=1, max_size=60),
    start=st.integers(0, 900),
    rate=st.sampled_from([Fraction(12), Fraction(24), Fraction(30000, 1001), Fraction(30), Fraction(60)]),
)
def test_no_shape_pops_and_no_closure_is_missed(phonemes: list[tuple[str, int]], start: int, rate: Fraction) -> None:
    times = np.concatenate([[0], np.cumsum([units for _, units in phonemes])]) * 0.025
    timed = [Timed(symbol, float(times[i]), float(times[i + 1])) for i, (symbol, _) in enumerate(phonemes)]
    clock = Clock(rate)
    cues = mouths(timed, start / 30, clock)
    least = max(1, int(2 * rate / 30 + Fraction(1, 2)))
    assert all(after.frame - before.frame >= least for before, after in pairwise(cues))
    assert all(after.viseme != before.viseme for before, after in pairwise(cues))
    assert {cue.viseme for cue in cues} <= set(VISEMES)
    assert not cues or cues[-1].viseme == "Neutral"
    closures = [{"p": "M", "b": "M", "m": "M", "f": "F", "v": "F"}.get(t.text) for t in timed]
    wanted = [name for name in closures if name]
    apart = [name for i, name in enumerate(wanted) if i == 0 or name != wanted[i - 1]]
    found = [cue.viseme for cue in cues if cue.viseme in ("M", "F")]
    merged = [name for i, name in enumerate(found) if i == 0 or name != found[i - 1]]
    assert merged == apart


def test_lips_meet_between_vowels_even_in_a_hurry() -> None:
    timed = [Timed("ɑ", 0, 0.3), Timed("b", 0.3, 0.325), Timed("ɑ", 0.325, 0.6)]
    assert [cue.viseme for cue in mouths(timed, 0, FILM)] == ["Ah", "M", "Ah", "Neutral"]


@pytest.fixture(scope="module", params=LINES)
def spoken(request: pytest.FixtureRequest) -> Speech:
    return voice("heart").speak(request.param)


def levels(speech: Speech) -> np.ndarray:
    """Level (dB below the loudest) of each frame of the film."""
    count = int(speech.seconds * 30)
    edges = np.round(np.arange(count + 1) * speech.rate / 30).astype(int)
    power = [np.mean(speech.samples[a:b] ** 2) for a, b in pairwise(edges)]
    return 10 * np.log10(np.asarray(power) / max(power) + 1e-12)


def test_the_mouth_is_open_within_two_frames_of_each_vowel(spoken: Speech) -> None:
    cues = mouths(spoken.phonemes, 0.0, FILM)
    loud = levels(spoken)
    checked = 0
    for timed in spoken.phonemes:
        if timed.text not in "aɑæɛʌɔəɪiuʊAIOWY" or timed.end - timed.start < 0.04:
            continue
        first, end = int(timed.start * 30), min(int(timed.end * 30) + 1, len(loud))
        peak = first + int(loud[first:end].argmax())
        assert max(openness(shown(cues, frame)) for frame in range(peak - 2, peak + 3)) >= 0.35, timed
        checked += 1
    assert checked >= 3


def test_the_mouth_is_shut_in_silence(spoken: Speech) -> None:
    cues = mouths(spoken.phonemes, 0.0, FILM)
    quiet = levels(spoken) < -45
    for frame in range(2, len(quiet) - 2):
        if quiet[frame - 2 : frame + 3].all():
            assert openness(shown(cues, frame)) <= 0.2, f"frame {frame}"
    assert shown(cues, len(quiet) + 2) == "Neutral"
    assert shown(cues, -5) == "Neutral"


def test_the_mouth_is_wider_where_it_is_louder(spoken: Speech) -> None:
    cues = mouths(spoken.phonemes, 0.0, FILM)
    loud = levels(spoken)
    wide = np.array([openness(shown(cues, frame)) for frame in range(len(loud))])
    assert loud[wide >= 0.5].mean() > loud[wide < 0.3].mean() + 6


def test_a_mouth_that_lacks_a_shape_draws_the_nearest_that_it_has() -> None:
    few = {"Neutral", "Ee", "Ah", "Oh", "W-Oo"}
    drawn = {viseme: nearest(viseme, few) for viseme in VISEMES}
    assert {viseme for viseme, shape in drawn.items() if shape == "Neutral"} == {"Neutral", "M", "F"}
    assert [drawn[viseme] for viseme in ("D", "S", "L", "R", "Uh")] == ["Ee", "Ee", "Ee", "W-Oo", "Ah"]
    assert all(nearest(viseme, VISEMES) == viseme for viseme in VISEMES)
    assert all(nearest(viseme, {"Neutral", "Ah"}) == "Ah" for viseme in set(VISEMES) - {"Neutral", "M", "F"})
