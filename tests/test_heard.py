"""What is written of sound becomes cues: manners of a line, what is heard through something, held, and stopped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from storyreel.direct.director import direct
from storyreel.errors import SceneError
from storyreel.script.read import read_text
from storyreel.sound.clip import Manner, Speech, Timed
from storyreel.sound.store import ClipStore
from storyreel.timeline.model import Held, Timeline

HEAD = """\
storyreel: 2
title: T
format: {width: 180, height: 320, fps: 30}
music: bubblegum
sound: {width: 0}
cast:
  mi: {puppet: michii, voice: {pitch: 0.7, near: 0.5}}
scenes:
  - id: a
    cast: {mi: {}}
    beats:
"""


@dataclass
class Asked:
    """A store that writes down how lines are to be said."""

    manners: list[tuple[float, Manner]]

    def speech(self, text: str, voice: str, *, pitch: float, manner: Manner, **how: float) -> tuple[str, Speech]:
        self.manners.append((pitch, manner))
        said = text.split()
        spoken = tuple(Timed(word, 0.4 * n, 0.4 * n + 0.3) for n, word in enumerate(said))
        return text, Speech(np.zeros(round(9600 * len(said)), dtype=np.float32), 24_000, spoken, ())


def told(*beats: str, head: str = HEAD) -> tuple[Timeline, list[tuple[float, Manner]]]:
    store = Asked([])
    script = read_text(head + "".join(f"      - {beat}\n" for beat in beats), "f")
    kept: ClipStore = store  # type: ignore[assignment]
    return direct(script, Path(), kept).timeline, store.manners


def test_a_line_is_whispered_with_what_else_its_voice_is() -> None:
    _, manners = told("{mi: {say: One., voice: {whisper: 1, muffle: cloth}}}", "{mi: Two.}")
    assert manners == [(0.7, Manner(1, 0.5, "cloth")), (0.7, Manner(0, 0.5))]


def test_whoever_is_in_a_phone_sounds_like_it() -> None:
    head = HEAD.replace("cast: {mi: {}}", "cast: {mi: {in: tel}}\n    props: {tel: {kind: phone}}")
    _, manners = told("{mi: One.}", "{mi: {say: Two., voice: {muffle: none}}}", head=head)
    assert [manner.muffle for _, manner in manners] == ["phone", "none"]


@pytest.mark.parametrize(
    ("pane", "shot", "heard"),
    [
        ("width: 700, height: 900", "{on: stage}", "none"),
        ("width: 240, height: 300", "{on: stage}", "far"),
        ("width: 240, height: 300", "{on: win, size: fill}", "none"),
        ("width: 700, height: 900, plane: 0.3", "{on: stage}", "far"),
        ("edge: phone, width: 240, height: 300", "{on: stage}", "phone"),
    ],
)
def test_whoever_is_in_a_small_or_a_far_pane_sounds_far_away(pane: str, shot: str, heard: str) -> None:
    head = HEAD.replace("cast: {mi: {}}", f"cast: {{mi: {{in: win}}}}\n    props: {{win: {{kind: pane, {pane}}}}}")
    _, manners = told(f"{{shot: {shot}, mi: One.}}", head=head)
    assert [manner.muffle for _, manner in manners] == [heard]


def test_a_film_begins_in_one_point_and_opens() -> None:
    film, _ = told("{wait: 1s, sound: [{at: 12f, width: 1}, {at: 20f, muffle: door}]}")
    assert film.sound.widths == ((0, 0.0), (12, 1.0))
    assert film.sound.muffles == ((20, "door"),)


def test_music_holds_a_note_until_a_word_and_stops() -> None:
    film, _ = told(
        "{wait: 1s, music: [{section: grey, muffle: phone}, {at: 20f, hold: e5 g5, by: whistle}]}",
        "{mi: Say this now., music: {hold: A7sus4, until: mi.says.this}, for: 3s}",
        "{wait: 1s, music: {at: 3f, stop: true}}",
    )
    music = film.sound.music
    assert music is not None
    assert music.muffles == ((0, "phone"),)
    word = next(word for line in film.lines for word in line.words if word.text == "this")
    asked = [(frame, one) for frame, one in music.sections if frame]
    assert asked[1:] == [(30, Held("A7sus4", word.start)), (123, None)]
    assert isinstance(asked[0][1], Held)
    assert (asked[0][0], asked[0][1].what, asked[0][1].by) == (20, "e5 g5", "whistle")


def test_an_effect_goes_round_until_a_time_and_a_note_is_one() -> None:
    film, _ = told("{wait: 2s, sfx: [{at: 6f, play: school-hall, muffle: door, until: 40f}, piano g4]}")
    hall, note = film.sound.effects
    assert (hall.effect, hall.frame, hall.frames, hall.muffle) == ("school-hall", 6, 34, "door")
    assert (note.effect, note.frame, note.frames, note.muffle) == ("piano g4", 0, 0, "none")


def test_what_somebody_makes_heard_is_copied_late_from_a_side_and_on_other_notes() -> None:
    head = HEAD.replace("cast: {mi: {}}", "cast: {mi: {}}\n    props: {bell: {kind: button, at: [0.5, 0.87]}}")
    film, _ = told(
        "{mi: {at: 12f, tap: bell, times: 2, each: 6f, notes: e5 g5}, sfx: pop,"
        " sound: {copy: mi, late: 8f, notes: -1, by: kazoo, side: right, until: mi.hop.end}, for: 1s}",
        "{mi: {do: hop}}",
        "{mi: {do: hop}}",
        head=head,
    )
    again = sorted((one.frame, one.effect) for one in film.sound.effects if one.pan > 0)
    hop = next(one for one in film.sound.effects if one.pan == 0.0 and one.frame >= 30)
    assert again == [(20, "kazoo d#5"), (26, "kazoo f#5"), (hop.frame + 8, hop.effect)]


@pytest.mark.parametrize(
    ("beat", "said"),
    [
        ("{wait: 1s, music: {hold: e5, section: play}}", "the music can do one at a time: section or hold"),
        ("{wait: 1s, music: {section: play, until: 3f}}", "`until` and `by` belong to a `hold`"),
        ("{wait: 1s, sfx: {play: rain, until: mi.hop}}", "'mi' does nothing in this beat"),
        ("{wait: 1s, sfx: {play: rain, muffle: dor}}", "did you mean 'door'"),
        ("{wait: 1s, sound: {copy: mo}}", "nobody and nothing here is called 'mo'"),
        ("{wait: 1s, sound: {hush: 6f, late: 3f}}", "`late` says more of a `copy`"),
    ],
)
def test_what_sound_can_not_do_is_refused(beat: str, said: str) -> None:
    with pytest.raises(SceneError) as refused:
        told(beat)
    assert said in str(refused.value)


def test_what_sound_can_do_since_version_2_is_refused_before() -> None:
    old = HEAD.replace("storyreel: 2", "storyreel: 1") + "      - {mi: {say: Hi., voice: {whisper: 1}}}\n"
    with pytest.raises(SceneError) as refused:
        read_text(old, "f")
    named = {str(one).split("'")[1] for one in refused.value.problems if "belongs to format 2" in str(one)}
    assert named == {"sound", "near", "whisper"}
