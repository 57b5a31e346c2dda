"""`storyreel set` and `storyreel prop`: what one starts from is good, and what is lacking is told with its cost."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli import call

from storyreel.errors import StoryreelError
from storyreel.film.drawing_review import prop_review, set_review
from storyreel.film.drawing_sheet import prop_sheet

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}">{2}</svg>'


def test_a_set_to_draw_over_has_planes_and_places_and_lacks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "street.svg"
    done = call("set", "new", str(path))
    assert "set: street.svg" in done.stdout
    found = set_review(path)
    names = dict(found.found)
    assert {"Sky", "Hills", "Ground", "Front", "Sun", "Window"} == names.keys()
    assert "stage.window" in names["Window"]
    assert "before the actors" in names["Front"]
    assert found.missing == ()
    assert call("set", "new", str(path)).returncode == 1, "it is there already"


def test_what_a_set_lacks_is_told_with_what_that_costs(tmp_path: Path) -> None:
    (tmp_path / "bare.svg").write_text(SVG.format(1080, 1920, '<rect width="1080" height="1920" fill="red"/>'))
    missing = dict(set_review(tmp_path / "bare.svg").missing)
    assert {"planes", "named things", "what landscape needs"} <= missing.keys()
    assert "times as large" in missing["what landscape needs"]
    (tmp_path / "hole.svg").write_text(SVG.format(1080, 1920, '<rect width="500" height="1920" fill="red"/>'))
    with pytest.raises(StoryreelError, match=r"set 'hole\.svg' has holes"):
        set_review(tmp_path / "hole.svg")


def test_a_prop_to_draw_over_has_a_foot_and_groups_and_a_page(tmp_path: Path) -> None:
    path = tmp_path / "box.svg"
    assert "kind: drawing, file: box.svg" in call("prop", "new", str(path)).stdout
    found = prop_review(path)
    assert [name for name, _ in found.found] == ["Box", "Lid"]
    assert found.missing == ()
    assert len(set(prop_sheet(path).resize((82, 50)).getdata())) > 100


def test_what_a_prop_lacks_is_told_with_what_that_costs(tmp_path: Path) -> None:
    drawn = '<g id="Jar"><rect width="90" height="20" fill="red"/></g><g id="Cork"><circle r="9" fill="tan"/></g>'
    (tmp_path / "jar.svg").write_text(SVG.format(90, 20, drawn))
    missing = dict(prop_review(tmp_path / "jar.svg").missing)
    assert "give it a data-pivot" in missing["Cork"]
    assert "turns about that" in missing["data-pivot"]


@pytest.mark.parametrize("kind", ["set", "prop"])
def test_a_picture_is_none_and_is_told_what_it_can_be(kind: str, tmp_path: Path) -> None:
    refused = call(kind, "check", str(tmp_path / "me.png"))
    assert refused.returncode == 1
    assert "kind: picture" in refused.stderr
