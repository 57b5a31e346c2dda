"""Scene files broken at random go through `storyreel check`: it answers, in time, with a place for every mistake.

What is broken are the example, the template and the corpus of mistakes: as text (what authors do to a file, and what
editors and mail programs do) and as data (values of another type, size or place). The cases are the same at every run;
STORYREEL_FUZZ=20000 tries so many others, at random, and takes some 25 ms of CPU for each.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_script_read import GOOD, mistakes

from storyreel.cli.commands import run
from storyreel.source.tree import parse

ROOT = Path(__file__).parent.parent
COUNT = int(os.environ.get("STORYREEL_FUZZ", "120"))
LONGEST = 2.0
"""CPU seconds that one file may take."""
PLACED = re.compile(r"\S[^:]*:[1-9][0-9]*:[1-9][0-9]*: \S")
"""How a message begins: file, line, column."""
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves a terminal's cursor, turns its text round, or is no character."""

Tree = Any
"""A scene as plain data."""


def _scenes() -> Iterator[str]:
    """A film of each version of the format (the older scene by scene), the template, and the corpus of mistakes."""
    example = (ROOT / "tests" / "films" / "format-1" / "scene.yaml").read_text(encoding="utf-8")
    head, *scenes = re.split(r"(?m)^(?=  - id: )", example)
    yield from (head + scene for scene in scenes)
    yield (ROOT / "tests" / "films" / "format-2" / "scene.yaml").read_text(encoding="utf-8")
    yield (ROOT / "templates" / "first-film" / "scene.yaml").read_text(encoding="utf-8")
    yield GOOD
    yield from (GOOD.replace(old, new) for old, new, _ in mistakes())


TEXTS = tuple(_scenes())
GOODS = TEXTS[: -len(mistakes())]
TREES = tuple(parse(text, "scene.yaml")[0] for text in GOODS)

SIGNS = (
    "'", '"', "'''", ": ", ":", "- ", "-", "\n", "\n\n", "  ", "\t", "#", " #", "# ", "@", "`", "%", "!", "?",
    "? ", ",", "|", ">", "|2-", "[", "]", "{", "}", "[[", "}}", "{}", "[]", "&a ", "*a", "*", "&", "<<",
    "<<: *a\n", "!!str ", "!!python/object:os.system ", "!x ", "---\n", "...\n", "%YAML 1.1\n", "%TAG ! x:\n",
    "\\", "\\x", "\\u12", "\\U00110000", "\\ud83d", "\ufeff", "\0", "\x1b[2J", "\r", "\x85", "\u2028", "\u202e",
    "\u2066", "e\u0301", "é", "日本", "مرحبا", "👩‍👩‍👧", "\U000e0041", "\ud800", "\uffff", "\u00a0", "0123",
    "1e999", "-0", ".nan", ".inf", "yes", "no", "on", "off", "~", "null", "true", "2024-11-27", "1_000", "0x1F",
    "0o17", "1:30", "<<<<<<< HEAD\n", "=======\n", "“", "’",
)  # fmt: skip
WORDS = (
    "", " ", "a", "mi", "bo", "go", "left", "kawaii", "heart", "michii", "pastel", "win", "2", "2s", "2 s",
    "-1s", "12f", "3beats", "1e9s", "99999999s", "9" * 500 + "s", "mi.up", "mi.", ".up", "a.b.c", "../x.png",
    "/etc/passwd", "x.svg", "x.png", "a\\b", "C:/x", "\0", "a" * 300 + ".png", "#FFF", "#FFB3D1", "red",
    "spring(1, 2)", "spring(1e309, 0)", "steps(99999999)", "cubic-bezier(1,2,3,4)", "steps(0)", "30000/1001",
    "1/0", "en", "ja", "ar", "zz-ZZ-x", "*.yaml", "x" * 3000, "word " * 400, "e\u0301" * 400, "\u0301" * 300,
    "مرحبا " * 100, "日本" * 200, "👩‍👩‍👧" * 50, "\x1b[2J", "a\nscene.yaml:1:1: forged", "\u202eabc", "\u2066abc",
    "mi.says.this + 2f", "mi.press - 99d", "bin", "bin.press.2", "low", "6d", "a.b + ", "mi.says.", "stage.star",
    "a\tb", "\u00a0", "\u200b", "\ufeff", "\U0010ffff", "\ue000", "\x7f", "\x85",
)  # fmt: skip
VALUES: st.SearchStrategy[Tree] = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(
        [None, True, False, 0, -1, 1, 2, 1e-320, 0.5, 1e308, -1e308, 10**18, -(10**30), 2**63, float("inf")]
    ),
    st.sampled_from([[], {}, [[]], [{}], {"": ""}, {"a": 1}, [0.5, 0.5], [1e308, -1e308], ["left"], {"say": "Hi"}]),
    st.sampled_from([["a"] * 99, {f"k{n}": n for n in range(99)}]),
    st.text(max_size=20),
    st.integers(),
    st.floats(),
)


