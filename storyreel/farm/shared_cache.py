"""Caches that several machines share, in a folder or at any URL that fsspec knows; and films delivered to such URLs."""

from __future__ import annotations

import contextlib
import uuid
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from storyreel.errors import StoryreelError
from storyreel.render.cache import Cache
from storyreel.render.errors import RenderError
from storyreel.render.keys import fingerprint_of
from storyreel.render.probe import described
from storyreel.render.scratch import scratch_folder
from storyreel.seal import Seal, own_seal, shared_seal

_WHOLE = frozenset(("memory", "s3", "s3a", "gs", "gcs", "abfs", "abfss", "az"))
"""Places whose files appear whole or not at all by themselves."""


UPLOADS = 4
"""Films that are on their way to a URL at once."""


def is_url(place: str | Path) -> bool:
    """Whether a place is a URL (`s3://…`, `file://…`), and not a path."""
    return isinstance(place, str) and "://" in place


class _Folder:
    """A folder at a URL."""

    def __init__(self, url: str) -> None:
        """
        Raises:
            StoryreelError: nothing is known of such URLs here.
        """
        try:
            from fsspec.core import url_to_fs
        except ModuleNotFoundError as error:
            raise StoryreelError(f"{url}: URLs need fsspec; pip install 'storyreel[cluster]'") from error
        try:
            self._files, root = url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise StoryreelError(f"{url}: cannot be used: {error}") from error
        self._root = str(root).rstrip("/")
        protocols = self._files.protocol
        self._whole = not _WHOLE.isdisjoint((protocols,) if isinstance(protocols, str) else protocols)

    def read(self, name: str) -> bytes | None:
        """What a file holds; None where there is none."""
        try:
            return bytes(self._files.cat_file(f"{self._root}/{name}"))
        except FileNotFoundError:
            return None

    def read_all(self, names: list[str]) -> dict[str, bytes]:
        """What those files hold that are there, fetched side by side where that can be done."""
        paths = {f"{self._root}/{name}": name for name in names}
        found = self._files.cat(list(paths), on_error="omit")
        return {paths[path]: bytes(data) for path, data in found.items() if path in paths}

    def write(self, name: str, data: bytes) -> None:
        """Writes a file, whole or not at all."""
        self._place(name, lambda path: self._files.pipe_file(path, data))

    def upload(self, name: str, local: Path) -> None:
        """Writes what a local file holds, whole or not at all."""
        self._place(name, lambda path: self._files.put_file(str(local), path))

    def _place(self, name: str, write: Any) -> None:
        path = f"{self._root}/{name}"
        if self._whole:
            write(path)
            return
        self._files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        temporary = f"{path.rsplit('/', 1)[0]}/.{uuid.uuid4().hex}.part"
        try:
            write(temporary)
            self._files.mv(temporary, path)
        except BaseException:
            with contextlib.suppress(Exception):
                self._files.rm_file(temporary)
            raise


class SharedCache(Cache):
    """A cache in a named folder, or one for a cluster: what a machine's bits depend on is part of every key.

    It is never trimmed, as it belongs to more than one machine, unless it is the user's own folder. What only this
    machine needs (spoken clips, covers) stays there in any case.
    """

    def __init__(self, folder: Path | None = None, probe: str | None = None) -> None:
        """
        Args:
            folder: where it lies; the user's own if left out.
            probe: this machine's (`storyreel.render.probe`); looked at when it is needed, if left out.

        Raises:
            StoryreelError: STORYREEL_CACHE_LIMIT is not a number.
        """
        super().__init__()
        self._own = folder is None
        self._probe = probe
        if folder is not None:
            self.place = str(folder.absolute())
        self._known: set[str] = set()

    def _probed(self, key: str) -> str:
        if self._probe is None:
            self._probe = described()["probe"]
        return fingerprint_of(key, self._probe)

    def _make_seal(self) -> Seal:
        return own_seal() if self._own else shared_seal()

    def _path(self, key: str) -> Path:
        return super()._path(self._probed(key))

    def get(self, key: str) -> bytes | None:
        """The piece, or None."""
        piece = super().get(key)
        if piece is not None:
            self._known.add(key)
        return piece

    def put(self, key: str, piece: bytes) -> None:
        """Keeps a piece, unless this object knows that it is there."""
        if key not in self._known:
            super().put(key, piece)

    def trim(self) -> None:
        """Gives up the least recently used pieces of the user's own folder."""
        if self._own:
            super().trim()


