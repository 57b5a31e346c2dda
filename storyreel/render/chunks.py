"""How a film is cut into chunks: the unit of parallel work, of the cache, and of resuming."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from storyreel.render.cels import BLOCK
from storyreel.timeline.clock import nearest
from storyreel.timeline.model import Timeline

LEAST, MOST, USUAL = 45, 75, 60
"""Frames in a chunk: at least (where the scene is long enough), at most, and aimed at."""


@dataclass(frozen=True)
class Chunk:
    """A closed GOP of one scene: scene-local frames `start` to `end`, half-open.

    Attributes:
        scene: the scene's index in the timeline.
        film: the film frame at which the chunk's first frame is shown.
    """

    scene: int
    start: int
    end: int
    film: int

    @property
    def length(self) -> int:
        """Frames in the chunk."""
        return self.end - self.start


def cut(length: int) -> tuple[tuple[int, int], ...]:
    """Cuts a scene of `length` frames into half-open ranges of `LEAST` to `MOST` frames.

    Evenly, but on the edges of blocks (`storyreel.render.cels`), so that no block is in two chunks. A scene under twice
    `LEAST` can't be cut so, and stays one range.
    """
    pieces = max(1, (2 * length + USUAL) // (2 * USUAL))
    edges = [nearest(Fraction(length * i, pieces * BLOCK)) * BLOCK for i in range(pieces)] + [length]
    return tuple(itertools.pairwise(edges)) if length > 0 else ()


def chunks(timeline: Timeline) -> Iterator[Chunk]:
    """Every chunk of a film, in the film's order; none crosses a scene."""
    for index, (film, scene) in enumerate(timeline.starts()):
        for start, end in cut(scene.length):
            yield Chunk(index, start, end, film + start)
