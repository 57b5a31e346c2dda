"""What is public: the names of the faces are those of the documentation, and the examples beside them run."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import skia

import storyreel

ROOT = Path(__file__).resolve().parent.parent
FACES = ["storyreel", "storyreel.treatment", "storyreel.looks", "storyreel.widgets", "storyreel.direct.acting"]
EXAMPLES = {
    "storyreel.errors": ("Problem",),
    "storyreel.film.episode": ("load", "Episode"),
    "storyreel.film.given": ("put",),
    "storyreel.film.lists": ("listing",),
    "storyreel.script.models": ("storyreel.script.models",),
    "storyreel.series.batch": ("batch",),
}


def quoted(text: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", text))


def test_the_packages_public_names_are_those_on_the_map() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    (row,) = re.findall(r"^\| `storyreel` \| [^|]* \| (.*) \|$", page, re.MULTILINE)
    assert quoted(row) == set(storyreel.__all__)


def test_the_names_promised_to_looks_are_those_that_their_page_lists() -> None:
    page = (ROOT / "docs" / "looks.md").read_text(encoding="utf-8")
    (listed,) = re.findall(r"promised to looks, and no others: (.*?)\.\n\n", page, re.DOTALL)
    assert quoted(listed) == set(importlib.import_module("storyreel.treatment").__all__)


def test_every_face_that_holds_names_says_which_are_its_own() -> None:
    for path in (ROOT / "storyreel").rglob("__init__.py"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith('"""'), path
        assert "__all__ = [" in text or "import" not in text, path


@pytest.mark.parametrize("face", FACES)
def test_every_name_of_a_face_is_there_once(face: str) -> None:
    module = importlib.import_module(face)
    assert len(set(module.__all__)) == len(module.__all__)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_of_the_public_names_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    found = {
        test.name.removeprefix(f"{name}."): test for test in doctest.DocTestFinder().find(importlib.import_module(name))
    }
    assert {shown for shown, test in found.items() if test.examples} >= set(EXAMPLES[name])
    for test in found.values():
        assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed == 0, test.name


def test_what_the_types_of_skia_name_is_there() -> None:
    stub = ast.parse((ROOT / "typings" / "skia" / "__init__.pyi").read_text(encoding="utf-8"))

    def missing(holder: object, body: list[ast.stmt]) -> Iterator[str]:
        for node in body:
            if isinstance(node, ast.AnnAssign):
                name = ast.unparse(node.target)
            elif isinstance(node, ast.ClassDef | ast.FunctionDef):
                name = node.name
            else:
                continue
            if not hasattr(holder, name):
                yield f"{holder}.{name}"
            elif isinstance(node, ast.ClassDef):
                yield from missing(getattr(holder, name), node.body)

    assert list(missing(skia, stub.body)) == []
