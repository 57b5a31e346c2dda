"""How long a look's drawings stand, what the stage shows of them, and what of a caption is said."""

from __future__ import annotations

from array import array
from dataclasses import replace
from fractions import Fraction
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyreel.looks import pen
from storyreel.paint.painter import Painter, fingerprint
from storyreel.render.chunks import Chunk
from storyreel.render.encode import EncoderSettings
from storyreel.render.slices import order
from storyreel.stage.camera import filmed
from storyreel.stage.compose import compose
from storyreel.timeline.model import CaptionPage, Kind, Layer, Scene, Timeline, WidgetContent, Word
from storyreel.timeline.track import Baked
from storyreel.treatment.contract import ONES, Exposure
from storyreel.treatment.look import OVER, TO_COME, Pen, Said

RATES = [Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(30), Fraction(60)]
HELD = [Fraction(1), Fraction(2), Fraction(3), Fraction(5, 2)]
"""Ones, twos, threes, twelve drawings a second."""
KINDS: tuple[Kind, ...] = get_args(Kind)

rates = st.sampled_from(RATES)
sheets = st.builds(Exposure, st.dictionaries(st.sampled_from(KINDS), st.sampled_from(HELD)), st.integers(1, 4))
frames = st.integers(0, 5000)


# ---- exposure


def test_a_camera_is_followed_on_ones_where_it_moves_fast_and_stands_as_long_as_a_drawing_where_it_is_slow():
    threes = Exposure({"camera": Fraction(3)}, brisk=6.0)
    seen = {
        speed: [
            filmed(
                {"x": Baked(0, array("d", [speed * at for at in range(9)]))}, frame, threes, Fraction(30), (1080, 1920)
            )["x"]
            for frame in range(9)
        ]
        for speed in (1.0, 30.0)
    }
    assert seen[1.0] == [0, 0, 0, 3, 3, 3, 6, 6, 6]
    assert seen[30.0] == [30.0 * frame for frame in range(9)]


@given(st.lists(st.floats(-40, 40), min_size=12, max_size=12), st.integers(0, 11))
def test_what_a_camera_shows_at_a_frame_hangs_on_nothing_that_comes_later(steps: list[float], frame: int):
    threes, values = Exposure({"camera": Fraction(3)}, brisk=6.0), np.cumsum(steps)
    whole, cut = (
        filmed({"x": Baked(0, array("d", some))}, frame, threes, Fraction(30), (1080, 1920))
        for some in (values, values[: frame + 1])
    )
    assert whole == cut


@given(sheets, st.sampled_from(KINDS), frames, rates)
def test_a_drawing_began_at_or_before_its_frames_and_there_at_its_own_beginning(
    sheet: Exposure, kind: Kind, frame: int, rate: Fraction
) -> None:
    began = sheet.began(kind, frame, rate)
    assert 0 <= began <= frame
    assert frame - began < sheet.held(kind, rate)
    assert sheet.began(kind, began, rate) == began
    assert sheet.began(kind, frame + 1, rate) in (began, frame + 1)


@given(sheets, st.sampled_from(KINDS), frames, rates)
def test_no_drawing_crosses_an_edge_of_a_block(sheet: Exposure, kind: Kind, number: int, rate: Fraction) -> None:
    block = sheet.block(rate)
    assert block >= 5
    edge = number * block
    assert sheet.began(kind, edge, rate) == edge


@pytest.mark.parametrize(
    ("held", "rate", "block"),
    [
        ((2,), Fraction(30), 6),
        ((3,), Fraction(30000, 1001), 6),
        ((2, 3), Fraction(30), 6),
        ((Fraction(5, 2),), Fraction(30), 5),
        ((2, Fraction(5, 2)), Fraction(30), 10),
        ((3,), Fraction(24), 12),
        ((2,), Fraction(25), 5),
        ((2, 3), Fraction(60), 12),
    ],
)
def test_a_block_is_the_fewest_frames_in_which_all_drawings_end(
    held: tuple[int, ...], rate: Fraction, block: int
) -> None:
    assert Exposure({kind: Fraction(count) for kind, count in zip(KINDS, held, strict=False)}).block(rate) == block


@given(sheets, st.sampled_from(KINDS), frames, rates)
def test_drawings_of_a_boil_take_turns(sheet: Exposure, kind: Kind, frame: int, rate: Fraction) -> None:
    here, began = (sheet.drawing(kind, at, rate) for at in (frame, sheet.began(kind, frame, rate)))
    assert here == began, "the drawing that stands is the one that began"
    following = next(at for at in range(frame, frame + 20) if sheet.began(kind, at, rate) > frame)
    assert sheet.drawing(kind, following, rate) == (here + 1) % sheet.cycle


