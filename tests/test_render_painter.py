"""However little is painted and converted, the picture is the one that painting everything gives, byte for byte."""

from __future__ import annotations

import functools
import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import skia
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from storyreel.paint.cels import block, held, runs
from storyreel.paint.damage import Rect, differing, merged, rows, shared
from storyreel.paint.painter import Painter, fingerprint
from storyreel.paint.surface import Layer, Pixels
from storyreel.render.encode import Converter
from storyreel.stage.camera import IDENTITY
from storyreel.stage.display import DisplayList as Display
from storyreel.stage.display import Grade, Item
from storyreel.stage.setting import Setting, laid
from storyreel.stage.solid import solid, weighed
from storyreel.treatment.widget import Blend

WIDTH, HEIGHT, SCALE = 216, 384, 0.2
BLENDS: dict[str, Blend] = {"added": "plus", "multiplied": "multiply", "screened": "screen"}


@functools.lru_cache(maxsize=64)
def plane(colour: int) -> skia.Image:
    """A plane of a set: broken at its upper edge and at its sides, opaque below."""
    surface = skia.Surface.MakeRasterN32Premul(4400, 600)
    canvas = surface.getCanvas()
    ink = skia.Paint(Color=0xFF000000 | colour, AntiAlias=True)
    canvas.drawRect(skia.Rect.MakeLTRB(4.5, 80, 4395.5, 600), ink)
    for x in range(0, 4400, 200):
        canvas.drawCircle(x + 90, 84, 70, ink)
    return weighed(surface.makeImageSnapshot())


def box_path(x: float, y: float, size: float) -> skia.Path:
    """A box that leans a little."""
    path = skia.Path.Rect(skia.Rect.MakeLTRB(x - size, y - size, x + size, y + size))
    path.transform(skia.Matrix.RotateDeg(size % 7, skia.Point(x, y)))
    return path


def shape(kind: str, x: float, y: float, size: float, colour: int) -> Item | Grade:
    """One thing of each sort that looks draw: fills, thick outlines, soft shadows, layers, gradients, whole screens."""
    if kind == "grade":
        return Grade(abs(x) % 1, abs(y) % 1, 0xFF000000 | colour)

    def draw(canvas: Any) -> None:
        path = skia.Path()
        path.moveTo(x, y - size)
        path.cubicTo(x + size * 1.7, y - size, x + size / 3, y + size, x, y + size)
        path.cubicTo(x - size, y + size / 2, x - size * 1.3, y - size / 4, x, y - size)
        ink = skia.Paint(Color=0xFF000000 | colour, AntiAlias=True)
        if kind == "outline":
            ink.setStyle(skia.Paint.kStroke_Style)
            ink.setStrokeWidth(size / 5)
        elif kind == "soft":
            ink.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, size / 6))
        elif kind == "gradient":
            ends = [skia.Point(x, y - size), skia.Point(x, y + size)]
            ink.setShader(skia.GradientShader.MakeLinear(points=ends, colors=[0xFF000000 | colour, 0xFFFFFFFF]))
        elif kind == "screen":
            canvas.drawColor(0xFF000000 | colour)
            return
        elif kind == "plane":
            canvas.drawImage(plane(colour), x - 2000, y, skia.SamplingOptions(skia.FilterMode.kLinear))
            return
        if kind == "cover":
            canvas.drawPath(box_path(x, y, size), ink)
            return
        if kind == "cut":
            canvas.clipPath(skia.Path().addCircle(x, y, size / 2), doAntiAlias=True)
            canvas.drawColor(0xFF000000 | colour)
        elif kind == "layer":
            canvas.saveLayerAlpha(None, 120)
            canvas.drawPath(path, ink)
            canvas.restore()
        else:
            canvas.drawPath(path, ink)

    box = (x - size / 2, y - size / 2, x + size / 2, y + size / 2)
    key = (kind, x, y, size, colour)
    if kind in BLENDS:
        return laid({}, key, Setting(IDENTITY, 0.7), draw, BLENDS[kind])
    if kind == "cover":
        return Item(key, draw, covers=lambda: (box_path(x, y, size),))
    return Item(key, draw, box if kind == "cut" else None)


