"""Chunks drawn by many machines: the client's side of a Dask cluster. Only the client directs, speaks and mixes."""

from __future__ import annotations

import contextlib
import itertools
import pickle
import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any

from storyreel.errors import StoryreelError
from storyreel.farm import remote
from storyreel.farm.handshake import ADVICE, PATIENCE, compared, connected, quiet, said
from storyreel.render.cache import Cache
from storyreel.render.errors import RenderError
from storyreel.render.pipes import Errand
from storyreel.render.pool import Done, Event, default_jobs
from storyreel.render.probe import USUAL, Machine, described, difference
from storyreel.render.queue import Failed, Find, Rank, Workers
from storyreel.render.slices import ChunkOrder, assets

if TYPE_CHECKING:
    from distributed import Client, Future

    from storyreel.farm.local import LocalNodes

LOCAL = "local"
WATCH = 2.0
"""Seconds without news after which the workers are counted."""
COLLECTORS = 8
"""Threads that fetch what workers have finished."""


@dataclass
class _Order:
    """A chunk on its way: what is drawn, in which look, and what reads the files that it needs, by their names."""

    index: int
    look: str
    rank: Rank
    pickled: bytes
    files: Mapping[str, Callable[[str], bytes]]
    future: Future | None = None
    parcels: tuple[str, ...] = ()
    bound: str | None = None
    lacked: int = 0


@dataclass
class _Worker:
    """What is known of a worker's files: those on their way to it, and orders that wait for them."""

    coming: set[str] = field(default_factory=set)
    waiting: list[_Order] = field(default_factory=list)


