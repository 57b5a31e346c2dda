"""The set of a scene as something that a story changes: its groups are shown and moved, from a place on outwards."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from storyreel.direct.groups import channel_named, rest
from storyreel.direct.keyline import KeyLine
from storyreel.direct.production import Production
from storyreel.direct.schedule import Times
from storyreel.direct.sides import named_part
from storyreel.errors import StoryreelError, directing
from storyreel.puppet.bounds import boxes
from storyreel.puppet.model import Point
from storyreel.puppet.svg import read_drawing
from storyreel.puppet.sways import joints
from storyreel.script.files import is_sheet
from storyreel.script.models import Part, Scene
from storyreel.timeline.model import DrawingContent, Layer

_EACH = 6
"""Thirtieths of a second that one group's change takes of one that spreads."""
STAGE = "stage"
"""What a set is called."""


def set_path(production: Production, scene: Scene) -> Path:
    """Where the drawing of a scene's set lies.

    Raises:
        StoryreelError: there is none of that name.
    """
    with directing("scenes", scene.id, "set"):
        return production.scenery.drawing(scene.set, "sets")


class Setting:
    """The set behind one scene in the making.

    Args:
        path: its drawing.
        before: where the shot before left its groups, by their channels.
    """

    def __init__(self, path: Path | None, before: Mapping[str, float] | None = None) -> None:
        self._path = path
        self._lines: dict[str, KeyLine] = {name: KeyLine(value) for name, value in (before or {}).items()}

    def change(self, part: Part, at: int, times: Times) -> int:
        """Takes in what a part says of the set; gives the frame at which that is done.

        Raises:
            StoryreelError: the set has no such group, or the change spreads from none.
        """
        groups, middles = self._groups()
        over, end = times.optional(part.over, 0.0), at
        for value, goal in part.set.items():
            if not isinstance(goal, int | float):
                raise StoryreelError("groups of a set follow nothing; give them a number: set: {Lamp: 1}")
            channels = _channels(value, groups)
            delays = _delays(channels, middles, self._source(part.from_, middles))
            each = min(times.optional(None, _EACH / 30), over) if part.from_ is not None else over
            for channel in channels:
                line = self._lines.setdefault(channel, KeyLine(rest(channel, groups)))
                begins = at + round(delays[channel] * (over - each))
                line.move(
                    begins,
                    0 if channel.endswith(".show") else each,
                    float(goal),
                    part.ease if "ease" in part.model_fields_set else "inout",
                )
                end = max(end, begins + each)
        return end

    def moved(self, layers: Sequence[Layer]) -> list[Layer]:
        """Layers with the set's groups as they are moved."""
        found = tuple((name, line.channel()) for name, line in self._lines.items())
        if not found or self._path is None:
            return list(layers)
        return [
            replace(layer, channels=(*layer.channels, *found))
            if layer.kind == "set"
            and isinstance(layer.content, DrawingContent)
            and Path(layer.content.drawing.path) == self._path
            else layer
            for layer in layers
        ]

    def left(self) -> dict[str, float]:
        """How it leaves its groups for the next shot."""
        return {name: line.last for name, line in self._lines.items()}

    def _groups(self) -> tuple[dict[str, bool], dict[str, Point]]:
        """The groups that can be moved and whether each is shown, and the middle of each."""
        if self._path is None or is_sheet(self._path.name):
            raise StoryreelError("this scene has no drawn set whose groups could be moved")
        drawing = read_drawing(self._path)
        known = joints(drawing)
        if not known:
            raise StoryreelError(f"no group of {self._path.name} has a data-pivot, so none of them can be moved")
        rooms = boxes(drawing)
        middles = {name: _middle(rooms[name]) if name in rooms else at for name, at in known.items()}
        return {node.id: node.shown for node in drawing.root.walk() if node.id in known}, middles

    def _source(self, place: str | Point | None, middles: Mapping[str, Point]) -> Point | None:
        """From where a change spreads, in the drawing's units."""
        if place is None:
            return None
        name, _, where = place.partition(".") if isinstance(place, str) else ("", "", "")
        part = named_part(where, middles) if name == STAGE and where else None
        if part is None:
            raise StoryreelError("a change of a set spreads from one of its groups: from: stage.window-1")
        return middles[part]


def _channels(value: str, groups: Mapping[str, bool]) -> list[str]:
    """The channels that an author's word means: of one group, or of all that are numbered: `Window` of `Window 1` …"""
    head, dot, what = value.partition(".")
    numbered = [name for name in groups if re.fullmatch(rf"{re.escape(head)}[ -]?\d+", name, re.IGNORECASE)]
    if head in groups or not numbered:
        return [channel_named(value, frozenset(groups))]
    return [channel_named(f"{name}{dot}{what}", frozenset(groups)) for name in numbered]


def _delays(channels: Sequence[str], middles: Mapping[str, Point], source: Point | None) -> dict[str, float]:
    """How late each of several changes comes, from 0 to 1, by how far it is from where they spread."""
    if source is None:
        return dict.fromkeys(channels, 0.0)
    far = {channel: math.dist(middles[channel.rpartition(".")[0]], source) for channel in channels}
    most = max(far.values(), default=0.0)
    return {channel: away / most if most else 0.0 for channel, away in far.items()}


def _middle(box: tuple[float, float, float, float]) -> Point:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