@pytest.mark.parametrize(
    ("held", "rate", "began"),
    [
        (2, Fraction(30), [0, 0, 2, 2, 4, 4, 6, 6]),
        (2, Fraction(30000, 1001), [0, 0, 2, 2, 4, 4, 6, 6]),
        (2, Fraction(60), [0, 0, 0, 0, 4, 4, 4, 4]),
        (2, Fraction(24), [0, 0, 2, 2, 4, 5, 5, 7]),
        (Fraction(5, 2), Fraction(24), [0, 0, 2, 2, 4, 4, 6, 6]),
        (Fraction(5, 2), Fraction(30), [0, 0, 0, 3, 3, 5, 5, 5]),
        (1, Fraction(25), [0, 1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_a_sheet_holds_drawings_as_long_at_every_rate(held: int, rate: Fraction, began: list[int]) -> None:
    sheet = Exposure({"cast": Fraction(held)})
    assert [sheet.began("cast", frame, rate) for frame in range(8)] == began
    assert [sheet.began("set", frame, rate) for frame in range(8)] == list(range(8))


def test_on_ones_blocks_are_five_frames_and_there_is_one_drawing() -> None:
    assert {ONES.block(rate) for rate in RATES} == {5}
    assert {ONES.drawing(kind, frame, Fraction(30)) for kind in KINDS for frame in range(20)} == {0}


# ---- the stage


def on(sheet: Exposure) -> Pen:
    """Kawaii's pen for a look that holds its drawings, and whose captions move for long."""
    drawn = pen("kawaii")
    return replace(drawn, look=replace(drawn.look, exposure=sheet, caption=replace(drawn.look.caption, settle=20)))


def film(*scenes: Scene, captions: tuple[CaptionPage, ...] = ()) -> Timeline:
    return Timeline("t", "kawaii", 108, 192, Fraction(30), (60, 250, 910, 1480), scenes, captions=captions)


def badge(kind: Kind, length: int) -> Layer:
    """Something that moves with every frame."""
    content = WidgetContent("badge", (("text", "DUET"),))
    return Layer(kind, content, 0, length, (("x", Baked(0, tuple(map(float, range(length))))),), kind=kind)


def test_what_stands_on_stage_is_what_stood_there_when_its_drawing_began() -> None:
    timeline = film(Scene("a", 7, ()), Scene("b", 12, (badge("cast", 12), badge("set", 12), badge("prop", 12))))
    drawn = on(Exposure({"cast": Fraction(2), "set": Fraction(3)}))
    states = [[item.key for item in compose(timeline, drawn, frame).items] for frame in range(7, 19)]
    for kind, held in enumerate((2, 3, 1)):
        keys_of = [state[kind] for state in states]
        assert [frame for frame in range(1, 12) if keys_of[frame] != keys_of[frame - 1]] == list(range(held, 12, held))


def test_a_camera_on_twos_stands_with_its_drawings() -> None:
    scene = Scene("a", 8, (badge("prop", 8),), camera=(("x", Baked(0, tuple(float(7 * n) for n in range(8)))),))
    still = replace(scene, layers=(replace(scene.layers[0], channels=()),))
    states = [fingerprint(compose(film(still), on(Exposure({"camera": Fraction(2)})), frame)) for frame in range(8)]
    assert [frame for frame in range(1, 8) if states[frame] != states[frame - 1]] == [2, 4, 6]


def test_a_frame_is_the_same_in_its_film_and_in_its_chunk_whatever_is_held() -> None:
    words = tuple(Word(text, 9 + 3 * n, 12 + 3 * n) for n, text in enumerate(("one", "big", "block")))
    page = CaptionPage(8, 19, words, ((0, 1, 2),), 60.0)
    timeline = film(Scene("a", 7, ()), Scene("b", 12, (badge("cast", 12),)), captions=(page,))
    chunk = order(timeline, Chunk(1, 0, 12, 7), EncoderSettings(108, 192, Fraction(30))).timeline
    for held in (1, 2, 3):
        drawn = on(Exposure({"cast": Fraction(held), "type": Fraction(held)}))
        for frame in range(12):
            alone, run = (Painter(108, 192, 0.1) for _ in range(2))
            alone.show(compose(timeline, drawn, 7 + frame))
            run.show(compose(chunk, drawn, frame))
            assert np.array_equal(alone.pixels, run.pixels), (held, frame)


# ---- captions


PAGE = CaptionPage(10, 60, (Word("one", 12, 20), Word("two", 24, 30), Word("three", 30, 50)), ((0, 1, 2),), 60.0)


@pytest.mark.parametrize(
    ("frame", "said", "current"),
    [
        (10, Said(0, (TO_COME, TO_COME, TO_COME)), None),
        (12, Said(2, (0, TO_COME, TO_COME)), 0),
        (19, Said(8, (7, TO_COME, TO_COME)), 0),
        (22, Said(8, (OVER, TO_COME, TO_COME)), 0),
        (30, Said(8, (OVER, OVER, 0)), 2),
        (45, Said(8, (OVER, OVER, 8)), 2),
        (55, Said(8, (OVER, OVER, OVER)), 2),
    ],
)
def test_a_page_tells_what_of_it_is_said(frame: int, said: Said, current: int | None) -> None:
    assert Said.at(PAGE, frame, 8) == said
    assert said.current == current


@given(st.integers(10, 59), st.integers(0, 30))
def test_no_age_is_past_the_frame_at_which_all_stands_still(frame: int, settle: int) -> None:
    said = Said.at(PAGE, frame, settle)
    assert 0 <= said.age <= settle
    assert all(age in (TO_COME, OVER) or 0 <= age <= settle for age in said.words)


def test_a_page_that_stands_still_says_the_same() -> None:
    assert len({Said.at(PAGE, frame, 8) for frame in range(38, 50)}) == 1
