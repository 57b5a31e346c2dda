"""What a shot says and sounds like: lines in pieces and over cuts, lanes, dead holds, hushes, bodies, the reveal."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storyreel.assets import asset
from storyreel.direct.director import direct
from storyreel.direct.lines import as_written, pieces
from storyreel.direct.states import hand_states, overlaid
from storyreel.direct.stillness import Hold, held
from storyreel.errors import DirectingError, StoryreelError
from storyreel.looks import look, pen
from storyreel.puppet.model import Rig
from storyreel.script.models import Part, Script
from storyreel.sound.space import spaced
from storyreel.sound.store import ClipStore
from storyreel.text.chain import FontChain, face
from storyreel.text.setting import layout, spots_of
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import CaptionPage, Layer, Sound, Timeline, WidgetContent, Word
from storyreel.timeline.track import keyed, sample

STORE = ClipStore(None)
SAFE = (60.0, 250.0, 910.0, 1480.0)


def film(*beats: dict[str, Any], **more: Any) -> Timeline:
    script = {
        "storyreel": 2,
        "title": "A film",
        "cast": {
            "michii": {"puppet": "michii", "voice": {"use": "heart"}},
            "grump": {"puppet": "grump", "voice": {"use": "heart"}},
        },
        "scenes": [{"id": "day", "cast": {"michii": {}, "grump": {}}, "beats": [*beats]}],
        **more,
    }
    return direct(Script.model_validate(script), asset("portraits"), STORE).timeline


def test_a_piece_of_a_line_waits_for_a_moment_of_a_later_shot() -> None:
    timeline = film(
        {"shot": "full", "michii": {"say": "No / no.", "resume": "grump.land"}, "cut": {"at": "40f"}},
        {"shot": "wide", "grump": {"do": "hop"}, "for": "60f"},
    )
    first, second = timeline.lines
    landed = timeline.scenes[0].length + dict(timeline.scenes[1].marks)["grump.land"]
    assert (first.text, second.text) == ("No", "no.")
    assert timeline.sound.speech[1].sample == timeline.clock.sample(landed)


def test_a_piece_without_a_moment_of_its_own_comes_with_the_last_that_has_one() -> None:
    told = pieces(Part(say="One / two / three.", resume=["2s"], on=["box", "puddle"]))
    assert [(piece.said, piece.on) for piece in told] == [("One", "box"), ("two three.", "puddle")]


def test_a_line_is_written_otherwise_than_it_is_spoken_in_the_same_time() -> None:
    said = (Word("for", 0, 5), Word("you", 5, 10))
    assert [(word.text, word.start) for word in as_written(said, "4 U")] == [("4", 0), ("U", 5)]
    written = as_written(said, "for you 💛")
    assert (written[0].start, written[-1].end) == (0, 10)


def test_a_line_that_stands_nowhere_is_in_no_caption_but_in_the_files_beside_the_film() -> None:
    timeline = film({"shot": "full", "michii": {"say": "No.", "on": "nowhere"}})
    assert timeline.captions == ()
    assert [line.text for line in timeline.lines] == ["No."]


def test_a_line_is_written_where_it_stands_as_it_is_said_and_is_no_caption() -> None:
    timeline = film({"shot": "full", "michii": {"say": "You are it.", "on": "grump"}})
    [written] = [layer for layer in timeline.scenes[0].layers if layer.id.startswith("grump says")]
    letters = dict(written.channels)["letters"]
    assert [sample(letters, word.start) for word in timeline.lines[0].words] == [3, 6, 9]
    assert timeline.captions == ()


def test_captions_take_the_lane_of_their_shot_and_their_speakers_colour() -> None:
    timeline = film(
        {"shot": {"size": "full", "on": "michii", "lane": "high"}, "michii": "No."}, {"shot": "wide", "grump": "No."}
    )
    high, low = timeline.captions
    assert (high.lane, low.lane) == ("high", "low")
    assert high.colour != low.colour


def page(colour: str, lane: Any = "low") -> CaptionPage:
    words = tuple(Word(text, index, index + 1) for index, text in enumerate(("Hop,", "hop,", "hop!")))
    return CaptionPage(0, 9, words, ((0, 1, 2),), 72, lane, colour)


def test_words_that_grow_in_a_colour_have_room_of_their_own_within_the_safe_box() -> None:
    kawaii = look("kawaii")
    chain = FontChain(tuple(face(name) for name in kawaii.faces["caption"]))
    close, apart = (layout(page(colour), chain, kawaii.caption, SAFE) for colour in ("", "#8B81A3"))
    gaps = [
        [right.left - left.right for left, right in itertools.pairwise(spots)]
        for spots in (spots_of(close, page("")), spots_of(apart, page("#8B81A3")))
    ]
    assert all(wide > narrow + 15 for narrow, wide in zip(*gaps, strict=True))
    assert sum(spots_of(apart, page("#8B81A3"))[side].left for side in (0,)) > SAFE[0]
    assert (apart.ink[0] + apart.ink[2]) / 2 == pytest.approx((SAFE[0] + SAFE[2]) / 2, abs=1)


def test_the_high_lane_is_at_the_top_of_the_safe_box() -> None:
    kawaii = look("kawaii")
    chain = FontChain(tuple(face(name) for name in kawaii.faces["caption"]))
    assert layout(page("", "high"), chain, kawaii.caption, SAFE).ink[1] == pytest.approx(SAFE[1])


def test_a_dead_hold_stands_still_and_goes_on_from_there() -> None:
    layer = Layer("a", WidgetContent("x"), 0, 60, (("x", keyed((0, 0.0), (60, 60.0))),))
    [still] = held([layer], [Hold(20, 40)], 60)
    values = [sample(dict(still.channels)["x"], frame) for frame in range(60)]
    assert set(values[20:40]) == {20.0}
    assert max(b - a for a, b in itertools.pairwise(values)) < 6
    assert values[50] == 50
    assert held([layer], [Hold(20, 40, frozenset(("a",)))], 60) == [layer]


def test_a_dead_hold_is_silent_and_no_line_wobbles_in_it() -> None:
    timeline = film({"shot": "full", "still": {"at": "10f", "for": "12f"}, "for": "40f"})
    assert timeline.sound.hushes == ((10, 22),)
    assert [timeline.scenes[0].drawn_at(frame) for frame in (9, 10, 21, 22)] == [9, 10, 10, 22]


def test_a_hush_is_silent_without_a_click_and_no_width_is_one_point() -> None:
    noise = np.random.default_rng(1).standard_normal((96_000, 2)).astype(np.float32)
    made = spaced(noise, Sound(widths=((0, 0.0), (30, 1.0)), hushes=((45, 54),)), Clock(Fraction(30)))[:]
    assert np.array_equal(made[:40_000, 0], made[:40_000, 1])
    assert np.allclose(made[56_000:70_000], noise[56_000:70_000], atol=1e-6)
    assert not made[74_000:84_000].any()
    assert np.array_equal(spaced(noise, Sound(), Clock(Fraction(30)))[:], noise)


def test_a_hand_of_the_rig_is_shown_by_its_name_and_holds() -> None:
    rig = Rig("A", 10, 10, (0, 0), {"Left Mitt": (0, 0), "Left Palm": (0, 0)}, hands={"Left": ("Mitt", "Palm")})
    shown = hand_states(rig, {"left": "palm"})
    assert shown == {"Left Mitt.show": 0.0, "Left Palm.show": 1.0}
    channels = dict(overlaid((), rig, [(5, shown)], 1.0, (1.0, 1.0), False, 10))
    assert [sample(channels["Left Palm.show"], frame) for frame in (4, 5, 9)] == [0.0, 1.0, 1.0]
    with pytest.raises(StoryreelError, match="no left hand 'plam'; did you mean 'Palm'"):
        hand_states(rig, {"left": "plam"})


def test_a_build_makes_the_body_broad_and_leaves_the_head() -> None:
    rig = Rig("A", 10, 10, (0, 0), {"Head": (0, 0)})
    made = dict(overlaid((("sx", 1.0),), rig, (), 1.0, (1.25, 0.8), False, 4))
    assert float(made["sx"]) * float(made["Head.sx"]) == pytest.approx(1, abs=0.01)  # type: ignore[arg-type]
    assert float(made["sy"]) == pytest.approx(0.8, abs=0.01)  # type: ignore[arg-type]


def test_a_shot_of_nobody_is_refused_with_its_place() -> None:
    with pytest.raises(DirectingError, match="called 'michi' here; did you mean 'michii'") as told:
        film({"wait": "1f"}, {"shot": {"on": "michi", "size": "close"}, "for": "3f"})
    assert told.value.path == ("scenes", "day", "beats", 1, "shot")


@pytest.mark.parametrize("name", ["kawaii", "sketch"])
def test_in_a_reveal_the_portrait_is_alone_and_then_comes_one_element_after_another(name: str) -> None:
    creator = {"name": "Mia", "handle": "@mia", "portrait": "mia.png", "message": "Be kind.", "label": "stand-in"}
    creator["portrait"] = next(path.name for path in Path(asset("portraits")).glob("*.png"))
    scene = film({"shot": "full", "for": "40f"}, look=name, creator=creator, hashtags=["Kind"]).scenes[-1]
    layers = {layer.id: layer for layer in scene.layers}
    card = dict(layers["card"].channels)
    # In a look that has people to look on, they come last.
    lookers = ["listeners"] if "listeners" in pen(name).widgets else []
    assert list(layers) == ["ground", "opening", "card", "label", *lookers]
    assert min(layers["card"].start, layers["label"].start) >= 21 + (scene.enter.frames if scene.enter else 0)
    begins = [
        next(frame for frame in range(scene.length) if sample(card[value], frame) > 0)
        for value in ("closing", "name", "letters", "hashtag")
    ]
    assert begins == sorted(begins)
    assert scene.length - begins[-1] >= 15


def test_a_caption_comes_with_the_cut_to_who_says_it() -> None:
    timeline = film({"shot": "full", "for": "20f"}, {"shot": "wide", "grump": {"say": "Hello there."}})
    cut = timeline.scenes[0].length
    assert timeline.lines[0].words[0].start - cut < 3, "it would come a little before its first word"
    assert timeline.captions[0].start == cut
