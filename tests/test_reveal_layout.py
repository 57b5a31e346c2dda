"""The reveal in tall, square and wide pictures: inside the safe box, its card beside or below the portrait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import skia
from PIL import Image

from storyreel.direct.director import direct
from storyreel.looks import pen
from storyreel.script.formats import format_names
from storyreel.script.models import Script
from storyreel.stage.compose import Grade, Item, compose
from storyreel.timeline.model import Layer, Timeline

SIZES = [(2560, 1080), (1080, 2520), (1080, 1350), (480, 854)]
FORMATS = [*format_names(), *({"width": width, "height": height} for width, height in SIZES)]
INSIDE = [form for form in FORMATS if form != "tiktok"]
CARDS = {
    "short": {"name": "Michii", "handle": "@milkymichii", "message": "You're in control 🙌"},
    "bare": {"name": "Jo", "handle": "@jo", "message": "Hi"},
    "long": {
        "name": "Alexandrina von Hohenzollern-Sigmaringen und zu Lauenburg",
        "handle": "@a_really_quite_long_handle.of.mine.and.yours.together",
        "message": "I would rather spend a whole afternoon drawing for one kind person than win a shouting match 💛",
    },
    "one word": {"name": "Wolfeschlegelsteinhausenbergerdorff", "handle": "@w", "message": "m" * 90},
}
Box = tuple[float, float, float, float]


def named(form: object) -> str:
    return form if isinstance(form, str) else "{width}x{height}".format(**form)  # type: ignore[arg-type]


def script(form: object, card: str, guest: str = "michii") -> Script:
    return Script(
        **{"storyreel": 1, "title": "Reveal", "format": form, "hashtags": ["CreateKindness"]},
        cast={"m": {"puppet": guest}} if guest else {},
        creator={"portrait": "me.png", "label": "stand-in portrait", **CARDS[card]},
        scenes=[{"id": "a", "beats": [{"wait": "1f"}]}],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.new("RGB", (64, 64), "#8CC8FF").save(tmp_path / "me.png")
    return tmp_path


def film(folder: Path, form: object, card: str, guest: str = "michii") -> Timeline:
    return direct(script(form, card, guest), folder).timeline


def everything(item: Item) -> bool:
    return "ground" not in str(item.key)[:60]


def ink(timeline: Timeline, keep: Callable[[Item], bool] = everything, seconds: float = 4.0) -> Box:
    """The box of what the reveal shows once it has opened, in stage units; a unit or two too large."""
    scale = 320 / max(timeline.stage_size)
    surface = skia.Surface(*(round(side * scale) for side in timeline.stage_size))
    canvas = surface.getCanvas()
    canvas.scale(scale, scale)
    for item in compose(timeline, pen(timeline.look), timeline.clock.frames(seconds)).items:
        assert not isinstance(item, Grade)
        if keep(item):
            item.draw(canvas)
    alpha = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., 3]
    rows, columns = np.nonzero(alpha > 60)
    left, top, right, bottom = (at / scale for at in (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1))
    return left, top, right, bottom


def beyond(inner: Box, outer: Box) -> float:
    """How far a box reaches past another."""
    return max(outer[0] - inner[0], outer[1] - inner[1], inner[2] - outer[2], inner[3] - outer[3])


def part(timeline: Timeline, name: str) -> Layer:
    return next(layer for layer in timeline.scenes[-1].layers if layer.id == name)


def card_only(item: Item) -> bool:
    return "kind='card'" in str(item.key)[:60]


@pytest.mark.parametrize("form", INSIDE, ids=named)
@pytest.mark.parametrize("card", CARDS)
def test_all_of_the_reveal_is_inside_the_safe_box(form: object, card: str, folder: Path) -> None:
    timeline = film(folder, form, card)
    assert beyond(ink(timeline), timeline.safe) <= 6


@pytest.mark.parametrize("form", FORMATS, ids=named)
def test_so_it_is_with_a_guest_wider_than_tall(form: object, folder: Path) -> None:
    timeline = film(folder, form, "short", "grump")
    assert beyond(ink(timeline), timeline.safe) <= 6


@pytest.mark.parametrize("form", ["landscape", {"width": 2560, "height": 1080}], ids=named)
def test_a_wide_picture_has_its_card_beside_the_portrait(form: object, folder: Path) -> None:
    timeline = film(folder, form, "long")
    portrait = part(timeline, "opening").values(100)["x"]
    assert ink(timeline, card_only)[0] > portrait + 400


@pytest.mark.parametrize("form", FORMATS, ids=named)
@pytest.mark.parametrize("card", ["short", "long"])
def test_the_guest_stands_clear_of_the_words(card: str, form: object, folder: Path) -> None:
    timeline = film(folder, form, card)
    paper, guest = part(timeline, "card"), part(timeline, "guest")
    place = paper.values(100)
    wide = min(900.0, dict(paper.content.settings)["width"]) * place["scale"]  # type: ignore[union-attr, type-var, operator]
    body = guest.values(100)["x"] - 0.19 * 1012 * guest.values(100)["scale"]
    assert body >= place["x"] + wide / 2 - 273 * place["scale"] - 2


def test_without_a_guest_the_reveal_is_laid_out_all_the_same(folder: Path) -> None:
    for form in INSIDE:
        timeline = film(folder, form, "short", "")
        assert beyond(ink(timeline), timeline.safe) <= 6, form
