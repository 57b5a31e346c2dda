"""Which things of a frame are held: painted once, over a block of frames, as the plate at the bottom and cels above it.

A cel is a transparent image. Blended, its pixels can differ by a level or two from the same shapes painted straight
into the picture, so what is a cel must never depend on how a frame is rendered: it is decided by blocks of the scene's
own frames, and a frame alone, a run, a chunk and a preview all ask for the same block.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from typing import NamedTuple


def block(frame: int, length: int, size: int) -> range:
    """The frames of the block that holds a scene-local frame, in a scene of that length.

    Args:
        size: frames of a block, counted from the scene's first (`storyreel.treatment.contract.Exposure.block`).
    """
    first = frame // size * size
    return range(first, min(first + size, length))


def held(states: Sequence[Sequence[Hashable]]) -> frozenset[Hashable]:
    """The keys that every frame of a block shows."""
    if not states:
        return frozenset()
    first, *others = states
    found = set(first)
    for state in others:
        found.intersection_update(state)
    return frozenset(found)


class Run(NamedTuple):
    """Items `start` to `end` of a display list (half-open): one that moves, or neighbours that are held together."""

    start: int
    end: int
    held: bool


def runs(keys: Sequence[Hashable], holding: Collection[Hashable]) -> list[Run]:
    """A display list cut into runs, from the bottom up."""
    found: list[Run] = []
    for index, key in enumerate(keys):
        if key not in holding:
            found.append(Run(index, index + 1, False))
        elif found and found[-1].held:
            found[-1] = found[-1]._replace(end=index + 1)
        else:
            found.append(Run(index, index + 1, True))
    return found
