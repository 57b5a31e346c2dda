"""A rig is what a YAML file says and what the drawing's names alone tell; mistakes are said with their place."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from storyreel.assets import asset
from storyreel.errors import SceneError, StoryreelError
from storyreel.puppet.model import Rig
from storyreel.puppet.naming import VISEMES
from storyreel.puppet.rig import read_rig, sourced, take
from storyreel.puppet.rig_file import CHANNELS, FACE_CHANNELS

PUPPETS = sorted(asset("puppets").rglob("*.svg"))
PLAIN = """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 300"><g id="Bob">
<g id="Left Leg"><rect x="110" y="200" width="20" height="90"/></g>
<g id="Body"><rect x="70" y="100" width="60" height="110" fill="#336699"/></g>
<g id="Left Arm"><rect x="130" y="110" width="20" height="80"/>
<g id="Left Hand"><circle cx="140" cy="195" r="8"/></g></g>
<g id="Right Arm"><rect x="50" y="110" width="20" height="80"/>
<g id="Right Hand"><circle cx="60" cy="195" r="8"/></g></g>
<g id="Head"><g id="Left Ear"><rect x="120" y="0" width="10" height="30"/></g>
<rect x="60" y="20" width="80" height="80"/>
<g id="Left Eye"><circle cx="120" cy="50" r="10"/><g id="Left Pupil"><circle cx="120" cy="50" r="4"/></g></g>
<g id="Left Eyebrow"><rect x="110" y="30" width="20" height="4"/></g>
<g id="Right Eyebrow"><rect x="70" y="30" width="20" height="4"/></g>
<g id="Mouth"><g id="Neutral"><rect x="90" y="80" width="20" height="2"/></g><g id="Ah"><circle cx="100" cy="80" r="9"/>
</g><g id="Smile"><circle cx="100" cy="80" r="9"/></g></g></g></g></svg>
"""
Write = Callable[..., Rig]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def rig(yaml: str | None = None, svg: str = PLAIN) -> Rig:
        (tmp_path / "bob.svg").write_text(svg, encoding="utf-8")
        if yaml is not None:
            (tmp_path / "bob.rig.yaml").write_text(yaml, encoding="utf-8")
        return read_rig(tmp_path / "bob.svg")

    return rig


def refusal(write: Write, yaml: str) -> str:
    with pytest.raises(SceneError) as caught:
        write(yaml)
    return str(caught.value)


# Names alone


def test_names_alone_give_joints_limbs_springs_and_mouths(write: Write) -> None:
    rig = write()
    assert (rig.root, rig.feet) == ("Bob", (100, 290))
    assert (rig.height, rig.width) == (290, 100)
    assert rig.mouths == ("Neutral", "Ah", "Smile")
    assert rig.pivots["Head"][1] > 90
    assert rig.pivots["Left Ear"] == (125, 30)
    assert rig.pivots["Left Arm"][1] < 125
    assert rig.pivots["Left Eyebrow"] == (120, 32)
    assert set(rig.limbs) == {"Left Arm", "Right Arm"}
    assert [spring.part for spring in rig.springs] == ["Left Ear"]
    assert rig.springs[0].axis == pytest.approx(-90)
    assert rig.springs[0].length == pytest.approx(30)
    assert rig.gaze == pytest.approx((4.8, 4.8))
    assert (rig.has("Head"), rig.has("Tail")) == (True, False)
    assert rig.carriers["Left Pupil"] == "Left Eye"
    assert rig.carriers["Left Hand"] == "Left Arm"


def test_names_alone_give_faces_and_poses(write: Write) -> None:
    rig = write()
    assert rig.faces["joy"]["mouth"] == rig.mouths.index("Smile")
    assert rig.faces["angry"]["Left Eyebrow.rot"] == -rig.faces["angry"]["Right Eyebrow.rot"] < 0
    assert rig.poses["cheer"]["Left Arm.rot"] == pytest.approx(-rig.poses["cheer"]["Right Arm.rot"], abs=1)
    limb = rig.limbs["Left Arm"]
    turn = math.radians(rig.poses["cheer"]["Left Arm.rot"])
    x, y = limb.hand[0] - limb.shoulder[0], limb.hand[1] - limb.shoulder[1]
    raised = (x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn))
    assert raised[0] > 0 > raised[1]


def test_cloth_swings_less_than_ears(write: Write) -> None:
    skirt = '<g id="Skirt"><rect x="70" y="180" width="60" height="30"/></g>'
    springs = {
        spring.part: spring for spring in write(svg=PLAIN.replace('<g id="Body">', f'{skirt}<g id="Body">')).springs
    }
    assert set(springs) == {"Left Ear", "Skirt"}
    assert springs["Skirt"].limit < 20 < springs["Left Ear"].limit


def test_pivots_are_told_in_the_drawings_units(write: Write) -> None:
    svg = PLAIN.replace('<g id="Head">', '<g id="Head" transform="translate(5,7) scale(2)" data-pivot="10,20">')
    assert write(svg=svg).pivots["Head"] == (25, 47)


def test_several_groups_at_the_top_make_the_drawing_itself_the_root(write: Write) -> None:
    rig = write(svg=PLAIN.replace('<g id="Bob">', "").replace("</g></svg>", "</svg>"))
    assert rig.root == "bob"
    assert rig.carriers["Head"] == "bob"
    assert rig.pivots["bob"] == rig.feet


def test_an_empty_rig_is_a_rig(write: Write) -> None:
    assert write("# nothing yet\n") == write()


# What a file says


def test_a_file_goes_before_the_names(write: Write) -> None:
    rig = write(
        "height: 250\ngaze: [3, 2]\nlimbs: {Left Arm: {tip: Left Hand, elbow: [140, 150]}}\n"
        "springs: {Left Ear: {axis: -80, length: 40, gain: 0.5}}\n"
        "faces: {joy: {mouth: Ah, Left Eyebrow.dy: -9, blush: 1}}\nposes: {bow: {Head.rot: 30}}\n"
        'colours: {shirt: {tones: ["#336699"], parts: [Body]}}\n'
    )
    assert (rig.height, rig.gaze) == (250, (3, 2))
    assert list(rig.limbs) == ["Left Arm"]
    assert rig.limbs["Left Arm"].elbow == (140, 150)
    assert rig.limbs["Left Arm"].bones[1] == pytest.approx(math.dist((140, 150), rig.pivots["Left Hand"]))
    assert (rig.springs[0].axis, rig.springs[0].length, rig.springs[0].gain) == (-80, 40, 0.5)
    assert rig.faces["joy"] == {"mouth": 1.0, "Left Eyebrow.dy": -9, "blush": 1}
    assert rig.poses["bow"] == {"Head.rot": 30}
    assert "wave" in rig.poses
    assert rig.recast["shirt"].tones == ("#336699",)


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        ("heigth: 3", "bob.rig.yaml:1:1: unknown key 'heigth'; did you mean 'height'?"),
        ("springs:\n  Left Ear: {lenght: 3}", "bob.rig.yaml:2:14: unknown key 'lenght'; did you mean 'length'?"),
        ("springs:\n  Tale: {}", "bob.rig.yaml:2:3: the drawing has no part 'Tale'"),
        ("limbs: {Left Arm: {tip: Left Paw}}", "1:20: the drawing has no part 'Left Paw'"),
        ("faces:\n  joy: {mouth: Smil}", "bob.rig.yaml:2:16: no mouth 'Smil'; did you mean 'Smile'?"),
        ("poses:\n  bow: {Hed.rot: 3}", "bob.rig.yaml:2:9: the drawing has no part 'Hed'; did you mean 'Head'?"),
        ("poses: {bow: {Head.rott: 3}}", "unknown channel 'Head.rott'; did you mean 'rot'?"),
        ("poses: {bow: {Head.rot: far}}", "'Head.rot' needs a number, not 'far'"),
        ("height: -1", "bob.rig.yaml:1:9: 'height'"),
        ("gaze: [1]", "bob.rig.yaml:1:"),
        ("gaze: [1, .inf]", "bob.rig.yaml:1:"),
        ('colours: {a: {tones: ["pink"]}}', "'pink' is no colour"),
        ('colours: {a: {tones: ["#ABCDEF"]}}', "the drawing has no colour #ABCDEF"),
        ('colours: {a: {tones: ["#336699"], deep: ["#112233", "#000000"]}}', "1 tones, but 2 deep ones"),
        ("outfits: {hat: {Hut.show: 1}}", "no part 'Hut'"),
        ('colours: {a: {tones: ["#336699"], parts: [Boddy]}}', "no part 'Boddy'; did you mean 'Body'?"),
        ("height: [", "bob.rig.yaml:1:"),
        ("height: 1\nheight: 2", "bob.rig.yaml:2:1: 'height' stands here twice"),
    ],
)
def test_mistakes_are_said_with_their_place(write: Write, yaml: str, said: str) -> None:
    assert said in refusal(write, yaml)


def test_all_mistakes_are_said_at_once(write: Write) -> None:
    message = refusal(write, "poses:\n  a: {Hed.rot: 1}\n  b: {Heed.rot: 1}\nfaces:\n  c: {mouth: Oh}")
    assert [line.split(":")[1] for line in message.splitlines()] == ["2", "3", "5"]


def test_a_rig_elsewhere_may_be_named(write: Write, tmp_path: Path) -> None:
    write()
    (tmp_path / "other.yaml").write_text("height: 42")
    assert read_rig(tmp_path / "bob.svg", tmp_path / "other.yaml").height == 42
    with pytest.raises(StoryreelError, match="there is no rig"):
        read_rig(tmp_path / "bob.svg", tmp_path / "none.yaml")


def test_a_rig_that_another_process_read_is_not_read_again(write: Write, tmp_path: Path) -> None:
    write("height: 42")
    found = sourced(tmp_path / "bob.svg")
    take(replace(found, rig=replace(found.rig, height=7.0)))
    assert read_rig(tmp_path / "bob.svg").height == 7.0
    write("height: 43")
    assert read_rig(tmp_path / "bob.svg").height == 43


# The puppets that ship


@pytest.mark.parametrize("path", PUPPETS, ids=lambda path: path.stem)
def test_shipped_puppets_can_say_every_viseme_and_make_every_face(path: Path) -> None:
    rig = read_rig(path)
    assert {*VISEMES, "Smile", "Surprised", "Sad"} <= set(rig.mouths)
    assert {"joy", "happy", "sad", "angry", "surprised", "worried", "determined", "smug", "tender", "neutral"} <= set(
        rig.faces
    )
    assert {"rest", "cheer", "wave", "point", "droop", "dance-a", "dance-b", "proud", "shy"} <= set(rig.poses)


@pytest.mark.parametrize("path", PUPPETS, ids=lambda path: path.stem)
def test_shipped_puppets_move_only_what_they_have(path: Path) -> None:
    rig = read_rig(path)
    for pose in (*rig.poses.values(), *rig.faces.values()):
        for channel in pose:
            part, _, what = channel.rpartition(".")
            assert channel in FACE_CHANNELS or (part in rig.pivots and what in CHANNELS)
    assert all(carrier in rig.pivots for carrier in rig.carriers.values() if carrier)


def test_michii_has_what_the_first_film_needs() -> None:
    rig = read_rig(asset("puppets", "michii", "michii.svg"))
    assert set(rig.recast) >= {"hoodie", "hair", "tips", "skin", "skirt", "shoes", "eyes"}
    assert set(rig.outfits) >= {"curly", "bob", "puffs", "glasses", "plain"}
    assert {f"stamp-{part}" for part in ("gather", "spring", "hang", "slam", "rebound", "settle")} <= set(rig.poses)
    assert {spring.part for spring in rig.springs} >= {"Left Ear", "Right Ear", "Left Lock", "Right Lock", "Tail"}
    assert rig.carriers["Hair Back"] == "Head"
    assert rig.height == 1012
