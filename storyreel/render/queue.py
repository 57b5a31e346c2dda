"""One queue of work for many films: chunks and errands over one set of workers, what comes first going first."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from storyreel.render.cache import Cache
from storyreel.render.errors import RenderError
from storyreel.render.film import Plan, Spool
from storyreel.render.pipes import Errand
from storyreel.render.pool import Done, Dropped, Event, Shown, Worker, WorkerDied, with_spare_core
from storyreel.render.slices import ChunkOrder
from storyreel.render.timings import Stopwatch

Rank = tuple[int, ...]
"""What goes first: the lowest in the order of tuples."""

Find = Callable[[], bytes | None]
"""Gives a chunk that has been finished elsewhere in the meantime."""


_MOMENT = 0.05


@dataclass(frozen=True)
class Failed:
    """What was ordered under `index` can't be done."""

    index: int
    error: BaseException


class Hands(Protocol):
    """Whoever does the work of a queue: workers on this machine, or on many. A context: leaving it ends all work."""

    @property
    def jobs(self) -> int:
        """How many orders are worked on at once."""
        ...

    def __enter__(self) -> Hands: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def put(self, rank: Rank, index: int, order: ChunkOrder | Errand, find: Find | None = None) -> None:
        """Takes an order; its events carry `index`. `find` is asked when its turn comes."""
        ...

    def withdraw(self, index: int) -> None:
        """Forgets an order that is not begun yet; one that is begun goes on to its end."""
        ...

    def event(self) -> Event | Failed:
        """The next thing that happened; waits for it."""
        ...