class Cluster:
    """The workers of a Dask cluster, as `storyreel.render.queue.Hands`. Errands are done on this machine.

    Entering it compares every worker with this machine before anything is rendered; with the first chunk in a look that
    is compared, too.
    """

    task: Callable[..., remote.Answer] = staticmethod(remote.draw)
    """What workers do with an order."""

    def __init__(self, address: str, jobs: int | None = None, cache: Cache | None = None) -> None:
        """
        Args:
            address: a scheduler's (`tcp://host:8786`), or `local`: workers are started on this machine.
            jobs: workers to start there, or processes for errands beside a scheduler elsewhere; as many as there are
                cores if left out.
            cache: one that the workers see too (`storyreel.farm.shared_cache.shared_cache`); chunks stay there.

        Raises:
            StoryreelError: Dask is not installed.
        """
        try:
            import distributed
        except ModuleNotFoundError as error:
            raise StoryreelError("--cluster needs Dask: pip install 'storyreel[cluster]'") from error
        del distributed
        self.address, self._own, self._cache = address, jobs or default_jobs(), cache
        self.nodes: LocalNodes | None = None
        self._client: Client | None = None
        self._machines: dict[str, Machine] = {}
        self._threads = self._own if address == LOCAL else 0
        self._events: queue.SimpleQueue[Event | Failed] = queue.SimpleQueue()
        self._here = Workers(default_jobs() if address == LOCAL else self._own, self._events)
        self._orders: dict[int, _Order] = {}
        self._workers: dict[str, _Worker] = {}
        self._finished: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._lock = threading.RLock()
        self._numbers = itertools.count()
        self._name = uuid.uuid4().hex[:8]
        self._quiet = contextlib.ExitStack()
        self._ready = False
        self._opened, self._stopped = threading.Event(), threading.Event()

    def __enter__(self) -> Cluster:
        """Connects and compares; workers of this machine get ready meanwhile.

        Raises:
            StoryreelError: no scheduler answers, it has no workers, or one of them would draw otherwise.
        """
        self._quiet.enter_context(quiet())
        if self.address == LOCAL:
            threading.Thread(target=self._open_aside, daemon=True).start()
        else:
            try:
                self._open()
            except BaseException:
                self._close()
                raise
        self._here.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._here.__exit__(kind, error, trace)
        self._opened.wait()
        for _ in range(COLLECTORS):
            self._finished.put(None)
        with self._lock:
            futures = [order.future for order in self._orders.values() if order.future is not None]
            self._orders.clear()
        if self._client is not None and futures:
            with contextlib.suppress(Exception):
                self._client.cancel(futures, force=True)
        self._close()

    def _close(self) -> None:
        client, self._client = self._client, None
        nodes, self.nodes = self.nodes, None
        if client is not None:
            client.close(timeout=5)
        if nodes is not None:
            nodes.close()
        self._quiet.close()

    @property
    def jobs(self) -> int:
        """How many chunks are drawn at once."""
        return max(self._threads, 1)

    def _open(self) -> None:
        """Connects, compares all workers with this machine, and sends what has been ordered meanwhile."""
        try:
            if self.address == LOCAL:
                from storyreel.farm.local import LocalNodes

                self.nodes = LocalNodes(self._own)
                self._client = connected(self.nodes.address, self._own)
                self._machines[USUAL] = compared(self._client, self.address, None, self._cache)
            else:
                with ThreadPoolExecutor(1) as aside:
                    machine = aside.submit(described)
                    self._client = connected(self.address, 1)
                self._machines[USUAL] = compared(self._client, self.address, machine.result(), self._cache)
            self._threads = sum(self._client.nthreads().values())
            for _ in range(COLLECTORS):
                threading.Thread(target=self._collect, daemon=True).start()
            with self._lock:
                self._ready = True
                for order in list(self._orders.values()):
                    self._submit(order)
        finally:
            self._opened.set()

    def _open_aside(self) -> None:
        try:
            self._open()
        except BaseException as error:
            failed = StoryreelError(f"the workers of this machine did not start: {said(error)}")
            failed.__cause__ = error
            self._events.put(Failed(-1, error if type(error) is StoryreelError else failed))

    def _dask(self) -> Client:
        if self._client is None:
            raise RuntimeError("a cluster is used before it is entered, or after")
        return self._client

    def put(self, rank: Rank, index: int, order: ChunkOrder | Errand, find: Find | None = None) -> None:
        """Takes an order: a chunk for the cluster, an errand for this machine.

        Raises:
            StoryreelError: it is the first one in its look, and a worker would draw that otherwise.
        """
        if not isinstance(order, ChunkOrder):
            self._here.put(rank, index, order, find)
            return
        files = {remote.name_of(asset): partial(remote.read, asset.path) for asset in assets(order.timeline)}
        if order.kept:
            # What treats drawings, which who only orders chunks does without.
            from storyreel.render.shelf import pieces

            sent = {key: remote.named(piece) for key, piece in pieces(order.timeline)}
            files |= {name: partial(remote.treated, key) for key, name in sent.items()}
            order = replace(order, treated=tuple(sent.items()))
        wanted = _Order(index, order.timeline.look, rank, pickle.dumps(order, protocol=pickle.HIGHEST_PROTOCOL), files)
        with self._lock:
            self._orders[index] = wanted
            if self._ready:
                self._submit(wanted)

    def withdraw(self, index: int) -> None:
        """Forgets an order that is not begun yet."""
        self._here.withdraw(index)
        with self._lock:
            order = self._orders.pop(index, None)
            if order is not None and order.future is not None:
                order.future.cancel()
                self._unbind(order)

    def render(self, orders: Iterable[tuple[int, ChunkOrder]]) -> Iterator[Event]:
        """Draws chunks, as `storyreel.render.pool.Pool` does.

        Raises:
            RenderError: one can't be drawn.
            StoryreelError: nothing more can be drawn.
        """
        left = 0
        for index, order in orders:
            self.put((0, 0, 1, index), index, order)
            left += 1
        while left:
            event = self.event()
            if isinstance(event, Failed):
                raise event.error
            yield event
            left -= isinstance(event, Done)

    def event(self) -> Event | Failed:
        """The next thing that happened; waits for it, as long as there is a worker left."""
        alone: float | None = None
        while True:
            try:
                return self._events.get(timeout=WATCH)
            except queue.Empty:
                with self._lock:
                    index = next(iter(self._orders), None)
                if index is None or not self._ready or self._workers_left():
                    alone = None
                    continue
            now = time.monotonic()
            alone = alone or now
            if now - alone > PATIENCE:
                error = StoryreelError(f"the cluster at {self.address} has lost all its workers")
                return Failed(index, error)

    def _workers_left(self) -> bool:
        try:
            self._threads = sum(self._dask().nthreads().values())
        except Exception:
            self._threads = 0
        return self._threads > 0

    def _submit(self, order: _Order, parcels: tuple[str, ...] = (), worker: str | None = None) -> None:
        """Sends an order to the cluster; with files that a worker lacks, to that worker, while it lives."""
        order.parcels, order.bound = parcels, worker
        where: dict[str, Any] = {"workers": [worker], "allow_other_workers": True} if worker is not None else {}
        order.future = self._dask().submit(
            self.task,
            order.pickled,
            self._compared(order.look),
            self._cache.place if self._cache is not None else None,
            {name: order.files[name](name) for name in parcels},
            key=f"storyreel-chunk-{self._name}-{next(self._numbers)}",
            priority=-order.rank[1] if len(order.rank) > 1 else 0,
            pure=False,
            **where,
        )
        order.future.add_done_callback(lambda _: self._finished.put(order))

    def _compared(self, look: str) -> Machine:
        """What all workers are that draw in a look.

        Raises:
            StoryreelError: one of them is not fit, and why.
        """
        if look not in self._machines:
            here = None if self.address == LOCAL else described(look)
            self._machines[look] = compared(self._dask(), self.address, here, self._cache, look)
        return self._machines[look]

    def _collect(self) -> None:
        """Hears what workers have finished, until the end."""
        while (order := self._finished.get()) is not None:
            with self._lock:
                future = order.future if self._orders.get(order.index) is order else None
            if future is None:
                continue
            try:
                self._answered(order, future)
            except BaseException as error:
                self._unbind(order)
                if self._forget(order) and not self._stopped.is_set():
                    self._events.put(Failed(order.index, error))

    def _answered(self, order: _Order, future: Future) -> None:
        """Passes a finished chunk on; brings a worker what it lacks.

        Raises:
            RenderError: the chunk can't be drawn.
            StoryreelError: nothing more can be drawn.
        """
        answer = self._answer(future)
        if isinstance(answer, remote.Stranger):
            differs = difference(self._compared(order.look), answer.machine)
            raise StoryreelError(f"worker {answer.worker} has come to the cluster and {differs}; {ADVICE}")
        self._unbind(order)
        if isinstance(answer, remote.Missing):
            self._bring(order, answer)
            return
        data = answer.data
        if data is None:
            data = self._cache.get(answer.key) if self._cache is not None else None
            if data is None:
                raise RenderError("a chunk that a worker has left in the shared cache is not to be found there")
        if self._forget(order):
            self._events.put(Done(order.index, data, answer.watch))

    def _answer(self, future: Future) -> remote.Answer:
        from distributed import CancelledError, KilledWorker

        try:
            answer: remote.Answer = future.result()
        except StoryreelError:
            raise
        except KilledWorker as error:
            raise RenderError(f"workers of the cluster died of a chunk, one after another: {said(error)}") from error
        except (CancelledError, OSError, TimeoutError) as error:
            raise StoryreelError(f"the connection to the Dask scheduler at {self.address} is lost") from error
        except ImportError as error:
            raise StoryreelError(
                f"a worker that has come to the cluster can't draw: {said(error)}; {ADVICE}"
            ) from error
        except Exception as error:
            failed = RenderError(f"a chunk could not be drawn on the cluster: {said(error)}")
            failed.add_note(repr(error))
            raise failed from error
        return answer

    def _forget(self, order: _Order) -> bool:
        with self._lock:
            return self._orders.pop(order.index, None) is not None

    def _bring(self, order: _Order, answer: remote.Missing) -> None:
        """Sends an order again: with the files that are not on their way to the worker yet, or once they are there."""
        with self._lock:
            if self._cache is not None:
                order.lacked += 1
                if order.lacked > 2:
                    raise RenderError(f"worker {answer.worker} does not find {answer.names[0]} in {self._cache.place}")
                self._shelve(order, answer.names)
                self._submit(order)
                return
            worker = self._workers.setdefault(answer.worker, _Worker())
            new = tuple(name for name in answer.names if name not in worker.coming)
            if new:
                worker.coming.update(new)
                self._submit(order, new, answer.worker)
            else:
                worker.waiting.append(order)

    def _unbind(self, order: _Order) -> None:
        """The files that went with an order have arrived (or are lost): whoever waits for them is sent."""
        with self._lock:
            worker = self._workers.get(order.bound or "")
            order.bound = None
            if worker is None:
                return
            worker.coming.difference_update(order.parcels)
            waiting, worker.waiting = worker.waiting, []
            for other in waiting:
                if other.index in self._orders:
                    self._submit(other)

    def _shelve(self, order: _Order, names: tuple[str, ...]) -> None:
        """Puts files into the shared cache, each once."""
        if self._cache is None:
            return
        for name in names:
            self._cache.put(remote.asset_key(name), order.files[name](name))
        if self._cache.trouble is not None:
            raise StoryreelError(self._cache.trouble)
