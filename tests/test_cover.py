"""A portrait that is cut out makes a cover where a look has one: the name behind the head, no frame round it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from storyreel.direct.director import direct
from storyreel.media.stills import cut_out
from storyreel.script.read import read_text
from storyreel.timeline.model import Layer, WidgetContent

FILM = """
storyreel: 2
title: Who
look: {look}
creator: {{name: Mi, handle: "@mi", portrait: me.png, label: stand-in portrait, message: "Be kind, #CreateKindness"}}
cast: {{michii: {{puppet: michii}}}}
scenes:
  - {{id: a, cast: {{michii: {{}}}}, beats: [{{shot: full, michii: {{do: hop, for: 12f}}}}]}}
"""
CLEAR = Image.new("RGBA", (90, 120), (0, 0, 0, 0))
CLEAR.paste((170, 119, 136, 255), (20, 30, 70, 120))


def reveal(folder: Path, look: str, portrait: Image.Image) -> dict[str, Layer]:
    portrait.save(folder / "me.png")
    told = direct(read_text(FILM.format(look=look), base=folder), folder).timeline
    return {layer.id: layer for layer in told.scenes[-1].layers}


def test_somebody_cut_out_stands_before_their_name(tmp_path: Path) -> None:
    layers = reveal(tmp_path, "comic", CLEAR)
    assert layers["ground"].order < layers["masthead"].order < layers["opening"].order < layers["card"].order
    assert "label" not in layers
    content = layers["card"].content
    assert isinstance(content, WidgetContent)
    assert dict(content.settings)["label"] == "stand-in portrait"


@pytest.mark.parametrize(("look", "portrait"), [("comic", CLEAR.convert("RGB")), ("kawaii", CLEAR)])
def test_a_photograph_or_a_look_without_covers_keeps_its_frame(
    look: str, portrait: Image.Image, tmp_path: Path
) -> None:
    layers = reveal(tmp_path, look, portrait)
    assert "masthead" not in layers
    assert "label" in layers


def test_a_picture_is_cut_out_whose_upper_corners_are_clear(tmp_path: Path) -> None:
    kept = CLEAR.copy()
    kept.putpixel((89, 0), (1, 2, 3, 255))
    for name, picture, expected in (
        ("cut", CLEAR, True),
        ("kept", kept, False),
        ("photo", CLEAR.convert("RGB"), False),
    ):
        picture.save(tmp_path / f"{name}.png")
        assert cut_out(tmp_path / f"{name}.png") is expected
