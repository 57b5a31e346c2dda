"""Storybook paints in gouache: no outlines, grain that shapes carry with them, cream serifs, a page that turns."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import skia

from storyreel.errors import StoryreelError
from storyreel.looks import look, pen
from storyreel.looks.storybook.captions import caption
from storyreel.looks.storybook.hillside import LISTENERS
from storyreel.looks.storybook.palette import CREAM, INDIGO
from storyreel.looks.storybook.transitions import draw
from storyreel.looks.storybook.treatment import TREATMENT
from storyreel.puppet.model import Command, Gradient, Grain, Shape, Stroke, Texture
from storyreel.stage.ink import paints, to_path
from storyreel.stage.tiles import grain
from storyreel.text.chain import chain
from storyreel.text.setting import layout
from storyreel.timeline.model import CaptionPage, Word
from storyreel.treatment.contract import Place
from storyreel.treatment.look import Said
from storyreel.treatment.tones import luma

LOOK, PEN = look("storybook"), pen("storybook")
SAFE = (60.0, 230.0, 960.0, 1480.0)
SQUARE: tuple[Command, ...] = (
    ("M", (0.0, 0.0)), ("L", (200.0, 0.0)), ("L", (200.0, 200.0)), ("L", (0.0, 200.0)), ("Z", ()),
)  # fmt: skip
FADE = Gradient("linear", (0, 0, 0, 1), ((0.0, "#2A2B5E", 1.0), (1.0, "#2A2B5E", 0.0)))
COAT, FACE = Place("cast", ("Kelly", "Body"), 3), Place("cast", ("Kelly", "Head", "Left Eyebrow"), 4)
Pixels = np.ndarray


def painted(shape: Shape, size: int = 240, at: tuple[int, int] = (0, 0)) -> Pixels:
    """A shape on white."""
    surface = skia.Surface.MakeRasterN32Premul(size, size)
    canvas = surface.getCanvas()
    canvas.clear(0xFFFFFFFF)
    canvas.translate(*at)
    path = to_path(shape.path)
    for made in paints(shape, path, 1.0, lambda hexed: hexed):
        canvas.drawPath(path, made)
    return surface.makeImageSnapshot().toarray(colorType=skia.kBGRA_8888_ColorType).astype(int)


def drawn(draw_on: object, size: tuple[int, int] = (108, 192)) -> Pixels:
    surface = skia.Surface.MakeRasterN32Premul(*size)
    canvas = surface.getCanvas()
    canvas.scale(size[0] / 1080, size[0] / 1080)
    draw_on(canvas)  # type: ignore[operator]
    return surface.makeImageSnapshot().toarray(colorType=skia.kBGRA_8888_ColorType).astype(int)


def test_an_outline_becomes_a_darker_tone_of_what_it_goes_round() -> None:
    coat = Shape(SQUARE, fill="#2F5F66", stroke=Stroke("#000000", 8.0))
    strokes = [one.stroke for one in TREATMENT.shape(coat, COAT) if one.stroke is not None]
    plain = [stroke for stroke in strokes if isinstance(stroke.paint, str)]
    assert [stroke.paint for stroke in plain] != ["#000000"]
    assert all(luma("#2F5F66") > luma(str(stroke.paint)) > luma(INDIGO) for stroke in plain)
    assert all(stroke.width < 8.0 for stroke in plain)


def test_a_line_that_only_goes_round_something_is_gone_and_a_feature_is_a_filled_taper() -> None:
    round_it = Shape(SQUARE, fill=None, stroke=Stroke("#201A28", 7.0), role="line")
    assert list(TREATMENT.shape(round_it, COAT)) == []
    brow = Shape(SQUARE[:2], fill=None, stroke=Stroke("#201A28", 7.0), role="line")
    (taper,) = TREATMENT.shape(brow, FACE)
    assert (taper.fill, taper.fill_opacity, taper.stroke) == ("#201A28", 1.0, None)


def test_what_is_large_enough_shows_its_paint_and_what_is_small_is_flat() -> None:
    large = list(TREATMENT.shape(Shape(SQUARE, fill="#2F5F66"), COAT))
    assert any(isinstance(one.fill, Texture) for one in large)
    assert any(one.stroke is not None and isinstance(one.stroke.paint, Texture) for one in large)
    small = tuple((letter, tuple(value / 5 for value in values)) for letter, values in SQUARE)
    assert [one.fill for one in TREATMENT.shape(Shape(small, fill="#2F5F66"), COAT)] == ["#2F5F66"]


def test_a_gradient_dissolves_softly_on_skin_and_hard_on_cloth() -> None:
    shade = Shape(SQUARE, fill=FADE, role="shade")
    (cloth,) = TREATMENT.shape(shade, COAT)
    (skin,) = TREATMENT.shape(Shape(SQUARE, fill=FADE, role="shade", notes=(("mix", "soft"),)), COAT)
    assert isinstance(cloth.fill, Gradient)
    assert isinstance(skin.fill, Gradient)
    assert cloth.fill.grain is not None
    assert skin.fill.grain is not None
    assert cloth.fill.grain.gain > 2 * skin.fill.grain.gain


def test_neither_the_drawing_nor_a_turn_changes_where_grain_lies() -> None:
    coat = Shape(SQUARE, fill="#2F5F66", stroke=Stroke("#000000", 8.0))
    again = Place("cast", ("Kelly", "Body"), 3, drawing=2, turn=24.0)
    assert list(TREATMENT.shape(coat, COAT)) == list(TREATMENT.shape(coat, again))
    assert LOOK.exposure.cycle == 1


def test_a_dissolving_gradient_is_specks_that_travel_with_the_shape() -> None:
    shape = Shape(SQUARE, fill=Gradient(*(FADE.kind, FADE.numbers, FADE.stops), grain=Grain("storybook/grain")))
    here, there = painted(shape), painted(shape, at=(17, 9))
    assert np.array_equal(here[:200, :200], there[9:209, 17:217])
    middle = here[90:110, :200, 2]
    assert middle.std() > 60
    smooth = painted(Shape(SQUARE, fill=FADE))[90:110, :200, 2]
    assert smooth.std() < 10
    assert abs(middle.mean() - smooth.mean()) < 30


def test_a_grained_gradient_is_full_at_one_end_and_nothing_at_the_other() -> None:
    shape = Shape(SQUARE, fill=Gradient(*(FADE.kind, FADE.numbers, FADE.stops), grain=Grain("storybook/grain")))
    reds = painted(shape)[:200, :200, 2]
    assert reds[:6].mean() < 90
    assert reds[-6:].mean() > 250


def test_a_tile_of_bristles_runs_along_and_repeats_without_a_seam() -> None:
    levels = grain((2,), 5, 64, along=8).astype(int)
    across, down = (np.abs(np.diff(levels, axis=axis)).mean() for axis in (1, 0))
    assert down > 3 * across
    assert np.abs(levels[:, 0] - levels[:, -1]).mean() < 2 * across


def test_light_letters_without_paper_stand_in_a_shadow_and_dark_ones_in_none() -> None:
    for fill, count in ((CREAM, 5), ("#3A2350", 1)):
        assert len(list(TREATMENT.shape(Shape(SQUARE, fill=fill, role="letter"), Place("prop")))) == count


def test_everything_stands_for_two_frames() -> None:
    assert {LOOK.exposure.held(kind, Fraction(30)) for kind in ("set", "cast", "prop", "air", "type", "camera")} == {2}


def test_the_word_that_sounds_leans_in_amber_and_the_others_stay_cream() -> None:
    words = tuple(Word(text, 10 * at, 10 * at + 9, " ") for at, text in enumerate(("hold", "on")))
    page = CaptionPage(0, 30, words, ((0, 1),), 84.0)
    placed = layout(page, chain(LOOK.faces["caption"]), LOOK.caption, SAFE)

    def shown(words: tuple[int, ...]) -> Pixels:
        return drawn(lambda canvas: caption(canvas, placed, page, Said(4, words)))

    none, first, second = shown((-1, -1)), shown((4, -1)), shown((99, 4))
    assert np.abs(first - none).max() > 80
    assert np.abs(first - second).max() > 80
    assert np.array_equal(shown((4, -1)), first)


def test_a_page_shows_the_old_picture_then_both_then_the_new_one() -> None:
    size = (1080.0, 1920.0)

    def sheet(progress: float) -> Pixels:
        one, other = (lambda canvas, hexed=hexed: canvas.drawColor(hexed) for hexed in (0xFF0000FF, 0xFF00FF00))
        return drawn(lambda canvas: draw(canvas, "page lower-right wind", progress, size, 1, None, one, other))

    def shares(picture: Pixels) -> tuple[float, float]:
        blue, green = ((picture[..., at] > 200) & (picture[..., 2] < 60) for at in (0, 1))
        return float(blue.mean()), float(green.mean())

    assert shares(sheet(0.5))[0] > 0.95
    old, new = shares(sheet(0.75))
    assert old > 0.05
    assert new > 0.05
    assert shares(sheet(1.0)) == (0.0, 1.0)


def test_a_hill_covers_the_whole_picture_halfway_and_nothing_at_either_end() -> None:
    size = (1080.0, 1920.0)
    for progress, least, most in ((0.5, 1.0, 1.0), (0.02, 0.0, 0.35), (0.98, 0.0, 0.35)):
        covered = (drawn(lambda canvas, at=progress: draw(canvas, "hill", at, size, 1))[..., 3] > 250).mean()
        assert least <= covered <= most


def test_a_transition_that_nobody_knows_is_refused_with_the_nearest() -> None:
    with pytest.raises(StoryreelError, match="did you mean 'hill'"):
        draw(skia.Surface(8, 8).getCanvas(), "hil", 0.5, (8.0, 8.0), 1)


def test_the_message_is_written_as_far_as_it_is_spoken() -> None:
    signature = PEN.widgets["signature"].draw
    assert signature is not None
    settings = {"name": "Kelly", "message": "One positive comment", "width": 850.0, "height": 700.0}

    def ink(letters: float) -> int:
        def on(canvas: skia.Canvas) -> None:
            canvas.translate(540, 960)
            signature(canvas, settings, {"letters": letters})

        return int((drawn(on)[..., 3] > 100).sum())

    assert ink(0) < ink(3) < ink(20)


def test_lanterns_on_the_last_page_are_lit_from_left_to_right() -> None:
    def page(appear: float) -> Pixels:
        settings = {"width": 1080.0, "height": 1920.0}
        return drawn(lambda canvas: LISTENERS.draw(canvas, settings, {"appear": appear, "t": 0.0}))

    half, whole = page(0.55), page(1.0)
    changed = np.abs(whole - half).max(axis=(0, 2))
    assert changed[:28].max() == 0 < changed[70:].max()


def test_nobody_stands_on_the_page_before_the_print_is_glued_in() -> None:
    settings = {"width": 1080.0, "height": 1920.0}
    assert not drawn(lambda canvas: LISTENERS.draw(canvas, settings, {"appear": 0.0})).any()
