"""A film's ledger: which frames came out otherwise, and whose doing that is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from test_cli import call

from storyreel.errors import StoryreelError
from storyreel.publish.ledger import Ledger, read_ledger, verdict, written

BEFORE = Ledger({"scene.yaml": "aa"}, {"skia-python": "144"}, ("a", "b", "c", "d", "e"), "s")
SCENE = """\
storyreel: 2
title: T
format: {width: 160, height: 160}
scenes:
  - {id: a, props: {it: {kind: badge, text: ONE, at: [0.5, 0.3]}}, beats: [{wait: 0.2s}]}
"""


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (BEFORE, ["the same: 5 frames, and the sound"]),
        (replace(BEFORE, toolchain={"skia-python": "145"}), ["the same: 5 frames, and the sound"]),
        (
            replace(BEFORE, frames=("a", "x", "y", "d", "z")),
            ["3 frames differ: 1 to 2, 4", "regression: what it is made from and with is the same"],
        ),
        (
            replace(BEFORE, sound="t", toolchain={"skia-python": "145"}),
            ["the sound differs", "toolchain changed: skia-python"],
        ),
        (
            replace(BEFORE, frames=("a", "b"), source={"scene.yaml": "bb", "mi.png": "cc"}),
            ["2 frames, where there were 5", "source changed: mi.png, scene.yaml"],
        ),
    ],
)
def test_a_verdict_says_what_differs_and_whose_doing_it_is(now: Ledger, said: list[str]) -> None:
    found = verdict(BEFORE, now)
    assert list(found.said) == said
    assert found.same == (len(said) == 1 and said[0].startswith("the same"))


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "l.json"
    path.write_text(written(BEFORE))
    assert read_ledger(path) == BEFORE
    path.write_text("{}")
    with pytest.raises(StoryreelError, match="this is no ledger"):
        read_ledger(path)


def test_the_command_tells_a_changed_source_from_a_film_that_stayed(tmp_path: Path) -> None:
    scene, kept = tmp_path / "scene.yaml", str(tmp_path / "kept.json")
    scene.write_text(SCENE)
    assert call("digest", str(scene), "-o", kept).returncode == 0
    again = call("digest", str(scene), "--against", kept)
    assert (again.returncode, again.stdout) == (0, "the same: 6 frames, and the sound\n")
    scene.write_text(SCENE.replace("ONE", "TWO"))
    other = call("digest", str(scene), "--against", kept)
    assert other.returncode == 1
    assert "6 frames differ: 0 to 5\nsource changed: scene.yaml\n" in other.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.json", "scene.yaml"]
