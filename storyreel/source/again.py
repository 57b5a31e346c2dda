"""YAML text that has changed in few places, read again: a scene that is written as before is taken as it was read.

What is known is hollowed out of the text, line for line, so that all else stands where it stood; where that doesn't
come to what was expected, the whole text is read.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storyreel.errors import Place, SceneError
from storyreel.source.places import Path, Places
from storyreel.source.tree import LIMIT, LONGEST, Tree, parse

_LIST = "scenes"
_HEAD = re.compile(r"^scenes:[ ]*(#[^\n]*)?$", re.MULTILINE)
_ITEM = re.compile(r"( *)- ")
_ACROSS = re.compile(r"(^|[\s,\[{:-])[&*!]\S|^(%|---|\.\.\.)|[\r\x85\u2028\u2029]", re.MULTILINE)
"""What reaches from one place of a text to another (anchors, aliases, tags, documents); lines that end otherwise."""


@dataclass(frozen=True)
class _Item:
    """An item of the list as it was read: its value, and the places in it, by paths that begin with its number."""

    number: int
    line: int
    value: Any
    values: Mapping[Path, Place]
    keys: Mapping[Path, Place]
    plain: Mapping[Path, str]
    comments: Mapping[Path, Place]

    def moved(self, number: int, line: int) -> _Item:
        """The same item elsewhere in the list and in the text."""
        if (number, line) == (self.number, self.line):
            return self
        by = line - self.line

        def placed(places: Mapping[Path, Place]) -> Mapping[Path, Place]:
            return {
                (_LIST, number, *path[2:]): Place(place.file, place.line + by, place.column)
                for path, place in places.items()
            }

        plain = {(_LIST, number, *path[2:]): text for path, text in self.plain.items()}
        return _Item(number, line, self.value, placed(self.values), placed(self.keys), plain, placed(self.comments))


@dataclass(frozen=True)
class _Part:
    """An item of the list as it is written: its lines, the first counted from 1, and how far its `-` is indented."""

    line: int
    rows: tuple[str, ...]
    indent: int

    @property
    def begins(self) -> tuple[int, int]:
        """The line and the column of its value."""
        return self.line, self.indent + 3


_known: tuple[str, dict[tuple[str, ...], _Item]] = ("", {})
"""Of the text that was read last: the file's name, and its items by their lines."""


def parse_again(text: str, file: str) -> tuple[Tree, Places]:
    """As `storyreel.source.tree.parse`; what was read of that file before is read no more.

    Raises:
        SceneError: as `parse` does.
    """
    global _known
    rows = text.split("\n")
    parts = _parts(text, rows) if len(text) <= LONGEST else ()
    called, known = _known
    found = _spliced(rows, file, parts, known) if called == file and parts else None
    tree, places = found or parse(text, file)
    _known = file, _items(tree, places, parts)
    return tree, places


def _parts(text: str, rows: list[str]) -> tuple[_Part, ...]:
    """The items of the list; none where they can't be told from the text alone."""
    head = _HEAD.search(text)
    if head is None or _ACROSS.search(text):
        return ()
    first = text.count("\n", 0, head.start()) + 1
    begins: list[int] = []
    indent, end = -1, len(rows)
    for number in range(first, len(rows)):
        item = _ITEM.match(rows[number])
        if item is not None and indent in (-1, len(item[1])):
            indent = len(item[1])
            begins.append(number)
        elif rows[number][:1] not in ("", " ", "#"):
            end = number
            break
    return tuple(_Part(a + 1, tuple(rows[a:b]), indent) for a, b in itertools.pairwise([*begins, end]))


def _spliced(
    rows: list[str], file: str, parts: tuple[_Part, ...], known: Mapping[tuple[str, ...], _Item]
) -> tuple[Tree, Places] | None:
    """The text with what is known of it left out, read, and put together; None where that won't do."""
    hollow, taken = list(rows), {}
    for number, part in enumerate(parts):
        item = known.get(part.rows)
        if item is not None:
            taken[number] = item.moved(number, part.line)
            first = part.line - 1
            hollow[first : first + len(part.rows)] = [" " * part.indent + "- ~", *[""] * (len(part.rows) - 1)]
    if not taken:
        return None
    try:
        tree, places = parse("\n".join(hollow), file)
    except SceneError:
        return None
    told = tree.get(_LIST)
    if not isinstance(told, list) or not _begin_as_written(places, parts, len(told)):
        return None
    values, keys = dict(places.values), dict(places.keys)
    plain, comments = dict(places.plain), dict(places.comments)
    for number, item in taken.items():
        if told[number] is not None:
            return None
        told[number] = item.value
        del plain[(_LIST, number)]
        values.update(item.values)
        keys.update(item.keys)
        plain.update(item.plain)
        comments.update(item.comments)
    # The parser counts keys and values.
    return (tree, Places(file, values, keys, plain, comments)) if 2 * len(values) < LIMIT else None


def _begin_as_written(places: Places, parts: tuple[_Part, ...], count: int) -> bool:
    found = [places.values.get((_LIST, number)) for number in range(count)]
    return [(one.line, one.column) for one in found if one is not None] == [part.begins for part in parts]


def _items(tree: Tree, places: Places, parts: tuple[_Part, ...]) -> dict[tuple[str, ...], _Item]:
    """The items by their lines, of those that are written nowhere else."""
    told = tree.get(_LIST)
    if not parts or not isinstance(told, list) or not _begin_as_written(places, parts, len(told)):
        return {}
    by_item: list[tuple[dict[Path, Any], ...]] = [({}, {}, {}, {}) for _ in parts]
    for kind, places_of_kind in enumerate((places.values, places.keys, places.plain, places.comments)):
        for path, place in places_of_kind.items():
            if len(path) > 1 and path[0] == _LIST and isinstance(path[1], int):
                by_item[path[1]][kind][path] = place
    found = {}
    for number, (part, (values, keys, plain, comments)) in enumerate(zip(parts, by_item, strict=True)):
        last = part.line + len(part.rows)
        if all(part.line <= one.line < last for places in (values, keys, comments) for one in places.values()):
            found[part.rows] = _Item(number, part.line, told[number], values, keys, plain, comments)
    return found
