"""The workers of the studio and what they are given: what is wanted now, in its order, and nothing outdated."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from storyreel.render.cache import Cache
from storyreel.render.pipes import Errand
from storyreel.render.pool import Done, Dropped, Event, Shown
from storyreel.render.queue import Failed, Rank
from storyreel.render.slices import ChunkOrder
from storyreel.render.timings import Tally
from storyreel.studio.wants import Playhead, Want, given_up, next_want

State = Literal["waiting", "drawing", "ready", "failed"]


class Drawing(Protocol):
    """Whoever draws: `storyreel.render.queue.Workers`."""

    @property
    def jobs(self) -> int:
        """How many things are drawn at once."""
        ...

    def get_ready(self, errand: Errand) -> None:
        """Has every worker do something beforehand."""
        ...

    def put(self, rank: Rank, index: int, order: ChunkOrder | Errand, *, by: int) -> None:
        """Takes an order for the worker of that number."""
        ...

    def drop(self, index: int) -> None:
        """Gives one up."""
        ...

    def event(self) -> Event | Failed:
        """The next thing that happened; waits for it."""
        ...


LATE = 4.0
"""CPU seconds after which a chunk in full is late: it is shown as a draft first."""


@dataclass(frozen=True)
class _Begun:
    """What a worker, by its number, is at."""

    want: Want
    worker: int


class Work:
    """Has drawn what the film on the desk wants.

    A worker is given one thing at a time, so that what comes next is decided when it comes. What a newer save doesn't
    want any more is given up, even where it is half drawn; and so is a chunk in full, for as long as a draft waits.

    The chunk that is looked at is always drawn by the first worker, who has its drawings and its last frames in
    memory. Where it is soon there no draft goes before it, and one core is left for its encoder; and so is one to who
    directs.
    """

    def __init__(self, hands: Drawing, cache: Cache, told: Callable[[str, State], None]) -> None:
        """`told` hears of every piece that gets another state, by its key, in whichever thread that happens."""
        self._hands, self._cache, self._told = hands, cache, told
        self._lock = threading.RLock()
        self._tickets = itertools.count()
        self._wants: dict[str, Want] = {}
        self._own: dict[tuple[int, int], Want] = {}
        self._begun: dict[int, _Begun] = {}
        self._leaving: set[int] = set()
        self._held: dict[str, bytes] = {}
        self._ready: set[str] = set()
        self._failed: dict[str, str] = {}
        self._playhead = Playhead()
        self._directing = False
        self._pace: float | None = None

    def get_ready(self, errand: Errand) -> None:
        """Has the workers load what they will need, before anything is wanted of them."""
        self._hands.get_ready(errand)

    def make_way(self) -> None:
        """A save is being directed, which `take` or `go_on` ends."""
        with self._lock:
            self._directing = True
            self._thin()

    def go_on(self) -> None:
        """Nothing has come of a save."""
        with self._lock:
            self._directing = False
            self._feed()

    def take(self, wants: Iterable[Want], playhead: Playhead) -> None:
        """From now on these are wanted, and nothing else."""
        with self._lock:
            self._wants = {want.key: want for want in wants}
            self._own = {(want.start, want.end): want for want in self._wants.values() if want.size == "full"}
            self._playhead, self._directing = playhead, False
            self._failed = {}
            self._held = {key: data for key, data in self._held.items() if key in self._wants}
            self._ready = {key for key in self._wants if key in self._ready or self._cache.get(key) is not None}
            for ticket, begun in self._begun.items():
                if begun.want.key not in self._wants:
                    self._give_up(ticket)
            self._feed()

    def look(self, playhead: Playhead) -> None:
        """Another film frame is looked at."""
        with self._lock:
            self._playhead = playhead
            self._feed()

    def states(self) -> Mapping[str, State]:
        """How it is with each piece that is wanted."""
        with self._lock:
            drawing = {begun.want.key for begun in self._staying()}
            return {
                key: "ready"
                if key in self._ready
                else "drawing"
                if key in drawing
                else "failed"
                if key in self._failed
                else "waiting"
                for key in self._wants
            }

    def faults(self) -> tuple[str, ...]:
        """Why pieces could not be made, each reason once."""
        with self._lock:
            return tuple(dict.fromkeys(self._failed.values()))

    def piece(self, key: str) -> bytes | None:
        """A finished piece that is wanted; one that the cache has lost meanwhile is made again."""
        with self._lock:
            if key not in self._wants:
                return None
            data = self._held.get(key) or self._cache.get(key)
            if data is None and key in self._ready:
                self._ready.discard(key)
                self._feed()
            return data

    def heard(self, event: Event | Failed) -> None:
        """Takes what the hands say."""
        if isinstance(event, Shown):
            return
        with self._lock:
            want = self._begun.pop(event.index).want
            self._leaving.discard(event.index)
            state: State = "waiting"
            if isinstance(event, Done):
                if want.size == "full":
                    self._pace = _pace(event.watch.tally, self._hands.jobs)
                self._cache.put(want.key, event.data)
                if want.key in self._wants:
                    if self._cache.trouble:
                        self._held[want.key] = event.data
                    self._ready.add(want.key)
                    state = "ready"
            elif not isinstance(event.error, Dropped) and want.key in self._wants:
                self._failed[want.key] = str(event.error)
                state = "failed"
            if want.key in self._wants:
                self._told(want.key, state)
            self._feed()

    def run(self) -> None:
        """Hears what the hands say, for ever."""
        while True:
            self.heard(self._hands.event())

    def close(self) -> None:
        """Leaves the cache no larger than it may be."""
        self._cache.trim()

    def _feed(self) -> None:
        """Gives idle workers what comes first."""
        self._thin()
        while True:
            done = self._ready | self._failed.keys() | {begun.want.key for begun in self._staying()}
            idle = set(range(self._hands.jobs)) - {begun.worker for begun in self._begun.values()}
            # An errand goes on to its end: the first worker, who is to be free, gets none that another can have.
            deaf = idle == {0} and self._hands.jobs > 1
            left = (
                want
                for key, want in self._wants.items()
                if key not in done and not self._needless(want) and not (deaf and want.size == "sound")
            )
            want = next_want(left, self._playhead)
            if want is None:
                return
            # Whoever leaves makes room soon: for what the first worker alone does, that one.
            alone = want.size == "full" and self._is_looked_at(want)
            worker = 0 if alone else max(idle, default=0)
            if worker not in idle or not (self._hurries(want) or len(self._begun) < self._most()):
                if not any(worker == self._begun[ticket].worker or not alone for ticket in self._leaving):
                    self._make_room(want, worker if alone else None)
                return
            ticket = next(self._tickets)
            self._begun[ticket] = _Begun(want, worker)
            order = want.order
            if isinstance(order, ChunkOrder):
                order = replace(order, again=self._is_looked_at(want))
            self._hands.put((0,), ticket, order, by=worker)
            self._told(want.key, "drawing")
            self._thin()

    def _staying(self) -> list[_Begun]:
        """What is under way and not given up."""
        return [begun for ticket, begun in self._begun.items() if ticket not in self._leaving]

    def _is_looked_at(self, want: Want) -> bool:
        return want.size != "sound" and want.start <= self._playhead.frame < want.end and not self._playhead.playing

    def _hurries(self, want: Want) -> bool:
        """Whether a chunk is looked at, and soon there in full."""
        soon = self._pace is not None and self._pace * (want.end - want.start) < LATE
        return soon and want.size == "full" and self._is_looked_at(want)

    def _needless(self, want: Want) -> bool:
        """Whether a draft would be no sooner there than the chunk in full."""
        own = self._own.get((want.start, want.end)) if want.size == "draft" else None
        if own is None or own.key in self._failed:
            return False
        return own.key in self._ready or self._hurries(own)

    def _most(self) -> int:
        """How many things may be under way."""
        leave = self._directing or any(self._hurries(begun.want) for begun in self._staying())
        return max(self._hands.jobs - leave, 1)

    def _thin(self) -> None:
        """Gives up what is needless by now, and what there is no core for: by the first worker first, who is to be
        free."""
        for ticket, begun in self._begun.items():
            if ticket not in self._leaving and self._needless(begun.want):
                self._give_up(ticket)
        over = len(self._staying()) - self._most()
        for ticket, begun in sorted(self._begun.items(), key=lambda item: item[1].worker):
            want = begun.want
            if over > 0 and not (ticket in self._leaving or want.size == "sound" or self._is_looked_at(want)):
                self._give_up(ticket)
                over -= 1

    def _make_room(self, want: Want, worker: int | None) -> None:
        """Has what is less urgent given up, by this worker or whichever."""
        may = [begun.want for begun in self._begun.values() if worker in (None, begun.worker)]
        late = given_up(may, want, self._playhead)
        if late is not None:
            self._give_up(next(ticket for ticket, begun in self._begun.items() if begun.want is late))

    def _give_up(self, ticket: int) -> None:
        self._leaving.add(ticket)
        self._hands.drop(ticket)


def _pace(tally: Tally, jobs: int) -> float | None:
    """CPU seconds a frame from one that waits for a chunk: with a core to spare it is encoded beside its drawing."""
    if not tally.frames:
        return None
    drawing = tally.cpu - tally.encode
    return (max(drawing, tally.encode) if jobs > 1 else tally.cpu) / tally.frames
