"""The workers of the studio and what they are given: what is wanted now, in its order, and nothing outdated."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, Protocol

from storyreel.render.cache import Cache
from storyreel.render.pipes import Errand
from storyreel.render.pool import Done, Dropped, Event, Shown
from storyreel.render.queue import Failed, Rank
from storyreel.render.slices import ChunkOrder
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

    def put(self, rank: Rank, index: int, order: ChunkOrder | Errand) -> None:
        """Takes an order."""
        ...

    def drop(self, index: int) -> None:
        """Gives one up."""
        ...

    def event(self) -> Event | Failed:
        """The next thing that happened; waits for it."""
        ...


class Work:
    """Has drawn what the film on the desk wants.

    A worker is given one thing at a time, so that what comes next is decided when it comes. What a newer save doesn't
    want any more is given up, even where it is half drawn; and so is a chunk in full, for as long as a draft waits.
    """

    def __init__(self, hands: Drawing, cache: Cache, told: Callable[[str, State], None]) -> None:
        """`told` hears of every piece that gets another state, by its key, in whichever thread that happens."""
        self._hands, self._cache, self._told = hands, cache, told
        self._lock = threading.RLock()
        self._tickets = itertools.count()
        self._wants: dict[str, Want] = {}
        self._begun: dict[int, Want] = {}
        self._leaving: set[int] = set()
        self._held: dict[str, bytes] = {}
        self._ready: set[str] = set()
        self._failed: dict[str, str] = {}
        self._playhead = Playhead()

    def get_ready(self, errand: Errand) -> None:
        """Has the workers load what they will need, before anything is wanted of them."""
        self._hands.get_ready(errand)

    def take(self, wants: Iterable[Want], playhead: Playhead) -> None:
        """From now on these are wanted, and nothing else."""
        with self._lock:
            self._wants = {want.key: want for want in wants}
            self._playhead = playhead
            self._failed = {}
            self._held = {key: data for key, data in self._held.items() if key in self._wants}
            self._ready = {key for key in self._wants if key in self._ready or self._cache.get(key) is not None}
            for ticket, want in self._begun.items():
                if want.key not in self._wants:
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
            drawing = {want.key for ticket, want in self._begun.items() if ticket not in self._leaving}
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
            want = self._begun.pop(event.index)
            self._leaving.discard(event.index)
            state: State = "waiting"
            if isinstance(event, Done):
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
        while True:
            busy = {want.key for ticket, want in self._begun.items() if ticket not in self._leaving}
            done = self._ready | busy | self._failed.keys()
            want = next_want((want for key, want in self._wants.items() if key not in done), self._playhead)
            if want is None:
                return
            if len(self._begun) >= self._hands.jobs:
                # One that leaves makes room for it soon.
                if not self._leaving:
                    self._make_room(want)
                return
            ticket = next(self._tickets)
            self._begun[ticket] = want
            self._hands.put((0,), ticket, want.order)
            self._told(want.key, "drawing")

    def _make_room(self, want: Want) -> None:
        late = given_up(self._begun.values(), want, self._playhead)
        if late is not None:
            self._give_up(next(ticket for ticket, begun in self._begun.items() if begun is late))

    def _give_up(self, ticket: int) -> None:
        self._leaving.add(ticket)
        self._hands.drop(ticket)
