"""What the kawaii look's widgets promise the stage: ink inside their bounds, the same pixels for the same values."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
import skia
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from storyreel.looks.kawaii import LOOK
from storyreel.looks.kawaii.button import cap_drop
from storyreel.looks.kawaii.pen import WIDGETS, caption
from storyreel.text.chain import chain
from storyreel.text.setting import layout
from storyreel.text.shape import shape
from storyreel.timeline import wall
from storyreel.timeline.model import CaptionPage, Word
from storyreel.treatment.look import Said
from storyreel.treatment.widget import Settings, Widget
from storyreel.widgets.posts import compact, throb

ORDERS: dict[str, Settings] = {
    "button": {"label": "BLOCK"},
    "wall": {"columns": 3, "rows": 4, "seed": 5},
    "block": {"colour": 3, "icon": "bunny"},
    "pane": {"width": 300, "height": 420, "label": "@grump", "mood": "grey"},
    "phone": {"width": 300, "send": 1.0},
    "post": {"handle": "@milkymichii", "text": "a little dance"},
    "comment": {"handle": "@grump", "text": "so cringe", "tone": "mean"},
    "switch": {"question": "Who can Duet with you", "off": "Everyone", "on": "Friends"},
    "typing": {"text": "I love your dance, it made my whole day", "hint": "Add a comment"},
    "balloon": {"text": "Hop, hop, hop!", "tail": "right"},
    "title": {"text": "Block the Bullies", "sub": "a story"},
    "impact": {"text": "BONK"},
    "hearts": {"count": 9, "seed": 2},
    "sparkles": {"count": 9, "seed": 2},
    "confetti": {"count": 20, "seed": 2},
    "puffs": {"count": 6, "seed": 2},
    "shock": {},
    "streaks": {"count": 20, "seed": 4},
    "rays": {},
    "stars": {"count": 20, "seed": 4},
    "rain": {"count": 20, "seed": 4},
    "foreground": {"seed": 4},
    "badge": {"text": "DUET"},
    "listeners": {"width": 540, "height": 960},
}
STEPS: Mapping[str, tuple[float, ...]] = {
    "t": (0.06, 0.3, 0.55, 0.9, 1.7),
    "appear": (0.3, 0.8, 1.0, 1.25),
    "press": (-0.3, 0.0, 0.6, 1.25),
    "crack": (0.0, 0.5, 1.0),
    "glow": (0.0, 1.0),
    "dark": (0.0, 0.5, 1.0),
    "likes": (0.0, 7.0, 1240.0),
    "comments": (0.0, 86.0),
    "pulse": (0.0, 0.17, 0.5),
    "on": (0.0, 0.5, 0.9, 1.0),
    "typed": (0.0, 0.4, 1.0),
    "send": (0.0, 0.5, 1.0),
    "leave": (0.0, 0.5),
}
REST = {"appear": 1.0}


def read(widget: Widget) -> tuple[str, ...]:
    """The values that a widget or its front reads."""
    return tuple(dict.fromkeys((*widget.values, *(widget.front.values if widget.front is not None else ()))))


def states(widget: Widget) -> list[dict[str, float]]:
    """The widget at rest, and with each of its values stepped while the others rest."""
    names = read(widget)
    rest = {name: REST.get(name, 0.0) for name in names}
    return [rest, *({**rest, name: value} for name in names for value in STEPS[name])]


def bounds_of(widget: Widget, order: Settings) -> tuple[float, float, float, float]:
    """Its bounds, which every widget has that is drawn by hand."""
    assert widget.bounds is not None
    return widget.bounds(order)


def draw_widget(widget: Widget, canvas: Any, order: Settings, values: Mapping[str, float]) -> None:
    """Draws a widget and then its front, each with no other values than it reads, as the stage does."""
    for part in (widget, widget.front):
        if part is not None:
            assert part.draw is not None
            part.draw(canvas, order, {name: values.get(name, 0.0) for name in part.values})


def pixels(kind: str, values: Mapping[str, float], settings: Settings | None = None, scale: float = 0.4) -> np.ndarray:
    """The widget with its front, on nothing, in a picture a margin larger than its bounds."""
    widget, order = WIDGETS[kind], ORDERS[kind] if settings is None else settings
    left, top, right, bottom = bounds_of(widget, order)
    margin = 30.0
    width, height = (round((b - a + 2 * margin) * scale) for a, b in ((left, right), (top, bottom)))
    surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(width, height))
    canvas = surface.getCanvas()
    canvas.scale(scale, scale)
    canvas.translate(margin - left, margin - top)
    depth = canvas.getSaveCount()
    draw_widget(widget, canvas, order, values)
    assert canvas.getSaveCount() == depth
    return np.array(surface.makeImageSnapshot().toarray())


def test_the_pen_draws_every_kind_that_has_an_order_here() -> None:
    assert set(ORDERS) <= set(WIDGETS)


@pytest.mark.parametrize("kind", ORDERS)
def test_a_widget_keeps_its_ink_within_its_bounds(kind: str) -> None:
    edge = 11
    for values in states(WIDGETS[kind]):
        alpha = pixels(kind, values)[..., 3]
        inner = alpha[edge:-edge, edge:-edge].sum()
        assert alpha.sum() == inner, values


@pytest.mark.parametrize("kind", ORDERS)
def test_a_widget_draws_the_same_pixels_whatever_was_drawn_before(kind: str) -> None:
    some = states(WIDGETS[kind])
    first = [pixels(kind, values).tobytes() for values in some]
    again = [pixels(kind, values).tobytes() for values in reversed(some)]
    assert first == again[::-1]


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in ORDERS for name in read(WIDGETS[kind])])
def test_a_widget_changes_with_each_of_its_values(kind: str, name: str) -> None:
    rest = {other: REST.get(other, 0.0) for other in read(WIDGETS[kind])}
    drawn = {pixels(kind, {**rest, name: value}).tobytes() for value in STEPS[name]}
    assert len(drawn) > 1


@pytest.mark.parametrize("kind", [kind for kind in ORDERS if "appear" in read(WIDGETS[kind])])
def test_nothing_of_a_widget_is_drawn_before_it_appears(kind: str) -> None:
    rest = {other: REST.get(other, 0.0) for other in read(WIDGETS[kind])}
    assert not pixels(kind, {**rest, "appear": 0.0}).any()
    assert pixels(kind, rest).any()


@pytest.mark.parametrize("kind", ["hearts", "sparkles", "confetti", "puffs", "shock", "impact"])
def test_a_burst_starts_from_nothing_and_leaves_nothing(kind: str) -> None:
    assert not pixels(kind, {"t": 0.0}).any()
    assert pixels(kind, {"t": 0.3}).any()
    assert not pixels(kind, {"t": 2.9}).any()


@pytest.mark.parametrize("kind", ["hearts", "sparkles", "confetti", "stars", "rain", "foreground", "streaks", "wall"])
def test_another_seed_is_another_picture(kind: str) -> None:
    assert pixels(kind, {"t": 0.8}).tobytes() != pixels(kind, {"t": 0.8}, {**ORDERS[kind], "seed": 99}).tobytes()


@pytest.mark.parametrize("kind", ["pane", "phone"])
def test_a_frame_hands_out_an_outline_that_may_be_moved(kind: str) -> None:
    outline = WIDGETS[kind].outline
    assert outline is not None
    first = outline(ORDERS[kind], {})
    before = outline(ORDERS[kind], {}).getBounds()
    first.offset(500, 500)
    assert outline(ORDERS[kind], {}).getBounds() == before
    left, top, right, bottom = bounds_of(WIDGETS[kind], ORDERS[kind])
    assert skia.Rect.MakeLTRB(left, top, right, bottom).contains(before)


def test_the_cap_of_the_button_goes_down_as_far_as_it_says() -> None:
    def top(press: float) -> int:
        alpha = pixels("button", {"press": press}, scale=1.0)[..., 3]
        return int(np.flatnonzero(alpha.max(axis=1) > 128)[0])

    for press in (-0.3, 0.4, 1.0, 1.25):
        assert top(press) - top(0.0) == pytest.approx(cap_drop(press), abs=1.5)


def test_a_cap_goes_down_with_its_press_and_no_further_than_its_travel() -> None:
    drops = [cap_drop(press / 20) for press in range(-10, 31)]
    assert drops == sorted(drops)
    assert cap_drop(0.0) == 0.0
    assert cap_drop(9.0) == cap_drop(1.25)
    assert cap_drop(-9.0) == cap_drop(-0.3)


@given(columns=st.integers(1, 10), rows=st.integers(1, 10), seed=st.integers(0, 99_999))
@hypothesis_settings(max_examples=60, deadline=None)
def test_no_block_lands_before_what_it_stands_on(columns: int, rows: int, seed: int) -> None:
    bricks = wall.bricks(columns, rows, seed)
    landed = {(brick.column, brick.row): brick.landing for brick in bricks}
    assert len(landed) == sum(wall.heights(columns, rows))
    for (column, row), landing in landed.items():
        assert landing > 0.3
        if row:
            assert landed[column, row - 1] < landing
    assert list(wall.landings(columns, rows, seed)) == sorted(landed.values())
    assert wall.landings(columns, rows, seed)[-1] < 4.0


@given(columns=st.integers(2, 10), rows=st.integers(1, 10), seed=st.integers(0, 99_999))
@hypothesis_settings(max_examples=60, deadline=None)
def test_neighbours_in_a_wall_differ_in_colour(columns: int, rows: int, seed: int) -> None:
    colours = {(b.column, b.row): b.colour for b in wall.bricks(columns, rows, seed)}
    for (column, row), colour in colours.items():
        assert colours.get((column + 1, row)) != colour
        assert colours.get((column, row + 1)) != colour


def test_a_block_comes_down_ever_faster_and_comes_to_rest_for_good() -> None:
    brick = wall.bricks(4, 6, 0)[7]
    assert wall.pose(brick, brick.landing - 1.0) is None
    falling = [wall.pose(brick, brick.landing - left) for left in (0.4, 0.3, 0.2, 0.1, 0.001)]
    heights = [pose.height for pose in falling if pose is not None]
    steps = [a - b for a, b in itertools.pairwise(heights)]
    assert len(heights) == 5
    assert steps[:3] == sorted(steps[:3])
    landed = wall.pose(brick, brick.landing)
    assert landed is not None
    assert landed.tall < 1 < landed.wide
    rest = wall.pose(brick, brick.landing + wall.SETTLING)
    assert rest is not None
    assert (rest.height, rest.turn, rest.wide, rest.tall) == pytest.approx((0, 0, 1, 1))


def test_a_pennant_waits_as_long_as_it_is_told() -> None:
    landed = wall.landings(3, 4, 5)[-1]
    assert wall.pennant(3, 4, 5, "castle", landed + 1.9, after=2.0) == (0.0, 0.0)
    assert wall.pennant(3, 4, 5, "castle", landed + 1.9) == (1.0, 0.0)
    assert wall.duration(3, 4, 5, after=2.0) > landed + 2.0


def test_a_wall_that_stands_draws_the_same_at_every_later_time() -> None:
    end = wall.duration(3, 4, 5)
    assert pixels("wall", {"t": end}).tobytes() == pixels("wall", {"t": end + 7.3}).tobytes()
    assert pixels("wall", {"t": end - 0.5}).tobytes() != pixels("wall", {"t": end}).tobytes()


def test_nothing_of_a_wall_is_there_before_it_plays() -> None:
    assert not pixels("wall", {"t": -1.0}).any()


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0"), (7.9, "7"), (999, "999"), (1000, "1K"), (1240, "1.2K"), (1299, "1.2K"), (12_400, "12.4K"),
        (999_999, "999.9K"), (1_000_000, "1M"), (2_500_000, "2.5M"), (3_000_000_000, "3B"), (-4, "0"),
    ],
)  # fmt: skip
def test_a_counter_is_short(count: float, shown: str) -> None:
    assert compact(count) == shown


def test_a_heart_beats_and_is_itself_again() -> None:
    assert throb(0.0) == throb(1.0) == 1.0
    assert throb(0.17) > 1.2
    assert throb(0.999) == pytest.approx(1.0, abs=0.01)


def test_the_sound_can_ask_when_blocks_land_without_skia() -> None:
    code = "import sys; import storyreel.timeline.wall; sys.exit('skia' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


SAFE = (60.0, 250.0, 910.0, 1480.0)
SENTENCES = (
    ("Wait.",),
    ("One big block!",),
    ("I made a little dance!",),
    ("When it comes to", "having a great one,"),
    ("you're in control! 🙌",),
    ("Unbelievablyyyyyy",),
    ("jumping, spying, typing",),
)


def caption_page(rows: tuple[str, ...], frames: int = 7) -> CaptionPage:
    """A page of rows whose words sound one after another, at the largest size that the safe box takes."""
    words: list[Word] = []
    indices = []
    for row in rows:
        start = len(words)
        for word in row.split():
            words.append(Word(word, 10 + len(words) * frames, 10 + len(words) * frames + frames - 2))
        indices.append(tuple(range(start, len(words))))
    size = 72.0
    for row in rows:
        line = shape(row, chain(LOOK.faces["caption"]), 72.0)
        room = SAFE[2] - SAFE[0] - 2 * LOOK.caption.pad
        size = min(size, 72.0 * room / (line.ink[2] - line.ink[0]))
    return CaptionPage(8, 30 + len(words) * frames, tuple(words), tuple(indices), size)


def captioned(page: CaptionPage, frame: int) -> np.ndarray:
    """A page on nothing, as large as a tall picture."""
    placed = layout(page, chain(LOOK.faces["caption"]), LOOK.caption, SAFE)
    surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(1080, 1920))
    caption(surface.getCanvas(), placed, page, Said.at(page, frame, LOOK.caption.settle))
    return np.array(surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType))


def pink(picture: np.ndarray) -> tuple[int, int]:
    """The first and the last column in which the pill's pink shows."""
    red, green, blue = (picture[..., i].astype(int) for i in range(3))
    columns = np.flatnonzero(((red > 225) & (green < 160) & (blue > 100) & (blue < 210)).any(axis=0))
    return (int(columns[0]), int(columns[-1])) if len(columns) else (-1, -1)


