"""The laws of pixels: the same whole or by rectangles, the same each time, and nothing where they have no strength."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from storyreel.paint import laws
from storyreel.paint.damage import Rect
from storyreel.paint.surface import Pixels
from storyreel.stage.tiles import Levels, dots, grain, lines, ranked, squeezed

WIDTH, HEIGHT, CELL = 150, 170, 3
WHOLE = Rect(0, 0, WIDTH, HEIGHT)
COLOURS = ("#1A1C2C", "#5D275D", "#EF7D57", "#FFCD75", "#38B764", "#41A6F6", "#F4F4F4")

Law = Callable[[Pixels, Pixels, Rect], None]
"""From a painted picture to a finished one; the rectangle is in painted pixels."""


def noise(seed: int, height: int = HEIGHT, width: int = WIDTH) -> Pixels:
    picture = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    picture[..., 3] = 255
    return picture


@cache
def screens() -> dict[str, laws.Screen]:
    return {"hard": laws.Screen(dots(9, (4, 1)), WIDTH), "soft": laws.Screen(lines(7, (1, 1)), WIDTH, 5)}


@cache
def palette(spread: int) -> laws.Palette:
    return laws.Palette(COLOURS, WIDTH, spread)


@cache
def boil(reach: int) -> laws.Boil:
    return laws.Boil(WIDTH, HEIGHT, reach)


def printed(screen: laws.Screen, painted: Pixels, finished: Pixels, rect: Rect) -> None:
    here = (slice(rect.top, rect.bottom), slice(rect.left, rect.right))
    finished[here] = painted[here]
    laws.overprint(finished, rect, laws.inked(laws.luma(painted, rect), rect, screen), "#C8324B")


def in_cells(painted: Pixels, finished: Pixels, rect: Rect) -> None:
    laws.enlarge(laws.dithered(painted, rect, palette(40)), finished, rect, CELL)


def lit(painted: Pixels, finished: Pixels, rect: Rect) -> None:
    here = (slice(rect.top, rect.bottom), slice(rect.left, rect.right))
    finished[here] = painted[here]
    laws.add(finished, rect, noise(3)[here])


LAWS: dict[str, tuple[Law, int]] = {
    "tooth": (lambda a, b, r: laws.tooth(a, b, r, laws.paper(grain(), 60, WIDTH)), 1),
    "add": (lit, 1),
    "hard screen": (lambda a, b, r: printed(screens()["hard"], a, b, r), 1),
    "soft screen": (lambda a, b, r: printed(screens()["soft"], a, b, r), 1),
    "dither and cells": (in_cells, CELL),
    "boil": (lambda a, b, r: laws.boiled(a, b, r, boil(2), 1), 1),
}


def pieces(xs: list[int], ys: list[int]) -> Iterator[Rect]:
    """The whole picture in rectangles, cut at these places."""
    across, down = sorted({0, WIDTH, *xs}), sorted({0, HEIGHT, *ys})
    for left, right in itertools.pairwise(across):
        for top, bottom in itertools.pairwise(down):
            yield Rect(left, top, right, bottom)


@pytest.mark.parametrize("name", LAWS)
@budget(deadline=None, max_examples=15)
@given(xs=st.lists(st.integers(1, WIDTH - 1), max_size=2), ys=st.lists(st.integers(1, HEIGHT - 1), max_size=3))
def test_a_picture_is_the_same_whole_or_by_rectangles(name: str, xs: list[int], ys: list[int]) -> None:
    law, cell = LAWS[name]
    painted = noise(1)
    # Not a whole number of cells: the last ones are cut off.
    whole, parts = (np.zeros((HEIGHT * cell - (cell > 1), WIDTH * cell - (cell > 1), 4), np.uint8) for _ in range(2))
    law(painted, whole, WHOLE)
    for rect in pieces(xs, ys):
        law(painted, parts, rect)
    assert np.array_equal(whole, parts)
    assert (whole[..., 3] == 255).all()
    assert np.array_equal(painted, noise(1)), "what is painted stays"


@pytest.mark.parametrize("name", LAWS)
def test_no_pixel_outside_the_rectangle_is_touched(name: str) -> None:
    law, cell = LAWS[name]
    finished = np.full((HEIGHT * cell, WIDTH * cell, 4), 7, np.uint8)
    law(noise(1), finished, Rect(30, 70, 50, 140))
    finished[70 * cell : 140 * cell, 30 * cell : 50 * cell] = 7
    assert (finished == 7).all()


def test_without_strength_a_law_changes_nothing() -> None:
    painted, finished = noise(1), np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    laws.tooth(painted, finished, WHOLE, laws.paper(grain(), 0, WIDTH))
    assert np.array_equal(finished, painted)
    laws.add(finished, WHOLE, np.zeros_like(painted))
    white = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for screen in screens().values():
        laws.overprint(finished, WHOLE, laws.inked(white, WHOLE, screen), "#000000")
    laws.enlarge(painted, finished, WHOLE, 1)
    assert np.array_equal(finished, painted)
    laws.boiled(painted, finished, WHOLE, laws.Boil(WIDTH, HEIGHT, 0), 0)
    assert np.array_equal(finished, painted)


# ---- each by itself


def test_the_tooth_of_a_paper_is_taken_and_what_is_too_dark_is_black() -> None:
    tile = np.array([[100]], np.uint8)
    painted = np.array([[[200, 50, 100, 255]]], np.uint8)
    finished = np.empty_like(painted)
    laws.tooth(painted, finished, Rect(0, 0, 1, 1), laws.paper(tile, 128, 1))
    assert finished.tolist() == [[[150, 0, 50, 255]]]


def test_light_is_added_and_nothing_gets_lighter_than_white() -> None:
    lit_pixel = np.array([[[200, 50, 0, 255]]], np.uint8)
    laws.add(lit_pixel, Rect(0, 0, 1, 1), np.array([[[100, 100, 0, 255]]], np.uint8))
    assert lit_pixel.tolist() == [[[255, 150, 0, 255]]]


@pytest.mark.parametrize("tone", [0, 32, 100, 128, 200, 255])
@pytest.mark.parametrize(
    "tile",
    [dots(9, (3, 1)), dots(12, (4, 1)), dots(8, (1, 1)), lines(7, (2, 1)), grain()],
    ids=["3:1", "4:1", "1:1", "lines", "grain"],
)
def test_a_screen_inks_as_much_as_a_tone_is_dark(tile: Levels, tone: int) -> None:
    height, width = tile.shape
    rect, flat = Rect(0, 0, width, height), np.full(tile.shape, tone, np.uint8)
    hard = laws.inked(flat, rect, laws.Screen(tile, width))
    assert set(np.unique(hard)) <= {0, 255}
    assert hard.mean() == pytest.approx(255 - tone, abs=9)
    soft = laws.inked(flat, rect, laws.Screen(tile, width, 5))
    assert soft.mean() == pytest.approx(255 - tone, abs=128 / 5 + 2), "a smooth edge has no room in a tiny dot"
    if tone in (0, 255):
        assert (hard == 255 - tone).all()
        assert (soft == 255 - tone).all()


@pytest.mark.parametrize(("ratio", "pitch"), [((3, 1), 12.0), ((4, 1), 9.0), ((1, 1), 8.0), ((1, 0), 6.0)])
def test_a_screen_has_its_dots_apart_by_its_pitch_at_its_ratio(ratio: tuple[int, int], pitch: float) -> None:
    tile = dots(pitch, ratio).astype(int)
    size, (a, b) = len(tile), ratio
    assert size == round(pitch * np.hypot(a, b))
    # From a dot's middle one goes to the next by a step of the lattice, as near as whole pixels come to it.
    step = size * a / (a * a + b * b), size * b / (a * a + b * b)
    assert np.hypot(*step) == pytest.approx(pitch, abs=0.5)
    moved = np.roll(tile, (round(step[1]), round(step[0])), (0, 1))
    assert np.corrcoef(moved.ravel(), tile.ravel())[0, 1] > 0.8


def test_levels_are_spread_evenly() -> None:
    counts = np.bincount(grain().ravel(), minlength=256)
    assert counts[0] == 0
    assert counts[1:].min() > 0.8 * counts[1:].mean()
    assert ranked(np.zeros((3, 3), np.int64)).tolist() == [[128] * 3] * 3
    assert squeezed(np.array([0, 255], np.uint8), 4).tolist() == [32, 223]


def test_ink_on_white_has_its_own_colour_and_darkens_others() -> None:
    pixels = np.array([[[255, 255, 255, 255], [100, 200, 255, 255], [255, 255, 255, 255]]], np.uint8)
    laws.overprint(pixels, Rect(0, 0, 3, 1), np.array([[255, 255, 51]], np.uint8), "#C8324B")
    assert pixels.tolist() == [[[75, 50, 200, 255], [0, 0, 200, 255], [219, 214, 244, 255]]]


@given(st.sampled_from(COLOURS), st.integers(0, 120))
def test_a_colour_of_the_palette_is_left_alone(colour: str, spread: int) -> None:
    chosen = palette(spread // 40 * 40)
    flat = np.empty((5, 9, 4), np.uint8)
    flat[:] = [*(int(colour[at : at + 2], 16) for at in (5, 3, 1)), 255]
    assert np.array_equal(laws.dithered(flat, Rect(0, 0, 9, 5), chosen), flat)


def test_between_two_colours_a_palette_mixes_them_and_uses_no_others() -> None:
    grey = laws.Palette(("#000000", "#F8F8F8"), 64, 248)
    shares = []
    for level in range(8, 248, 16):
        flat = np.full((8, 8, 4), level, np.uint8)
        found = laws.dithered(flat, Rect(0, 0, 8, 8), grey)
        assert set(np.unique(found[..., :3])) <= {0, 0xF8}
        shares.append(float((found[..., 0] > 0).mean()))
    assert shares == sorted(shares)
    assert len(set(shares)) > 10
    plain = laws.Palette(("#000000", "#F8F8F8"), 64, 0)
    assert len(np.unique(laws.dithered(flat, Rect(0, 0, 8, 8), plain)[..., 0])) == 1


def test_colours_too_near_to_be_told_apart_are_no_palette() -> None:
    with pytest.raises(ValueError, match="#102030"):
        laws.Palette(("#102030", "#112131"), 8, 10)


def test_a_cell_is_as_large_as_it_is_said_to_be() -> None:
    cells, finished = noise(2, 3, 2), np.zeros((12, 8, 4), np.uint8)
    laws.enlarge(cells, finished, Rect(0, 0, 2, 3), 4)
    assert np.array_equal(finished, cells.repeat(4, axis=0).repeat(4, axis=1))


@pytest.mark.parametrize("reach", [1, 3])
def test_a_boil_takes_each_pixel_from_within_its_reach_and_its_drawings_differ(reach: int) -> None:
    height, width = 300, 140
    made = laws.Boil(width, height, reach)
    drawings = []
    for drawing in range(3):
        found = np.concatenate([places for _, places in made.taken(Rect(0, 0, width, height), drawing)])
        far = np.maximum(abs(found // width - np.arange(height)[:, None]), abs(found % width - np.arange(width)))
        assert far.max() == reach
        drawings.append(found)
    assert not np.array_equal(drawings[0], drawings[1])
    assert np.array_equal(np.concatenate([p for _, p in made.taken(Rect(0, 0, width, height), 3)]), drawings[0])