class RemoteCache(SharedCache):
    """A cache at a URL. Finished films are not kept there: their chunks are, and joining them costs next to nothing."""

    def __init__(self, url: str, probe: str | None = None) -> None:
        """
        Raises:
            StoryreelError: nothing is known of such URLs here.
        """
        super().__init__(probe=probe)
        self._own, self.place = False, url
        self._shelf = _Folder(url)
        self._fetched: dict[str, bytes | None] = {}

    def _name(self, key: str) -> str:
        probed = self._probed(key)
        return f"pieces/{probed[:2]}/{probed}"

    def ahead(self, keys: Iterable[str]) -> None:
        """Fetches pieces together; each is given once."""
        names = {self._name(key): key for key in keys}
        try:
            found = self._shelf.read_all(list(names)) if names else {}
        except Exception as error:
            self.trouble = self.trouble or f"the cache {self.place} cannot be read: {error}"
            return
        self._fetched = {key: found.get(name) for name, key in names.items()}

    def get(self, key: str) -> bytes | None:
        """The piece, or None where there is none as it was put, or the place can't be reached (see `trouble`)."""
        try:
            data = self._fetched.pop(key) if key in self._fetched else self._shelf.read(self._name(key))
        except Exception as error:
            self.trouble = self.trouble or f"the cache {self.place} cannot be read: {error}"
            return None
        if data is None or self._seal is None:
            return None
        piece = self._seal.unwrapped(self._probed(key), data)
        if piece is not None:
            self._known.add(key)
        return piece

    def copy(self, key: str, path: Path) -> bool:
        """There are no finished films here."""
        return False

    def put_file(self, key: str, path: Path) -> None:
        """Keeps nothing: see above."""

    def _keep(self, key: str, blocks: Iterable[bytes]) -> None:
        if self.trouble is not None or self._seal is None:
            return
        try:
            self._shelf.write(self._name(key), self._seal.wrapped(self._probed(key), b"".join(blocks)))
        except Exception as error:
            self.trouble = f"nothing more is kept in the cache {self.place}: {error}"


def shared_cache(place: str | Path, probe: str | None = None) -> SharedCache:
    """The cache at a place that the user has named.

    Raises:
        StoryreelError: nothing is known of such URLs here.
    """
    return RemoteCache(str(place), probe) if is_url(place) else SharedCache(Path(place), probe)


def opened(cache: bool | str | Path, cluster: bool = False) -> Cache | None:
    """What a render keeps its pieces in.

    Args:
        cache: none, the user's own, or the place that the user has named.
        cluster: whether a cluster draws; the probe is then part of the keys of the user's own cache too.

    Raises:
        StoryreelError: nothing is known of such URLs here.
    """
    if isinstance(cache, bool):
        return None if not cache else SharedCache() if cluster else Cache()
    return shared_cache(cache)


class Delivery:
    """Files on their way to a URL: made in a local folder, and brought there one by one when they are whole."""

    def __init__(self, url: str, folder: Path) -> None:
        """
        Raises:
            StoryreelError: nothing is known of such URLs here.
        """
        self.url, self.folder = url.rstrip("/"), folder
        self._there = _Folder(self.url)
        self._aside = ThreadPoolExecutor(UPLOADS)
        self._sending: deque[Future[None]] = deque()

    def __enter__(self) -> Delivery:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Waits for what is on its way, or gives up what has not begun where something has gone wrong.

        Raises:
            RenderError: a file can't be written.
        """
        self._aside.shutdown(cancel_futures=error is not None)
        while error is None and self._sending:
            self._sending.popleft().result()

    def send_aside(self, names: Sequence[str], drop: Sequence[str]) -> None:
        """Has files sent meanwhile; those of them in `drop` don't stay here.

        Raises:
            RenderError: one that was to be sent before can't be written.
        """

        def send() -> None:
            self.send(names)
            for name in drop:
                (self.folder / name).unlink()

        while self._sending and self._sending[0].done():
            self._sending.popleft().result()
        self._sending.append(self._aside.submit(send))

    def send(self, names: Iterable[str]) -> None:
        """Uploads files of the folder; each appears at the URL whole or not at all.

        Raises:
            RenderError: one can't be written there.
        """
        for name in names:
            try:
                self._there.upload(name, self.folder / name)
            except Exception as error:
                raise RenderError(f"{self.url}/{name}: cannot write here: {error}") from error


@contextmanager
def delivered(place: str | Path) -> Iterator[Path]:
    """Where to make a file that is to lie at a path or URL.

    At a URL, it and whatever is made beside it go there when the block ends well, the file itself last.

    Raises:
        RenderError: it can't be written there.
        StoryreelError: nothing is known of such URLs here.
    """
    if not is_url(place):
        yield Path(place)
        return
    folder, _, name = str(place).rpartition("/")
    with scratch_folder() as local, Delivery(folder, local) as delivery:
        yield local / name
        beside = sorted(path.name for path in local.iterdir() if path.name != name)
        delivery.send([*beside, name])
