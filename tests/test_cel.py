"""Cel paints flats with hard tones and tapered ink; its light is a bar, an edge, and what a name catches."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from storyreel.looks import look, pen
from storyreel.looks.cel.captions import caption
from storyreel.looks.cel.palette import CORE, GOLD, MAGENTA, MIDNIGHT, NIGHT, PAPER, RIM, SECOND, graded
from storyreel.looks.cel.reveal import OPENING
from storyreel.looks.cel.treatment import TREATMENT
from storyreel.puppet.model import Command, Shape, Stroke
from storyreel.text.chain import chain
from storyreel.text.setting import layout
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import CaptionPage, Line, Word
from storyreel.treatment.contract import Mood, Place
from storyreel.treatment.look import Said
from storyreel.treatment.tones import channels, luma

LOOK, PEN = look("cel"), pen("cel")
SIZE = (540.0, 960.0)
SAFE = (60.0, 250.0, 910.0, 1480.0)
HEAD: tuple[Command, ...] = (
    ("M", (0.0, 0.0)), ("L", (200.0, 0.0)), ("L", (200.0, 200.0)), ("L", (0.0, 200.0)), ("Z", ()),
)  # fmt: skip
OUTLINED = Shape(HEAD, fill="#C98F70", stroke=Stroke("#3A2A20", 10))
Draw = Callable[[skia.Canvas], None]


def painted(draw: Draw, size: tuple[float, float] = SIZE) -> NDArray[np.int64]:
    """What is drawn, as RGBA."""
    surface = skia.Surface(round(size[0]), round(size[1]))
    draw(surface.getCanvas())
    return surface.toarray(colorType=skia.kRGBA_8888_ColorType).astype(int)


def flat(colour: str) -> Draw:
    return lambda canvas: canvas.drawColor(skia.Color(*channels(colour)))


def swept(kind: str, progress: float, leaving: str | Draw = "#204080") -> NDArray[np.int64]:
    """A transition to a red picture."""
    both = (flat(leaving) if isinstance(leaving, str) else leaving, flat("#A02040"))
    return painted(lambda canvas: PEN.transition(canvas, kind, progress, SIZE, 1, None, *both))


def near(pixels: NDArray[np.int64], colour: str, by: int = 12) -> NDArray[np.bool_]:
    return np.asarray((np.abs(pixels[..., :3] - channels(colour)) <= by).all(axis=-1))


def widget(kind: str, settings: dict[str, float | str], values: dict[str, float]) -> NDArray[np.int64]:
    def draw(canvas: skia.Canvas) -> None:
        canvas.translate(540, 540)
        one = PEN.widgets[kind]
        assert one.draw is not None
        one.draw(canvas, settings, values)

    return painted(draw, (1080, 1080))


def test_an_even_outline_becomes_ink_that_tapers() -> None:
    drawn = tuple(TREATMENT.shape(OUTLINED, Place("cast")))
    assert all(shape.stroke is None for shape in drawn)
    (ink,) = (shape for shape in drawn if shape.role == "line")
    assert ink.fill != "#3A2A20", "its colour is of what it bounds"


def test_what_is_drawn_in_outlines_gets_one_hard_second_tone_on_the_side_away_from_light() -> None:
    (second,) = (shape for shape in TREATMENT.shape(OUTLINED, Place("cast")) if shape.role == "shade")
    points = np.array([values for _, values in second.path if values])
    assert second.fill == SECOND
    assert points[:, 0].max() == 200
    assert points.mean(axis=0)[0] > 100


@pytest.mark.parametrize("shape", [Shape(HEAD, fill="#C98F70"), OUTLINED], ids=["cut out", "in a room"])
def test_no_tone_is_added_to_what_was_painted_with_its_own_or_to_rooms(shape: Shape) -> None:
    place = Place("cast") if shape.stroke is None else Place("set")
    assert tuple(TREATMENT.shape(shape, place)) == (shape,)


def test_a_cold_scene_leaves_rims_as_they_are() -> None:
    cold = Mood(warmth=-1)
    assert TREATMENT.colour(RIM, "rim", Place("cast"), cold) == RIM
    assert TREATMENT.colour(RIM, "fill", Place("cast"), cold) == graded(RIM, -1, 1)
    assert luma(graded("#C98F70", -1, 1)) < 0.7 * luma("#C98F70")


def test_captions_are_set_in_capitals_and_subtitles_are_not() -> None:
    from storyreel.direct.captioning import pages

    words = (Word("Smiling", 0, 10), Word("is", 10, 14), Word("the", 14, 18), Word("job.", 18, 30))
    line = Line("s", "king", words)
    (page,) = pages([line], chain(LOOK.faces["caption"]), LOOK.caption, SAFE, "en", Clock(30), 90)
    assert " ".join(word.text for word in page.words) == "SMILING IS THE JOB."
    assert line.words == words


def test_the_word_that_sounds_is_gold_over_a_magenta_bar() -> None:
    page = CaptionPage(0, 20, (Word("SMILING", 0, 10), Word("IS", 10, 20)), ((0, 1),), 88)
    laid = layout(page, chain(LOOK.faces["caption"]), LOOK.caption, SAFE)
    found = painted(lambda canvas: caption(canvas, laid, page, Said(9, (9, -1))), (1080, 1920))
    gold, bar, rest = (np.argwhere(near(found, colour, 2)) for colour in (GOLD, MAGENTA, PAPER))
    assert min(len(gold), len(bar), len(rest)) > 300
    assert gold[:, 1].max() < rest[:, 1].min()
    assert bar[:, 0].min() > gold[:, 0].max()


def test_a_bar_of_light_leans_and_the_next_picture_is_behind_it() -> None:
    found = swept("bar", 0.5)
    core = near(found, CORE, 3)
    assert np.flatnonzero(core[5]).mean() > np.flatnonzero(core[-5]).mean() + 100
    assert near(found[480:482, :40], "#A02040", 2).all()
    assert near(found[480:482, -40:], "#204080", 2).all()


def test_a_frame_opens_until_the_next_picture_is_all_there_is() -> None:
    shares = [near(swept("frame", at), "#A02040", 2).mean() for at in (0.2, 0.5, 0.75, 0.99)]
    assert shares == sorted(shares)
    assert shares[0] < 0.2
    assert shares[-1] == 1


def test_stepping_out_goes_through_gold_ink_on_night() -> None:
    def drawn(canvas: skia.Canvas) -> None:
        canvas.drawColor(skia.Color(200, 120, 90))
        canvas.drawCircle(270, 480, 150, skia.Paint(Style=skia.Paint.kStroke_Style, StrokeWidth=6, Color=0xFF33141F))

    before, after = (swept("step-out", at, leaving=drawn) for at in (0.02, 0.48))
    assert near(before, "#C8785A", 14).mean() > 0.8
    assert near(after, "#C8785A", 14).mean() < 0.5
    assert near(after, NIGHT, 8).mean() > 0.1
    assert near(after, GOLD, 40).sum() > 100
    assert near(swept("step-out", 1.0), "#A02040", 1).all()


def test_a_transition_that_is_not_the_looks_own_is_the_neutral_one() -> None:
    assert painted(lambda canvas: PEN.transition(canvas, "fade", 0.5, SIZE, 1)).std(axis=(0, 1)).max() == 0


def test_a_name_catches_the_dawn_from_above_and_comes_by_itself() -> None:
    said: dict[str, float | str] = {
        "name": "King",
        "handle": "@king",
        "closing": "Be kind.",
        "width": 850,
        "height": 480,
    }
    none = dict.fromkeys(("name", "handle", "letters", "hashtag", "closing"), 0.0)
    assert not widget("signature", said, none).any()
    found = widget("signature", said, {**none, "name": 1.0})
    rows = np.flatnonzero(near(found, MAGENTA, 4).any(axis=1))
    top, foot = found[rows[0] + 20], found[rows[-1] - 30]
    blue = [row[near(row[None], MAGENTA, 90)[0] ^ (row[:, 3] > 250)][:, 2].mean() for row in (top, foot)]
    assert blue[0] > blue[1] + 40


def test_below_the_card_stands_a_street_whose_windows_go_on_one_by_one() -> None:
    def lit(settled: float) -> NDArray[np.bool_]:
        def draw(canvas: skia.Canvas) -> None:
            canvas.translate(540, 960)
            assert OPENING.front is not None
            assert OPENING.front.draw is not None
            OPENING.front.draw(canvas, {}, {"open": 2.0, "settle": settled})

        return near(painted(draw, (1080, 1920)), GOLD, 60)

    half, whole = lit(0.7), lit(1.0)
    assert 500 < half.sum() < whole.sum()
    assert not whole[:1480].any()


def test_dust_is_fine_and_is_never_at_rest() -> None:
    here, there = (widget("stars", {"count": 24}, {"t": t}) for t in (1.0, 1.2))
    assert 0 < (here[..., 3] > 0).mean() < 0.01
    assert (here != there).any()


def test_words_in_the_air_are_light_with_night_round_them() -> None:
    kit = LOOK.kit
    words = PEN.widgets["words"]
    assert words.shapes is not None
    fills = {
        node.shape.fill for node in words.shapes({"text": "so fake."}, {}, kit).walk() if node.shape is not None
    } - {None}
    assert any(isinstance(fill, str) and luma(fill) > 0.9 for fill in fills)
    assert all(not isinstance(fill, str) or luma(fill) > 0.9 or fill == MIDNIGHT for fill in fills)
