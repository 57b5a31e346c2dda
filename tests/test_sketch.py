"""Sketch draws everything in pencil: the same lines for the same drawing, eyes that can be read, yellow held back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import skia

from storyreel.assets import asset
from storyreel.looks import look, pen
from storyreel.looks.sketch.captions import caption
from storyreel.looks.sketch.palette import ACCENT, ACCENT_DARK, ACCENT_PALE, GRAPHITE, PAPER, is_accent
from storyreel.looks.sketch.pen import FINISH
from storyreel.looks.sketch.transitions import KINDS, draw
from storyreel.looks.sketch.treatment import TREATMENT
from storyreel.puppet.model import Command, Gradient, Node, Shape, Stroke
from storyreel.puppet.svg import read_drawing
from storyreel.stage.puppet import DrawnPuppet
from storyreel.stage.still import DrawnPart
from storyreel.stage.treated import Hand, treated
from storyreel.text.chain import chain
from storyreel.text.setting import layout
from storyreel.text.shape import shape
from storyreel.timeline.model import CaptionPage, Word
from storyreel.treatment.contours import contours
from storyreel.treatment.contract import Mood, Place
from storyreel.treatment.look import Said
from storyreel.treatment.strokes import Hatch, Ribbon, hatching, ribbons
from storyreel.treatment.tones import toned

LOOK = look("sketch")
SAFE = (60.0, 230.0, 960.0, 1480.0)
SQUARE: tuple[Command, ...] = (
    ("M", (0.0, 0.0)), ("L", (200.0, 0.0)), ("L", (200.0, 200.0)), ("L", (0.0, 200.0)), ("Z", ()),
)  # fmt: skip
YELLOWS = {ACCENT, ACCENT_DARK, ACCENT_PALE}


def flat(points: np.ndarray) -> np.ndarray:
    return np.full(len(points), 0.6)


STROKES: tuple[Callable[[int], tuple[Command, ...]], ...] = (
    lambda drawing: ribbons(SQUARE, Ribbon(7), 3, drawing),
    lambda drawing: hatching(SQUARE, Hatch(-57, 12, 4), flat, 3, drawing),
)


def box(path: tuple[Command, ...]) -> np.ndarray:
    return np.array([value for _, values in path for value in values]).reshape(-1, 2)


def shown(node: Node) -> list[Shape]:
    return [inner.shape for inner in node.walk() if inner.shape is not None]


def test_equal_arguments_draw_equal_strokes_on_the_grid() -> None:
    for strokes in STROKES:
        contours.cache_clear()
        first = strokes(1)
        contours.cache_clear()
        assert first == strokes(1)
        assert np.array_equal(box(first) * 64, np.round(box(first) * 64))


def test_another_drawing_moves_strokes_a_little_and_chooses_none_anew() -> None:
    for strokes in STROKES:
        first, second = strokes(0), strokes(1)
        assert [letter for letter, _ in first] == [letter for letter, _ in second]
        apart = np.hypot(*(box(first) - box(second)).T)
        assert 0.2 < apart.mean() < 1.5
        assert apart.max() < 4


def test_hatching_stays_in_its_shape_and_leaves_the_light_alone() -> None:
    shade = Gradient("linear", (0, 0, 0, 1), ((0.0, "#FFFFFF", 1.0), (1.0, "#404040", 1.0)))
    points = box(hatching(SQUARE, Hatch(-57, 12, 4, 0.17, 0.3), toned(shade, SQUARE), 3, 0))
    assert points.min() > -12
    assert points.max() < 212
    middles = points.reshape(-1, 4, 2).mean(axis=1)[:, 1]
    assert middles.min() > 40
    assert (middles > 150).sum() > 3


@pytest.mark.parametrize("name", ["michii", "grump"])
def test_eyes_keep_white_dark_and_a_glint(name: str) -> None:
    drawing = read_drawing(asset("puppets", name, f"{name}.svg"))
    made = treated(drawing, Hand(TREATMENT, Place("cast"), Mood()), lambda hexed, _: hexed)
    pupil = next(node for node in made.root.walk() if node.id == "Left Pupil")
    assert any(one.role == "fill" for one in shown(pupil))
    ball = next(node for node in made.root.walk() if node.id in ("Left Eyeball", "Left Eye"))
    assert shown(ball)[0].fill in ("#FFFEFA", "#FBF8F1")


def test_the_accent_is_yellow_and_neither_skin_nor_cream() -> None:
    assert all(is_accent(hexed) for hexed in ("#FFC93C", "#FFE9A0", "#F2B84E", "#FFD877"))
    assert not any(is_accent(hexed) for hexed in ("#E2AE8C", "#FFB59A", "#FFF6EC", "#FFE6DA", "#D3968A"))


@pytest.mark.parametrize("kind", ["cast", "set", "prop"])
def test_no_yellow_is_drawn_while_the_story_holds_it_back(kind: str) -> None:
    star = Shape(SQUARE, fill="#FFE9A0", stroke=Stroke("#FFC93C", 8.0))
    place = Place(kind, number=1)  # type: ignore[arg-type]
    drawn = list(TREATMENT.shape(star, place))

    def colours(accent: float) -> set[str]:
        mood = Mood(accent=accent)
        return {TREATMENT.colour(str(one.fill), "fill", place, mood) for one in drawn if isinstance(one.fill, str)}

    assert colours(1.0) & YELLOWS
    assert not colours(0.4) & YELLOWS


@pytest.mark.parametrize(("hexed", "smeared"), [("#201A28", GRAPHITE), ("#FFF3C4", PAPER)])
def test_light_and_dusk_that_lie_over_things_stay_as_thin_as_they_are(hexed: str, smeared: str) -> None:
    stops = ((0.0, hexed, 0.4), (1.0, hexed, 0.0))
    veil = Shape(SQUARE, Gradient("linear", (0.0, 0.0, 200.0, 0.0), stops))
    (drawn,) = TREATMENT.shape(veil, Place("prop"))
    assert isinstance(drawn.fill, Gradient)
    assert drawn.fill.stops == ((0.0, smeared, 0.4), (1.0, smeared, 0.0))


def test_dusk_over_a_broad_thing_is_hatching_that_thins_out_into_the_light() -> None:
    wall: tuple[Command, ...] = tuple((name, tuple(8 * value for value in at)) for name, at in SQUARE)
    stops = ((0.0, "#232328", 0.0), (1.0, "#232328", 0.95))
    dusk = Shape(wall, Gradient("linear", (0.0, 0.0, 1600.0, 0.0), stops, boxed=False), role="shade")
    dust, *layers = TREATMENT.shape(dusk, Place("prop"))
    assert isinstance(dust.fill, Gradient)
    x = np.concatenate([box(layer.path)[:, 0] for layer in layers])
    assert (x > 1200).sum() > 3 * (x < 400).sum()


def test_what_is_seen_enlarged_is_drawn_with_finer_lines() -> None:
    def breadth(scale: float) -> float:
        line = Shape((("M", (0.0, 0.0)), ("L", (400.0, 0.0))), None, stroke=Stroke("#000000", 10.0), role="line")
        (drawn,) = TREATMENT.shape(line, Place("cast", scale=scale))
        return float(np.ptp(box(drawn.path)[:, 1]))

    assert breadth(4.0) < 0.6 * breadth(1.0)


def test_a_scribbled_mass_that_is_less_opaque_lets_more_paper_through() -> None:
    solid, open_ = (
        TREATMENT.shape(
            Shape(SQUARE, fill="#232328", fill_opacity=left, role="ink", notes=(("word", "dark"),)), Place("cast")
        )
        for left in (1.0, 0.24)
    )
    (ground, *strokes), (paler, *fewer) = tuple(solid), tuple(open_)
    assert ground.fill_opacity == pytest.approx(0.72)
    assert paler.fill_opacity < 0.2
    assert 0 < sum(len(one.path) for one in fewer) < 0.6 * sum(len(one.path) for one in strokes)


def test_a_gloomy_room_is_darker_and_its_people_are_not() -> None:
    gloom = Mood(saturation=0.2, tint=0.1)
    for kind, same in (("set", False), ("cast", True)):
        colour = TREATMENT.colour(PAPER, "fill", Place(kind), gloom)  # type: ignore[arg-type]
        assert (colour == PAPER) == same


def test_what_covers_a_part_is_that_of_its_own_picture() -> None:
    drawn = DrawnPuppet.load(asset("puppets", "michii", "michii.svg"), hand=Hand(TREATMENT, Place("cast"), Mood()))
    plain = DrawnPuppet.load(asset("puppets", "michii", "michii.svg"))
    assert drawn.bounds() == pytest.approx(plain.bounds())


def test_a_room_that_stands_still_is_the_same_picture_however_often_it_is_drawn() -> None:
    part = DrawnPart.load(asset("sets", "room-mint.svg"), (), Hand(TREATMENT, Place("set"), Mood()))
    pictures = []
    for _ in range(2):
        surface = skia.Surface(270, 480)
        surface.getCanvas().scale(0.25, 0.25)
        part.draw(surface.getCanvas())
        pictures.append(surface.toarray())
    assert np.array_equal(*pictures)
    assert pictures[0][..., 3].mean() > 200


@pytest.mark.parametrize(
    "rows", [("What if they", "laugh at me?"), ("Wait.",), ("MMMMMMMMMM", "gjpqy gjpqy"), ("I made a little dance!",)]
)
def test_a_caption_never_leaves_the_strict_box(rows: tuple[str, ...]) -> None:
    faces = chain(LOOK.faces["caption"])
    words: list[Word] = []
    numbers = []
    for row in rows:
        first = len(words)
        words += [Word(part, 7 * at, 7 * at + 5) for at, part in enumerate(row.split(), first)]
        numbers.append(tuple(range(first, len(words))))
    lines = [shape(row, faces, 100.0) for row in rows]
    room = SAFE[2] - SAFE[0] - 2 * LOOK.caption.pad
    size = min(LOOK.caption.size, *(100 * room / (line.ink[2] - line.ink[0]) for line in lines))
    page = CaptionPage(0, 7 * len(words), tuple(words), tuple(numbers), size)
    placed = layout(page, faces, LOOK.caption, SAFE)
    for frame in range(page.end):
        surface = skia.Surface(1080, 1920)
        caption(surface.getCanvas(), placed, page, Said.at(page, frame, LOOK.caption.settle))
        alpha = surface.toarray()[..., 3]
        down, across = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
        assert across[0] >= SAFE[0]
        assert across[-1] < SAFE[2]
        assert down[-1] < SAFE[3]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("progress", [0.46, 0.54])
def test_a_transition_covers_the_picture_where_scenes_change(kind: str, progress: float) -> None:
    surface = skia.Surface(108, 192)
    canvas = surface.getCanvas()
    canvas.scale(0.1, 0.1)
    draw(canvas, kind, progress, (1080, 1920), 5)
    alpha = surface.toarray()[..., 3]
    assert (alpha == 0).all() if kind == "cut" else (alpha == 255).all()


def test_the_tooth_leaves_white_pits_in_graphite_and_darkens_paper() -> None:
    painted = np.zeros((300, 300, 4), np.uint8)
    painted[...] = (0xE6, 0xEF, 0xF4, 255)
    painted[:, 150:] = (0x30, 0x2B, 0x2B, 255)
    finished = painted.copy()
    FINISH.apply(painted, finished, [(10, 20, 290, 280)], Mood(), 0)
    assert (finished[..., 3] == 255).all()
    assert (finished[20:280, 10:140, :3] <= painted[20:280, 10:140, :3]).all()
    assert 0.04 < (finished[20:280, 160:290, 0] > 60).mean() < 0.3
    assert np.array_equal(finished[:20], painted[:20])
    part = painted.copy()
    FINISH.apply(painted, part, [(10, 20, 100, 280), (100, 20, 290, 280)], Mood(), 2)
    assert np.array_equal(part, finished)


def test_skin_in_a_photograph_has_no_grain_of_another_hue_and_crayon_has_the_papers() -> None:
    painted = np.zeros((200, 200, 4), np.uint8)
    painted[...] = (0x46, 0x78, 0xBE, 255)
    painted[:, 100:] = (0x3C, 0xC9, 0xFF, 255)
    finished = painted.copy()
    FINISH.apply(painted, finished, [(0, 0, 200, 200)], Mood(), 0)
    assert (finished[:, :100, 0] <= 0x46).all()
    assert (finished[:, 100:, 0] > 0x3C).any()


def test_its_own_widgets_draw_at_every_share_of_their_coming() -> None:
    widgets = pen("sketch").widgets
    settings: dict[str, str | float] = {"radius": 300.0, "width": 800.0, "height": 800.0, "label": "stand-in"}
    settings |= {"name": "Michii", "handle": "@m", "message": "Hi", "hashtag": "#Kind", "closing": "Be kind."}
    for kind in ("card", "ground", "opening"):
        widget = widgets[kind]
        for share in (0.0, 0.4, 1.0, 1.1):
            surface = skia.Surface(900, 900)
            canvas = surface.getCanvas()
            canvas.translate(450, 450)
            before = canvas.getSaveCount()
            assert widget.draw is not None
            widget.draw(canvas, settings, dict.fromkeys(widget.values, share))
            assert canvas.getSaveCount() == before
