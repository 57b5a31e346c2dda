"""Dancers keep time with the music."""

from __future__ import annotations

from fractions import Fraction

import pytest

from storyreel.direct.acting import Act
from storyreel.direct.tempo import in_time, pulse
from storyreel.sound.arrangement import passages
from storyreel.sound.score import load_track
from storyreel.timeline.clock import Clock

CLOCK, SCORE = Clock(Fraction(30)), load_track("bubblegum")


def test_a_pulse_is_the_passage_that_sounds() -> None:
    sections = [(0, "play"), (100, "grey"), (200, "home")]
    for frame in (0, 13, 99, 130, 260):
        found = pulse(SCORE, sections, frame, CLOCK)
        played = passages(SCORE.model_copy(update={"ending": None}), 20.0, [(at / 30, name) for at, name in sections])
        sounding = [one for one in played if one.start <= frame / 30][-1]
        beats = (frame / 30 - sounding.start) / sounding.beat
        assert found.tempo == sounding.tempo
        assert found.phase == pytest.approx(beats % 4)


def test_an_act_that_goes_by_beats_takes_the_music_s() -> None:
    dance = in_time(Act("dance", 31, 90, (("style", "b"),)), pulse(SCORE, [(0, "play")], 31, CLOCK))
    assert dance.number("tempo", 0) == SCORE.tempo
    assert dance.number("phase", 9) == pytest.approx(31 / 30 * SCORE.tempo / 60 % 4)
    assert dance.word("style", "") == "b"


def test_an_act_with_a_tempo_of_its_own_or_without_beats_is_left_alone() -> None:
    found = pulse(SCORE, [(0, "play")], 31, CLOCK)
    for act in (Act("dance", 0, 60, (("tempo", 90.0),)), Act("wave", 0, 60)):
        assert in_time(act, found) is act
