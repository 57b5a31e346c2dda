"""The named groups of a drawing as values that a story moves: whether each is shown, where it is, how it is turned."""

from __future__ import annotations

from pathlib import Path

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.puppet.cell_file import read_sheet
from storyreel.puppet.cells import shown
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import read_drawing
from storyreel.script.files import companion, is_sheet

_RESTS = {"show": 0.0, "dx": 0.0, "dy": 0.0, "rot": 0.0, "sx": 1.0, "sy": 1.0, "skew": 0.0}
"""What of a group can be moved, and its value in the drawing as it is; of `show` that depends on the group."""


def channel_named(value: str, groups: frozenset[str]) -> str:
    """The channel that an author's word means: `Lid` whether that group is shown, `Lid.rot` its turn.

    Raises:
        StoryreelError: the drawing has no such group, or none of its channels has that name.
    """
    if value in groups:
        return f"{value}.show"
    group, _, channel = value.rpartition(".")
    if group not in groups:
        wanted = group or value
        raise StoryreelError(f"the drawing has no group '{wanted}'{did_you_mean(wanted, groups)}")
    if channel not in _RESTS:
        raise StoryreelError(f"a group has no '{channel}'{did_you_mean(channel, _RESTS)}")
    return value


def groups_of(path: Path) -> dict[str, bool]:
    """The groups of a drawing that can be moved, and whether each is shown unless something says otherwise.

    Raises:
        SceneError: the drawing or its rig has mistakes.
    """
    if is_sheet(path.name):
        sheet = read_sheet(path, companion(path))
        there = {cell.name for cell in shown(sheet, {})}
        return {name: name in there for name in sheet.cells}
    known = read_rig(path).pivots
    return {node.id: node.shown for node in read_drawing(path).root.walk() if node.id in known}


def rest(channel: str, groups: dict[str, bool]) -> float:
    """The value of a channel in the drawing as it is."""
    group, _, what = channel.rpartition(".")
    return float(groups[group]) if what == "show" else _RESTS[what]
