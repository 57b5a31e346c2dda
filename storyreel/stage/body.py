"""Puppets, however they were drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from storyreel.puppet.model import Rig
from storyreel.script.files import is_sheet
from storyreel.stage.camera import Affine
from storyreel.stage.cells import DrawnCells
from storyreel.stage.display import Bounds, Canvas
from storyreel.stage.puppet import DrawnPuppet
from storyreel.stage.treated import Hand
from storyreel.treatment.contract import Edge


class Body(Protocol):
    """A puppet that can be drawn in any pose, with its feet at the origin, in its own units."""

    rig: Rig

    def draw(
        self,
        canvas: Canvas,
        pose: dict[str, float],
        edges: Sequence[Edge] = (),
        only: frozenset[str] | None = None,
    ) -> None:
        """Draws it, or nothing but some parts of it."""

    def parts(self, pose: dict[str, float], matrix: Affine) -> dict[str, Bounds]:
        """The box of each part that is shown in a pose, where `matrix` takes it."""

    def bounds(self, pose: dict[str, float] | None = None) -> Bounds:
        """Where its ink is in a pose."""


def body(drawing: Path, rig: Path | None, colours: tuple[tuple[str, str], ...] = (), hand: Hand | None = None) -> Body:
    """A puppet from its files, kept for as long as they stay the same.

    Args:
        drawing: the SVG, or the picture of its cells.
        rig: the rig of an SVG, if it has a file of its own, or the sheet that says what the cells are.
        colours: names of the rig's `colours` with the "#RRGGBB" that each becomes.
        hand: how a look draws it; left out, as it is.

    Raises:
        SceneError: a file has mistakes.
        StoryreelError: a file is not there, or a colour has no such name.
    """
    if rig is not None and is_sheet(rig.name):
        return DrawnCells.load(rig, drawing, hand)
    return DrawnPuppet.load(drawing, rig, colours, hand)
