"""Shots: a scene of format 2 becomes one scene of the film for each, which starts as the last one ended."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from storyreel.assets import asset
from storyreel.direct.director import direct
from storyreel.direct.framing import Head, looking, magnified, shown_at
from storyreel.direct.views import Facing, sights, view_for
from storyreel.puppet.model import View
from storyreel.render.chunks import chunks
from storyreel.render.encode import EncoderSettings
from storyreel.render.keys import fingerprint_of
from storyreel.render.slices import order
from storyreel.script.models import Script, Shot
from storyreel.sound.store import ClipStore
from storyreel.timeline.model import Scene, Timeline
from storyreel.timeline.track import sample

STORE = ClipStore(None)
PICTURE, SAFE = (1080.0, 1920.0), (60.0, 250.0, 910.0, 1480.0)


def film(*beats: dict[str, Any], base: Path | None = None, **scene: Any) -> Timeline:
    told: dict[str, Any] = {
        "id": "day",
        "cast": {"michii": {"at": [0.3, 0.878]}, "grump": {"at": [0.75, 0.878]}},
        "beats": [*beats],
    }
    script = {
        "storyreel": 2,
        "title": "A film",
        "cast": {
            "michii": {"puppet": "michii", "voice": {"use": "heart"}},
            "grump": {"puppet": "grump", "voice": {"use": "heart", "pitch": 0.6}, "size": 0.6},
        },
        "scenes": [{**told, **scene}],
    }
    return direct(Script.model_validate(script), base or asset("portraits"), STORE).timeline


def cast(scene: Scene) -> dict[str, tuple[int, int]]:
    return {layer.id: (layer.start, layer.end) for layer in scene.layers if layer.kind == "cast"}


def at(scene: Scene, name: str, channel: str, frame: int) -> float:
    layer = next(one for one in scene.layers if one.id == name)
    return sample(dict(layer.channels)[channel], frame)


def test_every_shot_is_a_scene_of_the_film_with_frames_of_its_own() -> None:
    scenes = film({"shot": "full", "michii": {"face": "joy"}, "for": "20f"}, {"wait": "4f"}, {"shot": "close"}).scenes
    assert [(scene.id, scene.length) for scene in scenes] == [("day.1", 24), ("day.2", 1)]


def test_a_cut_ends_its_beat_and_a_dark_one_lasts_longer_with_nothing_to_see() -> None:
    first = film({"shot": "full", "michii": {"do": "dance"}, "cut": {"at": "12f", "dark": "6f"}}, {"shot": "close"})
    assert first.scenes[0].length == 18
    assert {layer.end for layer in first.scenes[0].layers} == {12}


def test_everybody_is_where_and_as_the_shot_before_left_them() -> None:
    one, two = film(
        {"shot": "wide", "michii": {"go": [0.6, 0.878], "how": "slide", "face": "sad"}, "pause": "1s"},
        {"shot": "close", "michii": {"do": "nod"}},
    ).scenes
    assert at(two, "michii", "x", 0) == pytest.approx(at(one, "michii", "x", one.length - 1), abs=1)
    assert at(two, "michii", "mouth", 0) == at(one, "michii", "mouth", one.length - 1)


def test_what_somebody_does_at_a_cut_goes_on_behind_it() -> None:
    _, two = film(
        {"shot": "full", "michii": {"do": "jump"}, "cut": {"at": "12f"}}, {"shot": "wide", "for": "40f"}
    ).scenes
    assert at(two, "michii", "y", 0) < at(two, "michii", "y", 39) - 50


def test_a_thing_stays_as_it_was_set() -> None:
    _, two = film(
        {"shot": "full", "button": {"set": {"press": 1}, "over": "2f"}, "for": "10f"},
        {"shot": {"on": "michii", "size": "wide"}, "for": "10f"},
        props={"button": {"kind": "button"}},
    ).scenes
    assert at(two, "button", "press", 0) == 1


@pytest.mark.parametrize(("size", "share"), [("close", 0.38), ("medium-close", 0.28), (0.5, 0.5)])
def test_a_size_is_how_high_the_head_is_in_the_picture(size: str | float, share: float) -> None:
    head = Head(500, 900, 300, 280, 800)
    assert head.height * magnified(size, head, PICTURE) == pytest.approx(share * 1920)


def test_a_tilted_camera_still_shows_the_head_where_the_shot_wants_it() -> None:
    head = Head(500, 900, 300, 280, 800)
    eye = looking(Shot(size="close", at=(0.2, 0.7), tilt=12), head, PICTURE, SAFE)
    assert shown_at((head.x, head.y), eye, PICTURE) == pytest.approx((60 + 0.2 * 850, 250 + 0.7 * 1230))


def test_who_is_not_seen_is_not_drawn_and_who_is_stands_where_the_shot_sees_them() -> None:
    _, two, three = film(
        {"shot": "wide", "for": "5f"},
        {"shot": {"on": "michii", "size": "close", "sees": []}, "for": "5f"},
        {"shot": {"on": "michii", "size": "medium", "sees": {"grump": [0.8, 0.4]}}, "for": "5f"},
    ).scenes
    assert set(cast(two)) == {"michii"}
    assert set(cast(three)) == {"michii", "grump"}


def test_a_close_up_stands_where_the_one_stands_that_it_is_like() -> None:
    shots = {"low": {"on": "michii", "size": "close", "at": [0.3, 0.4]}}
    one, two = film({"shot": "low", "for": "5f"}, {"shot": {"like": "low", "tilt": 5}, "for": "5f"}, shots=shots).scenes
    assert dict(one.camera)["zoom"] == dict(two.camera)["zoom"]
    assert dict(two.camera)["rot"] == 5


def test_a_camera_moves_into_a_set_up() -> None:
    shots = {"near": {"on": "michii", "size": "close"}}
    moves = {"at": "4f", "into": "near", "over": "10f"}
    scene = film({"shot": "full", "camera": moves, "for": "30f"}, {"shot": "near"}, shots=shots)
    zoom = dict(scene.scenes[0].camera)["zoom"]
    assert sample(zoom, 14) == pytest.approx(float(dict(scene.scenes[1].camera)["zoom"]), rel=0.01)  # type: ignore[arg-type]


def test_an_edited_line_redraws_its_shot_and_at_most_the_first_chunk_of_the_next() -> None:
    def keys(line: str) -> dict[tuple[str, int], str]:
        timeline = film(
            {"shot": "full", "grump": {"do": "nod"}, "for": "60f"},
            {"shot": "close", "michii": {"say": line}, "cut": {"at": "michii.said + 4f"}},
            {"shot": "full", "michii": {"do": "dance"}, "for": "120f"},
        )
        settings = EncoderSettings(216, 384, Fraction(30))
        return {
            (timeline.scenes[chunk.scene].id, chunk.start): fingerprint_of(order(timeline, chunk, settings).timeline)
            for chunk in chunks(timeline)
        }

    one, other = keys("Stop it."), keys("Please stop it now.")
    changed = {key for key in {*one, *other} if one.get(key) != other.get(key)}
    assert {scene for scene, _ in changed} <= {"day.2", "day.3"}
    assert {start for scene, start in changed if scene == "day.3"} <= {0}


VIEWS = {
    "close": View(sizes=("close", "medium-close")),
    "low": View(sizes=("close",), angles=("low",)),
    "profile": View(turns=("profile",)),
}


@pytest.mark.parametrize(
    ("size", "angle", "turn", "view"),
    [
        ("full", "level", "front", ""),
        ("close", "level", "front", "close"),
        ("close", "low", "front", "low"),
        ("full", "level", "profile", "profile"),
        ("close", "level", "profile", "profile"),
        ("full", "level", "back", ""),
    ],
)
def test_a_view_is_picked_by_the_side_turned_to_us_then_by_angle_then_by_size(
    size: str, angle: str, turn: str, view: str
) -> None:
    [(_, sight)] = sights([Facing(0, turn, False)], [(0, size, angle)])
    assert view_for(VIEWS, sight) == view


def test_a_face_that_does_not_blink_is_held_with_open_eyes() -> None:
    def shut(**more: Any) -> int:
        beats = {"shot": "full", "michii": [{"face": "joy"}, {"at": "20f", "face": "surprised", **more}], "for": "8s"}
        (scene,) = film(beats).scenes
        channels = next(dict(layer.channels) for layer in scene.layers if layer.id == "michii")
        return sum(sample(channels.get("blink.Left", 0.0), frame) > 0.5 for frame in range(20, 240))

    assert shut() > 0 == shut(blink=False)


def test_somebody_who_turns_is_one_drawing_after_another(tmp_path: Path) -> None:
    drawing, rig = (
        asset("puppets", "michii", f"michii.{end}").read_text(encoding="utf-8") for end in ("svg", "rig.yaml")
    )
    (tmp_path / "michii.rig.yaml").write_text(f"views: {{profile: {{turn: profile}}}}\n{rig}", encoding="utf-8")
    for name in ("michii.svg", "michii.profile.svg"):
        (tmp_path / name).write_text(drawing, encoding="utf-8")
    (tmp_path / "michii.profile.rig.yaml").write_text(rig, encoding="utf-8")
    script = Script.model_validate(
        {
            "storyreel": 2,
            "title": "A turn",
            "cast": {"michii": {"puppet": "michii.svg"}},
            "scenes": [
                {
                    "id": "day",
                    "cast": {"michii": {}},
                    "beats": {
                        "shot": "full",
                        "michii": [{"at": "6f", "turn": "profile", "look": "left"}],
                        "for": "20f",
                    },
                }
            ],
        }
    )
    [scene] = direct(script, tmp_path, STORE).timeline.scenes
    assert cast(scene) == {"michii": (0, 6), "michii profile 1": (6, 20)}
    assert at(scene, "michii profile 1", "sx", 10) < 0
    drawn = (
        (tmp_path / "michii.rig.yaml")
        .read_text(encoding="utf-8")
        .replace("turn: profile", "turn: profile, faces: left")
    )
    (tmp_path / "michii.rig.yaml").write_text(drawn, encoding="utf-8")
    [scene] = direct(script, tmp_path, STORE).timeline.scenes
    assert at(scene, "michii profile 1", "sx", 10) > 0, "it is drawn so"


def test_the_moments_of_a_shot_are_kept_and_none_of_them_is_drawn() -> None:
    scene = film({"shot": "close", "michii": {"say": "You are it, you!"}}).scenes[0]
    marks = dict(scene.marks)
    assert marks["michii.says.you"] < marks["michii.says.it"] < marks["michii.says.you.2"] < marks["michii.said"]
    assert replace(scene, marks=()) != scene


def test_a_line_goes_along_with_the_thing_that_it_stands_on() -> None:
    moves = {"at": "20f", "go": [0.8, 0.3], "over": "10f"}
    beat = {"shot": {"on": "stage"}, "cloud": moves, "michii": {"say": "Off it goes.", "on": "cloud"}, "for": "2s"}
    props = {"cloud": {"kind": "drawing", "file": "cloud", "at": [0.3, 0.3]}}
    (scene,) = film(beat, props=props).scenes
    line = next(layer.id for layer in scene.layers if layer.id.startswith("cloud says"))
    for frame in (0, 25, 50):
        gone = at(scene, "cloud", "x", frame) - at(scene, "cloud", "x", 0)
        assert at(scene, line, "x", frame) - at(scene, line, "x", 0) == pytest.approx(gone, abs=1.5)
    assert gone > 300


def test_a_thing_that_covers_the_picture_goes_on_out_of_the_next_shot() -> None:
    one, two = film(
        {"shot": "full", "badge": {"show": "pop"}, "for": "20f", "cut": {"cover": "badge"}},
        {"shot": "close", "michii": {"do": "nod"}},
        props={"badge": {"kind": "badge", "text": "HI"}},
    ).scenes
    assert at(one, "badge", "scale", one.length) > 3
    assert next(layer.end for layer in two.layers if layer.id == "badge cover") == 8
    assert at(two, "badge", "scale", 0) == pytest.approx(1, abs=0.2)


def test_a_camera_that_follows_swings_on_into_the_next_shot_from_the_other_side() -> None:
    one, two = film(
        {
            "shot": {"on": "stage"},
            "grump": {"go": [0.3, 0.878], "how": "slide", "for": "20f"},
            "cut": {"follow": "grump"},
        },
        {"shot": {"on": "grump", "size": "medium"}, "wait": "20f"},
    ).scenes
    away, back = dict(one.camera)["shake.x"], dict(two.camera)["shake.x"]
    assert sample(away, one.length - 1) < -600
    assert sample(away, one.length - 7) == 0
    assert sample(back, 0) > 600
    assert sample(back, 6) == 0


def test_a_camera_goes_through_a_thing_until_it_fills_the_picture() -> None:
    one, _ = film(
        {"shot": {"on": "stage"}, "wait": "20f", "cut": {"through": "his"}},
        {"shot": "close", "michii": {"do": "nod"}},
        props={"his": {"kind": "pane", "at": [0.6, 0.3], "width": 300, "height": 500}},
    ).scenes
    assert sample(dict(one.camera)["zoom"], one.length) * 300 >= PICTURE[0]


def test_what_matches_lies_where_the_other_was() -> None:
    one, two = film(
        {
            "shot": {"on": "michii", "size": "medium", "at": [0.5, 0.4]},
            "wait": "9f",
            "cut": {"match": "michii", "with": "grump"},
        },
        {"shot": {"on": "grump", "size": "medium", "at": [0.52, 0.4]}, "wait": "9f"},
        {"shot": {"on": "grump", "size": "medium", "at": [0.5, 0.4]}, "wait": "9f"},
    ).scenes[:2]
    third = film({"shot": {"on": "grump", "size": "medium", "at": [0.5, 0.4]}, "wait": "9f"}).scenes[0]
    assert sample(dict(two.camera)["x"], 0) == pytest.approx(sample(dict(third.camera)["x"], 0), abs=1)
    assert one.length == 9


@pytest.mark.parametrize(
    ("cut", "kind"),
    [
        ({"page": "lower-right", "by": "wind"}, "page lower-right wind"),
        ({"tear": "down", "by": "michii"}, "tear down left"),
        ({"tear": "left", "by": "grump"}, "tear left right"),
    ],
)
def test_a_sheet_lies_over_the_next_shot_which_has_begun_under_it(cut: dict[str, str], kind: str) -> None:
    one, two = film(
        {"shot": {"on": "stage"}, "wait": "9f", "cut": {**cut, "over": "12f"}},
        {"shot": {"on": "grump", "size": "medium"}, "wait": "30f"},
    ).scenes
    assert (one.leave, two.length) == (None, 30)
    assert two.enter is not None
    assert (two.enter.kind, two.enter.frames) == (kind, 12)
    assert two.enter.under is not None
    assert two.enter.under.scene.id == one.id


def test_an_eye_that_has_to_jump_over_a_cut_is_worth_a_second_look() -> None:
    script = {
        "storyreel": 2,
        "title": "A film",
        "format": "landscape",
        "cast": {"michii": {"puppet": "michii"}},
        "scenes": [
            {
                "id": "day",
                "cast": {"michii": {}},
                "beats": [
                    {"shot": {"on": "michii", "size": "close", "at": [0.1, 0.5]}, "for": "5f"},
                    {"shot": {"on": "michii", "size": "full", "at": [0.8, 0.5]}, "for": "5f"},
                ],
            }
        ],
    }
    notes = direct(Script.model_validate(script), asset("portraits"), STORE).notes
    assert any("jump" in note.message and note.path[3] == 1 for note in notes)


def test_who_is_shown_in_another_drawing_than_asked_is_told_how_much_enlarged() -> None:
    shot = {"on": "michii", "size": "close", "from": "above"}
    cast = {"michii": {"puppet": "michii", "voice": {"use": "heart"}}}
    scene = {"id": "day", "cast": {"michii": {}}, "beats": [{"shot": shot, "for": "9f"}]}
    script = {"storyreel": 2, "title": "A film", "reveal": False, "cast": cast, "scenes": [scene]}
    made = direct(Script.model_validate(script), asset("portraits"), STORE)
    (day,) = made.timeline.scenes
    seen = at(day, "michii", "scale", 0) * sample(dict(day.camera)["zoom"], 0)
    assert seen > 1.5
    said = f"michii has no drawing from 'above': the main one is shown, enlarged {seen:.1f} times; draw one"
    assert [note.message.startswith(said) for note in made.notes if "no drawing" in note.message] == [True]


def test_what_no_drawing_has_and_what_a_shot_is_left_by_unseen_are_worth_a_second_look(tmp_path: Path) -> None:
    for name in ("michii", "michii.close"):
        for end in ("svg", "rig.yaml"):
            text = asset("puppets", "michii", f"michii.{end}").read_text(encoding="utf-8")
            (tmp_path / f"{name}.{end}").write_text(text, encoding="utf-8")
    rig = tmp_path / "michii.rig.yaml"
    own = rig.read_text(encoding="utf-8").replace("faces:", "faces:\n  sly: {mouth: Smile}")
    rig.write_text(f"views: {{close: {{size: close}}}}\n{own}", encoding="utf-8")

    def notes(*beats: dict[str, Any]) -> list[str]:
        scene = {
            "id": "day",
            "cast": {"michii": {}, "grump": {}},
            "props": {"bell": {"kind": "button"}},
            "beats": beats,
        }
        cast = {"michii": {"puppet": "michii.svg"}, "grump": {"puppet": "grump"}}
        film = {"storyreel": 2, "title": "A film", "cast": cast, "scenes": [scene]}
        return [note.message for note in direct(Script.model_validate(film), tmp_path, STORE).notes]

    assert any("has no drawing of turn 'back'" in one for one in notes({"shot": "full", "michii": {"turn": "back"}}))
    behind = notes({"shot": {"on": "grump", "size": "full", "behind": "michii"}, "for": "9f"})
    assert any("michii has no drawing of turn 'back'" in one for one in behind)
    above = notes({"shot": {"on": "grump", "size": "full", "from": "above"}, "for": "9f"})
    assert any("grump has no drawing from 'above'" in one for one in above)
    sized = [notes({"shot": {"on": who, "size": "extreme-close"}, "for": "9f"}) for who in ("michii", "grump")]
    assert [sum("has no drawing of size" in one for one in told) for told in sized] == [1, 0], "grump has but one"
    lacks = [notes({"shot": size, "michii": {"face": "sly"}, "for": "9f"}) for size in ("close", "full")]
    assert [any("'close', which this shot shows, has no face 'sly'" in one for one in told) for told in lacks] == [1, 0]
    leaves = {"shot": {"on": "michii", "size": "full", "sees": []}, "for": "9f", "cut": {"through": "bell"}}
    assert any("'bell' isn't in the last picture" in one for one in notes(leaves, {"shot": "full", "wait": "9f"}))
