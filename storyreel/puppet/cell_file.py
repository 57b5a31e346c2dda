"""Reads a sheet of cells: the JSON that an author names, and the PNG of the same name beside it."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from storyreel.assets import digest
from storyreel.errors import Place, Problem, SceneError, did_you_mean
from storyreel.puppet.cells import TURNS, Cell, Pixels, Sheet

_MOST_CELLS = 300
_LONGEST = 1 << 19
"""The most bytes of a sheet's JSON; a puppet of 73 cells takes 15,000."""
_WIDEST = 4096
"""The most pixels of its picture, across and down."""
_MOST_TURNS = 30
_KEYS = ("rect", "z", "anchor", "points", "on", "part", "letter", "step", "for")
_LISTS = ("poses", "faces", "loops")

Step = tuple[str | int, ...]


def read_sheet(path: Path, picture: Path) -> Sheet:
    """A sheet of cells, kept for as long as its two files stay the same.

    Raises:
        SceneError: everything that is wrong with it, each with its place.
    """
    try:
        state = (digest(path), digest(picture))
    except OSError as error:
        lacking = Path(str(error.filename)).name
        message = f"{lacking} can't be read: {error.strerror}; a sheet of cells and its picture lie side by side"
        raise SceneError([Problem(Place(path.name, 1, 1), message)]) from error
    return _read(path, picture, state)


@lru_cache(maxsize=32)
def _read(path: Path, picture: Path, state: tuple[str, str]) -> Sheet:
    text = _text(path)
    try:
        tree = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        problem = Problem(Place(path.name, error.lineno, error.colno), f"this is no JSON: {error.msg}")
        raise SceneError([problem]) from error
    except (RecursionError, ValueError) as error:
        raise SceneError([Problem(Place(path.name, 1, 1), f"this is no sheet of cells: {error}")]) from error
    pixels = _pixels(path, picture)
    wrong = list(_wrong(tree, pixels.shape[1], pixels.shape[0]))
    if wrong:
        raise SceneError(_placed(text, path.name, wrong))
    cells = {name: _cell(name, said) for name, said in tree["cells"].items()}
    width, height = tree.get("box", (0, 0))
    lists = ({name: tuple(listed) for name, listed in tree.get(key, {}).items()} for key in _LISTS)
    box = (float(width), float(height)) if width else None
    poses, faces, loops = lists
    turns = float(tree.get("turns", TURNS))
    return Sheet(path.stem, cells, pixels, tuple(tree.get("rest", ())), poses, faces, box, loops, turns)


