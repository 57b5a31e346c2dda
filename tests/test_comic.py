"""Comic prints everything in few inks: one screen of dots that goes along with what it is on, ink by the light."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import skia

from storyreel.assets import asset
from storyreel.looks import look, pen
from storyreel.looks.comic.balloons import outline
from storyreel.looks.comic.captions import caption
from storyreel.looks.comic.palette import CYAN, FLATS, INK, RED, WHITE, WINE, YELLOW, flat, printed
from storyreel.looks.comic.treatment import DOTS, TREATMENT
from storyreel.puppet.model import Command, Shape, Stroke, Texture
from storyreel.puppet.svg import read_drawing
from storyreel.stage.built import draw_built
from storyreel.stage.ink import to_path
from storyreel.stage.textures import draw_fixed, textured
from storyreel.stage.treated import Hand
from storyreel.text.chain import chain
from storyreel.text.setting import layout
from storyreel.text.shape import shape
from storyreel.timeline.model import CaptionPage, Word
from storyreel.treatment.brush import Brush, brushed
from storyreel.treatment.contours import contours, pieces
from storyreel.treatment.contract import Mood, Place
from storyreel.treatment.look import Said

LOOK, PEN = look("comic"), pen("comic")
SAFE = (60.0, 230.0, 960.0, 1480.0)
SQUARE: tuple[Command, ...] = (
    ("M", (0.0, 0.0)), ("L", (200.0, 0.0)), ("L", (200.0, 200.0)), ("L", (0.0, 200.0)), ("Z", ()),
)  # fmt: skip


def points(path: tuple[Command, ...]) -> np.ndarray:
    return np.array([value for _, values in path for value in values]).reshape(-1, 2)


def colours(shapes: object) -> set[str]:
    found = set()
    for one in shapes:  # type: ignore[attr-defined]
        found.add(one.fill.colour if isinstance(one.fill, Texture) else one.fill)
    return found - {None}


def test_ink_is_broader_on_the_side_away_from_the_light() -> None:
    ring = tuple(contours(brushed(SQUARE, Brush(4, 12), 1)))
    sides = sorted(ring, key=lambda one: one[0].mean(axis=0)[1])
    top, bottom = sides[0][0], sides[-1][0]
    assert np.ptp(top[:, 1]) < 0.7 * np.ptp(bottom[:, 1])


def test_a_free_stroke_dies_out_at_its_ends() -> None:
    line: tuple[Command, ...] = (("M", (0.0, 0.0)), ("L", (100.0, 0.0)))
    drawn = points(brushed(line, Brush(4, 12), 1))
    near = np.ptp(drawn[drawn[:, 0] < 2][:, 1])
    assert near < 0.4 * np.ptp(drawn[np.abs(drawn[:, 0] - 50) < 6][:, 1])


def test_the_same_brush_draws_the_same_on_the_grid() -> None:
    drawn = brushed(SQUARE, Brush(4, 12), 7)
    assert drawn == brushed(SQUARE, Brush(4, 12), 7)
    assert (points(drawn) * 64 == np.round(points(drawn) * 64)).all()


def test_every_colour_of_a_room_is_printed_in_the_looks_inks() -> None:
    root = read_drawing(asset("sets", "room-mint.svg")).root
    shapes = [node.shape for node in root.walk() if node.shape is not None]
    for number, one in enumerate(shapes):
        drawn = list(TREATMENT.shape(one, Place("set", number=number)))
        assert colours(drawn) <= set(FLATS)


def test_a_colour_between_two_inks_becomes_dots_of_one_over_the_other() -> None:
    assert printed("#FF9DA0").flat == WHITE
    assert printed("#FF9DA0").dots == RED
    assert printed(CYAN).dots == ""
    assert flat("#101418") == INK


def test_a_shade_is_dots_that_grow_away_from_the_light() -> None:
    shade = Shape(SQUARE, fill=WINE, role="shade", notes=(("tone", "0.1 0.8"),))
    (drawn,) = TREATMENT.shape(shade, Place("cast"))
    assert isinstance(drawn.fill, Texture)
    surface = skia.Surface(1080, 1080)
    draw_fixed(surface.getCanvas(), to_path(drawn.path), textured(drawn.fill, 0xFFA30F2D), drawn.fill)
    ink = surface.toarray()[:200, :200, 3] / 255
    assert ink[:50, :50].mean() == pytest.approx(0.2, abs=0.08)
    assert ink[150:, 150:].mean() == pytest.approx(0.7, abs=0.08)
    assert (surface.toarray()[200:, :, 3] == 0).all()


def dotted(x: float, y: float, turn: float) -> np.ndarray:
    """A disc of dots that lies there, turned by so much."""
    surface = skia.Surface(1080, 1080)
    canvas = surface.getCanvas()
    canvas.translate(x, y)
    canvas.rotate(turn)
    texture = Texture(DOTS, INK, 0.3, fixed=True, anchor=(0.0, 0.0))
    draw_fixed(canvas, skia.Path().addCircle(0, 0, 60), textured(texture, 0xFF111111), texture)
    return surface.toarray()[..., 3]


def test_dots_go_along_with_a_figure_and_never_turn_with_it() -> None:
    still = dotted(100, 100, 0)
    assert np.array_equal(still[60:140, 60:140], dotted(117, 131, 0)[91:171, 77:157])
    assert np.array_equal(still[60:140, 60:140], dotted(100, 100, 33)[60:140, 60:140])


def test_a_line_of_any_drawing_becomes_ink() -> None:
    plain = Shape(SQUARE, fill="#FFB7D5", stroke=Stroke("#5A3A6A", 6.0))
    drawn = list(TREATMENT.shape(plain, Place("cast")))
    assert drawn[-1].fill == INK
    assert all(one.stroke is None for one in drawn)


def test_a_drained_story_is_printed_in_the_quiet_inks() -> None:
    place = Place("cast")
    assert TREATMENT.colour(RED, "fill", place, Mood(saturation=0.9)) == RED
    assert TREATMENT.colour(YELLOW, "fill", place, Mood(saturation=0.2)) not in (YELLOW, RED)


def test_a_shout_has_teeth_and_talk_has_none() -> None:
    turns = {}
    for style in ("speech", "shout"):
        ((line, _),) = contours(outline(style, 400, 200))
        turns[style] = len(list(pieces(line, True, 38.0)))
    assert turns["speech"] == 1
    assert turns["shout"] > 24


def test_loud_words_of_a_shout_are_red() -> None:
    drawn = PEN.widgets["bubble"].shapes
    assert drawn is not None
    node = drawn({"text": "So you HATE it", "style": "shout"}, {}, LOOK.kit)
    letters = [one.shape.fill for one in node.walk() if one.shape is not None and one.shape.role == "letter"]
    assert letters.count(RED) == 4


@pytest.mark.parametrize("rows", [("What if they", "laugh at me?"), ("Wait.",), ("MMMMMMMMMM", "gjpqy gjpqy")])
def test_a_caption_never_leaves_the_strict_box(rows: tuple[str, ...]) -> None:
    faces = chain(LOOK.faces["caption"])
    words = [Word(part, 7 * at, 7 * at + 5) for at, part in enumerate(" ".join(rows).split())]
    counts = np.cumsum([0, *(len(row.split()) for row in rows)])
    numbers = tuple(tuple(range(first, last)) for first, last in itertools.pairwise(counts))
    lines = [shape(row, faces, 100.0) for row in rows]
    room = SAFE[2] - SAFE[0] - 2 * LOOK.caption.pad
    size = min(LOOK.caption.size, *(100 * room / (line.ink[2] - line.ink[0]) for line in lines))
    page = CaptionPage(0, 7 * len(words), tuple(words), numbers, size)
    placed = layout(page, faces, LOOK.caption, SAFE)
    for frame in (0, 1, 4, 8):
        surface = skia.Surface(1080, 1920)
        caption(surface.getCanvas(), placed, page, Said.at(page, frame, LOOK.caption.settle))
        alpha = surface.toarray()[..., 3]
        down, across = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
        assert across[0] >= SAFE[0]
        assert across[-1] < SAFE[2]
        assert down[-1] < SAFE[3]


def test_its_own_widgets_stay_within_their_bounds() -> None:
    settings: dict[str, str | float] = {"radius": 300.0, "width": 800.0, "height": 800.0, "text": "Hello there"}
    settings |= {"name": "Amy", "handle": "@a", "message": "Hi", "hashtag": "#Kind", "closing": "Be kind."}
    hand = Hand(TREATMENT, Place("prop"), Mood())
    for kind in ("bubble", "ground", "note", "rain", "signature", "title"):
        widget = PEN.widgets[kind]
        assert widget.shapes is not None
        assert widget.bounds is not None
        left, top, right, bottom = widget.bounds(settings)
        for share in (0.3, 1.0):
            recorder = skia.PictureRecorder()
            canvas = recorder.beginRecording(skia.Rect(-5000, -5000, 5000, 5000), skia.RTreeFactory()())
            draw_built(canvas, widget.shapes(settings, {"appear": share, "t": share}, LOOK.kit), hand)
            ink = recorder.finishRecordingAsPicture().cullRect()
            assert left <= ink.left() + 1
            assert top <= ink.top() + 1
            assert right >= ink.right() - 1
            assert bottom >= ink.bottom() - 1


def test_words_come_whole_and_their_balloon_grows_with_them() -> None:
    settings: dict[str, str | float] = {"text": "I love rainy days", "style": "speech"}
    widget, hand = PEN.widgets["bubble"], Hand(TREATMENT, Place("prop"), Mood())
    assert widget.shapes is not None
    wide = []
    for left in (14, 13, 10, 9, 0):
        recorder = skia.PictureRecorder()
        canvas = recorder.beginRecording(skia.Rect(-5000, -5000, 5000, 5000), skia.RTreeFactory()())
        draw_built(canvas, widget.shapes(settings, {"appear": 1.0, "left": left}, LOOK.kit), hand)
        wide.append(recorder.finishRecordingAsPicture().cullRect().width())
    nothing_yet, first, half_a_word, its_end, whole = wide
    assert nothing_yet == first < half_a_word == its_end < whole
