"""What goes on over beats and cuts, what follows a body, who is many, and what a camera does with others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from test_shots import at, cast, film

from storyreel.cli.listing import list_
from storyreel.direct.director import direct
from storyreel.errors import Note
from storyreel.film.given import put
from storyreel.film.lists import rows
from storyreel.film.reading import vocabulary
from storyreel.looks import pen
from storyreel.paint.painter import blank, paint
from storyreel.script.hints import hints
from storyreel.script.read import read_text_with_places
from storyreel.sound.store import ClipStore
from storyreel.timeline.model import Scene, Timeline
from storyreel.timeline.track import sample

BOARDS = sorted((Path(__file__).parent / "films" / "boards").glob("*.yaml"))
WAY = "Left Arm.rot"


def acting(scene: Scene, name: str, channel: str, frame: int) -> float:
    layer = next(one for one in scene.layers if one.id == name and one.kind == "cast")
    return sample(dict(layer.channels)[channel], frame)


def camera(scene: Scene, channel: str, frame: int) -> float:
    return sample(dict(scene.camera)[channel], frame)


def test_an_act_goes_on_over_a_cut_until_a_moment_of_a_later_beat() -> None:
    _, two = film(
        {"shot": "full", "michii": {"do": "dance", "until": "grump.hop.end"}, "for": "16f"},
        {"shot": "wide", "grump": {"at": "6f", "do": "hop"}, "for": "60f"},
    ).scenes
    ends = dict(two.marks)["grump.hop.end"]
    dancing = np.ptp([acting(two, "michii", WAY, frame) for frame in range(ends - 20, ends)])
    still = np.ptp([acting(two, "michii", WAY, frame) for frame in range(ends + 18, 60)])
    assert dancing > 20 > 5 > still


def test_a_hand_stays_on_what_it_touches_over_a_cut_until_it_is_told_to_let_go() -> None:
    one, two = film(
        {"shot": "full", "michii": {"at": "14f", "touch": "grump", "until": "grump.nod.end"}, "for": "24f"},
        {"shot": "full", "grump": {"at": "4f", "do": "nod"}, "for": "60f"},
    ).scenes
    ends = dict(two.marks)["grump.nod.end"]
    assert abs(acting(two, "michii", WAY, 0) - acting(one, "michii", WAY, 23)) < 4
    assert abs(acting(two, "michii", WAY, ends - 2)) > 10 > 6 > abs(acting(two, "michii", WAY, ends + 20))


def test_who_copies_somebody_moves_the_mouth_and_reaches_along_but_touches_nothing() -> None:
    (scene,) = film(
        {
            "shot": "full",
            "michii": {"at": "20f", "press": "bin", "say": "Hello!"},
            "grump": {"echo": "michii", "late": "3f"},
        },
        props={"bin": {"kind": "button", "at": [0.5, 0.8], "size": 0.3}},
    ).scenes
    mouths = [acting(scene, "michii", "mouth", frame) for frame in range(22, 40)]
    assert any(mouths)
    assert len({acting(scene, "grump", "mouth", frame + 3) for frame in range(22, 40)}) > 2
    assert acting(scene, "grump", "Right Arm.front", 2) == 0
    assert acting(scene, "grump", "Right Arm.front", 24) == 1
    assert [name for name, _ in scene.marks if name.startswith("grump.press")] == []


def test_voice_and_breath_are_values_from_0_to_1_that_a_thing_follows() -> None:
    (scene,) = film(
        {
            "shot": "full",
            "michii": [
                {"at": "0f", "do": "breathe-out"},
                {"at": "30f", "do": "breathe-in"},
                {"at": "50f", "say": "Hello!"},
            ],
            "loud": {"set": {"press": "michii.voice"}},
            "full": {"set": {"press": {"of": "michii.breath", "to": [0, 1]}}},
        },
        props={"loud": {"kind": "button"}, "full": {"kind": "button"}},
    ).scenes
    assert [round(at(scene, "full", "press", frame)) for frame in (0, 28, 48)] == [1, 0, 1]
    loud = [at(scene, "loud", "press", frame) for frame in range(scene.length)]
    assert max(loud[:50]) == 0
    assert max(loud[50:]) > 0.9


def test_a_line_is_cut_short_at_a_moment_in_its_beat_or_behind_a_cut() -> None:
    line = {"say": "I shall go on and on and on for ever.", "until": "grump.land"}
    whole = film({"shot": "full", "michii": {"say": line["say"]}}).sound.speech[0].length
    one = film(
        {"shot": "full", "michii": {**line, "at": "2f"}, "grump": [{"do": "hop"}, {"at": "michii.said", "do": "nod"}]},
        {"shot": "wide", "wait": "3s"},
    )
    lands = dict(one.scenes[0].marks)["grump.land"]
    assert dict(one.scenes[0].marks)["michii.said"] == lands
    two = film({"shot": "full", "michii": line, "cut": {"at": "12f"}}, {"shot": "wide", "grump": {"do": "hop"}})
    after = 12 + dict(two.scenes[1].marks)["grump.land"]
    for told, end, start in ((one, lands, 2), (two, after, 0)):
        (cue,) = told.sound.speech
        assert cue.length == (end - start) * 1600 < whole
        assert max(word.end for word in told.lines[0].words) == end
    mouth = [at(one.scenes[0], "michii", "mouth", frame) for frame in range(lands, lands + 12)]
    assert len(set(mouth)) == 1, "it is shut"


@pytest.mark.parametrize("cut", [False, True])
def test_who_says_a_line_along_breaks_off_with_it(cut: bool) -> None:
    line = {"say": "I shall go on and on and on for ever.", "and": "grump", "until": "michii.land"}
    hop = {"at": "40f", "do": "hop"}
    if cut:
        told = film({"shot": "full", "michii": line, "cut": {"at": "12f"}}, {"shot": "wide", "michii": {"do": "hop"}})
    else:
        told = film({"shot": "full", "michii": [line, hop]}, {"shot": "wide", "wait": "2s"})
    lands = dict(told.scenes[-1 if cut else 0].marks)["michii.land"] + 12 * cut
    first, along = told.sound.speech
    assert along.along == "grump"
    assert first.length == along.length == lands * 1600
    mouth = [at(told.scenes[-1 if cut else 0], "grump", "mouth", lands - 12 * cut + frame) for frame in range(12)]
    assert len(set(mouth)) == 1, "it is shut"


def test_a_voice_from_beside_the_picture_sounds_from_there() -> None:
    told = film(
        {"shot": "full", "michii": [{"say": "Hello!", "off": "right"}, {"at": "1s", "say": "Hello!", "off": "top"}]}
    )
    right, top = told.sound.speech
    assert right.pan > 0.5
    assert right.gain_db < 0
    assert top.pan == 0 > top.gain_db


def test_a_door_opens_lets_somebody_pass_and_falls_shut() -> None:
    (scene,) = film(
        {"shot": "full", "michii": {"exit": "door"}, "for": "70f"},
        props={"door": {"kind": "door", "at": [0.6, 0.6]}},
    ).scenes
    passes = dict(scene.marks)["michii.through"]
    assert at(scene, "door", "open", 0) == 0
    assert at(scene, "door", "open", passes) > 0.9
    assert at(scene, "door", "open", 69) < 0.01
    assert passes < cast(scene)["michii"][1] < 70


def test_a_door_is_opened_by_a_hand_on_its_handle_and_gives_when_it_is_knocked_at() -> None:
    (scene,) = film(
        {
            "shot": "full",
            "michii": [{"at": "12f", "knock": "door", "times": 2}, {"at": "50f", "open": "door"}],
            "for": "80f",
        },
        props={"door": {"kind": "door", "at": [0.5, 0.6]}},
    ).scenes
    values = [at(scene, "door", "open", frame) for frame in range(80)]
    assert values[11] == 0 < values[14] < 0.1
    assert values[49] < 0.01
    assert values[66] > 0.99


def test_a_crowd_is_so_many_people_who_do_one_after_another_what_it_does() -> None:
    crowd = {"kind": "crowd", "of": ["michii", "grump"], "count": 5, "hidden": True, "at": [0.5, 0.6]}
    (scene,) = film(
        {"shot": {"on": "michii", "size": "full"}, "far": {"show": "now", "each": "4f", "from": "grump"}, "for": "30f"},
        props={"far": crowd},
    ).scenes
    starts = {name: start for name, (start, _) in cast(scene).items() if name.startswith("far")}
    assert sorted(starts.values()) == [0, 4, 8, 12, 16]
    assert starts["far-5"] < starts["far-1"]


def test_a_camera_goes_along_a_thing_to_a_place_and_with_whoever_goes() -> None:
    bar = {"kind": "switch", "question": "Who?", "at": [0.4, 0.5]}
    (along,) = film(
        {"shot": "full", "camera": {"along": "bar", "to": "grump", "over": "20f"}, "for": "24f"}, props={"bar": bar}
    ).scenes
    (with_,) = film(
        {"shot": {"on": "michii", "size": "full", "along": "michii"}, "michii": {"go": [0.8, 0.878]}}
    ).scenes
    xs = [camera(along, "x", frame) for frame in range(24)]
    assert xs == sorted(xs)
    assert xs[-1] > xs[0] + 200
    gone = acting(with_, "michii", "x", with_.length - 1) - acting(with_, "michii", "x", 0)
    assert camera(with_, "x", with_.length - 1) - camera(with_, "x", 0) == pytest.approx(gone, rel=0.1)


def told(text: str) -> tuple[Timeline, list[Note]]:
    script, _ = read_text_with_places(text, "f", ".", vocabulary(Path()))
    made = direct(script, Path(), ClipStore(None))
    return made.timeline, list(made.notes)


LOOP = """\
storyreel: 2
title: T
cast: {mi: {puppet: michii}}
scenes:
  - id: a
    cast: {mi: {at: left}}
    beats: [{shot: full, mi: {%s}, loop: 24f}]
