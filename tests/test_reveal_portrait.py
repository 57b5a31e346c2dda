"""The portrait alone: it fills the picture in every format, stays behind its frame, and its card is legible."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from storyreel.cli.starter import start
from storyreel.direct.mount import laid, shown_of
from storyreel.film.review import review
from storyreel.looks.kawaii import LOOK
from storyreel.media.stills import pixels
from storyreel.timeline.track import keyed, sample
from storyreel.treatment.look import RevealStyle
from storyreel.widgets.signature import begun, sheet_of

PICTURES = [((1080, 1920), (60.0, 250.0, 910.0, 1480.0)), ((1080, 1080), (54.0, 54.0, 1026.0, 1026.0))]
PICTURES.append(((1920, 1080), (96.0, 54.0, 1824.0, 1026.0)))
WORDS = {"name": "Michii", "handle": "@milkymichii", "message": "You're in control 🙌", "hashtag": "#CreateKindness"}
CLOSING = "Behind every account is a real human being who deserves to be treated with kindness and respect."


@pytest.mark.parametrize("share", [9 / 16, 1.0, 16 / 9, None])
@pytest.mark.parametrize(("picture", "safe"), PICTURES)
def test_a_portrait_covers_the_picture_and_then_the_opening_it_is_seen_through(
    picture: tuple[int, int], safe: tuple[float, float, float, float], share: float | None
) -> None:
    (_, _, radius), _ = laid(safe, picture[0], RevealStyle().words)
    shown = shown_of(share, picture, radius)
    opened = keyed((0, 4.0, "out-cubic"), (15, 1.0))
    scales = shown.scales(opened, 0, 15)
    assert shown.width >= picture[0] - 0.1
    assert shown.height / 2 - shown.whole >= picture[1] / 2 - 0.1
    for frame, scale in enumerate(scales):
        wide, tall = (
            min(side * radius * sample(opened, frame), edge) for side, edge in zip((2.2, 2.3), picture, strict=True)
        )
        assert min(shown.width * scale - wide, shown.height * scale - tall) >= -0.1
    assert scales == sorted(scales, reverse=True)
    assert shown.height * scales[-1] / 2 - shown.framed >= 2.3 * radius / 2 - 0.1


@pytest.mark.parametrize(("picture", "safe"), PICTURES)
def test_a_card_stays_in_its_room_and_its_closing_sentence_can_be_read(
    picture: tuple[int, int], safe: tuple[float, float, float, float]
) -> None:
    _, (left, top, right, bottom) = laid(safe, picture[0], RevealStyle().words)
    settings = {**WORDS, "closing": CLOSING, "width": right - left, "height": bottom - top}
    sheet = sheet_of(settings, LOOK.kit)
    blocks = (sheet.name, sheet.handle, sheet.message, sheet.hashtag, sheet.closing)
    assert sheet.tall <= bottom - top
    assert min(sheet.wide - block.copy.width for block in blocks) > 40
    assert sheet.closing.copy.size >= 28
    bottoms = [block.first + block.lead * (len(block.copy.lines) - 1) for block in blocks]
    assert bottoms == sorted(bottoms)
    assert bottoms[-1] < sheet.tall / 2 - 20
    assert "".join(line.text for line, _, _ in begun(sheet.message, 6, LOOK.kit)).strip() == "You're"


def test_a_picture_that_was_held_on_its_side_is_as_wide_as_it_is_seen(tmp_path: Path) -> None:
    held = Image.Exif()
    held[0x0112] = 6
    Image.new("RGB", (40, 20)).save(tmp_path / "me.jpg", exif=held)
    assert pixels(tmp_path / "me.jpg") == (20, 40)


def test_a_portrait_of_far_too_few_pixels_is_told_with_its_line(tmp_path: Path) -> None:
    start(tmp_path / "film")
    scene = tmp_path / "film" / "scene.yaml"
    assert review(scene)[1] == ()
    line = next(n for n, text in enumerate(scene.read_text().splitlines(), 1) if "portrait: " in text)
    Image.new("RGB", (440, 780)).save(tmp_path / "film" / "portrait.png")
    assert review(scene)[1] == ()
    Image.new("RGB", (200, 260)).save(tmp_path / "film" / "portrait.png")
    (told,) = review(scene)[1]
    assert (told.place.line, told.level) == (line, "warning")
    assert told.message == (
        "portrait.png is 200x260 and fills 1080x1920: it is enlarged 7.4 times; take one of at least 1477x1920"
    )
    scene.write_text(scene.read_text().replace("portrait: portrait.png", "portrait: {file: portrait.png}"))
    assert [one.place.line for one in review(scene)[1]] == [line]