class Workers:
    """Worker processes of this machine, each started with its first order and kept until the end."""

    def __init__(self, jobs: int, events: queue.SimpleQueue[Event | Failed] | None = None) -> None:
        """`events`: where they go, if others' go there too."""
        self.jobs = jobs
        self._workers = [Worker() for _ in range(jobs)]
        self._threads: list[threading.Thread] = []
        self._orders: list[tuple[Rank, int, ChunkOrder | Errand, Find | None, int | None]] = []
        self._begun: dict[int, Worker] = {}
        self._events = queue.SimpleQueue() if events is None else events
        self._changed = threading.Condition()
        self._stopped = False

    def __enter__(self) -> Workers:
        for worker in self._workers:
            thread = threading.Thread(target=self._drive, args=(worker,), daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._stopped = True
            self._orders.clear()
            self._changed.notify_all()
        for worker in self._workers:
            worker.stop()
        for worker, thread in zip(self._workers, self._threads, strict=True):
            # A thread that was just about to give its worker an order starts it again.
            while thread.is_alive():
                thread.join(_MOMENT)
                worker.stop()

    @property
    def processes(self) -> tuple[int | None, ...]:
        """The workers' process ids; None for one that was not needed yet."""
        return tuple(worker.process.pid if worker.process else None for worker in self._workers)

    def get_ready(self, errand: Errand) -> None:
        """Starts the workers now, and has each do something that its chunks will be glad of."""
        for worker in self._workers:
            worker.get_ready(errand)

    def put(
        self, rank: Rank, index: int, order: ChunkOrder | Errand, find: Find | None = None, by: int | None = None
    ) -> None:
        """Takes an order; `index` is its own. With `by` it waits for the worker of that number, counted from 0."""
        with self._changed:
            self._orders.append((rank, index, order, find, by))
            self._changed.notify_all()

    def withdraw(self, index: int) -> None:
        """Forgets an order that is not begun yet."""
        with self._changed:
            self._orders = [entry for entry in self._orders if entry[1] != index]

    def drop(self, index: int) -> None:
        """Gives an order up, begun or not: it fails with `storyreel.render.pool.Dropped`, if it isn't done first."""
        with self._changed:
            worker = self._begun.get(index)
            if any(entry[1] == index for entry in self._orders):
                self.withdraw(index)
                self._events.put(Failed(index, Dropped()))
        # Its worker may be sending, which takes a while, and others want to put and to take meanwhile.
        if worker is not None:
            worker.drop(index)

    def event(self) -> Event | Failed:
        """The next thing that happened; waits for it."""
        return self._events.get()

    def _next(self, worker: Worker) -> tuple[int, ChunkOrder | Errand, Find | None] | None:
        """The first order of the queue, once there is one, for a worker; None at the end."""
        number = self._workers.index(worker)
        with self._changed:
            while not (own := [entry for entry in self._orders if entry[4] in (None, number)]) and not self._stopped:
                self._changed.wait()
            if self._stopped:
                return None
            first = min(own, key=lambda entry: entry[:2])
            self._orders.remove(first)
            _, index, order, find, _ = first
            if isinstance(order, ChunkOrder):
                order = with_spare_core(order, len(self._orders), self.jobs)
            self._begun[index] = worker
            return index, order, find

    def _drive(self, worker: Worker) -> None:
        """Feeds one worker until the end."""
        while (taken := self._next(worker)) is not None:
            index, order, find = taken
            try:
                kept = find() if find is not None else None
                if kept is not None:
                    self._events.put(Done(index, kept, Stopwatch()))
                else:
                    self._work(worker, index, order)
            except BaseException as error:
                if not self._stopped:
                    self._events.put(Failed(index, error))
            finally:
                with self._changed:
                    self._begun.pop(index, None)

    def _work(self, worker: Worker, index: int, order: ChunkOrder | Errand) -> None:
        """Has one order done; a worker that dies (killed for memory, say) gets one more chance."""
        for chance in range(2):
            try:
                for event in worker.render(index, order):
                    self._events.put(event)
                return
            except WorkerDied as death:
                if self._stopped:
                    return
                if chance:
                    raise RenderError(
                        f"a render worker died twice ({death}) while {_doing(order)}; is there enough memory? "
                        "Try --jobs 1"
                    ) from death


def _doing(order: ChunkOrder | Errand) -> str:
    if isinstance(order, ChunkOrder):
        return f"drawing scene '{order.timeline.scenes[0].id}', frames {order.start} to {order.end}"
    return type(order).__name__.lower()


@dataclass
class _Wanted:
    """A chunk that is on its way: where it goes once it is there, as pairs of film and place in it."""

    key: str
    order: ChunkOrder
    homes: list[tuple[int, int]]
    frames: int = 0


@dataclass
class _Film:
    plan: Plan
    spool: Spool
    missing: int
    reused: int = 0
    found: int = 0


class ChunkQueue:
    """The chunks of many films; one that several of them need is rendered once.

    A film is finished when `missing` says 0; its chunks are then in its spool.
    """

    def __init__(self, hands: Hands, cache: Cache | None, number: Callable[[], int]) -> None:
        """`number` gives indices that no other order of `hands` has."""
        self._hands, self._cache, self._number = hands, cache, number
        self._films: dict[int, _Film] = {}
        self._wanted: dict[int, _Wanted] = {}
        self._by_key: dict[str, int] = {}

    @property
    def pending(self) -> int:
        """Chunks that are not there yet."""
        return len(self._wanted)

    def add(self, film: int, plan: Plan, spool: Spool) -> None:
        """Takes a film; what the cache has goes to its spool at once. Films with lower numbers go first."""
        state = self._films[film] = _Film(plan, spool, len(plan.orders))
        if self._cache:
            self._cache.ahead(plan.keys)
        for (index, order), key in zip(plan.orders, plan.keys, strict=True):
            kept = self._cache.get(key) if self._cache else None
            if kept is not None:
                spool.put(index, kept)
                state.missing -= 1
                state.reused += 1
                state.found += order.end - order.start
                continue
            if key in self._by_key:
                self._wanted[self._by_key[key]].homes.append((film, index))
                state.reused += 1
                continue
            ticket = self._number()
            self._wanted[ticket] = _Wanted(key, order, [(film, index)])
            self._by_key[key] = ticket
            self._hands.put((0, film, 1, index), ticket, order, self._finder(key))

    def _finder(self, key: str) -> Find | None:
        cache = self._cache
        return None if cache is None else lambda: cache.get(key)

    def drop(self, film: int) -> None:
        """Forgets a film; chunks that no other film needs are not rendered any more."""
        self._films.pop(film, None)
        for ticket, wanted in list(self._wanted.items()):
            wanted.homes = [home for home in wanted.homes if home[0] != film]
            if not wanted.homes:
                self._forget(ticket)
                self._hands.withdraw(ticket)

    def _forget(self, ticket: int) -> _Wanted:
        wanted = self._wanted.pop(ticket)
        del self._by_key[wanted.key]
        return wanted

    def heard(self, event: Event | Failed) -> tuple[int, ...]:
        """Takes an event of a chunk; gives the films that it concerns, none where it is not about a chunk.

        Raises:
            OSError: a finished chunk can't be put in a spool.
        """
        wanted = self._wanted.get(event.index)
        if wanted is None:
            return ()
        films = tuple(dict.fromkeys(film for film, _ in wanted.homes))
        if isinstance(event, Shown):
            wanted.frames = event.frames
        elif isinstance(event, Done):
            self._done(event)
        return films

    def _done(self, event: Done) -> None:
        wanted = self._forget(event.index)
        kept = event.watch.tally.frames == 0
        if self._cache and not kept:
            self._cache.put(wanted.key, event.data)
        for film, index in wanted.homes:
            state = self._films[film]
            state.reused += kept and (film, index) == wanted.homes[0]
            state.spool.put(index, event.data)
            state.missing -= 1
            state.found += wanted.order.end - wanted.order.start

    def missing(self, film: int) -> int:
        """Chunks of a film that are not there yet."""
        return self._films[film].missing

    def reused(self, film: int) -> int:
        """Chunks of a film that were not rendered for it: out of the cache, or another film's."""
        return self._films[film].reused

    def frames(self, film: int) -> int:
        """Frames of a film that are there; those of a chunk under way count too."""
        begun = sum(wanted.frames for wanted in self._wanted.values() if any(home[0] == film for home in wanted.homes))
        return self._films[film].found + begun
