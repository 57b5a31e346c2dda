"""Gif draws in whole cells and sixteen colours; figures are cut out hard, and a portrait resolves into millions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from small_film import picture, small_film

from storyreel.errors import StoryreelError
from storyreel.looks import look, pen
from storyreel.looks.gif.captions import caption
from storyreel.looks.gif.cutout import CUTOUT
from storyreel.looks.gif.finish import FINISH
from storyreel.looks.gif.palette import COLOURS, nearest, nearest_of_all
from storyreel.looks.gif.transitions import KINDS, draw
from storyreel.looks.gif.treatment import TREATMENT
from storyreel.looks.gif.type import doubled, set_in_cells, times
from storyreel.paint.painter import Painter, blank, paint
from storyreel.paint.surface import surface
from storyreel.publish.animation import drawings, span, write_gif
from storyreel.puppet.model import Gradient, Shape, Stroke
from storyreel.stage.compose import compose
from storyreel.text.chain import chain
from storyreel.text.setting import layout
from storyreel.timeline.model import LOOP, CaptionPage, Timeline, Word
from storyreel.treatment.contract import Made, Mood, Place
from storyreel.treatment.look import Said
from storyreel.widgets.copyfit import fitted

LOOK = look("gif")
K, W, Y, C = (COLOURS[letter] for letter in "KWYC")
NUMBERS = {int(colour[1:], 16) for colour in COLOURS.values()}
SIZE = (1080.0, 1920.0)
WORDS = (Word("Hello", 0, 20, " "), Word("there", 20, 40, ""))
ROUND = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="-100 -100 200 200"><g id="Ball">
<circle r="80" fill="#C98A5A"/><circle cx="20" cy="22" r="40" fill="#401020" opacity="0.3"/></g></svg>"""

Packed = NDArray[np.uint32]


def film(folder: Path, width: int = 1080, height: int = 1920) -> Timeline:
    page = CaptionPage(0, 40, WORDS, ((0, 1),), 64.0)
    safe = (60.0, 250.0, 910.0, 1480.0)
    made = small_film(folder, (40,))
    return replace(made, look="gif", width=width, height=height, safe=safe, captions=(page,))


def painted(timeline: Timeline, frame: int) -> Packed:
    pixels = blank(timeline)
    paint(timeline, pen("gif"), frame, pixels)
    return colours(pixels)


def colours(pixels: NDArray[np.uint8]) -> Packed:
    return np.ascontiguousarray(pixels).view(np.uint32)[..., 0] & 0xFFFFFF


def cut(rows: Sequence[str], made: Made = "figure") -> list[str]:
    """A thing in letters of the palette (a point: clear), as it is cut out."""
    letters = "".join(COLOURS)
    packed = [[0 if one == "." else int(COLOURS[one][1:], 16) | 0xFF000000 for one in row] for row in rows]
    pixels = np.array(packed, np.uint32).view(np.uint8).reshape(len(rows), len(rows[0]), 4)
    CUTOUT.apply(pixels, made)
    known = {int(COLOURS[letter][1:], 16) | 0xFF000000: letter for letter in letters} | {0: "."}
    return ["".join(known[one] for one in row) for row in pixels.view(np.uint32)[..., 0].tolist()]


# ---- cells and colours


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1080, 1350), (1080, 1080), (1920, 1080), (540, 960)])
def test_every_picture_is_of_whole_cells_in_the_sixteen_colours_and_no_other(
    tmp_path: Path, width: int, height: int
) -> None:
    found = painted(film(tmp_path, width, height), 7)
    cell = min(width, height) // 270
    assert set(np.unique(found).tolist()) <= NUMBERS
    assert (np.repeat(np.repeat(found[::cell, ::cell], cell, 0), cell, 1)[:height, :width] == found).all()


def test_a_colour_of_the_palette_is_never_dithered_and_any_other_in_a_pattern_of_the_screen() -> None:
    pixels = np.zeros((64, 48, 4), np.uint8)
    pixels.view(np.uint32)[..., 0] = 0xFF2A2D5C
    pixels[:, 24:, :3] = (120, 60, 48)
    both = [np.zeros((256, 192, 4), np.uint8) for _ in range(2)]
    for finished, rects in zip(both, (((0, 0, 48, 64),), ((0, 0, 31, 64), (31, 0, 48, 64))), strict=True):
        _Four().apply(pixels, finished, rects, Mood(), 0)
    assert (both[0] == both[1]).all()
    assert set(np.unique(colours(both[0])[:, :96]).tolist()) == {0x2A2D5C}
    mixed = colours(both[0])[::4, 96::4]
    assert len(np.unique(mixed)) == 2
    assert (mixed[4:] == mixed[:-4]).all()