@pytest.mark.parametrize("rows", SENTENCES)
def test_a_caption_never_leaves_the_strict_box(rows: tuple[str, ...]) -> None:
    page = caption_page(rows)
    for frame in range(page.start, page.end):
        alpha = captioned(page, frame)[..., 3]
        down, across = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
        box = (across[0], down[0], across[-1] + 1, down[-1] + 1)
        assert (box[0] >= SAFE[0], box[1] >= SAFE[1], box[2] <= SAFE[2], box[3] <= SAFE[3]) == (True,) * 4, (frame, box)


def test_the_pill_goes_with_the_word_that_sounds() -> None:
    page = caption_page(("One big block!",))
    assert pink(captioned(page, 9)) == (-1, -1)
    lefts = [pink(captioned(page, word.start + 3))[0] for word in page.words]
    assert lefts == sorted(lefts)
    assert lefts[2] - lefts[0] > 200
    between = page.words[0].end
    assert between < page.words[1].start
    assert pink(captioned(page, between))[0] == pytest.approx(lefts[0], abs=12)


def test_the_pill_pops_past_its_size_and_settles_within_five_frames() -> None:
    page = caption_page(("One big block!",), frames=12)
    start = page.words[1].start
    widths = [right - left for left, right in (pink(captioned(page, start + age)) for age in range(9))]
    assert widths[0] < widths[5] < max(widths[1:4])
    assert len(set(widths[5:])) == 1


def test_words_that_have_not_sounded_stand_there_already() -> None:
    page = caption_page(("One big block!",))
    first, last = captioned(page, 11)[..., 3], captioned(page, page.end - 1)[..., 3]
    assert np.flatnonzero(first.any(axis=0))[-1] == pytest.approx(np.flatnonzero(last.any(axis=0))[-1], abs=40)


def test_a_caption_depends_on_no_more_than_the_age_of_its_page_and_its_word() -> None:
    page = caption_page(("One big block!",), frames=20)
    start = page.words[1].start
    held = {captioned(page, start + age).tobytes() for age in (8, 9, 14, 18, 19)}
    assert len(held) == 1


def test_a_caption_without_spaces_lights_its_words_one_by_one() -> None:
    words = (Word("いっしょに", 10, 20, ""), Word("おどろう", 20, 30, ""))
    page = CaptionPage(8, 40, words, ((0, 1),), 64.0)
    first, second = pink(captioned(page, 17)), pink(captioned(page, 27))
    assert first[1] < second[1]
    assert first[0] < second[0]
