"""The site of the docs: built strictly, without a network, and what its pages load is their own."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from storyreel.film.exhibits import rooms_of
from storyreel.film.reading import reference_text, vocabulary
from storyreel.script.read import read_text
from storyreel.source.tree import parse
from storyreel.treatment import Look

ROOT = Path(__file__).parent.parent
TRIED = {
    "README.md": "test_docs.py test_docs_python.py",
    "docs/architecture.md": "test_docs_site.py",
    "docs/directing.md": "test_docs_directing.py",
    "docs/first-film.md": "test_docs_first_film.py",
    "docs/looks.md": "test_looks_installed.py test_docs_site.py",
    "docs/music.md": "test_sound_music.py",
    "docs/puppets.md": "test_puppets.py",
    "docs/python.md": "test_docs_python.py",
    "docs/scale.md": "test_docs_python.py",
    "docs/scene-format.md": "test_docs.py test_concepts.py",
    "docs/series.md": "test_docs_series.py",
    "docs/troubleshooting.md": "test_docs_troubleshooting.py",
}
"""Every page with YAML or Python, and the tests that run it. The reference's are made from `script/concepts.py`."""
STAGE = """
storyreel: 1
title: A line
cast: {michii: {puppet: michii, voice: {}}}
scenes: [{id: a, cast: {michii: {}}, beats: %s}]
"""


@pytest.mark.slow
def test_the_site_is_built_without_a_warning_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "STORYREEL_SITE": "few"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    pages = {path.parent.name: path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("index.html")}
    assert {"site", "first-film", "python", "troubleshooting", "scene-format"} <= pages.keys()
    for name, text in pages.items():
        loaded = re.findall(r"<(?:script|img|source|iframe)\b[^>]*?\bsrc=\"?([^\" >]+)", text)
        loaded += re.findall(r"<link\b[^>]*?\bhref=\"?([^\" >]+)", text)
        assert loaded, name
        assert [link for link in loaded if re.match(r"(\w+:)?//", link)] == [], name
    assert (tmp_path / "site" / "examples" / "looks.png").is_file()


@pytest.fixture
def pages() -> ModuleType:
    """What makes the site's pages."""
    spec = importlib.util.spec_from_file_location("site_pages", ROOT / "docs" / "site_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_gallery_lies_in_docs_and_is_made_once_by_a_site_with_all_pictures(
    pages: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    monkeypatch.setattr(pages, "write_gallery", made.append)
    for pictures in ("few", "all", "all"):
        pages.on_pre_build(SimpleNamespace(extra={"pictures": pictures}))
    assert made == [ROOT / "docs" / "gallery"]
    assert "/docs/gallery/\n" in (ROOT / ".gitignore").read_text()
    assert "`storyreel gallery docs/gallery`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_act_of_the_reference_is_shown_by_the_gallery_and_every_picture_of_it_is_made(pages: ModuleType) -> None:
    shown = pages._key_pictures()
    text = reference_text(lambda model, key: shown.get((model, key), ""))
    acts = re.findall(r"^\| `[\w-]+`.*", text.partition("\n## acts\n")[2].partition("\n## ")[0], re.M)
    assert len(acts) >= 40
    files = {one.file for room in rooms_of(("acts",)) for one in room.exhibits}
    for act in acts:
        (file,) = re.findall(r'src="\.\./gallery/([\w.-]+)"', act)
        assert file in files


def test_every_page_with_yaml_or_python_has_tests_that_read_it() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    written = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in pages}
    assert {page for page, text in written.items() if re.search(r"^```(yaml|python)$", text, re.M)} == TRIED.keys()
    for page, tests in TRIED.items():
        for test in tests.split():
            named = Path(page).name if test != "test_concepts.py" else "storyreel.script.concepts"
            assert named in (ROOT / "tests" / test).read_text(encoding="utf-8"), test


def test_the_line_whose_way_is_told_of_is_one_of_a_film() -> None:
    (line,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.DOTALL)
    beats, _ = parse("beats:\n" + line, "page")
    assert read_text(STAGE % json.dumps(beats["beats"]), "page", ROOT, vocabulary(ROOT)).scenes[0].beats


def test_a_look_takes_the_fonts_of_its_page_by_those_names() -> None:
    page = (ROOT / "docs" / "looks.md").read_text(encoding="utf-8").partition("\n## Fonts\n")[2]
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (faces,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    given = {"__file__": str(ROOT / "look.py"), "Path": Path, "BEHIND": ("Baloo",), "Look": lambda _, **words: words}
    exec(code.replace("(..., ", "(None, ").replace(", ...}", "}"), given)
    assert given["LOOK"]["fonts"] == ROOT / "fonts"
    assert given["LOOK"].keys() <= {field.name for field in fields(Look)}
    assert parse(faces, "faces.yaml")[0].keys() == {"Chalk Bold"} <= set(given["LOOK"]["faces"]["caption"])
