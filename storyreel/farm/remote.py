"""What runs on a cluster's workers: chunks drawn from orders alone, with the files that came along by their digests.

A worker draws in a process of its own (`storyreel.render.worker`), so that all threads of a Dask worker draw at once
and what goes wrong there doesn't take the worker with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import pickle
import queue
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from storyreel.errors import StoryreelError
from storyreel.render.errors import RenderError
from storyreel.render.pipes import Errand
from storyreel.render.pool import Done, Worker, WorkerDied
from storyreel.render.probe import USUAL, Describing
from storyreel.render.timings import Stopwatch
from storyreel.timeline.model import (
    Asset,
    DrawingContent,
    Layer,
    PictureContent,
    PuppetContent,
    Scene,
    StillContent,
    Timeline,
    Transition,
)

if TYPE_CHECKING:
    from storyreel.farm.shared_cache import SharedCache
    from storyreel.render.slices import ChunkOrder

ROOM = 2 * 1024**3
"""Bytes that a worker's files may take."""
RECENT = 64
"""So many files that were used last stay in any case."""

Parcels = Mapping[str, bytes]
"""Files by their names (`name_of`)."""


def name_of(asset: Asset) -> str:
    """What a file is called on its way: the SHA-256 of what it holds, and its own ending."""
    return asset.digest + PurePath(asset.path).suffix.lower()


def read(path: str, name: str) -> bytes:
    """An author's file, on its way to a worker.

    Raises:
        RenderError: it is not the one any more that the film was directed with.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise RenderError(f"{path}: cannot read it any more: {error.strerror}") from error
    if hashlib.sha256(data).hexdigest() != PurePath(name).stem:
        raise RenderError(f"{path}: it has changed since the film was directed; render again")
    return data


def treated(key: str, name: str) -> bytes:
    """A treated drawing out of the user's cache, on its way to a worker.

    Raises:
        RenderError: it is not there any more.
    """
    from storyreel.render.cache import Cache

    data = Cache().get(key)
    if data is None or named(data) != name:
        raise RenderError("what a look had made of a drawing is gone from the cache; render again")
    return data


def named(piece: bytes) -> str:
    """What a treated drawing is called on its way."""
    return hashlib.sha256(piece).hexdigest() + ".treated"


@dataclass(frozen=True)
class Drawn:
    """A finished chunk: its bytes, or where it lies in the shared cache instead. `worker` holds the files now."""

    worker: str
    data: bytes | None
    key: str
    watch: Stopwatch


@dataclass(frozen=True)
class Missing:
    """The worker does not have these files."""

    worker: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Stranger:
    """The worker would draw other bits; `machine` says why (`storyreel.render.probe.difference`)."""

    worker: str
    machine: Mapping[str, str]


Answer = Drawn | Missing | Stranger


class Store:
    """A worker's files, by digest, in a folder of its own; what ships with storyreel is found where it lies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, parcels: Parcels) -> None:
        """Keeps files.

        Raises:
            RenderError: one is damaged, or there is no room.
        """
        from storyreel.render.errors import writing

        for name, data in parcels.items():
            if hashlib.sha256(data).hexdigest() != PurePath(name).stem:
                raise RenderError("a file was damaged on its way to a worker")
            with writing(self._folder):
                self._folder.mkdir(parents=True, exist_ok=True)
                temporary = self._folder / f"{name}.{os.getpid()}.part"
                temporary.write_bytes(data)
                temporary.replace(self._folder / name)
        if parcels:
            self._trim()

    def find(self, name: str) -> Path | None:
        """Where the file of that name lies."""
        kept = self._folder / name
        try:
            os.utime(kept)
        except OSError:
            return _shipped().get(PurePath(name).stem)
        return kept

    def _trim(self) -> None:
        """Gives up what was not used for longest; it is asked for again when it is needed again."""
        kept = []
        for path in self._folder.iterdir():
            with contextlib.suppress(OSError):
                state = path.stat()
                kept.append((state.st_mtime_ns, state.st_size, path))
        size = sum(entry[1] for entry in kept)
        for _, length, path in sorted(kept)[:-RECENT]:
            if size <= ROOM:
                return
            path.unlink(missing_ok=True)
            size -= length


@cache
def _shipped() -> Mapping[str, Path]:
    """The files that ship and that timelines name, by digest."""
    from storyreel.assets import digest, shipped
    from storyreel.render.keys import NAMED_BY_TIMELINES

    folders = [shipped("assets") / name for name in sorted(NAMED_BY_TIMELINES)]
    return {digest(path): path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()}


def _moved(timeline: Timeline, paths: Mapping[str, Path]) -> Timeline:
    """The timeline with its files where they lie here."""

    def here(asset: Asset) -> Asset:
        return Asset(str(paths[name_of(asset)]), asset.digest)

    def moved(layer: Layer) -> Layer:
        content = layer.content
        if isinstance(content, PuppetContent):
            rig = here(content.rig) if content.rig is not None else None
            content = replace(content, drawing=here(content.drawing), rig=rig)
        elif isinstance(content, DrawingContent):
            content = replace(content, drawing=here(content.drawing))
        elif isinstance(content, PictureContent):
            content = replace(content, file=here(content.file))
        elif isinstance(content, StillContent):
            content = still(content)
        return replace(layer, content=content, children=tuple(map(moved, layer.children)))

    def still(content: StillContent) -> StillContent:
        return replace(content, scene=lying(content.scene))

    def change(known: Transition | None) -> Transition | None:
        return replace(known, under=still(known.under)) if known is not None and known.under is not None else known

    def lying(scene: Scene) -> Scene:
        layers = tuple(map(moved, scene.layers))
        return replace(scene, layers=layers, enter=change(scene.enter), leave=change(scene.leave))

    return replace(timeline, scenes=tuple(map(lying, timeline.scenes)))


