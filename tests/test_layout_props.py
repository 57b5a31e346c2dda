"""Where props lie: drawings by their middle, words in rows inside the safe box, and what a phone holds inside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import skia

from storyreel.direct.director import direct
from storyreel.looks import pen
from storyreel.looks.kawaii import LOOK
from storyreel.looks.kawaii.pen import WIDGETS
from storyreel.looks.kawaii.switch import _switch
from storyreel.script.models import Script
from storyreel.stage.compose import Grade, compose
from storyreel.text.chain import chain
from storyreel.text.setting import layout
from storyreel.timeline.model import CaptionPage, Layer, Timeline, Word

Box = tuple[float, float, float, float]


def film(base: Path, form: str = "tiktok", **props: dict[str, object]) -> Timeline:
    written = {"storyreel": 1, "title": "Props", "format": form, "reveal": False}
    return direct(Script(**written, scenes=[{"id": "a", "props": props, "beats": [{"wait": "2f"}]}]), base).timeline


def ink(timeline: Timeline, kind: str) -> Box:
    """The box of what one kind of item shows in the first frame, in stage units; a unit or two too large."""
    scale = 0.25
    surface = skia.Surface(*(round(side * scale) for side in timeline.stage_size))
    canvas = surface.getCanvas()
    canvas.scale(scale, scale)
    for item in compose(timeline, pen(timeline.look), 0).items:
        assert not isinstance(item, Grade)
        if kind in str(item.key)[:400]:
            item.draw(canvas)
    rows, columns = np.nonzero(surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., 3] > 100)
    left, top, right, bottom = (at / scale for at in (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1))
    return left, top, right, bottom


def prop(timeline: Timeline, name: str) -> Layer:
    def found(layers: tuple[Layer, ...]) -> list[Layer]:
        return [match for layer in layers for match in ([layer] if layer.id == name else found(layer.children))]

    return found(timeline.scenes[0].layers)[0]


SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="100 50 200 200"{}>'
    '<rect x="100" y="50" width="200" height="200"/></svg>'
)


@pytest.mark.parametrize("rot", [0, 90])
def test_a_drawing_of_ones_own_is_placed_by_the_middle_of_its_viewbox(rot: int, tmp_path: Path) -> None:
    (tmp_path / "square.svg").write_text(SQUARE.format(""))
    timeline = film(tmp_path, square={"kind": "drawing", "file": "square.svg", "size": 2, "rot": rot})
    place = prop(timeline, "square").values(0)
    left, top, right, bottom = ink(timeline, "square.svg")
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((place["x"], place["y"]), abs=5)
    assert right - left == pytest.approx(400, abs=9)


def test_or_by_its_own_pivot(tmp_path: Path) -> None:
    (tmp_path / "square.svg").write_text(SQUARE.format(' data-pivot="200,250"'))
    timeline = film(tmp_path, square={"kind": "drawing", "file": "square.svg"})
    assert ink(timeline, "square.svg")[3] == pytest.approx(prop(timeline, "square").values(0)["y"], abs=5)


def test_a_shipped_drawing_stands_on_its_foot(tmp_path: Path) -> None:
    timeline = film(tmp_path, lamp={"kind": "drawing", "file": "lamp"})
    assert ink(timeline, "lamp.svg")[3] == pytest.approx(prop(timeline, "lamp").values(0)["y"], abs=20)


@pytest.mark.parametrize("form", ["tiktok", "reels", "shorts", "square", "landscape"])
@pytest.mark.parametrize("across", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("words", ["Nobody dances like my little brother does", "ha " * 53])
def test_what_a_post_says_is_set_in_rows_inside_the_safe_box(
    words: str, across: float, form: str, tmp_path: Path
) -> None:
    timeline = film(tmp_path, form, it={"kind": "post", "handle": "@sam", "text": words, "at": [across, 0.4]})
    left, top, right, bottom = ink(timeline, "kind='post'")
    safe = timeline.safe
    assert max(safe[0] - left, safe[1] - top, right - safe[2], bottom - safe[3]) <= 6


def test_a_short_sentence_of_a_post_stays_one_chip_beside_its_column(tmp_path: Path) -> None:
    timeline = film(tmp_path, it={"kind": "post", "handle": "@sam", "text": "So fun!", "at": [0.3, 0.4]})
    assert ink(timeline, "kind='post'")[0] == pytest.approx(prop(timeline, "it").values(0)["x"] - 140, abs=40)


def test_a_long_question_is_asked_in_rows_that_can_be_read() -> None:
    size, rows = _switch({"question": "Who may see what I post here from now on, and for how long do you think"}).asked
    assert len(rows) == 3
    assert size >= 44
    assert _switch({"question": "Who can Duet with you"}).asked[1] == ("Who can Duet with you",)


INSIDE: dict[str, dict[str, object]] = {
    "typing": {"kind": "typing", "text": "I will say something kind"},
    "comment": {"kind": "comment", "handle": "@grump", "text": "You dance like a sack of potatoes in the rain"},
    "mean": {"kind": "comment", "handle": "@grump", "text": "You dance like a sack of potatoes", "tone": "mean"},
    "balloon": {"kind": "balloon", "text": "Oh no, not him again"},
    "shout": {"kind": "balloon", "text": "Oh no, not him again", "tone": "mean"},
    "switch": {"kind": "switch", "question": "Who can Duet with you"},
    "badge": {"kind": "badge", "text": "SIXTEEN LETTERS!"},
}


@pytest.mark.parametrize("frame", [{"kind": "phone", "width": 560}, {"kind": "pane", "width": 300, "height": 600}])
@pytest.mark.parametrize("name", INSIDE)
def test_what_a_phone_or_a_pane_holds_is_no_wider_than_it(name: str, frame: dict[str, object], tmp_path: Path) -> None:
    written = INSIDE[name]
    timeline = film(tmp_path, frame=frame, held={**written, "in": "frame"})
    outline = WIDGETS[str(frame["kind"])].outline
    assert outline is not None
    shown = dict(prop(timeline, "frame").content.frame.settings)  # type: ignore[union-attr]
    screen = outline(shown, {}).getBounds().width()
    # Alone, of the same size, so that nothing cuts it.
    alone = film(tmp_path, held={**written, "size": prop(timeline, "held").values(0)["scale"], "at": [0.5, 0.5]})
    left, _, right, _ = ink(alone, f"kind='{written['kind']}'")
    assert screen * 0.6 < right - left <= screen + 4


def test_what_is_small_enough_keeps_its_size_in_a_phone(tmp_path: Path) -> None:
    held = {"kind": "typing", "text": "hi", "in": "frame", "size": 0.4}
    timeline = film(tmp_path, frame={"kind": "phone"}, held=held)
    assert prop(timeline, "held").values(0)["scale"] == pytest.approx(0.4, abs=0.001)


@pytest.mark.parametrize("form", ["tiktok", "reels", "shorts", "square", "landscape"])
@pytest.mark.parametrize(
    ("kind", "at"), [("title", [0.5, -0.02]), ("badge", [0.5, -0.02]), ("badge", [0.02, 0.5]), ("badge", [0.98, 1.0])]
)
def test_the_edge_of_the_picture_cuts_no_title_and_no_badge(
    kind: str, at: list[float], form: str, tmp_path: Path
) -> None:
    timeline = film(tmp_path, form, it={"kind": kind, "text": "Block", "at": at})
    left, top, right, bottom = ink(timeline, f"kind='{kind}'")
    width, height = timeline.stage_size
    assert min(left, top, width - right, height - bottom) > 0


def test_what_waits_outside_the_picture_stays_there(tmp_path: Path) -> None:
    timeline = film(tmp_path, it={"kind": "badge", "text": "Block", "at": [1.9, 0.4]})
    assert prop(timeline, "it").values(0)["x"] == pytest.approx(60 + 1.9 * 850)


@pytest.mark.parametrize("form", ["tiktok", "reels", "shorts", "square", "landscape"])
def test_captions_stand_below_the_feet_at_the_foot_of_the_safe_box(form: str, tmp_path: Path) -> None:
    _, top, _, bottom = safe = film(tmp_path, form).safe
    page = CaptionPage(0, 10, (Word("quietly", 0, 10),), ((0,),), 72)
    placed = layout(page, chain(LOOK.faces["caption"]), LOOK.caption, safe)
    feet = top + 0.878 * (bottom - top)
    assert feet < placed.rows[0][2] - 0.75 * page.size
    assert placed.ink[3] <= bottom
