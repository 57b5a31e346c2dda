"""What films are made from, so that nothing that is written lands on it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from storyreel.errors import Place, Problem, SceneError
from storyreel.script.files import companion, with_views

_LOCAL = ("file://", "local://")
_BETWEEN = re.compile(r"[\s\"',:/\[\]{}]+")
"""What stands between a file's name and the rest of a YAML file; a name may itself hold some of it."""


def spare(outputs: Iterable[str | Path], inputs: Iterable[Path]) -> None:
    """Refuses to write to files that are read, under whatever name: links lead to them as well.

    Args:
        outputs: paths, or URLs.
        inputs: files that are there.

    Raises:
        SceneError: which of the outputs are among the inputs.
    """
    read = {_file(path) for path in inputs} - {None}
    taken = [path for path in map(local_path, outputs) if path is not None and _file(path) in read]
    if taken:
        raise SceneError(Problem(Place(str(path)), "is read for the film; write to another place") for path in taken)


def local_path(place: str | Path) -> Path | None:
    """Where a path or URL is on this machine; None for one that is elsewhere."""
    text = str(place)
    local = next((text.removeprefix(start) for start in _LOCAL if text.startswith(start)), text)
    return Path(local) if "://" not in local else None


def _file(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path, where its links lead."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino


@dataclass(frozen=True)
class Reading:
    """What is read for one film.

    Attributes:
        files: files that are known without reading any of them.
        texts: of these the YAML files that name more.
        folders: where those lie that are named.
        named: gives the files that are named, which is costly.
    """

    files: tuple[Path, ...]
    texts: tuple[Path, ...]
    folders: tuple[Path, ...]
    named: Callable[[], Iterable[Path]]


def spare_all(outputs: Iterable[Path], readings: Iterable[Reading]) -> None:
    """`spare` for many films. Only those are read whose YAML could name an output that is there already.

    Raises:
        SceneError: which of the outputs are read for any of the films.
    """
    there = [path for path in outputs if path.is_file()]
    if not there:
        return
    readings = tuple(readings)
    inputs = {path for one in readings for path in one.files}
    near = _near(there, {folder.resolve() for one in readings for folder in one.folders})
    for one in readings:
        endings = set().union(*(near[folder.resolve()] for folder in one.folders))
        if endings and any(_may_name(text, endings) for text in one.texts):
            inputs.update(one.named())
    spare(there, inputs)


def _near(outputs: list[Path], folders: set[Path]) -> Mapping[Path, set[str]]:
    """For each folder the last words of the outputs that could be named from there: a hard link from anywhere."""
    near: dict[Path, set[str]] = defaultdict(set)
    for path in outputs:
        whole = path.resolve()
        linked = whole.stat().st_nlink > 1
        for folder in folders if linked else folders.intersection(whole.parents):
            near[folder].add("" if linked or path.is_symlink() else _words(whole.name)[-1])
    return near


def _may_name(text: Path, endings: set[str]) -> bool:
    """Whether a YAML file could name a file that ends so; `` stands for any name, and so do escapes."""
    try:
        said = text.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return True
    return "" in endings or "\\" in said or not endings.isdisjoint(_words(said))


def _words(text: str) -> list[str]:
    return _BETWEEN.split(unicodedata.normalize("NFC", text))


def files_with_rigs(files: Iterable[Path]) -> Iterator[Path]:
    """Files and their views, each with the rig, or the picture of cells, that lies beside it, if one does."""
    for path in files:
        for drawing in with_views(path):
            yield drawing
            beside = companion(drawing)
            if beside.is_file():
                yield beside
