"""Time comes from the voice; beats, moments and overrides do what an author reads in them."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storyreel.assets import asset
from storyreel.direct.director import Direction, direct
from storyreel.errors import StoryreelError
from storyreel.script.models import Script
from storyreel.sound.score import load_track
from storyreel.sound.store import ClipStore
from storyreel.timeline.model import Scene, Timeline
from storyreel.timeline.track import sample

STORE = ClipStore(None)
VOICE = {"use": "heart", "pitch": 1.2}


def directed(*scenes: dict[str, Any], base: Path | None = None, **film: Any) -> Direction:
    script = Script.model_validate(
        {
            "storyreel": 1,
            "title": "A film",
            "cast": {"michii": {"puppet": "michii", "voice": VOICE}},
            "scenes": [{"id": f"scene-{index}", **scene} for index, scene in enumerate(scenes)],
            **film,
        }
    )
    return direct(script, base or asset("portraits"), STORE)


def film(*scenes: dict[str, Any], **more: Any) -> Timeline:
    return directed(*scenes, **more).timeline


def beats(*listed: dict[str, Any], **scene: Any) -> dict[str, Any]:
    return {"beats": list(listed), **scene}


def test_a_beat_lasts_as_long_as_its_longest_part() -> None:
    short = film(beats({"michii": "Hi!", "wait": "3s"})).scenes[0]
    long = film(beats({"michii": "When it comes to having a great online experience, you're in control!"})).scenes[0]
    assert short.length == 90
    assert long.length > 90


def test_for_overrides_how_long_a_beat_is_and_pause_adds_to_it() -> None:
    assert film(beats({"michii": "Hello there, everybody!", "for": "20f"})).length == 20
    assert film(beats({"wait": "1s", "pause": "500ms"})).length == 45


def test_music_beats_are_a_length_too() -> None:
    timeline = film(beats({"wait": "2beats"}), music={"track": "bubblegum"})
    assert timeline.length == timeline.clock.frames(2 * 60 / load_track("bubblegum").tempo)


def test_a_part_can_wait_for_a_moment_of_an_act() -> None:
    scene = film(
        beats(
            {
                "michii": {"do": "stamp", "at": "10f"},
                "button": {"set": {"press": 1}, "over": "1f", "at": "michii.slam"},
            },
            props={"button": {"kind": "button"}},
        )
    ).scenes[0]
    press = dict(next(layer for layer in scene.layers if layer.id == "button").channels)["press"]
    assert sample(press, 10 + 22) == 0
    assert sample(press, 10 + 23) == 1


def test_a_moment_that_never_comes_is_an_error_that_lists_those_that_do() -> None:
    with pytest.raises(StoryreelError, match=r"michii\.slam"):
        film(beats({"michii": {"do": "stamp"}, "sfx": [{"play": "pop", "at": "michii.slum"}]}))


def test_effects_sound_at_the_frame_they_are_written_at() -> None:
    timeline = film(beats({"wait": "1s"}), beats({"wait": "1s", "sfx": [{"play": "bonk", "at": "0.5s"}]}))
    assert [cue.frame for cue in timeline.sound.effects if cue.effect == "bonk"] == [30 + 15]


def one_line(text: str) -> Timeline:
    return film(beats({"michii": text}), beats({"michii": "And then she danced."}, {"michii": {"do": "dance"}}))


def shown(scene: Scene) -> object:
    """What a scene draws, without how it is joined to its neighbours."""
    return (scene.layers, scene.camera, scene.length, scene.seed)


def test_a_longer_line_moves_what_follows_and_changes_nothing_in_it() -> None:
    before, after = one_line("Hello!"), one_line("Hello, you wonderful people out there!")
    assert after.scenes[0].length > before.scenes[0].length
    assert shown(after.scenes[1]) == shown(before.scenes[1])
    shift = after.scenes[0].length - before.scenes[0].length
    assert after.lines[1].words[0].start - before.lines[1].words[0].start == shift


def test_captions_mouths_and_sound_go_by_one_clock() -> None:
    timeline = film(beats({"wait": "1s"}, {"michii": "Wait. I'm in control!"}))
    line, cue = timeline.lines[0], timeline.sound.speech[0]
    mouth = dict(next(layer for layer in timeline.scenes[0].layers if layer.id == "michii").channels)["mouth"]
    assert cue.sample == timeline.clock.sample(30)
    assert line.words[0].start >= 30
    moving = [f for f in range(timeline.length) if sample(mouth, f) != sample(mouth, f - 1)]
    assert abs(min(moving) - line.words[0].start) <= 4
    assert min(moving) >= 28


def test_a_recorded_line_is_as_long_as_its_recording(tmp_path: Path) -> None:
    tone = (np.sin(np.arange(48_000 * 2) * 0.05) * 9000).astype("<i2")
    with wave.open(str(tmp_path / "line.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(tone.tobytes())
    part = {"say": "Hello my friends", "recording": "line.wav"}
    timeline = film(beats({"michii": part}), base=tmp_path)
    assert 60 <= timeline.length <= 75
    assert [word.text for word in timeline.lines[0].words] == ["Hello", "my", "friends"]
    assert timeline.lines[0].words[-1].end == pytest.approx(60, abs=3)


CREATOR = {"name": "Michii", "handle": "@m", "portrait": "stand-in.png", "message": "You're in control"}


def test_the_reveal_is_appended_from_the_creator() -> None:
    scenes = film(beats({"wait": "1s"}), creator=CREATOR).scenes
    assert [scene.kind for scene in scenes] == ["story", "reveal"]
    assert {"ground", "opening", "card"} <= {layer.id for layer in scenes[1].layers}


def test_the_reveal_can_be_left_out() -> None:
    assert [scene.kind for scene in film(beats({"wait": "1s"}), creator=CREATOR, reveal=False).scenes] == ["story"]


@pytest.mark.parametrize("form", ["tiktok", "reels", "shorts", "square", "landscape", {"width": 720, "height": 1280}])
def test_whoever_stands_in_the_middle_is_inside_the_safe_box_of_every_format(form: Any) -> None:
    timeline = film(beats({"michii": {"face": "happy"}, "wait": "1s"}, cast={"michii": {"at": "centre"}}), format=form)
    channels = dict(next(layer for layer in timeline.scenes[0].layers if layer.id == "michii").channels)
    left, top, right, bottom = timeline.safe
    assert left < sample(channels["x"], 20) < right
    assert top + 840 < sample(channels["y"], 20) <= bottom


def test_transitions_take_half_from_either_side() -> None:
    one, two = film(beats({"wait": "1s"}), beats({"wait": "1s"}, enter="star")).scenes
    assert one.leave == two.enter
    assert one.leave is not None
    assert one.leave.kind == "star"


def test_colours_that_a_puppet_does_not_have_are_refused() -> None:
    with pytest.raises(StoryreelError, match="did you mean 'hoodie'"):
        film(beats({"michii": {"do": "hop"}}), cast={"michii": {"puppet": "michii", "colours": {"hodie": "#FFFFFF"}}})


def test_outfits_that_a_puppet_does_not_have_are_refused() -> None:
    with pytest.raises(StoryreelError, match="no outfit 'bobb'; did you mean 'bob'"):
        film(beats({"michii": {"do": "hop"}}), cast={"michii": {"puppet": "michii", "wear": ["bobb"]}})


def test_what_a_cast_member_wears_is_worn_through_every_act() -> None:
    cast = {"michii": {"puppet": "michii", "wear": ["bob", "glasses"]}, "twin": {"puppet": "michii"}}
    for act in ("hop", "droop"):
        layers = film(beats({"michii": {"do": act}, "twin": {"do": act}}), cast=cast).scenes[0].layers
        worn = {layer.id: dict(layer.channels) for layer in layers if layer.id in cast}
        assert worn["michii"]["Glasses.show"] == worn["michii"]["Bob Fringe.show"] == 1
        assert worn["michii"]["Long Fringe.show"] == 0
        assert not any(name.endswith(".show") for name in worn["twin"])


def test_files_outside_the_scenes_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoryreelError, match="outside the scene's folder"):
        film(beats({"wait": "1s"}), creator={**CREATOR, "portrait": "../secret.png"}, base=tmp_path)


def test_music_turns_at_the_moment_it_is_told_to() -> None:
    timeline = film(
        beats({"michii": {"do": "stamp"}, "music": {"section": "win", "at": "michii.slam"}}),
        music={"track": "bubblegum"},
    )
    assert timeline.sound.music is not None
    assert timeline.sound.music.sections == ((22, "win"),)


def test_an_impact_is_as_large_as_its_author_says() -> None:
    timeline = film(beats({"wait": "1s", "impact": {"text": "BONK", "size": 0.5}}))
    (layer,) = [layer for layer in timeline.scenes[0].layers if layer.id.startswith("impact")]
    assert dict(layer.channels)["scale"] == 0.5


def test_a_scene_closes_on_the_face_of_who_speaks_last() -> None:
    def closes(at: str, **more: Any) -> tuple[float, float] | None:
        first = beats({"michii": "Hello!"}, cast={"michii": {"at": at}}, **more)
        leave = film(first, beats({"wait": "1s"}, enter="heart")).scenes[0].leave
        return leave.focus if leave else None

    left, right, near = closes("left"), closes("right"), closes("left", camera={"zoom": 2})
    assert left
    assert right
    assert near
    assert left[0] < 540 < right[0]
    assert left[1] == right[1] < 960
    assert near[0] < left[0]


def test_a_scene_without_anybody_closes_where_the_look_likes() -> None:
    leave = film(beats({"wait": "1s"}), beats({"wait": "1s"}, enter="heart")).scenes[0].leave
    assert leave
    assert leave.focus is None
