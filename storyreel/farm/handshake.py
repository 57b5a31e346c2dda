"""Before a cluster renders: does anybody answer, and would every worker draw the bits that this machine draws?"""

from __future__ import annotations

import gc
import logging
import pkgutil
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from storyreel.errors import StoryreelError
from storyreel.farm import remote
from storyreel.render.keys import fingerprint_of
from storyreel.render.probe import USUAL, Machine, difference

if TYPE_CHECKING:
    from distributed import Client

    from storyreel.render.cache import Cache

ANSWER = 10.0
"""Seconds for a scheduler to answer."""
PATIENCE = 60.0
"""Seconds for the first workers to come, and for one to come back when all are gone."""
_MOMENT = 0.1
ADVICE = "give all machines the same storyreel and the same packages (docs/scale.md)"
_VERSION = "storyreel:__version__"


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps Dask's own log from the terminal: what matters of it is raised."""

    def none(record: logging.LogRecord) -> bool:
        return False

    handlers = logging.getLogger("distributed").handlers[:]
    for handler in handlers:
        handler.addFilter(none)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(none)


def connected(address: str, workers: int) -> Client:
    """A client of the scheduler at an address, which has so many workers at least.

    Raises:
        StoryreelError: nobody answers there, or the workers don't come.
    """
    from distributed import Client

    client, failed = None, ""
    try:
        client = Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        failed = said(error)
    if client is None:
        # What is left of it closes itself when it is collected; while another cluster starts, both would wait for ever.
        gc.collect()
        raise StoryreelError(f"no Dask scheduler answers at {address}: {failed}")
    try:
        client.wait_for_workers(workers, timeout=PATIENCE)
    except TimeoutError as error:
        client.close(timeout=5)
        raise StoryreelError(f"the Dask scheduler at {address} has no workers") from error
    return client


def compared(client: Client, address: str, here: Machine | None, cache: Cache | None, look: str = USUAL) -> Machine:
    """Compares the scheduler and all workers with this machine; gives what they have in common.

    Args:
        client: connected.
        address: for the message.
        here: this machine; None if the workers run on it, of which one then speaks for it.
        cache: what all of them must see, if anything.
        look: what they are to draw in.

    Raises:
        StoryreelError: one of them is not fit, and why.
    """
    unfit: list[str] = []
    if here is not None:
        unfit = [f"{who} {_other(here, found)}" for who, found in _versions(client) if found != here["storyreel"]]
    if not unfit:
        token, place = _token(cache)
        for worker, there in _asked(client, remote.hello, token, place, look).items():
            if isinstance(there, BaseException):
                unfit.append(f"worker {worker} can't draw: {said(there)}")
                continue
            here = here or {name: value for name, value in there.items() if name != "sees"}
            if differs := difference(here, there):
                unfit.append(f"worker {worker} {differs}")
            elif there.get("sees"):
                unfit.append(f"worker {worker} does not see the cache {place}: {there['sees']}")
    if unfit or here is None:
        more = f" ({len(unfit) - 1} more are not fit either)" if len(unfit) > 1 else ""
        first = unfit[0] if unfit else "it has no workers"
        raise StoryreelError(f"the cluster at {address} is not fit: {first}{more}; {ADVICE}")
    return here


def _versions(client: Client) -> Iterator[tuple[str, Any]]:
    """Which storyreel everybody has, or what went wrong when they were asked: only the standard library is needed."""
    try:
        yield "the scheduler", client.run_on_scheduler(pkgutil.resolve_name, _VERSION)
    except Exception as error:
        yield "the scheduler", error
    for worker, found in _asked(client, pkgutil.resolve_name, _VERSION).items():
        yield f"worker {worker}", found


def _asked(client: Client, question: Callable[..., Any], *arguments: Any) -> Mapping[str, Any]:
    """What each worker answers, or what went wrong there.

    One that is gone before it has answered is passed over: who comes in its place is compared with its first chunk.
    """
    from distributed.comm import CommClosedError

    until = time.monotonic() + PATIENCE
    while True:
        found: Mapping[str, Any] = client.run(question, *arguments, on_error="return")
        there = client.nthreads()
        lost = {
            worker
            for worker, answer in found.items()
            if isinstance(answer, CommClosedError) or (isinstance(answer, OSError) and worker not in there)
        }
        answers = {worker: answer for worker, answer in found.items() if worker not in lost}
        if answers or time.monotonic() > until:
            return answers
        time.sleep(_MOMENT)


def _token(cache: Cache | None) -> tuple[str, str | None]:
    """A piece in the shared cache that every worker must see."""
    if cache is None:
        return "", None
    token = fingerprint_of("token", uuid.getnode())
    cache.put(token, b"storyreel")
    if cache.trouble is not None:
        raise StoryreelError(cache.trouble)
    return token, cache.place


def said(error: BaseException) -> str:
    """An error in one line."""
    return " ".join(str(error).split()) or type(error).__name__


def _other(here: Machine, found: Any) -> str:
    if isinstance(found, ModuleNotFoundError):
        return f"has no {found.name}"
    if isinstance(found, BaseException):
        return f"can't load storyreel: {said(found)}"
    return difference(here, {**here, "storyreel": str(found)})
