"""The pill goes from word to word in every script, in the direction in which it is read."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
import skia

from storyreel.direct.captioning import pages
from storyreel.looks import look
from storyreel.looks.kawaii import titles
from storyreel.looks.kawaii.captions import caption
from storyreel.looks.kawaii.type_case import faces
from storyreel.stage.type_shapes import lettering, wrapped
from storyreel.text.chain import chain
from storyreel.text.setting import layout
from storyreel.text.words import words
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Line, Word
from storyreel.treatment.look import Said

LOOK = look("kawaii")
FACES = chain(LOOK.faces["caption"])
SAFE = (60.0, 250.0, 910.0, 1480.0)
FRAMES = 12
ADDRESS = "https://www.example.com/create-kindness/behind-every-account"


def places(text: str, language: str) -> list[float]:
    """The middle of the pill (x) while each word of a one-row line sounds."""
    said = tuple(Word(word.text, FRAMES * n, FRAMES * (n + 1), word.space) for n, word in enumerate(words(text)))
    (page,) = pages([Line("a", "mi", said)], FACES, LOOK.caption, SAFE, language, Clock(Fraction(30)), 200)
    assert len(page.rows) == 1
    placed = layout(page, FACES, LOOK.caption, SAFE, language)
    found = []
    for word in page.words:
        surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(1080, 1600))
        caption(surface.getCanvas(), placed, page, Said.at(page, word.end - 1, LOOK.caption.settle))
        red, green, blue, _ = np.moveaxis(surface.toarray(colorType=skia.kRGBA_8888_ColorType).astype(int), -1, 0)
        pink = np.flatnonzero(((red > 225) & (green < 160) & (blue > 100) & (blue < 210)).any(axis=0))
        found.append(float(pink[0] + pink[-1]) / 2)
    return found


@pytest.mark.parametrize(
    ("text", "language", "leftwards"),
    [
        ("नमस्ते प्यारी दुनिया", "hi", False),
        ("優しさと敬意を", "ja", False),
        ("hi 👩‍👩‍👧 🇩🇪 1️⃣ you", "en", False),
        ("journée\u00a0! Tu viens\u202f?", "fr", False),
        ("مرحبا بكم جميعا", "ar", True),
        ("שלום TikTok עולם", "he", True),
        ("مرحبا بكم", "en", True),
        ("שלום \u2066TikTok\u2069 עולם", "he", True),
    ],
)
def test_the_pill_goes_as_the_script_is_read(text: str, language: str, leftwards: bool) -> None:
    found = places(text, language)
    assert len(found) == len(words(text)) > 1
    assert all((one > other) is leftwards for one, other in pairwise(found)), found


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Block the Bullies", ["Block", "the Bullies"]),
        ("優しさと敬意を受けるに値する", ["優しさと敬意を", "受けるに値する"]),
        (ADDRESS, ["https://www.example.", "com/create-kindness/", "behind-every-account"]),
    ],
)
def test_a_title_breaks_by_sense_in_every_script(text: str, rows: list[str]) -> None:
    assert list(titles._split(text)) == rows


def test_a_title_of_any_length_can_be_read() -> None:
    title = titles._set("Behind every account is a real human being who deserves respect. " * 6)
    assert title.size > 40
    assert title.width <= 850


def test_a_comments_address_keeps_to_its_rows() -> None:
    rows = wrapped(f"See {ADDRESS}", faces("title"), 48.0, 520.0)
    assert all(lettering(row, faces("title"), 48.0).width <= 520 for row in rows)
    assert "".join(rows).replace(" ", "") == f"See{ADDRESS}"