class _Four(type(FINISH)):  # type: ignore[misc]
    """As the look finishes, on a picture smaller than any film's."""

    def cell(self, width: int, height: int) -> int:
        return 4


def test_the_table_of_all_colours_says_what_is_said_of_each() -> None:
    table, known = nearest_of_all(), list(COLOURS.values())
    for number, colour in enumerate(known):
        red, green, blue = (int(colour[at : at + 2], 16) >> 3 for at in (1, 3, 5))
        assert table[red << 10 | green << 5 | blue] == number
    for code in range(0, 32768, 997):
        levels = ((code >> shift & 31) * 8 + 4 for shift in (10, 5, 0))
        hexed = "#" + "".join(f"{level:02X}" for level in levels)
        assert known[table[code]] == nearest(hexed)


def test_there_are_twelve_drawings_a_second_held_three_frames_and_two() -> None:
    began = [LOOK.exposure.began("cast", frame, Fraction(30)) for frame in range(10)]
    assert began == [0, 0, 0, 3, 3, 5, 5, 5, 8, 8]


# ---- figures


def test_a_figure_has_one_cell_of_night_round_it_and_a_dark_edge_becomes_it() -> None:
    assert cut(["......", "......", "..YY..", "..YY..", "......", "......"]) == [
        "......", "..KK..", ".KYYK.", ".KYYK.", "..KK..", "......",
    ]  # fmt: skip
    assert cut([".......", ".......", "..VVV..", "..VYV..", "..VYV..", "..VVV..", ".......", "......."])[2:6] == [
        "..KKK..", "..KYK..", "..KYK..", "..KKK..",
    ]  # fmt: skip


def test_no_pixel_stands_alone_but_a_light_in_an_eye() -> None:
    rows = ["......", "......", "..BBBB", "..BGBB", "..BBBB", "..BWBB", "..BBBB"]
    assert cut(rows, "widget") == ["......", "......", "..BBBB", "..BBBB", "..BBBB", "..BWBB", "..BBBB"]


def test_cells_are_only_brought_back_to_the_palette_whatever_they_stand_in() -> None:
    rows = ["....", ".Y..", "..G.", "...."]
    assert cut(rows, "cells") == rows


def test_a_light_fades_in_the_pattern_of_the_screen_in_its_own_colour_and_has_no_line() -> None:
    whole = np.zeros((24, 24, 4), np.uint8)
    whole[4:20, 4:20] = np.array((0x57, 0x7D, 0xEF, 255)) * 100 // 255
    part = whole[3:, 6:].copy()
    CUTOUT.apply(whole, "figure")
    CUTOUT.apply(part, "figure", (6, 3))
    inside = colours(whole)[4:20, 4:20]
    assert set(inside.ravel().tolist()) == {0, int(C[1:], 16)}
    assert 0.3 < (inside > 0).mean() < 0.5
    assert not colours(whole)[:4].any()  # no line round a light
    assert (whole[3:, 6:] == part).all()


def test_what_travels_is_one_drawing_all_the_way(tmp_path: Path) -> None:
    timeline = film(tmp_path)
    ball = picture(tmp_path, "ball.svg", ROUND)
    set_, star = timeline.scenes[0].layers

    def seen(x: float) -> Packed:
        layer = replace(star, content=replace(star.content, drawing=ball), channels=(("x", x), ("y", 900.0)))
        scene = replace(timeline.scenes[0], layers=(replace(set_, start=39, end=40), layer))
        return painted(replace(timeline, scenes=(scene,), captions=()), 0)[::4, ::4]

    first, close, far = seen(400.0), seen(401.5), seen(423.0)
    assert (first == close).all()
    assert not (first == far).all()
    assert (np.roll(first, 6, 1) == far).all()
    assert set(np.unique(first).tolist()) <= NUMBERS


def test_a_line_is_a_cell_wide_and_a_limb_is_not_and_only_a_set_keeps_its_gradient() -> None:
    path = (("M", (0.0, 0.0)), ("L", (50.0, 50.0)))
    gradient = Gradient("linear", (0, 0, 1, 0), ((0.0, "#000000", 1.0), (1.0, "#FFFFFF", 1.0)))
    for width, wanted in ((7.0, 0.0), (40.0, 40.0)):
        (line,) = TREATMENT.shape(Shape(path, fill=None, stroke=Stroke(K, width)), Place("cast"))
        assert line.stroke is not None
        assert line.stroke.width == wanted
    (flat,), (kept,) = (TREATMENT.shape(Shape(path, fill=gradient), Place(kind)) for kind in ("cast", "set"))
    assert isinstance(flat.fill, str)
    assert kept.fill == gradient
    assert not pen("gif").treatment.smooth


