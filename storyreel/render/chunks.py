"""How a film is cut into chunks: the unit of parallel work, of the cache, and of resuming."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from storyreel.looks import look
from storyreel.timeline.model import Timeline

LEAST, USUAL, MOST = 24, 48, 60
"""Frames in a chunk: at least (where the scene is long enough), usually, and at most; a little other in long blocks.

An edit draws and encodes its chunk again, and who looks at it waits for that: shorter ones are there sooner, and take
more room (docs/scale.md has the figures)."""


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


def cut(length: int, block: int) -> tuple[tuple[int, int], ...]:
    """Cuts a scene of `length` frames into half-open ranges of `LEAST` to `MOST` frames.

    From its beginning on, on the edges of blocks of `block` frames (`storyreel.paint.cels`): a scene that grows keeps
    its edges but for the last ones, and what comes before the change is found in the cache.
    """
    least, usual = block * max(LEAST // block, 1), block * max(round(USUAL / block), 1)
    edges = [0]
    while (left := length - edges[-1]) > MOST:
        # What is left over has to be a range itself.
        edges.append(edges[-1] + (usual if left - usual >= least else max(usual - least, block)))
    return tuple(itertools.pairwise([*edges, length])) if length > 0 else ()


def chunks(timeline: Timeline) -> Iterator[Chunk]:
    """Every chunk of a film, in the film's order; none crosses a scene."""
    block = look(timeline.look).exposure.block(timeline.rate)
    for index, (film, scene) in enumerate(timeline.starts()):
        for start, end in cut(scene.length, block):
            yield Chunk(index, start, end, film + start)
