"""The reveal in steps: it begins in the story, the portrait is alone, and the card comes in the order that is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from storyreel.direct.director import direct
from storyreel.direct.handing import meeting
from storyreel.errors import DirectingError, SceneError
from storyreel.looks.kawaii import LOOK
from storyreel.script.read import read_text
from storyreel.timeline.model import Layer, Timeline, WidgetContent
from storyreel.timeline.track import sample
from storyreel.widgets.signature import sheet_of

FIRST = "{shot: {on: michii, size: close}, michii: {look: camera}, cut: {at: 20f, page: lower-right, over: 10f}}"


def film(reveal: str, portrait: str = "me.png") -> str:
    return f"""
storyreel: 2
title: Who
creator: {{name: Mi, handle: "@mi", portrait: {portrait}, message: Hello there}}
hashtags: [Kind]
cast: {{michii: {{puppet: michii}}, grump: {{puppet: grump}}}}
scenes:
  - {{id: a, cast: {{michii: {{}}}}, beats: [{{shot: full, michii: {{do: hop, for: 12f}}}}]}}
reveal: {reveal}
"""


def directed(folder: Path, reveal: str, portrait: str = "me.png") -> Timeline:
    Image.new("RGB", (90, 120), "#AA7788").save(folder / "me.png")
    return direct(read_text(film(reveal, portrait), base=folder), folder).timeline


def layer(timeline: Timeline, name: str) -> Layer:
    return next(one for one in timeline.scenes[-1].layers if one.id == name)


def test_its_first_beat_is_a_shot_of_the_story_and_its_page_leads_to_the_portrait(tmp_path: Path) -> None:
    told = directed(tmp_path, f"{{first: {FIRST}, alone: 24f}}")
    assert [scene.id for scene in told.scenes] == ["a.1", "a.2", "reveal"]
    assert told.scenes[1].length == 20
    way = told.scenes[2].enter
    assert way is not None
    assert (way.kind, way.frames) == ("page lower-right", 10)
    assert layer(told, "card").start == 10 + 24


def test_a_reveal_is_as_long_as_it_says_its_first_beat_included(tmp_path: Path) -> None:
    told = directed(tmp_path, f"{{first: {FIRST}, for: 160f}}")
    assert sum(scene.length for scene in told.scenes[1:]) == 160
    with pytest.raises(DirectingError, match="the last word stands on the card after"):
        directed(tmp_path, "{for: 40f}")


def test_what_stands_on_the_card_comes_in_the_order_that_is_said(tmp_path: Path) -> None:
    values: Any = dict(layer(directed(tmp_path, "{card: [handle, name, hashtag]}"), "card").channels)
    came = {
        name: next(frame for frame in range(200) if sample(values[name], frame) > 0)
        for name in ("handle", "name", "hashtag")
    }
    assert list(came) == sorted(came, key=lambda name: came[name])
    words = {"name": "Mi", "handle": "@mi", "message": "Hello", "hashtag": "#Kind", "closing": "Bye"}
    sheet = sheet_of({**words, "order": "hashtag name"}, LOOK.kit)
    assert sheet.hashtag.first < sheet.name.first < sheet.closing.first
    assert not sheet.message.copy.lines


@pytest.mark.parametrize(
    ("reveal", "said"),
    [
        ("{alone: 20f}", "a face takes 21"),
        ("{guest: {grump: {at: 30f, do: wave}}}", "the portrait is alone until frame"),
    ],
)
def test_nothing_hurries_the_portrait_and_nothing_is_over_it(tmp_path: Path, reveal: str, said: str) -> None:
    with pytest.raises(DirectingError, match=said):
        directed(tmp_path, reveal)


def test_a_guest_stands_on_the_card_and_covers_no_word(tmp_path: Path) -> None:
    told = directed(tmp_path, "{guest: {grump: {do: wave}}}")
    card, guest = layer(told, "card"), layer(told, "guest")
    assert isinstance(card.content, WidgetContent)
    sheet = sheet_of(dict(card.content.settings), LOOK.kit)
    left, top, right, foot = sheet.guest
    assert left > sheet.hashtag.copy.width / 2
    assert foot < sheet.tall / 2
    message = sheet.message.first + sheet.message.lead * (len(sheet.message.copy.lines) - 1)
    assert top > message or not sheet.message.copy.lines
    assert right < sheet.wide / 2
    assert guest.start > card.start


def test_the_portraits_eyes_lie_where_the_drawn_ones_were(tmp_path: Path) -> None:
    told = directed(tmp_path, f"{{first: {FIRST}}}", "{file: me.png, eyes: [0.5, 0.4], apart: 0.25}")
    portrait = layer(told, "opening").children[0]
    plain = directed(tmp_path, f"{{first: {FIRST}}}")
    assert portrait.values(0) != layer(plain, "opening").children[0].values(0)


def test_a_portrait_that_is_moved_for_its_eyes_covers_the_picture() -> None:
    size, picture = (1440.0, 1920.0), (1080.0, 1920.0)
    drawn = ((340.0, 700.0), (640.0, 700.0))
    scale, x, y = meeting((0.5, 0.4), 0.15, size, drawn, picture)
    assert (540 + x, 960 + y + (0.4 - 0.5) * 1920 * scale) == pytest.approx((490, 700))
    assert scale * 0.15 * size[0] == pytest.approx(300, rel=0.02)
    for middle in (100.0, 540.0, 1000.0):
        scale, x, y = meeting((0.5, 0.4), None, size, ((middle - 9, 300.0), (middle + 9, 300.0)), picture)
        assert abs(x) <= (size[0] * scale - picture[0]) / 2 + 0.01
        assert abs(y) <= (size[1] * scale - picture[1]) / 2 + 0.01


@pytest.mark.parametrize(
    ("reveal", "said"),
    [
        ("{card: [name, name]}", "stands on the card twice"),
        ("{guest: {nobody: {do: wave}}}", "nobody in the cast is called 'nobody'"),
        ("{guest: {grump: {press: [0, 0]}}}", "a guest of the reveal can't 'press'"),
        ("{say: Hi}", "nobody can speak this"),
        ("{first: {michi: {do: hop}}}", "unknown key 'michi'; did you mean 'michii'"),
        ("{as: Hi}", "and none is said"),
    ],
)
def test_what_is_wrong_with_a_reveal_is_said_where_it_stands(tmp_path: Path, reveal: str, said: str) -> None:
    with pytest.raises(SceneError, match=said) as refused:
        directed(tmp_path, reveal)
    assert {problem.place.line for problem in refused.value.problems} == {9}