coordinates = st.floats(-200, 2100, allow_nan=False)
items = st.builds(
    shape,
    st.sampled_from(
        ["fill", "outline", "soft", "gradient", "screen", "grade", "layer", "cut", "plane", "cover", *BLENDS]
    ),
    coordinates,
    coordinates,
    st.floats(5, 500, allow_nan=False),
    st.integers(0, 0xFFFFFF),
)
pools = st.lists(items, min_size=1, max_size=8, unique_by=lambda item: item.key)


@st.composite
def films(draw: st.DrawFn) -> list[Display]:
    """Frames made of one small stock of items, so that much of each frame is in the next one too."""
    pool = draw(pools)
    chosen = st.lists(st.sampled_from(pool), max_size=6).map(lambda found: Display(tuple(found)))
    return draw(st.lists(chosen, min_size=1, max_size=5))


def holdings(run: list[Display], size: int) -> list[frozenset[Any]]:
    """What is held over each frame's block, where blocks have `size` frames."""
    states = [fingerprint(display) for display in run]
    return [held(states[i // size * size : i // size * size + size]) for i in range(len(run))]


def alone(display: Display, holding: frozenset[Any] = frozenset()) -> Pixels:
    painter = Painter(WIDTH, HEIGHT, SCALE)
    painter.show(display, holding)
    return painter.pixels


@budget(deadline=None, max_examples=60)
@given(films(), st.integers(1, 4))
def test_a_frame_in_a_run_is_the_frame_alone(run: list[Display], size: int) -> None:
    painter = Painter(WIDTH, HEIGHT, SCALE)
    before: Pixels | None = None
    for display, holding in zip(run, holdings(run, size), strict=True):
        changed = painter.show(display, holding)
        wanted = alone(display, holding)
        assert np.array_equal(painter.pixels, wanted)
        assert (wanted[..., 3] == 255).all()
        if before is not None:
            kept = np.ones((HEIGHT, WIDTH), bool)
            for left, top, right, bottom in changed:
                kept[top:bottom, left:right] = False
            assert np.array_equal(before[kept], wanted[kept])
        before = wanted


@budget(deadline=None, max_examples=40)
@given(films(), st.sampled_from([HEIGHT, HEIGHT - 2, 130]))
def test_rows_converted_by_themselves_are_the_whole_picture_converted(run: list[Display], height: int) -> None:
    painter = Painter(WIDTH, height, SCALE)
    converter = Converter()
    for number, display in enumerate(run):
        changed = painter.show(display)
        found = converter.convert(painter.pixels, rows(changed) if number else None)
        wanted = Converter().convert(painter.pixels)
        assert np.array_equal(found.to_ndarray(), wanted.to_ndarray())


@pytest.mark.parametrize("top", [0, 2, 5, 100, 301, 380])
@pytest.mark.parametrize("rows_high", [1, 2, 7, 64, 83])
def test_a_band_of_noise_is_converted_as_in_the_whole_picture(top: int, rows_high: int) -> None:
    rng = np.random.default_rng(5)
    picture = rng.integers(0, 256, (HEIGHT, WIDTH, 4), np.uint8)
    converter = Converter()
    converter.convert(picture)
    bottom = min(top + rows_high, HEIGHT)
    picture[top:bottom] = rng.integers(0, 256, (bottom - top, WIDTH, 4), np.uint8)
    found = converter.convert(picture, [(top, bottom)])
    assert np.array_equal(found.to_ndarray(), Converter().convert(picture).to_ndarray())


def test_only_what_moves_is_painted_again() -> None:
    counts = {"set": 0, "star": 0, "front": 0}

    def counted(name: str, key: Any, inner: Item) -> Item:
        def draw(canvas: Any) -> None:
            counts[name] += 1
            inner.draw(canvas)

        return Item(key, draw)

    run = [
        Display(
            (
                counted("set", "set", shape("gradient", 500, 900, 1500, 0xFFAACC)),
                counted("star", ("star", x), shape("fill", 300 + x, 500, 80, 0x332244)),
                counted("front", "front", shape("outline", 800, 1600, 90, 0x00FF00)),
            )
        )
        for x in range(20)
    ]
    painter = Painter(WIDTH, HEIGHT, SCALE)
    areas = [sum(r.area for r in painter.show(d, h)) for d, h in zip(run, holdings(run, 20), strict=True)]
    assert counts == {"set": 1, "star": 20, "front": 1}
    assert max(areas[1:]) < WIDTH * HEIGHT / 20


def test_an_unchanged_frame_changes_nothing() -> None:
    display = Display((shape("fill", 500, 900, 300, 0xFFAACC),))
    painter = Painter(WIDTH, HEIGHT, SCALE)
    assert painter.show(display)
    assert painter.show(display) == []


def test_what_lies_wholly_below_an_opaque_image_is_not_painted_and_nobody_sees_that() -> None:
    drawn = []

    def below(canvas: Any) -> None:
        drawn.append(1)
        canvas.drawColor(0xFF00FF00)

    def cover(canvas: Any) -> None:
        canvas.resetMatrix()
        canvas.drawImage(plane(0x332244), -100, -160)

    low, high = Item("below", below), Item("above", cover)
    found = alone(Display((low, high)))
    assert not drawn
    assert np.array_equal(found, alone(Display((high,))))
    half = laid({}, "half", Setting(IDENTITY, 0.5), cover)
    alone(Display((low, half)))
    assert drawn, "what is seen through hides nothing"


def test_of_an_image_the_rows_are_known_that_are_opaque_from_side_to_side() -> None:
    band = solid(plane(0x332244))
    assert band is not None
    left, top, right, bottom = band.left(), band.top(), band.right(), band.bottom()
    assert (left, right, bottom) == (8, 4392, 600)
    assert 70 < top < 160
    assert solid(skia.Surface.MakeRasterN32Premul(9, 9).makeImageSnapshot()) is None


rects = st.builds(
    lambda x, y, w, h: Rect(x, y, x + w, y + h),
    st.integers(0, 90),
    st.integers(0, 90),
    st.integers(0, 40),
    st.integers(0, 40),
)


@given(st.lists(rects, max_size=8))
def test_merged_rectangles_hold_all_of_the_ones_they_were_made_of(given_rects: list[Rect]) -> None:
    pieces = merged(given_rects)
    for rect in given_rects:
        assert not rect.area or any(rect.union(piece) == piece for piece in pieces)
    assert all(piece.area for piece in pieces)
    assert not any(one.meets(other) for one, other in itertools.combinations(pieces, 2))
    ranges = rows(pieces)
    assert all(here[1] < there[0] for here, there in itertools.pairwise(ranges))
    touched = {y for rect in given_rects if rect.area for y in range(rect.top, rect.bottom)}
    assert touched <= {y for top, bottom in ranges for y in range(top, bottom)}


lists = st.lists(st.integers(0, 6), max_size=8)


@given(lists, lists)
def test_what_stays_between_two_lists_keeps_its_order(old: list[int], new: list[int]) -> None:
    gone, come = differing(old, new)
    stay_old = [key for i, key in enumerate(old) if i not in gone]
    stay_new = [key for i, key in enumerate(new) if i not in come]
    assert stay_old == stay_new
    if old == new:
        assert not gone
        assert not come


@budget(deadline=None, max_examples=60)
@given(films())
def test_cels_differ_from_shapes_painted_straight_by_no_more_than_rounding(run: list[Display]) -> None:
    for display, holding in zip(run, holdings(run, 15), strict=True):
        straight, celled = alone(display).astype(int), alone(display, holding).astype(int)
        assert np.abs(straight - celled).max() <= 2 * len(display.items)


@given(st.lists(lists.map(tuple), max_size=15))
def test_what_is_held_is_in_every_frame(states: list[tuple[int, ...]]) -> None:
    found = held(states)
    assert all(found <= set(state) for state in states)
    for key in set().union(*states) - found:
        assert any(key not in state for state in states)


@given(lists, st.frozensets(st.integers(0, 6)))
def test_runs_cover_a_list_in_order(keys: list[int], holding: frozenset[int]) -> None:
    found = runs(keys, holding)
    assert [i for run in found for i in range(run.start, run.end)] == list(range(len(keys)))
    for run in found:
        assert all((key in holding) == run.held for key in keys[run.start : run.end])
        assert run.held or run.end == run.start + 1
    assert not any(here.held and there.held for here, there in itertools.pairwise(found))


@given(st.integers(1, 200), st.integers(1, 40), st.data())
def test_blocks_are_counted_from_the_scenes_first_frame(length: int, size: int, data: st.DataObject) -> None:
    frame = data.draw(st.integers(0, length - 1))
    one = block(frame, length, size)
    assert frame in one
    assert one.start % size == 0
    assert one.stop == length or len(one) == size


def test_the_common_bottom_of_two_lists() -> None:
    assert shared("abcd", "abxd") == 2
    assert shared("", "ab") == 0
    assert shared("ab", "ab") == 2


def test_what_is_cut_to_something_is_painted_there_alone() -> None:
    painter = Painter(WIDTH, HEIGHT, SCALE)
    still, cut = shape("screen", 0, 0, 10, 0x336699), shape("cut", 300, 400, 100, 0xCC3300)
    painter.show(Display((still,)))
    assert painter.show(Display((still, cut))) == [Rect(49, 69, 71, 91)]
    assert painter.show(Display((still,))) == [Rect(49, 69, 71, 91)]


def test_held_things_that_stand_apart_are_no_larger_an_image_than_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    whole = Layer.__init__

    def note(self: Layer, width: int, height: int) -> None:
        made.append(width * height)
        whole(self, width, height)

    moving, still = shape("fill", 500, 500, 100, 0x336699), shape("screen", 0, 0, 10, 0x996633)
    apart = [shape("cut", 100, 100, 100, 0xCC3300), shape("cut", 900, 1700, 100, 0xCC3300)]
    painter = Painter(WIDTH, HEIGHT, SCALE)
    painter.show(Display((still,)))
    monkeypatch.setattr(Layer, "__init__", note)
    painter.show(Display((moving, *apart)), frozenset(item.key for item in apart))
    assert [size for size in made if size < WIDTH * HEIGHT] == [22 * 22, 22 * 22]
    assert np.array_equal(painter.pixels, alone(Display((moving, *apart)), frozenset(item.key for item in apart)))


@pytest.mark.parametrize("kind", BLENDS)
def test_what_is_not_laid_over_is_never_on_a_cel(kind: str) -> None:
    still, blended = shape("screen", 0, 0, 10, 0x336699), shape(kind, 500, 900, 300, 0xCC8844)
    below, above = shape("fill", 500, 900, 200, 0xFFAACC), shape("fill", 450, 900, 60, 0x224466)
    display = Display((still, below, blended, above))
    holding = frozenset((still.key, blended.key, above.key))
    celled = alone(display, holding).astype(int)
    assert np.abs(celled - alone(display)).max() <= 2
    assert np.abs(celled - alone(Display((still, below, above)))).max() > 20


def test_nothing_is_drawn_that_lies_wholly_under_something_opaque() -> None:
    def draw(canvas: Any) -> None:
        raise AssertionError("nobody can see it")

    cover = shape("cover", 540, 960, 1500, 0x336699)
    found = alone(Display((Item("unseen", draw), cover)))
    assert np.array_equal(found, alone(Display((cover,))))


def test_what_lies_partly_under_something_opaque_looks_as_if_it_were_not_cut() -> None:
    below = shape("outline", 540, 960, 500, 0xCC3311)
    cover = shape("cover", 300, 700, 410, 0x336699)
    assert isinstance(cover, Item)
    assert cover.covers
    whole = alone(Display((below, replace(cover, covers=None))))
    assert np.abs(alone(Display((below, cover))).astype(int) - whole).max() <= 8
