"""What a film wants to be drawn, and what of it comes first: nearest the playhead, then forwards, then the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from storyreel.render.film import Plan
from storyreel.render.pipes import Errand
from storyreel.render.slices import ChunkOrder

Size = Literal["draft", "sound", "full"]
"""A small chunk that is there soon, the film's sound, the film's own chunk."""


_LOOKED_AT = (0, 0, 0)
"""What ranks before it shows what is looked at."""


@dataclass(frozen=True)
class Playhead:
    """The film frame that is looked at, and whether it moves on."""

    frame: int = 0
    playing: bool = False


@dataclass(frozen=True)
class Want:
    """A piece of the film: what it is known by, what makes it, and which film frames (half-open) it shows."""

    key: str
    order: ChunkOrder | Errand
    start: int
    end: int
    size: Size

    def rank(self, playhead: Playhead) -> tuple[int, int, int]:
        """What goes first: the lowest. First what is looked at, as a draft, and in full where the picture stands; then
        the sound; then drafts, and after all of them chunks in full."""
        if self.size == "sound":
            return (0, 0, 0)
        here = self.start <= playhead.frame < self.end
        if here and not (self.size == "full" and playhead.playing):
            return (0, 0, -2 if self.size == "draft" else -1)
        gone = self.end <= playhead.frame
        away = self.start if gone else max(self.start - playhead.frame, 0) + 1
        return (int(self.size == "full"), int(gone), away)


def chunk_wants(plan: Plan, size: Size) -> Iterable[Want]:
    """The chunks of a film."""
    start = 0
    for (_, order), key in zip(plan.orders, plan.keys, strict=True):
        length = order.end - order.start
        yield Want(key, order, start, start + length, size)
        start += length


def next_want(wants: Iterable[Want], playhead: Playhead) -> Want | None:
    """The one that goes first."""
    return min(wants, key=lambda want: want.rank(playhead), default=None)


def given_up(begun: Iterable[Want], waiting: Want, playhead: Playhead) -> Want | None:
    """What is being drawn that gives way to what is waiting, the one wanted last: chunks in full to all else; all but
    the sound to what is looked at."""
    first = waiting.rank(playhead)
    if first[0]:
        return None
    late = [
        want
        for want in begun
        if (rank := want.rank(playhead))[0] or (first < _LOOKED_AT <= rank and want.size != "sound")
    ]
    return max(late, key=lambda want: want.rank(playhead), default=None)


def plain(want: Want) -> dict[str, Any]:
    """A want as the page is told of it."""
    return {"key": want.key, "start": want.start, "end": want.end}
