"""Every piece of YAML on the page about directing works as it says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from storyreel.direct.director import direct
from storyreel.film.reading import vocabulary
from storyreel.script.hints import hints
from storyreel.script.read import read_text_with_places
from storyreel.script.shots import ANGLES, SIZES
from storyreel.script.verbs import VERBS
from storyreel.source.tree import parse

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "directing.md").read_text(encoding="utf-8")
BLOCKS = [
    (heading, block, said.splitlines())
    for section in PAGE.split("\n## ")[1:]
    for heading in [section.partition("\n")[0]]
    for block, said in re.findall(r"```yaml\n(.*?)```(?:\n\n```console\n(.*?)```)?", section, re.DOTALL)
]
"""Every block with the heading over it, and the warnings shown behind it."""


def _staged(block: str) -> str:
    """A block as a film: on the stage of the page's first one, in place of its beats."""
    tree, _ = parse("beats:\n" + block if block.startswith("- ") else block, "page")
    if "storyreel" in tree:
        return block
    film, _ = parse(BLOCKS[0][1], "page")
    scene = film["scenes"][0]
    film["scenes"] = [{**scene, **tree, "props": {**scene["props"], **tree.get("props", {})}}]
    return json.dumps(film)


@pytest.mark.parametrize(("heading", "block", "said"), [one for one in BLOCKS if not one[1].startswith("views:")])
def test_every_example_of_directing_is_a_film_with_no_other_warnings_than_it_shows(
    heading: str, block: str, said: list[str]
) -> None:
    script, places = read_text_with_places(_staged(block), heading, ROOT, vocabulary(ROOT))
    told = [one.message for one in hints(script, places)] + [one.message for one in direct(script, ROOT).notes]
    assert len(told) == len(said), told
    for warning in said:
        assert any(one.startswith(warning) for one in told), told


def test_the_views_that_are_shown_are_those_of_a_rig() -> None:
    (shown,) = (block for _, block, _ in BLOCKS if block.startswith("views:"))
    views, _ = parse(shown, "page")
    rig, _ = parse((ROOT / "examples" / "block-the-bullies" / "michii.rig.yaml").read_text(encoding="utf-8"), "rig")
    assert views["views"].items() <= rig["views"].items()


def test_the_page_names_every_touch_size_and_angle_and_shows_pictures_that_are_there() -> None:
    assert set(re.findall(r"[\w-]+", PAGE)) >= {*VERBS, *SIZES, *ANGLES}
    links = re.findall(r"\]\(([^)#:]+)\)", PAGE)
    assert len([link for link in links if link.endswith(".png")]) == 3
    for link in links:
        assert (ROOT / "docs" / link).exists(), link
