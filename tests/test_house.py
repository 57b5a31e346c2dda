"""The house: every module in its room, arrows one way, no circle, no file that has grown too long."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = (
    "cli",
    "series studio",
    "film",
    "farm publish",
    "direct render",
    "looks",
    "widgets paint",
    "stage",
    "treatment",
    "puppet",
    "script sound",
    "text media",
    "source timeline",
)
"""The rooms from the top down: each may use those of the floors below it; two on one floor know nothing of each other.
The modules beside them (`errors`, `assets`, …) are for all; the package's face hands out what is public when it is
asked for."""
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms.split()}
LONGEST = 400


@dataclass(frozen=True)
class Arrow:
    """That a module imports another: when it is loaded, for types alone, or late, in a function."""

    tail: str
    head: str
    when: Literal["loaded", "typed", "late"]
    line: int

    def __str__(self) -> str:
        return f"{self.tail}:{self.line} -> {self.head}"


@cache
def modules() -> Mapping[str, Path]:
    """Every module of the package, but for its face."""
    found = {}
    for path in sorted((ROOT / "storyreel").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    del found["storyreel"]
    return found


def targets(node: ast.Import | ast.ImportFrom, known: Mapping[str, Path]) -> Iterator[str]:
    """The modules that an import names."""
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports name the whole way"
        for alias in node.names:
            whole = f"{node.module}.{alias.name}"
            yield whole if whole in known else node.module or ""
    else:
        yield from (alias.name for alias in node.names)


@cache
def arrows() -> tuple[Arrow, ...]:
    """Every arrow between modules of the package."""
    known = modules()
    found: list[Arrow] = []

    def visit(tail: str, node: ast.AST, when: Literal["loaded", "typed", "late"]) -> None:
        for inner in ast.iter_child_nodes(node):
            now = when
            if isinstance(inner, ast.If) and "TYPE_CHECKING" in ast.unparse(inner.test):
                now = "typed"
            elif isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and when != "typed":
                now = "late"
            if isinstance(inner, ast.Import | ast.ImportFrom):
                found.extend(Arrow(tail, head, now, inner.lineno) for head in targets(inner, known) if head in known)
            visit(tail, inner, now)

    for name, path in known.items():
        visit(name, ast.parse(path.read_text(encoding="utf-8")), "loaded")
    return tuple(found)


def floor(module: str) -> int | None:
    """The floor of a module's room, from the top; None for one beside the rooms."""
    return FLOOR.get(module.split(".")[1])


def goes_down(arrow: Arrow) -> bool:
    """Whether an arrow stays in its room or leads to a lower floor."""
    here, there = floor(arrow.tail), floor(arrow.head)
    if here is None or there is None:
        return True
    return arrow.tail.split(".")[1] == arrow.head.split(".")[1] or there > here


def explained(arrow: Arrow) -> bool:
    """Whether a comment on an import's line, or on the one above it, says why."""
    lines = modules()[arrow.tail].read_text(encoding="utf-8").splitlines()
    return "#" in lines[arrow.line - 1] or lines[arrow.line - 2].strip().startswith("#")


def test_every_room_has_its_floor() -> None:
    rooms = {path.name for path in (ROOT / "storyreel").iterdir() if (path / "__init__.py").is_file()}
    assert rooms == set(FLOOR)


def test_every_arrow_between_rooms_runs_down_and_one_that_does_not_is_late_and_says_why() -> None:
    assert len(arrows()) > 500
    wrong = [
        str(arrow) for arrow in arrows() if not goes_down(arrow) and not (arrow.when == "late" and explained(arrow))
    ]
    assert not wrong


def test_what_lies_beside_the_rooms_uses_none_of_them() -> None:
    assert not [str(arrow) for arrow in arrows() if arrow.tail in ("storyreel.errors", "storyreel.assets")]


def test_no_module_needs_itself_not_even_for_its_types() -> None:
    needs: dict[str, set[str]] = {name: set() for name in modules()}
    for arrow in arrows():
        if arrow.when != "late":
            needs[arrow.tail].add(arrow.head)
    while free := [name for name, heads in needs.items() if not heads]:
        for name in free:
            del needs[name]
        for heads in needs.values():
            heads.difference_update(free)
    # What is left waits for others that wait for it; of those only circles have somebody waiting for each of them.
    while outer := set(needs).difference(*needs.values()):
        for name in outer:
            del needs[name]
    assert not needs


@pytest.mark.parametrize("room", [*sorted(FLOOR), ""])
def test_no_file_is_over_four_hundred_lines(room: str) -> None:
    files = (ROOT / "storyreel").glob(f"{room}/**/*.py" if room else "*.py")
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert lengths
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def loaded(code: str) -> set[str]:
    """The top packages that are loaded after some code."""
    code = f"import sys, importlib\n{code}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_what_draws_needs_neither_the_models_of_scripts_nor_the_command_line() -> None:
    drawing = [name for name in modules() if name.split(".")[1] in ("looks", "widgets", "paint", "stage", "treatment")]
    assert len(drawing) > 40
    found = loaded("".join(f"importlib.import_module({name!r})\n" for name in drawing))
    assert "skia" in found
    assert not {"pydantic", "click", "rich"} & found


def test_looking_a_look_up_loads_nothing_that_draws() -> None:
    found = loaded("from storyreel.looks import look, look_names\nfor name in look_names(): look(name)")
    assert not {"skia", "numpy", "pydantic", "uharfbuzz"} & found


def test_every_error_raised_on_purpose_stands_in_the_tree_at_the_head_of_errors() -> None:
    made = {"StoryreelError"}
    known: dict[str, set[str]] = {}
    for path in modules().values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                known[node.name] = {ast.unparse(base) for base in node.bases}
    while new := {name for name, bases in known.items() if bases & made} - made:
        made |= new
    head = ast.get_docstring(ast.parse((ROOT / "storyreel" / "errors.py").read_text(encoding="utf-8"))) or ""
    drawn = {line.split()[0] for line in head.splitlines() if line.startswith("    ")}
    assert drawn == made