def _spots(tree: Tree) -> list[tuple[Tree, Any]]:
    """Every mapping or list that holds something, with the key of it."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [spot for key, value in inside for spot in ((tree, key), *_spots(value))]


@st.composite
def broken_text(draw: st.DrawFn) -> str:
    """A scene file to which one to three things were done as to any text."""
    text = draw(st.sampled_from(GOODS) | st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        kind = draw(st.integers(0, 7))
        if kind <= 2:
            # Between words, which is where signs mean something.
            spots = [found.start() for found in re.finditer(r"\b|$", text)]
            start = spots[start % len(spots)]
            end = start + (draw(st.integers(1, 12)) if kind == 1 else 0)
            text = text[:start] + draw(st.sampled_from((*SIGNS, *WORDS) if kind else SIGNS)) + text[end:]
        elif kind == 3:
            text = text[:start] + text[start + draw(st.integers(1, 200)) :]
        elif kind == 4:
            text = text[: max(start, 1)]
        else:
            lines = text.split("\n")
            here, there = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
            if kind == 5:
                lines[here], lines[there] = lines[there], lines[here]
            elif kind == 6:
                lines.insert(there, lines[here])
            else:
                lines[here] = " " * draw(st.integers(0, 12)) + lines[here].lstrip()
            text = "\n".join(lines)
    return text


@st.composite
def broken_data(draw: st.DrawFn) -> str:
    """A scene in which one to three values, keys or places are not what they were, written as JSON, which is YAML."""
    tree = copy.deepcopy(draw(st.sampled_from(TREES)))
    raw: dict[str, str] = {}
    for _ in range(draw(st.integers(1, 3))):
        spots = _spots(tree)
        if not spots:
            break
        holder, key = spots[draw(st.integers(0, len(spots) - 1))]
        kind = draw(st.integers(0, 7))
        if kind <= 2:
            holder[key] = copy.deepcopy(draw(VALUES))
        elif kind == 3:
            other, elsewhere = spots[draw(st.integers(0, len(spots) - 1))]
            holder[key] = copy.deepcopy(other[elsewhere])
        elif kind == 4 and isinstance(holder, dict):
            holder[
                draw(
                    st.sampled_from(
                        (*WORDS, "say", "at", "for", "do", "mi", "camera", "sfx", "shot", "press", "cut", "until")
                    )
                )
            ] = holder.pop(key)
        elif kind == 5:
            for _ in range(draw(st.sampled_from([1, 2, 30, 60, 400]))):
                holder[key] = [holder[key]]
        elif kind == 6:
            del holder[key]
        else:
            # What JSON can't say; `a` is the anchor of the first of these.
            mark = f"\0raw{len(raw)}\0"
            raw[mark] = draw(
                st.sampled_from(
                    ["&a {x: 1}", "*a", "&a [*a]", "{<<: *a}", "{<<: [*a, *a]}", "!!binary aGk=", "{a: 1, a: 2}"]
                )
            )
            holder[key] = mark
    text = json.dumps(tree, ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from([None, 1])))
    for mark, said in raw.items():
        text = text.replace(json.dumps(mark), said)
    return text


@pytest.fixture(autouse=True, scope="module")
def undirected() -> Iterator[None]:
    """Films are read and checked here, but not directed: what is good takes too long for so many."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            "storyreel.film.episode.load", lambda path: SimpleNamespace(direction=SimpleNamespace(notes=()))
        )
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the example names."""
    made = tmp_path_factory.mktemp("film")
    shutil.copy(ROOT / "tests" / "films" / "format-1" / "portrait.png", made)
    return made


def checked(path: Path, text: str) -> tuple[int, str, float]:
    """The exit code of `storyreel check`, all that it says, and the CPU seconds that it takes."""
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        began = time.process_time()
        code = run(["check", str(path)])
        took = time.process_time() - began
    return code, said.getvalue(), took


def fuzzed(broken: st.SearchStrategy[str]) -> Callable[[Callable[[Path, str], None]], Any]:
    """Half of the cases, of one kind."""
    fixed = "STORYREEL_FUZZ" not in os.environ
    setting = settings(
        max_examples=max(COUNT // 2, 1),
        derandomize=fixed,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    return lambda test: setting(given(text=broken)(test))


def answered(folder: Path, text: str) -> None:
    code, said, took = checked(folder / "scene.yaml", text)
    lines = said.splitlines()
    assert code in (0, 2), said
    assert lines
    assert STEERING.search(said) is None
    assert took < LONGEST
    if code == 0:
        assert ": good; " in lines[-1]
        lines.pop()
    assert all(PLACED.match(line) for line in lines), said


@fuzzed(broken_text())
def test_a_file_broken_as_text_is_answered_in_time_and_with_places(folder: Path, text: str) -> None:
    answered(folder, text)


@fuzzed(broken_data())
def test_a_file_broken_as_data_is_answered_in_time_and_with_places(folder: Path, text: str) -> None:
    answered(folder, text)


def test_the_scenes_that_are_broken_are_good_themselves(folder: Path) -> None:
    assert [checked(folder / "scene.yaml", text)[0] for text in GOODS] == [0] * len(GOODS)
