"""Beats that are loops: their last drawings lead into their first, and what can't is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from storyreel.direct.production import Production
from storyreel.timeline.model import Layer
from storyreel.timeline.track import Channel, baked, sample, samples

_SHARE, _MOST = 3, 12
"""The last share (one in so many) of a loop in which all comes back to where it began, and so many frames at most."""
_SWITCHES = (".show", ".front", "mouth", "free")
_TOLD = {"x": 12.0, "y": 12.0, "scale": 0.04, "rot": 4.0, "opacity": 0.1}
"""By how much the ends of a loop may differ so that nobody says it: what is more is a change, and no idling."""


@dataclass(frozen=True)
class Loop:
    """Frames (half-open) of a shot that are run as a loop; `path` is where that stands in the script."""

    start: int
    end: int
    path: tuple[str | int, ...]


def closed(layers: Sequence[Layer], loops: Sequence[Loop], length: int) -> list[Layer]:
    """Layers whose values come back at the end of each loop to where they were at its beginning."""
    return [
        replace(
            layer,
            channels=tuple((name, _closed(name, channel, loops, length)) for name, channel in layer.channels),
            children=tuple(closed(layer.children, loops, length)),
        )
        for layer in layers
    ]


def apart(layers: Sequence[Layer], loop: Loop) -> Iterator[str]:
    """Who or what is elsewhere, or otherwise, at the end of a loop than at its beginning."""
    for layer in layers:
        if layer.kind not in ("cast", "prop"):
            continue
        there = not layer.start <= loop.start < layer.end or layer.end < loop.end
        values = dict(layer.channels)
        moved = [
            name
            for name, most in _TOLD.items()
            if name in values and abs(sample(values[name], loop.end) - sample(values[name], loop.start)) > most
        ]
        if moved or there:
            yield layer.id
        yield from apart(layer.children, loop)


def _closed(name: str, channel: Channel, loops: Sequence[Loop], length: int) -> Channel:
    if isinstance(channel, float | int) or name == "t" or name.endswith(_SWITCHES):
        return channel
    values = samples(channel, length)
    for loop in loops:
        frames = max(min((loop.end - loop.start) // _SHARE, _MOST), 1)
        for frame in range(max(loop.end - frames, 0), min(loop.end, length)):
            share = (frame - (loop.end - frames) + 1) / (frames + 1)
            eased = share * share * (3 - 2 * share)
            values[frame] += (values[loop.start] - values[frame]) * eased
    return baked(values)


def judge_loops(layers: Sequence[Layer], loops: Sequence[Loop], production: Production) -> None:
    """Warns of whoever is elsewhere at the end of a loop than at its beginning."""
    for loop in loops:
        names = list(dict.fromkeys(name.partition(" ")[0] for name in apart(layers, loop)))
        if names:
            said = f"the ends of this loop differ: {', '.join(names)}; bring back what has changed"
            production.warn(said, *loop.path)
