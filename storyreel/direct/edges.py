"""Who reaches or goes out over the edge of a pane: drawn over it from the contact on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from storyreel.direct.contacts import Reaching
from storyreel.direct.pages import bend, edge_of
from storyreel.direct.things import Thing
from storyreel.errors import StoryreelError
from storyreel.script.models import Part
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import GroupContent, Layer
from storyreel.timeline.track import Channel, keyed

_BEFORE = 0.25
"""How far before the other panes one lies that somebody is out of."""
BEYOND = 2
"""The value of the channel `free` from which on a layer is let out over one edge: that and the edge's number."""


@dataclass(frozen=True)
class Out:
    """Somebody or something that is out of a pane over one of its edges.

    Attributes:
        name: who or what.
        pane: out of which.
        edge: the number of that edge.
        start, end: from which frame on and to which; None: for good.
    """

    name: str
    pane: str
    edge: int
    start: int
    end: int | None = None


def gone_through(
    name: str, part: Part, at: int, things: Mapping[str, Thing], reachings: Sequence[Reaching], clock: Clock
) -> list[Out]:
    """Lets somebody out of a pane over an edge, which bends, and with them what they reach for.

    Args:
        name: who it is.
        part: what they do.
        at: the frame at which they do it, if they touch nothing.
        things: of the scene.
        reachings: the touches of the scene so far.
        clock: the film's.

    Raises:
        StoryreelError: that is no edge of a pane.
    """
    found = edge_of(part.through or "", things)
    if found is None:
        raise StoryreelError(f"'{part.through}' is no edge of a pane; write a.left, a.top, a.right or a.bottom")
    reached = [one for one in reachings if one.part is part]
    start = reached[0].frame if reached else at
    keeps = part.go is not None or any(one.verb.holds for one in reached)
    end = None if keeps or not reached else reached[-1].end
    bend(*found, start, clock)
    targets = (contact.name for one in reached for contact in one.contacts)
    return [Out(who, found[0].name, found[1], start, end) for who in dict.fromkeys((name, *targets))]


def foremost(layers: Iterable[Layer], out: Iterable[Out]) -> list[Layer]:
    """Layers of which the panes that somebody is out of lie before all other panes from then on: what is out covers
    them."""
    opened = {one.pane: one.start for one in sorted(out, key=lambda one: -one.start)}
    found, before = list(layers), _BEFORE
    before += max((layer.order for layer in found if isinstance(layer.content, GroupContent)), default=0.0)
    for layer in [layer for layer in found if layer.id in opened and isinstance(layer.content, GroupContent)]:
        at = opened[layer.id]
        found.append(replace(layer, id=f"{layer.id} opened", start=max(at, layer.start), order=before))
        found[found.index(layer)] = replace(layer, end=min(at, layer.end))
    return found


def let_out(layer: Layer, name: str, inside: str | None, out: Iterable[Out]) -> Layer:
    """A layer of somebody's or something's that stands in a pane, as far as it is out of that."""
    mine = sorted((one for one in out if one.name == name and one.pane == inside), key=lambda one: one.start)
    if not mine:
        return layer
    keys: list[tuple[int, float, str]] = [(0, 0.0, "hold")] if mine[0].start > 0 else []
    for one in mine:
        keys = [key for key in keys if key[0] < one.start]
        keys.append((max(one.start, 0), float(BEYOND + one.edge), "hold"))
        if one.end is not None and one.end > one.start:
            keys.append((one.end, 0.0, "hold"))
    free: Channel = keyed(*keys) if len(keys) > 1 else keys[0][1]
    channels = tuple(each for each in layer.channels if each[0] != "free")
    return replace(layer, channels=(*channels, ("free", free)))
