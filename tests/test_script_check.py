"""Names in a scene file belong to something: to the film itself, or to what the other rooms know."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyreel.errors import Place, Problem, SceneError, StoryreelError
from storyreel.script.check import problems
from storyreel.script.read import read_text
from storyreel.script.upgrade import climb, upgrade
from storyreel.script.vocabulary import PuppetNames, Vocabulary
from storyreel.source.places import unwritten

SCENE = """\
storyreel: 1
title: Hello
look: kawaii
music: {track: tune}
cast:
  mi: {puppet: michii, voice: {use: heart}, colours: {hood: "#FFB3D1"}}
scenes:
  - id: one
    set: bedroom
    music: verse
    cast:
      mi: {pose: rest, face: happy}
    props:
      lamp: {kind: drawing, file: lamp}
      go: {kind: button}
    beats:
      - mi: {do: [wave, {dance: {style: b}}], face: happy, pose: rest}
        go: {set: {press: 1}, at: mi.up}
        sfx: pop
"""


def rig(puppet: str) -> PuppetNames:
    if puppet == "broken":
        raise StoryreelError("its head is missing")
    if puppet == "misdrawn":
        raise SceneError([Problem(Place("misdrawn.svg", 3, 1), "filters are not drawn")])
    return PuppetNames(frozenset({"hood"}), frozenset({"happy", "sad"}), frozenset({"rest"}), frozenset({"bob"}))


WORDS = Vocabulary(
    acts=frozenset({"wave", "dance", "stamp"}),
    moments={"wave": frozenset({"up"}), "stamp": frozenset({"slam"})},
    effects=frozenset({"pop", "boing"}),
    tracks=frozenset({"tune"}),
    sections={"tune": frozenset({"verse", "chorus"})},
    voices=frozenset({"heart"}),
    looks=frozenset({"kawaii"}),
    puppets=frozenset({"michii", "broken", "misdrawn"}),
    sets=frozenset({"bedroom"}),
    props=frozenset({"lamp"}),
    rig=rig,
)

FEELS = "{pose: rest, face: happy}"


def said(old: str, new: str) -> list[str]:
    assert SCENE.count(old) == 1, old
    with pytest.raises(SceneError) as caught:
        read_text(SCENE.replace(old, new), "f", words=WORDS)
    return str(caught.value).splitlines()


def test_a_scene_of_known_names_is_good():
    assert read_text(SCENE, words=WORDS).title == "Hello"


def test_names_are_not_checked_where_they_are_not_known():
    assert read_text(SCENE.replace("bedroom", "moon").replace("wave", "fly")).title == "Hello"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("look: kawaii", "look: kawai", "f:3:7: unknown look 'kawai'; did you mean 'kawaii'?"),
        ("track: tune", "track: tuna", "f:4:16: unknown track 'tuna'; did you mean 'tune'?"),
        ("track: tune", "track: tune.wav", "f:4:16: no file 'tune.wav' beside the scene"),
        ("puppet: michii", "puppet: michi", "f:6:16: unknown puppet 'michi'; did you mean 'michii'?"),
        ("puppet: michii", "puppet: mi.svg", "f:6:16: no file 'mi.svg' beside the scene"),
        ("puppet: michii", "puppet: broken", "f:6:16: its head is missing"),
        ("puppet: michii", "puppet: misdrawn", "misdrawn.svg:3:1: filters are not drawn"),
        ("use: heart", "use: hart", "f:6:37: unknown voice 'hart'; did you mean 'heart'?"),
        ("{hood:", "{hat:", "f:6:55: puppet 'michii' has no colour 'hat'; known here: hood"),
        ("{puppet:", "{wear: bub, puppet:", "f:6:14: puppet 'michii' has no outfit 'bub'; did you mean 'bob'?"),
        ("{puppet:", "{wear: [bob, bub], puppet:", "f:6:20: puppet 'michii' has no outfit 'bub'; did you mean 'bob'?"),
        ("set: bedroom", "set: badroom", "f:9:10: unknown set 'badroom'; did you mean 'bedroom'?"),
        ("music: verse", "music: vers", "f:10:12: unknown section 'vers'; did you mean 'verse'?"),
        (FEELS, "{pose: rist}", "f:12:18: the puppet of 'mi' has no pose 'rist'; did you mean 'rest'?"),
        (FEELS, "{face: hapy}", "f:12:18: the puppet of 'mi' has no face 'hapy'; did you mean 'happy'?"),
        ("file: lamp", "file: lemp", "f:14:35: unknown prop 'lemp'; did you mean 'lamp'?"),
        ("file: lamp", "file: lamp.svg", "f:14:35: no file 'lamp.svg' beside the scene"),
        ("[wave,", "[wawe,", "f:17:19: unknown act 'wawe'; did you mean 'wave'?"),
        ("{dance: {style: b}}", "{danse: {style: b}}", "f:17:26: unknown act 'danse'; did you mean 'dance'?"),
        ("at: mi.up", "at: mi.slam", "f:18:35: 'mi' comes to no 'slam' in this beat; known here: up"),
        ("sfx: pop", "sfx: bop", "f:19:14: unknown effect 'bop'; did you mean 'pop'?"),
    ],
)  # fmt: skip
def test_an_unknown_name_is_said_with_the_nearest_known_one(old: str, new: str, message: str):
    found = said(old, new)
    assert message in found
    # An act that is not known has no moments either, so that its start is a second mistake.
    assert len(found) == 1 or "comes to no" in found[1]


def test_a_creators_line_needs_a_voice():
    creator = "creator: {name: A, handle: '@a', message: m, portrait: scene.png, line: Hello}\ncast:"
    found = said("cast:\n  mi: {puppet: michii, voice: {use: heart}, ", f"{creator}\n  mi: {{puppet: michii, ")
    assert any("nobody can speak this" in line for line in found)


def test_a_voice_of_which_nothing_is_said_is_the_usual_one():
    text = SCENE.replace("voice: {use: heart}", "voice: {}").replace("mi: {do:", "mi: {say: Hello, do:")
    assert read_text(text, words=WORDS).cast["mi"].voice is not None


def test_a_line_of_nothing_is_refused():
    assert said("mi: {do:", "mi: {say: '…', do:") == ["f:17:19: '…' has nothing in it that can be spoken"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    set: bedroom\n", "    set: bedroom\n    camera: {on: mi}\n"),
        ("    set: bedroom\n", "    set: bedroom\n    camera: {zoom: 0.3}\n"),
        ("sfx: pop", "camera: {to: [2.5, 0.5]}"),
        ("mi: {do:", "mi: {go: centre, do:"),
    ],
)
def test_whoever_the_camera_finds_or_who_comes_may_stand_outside(old: str, new: str):
    outside = "{at: [3, 0.5], pose: rest}"
    assert said(FEELS, outside) == [
        "f:12:16: 'mi' stands outside the picture; the safe box is from 0 to 1, across and down"
    ]
    assert read_text(SCENE.replace(FEELS, outside).replace(old, new), words=WORDS).scenes


def test_old_files_climb_one_step_at_a_time():
    steps = {1: lambda raw: {**raw, "b": raw["a"] + 1}, 2: lambda raw: {**raw, "c": raw["b"] + 1}}
    assert climb({"storyreel": 1, "a": 1}, 3, steps) == {"storyreel": 3, "a": 1, "b": 2, "c": 3}
    assert climb({"storyreel": 3}, 3, steps) == {"storyreel": 3}


@pytest.mark.parametrize("version", [0, -1, 3, 99])
def test_versions_that_are_not_known_are_refused(version: int):
    with pytest.raises(ValueError, match=f"storyreel format {version}"):
        upgrade({"storyreel": version})


def test_a_script_built_in_python_is_checked_by_the_same_rules():
    script = read_text(SCENE, words=WORDS)
    tree = script.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    assert problems(tree, unwritten(tree), Path(), WORDS).problems == []
    tree["scenes"][0]["beats"][0]["mi"][0]["face"] = "grim"
    tree["scenes"][0]["beats"][0]["bo"] = [{"say": "Hello"}]
    assert [str(problem) for problem in problems(tree, unwritten(tree), Path(), WORDS).problems] == [
        "script.scenes[0].beats[0].mi[0].face: the puppet of 'mi' has no face 'grim'; known here: happy, sad",
        "script.scenes[0].beats[0].bo: unknown key 'bo'; it is no key of a beat, and names none of go, lamp, mi",
    ]


def test_a_picture_for_a_puppet_is_told_what_one_is():
    (message,) = said("puppet: michii", "puppet: me.png")
    assert message.startswith("f:6:16: 'me.png' is not an SVG, and a puppet is one;")
    assert "{kind: picture, file: me.png}; `storyreel puppet new me.svg`" in message
    (message,) = said("set: bedroom", "set: hill.png")
    assert "a set is one" in message
    assert message.endswith("`storyreel set new my-set.svg` gives one to draw over, `my-set.json` one in pixels")


def test_a_plain_track_has_sections_as_well():
    text = SCENE.replace("music: {track: tune}", "music: tune")
    assert read_text(text, words=WORDS).music is not None
    with pytest.raises(SceneError, match="f:10:12: unknown section 'vers'; did you mean 'verse'"):
        read_text(text.replace("music: verse", "music: vers"), "f", words=WORDS)


def test_a_film_in_which_everything_is_wrong_is_told_the_first_five_hundred_mistakes():
    beats = "".join(f"      - {{zz{number}: 1}}\n" for number in range(2000))
    with pytest.raises(SceneError) as caught:
        read_text(SCENE + beats, "f", words=WORDS)
    assert len(caught.value.problems) == 500
