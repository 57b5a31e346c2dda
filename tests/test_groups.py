"""Groups with a camera of their own, whose children stand on planes, and children that are let out of their group."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import skia
from hypothesis import given, settings
from hypothesis import strategies as st

from storyreel.looks import pen
from storyreel.paint.painter import Painter, fingerprint
from storyreel.puppet.model import Node, Shape
from storyreel.render.chunks import Chunk
from storyreel.render.encode import EncoderSettings
from storyreel.render.keys import chunk_key
from storyreel.render.slices import order
from storyreel.stage.compose import compose
from storyreel.timeline.model import GroupContent, Layer, Scene, Timeline, WidgetContent
from storyreel.timeline.track import Channel, keyed
from storyreel.treatment.contract import Exposure
from storyreel.treatment.look import Pen
from storyreel.treatment.widget import Widget

RATE = Fraction(30)
SETTINGS = EncoderSettings(108, 192, RATE)


def box(left: float, top: float, right: float, bottom: float, colour: str) -> Node:
    corners = (("M", (left, top)), ("L", (right, top)), ("L", (right, bottom)), ("L", (left, bottom)), ("Z", ()))
    return Node(shape=Shape(corners, fill=colour))


def outline(settings: Any, values: Any) -> Any:
    path = skia.Path()
    path.addRect(skia.Rect.MakeLTRB(-300, -300, 300, 300))
    return path


WIDGETS = {
    "panel": Widget(
        shapes=lambda settings, values, kit: box(-300, -300, 300, 300, "#FFFFFF"),
        outline=outline,
        front=Widget(shapes=lambda settings, values, kit: box(-300, 200, 300, 300, "#00FF00")),
    ),
    "dot": Widget(shapes=lambda settings, values, kit: box(-50, -50, 50, 50, "#FF0000")),
    "far": Widget(shapes=lambda settings, values, kit: box(-50, -50, 50, 50, "#0000FF")),
}
WHITE, RED, GREEN, BLUE, BLACK = (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0)


def drawn_by(exposure: Exposure = Exposure()) -> Pen:  # noqa: B008 - it never changes
    found = pen("kawaii")
    return replace(found, look=replace(found.look, exposure=exposure), widgets=WIDGETS)


def reel(*layers: Layer, length: int = 12, **scene: Any) -> Timeline:
    whole = Scene("a", length, layers, **scene)
    return Timeline("t", "kawaii", 108, 192, RATE, (60, 250, 910, 1480), (whole,))


def panel(*children: Layer, camera: dict[str, Channel] | None = None, **place: Channel) -> Layer:
    """A panel of 600 units in the middle of the picture."""
    content = GroupContent(WidgetContent("panel"), tuple((camera or {}).items()))
    placed = {"x": 540.0, "y": 960.0, **place}
    return Layer("panel", content, 0, 12, tuple(placed.items()), children=children)


def dot(name: str = "dot", x: float = 0.0, y: float = 0.0, plane: float = 1.0, **channels: Channel) -> Layer:
    values = {"x": x, "y": y, **channels}
    return Layer(name, WidgetContent(name), 0, 12, tuple(values.items()), plane=plane)


def at(timeline: Timeline, frame: int, *points: tuple[float, float]) -> list[tuple[int, ...]]:
    """The colours (red, green, blue) at points of the stage, counted from the picture's middle."""
    painter = Painter(108, 192, 0.1)
    painter.show(compose(timeline, drawn_by(), frame))
    found = [painter.pixels[round(96 + y / 10), round(54 + x / 10), 2::-1] for x, y in points]
    return [tuple(int(level) for level in pixel) for pixel in found]


# ---- cameras


def test_a_group_without_a_camera_leaves_planes_as_they_were() -> None:
    states = []
    for plane in (0.0, 0.5, 1.0, 2.0):
        whole = compose(reel(panel(dot(x=100, plane=plane)), camera=(("x", 700.0),)), drawn_by(), 0)
        (found,) = (item for item in whole.items if "dot" in repr(item.key))
        states.append((found.key[1:], found.within))
    assert len(set(states)) == 1


def test_a_groups_camera_shows_the_point_that_it_looks_at_in_the_groups_middle() -> None:
    timeline = reel(panel(dot(x=200, y=-100), camera={"x": 200.0, "y": -100.0}))
    assert at(timeline, 0, (0, 0), (200, -100)) == [RED, WHITE]