@pytest.mark.parametrize("mood", [Mood(saturation=0.0), Mood(tint=1.0), Mood(warmth=1.0), Mood(warmth=-1.0)])
def test_the_storys_light_is_seen_in_the_sixteen_colours(mood: Mood) -> None:
    place, plain = Place("set"), [nearest(colour) for colour in COLOURS.values()]
    seen = [TREATMENT.colour(colour, "fill", place, mood) for colour in COLOURS.values()]
    assert set(seen) <= set(COLOURS.values())
    assert seen != plain
    assert [TREATMENT.colour(colour, "fill", place, Mood()) for colour in COLOURS.values()] == list(COLOURS.values())


def test_a_shadow_is_no_broader_than_a_dress_lets_the_ground_through_and_closes_as_somebody_comes_down() -> None:
    widget = pen("gif").widgets["contact-shadow"]
    assert widget.shapes is not None
    wide = []
    for gap in (0.0, 150.0, 300.0):
        rings = [ring.shape for ring in widget.shapes({"width": 300.0}, {"gap": gap}, LOOK.kit).children]
        assert all(ring is not None and 0 < ring.fill_opacity < 1 for ring in rings)
        wide.append(max(abs(value) for ring in rings if ring for _, values in ring.path for value in values))
    assert 100 > wide[0] > wide[1] > wide[2] > 0


def test_who_is_seen_so_near_that_no_ground_is_in_the_picture_has_no_shadow() -> None:
    widget = pen("gif").widgets["contact-shadow"]
    assert widget.shapes is not None
    near = widget.shapes({"width": 860.0}, {}, LOOK.kit)
    assert near.shape is None
    assert not near.children


# ---- type


def test_large_letters_are_doubled_with_rounded_corners() -> None:
    step = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]], bool)
    grown = doubled(step)
    assert grown.shape == (6, 6)
    assert grown[1, 2]
    assert grown[2, 1]
    block = doubled(np.ones((3, 4), bool))
    assert not block[[0, 0, -1, -1], [0, -1, 0, -1]].any()
    assert block.sum() == 6 * 8 - 4


@pytest.mark.parametrize(("size", "grown"), [(32.0, 1), (50.0, 1), (64.0, 2), (100.0, 2), (128.0, 4)])
def test_type_is_set_at_its_own_size_or_whole_times_that(size: float, grown: int) -> None:
    assert times(size, 4.0) == grown
    line = set_in_cells("Hi", chain(LOOK.faces["title"]), grown)
    assert line.size == 8 * grown
    assert line.width == 16 * grown
    assert fitted("Hi there", "title", LOOK.kit, size, 2000.0, 1).size == 32 * grown


def test_the_word_that_sounds_is_butter_with_a_line_under_it() -> None:
    page = CaptionPage(0, 40, WORDS, ((0, 1),), 64.0)
    placed = layout(page, chain(LOOK.faces["caption"]), LOOK.caption, (60.0, 230.0, 960.0, 1480.0))

    def seen(said: Said) -> Packed:
        pixels = np.zeros((480, 270, 4), np.uint8)
        drawn = surface(pixels)
        canvas = drawn.getCanvas()
        canvas.scale(0.25, 0.25)
        caption(canvas, placed, page, said)
        del canvas, drawn
        return colours(pixels)

    first, second = seen(Said(3, (3, -1))), seen(Said(3, (99, 0)))
    butter = [np.nonzero(one == int(Y[1:], 16))[1] for one in (first, second)]
    assert butter[0].max() < butter[1].min()
    assert (first == int(C[1:], 16)).any()
    assert set(np.unique(first).tolist()) <= NUMBERS | {0}


# ---- transitions, reveal


def swept(kind: str, progress: float) -> Packed:
    pixels = np.zeros((480, 270, 4), np.uint8)
    drawn = surface(pixels)
    canvas = drawn.getCanvas()
    canvas.scale(0.25, 0.25)
    sides = (lambda one: one.clear(0xFFF4F4F4), lambda one: one.clear(0xFF707A90)) if kind == "resolve" else ()
    draw(canvas, kind, progress, SIZE, 3, None, *sides)
    del canvas, drawn
    return pixels.view(np.uint32)[..., 0].copy()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("cut", "resolve")])
