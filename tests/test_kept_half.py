"""A sheet torn down before the portrait: one half goes, the other stays on the portrait and moves with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from storyreel.direct.director import direct
from storyreel.errors import SceneError
from storyreel.script.read import read_text
from storyreel.timeline.track import sample

FILM = """
storyreel: 2
title: Who
creator: {name: Mi, handle: "@mi", portrait: me.png, label: stand-in portrait, message: Be kind}
cast: {michii: {puppet: michii}}
scenes:
  - id: one
    cast: {michii: {}}
    beats:
      - {michii: {do: wave}, wait: 1s, cut: {at: 1s}}
reveal:
  first: {michii: {look: camera}, cut: {at: 9f, tear: down, over: 30f, keep: true}}
"""


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    Image.new("RGB", (600, 900), "#805030").save(tmp_path / "me.png")
    return tmp_path


def test_the_half_that_is_kept_lies_on_the_portrait_from_the_end_of_the_tear_on(beside: Path) -> None:
    reveal = direct(read_text(FILM, "f", beside), beside).timeline.scenes[-1]
    layers = {layer.id: layer for layer in reveal.layers}
    kept, opening = layers["kept"], layers["opening"]
    assert (kept.start, kept.end) == (30, reveal.length)
    portrait = dict(next(child for child in opening.children if child.id == "portrait").channels)
    size = [sample(dict(kept.channels)["scale"], frame) for frame in (30, reveal.length - 1)]
    assert size == pytest.approx(
        [sample(portrait["scale"], frame) / sample(portrait["scale"], 0) for frame in (30, reveal.length - 1)], abs=0.01
    )
    whole = direct(read_text(FILM.replace(", keep: true", ""), "f", beside), beside).timeline.scenes[-1]
    assert "kept" not in {layer.id for layer in whole.layers}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("tear: down, over: 30f, keep", "tear: left, over: 30f, keep", "write tear: down, too"),
        ("cut: {at: 1s}", "cut: {at: 1s, tear: down, keep: true}", "kept on the portrait alone"),
        ("title: Who", "title: Who\nreveal: false", "kept on the portrait alone"),
    ],
)
def test_a_half_that_nothing_comes_under_is_refused(old: str, new: str, said: str, beside: Path) -> None:
    text = FILM.replace(old, new)
    if "reveal: false" in new:
        text = text[: text.index("\nreveal:\n")].replace("cut: {at: 1s}", "cut: {at: 1s, tear: down, keep: true}")
    with pytest.raises(SceneError, match=said):
        read_text(text, "f", beside)
