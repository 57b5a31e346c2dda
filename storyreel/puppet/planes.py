"""The planes of a set: which groups of its drawing stand how deep."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from storyreel.assets import digest
from storyreel.puppet.markup import read_markup
from storyreel.puppet.model import Drawing
from storyreel.puppet.naming import layer_name
from storyreel.puppet.svg import GROUPS


def planes(drawing: Drawing) -> list[tuple[str, float]]:
    """A set's planes back to front: the named groups that have a `data-plane`, or the whole drawing ("") at 1."""
    found = [(node.id, node.plane) for node in drawing.root.children if node.plane is not None and node.id]
    return [(name, depth) for name, depth in found if depth is not None] or [("", 1.0)]


def shipped_planes(path: Path) -> list[tuple[str, float]]:
    """The same of a file that is known to be good, without reading what is drawn in it."""
    return list(_shipped_planes(path, digest(path)))


@lru_cache(maxsize=64)
def _shipped_planes(path: Path, state: str) -> tuple[tuple[str, float], ...]:
    root = read_markup(path, path.name)
    found = [(layer_name(element), element.get("data-plane")) for element in root.children if element.tag in GROUPS]
    return tuple((name, float(depth)) for name, depth in found if depth and name) or (("", 1.0),)