"""


def test_a_loop_leads_into_its_first_drawing_and_says_who_is_elsewhere_at_its_end() -> None:
    timeline, notes = told(LOOP % "do: dance")
    (scene,) = timeline.scenes
    assert scene.length == 24
    assert not notes
    assert abs(acting(scene, "mi", WAY, 23) - acting(scene, "mi", WAY, 0)) < 3
    _, notes = told(LOOP % "go: right")
    assert [note.message for note in notes] == ["the ends of this loop differ: mi; bring back what has changed"]


def test_who_is_out_of_focus_is_soft_and_a_picture_is_the_same_however_it_comes_about() -> None:
    timeline = film(
        {
            "shot": {"on": "michii", "size": "full", "focus": "michii"},
            "camera": {"at": "4f", "focus": "grump", "over": "6f"},
            "for": "12f",
        }
    )
    soft = {
        layer.id: [sample(dict(layer.channels).get("soft", 0.0), frame) for frame in (0, 11)]
        for layer in timeline.scenes[0].layers
    }
    assert soft["michii"] == [0, 2]
    assert soft["grump"] == [2, 0]
    sharp = film({"shot": {"on": "michii", "size": "full"}, "for": "12f"})
    edges = []
    for each in (timeline, sharp):
        pixels = blank(each)
        paint(each, pen("kawaii"), 0, pixels)
        edges.append(float(np.abs(np.diff(pixels[:300, :, 1].astype(int), axis=1)).mean()))
    assert edges[0] < edges[1]


@pytest.mark.parametrize("kind", ["faces", "acts", "places", "moments", "voices", "props", "transitions"])
def test_there_is_a_list_of_everything_of_all_that_ships_and_of_a_film(kind: str) -> None:
    of_film = rows(kind, BOARDS[0])
    assert rows(kind)
    assert of_film
    assert all(name and "\n" not in about for name, about in of_film)


def test_lists_of_a_film_have_its_own_sounds_and_track(tmp_path: Path) -> None:
    (tmp_path / "scene.yaml").write_text(
        "{storyreel: 2, title: A, music: tune.wav, cast: {}, scenes: [{id: a, beats: [{sfx: [thud.wav, pop]}]}]}"
    )
    for name in ("tune.wav", "thud.wav"):
        put(np.zeros((4800, 2), np.float32), tmp_path / name)
    assert rows("sounds", tmp_path / "scene.yaml")[0] == ("thud.wav", "played in a")
    assert [name for name, _ in rows("sounds", tmp_path / "scene.yaml")].count("pop") == 1
    assert rows("tracks", tmp_path / "scene.yaml")[0] == ("tune.wav", "the film's")
    bullies = Path(__file__).parent.parent / "examples" / "block-the-bullies" / "scene.yaml"
    name, about = rows("tracks", bullies)[0]
    assert name == "hops.yaml"
    assert "curtains" in about.removeprefix("the film's; sections: ").split(", ")


def test_a_list_that_there_is_none_of_is_told_which_was_meant() -> None:
    asked = CliRunner().invoke(list_, ["act"])
    assert asked.exit_code == 2
    assert asked.stderr.endswith("Error: there is no list of act; did you mean 'acts'?\n")


def test_a_list_of_moments_names_those_that_the_film_comes_to() -> None:
    assert ("kelly.catch", "hill, beat 1") in rows("moments", BOARDS[0])


@pytest.mark.parametrize("board", BOARDS, ids=lambda path: path.stem)
def test_boards_are_read_and_hardly_warned_of(board: Path) -> None:
    script, places = read_text_with_places(
        board.read_text(encoding="utf-8"), board.name, board.parent, vocabulary(board.parent)
    )
    said = {problem.message.partition(";")[0] for problem in hints(script, places)}
    assert said <= {
        "what stands on 'field' already isn't what is said",
        "this line is captioned, and its shot keeps no lane free",
    }
