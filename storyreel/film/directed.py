"""Directed films kept between runs: what a script came to, for as long as nothing that decides it has changed.

An entry is found by the script and by what directs it (`storyreel.render.keys.director`); it names the files that the
script could have meant, and counts only where each of them is still as it was.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, is_dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyreel.assets import digest
from storyreel.errors import StoryreelError
from storyreel.film.inputs import files_with_rigs
from storyreel.render.keys import director, fingerprint_of, look_digest
from storyreel.script.files import resolved
from storyreel.timeline import model, sound, track
from storyreel.timeline.model import Timeline

if TYPE_CHECKING:
    from storyreel.render.cache import Cache
    from storyreel.script.models import Script
    from storyreel.source.places import Places

_LONGEST = 255
"""Characters of a text that may be a file's name; longer ones can't be."""

Files = tuple[tuple[str, str], ...]
"""Names beside a scene, each with the digest of what lies there: empty for nothing."""


class SceneFile:
    """A scene file as it is now: its bytes, and its script once that is asked for.

    Args:
        path: the file.
        look, form: in this look and format instead of the file's own.
    """

    def __init__(self, path: Path, look: str | None = None, form: str | None = None) -> None:
        self.path, self._look, self._form = path, look, form
        self._places: Places | None = None
        try:
            self._bytes = path.read_bytes()
        except OSError:
            # Whoever asks for the script is told what is wrong.
            self._bytes = b""

    @property
    def said(self) -> str:
        """Digest of everything that its script is made of."""
        return fingerprint_of("scene file", self._bytes.hex(), self._look, self._form)

    @cached_property
    def script(self) -> Script:
        """What it says.

        Raises:
            SceneError: everything that is wrong with the file, each with its line and column.
            StoryreelError: there is no such look or format.
        """
        from storyreel.film.reading import read

        script, self._places = read(self.path)
        if self.path.read_bytes() != self._bytes:
            raise StoryreelError(f"{self.path}: it has changed while it was read; try again")
        if self._look is not None:
            from storyreel.looks import usable

            script = script.model_copy(update={"look": usable(self._look).name})
        if self._form is not None:
            from storyreel.script.formats import named_format

            script = script.model_copy(update={"format": named_format(self._form).name})
        return script

    @property
    def files(self) -> tuple[Path, ...]:
        """Where it is written."""
        return (self.path,)

    def places(self) -> Places:
        """Where everything in it stands."""
        if self._places is not None:
            return self._places
        from storyreel.film.reading import read

        return read(self.path)[1]


@dataclass(frozen=True)
class Written:
    """A script that was built in Python."""

    script: Script

    @property
    def said(self) -> str:
        """Digest of everything that it says."""
        return fingerprint_of("script", _plain(self.script))

    @property
    def files(self) -> tuple[Path, ...]:
        """Where it is written: nowhere."""
        return ()

    def places(self) -> Places:
        """Names for its parts, as it stands in no file."""
        from storyreel.film.reading import written_places

        return written_places(self.script)


def _plain(value: Any) -> Any:
    """Models as tuples of what they hold, without loss (their JSON rounds times)."""
    # By what it has, as a warm run is to do without the models' library.
    if hasattr(type(value), "model_fields"):
        # What one does in a beat stands under names that are no fields of the model.
        held = {name: getattr(value, name) for name in type(value).model_fields} | (value.model_extra or {})
        return (type(value).__name__, *((name, _plain(one)) for name, one in held.items()))
    if isinstance(value, dict):
        return ("dict", *((_plain(name), _plain(held)) for name, held in value.items()))
    if isinstance(value, list | tuple):
        return tuple(map(_plain, value))
    if isinstance(value, str | float | int | bool | Fraction) or value is None:
        return value
    return (type(value).__name__, *(_plain(getattr(value, name)) for name in type(value).__slots__))


def names_of(script: Script) -> tuple[str, ...]:
    """Every text in a script that may be the name of a file, each once."""
    found, left = set[str](), list[Any]([script])
    while left:
        one = left.pop()
        if isinstance(one, str):
            found.add(one)
        elif isinstance(one, dict):
            left += (*one, *one.values())
        elif isinstance(one, list | tuple):
            left += one
        elif fields := getattr(type(one), "model_fields", None):
            held = one.__dict__
            left += (value for name in fields if (value := held[name]) is not None)
            left.append(one.model_extra or {})
        else:
            left += (getattr(one, name) for name in getattr(type(one), "__slots__", ()) if hasattr(one, name))
    may = (text for text in found if text.strip() and len(text) <= _LONGEST and "\0" not in text)
    return tuple(sorted(name for name in may if not Path(name).is_absolute()))


def files_of(script: Script, base: Path) -> Files:
    """What lies beside the scene under each text of its script."""
    return files_called(names_of(script), base)


def files_called(names: Iterable[str], base: Path) -> Files:
    """What lies in a folder under these names."""
    home = base.resolve()
    return tuple((name, _lying(home, name)) for name in names)


def named_file(base: Path, name: str) -> Path | None:
    """The file that a name means in a folder, where its links lead; None where there is none.

    Raises:
        OSError: that can't be told.
    """
    return _in(base.resolve(), name)


def _in(home: Path, name: str) -> Path | None:
    if name.isascii() and ".." not in name:
        # Most texts name nothing, and that is quicker told than where a path leads.
        try:
            (home / name).stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            pass
    path = resolved(home, name)
    return path if path.is_file() else None


def files_read(files: Files, base: Path) -> Iterator[Path]:
    """Of the files that a script could have meant those that are there, with their rigs."""
    for name, there in files:
        path = named_file(base, name) if there else None
        if path is not None:
            yield from files_with_rigs([path])


def _lying(home: Path, name: str) -> str:
    """What lies under a name in a resolved folder: where its links lead, and the digests of the file, of its views, and
    of what lies beside each."""
    try:
        path = _in(home, name)
        if path is None:
            return ""
        return " ".join(f"{one} {digest(one)}" for one in files_with_rigs([path]))
    except OSError as error:
        return f"unreadable: {error.errno}"


class _Data(pickle.Unpickler):
    """Reads nothing but frozen timelines: whatever else a piece names is neither imported nor called."""

    def find_class(self, module: str, name: str) -> Any:
        for home in (model, sound, track):
            kind = getattr(home, name, None)
            if module == home.__name__ and isinstance(kind, type) and is_dataclass(kind):
                return kind
        if (module, name) == ("fractions", "Fraction"):
            return Fraction
        raise pickle.UnpicklingError(f"a timeline holds no {module}.{name}")


def _unpacked(piece: bytes) -> tuple[Files, str, Timeline] | None:
    """What was kept; None where the piece holds something else."""
    try:
        files, look, timeline = _Data(io.BytesIO(piece)).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, LookupError, ArithmeticError):
        return None
    return (files, look, timeline) if isinstance(files, tuple) and isinstance(timeline, Timeline) else None


def _is_as_it_was(look: str, was: str) -> bool:
    """Whether a look's digest is the one that it had; one that can't be used any more is told of by who reads."""
    try:
        return look_digest(look) == was
    except StoryreelError:
        return False


class Kept:
    """Directed films in a cache; `base` is the folder whose files a script may name, `said` the script's digest.

    `files` are those of the film that was found.
    """

    def __init__(self, cache: Cache, base: Path, said: str) -> None:
        self._cache, self._base = cache, base
        self.files: Files = ()
        self.key = fingerprint_of("direction", director(), str(base.resolve()), said)

    def timeline(self) -> Timeline | None:
        """The film, where it was kept and its look and each of its files are still as they were."""
        piece = self._cache.get(self.key)
        found = _unpacked(piece) if piece is not None else None
        if found is None:
            return None
        self.files, look, timeline = found
        if not _is_as_it_was(timeline.look, look):
            return None
        return timeline if files_called((name for name, _ in self.files), self._base) == self.files else None

    def keep(self, files: Files, timeline: Timeline) -> None:
        """Keeps a film that was made while its files were as `files` says."""
        self._cache.put(self.key, pickle.dumps((files, look_digest(timeline.look), timeline), protocol=5))