def _text(path: Path) -> str:
    data = path.read_bytes()
    if len(data) > _LONGEST:
        raise SceneError([Problem(Place(path.name, 1, 1), f"longer than {_LONGEST // 1024} KB, too long for a sheet")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SceneError([Problem(Place(path.name, line, 1), "not UTF-8 text; save the file as UTF-8")]) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand in it once.

    Raises:
        ValueError: one stands in it twice.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"'{next(name for name in names if names.count(name) > 1)}' stands in it twice")
    return found


def _pixels(path: Path, picture: Path) -> Pixels:
    # Whoever draws puppets loads this module, and few of them are drawn in cells.
    from PIL import Image

    def refused(message: str) -> SceneError:
        return SceneError([Problem(Place(path.name, 1, 1), f"its picture {picture.name} {message}")])

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(picture, formats=("PNG",)) as image:
            if max(image.size) > _WIDEST:
                raise refused(f"has {image.width} x {image.height} pixels; {_WIDEST} across and down are the most")
            return np.asarray(image.convert("RGBA"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise refused(f"is no PNG that can be read ({error})") from error


def _placed(text: str, name: str, wrong: list[tuple[Step, str]]) -> Iterator[Problem]:
    """Problems where they stand: JSON is YAML, whose reader knows places."""
    from storyreel.source.places import Places
    from storyreel.source.tree import parse

    try:
        _, places = parse(text, name, "sheet of cells")
    except SceneError:
        places = Places(name)
    for path, message in wrong:
        place = places.key(path)
        yield Problem(place if place.line else Place(name, 1, 1), message)


def _wrong(tree: object, width: int, height: int) -> Iterator[tuple[Step, str]]:
    """Everything that a sheet says and can't be, with the way to it."""
    cells = tree.get("cells") if isinstance(tree, dict) else None
    if not isinstance(tree, dict) or not isinstance(cells, dict) or not cells:
        yield (), 'a sheet of cells needs them: {"cells": {"body stand": {"rect": [left, top, width, height]}}}'
        return
    if len(cells) > _MOST_CELLS:
        yield ("cells",), f"{len(cells)} cells; {_MOST_CELLS} are the most"
        return
    if tree.get("size", [width, height]) != [width, height]:
        yield ("size",), f"the picture has {width} x {height} pixels"
    box = tree.get("box", [1, 1])
    if not _numbers(box, 2) or min(box) <= 0:
        yield ("box",), "needs how wide and how high its picture is: [270, 480]"
    turns = tree.get("turns", TURNS)
    if not _numbers([turns], 1) or not 0 < turns <= _MOST_TURNS:
        yield ("turns",), f"needs how many cells of a loop come in a second, {_MOST_TURNS} at most: 12"
    points = {"neck"}
    for name, said in cells.items():
        yield from _wrong_cell(("cells", name), said, width, height)
        if isinstance(said, dict) and isinstance(said.get("points"), dict):
            points.update(said["points"])
    for name, said in cells.items():
        on = said.get("on") if isinstance(said, dict) else None
        if isinstance(on, str) and on and on not in points:
            yield ("cells", name, "on"), f"no cell has a point '{on}'{did_you_mean(on, points)}"
    yield from _wrong_list(("rest",), tree.get("rest", []), cells)
    for key in _LISTS:
        lists = tree.get(key, {})
        if not isinstance(lists, dict):
            yield (key,), f'{key} are lists of cells by name: {{"shy": ["eyes down", "body behind"]}}'
            continue
        if key == "loops":
            yield from _wrong_list((key,), [*lists], cells)
        for name, listed in lists.items():
            yield from _wrong_list((key, name), listed, cells)


def _wrong_list(path: Step, listed: object, cells: Mapping[str, object]) -> Iterator[tuple[Step, str]]:
    if not isinstance(listed, list):
        yield path, "needs a list of cells"
        return
    for index, name in enumerate(listed):
        if not isinstance(name, str) or name not in cells:
            yield (*path, index), f"the sheet has no cell '{name}'{did_you_mean(str(name), cells)}"


def _wrong_cell(path: Step, said: object, width: int, height: int) -> Iterator[tuple[Step, str]]:
    if not isinstance(said, dict):
        yield path, 'a cell says where it is: {"rect": [left, top, width, height]}'
        return
    for key in said:
        if key not in _KEYS:
            yield (*path, key), f"unknown key '{key}'{did_you_mean(key, _KEYS)}"
    rect = said.get("rect")
    if not _numbers(rect, 4, int):
        yield (*path, "rect"), "needs its rect: [left, top, width, height] in whole pixels"
    else:
        left, top, across, down = rect  # type: ignore[misc]
        if min(left, top) < 0 or min(across, down) < 1 or left + across > width or top + down > height:
            yield (*path, "rect"), f"lies outside the picture, which has {width} x {height} pixels"
    if not _numbers([said.get("z", 0)], 1):
        yield (*path, "z"), "needs a number"
    if not _numbers(said.get("anchor", [0, 0]), 2):
        yield (*path, "anchor"), "needs a point: [across, down]"
    points = said.get("points", {})
    if not isinstance(points, dict):
        yield (*path, "points"), 'needs points by name: {"neck": [19, 8]}'
    else:
        for name, point in points.items():
            if not _numbers(point, 2):
                yield (*path, "points", name), "needs a point: [across, down]"
    if not _numbers([said.get("step", 1)], 1):
        yield (*path, "step"), "needs a number: its share of the camera's movement"
    for key in ("on", "part", "for"):
        if not isinstance(said.get(key, ""), str):
            yield (*path, key), "needs a name"


def _numbers(value: object, count: int, kind: Any = (int, float)) -> bool:
    """Whether a value is a list of so many numbers, none of which is out of all bounds."""
    return (
        isinstance(value, list)
        and len(value) == count
        and all(isinstance(one, kind) and not isinstance(one, bool) and abs(one) <= 1e6 for one in value)
    )


def _cell(name: str, said: Mapping[str, Any]) -> Cell:
    points = {point: (float(at[0]), float(at[1])) for point, at in said.get("points", {}).items()}
    left, top, width, height = said["rect"]
    x, y = said.get("anchor", (0, 0))
    part = said.get("part") or name.partition(" ")[0]
    return Cell(
        name,
        (left, top, width, height),
        float(said.get("z", 0)),
        (float(x), float(y)),
        points,
        said.get("on", ""),
        part,
        float(said.get("step", 1)),
    )
