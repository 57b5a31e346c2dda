"""The puppets that ship: every face differs, colours are recast, the same pose is the same bytes."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
import skia
from test_drawing import Pixels, pixels

from storyreel.assets import asset
from storyreel.errors import StoryreelError
from storyreel.puppet.rig import read_rig
from storyreel.stage.puppet import DrawnPuppet
from storyreel.stage.recast import cast_tone, lch, recast_tone
from storyreel.treatment.contract import Edge

MICHII = asset("puppets", "michii", "michii.svg")
GRUMP = asset("puppets", "grump", "grump.svg")
EDGES = (Edge(14, "#7A3F86", 0.2, (8.75, 14)), Edge(14, "#FFFFFF"))


def drawn(path: Path, pose: Mapping[str, float], edges: Sequence[Edge] = (), **colours: str) -> Pixels:
    surface = skia.Surface(300, 400)
    canvas = surface.getCanvas()
    canvas.translate(150, 380)
    canvas.scale(0.27, 0.27)
    DrawnPuppet.load(path, None, tuple(colours.items())).draw(canvas, pose, edges)
    return pixels(surface)


@pytest.mark.parametrize("path", [MICHII, GRUMP], ids=lambda path: path.stem)
def test_the_same_pose_is_the_same_bytes_whatever_was_drawn_before(path: Path) -> None:
    chance = random.Random(5)
    rig = DrawnPuppet.load(path).rig

    def pose() -> dict[str, float]:
        values = {f"{part}.rot": chance.uniform(-40, 40) for part in rig.pivots}
        values |= {f"{spring.part}.bend": chance.uniform(-60, 60) for spring in rig.springs}
        return values | {
            "mouth": chance.randrange(12),
            "Head.turn": chance.uniform(-1, 1),
            "blink.Left": chance.random(),
        }

    poses = [pose() for _ in range(4)]
    first = [drawn(path, one, EDGES) for one in poses]
    for index in (3, 1, 2, 0):
        assert np.array_equal(drawn(path, poses[index], EDGES), first[index])
    from storyreel.stage.puppet import _puppet

    _puppet.cache_clear()
    assert np.array_equal(drawn(path, poses[2], EDGES), first[2])


@pytest.mark.parametrize("path", [MICHII, GRUMP], ids=lambda path: path.stem)
def test_every_mouth_and_every_face_looks_different(path: Path) -> None:
    rig = DrawnPuppet.load(path).rig
    mouths = {drawn(path, {"mouth": index}).tobytes() for index in range(len(rig.mouths))}
    faces = {drawn(path, face).tobytes() for face in rig.faces.values()}
    assert len(mouths) == len(rig.mouths)
    assert len(faces) == len(rig.faces)


def test_bends_nearer_than_a_quarter_of_a_degree_are_one_drawing() -> None:
    assert np.array_equal(drawn(MICHII, {"Tail.bend": 20.1}), drawn(MICHII, {"Tail.bend": 19.9}))
    assert not np.array_equal(drawn(MICHII, {"Tail.bend": 20}), drawn(MICHII, {"Tail.bend": 23}))


def test_laughing_eyes_take_the_place_of_open_ones() -> None:
    laughing = drawn(MICHII, {"laugh.Left": 1, "laugh.Right": 1})
    assert not np.array_equal(laughing, drawn(MICHII, {}))
    assert not np.array_equal(laughing, drawn(MICHII, {"blink.Left": 1, "blink.Right": 1}))
    assert np.array_equal(laughing, drawn(MICHII, {"laugh.Left": 1, "laugh.Right": 1, "blink.Left": 1}))


@pytest.mark.parametrize("path", [MICHII, GRUMP], ids=lambda path: path.stem)
def test_a_puppet_stays_one_piece_at_the_ends_of_its_turns(path: Path) -> None:
    """No gaze, turn or nod may push a feature out of the puppet's outline."""
    outline = drawn(path, {})[:, :, 3] > 0
    grown = outline.copy()
    for dy in range(-9, 10):
        for dx in range(-9, 10):
            grown |= np.roll(outline, (dy, dx), axis=(0, 1))
    for pose in ({"Head.turn": 1, "Head.nod": 1}, {"Head.turn": -1, "Head.nod": -1}, {"gaze.x": 1, "gaze.y": -1}):
        assert not ((drawn(path, pose)[:, :, 3] > 0) & ~grown).any()


