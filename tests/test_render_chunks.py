"""Chunks cover each scene once, and a chunk's order says what it draws and nothing about where it stands."""

from __future__ import annotations

import itertools
from array import array
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyreel.looks import look
from storyreel.render.chunks import LEAST, MOST, chunks, cut
from storyreel.render.encode import EncoderSettings
from storyreel.render.keys import chunk_key, fingerprint_of
from storyreel.render.slices import order
from storyreel.timeline.model import (
    Asset,
    CaptionPage,
    DrawingContent,
    Layer,
    PictureContent,
    PuppetContent,
    Scene,
    Timeline,
    Transition,
    WidgetContent,
    Word,
    settings,
)
from storyreel.timeline.track import Baked, Channel, Keyframe, Track, sample

SETTINGS = EncoderSettings(1080, 1920, Fraction(30))
BLOCKS = st.sampled_from([5, 6, 10, 12, 25, 30])
"""Blocks of looks on ones, on twos and threes, at 12 drawings a second, at any rate."""
STAR = Asset("/art/star.svg", "5a")


@given(st.integers(1, 4000), BLOCKS)
def test_a_scene_is_cut_into_adjoining_chunks_on_the_edges_of_blocks(length: int, block: int) -> None:
    ranges = cut(length, block)
    assert ranges[0][0] == 0
    assert ranges[-1][1] == length
    assert all(here[1] == there[0] for here, there in itertools.pairwise(ranges))
    assert all(start % block == 0 for start, _ in ranges)
    sizes = [end - start for start, end in ranges]
    assert max(sizes) <= MOST
    assert len(ranges) == 1 or min(sizes) >= block * (LEAST // block)


def test_on_ones_a_chunk_has_from_the_least_to_the_most_frames() -> None:
    sizes = {end - start for length in range(LEAST, 800) for start, end in cut(length, 1)}
    assert (min(sizes), max(sizes)) == (LEAST, MOST)


@given(st.integers(LEAST, 4000), st.integers(1, 100), BLOCKS)
def test_a_scene_that_grows_keeps_its_chunks_but_the_last_two(length: int, more: int, block: int) -> None:
    before, after = cut(length, block), cut(length + more, block)
    kept = max(len(before) - 2, 0)
    assert before[:kept] == after[:kept]


@given(st.lists(st.integers(1, 300), min_size=1, max_size=6))
def test_chunks_follow_one_another_and_never_cross_a_scene(lengths: list[int]) -> None:
    timeline = film(*(Scene(f"s{i}", length, ()) for i, length in enumerate(lengths)))
    at = 0
    for chunk in chunks(timeline):
        assert chunk.film == at
        assert chunk.end <= lengths[chunk.scene]
        at += chunk.length
    assert at == timeline.length


numbers = st.floats(-2000, 2000, allow_nan=False)
baked = st.builds(Baked, st.integers(-20, 60), st.lists(numbers, min_size=1, max_size=40).map(tuple))
tracks = st.builds(
    lambda frames, values: Track(tuple(Keyframe(f, v, "inout") for f, v in zip(sorted(frames), values, strict=False))),
    st.sets(st.integers(-10, 80), min_size=1, max_size=6),
    st.lists(numbers, min_size=6, max_size=6),
)
channels: st.SearchStrategy[Channel] = st.one_of(numbers, baked, tracks)


def film(*scenes: Scene, **more: Any) -> Timeline:
    return Timeline("t", "kawaii", 1080, 1920, Fraction(30), (60, 250, 910, 1480), scenes, **more)


def drawing(channel: Channel = 0.0, start: int = 0, end: int = 60) -> Layer:
    return Layer("star", DrawingContent(STAR), start, end, (("x", channel),))


@given(channels, st.integers(0, 50), st.integers(1, 30))
def test_a_sliced_channel_says_the_same_at_every_frame_of_the_chunk(channel: Channel, start: int, length: int) -> None:
    scene = Scene("s", 90, (drawing(channel, 0, 90),))
    [chunk] = [c for c in chunks(film(Scene("s", 60, ()))) if c.start == 0]
    sliced = order(film(scene), replace(chunk, start=start, end=start + length, film=start), SETTINGS)
    [(_, found)] = sliced.timeline.scenes[0].layers[0].channels
    for frame in range(start, start + length):
        assert sample(found, frame) == sample(channel, frame)


def keys(timeline: Timeline) -> list[str]:
    return [chunk_key(order(timeline, chunk, SETTINGS)) for chunk in chunks(timeline)]


def page(start: int, end: int) -> CaptionPage:
    return CaptionPage(start, end, (Word("Hello", start, end),), ((0,),), 72)


def test_a_scene_that_grows_leaves_the_keys_of_the_scenes_after_it_alone() -> None:
    last = Scene("last", 150, (drawing(Baked(0, tuple(map(float, range(150)))), 0, 150),))
    before = film(Scene("first", 37, ()), last, captions=(page(47, 77),))
    after = film(Scene("first", 60, ()), last, captions=(page(70, 100),))
    assert keys(before)[1:] == keys(after)[1:]
    assert keys(before)[0] != keys(after)[0]


def test_a_change_at_the_end_of_a_scene_leaves_its_earlier_chunks_alone() -> None:
    def told(last: float) -> list[str]:
        moves = Track((Keyframe(0, 0.0), Keyframe(10, 50.0), Keyframe(150, 50.0), Keyframe(170, last)))
        return keys(film(Scene("s", 180, (drawing(moves, 0, 180),))))

    one, other = told(90.0), told(200.0)
    assert len(one) == 4
    assert one[:3] == other[:3]
    assert one[3] != other[3]


def test_what_is_not_drawn_is_in_no_key() -> None:
    scene = Scene("s", 60, (drawing(),))
    base = film(scene)
    assert keys(base) == keys(replace(base, title="another"))
    assert keys(base) == keys(film(replace(scene, layers=(*scene.layers, drawing(1.0, 60, 90)))))
    moved = replace(scene.layers[0], content=DrawingContent(replace(STAR, path="/elsewhere/star.svg")))
    assert keys(base) == keys(film(replace(scene, layers=(moved,))))


def test_captions_that_are_not_burned_in_are_in_no_key() -> None:
    told, silent = film(Scene("s", 60, ()), captions=(page(10, 30),)), film(Scene("s", 60, ()))
    [chunk] = chunks(told)
    assert chunk_key(order(told, chunk, SETTINGS, captions=False)) == chunk_key(order(silent, chunk, SETTINGS))
    assert chunk_key(order(told, chunk, SETTINGS)) != chunk_key(order(silent, chunk, SETTINGS))


FULL = Layer(
    "all",
    PuppetContent(STAR, Asset("/art/rig.yaml", "7b"), (("dress", "#FF9EC5"),)),
    4,
    50,
    (("x", 3.0), ("y", Baked(0, (1.0, 2.0))), ("rot", Track((Keyframe(0, 1.0), Keyframe(9, 2.0, "inout"))))),
    0.5,
    2.0,
    False,
    (
        Layer("child", WidgetContent("phone", settings({"likes": 12, "text": "hi", "on": True})), 0, 60),
        Layer("clip", PictureContent(STAR, 100.0, 200.0, False), 5, 60),
    ),
)
RICH = film(
    Scene("s", 60, (FULL,), (("zoom", 1.5),), (), 7, "story", Transition("heart", 10), Transition("star", 10)),
    captions=(page(10, 30),),
    language="en",
)
NOT_DRAWN = {
    "Timeline.title",
    "Timeline.lines",
    "Timeline.sound",
    "Scene.beats",
    "Scene.length",
    "Asset.path",
    "Layer.end",
}

LISTS = {
    "Timeline.captions",
    "Scene.layers",
    "Scene.camera",
    "Layer.channels",
    "Layer.children",
    "PuppetContent.colours",
    "Baked.values",
    "Track.keys",
    "CaptionPage.words",
}


def mutations(value: Any, at: str) -> Any:
    """Every way to change one leaf of frozen data, with the leaf's name."""
    if isinstance(value, bool):
        yield at, not value
    elif isinstance(value, int | float | Fraction):
        yield at, value + 1
    elif at == "Keyframe.ease":
        yield at, "in-quad" if value != "in-quad" else "hold"
    elif isinstance(value, str):
        yield at, value + "x"
    elif isinstance(value, tuple | array):
        for index, item in enumerate(value):
            for name, changed in mutations(item, at + "[]"):
                yield name, (*value[:index], changed, *value[index + 1 :])
        if at in LISTS and value:
            yield at, value[1:]
    elif hasattr(value, "__dataclass_fields__"):
        for field in fields(value):
            name = f"{type(value).__name__}.{field.name}"
            for leaf, changed in mutations(getattr(value, field.name), name):
                try:
                    yield leaf, replace(value, **{field.name: changed})
                except ValueError:
                    continue


def test_a_change_of_anything_that_is_drawn_changes_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storyreel.render.chunks.look", lambda name: look("kawaii"))
    monkeypatch.setattr("storyreel.render.keys.engine", lambda name: f"what draws {name}")
    [base] = keys(RICH)
    seen = set()
    for leaf, changed in mutations(RICH, "Timeline"):
        leaf = leaf.rstrip("[]")
        if leaf in NOT_DRAWN or not changed.scenes:
            continue
        assert base not in keys(changed), leaf
        seen.add(leaf)
    assert {
        "Asset.digest",
        "Word.text",
        "Keyframe.ease",
        "Baked.values",
        "Transition.kind",
        "Layer.plane",
        "Layer.kind",
        "Layer.manner",
    } <= seen
    assert "Timeline.look" in seen


@pytest.mark.parametrize(
    "changed", [replace(SETTINGS, crf=19), replace(SETTINGS, preset="fast"), replace(SETTINGS, rate=Fraction(24))]
)
def test_a_change_of_the_encoder_changes_the_key(changed: EncoderSettings) -> None:
    [chunk] = chunks(RICH)
    assert chunk_key(order(RICH, chunk, SETTINGS)) != chunk_key(order(RICH, chunk, changed))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text() | numbers, lambda x: st.lists(x).map(tuple)))
def test_equal_values_have_equal_digests(value: Any) -> None:
    assert fingerprint_of(value) == fingerprint_of(value)
    assert fingerprint_of(value) != fingerprint_of((value,))


def test_strings_that_look_alike_together_are_told_apart() -> None:
    assert fingerprint_of(("ab", "c")) != fingerprint_of(("a", "bc"))
    assert fingerprint_of(1) != fingerprint_of("1")
    with pytest.raises(TypeError, match="no canonical form"):
        fingerprint_of([1])
