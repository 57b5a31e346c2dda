"""Things and sets that are drawn as cells: how large they are, and the planes of a set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from storyreel.direct.backdrop import Backdrop, Box
from storyreel.errors import StoryreelError
from storyreel.puppet.cell_file import read_sheet
from storyreel.puppet.cells import Cell, Sheet, laid
from storyreel.script.files import companion


def sheet_of(path: Path) -> Sheet:
    """A sheet of cells beside the scene.

    Raises:
        SceneError: it has mistakes.
    """
    return read_sheet(path, companion(path))


def cell_box(cell: Cell) -> Box:
    """How much room a cell takes up about its anchor."""
    _, _, width, height = cell.rect
    left, top = (-float(round(side)) for side in cell.anchor)
    return (left, top, left + width, top + height)


def shown_box(path: Path, groups: Mapping[str, float]) -> Box:
    """How much room a thing takes up about its place, with the cells that are there at its start."""
    placed = laid(sheet_of(path), {f"{name}.show": value for name, value in groups.items() if "." not in name})
    boxes = [(x, y, x + cell.rect[2], y + cell.rect[3]) for cell, (x, y) in placed]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (float(min(lefts)), float(min(tops)), float(max(rights)), float(max(bottoms)))


def cell_backdrop(path: Path, name: str) -> Backdrop:
    """How large a set of cells is: its picture, and how far each of its planes is painted in that.

    Raises:
        SceneError: the sheet has mistakes.
        StoryreelError: it doesn't say how large its picture is, or has no cell that fills it.
    """
    sheet = sheet_of(path)
    if sheet.box is None:
        raise StoryreelError(f"set '{name}' doesn't say how large a picture it is: \"box\": [270, 480]")
    wide, high = sheet.box
    filling = [box for box in map(cell_box, sheet.cells.values()) if _covers(box, (0.0, 0.0, wide, high))]
    if not filling:
        raise StoryreelError(f"set '{name}' has holes: no cell fills its picture of {wide:g} x {high:g} pixels")
    return Backdrop((0.0, 0.0, wide, high), max(filling, key=lambda box: (box[2] - box[0]) * (box[3] - box[1])), True)


def _covers(box: Box, inner: Box) -> bool:
    return box[0] <= inner[0] and box[1] <= inner[1] and box[2] >= inner[2] and box[3] >= inner[3]


def cell_planes(path: Path) -> Iterator[tuple[str, float]]:
    """The planes of a set of cells, back to front, each with its share of the camera's movement."""
    sheet = sheet_of(path)
    later = {name for loop in sheet.loops.values() for name in loop} - sheet.loops.keys()
    for cell in sorted(sheet.cells.values(), key=lambda cell: cell.z):
        if cell.name not in later:
            yield cell.name, cell.step
