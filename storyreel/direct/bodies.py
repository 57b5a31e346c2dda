"""Somebody as they are drawn, frame by frame: where the parts of a drawing are, and what moves each of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.direct.acting.touches import placed
from storyreel.direct.cast import Performer
from storyreel.puppet.bounds import Box, boxes
from storyreel.puppet.model import Matrix, Point, concat
from storyreel.puppet.svg import read_drawing
from storyreel.script.files import is_sheet
from storyreel.stage.posing import Skeleton
from storyreel.timeline.model import PuppetContent


@dataclass(frozen=True)
class Bones:
    """What a puppet's drawing tells of where its parts are."""

    parts: Mapping[str, Box]
    skeleton: Skeleton

    def palm(self, hand: str) -> Point | None:
        """The middle of a hand at rest."""
        box = self.parts.get(hand)
        return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if box is not None else None


@dataclass(frozen=True)
class Shown:
    """Somebody as one of their drawings, from a frame up to another, with all channels frame by frame."""

    one: Performer
    start: int
    end: int
    channels: Mapping[str, Array]

    @cached_property
    def _frames(self) -> dict[int, Callable[[str], Matrix]]:
        """What was asked for of its frames, which are asked about again and again."""
        return {}

    @cached_property
    def _told(self) -> tuple[Mapping[str, float], tuple[str, ...], list[list[float]]]:
        """The channels that stay as they are, the names of those that don't, and the values of these by frame."""
        names, curves = list(self.channels), np.array(list(self.channels.values()))
        moves = (curves != curves[:, :1]).any(axis=1).tolist()
        firsts = zip(names, curves[:, 0].tolist(), moves, strict=True)
        still = {name: value for name, value, moving in firsts if not moving}
        return still, tuple(itertools.compress(names, moves)), curves[moves].T.tolist()

    def motion(self, part: str, frame: int) -> Matrix:
        """What moves a part at a frame, from the drawing's units to the ground that they stand on; "" is the whole."""
        return self.motions(frame)(part)

    def motions(self, frame: int) -> Callable[[str], Matrix]:
        """What moves each part at a frame, as `motion` tells it of one."""
        if frame not in self._frames:
            self._frames[frame] = self._moves(frame)
        return self._frames[frame]

    def _moves(self, frame: int) -> Callable[[str], Matrix]:
        outer, known = placed(self.channels, self.one.rig, frame), bones(self.one.content)
        if known is None:
            return lambda part: outer
        moves: list[Callable[[str], Matrix]] = []

        def motion(part: str) -> Matrix:
            if not part:
                return outer
            if not moves:
                still, moving, values = self._told
                pose = {**still, **dict(zip(moving, values[frame] if moving else (), strict=True))}
                moves.append(known.skeleton.motions(pose))
            return concat(outer, moves[0](part))

        return motion


@cache
def _bones(path: str, rig: str, digests: tuple[str, str]) -> Bones:
    from storyreel.puppet.rig import read_rig

    drawing = read_drawing(Path(path))
    parts = boxes(drawing)
    return Bones(parts, Skeleton(drawing, read_rig(Path(path), Path(rig) if rig else None), parts))


def bones(content: PuppetContent) -> Bones | None:
    """The bones of a puppet; None of one that is drawn as cells."""
    if is_sheet(content.drawing.path) or (content.rig is not None and is_sheet(content.rig.path)):
        return None
    rig = content.rig
    return _bones(content.drawing.path, rig.path if rig else "", (content.drawing.digest, rig.digest if rig else ""))
