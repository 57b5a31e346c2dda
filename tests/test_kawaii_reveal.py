"""The reveal's widgets and the transitions: what they cover, what they keep clear, how they change."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import skia
from hypothesis import given, settings
from hypothesis import strategies as st
from test_kawaii_widgets import bounds_of, draw_widget

from storyreel.errors import StoryreelError
from storyreel.looks.kawaii import transitions
from storyreel.looks.kawaii.cloth import CLOTH
from storyreel.looks.kawaii.iris import IRIS, bent
from storyreel.looks.kawaii.reveal_card import CARD
from storyreel.looks.kawaii.signature import SIGNATURE
from storyreel.treatment.widget import Settings, Widget

SIZE = (1080.0, 1920.0)
SAFE = (60.0, 250.0, 910.0, 1480.0)
CLOSING_LINE = "Behind every account is a real human being who deserves to be treated with kindness and respect."
CARDS: dict[str, Settings] = {
    "short": {
        "name": "Michii",
        "handle": "@milkymichii",
        "message": "You're in control 🙌",
        "hashtag": "#CreateKindness",
    },
    "long": {
        "name": "Alexandrina von Hohenzollern-Sigmaringen und zu Lauenburg",
        "handle": "@a_really_quite_long_handle.of.mine.and.yours.together",
        "message": "I would rather spend a whole afternoon drawing for one kind person than win a shouting match 💛🙌",
        "hashtag": "#CreateKindnessTogetherEverywhereAndAlwaysAndForAll",
    },
    "one word": {"name": "Wolfeschlegelsteinhausenbergerdorff", "handle": "", "message": "m" * 90, "hashtag": ""},
    "bare": {"name": "Jo", "handle": "", "message": "", "hashtag": "", "closing": ""},
    "japanese": {
        "name": "ミッチー",
        "handle": "@michii.jp",
        "message": "あなたが決めていいんだよ 🙌",
        "hashtag": "#やさしさ",
    },
    "arabic": {"name": "مريم", "handle": "@maryam", "message": "أنتِ تتحكمين 🙌", "hashtag": "#كن_لطيفا"},
}


def painted(draw: Callable[[Any], None], scale: float = 0.25, size: tuple[float, float] = SIZE) -> np.ndarray:
    """What a drawing leaves on an empty picture: its alpha, rows by columns."""
    target = skia.Surface(round(size[0] * scale), round(size[1] * scale))
    canvas = target.getCanvas()
    canvas.scale(scale, scale)
    depth = canvas.getSaveCount()
    draw(canvas)
    assert canvas.getSaveCount() == depth
    return np.asarray(target.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType))


def ink(pixels: np.ndarray, scale: float = 0.25) -> tuple[float, float, float, float]:
    rows, columns = np.nonzero(pixels[..., 3] > 8)
    return columns.min() / scale, rows.min() / scale, (columns.max() + 1) / scale, (rows.max() + 1) / scale


def put(widget: Widget, x: float, y: float, given_: Settings, values: dict[str, float]) -> Callable[[Any], None]:
    def draw(canvas: Any) -> None:
        canvas.save()
        canvas.translate(x, y)
        draw_widget(widget, canvas, given_, values)
        canvas.restore()

    return draw


def sweep(kind: str, progress: float, seed: int, size: tuple[float, float] = SIZE) -> np.ndarray:
    return painted(lambda canvas: transitions.draw(canvas, kind, progress, size, seed), size=size)


def card(name: str) -> Settings:
    return {"closing": CLOSING_LINE, "width": SAFE[2] - SAFE[0], **CARDS[name]}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_stays_inside_the_safe_box_whatever_is_on_it(name: str) -> None:
    middle = (SAFE[0] + SAFE[2]) / 2
    left, top, right, bottom = ink(painted(put(CARD, middle, SAFE[3], card(name), {"appear": 1, "closing": 1})))
    assert left >= SAFE[0]
    assert right <= SAFE[2]
    assert bottom <= SAFE[3]
    assert top >= SAFE[1] + 500, "the face above stays clear"


@pytest.mark.parametrize("name", ["short", "long"])
def test_a_cards_type_leaves_room_for_the_character_beside_it(name: str) -> None:
    """Every row of type ends left of the last 240 units."""
    from storyreel.looks.kawaii.reveal_card import _sheet
    from storyreel.widgets.reveal import words_of

    sheet = _sheet(words_of(card(name)))
    for row in (*sheet.name, *sheet.handle, *sheet.message, *sheet.closing):
        assert 54 + row.line.width <= sheet.width - 230


def test_a_card_says_everything_it_is_given() -> None:
    from storyreel.looks.kawaii.reveal_card import _sheet
    from storyreel.widgets.reveal import words_of

    for name, given_ in CARDS.items():
        sheet = _sheet(words_of(card(name)))
        assert " ".join(row.line.text for row in sheet.message) == given_["message"]
        assert " ".join(row.line.text for row in sheet.name) == given_["name"]
        baselines = [row.baseline for row in (*sheet.name, *sheet.handle, *sheet.message, *sheet.closing)]
        assert baselines == sorted(baselines)


def test_the_closing_sentence_comes_after_the_card() -> None:
    whole, early = (
        painted(put(CARD, 485, 1480, card("short"), {"appear": 1, "closing": closing}), 0.5) for closing in (1, 0)
    )
    assert np.abs(whole.astype(int) - early.astype(int)).sum() > 0
    assert ink(whole, 0.5) == ink(early, 0.5)


def test_a_card_that_has_not_come_paints_nothing() -> None:
    assert painted(put(CARD, 485, 1480, card("short"), {"appear": 0, "closing": 0}))[..., 3].max() == 0


@pytest.mark.parametrize("size", [SIZE, (1080.0, 1080.0), (1920.0, 1080.0)])
@pytest.mark.parametrize("seconds", [0.0, 3.7])
def test_the_cloth_covers_the_whole_picture(size: tuple[float, float], seconds: float) -> None:
    given_: Settings = {"width": size[0], "height": size[1]}
    alpha = painted(put(CLOTH, 0, 0, given_, {"t": seconds}), size=size)[..., 3]
    assert alpha.min() == 255


def test_the_cloth_moves() -> None:
    given_: Settings = {"width": 1080, "height": 1920}
    first, later = (painted(put(CLOTH, 0, 0, given_, {"t": t})) for t in (0.0, 0.5))
    assert np.abs(first.astype(int) - later.astype(int)).mean() > 0.2


@given(opened=st.floats(0.05, 1.12), turn=st.floats(-60, 60), radius=st.floats(120, 560))
@settings(max_examples=40, deadline=None)
def test_the_irises_opening_grows_with_how_far_it_is_open(opened: float, turn: float, radius: float) -> None:
    assert IRIS.outline is not None
    box = IRIS.outline({"radius": radius}, {"open": opened, "turn": turn}).computeTightBounds()
    reach = radius * opened
    assert max(-box.left(), -box.top(), box.right(), box.bottom()) <= reach + 1
    assert box.width() > 1.3 * reach
    inside = IRIS.outline({"radius": radius}, {"open": opened, "turn": turn})
    assert inside.contains(0, 0)


@pytest.mark.parametrize("opened", [0.3, 1.0, 1.12])
@pytest.mark.parametrize("ears", [-0.2, 0.0, 1.0, 1.3])
def test_all_of_an_iris_lies_in_its_bounds(opened: float, ears: float) -> None:
    given_: Settings = {"radius": 300, "label": "stand-in portrait"}
    left, top, right, bottom = ink(
        painted(put(IRIS, 540, 900, given_, {"open": opened, "settle": ears, "turn": -7, "t": 0.3}))
    )
    bounds = bounds_of(IRIS, given_)
    assert left - 540 >= bounds[0]
    assert top - 900 >= bounds[1]
    assert right - 540 <= bounds[2]
    assert bottom - 900 <= bounds[3]


def test_a_shut_iris_paints_nothing() -> None:
    given_: Settings = {"radius": 425, "label": "stand-in portrait"}
    assert painted(put(IRIS, 485, 660, given_, {"open": 0.0, "settle": 0.0}))[..., 3].max() == 0


def test_only_a_stand_in_is_labelled() -> None:
    values = {"open": 1.0, "settle": 1.0, "turn": -7.0}
    plain = painted(put(IRIS, 485, 660, {"radius": 425, "label": ""}, values))
    labelled = painted(put(IRIS, 485, 660, {"radius": 425, "label": "stand-in portrait"}, values))
    assert np.abs(plain.astype(int) - labelled.astype(int)).sum() > 0


@given(st.floats(-160, 160), st.floats(1, 300))
def test_a_curl_keeps_the_length_of_what_it_curls(degrees: float, along: float) -> None:
    steps = [bent((0.0, -along * i / 64), degrees, 300.0) for i in range(65)]
    length = sum(np.hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(steps))
    assert length == pytest.approx(along, rel=2e-3)


COVERING = [kind for kind in transitions.KINDS if kind != "cut"]


@pytest.mark.parametrize("size", [SIZE, (1080.0, 1080.0), (1920.0, 1080.0)])
@pytest.mark.parametrize("seed", [0, 5])
@pytest.mark.parametrize("kind", COVERING)
def test_a_transition_covers_all_where_the_scenes_change(kind: str, seed: int, size: tuple[float, float]) -> None:
    for progress in (0.49, 0.5, 0.51):
        alpha = sweep(kind, progress, seed, size)[..., 3]
        assert alpha.min() >= 254


@pytest.mark.parametrize("kind", ["heart", "bunny", "star"])
def test_an_iris_closes_and_opens_where_it_is_told(kind: str) -> None:
    def sweep_to(progress: float) -> np.ndarray:
        return painted(
            lambda canvas: transitions.draw(canvas, kind, progress, (1080, 1920), 0, (700, 600)), size=(1080, 1920)
        )

    rows, columns = np.nonzero(sweep_to(0.36)[..., 3] == 0)
    assert columns.mean() * 4 == pytest.approx(700, abs=40)
    assert rows.mean() * 4 == pytest.approx(600, abs=90)
    assert not sweep_to(0.005)[..., 3].any()
    assert not sweep_to(0.995)[..., 3].any()


@pytest.mark.parametrize("kind", transitions.KINDS)
def test_a_transition_is_nowhere_at_either_end(kind: str) -> None:
    for progress in (0.0, 1.0):
        assert sweep(kind, progress, 1)[..., 3].max() == 0


@pytest.mark.parametrize("kind", COVERING)
def test_a_transition_neither_pops_in_nor_out(kind: str) -> None:
    for progress in (0.004, 0.996):
        alpha = sweep(kind, progress, 1)[..., 3]
        assert alpha.mean() < 26


def test_a_cut_covers_nothing() -> None:
    assert sweep("cut", 0.5, 1)[..., 3].max() == 0


def test_equal_seeds_drop_equal_blocks() -> None:
    first, again, other = (sweep("blocks", 0.5, seed) for seed in (4, 4, 5))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_an_unknown_transition_is_named() -> None:
    with pytest.raises(StoryreelError, match="unknown transition 'hart'; did you mean 'heart'"):
        transitions.draw(skia.Surface(8, 8).getCanvas(), "hart", 0.5, (8, 8), 0)


def covered(progress: float) -> np.ndarray:
    """What of the picture lies under the hood."""
    return sweep("hood", progress, 1)[..., 3] > 250


def test_the_hood_is_taken_and_lifted_before_it_is_drawn_down_over_all_of_the_picture() -> None:
    reach = [int(covered(progress)[:, -1].sum()) for progress in (0.05, 0.15, 0.25, 0.34)]
    assert reach[0] < reach[1] > reach[2] < reach[3]
    assert covered(0.499).all()
    assert not sweep("hood", 1.0, 1)[..., 3].any()


def test_the_star_in_the_hood_opens_where_her_clip_was_and_flies_to_the_face() -> None:
    middles = []
    for progress in (0.64, 0.86):
        rows, columns = np.nonzero(~covered(progress))
        middles.append((columns.mean() * 4 / SIZE[0], rows.mean() * 4 / SIZE[1]))
    assert middles[0] == pytest.approx((0.72, 0.27), abs=0.03)
    assert middles[1] == pytest.approx((0.5, 0.44), abs=0.09)


def test_what_is_set_small_on_the_card_waits_for_the_name() -> None:
    said: Settings = {"name": "Michii", "closing": "Behind every account is a human.", "width": 850, "height": 560}
    values = {"name": 0.0, "handle": 0.0, "letters": 0.0, "hashtag": 0.0, "closing": 1.0}
    dark = []
    for named in (0.0, 1.0):
        card = painted(put(SIGNATURE, 540, 900, said, {**values, "name": named}), 0.5)
        dark.append(int((card[450:520, 120:420, 1] < 90).sum()))
    assert dark[0] == 0 < dark[1]