def share(picture: Pixels, colour: tuple[int, int, int]) -> int:
    return int((picture[:, :, :3] == colour).all(axis=2).sum())


def test_recasting_changes_a_colour_with_its_tones_and_nothing_else() -> None:
    plain, mint = drawn(MICHII, {}), drawn(MICHII, {}, hoodie="#9BE0C8")
    assert share(mint, (0x9B, 0xE0, 0xC8)) > 1000
    assert share(plain, (0xF4, 0x8D, 0xB9)) > 300 > share(mint, (0xF4, 0x8D, 0xB9)) == 0
    shade = recast_tone("#F48DB9", "#FFB6D3", "#9BE0C8")
    assert share(mint, tuple(int(shade[i : i + 2], 16) for i in (1, 3, 5))) > 300  # type: ignore[arg-type]
    for kept in ((0x4A, 0x25, 0x45), (0xD3, 0x96, 0x8A), (0xFF, 0xE6, 0xDA)):  # lines, hair, skin
        assert share(mint, kept) == pytest.approx(share(plain, kept), abs=4)


def test_the_same_hex_may_belong_to_two_colours_by_its_place() -> None:
    picture = drawn(MICHII, {}, skirt="#FFD166")
    assert share(picture, (0xFF, 0xD1, 0x66)) > 300
    assert share(picture, (0xB8, 0xF2, 0xE6)) > 20  # the dipped tips of her hair


def test_an_unknown_colour_is_named() -> None:
    with pytest.raises(StoryreelError, match="no colour 'hodie'; did you mean 'hoodie'"):
        DrawnPuppet.load(MICHII, None, (("hodie", "#FFFFFF"),))


@pytest.mark.parametrize("wanted", ["#000000", "#FFFFFF", "#123456", "#FFD166"])
def test_any_recast_colour_gives_real_colours(wanted: str) -> None:
    picture = drawn(GRUMP, {}, fur=wanted, eyes=wanted)
    assert share(picture, tuple(int(wanted[i : i + 2], 16) for i in (1, 3, 5))) > 1000  # type: ignore[arg-type]


OUTFITS = ("curly", "bob", "puffs", "glasses", "freckles", "bow", "plain", "hood-down")


@pytest.mark.parametrize("outfit", OUTFITS)
def test_every_outfit_changes_the_picture_in_any_pose(outfit: str) -> None:
    rig = read_rig(MICHII)
    worn = dict(rig.wearing([outfit]).worn)
    for pose in ({}, {"Head.turn": 0.8, "Head.nod": -0.5, "Left Lock.bend": 30.0, "Right Lock.bend": -30.0}):
        assert (drawn(MICHII, pose) != drawn(MICHII, {**pose, **worn})).any()


def test_three_kinds_of_hair_have_three_silhouettes() -> None:
    rig = read_rig(MICHII)
    filled = [drawn(MICHII, rig.wearing(wear).worn)[:, :, 3] > 127 for wear in ([], ["curly"], ["bob"], ["puffs"])]
    for one, two in itertools.combinations(filled, 2):
        assert int((one != two).sum()) > 100


@pytest.mark.parametrize("skin", ["#FFE6DA", "#E2AE8C", "#C98F6B", "#A8704F", "#8A5A44", "#5C3A2E"])
def test_a_nose_shows_on_any_skin(skin: str) -> None:
    rule = read_rig(MICHII).recast["skin"]
    nose = cast_tone(rule, "#E58A86", skin)
    assert abs(lch(nose)[0] - lch(skin)[0]) > 0.08


def test_a_deep_casting_is_the_artists_own_at_its_own_main_colour() -> None:
    rule = read_rig(MICHII).recast["skin"]
    assert tuple(cast_tone(rule, tone, rule.deep[0]) for tone in rule.tones) == rule.deep
    assert tuple(cast_tone(rule, tone, rule.tones[0]) for tone in rule.tones) == rule.tones