def test_what_stands_far_takes_less_of_a_groups_camera() -> None:
    timeline = reel(panel(dot("far", plane=0.0), dot(x=200), camera={"x": keyed((0, 0.0), (10, 200.0))}))
    assert at(timeline, 0, (0, 0), (200, 0)) == [BLUE, RED]
    assert at(timeline, 10, (0, 0), (200, 0)) == [RED, WHITE], "the near one has moved before the far one"
    half = reel(panel(dot(x=0, plane=0.5), camera={"x": 200.0}))
    assert at(half, 0, (-100, 0), (0, 0)) == [RED, WHITE]


def test_a_groups_camera_comes_nearer_about_its_middle_and_its_frame_stays() -> None:
    timeline = reel(panel(dot(x=100), camera={"zoom": 2.5}))
    assert at(timeline, 0, (250, 0), (250, 110), (350, 0), (100, 0)) == [RED, RED, BLACK, WHITE]


def test_groups_have_cameras_of_their_own_though_the_scene_has_one() -> None:
    left = panel(dot(x=200), camera={"x": 200.0}, x=240.0)
    right = replace(panel(dot(x=200), x=840.0), id="right")
    timeline = reel(left, right, camera=(("y", 860.0),))
    assert at(timeline, 0, (-300, 100), (300, 100), (500, 100)) == [RED, WHITE, RED]


# ---- who leaves


def test_one_that_is_let_out_is_cut_by_its_group_no_more_and_stands_before_its_front() -> None:
    free = keyed((0, 0.0, "hold"), (5, 1.0))
    timeline = reel(panel(dot(x=300, y=0, free=free), dot("far", x=0, y=280, free=free)))
    assert at(timeline, 4, (270, 0), (330, 0), (0, 280), (0, 320)) == [RED, BLACK, GREEN, BLACK]
    assert at(timeline, 5, (270, 0), (330, 0), (0, 280), (0, 320)) == [RED, RED, BLUE, BLUE]


def test_one_that_is_let_out_is_still_moved_by_its_group_and_seen_by_its_camera() -> None:
    timeline = reel(panel(dot(x=400, free=1.0), camera={"x": 50.0}, x=440.0))
    assert at(timeline, 0, (250, 0), (300, 0)) == [RED, BLACK]


def test_one_that_is_let_out_of_an_inner_group_is_still_cut_by_the_outer_one() -> None:
    inner = replace(panel(dot(x=300, free=1.0), x=0.0, y=0.0), id="inner")
    assert at(reel(panel(inner)), 0, (270, 0), (330, 0)) == [RED, BLACK]


# ---- a frame is a frame


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from([1, 2, 3]),
    st.lists(st.floats(-200, 200), min_size=4, max_size=4),
    st.integers(0, 2),
    st.integers(1, 11),
)
def test_a_frame_of_such_a_group_is_the_same_alone_in_a_run_and_in_a_chunk(
    held: int, ways: list[float], chunk: int, out: int
) -> None:
    x, y, across, turn = ways
    camera: dict[str, Channel] = {
        "x": keyed((0, x), (12, across), (20, 0.0)),
        "y": y,
        "zoom": keyed((0, 1.0), (12, 1.5)),
        "rot": keyed((2, 0.0), (9, turn / 10)),
    }
    walking = dot(x=0, free=keyed((0, 0.0, "hold"), (out, 1.0)), rot=keyed((0, 0.0), (12, 90.0)))
    timeline = reel(panel(dot("far", x=100, plane=0.25), walking, camera=camera))
    drawn = drawn_by(Exposure({"prop": Fraction(held), "camera": Fraction(held)}))
    start, end = chunk * 6 % 12, 12
    sliced = order(timeline, Chunk(0, start, end, start), SETTINGS).timeline
    run = Painter(108, 192, 0.1)
    for frame in range(start, end):
        alone = Painter(108, 192, 0.1)
        display = compose(timeline, drawn, frame)
        assert fingerprint(compose(sliced, drawn, frame)) == fingerprint(display)
        alone.show(display)
        run.show(compose(sliced, drawn, frame))
        assert np.array_equal(run.pixels, alone.pixels)


@pytest.mark.parametrize("changed", [0, 1])
def test_a_chunk_is_known_by_what_it_shows_of_a_groups_camera(changed: int) -> None:
    ends = [300.0, 300.0]

    def keys() -> list[str]:
        way = keyed((0, ends[0]), (4, 0.0), (8, 0.0), (11, ends[1]))
        timeline = reel(panel(dot(), camera={"x": way}))
        return [chunk_key(order(timeline, Chunk(0, start, start + 6, start), SETTINGS)) for start in (0, 6)]

    before = keys()
    ends[changed] = 200.0
    after = keys()
    assert [one == other for one, other in zip(before, after, strict=True)] == [changed == 1, changed == 0]
