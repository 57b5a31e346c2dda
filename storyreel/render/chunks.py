"""How a film is cut into chunks: the unit of parallel work, of the cache, and of resuming."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from storyreel.looks import look
from storyreel.timeline.model import Timeline

LEAST, MOST = 45, 75
"""Frames in a chunk: at least (where the scene is long enough), and at most; each a little more in long blocks."""
_MORE = 15
"""Frames that a chunk has beyond the least where what is left would be too long for one."""


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

    From its beginning on, each as short as may be, on the edges of blocks of `block` frames (`storyreel.paint.cels`):
    a scene that grows keeps its edges but for the last ones, and what comes before the change is found in the cache. A
    scene under twice `LEAST` can't be cut so, and stays one range.
    """
    least, more = (block * -(-frames // block) for frames in (LEAST, _MORE))
    most = least + MOST - LEAST
    edges = [0]
    while (left := length - edges[-1]) >= 2 * least:
        # What is left over has to be a range itself, or long enough for two.
        short = left - least <= most or left >= 3 * least
        edges.append(edges[-1] + (least if short else least + more))
    return tuple(itertools.pairwise([*edges, length])) if length > 0 else ()


def chunks(timeline: Timeline) -> Iterator[Chunk]:
    """Every chunk of a film, in the film's order; none crosses a scene."""
    block = look(timeline.look).exposure.block(timeline.rate)
    for index, (film, scene) in enumerate(timeline.starts()):
        for start, end in cut(scene.length, block):
            yield Chunk(index, start, end, film + start)
