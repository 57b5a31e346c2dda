"""Music: how it is written, when its sections play, and that what is heard is what is written."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from storyreel.errors import SceneError, StoryreelError
from storyreel.sound import notation
from storyreel.sound.arrangement import Holding, holding, passages
from storyreel.sound.instruments import DRUMS, INSTRUMENTS, hertz, note
from storyreel.sound.loudness import short_loudness
from storyreel.sound.performance import render_score
from storyreel.sound.score import Score, load_track, track_names

RATE = 48_000


def score(**changes: object) -> Score:
    """One bell, two bars, two sections."""
    data: dict[str, object] = {
        "title": "Test",
        "tempo": 120,
        "instruments": {"bell": {"sound": "celesta", "room": 0}, "beat": {"sound": "kick", "room": 0}},
        "sections": {
            "one": {"chords": "C | G", "parts": [{"by": "bell", "melody": "c5/4 e5 g5 e5 | d5/2 r/2"}]},
            "two": {"chords": "Am", "parts": [{"by": "bell", "melody": "a5/1"}]},
            "three": {"chords": "F", "enter": "now", "tempo": 60, "parts": [{"by": "bell", "melody": "f5/1"}]},
        },
    }
    return Score.model_validate({**data, **changes})


def pitch_at(samples: np.ndarray, second: float, seconds: float = 0.2) -> float:
    """The strongest pitch, as a MIDI number."""
    part = samples[round(second * RATE) : round((second + seconds) * RATE)].mean(axis=1)
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), 2**17))
    frequency = float(spectrum.argmax()) * RATE / 2**17
    return 69 + 12 * np.log2(frequency / 440)


def test_notes_have_names_lengths_dots_rests_and_ties() -> None:
    found = notation.melody("c4/8 e5 g#5/4. bb3/4 r/8 | d5/2 ~/4 r", 4)
    assert [(n.what, n.beat, n.beats) for n in found] == [
        (60, 0, Fraction(1, 2)),
        (76, Fraction(1, 2), Fraction(1, 2)),
        (80, 1, Fraction(3, 2)),
        (58, Fraction(5, 2), 1),
        (74, 4, 3),
    ]


def test_a_bar_must_be_full() -> None:
    with pytest.raises(ValueError, match="bar 2 has 3 beats, not 4"):
        notation.melody("c4/1 | e4/2 g4/4", 4)


@pytest.mark.parametrize(
    ("name", "tones"),
    [("C", {0, 4, 7}), ("Am7", {9, 0, 4, 7}), ("F#m", {6, 9, 1}), ("Bb", {10, 2, 5}), ("G7sus4", {7, 0, 2, 5})],
)
def test_chords_have_their_tones(name: str, tones: set[int]) -> None:
    found = notation.chord(name)
    assert {(found.root + tone) % 12 for tone in found.tones} == tones
    assert notation.chord("C/E").bass == 4


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    for read in (notation.melody, notation.degrees, notation.steps, notation.chords):
        with suppress(ValueError):
            read(text, 4)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sections": {"a": {"chords": "H", "parts": [{"by": "bell", "hold": True}]}}}, "'H' is no chord"),
        ({"sections": {"a": {"chords": "C", "parts": [{"by": "bel", "hold": True}]}}}, "did you mean 'bell'"),
        ({"sections": {"a": {"chords": "C", "parts": [{"by": "bell", "steps": "x."}]}}}, "only drums play steps"),
        ({"sections": {"a": {"chords": "C", "parts": [{"by": "beat", "hold": True}]}}}, "a drum plays steps"),
        ({"sections": {"a": {"chords": "C", "parts": [{"by": "bell"}]}}}, "this one has none"),
        ({"sections": {"a": {"chords": "C", "parts": [{"by": "bell", "melody": "c5/2"}]}}}, "bar 1 has 2 beats"),
        ({"instruments": {"bell": {"sound": "cellesta"}}}, "did you mean 'celesta'"),
        ({"tempo": 1000}, "less than or equal to 260"),
    ],
)
def test_a_wrong_score_is_refused_with_its_place(tmp_path: Path, change: dict[str, object], said: str) -> None:
    from ruamel.yaml import YAML

    data = {**score().model_dump(mode="json", exclude_defaults=True), **change}
    with (tmp_path / "song.yaml").open("w") as file:
        YAML(typ="safe", pure=True).dump(data, file)
    with pytest.raises(StoryreelError, match=r"song\.yaml") as raised:
        load_track(tmp_path / "song.yaml")
    assert said in str(raised.value)


def test_an_author_loads_a_score_by_path_and_a_shipped_one_by_name(tmp_path: Path) -> None:
    from ruamel.yaml import YAML

    with (tmp_path / "song.yaml").open("w") as file:
        YAML(typ="safe", pure=True).dump(score().model_dump(mode="json", exclude_defaults=True), file)
    assert load_track(tmp_path / "song.yaml") == score()
    assert "bubblegum" in track_names()
    with pytest.raises(StoryreelError, match="did you mean 'bubblegum'"):
        load_track("bublegum")
    with pytest.raises(StoryreelError, match="no such score"):
        load_track(tmp_path / "none.yaml")


def test_what_is_heard_is_what_is_written() -> None:
    made = render_score(score(), 6.0, [(0.0, "one")])
    for second, written in ((0.1, "c5"), (0.6, "e5"), (1.1, "g5"), (1.6, "e5"), (2.1, "d5"), (4.1, "c5")):
        assert pitch_at(made, second) == pytest.approx(notation.pitch(written), abs=0.3), f"at {second} s"


def test_transposed_it_sounds_higher() -> None:
    plain = score().sections["one"]
    up = score(sections={"one": {**plain.model_dump(), "transpose": 2}})
    assert pitch_at(render_score(up, 3.0), 0.1) == pytest.approx(notation.pitch("d5"), abs=0.3)


def test_a_section_waits_for_the_next_beat_or_comes_at_once() -> None:
    found = passages(score(), 10.0, [(0.0, "one"), (2.2, "two"), (4.1, "three"), (6.3, "one")])
    assert [(p.start, p.end) for p in found] == [(0.0, 2.5), (2.5, 4.1), (4.1, 7.1), (7.1, 10.0)]
    assert [p.tempo for p in found] == [120, 120, 60, 120]
    made = render_score(score(), 10.0, [(0.0, "one"), (2.2, "two"), (4.1, "three")])
    assert pitch_at(made, 2.7) == pytest.approx(notation.pitch("a5"), abs=0.3)
    assert pitch_at(made, 4.2) == pytest.approx(notation.pitch("f5"), abs=0.3)


def test_before_the_first_section_the_first_of_the_score_plays() -> None:
    assert [p.section for p in passages(score(), 8.0, [(4.0, "two")])] == [
        score().sections["one"],
        score().sections["two"],
    ]
    with pytest.raises(StoryreelError, match="no section 'tow'; did you mean 'two'"):
        passages(score(), 8.0, [(0.0, "tow")])


@settings(deadline=None)
@given(
    seconds=st.floats(0.2, 60),
    marks=st.lists(
        st.tuples(st.floats(-1, 70), st.sampled_from(["play", "grey", "breath", "win", "home"])), max_size=6
    ),
)
def test_passages_cover_the_film_in_order(seconds: float, marks: list[tuple[float, str]]) -> None:
    found = passages(load_track("bubblegum"), seconds, marks)
    assert found[-1].end == pytest.approx(seconds)
    played = [p for p in found if p.end > p.start]
    assert played[0].start <= 0
    for before, after in pairwise(played):
        assert before.end == pytest.approx(max(after.start, 0.0))


@pytest.mark.parametrize("seconds", [21.0, 27.3, 31.07, 34.9])
def test_the_last_chord_rings_out(seconds: float) -> None:
    """The cadence lands 1.25 s before the end, a beat earlier at most, and then it only dies away, to silence."""
    song = load_track("bubblegum")
    sections = [
        (0.0, "play"),
        (0.2 * seconds, "grey"),
        (0.35 * seconds, "breath"),
        (0.5 * seconds, "win"),
        (0.7 * seconds, "home"),
    ]
    ending = passages(song, seconds, sections)[-1]
    assert ending.ending
    lands = ending.start + song.meter * ending.beat
    assert 1.25 <= seconds - lands <= 1.25 + ending.beat + 0.01
    made = render_score(song, seconds, sections)
    assert pitch_at(made, lands + 0.05, 0.3) % 12 == pytest.approx(notation.pitch("d4") % 12, abs=0.3)
    levels = short_loudness(made)
    assert levels[-1] < levels[-10:].max() - 6
    assert np.abs(made[-48:]).max() < 1e-3


def test_the_theme_is_a_song() -> None:
    """It has a range that one can sing, mostly small steps, one highest note late in it, and it ends on the keynote."""
    notes = notation.melody(load_track("bubblegum").melodies["theme"], 4)
    pitches = [n.what for n in notes]
    assert notation.bars(load_track("bubblegum").melodies["theme"]) == 8
    assert max(pitches) - min(pitches) <= 16
    assert pitches.count(max(pitches)) == 1
    peak = next(n.beat for n in notes if n.what == max(pitches))
    assert 0.6 < peak / 32 < 0.9
    assert pitches[-1] % 12 == 0
    steps = np.abs(np.diff(pitches))
    assert np.mean(steps <= 4) > 0.75
    assert steps.max() <= 9


def test_sections_tell_their_story() -> None:
    """Grey is thinner, slower and softer than play; win is the loudest and brightest; home is warm."""
    song = load_track("bubblegum")

    def heard(name: str) -> tuple[float, float, int]:
        made = render_score(song.model_copy(update={"ending": None}), 8.0, [(0.0, name)])
        spectrum = np.abs(np.fft.rfft(made.mean(axis=1))) ** 2
        treble = float(spectrum[8 * 2_500 :].sum() / spectrum.sum())
        return float(short_loudness(made).mean()), treble, len(song.sections[name].parts)

    play, grey, breath, win, home = (heard(name) for name in ("play", "grey", "breath", "win", "home"))
    assert grey[0] < play[0] - 2
    assert breath[0] < play[0] - 2
    assert grey[2] <= play[2] / 2
    assert win[0] > max(play[0], home[0], grey[0], breath[0])
    assert win[1] > 1.3 * max(play[1], home[1])
    assert grey[1] < 0.5 * play[1]
    tempi = {name: song.sections[name].tempo or song.tempo for name in song.sections}
    assert tempi["grey"] < tempi["play"]
    assert song.sections["win"].transpose == song.sections["play"].transpose + 2


def test_a_score_is_the_same_bytes_each_time() -> None:
    song = load_track("bubblegum")
    first = render_score(song, 6.0, [(0.0, "play"), (3.0, "win")]).tobytes()
    note.cache_clear()
    assert render_score(song, 6.0, [(0.0, "play"), (3.0, "win")]).tobytes() == first


def test_a_score_is_exactly_as_long_as_asked() -> None:
    for seconds in (0.0, 0.01, 1.0, 2.5, 3.3333):
        assert render_score(load_track("bubblegum"), seconds).shape == (round(seconds * RATE), 2)


@pytest.mark.parametrize("name", sorted(set(INSTRUMENTS) - DRUMS))
@pytest.mark.parametrize("midi", [48, 72, 91])
def test_instruments_are_in_tune_and_stop(name: str, midi: int) -> None:
    made = note(name, midi, 0.5)
    part = made[1_000:22_000]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), 2**18))
    heard = float(spectrum.argmax()) * RATE / 2**18
    assert 1200 * np.log2(heard / hertz(midi)) % 1200 == pytest.approx(0, abs=12) or (
        1200 * np.log2(heard / hertz(midi)) % 1200 == pytest.approx(1200, abs=12)
    )
    assert np.abs(made).max() < 2.5
    assert abs(made[-1]) < 1e-3


@pytest.mark.parametrize("name", sorted(DRUMS))
def test_drums_are_short_and_stop(name: str) -> None:
    made = note(name, 69, 0.0)
    assert len(made) < 2 * RATE
    assert 0.05 < np.abs(made).max() < 2
    assert np.abs(made[-24:]).max() < 0.02


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: [x\n", "song.yaml:2:1: not readable as YAML"),
        ("title: " + "[" * 600, "song.yaml:1:1: not readable as YAML"),
        ('title: "\\U00110000"\n', "song.yaml:1:1: not readable as YAML"),
        ("#" * 70_000, "song.yaml:1:1: longer than 64 KB, the most that a score may have"),
    ],
    ids=["open", "deep", "no character", "large"],
)
def test_a_score_that_is_no_score_is_refused_with_its_place(tmp_path: Path, text: str, said: str):
    path = tmp_path / "song.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SceneError) as raised:
        load_track(path)
    assert str(raised.value).startswith(said)


def held(what: str, at: float, until: float, by: str = "") -> tuple[float, Holding]:
    return at, holding(score(), what, by, until)


def test_music_holds_a_note_until_it_is_let_go() -> None:
    made = render_score(score(), 6, [(0, "two"), held("e5", 2, 4)])
    assert pitch_at(made, 1.0) == pytest.approx(81, abs=0.3)
    assert [round(pitch_at(made, at)) for at in (2.6, 3.6)] == [76, 76]
    assert loudness_of(made[round(4.6 * RATE) :]) < loudness_of(made[2 * RATE : 4 * RATE]) - 30


def test_a_section_takes_over_from_what_is_held() -> None:
    found = passages(score(), 8, [(0, "one"), held("A7sus4", 2, 6), (4, "three")])
    assert [(one.start, one.end, one.silent) for one in found] == [(0, 2, False), (2, 4, False), (4, 8, False)]


def test_music_stops_and_has_no_ending_then() -> None:
    ending = {"chords": "C", "parts": [{"by": "bell", "melody": "c5/1"}]}
    found = passages(score(ending=ending), 8, [(0, "one"), (3.2, None)])
    assert [(one.start, one.end, one.silent) for one in found] == [(0, 3.2, False), (3.2, 8, True)]
    made = render_score(score(ending=ending), 8, [(0, "one"), (3.2, None)])
    assert made[round(3.3 * RATE) :].std() < 0.01 * made[: 3 * RATE].std()
    # And a section that comes after that comes at once.
    assert passages(score(), 8, [(0, "one"), (3.2, None), (4.1, "two")])[-1].start == 4.1


@pytest.mark.parametrize(
    ("what", "by", "said"),
    [("e9x", "", "neither notes nor a chord"), ("e5", "bel", "did you mean 'bell'"), ("e5", "beat", "is a drum")],
)
def test_what_can_not_be_held_is_refused(what: str, by: str, said: str) -> None:
    with pytest.raises(StoryreelError, match=said):
        holding(score(), what, by)


def test_every_score_beside_an_example_is_music() -> None:
    examples = Path(__file__).parent.parent / "examples"
    found = sorted(path for path in examples.glob("*/*.yaml") if path.stem in SCORES)
    assert len(found) == len(SCORES)
    for path in found:
        tune = load_track(path)
        asked = [(3.0 * number, name) for number, name in enumerate(tune.sections)]
        assert [one.start for one in passages(tune, 3.0 * len(asked) + 4, asked)][:1] == [0]


SCORES = frozenset(("hops", "mop", "hold-on", "garden", "rain", "stream"))


def test_a_coarse_instrument_is_heard_in_steps() -> None:
    def levels(bits: int | None) -> int:
        band = {"bell": {"sound": "square", "room": 0, "bits": bits}}
        section = {"chords": "C", "parts": [{"by": "bell", "melody": "c5/1"}]}
        tune = Score.model_validate({"title": "T", "tempo": 120, "instruments": band, "sections": {"one": section}})
        return len(np.unique(np.round(render_score(tune, 1)[: RATE // 4, 0], 5)))

    assert levels(4) <= 16
    assert levels(None) > 500


def loudness_of(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.square(samples, dtype=np.float64).mean() + 1e-12))


def test_the_page_about_music_is_music_and_names_all_that_can_play() -> None:
    page = (Path(__file__).parent.parent / "docs" / "music.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    tune = Score.model_validate(YAML(typ="safe", pure=True).load(shown))
    assert passages(tune, 12, [(0, "walk"), (4, "alone"), (6, "quiet")])[1].section.tempo == 90
    named = set(re.findall(r"`([\w-]+)`", page))
    assert named >= {*INSTRUMENTS, *track_names()}
