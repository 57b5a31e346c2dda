"""A dead hold: for so long nothing moves, and then everything goes on from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from storyreel.timeline.model import Layer
from storyreel.timeline.track import Channel, baked, samples

_WAKING = 6
"""Frames in which what has been held comes to where it would have been."""
_SWITCHES = (".show", ".front", "mouth", "free")


@dataclass(frozen=True)
class Hold:
    """Frames (half-open) in which nothing moves but what is excepted."""

    start: int
    end: int
    apart: frozenset[str] = frozenset()


def excepted(name: str) -> str:
    """What a name excepts from a hold: all of somebody, or of a field the caret alone."""
    return name if name.endswith(".caret") else name.partition(".")[0]


def held(layers: Sequence[Layer], holds: Sequence[Hold], length: int) -> list[Layer]:
    """Layers of a scene of so many frames, standing still in every hold."""
    return [_held(layer, holds, length) for layer in layers]


def _held(layer: Layer, holds: Sequence[Hold], length: int) -> Layer:
    mine = [hold for hold in holds if layer.id.partition(" ")[0] not in hold.apart]
    if not mine:
        return layer
    own = layer.id.partition(" ")[0]
    return replace(
        layer,
        channels=tuple(
            (name, _still(name, channel, [hold for hold in mine if f"{own}.{name}" not in hold.apart], length))
            for name, channel in layer.channels
        ),
        children=tuple(_held(child, mine, length) for child in layer.children),
    )


def _still(name: str, channel: Channel, holds: Sequence[Hold], length: int) -> Channel:
    if isinstance(channel, float | int):
        return channel
    values = samples(channel, length)
    for hold in holds:
        start, end = max(hold.start, 0), min(hold.end, length)
        if start >= end:
            continue
        here = values[start]
        lost = values[min(end, length - 1)] - here
        values[start:end] = [here] * (end - start)
        if name.endswith(_SWITCHES):
            continue
        for frame in range(end, length if name == "t" else min(end + _WAKING, length)):
            # What runs goes on from where it stood; what is held comes back to its place.
            left = 1.0 if name == "t" else 1 - (frame - end + 1) / _WAKING
            values[frame] -= lost * left
    return baked(values)
