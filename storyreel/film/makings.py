"""Small files that are made once and kept: each known by what decides it, many at a time drawn side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from queue import SimpleQueue
from typing import TYPE_CHECKING

from storyreel.render.cache import Cache
from storyreel.render.errors import RenderError
from storyreel.render.pool import Pool, Worker, WorkerDied, default_jobs

if TYPE_CHECKING:
    from storyreel.script.models import Script

_TOGETHER = 6
"""How many a worker makes in one go: neighbours often are of one film, which is directed once."""


@dataclass(frozen=True)
class Making:
    """How a file's bytes come about, and the key that they are kept under."""

    key: str
    make: Callable[[], bytes]

    def data(self, cache: Cache) -> bytes:
        """The bytes: those that are kept, or made now."""
        kept = cache.get(self.key)
        if kept is None:
            kept = self.make()
            cache.put(self.key, kept)
        return kept


Source = Callable[[], Sequence[Making]]
"""Lists makings, the same ones in the same order in every process; a worker is told it by its name."""


@dataclass(frozen=True)
class _Some:
    """Has a worker make some of a source's."""

    source: Source
    numbers: tuple[int, ...]

    def run(self) -> list[bytes]:
        """Gives their bytes."""
        makings, cache = self.source(), Cache()
        return [makings[number].data(cache) for number in self.numbers]


def all_made(source: Source, jobs: int | None = None) -> Iterator[bytes]:
    """The bytes of all makings of a source in its order; what is not kept is made by so many workers.

    Raises:
        RenderError: one can't be made.
    """
    makings, cache = source(), Cache()
    jobs = default_jobs() if jobs is None else jobs
    wanted = {number: None for number, making in enumerate(makings) if cache.get(making.key) is None}
    if jobs == 1 or len(wanted) <= _TOGETHER:
        yield from (making.data(cache) for making in makings)
        return
    shares = [tuple(wanted)[first : first + _TOGETHER] for first in range(0, len(wanted), _TOGETHER)]
    idle: SimpleQueue[Worker] = SimpleQueue()

    def done(share: tuple[int, ...]) -> list[bytes]:
        worker = idle.get()
        try:
            made: list[bytes] = worker.errand(_Some(source, share))
        except WorkerDied as death:
            raise RenderError(f"a worker died over a picture ({death})") from death
        finally:
            idle.put(worker)
        return made

    with ThreadPoolExecutor(jobs) as threads, Pool(jobs) as pool:
        for worker in pool.workers:
            idle.put(worker)
        fresh = (data for made in threads.map(done, shares) for data in made)
        for number, making in enumerate(makings):
            yield next(fresh) if number in wanted else making.data(cache)


def key_of(what: str, script: Script, *more: str | int) -> str:
    """The key of what is drawn or heard of a script whose files all ship."""
    from storyreel.render.keys import fingerprint_of

    return fingerprint_of(what, _decided(script.look), script.model_dump_json(), *more)


@cache
def _decided(look: str) -> str:
    """Digest of all that directs and draws films in a look."""
    from storyreel.render.keys import director, engine, fingerprint_of, look_digest

    return fingerprint_of(director(), engine(look), look_digest(look))