def test_a_transition_covers_all_at_its_half_in_cells_of_night(kind: str) -> None:
    assert (swept(kind, 0.499) == 0xFF1A1C2C).all()
    for progress in (0.2, 0.8):
        assert set(np.unique(swept(kind, progress)).tolist()) == {0, 0xFF1A1C2C}
    assert not swept(kind, 0.999).any() or (swept(kind, 0.999) == 0).mean() > 0.6


def test_a_cut_covers_nothing_and_an_unknown_transition_is_refused() -> None:
    assert not swept("cut", 0.5).any()
    with pytest.raises(StoryreelError, match="unknown transition 'fode'; did you mean 'fade'"):
        swept("fode", 0.5)


def test_a_portrait_resolves_from_right_to_left_first_to_sixteen_colours_then_to_its_own() -> None:
    left, right = np.s_[200:210, :10], np.s_[200:210, -10:]
    early, half, late = (swept("resolve", progress) for progress in (0.2, 0.5, 0.75))
    assert (early[left] == 0xFFF4F4F4).all()
    assert not (early[right] == 0xFFF4F4F4).any()
    assert set((np.unique(half) & 0xFFFFFF).tolist()) <= NUMBERS
    assert (late[right] == 0xFF707A90).all()
    assert not (late[left] == 0xFF707A90).any()
    assert (swept("resolve", 0.999) == 0xFF707A90).all()


def test_the_reveal_is_painted_in_the_films_own_pixels_and_the_story_before_and_after_it_in_cells(
    tmp_path: Path,
) -> None:
    timeline = film(tmp_path)
    told = timeline.scenes[0]
    shown = compose(replace(timeline, scenes=(replace(told, kind="reveal"),)), pen("gif"), 7)
    story = compose(timeline, pen("gif"), 7)
    assert shown.fine
    assert not story.fine
    painter = Painter(1080, 1920, 1.0, pen("gif").finish)
    for display in (story, shown, story, shown):
        painter.show(display)
        alone = Painter(1080, 1920, 1.0, pen("gif").finish)
        alone.show(display)
        assert (painter.pixels == alone.pixels).all()


# ---- a film as a GIF


class _Film:
    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline


def looped(folder: Path) -> Timeline:
    timeline = film(folder)
    return replace(timeline, scenes=(replace(timeline.scenes[0], marks=((LOOP[0], 5), (LOOP[1], 15))),))


def test_a_gif_of_a_film_is_its_loop_drawing_by_drawing_in_the_same_colours(tmp_path: Path) -> None:
    timeline = looped(tmp_path)
    assert drawings(timeline, span(timeline)) == [5, 8, 10, 13]
    assert write_gif(_Film(timeline), tmp_path / "a.gif", width=270, captions=True) == 4
    with Image.open(tmp_path / "a.gif") as found:
        assert found.size == (270, 480)
        assert found.n_frames == 4
        assert found.info["loop"] == 0
        lasts = []
        for number, frame in enumerate((5, 8, 10, 13)):
            found.seek(number)
            lasts.append(found.info["duration"])
            wanted = painted(timeline, frame)[::4, ::4]
            levels = np.asarray(found.convert("RGB")).astype(np.uint32)
            assert (levels[..., 0] << 16 | levels[..., 1] << 8 | levels[..., 2] == wanted).all()
    assert lasts == [100, 70, 100, 60]  # ten frames at 30 a second: a third of a second


def test_a_gif_shows_a_named_scene_and_says_what_there_is_not(tmp_path: Path) -> None:
    timeline = looped(tmp_path)
    assert span(timeline, "scene-0") == range(5, 15)
    assert span(film(tmp_path), "scene-0") == range(40)
    with pytest.raises(StoryreelError, match="there is no scene 'scene-o'; did you mean 'scene-0'"):
        span(timeline, "scene-o")


def test_a_film_without_a_loop_is_shown_whole_small_and_with_what_is_said_in_it(tmp_path: Path) -> None:
    timeline = film(tmp_path)
    assert span(timeline) == range(40)
    count = write_gif(_Film(timeline), tmp_path / "said.gif")
    write_gif(_Film(timeline), tmp_path / "bare.gif", captions=False)
    with Image.open(tmp_path / "said.gif") as said, Image.open(tmp_path / "bare.gif") as bare:
        assert said.n_frames == count
        assert said.size == (270, 480), "whole cells, nearest to 360 across"
        assert sum(lasts(said)) == 1330, "forty frames at 30 a second, in hundredths"
        assert said.convert("RGB").tobytes() != bare.convert("RGB").tobytes()


def lasts(found: Image.Image) -> list[int]:
    """How long each picture of a GIF is shown, in milliseconds."""
    times = []
    for number in range(found.n_frames):
        found.seek(number)
        times.append(int(found.info["duration"]))
    return times
