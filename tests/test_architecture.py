"""The map of the house is true: every room is on it, and every door is there."""

from __future__ import annotations

import re
from pathlib import Path

from test_house import FLOORS

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "storyreel"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| \d+ \| `(\w+)/` \|.*\| `([\w/]+\.py)` \|$", PAGE, re.MULTILINE)


def test_the_map_names_every_room_once_and_no_other() -> None:
    rooms = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
    assert sorted(room for room, _ in ROWS) == rooms


def test_the_map_lists_the_rooms_from_the_top_down() -> None:
    floors = {room: number for number, rooms in enumerate(FLOORS) for room in rooms.split()}
    listed = [floors[room] for room, _ in ROWS if room in floors]
    assert listed == sorted(listed)


def test_every_rooms_door_is_in_that_room() -> None:
    assert ROWS
    for room, door in ROWS:
        assert door.startswith(f"{room}/")


def test_every_module_that_the_map_names_is_there() -> None:
    named = set(re.findall(r"`([\w/]+\.py)`", PAGE)) - {"tests/test_house.py"}
    assert len(named) > 40
    assert sorted(name for name in named if not (PACKAGE / name).is_file()) == []


def test_the_map_names_every_module_that_lies_beside_the_rooms() -> None:
    beside = {path.name for path in PACKAGE.glob("*.py")} - {"__main__.py"}
    assert {name for name in beside if f"`{name}`" not in PAGE} == set()
