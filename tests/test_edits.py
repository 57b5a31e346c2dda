"""A change in a script has only those chunks drawn again that show it, also where everything after it moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyreel.direct.director import direct
from storyreel.render.film import plan
from storyreel.script.read import read_text

SCENE = """\
storyreel: 1
title: Edited
cast:
  mi: {puppet: michii}
scenes:
  - id: one
    set: bedroom
    cast:
      mi: {at: centre}
    props:
      air: {kind: AIR}
    beats:
      - mi: {do: wave, for: 5s}
      - mi: {do: nod, for: LAST}
      - camera: {push: 1.2}
        air: {hide: pop}
  - id: two
    set: duet
    props:
      air: {kind: AIR}
    beats:
      - wait: 4s
"""


def keys(text: str) -> list[tuple[str, str]]:
    """The scene and the key of every chunk."""
    planned = plan(direct(read_text(text), Path()).timeline, "ab")
    return [(order.timeline.scenes[0].id, key) for (_, order), key in zip(planned.orders, planned.keys, strict=True)]


@pytest.mark.parametrize("air", ["stars", "rays", "rain", "foreground", "streaks"])
def test_a_longer_end_of_a_scene_leaves_its_beginning_and_later_scenes_alone(air: str) -> None:
    text = SCENE.replace("AIR", air)
    before, after = keys(text.replace("LAST", "1s")), keys(text.replace("LAST", "1.4s"))
    assert before[0] == after[0]
    assert before[-1] != before[0]
    assert [key for scene, key in before if scene == "two"] == [key for scene, key in after if scene == "two"]
    assert [key for scene, key in before if scene == "one"] != [key for scene, key in after if scene == "one"]