@dataclass(frozen=True)
class Drawing:
    """An errand: draws a chunk, if all of its files are there.

    Attributes:
        worker: who draws.
        order: the `ChunkOrder`, pickled; its paths mean nothing here, its digests do.
        store: the worker's folder for files.
        place: the shared cache, where there is one: files are looked for there, and the chunk is left there.
        probe: what is part of its keys.
        parcels: files to keep first.
    """

    worker: str
    order: bytes
    store: Path
    place: str | None
    probe: str
    parcels: Parcels

    def run(self) -> Drawn | Missing:
        """Draws it, unless the shared cache has it.

        Raises:
            RenderError: it can't be drawn, or the shared cache can't be written to.
        """
        from storyreel.render.keys import chunk_key
        from storyreel.render.reel import render_chunk
        from storyreel.render.shelf import SentShelf

        order: ChunkOrder = pickle.loads(self.order)
        cache = _cache(self.place, self.probe) if self.place is not None else None
        key = chunk_key(order) if cache is not None else ""
        if cache is not None and cache.get(key) is not None:
            return Drawn(self.worker, None, key, Stopwatch())
        found = self._files(order, cache)
        if isinstance(found, Missing):
            return found
        shelf = SentShelf(order.timeline.look, {key: found[name] for key, name in order.treated})
        data, watch = render_chunk(replace(order, timeline=_moved(order.timeline, found)), shelf=shelf)
        if cache is None:
            return Drawn(self.worker, data, key, watch)
        cache.put(key, data)
        if cache.trouble is not None:
            raise RenderError(cache.trouble)
        return Drawn(self.worker, None, key, watch)

    def _files(self, order: ChunkOrder, cache: SharedCache | None) -> dict[str, Path] | Missing:
        """Where the order's files are; or which are missing."""
        from storyreel.render.slices import assets

        store = Store(self.store)
        store.put(self.parcels)
        wanted = sorted({*map(name_of, assets(order.timeline)), *dict(order.treated).values()})
        found: dict[str, Path] = {}
        for name in wanted:
            path = store.find(name)
            if path is None and cache is not None and (data := cache.get(asset_key(name))) is not None:
                store.put({name: data})
                path = store.find(name)
            if path is not None:
                found[name] = path
        missing = tuple(name for name in wanted if name not in found)
        return Missing(self.worker, missing) if missing else found


def asset_key(name: str) -> str:
    """The key of an author's file in a shared cache."""
    from storyreel.render.keys import fingerprint_of

    return fingerprint_of("asset", name)


@cache
def _cache(place: str, probe: str) -> SharedCache:
    from storyreel.farm.shared_cache import shared_cache

    return shared_cache(place, probe)


_renderers: queue.LifoQueue[Worker] = queue.LifoQueue()
"""Processes of this Dask worker that draw and are idle now; they end when this process does."""


def _done(errand: Errand) -> Any:
    """Has an errand done by an idle process; one that dies (killed for memory, say) gets one more chance."""
    with _renderer() as worker:
        for chance in range(2):
            try:
                return next(event.data for event in worker.render(0, errand) if isinstance(event, Done))
            except WorkerDied as death:
                if chance:
                    raise RenderError(
                        f"a render process died twice ({death}) on a worker of the cluster; has it enough memory?"
                    ) from death
    raise AssertionError


@contextmanager
def _renderer() -> Iterator[Worker]:
    worker = Worker()
    with contextlib.suppress(queue.Empty):
        worker = _renderers.get_nowait()
    try:
        yield worker
    except RenderError:
        _renderers.put(worker)
        raise
    except BaseException:
        worker.stop()
        raise
    _renderers.put(worker)


@cache
def _machine(look: str) -> Mapping[str, str]:
    found: dict[str, str] = _done(Describing(look))
    return found


async def hello(token: str = "", place: str | None = None, look: str = USUAL) -> dict[str, str]:
    """Describes the worker, ready to draw in a look; with a shared cache, `sees` says whether the piece `token` is
    there."""
    found = dict(await asyncio.to_thread(_machine, look))
    if place is not None:
        found["sees"] = await asyncio.to_thread(_sees, place, found["probe"], token)
    return found


def _sees(place: str, probe: str, token: str) -> str:
    try:
        cache = _cache(place, probe)
        seen = cache.get(token) is not None
    except StoryreelError as error:
        return str(error)
    return "" if seen else cache.trouble or "what this machine has put there is not to be seen from there"


def draw(order: bytes, expected: Mapping[str, str], place: str | None, parcels: Parcels) -> Answer:
    """The task: one chunk, on a worker that was compared first (`expected`: the client's machine, in the chunk's look).

    Raises:
        RenderError: it can't be drawn.
    """
    from distributed import get_worker

    worker = get_worker()
    machine = _machine(expected.get("look", USUAL))
    if any(machine.get(name) != value for name, value in expected.items()):
        return Stranger(worker.address, machine)
    folder = Path(worker.local_directory) / "storyreel"
    gave: Drawn | Missing = _done(Drawing(worker.address, order, folder, place, expected["probe"], parcels))
    return gave
