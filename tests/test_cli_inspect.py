"""What `storyreel inspect` says about a timeline."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from storyreel.cli.inspection import as_data, print_tables
from storyreel.timeline.model import (
    Beat,
    CaptionPage,
    EffectCue,
    Line,
    MusicCue,
    Scene,
    Sound,
    SpeechCue,
    Timeline,
    Word,
)
from storyreel.timeline.track import keyed

WORDS = (Word("Hello", 35, 40), Word("you[b]", 41, 50))
FILM = Timeline(
    "A [film]",
    "kawaii",
    1080,
    1920,
    Fraction(30000, 1001),
    (60, 250, 910, 1480),
    (
        Scene("one", 30, (), (("zoom", 1.0),), (Beat(0, 30, "mi: wave"),)),
        Scene(
            "two",
            60,
            (),
            (("zoom", keyed((0, 1.0, "hold"), (40, 2.0, "inout"), (50, 3.0))), ("x", 540.0)),
            (Beat(0, 10, "…"), Beat(10, 60, "Hello you[b]")),
        ),
    ),
    (Line("two", "mi", WORDS),),
    (CaptionPage(35, 55, WORDS, ((0,), (1,)), 72),),
    Sound(
        (SpeechCue("k", 56056, 24000),),
        (EffectCue("pop", 60, -3.0),),
        MusicCue("tune", -18, ((60, -30.0, 10),), ((0, "verse"), (30, "chorus"))),
    ),
)


def test_shots_are_scenes_and_the_jumps_of_the_camera():
    shots = as_data(FILM)["shots"]
    assert [(shot["scene"], shot["start"], shot["end"], shot["zoom"]) for shot in shots] == [
        ("one", 0, 30, 1.0),
        ("two", 30, 70, 1.0),
        ("two", 70, 90, 2.0),
    ]


def test_times_are_seconds_at_the_films_own_rate():
    data = as_data(FILM)
    assert data["rate"] == "30000/1001"
    assert data["frames"] == 90
    assert data["seconds"] == round(90 * 1001 / 30000, 3)
    assert data["beats"][2]["from"] == round(40 * 1001 / 30000, 3)
    assert data["lines"][0]["from"] == round(35 * 1001 / 30000, 3)
    assert data["lines"][0]["words"][1]["text"] == "you[b]"
    assert data["captions"][0]["rows"] == ["Hello", "you[b]"]


def test_every_sound_is_a_cue_in_the_order_of_time():
    cues = as_data(FILM)["cues"]
    assert [(cue["kind"], cue["name"]) for cue in cues] == [
        ("section", "verse"),
        ("section", "chorus"),
        ("speech", "mi: Hello you[b]"),
        ("effect", "pop"),
        ("level", "tune"),
    ]
    assert (cues[2]["seconds"], cues[2]["clip"]) == (0.5, "k")


def test_the_data_is_json():
    assert json.loads(json.dumps(as_data(FILM))) == as_data(FILM)


def test_the_tables_show_texts_as_they_are_written(capsys: pytest.CaptureFixture[str]):
    print_tables(FILM)
    shown = capsys.readouterr().out
    for text in ("A [film]", "you[b]", "Shots", "Beats", "Lines", "Cues", "mi: wave", "chorus", "2.34"):
        assert text in shown
